"""How the pages of a layout begin, so that one can be laid out anew without those before it.

Who looks at a page while typing waits for that page. Where nothing that stands before it has
changed, it begins as it began, and has the room that it had. What its run makes of it
(``page_runs``) isn't looked at: such a page is shown until all of its part is laid out.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import Any

from weasyprint.formatting_structure import boxes

_Said = tuple[Any, ...]

Stretch = tuple[Any, Any]
"""From where to where something goes in a box, as the renderer says where pages begin."""


class OtherwiseError(Exception):
    """A layout before is no help: the document has other elements."""


@dataclass(frozen=True, slots=True)
class PageBeginnings:
    """How each page of a layout begins.

    ``states`` are the renderer's, ``less`` is the room that a page lacks by its number,
    ``elements`` is all that the HTML holds, ``before`` how much of it decides what stands before
    each page. ``tight`` are the runs that were tightened.
    """

    states: tuple[tuple[Any, ...], ...]
    less: dict[int, float]
    elements: tuple[_Said, ...]
    before: tuple[int, ...]
    tight: tuple[Stretch, ...]

    def first(self, elements: Sequence[_Said], page: int) -> int:
        """The last page up to one, counted from 0, before which nothing differs.

        Raises OtherwiseError where it can't be told which boxes were set closer.
        """
        if self.tight and [one[0] for one in elements] != [one[0] for one in self.elements]:
            raise OtherwiseError
        counts = list(enumerate(self.before[: page + 1]))
        same = (n for n, count in reversed(counts) if elements[:count] == self.elements[:count])
        return next(same, 0)


@dataclass(slots=True)
class Noted:
    """What is noted of a layout: how its pages begin."""

    found: PageBeginnings | None = None


@dataclass(slots=True)
class Resumed:
    """Pages from ``start`` to ``page``, as a layout before has them begin."""

    beginnings: PageBeginnings
    page: int
    start: int = field(default=0, init=False)


_noted: ContextVar[Noted | None] = ContextVar("noted", default=None)
_resumed: ContextVar[Resumed | None] = ContextVar("resumed", default=None)


@contextmanager
def noting() -> Iterator[Noted]:
    """Note how the pages begin that are laid out here."""
    noted = Noted()
    token = _noted.set(noted)
    try:
        yield noted
    finally:
        _noted.reset(token)


@contextmanager
def resuming(beginnings: PageBeginnings, page: int) -> Iterator[Resumed]:
    """Have a page laid out, counted from 0, and of those before it only what may have changed."""
    resumed = Resumed(beginnings, page)
    token = _resumed.set(resumed)
    try:
        yield resumed
    finally:
        _resumed.reset(token)


def asked() -> Resumed | None:
    """What is to be laid out, where not all of it is."""
    return _resumed.get()


def note(context: Any, root: Any, less: dict[int, float], tight: Sequence[Stretch]) -> None:
    """Note how the pages begin that were laid out, all of a document."""
    noted = _noted.get()
    if noted is None:
        return
    elements = tuple(root.element.iter())
    order = {id(element): index for index, element in enumerate(elements)}
    states = tuple(state[:4] for state in context.page_maker[:-1])
    noted.found = PageBeginnings(
        states,
        dict(less),
        said(root),
        tuple(_before(root, state[0], order) for state in states),
        tuple(tight),
    )


def said(root: Any) -> tuple[_Said, ...]:
    """All that the HTML of a box and of what it holds says, in its order."""
    return tuple(
        (element.tag, element.text, element.tail, *element.items())
        for element in root.element.iter()
    )


def _before(box: Any, resume_at: Any, order: dict[int, int]) -> int:
    """How many elements decide what stands before a page that begins so.

    Where it begins within one, all of that counts.
    """
    place, is_start = box.element, True
    while resume_at is not None:
        children = getattr(box, "children", ())
        number = next(iter(resume_at))
        lined = isinstance(box, (boxes.LineBox, boxes.TextBox))
        if len(resume_at) > 1 or lined or number >= len(children):
            is_start = False
            break
        box, resume_at = children[number], resume_at[number]
        if box.element is None or box.element is place:
            is_start = is_start and number == 0
        else:
            place, is_start = box.element, True
    if is_start:
        return order[id(place)]
    *_, last = place.iter()
    return order[id(last)] + 1
