"""What belongs together stays on one line in Word as well: its spaces are no-break spaces.

``typesetting.bound`` says what that is. Where a line has no room for it, less is bound, and at last
nothing: Word would cut a word.

LibreOffice finds no end of a line before figures or brackets that follow a space and that Thai
follows without one (``31 สิงหาคม``, ``(กำหนด``): it cuts the Thai. It finds it where that isn't told
to be Thai; so the first words of it say that they are of no language.
"""

from __future__ import annotations

import copy
import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import accumulate

from lxml import etree

from ...typesetting import TEXTS, bound, breaks
from ...typesetting.lettering import CENTIMETRES, Lettering
from .parts import W
from .rooms import Rooms
from .styles import Styles

_TWIPS = 1440 / 2.54
_NO_BREAK = "\u00a0"
_PARAGRAPH, _RUN, _TEXT = (f"{{{W}}}{name}" for name in ("p", "r", "t"))


def join(root: etree._Element, styles: Styles, lettering: Lettering) -> None:
    """Bind what belongs together, paragraph by paragraph, in the room that each has."""
    rooms = Rooms(root, styles)
    for paragraph in _spaced(root):
        texts = [t for run in paragraph.iterchildren(_RUN) for t in run.iterchildren(_TEXT)]
        said = "".join(text.text or "" for text in texts)
        # What is bound where room is scarce is bound where there is room, too.
        if bound.stretches(said, 0, lettering.names_in(said)):
            em = styles.size(styles.of(paragraph)) * CENTIMETRES * _TWIPS
            said = _bind(texts, said, lettering.bound_spaces(said, rooms.of(paragraph) / em))
        if apart := _of_no_language(said):
            _tell_no_language(texts, apart)


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


def _bind(texts: Sequence[etree._Element], said: str, places: Sequence[int]) -> str:
    """Put no-break spaces in these places; what the texts say then."""
    if not places:
        return said
    letters = list(said)
    for place in places:
        letters[place] = _NO_BREAK
    bound_said, at = "".join(letters), 0
    for text in texts:
        own = text.text or ""
        if (new := bound_said[at : at + len(own)]) != own:
            text.text = new
        at += len(own)
    return bound_said


_THAI = r"[\u0e01-\u0e5b]"
_OTHERS_FIRST = re.compile(rf"(?<= )(?!{_THAI})[^ ]+")
"""What stands between two spaces that may end a line and begins in other letters than Thai."""

_FOLLOWING = re.compile(rf"(?<=[^\u0e01-\u0e5b])(?:{_THAI})+")
_WORDS = 2
"""So many of its words, for LibreOffice's dictionary may have a longer one."""

_NO_LANGUAGE = "x-none"
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_LOOKS, _LANGUAGE, _COMPLEX = (f"{{{W}}}{name}" for name in ("rPr", "lang", "bidi"))


@lru_cache(maxsize=TEXTS)
def _of_no_language(said: str) -> tuple[tuple[int, int], ...]:
    """From where to where words are to be of no language."""
    return tuple(
        (thai.start(), thai.start() + sum(map(len, breaks.thai_words(thai[0])[:_WORDS])))
        for others in _OTHERS_FIRST.finditer(said)
        for thai in _FOLLOWING.finditer(said, others.start(), others.end())
    )


def _tell_no_language(texts: Sequence[etree._Element], apart: Sequence[tuple[int, int]]) -> None:
    ends = list(accumulate(len(text.text or "") for text in texts))
    for start, end in reversed(apart):
        which = bisect_right(ends, start)
        before = ends[which - 1] if which else 0
        _set_apart(texts[which], start - before, min(end, ends[which]) - before)


def _set_apart(text: etree._Element, start: int, end: int) -> None:
    """Give a piece of a text a run of its own, which says that it is of no language."""
    run, said = text.getparent(), text.text or ""
    if run is None or any(child.tag not in (_LOOKS, _TEXT) for child in run):
        return
    if len(run.findall(_TEXT)) > 1:
        return
    for piece, is_own in ((said[end:], False), (said[start:end], True)):
        if piece:
            other = copy.copy(run)
            [words] = other.iterchildren(_TEXT)
            words.text = piece
            words.set(_SPACE, "preserve")
            if is_own:
                looks = other.find(_LOOKS)
                if looks is None:
                    looks = etree.Element(_LOOKS)
                    other.insert(0, looks)
                language = looks.find(_LANGUAGE)
                if language is None:
                    language = etree.SubElement(looks, _LANGUAGE)
                language.set(_COMPLEX, _NO_LANGUAGE)
            run.addnext(other)
    text.text = said[:start]
    text.set(_SPACE, "preserve")
    if not start:
        outer = run.getparent()
        if outer is not None:
            outer.remove(run)
