"""What a Word document says, however a program saved it, and where an edited one differs.

Words count as Word shows them with every change accepted: runs may be split, paragraphs stand in
content controls, rows be gone. White space is one blank; numbers of lists aren't words.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from .alignment import Pair, aligned, bag, likeness, runs
from .word_xml import DOCUMENT, PPR, RPR, TBL, TC, TR, TRPR, Element, P, W, opened, parsed

_GONE = {f"{W}del", f"{W}moveFrom"}
_WRAPS = {
    *(f"{W}{name}" for name in ("sdt", "sdtContent", "ins", "moveTo", "customXml", "smartTag")),
}
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_BOX = f"{W}txbxContent"
_BLANK = {f"{W}tab": " ", f"{W}br": " ", f"{W}cr": " ", f"{W}noBreakHyphen": "-"}
_SPACE = re.compile(r"\s+")
_NUMBER = re.compile(r"[0-9\u0e50-\u0e59]{1,3}[.)]?")
_UNSEEN = re.compile(r"[\u200b\u00ad\ufeff\u2060]")


@dataclass(frozen=True, slots=True)
class Spot:
    """A paragraph: what it says, and where: its number, or table, row and cell (from 1)."""

    text: str
    place: tuple[int, ...]
    before: tuple[str, ...] = field(default=(), compare=False)
    """What stands just before it."""


@dataclass(frozen=True, slots=True)
class EditedTable:
    """A table: rows of cells of what stands in them."""

    rows: tuple[tuple[tuple[EditedBlock, ...], ...], ...]


EditedBlock = Spot | EditedTable


@dataclass(frozen=True, slots=True)
class NewRow:
    """A new row: what its cells say, what those of the row beside it do, and what stands before."""

    cells: tuple[tuple[str, ...], ...]
    beside: tuple[tuple[str, ...], ...]
    is_below: bool
    before: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class WordEdit:
    """A paragraph that says something else, is gone, or is new; ``after`` is the one before it."""

    old: Spot | None
    new: Spot | None
    after: Spot | None = None
    row: bool = False
    """Whether its whole row is gone or new."""
    added: NewRow | None = None
    """The new row that its paragraph stands in."""

    @property
    def begins_row(self) -> bool:
        """Whether it is the first paragraph of a new row, but for the row's number."""
        said = [text for cell in self.added.cells for text in cell] if self.added else []
        said = [text for text in said if not _NUMBER.fullmatch(text)] or said
        return self.new is not None and said[:1] == [self.new.text]

    @property
    def is_number(self) -> bool:
        """Whether all that it changes is a row's number, which those above decide."""
        both = [one for one in (self.old, self.new) if one is not None]
        return all(len(s.place) > 1 and s.place[2] == 1 and _NUMBER.fullmatch(s.text) for s in both)


def read(data: bytes, name: str) -> tuple[EditedBlock, ...]:
    """What a document says. Raises FileError."""
    return of_parts(opened(data, name), name)


def of_parts(parts: Mapping[str, bytes], name: str) -> tuple[EditedBlock, ...]:
    """The same of its parts. Raises FileError."""
    body = parsed(parts[DOCUMENT], name).find(f"{W}body")
    return () if body is None else tuple(_Reader().blocks(body, ()))


@dataclass(slots=True)
class _Reader:
    """Counts paragraphs and tables while it reads them."""

    paragraphs: int = 0
    tables: int = 0
    last: list[str] = field(default_factory=list)

    def blocks(self, holder: Element, place: tuple[int, ...]) -> Iterator[EditedBlock]:
        waiting = ""
        for child in _inner(holder):
            if child.tag == TBL:
                yield self._table(child)
                continue
            text = waiting + "".join(_words(child))
            waiting = ""
            mark = child.find(f"{PPR}/{RPR}")
            if mark is not None and any(mark.find(name) is not None for name in _GONE):
                waiting = text
            elif (said := _squeezed(text)) != "":
                self.paragraphs += 1
                yield self._spot(said, place)
            for box in child.iter(_BOX):
                if next(box.iterancestors(_FALLBACK), None) is None:
                    yield from self.blocks(box, place)
        if said := _squeezed(waiting):
            yield self._spot(said, place)

    def _spot(self, text: str, place: tuple[int, ...]) -> Spot:
        spot = Spot(text, place or (self.paragraphs,), tuple(self.last[-60:]))
        self.last.append(text)
        return spot

    def _table(self, table: Element) -> EditedTable:
        self.tables += 1
        number = self.tables
        rows: list[tuple[tuple[EditedBlock, ...], ...]] = []
        for row in _all(table, TR):
            fate = row.find(TRPR)
            if fate is not None and any(fate.find(name) is not None for name in _GONE):
                continue
            cells: list[tuple[EditedBlock, ...]] = []
            for cell in _all(row, TC):
                cells.append(tuple(self.blocks(cell, (number, len(rows) + 1, len(cells) + 1))))
            rows.append(tuple(cells))
        return EditedTable(tuple(rows))


def _squeezed(text: str) -> str:
    return _SPACE.sub(" ", _UNSEEN.sub("", text)).strip()


def _inner(holder: Element) -> Iterator[Element]:
    """Paragraphs and tables, also in content controls."""
    for child in holder:
        if child.tag in (P, TBL):
            yield child
        elif child.tag in _WRAPS:
            yield from _inner(child)


