"""What units and their documents are called."""

from __future__ import annotations

import unicodedata

from ..agreements.files import UnitFile


def unit_id(unit: UnitFile) -> str:
    """The name of a unit's documents: its code without the last dot, else its file's name."""
    code = unit.file.model.code if unit.file.model is not None else None
    return unicodedata.normalize("NFC", (code or unit.id).rstrip("."))


def code_of(unit: UnitFile) -> str:
    """What plans and frames call a unit: its code, else its file's name."""
    return (unit.file.model.code if unit.file.model is not None else None) or unit.id
