"""The sheet of each indicator (รายละเอียดตัวชี้วัด), and the tables that follow it.

The order is that of the blank forms of source 004, ภาคผนวก 1 (lines 599–693).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from ... import thai
from ...model import Agency, Contact, Criteria, CriteriaPart, LevelScale, UnitIndicator, Value
from ...model.scales import combined_by, scale_of
from ...model.wording import SheetWords
from ...scoring import explain
from ..common import DocumentSubject, Fields, digits
from . import cells, rich, styles
from .cells import part_name
from .equation import Equation, EquationTerm, of_formula
from .rich import Paragraph, Rich
from .tables import ActionPlan, Targets, action_plan, targets


@dataclass(frozen=True, slots=True)
class LabelledText:
    """A label and what it says: ``first`` on the label's own line, ``rest`` below it."""

    label: str
    first: Rich
    rest: Rich


@dataclass(frozen=True, slots=True)
class ScoreRow:
    """Points, and what earns them in each column."""

    points: str
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ScoreLookup:
    """The tables that turn figures into points, side by side."""

    points: str
    heads: tuple[str, ...]
    rows: tuple[ScoreRow, ...]


@dataclass(frozen=True, slots=True)
class PastRow:
    """Past results of one thing, year by year."""

    name: str
    measure: str
    years: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PastTable:
    """ข้อมูลพื้นฐาน. With one year its number stands in the heading, and ``years`` is empty."""

    name: str
    measure: str
    heading: str
    count: int
    years: tuple[str, ...]
    rows: tuple[PastRow, ...]


@dataclass(frozen=True, slots=True)
class SheetLevelRow:
    """The levels of a round, or of one part of it."""

    part: str
    levels: tuple[Rich, ...]


@dataclass(frozen=True, slots=True)
class LevelTable:
    """The criteria of one round. ``part`` heads the column of parts, where there are any."""

    heading: str
    part: str
    over: str
    levels: tuple[str, ...]
    rows: tuple[SheetLevelRow, ...]


@dataclass(frozen=True, slots=True)
class ContactLine:
    """Who answers for the indicator, and by which telephone."""

    label: str
    name: str
    telephone: str


@dataclass(frozen=True, slots=True)
class IndicatorSheet:
    """One indicator's sheet."""

    heading: str
    level: str
    name: str
    facts: tuple[LabelledText, ...]
    description: LabelledText
    scores: ScoreLookup | None
    note: Rich
    formula_label: str
    formula: Equation
    past_label: str
    past: PastTable | None
    history: LabelledText | None
    rounds: tuple[LevelTable, ...]
    texts: tuple[LabelledText, ...]
    contacts: tuple[ContactLine, ...]
    targets: tuple[Targets, ...]
    plan: ActionPlan | None


def sheets(subject: DocumentSubject, fill: Fields) -> tuple[IndicatorSheet, ...]:
    """The sheets of all the unit's indicators, or the agency's two blank ones."""
    maker = _Maker(subject, fill)
    if subject.scope == "form":
        return maker.blank("milestone"), maker.blank("quantity")
    return tuple(
        maker.sheet(number, item)
        for part in cells.sections_of(subject)
        for number, item in part.indicators
    )


