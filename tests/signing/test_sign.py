"""gen sign: one document, one signature more, and everything that is refused."""

import io
import os
import re
import shutil
import subprocess
from dataclasses import replace
from datetime import timedelta
from itertools import permutations
from pathlib import Path
from typing import Any

import pikepdf
import pypdfium2
import pytest
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko_certvalidator import ValidationContext

from generator import thai, verify
from generator.errors import (
    DataError,
    ExitCode,
    FileError,
    RenderingError,
    UsageError,
    VerificationError,
)
from generator.signing import keys, validation
from generator.signing.clock import THAI_TIME
from generator.signing.pdf_reader import StrictPdfReader
from generator.writers.pdf.signature_appearance import Shown, appearance, reaches_the_date, size_for
from support import tampering as t
from support import verapdf
from support.authority import NOW, PASSPHRASE, YEAR, authority, ours
from support.signed import AGENCY, ONE, TWO, Workspace, both, everything_under, fd_of, made, signed


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    return Workspace(tmp_path)


ORDERS = [
    *(("ตัวอย่าง-ก", order) for order in permutations(("assessor-1", "assessee-1"))),
    ("ตัวอย่าง-ข", ("assessee-1", "assessee-2", "assessor-1")),
]


@pytest.mark.parametrize(("unit", "order"), ORDERS, ids=lambda value: str(value)[-40:])
def test_all_sign_in_any_order(unit: str, order: tuple[str, ...], tmp_path: Path) -> None:
    data, before = made(unit), made(unit)
    for number, field in enumerate(order, start=1):
        data = signed(data, field)
        assert data.startswith(before)
        before = data
        if number == 2:
            for flavour in ("3a", "ua1"):
                assert verapdf.check(data, flavour) == []
    # gen itself
    checked = validation.check(data, validation.roots([("ca", ours().pem)]), NOW)
    assert checked.problems == ()
    assert [one.field for one in checked.signatures] == list(order)
    assert not any(one.problems for one in checked.signatures)
    # pyHanko's own reader, rules and verdict
    root = validation.roots([("ca", ours().pem)])[0]
    for one in StrictPdfReader(data).embedded_signatures:
        context = ValidationContext(trust_roots=[root], allow_fetching=False)
        status = validate_pdf_signature(one, context)
        assert status.intact
        assert status.valid
        assert status.trusted
        assert status.bottom_line
    # poppler
    path = tmp_path / "signed.pdf"
    path.write_bytes(data)
    said = subprocess.run(["pdfsig", "-nocert", path], capture_output=True, check=True).stdout
    assert said.count(b"Signature is Valid") == len(order)
    assert said.count(b"  - Total document signed") == 1


def test_what_a_signature_shows() -> None:
    data = signed(made(), "assessor-1")
    text = subprocess.run(
        ["pdftotext", "-", "-"], input=data, capture_output=True, check=True
    ).stdout.decode()
    day = thai.long_date(NOW.astimezone(THAI_TIME).date())
    assert text.count("ลงลายมือชื่ออิเล็กทรอนิกส์") == 1
    assert "ชื่อตัวอย่าง อธิบดี อธิบดีกรมตัวอย่าง" in text
    assert f"วันที่ {day}" in text


def test_signatures_of_a_document_have_one_size_and_touch_nothing() -> None:
    """Words of different length, one size; above the line to sign on; the day in its own line."""
    data = both("ตัวอย่าง-ข")
    day = thai.long_date(NOW.astimezone(THAI_TIME).date())
    sizes = set()
    with pikepdf.open(io.BytesIO(data)) as pdf:
        for field in pdf.Root.AcroForm.Fields:
            drawn = field.AP.N.Resources.XObject
            (inner,) = (value for _, value in drawn.items())
            content = inner.read_bytes()
            sizes.add(tuple(re.findall(rb"/\S+ ([\d.]+) Tf", content)))
    assert len(sizes) == 1, sizes
    with pypdfium2.PdfDocument(data) as document:
        document.init_forms()
        for page in document:
            text = page.get_textpage().get_text_range()
            assert "ลงลายมือชื่ออิเล็กทรอนิกส์" not in text  # drawn in the fields alone
    found = subprocess.run(["pdftotext", "-", "-"], input=data, capture_output=True, check=True)
    assert found.stdout.decode().count(f"วันที่ {day}") == 3


def test_signed_fields_of_before_show_the_day_with_the_words() -> None:
    """A field that ends with the line to sign on has no line for the date in it."""
    shown = Shown(("ลงลายมือชื่ออิเล็กทรอนิกส์", "วันที่ 1"), 226.0, 55.0)
    assert not reaches_the_date(shown.height)
    size = size_for([shown, replace(shown, lines=("ก" * 90, "ข", "ค"))], "Laksaman")
    assert size < size_for([shown], "Laksaman")
    with pikepdf.open(io.BytesIO(appearance(shown, size, "Laksaman"))) as pdf:
        assert len(pdf.pages) == 1
    with pytest.raises(RenderingError, match="doesn't fit its field"):
        size_for([replace(shown, lines=("ก" * 2000,))], "Laksaman")


