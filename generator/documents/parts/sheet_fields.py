"""The fields of an indicator's sheet, one by one: the usual ones, or those that the agency states.

The usual order is that of the blank forms of source 004, ภาคผนวก 1 (lines 599–693).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, fields, replace
from typing import Any, Literal

from ... import thai
from ...model import UnitIndicator
from ...model.sheet_words import CONTACTS, SheetField, SheetWords
from ...scoring import periods
from ..common import DocumentSubject, digits
from . import cells, rich, styles
from .equation import of_formula
from .level_tables import empty_level_tables, level_tables
from .past_tables import empty_past_table, fitted, past_table
from .rich import Paragraph, Rich, TextSpan
from .sheet_checklists import checklist_lines
from .sheet_formulas import (
    adjustment_lines,
    combining_equations,
    letters_of,
    own_equation,
    score_lookup,
)
from .sheet_parts import LabelledText, SheetPart, contact_lines, labelled
from .widths import PORTRAIT

USUAL = (
    SheetField(field="measure"),
    SheetField(field="weight"),
    SheetField(field="description"),
    SheetField(field="formula"),
    SheetField(field="baselines"),
    SheetField(field="criteria"),
    SheetField(field="conditions"),
    SheetField(field="source"),
    SheetField(field="collection"),
    SheetField(contacts="supervisor"),
    SheetField(contacts="collector"),
)
"""The fields of a sheet where the agency states none."""


def stated(words: SheetWords) -> tuple[SheetField, ...]:
    """The fields that the sheet has, in their order."""
    return tuple(words.fields) or USUAL


def filled(subject: DocumentSubject, words: SheetWords, item: UnitIndicator) -> list[SheetPart]:
    """What a unit's indicator says in each field; a dotted line where it has to say something."""
    maker = _Filled(subject, words, item)
    return [part for field in stated(words) if (part := maker.part(field)) is not None]


def empty(
    subject: DocumentSubject, words: SheetWords, kind: Literal["milestone", "quantity"]
) -> list[SheetPart]:
    """The fields of the blank sheet for a kind of indicator, with their guidance."""
    maker = _Empty(subject, words, kind)
    return [part for field in stated(words) if (part := maker.part(field)) is not None]


def merged(parts: Iterable[SheetPart]) -> dict[str, Any]:
    """Fields in the usual order as one piece: what each slot holds."""
    found: dict[str, Any] = {}
    for part in parts:
        for slot in fields(SheetPart):
            if value := getattr(part, slot.name):
                before = found.get(slot.name)
                found[slot.name] = value if before is None else before + value
    return found


