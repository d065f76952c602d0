"""The agency's summary of a round: every unit, by level: ranked, still open, or why neither.

Units of a level are compared with each other alone: they have the same kind of weights, and
often a scale of their own. Each unit is counted once, so that the counts add up.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from ..exact import add, bare, half_up
from ..model import LEVELS
from ..model.report_words import OverviewWords
from ..model.wording import names_of_unit_levels
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
from .parts import cells, heat_map, widths
from .parts.bars import STEPS, bars
from .parts.heat_map import HeatCell, HeatMap, HeatRow
from .parts.pages import UPRIGHT
from .parts.ranking import RankedUnit, Ranking, Tier, so_far
from .parts.unit_counts import Counted, CountTable, count_tables

HEATS = 5
"""How many shades a score can have, from the palest to the darkest."""

HEAT_DECIMALS = 2
"""All scores of the table of scores have so many decimals."""

BAR, SO_FAR = 2.8, 2.6
"""What a full bar and the words of what a unit has so far get at the least, in cm."""

State = Literal["ranked", "apart", "open", "unreported", "without"]
"""ranked: everything is scored. apart: so too, but in several totals. open: something has no
score yet. unreported: nothing has come from the unit. without: it has no indicator that counts."""

STATES: tuple[State, ...] = ("ranked", "apart", "open", "unreported", "without")
LISTED: tuple[State, ...] = ("unreported", "without")
"""The states whose units are listed by name, beside the ranking."""


@dataclass(frozen=True, slots=True)
class Listed:
    """Units that something is missing of, by name, in one paragraph."""

    heading: str
    units: str


@dataclass(frozen=True, slots=True)
class AgencySummary:
    """Everything the summary says."""

    properties: Properties
    page: PageFurniture
    title: tuple[str, ...]
    ranking: Ranking
    counted: str
    counts: tuple[CountTable, ...]
    persons: str
    listed: tuple[Listed, ...]
    heading: str
    heats: tuple[HeatMap, ...]
    legend: tuple[str, ...]


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
        counted=words.units,
        counts=tuple(maker.counts()),
        persons=maker.persons(),
        listed=tuple(maker.listed()),
        heading=words.heat if maker.names else "",
        heats=tuple(maker.heats()),
        legend=tuple(maker.legend()),
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
        self.setting = subject.setting(cells.DENSE, UPRIGHT.text_width)
        self.called = names_of_unit_levels(subject.wording)

    def _of_level(self, level: str) -> list[str]:
        return [key for key, view in self.subject.units.items() if view.unit.level == level]

    def _name(self, key: str) -> str:
        view = self.subject.units[key]
        return view.unit.name or view.code

    def _count(self, number: int) -> str:
        return digits(self.agency, str(number))

    def ranking(self) -> Ranking:
        """The units that are scored, a heading a level."""
        words = self.words
        tiers = tuple(
            Tier(self.called[level], rows)
            for level, keys in self.levels.items()
            if (rows := tuple(self._ranked(keys)))
        )
        found = [row for tier in tiers for row in tier.rows]
        so_far = any(row.place.startswith("(") for row in found)
        heads = (words.place, words.unit, "", words.total, words.percent, words.grade, words.open)
        said: list[widths.Row] = [
            (row.place, row.unit, "", row.total, row.percent, row.grade, row.open) for row in found
        ]
        percent = SO_FAR if any(row.so_far for row in found) else 0.0
        least = (0.0, cells.NAME_WIDTH, BAR, 0.0, percent)
        fit = widths.fitted_beside(widths.measured(said, heads, least=least), self.setting)
        place, unit, bar, *figures = fit.widths
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
            (place, unit, *([round(bar / STEPS, 3)] * STEPS), *figures),
            fit.small,
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
            now = ""
            if score in done:
                better = sum(other.pools[0].percent > pools[0].percent for other in done)
                place = self._count(1 + better)
            elif score in begun:
                own = reached[score.unit]
                better = len(done) + sum(other > own for other in reached.values())
                place = f"({self._count(1 + better)})"
                shown = f"{half_up(own, PERCENT_DECIMALS)}"
                now = self.fill.fill(self.words.so_far, percent=shown)
            yield RankedUnit(
                place=place,
                unit=self._name(score.unit),
                bars=bars(pools[0].percent if len(pools) == 1 else 0, PERCENT),
                total=digits(self.agency, " ".join(f"{pool.total_shown}" for pool in pools)),
                percent=digits(self.agency, " ".join(f"{pool.percent_shown}" for pool in pools)),
                so_far=digits(self.agency, now),
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
        """The scores by indicator, a table a level."""
        for level, keys in self.levels.items():
            rows = {key: {r.key: r for r in self.subject.scores[key].rows} for key in keys}
            names = [name for name in self.names if any(name in found for found in rows.values())]
            table = HeatMap(
                level=self.called[level],
                unit=self.words.unit,
                indicators=self.words.indicators,
                numbers=tuple(self.numbers[name] for name in names),
                rows=tuple(
                    HeatRow(self._name(key), tuple(self._cell(found.get(n)) for n in names))
                    for key, found in rows.items()
                ),
            )
            yield from heat_map.fitted(table, self.setting)

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

    def counts(self) -> Iterator[CountTable]:
        """How many units are how far, and have which grade.

        A unit whose totals differ in their grades has none in common.
        """
        named: dict[State, str] = {
            "ranked": self.words.ranked,
            "apart": self.words.apart,
            "open": self.words.partly,
            "unreported": self.words.unreported,
            "without": self.words.without,
        }
        always = ("ranked", "open", "unreported")
        states: dict[str, str] = {
            s: named[s] for s in STATES if s in always or s in self.state.values()
        }
        grades = {grade.name: grade.name for grade in self.agency.grades}
        found = {key: self._grade(key) or "" for key in self.state}
        if "" in found.values():
            grades[""] = self.words.ungraded
        yield from count_tables(
            self.words.unit,
            self.words.all,
            {self.called[level]: keys for level, keys in self.levels.items()},
            (
                Counted(self.words.states, states, self.state),
                Counted(self.words.grades, grades, found),
            ),
            self.setting,
            self._count,
        )

    def _grade(self, key: str) -> str | None:
        given = {pool.grade for pool in self.subject.scores[key].pools}
        return given.pop() if len(given) == 1 and self.state[key] != "without" else None

    def listed(self) -> Iterator[Listed]:
        """The units that have reported nothing, and those that have nothing to report."""
        for state, heading in zip(LISTED, (self.words.missing, self.words.without), strict=True):
            units = [self._name(key) for key, found in self.state.items() if found == state]
            if units:
                yield Listed(heading, ", ".join(units))

    def persons(self) -> str:
        """That persons stand in no ranking, and how many there are; nothing without them."""
        number = len(self._of_level("person"))
        return self.fill.fill(self.words.persons, count=self._count(number)) if number else ""
