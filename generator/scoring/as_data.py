"""Anything of this package as plain data, for machines."""

from __future__ import annotations

from dataclasses import fields, is_dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

from ..exact import in_full
from ..model import Condition, Definitions
from .trace import Trace


def plain(value: Any) -> Any:
    """Anything of this package as mappings, lists and text, for machines.

    Numbers are exact: written out, or as a fraction (``10/3``); a step says its ``kind``.
    """
    if isinstance(value, Trace):
        return [plain(step) for step in value.steps]
    if is_dataclass(value):
        kind = getattr(value, "kind", None)
        data = {} if kind is None else {"kind": kind}
        return data | {field.name: plain(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, Definitions):
        return plain(value.model_dump())
    if isinstance(value, Condition):
        return {name: plain(part) for name, part in condition_data(value).items()}
    if isinstance(value, Decimal | Fraction):
        return in_full(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, dict):
        return {key: plain(item) for key, item in value.items()}
    if isinstance(value, tuple | list):
        return [plain(item) for item in value]
    return value


def condition_data(condition: Condition) -> dict[str, Any]:
    """The one key of a condition and what stands there."""
    return {
        name: getattr(condition, name)
        for name in Condition.model_fields
        if getattr(condition, name) is not None
    }
