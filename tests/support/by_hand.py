"""The scores of the two example agencies, worked out from their files as an officer would.

Nothing of gen is used: each indicator has its arithmetic here, in the words of its criteria.
"""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from pathlib import Path
from typing import Any

import yaml

AGREEMENTS = Path(__file__).parents[2] / "agreements"
HOSPITAL, FACULTY = "example-hospital-2570", "example-faculty-2570"
Scoring = Callable[[Mapping[str, Any], str], Fraction]
QUARTERS = ("q1", "q2", "q3", "q4")

UNITS: Mapping[str, tuple[str, Sequence[str]]] = {
    "เครือข่าย": (HOSPITAL, QUARTERS),
    "โรงพยาบาล-ก": (HOSPITAL, QUARTERS),
    "โรงพยาบาล-ข": (HOSPITAL, QUARTERS),
    "คณะ": (FACULTY, ("m6", "m9", "m12")),
    "ภาควิชา-ก": (FACULTY, ("m6", "m9", "m12")),
    "อาจารย์": (FACULTY, ("h1", "h2")),
    "เจ้าหน้าที่": (FACULTY, ("year",)),
}
"""Every unit, its agency, and its rounds."""

CASES = [(unit, round_) for unit, (_, rounds) in UNITS.items() for round_ in rounds]


@dataclass(frozen=True)
class ByHand:
    """What a unit earns in a round: ก and ข of what is judged, and what they come to."""

    scores: Mapping[str, Fraction]
    weights: Mapping[str, Fraction]
    total: Fraction
    percent: Fraction
    grade: str


