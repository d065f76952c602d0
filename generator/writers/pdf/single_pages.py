"""A document's pages, laid out so that each can be had alone: for who looks at one while typing.

What a page shows is what it shows in the whole document: the part is laid out alike and painted
below the same head and foot. A file of one page has no structure and nothing attached.
Only who has the renderer's ``turn`` calls it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from ...workspace.recently_used import RecentlyUsed
from ..kept.store import key_of
from . import drawing, page_runs, renderer, resumed_pages
from .counted_pages import counted_as
from .jobs import PdfJob
from .parts.declared import DeclaredParts
from .resumed_pages import OtherwiseError, PageBeginnings
from .text_runs import TextRun, text_runs

MOST = 160
"""So many pages stay laid out in a process."""

_MM = 25.4 / 96


@dataclass(frozen=True, slots=True)
class LaidOutPart:
    """A part as it is laid out: what it says where, and the sizes of its pages in millimetres.

    ``beginnings``: how its pages begin, where some of them may be laid out alone.
    """

    texts: tuple[TextRun, ...]
    sizes: tuple[tuple[float, float], ...]
    document: Any
    beginnings: PageBeginnings | None = None

    @property
    def pages(self) -> int:
        """How many pages it has."""
        return len(self.sizes)

    @property
    def is_tight(self) -> bool:
        """Whether any of it is set closer, so that it has a page less."""
        return self.beginnings is not None and bool(self.beginnings.tight)


_kept = RecentlyUsed[str, LaidOutPart](MOST, lambda part: part.pages)
"""Parts that stay laid out, by key."""


class PagedDocument:
    """A document by its parts, of which each is laid out when it is asked for."""

    def __init__(self, job: PdfJob) -> None:
        self._job = job
        self._declared: DeclaredParts | None = drawing.parts_of(job)
        parts = self._declared.parts if self._declared is not None else (job.html,)
        self._parts = parts
        whole = "" if self._declared is not None else "whole"
        self.keys = tuple(key_of((whole, drawing.key(job, html))) for html in parts)

    def known(self, index: int) -> LaidOutPart | None:
        """A part, where it is laid out already."""
        return _kept.get(self.keys[index])

    def part(self, index: int) -> LaidOutPart:
        """A part, laid out. Raises RenderingError."""
        found = self.known(index)
        if found is None:
            with renderer.turn(), drawing.no_warnings(), resumed_pages.noting() as noted:
                found = _laid_out(drawing.rendered(self._job, self._parts[index]))
            found = replace(found, beginnings=noted.found)
            _kept.put(self.keys[index], found)
        return found

    def beginning(self, index: int, pages: int) -> LaidOutPart:
        """The first pages of a part, as they are unless the end of it changes them.

        A part whose last page holds too little is set closer. Raises RenderingError.
        """
        with renderer.turn(), drawing.no_warnings(), page_runs.at_most(pages):
            return _laid_out(drawing.rendered(self._job, self._parts[index]))

    def resumed(self, index: int, then: LaidOutPart, page: int) -> LaidOutPart | None:
        """A part with a page as it is now, where one was laid out; None where that is no help.

        What stands before what changed, and after the page, is as it was then. Raises
        RenderingError.
        """
        if then.beginnings is None or page >= then.pages:
            return None
        with (
            renderer.turn(),
            drawing.no_warnings(),
            resumed_pages.resuming(then.beginnings, page) as resumed,
        ):
            try:
                document = drawing.rendered(self._job, self._parts[index])
            except OtherwiseError:
                return None
            pages = [*then.document.pages[: resumed.start], *document.pages]
            if len(pages) > page:
                pages += then.document.pages[page + 1 :]
            return _laid_out(document.copy(pages))

    def page(self, part: LaidOutPart, index: int, number: int, count: int) -> bytes:
        """A page of a part, as a PDF of its own: page ``number`` of ``count``.

        Raises RenderingError.
        """
        with renderer.turn(), drawing.no_warnings():
            own = part.document.pages[index]
            if self._declared is None:
                document = part.document.copy([own])
            else:
                html = self._declared.furniture((own._page_box.page_type.name,))
                with counted_as((number,), count):
                    document = drawing.rendered(self._job, html)
                page, *_ = document.pages
                page.paint = _both(own.paint, page.paint)
            data: bytes = document.write_pdf()
        return data


def _both(below: Callable[..., None], above: Callable[..., None]) -> Callable[..., None]:
    def paint(stream: Any, scale: float = 1) -> None:
        below(stream, scale)
        above(stream, scale)

    return paint


def _laid_out(document: Any) -> LaidOutPart:
    return LaidOutPart(text_runs(document.pages), _sizes(document.pages), document)


def _sizes(pages: Sequence[Any]) -> tuple[tuple[float, float], ...]:
    return tuple((round(page.width * _MM, 2), round(page.height * _MM, 2)) for page in pages)
