"""gen verify: what was signed by all passes, whatever the templates; no change gets past it."""

import contextlib
import io
import json
import random
import re
import shutil
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from pikepdf import Array
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign.fields import SigFieldSpec, SigSeedSubFilter, append_signature_field
from pyhanko.sign.signers import PdfSignatureMetadata, PdfSigner

from generator import verify
from generator.errors import FileError, UsageError, VerificationError
from generator.signing import keys, validation, verification
from generator.signing.pdf_reader import StrictPdfReader
from generator.workspace.environment import Workspace as Surroundings
from generator.writers import remade
from support import tampering as t
from support.authority import NOW, PASSPHRASE, YEAR, authority, ours
from support.making import ROOT, WORLD
from support.signed import Workspace, both, key, made, signed

Edit = Callable[[Any], None]


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    return Workspace(tmp_path)


def problems(
    data: bytes, *, roots: list[bytes] | None = None, now: datetime = NOW, **options: bool
) -> tuple[str, ...]:
    """What verify finds wrong with a file."""
    known = [ours().pem] if roots is None else roots
    trusted = validation.roots([("root", one) for one in known])
    return verification.final(WORLD, data, "x.pdf", roots=trusted, now=now, **options).problems


# What passes


@pytest.mark.parametrize("unit", ["ตัวอย่าง-ก", "ตัวอย่าง-ข"])
def test_an_untouched_file_passes(unit: str) -> None:
    assert problems(both(unit)) == ()


def test_it_says_who_signed_in_words_and_as_json(workspace: Workspace) -> None:
    path = workspace.root / "x.pdf"
    path.write_bytes(both())
    done = workspace.verify(path)
    assert done.exception is None, done.stdout
    assert re.match(r"x\.pdf: good, id [0-9A-Z-]{14}\n", done.stdout)
    assert "  assessee-1 signed by Signer assessee-1 (Test CA) on 20" in done.stdout
    assert "by the signer's own clock" in done.stdout
    said = json.loads(workspace.verify(path, "--json").stdout)[0]
    assert said["good"] is True
    assert [one["field"] for one in said["signatures"]] == ["assessee-1", "assessor-1"]
    assert said["missing"] == said["problems"] == []


def test_another_template_makes_no_signed_document_worse(workspace: Workspace) -> None:
    shutil.copytree(ROOT / "templates", workspace.root / "templates")
    page = workspace.root / "templates" / "html" / "agreement.html"
    page.write_text(
        page.read_text("utf-8").replace("{{ titles(", "<p>ใหม่</p>{{ titles(", 1), "utf-8"
    )
    path = workspace.root / "x.pdf"
    path.write_bytes(both())
    done = workspace.verify(path)
    assert done.exception is None, done.stdout
    assert "the templates here are not those it was made with" in done.stderr


def test_today_s_gen_may_make_it_differently(monkeypatch: pytest.MonkeyPatch) -> None:
    wanted = verify.ExpectedPdf("another title", "another text", (), ())
    monkeypatch.setattr(remade, "again", lambda *_: (wanted, [], ""))
    trusted = validation.roots([("root", ours().pem)])
    verdict = verification.final(WORLD, both(), "x.pdf", roots=trusted, now=NOW)
    assert verdict.problems == ()
    assert any("the title is not the one" in one for one in verdict.differs)


def test_who_has_not_signed_yet_is_said() -> None:
    data = signed(made(), "assessee-1")
    assert problems(data) == ("assessor-1: nobody has signed here",)
    assert problems(data, so_far=True) == ()
    assert problems(made(), so_far=True) == ("there is no signature in it",)


def test_one_certificate_for_two_is_a_remark() -> None:
    data = signed(made(), "assessee-1", "assessor-1", by=key())
    trusted = validation.roots([("root", ours().pem)])
    verdict = verification.final(WORLD, data, "x.pdf", roots=trusted, now=NOW)
    assert verdict.problems == ()
    assert "assessee-1 and assessor-1 are signed with one certificate" in verdict.remarks


