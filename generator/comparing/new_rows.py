"""A row that was added to a table, as an entry of the data: made like that of the row beside it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from .. import thai
from ..agreements.changes import Change, Inserted, KeyPath, Put
from ..agreements.yaml_tree import Plain
from .edited import NewRow
from .leaves import DataText, Stretch

CSV = ".csv"
_FIGURE = re.compile(r"[0-9]+(?:,[0-9]{3})*(?:\.[0-9]+)?")
_ID = "id"
_ROWS_ONLY = 1
"""A cell of a CSV file stands at a row and a column: its row alone is an entry."""

Cell = tuple[int, int]
"""A cell of the row, and a paragraph in it."""
Entry = tuple[str, KeyPath]
"""A file, and the keys of an entry of a list in it."""


@dataclass(frozen=True, slots=True)
class EntryAdded:
    """An entry to be put into a file's list, and the line of the one beside it."""

    file: str
    change: Change
    words: str
    line: int


@dataclass(slots=True)
class RowGuesser:
    """Knows which entries rows are printed of; ``bare`` takes the number off a list's line."""

    texts: Sequence[DataText]
    stretches: Sequence[Stretch]
    names: Mapping[str, str]
    """What indicators are called, by the names of their files."""
    unit: str
    bare: Callable[[str], str]
    near: Callable[[DataText, Sequence[str]], float]
    _said: dict[str, list[Stretch]] = field(default_factory=dict)

    def guesses(self, row: NewRow) -> Iterator[EntryAdded]:
        """Entries that may be behind a row, the likeliest first."""
        found = self._entry(row)
        if found is None:
            return
        (file, path), cells = found
        beside = [t for t in self.texts if t.file == file and t.path[: len(path)] == path]
        values = self._values(beside, len(path), cells, row)
        last = path[-1]
        assert isinstance(last, int)
        place = (*path[:-1], last + 1 if row.is_below else last)
        words = " | ".join(text for cell in row.cells for text in cell)
        more = self._unprinted(beside, len(path), values)
        named = self._name(row, cells, values)
        tried: list[dict[KeyPath, str]] = []
        for kept in (named | values, named | values | more, values, values | more):
            if not kept or kept in tried:
                continue
            tried.append(kept)
            value = self._cells(file, kept) if file.endswith(CSV) else _built(kept)
            change = self._change(file, place, value)
            yield EntryAdded(file, change, words, beside[0].line)

    def beside(self, row: NewRow) -> DataText | None:
        """The text of the data that the row beside is printed of: where another one is added."""
        said = [thai.arabic_digits(text) for cell in row.beside for text in cell]
        for file, name in self.names.items():
            if any(self.bare(text) == name or text == name for text in said):
                stem = _stem(file)
                for text in self.texts:
                    if text.file == self.unit and text.path[-1:] == ("use",) and text.value == stem:
                        return text
        found = self._entry(row)
        if found is None:
            return None
        (file, path), _ = found
        return next(t for t in self.texts if t.file == file and t.path[: len(path)] == path)

    def _entry(self, row: NewRow) -> tuple[Entry, dict[Cell, list[Stretch]]] | None:
        """The entry that most cells of the row beside are printed of, and of which texts."""
        votes: dict[Entry, dict[Cell, list[Stretch]]] = {}
        filled = 0
        for c, cell in enumerate(row.beside):
            for j, text in enumerate(cell):
                said = thai.arabic_digits(text)
                is_name = self.bare(said) in self.names.values()
                filled += not is_name and not re.fullmatch(r"[0-9.–-]{1,4}", said)
                for stretch in self._saying(said):
                    for path in _entries(stretch.text):
                        own = votes.setdefault((stretch.text.file, path), {})
                        own.setdefault((c, j), []).append(stretch)
        if not votes:
            return None

        def rank(entry: Entry) -> tuple[float, ...]:
            first = next(iter(votes[entry].values()))[0].text
            own = float(entry[0] == self.unit)
            return len(votes[entry]), self.near(first, row.before), own, len(entry[1])

        best = max(votes, key=rank)
        return (best, votes[best]) if len(votes[best]) * 2 >= filled else None

    def _saying(self, said: str) -> list[Stretch]:
        if not self._said:
            for stretch in self.stretches:
                self._said.setdefault(stretch.said, []).append(stretch)
        other = self.bare(said)
        return self._said.get(said, []) + (self._said.get(other, []) if other != said else [])

    def _values(
        self,
        beside: Sequence[DataText],
        depth: int,
        cells: Mapping[Cell, list[Stretch]],
        row: NewRow,
    ) -> dict[KeyPath, str]:
        """The texts of the new entry by their keys below it."""
        of = _places(beside, cells)
        found: dict[KeyPath, str] = {}
        for text in beside:
            own = of.get(text.path)
            if own is None:
                continue
            c = own[0][0]
            new = [*row.cells[c]] if c < len(row.cells) else []
            mates = [p for p, places in of.items() if places[0][0] == c]
            below = text.path[depth:]
            if len(mates) == 1:
                if new:
                    found[below] = _as_before(text.value, [self.bare(t) for t in new])
            elif all(p[:-1] == text.path[:-1] for p in mates):
                if text.path == mates[0]:
                    items = ((*below[:-1], n) for n in range(len(new)))
                    found.update(zip(items, map(self.bare, new), strict=True))
            elif own[0][1] < len(new):
                found[below] = self.bare(new[own[0][1]])
        self._beside_words(beside, depth, of, found)
        self._named(beside, depth, of, row, found)
        return found

    def _beside_words(
        self,
        beside: Sequence[DataText],
        depth: int,
        of: Mapping[KeyPath, list[Cell]],
        found: dict[KeyPath, str],
    ) -> None:
        """Figures that a text of the entry says too: they are those of the new text."""
        for text in beside:
            if text.path in of or not _FIGURE.fullmatch(text.value):
                continue
            for other in beside:
                below = other.path[depth:]
                if other.path[:-1] != text.path[:-1] or below not in found:
                    continue
                old, new = (_figures(t) for t in (other.value, found[below]))
                if text.value.replace(",", "") in old and len(old) == len(new):
                    found[text.path[depth:]] = new[old.index(text.value.replace(",", ""))]

    def _named(
        self,
        beside: Sequence[DataText],
        depth: int,
        of: Mapping[KeyPath, list[Cell]],
        row: NewRow,
        found: dict[KeyPath, str],
    ) -> None:
        """Lists of indicators: those whose names the new row says."""
        stems = {_stem(file): name for file, name in self.names.items()}
        said = [self.bare(thai.arabic_digits(text)) for cell in row.cells for text in cell]
        keys = [stem for text in said for stem, name in stems.items() if name == text]
        for text in beside:
            if text.path not in of and text.value in stems and text.path[-1] == 0:
                below = text.path[depth:-1]
                found.update({(*below, n): key for n, key in enumerate(keys)})

    def _name(
        self, row: NewRow, cells: Mapping[Cell, list[Stretch]], values: Mapping[KeyPath, str]
    ) -> dict[KeyPath, str]:
        """The name of an entry where the one beside has none of its own, but prints another's."""
        for c, cell in enumerate(row.beside):
            other = not any((c, j) in cells for j in range(len(cell)))
            said = row.cells[c] if c < len(row.cells) else ()
            if other and said and re.search(r"[\u0e01-\u0e2eA-Za-z]", "".join(said)):
                return {} if ("name",) in values else {("name",): self.bare(" ".join(said))}
        return {}

    def _unprinted(
        self, beside: Sequence[DataText], depth: int, values: Mapping[KeyPath, str]
    ) -> dict[KeyPath, str]:
        """What the entry beside has and no cell shows: the same, under an id of its own."""
        found = {}
        taken = {text.value for text in self.texts if text.path[-1] == _ID}
        for text in beside:
            below = text.path[depth:]
            if below in values or (below and isinstance(below[-1], int)):
                continue
            value, number = text.value, 2
            while below[-1:] == (_ID,) and value in taken:
                value, number = f"{text.value}-{number}", number + 1
            found[below] = value
        return found

    def _cells(self, file: str, values: Mapping[KeyPath, str]) -> list[Plain]:
        """A row of a CSV file, as wide as the others."""
        columns = {text.path[1] for text in self.texts if text.file == file}
        width = max(column for column in columns if isinstance(column, int)) + 1
        return [values.get((column,), "") for column in range(width)]

    def _change(self, file: str, path: KeyPath, value: Plain) -> Change:
        there = any(t.file == file and t.path[: len(path)] == path for t in self.texts)
        return Inserted(path, value) if there or file.endswith(CSV) else Put(path, value)


