"""What changed between two versions: values, scores, and the document with its changes marked."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Fate = Literal["", "ins", "del", "moved"]


@dataclass(frozen=True, slots=True)
class MarkedRun:
    """Words with one fate; ``look``: their letters look otherwise than before."""

    text: str
    fate: Fate = ""
    look: bool = False
    bold: bool = False


@dataclass(frozen=True, slots=True)
class MarkedParagraph:
    """A paragraph of a document in which changes are marked; ``style`` is that of Word."""

    style: str
    runs: tuple[MarkedRun, ...]


@dataclass(frozen=True, slots=True)
class MarkedCell:
    """A cell of such a document, over so many columns."""

    span: int
    paragraphs: tuple[MarkedParagraph, ...]


@dataclass(frozen=True, slots=True)
class MarkedRow:
    """A row of a table, put in, taken out, or there before and after."""

    fate: Fate
    cells: tuple[MarkedCell, ...]


@dataclass(frozen=True, slots=True)
class MarkedBlock:
    """A paragraph, or a table with the widths of its columns; a ``loose`` one only lays out."""

    paragraph: MarkedParagraph | None
    widths: tuple[float, ...] = ()
    heads: tuple[MarkedRow, ...] = ()
    rows: tuple[MarkedRow, ...] = ()
    loose: bool = False

    @property
    def fates(self) -> tuple[str, ...]:
        """What became of each of its pieces that didn't stay as it was."""
        own = (self.paragraph,) if self.paragraph is not None else ()
        inner = (
            p for row in (*self.heads, *self.rows) for cell in row.cells for p in cell.paragraphs
        )
        runs = (run for paragraph in (*own, *inner) for run in paragraph.runs)
        return tuple(run.fate or "look" for run in runs if run.fate or run.look)


@dataclass(frozen=True, slots=True)
class MarkedSection:
    """Pages of one format; ``wide``: across."""

    wide: bool
    blocks: tuple[MarkedBlock, ...]


@dataclass(frozen=True, slots=True)
class ChangedValue:
    """A value that two versions have differently; None where one hasn't it.

    ``kind``: weight, target, level, text; added or removed is an indicator. ``of``: the unit, the
    agency or the wording, where it is no indicator's. ``what`` are its keys in Thai, ``path`` as
    they are.
    """

    unit: str
    indicator: str
    kind: str
    of: Literal["unit", "agency", "wording"]
    what: str
    old: str | None
    new: str | None
    path: tuple[str | int, ...] = ()


@dataclass(frozen=True, slots=True)
class ScoreEffect:
    """What the same results score in both versions: an indicator's score, or the total ("")."""

    unit: str
    round: str
    indicator: str
    old: str
    new: str
    difference: str


@dataclass(frozen=True, slots=True)
class VersionChanges:
    """What changed between two versions, ``old`` and ``new`` being what they are called.

    ``of`` is what they are versions of. ``marked`` is the document with its changes.
    """

    of: str
    old: str
    new: str
    values: tuple[ChangedValue, ...] = ()
    effects: tuple[ScoreEffect, ...] = ()
    marked: tuple[MarkedSection, ...] = ()
