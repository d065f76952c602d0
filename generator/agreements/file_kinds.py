"""The kinds of YAML files in an agency's folder, and where each kind stands."""

from __future__ import annotations

from pathlib import PurePath

from pydantic import BaseModel

from ..model import Agency, Answers, Indicator, Plan, Results, Survey, TargetTable, Unit, Wording

KINDS: dict[str, type[BaseModel]] = {
    "agency": Agency,
    "answers": Answers,
    "indicator": Indicator,
    "plan": Plan,
    "results": Results,
    "survey": Survey,
    "table": TargetTable,
    "unit": Unit,
    "wording": Wording,
}

_FOLDERS: dict[str, type[BaseModel]] = {
    "answers": Answers,
    "indicators": Indicator,
    "plans": Plan,
    "results": Results,
    "surveys": Survey,
    "tables": TargetTable,
}
_FILES: dict[str, type[BaseModel]] = {"agency.yaml": Agency, "wording.yaml": Wording}


def model_of(path: PurePath) -> type[BaseModel] | None:
    """The model of a file by its place in the agency's folder; None where it is no file of data."""
    if path.suffix != ".yaml":
        return None
    if len(path.parts) == 1:
        return _FILES.get(path.name, Unit)
    return _FOLDERS.get(path.parts[0])
