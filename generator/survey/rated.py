"""The ratings of a survey's grids: by statement, by section, and all together."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction

from ..exact import half_up
from ..model import NO_OPINION, AnswerCounts, Definitions, RatingGrid, Survey
from ..model.survey_words import MeanBand
from .figures import Rating, RatingsOfScales, full_marks, rating, together


@dataclass(frozen=True, slots=True)
class RatedRow:
    """A statement (or an issue) and its ratings; ``overall``: it asks for the whole.

    ``beside`` is its rating on the grid's second scale; ``without`` how many have no opinion.
    """

    code: str
    label: str
    rating: Rating
    overall: bool = False
    beside: Rating | None = None
    without: int = 0

    @property
    def gap(self) -> Fraction | None:
        """The mean less that on the second scale."""
        return _gap(self.rating, self.beside)


@dataclass(frozen=True, slots=True)
class RatedSection:
    """Statements under one heading; ``rating`` is that of all of them but the overall one."""

    heading: str
    rows: tuple[RatedRow, ...]
    rating: Rating
    beside: Rating | None = None

    @property
    def gap(self) -> Fraction | None:
        """The mean less that on the second scale."""
        return _gap(self.rating, self.beside)

    @property
    def without(self) -> int:
        """How often there was no opinion, as ``rating`` counts."""
        return sum(row.without for row in self.rows if not row.overall)


@dataclass(frozen=True, slots=True)
class RatedGrid:
    """A grid's sections; ``rating`` is that of all its statements but the overall one."""

    grid: RatingGrid
    sections: tuple[RatedSection, ...]
    rating: Rating
    beside: Rating | None = None

    @property
    def gap(self) -> Fraction | None:
        """The mean less that on the second scale."""
        return _gap(self.rating, self.beside)

    @property
    def without(self) -> int:
        """How often there was no opinion, as ``rating`` counts."""
        return sum(section.without for section in self.sections)


def rated(survey: Survey, counts: AnswerCounts) -> tuple[RatedGrid, ...]:
    """The ratings of all grids of a survey."""
    return tuple(_rated(grid, counts) for grid in survey.grids)


def _rated(grid: RatingGrid, counts: AnswerCounts) -> RatedGrid:
    sections: list[RatedSection] = []
    for section in grid.sections:
        asked = [
            (row.id, " ".join(filter(None, (row.number, row.text))), row.overall)
            for row in section.rows
        ]
        asked += [(issue.id, issue.number, False) for issue in section.issues]
        rows = tuple(_row(grid, counts, *one) for one in asked)
        sections.append(RatedSection(section.heading or "", rows, *_all(grid, rows)))
    every = [row for section in sections for row in section.rows]
    return RatedGrid(grid, tuple(sections), *_all(grid, every))


def _row(grid: RatingGrid, counts: AnswerCounts, code: str, label: str, overall: bool) -> RatedRow:
    given, beside = counts.items.get(code, {}), None
    if grid.beside is not None:
        other = counts.items.get(f"{code}_{grid.beside.id}", {})
        beside = rating(other, grid.full, grid.first)
    own = rating(given, grid.full, grid.first)
    return RatedRow(code, label, own, overall, beside, given.get(NO_OPINION, 0))


def _all(grid: RatingGrid, rows: Iterable[RatedRow]) -> tuple[Rating, Rating | None]:
    """All statements but the overall one, on the grid's own scale and on its second one."""
    items = [row for row in rows if not row.overall]
    own = together((row.rating for row in items), grid.full, grid.first)
    if grid.beside is None:
        return own, None
    others = (row.beside for row in items if row.beside is not None)
    return own, together(others, grid.full, grid.first)


def _gap(own: Rating, beside: Rating | None) -> Fraction | None:
    if beside is None or own.mean is None or beside.mean is None:
        return None
    return own.mean - beside.mean


def percent(definitions: Definitions, rating: Rating | RatingsOfScales) -> Fraction | None:
    """The percentage of a rating, measured as the survey measures satisfaction."""
    return rating.percent if definitions.satisfaction.measure == "mean" else rating.top


def bands_of(survey: Survey, grid: RatingGrid) -> str | None:
    """The words for means on a grid's scale: its own, else those of the definitions.

    None where these are for a scale of another full mark.
    """
    if grid.bands is not None:
        return grid.bands
    return survey.definitions.bands if full_marks(survey) in ((), (grid.full,)) else None


def meaning(bands: Sequence[MeanBand], mean: Fraction | None) -> str:
    """The word for a mean, which is read with the two decimals that are printed."""
    if mean is None:
        return ""
    read = half_up(mean, 2)
    return next((band.text for band in bands if read >= band.at_least), "")
