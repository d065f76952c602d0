"""Names are found however they are spelt: one folding, in every look-up."""

from __future__ import annotations

import shutil
from decimal import Decimal
from pathlib import Path

import pytest

from generator.agreements import lookup, reading
from generator.agreements.blanks import fill_blanks
from generator.agreements.files import read_file
from generator.api import scores
from generator.diagnostics import Severity, errors
from generator.model import Agency
from generator.workspace.environment import Workspace
from support.making import ROOT
from support.reading import found_in

EXAMPLE = ROOT / "agreements" / "example-2570"
YEAR = ROOT / "agreements" / "dsdw-2566"


def edited(tmp_path: Path, source: Path, *edits: tuple[str, str, str]) -> Path:
    """A copy of an agency in a workspace of its own, with words of its files replaced."""
    folder = tmp_path / "agreements" / source.name
    shutil.copytree(source, folder)
    for file, old, new in edits:
        text = (folder / file).read_text("utf-8")
        assert old in text, (file, old)
        (folder / file).write_text(text.replace(old, new), "utf-8")
    return folder


def test_references_in_other_spellings_are_found(tmp_path: Path) -> None:
    folder = edited(
        tmp_path,
        YEAR,
        ("กอส.yaml", "use: energy", "use: ener\u200bgy"),
        ("plans/alerts.yaml", "lead: [กพบ., คทส.]", "lead: [กพ\u200dบ., ค\u2060ทส.]"),
        ("plans/alerts.yaml", "from: พ.ย. 65", "from: พ.ย.\u00a0๖๕"),
    )
    assert not errors(found_in(folder))


def test_keys_and_formulas_in_other_spellings_are_found(tmp_path: Path) -> None:
    folder = edited(
        tmp_path,
        YEAR,
        ("indicators/energy.yaml", "seu", "จำนวน"),
    )
    path = folder / "indicators" / "energy.yaml"
    text = path.read_text("utf-8")
    # The key is typed in one way, the formula in another.
    place = text.index("formula:")
    end = text.index("\n", place)
    text = text[:place] + text[place:end].replace("ำ", "\u0e4d\u0e32") + text[end:]
    path.write_text(text, "utf-8")
    assert not errors(found_in(folder))


def test_an_odd_key_is_said_with_its_sign(tmp_path: Path) -> None:
    folder = edited(tmp_path, YEAR, ("กอส.yaml", "status:", "sta\u200btus:"))
    found = [fault for fault in found_in(folder) if "U+200B" in fault.message]
    assert [(fault.message, fault.severity) for fault in found] == [
        (
            "the key 'status' holds U+200B (ZERO WIDTH SPACE) after the third letter",
            Severity.WARNING,
        )
    ]
    assert not errors(found_in(folder))


def test_two_spellings_of_one_key_are_one_key_twice(tmp_path: Path) -> None:
    folder = edited(tmp_path, YEAR, ("กอส.yaml", "status:", "sta\u200btus: draft\nstatus:"))
    assert any("the key 'status' is given twice" in fault.message for fault in found_in(folder))


def test_a_unit_whose_file_is_spelt_otherwise_is_found(tmp_path: Path) -> None:
    folder = edited(tmp_path, EXAMPLE)
    unit = folder / "ตัวอย่าง-ก.yaml"
    odd = folder / "ตัว\u200bอย\u0e48าง-ก.yaml"
    unit.rename(odd)
    world = Workspace(tmp_path, {})
    for name in ("ตัวอย่าง-ก", "ตัวอย่าง-ก.yaml", "ตัวอย\u0e48าง\u2060-ก"):
        found = lookup.find(world, name)
        assert found.unit == odd
    assert lookup.find(world, "example\u200b-2570").folder == folder
    assert not errors(found_in(folder))
    # Its results stand under the name as it was.
    assert reading.read_agency(folder).result_path("2", "ตัวอย่าง-ก").is_file()
    scored = scores.score(lookup.find(world, "ตัวอย่าง-ก"), "2")
    assert not scored.score.faults


def test_an_input_is_reported_in_another_spelling(tmp_path: Path) -> None:
    folder = edited(tmp_path, EXAMPLE)
    results = folder / "results" / "2" / "ตัวอย่าง-ก.yaml"
    text = results.read_text("utf-8")
    results.write_text(text.replace("inputs:", "in\u200bputs:"), "utf-8")
    read = reading.read_results(results)
    assert read.model is not None
    assert any(result.inputs for result in read.model.results.values())


def test_what_is_not_found_names_the_odd_sign(tmp_path: Path) -> None:
    """A letter that looks like another is none: it is named, never read as the other."""
    folder = edited(
        tmp_path,
        EXAMPLE,
        ("ตัวอย่าง-ก.yaml", "level: division", "lev\u0435l: division"),
    )
    hints = [fault.hint for fault in found_in(folder) if "lev\u0435l" in fault.message]
    assert hints
    assert all("U+0435" in hint and "after the third letter" in hint for hint in hints)


def test_the_mean_of_a_column_is_found(tmp_path: Path) -> None:
    folder = edited(
        tmp_path, YEAR, ("tables/provinces.csv", "province,base", "province,ba\u200bse")
    )
    read = reading.read_agency(folder)
    table = read.tables["provinces"]
    assert not table.faults
    assert table.csv.figures[0]["base"] == Decimal(8117)


@pytest.mark.parametrize("word", ["[[ชื่อ]]", "[[ชื\u0e48\u200bอ]]"])
def test_blanks_are_found(tmp_path: Path, word: str) -> None:
    node = read_file(EXAMPLE / "agency.yaml", Agency).node
    assert node.value
    from generator.agreements import yaml_tree

    parsed = yaml_tree.parse(Path("a.yaml"), f"blanks: {{ชื่อ: ที่}}\nname: ก {word}\n".encode())
    use = yaml_tree.parse(Path("b.yaml"), "blanks: {ชื่อ: เลย}\n".encode())
    assert parsed.node is not None
    assert use.node is not None
    filled, missing, faults = fill_blanks(parsed.node, use.node)
    assert (filled.find(("name",)).value, missing, faults) == ("ก เลย", (), ())


@pytest.mark.parametrize("weight", ["2\u200b0", "\u00a020", "２０", "๒๐\ufeff", "20\u2060"])
def test_a_number_is_read_whatever_nobody_sees_in_it(tmp_path: Path, weight: str) -> None:
    folder = edited(tmp_path, YEAR, ("กอส.yaml", "weight: 20", f"weight: '{weight}'"))
    assert not [fault for fault in errors(found_in(folder)) if "number" in fault.message]