# What doesn't


Dictionary: Any = generic.DictionaryObject
Writer: Any = IncrementalPdfFileWriter


def after(data: bytes, *edits: Edit) -> bytes:
    """An update of the file that nobody signs."""
    writer = Writer.from_reader(StrictPdfReader(data))
    for edit in edits:
        edit(writer)
    target = io.BytesIO()
    writer.write(target)
    return target.getvalue()


def by_signer(data: bytes, field: str, *edits: Edit, **how: Any) -> bytes:
    """A signature by somebody with a key who changes something else in the same breath."""
    writer = Writer.from_reader(StrictPdfReader(data))
    for edit in edits:
        edit(writer)
    known = {"field_name": field, "md_algorithm": "sha256", "subfilter": SigSeedSubFilter.PADES}
    signer = PdfSigner(PdfSignatureMetadata(**{**known, **how}), key("Mallory").signer)
    target = io.BytesIO()
    signer.sign_pdf(writer, output=target, existing_fields_only=field.startswith("ass"))
    return target.getvalue()


def page_of(writer: Any, number: int = 0) -> Any:
    return writer.root["/Pages"]["/Kids"][number].get_object()


def other_page(writer: Any) -> None:
    page = page_of(writer, 1)
    page["/Contents"] = writer.add_object(generic.StreamObject(stream_data=b"0 0 50 50 re f"))
    writer.update_container(page)


def more_on_page(writer: Any) -> None:
    page = page_of(writer, 1)
    content = writer.add_object(generic.StreamObject(stream_data=b"0 0 50 50 re f"))
    old = page["/Contents"]
    parts = list(old) if isinstance(old, generic.ArrayObject) else [page.raw_get("/Contents")]
    page["/Contents"] = generic.ArrayObject([*parts, content])
    writer.update_container(page)


def other_author(writer: Any) -> None:
    info = writer.trailer["/Info"]
    info["/Author"] = generic.TextStringObject("somebody else")
    writer.update_container(info)


def other_metadata(writer: Any) -> None:
    stream = generic.StreamObject(stream_data=b"<x/>")
    writer.root["/Metadata"] = writer.add_object(stream)
    writer.update_root()


def a_note(writer: Any) -> None:
    page = page_of(writer)
    note = Dictionary(
        {
            generic.pdf_name("/Type"): generic.pdf_name("/Annot"),
            generic.pdf_name("/Subtype"): generic.pdf_name("/FreeText"),
            generic.pdf_name("/Contents"): generic.TextStringObject("approved"),
            generic.pdf_name("/Rect"): generic.ArrayObject(map(generic.NumberObject, range(4))),
        }
    )
    notes = list(page["/Annots"]) if "/Annots" in page else []
    page["/Annots"] = generic.ArrayObject([*notes, writer.add_object(note)])
    writer.update_container(page)


def an_action(writer: Any) -> None:
    action = Dictionary(
        {
            generic.pdf_name("/S"): generic.pdf_name("/URI"),
            generic.pdf_name("/URI"): generic.TextStringObject("https://example.org"),
        }
    )
    writer.root["/OpenAction"] = writer.add_object(action)
    writer.update_root()


def other_text(writer: Any) -> None:
    """The finished text that it carries, swapped."""
    names = writer.root["/Names"]["/EmbeddedFiles"]["/Names"]
    for at in range(1, len(names), 2):
        file = names[at].get_object()
        if file["/UF"] == "text.txt":
            swapped = generic.StreamObject(stream_data="อื่น\n".encode())
            file["/EF"][generic.pdf_name("/F")] = writer.add_object(swapped)
            writer.update_container(file["/EF"])


def field_of(writer: Any, name: str) -> Any:
    fields = (item.get_object() for item in writer.root["/AcroForm"]["/Fields"])
    return next(field for field in fields if field["/T"] == name)


def without_signature(writer: Any) -> None:
    field = field_of(writer, "assessee-1")
    del field["/V"]
    writer.update_container(field)


