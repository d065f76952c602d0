"""The ratings of a survey's grids: by statement, by section, and all together."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction

from ..exact import half_up
from ..model import AnswerCounts, Definitions, RatingGrid, Survey
from ..model.survey_words import MeanBand
from .columns import columns
from .figures import Rating, rating, together


@dataclass(frozen=True, slots=True)
class RatedRow:
    """A statement (or an issue) and its ratings; ``overall``: it asks for the whole."""

    code: str
    label: str
    rating: Rating
    overall: bool = False


@dataclass(frozen=True, slots=True)
class RatedSection:
    """Statements under one heading; ``rating`` is that of all of them but the overall one."""

    heading: str
    rows: tuple[RatedRow, ...]
    rating: Rating


@dataclass(frozen=True, slots=True)
class RatedGrid:
    """A grid's sections; ``rating`` is that of all its statements but the overall one."""

    grid: RatingGrid
    sections: tuple[RatedSection, ...]
    rating: Rating


def rated(survey: Survey, counts: AnswerCounts) -> tuple[RatedGrid, ...]:
    """The ratings of all grids of a survey."""
    labels = {column.code: column.label for column in columns(survey)}
    return tuple(_rated(grid, counts, labels) for grid in survey.grids)


def _rated(grid: RatingGrid, counts: AnswerCounts, labels: dict[str, str]) -> RatedGrid:
    sections: list[RatedSection] = []
    for section in grid.sections:
        asked = [(row.id, labels[row.id], row.overall) for row in section.rows]
        asked += [(issue.id, issue.number, False) for issue in section.issues]
        rows = tuple(
            RatedRow(code, label, rating(counts.items.get(code, {})), overall)
            for code, label, overall in asked
        )
        sections.append(RatedSection(section.heading or "", rows, _all(rows)))
    return RatedGrid(grid, tuple(sections), _all(row for s in sections for row in s.rows))


def _all(rows: Iterable[RatedRow]) -> Rating:
    return together(row.rating for row in rows if not row.overall)


def percent(definitions: Definitions, rating: Rating) -> Fraction | None:
    """The percentage of a rating, measured as the survey measures satisfaction."""
    return rating.percent if definitions.satisfaction.measure == "mean" else rating.top


def meaning(bands: Sequence[MeanBand], mean: Fraction | None) -> str:
    """The word for a mean, which is read with the two decimals that are printed."""
    if mean is None:
        return ""
    read = half_up(mean, 2)
    return next((band.text for band in bands if read >= band.at_least), "")
