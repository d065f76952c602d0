"""The JSON Schemas are current, and the shipped data holds to them."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml
from babel.messages.pofile import read_po

from generator.agreements import schema, schema_header
from generator.messages import LANGUAGES, catalogue, speaking
from support.reading import copy_agency, found_in

ROOT = Path(__file__).parents[2]
SHIPPED = sorted((ROOT / "agreements").rglob("*.yaml"))


def test_files_are_current() -> None:
    written = {
        path.relative_to(ROOT / "schema").as_posix(): path.read_bytes()
        for path in (ROOT / "schema").rglob("*.json")
    }
    assert written == schema.files()


# In both languages


def descriptions(node: Any) -> Iterator[str]:
    """What a schema says of keys and of what stands under them."""
    if isinstance(node, dict):
        if isinstance(node.get("description"), str):
            yield node["description"]
        node = list(node.values())
    for one in node if isinstance(node, list) else ():
        yield from descriptions(one)


@pytest.mark.parametrize("name", sorted(schema.KINDS))
def test_everything_that_is_said_of_a_key_is_said_in_thai(name: str) -> None:
    english, thai = (list(descriptions(schema.of(schema.KINDS[name], lang))) for lang in LANGUAGES)
    words = re.compile("[A-Za-z]{2,} [A-Za-z]{2,}")
    untold = [
        said
        for said, also in zip(english, thai, strict=True)
        if words.search(said) and said == also
    ]
    assert untold == [], "generator/messages/schema/th.po"
    for said, also in zip(english, thai, strict=True):
        assert re.search("[ก-๛]", also), also
        assert set(re.findall(r"\[\[[a-z]+]]", also)) <= set(re.findall(r"\[\[\w+]]", said)), also
        assert set(re.findall("``.*?``", said)) == set(re.findall("``.*?``", also)), also


def test_nothing_is_kept_that_no_schema_says() -> None:
    said = {one for kind in schema.KINDS.values() for one in descriptions(schema.of(kind))}
    with (catalogue.SCHEMA / "th.po").open("rb") as stream:
        kept = {str(entry.id) for entry in read_po(stream, locale="th") if entry.id}
    assert len(kept) > 400
    assert kept - said == set()


def test_schemas_of_both_languages_ask_for_the_same() -> None:
    def without(node: Any) -> Any:
        if isinstance(node, dict):
            return {
                k: without(v)
                for k, v in node.items()
                if not (k == "description" and isinstance(v, str))
            }
        return [without(one) for one in node] if isinstance(node, list) else node

    for kind in schema.KINDS.values():
        assert without(schema.of(kind, "en")) == without(schema.of(kind, "th"))


def test_a_new_file_names_the_schema_of_the_language(tmp_path: Path) -> None:
    folder = tmp_path / "agreements" / "a"
    folder.mkdir(parents=True)
    (tmp_path / "schema" / "th").mkdir(parents=True)
    prefix = "# yaml-language-server: $schema="
    assert schema_header.line(folder, "unit") == f"{prefix}../../schema/unit.json\n"
    with speaking("th"):
        assert schema_header.line(folder, "unit") == f"{prefix}../../schema/th/unit.json\n"
    # A file that is copied elsewhere keeps its language.
    text = f"{prefix}../../schema/th/unit.json\n"
    (edit,) = schema_header.moved(text, folder / "u.yaml", folder / "deep" / "u.yaml")
    assert (
        text[: edit.start] + edit.text + text[edit.end :]
        == f"{prefix}../../../schema/th/unit.json\n"
    )


def test_a_key_that_is_missing_is_told_with_what_it_is_for(tmp_path: Path) -> None:
    folder = copy_agency(tmp_path)
    unit = folder / "หนึ่ง.yaml"
    unit.write_text(re.sub("(?m)^level:.*\n", "", unit.read_text("utf-8")), "utf-8")
    (missing,) = [fault for fault in found_in(folder) if fault.code == "key-missing"]
    assert missing.hint == "กรม, กอง, กลุ่ม/ฝ่าย, หน่วยงาน, บุคคล"
    agency = folder / "agency.yaml"
    agency.write_text(re.sub("(?m)^scale:.*\n", "", agency.read_text("utf-8")), "utf-8")
    faults = [fault for fault in found_in(folder) if fault.code == "key-missing"]
    english = [fault.hint for fault in faults]
    with speaking("th"):
        thai = [fault.hint for fault in faults]
    assert "the scale used where criteria name none" in english
    assert "ชุดระดับคะแนนที่ใช้เมื่อเกณฑ์ไม่ได้ระบุ" in thai


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
