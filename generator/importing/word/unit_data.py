"""A unit's file of what Word files say of it: parties, duties, goals, uses of indicators."""

from __future__ import annotations

import re
from collections.abc import Mapping as AnyMapping

from ...messages import message
from .found import FoundFile, FoundIndicator
from .kept import Mapping, Typed
from .pieces import core
from .wording_data import level_of
from .words import likeness, plain_number


def unit_of(found: FoundFile, uses: AnyMapping[int, str], *, own_assessors: bool) -> Mapping:
    """The unit's file; ``uses`` are the names of its indicators' files, by their ``id``."""
    made = Mapping()
    if found.unit is not None:
        made["name"] = found.unit
        if found.unit_is_guess:
            made.guess("name", message("import-unit-guessed"))
    if found.unit_en is not None:
        made["name_en"] = found.unit_en
    made["level"] = Typed(level_of(found))
    made.guess("level", message("import-level-guessed"))
    made["status"] = Typed("draft")
    if own_assessors and found.assessors:
        made["assessors"] = [_party(one) for one in found.assessors]
    if found.assessees:
        made["assessees"] = [_party(one) for one in found.assessees]
    if found.signed is not None:
        made["signed"] = found.signed
    if found.chapters:
        made["chapters"] = found.chapters
    if found.duties:
        made["duties"] = found.duties
    strategy = _strategy(found, uses)
    if strategy:
        made["strategy"] = strategy
    made["indicators"] = [_use(found, one, uses[id(one)]) for one in found.indicators]
    return made


def _party(one: object) -> Mapping:
    made = Mapping()
    for key in ("name", "position"):
        if getattr(one, key) is not None:
            made[key] = getattr(one, key)
    return made


def _strategy(found: FoundFile, uses: AnyMapping[int, str]) -> list[Mapping]:
    rows: list[Mapping] = []
    placed: dict[int, Mapping] = {}
    for row in found.strategy:
        made = Mapping()
        if row.get("issue") is not None:
            made["issue"] = row["issue"]
        made["goals"] = row["goals"]
        keys = []
        for name in row["names"]:
            one = _named(found, name)
            if one is None:
                made.guess("indicators", message("import-goal-of-unknown", name=str(name)))
                continue
            one.name.stand_for(name)
            placed[id(one)] = made
            keys.append(Typed(uses[id(one)]))
        if keys:
            made["indicators"] = keys
        rows.append(made)
    for one in found.indicators:
        if one.issue is None and not one.goals:
            continue
        mine = placed.get(id(one))
        if mine is not None and _agree(mine, one):
            continue
        last = next((row for row in rows if _agree(row, one)), None)
        if last is None:
            last = Mapping()
            if one.issue is not None:
                last["issue"] = one.issue
            last["goals"] = list(one.goals)
            rows.append(last)
        if mine is None:
            last.setdefault("indicators", []).append(Typed(uses[id(one)]))
    return rows


def _agree(row: Mapping, one: FoundIndicator) -> bool:
    """Whether a row says an indicator's issue and goals; their sources are joined then."""
    issue, goals = row.get("issue"), row.get("goals", [])
    if core(issue or "") != core(one.issue or "") or len(goals) != len(one.goals):
        return False
    if any(core(mine) != core(other) for mine, other in zip(goals, one.goals, strict=True)):
        return False
    if issue is not None and one.issue is not None and issue is not one.issue:
        _join(issue, one.issue)
    for mine, other in zip(goals, one.goals, strict=True):
        if mine is not other:
            _join(mine, other)
    return True


def _join(mine: Typed, other: Typed) -> None:
    mine.stand_for(other)


def _named(found: FoundFile, name: Typed) -> FoundIndicator | None:
    for one in found.indicators:
        if core(one.name) == core(name):
            return one
    best = max(found.indicators, key=lambda one: likeness(one.name, name), default=None)
    return best if best is not None and likeness(best.name, name) > 0.85 else None


def _use(found: FoundFile, one: FoundIndicator, key: str) -> Mapping:
    made = Mapping(use=Typed(key))
    made["component"] = Typed(one.component.id if one.component is not None else "total")
    number = _own_number(found, one)
    if number:
        made["number"] = Typed(number)
    weights = {round_: text for round_, text in one.weights.items() if round_ != "all"}
    same = {str(text) for text in weights.values()}
    if one.weights and len(same) <= 1 and not (one.skipped and weights):
        first = next(iter(weights.values()), None) or one.weights["all"]
        for text in one.weights.values():
            if text is not first and str(text) == str(first):
                first.stand_for(text)
        made["weight"] = first
    elif weights:
        made["weight"] = Mapping(weights)
        whole = one.weights.get("all")
        for text in reversed(weights.values()):
            if whole is not None and str(text) == str(whole):
                text.stand_for(whole)
                break
    return made


def _own_number(found: FoundFile, one: FoundIndicator) -> str:
    """The number as printed, where it isn't the next one."""
    before = [other for other in found.indicators if other.component is one.component]
    through = found.indicators.index(one) + 1
    plain = plain_number(one.number)
    expected = {str(before.index(one) + 1), str(through)}
    said = one.number.strip()
    has_parts = re.search(r"ตัวชี้วัดที่\s*\d+\.\d", said)
    if not said or (plain in expected and not has_parts):
        return ""
    return said.rstrip(") ") if "." in plain else said.rstrip(".) ")
