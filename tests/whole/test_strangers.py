"""Text from strangers never moves the cursor; files from strangers end in faults with places."""

from __future__ import annotations

import io
import shutil
import struct
import subprocess
import sys
import zlib
from pathlib import Path

import pytest
from PIL import Image

from generator.agreements import lookup, unsealing, yaml_tree
from generator.agreements.record import DocumentOptions
from generator.api import checking
from generator.diagnostics import Diagnostic, errors
from generator.documents import building, inputs, soundness
from generator.documents.kinds import KINDS
from generator.errors import DataError, GenError, UsageError
from generator.visible import in_json, visible
from generator.workspace.environment import Workspace
from support.command import gen
from support.making import ROOT, WORLD

HARMLESS = set("\n\t")


def test_signs_that_a_terminal_obeys_are_shown_by_name() -> None:
    assert visible("a\x1b]0;x\x07b") == "a[ESC]]0;x[BEL]b"
    assert visible("\x9b31m\u202eกข\n") == "[CSI]31m[U+202E]กข[LF]"
    assert visible("ก\nข\tค", lines=True) == "ก\nข\tค"
    assert visible("ก\u200bข 漢 😀 ผู้") == "ก\u200bข 漢 😀 ผู้"
    every = "".join(map(chr, [*range(0x20), *range(0x7F, 0xA0)]))
    shown = visible(every, lines=True)
    assert all(sign.isprintable() or sign in HARMLESS for sign in shown)


def test_json_keeps_the_signs_as_escapes() -> None:
    import json

    text = "a\x1b\x9b\x7f\u202e\U000e0041b"
    said = in_json(json.dumps({"x": text}, ensure_ascii=False))
    assert json.loads(said) == {"x": text}
    assert said.isprintable()


@pytest.mark.parametrize(
    "words",
    [
        ("agreement", "x\x1b]0;a\x07\nerror: false"),
        ("verify", "x\x1b[31m.pdf"),
        ("check", "\x9b31m"),
        ("inspect", "x\x1b[2J"),
        ("--\x1b[31m",),
        ("survey", "score", "กอส", "\x1b[31m.csv", "--survey", "\x1b", "--round", "1"),
    ],
)
def test_no_command_prints_what_a_terminal_obeys(words: tuple[str, ...]) -> None:
    ended = gen(*words)
    assert ended.returncode not in (0, 1)
    said = ended.stdout + ended.stderr
    assert all(sign.isprintable() or sign in HARMLESS for sign in said), said
    assert "\nerror: false" not in said


@pytest.mark.parametrize("epoch", ["²", "x", "-1", "1e9", "٣", "9" * 11, "9" * 30])
def test_an_odd_epoch_is_refused_at_once(epoch: str) -> None:
    if epoch == "9" * 11:
        assert Workspace(ROOT, {"SOURCE_DATE_EPOCH": epoch}).day is not None
        return
    with pytest.raises(UsageError, match="SOURCE_DATE_EPOCH"):
        _ = Workspace(ROOT, {"SOURCE_DATE_EPOCH": epoch}).day


def test_an_odd_epoch_ends_a_command_without_a_traceback() -> None:
    ended = gen("check", "agreements/cdd-2561", SOURCE_DATE_EPOCH="²")
    assert ended.returncode == 2
    assert "Traceback" not in ended.stderr


@pytest.mark.parametrize("where", ["closed", "nobody", "full"])
def test_where_nothing_can_be_printed_there_is_no_traceback(where: str) -> None:
    command = f"{sys.executable} -m generator score ตัวอย่าง-ก --round 1"
    script = {
        "closed": f"{command} >&-; echo $? >&2",
        "nobody": f"{{ {command}; echo $? >&2; }} | true",
        "full": f"{command} >/dev/full; echo $? >&2",
    }[where]
    ended = subprocess.run(
        ["bash", "-c", script], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert "Traceback" not in ended.stderr
    assert "Exception ignored" not in ended.stderr
    assert ended.stderr.split()[-1] == ("0" if where == "closed" else "8")


def test_a_name_too_long_for_a_file_is_a_name_all_the_same() -> None:
    for name in ("ก" * 300, "a" * 5000, f"{'a' * 300}/agency.yaml"):
        with pytest.raises(UsageError):
            lookup.find(WORLD, name)


def test_the_wording_is_no_unit() -> None:
    for command in (("results", "template", "--round", "1"), ("agreement",)):
        ended = gen(*command, "agreements/example-2570/wording.yaml")
        assert ended.returncode == 2
        assert "wording.yaml is no unit" in ended.stderr


# What check passes, a document can be made of.


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name in ("example-2570", "dsdw-2566"):
        shutil.copytree(ROOT / "agreements" / name, tmp_path / "agreements" / name)
    return tmp_path / "agreements" / "dsdw-2566"


def told(folder: Path) -> list[str]:
    world = Workspace(folder.parents[1], {})
    return [fault.shown(folder) for fault in errors(checking.check(world, [folder])[0])]


def change(path: Path, old: str, new: str) -> None:
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")


@pytest.mark.parametrize(
    ("formula", "said"),
    [
        ("{0} / ({0} - {0})", "the formula divides by zero, in row 1"),
        ("*".join(["{0}"] * 60), "the formula comes to an impossibly large number, in row"),
    ],
)
def test_a_formula_of_a_table_is_worked_out_by_check(formula: str, said: str, folder: Path) -> None:
    path = folder / "tables" / "provinces.yaml"
    node = yaml_tree.read(path).node
    assert node is not None
    old = next(
        child.value
        for column in node.find(("columns",)).value  # type: ignore[union-attr]
        if (child := column.child("formula")) is not None  # type: ignore[union-attr]
    )
    name = node.find(("numbers", 0)).value
    change(path, f"formula: {old}", f"formula: {formula.format(name)}")
    found = told(folder)
    assert len(found) == 1
    assert "tables/provinces.yaml:" in found[0]
    assert said in found[0]


def test_rows_of_statements_have_a_cell_for_each_head(folder: Path) -> None:
    path = folder / "agency.yaml"
    node = yaml_tree.read(path).node
    assert node is not None
    start, end = node.find(("statements", 0, "rows", 0, 0)).span
    text = path.read_text("utf-8")
    path.write_text(f"{text[:start]}{text[start:end]}\n        - ก\n{text[end:]}", "utf-8")
    found = [line for line in told(folder) if "this row has" in line]
    assert len(found) == 1 or "[" in text[start - 2 : start]


def png(width: int = 8, height: int = 8) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (width, height), "red").save(out, "PNG")
    return out.getvalue()


