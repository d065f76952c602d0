"""The report on the counted answers to a survey: two percentages, every question, every word.

Wherever a percentage is printed, its definition is printed with it.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from .. import survey, thai
from ..exact import Exact, half_up
from ..model import Answers, Question, RatingGrid, Survey, WrittenAnswer
from ..model.survey_words import MeanBand, SurveyReportWords
from ..survey import AnswerColumn, Rating, rated
from ..survey import words as defined
from ..survey.figures import satisfied
from ..survey.rated import RatedGrid, RatedRow, RatedSection
from .common import (
    DocumentSubject,
    Fields,
    PageFurniture,
    Properties,
    Questionnaire,
    digits,
    fields,
    furniture,
    properties,
)
from .parts.bars import STEPS, BarPart, bars

LEVEL, COUNT, FIGURE, WORD = 7.3, 6.0, 6.0, 8.5
"""The widths of columns of levels, counts, figures and words, in percent."""

CHART, LABEL = 54.0, 34.0
"""The widths of a full bar, and of what stands before it, in percent."""

SHORT = 12
"""So many rows of a table are kept together."""

DECIMALS = 2
"""Means, deviations and percentages are printed so."""
_PRINTABLE = (
    *((0x20, 0x7E), (0xA0, 0x24F), (0x370, 0x3FF), (0x400, 0x4FF), (0xE01, 0xE3A)),
    *((0xE3F, 0xE5B), (0x2010, 0x2027), (0x2030, 0x205E), (0x2070, 0x209C), (0x20AC, 0x20AC)),
    *((0x2190, 0x22FF), (0x2500, 0x269C), (0x1F600, 0x1F623)),
)
"""Signs that the faces of documents have; people write others too."""


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


@dataclass(frozen=True, slots=True)
class PercentOutcome:
    """One of the two percentages, and how it is worked out."""

    name: str
    percent: str
    definition: str


@dataclass(frozen=True, slots=True)
class Outcomes:
    """The two percentages."""

    heading: str
    name: str
    percent: str
    definition: str
    rows: tuple[PercentOutcome, ...]


@dataclass(frozen=True, slots=True)
class SurveyChapter:
    """A part of the survey and its tables."""

    heading: str
    tables: tuple[SurveyTable, ...]


@dataclass(frozen=True, slots=True)
class SurveyReport:
    """Everything the report says."""

    properties: Properties
    page: PageFurniture
    title: tuple[str, ...]
    facts: tuple[str, ...]
    outcomes: Outcomes
    bands_heading: str
    bands: tuple[str, ...]
    chapters: tuple[SurveyChapter, ...]


def build(subject: DocumentSubject) -> SurveyReport:
    """The report on the subject's survey in a round."""
    asked, texts = subject.survey, subject.wording.survey
    assert asked is not None
    assert asked.answers is not None
    assert texts is not None
    assert texts.report is not None
    words = texts.report
    fill = fields(subject)
    round_ = next(r for r in subject.agency.rounds if r.id == subject.round)
    lines = [fill.fill(line, round=digits(subject.agency, round_.name)) for line in words.title]
    title = (*lines, *asked.model.title)
    made = _Report(subject, words, fill, asked, asked.answers, texts.bands)
    return SurveyReport(
        properties=properties(subject, " ".join(title)),
        page=furniture(subject, fill),
        title=title,
        facts=tuple(made.facts()),
        outcomes=made.outcomes(),
        bands_heading=words.bands,
        bands=tuple(made.band_lines()),
        chapters=tuple(chapter for chapter in made.chapters() if chapter.tables),
    )


