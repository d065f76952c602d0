"""What a document says, as plain data: what its id is made of.

Left out is what only lays out (names of styles; widths, which are floats), and what is empty, so
that a part which a document hasn't makes no other id.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import Field, fields, is_dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from typing import Any

from ..agreements.yaml_tree import Plain

LAYOUT: Mapping[str, bool] = {"layout": True}
"""The metadata of a field that only lays out: the name of a style."""


def content(value: Any) -> Plain:
    """Everything that a context says, in order. Raises TypeError for what no context holds."""
    kind: Any = type(value)
    if kind is str:
        return str(value)
    if is_dataclass(value):
        found = {name: content(getattr(value, name)) for name in _said_by(kind)}
        return {key: one for key, one in found.items() if one}
    if isinstance(value, Mapping):
        return {str(key): content(one) for key, one in value.items()}
    if isinstance(value, tuple | list):
        return None if value and _are_widths(value) else [content(one) for one in value]
    if value is None or isinstance(value, float):
        return None
    if isinstance(value, str):
        return str(value)
    if isinstance(value, bool):
        return "true" if value else ""
    if isinstance(value, int | Decimal):
        return str(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, bytes):
        return hashlib.sha256(value).hexdigest()
    raise TypeError(f"a context holds a {type(value).__name__}")


@cache
def _said_by(kind: Any) -> tuple[str, ...]:
    """The names of the fields that say something."""
    return tuple(one.name for one in fields(kind) if not only_lays_out(one))


def only_lays_out(field: Field[Any]) -> bool:
    """Whether a field says nothing, and only lays out what others say."""
    return bool(field.metadata.get("layout"))


def _are_widths(values: tuple[Any, ...] | list[Any]) -> bool:
    return all(isinstance(one, float) for one in values)
