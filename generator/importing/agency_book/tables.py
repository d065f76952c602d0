"""An agency's data as tables: each row an entry of a file, each cell a value at its keys."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from ...agreements.changes import KeyPath
from ...agreements.yaml_tree import Node, Plain

Kind = Literal["text", "number", "day", "tick", "shown", "sum"]
"""``shown`` is there to be read; ``sum`` is reckoned by Excel. Neither is taken in."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its heading, which is unique in its table and by which it is found again."""

    heading: str
    width: int
    kind: Kind = "text"
    choices: tuple[str, ...] = ()
    sums: tuple[str, ...] = ()
    """Of a sum: the heading of what is added up, then those of what has to be the same."""


@dataclass(frozen=True, slots=True)
class Cell:
    """What stands in a cell, and the keys it is at; without a path it is only shown.

    ``meaning`` gives the value that words of a list stand for; ``kind`` is what is typed here,
    where it isn't as in the rest of the column.
    """

    value: str | None = None
    path: KeyPath | None = None
    meaning: Mapping[str, str] = field(default_factory=dict)
    kind: Kind | None = None

    def means(self, words: str | None) -> str | None:
        """The value that is stored where ``words`` stand in the cell."""
        return self.meaning.get(words, words) if words is not None else None


@dataclass(frozen=True, slots=True)
class Row:
    """An entry: the words it is known by, its file (in the agency's folder) and where it stands."""

    key: tuple[str, ...]
    file: str
    path: KeyPath
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class NewRows:
    """How rows are added: the headings that say to what, and the list that an entry goes to.

    ``places`` leads from what stands under ``heads`` to the file and the list; ``fixed`` are values
    that an entry of that place has beside those of ``columns`` (heading → keys within the entry).
    """

    heads: tuple[str, ...]
    places: Mapping[tuple[str, ...], tuple[str, KeyPath]]
    columns: Mapping[str, KeyPath]
    meanings: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    needed: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class BookTable:
    """A sheet of the workbook. Rows may be taken out, and added, where ``new`` is there."""

    id: str
    title: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    new: NewRows | None = None


def shown(value: str | None) -> Cell:
    """A cell that is only there to be read."""
    return Cell(value)


def text_at(node: Node, path: KeyPath) -> str | None:
    """The text at keys, or nothing where there is none."""
    at: Node | None = node
    for step in path:
        at = at.child(step) if at is not None else None
    return at.value if at is not None and isinstance(at.value, str) else None


def cell_at(node: Node, base: KeyPath, path: KeyPath) -> Cell:
    """The cell of a text that stands, or may stand, below an entry."""
    return Cell(text_at(node, (*base, *path)), (*base, *path))


def entry(values: Mapping[KeyPath, str]) -> Plain:
    """An entry made of values at keys within it."""
    made: dict[str, Plain] = {}
    for path, value in values.items():
        at = made
        for step in path[:-1]:
            inner = at.setdefault(str(step), {})
            assert isinstance(inner, dict)
            at = inner
        at[str(path[-1])] = value
    return made
