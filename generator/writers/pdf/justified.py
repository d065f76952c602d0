"""Justified lines as the ministries' rules have them, and Word's thaiDistribute.

A line is filled at its spaces and, by less, at the boundaries of its words; letters within a word
never part, and a list's number keeps its distance. Room is added to glyphs as they are drawn, so a
text stays one piece, and reads as it was typed. WeasyPrint would stretch spaces alone, of which a
Thai line may have none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from weasyprint.formatting_structure import boxes
from weasyprint.layout import inline
from weasyprint.text.ffi import TO_UNITS, ffi, pango

from ...typesetting import bound, breaks
from . import line_breaks

_SHARE = 3
"""A space gets so many times what a boundary of words gets."""

_MOST = ((0.05, 0.3), (0.09, 0.5), (0.14, 0.7))
"""What a boundary and a space get at the most, in parts of the size.

Where boundaries have theirs, spaces get the rest. The first that fills a line does; a line that
lacks more than the last isn't filled. A space is 0.25 wide: none gets four times as wide.
"""

_SPACE = re.compile("(?<!:)[ \u00a0](?!:)")
_BESIDE_COLON = re.compile("(?<=:)[ \u00a0]|[ \u00a0](?=:)")

_GAPS = "_gen_gaps"
_HALF = 0.5
"""Of a thousandth of the size, by which the renderer rounds towards nothing."""


def apply() -> None:
    """Adapt WeasyPrint, once a process."""
    inline.justify_line = _justify


def _justify(context: Any, line: Any, extra: float) -> None:
    """Fill a line; ``extra`` is what it lacks, in CSS pixels."""
    texts = list(_texts(line))
    start = bound.marker("".join(one.text for one in texts))
    places: list[list[tuple[int, bool]]] = []
    for one in texts:
        places.append([place for place in _places(one.text) if place[0] > start])
        start -= len(one.text)
    if places and places[-1] and places[-1][-1][0] == len(texts[-1].text):
        places[-1].pop()
    every = [is_space for found in places for _, is_space in found]
    rooms = _rooms(extra, line.style["font_size"], sum(every), len(every) - sum(every))
    if rooms is None:
        return
    for one, found in zip(texts, places, strict=True):
        setattr(one, _GAPS, [(at, rooms[is_space]) for at, is_space in found])
    _move(line, 0.0)


def _rooms(extra: float, size: float, spaces: int, boundaries: int) -> tuple[float, float] | None:
    """What a boundary gets and what a space gets; None where the line lacks too much."""
    if not spaces + boundaries:
        return None
    for most, most_space in _MOST:
        boundary = min(extra / (_SHARE * spaces + boundaries), most * size)
        rest = extra - boundary * boundaries
        if rest <= most_space * size * spaces + 1e-6:
            return boundary, rest / spaces if spaces else 0.0
    return None


def gaps(textbox: Any) -> list[tuple[int, float]]:
    """After which letters of a text there is room, and how much, in CSS pixels."""
    found: list[tuple[int, float]] = getattr(textbox, _GAPS, [])
    return found


def _texts(box: Any) -> Iterator[Any]:
    if isinstance(box, boxes.TextBox):
        yield box
    elif isinstance(box, (boxes.LineBox, boxes.InlineBox)):
        for child in box.children:
            if child.is_in_normal_flow():
                yield from _texts(child)


def _places(text: str) -> list[tuple[int, bool]]:
    """After which letters of a text room may be added, and whether that is a space.

    What stands beside a label's colon keeps its width.
    """
    found = {place.end(): True for place in _SPACE.finditer(text)}
    beside = {place.start() + 1 for place in _BESIDE_COLON.finditer(text)}
    for place in breaks.places(text, 0, line_breaks.lettering().named):
        if place not in beside:
            found.setdefault(place, False)
    return sorted(found.items())


def _move(box: Any, shift: float) -> float:
    """Widen what holds gaps, and move what follows them; how far the next box moves."""
    if isinstance(box, boxes.TextBox):
        more = sum(room for _, room in gaps(box))
        box.position_x += shift
        box.width += more
        return shift + more
    if not isinstance(box, (boxes.LineBox, boxes.InlineBox)):
        box.translate(shift, 0)
        return shift
    before = shift
    box.position_x += shift
    for child in box.children:
        if child.is_in_normal_flow():
            shift = _move(child, shift)
    box.width += shift - before
    return shift


def widen_glyphs(textbox: Any) -> None:
    """Add its room to a text that is about to be drawn; its layout is active."""
    if not gaps(textbox):
        return
    layout = textbox.pango_layout
    # The renderer sets it too, which would take the line apart again.
    pango.pango_layout_set_single_paragraph_mode(layout.layout, True)
    size = textbox.style["font_size"]
    ends = [
        (len(layout.text[:at].encode()), round((room + size * _HALF / 1000) * TO_UNITS))
        for at, room in gaps(textbox)
    ]
    ends.reverse()
    before = None
    for start, glyph in _glyphs(layout):
        while ends and start >= ends[-1][0]:
            _, room = ends.pop()
            if before is not None:
                before.geometry.width += room
        before = glyph
    for _, room in ends:
        if before is not None:
            before.geometry.width += room


def _glyphs(layout: Any) -> Iterator[tuple[int, Any]]:
    """The glyphs of a line of Thai, each with the byte at which its letters begin."""
    line, _ = layout.get_first_line()
    run = line.runs[0]
    while run != ffi.NULL:
        item = run.data
        run = run.next
        offset, glyphs = item.item.offset, item.glyphs
        for number in range(glyphs.num_glyphs):
            yield offset + glyphs.log_clusters[number], glyphs.glyphs[number]