def half_up(number: Fraction, decimals: int) -> Fraction:
    """Rounded half up; what isn't negative alone is asked for."""
    return Fraction((number * 10**decimals * 2 + 1) // 2, 10**decimals)


def exact(value: Any) -> Fraction:
    """A figure of a file: text, with or without separators."""
    return Fraction(str(value).replace(",", ""))


class _Text(yaml.SafeLoader):
    """Plain text alone, so that no figure becomes a float."""


_Text.yaml_implicit_resolvers = {}


@cache
def loaded(path: Path) -> Any:
    return yaml.load(path.read_text("utf-8"), _Text)


def total(numbers: Iterable[Fraction]) -> Fraction:
    return sum(numbers, Fraction(0))


def table(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def worked_out(unit: str, round_: str) -> ByHand:
    """The scores of a unit in a round."""
    folder = AGREEMENTS / UNITS[unit][0]
    results = folder / "results" / round_
    reported = loaded(results / f"{unit}.yaml")
    if unit.startswith("โรงพยาบาล"):
        scores = {
            key: judged(value, _HOSPITAL[key], round_)
            for key, value in reported["results"].items()
            if key != "satisfaction"
        }
        scores["satisfaction"] = satisfaction(folder / "answers" / round_ / unit)
        kept = _HOSPITAL_WEIGHTS[round_]
        weights = {key: Fraction(weight) for key, weight in kept.items() if key in scores}
    elif unit == "เครือข่าย":
        scores = {
            "screening": screening(results / "screening.csv", round_),
            "complaints": complaints(results / "complaints.csv"),
        }
        weights = {"screening": Fraction(60), "complaints": Fraction(40)}
    else:
        scores = {
            key: _FACULTY[key](value, round_)
            for key, value in reported["results"].items()
            if key != "funds-by-field"
        }
        if unit == "คณะ":
            scores["funds-by-field"] = by_field(results / "funds.csv")
        if "competencies" in reported:
            expected = loaded(folder / f"{unit}.yaml")["competencies"]
            scores["competence"] = competence(expected, reported["competencies"])
        weights = {key: Fraction(weight) for key, weight in _SHARES[unit, round_].items()}
    assert set(scores) == set(weights)
    earned = total(scores[key] * weights[key] for key in scores) / total(weights.values())
    percent = earned * 20
    return ByHand(scores, weights, earned, percent, grade(half_up(percent, 2)))


def grade(percent: Fraction) -> str:
    for least, name in ((90, "ดีเด่น"), (80, "ดีมาก"), (70, "ดี"), (60, "พอใช้")):
        if percent >= least:
            return name
    return "ต้องปรับปรุง"


def between(least: int, score: Fraction, most: int = 5) -> Fraction:
    return max(Fraction(least), min(Fraction(most), score))


# The hospitals. Who assesses last says what counts; an appeal that was decided counts above all.


def judged(result: Mapping[str, Any], score: Scoring, round_: str) -> Fraction:
    """The score that counts: what the assessors said one after the other, then the appeal."""
    earned = score(result, round_)
    for by in ("supervisor", "committee"):
        said = result["assessed"][by]
        if "score" in said:
            earned = exact(said["score"])
        elif said.keys() & {"inputs", "checked", "parts", "value"}:
            earned = score(said, round_)
    appeal = result.get("appeal")
    return exact(appeal["decision"]["now"]) if appeal else earned


def _infection(result: Mapping[str, Any], round_: str) -> Fraction:
    figures = result["inputs"]
    rate = half_up(exact(figures["infections"]) * 1000 / exact(figures["bed_days"]), 2)
    bounds = (Fraction(1, 2), 1, Fraction(3, 2), 2)
    return Fraction(5 - sum(rate > bound for bound in bounds))


def _emergency(result: Mapping[str, Any], round_: str) -> Fraction:
    weights = {"triage": 25, "staff": 25, "tools": 20, "drugs": 15, "drill": 15}
    ticked = sum(weights[item] for item in result["checked"])
    return between(1, Fraction(ticked - 50, 10))


def _quality(result: Mapping[str, Any], round_: str) -> Fraction:
    parts = {
        key: between(1, (exact(part["value"]) - 55) / 5) for key, part in result["parts"].items()
    }
    ways = [(parts["falls"] + parts["drugs"] + parts["hands"]) / 3]
    if "committee" in parts:
        ways.append(parts["committee"])
    changes = result.get("adjustments", {})
    late = exact(changes.get("late", {}).get("points", 0))
    award = exact(changes.get("award", {}).get("points", 0))
    return between(1, max(ways) - late + award)


def _waiting(result: Mapping[str, Any], round_: str) -> Fraction:
    minutes, patients = (
        total(map(exact, result["inputs"][key].values())) for key in ("minutes", "patients")
    )
    nought = 105 - 5 * QUARTERS.index(round_)  # each quarter asks for five minutes less
    return between(1, (nought - minutes / patients) / 5)


def _panel(result: Mapping[str, Any], round_: str) -> Fraction:
    least = min(map(exact, result["inputs"].values()))
    return Fraction(1 if least < 70 else 3 if least < 80 else 4 if least < 90 else 5)


def _solar(result: Mapping[str, Any], round_: str) -> Fraction:
    share = exact(result["inputs"]["solar"]) * 100 / exact(result["inputs"]["used"])
    return between(1, (share - 2) / 2)


_HOSPITAL = {
    "infection": _infection,
    "emergency": _emergency,
    "quality": _quality,
    "waiting": _waiting,
    "panel": _panel,
    "solar": _solar,
}
_ALWAYS = {"infection": 20, "emergency": 15, "quality": 15, "waiting": 15, "satisfaction": 15}
_HOSPITAL_WEIGHTS = {
    "q1": {**_ALWAYS, "solar": 20},
    "q2": {**_ALWAYS, "solar": 10, "panel": 10},
    "q3": {**_ALWAYS, "solar": 20},
    "q4": {**_ALWAYS, "solar": 10, "panel": 10},
}


def satisfaction(folder: Path) -> Fraction:
    """The mean of what was received, over 5, by the level's bounds."""
    answers = loaded(folder / "outpatients.yaml")["items"]
    rows = [answers[row] for row in ("polite", "explain", "waiting", "place")]
    ratings = [
        (exact(level), exact(count))
        for row in rows
        for level, count in row.items()
        if level != "na"
    ]
    given = total(count for _, count in ratings)
    percent = half_up(total(level * count for level, count in ratings) * 20 / given, 2)
    return Fraction(1 + sum(percent >= bound for bound in (70, 75, 80, 85)))


def screening(path: Path, round_: str) -> Fraction:
    """The ratio of the sums; 10 to 30 per cent in the first quarter, 20 more in each."""
    rows = table(path)
    done = total(exact(row["ผู้ได้รับการคัดกรอง"]) for row in rows)
    percent = done * 100 / total(exact(row["เป้าหมาย"]) for row in rows)
    return between(1, (percent - 5 - 20 * QUARTERS.index(round_)) / 5)


def complaints(path: Path) -> Fraction:
    """How many per cent of the hospitals with complaints answered all of them."""
    values = [exact(row["value"]) for row in table(path) if row["value"] != "-"]
    percent = Fraction(sum(value >= 100 for value in values) * 100, len(values))
    return between(1, (percent - 50) / 10)


# The faculty: full marks are 5, in proportion from nought.


def _load(result: Mapping[str, Any], round_: str) -> Fraction:
    students, lecturers, standard = (
        exact(result["inputs"][key]) for key in ("students", "lecturers", "standard")
    )
    away = abs((students / lecturers - standard) * 100 / standard)
    return between(0, (20 - away) / 2)  # 5 up to 10 per cent away, 0 from 20 on


def _ratio(above: str, below: str, full: int) -> Scoring:
    def earned(result: Mapping[str, Any], round_: str) -> Fraction:
        value = exact(result["inputs"][above]) / exact(result["inputs"][below])
        return between(0, value * 5 / full)

    return earned


def _doctorates(result: Mapping[str, Any], round_: str) -> Fraction:
    share = exact(result["inputs"]["doctorates"]) * 100 / exact(result["inputs"]["lecturers"])
    return between(0, share / 8)


def _value(full: Mapping[str, str]) -> Scoring:
    def earned(result: Mapping[str, Any], round_: str) -> Fraction:
        return between(0, exact(result["value"]) * 5 / exact(full.get(round_, full.get("all"))))

    return earned


def _publications(result: Mapping[str, Any], round_: str) -> Fraction:
    share = exact(result["inputs"]["authors"]) * 100 / exact(result["inputs"]["lecturers"])
    if round_ != "m12":
        return between(1, (share - (5 if round_ == "m6" else 15)) / 5)
    # 40, 50, 60, 60, 70: from 60 on it is level 4.
    return between(1, (share - 20) / 10 if share >= 60 else (share - 30) / 10)


def _curriculum(result: Mapping[str, Any], round_: str) -> Fraction:
    return Fraction(len(result["done"]))


def _requests(result: Mapping[str, Any], round_: str) -> Fraction:
    share = exact(result["inputs"]["in_time"]) * 100 / exact(result["inputs"]["received"])
    return Fraction(sum(half_up(share, 2) >= bound for bound in (60, 70, 80, 90, 95)))


_FACULTY = {
    "load": _load,
    "doctorates": _doctorates,
    "advising": _value({"m6": "2.5", "m9": "4", "m12": "5"}),
    "funds": _ratio("funds", "lecturers", 50_000),
    "publications": _publications,
    "curriculum": _curriculum,
    "hours": _value({"all": "15"}),
    "papers": _value({"h1": "1", "h2": "1.5"}),
    "self-development": _value({"all": "100"}),
    "requests": _requests,
}
_DEPARTMENT = {
    "load": "0.15",
    "doctorates": "0.20",
    "advising": "0.10",
    "funds": "0.20",
    "publications": "0.15",
    "curriculum": "0.20",
}
_HALF = {"doctorates": "0.50", "funds-by-field": "0.50"}
_SHARES: Mapping[tuple[str, str], Mapping[str, str]] = {
    **{("คณะ", round_): _HALF for round_ in ("m6", "m9", "m12")},
    **{("ภาควิชา-ก", round_): _DEPARTMENT for round_ in ("m6", "m9", "m12")},
    ("อาจารย์", "h1"): {
        "hours": "0.30",
        "papers": "0.20",
        "self-development": "0.20",
        "competence": "0.30",
    },
    ("อาจารย์", "h2"): {
        "hours": "0.30",
        "papers": "0.30",
        "self-development": "0.10",
        "competence": "0.30",
    },
    ("เจ้าหน้าที่", "year"): {"requests": "0.60", "self-development": "0.20", "competence": "0.20"},
}


def by_field(path: Path) -> Fraction:
    """The mean of what the fields earn; none makes up for another."""
    full = {
        "วิทยาศาสตร์และเทคโนโลยี": 60_000,
        "วิทยาศาสตร์สุขภาพ": 50_000,
        "มนุษยศาสตร์และสังคมศาสตร์": 25_000,
    }
    earned = [
        between(0, exact(row["funds"]) / exact(row["lecturers"]) * 5 / full[row["กลุ่มสาขา"]])
        for row in table(path)
    ]
    return total(earned) / len(full)


def competence(expected: Sequence[Mapping[str, str]], assessed: Mapping[str, str]) -> Fraction:
    """The mean of the points that the gaps earn."""
    points = {0: 5, -1: 4, -2: 2}
    gaps = [min(0, int(assessed[one["id"]]) - int(one["expected"])) for one in expected]
    return Fraction(sum(points.get(gap, 0) for gap in gaps), len(gaps))
