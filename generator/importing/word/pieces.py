"""What a Word file is made of, in the order in which it is read: lines, and tables of cells.

Each line (a paragraph, in a cell or out of one) is an item of its own with an id and a place, so
that it can be told what became of it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from ... import thai
from ...messages import Message, message

_SPACES = re.compile(r"[ \u00a0\u2000-\u200a\u202f\u3000]+")
_UNSEEN = dict.fromkeys([0x200B, 0x200C, 0x200D, 0x2060, 0xFEFF, 0xAD, 0x200E, 0x200F], None)
_CORE = re.compile(r"[^0-9a-zก-ฮะ-ูเ-ํ%≥≤<>]")


def clean(text: str) -> str:
    """Text as it is kept: no sign that nobody sees, plain blanks, letters of old faces as meant.

    Figures stay as they are, Thai digits too.
    """
    text = thai.without_private(text).translate(_UNSEEN)
    text = thai.AM.sub(lambda m: f"{m[1] or m[2] or ''}\u0e33", text)
    return _SPACES.sub(" ", text.replace("\u0e40\u0e40", "\u0e41"))


def core(text: str) -> str:
    """What a text says, without blanks, marks and the look of digits: what is compared."""
    return _CORE.sub("", thai.folded(text).lower())


def squashed(text: str) -> str:
    """A text without blanks, in Arabic digits: what labels and heads are recognised by."""
    return re.sub(r"\s+", "", thai.arabic_digits(clean(text))).lower()


@dataclass(frozen=True, slots=True)
class Where:
    """Where a line stands in its Word file."""

    story: str = ""
    paragraph: int = 0
    table: int = 0
    row: int = 0
    column: int = 0

    def said(self) -> Message:
        """The place in words."""
        if self.story:
            return message("place-in-story", story=self.story, number=self.paragraph)
        if self.table:
            return message(
                "place-in-word-table", table=self.table, row=self.row, column=self.column
            )
        return message("place-paragraph", number=self.paragraph)


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of a line in one weight."""

    text: str
    bold: bool = False


@dataclass(frozen=True, slots=True, eq=False)
class Line:
    """One paragraph, as it stands when tracked changes are accepted.

    ``label`` is what its numbering prints before it (``1.``, ``-``), ``depth`` the level of that
    list; ``equation`` says that it holds one that Word draws.
    """

    id: str
    where: Where
    runs: tuple[Run, ...]
    label: str = ""
    depth: int = 0
    indent: int = 0
    style: str = ""
    equation: bool = False
    break_before: bool = False

    @property
    def text(self) -> str:
        """Its words, without the label."""
        return clean(self.tabbed.replace("\t", " ")).strip()

    @property
    def tabbed(self) -> str:
        """Its words, with the tabs between them."""
        return clean("".join(run.text for run in self.runs)).strip()

    @property
    def said(self) -> str:
        """Its words with the label before them, as the reader of the page sees them."""
        return f"{self.label} {self.text}".strip()

    @property
    def bold(self) -> bool:
        """Whether all of it is bold."""
        runs = [run for run in self.runs if run.text.strip()]
        return bool(runs) and all(run.bold for run in runs)

    def marked(self) -> str:
        """Its words, bold ones between ``**`` where only some are."""
        if self.bold or not any(run.bold and run.text.strip() for run in self.runs):
            return self.text
        out: list[str] = []
        for bold, text in _weights(self.runs):
            inner = text.strip()
            if bold and inner and "**" not in inner:
                lead, tail = text[: len(text) - len(text.lstrip())], text[len(text.rstrip()) :]
                out.append(f"{lead}**{inner}**{tail}")
            else:
                out.append(text)
        return clean("".join(out).replace("\t", " ")).strip()


def _weights(runs: tuple[Run, ...]) -> Iterator[tuple[bool, str]]:
    """Runs of one weight joined; blanks take the weight of what is before them."""
    weight, text = False, ""
    for run in runs:
        if run.bold != weight and run.text.strip():
            if text:
                yield weight, text
            weight, text = run.bold, ""
        text += run.text
    if text:
        yield weight, text


@dataclass(slots=True, eq=False)
class WordCell:
    """One cell: its lines, and how many columns it takes. ``shaded``: it has a colour behind it."""

    column: int
    span: int
    blocks: list[Block] = field(default_factory=list)
    merged: bool = False
    """Whether it goes on with the cell above (a vertical merge)."""
    shaded: bool = False

    @property
    def lines(self) -> list[Line]:
        """All lines in it that say something, those of tables within it too."""
        return [line for line in lines_of(self.blocks) if line.said]

    @property
    def text(self) -> str:
        """All its words."""
        return " ".join(line.said for line in self.lines)


@dataclass(slots=True, eq=False)
class WordRow:
    """One row: its cells from left to right; ``head``: Word repeats it on each page."""

    cells: list[WordCell]
    head: bool = False
    number: int = 0

    def at(self, column: int) -> WordCell | None:
        """The cell that takes a column."""
        return next((c for c in self.cells if c.column <= column < c.column + c.span), None)

    @property
    def text(self) -> str:
        """All its words."""
        return " ".join(cell.text for cell in self.cells).strip()


@dataclass(slots=True, eq=False)
class WordTable:
    """A table, with a number among the tables of its file."""

    number: int
    rows: list[WordRow]

    @property
    def width(self) -> int:
        """How many columns its widest row has."""
        return max((c.column + c.span for row in self.rows for c in row.cells), default=0)


Block = Line | WordTable


def lines_of(blocks: list[Block]) -> Iterator[Line]:
    """All lines, those of cells too, in reading order."""
    for block in blocks:
        if isinstance(block, Line):
            yield block
        else:
            for row in block.rows:
                for cell in row.cells:
                    yield from lines_of(cell.blocks)


@dataclass(slots=True, eq=False)
class WordText:
    """All that a Word file says: its body, what stands beside it, and what was done to read it."""

    name: str
    blocks: list[Block]
    aside: list[Line] = field(default_factory=list)
    """Heads and feet of pages, notes, comments."""
    remarks: list[Message] = field(default_factory=list)
    """What was decided while reading: accepted changes, dropped instructions."""

    def lines(self) -> Iterator[Line]:
        """Every line that says something, of the body and beside it."""
        for line in lines_of(self.blocks):
            if line.said:
                yield line
        yield from (line for line in self.aside if line.said)
