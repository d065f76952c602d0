"""What belongs together stays on one line in Word as well: its spaces are no-break spaces.

``typesetting.bound`` says what that is. Where a line has no room for it, less is bound, and at last
nothing: Word would cut a word.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
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
    for paragraph in root.iter(_PARAGRAPH):
        texts = [t for run in paragraph.iterchildren(_RUN) for t in run.iterchildren(_TEXT)]
        said = "".join(text.text or "" for text in texts)
        if " " not in said:
            continue
        if any(bound.stretches(said, loose, named) for loose in range(bound.LOOSEST + 1)):
            em = styles.size(styles.of(paragraph)) * CENTIMETRES * _TWIPS
            _bind(texts, lettering.bound_spaces(said, rooms.of(paragraph) / em))


def _bind(texts: Sequence[etree._Element], places: Iterable[int]) -> None:
    ends = list(accumulate(len(text.text or "") for text in texts))
    for place in places:
        which = bisect_right(ends, place)
        text, at = texts[which], place - (ends[which - 1] if which else 0)
        said = text.text or ""
        text.text = said[:at] + _NO_BREAK + said[at + 1 :]
