"""Assessors in a workbook: rows below an indicator's own; earlier states kept on import."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal

from ... import thai
from ...agreements.files import DataFile
from ...agreements.model_faults import to_model
from ...agreements.yaml_tree import Node
from ...agreements.yaml_writing import PlainText
from ...errors import UsageError
from ...messages import message
from ...model import AssessedResult, Assessment, EarlierState, PartResult, Result, Results
from ...model.results import KINDS
from .rows import DONE, NOT_DONE, ReportedRow, ResultPath

ASSESSED = "assessed"
STATES = {"agreed": "เห็นด้วย", "disagreed": "ไม่เห็นด้วย", "returned": "ส่งคืน"}
"""The words that stand in a cell for a state."""

TEXTS = {
    "reason": "เหตุผล",
    "conclusion": "ข้อสรุป",
    "strengths": "จุดเด่น",
    "improve": "สิ่งที่ควรปรับปรุง",
}
_OWN = (*(kind for kind in KINDS if kind != "survey"), "text", "evidence")
_BARE = re.compile(r"-?[\d,.]+|\d{4}-\d{2}-\d{2}")


def rows_of_assessors(
    agreed: Assessment, key: str, own: list[ReportedRow], given: Result | None
) -> Iterator[ReportedRow]:
    """What each assessor is asked; of the first, who reports, only what is said already."""
    for index, assessor in enumerate(agreed.by):
        said = given.assessed.get(assessor.id) if given is not None else None
        if index == 0 and said is None:
            continue
        at = (key, ASSESSED, assessor.id)
        rows = [*_words(at, said)] if index == 0 else [*_asked(at, own, said)]
        for row in rows:
            yield replace(row, item=f"{assessor.name}: {row.item}", alone=True)


def state_of(text: str) -> str | None:
    """The state that a cell's words mean."""
    words = thai.folded(text).replace(" ", "")
    return next((key for key, name in STATES.items() if words in (name, key)), None)


def _asked(
    at: ResultPath, own: list[ReportedRow], said: AssessedResult | None
) -> Iterator[ReportedRow]:
    state = STATES[said.state] if said is not None and said.state is not None else None
    yield ReportedRow((*at, "state"), "ความเห็นต่อผลข้างต้น", "state", given=state)
    score = said.score if said is not None else None
    yield ReportedRow((*at, "score"), "คะแนนที่ให้", "number", "คะแนน", score)
    for row in own:
        inner = row.path[1:]
        if inner[-1:] == ("value",):
            item = row.item if inner[0] == "parts" else "ผลที่เห็นว่าถูกต้อง"
            yield ReportedRow((*at, *inner), item, "number", row.measure, _value(said, inner))
        elif inner[-2:-1] in (("done",), ("checked",)):
            mark = _mark(said, inner)
            yield ReportedRow((*at, *inner), row.item, "tick", given=mark)
    if said is not None:
        yield from _figures(at, said)
        for name, part in (said.parts or {}).items():
            yield from _figures((*at, "parts", name), part)
    yield from _words(at, said)


def _words(at: ResultPath, said: AssessedResult | None) -> Iterator[ReportedRow]:
    for field, item in TEXTS.items():
        words = getattr(said, field) if said is not None else None
        yield ReportedRow((*at, field), item, "text", given=words)
    day = _written(said.day) if said is not None else None
    yield ReportedRow((*at, "day"), "วันที่ประเมิน", "day", given=day)


def _place(said: AssessedResult | None, inner: ResultPath) -> PartResult | None:
    if said is None or inner[0] != "parts":
        return said
    return (said.parts or {}).get(inner[1])


def _value(said: AssessedResult | None, inner: ResultPath) -> Decimal | None:
    place = _place(said, inner)
    return place.typed if place is not None else None


def _mark(said: AssessedResult | None, inner: ResultPath) -> str | None:
    place = _place(said, inner)
    if place is None:
        return None
    ticked = place.checked if inner[-2] == "checked" else place.done
    if ticked is None:
        return None
    return DONE if inner[-1] in map(str, ticked) else NOT_DONE


