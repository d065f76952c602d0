"""A document's id covers what it says, and nothing else."""

from __future__ import annotations

import random
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from generator.agreements import lookup, reading, record, unsealing, yaml_tree, yaml_writing
from generator.agreements.files import valid_agency
from generator.agreements.record import DocumentInput, DocumentOptions
from generator.documents import building, inputs
from generator.documents.kinds import KINDS
from generator.errors import GenError
from generator.verify import up_to_date
from generator.writers import document
from support.making import EVERY, ROOT, WORLD

AGENCY = ROOT / "agreements" / "example-2570"
MANY = 16
"""How many texts of a source are changed, one by one."""


def origin_of(kind: str, subject: str) -> DocumentInput:
    subject, _, survey = subject.partition(":")
    blank, _, name = subject.rpartition(" ")
    of_round = kind in ("summary", "survey-report") or (kind == "report" and not blank)
    options = DocumentOptions("form" if blank else "unit", True, "2" if of_round else "", survey)
    return inputs.find_input(kind, lookup.find(WORLD, name), options)


def leaves(node: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """The paths of all texts of a source, but for those that say which document it is."""
    if isinstance(node, str):
        yield path
    items = node.items() if isinstance(node, dict) else enumerate(node or ())
    for key, one in items if not isinstance(node, str) else ():
        if (*path, key)[0] not in ("document", "pictures"):
            yield from leaves(one, (*path, key))


def changed(node: Any, path: tuple[Any, ...]) -> Any:
    """The source with one text that says something else."""
    if not path:
        number = node.replace(".", "", 1).isdigit()
        return str(int(float(node)) + 1) if number else f"{node}ฃ"
    first, *rest = path
    if isinstance(node, dict):
        return {**node, first: changed(node[first], tuple(rest))}
    return [changed(one, tuple(rest)) if at == first else one for at, one in enumerate(node)]


def said(folder: Path, data: Any) -> tuple[str, str] | None:
    """The page of a source without its id, and the hash; None for data that are at fault."""
    file = folder / "source.yaml"
    file.write_text(yaml_writing.dump(data), "utf-8")
    try:
        draft = building.again(WORLD, unsealing.unseal(file))
        return document.html(WORLD, draft).replace(draft.record.id, "ID"), draft.record.data_hash
    except GenError:
        return None


FIRST = dict(reversed(EVERY))


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_an_id_changes_with_the_words_and_only_with_them(kind: str, tmp_path: Path) -> None:
    draft = building.again(WORLD, origin_of(kind, FIRST[kind]))
    parsed = yaml_tree.parse(Path("source.yaml"), draft.record.data, record.MAX_SOURCE)
    assert parsed.node is not None
    whole: Any = parsed.node.plain()
    before = said(tmp_path, whole)
    assert before is not None
    assert before[1] == draft.record.data_hash
    chosen = list(leaves(whole))
    random.Random(kind).shuffle(chosen)
    outcomes = []
    count = 4 if KINDS[kind].scope == "agency" else MANY
    for path in (("wording", "footer"), *chosen[:count]):
        after = said(tmp_path, changed(whole, path))
        if after is not None:
            same = after[0] == before[0]
            assert (after[1] == before[1]) is same, path
            outcomes.append(same)
    assert outcomes
    assert True in outcomes
    assert False in outcomes


@pytest.fixture
def agency(tmp_path: Path) -> Path:
    folder = tmp_path / "agreements" / AGENCY.name
    shutil.copytree(AGENCY, folder)
    return folder


def id_of(agency: Path, kind: str = "agreement", round_: Any = "") -> str:
    folder = reading.read_agency(agency)
    unit = reading.read_unit(folder, agency / "ตัวอย่าง-ก.yaml")
    return building.again(
        WORLD, inputs.unit_input(kind, valid_agency(folder), unit, DocumentOptions(round=round_))
    ).record.id


def put(file: Path, old: str, new: str) -> None:
    text = file.read_text("utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), "utf-8")


def test_what_an_agreement_doesn_t_print_leaves_its_id(agency: Path) -> None:
    agreement, report = id_of(agency), id_of(agency, "report", "1")
    put(agency / "agency.yaml", "at_least: 90", "at_least: 91")
    assert id_of(agency) == agreement
    assert id_of(agency, "report", "1") == report
    put(agency / "wording.yaml", "\nsheet:\n", "\nreport:\n  title: [ใหม่]\nsheet:\n")
    assert id_of(agency) == agreement
    assert id_of(agency, "report", "1") != report


def test_data_that_can_t_be_made_are_no_other_document(agency: Path, tmp_path: Path) -> None:
    """A hash needs data without faults; without, only the same source is the same document."""
    folder = reading.read_agency(agency)
    unit = reading.read_unit(folder, agency / "ตัวอย่าง-ก.yaml")
    origin = inputs.unit_input("agreement", valid_agency(folder), unit, DocumentOptions())
    version = up_to_date.Version(
        tmp_path / "x.pdf", {"data_hash": "1" * 64, "source_hash": "2" * 64}
    )
    put(agency / "agency.yaml", "\nscale: five", "\nscale: six")
    broken = inputs.unit_input(
        "agreement",
        valid_agency(reading.read_agency(agency)),
        reading.read_unit(reading.read_agency(agency), agency / "ตัวอย่าง-ก.yaml"),
        DocumentOptions(),
    )
    assert not up_to_date.Today(WORLD, (broken,), None).gives(version)
    known = up_to_date.Version(
        version.path, {"data_hash": "1" * 64, "source_hash": record.source_hash(origin, {})}
    )
    assert up_to_date.Today(WORLD, (origin,), None).gives(known)