def test_a_unit_is_signed_and_lies_under_signed(workspace: Workspace) -> None:
    workspace.put()
    outputs = everything_under(workspace.root / "outputs")
    for who in ("assessee", "assessor"):
        done = workspace.sign("ตัวอย่าง-ก", who)
        assert done.exception is None, (done.exception, done.stderr)
        assert done.stdout.strip() == f"signed/{AGENCY}/{ONE}/{ONE}-agreement.pdf"
    assert everything_under(workspace.root / "outputs") == outputs
    assert workspace.at().read_bytes().startswith(made())
    fields = verify.read_pdf(workspace.at().read_bytes(), "x").properties.fields
    assert [field.signed for field in fields] == [True, True]
    assert workspace.verify(workspace.at()).exception is None


def test_a_pdf_is_signed_wherever_it_lies(workspace: Workspace, tmp_path: Path) -> None:
    path = tmp_path / "in-the-post.pdf"
    shutil.copy(workspace.put("ตัวอย่าง-ข"), path)
    for who in ("assessee-2", "assessor", "assessee-1"):
        done = workspace.sign(path, who)
        assert done.exception is None, done.exception
    assert path.read_bytes() == made("ตัวอย่าง-ข")
    assert workspace.verify(workspace.at(TWO)).exception is None


def test_a_signed_pdf_that_comes_back_goes_on(workspace: Workspace, tmp_path: Path) -> None:
    workspace.put()
    assert workspace.sign("ตัวอย่าง-ก", "assessee").exception is None
    elsewhere = tmp_path / "back.pdf"
    elsewhere.write_bytes(signed(workspace.at().read_bytes(), "assessor-1"))
    done = workspace.sign(elsewhere, "assessor")
    assert isinstance(done.exception, UsageError)
    elsewhere.write_bytes(signed(made(), "assessor-1"))
    done = workspace.sign(elsewhere, "assessee")
    assert isinstance(done.exception, UsageError)
    assert "was signed already as another file" in done.exception.message


