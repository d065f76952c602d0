"""Two Word files of one unit laid together: what only one says, and what both say alike."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from . import indicator_data
from .found import FoundFile, FoundIndicator
from .kept import Typed
from .pieces import core
from .words import likeness, plain_number


def merge(into: FoundFile, other: FoundFile) -> None:
    """Lay what another file says of the same unit beside what this one says."""
    if other.unit is not None and into.unit is not None:
        into.unit.stand_for(other.unit)
    if other.report is not None:
        _by_rounds_of(into, other)
    for name in ("agency", "level", "year", "term", "signed", "total", "mean"):
        mine, theirs = getattr(into, name), getattr(other, name)
        if mine is None:
            setattr(into, name, theirs)
        elif theirs is not None and core(mine) == core(theirs):
            mine.stand_for(theirs)
    for name in (
        "assessors",
        "assessees",
        "chapters",
        "duties",
        "strategy",
        "components",
        "rounds",
    ):
        if not getattr(into, name):
            setattr(into, name, getattr(other, name))
    for name in ("years", "levels", "plans"):
        mine = getattr(into, name)
        known = [one[0] if isinstance(one, tuple) else one for one in mine]
        mine += [
            o for o in getattr(other, name) if (o[0] if isinstance(o, tuple) else o) not in known
        ]
    into.title = into.title or other.title
    join_words(into.wording, other.wording, adds=True)
    into.word_orders += other.word_orders
    into.blocks += other.blocks
    for one in other.indicators:
        mine_one = next((i for i in into.indicators if _is_same(i, one)), None)
        if mine_one is None:
            into.indicators.append(one)
            one.component = next(
                (
                    c
                    for c in into.components
                    if one.component and core(c.name) == core(one.component.name)
                ),
                one.component if one.component in into.components else None,
            )
        else:
            _merge_indicator(mine_one, one)
            into.word_orders = [(mine_one if i is one else i, o) for i, o in into.word_orders]


def _by_rounds_of(into: FoundFile, report: FoundFile) -> None:
    """Call the rounds of a report as the unit's other files do; what is of none of them goes."""
    if into.report is not None:
        known = {one.id for one in into.rounds}
        into.rounds += [one for one in report.rounds if one.id not in known]
        return
    if not into.rounds:
        return
    names = {one.id: one for one in into.rounds}
    own = {
        one.id: next((m.id for m in into.rounds if core(m.name) in core(one.name)), one.id)
        for one in report.rounds
    }
    for indicator in report.indicators:
        for name in ("weights", "table_levels"):
            found = {own.get(key, key): text for key, text in getattr(indicator, name).items()}
            setattr(indicator, name, {key: text for key, text in found.items() if key in names})
        indicator.skipped = []


def _is_same(mine: FoundIndicator, other: FoundIndicator) -> bool:
    if core(mine.name) == core(other.name):
        return True
    numbers = plain_number(mine.number), plain_number(other.number)
    return bool(numbers[0]) and numbers[0] == numbers[1] and likeness(mine.name, other.name) > 0.8


def _merge_indicator(mine: FoundIndicator, other: FoundIndicator) -> None:
    if core(mine.name) == core(other.name):
        mine.name.stand_for(other.name)
    elif other.has_sheet:
        mine.other_names["sheet"] = other.name
    mine.has_sheet = mine.has_sheet or other.has_sheet
    for name in ("baselines", "sheet_levels"):
        old, new = getattr(mine, name), getattr(other, name)
        if not old:
            setattr(mine, name, new)
        elif indicator_data.same(old, new):
            indicator_data.take_sources(old, new)
    if mine.past_years is None:
        mine.past_years = other.past_years
    elif other.past_years is not None and str(mine.past_years) == str(other.past_years):
        mine.past_years.stand_for(other.past_years)
    mine.shown |= other.shown
    mine.plan = mine.plan or other.plan
    mine.tables = mine.tables or other.tables
    for name in ("weights", "table_years"):
        join_words(getattr(mine, name), getattr(other, name), adds=True)
    for round_, levels in other.table_levels.items():
        join_words(mine.table_levels.setdefault(round_, {}), levels, adds=True)
    join_words(mine.fields, other.fields, adds=True)


def join_words(into: dict[str, Any], other: dict[str, Any], *, adds: bool = False) -> None:
    """Join the sources of what two files say alike; with ``adds`` also take what only one says."""
    for key, value in other.items():
        mine = into.get(key)
        if mine is None:
            if adds or (value is not None and key not in into):
                into[key] = value
        elif isinstance(mine, dict) and isinstance(value, dict):
            join_words(mine, value, adds=adds)
        elif isinstance(mine, Typed) and isinstance(value, Typed):
            if str(mine) == str(value) or fits(mine, value):
                mine.stand_for(value)
        elif isinstance(mine, list) and isinstance(value, list):
            for one, its in _pairs(mine, value):
                if isinstance(one, dict) and isinstance(its, dict):
                    join_words(one, its)
                elif not (isinstance(one, Typed) and isinstance(its, Typed)):
                    continue
                elif str(one) == str(its) or fits(one, its):
                    one.stand_for(its)


def fits(mine: str, other: str) -> bool:
    """Whether a text of the form would print another, with what its fields stand for there."""
    if "[[" not in mine:
        return False
    pattern = "".join(
        "(.*)" if part.startswith("[[") else re.escape(part)
        for part in re.split(r"(\[\[.*?\]\])", mine)
    )
    found = re.fullmatch(pattern, other)
    return found is not None and all(
        not re.sub(r"\[\[.*?\]\]|[.…_ ]", "", part) for part in found.groups()
    )


def _pairs(mine: list[Any], other: list[Any]) -> Iterator[tuple[Any, Any]]:
    """What stands for the same in two lists: fields of sheets by their names, else by place."""
    names = [_field(one) for one in mine]
    if all(names):
        for its in other:
            if _field(its) in names:
                yield mine[names.index(_field(its))], its
    elif len(mine) == len(other):
        yield from zip(mine, other, strict=True)


def _field(one: Any) -> str:
    if not isinstance(one, dict) or "parties" in one or not one.keys() - {"text"}:
        return ""
    found = [str(one[key]) for key in ("field", "text", "contacts") if key in one]
    return found[0] if len(found) == 1 else ""
