"""The JSON Schemas are current, and the shipped data holds to them."""

import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml

from generator.agreements import schema

ROOT = Path(__file__).parents[2]
SHIPPED = sorted((ROOT / "agreements").rglob("*.yaml"))


@pytest.mark.parametrize("name", sorted(schema.KINDS))
def test_files_are_current(name: str) -> None:
    assert (ROOT / "schema" / f"{name}.json").read_bytes() == schema.files()[f"{name}.json"]


@pytest.mark.parametrize("name", sorted(schema.KINDS))
def test_they_are_valid_schemas(name: str) -> None:
    jsonschema.Draft202012Validator.check_schema(schema.of(schema.KINDS[name]))


def as_editors_read(value: Any) -> Any:
    """JSON knows only text as keys."""
    if isinstance(value, dict):
        return {str(key): as_editors_read(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [as_editors_read(inner) for inner in value]
    return value


@pytest.mark.parametrize("path", SHIPPED, ids=lambda p: str(p.relative_to(ROOT)))
def test_shipped_files_name_their_schema_and_hold_to_it(path: Path) -> None:
    text = path.read_text("utf-8")
    prefix = "# yaml-language-server: $schema="
    assert text.startswith(prefix)
    target = (path.parent / text.split("\n")[0].removeprefix(prefix)).resolve()
    assert target.parent == ROOT / "schema"
    data = as_editors_read(yaml.safe_load(text))
    jsonschema.Draft202012Validator(json.loads(target.read_text("utf-8"))).validate(data)


def test_a_misspelt_key_inside_an_override_is_marked() -> None:
    validator = jsonschema.Draft202012Validator(schema.of(schema.KINDS["unit"]))
    unit = {
        "level": "division",
        "indicators": [{"use": "a", "component": "b", "override": {"nmae": "x"}}],
    }
    assert not validator.is_valid(unit)