def swapped_signatures(writer: Any) -> None:
    one, two = field_of(writer, "assessee-1"), field_of(writer, "assessor-1")
    first, second = one.raw_get("/V"), two.raw_get("/V")
    one["/V"], two["/V"] = second, first
    writer.update_container(one)
    writer.update_container(two)


def elsewhere(writer: Any) -> None:
    """The place of a signature on the page."""
    field = field_of(writer, "assessee-1")
    field["/Rect"] = generic.ArrayObject(map(generic.NumberObject, (0, 0, 500, 800)))
    writer.update_container(field)


def another_field(writer: Any) -> None:
    append_signature_field(writer, SigFieldSpec("witness-1", box=(10, 10, 100, 50)))


def flip(pattern: bytes, offset: int = 0, nth: int = 0) -> bytes:
    """The file of both with one bit changed near a pattern."""
    data = bytearray(both())
    at = [found.start() for found in re.finditer(pattern, bytes(data), re.DOTALL)][nth]
    data[at + offset] ^= 1
    return bytes(data)


def contents_of(data: bytes, nth: int) -> tuple[int, int]:
    found = list(re.finditer(rb"/Contents <([0-9A-Fa-f]+)>", data))[nth]
    return found.start(1), found.end(1)


def replayed(nth: int, other: bytes) -> bytes:
    """The file of both with a signature's bytes taken from another file."""
    data = both()
    (start, end), (first, last) = contents_of(data, nth), contents_of(other, nth)
    taken = other[first:last][: end - start].ljust(end - start, b"0")
    return data[:start] + taken + data[end:]


def swapped() -> bytes:
    data = both()
    (a, b), (c, d) = contents_of(data, 0), contents_of(data, 1)
    length = min(b - a, d - c)
    one, two = data[a : a + length], data[c : c + length]
    return data[:a] + two + data[a + length : c] + one + data[c + length :]


def renamed(pdf: Any) -> None:
    pdf.Root.AcroForm.Fields[0].T = "assessor-9"


def unfielded(pdf: Any) -> None:
    """The place where the assessor signs, taken away before anybody signed."""
    fields = pdf.Root.AcroForm.Fields
    index = next(n for n, one in enumerate(fields) if str(one.T) == "assessor-1")
    del fields[index]
    for page in pdf.pages:
        notes = [note for note in page.obj.get("/Annots", []) if str(note.T) != "assessor-1"]
        page.obj.Annots = Array(notes)


def opened(pdf: Any) -> None:
    pdf.Root.ViewerPreferences.HideMenubar = True


def retitled(pdf: Any) -> None:
    pdf.Root.Metadata.write(pdf.Root.Metadata.read_bytes().replace(b"<rdf:li", b"<rdf:li ", 1))


def forged(*changes: t.Change, fields: tuple[str, ...] = ("assessee-1", "assessor-1")) -> bytes:
    """A document that was changed before its parties signed it with another program."""
    data = t.tampered(made(), *changes)
    for field in fields:
        data = by_signer(data, field)
    return data


def one() -> bytes:
    return signed(made(), "assessee-1")


