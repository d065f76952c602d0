"""Files of answers come to the same counts, whatever form they are exported from."""

from __future__ import annotations

from collections import Counter
from fractions import Fraction
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from generator.agreements import yaml_tree, yaml_writing
from generator.agreements.model_faults import to_model
from generator.agreements.yaml_tree import Plain
from generator.diagnostics import errors
from generator.importing.responses import counting, heads, table
from generator.model import Answers
from generator.survey import columns, figures
from support import synthetic

MANY = 1000
SURVEYS = [("dsdw-2566", "service"), ("dsdw-2566", "training"), ("example-2570", "visitors")]


def counted(agency: str, name: str, file: str, data: bytes) -> dict[str, Plain]:
    survey = synthetic.shipped(agency, name)
    read = table.read(Path(file), data)
    assert not errors(read.faults)
    headed, where, faults = heads.match(survey, name, read)
    assert headed is not None
    assert where is not None
    found, wrong = counting.respondents(survey, headed, where)
    assert not errors((*faults, *wrong))
    return counting.counted(survey, found)


@cache
def people(agency: str, name: str, count: int) -> list[synthetic.Person]:
    return synthetic.people(synthetic.shipped(agency, name), count)


def files(agency: str, name: str, count: int) -> dict[str, bytes]:
    """The same answers in every form."""
    survey, found = synthetic.shipped(agency, name), people(agency, name, count)
    own, google = synthetic.own(survey, found), synthetic.google(survey, found)
    odk = synthetic.odk(survey, found)
    return {
        "own.csv": synthetic.as_csv(own),
        "bom.csv": synthetic.as_csv(own, "utf-8-sig"),
        "semicolons.csv": synthetic.as_csv(own, delimiter=";"),
        "legacy.csv": synthetic.as_csv(own, "cp874"),
        "google.csv": synthetic.as_csv(google),
        "utf-16.csv": synthetic.as_csv(google, "utf-16", "\t"),
        "kobo.csv": synthetic.as_csv(odk),
        "ticks.csv": synthetic.as_csv(synthetic.ticks_alone(odk, survey)),
        "lists.csv": synthetic.as_csv(synthetic.odk(survey, found, split=False)),
        "central.csv": synthetic.as_csv(synthetic.odk(survey, found, between="-")),
        "own.xlsx": synthetic.as_xlsx(own),
        "google.xlsx": synthetic.as_xlsx(google),
        "dots.csv": synthetic.as_csv(synthetic.odk(survey, found, between=".")),
        "labels.csv": synthetic.as_csv(synthetic.kobo_labels(survey, found), delimiter=";"),
        "labels-dots.csv": synthetic.as_csv(synthetic.kobo_labels(survey, found, between=".")),
        "labels-alone.xlsx": synthetic.as_xlsx(synthetic.kobo_labels(survey, found, groups=False)),
        "titled.csv": synthetic.as_csv([["ผลการสำรวจ ปี 2566"], [], *own]),
        "sep.csv": b"sep=;\r\n" + synthetic.as_csv(own, delimiter=";"),
        "sep-bar.csv": b'\xef\xbb\xbf"sep=|"\n' + synthetic.as_csv(google, delimiter="|"),
        "strict.xlsx": synthetic.as_strict(synthetic.as_xlsx(own)),
        "odd.csv": synthetic.as_csv(synthetic.google(survey, found))
        .decode()
        .replace("ำ", "\u0e4d\u0e32")
        .replace("แ", "เเ")
        .encode(),
    }


@pytest.mark.parametrize(("agency", "name"), SURVEYS)
def test_every_form_of_a_thousand_answers_comes_to_the_same(agency: str, name: str) -> None:
    many = MANY if name == "service" else 300  # a thousand of one form; the others differ in form
    every = {
        file: counted(agency, name, file, data) for file, data in files(agency, name, many).items()
    }
    first: Any = every["own.csv"]
    assert {file for file, found in every.items() if found != first} == set()
    # The counts are those of the answers that went in.
    for column in columns(synthetic.shipped(agency, name)):
        if column.kind != "text":
            went_in = Counter(a for p in people(agency, name, many) for a in p.get(column.code, ()))
            assert {k: int(v) for k, v in first["items"].get(column.code, {}).items()} == went_in
    assert int(first["n"]) == sum(any(person.values()) for person in people(agency, name, many))


def test_words_come_back_as_they_were_typed_the_most_frequent_first() -> None:
    found: Any = counted(
        "dsdw-2566", "service", "a.csv", files("dsdw-2566", "service", 300)["google.csv"]
    )
    written = found["written"]["q4_3_1"]
    assert {line["text"] for line in written} == set(synthetic.WORDS)
    times = [int(line.get("times", 1)) for line in written]
    assert times == sorted(times, reverse=True)
    assert sum(times) == sum("q4_3_1" in p for p in people("dsdw-2566", "service", 300))
    issues = found["written"]["q3_1_1_text"]
    assert {line.get("level") for line in issues} <= {None, "1", "2", "3", "4", "5"}


PART3 = """respondent,who,age,quick,clear,online,overall,issue1_text,issue1,issue2_text,issue2
1,citizen,30,5,4,,5,,,,
2,citizen,41,4,4,3,4,รอนาน,4,,
3,company,52,3,3,4,3,ที่จอดรถน้อย,3,ป้ายเล็ก,5
4,company,,5,5,5,5,ป้ายเล็ก,2,,
5,official,29,4,,,4,,,,
6,other,60,2,1,2,2,รอนาน,5,ที่จอดรถน้อย,4
"""


def test_part_three_worked_by_hand() -> None:
    # Two skip the part and have no issue (1, 5); 4 rates its issue 2; of the others 2 rates one
    # issue 4, 3 rates 3 and 5, 6 rates 5 and 4. Three of six: 50 per cent.
    # Statements: quick 5+4+3+5+4+2 = 23 of 6, clear 4+4+3+5+1 = 17 of 5, online 3+4+5+2 = 14 of 4:
    # 54 ÷ 15 = 3.6, 72 per cent. The overall one is left out.
    survey = synthetic.shipped("example-2570", "visitors")
    data = counted("example-2570", "visitors", "part3.csv", PART3.encode())
    made = yaml_writing.dump({"fiscal_year": "2570", "version": survey.version, **data})
    node = yaml_tree.parse(Path("a.yaml"), made.encode()).node
    assert node is not None
    answers, faults = to_model(node, Answers)
    assert not faults
    assert answers is not None
    assert (answers.n, answers.dissatisfied) == (6, 3)
    found = figures(survey, answers)
    assert (found.satisfaction, found.dissatisfaction) == (Fraction(72), Fraction(50))
    assert {group: counts.n for group, counts in answers.groups.items()} == {
        "citizen": 2,
        "company": 2,
        "official": 1,
        "other": 1,
    }
    assert [(w.text, w.level, w.times) for w in answers.written["issue1_text"]] == [
        ("ที่จอดรถน้อย", 3, 1),
        ("ป้ายเล็ก", 2, 1),
        ("รอนาน", 4, 1),
        ("รอนาน", 5, 1),
    ]


def test_thai_digits_spaces_and_spellings_are_the_same_answers() -> None:
    rows = PART3.replace("1,citizen,30,5,4", "๑, Citizen ,๓๐,๕,4.0").replace(
        "2,citizen", "2,ประชาชน "
    )
    assert counted("example-2570", "visitors", "a.csv", rows.encode()) == counted(
        "example-2570", "visitors", "b.csv", PART3.encode()
    )
