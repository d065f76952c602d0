"""What a PDF shows, it also says: exact text for search, copying and screen readers."""

import difflib
import re
import subprocess
import sys
from datetime import date
from functools import cache
from pathlib import Path

import pytest

from generator import verify
from generator.agreements import record
from generator.workspace.environment import SYMBOLS, installed_fonts
from generator.writers.pdf.writer import PdfWriter
from support import corpus, plain, readers
from support.making import EVERY, ROOT, is_empty_form, made
from support.readers import solid

INSTALLED = {font.family for font in installed_fonts()}
ALWAYS = ("Laksaman", "Garuda")
"""Debian has these; setup installs them."""

FACES = (*ALWAYS, *(face for face in ("TH Sarabun New",) if face in INSTALLED))

faces = pytest.mark.parametrize("face", FACES)
shapes = pytest.mark.parametrize("shape", corpus.SHAPES)


@cache
def rendered(face: str, shape: str) -> bytes:
    """The corpus in one face and shape, as the shipped stylesheet sets it."""
    stylesheet = (ROOT / "templates" / "html" / "print.css").read_text("utf-8")
    data = PdfWriter(stylesheet, face).write(
        corpus.document(shape), pictures={}, day=date(2026, 10, 1)
    )
    verify.check_pdf(data, (face, SYMBOLS))
    return data


def test_the_faces_of_debian_are_there() -> None:
    assert set(ALWAYS) <= INSTALLED


def test_the_corpus_is_large_and_hard() -> None:
    words = [word for words in corpus.WORDS.values() for word in words]
    assert len(words) > 2000
    assert len(set(corpus.CONSONANTS)) == 44
    together = set(words)
    for consonant in corpus.CONSONANTS:
        for tone in corpus.TONES:
            assert f"{consonant}{tone}ำ" in together
    letters = set(corpus.text())
    # Every assigned Thai character (Unicode, block Thai).
    assert letters >= {chr(c) for c in (*range(0x0E01, 0x0E3B), *range(0x0E3F, 0x0E5C))}
    assert corpus.ZERO_WIDTH_SPACE in letters
    assert letters >= set("ABCE0123456789.%–—≥≤☐☑➤●×")


@faces
@shapes
def test_two_readers_give_back_every_code_point_in_order(face: str, shape: str) -> None:
    data = rendered(face, shape)
    for name, read in readers.EXACT.items():
        found = read(data)
        assert readers.wrong(corpus.text(), found) == {}, name
        assert found == corpus.text(), name


def as_drawn(text: str) -> str:
    """Text in one spelling for what glyphs can't tell apart.

    SARA AM is drawn as two glyphs, the tone mark between them; a tone mark is drawn before
    the vowel below; a zero-width space is not drawn at all.
    """
    text = re.sub("ํ([่-๋]?)า", r"\1ำ", text)
    text = re.sub("([่-๋])([ุู])", r"\2\1", text)
    return text.replace(corpus.ZERO_WIDTH_SPACE, "")


@faces
@shapes
def test_a_reader_without_actual_text_still_gets_the_letters(face: str, shape: str) -> None:
    wanted, found = as_drawn(corpus.text()), as_drawn(readers.by_pypdf(rendered(face, shape)))
    assert sum(readers.wrong(wanted, found).values()) <= 0.001 * len(wanted)
    similarity = difflib.SequenceMatcher(None, wanted, found, autojunk=False).ratio()
    assert similarity >= 0.999, f"in order, {100 * similarity:.2f} % are the same"


@faces
def test_the_comparison_can_fail(face: str) -> None:
    """WeasyPrint without our adaptation gives both readers a wrong text."""
    run = subprocess.run(
        [sys.executable, str(Path(plain.__file__)), face],
        input=corpus.document("paragraphs").encode("utf-8"),
        capture_output=True,
        check=True,
    )
    for name, read in readers.EXACT.items():
        count = sum(readers.wrong(corpus.text(), read(run.stdout)).values())
        assert count > 0, name


@pytest.mark.parametrize(("kind", "subject"), EVERY)
def test_documents_say_their_finished_text_and_nothing_else(kind: str, subject: str) -> None:
    data = made(kind, subject)["pdf"]
    finished = solid(readers.attachment(data, record.TEXT).decode("utf-8"))
    furniture = readers.artifacts(data)
    is_empty = is_empty_form(kind, subject)
    assert len(finished) > (200 if is_empty else 500)
    # A chart is one page too.
    assert len(furniture) > (60 if is_empty or kind == "chart" else 100)
    for name, read in readers.EXACT.items():
        said = read(data) + readers.alternatives(data)
        assert readers.wrong(finished + furniture, said) == {}, name
