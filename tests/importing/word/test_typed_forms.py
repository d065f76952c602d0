"""Word files as agencies typed them: cells at the right key, no figure altered, no word lost."""

import io
from collections import Counter
from pathlib import Path

import pytest
from docx import Document
from docx.oxml.ns import qn

from generator.api import checking
from generator.importing import word
from generator.importing.word.pieces import core
from generator.workspace.environment import Workspace
from support.shared import once
from support.word_forms import FORMS, Measured, made, measure

LEAST = 0.97
"""So many cells have to be at the right key; docs/import.md has the figures by file."""


@once
def measured(name: str) -> tuple[Measured, bytes]:
    hand = made(name)
    found, _ = measure(hand.bytes(), hand.expected, hand.words, Path("/agreements/typed"))
    return found, hand.bytes()


def test_there_are_at_least_twelve() -> None:
    assert len(FORMS) >= 12


@pytest.mark.parametrize("name", FORMS)
def test_cells_are_at_the_right_key(name: str) -> None:
    found, _ = measured(name)
    assert found.cells > 20
    assert found.share >= LEAST, found.wrong[:5]


@pytest.mark.parametrize("name", FORMS)
def test_no_figure_is_altered_and_no_word_lost(name: str) -> None:
    found, _ = measured(name)
    assert found.figures == []
    assert found.lost == []


@pytest.mark.parametrize("name", FORMS)
def test_every_paragraph_and_cell_is_at_a_key_or_left_over(name: str, tmp_path: Path) -> None:
    """Told by another reader than the importer's: python-docx's own paragraphs."""
    _, data = measured(name)
    folder = tmp_path / "agreements" / name
    imported = word.read_all([(Path("typed.docx"), data)], folder, word.SoFar())
    written = core("\n".join(raw.decode() for raw in imported.files.values()))
    told = core("\n".join(text for said in imported.account.told.values() for text in said))
    body = Document(io.BytesIO(data)).element.body
    for paragraph in body.iter(qn("w:p")):
        parts = (t for t in paragraph.iter(qn("w:t"), qn("w:tab")) if not _twice(t))
        text = "".join((t.text or "") if t.tag == qn("w:t") else " " for t in parts)
        for piece in text.split():
            assert core(piece) in written or core(piece) in told, piece


def _twice(text: object) -> bool:
    """Whether Word keeps a text for old programs alone."""
    return any(parent.tag.endswith("}Fallback") for parent in text.iterancestors())  # type: ignore[attr-defined]


@pytest.mark.parametrize("name", ["agreement-merged", "ministry", "memorandum-on-pages"])
def test_the_files_pass_the_check_as_a_draft(name: str, tmp_path: Path) -> None:
    _, data = measured(name)
    folder = tmp_path / "agreements" / name
    imported = word.read_all([(Path("typed.docx"), data)], folder, word.SoFar())
    for path, raw in imported.files.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(raw)
    faults = checking.check(Workspace(tmp_path, {}), [folder]).faults
    assert [str(one.said) for one in faults if one.severity.value == "error"] == []


def test_the_measure_finds_what_is_wrong() -> None:
    """A cell that was never typed is at no key, and a figure that was is missed."""
    hand = made("one-round")
    wrong = [*hand.expected, (("level", "ไม่มีตัวชี้วัดนี้", "0", "1"), "ร้อยละ 12345")]
    found, _ = measure(hand.bytes(), wrong, [*hand.words, "98765 คำที่ไม่ได้พิมพ์"], Path("/a/typed"))
    assert [key for key, _, _ in found.wrong] == [("level", "ไม่มีตัวชี้วัดนี้", "0", "1")]
    assert found.figures == ["98765"]
    assert "คำที่ไม่ได้พิมพ์" in found.lost


def test_guesses_are_marked_in_the_files() -> None:
    hand = made("sheets-in-lines")
    data = hand.bytes()
    imported = word.read_all([(Path("x.docx"), data)], Path("/agreements/x"), word.SoFar())
    text = "\n".join(raw.decode() for raw in imported.files.values())
    marks = Counter(line.strip().startswith("# ") for line in text.split("\n"))
    assert marks[True] > 5
