"""gen inspect: what it says of a PDF, what it takes out, and that no change gets past it."""

import contextlib
import io
import json
import random
import re
import shutil
import struct
import subprocess
import sys
import time
import zlib
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from click.testing import CliRunner, Result
from pikepdf import Array, Dictionary, Name, Pdf, String

from generator import verify
from generator.agreements import reading, record, unsealing, yaml_tree
from generator.agreements.files import AgencyFolder, UnitFile, valid_agency
from generator.agreements.paths import unit_paths
from generator.agreements.record import DocumentOptions
from generator.api import inspection
from generator.cli import cli
from generator.documents import building, inputs, soundness
from generator.documents.kinds import KINDS
from generator.errors import ExitCode, FileError, GenError, VerificationError
from generator.writers import document
from support import tampering as t
from support.making import EVERY, ROOT, WORLD, made

every = pytest.mark.parametrize(("kind", "subject"), EVERY)


def good(subject: str = "กอส") -> bytes:
    return made("agreement", subject)["pdf"]


UNITS = [
    path
    for agency in sorted((ROOT / "agreements").glob("*/agency.yaml"))
    for path in unit_paths(agency.parent)
]


def findings(data: bytes) -> tuple[str, ...]:
    return inspection.problems(WORLD, verify.read_pdf(data, "x.pdf"))[0]


def gen(*arguments: str | Path) -> Result:
    """gen, in this process."""
    return CliRunner().invoke(cli, list(map(str, arguments)), standalone_mode=False)


