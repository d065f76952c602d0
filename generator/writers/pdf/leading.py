"""Lines whose marks would touch get more room between them, and only those.

A tone over a vowel rises higher than the leading lets it, where a vowel hangs from the line above
at the same place. Where that happens, and how far, is worked out from the ink of the marks as the
renderer shapes them: were all lines so far apart, a page would hold a fifth less.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import accumulate
from typing import Any

from weasyprint.formatting_structure import boxes
from weasyprint.text import line_break
from weasyprint.text.ffi import FROM_UNITS, ffi, pango

from . import justified, line_breaks

_CLUSTER = re.compile("[ก-ฮ][ัิ-ฺ็-๎]+ำ?|[ก-ฮ]ำ")
_HANGING = re.compile("[ก-ฮ][ัิ-ฺ็-๎]*[ุ-ฺ][็-๎]*")
_CLEAR = 0.1
"""So far apart stay marks, in CSS pixels."""

_LARGE = 100.0
_BEFORE = "_gen_line_before"
_known: dict[tuple[Any, ...], tuple[_Ink, ...]] = {}


@dataclass(frozen=True, slots=True)
class _Ink:
    """The ink of a mark, from where its letter begins and the baseline, downwards, in parts."""

    left: float
    top: float
    right: float
    bottom: float


def part(context: Any, line: Any) -> None:
    """Lower a line as far as its marks need below the one that was laid out before it."""
    above = context.__dict__.get(_BEFORE)
    if above is not None and line.children:
        _part(above, line)
    setattr(context, _BEFORE, line)


def _part(above: Any, line: Any) -> None:
    apart = _baseline(line) - _baseline(above)
    if (
        not 0 < apart < 2 * line.style["font_size"]
        or line.position_x > above.position_x + above.width
    ):
        return
    hanging = list(_marks(above, _HANGING, below=True))
    if not hanging:
        return
    needed = max(
        (
            low.bottom - high.top
            for high in _marks(line, _CLUSTER, below=False)
            for low in hanging
            if high.left < low.right and low.left < high.right
        ),
        default=0.0,
    )
    lower = needed + _CLEAR - apart
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
