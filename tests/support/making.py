"""Documents made once a test run, for the tests that look at them."""

import io
import shutil
import subprocess
import tempfile
from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

from PIL import Image

from generator.agreements import lookup, yaml_writing
from generator.agreements.record import DocumentOptions, SourceRecord, hash_of
from generator.agreements.yaml_tree import Plain
from generator.api import documents
from generator.documents import building
from generator.documents.kinds import KINDS, DocumentKind
from generator.workspace.environment import Workspace
from support.shared import once

ROOT = Path(__file__).parents[2]
WORLD = Workspace(ROOT, {})

# One of each shape: a draft, a final with three signers, a final with two, the blank form.
SUBJECTS = ("กอส", "ตัวอย่าง-ก", "ตัวอย่าง-ข", "blank dsdw-2566", "blank example-2570")
AGENCIES = {"chart": "dip-2558", "framework": "dsdw-2566", "summary": "dsdw-2566"}
"""The agencies that documents of whole agencies are made of."""

PERSONS = ("บุคคล", "ตัวอย่าง-บุคคล", "blank dsdw-2566", "blank example-2570")
"""The same for the forms of one person: drafts, and the blank forms."""

# Agencies whose forms have other parts, each a unit and its blank form; agreements are all they
# have words for.
OTHERS = {
    "moi-2547": "สำนักงานปลัดกระทรวงอุตสาหกรรม",
    "cdd-2561": "พัฒนาการอำเภอ",
}

# A questionnaire is of a subject and a survey: both forms of the manual, one filled in.
SURVEYS = ("กอส:service", "blank dsdw-2566:training", "ตัวอย่าง-ก:visitors")


def subjects(kind: DocumentKind) -> tuple[str, ...]:
    """The subjects of a kind."""
    if kind.of_survey:
        return SURVEYS[:1] if kind.of_round else SURVEYS
    if kind.level == "person":
        return PERSONS
    return (f"blank {AGENCIES[kind.name]}",) if kind.scope == "agency" else SUBJECTS


EVERY = [
    *(
        (kind.name, subject)
        for kind in sorted(KINDS.values(), key=lambda kind: kind.name)
        for subject in subjects(kind)
    ),
    *(
        ("agreement", subject)
        for pair in OTHERS.items()
        for subject in (pair[1], f"blank {pair[0]}")
    ),
]


def is_empty_form(kind: str, subject: str) -> bool:
    """Whether a document is one page with one empty table: a blank report or memorandum."""
    return subject.startswith("blank") and (kind == "report" or subject.endswith("cdd-2561"))


def has_title_alone(kind: str, subject: str) -> bool:
    """Whether a document has no heading but its title: the source's form has none there."""
    others = (OTHERS["cdd-2561"], "blank moi-2547")
    return is_empty_form(kind, subject) or subject in others


@once
def made(kind: str, subject: str, *, sheets: bool = True) -> dict[str, bytes]:
    """The bytes of a document, by format."""
    return fresh(kind, subject, sheets=sheets)


@once
def in_word(kind: str, subject: str) -> bytes:
    """The bytes of a document as DOCX alone."""
    return fresh(kind, subject, formats=("docx",))["docx"]


def fresh(
    kind: str, subject: str, *, sheets: bool = True, formats: Sequence[str] = ("docx", "pdf")
) -> dict[str, bytes]:
    """The same, made anew."""
    subject, _, survey = subject.partition(":")
    blank, _, name = subject.rpartition(" ")
    found = lookup.find(WORLD, name)
    of_round = kind in ("summary", "survey-report") or (kind == "report" and not blank)
    options = DocumentOptions("form" if blank else "unit", sheets, "2" if of_round else "", survey)
    files = documents.make(WORLD, kind, found, formats=formats, options=options).files
    return {path.suffix.removeprefix("."): data for path, data in files.items()}


def draft(
    context: Any, kind: str = "agreement", agency: str = "example-2570"
) -> building.FinishedText:
    """A context as a draft that can be written; its record is of a name alone."""
    data: dict[str, Plain] = {"document": {"kind": kind, "agency": agency, "unit": "test"}}
    made_of = SourceRecord(
        kind, agency, "test", yaml_writing.dump(data).encode(), hash_of(data), "0" * 64, {}
    )
    named = replace(context, page=replace(context.page, id=made_of.id))
    return building.FinishedText(named, made_of)


@once
def with_emblem(picture: bytes) -> dict[str, bytes]:
    """The agreement of ตัวอย่าง-ข, its agency having an emblem; by format."""
    with tempfile.TemporaryDirectory() as folder:
        agency = Path(folder, "agreements", "example-2570")
        shutil.copytree(ROOT / "agreements" / "example-2570", agency)
        (agency / "emblem.png").write_bytes(picture)
        with (agency / "agency.yaml").open("a", encoding="utf-8") as file:
            file.write("\nemblem: emblem.png\n")
        world = Workspace(Path(folder), {})
        found = lookup.find(world, "ตัวอย่าง-ข")
        files = documents.make(
            world, "agreement", found, options=DocumentOptions(sheets=False)
        ).files
        return {path.suffix.removeprefix("."): data for path, data in files.items()}


@cache
def png(width: int, height: int, mode: str = "RGBA") -> bytes:
    """A picture of a size; half transparent where it can be."""
    file = io.BytesIO()
    Image.new("RGBA", (width, height), (160, 30, 30, 128)).convert(mode).save(file, "PNG")
    return file.getvalue()


@once
def by_libreoffice(data: bytes, *, tagged: bool = False) -> bytes:
    """A DOCX as LibreOffice makes a PDF of it; ``tagged`` says what each text belongs to."""
    export = ':writer_pdf_Export:{"UseTaggedPDF":{"type":"boolean","value":"true"}}'
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder, "document.docx")
        source.write_bytes(data)
        subprocess.run(
            [
                "soffice",
                f"-env:UserInstallation=file://{folder}/profile",
                "--headless",
                "--convert-to",
                "pdf" + (export if tagged else ""),
                "--outdir",
                folder,
                str(source),
            ],
            check=True,
            capture_output=True,
            timeout=180,
        )
        return Path(folder, "document.pdf").read_bytes()


def stream(data: bytes) -> io.BytesIO:
    """Bytes as a file."""
    return io.BytesIO(data)
