"""Faults for machines."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from ..diagnostics import Diagnostic, shown_first
from ..messages import Message, Parameter


def as_json(faults: Iterable[Diagnostic], root: Path) -> list[dict[str, Any]]:
    """Those that are shown: code and parameters, the sentence, the remedy, and the place.

    A file is named as seen from ``root``. A parameter is text, a number, a list, or another
    sentence with its code; a fault without a code has none in the catalogue.
    """
    return [_as_json(fault, root) for fault in shown_first(faults)]


def _as_json(fault: Diagnostic, root: Path) -> dict[str, Any]:
    parameters = fault.said.parameters if isinstance(fault.said, Message) else {}
    return {
        "file": fault.location.shown(root).split(":")[0],
        "line": fault.location.line,
        "column": fault.location.column,
        "severity": fault.severity.value,
        "code": fault.code,
        "parameters": {name: _plain(value) for name, value in parameters.items()},
        "message": fault.message,
        "hint": fault.hint,
    }


def _plain(value: Parameter) -> Any:
    if isinstance(value, Message):
        parameters = {name: _plain(inner) for name, inner in value.parameters.items()}
        return {"code": value.code, "parameters": parameters, "message": str(value)}
    if isinstance(value, tuple):
        return [_plain(one) for one in value]
    return value