class _Maker:
    def __init__(self, subject: DocumentSubject, fill: Fields) -> None:
        self.subject = subject
        assert subject.wording.sheet is not None
        self.words: SheetWords = subject.wording.sheet
        self.fill = fill
        self.dots = subject.wording.blank
        self.scale = subject.agency.scales[subject.unit.scale or subject.agency.scale]

    def sheet(self, number: str, item: UnitIndicator) -> IndicatorSheet:
        """One indicator's sheet. What is blank prints as a dotted line where it is a field."""
        words, indicator = self.words, item.indicator
        name = indicator.names.sheet or indicator.name
        formula = indicator.value
        own = _equation(formula)
        equations = (*((own,) if own else ()), *self._combined(item))
        return IndicatorSheet(
            heading=words.heading,
            level=words.levels_of.get(self.subject.unit.level, ""),
            name=f"{words.name} {number} : {name}",
            facts=(
                self._labelled(words.measure, rich.plain(indicator.measure)),
                self._labelled(
                    words.weight, rich.plain(cells.weights(self.subject, words.percent, item))
                ),
            ),
            description=self._labelled(
                indicator.labels.description or words.description,
                rich.parse(indicator.description),
                inline=False,
            ),
            scores=_scores(self.subject.agency, formula) if formula is not None else None,
            note=styles.BODY.on(
                (
                    *(rich.parse(formula.note) if formula is not None else ()),
                    *(Paragraph((), equation=equation) for equation in equations[1:]),
                )
            ),
            formula_label=f"{words.formula} :",
            formula=equations[0] if equations else (),
            past_label=f"{words.past} :",
            past=self._past(item),
            history=self._history(item),
            rounds=tuple(self._rounds(item)),
            texts=tuple(
                self._labelled(label, rich.parse(text))
                for label, text, always in (
                    (words.conditions, indicator.conditions, False),
                    (words.source, indicator.source, True),
                    (words.collection, indicator.collection, True),
                )
                if text or always
            ),
            contacts=(
                *self._contacts(words.supervisor, indicator.supervisors),
                *self._contacts(words.collector, indicator.collectors),
            ),
            targets=tuple(
                targets(self.subject.agency, self.subject.tables[key]) for key in indicator.tables
            ),
            plan=action_plan(self.subject.agency, self.subject.plans[indicator.plan])
            if indicator.plan
            else None,
        )

    def blank(self, kind: Literal["milestone", "quantity"]) -> IndicatorSheet:
        """The empty form of a kind of indicator, with its guidance."""
        words, form = self.words, self.words.forms[kind]
        years = tuple(
            digits(self.subject.agency, str(year)) for year in self.subject.agency.baseline_years
        )
        quantity = kind == "quantity"
        empty = PastRow("", "", ("",) * len(years))
        return IndicatorSheet(
            heading=words.heading,
            level="",
            name=f"{words.name} ... : {form.name}",
            facts=(
                self._labelled(words.measure, rich.plain(form.measure)),
                self._labelled(
                    words.weight, rich.plain(cells.weighed(self.subject, words.percent, "..."))
                ),
            ),
            description=self._labelled(words.description, rich.parse(form.description)),
            scores=None,
            note=(),
            formula_label=f"{words.formula} {words.if_any} :",
            formula=of_formula("a", {"a": self.dots}) if quantity else (),
            past_label=f"{words.past} :",
            past=PastTable(
                words.past_name, words.past_measure, words.past_form, len(years), years, (empty,)
            )
            if quantity
            else None,
            history=None,
            rounds=tuple(
                LevelTable(
                    words.rounds[r.id],
                    "",
                    words.levels,
                    self._names(self.scale),
                    (SheetLevelRow("", (rich.plain("....."),) * len(self.scale.levels)),),
                )
                for r in self.subject.agency.rounds
            ),
            texts=tuple(
                self._labelled(label, rich.parse(text))
                for label, text in (
                    *(((words.conditions, form.conditions),) if quantity else ()),
                    (words.source, form.source),
                    (words.collection, form.collection),
                )
            ),
            contacts=(
                ContactLine(f"{words.supervisor} :", self.dots, f"{words.telephone} : {self.dots}"),
                ContactLine(f"{words.collector} :", self.dots, f"{words.telephone} : {self.dots}"),
            ),
            targets=(),
            plan=None,
        )

    def _labelled(self, label: str, text: Rich, *, inline: bool = True) -> LabelledText:
        """A label with its text; a list, or text that isn't ``inline``, starts below it."""
        if not text:
            return LabelledText(f"{label} :", rich.plain(self.dots), ())
        first, *rest = text
        if inline and not first.marker and not first.equation:
            return LabelledText(f"{label} :", (first,), styles.BODY.on(tuple(rest)))
        return LabelledText(f"{label} :", (), styles.BODY.on(text))

    def _past(self, item: UnitIndicator) -> PastTable | None:
        indicator, words = item.indicator, self.words
        years = sorted({year for baseline in indicator.baselines for year in baseline.years})
        if not indicator.baselines or not years:
            return None
        heading = indicator.labels.baselines or words.past_years
        shown = tuple(digits(self.subject.agency, str(year)) for year in years)
        rows = tuple(
            PastRow(
                baseline.name or indicator.name,
                baseline.measure or indicator.measure or "",
                tuple(
                    (past.text or "") if (past := baseline.years.get(year)) is not None else ""
                    for year in years
                ),
            )
            for baseline in indicator.baselines
        )
        if len(years) == 1:
            heading, shown = f"{heading} {shown[0]}", ()
        return PastTable(words.past_name, words.past_measure, heading, len(years), shown, rows)

    def _history(self, item: UnitIndicator) -> LabelledText | None:
        indicator = item.indicator
        if indicator.history is None:
            return None
        return LabelledText(
            indicator.labels.baselines or self.words.past_years,
            (),
            styles.BODY.on(rich.parse(indicator.history)),
        )

    def _rounds(self, item: UnitIndicator) -> Iterator[LevelTable]:
        for r in self.subject.agency.rounds:
            criteria = item.indicator.criteria_of(r.id)
            scale = self._scale(criteria)
            if criteria is not None and criteria.parts:
                rows = [
                    SheetLevelRow(
                        part_name(self.subject.agency, criteria, part, short=False),
                        _levels(part, scale),
                    )
                    for part in criteria.parts
                ]
            else:
                rows = [SheetLevelRow("", _levels(criteria, scale))]
            yield LevelTable(
                heading=self.words.rounds[r.id],
                part=self.words.part if criteria is not None and criteria.parts else "",
                over=self.words.levels,
                levels=self._names(scale),
                rows=tuple(rows),
            )

    def _combined(self, item: UnitIndicator) -> Iterator[Equation]:
        """How parts become one score by weight; a formula for each round, where rounds differ."""
        agency = self.subject.agency
        found: dict[Equation, list[str]] = {}
        for r in agency.rounds:
            criteria = item.indicator.criteria_of(r.id)
            if criteria is None or combined_by(criteria, agency) != "weighted":
                continue
            parts = [(p.short or p.name, p.weight) for p in criteria.parts if p.weight is not None]
            if parts:
                formula = digits(agency, explain.weighted_score(parts))
                found.setdefault((EquationTerm(formula),), []).append(self.words.rounds[r.id])
        for equation, rounds in found.items():
            alone = len(found) == 1
            yield equation if alone else (EquationTerm(f"{', '.join(rounds)}: "), *equation)

    def _scale(self, criteria: Criteria | None) -> LevelScale:
        found = None
        if criteria is not None:
            found = scale_of(criteria, self.subject.unit, self.subject.agency)
        return found or self.scale

    def _names(self, scale: LevelScale) -> tuple[str, ...]:
        return tuple(digits(self.subject.agency, level.name) for level in scale.levels)

    def _contacts(self, label: str, contacts: Iterable[Contact]) -> Iterator[ContactLine]:
        """A line each; the label stands once, and a blank line where nobody is named yet."""
        for index, contact in enumerate(tuple(contacts) or (Contact(),)):
            name = " ".join(text for text in (contact.name, contact.position) if text)
            yield ContactLine(
                f"{label} :" if index == 0 else "",
                name or self.dots,
                f"{self.words.telephone} : {contact.telephone or self.dots}",
            )


