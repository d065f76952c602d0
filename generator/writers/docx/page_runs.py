"""The last page of a sheet holds more than a few lines in Word, as it does in the PDF.

Which page a line falls on is the program's own matter; but how high a sheet is can be measured, and
so about where its last page begins. One that runs over by a few lines is tightened: its lines are
lower by a twentieth, with less space above and below paragraphs. One whose last page would be less
than half full has more of what stands before stay together with it, so that the page before hands
some over. Where a program has room for it anyway, that moves nothing.

A sheet begins a page and knows nothing of others, so it comes out alike wherever it stands.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from lxml import etree

from ...templates.conventions import SHEET_HEADING
from ...typesetting.lettering import Lettering
from .block_heights import Block, BlockHeights
from .looks import keep_lines, keep_next, keep_whole, set_spacing
from .parts import W
from .rooms import page_height, section_of
from .styles import Styles

WANTED, ENOUGH = 0.5, 0.48
"""How far down its last page a sheet reaches at least, where it can, and what is left as it is."""

TIGHT, CLOSER = 0.95, 0.4
"""How high lines of a sheet are that is tightened, and what is left of spaces around paragraphs."""

ABOVE_RULES, BELOW_RULES = 58.0, 84.0
"""What is left of them above a table and below it, in twentieths of a point."""

_SURE = 0.95
"""A page is filled no further where a sheet is tightened: other programs end lines elsewhere."""

_FULL = 0.96
"""What stays together is no higher."""

_BODY, _PARAGRAPH, _SECTION = (f"{{{W}}}{name}" for name in ("body", "p", "sectPr"))
_OF_PARAGRAPH, _TEXT = f"{{{W}}}pPr", f"{{{W}}}t"
_TOGETHER = 2


def settle(root: etree._Element, styles: Styles, lettering: Lettering) -> None:
    """Tighten the sheets that run over by a few lines, let others share their last two pages."""
    body = root.find(_BODY)
    if body is None:
        return
    elements = list(body)
    standings = [standing(element, styles) for element in elements]
    heights: BlockHeights | None = None
    for start, end, room in runs(standings):
        heights = heights or BlockHeights(root, styles, lettering)
        blocks = [block for element in elements[start:end] for block in heights.of(element)]
        settle_run(blocks, room, heights)


def settle_run(blocks: Sequence[Block], room: float, heights: BlockHeights) -> None:
    """Tighten a sheet, or let it share its last two pages, where there is need."""
    pages = paginated(blocks, room)
    if is_settled(pages):
        return
    tightened = list(_tightened(blocks))
    if len(paginated(tightened, room * _SURE)) < len(pages):
        _tighten(tightened, heights)
    else:
        _keep_together(blocks[_shared(blocks, pages, room) :])


@dataclass(frozen=True, slots=True)
class PlaceInRun:
    """What a paragraph or table is to the run that it stands in.

    ``is_empty`` is a paragraph without words, ``room`` how high a page of the section is that it
    ends.
    """

    is_heading: bool
    is_empty: bool
    room: float | None


def standing(element: etree._Element, styles: Styles) -> PlaceInRun:
    """What an element of a body is to its run."""
    section, is_paragraph = section_of(element), element.tag == _PARAGRAPH
    return PlaceInRun(
        is_paragraph and styles.of(element) == SHEET_HEADING,
        is_paragraph and not _says(element),
        None if section is None else page_height(section),
    )


def runs(standings: Sequence[PlaceInRun]) -> Iterator[tuple[int, int, float]]:
    """From where to where each sheet is, to its section's end, and how high a page is."""
    start: int | None = None
    is_sheet = False
    for place, one in enumerate(standings):
        is_edge = one.is_heading or one.room is not None
        if start is not None and is_edge:
            end = place
            # What ends a document isn't in a piece of it.
            while end > start and standings[end - 1].is_empty:
                end -= 1
            room = next((later.room for later in standings[place:] if later.room is not None), None)
            if end > start and room is not None:
                yield start, end, room
            start = None
        is_sheet = is_sheet or one.is_heading
        if start is None and is_sheet and one.room is None:
            start = place


