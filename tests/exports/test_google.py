"""The Apps Script, run in the engine that Google runs it in, against a form that takes notes."""

import json
from pathlib import Path
from typing import Any

import pytest
from asked import asked, survey
from py_mini_racer import MiniRacer
from test_xlsform import SHIPPED, shipped

from generator.model import Survey
from generator.survey import columns
from generator.survey.exports import google
from generator.survey.exports.screen import ScreenForm, screen
from generator.survey.headers import google_headers, option_labels, plain

# What Google's service has of what the script calls, and refuses what Google refuses.
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
      addGridItem: function () { return thing('grid', ['Rows', 'Columns', 'Required']); },
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


@pytest.mark.parametrize("found", [survey(), *map(shipped, SHIPPED)])
def test_each_exported_column_is_one_code_and_in_order(found: Survey) -> None:
    form = built(screen("service", found, ""))
    codes = [google_headers(found)[plain(head)] for head in exported(form)]
    assert codes == [column.code for column in columns(found)]
    by_title = {item["Title"]: item for item in form["items"] if item["kind"] != "section"}
    by_row = {(i["Title"], row): i for i in form["items"] for row in i.get("Rows", ())}
    for each in screen("service", found, "").asked:
        place, column = each.place, each.column
        item = by_row[place.title, place.row] if place.row else by_title[place.title]
        assert item.get("Required", False) is not column.optional
        assert not (item.get("Required") and each.condition), "it isn't hidden from anybody"
        if column.kind in ("one", "many", "level"):
            labels = item.get("ChoiceValues") or item["Columns"]
            assert labels == list(option_labels(column).values())


def test_what_is_built() -> None:
    form = built(asked())
    assert form["created"] == form["calls"]["Title"] == "แบบสำรวจความพึงพอใจ ผู้รับบริการ"
    assert form["calls"]["ConfirmationMessage"] == "ขอขอบพระคุณ"
    assert form["calls"]["Description"].splitlines() == [
        "กอง ก กระบวนงาน ข",
        "คำชี้แจง:",
        "1. โปรดอ่าน ทุกข้อ",
        "2. ตอบทุกส่วน",
    ]
    kinds = [(item["kind"], item["Title"]) for item in form["items"]]
    assert kinds == [
        ("section", "ส่วนที่ 1 ข้อมูลทั่วไป"),
        ("text", "1. อายุ"),
        ("one", "2. กลุ่มเป้าหมาย"),
        ("text", "2. กลุ่มเป้าหมาย › อื่น ๆ"),
        ("section", "การบอกต่อ"),
        ("many", "ท่านจะบอกต่ออย่างไร"),
        ("one", "ท่านจะบอกต่ออย่างไร › สื่อออนไลน์ (told_online)"),
        ("text", "ท่านจะบอกต่ออย่างไร › สื่อออนไลน์ › เว็บ"),
        ("text", "ท่านจะบอกต่ออย่างไร › สื่อออนไลน์ (told_online_text)"),
        ("paragraph", "ข้อเสนอแนะ"),
        ("text", "หน่วยงาน"),
        ("page", "ส่วนที่ 2 ความพึงพอใจ"),
        ("grid", "2.1 กระบวนการ"),
        ("grid", "2.1 กระบวนการ"),
        ("grid", "2.1 กระบวนการ"),
        ("grid", "ประเด็น"),
        ("page", "ส่วนที่ 3 ความไม่พึงพอใจ"),
        ("section", "3.1 กระบวนการ"),
        ("text", "3.1.1 3.1 กระบวนการ: ประเด็นความไม่พึงพอใจ"),
        ("one", "3.1.1 3.1 กระบวนการ: ระดับความไม่พึงพอใจ"),
        ("text", "3.1.2 3.1 กระบวนการ: ประเด็นความไม่พึงพอใจ"),
        ("one", "3.1.2 3.1 กระบวนการ: ระดับความไม่พึงพอใจ"),
        ("scale", "3.2 เชื่อมั่นเพียงใด"),
        ("one", "สองระดับ"),
    ]
    age, trust = form["items"][1], form["items"][22]
    assert age["Validation"]["between"] == [10, 120]
    assert (trust["Bounds"], trust["Labels"]) == ([1, 10], ["เชื่อมั่นน้อย", "เชื่อมั่นมาก"])
    assert "“อื่น ๆ”" in form["items"][3]["HelpText"]


@pytest.mark.parametrize(
    "words",
    [
        '"; throw new Error("run"); "',
        "'+(function(){throw 1})()+'",
        "\\",
        "`${1}`",
        "*/ throw 1 /*",
        "</script><script>",
        "a\u2028b\u2029c",
        "__proto__",
    ],
)
def test_words_are_never_code(words: str) -> None:
    question = survey().parts[0].items[0].model_copy(update={"number": None, "text": words})
    part = survey().parts[0].model_copy(update={"items": [question], "heading": words})
    found = survey().model_copy(update={"parts": [part], "title": [words], "thanks": words})
    form = built(screen("service", found, words))
    assert form["created"] == words
    assert form["calls"]["Description"].startswith(words)
    assert form["items"][0]["Title"] == words
    assert plain(form["items"][1]["Title"]) == plain(words)
    script = google.write(screen("service", found, words)).decode()
    assert "</script" not in script
    assert not set("\u2028\u2029") & set(script)


def test_the_part_that_is_not_data_is_plain_script() -> None:
    assert Path(google.__file__).with_name("build.gs").read_text("utf-8").isascii()
