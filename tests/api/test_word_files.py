"""``gen import`` as a program calls it: new agencies, standing ones, what is refused."""

import io
import shutil
from pathlib import Path

import docx
import pytest
import yaml

from generator.api import checking, word_files
from generator.errors import DataError, UsageError
from generator.workspace.environment import Workspace
from support.making import made
from support.word_forms import made as typed


def put(folder: Path, name: str, data: bytes) -> Path:
    path = folder / name
    path.write_bytes(data)
    return path


def publish(taken: word_files.TakenFromWord) -> None:
    for path, data in taken.files.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)


@pytest.fixture
def world(tmp_path: Path) -> Workspace:
    (tmp_path / "agreements").mkdir()
    return Workspace(tmp_path, {})


def errors(world: Workspace, folder: Path) -> list[str]:
    faults = checking.check(world, [folder]).faults
    return [str(one.said) for one in faults if one.severity.value == "error"]


def test_a_second_unit_uses_the_indicators_of_the_first(world: Workspace, tmp_path: Path) -> None:
    first = put(tmp_path, "a.docx", made("agreement", "ตัวอย่าง-ก")["docx"])
    second = put(tmp_path, "b.docx", made("agreement", "ตัวอย่าง-ข")["docx"])
    one = word_files.take_in(world, [first], "new")
    publish(one)
    before = {path: path.read_bytes() for path in one.files}
    two = word_files.take_in(world, [second], "new")
    publish(two)
    assert all(path.read_bytes() == data for path, data in before.items())
    assert errors(world, one.folder) == []
    left = [line.line.said for line in two.left if line.line.where.story == ""]
    assert left == []
    assert len([path for path in two.files if path.parent.name == "indicators"]) <= 1


def test_a_unit_that_is_there_is_refused_by_name(world: Workspace, tmp_path: Path) -> None:
    path = put(tmp_path, "a.docx", made("agreement", "ตัวอย่าง-ก")["docx"])
    publish(word_files.take_in(world, [path], "new"))
    with pytest.raises(DataError) as told:
        word_files.take_in(world, [path], "new")
    assert [one.code for one in told.value.diagnostics] == ["unit-imported-already"]


def test_a_bad_file_stops_no_other(world: Workspace, tmp_path: Path) -> None:
    put(tmp_path, "bad.docx", b"x")
    put(tmp_path, "good.docx", typed("one-round").bytes())
    put(tmp_path, "~$good.docx", b"lock")
    taken = word_files.take_in(world, [tmp_path], "new")
    assert [one.code for one in taken.faults] == ["no-word-file"]
    assert taken.files


def test_the_page_shows_each_line_with_its_colour(world: Workspace, tmp_path: Path) -> None:
    path = put(tmp_path, "a.docx", made("agreement", "ตัวอย่าง-ก")["docx"])
    page = tmp_path / "page.html"
    taken = word_files.take_in(world, [path], "new", report_to=page)
    text = taken.files[page].decode()
    assert text.count("<tr class=") == taken.lines
    assert all(f'<tr class="{kind}">' in text for kind in ("sure", "guess", "left", "form"))
    assert "<script" not in text
    assert "http" not in text


def test_a_pdf_of_gen_is_read_from_the_source_inside(world: Workspace, tmp_path: Path) -> None:
    path = put(tmp_path, "a.pdf", made("agreement", "ตัวอย่าง-ก")["pdf"])
    taken = word_files.take_in(world, [path], "new")
    publish(taken)
    assert errors(world, taken.folder) == []
    assert (taken.folder / "indicators" / "on-time.yaml").is_file()


def test_another_pdf_is_refused_with_what_to_do(world: Workspace, tmp_path: Path) -> None:
    path = put(tmp_path, "a.pdf", b"%PDF-1.4\n")
    with pytest.raises(DataError) as told:
        word_files.take_in(world, [path], "new")
    assert [one.code for one in told.value.diagnostics] == ["pdf-without-source"]
    assert told.value.diagnostics[0].hint


def test_without_libreoffice_the_message_says_so(
    world: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shutil, "which", lambda _: None)
    path = put(tmp_path, "a.rtf", b"{\\rtf1 x}")
    with pytest.raises(DataError) as told:
        word_files.take_in(world, [path], "new")
    assert [one.code for one in told.value.diagnostics] == ["no-libreoffice-to-convert"]


