"""Every PDF is archival (PDF/A-3a) and accessible (PDF/UA-1), as veraPDF judges it."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pikepdf
import pytest

from support import verapdf
from support.making import EVERY, made, stream

PROFILES: tuple[verapdf.Flavour, ...] = ("3a", "ua1")


@pytest.mark.parametrize("flavour", PROFILES)
@pytest.mark.parametrize(("kind", "subject"), EVERY)
def test_every_document_holds_to_both_profiles(
    kind: str, subject: str, flavour: verapdf.Flavour
) -> None:
    assert verapdf.check(made(kind, subject)["pdf"], flavour) == []


def without_archival_part(pdf: pikepdf.Pdf) -> None:
    data = pdf.Root.Metadata.read_bytes()
    assert data.count(b"<pdfaid:part>3</pdfaid:part>") + data.count(b'pdfaid:part="3"') == 1
    data = data.replace(b"<pdfaid:part>3</pdfaid:part>", b"").replace(b'pdfaid:part="3"', b"")
    pdf.Root.Metadata.write(data)


def without_relationship(pdf: pikepdf.Pdf) -> None:
    del pdf.Root.AF[0].AFRelationship


def without_accessible_part(pdf: pikepdf.Pdf) -> None:
    data = pdf.Root.Metadata.read_bytes()
    assert data.count(b'pdfuaid:part="1"') == 1
    pdf.Root.Metadata.write(data.replace(b'pdfuaid:part="1"', b""))


def without_marks(pdf: pikepdf.Pdf) -> None:
    del pdf.Root.MarkInfo


def without_scopes(pdf: pikepdf.Pdf) -> None:
    for element in _elements(pdf, "/TH"):
        del element.A


def without_purpose(pdf: pikepdf.Pdf) -> None:
    for field in pdf.Root.AcroForm.Fields:
        del field.TU


def _elements(pdf: pikepdf.Pdf, kind: str) -> list[Any]:
    found = [item for item in pdf.objects if isinstance(item, pikepdf.Dictionary)]
    return [item for item in found if item.get("/S") == kind]


@pytest.mark.parametrize(
    ("flavour", "damage", "rule"),
    [
        ("3a", without_archival_part, "6.6.4-"),
        ("3a", without_relationship, "6.8-"),
        ("3a", without_marks, "6.7.2.2-1"),
        ("ua1", without_accessible_part, "5-1"),
        ("ua1", without_marks, "6.2-1"),
        ("ua1", without_scopes, "7.5-"),
        ("ua1", without_purpose, "7.18.1-3"),
    ],
)
def test_a_damaged_document_is_caught(
    tmp_path: Path, flavour: verapdf.Flavour, damage: Callable[[pikepdf.Pdf], None], rule: str
) -> None:
    kind, subject = EVERY[0]
    path = tmp_path / "damaged.pdf"
    with pikepdf.open(stream(made(kind, subject)["pdf"])) as pdf:
        damage(pdf)
        pdf.save(path)
    failed = verapdf.check(path.read_bytes(), flavour)
    assert any(said.startswith(rule) for said in failed), failed


@pytest.mark.parametrize("flavour", PROFILES)
def test_a_file_saved_again_still_passes(tmp_path: Path, flavour: verapdf.Flavour) -> None:
    """So that it is the damage that fails above, not the saving."""
    kind, subject = EVERY[0]
    path = tmp_path / "again.pdf"
    with pikepdf.open(stream(made(kind, subject)["pdf"])) as pdf:
        pdf.save(path)
    assert verapdf.check(path.read_bytes(), flavour) == []


def test_a_missing_jar_fails(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(verapdf, "JAVA", tmp_path)
    verapdf._foundry.cache_clear()
    with pytest.raises(pytest.fail.Exception, match="veraPDF lacks jaxb-runtime"):
        verapdf.check(b"", "3a")
    verapdf._foundry.cache_clear()
