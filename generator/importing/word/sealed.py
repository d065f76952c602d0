"""PDFs that gen made, read from the source inside: what they were made from, as files again."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from ... import verify
from ...agreements import record, unsealing, yaml_tree
from ...diagnostics import Diagnostic, Location, errors, fault
from ...errors import GenError
from ...messages import message
from .kept import Mapping, Typed

SOURCE = "source.yaml"

_ELSEWHERE = ("form", "personal", "frames", "matrix")
"""Parts of an agency's file that name units and indicators which one document doesn't hold."""


def read(path: Path, data: bytes) -> dict[str, Mapping] | Diagnostic:
    """The files that the source in a PDF stands for, by path; or why there are none.

    Indicators become files of their own; a unit's file is called as it was.
    """
    try:
        found = verify.read_pdf(data, path.name)
    except GenError:
        return fault("pdf-without-source", Location(path))
    source = next((file.data for file in found.facts.attached if file.name == SOURCE), None)
    if source is None or len(source) > record.MAX_SOURCE:
        return fault("pdf-without-source", Location(path))
    read_file = yaml_tree.parse(path, source)
    if read_file.node is None or errors(read_file.faults):
        return fault("pdf-without-source", Location(path))
    try:
        sealed = unsealing.unsealed(read_file, path)
    except GenError:
        return fault("pdf-without-source", Location(path))
    whole = read_file.node.plain()
    if not isinstance(whole, dict) or sealed.options.scope != "unit":
        return fault("pdf-of-no-unit", Location(path))
    files: dict[str, Mapping] = {
        "agency.yaml": _kept(whole.get("agency")),
        "wording.yaml": _kept(whole.get("wording")),
    }
    unit = _kept(whole.get("unit"))
    dropped = [key for key in _ELSEWHERE if files["agency.yaml"].pop(key, None)]
    dropped += [key for key in ("parent",) if unit.pop(key, None)]
    for use in unit.get("indicators") or []:
        dropped += [key for key in ("derive", "surveys", "result") if use.pop(key, None)]
        key = str(use.get("id") or use.get("use") or "")
        define = use.pop("define", None)
        if key and isinstance(define, dict):
            files[f"indicators/{key}.yaml"] = define  # type: ignore[assignment]
            use.pop("id", None)
            use["use"] = Typed(key)
    files[f"{sealed.unit.id}.yaml"] = unit
    for name, plan in _members(whole.get("plans")):
        files[f"plans/{name}.yaml"] = plan
    for name, table in _members(whole.get("tables")):
        made = table.get("table")
        if isinstance(made, Mapping):
            made["csv"] = Typed(f"{name}.csv")
            made.rows = [
                [Typed(str(cell or "")) for cell in row] for row in table.get("rows") or []
            ]
            files[f"tables/{name}.yaml"] = made
    if dropped:
        said = message("import-references-left-out", keys=tuple(dict.fromkeys(dropped)))
        unit.guess("level", said)
    return files


def _members(data: Any) -> list[tuple[str, Mapping]]:
    return [(name, _kept(one)) for name, one in data.items()] if isinstance(data, dict) else []


def _kept(data: Any) -> Any:
    if isinstance(data, dict):
        return Mapping({key: _kept(value) for key, value in data.items()})
    if isinstance(data, list):
        return [_kept(value) for value in data]
    return Typed(data) if isinstance(data, str) else data