CHANGED: dict[str, tuple[Callable[[], bytes], str]] = {
    # bits
    "a bit of a page": (lambda: flip(rb"/Length \d+ ?>>\nstream\n|>>\nstream\n", 40), "changed"),
    "a bit of an attachment": (lambda: flip(rb"/EmbeddedFile.*?stream\n", -1), ""),
    "a bit of the metadata": (lambda: flip(rb"/Subtype /XML|/Type /Metadata", 3), "."),
    "a bit of the header": (lambda: flip(rb"%PDF-1", 9), "."),
    "a bit of the first signature": (lambda: flip(rb"/Contents <[0-9A-F]{99}", 700), "."),
    "a bit of the second signature": (lambda: flip(rb"/Contents <[0-9A-F]{99}", 700, 1), "."),
    "a bit of what is signed": (lambda: flip(rb"/ByteRange ?\[", 14), "."),
    "a bit of the time of signing": (lambda: flip(rb"/M \(D", 10), "."),
    "a bit of what the signature shows": (lambda: flip(rb"/FormType|/Subtype /Form", 3, -1), "."),
    # more at the end
    "a line more": (lambda: both() + b"\n", "something was added that no signature covers"),
    "a comment more": (lambda: both() + b"% checked\n", "something was added"),
    "another file more": (lambda: both() + made(), "."),
    "an update of nothing": (
        lambda: after(both(), lambda w: w.update_root()),
        "something was added that no signature covers",
    ),
    "an update of a page": (lambda: after(both(), other_page), "something else than a signature"),
    "an update with more on a page": (lambda: after(both(), more_on_page), "something else"),
    "an update of the author": (lambda: after(both(), other_author), "something else"),
    "an update of the metadata": (lambda: after(both(), other_metadata), "something else"),
    "an update with a note": (lambda: after(both(), a_note), "something else"),
    "an update with an action": (lambda: after(both(), an_action), "something else"),
    "an update of the text": (lambda: after(both(), other_text), "text.txt is not the text"),
    "an update without a signature": (lambda: after(both(), without_signature), "."),
    "an update with the signatures swapped": (lambda: after(both(), swapped_signatures), "."),
    "an update that moves a signature": (lambda: after(both(), elsewhere), "something else"),
    "an update with one field more": (lambda: after(both(), another_field), "none of its source"),
    # less at the end
    "the second signature cut off": (
        lambda: both()[: len(one_of_both())],
        "assessor-1: nobody has signed here",
    ),
    "all signatures cut off": (lambda: both()[: len(made())], "there is no signature in it"),
    "the last line cut off": (lambda: both()[:-7], "."),
    # by somebody with a key
    "a second signer's other page": (lambda: by_signer(one(), "assessor-1", other_page), "else"),
    "a second signer's other text": (lambda: by_signer(one(), "assessor-1", other_text), "text"),
    "a second signer's other metadata": (
        lambda: by_signer(one(), "assessor-1", other_metadata),
        "something else than a signature was added",
    ),
    "a second signer's other author": (
        lambda: by_signer(one(), "assessor-1", other_author),
        "something else than a signature was added",
    ),
    "a second signer's note": (lambda: by_signer(one(), "assessor-1", a_note), "annotation"),
    "a second signer who moves the first": (
        lambda: by_signer(one(), "assessor-1", elsewhere),
        "something else than a signature was added",
    ),
    "a first signer's more on a page": (
        lambda: signed(by_signer(made(), "assessee-1", more_on_page), "assessor-1"),
        "something else than a signature was added",
    ),
    "a change between the two": (
        lambda: signed(after(one(), other_author), "assessor-1"),
        "changed between being made and being signed",
    ),
    "a change before the first": (
        lambda: signed(after(made(), other_author), "assessee-1", "assessor-1"),
        "changed between being made and being signed",
    ),
    "a third who signs where no place is": (
        lambda: by_signer(both(), "witness-1", another_field),
        "the signature field witness-1 is none of its source",
    ),
    "a signature of another kind": (
        lambda: by_signer(one(), "assessor-1", subfilter=SigSeedSubFilter.ADOBE_PKCS7_DETACHED),
        "not of the kind that gen makes",
    ),
    # signatures of something else
    "a signature of another agreement": (
        lambda: replayed(0, both("ตัวอย่าง-ข")),
        "assessee-1: the document was changed after it was signed",
    ),
    "both signatures of another agreement": (
        lambda: replayed(1, both("ตัวอย่าง-ข")),
        "assessor-1: the document was changed after it was signed",
    ),
    "each signature in the other's place": (swapped, "was changed after it was signed"),
    # signed with another program, after a change
    "saved again": (lambda: t.tampered(both()), "."),
    "another text in it": (
        lambda: forged(t.edit("text.txt", "กอง", "กลง"), t.text_too),
        "the pages don't say what text.txt says",
    ),
    "another source in it": (
        lambda: forged(t.edit("source.yaml", "กองตัวอย่าง", "กลงตัวอย่าง")),
        "source.yaml is not the source that was recorded",
    ),
    "another id": (lambda: forged(t.record(id="0000-0000-0000")), "the id 0000-0000-0000 is not"),
    "words drawn on a page": (
        lambda: forged(t.draw(2, t.words("approved"))),
        "page 2 draws text that it doesn't say",
    ),
    "an attachment more": (lambda: forged(t.add("x.txt", b"x")), "is none that the source names"),
    "a place to sign less": (
        lambda: forged(unfielded, fields=("assessee-1",)),
        "the signature field assessor-1 is missing",
    ),
    "a place to sign under another name": (
        lambda: forged(renamed, fields=("assessee-1",)),
        "is none of its source",
    ),
}