def test_rtf_goes_through_libreoffice(world: Workspace, tmp_path: Path) -> None:
    rows = "".join(
        f"\\trowd\\cellx3000\\cellx5000\\cellx7000\\intbl {a}\\cell {b}\\cell {c}\\cell\\row "
        for a, b, c in (("KPI", "weight", "1"), ("1. Green offices", "100", "60"))
    )
    path = put(tmp_path, "a.rtf", ("{\\rtf1 " + rows + "\\pard end\\par}").encode())
    taken = word_files.take_in(world, [path], "new")
    assert any(b"Green offices" in data for data in taken.files.values())


def test_no_file_is_a_usage_error(world: Workspace, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    with pytest.raises(UsageError):
        word_files.take_in(world, [tmp_path / "empty"], "new")


def test_a_letter_is_no_agreement(world: Workspace, tmp_path: Path) -> None:
    """A title alone, and any table, make no unit."""
    letter = docx.Document()
    letter.add_paragraph("บันทึกข้อความ เรื่อง เชิญประชุม")
    table = letter.add_table(2, 2)
    for cell, words in zip(table._cells, ("ลำดับ", "ชื่อ", "1", "กอง"), strict=True):
        cell.text = words
    out = io.BytesIO()
    letter.save(out)
    path = put(tmp_path, "letter.docx", out.getvalue())
    with pytest.raises(DataError) as told:
        word_files.take_in(world, [path], "new")
    assert [one.code for one in told.value.diagnostics] == ["word-file-says-nothing"]


def typed_unit(name: str, fourth: str) -> bytes:
    """A unit's table as it was typed: one indicator, whose fourth level is what is given."""
    document = docx.Document()
    for line in ("คำรับรองการปฏิบัติราชการ", name, "ปีงบประมาณ พ.ศ. 2570"):
        document.add_paragraph(line)
    table = document.add_table(rows=0, cols=7)
    levels = ("ร้อยละ 60", "ร้อยละ 65", "ร้อยละ 70", fourth, "ร้อยละ 80")
    for texts in (
        ("ตัวชี้วัด", "น้ำหนัก", "1", "2", "3", "4", "5"),
        ("ร้อยละของงานที่แล้วเสร็จ", "60", *levels),
        ("จำนวนเรื่องร้องเรียนที่ได้ข้อยุติ", "40", "1", "2", "3", "4", "5"),
    ):
        for cell, text in zip(table.add_row().cells, texts, strict=True):
            cell.text = text
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


@pytest.mark.parametrize("alike", [True, False])
def test_a_cell_that_differs_by_level_is_a_variant(
    alike: bool, world: Workspace, tmp_path: Path
) -> None:
    units = {
        "กองคลังตัวอย่าง": "ร้อยละ 75",
        "กองช่างตัวอย่าง": "ร้อยละ 75",
        "กองแผนตัวอย่าง": "ร้อยละ 75",
        "นิคมตัวอย่าง หนึ่ง": "ร้อยละ 72",
        "นิคมตัวอย่าง สอง": "ร้อยละ 72" if alike else "ร้อยละ 73",
    }
    # Whichever file is read first: what most units have stands in the indicator itself.
    names = sorted(units, reverse=True)
    paths = [
        put(tmp_path, f"{number}.docx", typed_unit(name, units[name]))
        for number, name in enumerate(names)
    ]
    taken = word_files.take_in(world, paths, "new")
    publish(taken)
    assert errors(world, taken.folder) == []
    files = {path.name: yaml.safe_load(data) for path, data in taken.files.items()}
    shared = [path for path in taken.files if path.parent.name == "indicators"]
    assert len(shared) == 2
    [one] = [files[path.name] for path in shared if "ร้อยละ" in files[path.name]["name"]]
    assert one["criteria"]["all"]["levels"][4]["text"] == "ร้อยละ 75"
    fourth = {"text": "ร้อยละ 72", "value": 72}
    overrides = {
        name: [use["override"] for use in data["indicators"] if "override" in use]
        for name, data in files.items()
        if "indicators" in data
    }
    assert not any(found for name, found in overrides.items() if name.startswith("กอง"))
    own = {"criteria": {"all": {"levels": {4: fourth}}}}
    if alike:
        assert one["variants"] == {"field": own}
        assert not any(overrides.values())
    else:
        assert "variants" not in one
        assert overrides["นิคมตัวอย่าง-หนึ่ง.yaml"] == [own]
    told = {one.line.said for one in taken.left}
    assert not told & {"ร้อยละ 72", "ร้อยละ 73", "ร้อยละ 75"}
