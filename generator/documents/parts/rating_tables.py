"""Ratings in a survey's report: how often each level was given, means as bars, groups."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from ...survey import Rating, definitions, rated
from ...survey.figures import satisfied
from ...survey.rated import RatedGrid, RatedRow, RatedSection
from .bars import bars
from .survey_tables import DECIMALS, PrintedAnswers, SurveyRow, SurveyTable, bar_table

LEVEL, COUNT, FIGURE, WORD = 7.3, 6.0, 6.0, 8.5
"""The widths of columns of levels, counts, figures and words, in percent."""
"""The widths of columns of levels, counts, figures and words, in percent."""


@dataclass(frozen=True, slots=True)
class RatingTables:
    """Makes the tables of a survey's grids."""

    of: PrintedAnswers

    def grid(self, found: RatedGrid) -> Iterator[SurveyTable]:
        """How often each level was given; then the means as bars."""
        words, grid = self.of.words, found.grid
        issues_only = not any(True for _ in grid.rows)
        heads = (*grid.levels, words.answered)
        widths = [LEVEL] * len(grid.levels) + [COUNT]
        if not issues_only:
            heads = (*heads, words.mean, words.deviation, words.percent, words.meaning)
            widths += [FIGURE, FIGURE, FIGURE, WORD]
        rows: list[SurveyRow] = []
        for section in found.sections:
            rows += self._section(section, issues_only=issues_only)
        notes: tuple[str, ...] = ()
        if not issues_only:
            rows.append(self._rating(words.whole, found.rating, total=True))
            notes = (self._per_item(),)
        widths = [round(100 - sum(widths), 1), *widths]
        yield SurveyTable(
            grid.heading, grid.heading, "", heads, tuple(rows), tuple(widths), notes=notes
        )
        if not issues_only and found.rating.n:
            yield self._means(found)

    def _section(self, section: RatedSection, *, issues_only: bool) -> Iterator[SurveyRow]:
        if section.heading:
            yield SurveyRow(section.heading, ())
        for row in section.rows:
            yield self._rating(row.label, row.rating, counts_only=issues_only)
        if section.heading and len(section.rows) > 1 and not issues_only:
            yield self._rating(self.of.words.section, section.rating, total=True)

    def _rating(
        self, label: str, rating: Rating, *, total: bool = False, counts_only: bool = False
    ) -> SurveyRow:
        cells = (*map(self.of.count, rating.counts), self.of.count(rating.n))
        if not counts_only:
            cells = (*cells, *self._figures(rating))
        return SurveyRow("", (label,), (), cells, total)

    def _figures(self, rating: Rating) -> tuple[str, ...]:
        """Mean, deviation, percentage, and the word for the mean."""
        return (
            self.of.figure(rating.mean),
            self.of.figure(rating.deviation(DECIMALS)),
            self.of.figure(rated.percent(self.of.definitions, rating)),
            rated.meaning(self.of.bands, rating.mean),
        )

    def _per_item(self) -> str:
        definition = self.of.digits(definitions.percentage(self.of.definitions))
        return self.of.fill.fill(self.of.words.per_item, definition=definition)

    def _means(self, found: RatedGrid) -> SurveyTable:
        rows: list[SurveyRow] = []
        for section in found.sections:
            if section.heading:
                rows.append(SurveyRow(section.heading, ()))
            rows += (self._mean_bar(row) for row in section.rows)
        return bar_table(
            self.of.words.chart, found.grid.heading, self.of.words.full, (self.of.words.mean,), rows
        )

    def _mean_bar(self, row: RatedRow) -> SurveyRow:
        mean = row.rating.mean
        drawn = bars(mean or 0, len(row.rating.counts))
        return SurveyRow("", (row.label,), drawn, (self.of.figure(mean),))

    def groups(self) -> Iterator[SurveyTable]:
        """Satisfaction by group of respondents."""
        words = self.of.words
        column = next((c for c in self.of.columns if c.code == self.of.definitions.group_by), None)
        if column is None or not self.of.answers.groups:
            return
        rows = []
        for choice in column.choices:
            group = self.of.answers.groups.get(choice.id)
            if group is not None:
                cells = (self.of.count(group.n), *self._figures(satisfied(self.of.survey, group)))
                rows.append(SurveyRow("", (choice.text,), (), cells))
        heads = (words.answered, words.mean, words.deviation, words.percent, words.meaning)
        yield SurveyTable(
            column.label,
            words.answer,
            "",
            heads,
            tuple(rows),
            (50.0, 10.0, 10.0, 10.0, 10.0, 10.0),
            notes=(self._per_item(), self.of.digits(definitions.satisfaction(self.of.definitions))),
        )
