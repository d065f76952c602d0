"""What a document is of: a unit, the agency, or nobody."""

from dataclasses import replace
from pathlib import Path

import pytest

from generator.agreements import lookup, record, unsealing
from generator.agreements.record import DocumentInput, DocumentOptions, DocumentScope
from generator.documents import building, inputs, soundness
from generator.documents.kinds import KINDS
from generator.errors import DataError, UsageError
from generator.model import LEVELS
from support.making import WORLD


def made_from(
    kind: str, name: str, scope: DocumentScope = "unit", round_: str = ""
) -> DocumentInput:
    options = DocumentOptions(scope, round="2" if round_ else "")
    return inputs.find_input(kind, lookup.find(WORLD, name), options)


@pytest.mark.parametrize(
    ("kind", "name", "asked", "scope", "blank"),
    [
        ("agreement", "ตัวอย่าง-ก", "unit", "unit", "false"),
        ("agreement", "ตัวอย่าง-ก", "form", "form", "true"),
        ("personal", "example-2570", "form", "form", "true"),
        ("report", "example-2570", "form", "form", "true"),
        ("framework", "dsdw-2566", "unit", "agency", "true"),
        ("summary", "example-2570", "form", "agency", "true"),
    ],
)
def test_a_source_says_what_it_said_before_there_were_scopes(
    kind: str, name: str, asked: DocumentScope, scope: DocumentScope, blank: str, tmp_path: Path
) -> None:
    found = made_from(kind, name, asked, "2" if kind == "summary" else "")
    assert found.options.scope == scope
    assert bool(found.units) == (scope == "agency")
    made = building.build(WORLD, found).record
    assert f"\n  blank: {blank}\n" in made.data.decode().replace("'", "").replace('"', "")
    source = tmp_path / "source.yaml"
    source.write_bytes(made.data)
    again = unsealing.unseal(source)
    assert again.options == found.options
    assert building.build(WORLD, again).record.data_hash == made.data_hash


def source_of(kind: str, name: str, folder: Path, *, round_: str = "") -> lookup.Target:
    found = made_from(kind, name, round_=round_)
    (folder / "source.yaml").write_bytes(record.of(found, {}, {}).data)
    return lookup.Target(folder, folder / "source.yaml", sealed=True)


@pytest.mark.parametrize("kind", ["framework", "summary", "chart"])
def test_of_one_units_source_there_is_no_document_of_all(kind: str, tmp_path: Path) -> None:
    """Nor of one that holds other units, from which it borrows or derives."""
    target = source_of("personal", "ตัวอย่าง-บุคคล", tmp_path, round_="2")
    assert unsealing.unseal(tmp_path / "source.yaml").units
    with pytest.raises(UsageError) as refused:
        inputs.find_input(kind, target, DocumentOptions())
    assert refused.value.message == f"a {kind} can't be made of one unit's source"
    assert refused.value.hint == "it is that of: personal"


def test_the_form_of_an_agency_is_in_the_source_of_its_framework(tmp_path: Path) -> None:
    target = source_of("framework", "dsdw-2566", tmp_path)
    assert inputs.find_input("framework", target, DocumentOptions()).options.scope == "agency"
    assert inputs.find_input("agreement", target, DocumentOptions()).options.scope == "form"


def test_what_an_agencys_document_is_of_bears_no_draft() -> None:
    draft = made_from("agreement", "กอส")
    unit = draft.unit.unit
    assert unit.status == "draft"
    mark = building.build(WORLD, draft).context.page.mark
    form = building.build(WORLD, made_from("agreement", "dsdw-2566", "form")).context.page.mark
    whole = building.build(WORLD, made_from("framework", "dsdw-2566")).context.page.mark
    assert (mark.count("ร่าง"), form.count("ร่าง"), whole.count("ร่าง")) == (1, 0, 0)


@pytest.mark.parametrize("kind", [kind for kind in KINDS.values() if kind.level is not None])
def test_a_kind_of_one_level_is_refused_without_it(kind: object) -> None:
    """A person's form of a unit that is none; a department's chart of an agency without one."""
    name, level = kind.name, kind.level  # type: ignore[attr-defined]
    assert level in LEVELS
    found = made_from(name, "ตัวอย่าง-ก" if name == "personal" else "dip-2558")
    if KINDS[name].scope == "agency":
        found = replace(found, units=tuple(u for u in found.units if u.unit.level != level))
    with pytest.raises(DataError):
        soundness.checked(WORLD, found)
