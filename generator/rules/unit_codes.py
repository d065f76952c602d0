"""No two units have one code, and none has a name that is kept for others."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from .. import thai
from ..agreements.document_names import unit_id
from ..agreements.files import UnitFile
from ..diagnostics import Diagnostic, fault

RESERVED_IDS = {"blank", "agency", "wording"}


def check(units: Sequence[UnitFile]) -> Iterator[Diagnostic]:
    """No two units have one code: they would write the same files."""
    first: dict[str, UnitFile] = {}
    for unit in units:
        if unit.file.model is None:
            continue
        key = thai.folded(unit_id(unit)).casefold()
        if key in RESERVED_IDS:
            yield fault("unit-name-reserved", unit.file.node.at("code"), name=key)
        other = first.setdefault(key, unit)
        if other is not unit:
            yield fault(
                "unit-code-twice",
                unit.file.node.at("code"),
                code=unit_id(unit),
                other=other.file.path.name,
            )
