"""How wide a text is in a terminal, and how it is laid out there: columns, and lines of help.

Signs over and below a Thai letter take no column of their own, some signs take two, and a line of
Thai ends between words, of which no blank tells.
"""

from __future__ import annotations

import os
import shutil
import sys

import click

from ..typesetting import breaks
from ..visible import width

NARROWEST = 16
"""So many columns a name keeps, however narrow the terminal is."""


def left(text: str, columns: int) -> str:
    """A text over so many columns, cut off where it is longer."""
    if width(text) > columns:
        while width(text) > columns - 1:
            text = text[:-1]
        text += "…"
    return text + " " * (columns - width(text))


def right(text: str, columns: int) -> str:
    """A text at the right of so many columns."""
    return " " * max(1, columns - width(text)) + text


def name_columns(wanted: int, beside: int) -> int:
    """The columns of a table's names: as many as are wanted, fewer where there is no room.

    ``beside`` is what the table's other columns take.
    """
    return max(NARROWEST, min(wanted, _room() - beside))


def _room() -> int:
    """The columns of the terminal; what goes elsewhere has as many as it likes."""
    if os.environ.get("COLUMNS") or os.isatty(1):
        return shutil.get_terminal_size().columns
    return sys.maxsize


def is_coloured() -> bool:
    """Whether colours are wanted: not with NO_COLOR (no-color.org), nor where they can't be."""
    return not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


def wrapped(text: str, columns: int) -> list[str]:
    """A paragraph in lines of so many columns, which end between words, of Thai too.

    A word that is longer than a line is parted, and never a letter from the signs over it.
    """
    lines, line = [], ""
    for piece in breaks.pieces(" ".join(text.split())):
        if line and width(piece[0]) and width(line + piece.rstrip()) > columns:
            lines.append(line.rstrip())
            line = ""
        line += piece
        while width(line.rstrip()) > columns:
            end = next(n for n in range(len(line), 0, -1) if _may_part(line, n, columns))
            lines.append(line[:end])
            line = line[end:]
    return [*lines, line.rstrip()] if line else lines


def _may_part(line: str, place: int, columns: int) -> bool:
    if place == 1:
        return True
    is_whole = place >= len(line) or width(line[place]) > 0
    return is_whole and width(line[:place]) <= columns


class HelpFormatter(click.HelpFormatter):
    """Help as click lays it out, in lines that end between words of Thai."""

    def __init__(self) -> None:
        super().__init__(width=max(min(shutil.get_terminal_size().columns, 80) - 2, 30))

    def write_text(self, text: str) -> None:
        """Write paragraphs, indented."""
        paragraphs = (
            "\n".join(" " * self.current_indent + line for line in self._lines(one))
            for one in text.split("\n\n")
        )
        self.write("\n\n".join(paragraphs) + "\n")

    def _lines(self, text: str) -> list[str]:
        return wrapped(text, max(self.width - self.current_indent, 11))

    def write_dl(self, rows: object, col_max: int = 30, col_spacing: int = 2) -> None:
        """Write what is named, and beside it what it is."""
        assert isinstance(rows, list | tuple)
        widest = max((width(first) for first, _ in rows), default=0)
        beside = min(widest, col_max, max(self.width // 2, 10)) + col_spacing
        for first, second in rows:
            indent = " " * self.current_indent
            self.write(f"{indent}{first}")
            lines = wrapped(second, max(self.width - beside - self.current_indent, 11))
            if lines and width(first) <= beside - col_spacing:
                self.write(" " * (beside - width(first)) + lines.pop(0))
            self.write("\n")
            for line in lines:
                self.write(f"{indent}{' ' * beside}{line}\n")


class HelpContext(click.Context):
    """A command's context, whose help is laid out so."""

    def make_formatter(self) -> HelpFormatter:
        """What the help is written with."""
        return HelpFormatter()
