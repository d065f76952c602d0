"""The source documents: where they are, their corrections, and their words made comparable."""

from __future__ import annotations

import csv
import os
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest

from generator.verify import Content, ContentPiece, docx_content, pdf_facts

ROOT = Path(__file__).parents[2]
CORRECTIONS = ROOT / "tests" / "data" / "corrections.csv"

_MARKUP = re.compile(r"</?[A-Za-z][^<>]*>|\*\*")
_DOTS = re.compile(r"\.{3,}|…")
_SPACE = re.compile(r"\s+")
_BULLET = re.compile(r"[-•](?=.)")
_NUMBER_ALONE = re.compile(r"\d{1,2}[.)]")


@dataclass(frozen=True)
class Correction:
    """One row of corrections.csv: what a line prints and what it should."""

    source: str
    line: int
    printed: str
    corrected: str
    reason: str


@dataclass(frozen=True)
class Passage:
    """A whole line of a source, or a cell of one, comparable; its line's number."""

    line: int
    text: str
    cell: bool

    def __str__(self) -> str:
        return f"line {self.line}: {self.text}"


def read_source(number: str) -> list[str]:
    """The lines of a source, which is no part of the repository: GEN_SOURCES names the folder.

    Without it the test skips, or fails where CI is true.
    """
    folder = os.environ.get("GEN_SOURCES", "")
    found = sorted(Path(folder).glob(f"{number}_*.txt")) if folder else []
    if not found:
        where = folder or "any folder"
        reason = f"source {number} is not in {where} (GEN_SOURCES names the folder)"
        if os.environ.get("CI") == "true":
            pytest.fail(reason)
        pytest.skip(reason)
    return found[0].read_text("utf-8").split("\n")


def corrections() -> list[Correction]:
    """All corrections."""
    with CORRECTIONS.open(encoding="utf-8", newline="") as file:
        return [
            Correction(
                row["source"], int(row["line"]), row["printed"], row["corrected"], row["reason"]
            )
            for row in csv.DictReader(file, strict=True)
        ]


def corrected_lines(number: str, first: int, last: int) -> dict[int, str]:
    """The lines ``first`` to ``last`` of a source by their numbers, corrected."""
    lines = read_source(number)
    found = {line: lines[line - 1] for line in range(first, last + 1)}
    for correction in corrections():
        if correction.source == number and correction.line in found:
            line = found[correction.line]
            found[correction.line] = line.replace(correction.printed, correction.corrected)
    return found


def normal(text: str) -> str:
    """Words without mark-up, dotted blanks, white space, and the marker of a list.

    A bullet is dropped from the beginning and a number where it stands alone, as in the empty
    lists of a form. The numbers of clauses and indicators are words: they are referred to.
    """
    text = _SPACE.sub("", _DOTS.sub("", _MARKUP.sub("", text)))
    text = _BULLET.sub("", text, count=1) if _BULLET.match(text) else text
    return "" if _NUMBER_ALONE.fullmatch(text) else text


def passages(lines: Mapping[int, str]) -> list[Passage]:
    """What counts: the cells of lines with tabs, and the other lines; none that are empty."""
    return [
        Passage(number, text, "\t" in line)
        for number, line in sorted(lines.items())
        for text in map(normal, line.split("\t"))
        if text
    ]


def story_of(document: Mapping[str, bytes], extension: str) -> Content:
    """The story of a document in one of its formats, its words made comparable."""
    data = document[extension]
    story = docx_content(data) if extension == "docx" else pdf_facts(data).content
    return tuple(ContentPiece(piece.kind, normal(piece.text)) for piece in story)


def missing(wanted: Iterable[Passage], story: Sequence[ContentPiece]) -> list[Passage]:
    """The passages that stand whole in no single piece."""
    return [passage for passage in wanted if not any(passage.text in piece.text for piece in story)]


def share(wanted: Iterable[Passage], lost: Iterable[Passage]) -> float:
    """How much was found, in percent of the characters."""
    return 100 - 100 * _characters(lost) / _characters(wanted)


def out_of_place(wanted: Iterable[Passage], story: Sequence[ContentPiece]) -> Passage | None:
    """The first passage that no piece after those of the passages before it holds.

    A cell is a whole cell; a line may be a part of a piece. Each piece holds one passage.
    """
    pieces = iter(story)
    for passage in wanted:
        if not any(_holds(piece, passage) for piece in pieces):
            return passage
    return None


def _holds(piece: ContentPiece, passage: Passage) -> bool:
    if passage.cell:
        return piece.kind == "cell" and passage.text == piece.text
    return passage.text in piece.text


def _characters(found: Iterable[Passage]) -> int:
    return sum(len(passage.text) for passage in found)
