"""Groups, sums and adjustments that contradict themselves are named with their place."""

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
    weight: 40
    define:
      name: ก
      measure: ร้อยละ
      criteria:
        1:
          read: points
          parts:
            - {{id: p, name: พี, weight: 60, {LEVELS}}}
            - {{id: q, name: คิว, weight: 40, group: g, {LEVELS}}}
            - {{id: r, name: อาร์, weight: 60, group: g, {LEVELS}}}
          HERE
  - {{id: c, component: agenda, weight: 30, define: {{name: ค}}}}
  - {{id: d, component: potential, weight: 30, define: {{name: ง}}}}
"""
G = "groups: [{id: g, name: กลุ่ม, combine: "


def agency_with(tmp_path: Path, more: str, results: str = "") -> Path:
    folder = copy_agency(tmp_path)
    lines = more.replace(" | ", "\n          ")
    (folder / "สาม.yaml").write_text(UNIT.replace("HERE", lines), "utf-8")
    if results:
        body = f"fiscal_year: 2566\nresults:\n  a: {results}\n"
        (folder / "results/1/สาม.yaml").write_text(body, "utf-8")
    return folder


@pytest.mark.parametrize(
    "more",
    [
        f"combine: max | {G}mean}}]",
        f"combine: sum | most: 100 | {G}mean}}]",
        f"combine: min | {G}weighted}}]",
        f"combine: max | {G}sum, most: 100}}]",
    ],
)
def test_sound(more: str, tmp_path: Path) -> None:
    found = errors_in(agency_with(tmp_path, more))
    if "weighted" in more:
        assert found == []  # 40 + 60
    assert [one for one in found if "สาม" in one] == []


@pytest.mark.parametrize(
    ("more", "expected"),
    [
        ("combine: max", "14:53: error: there is no group 'g'"),
        (f"{G}sum}}]", "16:20: error: scores that are added up need a cap"),
        (f"combine: sum | {G}mean}}]", "11:11: error: scores that are added up need a cap"),
        (f"combine: max | most: 5 | {G}mean}}]", "17:17: error: most is the cap of a sum, but"),
        (f"combine: sum | most: 300 | {G}mean}}]", "17:17: error: the parts come to 200 points"),
        (
            f"combine: sum | most: 90 | {G}mean}}]",
            "17:17: error: the sum's cap is 90, but the unit's",
        ),
        (
            f"{G}mean}}, {{id: h, name: ฮ, combine: min}}]",
            "16:57: error: no part belongs to the group",
        ),
        (
            f"combine: weighted | {G}mean, weight: 50}}]",
            "13:13: error: the weights of the parts add",
        ),
        (
            f"{G}weighted}}, {{id: g, name: ฮ, combine: min}}]",
            "two groups or parts have the same id",
        ),
        (
            f"{G}mean}}] | adjustments: [{{id: x, kind: add, name: ก, most: 101}}]",
            "17:59: error: 'x' may come to 101 points",
        ),
        (
            f"{G}mean}}] | adjustments: [{{id: x, kind: add, name: ก, most: 0}}]",
            "a figure above nought is expected",
        ),
    ],
)
def test_contradictions(more: str, expected: str, tmp_path: Path) -> None:
    found = [one for one in errors_in(agency_with(tmp_path, more)) if "สาม.yaml" in one]
    assert any(expected in one for one in found), found


@pytest.mark.parametrize(
    ("result", "expected"),
    [
        (
            "{parts: {}, adjustments: {x: {points: 1, reason: ก}}}",
            "the criteria name no adjustment 'x'",
        ),
        ("{adjustments: {late: {points: 1, reason: ก}}}", "where there is no result"),
        ("{parts: {}, adjustments: {late: {points: 1, reason: ' '}}}", "for a reason"),
        ("{parts: {}, adjustments: {late: {points: -1, reason: ก}}}", "above nought is expected"),
        ("{parts: {}, adjustments: {late: {reason: ก}}}", "points"),
    ],
)
def test_results_that_the_criteria_do_not_allow(result: str, expected: str, tmp_path: Path) -> None:
    more = f"{G}mean}}] | adjustments: [{{id: late, kind: deduct, name: ล่าช้า, most: 2}}]"
    folder = agency_with(tmp_path, more, result)
    found = [one for one in errors(found_in(folder)) if "results/1/สาม" in str(one.location.path)]
    assert len(found) == 1
    assert expected in found[0].message
    assert found[0].location.line == 3
