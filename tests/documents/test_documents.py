"""Every kind of document, looked at from outside: parity, validity, fonts, LibreOffice."""

import zipfile
from dataclasses import replace
from functools import cache
from pathlib import Path

import openxml_audit
import pikepdf
import pypdfium2
import pytest

from generator import verify
from generator.agreements import lookup
from generator.api import documents
from generator.errors import RenderingError, TemplateFault, VerificationError
from generator.verify import ContentPiece
from generator.workspace.environment import Workspace
from support.making import (
    EVERY,
    ROOT,
    WORLD,
    by_libreoffice,
    fresh,
    has_title_alone,
    made,
    stream,
)

every = pytest.mark.parametrize(("kind", "subject"), EVERY)


@every
def test_docx_and_pdf_say_the_same_in_the_same_order(kind: str, subject: str) -> None:
    files = made(kind, subject)
    docx = verify.docx_content(files["docx"])
    pdf = verify.pdf_facts(files["pdf"]).content
    assert len(docx) > 30
    assert docx == pdf


def test_the_parity_test_can_fail() -> None:
    story = verify.docx_content(made("agreement", "กอส")["docx"])
    cells = [n for n, piece in enumerate(story) if piece.kind == "cell" and piece.text]
    first, second = cells[3], next(n for n in cells if story[n] != story[cells[3]])
    swapped = list(story)
    swapped[first], swapped[second] = swapped[second], swapped[first]
    with pytest.raises(TemplateFault, match="differ at piece"):
        verify.compare(story, tuple(swapped))
    with pytest.raises(TemplateFault, match="only the DOCX says"):
        verify.compare(story, story[:-1])
    verify.compare(story, story)


@cache
def validator() -> openxml_audit.OpenXmlValidator:
    """Word's rules, read once."""
    return openxml_audit.OpenXmlValidator(max_errors=0)


@every
def test_word_opens_it_without_repair(kind: str, subject: str, tmp_path: Path) -> None:
    path = tmp_path / "document.docx"
    path.write_bytes(made(kind, subject)["docx"])
    result = validator().validate(path)
    assert [str(error) for error in result.errors] == []
    verdict = openxml_audit.predict(result)
    assert verdict.prediction is openxml_audit.AppPrediction.OPENS_CLEAN, verdict.headline


def test_the_word_check_can_fail(tmp_path: Path) -> None:
    path = tmp_path / "document.docx"
    broken = tmp_path / "broken.docx"
    path.write_bytes(made("agreement", "กอส")["docx"])
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(broken, "w") as new:
        for name in old.namelist():
            data = old.read(name)
            if name == "word/document.xml":
                data = data.replace(b"<w:tblGrid>", b"<w:tblBroken/><w:tblGrid>")
            new.writestr(name, data)
    assert openxml_audit.OpenXmlValidator().validate(broken).errors


@every
def test_only_the_chosen_faces_are_embedded(kind: str, subject: str) -> None:
    fonts = verify.pdf_facts(made(kind, subject)["pdf"]).fonts
    face = WORLD.font.replace(" ", "")
    assert {face, f"{face}Bold"} <= {name for name in fonts if name.startswith(face)}
    assert all(name.startswith((face, "DejaVuSans")) for name in fonts)


def sides(pdf: bytes) -> list[str]:
    """The orientations of the pages, runs of one taken together."""
    found: list[str] = []
    for page in pypdfium2.PdfDocument(pdf):
        width, height = page.get_size()
        side = "portrait" if height > width else "landscape"
        if not found or found[-1] != side:
            found.append(side)
    return found


def headings(pdf: bytes) -> list[tuple[int, str]]:
    """The bookmarks, with their levels."""
    return [
        (item.level, verify.squeezed(item.get_title()))
        for item in pypdfium2.PdfDocument(pdf).get_toc()
    ]


@every
def test_libreoffice_opens_it_and_sees_the_same_parts(kind: str, subject: str) -> None:
    files = made(kind, subject)
    opened = by_libreoffice(files["docx"])
    assert sides(opened) == sides(files["pdf"])
    assert headings(opened) == headings(files["pdf"])
    assert len(headings(opened)) >= (1 if has_title_alone(kind, subject) else 4)


@every
def test_pdf_is_tagged_titled_and_in_thai(kind: str, subject: str) -> None:
    with pikepdf.open(stream(made(kind, subject)["pdf"])) as pdf:
        assert str(pdf.Root.Lang) == "th-TH"
        assert bool(pdf.Root.MarkInfo.Marked)
        assert str(pdf.docinfo["/Title"])


