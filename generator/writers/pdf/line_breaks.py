"""What belongs together stays on one line: Pango is told where a line may not end.

``typesetting.bound`` says what that is. Nothing is put into the text, so what a page reads stays as
it was typed. Where a line has no room for it, less is bound, and at last nothing: a word is never
cut for the sake of its neighbour.

The renderer tries the beginning of a text alone, cut at any letter. What the dictionary finds in
what is left of a word (กา|รบริ of การบริหาร) ends no line: the words of the whole text do.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from weasyprint.layout import inline, preferred
from weasyprint.text import line_break
from weasyprint.text.ffi import ffi, pango

from ...typesetting import bound, breaks
from ...typesetting.lettering import AVERAGE, Lettering

_NOTHING = bound.LOOSEST + 1
_original_text = line_break.Layout.set_text
_original_split = line_break.split_first_line
_ROUNDED = 0.01
_DOTS = re.compile(r"(?<=\S) (?=\.\.)")


@dataclass(slots=True)
class _Line:
    """The line that is being laid out: all of the text, and how loosely it is bound.

    ``lettering`` is what words are measured with, and the names that lines don't break.
    """

    text: str = ""
    loose: int = 0
    lettering: Lettering = AVERAGE


_line = _Line()  # threads take turns at the renderer


def apply() -> None:
    """Adapt WeasyPrint, once a process."""
    ffi.cdef("PangoAttribute * pango_attr_allow_breaks_new (gboolean allow_breaks);")
    line_break.Layout.set_text = _set_text
    for module in (line_break, inline, preferred):
        module.split_first_line = split_first_line


@contextmanager
def measured_by(lettering: Lettering) -> Iterator[None]:
    """Have its names and measures kept whole, and words measured with it."""
    _line.lettering = lettering
    try:
        yield
    finally:
        _line.lettering = AVERAGE


def lettering() -> Lettering:
    """What words are measured with just now."""
    return _line.lettering


def _set_text(layout: Any, text: str, justify: bool = False) -> None:
    _original_text(layout, text, justify)
    if justify or _line.loose == _NOTHING:  # drawn in one line anyhow
        return
    said = layout.text
    # The renderer tries the first words alone, of which nobody can tell what follows them.
    whole = _line.text if _line.text.startswith(said) else said
    kept = (
        *bound.stretches(whole, _line.loose, _line.lettering.named),
        *_words_at_cut(whole, len(said)),
    )
    if all(start >= len(said) for start, _ in kept):
        return
    attributes = pango.pango_layout_get_attributes(layout.layout)
    if attributes == ffi.NULL:
        attributes = ffi.gc(pango.pango_attr_list_new(), pango.pango_attr_list_unref)
    for start, end in kept:
        for one, two in _apart(said, start, min(end, len(said))):
            attribute = pango.pango_attr_allow_breaks_new(False)
            attribute.start_index = len(said[:one].encode())
            attribute.end_index = len(said[:two].encode())
            pango.pango_attr_list_insert(attributes, attribute)
    pango.pango_layout_set_attributes(layout.layout, attributes)


def _words_at_cut(text: str, cut: int) -> Iterator[tuple[int, int]]:
    """The words, up to the cut, of the Thai letters that a cut in a text parts."""
    for first, last in breaks.thai(text):
        if first < cut < last:
            for one, two in pairwise(
                (0, *breaks.places(text[first:last], 0, _line.lettering.named), last - first)
            ):
                if first + one < cut:
                    yield first + one, first + two
        if cut <= last:
            return


def _apart(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """A stretch, parted before its spaces.

    Pango, where it may not break after a dash and a space, breaks between the two.
    """
    for place in range(start + 1, end):
        if text[place] == " ":
            yield start, place
            start = place
    if start < end:
        yield start, end


def split_first_line(
    text: str,
    style: Any,
    context: Any,
    max_width: Any,
    justification: Any,
    is_line_start: bool = True,
    minimum: bool = False,
) -> Any:
    """A line's text; where what is bound has no room, it is bound less."""
    try:
        _line.text = text
        wrapped = max_width is not None and not minimum and any(breaks.thai(text))
        for _line.loose in range(_NOTHING):
            if not bound.stretches(text, _line.loose, _line.lettering.named) and not (
                wrapped and _line.loose == bound.LOOSEST
            ):
                continue
            # Not at a line's start, for there the renderer cuts what has no room.
            found = _original_split(text, style, context, max_width, justification, False, minimum)
            if minimum or max_width is None or found[3] <= max_width + _ROUNDED:
                return _to_dots(found, text, style, context, max_width, justification)
        _line.loose = _NOTHING
        found = _original_split(
            text, style, context, max_width, justification, is_line_start, minimum
        )
        return _to_dots(found, text, style, context, max_width, justification)
    finally:
        _line.text, _line.loose = "", 0


def _to_dots(
    found: Any, text: str, style: Any, context: Any, max_width: Any, justification: Any
) -> Any:
    """The line, or as much of the text before a dotted line as fits.

    Pango lets no line begin with dots (UAX 14, LB13): it takes the word before them along. So it
    is where they are bound to it, as to the word for a telephone.
    """
    resume = found[2]
    if resume is None or max_width is None or " .." not in text:
        return found
    kept = () if _line.loose == _NOTHING else bound.stretches(text, _line.loose, lettering().named)
    for dots in _DOTS.finditer(text):
        before = text[: dots.start()]
        end = len(before.encode())
        if end < resume:
            continue
        if any(start < dots.start() < stop for start, stop in kept):
            break
        longer = _original_split(before, style, context, max_width, justification, False, False)
        if longer[2] is not None or longer[3] > max_width + _ROUNDED:
            break
        found = (*longer[:2], end + 1, *longer[3:])
    return found
