"""What a context's values are to those who count and keep: how many, and by what known."""

from __future__ import annotations

import hashlib
import marshal
from collections.abc import Callable, Iterator
from dataclasses import dataclass, fields, is_dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from operator import attrgetter
from typing import Any

from jinja2.runtime import LoopContext

_UNSHARED = 2
"""The version of marshal's format in which equal values have equal bytes, whatever they share."""


@dataclass(frozen=True, slots=True)
class Spent:
    """What was made, and how: steps, letters, and elements."""

    steps: int = 0
    letters: int = 0
    elements: int = 0

    def __add__(self, other: Spent) -> Spent:
        return Spent(
            self.steps + other.steps,
            self.letters + other.letters,
            self.elements + other.elements,
        )

    def within(self, most: Spent) -> bool:
        """Whether it is no more than so much."""
        return (
            self.steps <= most.steps
            and self.letters <= most.letters
            and self.elements <= most.elements
        )


@dataclass(frozen=True, slots=True)
class ToldValue:
    """What tells a value from others (SHA-256), how many it holds, and its texts."""

    digest: bytes
    count: int
    texts: tuple[str, ...]


def told(value: Any) -> ToldValue:
    """What there is to know of a value without what it is. Raises TypeError, ValueError."""
    texts: list[str] = []
    others: list[None] = []
    data = marshal.dumps(_plain(value, texts, others), _UNSHARED)
    count = len(others) + len(texts) + sum(len(text) // 64 for text in texts)
    return ToldValue(hashlib.sha256(data).digest(), count, tuple(texts))


def _plain(value: Any, texts: list[str], others: list[None]) -> Any:
    """A value as lists and texts; ``others`` gets one for each that is neither text nor record."""
    kind = value.__class__
    if kind is str:
        texts.append(value)
        return value
    if (parts := parts_of(kind)) is not None:
        return kind.__qualname__, [_plain(one, texts, others) for one in parts(value)]
    others.append(None)
    if kind in (tuple, list):
        return [_plain(one, texts, others) for one in value]
    if value is None or kind in (bool, int, float, bytes):
        return value
    if kind is dict:
        return {}, [(_plain(key, [], []), _plain(one, texts, others)) for key, one in value.items()]
    if kind in (set, frozenset):
        return kind.__name__, sorted(map(str, value))
    if kind in (date, Decimal):
        return kind.__qualname__, str(value)
    raise TypeError(kind)


def count_values(value: Any) -> int:
    """How many values a part of a context holds; a long text counts for several."""
    if isinstance(value, str):
        return 1 + len(value) // 64
    if isinstance(value, list | tuple):
        return 1 + sum(map(count_values, value))
    if (parts := parts_of(value.__class__)) is not None:
        return sum(map(count_values, parts(value)))
    if isinstance(value, dict):
        return 1 + sum(map(count_values, value.values()))
    return 1


@cache
def names_of(kind: type) -> tuple[str, ...] | None:
    """The fields of the values of a class; None where it is no dataclass."""
    return tuple(field.name for field in fields(kind)) if is_dataclass(kind) else None


@cache
def fields_of(kind: type) -> frozenset[str]:
    """What templates may read of the values of a class of records."""
    return frozenset(name for name in names_of(kind) or () if not name.startswith("_"))


@cache
def parts_of(kind: type) -> Callable[[Any], tuple[Any, ...]] | None:
    """What gives the values of a record's fields; None where a class is none of records."""
    names = names_of(kind)
    if names is None or len(names) > 1:
        return None if names is None else attrgetter(*names)
    return lambda record: tuple(getattr(record, name) for name in names)


@cache
def sort_of(kind: type) -> str:
    """What values of a class are to those who count: a text, items, one by one, or one."""
    if issubclass(kind, str):
        return "text"
    if issubclass(kind, list | tuple | dict):
        return "items"
    if issubclass(kind, LoopContext):
        return "loop"
    if issubclass(kind, Iterator):
        return "one by one"
    return "set" if issubclass(kind, set) else "one"


def weight_of(value: Any) -> int:
    """How much a value is, roughly: its letters, or its items with theirs."""
    if isinstance(value, str):
        return len(value)
    if isinstance(value, list | tuple | dict):
        return sum(
            1 + (len(one) if isinstance(one, str | list | tuple | dict) else 8) for one in value
        )
    return 1
