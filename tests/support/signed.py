"""A workspace of the tests in which agreements are made and signed."""

from __future__ import annotations

import io
import os
import shutil
from collections.abc import Mapping
from contextlib import chdir
from functools import cache
from pathlib import Path

import pypdfium2
from click.testing import CliRunner, Result
from PIL import Image, ImageFilter

from generator.agreements import lookup
from generator.agreements.record import DocumentOptions
from generator.api import documents
from generator.cli import cli
from generator.signing import keys, sealing, signers
from generator.signing.picture import picture
from generator.verify import read_pdf
from support.authority import NOW, PASSPHRASE, ours
from support.making import ROOT, WORLD
from support.shared import once

AGENCY = "example-2570"
ONE, TWO = "ตย-ก", "ตย-ข"
"""The example agency's units: with one assessee, with two."""


@once
def made(unit: str = "ตัวอย่าง-ก", *, sheets: bool = False) -> bytes:
    """A unit's agreement, not signed."""
    files = documents.make(
        WORLD,
        "agreement",
        lookup.find(WORLD, unit),
        formats=("pdf",),
        options=DocumentOptions(sheets=sheets),
    ).files
    return next(iter(files.values()))


@cache
def key(name: str = "Test Signer") -> keys.SigningKey:
    """A key whose certificate our authority gave."""
    return keys.read_p12(ours().p12(name), PASSPHRASE)


def signed(data: bytes, *fields: str, by: keys.SigningKey | None = None) -> bytes:
    """The agreement signed in these fields, one after the other, without any question."""
    for field in fields:
        paper = signers.read(read_pdf(data, "x.pdf"))
        place = paper.places_of(field)[0]
        drawn = picture(data, paper, place, NOW, WORLD.font)
        data = sealing.sign(data, field, by or key(f"Signer {field}"), drawn)
    return data


@cache
def both(unit: str = "ตัวอย่าง-ก") -> bytes:
    """An agreement that all have signed, the unit first."""
    fields = ["assessee-1", "assessor-1"]
    if unit.endswith("ข"):
        fields.insert(1, "assessee-2")
    return signed(made(unit), *fields)


class Workspace:
    """A folder with the example agency, a key and a root."""

    def __init__(self, folder: Path) -> None:
        self.root = folder
        shutil.copytree(
            ROOT / "agreements" / AGENCY,
            folder / "agreements" / AGENCY,
            ignore=shutil.ignore_patterns("ตัวอย่าง-บุคคล.yaml"),
        )
        self.key = folder / "key.p12"
        self.key.write_bytes(ours().p12("Test Signer"))
        self.ca = folder / "ca.pem"
        self.ca.write_bytes(ours().pem)

    def gen(
        self,
        *arguments: str | Path,
        env: Mapping[str, str | None] | None = None,
        input: str | None = None,
    ) -> Result:
        """The command, here, with the passphrase in the environment."""
        known = {"GEN_PASSPHRASE": PASSPHRASE, **(env or {})}
        with chdir(self.root):
            return CliRunner().invoke(
                cli, list(map(str, arguments)), standalone_mode=False, env=known, input=input
            )

    def done(self, *arguments: str | Path, env: Mapping[str, str | None] | None = None) -> Result:
        """The same, where it has to succeed."""
        result = self.gen(*arguments, env=env)
        assert result.exception is None, (result.exception, result.stderr)
        return result

    def sign(self, file: str | Path, who: str, *more: str | Path) -> Result:
        return self.gen("sign", file, "--as", who, "--p12", self.key, *more)

    def verify(self, file: str | Path, *more: str | Path) -> Result:
        return self.gen("verify", file, "--root", self.ca, *more)

    def put(self, unit: str = "ตัวอย่าง-ก", *, sheets: bool = False) -> Path:
        """A unit's agreement, where gen agreement puts it."""
        name = {"ตัวอย่าง-ก": ONE, "ตัวอย่าง-ข": TWO}[unit]
        path = self.root / "outputs" / AGENCY / name / f"{name}-agreement.pdf"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(made(unit, sheets=sheets))
        return path

    def at(self, name: str = ONE) -> Path:
        """Where a unit's signed agreement lies."""
        return self.root / "signed" / AGENCY / name / f"{name}-agreement.pdf"


def everything_under(folder: Path) -> dict[str, bytes]:
    """All files below a folder."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def fd_of(text: str) -> int:
    """A file descriptor that a text can be read from."""
    reading, writing = os.pipe()
    os.write(writing, text.encode())
    os.close(writing)
    return reading


@once
def scan(
    unit: str = "ตัวอย่าง-ก", pages: tuple[int, ...] = (0, 1), turned: float = 0.7, dots: int = 200
) -> bytes:
    """Pages of a printed agreement as a scanner gives them: grey, a little turned and blurred."""
    with pypdfium2.PdfDocument(made(unit)) as pdf:
        pictures = [pdf[page].render(scale=dots / 72).to_pil().convert("L") for page in pages]
    scanned = [
        picture.rotate(turned, fillcolor=255).filter(ImageFilter.GaussianBlur(0.6))
        for picture in pictures
    ]
    return saved(scanned, dots)


def saved(pictures: list[Image.Image], dots: int = 200) -> bytes:
    file = io.BytesIO()
    pictures[0].save(
        file, "PDF", save_all=True, append_images=pictures[1:], resolution=dots, quality=70
    )
    return file.getvalue()
