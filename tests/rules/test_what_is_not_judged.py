"""Every way to contradict a decision that something isn't judged is named with its place."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.diagnostics import errors
from support.reading import copy_agency, errors_in, found_in

LEVELS = "levels: {ขั้นต้น: '60', มาตรฐาน: '70', ขั้นสูง: '80'}"
UNIT = f"""level: division
indicators:
  - id: a
    component: function
    weight: 30
    define: {{name: ก, measure: ร้อยละ, criteria: {{all: {{read: points, {LEVELS}}}}}}}
    exemptions: [A]
  - id: b
    component: function
    weight: 10
    define:
      name: ข
      measure: ร้อยละ
      criteria:
        all:
          read: points
          combine: COMBINE
          parts:
            - {{id: p, name: พี, weight: 60, {LEVELS}}}
            - {{id: q, name: คิว, weight: 40, {LEVELS}}}
    exemptions: [B]
  - id: c
    component: agenda
    weight: 30
    define: {{name: ค, measure: ร้อยละ, criteria: {{all: {{read: points, {LEVELS}}}}}}}
    exemptions: [C]
  - id: d
    component: potential
    weight: 30
    define: {{name: ง, measure: ร้อยละ, criteria: {{all: {{read: points, {LEVELS}}}}}}}
    exemptions: [D]
"""
GONE = "{kind: cancelled, reason: ยุบโครงการ, by: มติMORE}"


def gone(more: str = "") -> str:
    return GONE.replace("MORE", f", {more}" if more else "")


def agency_with(
    tmp_path: Path, policy: str | None, combine: str = "weighted", **decisions: str
) -> Path:
    folder = copy_agency(tmp_path)
    if policy is not None:
        path = folder / "agency.yaml"
        path.write_text(
            path.read_text("utf-8") + f"policies: {{exempt_weight: {policy}}}\n", "utf-8"
        )
    text = UNIT.replace("COMBINE", combine.replace(", ", "\n          "))
    for key in "ABCD":
        text = text.replace(f"[{key}]", f"[{decisions.get(key.lower(), '')}]")
    (folder / "สาม.yaml").write_text(text, "utf-8")
    return folder


@pytest.mark.parametrize("policy", ["component", "tree", "left-out"])
def test_a_sound_decision(policy: str, tmp_path: Path) -> None:
    folder = agency_with(tmp_path, policy, a=gone("from: 2"), b=gone("part: q, until: 1"))
    assert errors_in(folder) == []


def test_given_by_name(tmp_path: Path) -> None:
    folder = agency_with(
        tmp_path,
        "given",
        a=gone("weight_to: {c: 20, d: 10}"),
        b=gone("part: p, weight_to: q"),
    )
    assert errors_in(folder) == []


@pytest.mark.parametrize(
    ("policy", "decisions", "expected"),
    [
        (
            None,
            {"a": gone()},
            "7:18: error: 'a' isn't judged in some rounds, and nothing says what",
        ),
        (
            "tree",
            {"a": gone("weight_to: b")},
            "7:76: error: the weight is given to indicators by name",
        ),
        ("tree", {"a": gone("from: 3")}, "7:71: error: there is no round '3'"),
        (
            "tree",
            {"a": gone("from: 2, until: 1")},
            "7:81: error: it isn't judged from round 2 until",
        ),
        (
            "tree",
            {"a": "{kind: begins-later, from: 1, reason: ก, by: ข}"},
            "7:45: error: round 1 is the first one",
        ),
        ("tree", {"a": f"{gone()}, {gone('from: 2')}"}, "7:66: error: two decisions say of 'a'"),
        ("tree", {"b": gone("part: r")}, "21:71: error: the criteria have no part 'r'"),
        (
            "tree",
            {"b": f"{gone('part: p')}, {gone('part: q')}"},
            "21:75: error: no part of 'b' is left to judge",
        ),
        (
            "component",
            {"c": gone()},
            "26:18: error: nothing in 'agenda' is left to take the weight",
        ),
        ("given", {"a": gone()}, "7:18: error: nothing says who gets the weight of 'a'"),
        ("given", {"a": gone("weight_to: a")}, "7:76: error: 'a' can't get its own weight"),
        ("given", {"a": gone("weight_to: x")}, "7:76: error: there is no 'x' that counts"),
        (
            "given",
            {"a": gone("weight_to: c"), "c": gone("weight_to: d")},
            "7:76: error: 'c' can't get a weight: it isn't judged itself",
        ),
        (
            "given",
            {"a": gone("weight_to: {b: 10, c: 10}")},
            "7:76: error: 10 + 10 is given away of the weight of 'a', which is 30",
        ),
        (
            "given",
            {"b": gone("part: p, weight_to: a")},
            "21:85: error: there is no 'a' that counts",
        ),
    ],
)
def test_contradictions(
    policy: str | None, decisions: dict[str, str], expected: str, tmp_path: Path
) -> None:
    found = errors_in(agency_with(tmp_path, policy, **decisions))
    assert [one[: len(f"สาม.yaml:{expected}")] for one in found] == [f"สาม.yaml:{expected}"]


def test_nothing_is_left(tmp_path: Path) -> None:
    folder = agency_with(tmp_path, "left-out", a=gone(), b=gone(), c=gone(), d=gone())
    found = errors_in(folder)
    assert len(found) == 4
    assert all("nothing is left to judge in round 1" in one for one in found)


@pytest.mark.parametrize(
    ("decision", "expected"),
    [
        ("{kind: cancelled, by: มติ}", "reason"),
        ("{kind: cancelled, reason: ก, by: ' '}", "a decision has a reason and somebody"),
        ("{kind: begins-later, reason: ก, by: ข}", "what begins later begins in a round"),
        ("{kind: begins-later, from: 2, until: 2, reason: ก, by: ข}", "until doesn't go with it"),
        ("{kind: paused, reason: ก, by: ข}", "one of not-applicable, cancelled, begins-later"),
    ],
)
def test_a_decision_by_itself(decision: str, expected: str, tmp_path: Path) -> None:
    found = errors_in(agency_with(tmp_path, "tree", a=decision))
    assert len(found) == 1
    assert expected in found[0]


def test_every_fault_has_a_remedy(tmp_path: Path) -> None:
    folder = agency_with(
        tmp_path,
        "given",
        "mean",
        a=gone("weight_to: {b: 10, d: 5}"),
        b=gone("part: p, weight_to: q"),
        c=gone("from: 2, until: 1"),
        d=gone("weight_to: e"),
    )
    found = errors(found_in(folder))
    assert len(found) == 5
    assert all(one.hint for one in found)


def test_a_part_of_a_sum(tmp_path: Path) -> None:
    folder = agency_with(tmp_path, "tree", "sum, most: 100", b=gone("part: p"))
    (found,) = errors_in(folder)
    assert "part 'p' is added up with others" in found