def one_of_both() -> bytes:
    """The file of both as it was after the first signature."""
    ends = [found.end() for found in re.finditer(rb"%%EOF\r?\n?", both())]
    return both()[: ends[-2]]


@pytest.mark.parametrize("name", CHANGED)
def test_every_change_is_found(name: str) -> None:
    make, sentence = CHANGED[name]
    data = make()
    assert data != both()
    found = problems(data)
    assert any(re.search(sentence or ".", text) for text in found), found
    assert all("\n" not in text and len(text) < 300 for text in found)


def test_any_bit_anywhere() -> None:
    """Flips all over the file; each is found."""
    chance = random.Random(2570)
    data = both()
    for _ in range(12):
        at = chance.randrange(len(data))
        changed = data[:at] + bytes([data[at] ^ (1 << chance.randrange(8))]) + data[at + 1 :]
        assert problems(changed), at


def test_wrong_root_and_no_root() -> None:
    other = authority("Test CA").pem
    assert any(
        "doesn't lead to any of the given roots" in p for p in problems(both(), roots=[other])
    )
    assert problems(both(), roots=[other, ours().pem]) == ()
    assert any("nobody vouches for the signers" in p for p in problems(both(), roots=[]))


def test_expired_certificates() -> None:
    late = problems(both(), now=NOW + 2 * YEAR)
    assert any("assessee-1: the certificate expired on" in one for one in late)
    early = problems(both(), now=NOW - 2 * YEAR)
    assert any("the certificate is not valid before" in one for one in early)
    old = keys.read_p12(ours().p12("Old", end=NOW - timedelta(days=1)), PASSPHRASE)
    data = signed(made(), "assessee-1", by=old)
    assert any("assessee-1: the certificate expired on" in p for p in problems(data, so_far=True))
    other = keys.read_p12(ours().p12("Other", signs=False), PASSPHRASE)
    data = signed(made(), "assessee-1", by=other)
    assert any("is not for signing documents" in p for p in problems(data, so_far=True))


ANY, SERVER, CLIENT = "2.5.29.37.0", "1.3.6.1.5.5.7.3.1", "1.3.6.1.5.5.7.3.2"
CODE, MAIL, STAMP = "1.3.6.1.5.5.7.3.3", "1.3.6.1.5.5.7.3.4", "1.3.6.1.5.5.7.3.8"
DOCUMENTS, ADOBE = "1.3.6.1.5.5.7.3.36", "1.2.840.113583.1.1.5"
MICROSOFT = "1.3.6.1.4.1.311.10.3.12"
PURPOSES = {
    "no list": ((), True),
    "any": ((ANY,), True),
    "documents": ((DOCUMENTS,), True),
    "mail": ((MAIL,), True),
    "mail and clients": ((CLIENT, MAIL), True),
    "Adobe's": ((ADOBE,), True),
    "Microsoft's": ((MICROSOFT,), True),
    "servers": ((SERVER,), False),
    "servers and clients": ((SERVER, CLIENT), False),
    "clients": ((CLIENT,), False),
    "code": ((CODE,), False),
    "time stamps": ((STAMP,), False),
    "unknown": (("1.3.6.1.4.1.99999.1",), False),
}


