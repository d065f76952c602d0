"""The tables of a survey's report: rows, bars, and the figures in them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from ... import survey
from ...exact import Exact, half_up
from ...model import Answers, RatingGrid, Survey
from ...model.survey_words import MeanBand, SurveyReportWords
from ...survey import AnswerColumn, full_marks, rated
from ..common import DocumentSubject, Fields, Questionnaire, digits
from ..identity import LAYOUT
from . import styles
from .bars import STEPS, BarPart

CHART, LABEL = 54.0, 34.0
"""The widths of a full bar, and of what stands before it, in percent."""

SHORT = 12
"""So many rows of a table are kept together."""

DECIMALS = 2
"""Means, deviations and percentages are printed so."""


@dataclass(frozen=True, slots=True)
class SurveyRow:
    """A label, line by line, a bar (none where the table has none), and figures.

    A ``section`` stands over the whole width in their place. ``total``: it sums up others.
    """

    section: str
    label: tuple[str, ...]
    bars: tuple[BarPart, ...] = ()
    cells: tuple[str, ...] = ()
    total: bool = False
    label_style: str = field(default=styles.ROW, metadata=LAYOUT)
    figure_style: str = field(default=styles.ROW_NUMBER, metadata=LAYOUT)


@dataclass(frozen=True, slots=True)
class SurveyTable:
    """A table with a heading, and what is to be said of its figures.

    ``steps`` cells make a full bar, 0 where there are none. ``widths`` are in percent. What is
    ``short`` stands on one page.
    """

    heading: str
    label: str
    scale: str
    heads: tuple[str, ...]
    rows: tuple[SurveyRow, ...]
    widths: tuple[float, ...]
    steps: int = 0
    notes: tuple[str, ...] = ()

    @property
    def short(self) -> bool:
        """Whether the table has few rows."""
        return len(self.rows) <= SHORT

    def __post_init__(self) -> None:
        """Rows of a short table stay together; those that sum up others are set apart."""
        last = len(self.rows) - 1
        rows = (
            _styled(row, is_kept=self.short and number < last)
            for number, row in enumerate(self.rows)
        )
        object.__setattr__(self, "rows", tuple(rows))


def _styled(row: SurveyRow, *, is_kept: bool) -> SurveyRow:
    if row.total:
        return replace(row, label_style=styles.TOTAL, figure_style=styles.TOTAL_NUMBER)
    return replace(row, label_style=styles.KEPT_ROW) if is_kept else row


class PrintedAnswers:
    """The counted answers to a survey, and how their figures are printed."""

    def __init__(
        self,
        subject: DocumentSubject,
        words: SurveyReportWords,
        fill: Fields,
        asked: Questionnaire,
        answers: Answers,
        bands: Mapping[str, Sequence[MeanBand]],
    ) -> None:
        self.agency, self.words, self.fill = subject.agency, words, fill
        self.survey: Survey = asked.model
        self.use, self.answers, self.id = asked.use, answers, asked.id
        self.definitions = asked.model.definitions
        self._bands = bands
        self.bands = (
            bands.get(self.definitions.bands, ()) if len(full_marks(asked.model)) < 2 else ()
        )
        self.columns = survey.columns(asked.model)

    def bands_of(self, grid: RatingGrid) -> Sequence[MeanBand]:
        """The words for means on a grid's scale; none where there are only ones for another."""
        name = rated.bands_of(self.survey, grid)
        return () if name is None else self._bands.get(name, ())

    def digits(self, text: str) -> str:
        """What gen writes itself, in the agency's digits."""
        return digits(self.agency, text)

    def count(self, number: int) -> str:
        """A number of answers."""
        return self.digits(f"{number:,}")

    def figure(self, value: Exact | None) -> str:
        """A figure with two decimals; blank where there is none."""
        if value is None:
            return ""
        return self.digits(str(half_up(value, DECIMALS)))

    def heading(self, column: AnswerColumn) -> str:
        """A column's words; behind those of what opens it."""
        if column.under is None:
            return column.label
        above = next(other for other in self.columns if other.code == column.under[0])
        return f"{self.heading(above)} › {column.label}"


def bar_table(
    heading: str,
    label: str,
    scale: str,
    heads: tuple[str, ...],
    rows: Iterable[SurveyRow],
    notes: tuple[str, ...] = (),
) -> SurveyTable:
    """A table whose rows have bars before their figures."""
    figures = round((100 - LABEL - CHART) / len(heads), 2)
    widths = (LABEL, *([round(CHART / STEPS, 3)] * STEPS), *([figures] * len(heads)))
    return SurveyTable(heading, label, scale, heads, tuple(rows), widths, STEPS, notes)