class _Report:
    """What all parts of the report need."""

    def __init__(
        self,
        subject: DocumentSubject,
        words: SurveyReportWords,
        fill: Fields,
        asked: Questionnaire,
        answers: Answers,
        bands_of: Mapping[str, Sequence[MeanBand]],
    ) -> None:
        self.agency, self.words, self.fill = subject.agency, words, fill
        self.survey: Survey = asked.model
        self.use, self.answers, self.id = asked.use, answers, asked.id
        self.definitions = asked.model.definitions
        self.bands = bands_of.get(self.definitions.bands, ())
        self.columns = survey.columns(asked.model)

    def digits(self, text: str) -> str:
        return digits(self.agency, text)

    def count(self, number: int) -> str:
        return self.digits(f"{number:,}")

    def figure(self, value: Exact | None) -> str:
        """A figure with two decimals; blank where there is none."""
        if value is None:
            return ""
        return self.digits(str(half_up(value, DECIMALS)))

    def facts(self) -> Iterator[str]:
        """How many answered, and whether they are enough."""
        words, n, least = self.words, self.answers.n, self.definitions.minimum
        enough = words.enough if n >= least else words.few
        yield " ".join(
            (
                self.fill.fill(words.n, n=self.count(n)),
                self.fill.fill(enough, minimum=self.count(least)),
            )
        )
        population = self.use.population
        if population is not None:
            error = self.definitions.error
            sample = survey.sample_size(population, error)
            yield self.fill.fill(
                words.sample,
                population=self.count(population),
                error=self.digits(thai.number(error)),
                sample=self.count(sample),
            )
            yield words.sample_met if n >= sample else words.sample_missed

    def outcomes(self) -> Outcomes:
        words, definitions = self.words, self.definitions
        figures = survey.figures(self.survey, self.answers, self.id)
        return Outcomes(
            words.outcome,
            words.outcome_name,
            words.percentage,
            words.definition,
            (
                PercentOutcome(
                    words.satisfaction,
                    self.figure(figures.satisfaction),
                    self.digits(defined.satisfaction(definitions)),
                ),
                PercentOutcome(
                    words.dissatisfaction,
                    self.figure(figures.dissatisfaction),
                    self.digits(defined.dissatisfaction(definitions)),
                ),
            ),
        )

    def band_lines(self) -> Iterator[str]:
        for band in self.bands:
            yield self.fill.fill(
                self.words.band, least=self.figure(band.at_least), meaning=band.text
            )

    def chapters(self) -> Iterator[SurveyChapter]:
        """The survey's parts, figures by group, and what was written."""
        ratings = {found.grid.id: found for found in rated.rated(self.survey, self.answers)}
        for part in self.survey.parts:
            tables: list[SurveyTable] = []
            for item in part.items:
                if isinstance(item, RatingGrid):
                    tables += self.grid(ratings[item.id])
                else:
                    tables += self.question(item)
            yield SurveyChapter(part.heading, tuple(tables))
        yield SurveyChapter(self.words.groups, tuple(self.groups()))
        yield SurveyChapter(self.words.written, tuple(self.written()))

    def grid(self, found: RatedGrid) -> Iterator[SurveyTable]:
        """How often each level was given; then the means as bars."""
        words, grid = self.words, found.grid
        issues_only = not any(True for _ in grid.rows)
        heads = (*grid.levels, words.answered)
        widths = [LEVEL] * len(grid.levels) + [COUNT]
        if not issues_only:
            heads = (*heads, words.mean, words.deviation, words.percent, words.meaning)
            widths += [FIGURE, FIGURE, FIGURE, WORD]
        rows: list[SurveyRow] = []
        for section in found.sections:
            rows += self.section(section, issues_only=issues_only)
        notes: tuple[str, ...] = ()
        if not issues_only:
            rows.append(self.rating(words.whole, found.rating, total=True))
            notes = (self.per_item(),)
        widths = [round(100 - sum(widths), 1), *widths]
        yield SurveyTable(
            grid.heading, grid.heading, "", heads, tuple(rows), tuple(widths), notes=notes
        )
        if not issues_only and found.rating.n:
            yield self.means(found)

    def section(self, section: RatedSection, *, issues_only: bool) -> Iterator[SurveyRow]:
        if section.heading:
            yield SurveyRow(section.heading, ())
        for row in section.rows:
            yield self.rating(row.label, row.rating, counts_only=issues_only)
        if section.heading and len(section.rows) > 1 and not issues_only:
            yield self.rating(self.words.section, section.rating, total=True)

    def rating(
        self, label: str, rating: Rating, *, total: bool = False, counts_only: bool = False
    ) -> SurveyRow:
        cells = (*map(self.count, rating.counts), self.count(rating.n))
        if not counts_only:
            cells = (*cells, *self.figures(rating))
        return SurveyRow("", (label,), (), cells, total)

    def figures(self, rating: Rating) -> tuple[str, ...]:
        """Mean, deviation, percentage, and the word for the mean."""
        return (
            self.figure(rating.mean),
            self.figure(rating.deviation(DECIMALS)),
            self.figure(rated.percent(self.definitions, rating)),
            rated.meaning(self.bands, rating.mean),
        )

    def per_item(self) -> str:
        definition = self.digits(defined.percentage(self.definitions))
        return self.fill.fill(self.words.per_item, definition=definition)

    def means(self, found: RatedGrid) -> SurveyTable:
        rows: list[SurveyRow] = []
        for section in found.sections:
            if section.heading:
                rows.append(SurveyRow(section.heading, ()))
            rows += (self.mean_bar(row) for row in section.rows)
        return self.chart(
            self.words.chart, found.grid.heading, self.words.full, (self.words.mean,), rows
        )

    def mean_bar(self, row: RatedRow) -> SurveyRow:
        mean = row.rating.mean
        drawn = bars(mean or 0, len(row.rating.counts))
        return SurveyRow("", (row.label,), drawn, (self.figure(mean),))

    def chart(
        self,
        heading: str,
        label: str,
        scale: str,
        heads: tuple[str, ...],
        rows: Iterable[SurveyRow],
        notes: tuple[str, ...] = (),
    ) -> SurveyTable:
        figures = round((100 - LABEL - CHART) / len(heads), 2)
        widths = (LABEL, *([round(CHART / STEPS, 3)] * STEPS), *([figures] * len(heads)))
        return SurveyTable(heading, label, scale, heads, tuple(rows), widths, STEPS, notes)

    def question(self, question: Question) -> Iterator[SurveyTable]:
        """A table for each thing that a question asks; its words come later."""
        for column in self.columns:
            if column.item != question.id or column.grid or column.kind == "text":
                continue
            counts = self.answers.items.get(column.code, {})
            if column.kind == "number":
                yield self.numbers(column, counts)
            else:
                yield self.choices(column, counts)

    def numbers(self, column: AnswerColumn, counts: Mapping[str, int]) -> SurveyTable:
        words, found = self.words, survey.spread(counts)
        ends = (self.count(found.least), self.count(found.most)) if found.n else ("", "")
        row = SurveyRow(
            "", (column.label,), (), (self.count(found.n), self.figure(found.mean), *ends)
        )
        heads = (words.answered, words.mean, words.least, words.most)
        return SurveyTable(
            column.label, words.answer, "", heads, (row,), (52.0, 12.0, 12.0, 12.0, 12.0)
        )

    def choices(self, column: AnswerColumn, counts: Mapping[str, int]) -> SurveyTable:
        """How often each option was ticked, of those who answered or of all."""
        words, given = self.words, sum(counts.values())
        whole = self.answers.n if column.kind == "many" else given
        rows = [
            SurveyRow(
                "",
                (self.digits(choice.text) if column.kind == "scale" else choice.text,),
                bars(counts.get(choice.id, 0), whole),
                (
                    self.count(counts.get(choice.id, 0)),
                    self.share(counts.get(choice.id, 0), whole),
                ),
            )
            for choice in column.choices
        ]
        note = words.of_all if column.kind == "many" else words.of_answered
        notes = [self.fill.fill(note, n=self.count(whole))]
        if column.kind == "scale":
            mean = survey.spread(counts).mean
            notes.append(f"{words.mean} {self.figure(mean)}")
        heads = (words.count, words.percent)
        return self.chart(
            self.heading(column), words.answer, words.share, heads, rows, tuple(notes)
        )

    def share(self, count: int, whole: int) -> str:
        return self.figure(Fraction(100 * count, whole)) if whole else ""

    def heading(self, column: AnswerColumn) -> str:
        """A column's words; behind those of what opens it."""
        if column.under is None:
            return column.label
        above = next(other for other in self.columns if other.code == column.under[0])
        return f"{self.heading(above)} › {column.label}"

    def groups(self) -> Iterator[SurveyTable]:
        """Satisfaction by group of respondents."""
        words = self.words
        column = next((c for c in self.columns if c.code == self.definitions.group_by), None)
        if column is None or not self.answers.groups:
            return
        rows = []
        for choice in column.choices:
            group = self.answers.groups.get(choice.id)
            if group is not None:
                cells = (self.count(group.n), *self.figures(satisfied(self.survey, group)))
                rows.append(SurveyRow("", (choice.text,), (), cells))
        heads = (words.answered, words.mean, words.deviation, words.percent, words.meaning)
        yield SurveyTable(
            column.label,
            words.answer,
            "",
            heads,
            tuple(rows),
            (50.0, 10.0, 10.0, 10.0, 10.0, 10.0),
            notes=(self.per_item(), self.digits(defined.satisfaction(self.definitions))),
        )

    def written(self) -> Iterator[SurveyTable]:
        """What respondents wrote, as they typed it, with how they rated it and how often.

        Equal words are one row, also where they are rated differently.
        """
        levels = {grid.id: grid.levels for grid in self.survey.grids}
        for column in self.columns:
            lines = self.answers.written.get(column.code, ())
            if column.kind != "text" or not lines:
                continue
            words, of = self.words, levels.get(column.grid)
            alike: dict[str, list[WrittenAnswer]] = {}
            for line in lines:
                alike.setdefault(line.text, []).append(line)
            order = sorted(alike, key=lambda text: (-_times(alike[text]), text))
            rows = tuple(self.said(text, alike[text], of) for text in order)
            heads = (words.level, words.times) if of else (words.times,)
            widths = (54.0, 36.0, 10.0) if of else (90.0, 10.0)
            yield SurveyTable(self.heading(column), words.words, "", heads, rows, widths)

    def said(
        self, text: str, lines: Sequence[WrittenAnswer], levels: Sequence[str] | None
    ) -> SurveyRow:
        """Words, how often they were rated at each level, and how often they were written."""
        cells: tuple[str, ...] = (self.count(_times(lines)),)
        if levels:
            rated_ = sorted((line.level, line.times) for line in lines if line.level is not None)
            ratings = (f"{levels[level - 1]} {self.count(times)}" for level, times in rated_)
            cells = (", ".join(ratings), *cells)
        return SurveyRow("", _typed(text), (), cells)


def _times(lines: Iterable[WrittenAnswer]) -> int:
    return sum(line.times for line in lines)


def _typed(text: str) -> tuple[str, ...]:
    """Words as they were typed, line by line; signs that no face has are named."""
    return tuple("".join(map(_sign, line)) for line in text.split("\n"))


def _sign(character: str) -> str:
    code = ord(character)
    if any(first <= code <= last for first, last in _PRINTABLE):
        return character
    if unicodedata.category(character) in ("Cf", "Mn", "Zs"):
        return " " if unicodedata.category(character) == "Zs" else ""
    return f"[U+{code:04X}]"
