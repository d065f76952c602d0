"""A survey's figures of this round beside those of the round before."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from ... import survey
from ...model import Answers
from ...survey import rated
from ...survey.rated import RatedGrid, RatedRow, RatedSection
from .survey_tables import PrintedAnswers, SurveyRow, SurveyTable

_WIDTHS = (58.0, 14.0, 14.0, 14.0)


@dataclass(frozen=True, slots=True)
class BeforeTables:
    """Makes the tables of two rounds side by side; ``name`` is what the earlier one is called."""

    of: PrintedAnswers
    before: Answers
    name: str

    def all(self) -> Iterator[SurveyTable]:
        """The two percentages, and the means of each grid's rows."""
        words = self.of.words
        now = survey.figures(self.of.survey, self.of.answers)
        then = survey.figures(self.of.survey, self.before)
        rows = (
            self._row(words.satisfaction, now.satisfaction, then.satisfaction),
            self._row(words.dissatisfaction, now.dissatisfaction, then.dissatisfaction),
        )
        yield self._table(words.outcome, words.outcome_name, rows)
        grids = rated.rated(self.of.survey, self.of.answers)
        for grid, earlier in zip(grids, rated.rated(self.of.survey, self.before), strict=True):
            if any(True for _ in grid.grid.rows):
                heading = f"{grid.grid.heading} ({words.mean})"
                yield self._table(heading, grid.grid.heading, tuple(self._means(grid, earlier)))

    def _means(self, now: RatedGrid, then: RatedGrid) -> Iterator[SurveyRow]:
        for section, earlier in zip(now.sections, then.sections, strict=True):
            if section.heading:
                yield SurveyRow(section.heading, ())
            for row, old in zip(section.rows, earlier.rows, strict=True):
                yield self._mean(row.label, row, old)
            if section.heading and len(section.rows) > 1:
                yield self._mean(self.of.words.section, section, earlier, total=True)
        yield self._mean(self.of.words.whole, now, then, total=True)

    def _mean(
        self,
        label: str,
        now: RatedRow | RatedSection | RatedGrid,
        then: RatedRow | RatedSection | RatedGrid,
        *,
        total: bool = False,
    ) -> SurveyRow:
        return self._row(label, now.rating.mean, then.rating.mean, total=total)

    def _row(
        self, label: str, now: Fraction | None, then: Fraction | None, *, total: bool = False
    ) -> SurveyRow:
        change = None if now is None or then is None else now - then
        figures = (then, now, change)
        return SurveyRow("", (label,), (), tuple(map(self.of.figure, figures)), total)

    def _table(self, heading: str, label: str, rows: tuple[SurveyRow, ...]) -> SurveyTable:
        words = self.of.words
        heads = (self.name, words.now or "", words.change or "")
        return SurveyTable(heading, label, "", heads, rows, _WIDTHS)
