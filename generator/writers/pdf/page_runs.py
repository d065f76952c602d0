"""The last page of what begins a page holds more than a few lines.

A run is the pages from one forced break to the next: a sheet, a form with what follows it. One
that runs over by a few lines is tightened: the spaces above and below its paragraphs are halved.
One whose last page would be less than half full goes on there earlier, so that the page before it
hands some lines over. Both lay the pages concerned out again, and only these; a run knows nothing
of others, so it comes out alike wherever it stands.

Only the usual pages of text are treated so: a chart and questionnaires have pages of their own.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from itertools import pairwise
from operator import itemgetter
from typing import Any

from weasyprint import layout
from weasyprint.formatting_structure import boxes
from weasyprint.layout import page as page_layout

from . import leading, resumed_pages
from .resumed_pages import Resumed, Stretch

WANTED = 0.5
"""How far down its last page a run of several pages reaches at least, where it can."""

ENOUGH = 0.48
"""A page that reaches as far as this is left as it is."""

TIGHT = 0.95
"""How large the letters of a run are that is tightened."""

CLOSER, LOWER = 0.4, 0.875
"""What is then left of the spaces between its paragraphs, and of the height of rows to write in."""

BESIDE_RULES, BELOW_RULES = 2.9 / 0.75, 4.2 / 0.75
"""What is left above and below a table, and above what follows it, so that marks keep clear of
its rules, in CSS pixels.
"""

_HOPEFUL = 1.1
"""A run is tightened where it runs over by no more than so many times what that saves at once;
lines that come out even save more."""

_SMALLEST = 10.0 / 0.75
"""Letters don't become smaller, in CSS pixels."""

_LESS = "_gen_less_room"
_TEXT_PAGES = ("", "wide")
_SIDES = ("margin_top", "margin_bottom")

_enough: ContextVar[int | None] = ContextVar("enough", default=None)

_original_pages = layout.make_all_pages
_original_page = page_layout.make_page
_original_height = page_layout.page_height


def apply() -> None:
    """Adapt WeasyPrint, once a process."""
    layout.make_all_pages = _make_all_pages
    page_layout.make_page = _make_page
    page_layout.page_height = _page_height


@contextmanager
def at_most(pages: int) -> Iterator[None]:
    """Have no more pages laid out of a document: none of them waits for what comes after."""
    token = _enough.set(pages)
    try:
        yield
    finally:
        _enough.reset(token)


def _make_page(
    context: Any, root: Any, page_type: Any, resume_at: Any, number: int, state: Any
) -> Any:
    """A page; its text has less room where its run wants it so."""
    context.current_page = number
    leading.begin_page(context)
    made = _original_page(context, root, page_type, resume_at, number, state)
    made[0].height += _less(context).get(number, 0.0)
    return made


def _page_height(page: Any, context: Any, *args: Any) -> None:
    _original_height(page, context, *args)
    page.height -= _less(context).get(context.current_page, 0.0)


def _less(context: Any) -> dict[int, float]:
    """How much room the pages of a document lack, by number."""
    found: dict[int, float] = context.__dict__.setdefault(_LESS, {})
    return found


def _make_all_pages(context: Any, root: Any, html: Any, pages: list[Any]) -> Iterator[Any]:
    """The pages, run by run."""
    if pages:  # a later round fills in what it knows by now, and moves nothing
        yield from _original_pages(context, root, html, pages)
        return
    context.rendered_notes = []
    if (resumed := resumed_pages.asked()) is not None:
        yield from _made_from(context, root, html, resumed)
        return
    start = 0
    tight: list[Stretch] = []
    enough = _enough.get()
    while True:
        run = _Run(context, root, html, start)
        yield from run.settled()
        if run.is_tight:
            tight.append(run.stretch)
        start = run.end
        if context.page_maker[start][0] is None or (enough is not None and start >= enough):
            break
    _wait_for_nothing(context)
    if enough is None:
        resumed_pages.note(context, root, _less(context), tight)


def _made_from(context: Any, root: Any, html: Any, resumed: Resumed) -> list[Any]:
    """The pages that are asked for, as they begin in a layout before. Raises OtherwiseError."""
    known = resumed.beginnings
    start = resumed.start = known.first(resumed_pages.said(root), resumed.page)
    _less(context).update(known.less)
    made = _resumed(context, root, html, resumed)
    if known.tight:  # only now: which rows stay whole was measured before
        for first, end in known.tight:
            _tighten(root, list(_between(root.children[-1], first, end)))
        made = _resumed(context, root, html, resumed)
    del context.page_maker[:start]
    _wait_for_nothing(context)
    return made


