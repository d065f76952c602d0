"""Pages that are laid out without their document count themselves as the pages that they are of it.

WeasyPrint counts the pages that it lays out, and heads and feet take its counters: no rule of a
stylesheet reaches those. Where nothing is said, they are what they were.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import Any

from weasyprint import layout

_original = layout.make_margin_boxes


@dataclass(slots=True)
class _Counted:
    numbers: Sequence[int]
    count: int
    contexts: list[Any] = field(default_factory=list)


_counted: ContextVar[_Counted | None] = ContextVar("counted", default=None)


def apply() -> None:
    """Adapt WeasyPrint, once a process."""
    layout.make_margin_boxes = _make_margin_boxes


@contextmanager
def counted_as(numbers: Sequence[int], count: int) -> Iterator[list[Any]]:
    """Have heads and feet of what is laid out say which page each is of so many.

    Gives the renderer's contexts, as they are used.
    """
    counted = _Counted(numbers, count)
    token = _counted.set(counted)
    try:
        yield counted.contexts
    finally:
        _counted.reset(token)


def _make_margin_boxes(context: Any, page: Any, state: Any) -> Any:
    if (counted := _counted.get()) is not None:
        counted.contexts.append(context)
        quotes, values, *rest = state
        number = counted.numbers[min(context.current_page, len(counted.numbers)) - 1]
        state = (quotes, {**values, "page": [number], "pages": [counted.count]}, *rest)
    return _original(context, page, state)
