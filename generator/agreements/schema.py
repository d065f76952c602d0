"""JSON Schema of every kind of YAML file, so that editors complete and check as one types.

The schemas are made from the model; what they describe is what ``reading`` accepts.
"""

from __future__ import annotations

import json
from typing import Any

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
_DIALECT = "https://json-schema.org/draft/2020-12/schema"
_PARTIAL = "Indicator"


def files() -> dict[str, bytes]:
    """The schema files by name: ``agency.json`` and so on."""
    return {
        f"{name}.json": (json.dumps(of(model), ensure_ascii=False, indent=1) + "\n").encode()
        for name, model in KINDS.items()
    }


def of(model: type[BaseModel]) -> dict[str, Any]:
    """The schema of one kind of file.

    Raw data that is laid over an indicator (``define``, ``override``, ``variants``) is
    described as an indicator of which nothing is required.
    """
    schema = model.model_json_schema(by_alias=True)
    if f'"$comment": "{_PARTIAL}"' in json.dumps(schema):
        indicator = Indicator.model_json_schema(by_alias=True)
        definitions = schema.setdefault("$defs", {})
        definitions |= indicator.pop("$defs", {})
        indicator.pop("required", None)
        definitions[_PARTIAL] = indicator
    return {"$schema": _DIALECT, **_linked(schema)}


def _linked(node: Any) -> Any:
    if isinstance(node, dict):
        if node.get("$comment") == _PARTIAL:
            about = {"description": node["description"]} if "description" in node else {}
            return {"$ref": f"#/$defs/{_PARTIAL}", **about}
        return {key: _linked(value) for key, value in node.items()}
    if isinstance(node, list):
        return [_linked(value) for value in node]
    return node
