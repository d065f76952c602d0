"""Every agreement as a Word file, imported and made again: the same text, the same meaning."""

import io
import os
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from docx import Document
from docx.oxml.ns import qn

from generator.agreements import lookup, reading
from generator.agreements.record import DocumentOptions
from generator.api import documents
from generator.importing import word
from generator.importing.word.pieces import core
from generator.model import Criteria, CriteriaPart, LevelMark, UnitIndicator
from generator.model.criteria import CONDITIONS
from generator.model.round_sets import rounds_of
from generator.workspace.environment import Workspace
from support.making import ROOT, WORLD
from support.shared import once

SOME = {
    "moi-2547": ["สำนักงานปลัดกระทรวงอุตสาหกรรม"],
    "cdd-2561": ["พัฒนาการอำเภอ"],
    "dip-2558": ["กรมส่งเสริมอุตสาหกรรม"],
    "dsdw-2566": ["กอส"],
    "example-2570": ["ตัวอย่าง-ก", "ตัวอย่าง-ข"],
    "example-faculty-2570": ["ภาควิชา-ก"],
    "example-hospital-2570": ["โรงพยาบาล-ก"],
}
"""Units of each agency; ``IMPORTS=all`` tries every unit of all (``make imports``)."""


def chosen() -> dict[str, list[str]]:
    if os.environ.get("IMPORTS") != "all":
        return SOME
    folders = sorted((ROOT / "agreements").glob("*/agency.yaml"))
    return {f.parent.name: [p.stem for p in lookup.units(f.parent)] for f in folders}


@once
def typed(agency: str, unit: str) -> bytes:
    """The agreement with its sheets."""
    target = lookup.find(WORLD, str(ROOT / "agreements" / agency / f"{unit}.yaml"))
    made = documents.make(
        WORLD, "agreement", target, formats=("docx",), options=DocumentOptions(sheets=True)
    )
    return next(iter(made.files.values()))


@cache
def imported(agency: str, root: Path) -> tuple[word.Imported, Workspace]:
    """All chosen units of an agency, imported together into a new folder."""
    folder = root / "agreements" / agency
    files = [(Path(f"{unit}.docx"), typed(agency, unit)) for unit in chosen()[agency]]
    made = word.read_all(files, folder, word.SoFar())
    for path, data in made.files.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    return made, Workspace(root, {})


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("imported")


def said(data: bytes) -> list[str]:
    """Every paragraph, and where each cell begins: read by another reader than the importer's."""
    out = []
    body = Document(io.BytesIO(data)).element.body
    for element in body.iter(qn("w:p"), qn("w:tc")):
        if element.tag == qn("w:tc"):
            out.append("|")
            continue
        parts = element.iter(qn("w:t"), qn("w:br"), qn("w:tab"))
        text = "".join((part.text or "") if part.tag == qn("w:t") else " " for part in parts)
        out.append(" ".join(text.replace("\u00a0", " ").split()))
    return [text for text in out if text]


EVERY = [(agency, unit) for agency, units in chosen().items() for unit in units]


@pytest.mark.parametrize(("agency", "unit"), EVERY)
def test_an_imported_agreement_is_made_again_word_for_word(
    agency: str, unit: str, root: Path
) -> None:
    made, world = imported(agency, root)
    file = made.drafted.unit_of[f"{unit}.docx"]
    target = lookup.find(world, str(root / "agreements" / agency / file))
    again = documents.make(world, "agreement", target, formats=("docx",))
    assert said(next(iter(again.files.values()))) == said(typed(agency, unit))


@pytest.mark.parametrize("agency", chosen())
def test_nothing_but_heads_and_feet_of_pages_is_left_over(agency: str, root: Path) -> None:
    made, _ = imported(agency, root)
    body = [one for one in made.left if one.line.where.story not in ("header", "footer")]
    assert [(one.file, one.line.said) for one in body if not _is_reference(one.line.said)] == []


def _is_reference(text: str) -> bool:
    """A clause whose parties another unit's file names, where this one leaves them open."""
    return text.startswith(("4. ข้าพเจ้า", "5. ข้าพเจ้า"))


@pytest.mark.parametrize(("agency", "unit"), EVERY)
def test_imported_data_mean_the_same(agency: str, unit: str, root: Path) -> None:
    made, world = imported(agency, root)
    file = made.drafted.unit_of[f"{unit}.docx"]
    new = _items(world, root / "agreements" / agency / file)
    old = _items(WORLD, ROOT / "agreements" / agency / f"{unit}.yaml")
    rounds = list(_rounds(WORLD, agency, unit)), list(_rounds(world, agency, file))
    assert len(new) == len(old)
    for mine, other in zip(_in_order(old), _in_order(new), strict=True):
        name = mine.indicator.names.tables or mine.indicator.name
        assert core(name) in map(core, (other.indicator.name, other.indicator.names.tables or ""))
        for was, is_now in zip(*rounds, strict=True):
            if not mine.indicator.assessed_in(was):
                continue
            assert _weight(mine, was) == _weight(other, is_now)
            _same(mine.indicator.criteria_of(was), other.indicator.criteria_of(is_now))
        for row, again in zip(mine.indicator.baselines, other.indicator.baselines, strict=False):
            figures = {year: past.figure for year, past in row.years.items() if past}
            for year, past in again.years.items():
                if past is not None and past.figure is not None:
                    assert figures[year] in (past.figure, None)


def _items(world: Workspace, path: Path) -> tuple[UnitIndicator, ...]:
    target = lookup.find(world, str(path))
    folder = reading.read_agency(target.folder)
    assert target.unit is not None
    return reading.read_unit(folder, target.unit).items


def _rounds(world: Workspace, agency: str, unit: str) -> list[str]:
    path = world.agreements / agency / (unit if unit.endswith(".yaml") else f"{unit}.yaml")
    target = lookup.find(world, str(path))
    folder = reading.read_agency(target.folder)
    assert target.unit is not None
    assert folder.agency.model is not None
    return [
        one.id
        for one in rounds_of(reading.read_unit(folder, target.unit).unit, folder.agency.model)
    ]


def _in_order(items: tuple[UnitIndicator, ...]) -> list[UnitIndicator]:
    return sorted(items, key=lambda one: core(one.indicator.names.tables or one.indicator.name))


def _weight(item: UnitIndicator, round_id: str) -> Decimal | None:
    weights = item.use.weight or {}
    return weights.get(round_id, weights.get("all"))


def _same(old: Criteria | None, new: Criteria | None) -> None:
    """The same words at each level; a condition is the same, or left to be decided."""
    if old is None or new is None:
        assert old is None or all(level.state == "open" for level in old.levels.values())
        return
    assert len(old.parts) == len(new.parts)
    _same_levels(old, new)
    for mine, other in zip(old.parts, new.parts, strict=True):
        _same_levels(mine, other)


def _same_levels(old: Criteria | CriteriaPart, new: Criteria | CriteriaPart) -> None:
    assert len(old.levels) == len(new.levels)
    for level, other in zip(old.levels.values(), new.levels.values(), strict=True):
        assert core(other.text) in (core(level.text), core(level.table or ""))
        stated = _condition(other)
        if new.read == "ladder" and stated and "done" not in stated and old.read == "ladder":
            assert stated == _condition(level), level.text


def _condition(level: LevelMark) -> dict[str, Any]:
    return {name: value for name in CONDITIONS if (value := getattr(level, name)) is not None}