def _resumed(context: Any, root: Any, html: Any, resumed: Resumed) -> list[Any]:
    # A page looks at its number: the first one of all treats margins otherwise.
    maker, states = context.page_maker, resumed.beginnings.states[: resumed.start + 1]
    maker[:] = [(*state, {**maker[0][-1]}) for state in states]
    made: list[Any] = []
    for index in range(resumed.start, resumed.page + 1):
        page, resume_at = page_layout.remake_page(index, context, root, html)
        made.append(page)
        if resume_at is None:
            break
    return made


def _wait_for_nothing(context: Any) -> None:
    """Have no page laid out again for what heads and feet say, which stands on that page.

    Nor the pages after those that were wanted.
    """
    for *_, state in context.page_maker:
        state["content_changed"] = False


class _Run:
    """The pages of a run, which begins with the page of index ``start``."""

    def __init__(self, context: Any, root: Any, html: Any, start: int) -> None:
        self._context, self._root, self._html, self._start = context, root, html, start
        self._is_whole = True
        self.is_tight = False
        self._pages = self._made(0)

    @property
    def end(self) -> int:
        """The index of the page after it."""
        return self._start + len(self._pages)

    def settled(self) -> list[Any]:
        """The pages, tightened or shared out where the last one holds too little."""
        if not self._is_whole:
            return self._pages
        if self._pages[-1].page_type.name in _TEXT_PAGES:
            if self._lacks:
                self._tighten(_reach(self._pages[-1]))
            if self._lacks:
                self._share(_reach(self._pages[-1]))
        return self._pages

    @property
    def _lacks(self) -> bool:
        """Whether the last of several pages holds too little."""
        return len(self._pages) > 1 and _reach(self._pages[-1]) < ENOUGH

    def _tighten(self, reached: float) -> None:
        """Smaller letters, less space between paragraphs, where that saves a page."""
        found = list(self._boxes())
        *_, before, last = self._pages
        over = reached * last.height - (1 - _reach(before)) * before.height
        saved = (1 - TIGHT) * sum(page.height for page in self._pages[:-1])
        if over > _HOPEFUL * (saved + sum(map(_spared, found))):
            return
        styles = [box.style for box in found]
        _tighten(self._root, found)
        after = self._after(self._start)
        if made := self._made(0, most=len(self._pages) - 1):
            self._pages = made
            self.is_tight = True
            return
        for box, style in zip(found, styles, strict=True):
            box.style = style
        self._context.page_maker[self._start + 1 :] = after

    @property
    def stretch(self) -> Stretch:
        """Where the run begins and ends in the body's box; None is where that does."""
        maker = self._context.page_maker
        return _inner(maker[self._start][0]), _inner(maker[self.end][0])

    def _boxes(self) -> Iterator[Any]:
        """All that a run is laid out from, but heads and feet, which stand before the first."""
        yield from _between(self._root.children[-1], *self.stretch)

    def _share(self, reached: float) -> None:
        """Let the page before the last hand over what the last one lacks, where it can.

        What can't be parted may be too much, so that half of it is asked for then.
        """
        number = len(self._pages) - 2
        index = self._start + number
        before, height = _reach(self._pages[number]), self._pages[number].height
        tried = [(min(before, reached), 0.0, self._pages[number:], self._after(index))]
        for part in (1.0, 0.5):
            less = (1 - before + part * (WANTED - reached)) * height
            made = self._made(number, less, most=2)
            tried.append((min(map(_reach, made), default=0.0), less, made, self._after(index)))
            if tried[-1][0] >= ENOUGH:
                break
        _, less, self._pages[number:], after = max(tried, key=itemgetter(0))
        _less(self._context)[index + 1] = less
        self._context.page_maker[index + 1 :] = after

    def _after(self, index: int) -> list[Any]:
        """How the pages after one begin."""
        found: list[Any] = self._context.page_maker[index + 1 :]
        return found

    def _made(self, number: int, less: float = 0.0, most: int = 0) -> list[Any]:
        """The run's pages from one on, laid out anew; that one with less room.

        With ``most``, nothing where it would be more pages.
        """
        maker, index = self._context.page_maker, self._start + number
        _less(self._context)[index + 1] = less
        del maker[index + 1 :]
        found: list[Any] = []
        enough = _enough.get()
        while not found or _goes_on(found[-1], maker[index]):
            if most and len(found) == most:
                return []
            if found and enough is not None and index >= enough:
                self._is_whole = False
                break
            maker[index][-1].update(
                content_changed=False, pages_wanted=False, anchors=[], content_lookups=[]
            )
            page, _ = page_layout.remake_page(index, self._context, self._root, self._html)
            found.append(page)
            index += 1
        return found