def is_settled(pages: Sequence[Page]) -> bool:
    """Whether nothing is to be done for the last page of a run."""
    return len(pages) == 1 or pages[-1].fill >= ENOUGH


def _says(paragraph: etree._Element) -> bool:
    return any(text.text for text in paragraph.iter(_TEXT))


@dataclass(slots=True)
class Page:
    """A page of a run: the block that it begins with, or the rest of one, and how full it is."""

    start: int
    is_rest: bool = False
    fill: float = 0.0


def paginated(blocks: Sequence[Block], room: float) -> list[Page]:
    """The pages on which blocks come to stand."""
    pages, at, first = [Page(0)], 0.0, 0

    def turn(start: int, *, is_rest: bool = False) -> float:
        pages[-1].fill = at / room
        pages.append(Page(start, is_rest))
        return blocks[start].heads

    while first < len(blocks):
        last = next((n for n in range(first, len(blocks)) if not blocks[n].keeps), len(blocks) - 1)
        needed = sum(block.height for block in blocks[first:last]) + blocks[last].least
        if at + needed > room and at:
            at = turn(first)
        for place in range(first, last + 1):
            block = blocks[place]
            left = block.height
            while at + left > room:
                fits = _fits(block, room - at, left)
                if fits:
                    at, left = at + fits, left - fits
                    at = turn(place, is_rest=True)
                elif at > block.heads:
                    at = turn(place)
                else:
                    break
            at += left
        first = last + 1
    pages[-1].fill = at / room
    return pages


def _fits(block: Block, room: float, left: float) -> float:
    """How much of a block that has so much left stands on a page with so much room.

    Two lines of it stay together at its beginning and its end.
    """
    if not block.step:
        return 0.0
    above = block.before if left == block.height else 0.0
    most = min(room - above, left - above - 2 * block.step)
    count = int(most / block.step + 0.01)
    return above + count * block.step if count >= _TOGETHER else 0.0


def _tightened(blocks: Sequence[Block]) -> Iterator[Block]:
    """The blocks with lower lines and less space."""
    for place, block in enumerate(blocks):
        is_below = place > 0 and blocks[place - 1].is_row
        is_above = place + 1 < len(blocks) and blocks[place + 1].is_row
        yield replace(
            block,
            lines=TIGHT * block.lines,
            step=TIGHT * block.step,
            heads=TIGHT * block.heads,
            before=_closer(block.before, BELOW_RULES if is_below else 0.0),
            after=_closer(block.after, ABOVE_RULES if is_above else 0.0),
        )


def _closer(space: float, least: float) -> float:
    return max(CLOSER * space, min(space, least))


def _tighten(blocks: Sequence[Block], heights: BlockHeights) -> None:
    for block in blocks:
        for paragraph in block.element.iter(_PARAGRAPH):
            said = {"line": TIGHT * heights.line(paragraph)}
            if not block.is_row:
                said |= {"before": block.before, "after": block.after}
            set_spacing(paragraph, said)


def _shared(blocks: Sequence[Block], pages: Sequence[Page], room: float) -> int:
    """The block with which the last page is to begin, so that neither of the last two is empty."""
    before, last = pages[-2:]
    both = (before.fill + last.fill) * room - blocks[last.start].heads
    best, found, following = min(before.fill, last.fill), len(blocks), 0.0
    for place in range(len(blocks) - 1, before.start, -1):
        following += blocks[place].height
        if place > last.start or blocks[place - 1].keeps:
            continue
        fill = (following + blocks[place].heads) / room
        least = min((both - following) / room, fill)
        if fill > _FULL:
            break
        if least > best:
            best, found = least, place
        if fill >= WANTED:
            break
    return found


def _keep_together(blocks: Sequence[Block]) -> None:
    """Keep what is to stand on one page together."""
    heads = 0.0
    for block in blocks[:-1]:
        # The first row below heads is whole by its paragraphs alone, as rows.keep has it.
        if block.is_row and block.heads == heads:
            keep_whole(block.element)
        heads = block.heads
        for paragraph in block.element.iter(_PARAGRAPH):
            keep_next(paragraph)
            keep_lines(paragraph)
