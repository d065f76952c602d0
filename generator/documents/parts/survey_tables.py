"""The tables of a survey's report: rows, bars, and the figures in them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import groupby

from ... import survey
from ...exact import Exact, half_up
from ...model import Answers, RatingGrid, Survey
from ...model.survey_words import MeanBand, SurveyReportWords
from ...survey import AnswerColumn, full_marks, rated
from ...typesetting.lettering import CENTIMETRES
from ..common import DocumentSubject, Fields, Questionnaire, digits
from ..identity import LAYOUT
from . import styles
from .bars import STEPS, BarPart
from .pages import UPRIGHT
from .widths import PADDING

CHART, LABEL = 33.0, 49.0
"""The widths of a full bar, and of what stands before it, in percent."""

SHORT, GROUP = 12, 7
"""So many rows of a table are kept together, and of a longer one under a section with it."""

DECIMALS = 2
"""Means, deviations and percentages are printed so."""

SIZE = 11.0
"""The size of a table's letters, in points."""


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
    kept: bool = field(default=False, metadata=LAYOUT)
    label_style: str = field(default=styles.ROW, metadata=LAYOUT)
    figure_style: str = field(default=styles.ROW_NUMBER, metadata=LAYOUT)


@dataclass(frozen=True, slots=True)
class SurveyTable:
    """A table with a heading, and what is to be said of its figures.

    ``steps`` cells make a full bar, 0 where there are none. ``widths`` are in percent. What is
    ``short`` stands on one page, and where ``held``, so do few rows under a section.
    """

    heading: str
    label: str
    scale: str
    heads: tuple[str, ...]
    rows: tuple[SurveyRow, ...]
    widths: tuple[float, ...]
    steps: int = 0
    notes: tuple[str, ...] = ()
    held: bool = field(default=True, metadata=LAYOUT)
    small: float = field(default=0.0, metadata=LAYOUT)

    @property
    def short(self) -> bool:
        """Whether the table has few rows, which aren't tall."""
        return self.held and len(self.rows) <= SHORT

    def __post_init__(self) -> None:
        """Rows of a short table stay together; those that sum up others are set apart.

        So do few rows under a section; of more, three stand on either page. Of a table whose rows
        may be tall three end it.
        """
        rows: list[SurveyRow] = []
        for group in [list(self.rows)] if self.short else _groups(self.rows):
            last = len(group) - 1
            whole = self.held and (self.short or len(group) <= GROUP)
            begin = 3 if self.held else 0
            rows += (
                _styled(row, is_kept=n < last and (whole or n < begin or n > last - 3))
                for n, row in enumerate(group)
            )
        object.__setattr__(self, "rows", tuple(rows))


def _groups(rows: Sequence[SurveyRow]) -> Iterator[list[SurveyRow]]:
    """Rows by the section that they stand under."""
    starts = [n for n, row in enumerate(rows) if n == 0 or row.section]
    for start, end in zip(starts, [*starts[1:], len(rows)], strict=True):
        yield list(rows[start:end])


def _styled(row: SurveyRow, *, is_kept: bool) -> SurveyRow:
    if row.total:
        return replace(row, label_style=styles.TOTAL, figure_style=styles.TOTAL_NUMBER)
    return replace(row, kept=is_kept, label_style=styles.KEPT_ROW if is_kept else styles.ROW)


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
        self._lettering = subject.lettering

    def need(self, words: str, size: float, *, whole: bool = False) -> float:
        """What words in bold need of the page across, in percent; ``whole``: in one line."""
        measured = self._lettering.paragraph(words, bold=True)
        length = measured.length if whole else measured.longest
        return round((length * size * CENTIMETRES + PADDING) / UPRIGHT.text_width * 100, 2)

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
            return _once_numbered(column)
        above = next(other for other in self.columns if other.code == column.under[0])
        return f"{self.heading(above)} › {column.label}"


def _once_numbered(column: AnswerColumn) -> str:
    """What a column asks; a number to write under bears its section's words, not their number."""
    words = column.section
    if not (column.grid and column.kind == "text" and words and column.label.endswith(words)):
        return column.label
    number = column.label.removesuffix(words).strip()
    own, _, rest = words.partition(" ")
    return f"{number} {rest}" if rest and number.startswith(own.rstrip(".")) else column.label


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


def joined(tables: Iterable[SurveyTable]) -> Iterator[SurveyTable]:
    """Tables of the same columns, one after another, as one: what each says is a section of it."""
    for _, alike in groupby(tables, key=lambda table: (table.heads, table.widths, table.label)):
        first, *more = alike
        if not more:
            yield first
            continue
        rows: list[SurveyRow] = []
        for table in (first, *more):
            note = f" ({', '.join(table.notes)})" if table.notes else ""
            rows += (SurveyRow(f"{table.heading}{note}", ()), *table.rows)
        yield replace(first, heading="", notes=(), rows=tuple(rows))
