"""The columns of answers that a questionnaire asks for."""

from generator.model import Survey
from generator.survey import columns
from support.scored import model

SURVEY = """
version: 1
title: [x]
parts:
  - id: a
    heading: x
    items:
      - id: q
        kind: one
        text: x
        options:
          - {id: a, text: x}
          - {id: b, text: x, write: true, options: [{id: c, text: x, write: true}]}
      - {id: n, kind: number, text: x, at_least: 3, at_most: 9}
      - {id: t, kind: text, text: x}
definitions:
  satisfaction: {measure: mean, over: items}
  dissatisfaction: complement
  pooling: by_group
  bands: x
  error: 0.05
"""


def test_what_opens_under_an_option_need_not_be_answered() -> None:
    found = {column.code: column for column in columns(model(Survey, SURVEY))}
    assert list(found) == ["q", "q_b", "q_b_c_text", "q_b_text", "n", "t"]
    assert {code for code, column in found.items() if not column.optional} == {"q", "n"}
    under = {code: column.under for code, column in found.items() if column.under}
    assert under == {"q_b": ("q", "b"), "q_b_c_text": ("q_b", "c"), "q_b_text": ("q", "b")}


def test_only_a_number_has_a_least_one() -> None:
    found = {column.code: column for column in columns(model(Survey, SURVEY))}
    assert {code for code, column in found.items() if column.least} == {"n"}
