"""A page that is laid out alone counts itself as the page that it is of its document.

WeasyPrint counts the pages that it lays out, and heads and feet take its counters: no rule of a
stylesheet reaches those. Where nothing is said, they are what they were.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from weasyprint import layout

_original = layout.make_margin_boxes
_counted: ContextVar[tuple[int, int] | None] = ContextVar("counted", default=None)


def apply() -> None:
    """Adapt WeasyPrint, once a process."""
    layout.make_margin_boxes = _make_margin_boxes


@contextmanager
def counted_as(page: int, pages: int) -> Iterator[None]:
    """Have heads and feet of what is laid out say that it is this page of so many."""
    token = _counted.set((page, pages))
    try:
        yield
    finally:
        _counted.reset(token)


def _make_margin_boxes(context: Any, page: Any, state: Any) -> Any:
    if (counted := _counted.get()) is not None:
        quotes, values, *rest = state
        number, count = counted
        state = (quotes, {**values, "page": [number], "pages": [count]}, *rest)
    return _original(context, page, state)
