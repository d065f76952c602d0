"""What belongs together stays on one line in Word as well: its spaces are no-break spaces.

``typesetting.bound`` says what that is. Where a line has no room for it, less is bound, and at last
nothing: Word would cut a word.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate

from lxml import etree

from ...typesetting import bound
from ...typesetting.lettering import CENTIMETRES, Lettering
from .parts import W
from .rooms import Rooms
from .styles import Styles

_TWIPS = 1440 / 2.54
_NO_BREAK = "\u00a0"
_PARAGRAPH, _RUN, _TEXT = (f"{{{W}}}{name}" for name in ("p", "r", "t"))


def join(root: etree._Element, styles: Styles, lettering: Lettering) -> None:
    """Bind what belongs together, paragraph by paragraph, in the room that each has."""
    rooms, named = Rooms(root, styles), lettering.named
    for paragraph in _spaced(root):
        texts = [t for run in paragraph.iterchildren(_RUN) for t in run.iterchildren(_TEXT)]
        said = "".join(text.text or "" for text in texts)
        # What is bound where room is scarce is bound where there is room, too.
        if bound.stretches(said, 0, named):
            em = styles.size(styles.of(paragraph)) * CENTIMETRES * _TWIPS
            _bind(texts, lettering.bound_spaces(said, rooms.of(paragraph) / em))


def _spaced(root: etree._Element) -> Iterator[etree._Element]:
    """The paragraphs that have a space, in order: most have none."""
    last: etree._Element | None = None
    for text in root.iter(_TEXT):
        if " " in (text.text or "") and (run := text.getparent()) is not None:
            paragraph = run.getparent()
            if run.tag == _RUN and paragraph is not None and paragraph is not last:
                last = paragraph
                if paragraph.tag == _PARAGRAPH:
                    yield paragraph


def _bind(texts: Sequence[etree._Element], places: Iterable[int]) -> None:
    ends = list(accumulate(len(text.text or "") for text in texts))
    for place in places:
        which = bisect_right(ends, place)
        text, at = texts[which], place - (ends[which - 1] if which else 0)
        said = text.text or ""
        text.text = said[:at] + _NO_BREAK + said[at + 1 :]
