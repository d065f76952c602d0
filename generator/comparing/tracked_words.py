"""What changed inside a paragraph: words put in, taken out, and letters that look otherwise."""

from __future__ import annotations

import copy
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import groupby

from lxml import etree

from .alignment import words
from .marks import Fate, Marker
from .word_xml import PPR, RPR, SPACE, Element, W, canonical

_PASSED = frozenset(
    f"{W}{name}" for name in ("bookmarkStart", "bookmarkEnd", "proofErr", "permStart", "permEnd")
)
_RUN = f"{W}r"


@dataclass(frozen=True, slots=True)
class Piece:
    """A word, or a thing that stands among words (a tab, a picture, a field)."""

    text: str
    """The word; of a thing its XML."""
    look: str
    """How its letters look, as XML."""
    things: tuple[Element, ...] = ()
    """The runs that a thing is made of."""
    properties: Element | None = None

    @property
    def key(self) -> tuple[str, bool]:
        """What it says, however it looks."""
        return self.text, bool(self.things)


def pieces_of(paragraph: Element) -> list[Piece]:
    """What a paragraph is made of, in order."""
    return [*_pieces(paragraph)]


def _pieces(paragraph: Element) -> Iterator[Piece]:
    field: list[Element] = []
    depth = 0
    for child in paragraph:
        if child.tag == PPR or child.tag in _PASSED:
            continue
        marks = [part.get(f"{W}fldCharType") for part in child.iter(f"{W}fldChar")]
        if depth or "begin" in marks:
            field.append(child)
            depth += marks.count("begin") - marks.count("end")
            if depth <= 0:
                yield _thing(field)
                field, depth = [], 0
        elif child.tag == _RUN:
            yield from _of_run(child)
        else:
            yield _thing([child])
    if field:
        yield _thing(field)


def _thing(elements: Sequence[Element]) -> Piece:
    return Piece("".join(map(canonical, elements)), "", tuple(elements))


def _of_run(run: Element) -> Iterator[Piece]:
    properties = run.find(RPR)
    look = canonical(properties)
    for child in run:
        if child.tag == RPR:
            continue
        if child.tag == f"{W}t":
            for word in words(child.text or ""):
                yield Piece(word, look, (), properties)
        else:
            alone = etree.Element(_RUN)
            if properties is not None:
                alone.append(copy.deepcopy(properties))
            alone.append(copy.deepcopy(child))
            yield Piece(canonical(child), look, (alone,), properties)


def runs_of(pieces: Sequence[Piece]) -> list[Element]:
    """Pieces as runs, those that look alike together."""
    found: list[Element] = []
    for (look, is_thing), group in groupby(pieces, lambda p: (p.look, bool(p.things))):
        del look
        inner = list(group)
        if is_thing:
            found += [copy.deepcopy(thing) for piece in inner for thing in piece.things]
        else:
            found.append(_run("".join(piece.text for piece in inner), inner[0].properties))
    return found


def _run(text: str, properties: Element | None) -> Element:
    run = etree.Element(_RUN)
    if properties is not None:
        run.append(copy.deepcopy(properties))
    said = etree.SubElement(run, f"{W}t", {SPACE: "preserve"})
    said.text = text
    return run


Usable = Callable[[Element], bool]
"""Whether what stood in the old document can stand in the new one (a picture may be gone)."""


def merged(
    marker: Marker, old: Sequence[Piece], new: Sequence[Piece], usable: Usable
) -> list[Element]:
    """Both contents of a paragraph in one, with marks."""
    found: list[Element] = []
    for word, one, two, three, four in _steps(old, new):
        if word == "equal":
            found += _kept(marker, old[one:two], new[three:four])
            continue
        found += marked(marker, "del", old[one:two], usable)
        found += marked(marker, "ins", new[three:four], lambda _: True)
    return found


def marked(marker: Marker, fate: Fate, pieces: Sequence[Piece], usable: Usable) -> list[Element]:
    """Pieces that have one fate, in a mark; what can't be in the new document is left out."""
    kept = [p for p in pieces if not p.things or all(map(usable, p.things))]
    return [marker.runs(fate, runs_of(kept))] if kept else []


def _kept(marker: Marker, old: Sequence[Piece], new: Sequence[Piece]) -> list[Element]:
    """Words that stayed; those that look otherwise say how they looked."""
    found: list[Element] = []
    both = zip(old, new, strict=True)
    for (was, now, is_thing), group in groupby(
        both, lambda b: (b[0].look, b[1].look, bool(b[1].things))
    ):
        inner = list(group)
        runs = runs_of([piece for _, piece in inner])
        if was != now and not is_thing:
            for run in runs:
                marker.look(run, inner[0][0].properties)
        found += runs
    return found


_Step = tuple[str, int, int, int, int]


def _steps(old: Sequence[Piece], new: Sequence[Piece]) -> list[_Step]:
    """What stays and what changes; a space alone between two changes changes with them."""
    matcher = SequenceMatcher(None, [p.key for p in old], [p.key for p in new], autojunk=False)
    found: list[_Step] = []
    for word, one, two, three, four in matcher.get_opcodes():
        after = bool(found) and found[-1][0] != "equal"
        is_space = all(p.text.isspace() and not p.things for p in old[one:two])
        between = after and is_space and two < len(old) and four < len(new)
        kind = "replace" if word == "equal" and between else word
        if kind != "equal" and after:
            last = found.pop()
            found.append(("replace", last[1], two, last[3], four))
        else:
            found.append((kind, one, two, three, four))
    return found
