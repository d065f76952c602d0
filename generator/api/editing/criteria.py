"""The official table of criteria: words and condition of each level; what a value would score."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from ...agreements.changes import KeyPath
from ...agreements.model_faults import to_model
from ...agreements.yaml_tree import Node, Plain
from ...diagnostics import Location
from ...exact import bare
from ...messages import Message, message
from ...model import Criteria, CriteriaPart, Indicator, PartResult, Result
from ...model.criteria import CONDITIONS, LevelMark
from ...model.fields import number
from ...scoring import IndicatorScore, Refused, explain
from ...scoring import conditions as condition_words
from ...scoring.borrowing import FoundResult
from ...scoring.judging import ScoringContext, judge_part
from ...scoring.refusal import ResultSpot
from . import merged_nodes
from .field_edits import FieldEdit, PutData, RemovedItem, plain_of, value_at
from .merged_nodes import text_at
from .places import FieldPlace, FieldValue, walk
from .unit_view import UnitView, UseView

PLAIN = ("at_least", "more_than", "at_most", "less_than", "between", "equals", "done")
"""Conditions that are one figure or two."""


@dataclass(frozen=True, slots=True)
class LevelCell:
    """A level of a table: its words, and what stands behind them."""

    level: str
    name: str
    text: FieldValue
    kind: str
    """The condition's key, ``value`` where points are read, empty where there is none."""
    figures: tuple[str, ...]
    words: str
    """A condition made of others, in words; it is changed in the file."""
    place: FieldPlace
    own: FieldPlace | None


@dataclass(frozen=True, slots=True)
class LevelsRow:
    """Criteria of a round, or a part of them."""

    round: str
    part: str
    name: str
    read: FieldValue
    path: KeyPath
    cells: tuple[LevelCell, ...]


def rows(view: UnitView, use: UseView) -> tuple[LevelsRow, ...]:
    """The rows of an indicator's table; of one without criteria those to be."""
    criteria = use.node.child("criteria")
    keys = [*criteria.value] if criteria is not None and isinstance(criteria.value, dict) else []
    return tuple(row for key in keys or ["all"] for row in _rows(view, use, key))


def _rows(view: UnitView, use: UseView, key: str) -> Iterator[LevelsRow]:
    path: KeyPath = ("criteria", key)
    node = _at(use.node, path)
    scale = text_at(node, "scale")
    parts = node.child("parts") if node is not None else None
    if parts is None or not isinstance(parts.value, list):
        yield _row(view, use, path, (key, "", ""), scale)
        return
    for index, part in enumerate(parts.value):
        below = (*path, "parts", index)
        named = text_at(part, "id"), text_at(part, "name")
        yield _row(view, use, below, (key, *named), text_at(part, "scale") or scale)


def _row(
    view: UnitView, use: UseView, path: KeyPath, named: tuple[str, str, str], scale: str
) -> LevelsRow:
    agency = view.agency
    of = None
    if agency is not None:
        of = agency.scales.get(scale or view.shell.scale or agency.scale)
    cells = tuple(
        _cell(view, use, (*path, "levels", level.id), level.id, level.name)
        for level in (of.levels if of is not None else ())
    )
    return LevelsRow(*named, view.of_indicator(use, *path, "read"), path, cells)


def _at(node: Node, path: KeyPath) -> Node | None:
    found: Node | None = node
    for step in path:
        found = found.child(step) if found is not None else None
    return found


def _cell(view: UnitView, use: UseView, path: KeyPath, level: str, name: str) -> LevelCell:
    node = _at(use.node, path)
    own = FieldPlace(view.name, ("indicators", use.index, "override", *path))
    if node is not None and isinstance(node.value, str):  # plain words stand for the level
        short = view.of_indicator(use, *path)
        text = FieldValue(short.place.below("text"), short.value, _below(short.own, "text"))
    else:
        text = view.of_indicator(use, *path, "text")
    place = FieldPlace(text.place.file, text.place.path[:-1])
    kind, words = "", ""
    figures: tuple[str, ...] = ()
    for key in (*CONDITIONS, "value"):
        child = node.child(key) if node is not None else None
        if child is None or child.value is None:
            continue
        kind = key
        if isinstance(child.value, list) and key in PLAIN:
            figures = tuple(text_at(one) for one in child.value)
        elif isinstance(child.value, str):
            figures = (child.value,)
        else:
            mark, _ = to_model(node, LevelMark) if node is not None else (None, ())
            words = str(condition_words.words(mark)) if mark is not None else key
        break
    return LevelCell(
        level, name, text, kind, figures, words, place, None if text.own is None else own
    )


def _below(place: FieldPlace | None, step: str) -> FieldPlace | None:
    return None if place is None else place.below(step)


