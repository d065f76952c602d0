"""Two bodies, heads or feet of a document in one, as Word tracks changes: the new one, with marks.

Rejecting every change gives the old text, accepting every change the new one.
"""

from __future__ import annotations

import copy
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from .alignment import Pair, aligned, bag, likeness, runs
from .marks import (
    Fate,
    Marker,
    empty_paragraph,
    properties_of,
    same_layout,
    set_width,
)
from .tracked_words import Usable, marked, merged, pieces_of
from .word_xml import (
    PPR,
    TBL,
    TCPR,
    Element,
    P,
    W,
    blocks_of,
    canonical,
    cells_of,
    columns_of,
    rows_of,
    shape_of,
    text_of,
    value,
)

_ALIKE = 0.35
_MOVED = 0.8
"""So many of their words have rows in common of which one was moved."""

_LEAST_MOVED = 4
"""Fewer words aren't told as moved: they may have been typed again."""


@lru_cache(maxsize=50_000)
def _bag(text: str):  # type: ignore[no-untyped-def]
    return bag(text)


def _alike(one: Element, other: Element) -> float:
    """How much two blocks or rows are alike; nothing where they can't be the same one."""
    if one.tag != other.tag:
        return 0.0
    if one.tag == TBL and not _same_table(one, other):
        return 0.0
    if one.tag == f"{W}tr" and shape_of(one) != shape_of(other):
        return 0.0
    if one.tag == P and _ends_section(one) != _ends_section(other):
        return 0.0
    score = likeness(_bag(text_of(one)), _bag(text_of(other)))
    # Of what is alike, what is laid out alike belongs together; a cell's figures may all change.
    if one.tag == P:
        return score + (0.1 if _style(one) == _style(other) else 0.0)
    return max(score, 0.36 if one.tag == TBL else 0.0)


def _same_table(one: Element, other: Element) -> bool:
    style = f"{W}tblPr/{W}tblStyle"
    return columns_of(one) == columns_of(other) and value(one, style) == value(other, style)


def _ends_section(paragraph: Element) -> bool:
    return paragraph.find(f"{PPR}/{W}sectPr") is not None


def _style(paragraph: Element) -> str:
    return value(paragraph, f"{PPR}/{W}pStyle")


def _key(block: Element) -> object:
    """What blocks have in common that are the same block in both versions."""
    if block.tag == P:
        return ("p", "".join(text_of(block).split()), _style(block), _ends_section(block))
    if block.tag == TBL:
        rows = tuple(shape_of(row) for row in rows_of(block))
        return ("tbl", "".join(text_of(block).split()), rows, columns_of(block))
    return ("tr", "".join(text_of(block).split()), shape_of(block))