def _tighten(root: Any, found: list[Any]) -> None:
    """Give the boxes of a run the styles of one that is tightened."""
    below = set(map(id, _below_tables(root.children[-1])))
    for box in found:
        is_below = id(box) in below
        box.style = _tightened(box, BELOW_RULES if is_below else BESIDE_RULES * _is_table(box))


def _goes_on(page: Any, state: Any) -> bool:
    """Whether the run of a page goes on with the state in which it leaves the next one."""
    resume_at, next_page, *_ = state
    same = (next_page["page"] or "") == page.page_type.name
    return resume_at is not None and next_page["break"] == "any" and same


def _inner(resume_at: Any) -> Any:
    """Where something begins in the box that begins there; None at its start."""
    return None if resume_at is None else next(iter(resume_at.values()))


def _between(box: Any, start: Any, end: Any) -> Iterator[Any]:
    """All boxes of a box from one place of it to another; None is where it begins, or ends."""
    first = 0 if start is None else next(iter(start))
    last = len(box.children) if end is None else next(iter(end))
    for number, child in enumerate(box.children[first : last + 1], start=first):
        begins = _inner(start) if number == first else None
        ends = _inner(end) if number == last else None
        if child.is_running() or (number == last and end is not None and ends is None):
            continue
        if begins is None and ends is None:
            yield child
            yield from child.descendants()
        else:
            yield from _between(child, begins, ends)


def _spared(box: Any) -> float:
    """What a tightened run saves above and below a paragraph, or in a row, in CSS pixels."""
    if isinstance(box, boxes.TableRowBox):
        return (1 - LOWER) * max(map(_stated_height, box.children), default=0.0)
    if not isinstance(box, boxes.BlockLevelBox):
        return 0.0
    sides = (box.style[side] for side in _SIDES)
    spaces: float = sum(side.value for side in sides if side != "auto" and side.unit == "px")
    return (1 - CLOSER) * spaces


def _stated_height(box: Any) -> float:
    """The height that a row's cell has at the least, in CSS pixels; 0 where nothing says it."""
    height = box.style["height"]
    return float(height.value) if height != "auto" and height.unit == "px" else 0.0


def _is_table(box: Any) -> bool:
    """Whether a box is a table's, with rules above and below."""
    return isinstance(box, boxes.TableBox) or getattr(box, "is_table_wrapper", False)


def _below_tables(body: Any) -> Iterator[Any]:
    """What stands below tables, and what that begins with."""
    for box in (body, *body.descendants()):
        for above, below in pairwise(getattr(box, "children", ())):
            found = below if _is_table(above) else None
            while found is not None:
                yield found
                found = next(iter(getattr(found, "children", ())), None)


def _tightened(box: Any, least: float) -> Any:
    """The style of a box in a run that is tightened; ``least`` is what is left above and below."""
    style = box.style.copy()
    if style["font_size"] * TIGHT >= _SMALLEST:
        style["font_size"] *= TIGHT
    if isinstance(box, boxes.TableCellBox) and _stated_height(box):
        style["height"] = style["height"]._replace(value=LOWER * _stated_height(box))
    if isinstance(box, boxes.BlockLevelBox):
        for side in _SIDES:
            if style[side] != "auto":
                value = style[side].value
                less = max(value * CLOSER, min(value, least))
                style[side] = style[side]._replace(value=less)
    return style


def _reach(page: Any) -> float:
    """How far down its room a page's text reaches, from 0 to 1."""
    bottom = max(map(_bottom, page.children[0].children), default=0.0)
    reached: float = (bottom - page.content_box_y()) / page.height
    return reached


def _bottom(box: Any) -> float:
    """The lower edge of what a box holds."""
    if isinstance(box, (boxes.LineBox, boxes.TableRowBox, boxes.ReplacedBox)):
        edge: float = box.position_y + box.margin_height()
        return edge
    return max(map(_bottom, getattr(box, "children", ())), default=0.0)
