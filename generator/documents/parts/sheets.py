"""The sheet of each indicator (รายละเอียดตัวชี้วัด), and the tables that follow it.

The order is that of the blank forms of source 004, ภาคผนวก 1 (lines 599–693).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

from ...model import Contact, UnitIndicator
from ...model.wording import SheetWords
from ..common import DocumentSubject, Fields
from . import cells, rich, styles
from .equation import Equation, of_formula
from .level_tables import LevelTable, empty_level_tables, level_tables
from .past_tables import PastTable, empty_past_table, past_table
from .rich import Paragraph, Rich
from .sheet_formulas import ScoreLookup, own_equation, score_lookup, weighted_equations
from .tables import ActionPlan, Targets, action_plan, targets


@dataclass(frozen=True, slots=True)
class LabelledText:
    """A label and what it says: ``first`` on the label's own line, ``rest`` below it."""

    label: str
    first: Rich
    rest: Rich


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

    def sheet(self, number: str, item: UnitIndicator) -> IndicatorSheet:
        """One indicator's sheet. What is blank prints as a dotted line where it is a field."""
        words, indicator = self.words, item.indicator
        name = indicator.names.sheet or indicator.name
        formula = indicator.value
        own = own_equation(formula)
        equations = (
            *((own,) if own else ()),
            *weighted_equations(self.subject.agency, words, item),
        )
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
            scores=score_lookup(self.subject.agency, formula) if formula is not None else None,
            note=styles.BODY.on(
                (
                    *(rich.parse(formula.note) if formula is not None else ()),
                    *(Paragraph((), equation=equation) for equation in equations[1:]),
                )
            ),
            formula_label=f"{words.formula} :",
            formula=equations[0] if equations else (),
            past_label=f"{words.past} :",
            past=past_table(self.subject.agency, words, indicator),
            history=self._history(item),
            rounds=tuple(level_tables(self.subject, words, item)),
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
        quantity = kind == "quantity"
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
            past=empty_past_table(self.subject.agency, words) if quantity else None,
            history=None,
            rounds=tuple(empty_level_tables(self.subject, words)),
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

    def _history(self, item: UnitIndicator) -> LabelledText | None:
        indicator = item.indicator
        if indicator.history is None:
            return None
        return LabelledText(
            indicator.labels.baselines or self.words.past_years,
            (),
            styles.BODY.on(rich.parse(indicator.history)),
        )

    def _contacts(self, label: str, contacts: Iterable[Contact]) -> Iterator[ContactLine]:
        """A line each; the label stands once, and a blank line where nobody is named yet."""
        for index, contact in enumerate(tuple(contacts) or (Contact(),)):
            name = " ".join(text for text in (contact.name, contact.position) if text)
            yield ContactLine(
                f"{label} :" if index == 0 else "",
                name or self.dots,
                f"{self.words.telephone} : {contact.telephone or self.dots}",
            )
