"""Headers of other programs' exports, and back to codes."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.model import QuestionOption, Survey
from generator.survey import AnswerColumn, AnswerOption, columns
from generator.survey.headers import google_headers, google_places, option_labels, plain
from support.scored import model


def made(questions: str) -> Survey:
    return model(
        Survey,
        f"""
version: 1
title: [x]
parts:
  - id: a
    heading: x
    items: [{questions}]
definitions:
  satisfaction: {{measure: mean, over: items}}
  dissatisfaction: complement
  pooling: by_group
  bands: x
  error: 0.05
""",
    )


GRID = (
    "{id: g, kind: grid, heading: ประเด็น, over: ระดับ, levels: [ก, ข, ค, ง, จ], sections: ["
    "{heading: 2.1 ขั้นตอน, rows: [{id: r, number: 2.1.1, text: เร็ว}]},"
    "{rows: [{id: s, text: โดยรวม}]},"
    "{heading: 3.1 ขั้นตอน, issues: [{id: i, number: 3.1.1}]}]}"
)
CHOICE = (
    "{id: q, kind: one, number: '1.', text: อาชีพ, options: ["
    "{id: a, text: รับจ้าง}, {id: b, text: อื่น ๆ, write: true, options: [{id: c, text: ค}]}]}"
)


def test_every_column_has_the_words_of_the_questionnaire() -> None:
    assert google_headers(made(f"{CHOICE}, {GRID}")) == {
        "1. อาชีพ": "q",
        "1. อาชีพ › อื่น ๆ (q_b)": "q_b",
        "1. อาชีพ › อื่น ๆ (q_b_text)": "q_b_text",
        "2.1 ขั้นตอน [2.1.1 เร็ว]": "r",
        "ประเด็น [โดยรวม]": "s",
        "3.1.1 3.1 ขั้นตอน: ประเด็น": "i_text",
        "3.1.1 3.1 ขั้นตอน: ระดับ": "i",
    }


@pytest.mark.parametrize("found", ["น้ำหนัก", "  น้ําหนัก ", "น้ำ\u200bหนัก", "﻿น้ำหนัก"])
def test_spellings_of_one_header_are_one(found: str) -> None:
    assert plain(found) == "น้ำหนัก"


# Words that are likely to be alike, and to be alike again once a code stands behind them.
WORDS = st.sampled_from(["x", "x ", "x (a)", "x (b) (a)", "x [y]", "x [y (a)]", "y", "x › y"])


@given(st.lists(WORDS, min_size=1, max_size=6), st.lists(WORDS, max_size=3), WORDS)
def test_headers_and_columns_are_one_to_one(
    texts: list[str], rows: list[str], heading: str
) -> None:
    questions = [f"{{id: {code}, kind: number, text: '{t}'}}" for code, t in zip("abcdef", texts)]  # noqa: B905
    shown = ", ".join(f"{{id: {code}, text: '{t}'}}" for code, t in zip("rst", rows))  # noqa: B905
    if rows:
        questions.append(
            f"{{id: g, kind: grid, heading: '{heading}', over: x, levels: [a, b, c, d, e],"
            f" sections: [{{rows: [{shown}]}}]}}"
        )
    survey = made(", ".join(questions))
    headers = google_headers(survey)
    codes = [column.code for column in columns(survey)]
    assert sorted(headers.values()) == sorted(codes)
    places = google_places(survey)
    assert {plain(places[code].header): code for code in codes} == headers


@given(st.lists(WORDS, min_size=1, max_size=5))
def test_options_that_read_alike_are_told_apart(texts: list[str]) -> None:
    choices = tuple(AnswerOption(code, text) for code, text in zip("abcde", texts))  # noqa: B905
    labels = option_labels(AnswerColumn("q", "one", "x", "p", "q", choices))
    assert list(labels) == [choice.id for choice in choices]
    assert len({plain(words) for words in labels.values()}) == len(labels)


def test_options_with_words_of_their_own_keep_them() -> None:
    options = [QuestionOption(id="a", text="ใช่"), QuestionOption(id="b", text="ไม่ใช่")]
    choices = tuple(AnswerOption(option.id, option.text) for option in options)
    column = AnswerColumn("q", "one", "x", "p", "q", choices)
    assert option_labels(column) == {"a": "ใช่", "b": "ไม่ใช่"}
