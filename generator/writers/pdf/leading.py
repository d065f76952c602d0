"""Lines whose marks would touch get more room between them, and only those.

A tone over a vowel rises higher than the leading lets it, where a vowel hangs from the line above
at the same place. Where that happens, and how far, is worked out from the ink of the marks as the
renderer shapes them: were all lines so far apart, a page would hold a fifth less.

The line above needn't be the one that was laid out before: a box to tick, its words and a rule to
write on are lines side by side. So the last lines from which something hangs are kept.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import accumulate
from typing import Any, NamedTuple

from weasyprint.formatting_structure import boxes
from weasyprint.text import line_break
from weasyprint.text.ffi import FROM_UNITS, ffi, pango

from . import justified, line_breaks

_CLUSTER = re.compile("[ก-ฮ][ัิ-ฺ็-๎]+ำ?|[ก-ฮ]ำ")
_HANGING = re.compile("[ก-ฮ][ัิ-ฺ็-๎]*[ุ-ฺ][็-๎]*")
_CLEAR = 0.1
"""So far apart stay marks, in CSS pixels."""

_LARGE = 100.0
_LAST = "_gen_last_lines"
_KEPT = 6
_known: dict[tuple[Any, ...], tuple[_Ink, ...]] = {}


@dataclass(frozen=True, slots=True)
class _Ink:
    """The ink of a mark, from where its letter begins and the baseline, downwards, in parts."""

    left: float
    top: float
    right: float
    bottom: float


class _Hung(NamedTuple):
    """A line that was laid out, from which marks hang."""

    line: Any
    words: str
    marks: tuple[_Ink, ...]
    start: float
    """Where the line began, on which the places of the marks are founded."""


class _Last(NamedTuple):
    """What was laid out last on a page: the line itself, and those from which marks hang."""

    line: Any
    hung: tuple[_Hung, ...]


def begin_page(context: Any) -> None:
    """Forget the lines of the page before."""
    setattr(context, _LAST, _Last(None, ()))


def part(context: Any, line: Any) -> None:
    """Lower a line as far as its marks need below those that were laid out before it."""
    before: _Last | None = context.__dict__.get(_LAST)
    if before is None or not line.children:
        return
    above = [
        hung
        for hung in before.hung
        # A block that is laid out again is no neighbour of itself.
        if hung.line is before.line or hung.line.element is not line.element
    ]
    if above:
        _part(above, line)
    marks = tuple(_marks(line, _HANGING, below=True))
    if marks:
        words = "".join(box.text for box in _texts(line))
        again = (line.element, words)
        hung = [one for one in before.hung if (one.line.element, one.words) != again]
        kept = (*hung[1 - _KEPT :], _Hung(line, words, marks, line.position_x))
        before = before._replace(hung=kept)
    setattr(context, _LAST, before._replace(line=line))


def _part(above: list[_Hung], line: Any) -> None:
    near = [
        (hung, apart)
        for hung in above
        if 0 < (apart := _baseline(line) - _baseline(hung.line)) < 2 * line.style["font_size"]
        and line.position_x <= hung.line.position_x + hung.line.width
    ]
    if not near:
        return
    high = list(_marks(line, _CLUSTER, below=False))
    lower = 0.0
    for hung, apart in near:
        moved = hung.line.position_x - hung.start
        needed = max(
            (
                low.bottom - one.top
                for one in high
                for low in hung.marks
                if one.left < low.right + moved and low.left + moved < one.right
            ),
            default=0.0,
        )
        if needed:
            lower = max(lower, needed + _CLEAR - apart)
    if lower > 0:
        for child in line.children:
            child.translate(0, lower)
        line.height += lower
        line.baseline += lower


def _baseline(line: Any) -> float:
    return float(line.position_y + line.baseline)


def _marks(line: Any, clusters: re.Pattern[str], *, below: bool) -> Iterator[_Ink]:
    """The marks of a line below letters or above them, in CSS pixels, from its baseline."""
    for box in _texts(line):
        found = list(clusters.finditer(box.text))
        if not found:
            continue
        size = box.style["font_size"]
        lettering = line_breaks.lettering()
        face = lettering.bold if box.style["font_weight"] >= 600 else lettering.upright
        ends = [0.0, *accumulate(map(face.width, box.text))]
        gaps = justified.gaps(box)
        room = sum(more for _, more in gaps)
        scale = (box.width - room) / ends[-1] if ends[-1] else size
        places = [place for place, _ in gaps]
        rooms = [0.0, *accumulate(more for _, more in gaps)]
        for match in found:
            before = rooms[bisect_left(places, match.start() + 1)]
            at = box.position_x + ends[match.start()] * scale + before
            for ink in _shaped(match[0], box.style):
                if (ink.bottom > 0) is below:
                    yield _Ink(
                        at + ink.left * size,
                        ink.top * size,
                        at + ink.right * size,
                        ink.bottom * size,
                    )


def _texts(box: Any) -> Iterator[Any]:
    if isinstance(box, boxes.TextBox):
        yield box
    elif isinstance(box, (boxes.LineBox, boxes.InlineBox)):
        for child in box.children:
            yield from _texts(child)


def _shaped(letters: str, style: Any) -> tuple[_Ink, ...]:
    """The marks of a letter as the renderer shapes them, in parts of the size."""
    key = (letters, style["font_family"], style["font_weight"])
    if key not in _known:
        large = style.copy()
        large["font_size"] = _LARGE
        _known[key] = tuple(_measured(letters, large))
    return _known[key]


def _measured(letters: str, style: Any) -> Iterator[_Ink]:
    layout = line_break.Layout(style)
    layout.set_text(letters)
    line, _ = layout.get_first_line()
    ink, logical = ffi.new("PangoRectangle *"), ffi.new("PangoRectangle *")
    at, run = 0.0, line.runs[0]
    is_letter = True
    while run != ffi.NULL:
        item = run.data
        run = run.next
        for number in range(item.glyphs.num_glyphs):
            glyph = item.glyphs.glyphs[number]
            pango.pango_font_get_glyph_extents(item.item.analysis.font, glyph.glyph, ink, logical)
            left = at + glyph.geometry.x_offset * FROM_UNITS + ink.x * FROM_UNITS
            top = glyph.geometry.y_offset * FROM_UNITS + ink.y * FROM_UNITS
            if not is_letter and glyph.geometry.width == 0:
                yield _Ink(
                    left / _LARGE,
                    top / _LARGE,
                    (left + ink.width * FROM_UNITS) / _LARGE,
                    (top + ink.height * FROM_UNITS) / _LARGE,
                )
            at += glyph.geometry.width * FROM_UNITS
            is_letter = False
    layout.deactivate()