def conditioned(
    view: UnitView, place: FieldPlace, kind: str, figures: tuple[str, ...], words: str
) -> list[FieldEdit]:
    """A level's condition as it is typed: of another kind, the old one goes.

    ``words`` are the level's own, for a level that stands as plain words so far.
    """
    there = value_at(plain_of(view.desk, place.file), place.path)
    masked = _masked(view, place, kind)
    if not isinstance(there, dict):
        if not (kind or masked):
            return []
        known = there if isinstance(there, str) else words
        said: dict[str, Plain] = {"text": known, **dict.fromkeys(masked)}
        if kind:
            said[kind] = _condition(kind, figures)
        return [PutData(place, said)]
    gone = [key for key in (*CONDITIONS, "value") if key in there and key != kind]
    edits: list[FieldEdit] = [RemovedItem(place.below(key)) for key in gone if key not in masked]
    if kind:
        edits.insert(0, PutData(place.below(kind), _condition(kind, figures)))
    return [*edits, *(PutData(place.below(key), None) for key in masked)]


def _condition(kind: str, figures: tuple[str, ...]) -> Plain:
    if kind == "between":
        ends: list[Plain] = [*figures[:2], *[""] * (2 - len(figures[:2]))]
        return ends
    return figures[0] if figures else ""


def _masked(view: UnitView, place: FieldPlace, kind: str) -> list[str]:
    """Conditions that others share and that the unit's override takes out."""
    if place.path[2:3] != ("override",) or place.file != view.name:
        return []
    use = next((use for use in view.uses if use.index == place.path[1]), None)
    if use is None:
        return []
    shared = merged_nodes.indicator(view.folder, view.node, use.use.without("override"))
    level = _at(shared, place.path[3:])
    if level is None or not isinstance(level.value, dict):
        return []
    return [
        key
        for key in (*CONDITIONS, "value")
        if key != kind and (child := level.child(key)) is not None and child.value is not None
    ]


def each_round(view: UnitView, use: UseView) -> list[FieldEdit]:
    """Criteria that hold in all rounds, said for each: so that they can differ from then on."""
    for _, leaf in walk(use.node.find(("criteria", "all"))):
        place = view.places.get(leaf.location)
        if place is None or "criteria" not in place.path:
            continue
        end = place.path.index("criteria") + 1
        if place.path[end : end + 1] != ("all",):
            continue
        holder = FieldPlace(place.file, place.path[:end])
        held = value_at(plain_of(view.desk, place.file), (*holder.path, "all"))
        return [PutData(holder, {r.id: held for r in view.rounds})]
    return []


@dataclass(frozen=True, slots=True)
class SupposedLevel:
    """What a value would score by criteria, with the steps in words; or why it has no score."""

    points: str
    level: str
    steps: tuple[str, ...]
    fault: Message | str = ""


def supposed(view: UnitView, use: UseView, row: LevelsRow, text: str) -> SupposedLevel:
    """What a value (for milestones: the steps that are done, ``1, 2``) would score."""
    indicator, faults = to_model(use.node, Indicator)
    if indicator is None or view.agency is None:
        said = faults[0].said if faults else message("criteria-not-sound")
        return SupposedLevel("", "", (), said)
    criteria = indicator.criteria.get(row.round)
    reading: Criteria | CriteriaPart | None = criteria
    if criteria is not None and row.part:
        part = next((part for part in criteria.parts if part.id == row.part), None)
        reading = criteria.of_part(part) if part is not None else None
    result = _result(reading, text)
    if reading is None or result is None:
        return SupposedLevel("", "", (), message("no-number", written=text))
    spot = ResultSpot("", Node({}, Location(view.desk.folder / view.name)))
    found = FoundResult(Result(value=result.value, done=result.done), spot, "", indicator.value)
    context = ScoringContext(view.agency, view.shell, indicator, {})
    score = judge_part(reading, result, found, context)
    if isinstance(score, IndicatorScore):
        steps = tuple(explain.lines(score.trace))
        return SupposedLevel(bare(explain.rounded(score.points)), score.level or "", steps)
    said = score.faults[0].said if isinstance(score, Refused) else message("criteria-not-sound")
    return SupposedLevel("", "", (), said)


def _result(reading: Criteria | CriteriaPart | None, text: str) -> PartResult | None:
    figures = [number(part.strip()) for part in text.replace(";", ",").split(",") if part.strip()]
    marks = reading.levels.values() if reading is not None else ()
    if any(m.done is not None for m in marks):
        done = [int(f) for f in figures if f is not None and f == int(f)]
        return PartResult(done=done) if len(done) == len(figures) else None
    one = number(text.strip())
    return None if one is None else PartResult(value=one)
