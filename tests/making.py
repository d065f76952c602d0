"""Documents made once a test process, for the tests that look at them."""

import io
import subprocess
import tempfile
from functools import cache
from pathlib import Path
from typing import Any

from generator import lookup, pipeline
from generator.documents import KINDS
from generator.record import Options, Record
from generator.world import World

ROOT = Path(__file__).parents[1]
WORLD = World(ROOT, {})

# One of each shape: a draft, a final with three signers, a final with two, the blank form.
SUBJECTS = ("กอส", "ตัวอย่าง-ก", "ตัวอย่าง-ข", "blank dsdw-2566", "blank example-2570")
EVERY = [(kind, subject) for kind in sorted(KINDS) for subject in SUBJECTS]


@cache
def made(kind: str, subject: str, *, sheets: bool = True) -> dict[str, bytes]:
    """The bytes of a document, by format."""
    blank, _, name = subject.rpartition(" ")
    found = lookup.find(WORLD, name)
    files = pipeline.make(WORLD, kind, found, options=Options(bool(blank), sheets)).files
    return {path.suffix.removeprefix("."): data for path, data in files.items()}


def draft(context: Any, kind: str = "agreement", agency: str = "example-2570") -> pipeline.Draft:
    """A context as a draft that can be written; its record is of nothing."""
    made_of = Record(kind, agency, "test", b"document: {}\n", "0" * 64, {})
    return pipeline.Draft(context, made_of)


@cache
def by_libreoffice(data: bytes) -> bytes:
    """A DOCX as LibreOffice makes a PDF of it."""
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder, "document.docx")
        source.write_bytes(data)
        subprocess.run(
            [
                "soffice",
                f"-env:UserInstallation=file://{folder}/profile",
                "--headless",
                "--convert-to",
                "pdf",
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
