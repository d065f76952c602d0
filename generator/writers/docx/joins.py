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
from ...typesetting.names import NOTHING, KnownNames
from .parts import W
from .rooms import Rooms
from .styles import Styles

_TWIPS = 1440 / 2.54
_NO_BREAK = "\u00a0"
_PARAGRAPH, _RUN, _TEXT = (f"{{{W}}}{name}" for name in ("p", "r", "t"))


def join(
    root: etree._Element,
    styles: Styles,
    lettering: Lettering,
    named: KnownNames = NOTHING,
) -> None:
    """Bind what belongs together, paragraph by paragraph, in the room that each has."""
    rooms = Rooms(root, styles)
    for paragraph in root.iter(_PARAGRAPH):
        texts = [t for run in paragraph.iterchildren(_RUN) for t in run.iterchildren(_TEXT)]
        said = "".join(text.text or "" for text in texts)
        if " " not in said:
            continue
        closest = [bound.stretches(said, loose, named) for loose in range(bound.LOOSEST + 1)]
        if any(closest):
            em = styles.size(styles.of(paragraph)) * CENTIMETRES * _TWIPS
            _bind(texts, set(_places(said, closest, rooms.of(paragraph) / em, lettering)))


def _places(
    said: str,
    closest: Sequence[Sequence[tuple[int, int]]],
    room: float,
    lettering: Lettering,
) -> Iterator[int]:
    """The spaces that end no line: of what is bound as closely as there is room (in em) for."""
    for stretches in closest:
        for start, end in stretches:
            spaces = [place for place in range(start, end) if said[place] == " "]
            if spaces and lettering.bold.width(said[start:end]) <= room:
                yield from spaces


def _bind(texts: Sequence[etree._Element], places: Iterable[int]) -> None:
    ends = list(accumulate(len(text.text or "") for text in texts))
    for place in places:
        which = bisect_right(ends, place)
        text, at = texts[which], place - (ends[which - 1] if which else 0)
        said = text.text or ""
        text.text = said[:at] + _NO_BREAK + said[at + 1 :]
