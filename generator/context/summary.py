"""The agency's summary of a round: units ranked, scores by indicator, grades, who is missing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from .. import thai
from ..exact import add, bare
from ..model.wording import OverviewWords
from ..scoring import Row, UnitScore
from .common import Page, Properties, Subject, digits, fields, furniture, properties

HEATS = 5
"""How many shades a score can have, from the palest to the darkest."""

PLACE, UNIT, FIGURE, GRADE = 6.0, 44.0, 12.0, 14.0
"""The widths of the ranking's columns, in percent."""

NAME = 24.0
"""The width of the heat table's first column, in percent."""


@dataclass(frozen=True, slots=True)
class Ranked:
    """A unit: its place (none while something is open), total, percent and grade."""

    place: str
    unit: str
    total: str
    percent: str
    grade: str
    open: str


@dataclass(frozen=True, slots=True)
class Ranking:
    """The units by their totals."""

    place: str
    unit: str
    total: str
    percent: str
    grade: str
    open: str
    rows: tuple[Ranked, ...]
    widths: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class HeatCell:
    """A score, and how dark its cell is (1–5); 0 where the unit has no score for it."""

    text: str
    heat: int


@dataclass(frozen=True, slots=True)
class HeatRow:
    """A unit's scores, one for each indicator."""

    unit: str
    cells: tuple[HeatCell, ...]


@dataclass(frozen=True, slots=True)
class Heat:
    """Units × indicators. The heads are numbers; ``legend`` says what they stand for."""

    heading: str
    unit: str
    indicators: str
    numbers: tuple[str, ...]
    rows: tuple[HeatRow, ...]
    legend: tuple[str, ...]
    widths: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Count:
    """How many units have a grade."""

    grade: str
    units: str


@dataclass(frozen=True, slots=True)
class Grades:
    """The grades from the highest to the lowest."""

    heading: str
    grade: str
    units: str
    rows: tuple[Count, ...]


@dataclass(frozen=True, slots=True)
class Summary:
    """Everything the summary says."""

    properties: Properties
    page: Page
    title: tuple[str, ...]
    ranking: Ranking
    heat: Heat
    grades: Grades
    missing_heading: str
    missing: tuple[str, ...]


def build(subject: Subject) -> Summary:
    """The summary of the subject's agency, of the round that its scores are of."""
    words = subject.wording.summary
    assert words is not None
    fill = fields(subject)
    round_ = next(r for r in subject.agency.rounds if r.id == subject.round)
    name = digits(subject.agency, round_.name)
    title = tuple(fill.fill(line, round=name) for line in words.title)
    divisions = [key for key, view in subject.units.items() if view.unit.level == "division"]
    missing = [key for key in divisions if not _reported(subject.scores[key])]
    return Summary(
        properties=properties(subject, " ".join(title)),
        page=furniture(subject, fill),
        title=title,
        ranking=_ranking(subject, words, divisions),
        heat=_heat(subject, words, divisions),
        grades=_grades(subject, words, divisions),
        missing_heading=words.missing if missing else "",
        missing=tuple(_name(subject, key) for key in missing),
    )


def _reported(score: UnitScore) -> bool:
    """Whether the unit itself has reported anything."""
    return any(row.result is not None and row.reporter == score.unit for row in score.rows)


def _name(subject: Subject, key: str) -> str:
    return subject.units[key].unit.name or subject.units[key].code


def _percent(score: UnitScore) -> Fraction:
    return score.pools[0].percent if len(score.pools) == 1 else Fraction(0)


def _ranking(subject: Subject, words: OverviewWords, keys: list[str]) -> Ranking:
    return Ranking(
        words.place,
        words.unit,
        words.total,
        words.percent,
        words.grade,
        words.open,
        tuple(_ranked(subject, keys)),
        (PLACE, UNIT, FIGURE, FIGURE, GRADE, FIGURE),
    )


def _ranked(subject: Subject, keys: list[str]) -> Iterator[Ranked]:
    """Complete units from the best down, equals sharing a place; then the others."""
    agency = subject.agency
    scores = [subject.scores[key] for key in keys]
    done = [s for s in scores if len(s.pools) == 1 and s.pools[0].complete]
    done.sort(key=_percent, reverse=True)
    for score in [*done, *(s for s in scores if s not in done)]:
        pools = score.pools
        place = 1 + sum(_percent(other) > _percent(score) for other in done)
        yield Ranked(
            place=digits(agency, str(place)) if score in done else "",
            unit=_name(subject, score.unit),
            total=digits(agency, " ".join(f"{pool.total_shown}" for pool in pools)),
            percent=digits(agency, " ".join(f"{pool.percent_shown}" for pool in pools)),
            grade=" ".join(pool.grade for pool in pools if pool.grade is not None),
            open=digits(agency, bare(add(p.open_weight for p in pools))),
        )


def _heat(subject: Subject, words: OverviewWords, keys: list[str]) -> Heat:
    agency = subject.agency
    names = {row.key: row.name for key in keys for row in subject.scores[key].rows}
    numbers = tuple(digits(agency, str(number)) for number in range(1, len(names) + 1))
    rows = []
    for key in keys:
        by_key = {row.key: row for row in subject.scores[key].rows}
        rows.append(
            HeatRow(_name(subject, key), tuple(_cell(subject, by_key.get(i)) for i in names))
        )
    return Heat(
        heading=words.heat,
        unit=words.unit,
        indicators=words.indicators,
        numbers=numbers,
        rows=tuple(rows),
        legend=tuple(f"{n}. {name}" for n, name in zip(numbers, names.values(), strict=True)),
        widths=(NAME, *(round((100 - NAME) / len(names), 3) for _ in names)),
    )


def _cell(subject: Subject, row: Row | None) -> HeatCell:
    if row is None:
        return HeatCell("", 0)
    if row.score is None or row.score_shown is None:
        return HeatCell("–", 0)
    share = Fraction(row.score.points) / Fraction(row.score.full)
    heat = max(1, min(HEATS, int(share * HEATS)))
    return HeatCell(digits(subject.agency, bare(row.score_shown)), heat)


def _grades(subject: Subject, words: OverviewWords, keys: list[str]) -> Grades:
    counts = Counter(pool.grade for key in keys for pool in subject.scores[key].pools)
    rows = [
        Count(grade.name, digits(subject.agency, thai.number(Decimal(counts[grade.name]))))
        for grade in subject.agency.grades
    ]
    if counts[None]:
        rows.append(Count(words.ungraded, digits(subject.agency, str(counts[None]))))
    return Grades(words.grades, words.grade, words.units, tuple(rows))
