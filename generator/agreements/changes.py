"""What can be changed in a file's data, and what the data are afterwards."""

from __future__ import annotations

import copy
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from .. import thai
from ..errors import UsageError
from ..messages import message
from .yaml_tree import Plain

KeyPath = tuple[str | int, ...]
"""Keys and indices (from 0) that lead to a value."""


@dataclass(frozen=True, slots=True)
class Put:
    """``value`` at ``path``, in place of what stands there or behind the last entry.

    Mappings and lists on the way that aren't there are made; an index just behind the last one of
    a list adds an item.
    """

    path: KeyPath
    value: Plain


@dataclass(frozen=True, slots=True)
class Removed:
    """Nothing at ``path`` any more: neither the key nor the item."""

    path: KeyPath


@dataclass(frozen=True, slots=True)
class Inserted:
    """``value`` as an item of a list, before the one that stands at ``path``."""

    path: KeyPath
    value: Plain


@dataclass(frozen=True, slots=True)
class Moved:
    """The item at ``path`` goes to the index ``to`` of its list, with the comments above it."""

    path: KeyPath
    to: int


Change = Put | Removed | Inserted | Moved


def applied(data: Plain, changes: Iterable[Change]) -> Plain:
    """The data as they are to be after the changes."""
    root: Any = copy.deepcopy(data)
    for change in changes:
        *above, last = change.path
        holder = root
        for index, step in enumerate(above):
            empty: Any = [] if isinstance(change.path[index + 1], int) else {}
            holder = _step(holder, step, change.path[: index + 1], empty)
        _ask(holder, last, change)
    return root  # type: ignore[no-any-return]


def _step(holder: Any, step: str | int, path: KeyPath, empty: Any) -> Any:
    """What stands at a step; ``empty`` where nothing does."""
    if isinstance(holder, list) and step == len(holder):
        holder.append(None)
    is_key = isinstance(holder, dict) and isinstance(step, str)
    if is_key or (isinstance(holder, list) and isinstance(step, int) and 0 <= step < len(holder)):
        if (holder.get(step) if is_key else holder[step]) is None:
            holder[step] = empty
        return holder[step]
    raise UsageError(message("nothing-at-key", key=words_of(path)))


def _ask(holder: Any, last: str | int, change: Change) -> None:
    is_list = isinstance(holder, list) and isinstance(last, int)
    length = len(holder) if is_list else 0
    match change:
        case Put(value=value) if isinstance(holder, dict) and isinstance(last, str):
            holder[last] = as_typed(holder.get(last), value)
        case Put(value=value) if is_list and last == length:
            holder.append(value)
        case Put(value=value) if is_list and 0 <= int(last) < length:
            holder[last] = as_typed(holder[last], value)
        case Inserted(value=value) if is_list and 0 <= int(last) <= length:
            holder.insert(last, value)
        case Removed() if isinstance(holder, dict) and last in holder:
            del holder[last]
        case Removed() if is_list and 0 <= int(last) < length:
            del holder[last]
        case Moved(to=to) if is_list and 0 <= int(last) < length and 0 <= to < length:
            holder.insert(to, holder.pop(int(last)))
        case _:
            raise UsageError(message("nothing-at-key", key=words_of(change.path)))


def as_typed(old: Plain, new: Plain) -> Plain:
    """A text with the letters of Unicode; one of lines ends with its line break, as before."""
    if not isinstance(new, str):
        return new
    new = thai.without_private(new)
    is_block = isinstance(old, str) and old.endswith("\n") and bool(new.strip("\n"))
    return new.rstrip("\n") + "\n" if is_block else new


def words_of(path: KeyPath) -> str:
    """A path as messages name it."""
    return "/".join(str(step) for step in path)