REFUSED = {
    "twice": ("ตัวอย่าง-ก", "assessee", "is signed already as assessee-1", UsageError),
    "unknown role": ("ตัวอย่าง-ก", "witness", "nobody signs ตย-ก as 'witness'", UsageError),
    "several": ("ตัวอย่าง-ข", "assessee", "several people sign ตย-ข as assessee", UsageError),
    "nobody's number": ("ตัวอย่าง-ก", "assessee-2", "nobody signs", UsageError),
    "not made": ("ตัวอย่าง-ข", "assessor", "agreement is not made yet", UsageError),
    "no unit": ("ตัวอย่าง-ค", "assessor", "there is no unit", UsageError),
    "no file": ("x.pdf", "assessor", "can't read x.pdf", FileError),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_is_refused(name: str, workspace: Workspace) -> None:
    unit, who, sentence, kind = REFUSED[name]
    workspace.put()
    if name == "several":
        workspace.put(unit)
    if name == "twice":
        assert workspace.sign(unit, who).exception is None
    before = everything_under(workspace.root)
    done = workspace.sign(unit, who)
    assert isinstance(done.exception, kind), done.exception
    assert sentence in done.exception.message
    after = everything_under(workspace.root)
    assert {k: v for k, v in after.items() if not k.endswith(".lock")} == {
        k: v for k, v in before.items() if not k.endswith(".lock")
    }


def test_a_draft_and_an_empty_form_are_refused(workspace: Workspace) -> None:
    file = workspace.root / "agreements" / AGENCY / "ตัวอย่าง-ก.yaml"
    file.write_text(file.read_text("utf-8").replace("status: final", "status: draft"), "utf-8")
    workspace.done("agreement", "ตัวอย่าง-ก", "--format", "pdf", "--no-sheets")
    done = workspace.sign("ตัวอย่าง-ก", "assessee")
    assert isinstance(done.exception, DataError)
    assert "is a draft" in done.exception.message
    form = workspace.done("agreement", AGENCY, "--blank", "--format", "pdf").stdout.strip()
    done = workspace.sign(form, "assessee")
    assert isinstance(done.exception, UsageError)
    assert "an empty form" in done.exception.message
    sheets = workspace.done("indicators", "ตัวอย่าง-ก", "--format", "pdf").stdout.strip()
    done = workspace.sign(sheets, "assessee")
    assert isinstance(done.exception, UsageError)
    assert "of the kind 'indicators'" in done.exception.message


def test_data_that_changed_are_not_signed_by_name(workspace: Workspace) -> None:
    path = workspace.put()
    file = workspace.root / "agreements" / AGENCY / "ตัวอย่าง-ก.yaml"
    text = file.read_text("utf-8")
    file.write_text(text.replace("ดูแลอาคาร", "ดูแลอาคารและ"), "utf-8")
    done = workspace.sign("ตัวอย่าง-ก", "assessee")
    assert isinstance(done.exception, UsageError)
    assert "made of other data than today's" in done.exception.message
    # Who names the file means the file.
    assert workspace.sign(path, "assessee").exception is None
    first = workspace.at().read_bytes()
    # What is made of the new data is another version.
    workspace.done("agreement", "ตัวอย่าง-ก", "--format", "pdf")
    done = workspace.sign("ตัวอย่าง-ก", "assessee")
    assert done.exception is None, done.exception
    assert done.stdout.strip().endswith(f"{ONE}-agreement-r2.pdf")
    assert workspace.at().read_bytes() == first
    done = workspace.sign("ตัวอย่าง-ก", "assessor")
    assert done.stdout.strip().endswith(f"{ONE}-agreement-r2.pdf")


def test_a_document_that_is_not_what_it_says_is_refused(workspace: Workspace) -> None:
    path = workspace.put()
    for change in (
        [t.edit("text.txt", "กอง", "กลง"), t.text_too],
        [t.remove("source.yaml")],
        [t.note],
        [t.add("x.txt", b"x")],
    ):
        path.write_bytes(t.tampered(made(), *change))
        done = workspace.sign(path, "assessee")
        assert isinstance(done.exception, VerificationError), done.exception
        assert done.exception.exit_code == ExitCode.VERIFICATION
        assert not workspace.at().exists()


CERTIFICATES: dict[str, tuple[dict[str, Any], str]] = {
    "expired": ({"end": NOW - timedelta(days=1)}, "the certificate expired on"),
    "not yet": ({"start": NOW + YEAR / 2}, "is not valid before"),
    "for something else": ({"signs": False}, "not for signing documents"),
}


@pytest.mark.parametrize("name", CERTIFICATES)
def test_a_certificate_that_can_t_sign_is_refused(name: str, workspace: Workspace) -> None:
    options, sentence = CERTIFICATES[name]
    workspace.put()
    workspace.key.write_bytes(ours().p12("Test Signer", **options))
    done = workspace.sign("ตัวอย่าง-ก", "assessee")
    assert isinstance(done.exception, UsageError)
    assert sentence in done.exception.message
    assert not workspace.at().exists()


# The key


def test_the_passphrase_comes_in_three_ways(workspace: Workspace) -> None:
    workspace.put("ตัวอย่าง-ข")
    arguments: list[str | Path] = ["sign", "ตัวอย่าง-ข", "--p12", workspace.key, "--as"]
    empty = {"GEN_PASSPHRASE": None}
    descriptor = fd_of(f"{PASSPHRASE}\n")
    done = workspace.done(*arguments, "assessor", "--passphrase-fd", str(descriptor), env=empty)
    os.close(descriptor)
    assert done.exception is None
    assert workspace.done(*arguments, "assessee-1").exception is None
    done = workspace.gen(*arguments, "assessee-2", env=empty, input=f"{PASSPHRASE}\n")
    assert done.exception is None
    assert PASSPHRASE not in done.output
    assert workspace.verify(workspace.at(TWO)).exception is None


def test_a_key_that_doesn_t_open(workspace: Workspace) -> None:
    workspace.put()
    for change, sentence in (
        (lambda: workspace.key.write_bytes(ours().p12("x", "another")), "the key can't be opened"),
        (lambda: workspace.key.write_bytes(b"no key"), "the key can't be opened"),
        (lambda: workspace.key.write_bytes(b""), "the key can't be opened"),
        (workspace.key.unlink, "can't read the key's file"),
    ):
        change()
        done = workspace.sign("ตัวอย่าง-ก", "assessee")
        assert isinstance(done.exception, UsageError | FileError)
        assert sentence in done.exception.message
    done = workspace.gen("sign", "ตัวอย่าง-ก", "--as", "assessee")
    assert isinstance(done.exception, UsageError)
    assert done.exception.message == "which key signs?"


def test_another_authority_signs_all_the_same(workspace: Workspace) -> None:
    """Who may sign is the agency's rule; that nobody vouches for it is what verify says."""
    workspace.put()
    workspace.key.write_bytes(authority("Other CA").p12("Test Signer"))
    for who in ("assessee", "assessor"):
        assert workspace.sign("ตัวอย่าง-ก", who).exception is None
    done = workspace.verify(workspace.at())
    assert isinstance(done.exception, VerificationError)
    assert re.search("wrong: assessee-1: the certificate doesn't lead to any", done.stdout)


def test_no_other_file_is_looked_into(workspace: Workspace) -> None:
    assert isinstance(keys.read_p12(ours().p12("x"), PASSPHRASE), keys.SigningKey)