@dataclass(slots=True)
class Tracker:
    """Puts two versions of a part into one. ``usable``: what of the old the new one can hold."""

    marker: Marker = field(default_factory=Marker)
    usable: Usable = lambda _: True

    def container(self, old: Element, new: Element) -> None:
        """Put what an old body, cell, head or foot says into the new one, with marks."""
        olds, news = [*blocks_of(old)], [*blocks_of(new)]
        pairs = aligned(olds, news, _key, _alike, _ALIKE)
        pairs = _with_last(olds, news, pairs)
        made: list[Element] = []
        merged_blocks: dict[int, tuple[Element, Fate | None]] = {}
        for place, (o, n) in enumerate(pairs):
            if o is not None and n is not None:
                block = news[n]
                self._both(olds[o], block)
                merged_blocks[place] = (block, None)
            elif n is not None:
                block = news[n]
                merged_blocks[place] = (block, "ins")
            else:
                assert o is not None
                block = copy.deepcopy(olds[o])
                merged_blocks[place] = (block, "del")
            made.append(block)
        self._ends(olds, news, pairs, merged_blocks)
        _replace(new, news, self._apart(made, merged_blocks))

    def _both(self, old: Element, new: Element) -> None:
        if new.tag == P:
            self._paragraph(old, new)
        else:
            self._table(old, new)

    def _paragraph(self, old: Element, new: Element) -> None:
        if canonical(old) == canonical(new):
            return
        was, now = pieces_of(old), pieces_of(new)
        if [(p.key, p.look) for p in was] != [(p.key, p.look) for p in now]:
            _fill(new, merged(self.marker, was, now, self.usable))
        if not same_layout(old.find(PPR), new.find(PPR)):
            self.marker.layout(new, old.find(PPR))

    def _ends(
        self,
        olds: Sequence[Element],
        news: Sequence[Element],
        pairs: Sequence[Pair],
        blocks: dict[int, tuple[Element, Fate | None]],
    ) -> None:
        """Mark what stands in one version alone; a container's last paragraph keeps its end.

        Where the last paragraphs are gone (or new), the ends before them are: that of the
        last one that stays, and so on.
        """
        last = len(pairs) - 1
        first = last
        while first > 0 and blocks[first][1] is not None and blocks[first][0].tag == P:
            first -= 1
        stays = blocks[first] if pairs else None
        tail = range(first + 1, last + 1) if stays and stays[1] is None else range(0)
        if stays is not None and tail and stays[0].tag == P:
            self._tail(olds, news, pairs, blocks, first, tail)
        else:
            tail = range(0)
        for place, (block, fate) in blocks.items():
            if fate is not None and place not in tail:
                self.alone(block, fate)

    def _tail(
        self,
        olds: Sequence[Element],
        news: Sequence[Element],
        pairs: Sequence[Pair],
        blocks: dict[int, tuple[Element, Fate | None]],
        first: int,
        tail: range,
    ) -> None:
        o, n = pairs[first]
        assert o is not None and n is not None  # noqa: PT018
        fate = blocks[tail[0]][1]
        assert fate is not None
        for place in tail:
            self._words(blocks[place][0], fate)
        self.marker.paragraph(blocks[first][0], fate)
        for place in tail[:-1]:
            self.marker.paragraph(blocks[place][0], fate)
        # Once they are joined, the end that stays lays out the paragraph that stays.
        end = blocks[tail[-1]][0]
        other = olds[o] if fate == "ins" else news[n]
        if not same_layout(end.find(PPR), other.find(PPR)):
            if fate == "ins":
                self.marker.layout(end, other.find(PPR))
            else:
                own = copy.deepcopy(end.find(PPR))
                now = properties_of(end)
                for child in [*now]:
                    now.remove(child)
                now.extend(copy.deepcopy(e) for e in _plain(other))
                self.marker.layout(end, own)

    def alone(self, block: Element, fate: Fate) -> None:
        """Mark a block that stands in one version alone."""
        if block.tag == TBL:
            for row in rows_of(block):
                self.row(row, fate)
            return
        self._words(block, fate)
        self.marker.paragraph(block, fate)

    def _words(self, paragraph: Element, fate: Fate) -> None:
        """Mark the words of a paragraph that stands in one version alone."""
        if fate in ("del", "moveFrom"):
            for section in paragraph.findall(f"{PPR}/{W}sectPr"):
                section.getparent().remove(section)  # type: ignore[union-attr]
        usable = self.usable if fate in ("del", "moveFrom") else (lambda _: True)
        _fill(paragraph, marked(self.marker, fate, pieces_of(paragraph), usable))

    def row(self, row: Element, fate: Fate) -> None:
        """Mark a row, and all in it, that stands in one version alone."""
        self.marker.row(row, "del" if fate in ("del", "moveFrom") else "ins")
        for cell in cells_of(row):
            blocks = [*blocks_of(cell)]
            for block in blocks:
                if block.tag == P:
                    self._words(block, fate)
                    if block is not blocks[-1]:
                        self.marker.paragraph(block, fate)
                else:
                    self.alone(block, fate)

    def _table(self, old: Element, new: Element) -> None:
        olds, news = rows_of(old), rows_of(new)
        pairs = aligned(olds, news, _key, _alike, _ALIKE)
        pairs = _only_left(olds, news, pairs)
        moved = self._moved(olds, news, pairs)
        grid = [int(c.get(f"{W}w", "0")) for c in new.iterfind(f"{W}tblGrid/{W}gridCol")]
        made: list[Element] = []
        for o, n in pairs:
            if o is not None and n is not None:
                for was, now in zip(cells_of(olds[o]), cells_of(news[n]), strict=True):
                    self.container(was, now)
                made.append(news[n])
            elif n is not None:
                self._alone_row(news[n], "ins", moved.get(("new", n)))
                made.append(news[n])
            else:
                assert o is not None
                row = copy.deepcopy(olds[o])
                _fit(row, grid)
                self._alone_row(row, "del", moved.get(("old", o)))
                made.append(row)
        _replace(new, news, made)

    def _alone_row(self, row: Element, fate: Fate, name: str | None) -> None:
        if name is None:
            self.row(row, fate)
            return
        fate = "moveFrom" if fate == "del" else "moveTo"
        self.row(row, fate)
        paragraphs = [*row.iter(P)]
        self.marker.move(paragraphs[0], paragraphs[-1], fate, name)

    def _moved(
        self, olds: Sequence[Element], news: Sequence[Element], pairs: Sequence[Pair]
    ) -> dict[tuple[str, int], str]:
        """Rows that stand elsewhere now, each with the name of its move."""
        gone = [o for o, n in pairs if n is None and o is not None]
        came = [n for o, n in pairs if o is None and n is not None]
        found: dict[tuple[str, int], str] = {}
        for o in gone:
            was = _bag(text_of(olds[o]))
            if was.total() < _LEAST_MOVED:
                continue
            scores = [
                (likeness(was, _bag(text_of(news[n]))), -n) for n in came if ("new", n) not in found
            ]
            best, place = max(scores, default=(0.0, 0))
            if best >= _MOVED:
                name = f"move{next(self.marker.moves)}"
                found["old", o] = found["new", -place] = name
        return found

    def _apart(
        self, made: Sequence[Element], blocks: dict[int, tuple[Element, Fate | None]]
    ) -> list[Element]:
        """Blocks in order; tables of which one stays and one doesn't apart from each other."""
        found: list[Element] = []
        for place, block in enumerate(made):
            if (
                place
                and block.tag == made[place - 1].tag == TBL
                and (blocks[place][1] is not None or blocks[place - 1][1] is not None)
            ):
                between = empty_paragraph()
                self.marker.paragraph(between, "ins", "del")
                found.append(between)
            found.append(block)
        return found


