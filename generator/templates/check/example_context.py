"""A document's context with example data, made of its types: what a template is rendered with."""

from __future__ import annotations

import datetime
import typing
from dataclasses import fields
from decimal import Decimal
from fractions import Fraction
from functools import cache
from typing import Any

from .context_types import ContextClass, Either, Many, Maybe, Plain, Type, type_of

DEEPEST = 12
"""How far records may hold each other before lists stay empty."""

PLAIN = 12
"""How many words or figures a list of them holds."""

_PLAIN: dict[type, object] = {
    str: "ตัวอย่าง",
    bool: True,
    int: 1,
    float: 1.0,
    bytes: b"",
    Decimal: Decimal(1),
    Fraction: Fraction(1),
    datetime.date: datetime.date(2026, 1, 1),
}


def of(cls: type, depth: int = 0) -> Any:
    """An instance of a context's class: nothing is missing, every list holds one item.

    A list of words or figures holds ``PLAIN``. Of several types it is the first, of several
    words each document's first.
    """
    hints = _hints(cls)
    made = {
        field.name: _value(type_of(hints[field.name]), depth + 1)
        for field in fields(cls)
        if field.init
    }
    return cls(**made)


@cache
def _hints(cls: type) -> dict[str, Any]:
    return typing.get_type_hints(cls)


def _value(found: Type, depth: int) -> Any:
    match found:
        case Plain(cls, values):
            return values[0] if values else _PLAIN.get(cls)
        case ContextClass(cls):
            return of(cls, depth)
        case Maybe(inner):
            return _value(inner, depth) if depth < DEEPEST else None
        case Many(item, parts):
            if parts:
                return tuple(_value(part, depth) for part in parts)
            # Templates ask for one word or figure of many by its number, never for a record.
            count = PLAIN if isinstance(item, Plain) else 1
            return (_value(item, depth),) * count if depth < DEEPEST else ()
        case Either(options):
            return _value(options[0], depth)
    return _PLAIN[str]
