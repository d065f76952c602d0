"""The Apps Script as Google runs it: its engine, and a form that takes notes."""

import json
from typing import Any

from py_mini_racer import MiniRacer

from generator.survey.exports import google
from generator.survey.exports.screen import ScreenForm

FORM_APP = """
var log = [], form = {calls: {}, items: []};
var Logger = {log: function (text) { log.push(text); }};
function texts(list) {
  if (!list.length || list.some(function (t) { return typeof t !== 'string' || !t; })) {
    throw new Error('empty choice');
  }
  if (new Set(list).size !== list.length) throw new Error('duplicate choice');
}
function thing(kind, setters) {
  var item = {kind: kind}, face = {};
  setters.concat(['Title', 'HelpText']).forEach(function (name) {
    face['set' + name] = function () {
      var values = Array.prototype.slice.call(arguments);
      if (values.some(function (v) { return v === undefined || v === null; })) {
        throw new Error(kind + '.' + name);
      }
      if (/ChoiceValues|Rows|Columns/.test(name)) texts(values[0]);
      if (name === 'Bounds' && (values[0] > 1 || values[1] < 3 || values[1] > 10)) {
        throw new Error('bounds');
      }
      item[name] = values.length > 1 ? values : values[0];
      return face;
    };
  });
  form.items.push(item);
  return face;
}
var FormApp = {
  create: function (title) {
    var face = {
      addPageBreakItem: function () { return thing('page', []); },
      addSectionHeaderItem: function () { return thing('section', []); },
      addMultipleChoiceItem: function () { return thing('one', ['ChoiceValues', 'Required']); },
      addCheckboxItem: function () { return thing('many', ['ChoiceValues', 'Required']); },
      addGridItem: function () {
        return thing('grid', ['Rows', 'Columns', 'Validation', 'Required']);
      },
      addScaleItem: function () { return thing('scale', ['Bounds', 'Labels', 'Required']); },
      addTextItem: function () { return thing('text', ['Validation', 'Required']); },
      addParagraphTextItem: function () { return thing('paragraph', ['Required']); },
      getEditUrl: function () { return 'e'; },
      getPublishedUrl: function () { return 'p'; },
    };
    ['Title', 'Description', 'ProgressBar', 'ConfirmationMessage'].forEach(function (name) {
      face['set' + name] = function (value) { form.calls[name] = value; return face; };
    });
    form.created = title;
    return face;
  },
  createGridValidation: function () {
    var made = {}, face = {
      requireLimitOneResponsePerColumn: function () { made.each = true; return face; },
      build: function () { return made; },
    };
    return face;
  },
  createTextValidation: function () {
    var made = {}, face = {
      setHelpText: function (text) { made.help = text; return face; },
      requireNumberBetween: function (a, b) { made.between = [a, b]; return face; },
      build: function () { return made; },
    };
    return face;
  },
};
"""


def built(of: ScreenForm) -> dict[str, Any]:
    """The form that the script builds."""
    engine = MiniRacer()
    engine.eval(FORM_APP)
    engine.eval(google.write(of).decode())
    assert engine.eval("form.items.length") == 0, "nothing is built before it is asked for"
    engine.eval("buildForm()")
    found: dict[str, Any] = json.loads(str(engine.eval("JSON.stringify({form: form, log: log})")))
    assert found["log"] == ["edit: e", "answer: p"]
    form: dict[str, Any] = found["form"]
    return form


def exported(form: dict[str, Any]) -> list[str]:
    """The head of the table of answers, as Google makes it of a form's items."""
    heads = []
    for item in form["items"]:
        if item["kind"] == "grid":
            heads += [f"{item['Title']} [{row}]" for row in item["Rows"]]
        elif item["kind"] not in ("page", "section"):
            heads.append(item["Title"])
    return heads