def _levels(criteria: Criteria | CriteriaPart | None, scale: LevelScale) -> tuple[Rich, ...]:
    """The sheet's words of each level; open where there are none yet."""
    if criteria is None or not criteria.levels:
        return (rich.plain("..."),) * len(scale.levels)
    return tuple(rich.cell(rich.parse(criteria.levels[level.id].text)) for level in scale.levels)


def _equation(value: Value | None) -> Equation:
    """The formula with the figures' own words; nothing where the sheet shows none."""
    if value is None or value.formula is None or not value.shown:
        return ()
    words = {name: figure.name for name, figure in value.inputs.items()}
    words |= {name: value.heading_of(name) for name in value.lookups}
    return of_formula(value.formula, words)


def _scores(agency: Agency, value: Value) -> ScoreLookup | None:
    """The score tables of an indicator side by side, a row for each number of points."""
    if not value.lookups:
        return None
    columns: list[Mapping[Decimal, str]] = [
        {row.gives: row.text for row in lookup.rows} for lookup in value.lookups.values()
    ]
    points = sorted({given for column in columns for given in column})
    return ScoreLookup(
        value.points or "",
        tuple(map(value.heading_of, value.lookups)),
        tuple(
            ScoreRow(
                digits(agency, thai.number(given)),
                tuple(column.get(given, "") for column in columns),
            )
            for given in points
        ),
    )