@pytest.fixture(scope="module")
def pdf(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("inspect") / "กอส-agreement.pdf"
    path.write_bytes(good())
    return path


# What it says


def test_it_says_what_the_file_is(pdf: Path) -> None:
    done = gen("inspect", pdf)
    assert done.exception is None
    said = json.loads(t.attached(good(), record.ABOUT))
    lines = dict(line.split(maxsplit=1) for line in done.stdout.splitlines())
    assert lines["id"] == said["id"]
    assert lines["kind"] == "agreement"
    assert lines["agency"] == "dsdw-2566"
    assert lines["unit"] == "กอส"
    assert "กองกิจการอาสาสมัครและภาคประชาสังคม" in lines["title"]
    assert lines["dated"] == "2022-10-01"
    for label, key in (("data", "data_hash"), ("text", "text_hash"), ("template", "template_hash")):
        assert f"{label} hash" in done.stdout
        assert said[key] in done.stdout
    assert "claims to be   PDF/A-3A, PDF/UA-1" in done.stdout
    size = len(t.attached(good(), record.SOURCE))
    assert f"attachment     source.yaml, {size} bytes (Source)" in done.stdout
    assert re.search("\nsignature      assessor-1, page [12], empty: ลงลายมือชื่อ", done.stdout)


def test_json_says_the_same(pdf: Path) -> None:
    known = json.loads(gen("inspect", pdf, "--json").stdout)
    assert list(known) == [
        "title",
        *record.KEYS,
        *("pages", "fonts", "created", "modified", "claims", "attachments", "signatures"),
    ]
    assert known["claims"] == ["PDF/A-3A", "PDF/UA-1"]
    assert set(known["fonts"]) >= {WORLD.font.replace(" ", "")}
    assert [file["name"] for file in known["attachments"]] == [
        *("record.json", "source.yaml", "text.txt")
    ]
    assert [(field["name"], field["signed"]) for field in known["signatures"]] == [
        ("assessor-1", False),
        ("assessee-1", False),
    ]


def test_a_signed_field_says_so(tmp_path: Path) -> None:
    def sign(pdf: Pdf) -> None:
        root: Any = pdf.Root
        root.AcroForm.Fields[0].V = pdf.make_indirect(Dictionary(Type=Name.Sig))

    path = tmp_path / "signed.pdf"
    path.write_bytes(t.tampered(good(), sign))
    known = json.loads(gen("inspect", path, "--json").stdout)
    assert [field["signed"] for field in known["signatures"]] == [True, False]


def test_nothing_it_prints_moves_the_cursor(tmp_path: Path) -> None:
    path = tmp_path / "hostile.pdf"
    data = t.tampered(good(), t.record(unit="\x1b[2J\u202egpj"), t.add("a\x1b.txt", b""))
    path.write_bytes(data)
    for options in ([], ["--check"], ["--json"], ["--json", "--check"]):
        stdout = gen("inspect", path, *options).stdout
        assert "\x1b" not in stdout
        assert "\u202e" not in stdout


# What it takes out


def test_extract_prints_the_paths(pdf: Path, tmp_path: Path) -> None:
    done = gen("inspect", pdf, "--extract", tmp_path / "in")
    assert done.exception is None
    paths = [Path(line) for line in done.stdout.splitlines()]
    assert paths == [tmp_path / "in" / n for n in ("record.json", "source.yaml", "text.txt")]
    for path in paths:
        assert path.read_bytes() == t.attached(good(), path.name)
    done = gen("inspect", pdf, "--extract", tmp_path / "in", "--json")
    assert json.loads(done.stdout) == {"files": [str(path) for path in paths]}


@pytest.mark.parametrize(
    "name", ["../source.yaml", "/tmp/x", "a/b", "a\\b", "C:x", "..", "", ".profile", "NUL", "x\0y"]
)
def test_a_name_that_leads_elsewhere_is_refused(tmp_path: Path, name: str) -> None:
    path = tmp_path / "x.pdf"
    path.write_bytes(t.tampered(good(), t.rename("text.txt", name)))
    done = gen("inspect", path, "--extract", tmp_path / "in")
    assert isinstance(done.exception, FileError)
    assert "can't be a file" in done.exception.message
    assert sorted(p.name for p in tmp_path.rglob("*")) == ["x.pdf"]


def test_only_what_gen_attaches_is_taken_out(tmp_path: Path) -> None:
    path = tmp_path / "x.pdf"
    path.write_bytes(t.tampered(good(), t.add("agency.yaml", b"name: x\n")))
    done = gen("inspect", path, "--extract", tmp_path / "in")
    assert done.exception is None
    assert "agency.yaml is none of gen's attachments" in done.stderr
    assert not (tmp_path / "in" / "agency.yaml").exists()
    path.write_bytes(t.tampered(good(), t.add("source.yaml", b"name: x\n")))
    done = gen("inspect", path, "--extract", tmp_path / "in2")
    assert isinstance(done.exception, FileError)


# The round trip


def png(shade: int) -> bytes:
    """A picture of one grey square."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        body = kind + data
        return struct.pack(">I", len(data)) + body + struct.pack(">I", zlib.crc32(body))

    head = struct.pack(">IIBBBBB", 4, 4, 8, 0, 0, 0, 0)
    rows = zlib.compress((b"\0" + bytes([shade] * 4)) * 4)
    signature = b"\x89PNG\r\n\x1a\n"
    return signature + chunk(b"IHDR", head) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


@pytest.fixture(scope="module")
def with_emblem(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An agency whose emblem has a Thai name and a folder of its own."""
    folder = tmp_path_factory.mktemp("emblem") / "agreements" / "emblem-2570"
    shutil.copytree(ROOT / "agreements" / "example-2570", folder)
    with (folder / "agency.yaml").open("a", encoding="utf-8") as file:
        file.write("emblem: ภาพ/ตรา.PNG\n")
    (folder / "ภาพ").mkdir()
    (folder / "ภาพ" / "ตรา.PNG").write_bytes(png(90))
    return folder


ROUND_TRIPS = {
    "a draft": ["agreement", "agreements/dsdw-2566/กอส.yaml"],
    "a draft without sheets": ["agreement", "agreements/dsdw-2566/กอส.yaml", "--no-sheets"],
    "a final with two signers": ["agreement", "agreements/example-2570/ตัวอย่าง-ก.yaml"],
    "a final with three signers": ["agreement", "agreements/example-2570/ตัวอย่าง-ข.yaml"],
    "a blank form": ["agreement", "agreements/dsdw-2566", "--blank"],
    "the sheets alone": ["indicators", "agreements/dsdw-2566/กอส.yaml"],
    "a framework": ["framework", "agreements/dsdw-2566"],
    "an emblem": ["agreement", "EMBLEM/ตัวอย่าง-ก.yaml"],
    "an emblem on a blank form": ["agreement", "EMBLEM", "--blank"],
}


@pytest.mark.parametrize("arguments", ROUND_TRIPS.values(), ids=ROUND_TRIPS)
def test_what_was_taken_out_makes_the_same_document(
    arguments: list[str], with_emblem: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    command, name, *options = arguments
    named = str(with_emblem) + name.removeprefix("EMBLEM") if "EMBLEM" in name else ROOT / name
    monkeypatch.chdir(tmp_path)
    first = gen(command, named, *options, "-o", "first")
    assert first.exception is None, first.exception
    made_first = [Path(line) for line in first.stdout.splitlines()]
    pdf_path = next(path for path in made_first if path.suffix == ".pdf")
    taken = gen("inspect", pdf_path, "--extract", "in", "--check")
    assert taken.exception is None, taken.stdout
    assert taken.stdout.endswith("the file is what it says\n")
    with_picture = "EMBLEM" in name and command == "agreement"
    assert ("in/emblem.png" in taken.stdout) == with_picture

    second = gen(command, "in/source.yaml", "-o", "second")
    assert second.exception is None, second.exception
    for one in made_first:
        other = Path("second", *one.parts[1:])
        assert other.read_bytes() == one.read_bytes(), one.name
    again = Path("second", *pdf_path.parts[1:]).read_bytes()
    assert t.attached(again, record.SOURCE) == Path("in/source.yaml").read_bytes()


def documents_of(folder: AgencyFolder, unit: UnitFile) -> Iterator[record.DocumentInput]:
    """Every document that can be made of a unit."""
    for kind in sorted(KINDS.values(), key=lambda kind: kind.name):
        if kind.scope == "agency" or not soundness.has_words(folder, kind.name):
            continue
        if kind.level == "person" and unit.unit.level != "person":
            continue
        if not kind.of_survey:
            yield record.DocumentInput(kind.name, DocumentOptions(), valid_agency(folder), unit)
            continue
        for survey in folder.surveys:
            counted = folder.answer_path("2", unit.id, survey)
            if not kind.of_round or counted.is_file():
                options = DocumentOptions(survey=survey, round="2" if kind.of_round else "")
                yield inputs.unit_input(kind.name, valid_agency(folder), unit, options)


@pytest.mark.parametrize("path", UNITS, ids=lambda path: path.stem)
def test_every_unit_s_source_makes_the_same_text(path: Path, tmp_path: Path) -> None:
    folder = reading.read_agency(path.parent)
    origins = list(documents_of(folder, reading.read_unit(folder, path)))
    assert origins
    for origin in origins:
        first = building.build(WORLD, origin).record
        (tmp_path / "source.yaml").write_bytes(first.data)
        sealed = unsealing.unseal(tmp_path / "source.yaml")
        assert building.build(WORLD, sealed).record.data == first.data
        again, before = (building.again(WORLD, one) for one in (sealed, origin))
        assert replace(again, made_from=None) == replace(before, made_from=None)


@pytest.mark.parametrize("key", ["agency", "unit"])
@pytest.mark.parametrize("name", ["../../x", "/x", "a/b", "a\\b", "..", ".x", "''", "[a]"])
def test_a_source_can_t_lead_elsewhere(tmp_path: Path, key: str, name: str) -> None:
    text = t.attached(good(), record.SOURCE).decode()
    at = text.index(f"  {key}: ")
    path = tmp_path / "source.yaml"
    path.write_text(text[:at] + f"  {key}: {name}" + text[text.index("\n", at) :], "utf-8")
    done = gen("agreement", path, "-o", tmp_path / "out")
    assert isinstance(done.exception, GenError)
    assert done.exception.exit_code == ExitCode.DATA
    assert not (tmp_path / "out").exists()


# Whether it is what it says


@every
def test_every_document_is_what_it_says(kind: str, subject: str) -> None:
    found = verify.read_pdf(made(kind, subject)["pdf"], "x.pdf")
    assert inspection.problems(WORLD, found) == ((), [])


def test_check_says_so(pdf: Path) -> None:
    done = gen("inspect", pdf, "--check")
    assert (done.exception, done.stdout) == (None, "the file is what it says\n")
    assert json.loads(gen("inspect", pdf, "--check", "--json").stdout) == {"problems": []}


def test_a_finding_ends_with_its_own_code(tmp_path: Path) -> None:
    path = tmp_path / "x.pdf"
    path.write_bytes(t.tampered(good(), t.edit(record.TEXT, "กอง", "กลุ่ม")))
    done = gen("inspect", path, "--check", "--json")
    assert isinstance(done.exception, VerificationError)
    assert done.exception.exit_code == ExitCode.VERIFICATION
    problems = json.loads(done.stdout)["problems"]
    assert "text.txt is not the text that was recorded: its hash is another" in problems


def test_as_a_program(pdf: Path, tmp_path: Path) -> None:
    bad, damaged = tmp_path / "bad.pdf", tmp_path / "damaged.pdf"
    bad.write_bytes(t.tampered(good(), t.note))
    damaged.write_bytes(good()[:5000])
    for path, code, stdout, stderr in (
        (pdf, ExitCode.DONE, "the file is what it says\n", ""),
        (
            bad,
            ExitCode.VERIFICATION,
            "page 1 bears an annotation that gen doesn't make (FreeText)\n",
            "error: bad.pdf is not what it says\n",
        ),
        (damaged, ExitCode.FILES, "", "error: damaged.pdf can't be read as a PDF"),
    ):
        done = subprocess.run(
            [sys.executable, "-m", "generator", "inspect", path, "--check"],
            cwd=ROOT,
            capture_output=True,
            encoding="utf-8",
            check=False,
        )
        assert (done.returncode, done.stdout) == (code, stdout)
        assert stderr in done.stderr
        assert "Traceback" not in done.stderr


def other(name: str) -> t.Change:
    """An attachment of another document in place of this one's."""
    return lambda pdf: t.file_of(pdf, name).write(t.attached(good("ตัวอย่าง-ก"), name))


def hash_of_source(data: bytes) -> str:
    node = yaml_tree.parse(Path("source.yaml"), data).node
    assert node is not None
    return record.hash_of(node.plain())


def id_of() -> str:
    return str(json.loads(t.attached(good(), record.ABOUT))["id"])


def forged_id() -> str:
    last = id_of()[-1]
    return id_of()[:-1] + ("9" if last != "9" else "4")


def tag(name: str, text: str, body: bytes) -> bytes:
    """Drawing within a span that says something."""
    return f"{name} BMC /Span <</ActualText ({text})>> BDC ".encode() + body + b" EMC EMC"


def form(pdf: Pdf) -> None:
    """A text drawn by way of a form."""
    page: Any = pdf.pages[0].obj
    drawing = pikepdf.Stream(pdf, t.words("approved"))
    drawing.Type, drawing.Subtype = Name.XObject, Name.Form
    drawing.BBox = Array([0, 0, 600, 800])
    page.Resources.XObject.Extra = drawing
    t.draw(1, b"/Extra Do")(pdf)


def cover_signature(pdf: Pdf) -> None:
    root: Any = pdf.Root
    root.AcroForm.Fields[0].AP.N.write(t.words("signed"))


def bare_font(pdf: Pdf) -> None:
    for item in pdf.objects:
        if isinstance(item, Dictionary) and item.get("/Type") == "/FontDescriptor":
            for key in ("/FontFile2", "/FontFile3"):
                if key in item:
                    del item[key]


def forge(pdf: Pdf) -> None:
    """A weight that pages, text and record agree about, and only the source doesn't."""
    page, weight = next(
        (piece.page, piece.claimed)
        for piece in verify.read_pdf(good(), "x").facts.drawn
        if piece.number is not None and re.fullmatch(r"[1-9]\d", piece.claimed or "")
    )
    assert weight is not None
    t.retype(page, weight, weight[::-1])(pdf)
    t.edit(record.TEXT, f"\n{weight}\n", f"\n{weight[::-1]}\n")(pdf)
    t.text_too(pdf)


def renumber(pdf: Pdf) -> None:
    count = len(pdf.pages)
    t.retype(3, f"3/{count}", f"4/{count}")(pdf)


def one_line_more(pdf: Pdf) -> None:
    file = t.file_of(pdf, record.TEXT)
    file.write(file.read_bytes() + "ๆ\n".encode())


def spoken(pdf: Pdf) -> None:
    t.elements(pdf, "/P")[1].ActualText = String("approved")


def another_title(pdf: Pdf) -> None:
    info: Any = pdf.trailer.Info
    info.Title = String("approved")


def another_purpose(pdf: Pdf) -> None:
    root: Any = pdf.Root
    root.AcroForm.Fields[0].TU = String("approved")


def approve_all(pdf: Pdf) -> None:
    """The same words on all pages."""
    for page in range(1, len(pdf.pages) + 1):
        t.draw(page, tag("/Artifact", "approved", t.words("approved")))(pdf)


LINE = rb"ActualText <feff0e01"
TAMPERINGS: dict[str, tuple[list[t.Change] | Callable[[], list[t.Change]], str]] = {
    "a letter of the source": (
        [t.edit("source.yaml", "weight: '", "weight: '1")],
        "source.yaml is not the source that was recorded",
    ),
    "a letter of the text": (
        [t.edit("text.txt", "กอง", "กลง")],
        "text.txt is not the text that was recorded",
    ),
    "the text, with its hash": (
        [t.edit("text.txt", "กอง", "กลง"), t.text_too],
        "the pages don't say what text.txt says: .*กอง.* in place of .*กลง",
    ),
    "a line more in the text": (
        [one_line_more],
        "the pages don't say what text.txt says: 'ๆ' is left out",
    ),
    "the record's id": ([t.record(id="K7QD-2M9X-4TPA")], "the id K7QD-2M9X-4TPA is not that of"),
    "the record's data hash": (
        [t.record(data_hash="0" * 64)],
        "the id .* is not that of the recorded data, which is 0000-0000-0000",
    ),
    "a data hash that is none": (
        [t.record(data_hash="x")],
        "the id .* is not that of the recorded data",
    ),
    "the record's source hash": (
        [t.record(source_hash="0" * 64)],
        "source.yaml is not the source that was recorded",
    ),
    "the record's text hash": (
        [t.record(text_hash="0" * 64)],
        "text.txt is not the text that was recorded",
    ),
    "the record's unit": ([t.record(unit="กพพ")], "record.json names another unit than source"),
    "a record that is none": ([t.put("record.json", b"[[[")], "record.json is no record"),
    "a record without end": ([t.record(id="x" * 999)], "it holds more than short texts"),
    "a record without a hash": (
        [t.put("record.json", b'{"id": "x"}')],
        "it doesn't say kind, agency",
    ),
    "the source and its hash": (
        [
            t.edit("source.yaml", "\n  name: กองกิจการ", "\n  name: กองกินการ"),
            t.reseal(hash_of_source, id_too=False),
        ],
        "the id .* is not that of its source",
    ),
    "the source, its hash and the id": (
        [
            t.edit("source.yaml", "weight: '", "weight: '1"),
            t.reseal(hash_of_source, id_too=True),
        ],
        "the id .* is not printed on page 1",
    ),
    "a source that is no YAML": ([t.put("source.yaml", b"a: &b [*b]")], "source.yaml can't be rea"),
    "what a line claims": ([t.redraw(1, LINE, LINE[:-1] + b"2")], "page 1 shows '.*' where it"),
    "what a line claims, and the text": (
        [t.redraw(1, LINE, LINE[:-1] + b"2"), t.edit("text.txt", "\nก", "\nข"), t.text_too],
        "page 1 shows 'ก.*' where it says 'ข",
    ),
    "what a line shows": (
        [t.redraw(1, rb"\[<([0-9a-f]{4})>0<([0-9a-f]{4})", rb"[<\2>0<\2")],
        "page 1 shows",
    ),
    "the order of two glyphs": (
        [t.redraw(1, rb"\[<([0-9a-f]{4})>0<([0-9a-f]{4})", rb"[<\2>0<\1")],
        "page 1 shows",
    ),
    "a glyph map": ([t.another_map(b"<0e01>", b"<0e02>")], "page 1 shows '.*ข"),
    "a glyph map without a glyph": (
        [t.another_map(b" <0e01>", b" <f710>")],
        "draws .* for nothing, in",
    ),
    "no glyph maps": ([t.another_map(b"bfchar", b"nothing")], "glyphs that stand for nothing, in"),
    "a page left out": ([t.without_page(2)], r"page 2 of \d+ is numbered 3/"),
    "the last page left out": (
        [lambda pdf: t.without_page(len(pdf.pages))(pdf)],
        "the pages don't say .*: '.*' is left out",
    ),
    "two pages swapped": ([t.swapped_pages(2, 3)], r"page 2 of \d+ is numbered 3/"),
    "a paragraph left out of the tree": (
        [t.without_element("/P")],
        "the pages don't say what text.txt says",
    ),
    "a cell left out of the tree": ([t.without_element("/TD")], "text outside the order of read"),
    "cells in another order": ([t.swapped_elements], "the pages don't say what text.txt says"),
    "a structure in a circle": ([t.circle], "its structure goes in a circle"),
    "words over a paragraph": ([spoken], "its structure puts other words over what the pages say"),
    "no structure": (
        [lambda pdf: pdf.Root.__delitem__("/StructTreeRoot")],
        "it has no structure",
    ),
    "no source": ([t.remove("source.yaml")], "the attachment source.yaml is missing"),
    "no text": ([t.remove("text.txt")], "the attachment text.txt is missing"),
    "no record": ([t.remove("record.json")], "the attachment record.json is missing"),
    "another's source": ([other("source.yaml")], "names another unit than source.yaml"),
    "another's text": ([other("text.txt")], "text.txt is not the text that was recorded"),
    "another's record": ([other("record.json")], "source.yaml is not the source that was recor"),
    "another's attachments": (
        [other("source.yaml"), other("text.txt"), other("record.json")],
        "the id .* is not printed on page 1",
    ),
    "an attachment twice": ([t.add("text.txt", b"x")], "2 attachments are called text.txt"),
    "an attachment more": ([t.add("x.txt", b"x")], "the attachment x.txt is none that the source"),
    "the id on one page": (
        lambda: [t.retype(4, id_of(), forged_id())],
        "the id .* is not printed on page 4",
    ),
    "a page's number": ([renumber], r"page 3 of \d+ is numbered 4/"),
    "words drawn": ([t.draw(2, t.words("approved"))], "page 2 draws text that it doesn't say"),
    "words drawn in the document's face": (
        [
            t.redraw(
                2, rb"(?s)^(.*)(/[A-Z]{6}) ([0-9.]+ Tf.*)$", rb"\1\2 \3 BT \2 9 Tf <0013> Tj ET"
            )
        ],
        "page 2 draws text that it doesn't say: '2'",
    ),
    "words that say something": (
        [t.draw(2, b"/Span <</ActualText (ok)>> BDC " + t.words("ok") + b" EMC")],
        "page 2 holds text that belongs to no paragraph: 'ok'",
    ),
    "words as a page's foot": (
        [t.draw(2, tag("/Artifact", "approved", t.words("approved")))],
        "page 2 bears other words in its head or foot than page 1",
    ),
    "words as every page's foot": (
        [approve_all],
        "page 1 bears words in head or foot that its source doesn't give: '.*approved'",
    ),
    "words of a tag that nobody reads": (
        [
            t.draw(
                2,
                b"/P <</MCID 9999>> BDC /Span <</ActualText (ok)>> BDC "
                + t.words("ok")
                + b" EMC EMC",
            )
        ],
        "page 2 holds text outside the order of reading: 'ok'",
    ),
    "words in a form": ([form], "page 1 draws text that it doesn't say"),
    "text that isn't seen": (
        [t.redraw(1, rb"BT\n", b"BT 3 Tr\n")],
        "page 1 hides text",
    ),
    "a note": ([t.note], r"page 1 bears an annotation that gen doesn't make \(FreeText\)"),
    "a drawn signature": ([cover_signature], "assessor-1 shows something, though nobody signed"),
    "another title": ([another_title], "the title is not the one of its source: 'approved'"),
    "another place to sign": (
        [another_purpose],
        r"the signature field assessor-1 \(approved\) is none of its source",
    ),
    "a font that isn't there": ([bare_font], "the font .* is not embedded"),
    "a weight, everywhere but in the source": (
        [forge],
        "text.txt doesn't say what its source says: '.*' in place of '.*'",
    ),
}


@pytest.mark.parametrize("name", TAMPERINGS)
def test_a_change_is_found(name: str) -> None:
    changes, sentence = TAMPERINGS[name]
    data = t.tampered(good(), *(changes if isinstance(changes, list) else changes()))
    found = findings(data)
    assert any(re.search(sentence, one) for one in found), found
    assert len(found) < 30
    for one in found:
        assert "\n" not in one
        assert len(one) < 250


def test_saving_again_changes_nothing() -> None:
    assert findings(t.tampered(good())) == ()


@pytest.fixture(scope="module")
def emblem_pdf(with_emblem: Path, tmp_path_factory: pytest.TempPathFactory) -> bytes:
    folder = tmp_path_factory.mktemp("out")
    name = with_emblem / "ตัวอย่าง-ก.yaml"
    done = gen("agreement", name, "--format", "pdf", "-o", folder)
    assert done.exception is None, done.exception
    return Path(done.stdout.strip()).read_bytes()


def test_an_emblem_is_attached_under_a_name_of_its_own(emblem_pdf: bytes) -> None:
    assert findings(emblem_pdf) == ()
    assert t.attached(emblem_pdf, "emblem.png") == png(90)
    assert b"\n  emblem: emblem.png\n" in t.attached(emblem_pdf, record.SOURCE)


def test_a_picture_is_the_one_that_the_source_names(emblem_pdf: bytes) -> None:
    for change, sentence in (
        (t.put("emblem.png", png(200)), "the picture emblem.png is not the one"),
        (t.remove("emblem.png"), "the picture emblem.png is missing"),
    ):
        found = findings(t.tampered(emblem_pdf, change))
        assert any(one.startswith(sentence) for one in found), found


def test_what_can_t_be_made_again_is_said(tmp_path: Path) -> None:
    for change, remark in (
        (t.record(generator="9.9"), "it was made by gen 9.9, this is gen"),
        (t.record(template_hash="0" * 64), "the templates here are not those it was made with"),
    ):
        found = verify.read_pdf(t.tampered(good(), change), "x.pdf")
        wrong, remarks = inspection.problems(WORLD, found)
        assert wrong == ()
        assert remarks[0].startswith(remark)
        assert "not made again from its source" in remarks[0]
    # Even so, what is drawn on one page only is found.
    data = t.tampered(
        good(), t.record(generator="9.9"), t.draw(2, tag("/Artifact", "ok", t.words("ok")))
    )
    assert findings(data)


def test_a_source_that_nothing_can_be_made_of(tmp_path: Path) -> None:
    changes = (
        t.edit("source.yaml", "scale:", "scael:"),
        t.reseal(hash_of_source, id_too=True),
    )
    found = findings(t.tampered(good("ตัวอย่าง-ก"), *changes))
    assert any(one.startswith("nothing can be made of its source") for one in found), found
    data = t.tampered(good(), t.edit("source.yaml", "kind: agreement", "kind: letter"))
    found = findings(t.tampered(data, t.record(kind="letter")))
    assert "gen makes no document of the kind letter" in found


# Files that are something else, or nothing


def plain() -> bytes:
    with Pdf.new() as pdf:
        pdf.add_blank_page()
        return t.saved(pdf)


def encrypted(password: str) -> bytes:
    with pikepdf.open(io.BytesIO(good())) as pdf:
        return t.saved(pdf, encryption=pikepdf.Encryption(owner="x", user=password))


def bomb(pdf: Pdf) -> None:
    """An attachment that unpacks to more than any machine should hold."""
    packer = zlib.compressobj(9)
    block = bytes(1 << 20)
    packed = b"".join(packer.compress(block) for _ in range(100)) + packer.flush()
    t.file_of(pdf, "text.txt").write(packed, filter=Name.FlateDecode)


def long_page(pdf: Pdf) -> None:
    t.content(pdf, 1).write(b"q Q " * (2 << 20))


def endless_list(pdf: Pdf) -> None:
    names: Any = pdf.Root.Names
    tree = pdf.make_indirect(Dictionary())
    tree.Kids = Array([tree])
    names.EmbeddedFiles = tree


def endless_form(pdf: Pdf) -> None:
    form(pdf)
    page: Any = pdf.pages[0].obj
    drawing = page.Resources.XObject.Extra
    drawing.write(b"/Extra Do")
    drawing.Resources = Dictionary(XObject=Dictionary(Extra=drawing))


def no_file(pdf: Pdf) -> None:
    t.files(pdf)[1].EF = Dictionary()


def odd_metadata(pdf: Pdf) -> None:
    root: Any = pdf.Root
    root.Metadata.write(b"<!DOCTYPE x [<!ENTITY a 'b'>]><x>&a;</y>")


UNREADABLE: dict[str, tuple[Callable[[], bytes], str]] = {
    "nothing": (lambda: b"", "is no PDF"),
    "a text": (lambda: b"a text", "is no PDF"),
    "a picture": (lambda: png(1), "is no PDF"),
    "a document": (lambda: made("agreement", "กอส")["docx"], "is no PDF"),
    "another program's PDF": (plain, "was not made by gen"),
    "no attachments": (
        lambda: t.tampered(good(), *map(t.remove, ("source.yaml", "text.txt", "record.json"))),
        "was not made by gen",
    ),
    "encrypted": (lambda: encrypted("secret"), "is encrypted"),
    "encrypted without a password": (lambda: encrypted(""), "is encrypted"),
    "the first half": (lambda: good()[: len(good()) // 2], "can't be read as a PDF"),
    "a hole in it": (lambda: good()[:3000] + bytes(500) + good()[4000:], "can't be read as a PDF"),
    "a bomb": (lambda: t.tampered(good(), bomb), "unpacks to more than 64 MiB"),
    "a page without end": (lambda: t.tampered(good(), long_page), "page 1 draws more than"),
    "a list in a circle": (lambda: t.tampered(good(), endless_list), "goes in a circle"),
    "a form in a circle": (lambda: t.tampered(good(), endless_form), "nested too deep"),
    "an attachment without a file": (lambda: t.tampered(good(), no_file), "can't be read as"),
    "metadata that are no XML": (lambda: t.tampered(good(), odd_metadata), "metadata are damaged"),
}


@pytest.mark.parametrize("name", UNREADABLE)
def test_a_file_that_can_t_be_read_is_said_plainly(name: str, tmp_path: Path) -> None:
    make, words = UNREADABLE[name]
    path = tmp_path / "x.pdf"
    path.write_bytes(make())
    start = time.monotonic()
    for options in ([], ["--check"], ["--extract", str(tmp_path / "in")]):
        done = gen("inspect", path, *options)
        assert isinstance(done.exception, FileError), done.exception
        assert done.exception.exit_code == ExitCode.FILES
        assert words in done.exception.message
    assert time.monotonic() - start < 20
    assert not (tmp_path / "in").exists()


def test_no_file_at_all(tmp_path: Path) -> None:
    for path in (tmp_path / "x.pdf", tmp_path):
        done = gen("inspect", path)
        assert isinstance(done.exception, FileError)
        assert "can't read" in done.exception.message


def test_damage_anywhere_ends_in_order() -> None:
    chance = random.Random(2570)
    whole = good("ตัวอย่าง-ก")
    for _ in range(60):
        data = bytearray(whole)
        for _ in range(chance.choice((1, 5, 50))):
            data[chance.randrange(len(data))] = chance.randrange(256)
        with contextlib.suppress(FileError):
            findings(bytes(data))


# Before anything is published


def test_every_run_asks_what_inspect_asks() -> None:
    data = good()
    text = t.attached(data, record.TEXT)
    origin = unsealing.unsealed(
        yaml_tree.parse(Path("s"), t.attached(data, record.SOURCE)), Path("s")
    )
    html = document.html(WORLD, building.again(WORLD, origin))
    verify.check_says(verify.read_pdf(data, "x"), html, text)
    for changed, wanted, sentence in (
        (data, text + b"x\n", "carries another text"),
        (t.tampered(data, t.remove(record.SOURCE)), text, "source.yaml is missing"),
        (
            t.tampered(data, t.edit(record.TEXT, "กอง", "กลง")),
            text,
            "not the text that was recorded",
        ),
        (t.tampered(data, t.record(text_hash="0")), text, "not the text that was recorded"),
        (t.tampered(data, t.note), text, "page 1"),
        (
            t.tampered(data, t.put(record.ABOUT, b"[]")),
            text,
            "record.json is no record: it doesn't say id",
        ),
    ):
        with pytest.raises(VerificationError, match=sentence):
            verify.check_says(verify.read_pdf(changed, "x"), html, wanted)
