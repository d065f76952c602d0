"""Several assessors in a report: their scores side by side, what they said, appeals."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

from ... import thai
from ...exact import Exact, half_up, shown
from ...model import AssessedResult, EarlierState, PartResult
from ...model.report_words import AssessmentWords, ReportWords
from ...scoring import ScoredIndicator
from ...scoring.assessed_words import signed
from ...scoring.assessing import AssessedIndicator, AssessorsView
from ...scoring.rows import SCORE_DECIMALS
from ..common import DocumentSubject, digits
from ..identity import LAYOUT
from . import cells, rich, widths
from .evidence_lines import evidence_lines
from .rich import Rich
from .widths import LANDSCAPE

NAME, FIGURE, DAY, TEXT = 5.0, 2.4, 2.6, 3.0
"""What columns get at the least, in cm."""


@dataclass(frozen=True, slots=True)
class AssessmentCell:
    """A cell; a ``figure`` stands in the middle of its column."""

    text: Rich
    figure: bool = field(default=False, metadata=LAYOUT)


@dataclass(frozen=True, slots=True)
class AssessmentRow:
    """A row; a section heads those that follow, and has no cells."""

    section: str
    cells: tuple[AssessmentCell, ...]


@dataclass(frozen=True, slots=True)
class AssessmentTable:
    """A table under its heading; ``widths`` are in percent."""

    heading: str
    heads: tuple[str, ...]
    rows: tuple[AssessmentRow, ...]
    widths: tuple[float, ...]


def assessment_tables(subject: DocumentSubject, words: ReportWords) -> tuple[AssessmentTable, ...]:
    """The tables that there is something for; none where nobody assesses but who reports."""
    if subject.score is None:
        return ()
    assessed = [(row, row.assessment) for row in subject.score.rows if row.assessment is not None]
    if not assessed:
        return ()
    made = _Tables(subject, words, words.assessment)
    tables = (made.scores(assessed), made.remarks(assessed), made.appeals(assessed))
    return tuple(table for table in tables if table.rows)


def _text(words: Rich) -> AssessmentCell:
    return AssessmentCell(rich.cell(words))


def _figure(words: Rich) -> AssessmentCell:
    return AssessmentCell(rich.cell(words), figure=True)


def _said(result: PartResult) -> Iterator[str]:
    """A result as it was reported, in short: a value, figures, the steps that are done, parts."""
    if result.value is not None:
        yield shown(result.value)
    for name, given in (result.inputs or {}).items():
        months = given.values() if isinstance(given, dict) else [given]
        yield f"{name} {' + '.join(map(shown, months))}"
    if result.done is not None:
        yield ", ".join(map(str, result.done)) or "0"
    parts: dict[str, PartResult] = getattr(result, "parts", None) or {}
    for name, part in parts.items():
        yield " ".join((name, *_said(part)))


_Assessed = list[tuple[ScoredIndicator, AssessedIndicator]]


@dataclass(frozen=True, slots=True)
class _Tables:
    subject: DocumentSubject
    report: ReportWords
    words: AssessmentWords

    def scores(self, assessed: _Assessed) -> AssessmentTable:
        """Each indicator's scores side by side with their differences, and what counts."""
        names = list(dict.fromkeys(view.name for _, found in assessed for view in found.views))
        rows = []
        for row, found in assessed:
            by_name = {view.name: view for view in found.views}
            said = [_figure(self._view(by_name.get(name))) for name in names]
            counted = _figure(rich.plain(self._score(row.score_shown)))
            rows.append(AssessmentRow("", (self._name(row), *said, counted)))
        heads = (self.report.indicator, *names, self.words.counted)
        least = [NAME, *([FIGURE] * (len(names) + 1))]
        return self._table(self.words.heading, heads, rows, least)

    def _view(self, view: AssessorsView | None) -> Rich:
        """An assessor's score, the difference below it; or why there is none."""
        if view is None:
            return ()
        if view.points is None:
            said = view.said
            returned = said is not None and said.state == "returned"
            return rich.plain(self.words.returned if returned else self.words.missing)
        blocks = [*rich.plain(self._score(view.points))]
        if view.difference:
            apart = self._digits(signed(view.difference))
            blocks += rich.plain(self.words.difference.replace("[[difference]]", apart))
        return tuple(blocks)

    def remarks(self, assessed: _Assessed) -> AssessmentTable:
        """What was said of each indicator, earlier states first."""
        rows: list[AssessmentRow] = []
        for row, found in assessed:
            names = {view.id: view.name for view in found.views}
            said = [
                *(self._earlier(names.get(state.by, state.by), state) for state in found.earlier),
                *(self._remark(view.name, view.said) for view in found.views if view.said),
            ]
            if said:
                rows.append(AssessmentRow(self._named(row), ()))
                rows += (AssessmentRow("", line) for line in said)
        words = self.words
        heads = (
            *(words.assessor, words.day, words.reason),
            *(words.conclusion, words.strengths, words.improve),
        )
        return self._table(words.remarks, heads, rows, [DAY, DAY, NAME, TEXT, TEXT, TEXT])

    def _remark(self, name: str, said: AssessedResult) -> tuple[AssessmentCell, ...]:
        return self._line(name, said.day, (), said)

    def _earlier(self, name: str, state: EarlierState) -> tuple[AssessmentCell, ...]:
        replaced = self.words.replaced.replace("[[date]]", self._day(state.replaced))
        given = [*rich.plain(self._given(state)), *rich.parse(state.text)]
        given += evidence_lines(state.evidence)
        return self._line(f"{name} {replaced}", state.day, tuple(given), state)

    def _given(self, state: EarlierState) -> str:
        """The score or result that an earlier state held."""
        if state.score is not None:
            return self.words.score.replace("[[score]]", self._digits(shown(state.score)))
        said = self._digits(" ".join(_said(state)))
        return self.words.result.replace("[[result]]", said) if said else ""

    def _line(
        self, name: str, day: date | None, given: Rich, said: AssessedResult | EarlierState
    ) -> tuple[AssessmentCell, ...]:
        states = {
            "agreed": self.words.agreed,
            "disagreed": self.words.disagreed,
            "returned": self.words.returned,
        }
        state = rich.plain(states[said.state]) if said.state is not None else ()
        return tuple(
            map(
                _text,
                (
                    rich.plain(name),
                    rich.plain(self._day(day)),
                    (*state, *given, *rich.parse(said.reason)),
                    *map(rich.parse, (said.conclusion, said.strengths, said.improve)),
                ),
            )
        )

    def appeals(self, assessed: _Assessed) -> AssessmentTable:
        """Each appeal with its decision: was, now, why, by whom, when."""
        words, rows = self.words, []
        for row, found in assessed:
            appeal = found.appeal
            if appeal is None:
                continue
            decision = appeal.decision
            why = (*rich.parse(appeal.reason), *rich.plain(f"({self._day(appeal.day)})"))
            was, now = self._score(found.counted), ""
            reason, by = rich.parse(None), rich.plain(words.pending)
            if decision is not None:
                now, reason = self._score(decision.now), rich.parse(decision.reason)
                by = (*rich.plain(decision.by), *rich.plain(f"({self._day(decision.day)})"))
            figures = (_figure(rich.plain(was)), _figure(rich.plain(now)))
            row_cells = (self._name(row), _text(why), *figures, _text(reason), _text(by))
            rows.append(AssessmentRow("", row_cells))
        heads = (
            *(self.report.indicator, words.appeal, words.was, words.now),
            *(words.decision, words.by),
        )
        return self._table(words.appeals, heads, rows, [NAME, NAME, FIGURE, FIGURE, NAME, DAY])

    def _table(
        self, heading: str, heads: tuple[str, ...], rows: list[AssessmentRow], least: list[float]
    ) -> AssessmentTable:
        texts: list[widths.Row] = [[cell.text for cell in row.cells] for row in rows if row.cells]
        setting = self.subject.setting(cells.DENSE, LANDSCAPE)
        shares = widths.share_out(texts, setting, heads=heads, least=least)
        return AssessmentTable(heading, heads, tuple(rows), shares)

    def _named(self, row: ScoredIndicator) -> str:
        return cells.numbered(cells.numbers(self.subject)[row.key], row.name)

    def _name(self, row: ScoredIndicator) -> AssessmentCell:
        return _text(rich.plain(self._named(row)))

    def _score(self, points: Exact | None) -> str:
        return "" if points is None else self._digits(f"{half_up(points, SCORE_DECIMALS)}")

    def _day(self, day: date | None) -> str:
        return "" if day is None else self._digits(thai.long_date(day))

    def _digits(self, text: str) -> str:
        return digits(self.subject.agency, text)
