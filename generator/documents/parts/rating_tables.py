"""Ratings in a survey's report: how often each level was given, means as bars, groups."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from ...model import RatingGrid, SecondScale
from ...model.survey_words import MeanBand
from ...survey import Rating, RatingsOfScales, definitions, full_marks, rated
from ...survey.figures import satisfied
from ...survey.rated import RatedGrid, RatedRow, RatedSection
from .bars import STEPS, bars, spread
from .survey_tables import DECIMALS, SIZE, PrintedAnswers, SurveyRow, SurveyTable
from .widths import MARGINS, PORTRAIT, SMALL

SPREADS = (22.0, 16.0, 11.0)
"""The widths that a bar of all levels may have, in percent; the widest has 3.5 cm."""

LABEL = 28.0
"""What is left for statements at least, in percent."""

BEYOND = 100 + 100 * MARGINS / PORTRAIT
"""How wide a table is that takes some of the margins, in percent."""

SATISFIED = 24.0
"""The width of a bar of a group's satisfaction, in percent."""


@dataclass(frozen=True, slots=True)
class RatingTables:
    """Makes the tables of a survey's grids."""

    of: PrintedAnswers

    def grid(self, found: RatedGrid) -> Iterator[SurveyTable]:
        """How often each level was given, as a bar too, on each scale; then the gap."""
        if found.grid.beside is None:
            yield self._counts(found, found.grid.heading)
        else:
            yield self._counts(
                _on_second_scale(found), f"{found.grid.heading} – {found.grid.beside.over}"
            )
            yield self._counts(found, f"{found.grid.heading} – {found.grid.over}")
            yield self._gaps(found, found.grid.beside)

    def _counts(self, found: RatedGrid, heading: str) -> SurveyTable:
        """How often each level was given on a scale; no opinion is counted apart.

        Levels are headed by their words where statements keep enough room beside them, else by
        their numbers, and a note says the words; then the table takes some of the margins, then
        the bars are narrower and letters smaller, then there is no bar. A percentage that is but
        the mean in other parts isn't said beside it.
        """
        words, grid = self.of.words, found.grid
        issues_only = not any(True for _ in grid.rows)
        none = () if grid.no_opinion is None else (grid.no_opinion,)
        after = (*none, words.answered)
        if not issues_only:
            percent = () if self._is_mean else (words.percent,)
            after = (*after, words.mean, words.deviation, *percent, words.meaning)
        rows: list[SurveyRow] = []
        for section in found.sections:
            rows += self._section(grid, section, issues_only=issues_only)
        notes: tuple[str, ...] = ()
        if not issues_only:
            rows.append(self._rating(grid, words.whole, found, total=True))
            notes = () if self._is_mean else (self._per_item(grid),)
        numbers = tuple(self.of.digits(str(number)) for number in grid.numbers)
        wide, less, least = SPREADS
        for levels, bar, room, size in (
            (tuple(grid.levels), wide, 100.0, SIZE),
            (tuple(grid.levels), less, 100.0, SIZE),
            (numbers, wide, 100.0, SIZE),
            (numbers, wide, BEYOND, SIZE),
            (numbers, less, BEYOND, SIZE),
            (numbers, less, BEYOND, SMALL),
            (numbers, least, BEYOND, SMALL),
            (numbers, 0.0, BEYOND, SMALL),
        ):
            heads = (*levels, *after)
            widths = self._widths(heads, rows, len(levels), size)
            label = round(room - bar - sum(widths), 2)
            if label >= LABEL:
                break
        numbered = levels is numbers
        if not bar:
            rows = [replace(row, bars=()) for row in rows]
        if numbered and any(
            word != str(n) for n, word in zip(grid.numbers, grid.levels, strict=True)
        ):
            pairs = zip(grid.numbers, grid.levels, strict=True)
            meant = ", ".join(f"{self.of.digits(str(number))} = {word}" for number, word in pairs)
            notes = (*notes, meant)
        scale = self.of.fill.fill(words.spread, first=grid.levels[0], last=grid.levels[-1])
        steps = STEPS if bar else 0
        return SurveyTable(
            heading,
            grid.heading,
            scale if bar else "",
            heads,
            tuple(rows),
            (label, *([round(bar / STEPS, 3)] * steps), *widths),
            steps,
            notes,
            held=False,
            small=size if size < SIZE else 0.0,
        )

    def _widths(
        self, heads: Sequence[str], rows: Sequence[SurveyRow], levels: int, size: float = SIZE
    ) -> tuple[float, ...]:
        """What the columns of figures need, in percent; levels share the widest."""
        needs = [self.of.need(head, size) for head in heads]
        for row in rows:
            cells = (self.of.need(cell, size, whole=True) for cell in row.cells)
            needs = list(map(max, needs, cells)) if row.cells else needs
        return (*([max(needs[:levels], default=0.0)] * levels), *needs[levels:])

    def _section(
        self, grid: RatingGrid, section: RatedSection, *, issues_only: bool
    ) -> Iterator[SurveyRow]:
        if section.heading:
            yield SurveyRow(section.heading, ())
        for row in section.rows:
            yield self._rating(grid, row.label, row, counts_only=issues_only)
        if section.heading and len(section.rows) > 1 and not issues_only:
            yield self._rating(grid, self.of.words.section, section, total=True)

    def _rating(
        self,
        grid: RatingGrid,
        label: str,
        of: RatedRow | RatedSection | RatedGrid,
        *,
        total: bool = False,
        counts_only: bool = False,
    ) -> SurveyRow:
        rating = of.rating
        none = () if grid.no_opinion is None else (self.of.count(of.without),)
        cells = (*map(self.of.count, rating.counts), *none, self.of.count(rating.n))
        if not counts_only:
            mean, deviation, percent, meaning = self._figures(rating, self.of.bands_of(grid))
            cells = (*cells, mean, deviation, *(() if self._is_mean else (percent,)), meaning)
        return SurveyRow("", (label,), spread(rating.counts), cells, total)

    def _gaps(self, found: RatedGrid, beside: SecondScale) -> SurveyTable:
        """The means on both scales side by side, and what one is more than the other."""
        rows: list[SurveyRow] = []
        for section in found.sections:
            if section.heading:
                rows.append(SurveyRow(section.heading, ()))
            rows += (self._gap(row.label, row) for row in section.rows)
            if section.heading and len(section.rows) > 1:
                rows.append(self._gap(self.of.words.section, section, total=True))
        rows.append(self._gap(self.of.words.whole, found, total=True))
        heads = (beside.over, found.grid.over, beside.gap)
        note = f"{beside.gap} = {found.grid.over} − {beside.over}"
        return SurveyTable(
            f"{found.grid.heading} – {beside.gap}",
            found.grid.heading,
            "",
            heads,
            tuple(rows),
            (58.0, 14.0, 14.0, 14.0),
            notes=(note,),
        )

    def _gap(
        self, label: str, of: RatedRow | RatedSection | RatedGrid, *, total: bool = False
    ) -> SurveyRow:
        other = None if of.beside is None else of.beside.mean
        figures = (other, of.rating.mean, of.gap)
        return SurveyRow("", (label,), (), tuple(map(self.of.figure, figures)), total)

    def _figures(
        self, rating: Rating | RatingsOfScales, bands: Sequence[MeanBand]
    ) -> tuple[str, str, str, str]:
        """Mean, deviation, percentage, and the word for the mean."""
        return (
            self.of.figure(rating.mean),
            self.of.figure(rating.deviation(DECIMALS)),
            self.of.figure(rated.percent(self.of.definitions, rating)),
            rated.meaning(bands, rating.mean),
        )

    @property
    def _is_mean(self) -> bool:
        """Whether the percentage of what is rated on one scale is its mean by another name."""
        return self.of.definitions.satisfaction.measure == "mean"

    def _per_item(self, grid: RatingGrid | None = None) -> str:
        full = full_marks(self.of.survey) if grid is None else (grid.full,)
        definition = self.of.digits(definitions.percentage(self.of.definitions, full))
        return self.of.fill.fill(self.of.words.per_item, definition=definition)

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
                read = satisfied(self.of.survey, group)
                cells = (self.of.count(group.n), *self._figures(read, self.of.bands))
                share = rated.percent(self.of.definitions, read)
                rows.append(SurveyRow("", (choice.text,), bars(share or 0, 100), cells))
        heads = (words.answered, words.mean, words.deviation, words.percent, words.meaning)
        widths = self._widths(heads, rows, 0)
        yield SurveyTable(
            column.label,
            words.answer,
            words.satisfaction,
            heads,
            tuple(rows),
            (
                round(100 - SATISFIED - sum(widths), 2),
                *([round(SATISFIED / STEPS, 3)] * STEPS),
                *widths,
            ),
            STEPS,
            held=False,
            notes=(
                self._per_item(),
                self.of.digits(
                    definitions.satisfaction(self.of.definitions, full_marks(self.of.survey))
                ),
            ),
        )


def _on_second_scale(found: RatedGrid) -> RatedGrid:
    """A grid's rows as they are rated on its second scale, where nobody is without opinion."""
    none = found.grid.model_copy(update={"no_opinion": None})

    def of(row: RatedRow) -> RatedRow:
        return replace(row, rating=row.beside or row.rating)

    sections = tuple(
        replace(
            section,
            rows=tuple(map(of, section.rows)),
            rating=section.beside or section.rating,
        )
        for section in found.sections
    )
    return replace(found, grid=none, sections=sections, rating=found.beside or found.rating)
