"""Items that are ticked off: how many, what they weigh, or the percentage of all."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.scoring import explain
from support.scored import by_points, faults, points, scored

ITEMS = ("team", "plan", "train", "report")
WEIGHTS = (10, 20, 30, 40)


def checklist(counts: str, *, weights: bool = False, values: str = "1 2 3 4 5") -> str:
    items = ", ".join(
        f"{{id: {name}, text: งาน {name}{f', weight: {weight}' if weights else ''}}}"
        for name, weight in zip(ITEMS, WEIGHTS, strict=True)
    )
    levels = ", ".join(
        f'{n}: {{text: ระดับ, value: "{value}"}}' for n, value in enumerate(values.split(), start=1)
    )
    return (
        f"name: ตัวชี้วัด\nvalue:\n  checklist:\n    heading: รายการ\n    counts: {counts}\n"
        f"    items: [{items}]\n"
        f"criteria:\n  all:\n    read: points\n    below: 0\n    levels: {{{levels}}}\n"
    )


COUNTED = checklist("items", values="0 1 2 3 4")
WEIGHED = checklist("weights", weights=True, values="20 40 60 80 100")
PERCENT = checklist("percent", values="20 40 60 80 100")
WEIGHED_PERCENT = checklist("percent", weights=True, values="20 40 60 80 100")


@pytest.mark.parametrize(
    ("indicator", "done", "expected"),
    [
        (COUNTED, "[]", "1.0000"),
        (COUNTED, "[plan, team]", "3.0000"),
        (COUNTED, "[report, team, plan, train]", "5.0000"),
        (WEIGHED, "[train, report]", "3.5000"),
        (WEIGHED, "[team]", "0.0000"),
        (PERCENT, "[team, plan, train]", "3.7500"),
        (WEIGHED_PERCENT, "[team, report]", "2.5000"),
    ],
)
def test_what_is_done_is_counted(indicator: str, done: str, expected: str) -> None:
    assert points(indicator, f"{{checked: {done}}}") == expected


def test_the_trace_says_which_were_counted_and_can_be_worked_out() -> None:
    weighed = explain.lines(scored(WEIGHED, "{checked: [report, train]}").trace)
    assert weighed[:5] == (
        "☐ งาน team (น้ำหนัก 10)",
        "☐ งาน plan (น้ำหนัก 20)",
        "☑ งาน train (น้ำหนัก 30)",
        "☑ งาน report (น้ำหนัก 40)",
        "น้ำหนักของ 2 จาก 4 รายการที่ดำเนินการแล้ว: 30 + 40 = 70",
    )
    percent = explain.lines(scored(PERCENT, "{checked: [team]}").trace)
    assert percent[4] == "ดำเนินการแล้ว 1 จาก 4 รายการ: 1 ÷ 4 × 100 = 25"
    both = explain.lines(scored(WEIGHED_PERCENT, "{checked: [team, plan]}").trace)
    assert both[4] == "น้ำหนักของ 2 จาก 4 รายการที่ดำเนินการแล้ว: (10 + 20) ÷ 100 × 100 = 30"
    none = explain.lines(scored(WEIGHED, "{checked: []}").trace)
    assert none[4] == "น้ำหนักของ 0 จาก 4 รายการที่ดำเนินการแล้ว: 0 = 0"
    assert explain.lines(scored(COUNTED, "{checked: []}").trace)[4] == (
        "ดำเนินการแล้ว 0 จาก 4 รายการ"
    )


def test_a_ladder_reads_it_too_and_parts_have_their_own() -> None:
    ladder = COUNTED.replace("points", "ladder").replace("value:", "at_least:")
    ladder = ladder.replace("\nat_least:", "\nvalue:")
    assert points(ladder, "{checked: [team, plan, report]}") == "4.0000"
    part = COUNTED.split("\n", 1)[1].partition("criteria:")[0].replace("\n", "\n        ")
    whole = (
        "name: ก\ncriteria:\n  all:\n    combine: mean\n    parts:\n"
        f"      - id: a\n        name: ก\n        {part.strip()}\n        read: points\n"
        '        levels: {1: "0", 2: "1", 3: "2", 4: "3", 5: "4"}\n'
        "      - id: b\n        name: ข\n        read: points\n"
        '        levels: {1: "1", 2: "2", 3: "3", 4: "4", 5: "5"}\n'
    )
    assert points(whole, "{parts: {a: {checked: [team]}, b: {value: 5}}}") == "3.5000"


def test_what_cannot_be_counted_is_refused() -> None:
    plain = by_points("1 | 2 | 3 | 4 | 5")
    assert faults(plain, "{checked: [team]}") == [
        "kpi: items are ticked, and the criteria have no checklist"
    ]
    assert faults(COUNTED, "{checked: [team, paln, team]}") == [
        "kpi: the checklist has no item 'paln'",
        "kpi: the item 'team' is ticked twice",
    ]


@given(st.sets(st.sampled_from(ITEMS)), st.sampled_from(ITEMS))
def test_one_more_item_is_never_worth_less(done: set[str], more: str) -> None:
    for indicator in (COUNTED, WEIGHED, PERCENT, WEIGHED_PERCENT):
        values = [
            scored(indicator, f"{{checked: [{', '.join(sorted(ticked))}]}}")
            for ticked in (done, done | {more})
        ]
        assert values[0].points <= values[1].points
        assert all(0 <= Fraction(one.value or 0) <= 100 for one in values)


@given(st.sets(st.sampled_from(ITEMS)))
def test_what_is_done_and_what_is_not_make_the_whole(done: set[str]) -> None:
    rest = set(ITEMS) - done
    for indicator, whole in ((COUNTED, 4), (WEIGHED, 100), (PERCENT, 100), (WEIGHED_PERCENT, 100)):
        both = [
            Fraction(scored(indicator, f"{{checked: [{', '.join(sorted(ticked))}]}}").value or 0)
            for ticked in (done, rest)
        ]
        assert sum(both) == whole
