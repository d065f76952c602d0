"""What a clipboard of Excel, Word or a browser holds, as cells: nothing is dropped unheard.

Tables come as HTML (with cells that are merged) and as text between tabs. A merged cell's words
stand in each cell that it covered, since they hold for all of them.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from html.parser import HTMLParser

from .. import thai

MOST_SIGNS = 4 << 20
"""So much is read of a clipboard."""

MOST_CELLS = 50_000

Grid = tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class PastedTable:
    """Rows of cells, as many in each; how many cells were merged; whether anything was left out."""

    rows: Grid
    merged: int = 0
    cut: bool = False


def read(html: str, text: str) -> PastedTable:
    """The cells of a clipboard: of its table in HTML, else of its text."""
    if "<table" in html[:MOST_SIGNS].lower():
        found = _of_html(html)
        if found.rows:
            return found
    return _of_text(text)


def _of_text(text: str) -> PastedTable:
    """Excel puts tabs between cells, and quotes around what has breaks or quotes in it."""
    cut = len(text) > MOST_SIGNS
    text = text[:MOST_SIGNS].replace("\r\n", "\n").replace("\r", "\n").strip("\n")
    if "\t" in text:
        rows = list(csv.reader(io.StringIO(text, newline=""), delimiter="\t"))
    else:
        rows = [[line] for line in text.split("\n")] if text else []
    return _square(rows, 0, cut=cut)


def _square(rows: Sequence[Sequence[str]], merged: int, *, cut: bool) -> PastedTable:
    width = max((len(row) for row in rows), default=0)
    cut = cut or len(rows) * width > MOST_CELLS
    rows = rows[: MOST_CELLS // width] if width else []
    cleaned = tuple(
        tuple(cleaned_text(cell) for cell in (*row, *[""] * (width - len(row)))) for row in rows
    )
    return PastedTable(cleaned, merged, cut)


def cleaned_text(cell: str) -> str:
    """A cell's words without the blanks and invisible signs that programs put around them."""
    cell = thai.without_private(cell).replace("\u00a0", " ").replace("\u200b", "")
    lines = (re.sub(r"[ \t]+", " ", line).strip() for line in cell.split("\n"))
    return "\n".join(lines).strip()


@dataclass
class _Cell:
    across: int = 1
    down: int = 1
    words: list[str] = field(default_factory=list)


class _Tables(HTMLParser):
    """The rows of the outermost tables; what stands within a cell is words."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.rows: list[list[_Cell]] = []
        self._depth = 0
        self._cell: _Cell | None = None
        self._unread = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in ("style", "script", "title", "xml"):
            self._unread += 1
        elif tag == "table":
            self._depth += 1
        elif self._depth == 1 and tag == "tr":
            self.rows.append([])
            self._cell = None
        elif self._depth == 1 and tag in ("td", "th"):
            given = dict(attrs)
            self._cell = _Cell(_span(given.get("colspan")), _span(given.get("rowspan")))
            if not self.rows:
                self.rows.append([])
            self.rows[-1].append(self._cell)
        elif self._cell is not None and tag in ("br", "p", "div", "li"):
            self._break()

    def handle_endtag(self, tag: str) -> None:
        if tag in ("style", "script", "title", "xml"):
            self._unread = max(self._unread - 1, 0)
        elif tag == "table":
            self._depth = max(self._depth - 1, 0)
            if not self._depth:
                self._cell = None
        elif self._depth == 1 and tag in ("td", "th"):
            self._cell = None

    def handle_data(self, data: str) -> None:
        if self._cell is not None and not self._unread:
            # Breaks of lines in the source are blanks; those that are meant are tags.
            self._cell.words.append(re.sub(r"[ \t\r\n]+", " ", data))

    def _break(self) -> None:
        assert self._cell is not None
        if "".join(self._cell.words).strip():
            self._cell.words.append("\n")


def _span(text: str | None) -> int:
    return min(max(int(text), 1), 1000) if text and text.strip().isdecimal() else 1


def _of_html(html: str) -> PastedTable:
    reader = _Tables()
    reader.feed(html[:MOST_SIGNS])
    reader.close()
    filled: dict[tuple[int, int], str] = {}
    merged = 0
    for number, row in enumerate(reader.rows):
        column = 0
        for cell in row:
            while (number, column) in filled:
                column += 1
            words = "".join(cell.words)
            merged += cell.across * cell.down > 1
            for down in range(min(cell.down, len(reader.rows) - number)):
                for across in range(cell.across):
                    filled[number + down, column + across] = words
                    if len(filled) > MOST_CELLS:
                        return _made(filled, merged, cut=True)
            column += cell.across
    return _made(filled, merged, cut=len(html) > MOST_SIGNS)


def _made(filled: dict[tuple[int, int], str], merged: int, *, cut: bool) -> PastedTable:
    height = max((row for row, _ in filled), default=-1) + 1
    width = max((column for _, column in filled), default=-1) + 1
    rows = [[filled.get((row, column), "") for column in range(width)] for row in range(height)]
    while rows and not any(cell.strip() for cell in rows[-1]):
        rows.pop()
    return _square(rows, merged, cut=cut)


def figure(cell: str) -> str:
    """A cell of figures as a field of numbers has it: Arabic digits, no sign of percent."""
    text = thai.arabic_digits(cell).strip()
    text = re.sub(r"^ร้อยละ\s*", "", text)
    return re.sub(r"\s*(?:%|เปอร์เซ็นต์)$", "", text).strip()
