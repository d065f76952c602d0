"""The agency's summary of a round: every unit, by level: ranked, still open, or why neither.

Units of a level are compared with each other alone: they have the same kind of weights, and
often a scale of their own. Each unit is counted once, so that the counts add up.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, Literal

from ..exact import add, bare, half_up
from ..model import LEVEL_NAMES, LEVELS
from ..model.report_words import OverviewWords
from ..scoring import ScoredIndicator, UnitScore
from ..scoring.rows import PERCENT
from ..scoring.totals import PERCENT_DECIMALS
from .common import (
    DocumentSubject,
    Fields,
    PageFurniture,
    Properties,
    about_round,
    digits,
    fields,
    furniture,
    properties,
)
from .parts.bars import STEPS, bars
from .parts.ranking import RankedUnit, Ranking, Tier, so_far

HEATS = 5
"""How many shades a score can have, from the palest to the darkest."""

HEAT_DECIMALS = 2
"""All scores of the table of scores have so many decimals."""

PLACE, UNIT, BAR, FIGURE, GRADE = 6.0, 28.0, 20.0, 11.0, 13.0
"""The widths of the ranking's columns, in percent."""

NAME = 24.0
"""The width of the first column of the tables of scores and of counts, in percent."""

COLUMNS = 14
"""So many indicators stand side by side; more go on in a further table."""

State = Literal["ranked", "apart", "open", "unreported", "without"]
"""ranked: everything is scored. apart: so too, but in several totals. open: something has no
score yet. unreported: nothing has come from the unit. without: it has no indicator that counts."""

STATES: tuple[State, ...] = ("ranked", "apart", "open", "unreported", "without")
LISTED: tuple[State, ...] = ("unreported", "without")
"""The states whose units are listed by name, beside the ranking."""


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
class HeatMap:
    """Units of a level × indicators. The heads are numbers, those of the ``legend``."""

    level: str
    unit: str
    indicators: str
    numbers: tuple[str, ...]
    rows: tuple[HeatRow, ...]
    widths: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class CountRow:
    """How many units of each level something is said of, and of all levels."""

    name: str
    units: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CountTable:
    """Counts by level (the heads), with their sums in the last row and the last column."""

    heading: str
    name: str
    units: str
    levels: tuple[str, ...]
    rows: tuple[CountRow, ...]
    total: CountRow
    widths: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Listed:
    """Units that something is missing of, by name."""

    heading: str
    units: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class AgencySummary:
    """Everything the summary says."""

    properties: Properties
    page: PageFurniture
    title: tuple[str, ...]
    ranking: Ranking
    heading: str
    heats: tuple[HeatMap, ...]
    legend: tuple[str, ...]
    counts: tuple[CountTable, ...]
    listed: tuple[Listed, ...]
    persons: str


def build(subject: DocumentSubject) -> AgencySummary:
    """The summary of the subject's agency, of the round that its scores are of."""
    words = subject.wording.summary
    assert words is not None
    fill = fields(subject)
    assert subject.of_round is not None
    of_round = about_round(subject.agency, subject.of_round)
    title = tuple(fill.fill(line, **of_round) for line in words.title)
    maker = _Maker(subject, words, fill)
    return AgencySummary(
        properties=properties(subject, " ".join(title)),
        page=furniture(subject, fill),
        title=title,
        ranking=maker.ranking(),
        heading=words.heat if maker.names else "",
        heats=tuple(maker.heats()),
        legend=tuple(maker.legend()),
        counts=(maker.states(), maker.grades()),
        listed=tuple(maker.listed()),
        persons=maker.persons(),
    )


def state_of(score: UnitScore) -> State:
    """How far a unit is."""
    counted = [row for row in score.rows if row.counts and row.exempt is None]
    if not counted:
        return "without"
    if all(pool.complete for pool in score.pools):
        return "ranked" if len(score.pools) == 1 else "apart"
    own = [row for row in score.rows if row.reporter == score.unit and row.exempt is None]
    return "unreported" if own and all(row.result is None for row in own) else "open"