@pytest.mark.parametrize("name", PURPOSES)
@pytest.mark.parametrize("roots", [None, []], ids=["with a root", "without"])
def test_what_a_certificate_is_for(name: str, roots: list[bytes] | None) -> None:
    """Extended key usage is looked at as key usage is, whoever vouches for the signer."""
    uses, good = PURPOSES[name]
    by = keys.read_p12(ours().p12("Signer", uses=uses), PASSPHRASE)
    data = signed(made(), "assessee-1", by=by)
    found = [p for p in problems(data, roots=roots, so_far=True) if "nobody vouches" not in p]
    wrong = [] if good else ["assessee-1: the certificate is not for signing documents"]
    assert found == wrong
    if good:
        keys.refuse_unfit(by.certificate, NOW)
    else:
        with pytest.raises(UsageError, match="not for signing documents"):
            keys.refuse_unfit(by.certificate, NOW)


@pytest.mark.parametrize(("uses", "good"), [((), True), ((MAIL,), True), ((SERVER,), False)])
def test_what_an_authority_on_the_way_is_for(uses: tuple[str, ...], good: bool) -> None:
    root = authority("Root CA")
    between = authority("Servers CA", root, uses)
    by = keys.read_p12(between.p12("Signer", uses=(MAIL,)), PASSPHRASE)
    found = problems(signed(made(), "assessee-1", by=by), roots=[root.pem], so_far=True)
    assert bool(found) is not good
    if not good:
        assert "an authority on the way to the root" in found[0]


def test_a_signed_draft_is_not_good(workspace: Workspace) -> None:
    file = workspace.root / "agreements" / "example-2570" / "ตัวอย่าง-ก.yaml"
    file.write_text(file.read_text("utf-8").replace("status: final", "status: draft"), "utf-8")
    path = workspace.done("agreement", "ตัวอย่าง-ก", "--format", "pdf", "--no-sheets").stdout.strip()
    data = (workspace.root / path).read_bytes()
    assert "it is a draft" in problems(signed(data, "assessee-1", "assessor-1"))


def test_what_is_no_signed_document_ends_with_6(workspace: Workspace) -> None:
    for name, data in (
        ("text", b"a text"),
        ("nothing", b""),
        ("half", both()[:5000]),
        ("unsigned", made()),
        ("endless", both() + b"0" * 1000),
    ):
        path = workspace.root / f"{name}.pdf"
        path.write_bytes(data)
        done = workspace.verify(path)
        assert isinstance(done.exception, VerificationError)
        assert done.exception.exit_code == 6
        assert f"{name}.pdf: NOT GOOD" in done.stdout
    good = workspace.root / "good.pdf"
    good.write_bytes(both())
    done = workspace.verify(good, workspace.root / "half.pdf")
    assert isinstance(done.exception, VerificationError)
    assert "1 of 2 files not good" in done.exception.message
    assert "good.pdf: good" in done.stdout
    assert isinstance(workspace.verify("missing.pdf").exception, FileError)
    workspace.ca.write_bytes(b"no certificate")
    done = workspace.verify(good)
    assert isinstance(done.exception, FileError)
    assert "ca.pem is no certificate" in done.exception.message


def test_damage_ends_in_order() -> None:
    chance = random.Random(2570)
    whole = both()
    for _ in range(8):
        data = bytearray(whole)
        for _ in range(chance.choice((5, 50, 500))):
            data[chance.randrange(len(data))] = chance.randrange(256)
        with contextlib.suppress(FileError):
            assert problems(bytes(data))


def test_the_world_s_templates_need_not_be_there(tmp_path: Path) -> None:
    trusted = validation.roots([("root", ours().pem)])
    world = Surroundings(tmp_path, {})
    assert verification.final(world, both(), "x.pdf", roots=trusted, now=NOW).problems == ()
