"""The rounds of an agency: what is remarked on, and which a unit has."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.diagnostics import errors
from generator.model import Agency
from generator.model.round_sets import ids_of, round_of, rounds_of, year_of
from generator.rules import rounds
from generator.scoring import periods
from support.scored import Kpi, agency, by_points, node, unit

QUARTERS = (
    ("q1", "1 ต.ค. 2565", "31 ธ.ค. 2565"),
    ("q2", "1 ม.ค. 2566", "31 มี.ค. 2566"),
    ("q3", "1 เม.ย. 2566", "30 มิ.ย. 2566"),
    ("q4", "1 ก.ค. 2566", "30 ก.ย. 2566"),
)


def listed(*stated: tuple[str, str, str], more: str = "") -> str:
    lines = (f"  - {{id: {i}, name: {i}, start: {s}, end: {e}{more}}}" for i, s, e in stated)
    return "rounds:\n" + "\n".join(lines) + "\n"


def remarks(text: str) -> list[str]:
    found = agency(text)
    return [fault.message for fault in rounds.check(node(text), found)]


@pytest.mark.parametrize("more", ["", ", cumulative: false"])
def test_quarters_are_in_order(more: str) -> None:
    assert remarks(listed(*QUARTERS, more=more)) == []


def test_half_years_across_fiscal_years_are_in_order() -> None:
    halves = (("a", "1 มิ.ย. 2565", "30 พ.ย. 2565"), ("b", "1 ธ.ค. 2565", "31 พ.ค. 2566"))
    assert remarks(listed(*halves, more=", cumulative: false")) == []


def test_six_nine_and_twelve_months_may_all_begin_with_the_year() -> None:
    ends = (("6", "31 มี.ค. 2566"), ("9", "30 มิ.ย. 2566"), ("12", "30 ก.ย. 2566"))
    assert remarks(listed(*((name, "1 ต.ค. 2565", end) for name, end in ends))) == []


def test_a_gap_is_remarked_on_with_its_days() -> None:
    own = listed(QUARTERS[0], QUARTERS[2], more=", cumulative: false")
    assert remarks(own) == [
        "1 มกราคม 2566 to 31 มีนาคม 2566 lies in no round: round q3 starts later"
    ]
    assert remarks(listed(QUARTERS[0], QUARTERS[2])) == []  # q3 judges all the year so far


def test_an_overlap_of_rounds_by_themselves_is_remarked_on() -> None:
    early = ("q2", "1 ธ.ค. 2565", "31 มี.ค. 2566")
    assert remarks(listed(QUARTERS[0], early, more=", cumulative: false")) == [
        "round q2 starts before round q1 ends, and both judge their own months alone"
    ]
    assert remarks(listed(QUARTERS[0], early)) == []


def test_rounds_of_the_same_days_are_remarked_on() -> None:
    again = ("again", *QUARTERS[0][1:])
    assert remarks(listed(QUARTERS[0], again)) == ["the rounds q1 and again judge the same days"]


def test_a_round_of_another_year_is_remarked_on() -> None:
    late = ("late", "1 ต.ค. 2566", "31 ธ.ค. 2566")
    assert remarks(listed(*QUARTERS, late, more=", cumulative: false")) == [
        "no day of round late lies in fiscal year 2566"
    ]


def test_days_on_which_figures_are_taken_are_in_order() -> None:
    text = (
        "rounds:\n"
        "  - {id: a, name: a, start: 1 ต.ค. 2565, end: 31 มี.ค. 2566, cutoff: 1 ต.ค. 2566}\n"
        "  - {id: b, name: b, start: 1 เม.ย. 2566, end: 30 ก.ย. 2566, cutoff: 30 ก.ย. 2566}\n"
    )
    assert remarks(text) == ["figures of round b are taken before those of round a"]


SETS = listed(*QUARTERS) + (
    "round_sets:\n"
    "  staff:\n"
    "    levels: [person, section]\n"
    "    rounds:\n"
    "      - {id: year, name: ปี, start: 1 ต.ค. 2565, end: 30 ก.ย. 2566, cumulative: false}\n"
    "  halves:\n"
    "    rounds:\n"
    "      - {id: h1, name: ก, start: 1 ต.ค. 2565, end: 31 มี.ค. 2566, cumulative: false}\n"
    "      - {id: q4, name: q4, start: 1 ก.ค. 2566, end: 30 ก.ย. 2566}\n"
)


def test_units_have_the_rounds_of_the_set_they_name_then_of_their_level() -> None:
    found = agency(SETS)
    assert errors(tuple(rounds.check(node(SETS), found))) == ()
    division = unit(Kpi("kpi", by_points("1 | 2 | 3 | 4 | 5"))).unit
    halves = division.model_copy(update={"rounds": "halves"})
    section = division.model_copy(update={"level": "section"})
    assert ids_of(division, found) == ("q1", "q2", "q3", "q4")
    assert ids_of(section, found) == ("year",)
    assert ids_of(halves, found) == ("h1", "q4")
    assert found.round_ids == ("q1", "q2", "q3", "q4", "year", "h1")
    assert rounds_of(halves, found)[-1] == round_of(found, "q4")
    assert [r.id for r in year_of(found, "h1")] == ["h1", "q4"]


def test_a_round_in_two_lists_is_the_same_in_each() -> None:
    text = SETS.replace("{id: q4, name: q4,", "{id: q3, name: q3,")
    assert any("is another one" in said for said in remarks(text))


@settings(max_examples=30, deadline=None)
@given(st.lists(st.integers(20, 60), min_size=1, max_size=12), st.booleans())
def test_rounds_in_a_row_leave_no_day_out_and_count_none_twice(
    lengths: list[int], cumulative: bool
) -> None:
    first = date(2022, 10, 1)
    spans = []
    for length in lengths:
        spans.append((first, first + timedelta(days=length - 1)))
        first += timedelta(days=length)
    text = "rounds:\n" + "".join(
        f"  - {{id: r{n}, name: r, start: {a}, end: {b}, cumulative: {str(cumulative).lower()}}}\n"
        for n, (a, b) in enumerate(spans)
    )
    found: Agency = agency(text)
    said = [
        fault for fault in rounds.check(node(text), found) if "fiscal year" not in fault.message
    ]
    assert said == []
    judged = [periods.span(found, name) for name in found.round_ids]
    if cumulative:
        assert {begin for begin, _ in judged} == {spans[0][0]}
        assert [end for _, end in judged] == sorted(end for _, end in judged)
    else:
        assert sum((b - a).days + 1 for a, b in judged) == sum(lengths)
