"""The sheet of each indicator (รายละเอียดตัวชี้วัด), and the tables that follow it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

from ...model import UnitIndicator
from ...model.sheet_words import SheetWords
from ..common import DocumentSubject
from . import cells, sheet_fields
from .second_names import second_name
from .sheet_fields import merged
from .sheet_parts import SheetPart
from .tables import ActionPlan, Targets, action_plan, target_table


@dataclass(frozen=True, slots=True, kw_only=True)
class IndicatorSheet(SheetPart):
    """One indicator's sheet. ``fields`` stand in place of the usual ones, in their own order."""

    heading: str
    level: str
    name: str
    targets: tuple[Targets, ...]
    plan: ActionPlan | None
    fields: tuple[SheetPart, ...] = ()
    second: str = ""

    @property
    def parts(self) -> tuple[SheetPart, ...]:
        """What stands between the heading and the end, piece by piece."""
        return self.fields or (self,)

    @property
    def upright(self) -> tuple[Targets, ...]:
        """The target tables that follow on upright pages."""
        return tuple(table for table in self.targets if table.upright)

    @property
    def across(self) -> tuple[Targets, ...]:
        """Those that have pages across of their own."""
        return tuple(table for table in self.targets if not table.upright)


def sheets(subject: DocumentSubject) -> tuple[IndicatorSheet, ...]:
    """The sheets of all the unit's indicators, or the agency's two blank ones."""
    if subject.scope == "form":
        return _blank(subject, "milestone"), _blank(subject, "quantity")
    return tuple(
        _sheet(subject, number, item)
        for part in cells.sections_of(subject)
        for number, item in part.indicators
    )


def _sheet(subject: DocumentSubject, number: str, item: UnitIndicator) -> IndicatorSheet:
    """One indicator's sheet. What is blank prints as a dotted line where it is a field."""
    words, indicator = _words(subject), item.indicator
    return _whole(
        words,
        words.levels_of.get(subject.unit.level, ""),
        f"{number} : {indicator.names.sheet or indicator.name}",
        sheet_fields.filled(subject, words, item),
        tuple(target_table(subject, subject.tables[key]) for key in indicator.tables),
        action_plan(subject.agency, subject.plans[indicator.plan]) if indicator.plan else None,
        second_name(subject, "sheets", indicator),
    )


def _blank(subject: DocumentSubject, kind: Literal["milestone", "quantity"]) -> IndicatorSheet:
    """The empty form of a kind of indicator, with its guidance."""
    words = _words(subject)
    parts = sheet_fields.empty(subject, words, kind)
    return _whole(words, "", f"... : {words.forms[kind].name}", parts)


def _whole(
    words: SheetWords,
    level: str,
    name: str,
    parts: list[SheetPart],
    tables: tuple[Targets, ...] = (),
    plan: ActionPlan | None = None,
    second: str = "",
) -> IndicatorSheet:
    """A sheet of its fields: one by one where the agency states them, else as one piece."""
    own: dict[str, Any] = {"fields": tuple(parts)} if words.fields else merged(parts)
    return IndicatorSheet(
        heading=words.heading,
        level=level,
        name=f"{words.name} {name}",
        targets=tables,
        plan=plan,
        second=second,
        **own,
    )


def _words(subject: DocumentSubject) -> SheetWords:
    assert subject.wording.sheet is not None
    return subject.wording.sheet
