"""What is typed in fields, as changes of files: shorthands opened, what is emptied taken out."""

from __future__ import annotations

import time
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from ...agreements import own_keys, yaml_tree
from ...agreements.changes import Change, Inserted, KeyPath, Moved, Put, Removed, applied
from ...agreements.file_kinds import model_of
from ...agreements.yaml_tree import Plain
from ...errors import UsageError
from ...messages import message
from . import csv_text
from .desk import Desk
from .places import FieldPlace

SHORT = "text"
"""The key that a plain text stands for, where a mapping with it could stand."""


@dataclass(frozen=True, slots=True)
class TypedText:
    """A text that is typed in a field; an empty one takes out what stands there."""

    place: FieldPlace
    text: str


@dataclass(frozen=True, slots=True)
class AddedItem:
    """An item put into a list, at the index that ends the place, or behind its last one."""

    place: FieldPlace
    value: Plain


@dataclass(frozen=True, slots=True)
class RemovedItem:
    """An item of a list, or a key, taken out."""

    place: FieldPlace


@dataclass(frozen=True, slots=True)
class MovedItem:
    """An item of a list at another index."""

    place: FieldPlace
    to: int


@dataclass(frozen=True, slots=True)
class PutData:
    """Data in place of what stands there."""

    place: FieldPlace
    value: Plain


@dataclass(frozen=True, slots=True)
class NewFile:
    """A file that wasn't there, with its text."""

    place: FieldPlace
    text: str


FieldEdit = TypedText | AddedItem | RemovedItem | MovedItem | PutData | NewFile


def edit(desk: Desk, edits: Iterable[FieldEdit], what: str, *, field: str = "") -> None:
    """Make edits of one doing, one after the other; undo takes them back together.

    Raises UsageError, FileError; files before the one at fault keep their edits.
    """
    by_file: dict[str, list[FieldEdit]] = {}
    for one in edits:
        by_file.setdefault(one.place.file, []).append(one)
    moment = time.time_ns()
    for name, of_file in by_file.items():
        if isinstance(begun := of_file[0], NewFile):
            desk.write(name, begun.text, what, moment=moment)
            continue
        if name.endswith(".csv"):
            text = _csv(desk.file(name).text, of_file)
            desk.write(name, text, what, field=field, moment=moment)
            continue
        data = plain_of(desk, name)
        changes: list[Change] = []
        for one in of_file:
            for change in _changes(data, one):
                data = applied(data, [change])
                changes.append(change)
        if changes:
            desk.change(name, changes, what, field=field, moment=moment)


def _csv(text: str, edits: Iterable[FieldEdit]) -> str:
    """A CSV after edits; a place in it is its row and column, from 1."""
    for one in edits:
        row = int(one.place.path[0])
        if isinstance(one, TypedText):
            text = csv_text.with_cells(text, [(row, int(one.place.path[1]), one.text)])
        elif isinstance(one, AddedItem):
            text = csv_text.with_row(text, row)
        elif isinstance(one, RemovedItem):
            text = csv_text.without_row(text, row)
    return text


def plain_of(desk: Desk, name: str) -> Plain:
    """The data of a file as it is edited, with English keys."""
    file = desk.file(name)
    model = model_of(Path(name))
    if model is None:
        raise UsageError(message("no-file-of-data", file=name))
    read = own_keys.in_english(yaml_tree.parse(file.path, file.text.encode()), model)
    if read.node is None:
        raise UsageError(message("file-to-edit-at-fault", file=name))
    return read.node.plain()


def _changes(data: Plain, one: FieldEdit) -> Iterable[Change]:
    path = one.place.path
    match one:
        case TypedText(text=text):
            return _typed(data, path, text.replace("\r\n", "\n").replace("\r", "\n"))
        case AddedItem(value=value):
            return _added(data, path, value)
        case RemovedItem():
            return [Removed(path)] if has(data, path) else []
        case MovedItem(to=to):
            return [] if path[-1] == to else [Moved(path, to)]
        case NewFile():
            return []
        case PutData(value=value):
            return [] if value_at(data, path) == value and has(data, path) else [Put(path, value)]


def _typed(data: Plain, path: KeyPath, text: str) -> list[Change]:
    for end in range(1, len(path)):
        above = value_at(data, path[:end])
        if isinstance(above, str):
            return _in_shorthand(above, path[:end], path[end:], text)
        if above is None:
            break
    there = value_at(data, path)
    if (there or "") == text or (isinstance(there, str) and there.rstrip("\n") == text):
        return []
    if text:
        return [Put(path, text)]
    if not has(data, path):
        return []
    if isinstance(path[-1], int):
        return [Put(path, "")]
    return [Removed(_emptied(data, path))] if "override" in path else [Put(path, None)]


def _in_shorthand(above: str, path: KeyPath, rest: KeyPath, text: str) -> list[Change]:
    """A field below a plain text that stands for a mapping."""
    if rest == (SHORT,):
        return [] if above == text else [Put(path, text)]
    if not text:
        return []
    inner: Plain = text
    for step in reversed(rest[1:]):
        inner = {str(step): inner}
    return [Put(path, {SHORT: above, str(rest[0]): inner})]


def _emptied(data: Plain, path: KeyPath) -> KeyPath:
    """What an override no longer needs when one of its fields is taken out."""
    while len(path) > 1 and "override" in path[:-1]:
        above = value_at(data, path[:-1])
        if not isinstance(above, dict) or len(above) > 1:
            break
        path = path[:-1]
    return path


def _added(data: Plain, path: KeyPath, value: Plain) -> list[Change]:
    if not isinstance(path[-1], int):
        held = value_at(data, path)
        if not isinstance(held, list) or not held:
            return [Put(path, [value])]
        return [Put((*path, len(held)), value)]
    held = value_at(data, path[:-1])
    length = len(held) if isinstance(held, list) else 0
    return [Inserted(path, value)] if path[-1] < length else [Put((*path[:-1], length), value)]


def value_at(data: Plain, path: KeyPath) -> Plain:
    """What stands at a place of some data; None where nothing does."""
    for step in path:
        if isinstance(data, dict):
            data = data.get(str(step))
        elif isinstance(data, list) and isinstance(step, int) and 0 <= step < len(data):
            data = data[step]
        else:
            return None
    return data


def has(data: Plain, path: KeyPath) -> bool:
    """Whether a key or an item is there, be it empty."""
    above = value_at(data, path[:-1])
    if isinstance(above, list):
        return isinstance(path[-1], int) and 0 <= path[-1] < len(above)
    return isinstance(above, dict) and str(path[-1]) in above


def for_unit(desk: Desk, shared: FieldPlace, own: FieldPlace) -> list[FieldEdit]:
    """What a unit needs to say a field otherwise than the others: lists are copied as a whole.

    ``own`` is the field in the unit's override, ``shared`` the one that others have too.
    """
    offset = len(own.path) - len(shared.path)
    at = next((n for n, step in enumerate(own.path[3:], start=3) if isinstance(step, int)), None)
    if at is None and isinstance(value_at(plain_of(desk, shared.file), shared.path), list):
        at = len(own.path)
    if at is None or has(plain_of(desk, own.file), own.path[:at]):
        return []
    whole = value_at(plain_of(desk, shared.file), shared.path[: at - offset])
    return [PutData(FieldPlace(own.file, own.path[:at]), whole)]