def _figures(at: ResultPath, said: PartResult) -> Iterator[ReportedRow]:
    """Figures that an assessor gave; nobody is asked for them a second time."""
    for name, has in (said.inputs or {}).items():
        if not isinstance(has, Mapping):
            yield ReportedRow((*at, "inputs", name), name, "number", given=has)
            continue
        for month, figure in has.items():
            path = (*at, "inputs", name, month)
            yield ReportedRow(path, f"{name} {month}", "number", given=figure)


# What an import keeps


def kept(before: DataFile[Results], node: Node, agreed: Assessment, today: date) -> Node:
    """New results with what they replace as earlier states, and with appeals.

    What an assessor said of a result that is another one now is an earlier state, too: it has to
    be assessed again. Raises UsageError where a result that was assessed is taken out.
    """
    new, _ = to_model(node, Results)
    if before.model is None or new is None or not isinstance(node.value, dict):
        return node
    results = node.value["results"]
    assert isinstance(results.value, dict)
    made, lost = dict(results.value), []
    for key, was in before.model.results.items():
        if key in made:
            old = before.node.find(("results", key))
            made[key] = _kept(old, made[key], was, new.results[key], agreed, today)
        elif was.assessed or was.earlier or was.appeal:
            lost.append(key)
    if lost:
        raise UsageError(message("assessed-result-emptied", indicators=tuple(lost)))
    return replace(node, value={**node.value, "results": replace(results, value=made)})


def _kept(old: Node, node: Node, was: Result, now: Result, agreed: Assessment, today: date) -> Node:
    assert isinstance(old.value, dict)
    assert isinstance(node.value, dict)
    fields, states = dict(node.value), _list(old.child("earlier"))
    said = dict(_mapping(fields.pop(ASSESSED, None)))
    first, *others = [assessor.id for assessor in agreed.by]
    own = [name for name in _OWN if getattr(was, name)]
    changed = any(getattr(was, name) != getattr(now, name) for name in _OWN)
    if changed and not was.only_words:
        states.append(_state(first, {name: old.value[name] for name in own}, today))
    for name in (first, *others):
        before = was.assessed.get(name)
        if before is None:
            continue
        again = now.assessed.get(name) != before
        if again or (changed and name != first):
            states.append(_state(name, _mapping(old.find((ASSESSED, name))), today))
            changed = True
            if not again:
                said.pop(name, None)
    if said:
        fields[ASSESSED] = Node(said, node.location)
    if states:
        fields["earlier"] = Node(states, node.location)
    if (appeal := old.child("appeal")) is not None:
        fields["appeal"] = _typed(appeal)
    return replace(node, value=fields)


def _state(by: str, fields: Mapping[str, Node], today: date) -> Node:
    """An earlier state: whose, what it said, and when something took its place."""
    there = next(iter(fields.values())).location
    known = {name: _typed(one) for name, one in fields.items() if name in EarlierState.model_fields}
    replaced = Node(PlainText(_written(today)), there)
    return Node({"by": Node(by, there), **known, "replaced": replaced}, there)


def _written(day: date) -> str:
    return f"{day.year + 543}-{day:%m-%d}"


def _typed(node: Node) -> Node:
    """A node whose figures and days are written as they were typed, without quotes."""
    if isinstance(node.value, dict):
        return replace(node, value={key: _typed(one) for key, one in node.value.items()})
    if isinstance(node.value, list):
        return replace(node, value=[_typed(one) for one in node.value])
    if node.value is not None and _BARE.fullmatch(node.value):
        return replace(node, value=PlainText(node.value))
    return node


def _mapping(node: Node | None) -> dict[str, Node]:
    return node.value if node is not None and isinstance(node.value, dict) else {}


def _list(node: Node | None) -> list[Node]:
    return [_typed(one) for one in node.value] if node and isinstance(node.value, list) else []
