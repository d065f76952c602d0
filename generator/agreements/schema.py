"""JSON Schema of every kind of YAML file, so that editors complete and check as one types.

The schemas are made from the model; what they describe is what ``reading`` accepts.
"""

from __future__ import annotations

import json
from typing import Any

from pydantic import BaseModel

from ..key_names import KeyLanguage, table
from ..messages.catalogue import described
from ..model import Indicator, Wording
from . import default_words, schema_header
from .file_kinds import KINDS
from .yaml_tree import Node

__all__ = ["FOLDERS", "KINDS", "files", "of"]

FOLDERS = {"": "en", "th/": "th"}
"""By language, where the schemas stand: editors show what they say of keys."""

_KEYS: dict[str, tuple[KeyLanguage, ...]] = {"en": ("en",), "th": ("en", "th")}
"""By the same language, what keys may be in: Thai ones are told of in Thai alone."""

_DIALECT = "https://json-schema.org/draft/2020-12/schema"
_PARTIAL = "Indicator"


def files() -> dict[str, bytes]:
    """The schema files by name: ``agency.json`` and so on, and ``th/agency.json`` in Thai.

    Those for Thai keys are ``th/agency.th.json`` and so on.
    """
    return {
        f"{folder}{schema_header.file_name(name, keys)}": _written(of(model, language, keys))
        for folder, language in FOLDERS.items()
        for name, model in KINDS.items()
        for keys in _KEYS[language]
    }


def _written(schema: dict[str, Any]) -> bytes:
    return (json.dumps(schema, ensure_ascii=False, indent=1) + "\n").encode()


def of(model: type[BaseModel], language: str = "en", keys: KeyLanguage = "en") -> dict[str, Any]:
    """The schema of one kind of file, which says what keys are for in a language.

    Raw data that is laid over an indicator (``define``, ``override``, ``variants``) is
    described as an indicator of which nothing is required.
    """
    schema = model.model_json_schema(by_alias=True)
    if model is Wording:
        _ask_less(schema, schema["$defs"].copy(), default_words.shipped())
    if f'"$comment": "{_PARTIAL}"' in json.dumps(schema):
        indicator = Indicator.model_json_schema(by_alias=True)
        definitions = schema.setdefault("$defs", {})
        definitions |= indicator.pop("$defs", {})
        indicator.pop("required", None)
        definitions[_PARTIAL] = indicator
    whole = {"$schema": _DIALECT, **_said(_linked(schema), language)}
    return whole if keys == "en" else _in_thai(whole)


def _said(node: Any, language: str) -> Any:
    """The schema with its descriptions in a language."""
    if isinstance(node, list):
        return [_said(value, language) for value in node]
    if not isinstance(node, dict):
        return node
    said = {key: _said(value, language) for key, value in node.items()}
    if isinstance(said.get("description"), str):
        said["description"] = described(language, said["description"])
    return said


def _ask_less(schema: dict[str, Any], left: dict[str, Any], given: Node) -> None:
    """Ask for no word that is the same in every agency, and let ``~`` leave out what may be.

    ``left`` are the definitions that it wasn't done to yet.
    """
    for one in schema.get("anyOf", ()):
        _ask_less(one, left, given)
    if (name := schema.get("$ref", "").rpartition("/")[2]) in left:
        _ask_less(left.pop(name), left, given)
    if not isinstance(given.value, dict):
        return
    asked = schema.pop("required", [])
    if still := [key for key in asked if key not in given.value]:
        schema["required"] = still
    named = schema.get("properties", {})
    for key, inner in given.value.items():
        known = named.get(key, schema.get("additionalProperties"))
        if isinstance(known, dict):
            _ask_less(known, left, inner)
        if key in named and key not in asked and "anyOf" not in named[key]:
            about = {"description": known.pop("description")} if "description" in known else {}
            named[key] = {"anyOf": [known, {"type": "null"}], **about}


def _linked(node: Any) -> Any:
    if isinstance(node, dict):
        if node.get("$comment") == _PARTIAL:
            about = {"description": node["description"]} if "description" in node else {}
            return {"$ref": f"#/$defs/{_PARTIAL}", **about}
        return {key: _linked(value) for key, value in node.items()}
    if isinstance(node, list):
        return [_linked(value) for value in node]
    return node


def _in_thai(node: Any) -> Any:
    """A schema with the keys of files in Thai."""
    if isinstance(node, list):
        return [_in_thai(value) for value in node]
    if not isinstance(node, dict):
        return node
    found = {key: _in_thai(value) for key, value in node.items()}
    keys, names = table().keys, table().names
    if isinstance(properties := node.get("properties"), dict) and node.get("type") == "object":
        found["properties"] = {keys[key]: _in_thai(value) for key, value in properties.items()}
        if "required" in node:
            found["required"] = [keys[key] for key in node["required"]]
    if "propertyName" in node:  # what tells several kinds of value apart
        found["propertyName"] = keys[node["propertyName"]]
    if "enum" in (fixed := node.get("propertyNames", {})):
        found["propertyNames"] = {"enum": [names[name] for name in fixed["enum"]]}
    return found