def _all(holder: Element, tag: str) -> Iterator[Element]:
    for child in holder:
        if child.tag == tag:
            yield child
        elif child.tag in _WRAPS:
            yield from _all(child, tag)


def _words(element: Element) -> Iterator[str]:
    """The words of a paragraph that stay; those of text boxes in it are told apart from it."""
    for child in element:
        if child.tag in _GONE or child.tag in (PPR, RPR, _BOX, _FALLBACK):
            continue
        if child.tag == f"{W}t" or (isinstance(child.tag, str) and child.tag.endswith("/math}t")):
            yield child.text or ""
        elif child.tag in _BLANK:
            yield _BLANK[str(child.tag)]
        else:
            yield from _words(child)


def spots(blocks: Sequence[EditedBlock]) -> Iterator[Spot]:
    """Every paragraph, in order."""
    for block in blocks:
        if isinstance(block, Spot):
            yield block
        else:
            for row in block.rows:
                for cell in row:
                    yield from spots(cell)


@lru_cache(maxsize=50_000)
def _bag(text: str) -> Counter[str]:
    return bag(text)


@lru_cache(maxsize=20_000)
def _said(block: EditedBlock) -> str:
    return block.text if isinstance(block, Spot) else "\n".join(s.text for s in spots((block,)))


def _alike(one: EditedBlock, other: EditedBlock) -> float:
    if isinstance(one, Spot) != isinstance(other, Spot):
        return 0.0
    score = likeness(_bag(_said(one)), _bag(_said(other)))
    return max(score, 0.3) if isinstance(one, EditedTable) else score


Cells = tuple[tuple[EditedBlock, ...], ...]


def _row(row: Cells) -> str:
    return "\n".join(spot.text for cell in row for spot in spots(cell))


def edits(old: Sequence[EditedBlock], new: Sequence[EditedBlock]) -> Iterator[WordEdit]:
    """Where the new document says something else than the old one, in order."""
    after: Spot | None = None
    pairs = aligned(old, new, _said, _alike, 0.25)
    for o, n in _in_order(pairs, lambda o, n: isinstance(old[o], Spot) == isinstance(new[n], Spot)):
        was, now = None if o is None else old[o], None if n is None else new[n]
        if isinstance(was, EditedTable) and isinstance(now, EditedTable):
            yield from _of_tables(was, now)
        elif isinstance(was, Spot) and isinstance(now, Spot):
            if was.text != now.text:
                yield WordEdit(was, now, after)
        else:
            yield from _alone(was, now, after)
        last = [*spots((was,))] if was is not None else []
        after = last[-1] if last else after


def _alone(
    was: EditedBlock | None, now: EditedBlock | None, after: Spot | None, *, row: bool = False
) -> Iterator[WordEdit]:
    for spot in spots((was,)) if was is not None else ():
        yield WordEdit(spot, None, after, row)
    for spot in spots((now,)) if now is not None else ():
        yield WordEdit(None, spot, after, row)


def _of_tables(old: EditedTable, new: EditedTable) -> Iterator[WordEdit]:
    def alike(one: Cells, other: Cells) -> float:
        return likeness(_bag(_row(one)), _bag(_row(other))) if len(one) == len(other) else 0.0

    pairs = aligned(old.rows, new.rows, _row, alike, 0.25)
    after: Spot | None = None
    above: int | None = None
    for o, n in _in_order(pairs, lambda o, n: len(old.rows[o]) == len(new.rows[n])):
        if o is not None and n is not None and len(old.rows[o]) == len(new.rows[n]):
            for was, now in zip(old.rows[o], new.rows[n], strict=True):
                yield from edits(was, now)
        elif o is not None and n is not None:
            one, other = (tuple(b for cell in r for b in cell) for r in (old.rows[o], new.rows[n]))
            yield from edits(one, other)
        else:
            rows = (old.rows[o] if o is not None else (), new.rows[n] if n is not None else ())
            for cell in rows[0]:
                for block in cell:
                    yield from _alone(block, None, after, row=True)
            added = None if n is None else _added(old, new.rows[n], above)
            for spot in (s for cell in rows[1] for s in spots(cell)):
                yield WordEdit(None, spot, after, row=True, added=added)
        if o is not None:
            last = [s for cell in old.rows[o] for s in spots(cell)]
            after = last[-1] if last else after
            above = o


def _added(old: EditedTable, row: Cells, above: int | None) -> NewRow | None:
    """A new row beside the nearest one that has as many cells."""
    fits = [n for n, one in enumerate(old.rows) if len(one) == len(row)]
    if not fits:
        return None
    place = -1 if above is None else above
    best = min(fits, key=lambda n: (abs(n - place) if n <= place else n - place, -n))
    first = next((s for cell in old.rows[best] for s in spots(cell)), None)
    said, beside = (
        tuple(tuple(s.text for s in spots(c)) for c in r) for r in (row, old.rows[best])
    )
    return NewRow(said, beside, best <= place, first.before if first is not None else ())


def _in_order(pairs: Sequence[Pair], fits: Callable[[int, int], bool]) -> Iterator[Pair]:
    """Where as many are gone as are new between two that stay, each is the other, changed."""
    for run, changed in runs(pairs):
        yield from changed if changed and all(fits(o, n) for o, n in changed) else run