def _stem(file: str) -> str:
    return file.removeprefix("indicators/").removesuffix(".yaml")


def _entries(text: DataText) -> Iterator[KeyPath]:
    """The entries of lists that a text stands in."""
    if text.file.endswith(CSV):
        yield text.path[:_ROWS_ONLY]
        return
    for place, step in enumerate(text.path):
        if isinstance(step, int):
            yield text.path[: place + 1]


def _places(
    beside: Sequence[DataText], cells: Mapping[Cell, list[Stretch]]
) -> dict[KeyPath, list[Cell]]:
    """Where each text of an entry is printed; what is said twice, in order."""
    found: dict[KeyPath, list[Cell]] = {}
    free = dict(cells)
    for text in beside:
        numbers: set[int] = set()
        for place, stretches in [*free.items()]:
            mine = [s.number for s in stretches if s.text == text and s.number not in numbers]
            if mine and (not numbers or place[0] == found[text.path][0][0]):
                numbers.add(mine[0])
                found.setdefault(text.path, []).append(place)
                del free[place]
    return found


def _as_before(old: str, new: Sequence[str]) -> str:
    """Lines typed as those of another text are, with the signs of a list before them."""
    leads = [line[: len(line) - len(line.lstrip(" -•●"))] for line in old.split("\n")]
    return "\n".join(f"{leads[min(n, len(leads) - 1)]}{line}" for n, line in enumerate(new))


def _figures(text: str) -> list[str]:
    return [found.replace(",", "") for found in _FIGURE.findall(thai.arabic_digits(text))]


def _built(values: Mapping[KeyPath, str]) -> Plain:
    """Texts by their keys as one value; of a list those that there are, in order."""
    if () in values:
        return values[()]
    groups: dict[str | int, dict[KeyPath, str]] = {}
    for path, text in values.items():
        groups.setdefault(path[0], {})[path[1:]] = text
    if all(isinstance(step, int) for step in groups):
        return [_built(groups[step]) for step in sorted(groups, key=int)]
    return {str(step): _built(inner) for step, inner in groups.items()}