def bomb() -> bytes:
    """A picture whose head says that it is as large as a field."""
    head = struct.pack(">IIBBBBB", 60_000, 60_000, 8, 2, 0, 0, 0)
    chunk = b"IHDR" + head
    return (
        png()[:8]
        + struct.pack(">I", 13)
        + chunk
        + struct.pack(">I", zlib.crc32(chunk))
        + png()[33:]
    )


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (png()[:8], "the emblem is damaged or cut off"),
        (png()[:40], "the emblem is damaged or cut off"),
        (png()[:45] + b"xxxx" + png()[49:], "the emblem is damaged or cut off"),
        (bomb(), "the emblem has more dots than"),
        (b"GIF89a", "the emblem is no PNG picture"),
        (png(), ""),
    ],
    ids=["eight bytes", "no end", "spoilt", "bomb", "GIF", "whole"],
)
@pytest.mark.parametrize("lenient", [False, True])
def test_an_emblem_is_looked_at_to_its_end(
    data: bytes, said: str, folder: Path, monkeypatch: pytest.MonkeyPatch, *, lenient: bool
) -> None:
    monkeypatch.setattr("PIL.ImageFile.LOAD_TRUNCATED_IMAGES", lenient)  # as WeasyPrint has it
    (folder / "emblem.png").write_bytes(data)
    with (folder / "agency.yaml").open("a", encoding="utf-8") as file:
        file.write("\nemblem: emblem.png\n")
    found = told(folder)
    assert [said in line for line in found] == [True] * bool(said)


def test_a_csv_names_the_row_and_column_of_what_cannot_be_printed(folder: Path) -> None:
    path = next((folder / "tables").glob("*.csv"))
    rows = path.read_text("utf-8").split("\n")
    rows[2] = rows[2].replace(",", "\x1b,", 1)
    path.write_text("\n".join(rows), "utf-8")
    (found,) = (line for line in told(folder) if "control" in line)
    assert found.startswith(f"tables/{path.name}:3:1: error: the control character U+001B in row 3")


@pytest.mark.parametrize("name", ["ก" * 300 + ".csv", "a" * 5000 + ".csv"])
def test_a_name_too_long_for_a_csv_is_a_fault(name: str, folder: Path) -> None:
    path = folder / "tables" / "provinces.yaml"
    node = yaml_tree.read(path).node
    assert node is not None
    change(path, f"csv: {node.find(('csv',)).value}", f"csv: {name}")
    assert any("there is no file" in line for line in told(folder))


# A document's source


def sealed(kind: str, unit: str, **options: str) -> str:
    found = lookup.find(WORLD, unit)
    origin = inputs.find_input(kind, found, DocumentOptions(**options))  # type: ignore[arg-type]
    return building.build(WORLD, origin).record.data.decode()


SPOILT = [
    ("survey: service", "survey: nothing"),
    ("survey: service", "survey: ../../x"),
    ("surveys:\n  service:", "surveys:\n  a/b: {}\n  service:"),
    ("answers:\n  กอส:\n    service:", "answers:\n  กอส:\n    a/b:"),
    ("answers:\n  กอส:\n    service:", "answers:\n  '':\n    service:"),
    ("answers:\n  กอส:", "answers:\n  อื่น:"),
    ("kind: survey-report", "kind: nothing"),
]


@pytest.mark.parametrize(("old", "new"), SPOILT, ids=[new for _, new in SPOILT])
def test_a_spoilt_source_is_a_fault_with_a_place(old: str, new: str, tmp_path: Path) -> None:
    text = sealed("survey-report", "กอส", survey="service", round="2")
    assert old in text
    path = tmp_path / "source.yaml"
    path.write_text(text.replace(old, new, 1), "utf-8")
    with pytest.raises(GenError) as caught:
        again(path)
    found: list[Diagnostic] = list(caught.value.diagnostics)
    assert all(fault.location.line and fault.hint for fault in found)
    assert found or caught.value.hint


def again(path: Path) -> None:
    origin = unsealing.unseal(path)
    if origin.kind not in KINDS:
        raise DataError("no kind", "hint")
    building.again(WORLD, origin)


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_a_source_of_another_document_is_enough_or_refused(kind: str, tmp_path: Path) -> None:
    path = tmp_path / "source.yaml"
    for made, unit in (("agreement", "กอส"), ("personal", "ตัวอย่าง-บุคคล")):
        path.write_text(sealed(made, unit), "utf-8")
        try:
            origin = inputs.find_input(kind, lookup.find(WORLD, str(path)), DocumentOptions())
            soundness.checked(WORLD, origin)
            building.build(WORLD, origin)
        except GenError as refused:
            said = refused.message  # a refusal; anything else fails here
            print(said)