@dataclass(frozen=True, slots=True)
class _Filled:
    subject: DocumentSubject
    words: SheetWords
    item: UnitIndicator

    def part(self, field: SheetField) -> SheetPart | None:
        """One field; None where the sheet leaves it out."""
        if field.contacts is not None:
            return self._contacts(field)
        if field.field == "description":
            return self._description(field)
        if field.field in ("formula", "baselines", "criteria"):
            made = getattr(self, f"_{field.field}")(field)
            return made if made is not None else self._missing(field)
        text = self._text(field)
        if not text:
            return self._missing(field)
        inline = field.field != "definitions"
        one = labelled(self._dots, self.words.label_of(field), text, inline=inline)
        return SheetPart(facts=(one,)) if field.field in _FACTS else SheetPart(texts=(one,))

    @property
    def _dots(self) -> str:
        return self.subject.wording.blank

    def _missing(self, field: SheetField) -> SheetPart | None:
        if field.may_lack:
            return None
        one = labelled(self._dots, self.words.label_of(field), ())
        return SheetPart(facts=(one,)) if field.field in _FACTS else SheetPart(texts=(one,))

    def _text(self, field: SheetField) -> Rich:
        indicator = self.item.indicator
        if field.text is not None:
            return rich.parse(indicator.texts.get(field.text))
        if field.field == "measure":
            return rich.plain(indicator.measure)
        if field.field == "weight":
            return rich.plain(cells.weights(self.subject, self.words.percent, self.item))
        if field.field == "definitions":
            return tuple(self._definitions())
        if field.field == "periods":
            return tuple(self._periods())
        return rich.parse(getattr(indicator, field.name))

    def _description(self, field: SheetField) -> SheetPart | None:
        indicator = self.item.indicator
        if not indicator.description and field.may_lack:
            return None
        label = indicator.labels.description or self.words.label_of(field)
        text = rich.parse(indicator.description)
        return SheetPart(description=labelled(self._dots, label, text, inline=False))

    def _formula(self, field: SheetField) -> SheetPart | None:
        agency, value = self.subject.agency, self.item.indicator.value
        own = own_equation(value, letters=any(f.field == "definitions" for f in self.words.fields))
        equations = (
            *((own,) if own else ()),
            *combining_equations(agency, self.subject.rounds, self.words, self.item),
        )
        setting = self.subject.setting(cells.SHEET, PORTRAIT)
        scores = score_lookup(agency, value, setting) if value is not None else None
        note = (
            *(rich.parse(value.note) if value is not None else ()),
            *checklist_lines(agency, self.item.indicator),
            *(Paragraph((), equation=equation) for equation in equations[1:]),
            *(
                block
                for line in adjustment_lines(agency, self.subject.rounds, self.words, self.item)
                for block in rich.plain(line)
            ),
        )
        if self.words.fields and not (equations or scores or note):
            return None
        return SheetPart(
            scores=scores,
            note=styles.SHEET.on(note),
            formula_label=f"{self.words.label_of(field)} :",
            formula=equations[0] if equations else (),
        )

    def _baselines(self, field: SheetField) -> SheetPart | None:
        indicator = self.item.indicator
        past = past_table(
            self.subject.agency, self.words, indicator, field.mean, field.decimals, self._dots
        )
        history = None
        if indicator.history is not None:
            label = indicator.labels.baselines or self.words.past_years
            history = LabelledText(label, (), styles.SHEET.on(rich.parse(indicator.history)))
        if self.words.fields and past is None and history is None:
            return None
        label = f"{self.words.label_of(field)} :"
        return SheetPart(
            past_label=label,
            past=None
            if past is None
            else fitted(past, self.subject.setting(cells.SHEET, PORTRAIT)),
            history=history,
        )

    def _criteria(self, field: SheetField) -> SheetPart:
        words = self.words.model_copy(update={"levels": self.words.label_of(field)})
        return SheetPart(rounds=tuple(level_tables(self.subject, words, self.item)))

    def _definitions(self) -> Iterator[Paragraph]:
        """``A = ผู้รับบริการที่พึงพอใจ (คน) : ผู้ที่ตอบว่าพอใจ``, what is more below it."""
        value = self.item.indicator.value
        for key, letter in letters_of(value).items():
            assert value is not None
            about = value.inputs[key]
            unit = f" ({about.measure})" if about.measure else ""
            head = f"{letter} = {about.name}{unit} : "
            first, *rest = rich.parse(about.definition) or rich.plain(self._dots)
            if first.marker or first.equation:
                first, rest = Paragraph(()), [first, *rest]
            yield Paragraph((TextSpan(head if first.spans else head.rstrip(" :")), *first.spans))
            yield from (replace(block, depth=block.depth + 1) for block in rest)

    def _periods(self) -> Iterator[Paragraph]:
        """The days that each round judges of the indicator."""
        agency = self.subject.agency
        for round_ in self.subject.rounds:
            if self.item.indicator.criteria_of(round_.id) is not None:
                days = " – ".join(map(thai.long_date, periods.span(agency, round_.id)))
                yield Paragraph((TextSpan(digits(agency, f"{round_.name} : {days}")),))

    def _contacts(self, field: SheetField) -> SheetPart | None:
        role, indicator = field.name, self.item.indicator
        people = (
            getattr(indicator, CONTACTS[role])
            if role in CONTACTS
            else indicator.contacts.get(role, [])
        )
        if not people and field.may_lack:
            return None
        label = self.words.label_of(field)
        return SheetPart(contacts=tuple(contact_lines(self.words, self._dots, label, people)))


_FACTS = ("measure", "weight")
"""What stands above the description where the order is the usual one."""


@dataclass(frozen=True, slots=True)
class _Empty:
    subject: DocumentSubject
    words: SheetWords
    kind: Literal["milestone", "quantity"]

    def part(self, field: SheetField) -> SheetPart | None:
        """One field of the blank sheet; None where that kind of indicator hasn't it."""
        words, agency = self.words, self.subject.agency
        dots, quantity = self.subject.wording.blank, self.kind == "quantity"
        if field.contacts is not None:
            lines = contact_lines(words, dots, words.label_of(field), ())
            return SheetPart(contacts=tuple(lines))
        label = words.label_of(field)
        if field.field == "formula":
            return SheetPart(
                formula_label=f"{label} {words.if_any} :",
                formula=of_formula("a", {"a": dots}) if quantity else (),
            )
        if field.field == "baselines":
            past = None
            if quantity:
                empty = empty_past_table(agency, words, field.mean)
                past = fitted(empty, self.subject.setting(cells.SHEET, PORTRAIT))
            return SheetPart(past_label=f"{label} :", past=past)
        if field.field == "criteria":
            levels = words.model_copy(update={"levels": label})
            return SheetPart(rounds=tuple(empty_level_tables(self.subject, levels)))
        if field.field == "conditions" and not quantity:
            return None
        one = labelled(dots, label, self._guidance(field))
        if field.field == "description":
            return SheetPart(description=one)
        return SheetPart(facts=(one,)) if field.field in _FACTS else SheetPart(texts=(one,))

    def _guidance(self, field: SheetField) -> Rich:
        form = self.words.forms[self.kind]
        if field.guidance is not None:
            return rich.parse(field.guidance)
        if field.field == "measure":
            return rich.plain(form.measure)
        if field.field == "weight":
            return rich.plain(cells.weighed(self.subject, self.words.percent, "..."))
        return rich.parse(getattr(form, field.name, None) if field.text is None else None)