class _Maker:
    def __init__(self, subject: DocumentSubject, words: OverviewWords, fill: Fields) -> None:
        self.subject, self.agency, self.words, self.fill = subject, subject.agency, words, fill
        self.levels = {
            level: keys for level in LEVELS if level != "person" and (keys := self._of_level(level))
        }
        self.state = {
            key: state_of(subject.scores[key]) for keys in self.levels.values() for key in keys
        }
        self.names = {row.key: row.name for key in self.state for row in subject.scores[key].rows}
        self.numbers = {key: self._count(n) for n, key in enumerate(self.names, start=1)}

    def _of_level(self, level: str) -> list[str]:
        return [key for key, view in self.subject.units.items() if view.unit.level == level]

    def _level(self, level: str) -> str:
        found: Mapping[Any, str] = self.words.levels
        return found.get(level) or LEVEL_NAMES[level]

    def _name(self, key: str) -> str:
        view = self.subject.units[key]
        return view.unit.name or view.code

    def _count(self, number: int) -> str:
        return digits(self.agency, str(number))

    def ranking(self) -> Ranking:
        """The units that are scored, a heading a level."""
        words = self.words
        tiers = tuple(
            Tier(self._level(level), rows)
            for level, keys in self.levels.items()
            if (rows := tuple(self._ranked(keys)))
        )
        so_far = any(row.place.startswith("(") for tier in tiers for row in tier.rows)
        return Ranking(
            words.place,
            words.unit,
            self._count(int(PERCENT)),
            STEPS,
            words.total,
            words.percent,
            words.grade,
            words.open,
            tiers,
            words.so_far_note if so_far else "",
            (PLACE, UNIT, *([BAR / STEPS] * STEPS), FIGURE, FIGURE, GRADE, FIGURE),
        )

    def _ranked(self, keys: Iterable[str]) -> Iterator[RankedUnit]:
        """Complete units from the best down, equals sharing a place; then the others.

        Of those the ones come first of which something is scored, by what they have so far.
        """
        scores = [self.subject.scores[key] for key in keys if self.state[key] != "without"]
        done = [score for score in scores if self.state[score.unit] == "ranked"]
        done.sort(key=lambda score: score.pools[0].percent, reverse=True)
        reached = {
            score.unit: found
            for score in scores
            if self.state[score.unit] == "open" and (found := so_far(score)) is not None
        }
        begun = sorted(
            (score for score in scores if score.unit in reached),
            key=lambda score: reached[score.unit],
            reverse=True,
        )
        others = [score for score in scores if score not in done and score not in begun]
        for score in [*done, *begun, *others]:
            pools = score.pools
            place = ""
            percents = [f"{pool.percent_shown}" for pool in pools]
            if score in done:
                better = sum(other.pools[0].percent > pools[0].percent for other in done)
                place = self._count(1 + better)
            elif score in begun:
                own = reached[score.unit]
                better = len(done) + sum(found > own for found in reached.values())
                place = f"({self._count(1 + better)})"
                shown = f"{half_up(own, PERCENT_DECIMALS)}"
                percents.append(self.fill.fill(self.words.so_far, percent=shown))
            yield RankedUnit(
                place=place,
                unit=self._name(score.unit),
                bars=bars(pools[0].percent if len(pools) == 1 else 0, PERCENT),
                total=digits(self.agency, " ".join(f"{pool.total_shown}" for pool in pools)),
                percent=digits(self.agency, " ".join(percents)),
                grade=" ".join(pool.grade for pool in pools if pool.grade is not None),
                open=self._open(score),
            )

    def _open(self, score: UnitScore) -> str:
        """How much weight has no score; and how many indicators have no weight to say it by."""
        weight = add(pool.open_weight for pool in score.pools)
        without = sum(len(pool.unweighted) for pool in score.pools)
        said = [digits(self.agency, bare(weight))] if weight or not without else []
        if without:
            said.append(self.fill.fill(self.words.unweighted, count=self._count(without)))
        return " ".join(said)

    def heats(self) -> Iterator[HeatMap]:
        """The scores by indicator, a table a level; wide ones go on in a further table."""
        for level, keys in self.levels.items():
            rows = {key: {r.key: r for r in self.subject.scores[key].rows} for key in keys}
            used = [name for name in self.names if any(name in found for found in rows.values())]
            for start in range(0, len(used), COLUMNS):
                names = used[start : start + COLUMNS]
                yield HeatMap(
                    level=self._level(level),
                    unit=self.words.unit,
                    indicators=self.words.indicators,
                    numbers=tuple(self.numbers[name] for name in names),
                    rows=tuple(
                        HeatRow(self._name(key), tuple(self._cell(found.get(n)) for n in names))
                        for key, found in rows.items()
                        if any(name in found for name in names)
                    ),
                    widths=(NAME, *(round((100 - NAME) / len(names), 3) for _ in names)),
                )

    def _cell(self, row: ScoredIndicator | None) -> HeatCell:
        if row is None:
            return HeatCell("", 0)
        if row.state == "not applicable":
            return HeatCell(self.words.exempt, 0)
        if row.score is None or row.score_shown is None:
            return HeatCell("–", 0)
        share = Fraction(row.score.points) / Fraction(row.score.full)
        heat = max(1, min(HEATS, int(share * HEATS)))
        shown = half_up(row.score.points, HEAT_DECIMALS)
        return HeatCell(digits(self.agency, f"{shown}"), heat)

    def legend(self) -> Iterator[str]:
        """What the numbers stand for, the same in every table."""
        yield from (f"{self.numbers[key]}. {name}" for key, name in self.names.items())
        rows = (row for key in self.state for row in self.subject.scores[key].rows)
        if any(row.state == "not applicable" for row in rows):
            yield f"{self.words.exempt}  {self.words.exempt_note}"

    def states(self) -> CountTable:
        """How many units are how far."""
        named = {
            "ranked": self.words.ranked,
            "apart": self.words.apart,
            "open": self.words.partly,
            "unreported": self.words.unreported,
            "without": self.words.without,
        }
        always = ("ranked", "open", "unreported")
        rows = [s for s in STATES if s in always or s in self.state.values()]
        return self._counts(self.words.states, self.words.state, rows, named, self.state.get)

    def grades(self) -> CountTable:
        """How many units have which grade; a unit whose totals differ in it has none in common."""
        named = {grade.name: grade.name for grade in self.agency.grades}
        found = {key: self._grade(key) for key in self.state}
        if None in found.values():
            named[""] = self.words.ungraded
        return self._counts(
            self.words.grades,
            self.words.grade,
            list(named),
            named,
            lambda key: found[key] or "",
        )

    def _grade(self, key: str) -> str | None:
        given = {pool.grade for pool in self.subject.scores[key].pools}
        return given.pop() if len(given) == 1 and self.state[key] != "without" else None

    def _counts(
        self,
        heading: str,
        name: str,
        rows: Iterable[str],
        named: Mapping[str, str],
        of: Callable[[str], str | None],
    ) -> CountTable:
        """A table of how many units of each level ``of`` says a row of."""

        def row(text: str, counted: list[int]) -> CountRow:
            return CountRow(text, tuple(map(self._count, (*counted, sum(counted)))))

        levels = self.levels.values()
        heads = (*map(self._level, self.levels), self.words.all)
        return CountTable(
            heading,
            name,
            self.words.units,
            heads,
            tuple(
                row(named[r], [sum(of(key) == r for key in keys) for keys in levels]) for r in rows
            ),
            row(self.words.all, [len(keys) for keys in levels]),
            (NAME + 10, *(round((90 - NAME) / len(heads), 3) for _ in heads)),
        )

    def listed(self) -> Iterator[Listed]:
        """The units that have reported nothing, and those that have nothing to report."""
        for state, heading in zip(LISTED, (self.words.missing, self.words.without), strict=True):
            units = tuple(self._name(key) for key, found in self.state.items() if found == state)
            if units:
                yield Listed(heading, units)

    def persons(self) -> str:
        """That persons stand in no ranking, and how many there are; nothing without them."""
        number = len(self._of_level("person"))
        return self.fill.fill(self.words.persons, count=self._count(number)) if number else ""