@every
def test_the_same_data_gives_the_same_docx(kind: str, subject: str) -> None:
    assert fresh(kind, subject, formats=("docx",))["docx"] == made(kind, subject)["docx"]


def changed_templates(tmp_path: Path, name: str, old: str, new: str) -> Workspace:
    """A workspace whose own template differs from the shipped one in one place."""
    (tmp_path / "agreements").mkdir()
    target = tmp_path / "templates" / name
    target.parent.mkdir(parents=True)
    shipped = ROOT / "templates" / name
    if name.endswith(".docx"):
        with zipfile.ZipFile(shipped) as before, zipfile.ZipFile(target, "w") as after:
            for part in before.namelist():
                data = before.read(part)
                if part == "word/document.xml":
                    assert old.encode() in data
                    data = data.replace(old.encode(), new.encode(), 1)
                after.writestr(part, data)
    else:
        text = shipped.read_text("utf-8")
        assert old in text
        target.write_text(text.replace(old, new, 1), "utf-8")
        for other in shipped.parent.glob("*"):
            if other.is_file() and not (target.parent / other.name).exists():
                (target.parent / other.name).write_bytes(other.read_bytes())
    return replace(WORLD, root=tmp_path)


@pytest.mark.parametrize(
    ("name", "old", "new", "message"),
    [
        ("html/agreement.html", "{{ block.total }}", "{{ block.total }}ๆ", "differ at piece"),
        ("docx/agreement.docx", "{{ block.total }}", "{{ block.total }}ๆ", "differ at piece"),
        ("docx/agreement.docx", "{{ clause.text }}", "{{ clause.txt }}", "clause.txt"),
        (
            "html/agreement.html",
            "{{ clause.text }}",
            "{{ clause.txt }}",
            r"agreement.html:\d+: .*txt",
        ),
        (
            "html/agreement.html",
            "{% for clause in clauses %}",
            "{% for clause in %}",
            "agreement.html:",
        ),
        (
            "docx/agreement.docx",
            "{{ duties.heading }}",
            "{{ duties.heading }",
            "agreement.docx: paragraph",
        ),
    ],
)
def test_a_template_at_fault_is_named(
    tmp_path: Path, name: str, old: str, new: str, message: str
) -> None:
    world = changed_templates(tmp_path, name, old, new)
    found = lookup.find(WORLD, "กอส")
    with pytest.raises(TemplateFault, match=message) as caught:
        documents.make(world, "agreement", found)
    assert caught.value.exit_code == 4


@pytest.mark.parametrize(
    ("bad", "refusal"),
    [
        ('<img src="http://192.0.2.1/x.png" alt="x">', TemplateFault),
        ('<img src="file:///etc/passwd" alt="x">', TemplateFault),
        ('<p style="background: url(file:///etc/hostname)">x</p>', TemplateFault),
        ('<p style="no-such-property: 1">x</p>', RenderingError),
        ("<p>\U0001f9ff</p>", RenderingError),
    ],
)
def test_what_leads_outside_or_makes_the_renderer_warn_is_refused(
    tmp_path: Path, bad: str, refusal: type[Exception]
) -> None:
    world = changed_templates(tmp_path, "html/agreement.html", "<section", f"{bad}<section")
    with pytest.raises(refusal):
        documents.make(world, "agreement", lookup.find(WORLD, "กอส"))


def test_a_foreign_face_is_caught() -> None:
    data = made("agreement", "กอส")["pdf"]
    with pytest.raises(VerificationError, match="a face it should not"):
        verify.check_pdf(data, ("Garuda",))


def test_damaged_files_are_caught() -> None:
    files = made("agreement", "กอส")
    with pytest.raises(VerificationError):
        verify.check_docx(files["docx"][:2000])
    with pytest.raises(VerificationError):
        verify.check_pdf(files["pdf"][:2000], (WORLD.font,))


def test_stories_leave_out_what_the_rules_say() -> None:
    story = verify.docx_content(made("agreement", "กอส")["docx"])
    assert ContentPiece("cell", "รวม") in story
    assert not any(piece.kind == "paragraph" and not piece.text for piece in story)
    assert sum("น้ำหนัก(คะแนน)" in piece.text for piece in story) == 2