def _plain(paragraph: Element) -> list[Element]:
    properties = paragraph.find(PPR)
    skipped = {f"{W}rPr", f"{W}sectPr", f"{W}pPrChange"}
    return [] if properties is None else [e for e in properties if e.tag not in skipped]


def _with_last(olds: Sequence[Element], news: Sequence[Element], pairs: list[Pair]) -> list[Pair]:
    """Last paragraphs belong together where neither belongs to another one: none can be gone."""
    if not olds or not news or olds[-1].tag != P or news[-1].tag != P:
        return pairs
    if (len(olds) - 1, None) not in pairs or (None, len(news) - 1) not in pairs:
        return pairs
    kept = [p for p in pairs if p not in ((len(olds) - 1, None), (None, len(news) - 1))]
    return [*kept, (len(olds) - 1, len(news) - 1)]


def _only_left(olds: Sequence[Element], news: Sequence[Element], pairs: list[Pair]) -> list[Pair]:
    """Rows that alone are left in the same place are the same row, whatever they say now."""
    found: list[Pair] = []
    for run, changed in runs(pairs):
        same = all(shape_of(olds[o]) == shape_of(news[n]) for o, n in changed)
        found += changed if same and len(changed) == 1 else run
    return found


def _fit(row: Element, grid: Sequence[int]) -> None:
    """Give an old row's cells the widths of the new table's columns."""
    position = 0
    for cell in cells_of(row):
        span = int(value(cell, f"{TCPR}/{W}gridSpan") or "1")
        set_width(cell, sum(grid[position : position + span]))
        position += span


def _fill(paragraph: Element, content: Sequence[Element]) -> None:
    """Put other content into a paragraph."""
    for child in [*paragraph]:
        if child.tag != PPR:
            paragraph.remove(child)
    paragraph.extend(content)


def _replace(holder: Element, old: Sequence[Element], new: Sequence[Element]) -> None:
    """Put blocks or rows where others stood."""
    place = holder.index(old[0]) if old else _place(holder)
    for block in old:
        holder.remove(block)
    for number, block in enumerate(new):
        holder.insert(place + number, block)


def _place(holder: Element) -> int:
    """Where the first block of an empty body or table goes."""
    last = [n for n, e in enumerate(holder) if e.tag == f"{W}sectPr"]
    return last[0] if last else len(holder)
