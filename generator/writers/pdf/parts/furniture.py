"""Heads and feet of a document, laid out for a few of its pages: the others differ in numbers.

A page's heads and feet know which page it is of how many, and what it is called. Of pages that are
called alike the second is laid out, and the first whose number is longer; of all others the numbers
are put in, where they are as wide. Whatever else a stylesheet makes of a page's number, or of its
place, has each page laid out.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from copy import copy
from typing import Any

from weasyprint.formatting_structure import boxes
from weasyprint.text import line_break

from ..counted_pages import counted_as
from ..savings.kept import Saving
from .declared import DeclaredParts
from .independence import looks_further

TESTED = {"weasyprint": ("70.0",)}
saving = Saving()

_NUMBERS = ("page", "pages")


class _OtherwiseError(Exception):
    """A page differs from the one laid out in more than its number."""


def furnished(
    rendered: Callable[[str], Any], declared_parts: DeclaredParts, names: Sequence[str]
) -> Any:
    """A document of empty pages with their heads and feet. ``names`` are what its pages are called.

    ``rendered`` lays out HTML.
    """
    chosen = _chosen(names)
    apart = tuple(dict.fromkeys(chosen))
    if not saving.on or len(apart) == len(names) or looks_further(declared_parts.before):
        return rendered(declared_parts.furniture(tuple(names)))
    html = declared_parts.furniture(tuple(names[index] for index in apart))
    with counted_as([index + 1 for index in apart], len(names)) as context:
        document = rendered(html)
    laid_out = dict(zip(apart, document.pages, strict=False))
    try:
        if len(document.pages) != len(apart):
            raise _OtherwiseError
        document.pages = [
            _numbered(laid_out[one], one + 1, index + 1, len(names), context[0])
            for index, one in enumerate(chosen)
        ]
    except _OtherwiseError:
        return rendered(declared_parts.furniture(tuple(names)))
    return document


def _chosen(names: Sequence[str]) -> list[int]:
    """For each page which one is laid out in its place. The first stands for no other."""
    first: dict[tuple[str, int], int] = {}
    return [
        first.setdefault((name, len(str(index + 1)) if index else 0), index)
        for index, name in enumerate(names)
    ]


def _numbered(page: Any, laid_out: int, number: int, count: int, context: Any) -> Any:
    """A page as another one of so many. Raises _OtherwiseError."""
    if number == laid_out:
        return page
    if page.links or page.anchors or any(page.forms.values()):
        raise _OtherwiseError
    box = page._page_box.copy()
    numbers = _Numbers(laid_out, number, count, context)
    box.children = tuple(
        numbers.put_in(child) if isinstance(child, boxes.MarginBox) else child
        for child in box.children
    )
    found = copy(page)
    found._page_box = box
    return found


class _Numbers:
    """The number of a page, put in another one's place."""

    def __init__(self, laid_out: int, number: int, count: int, context: Any) -> None:
        self._old = {"page": laid_out, "pages": count}
        self._new = {"page": number, "pages": count}
        self._context = context

    def put_in(self, box: Any) -> Any:
        """A box with the other number. What doesn't speak of it is the same box."""
        content = box.style["content"]
        if isinstance(content, str) or not _is_counted(content):
            children = getattr(box, "children", ())
            inside = [self.put_in(child) for child in children]
            if all(one is other for one, other in zip(inside, children, strict=True)):
                return box
            changed = box.copy()
            changed.children = inside
            return changed
        old, new = (self._said(content, numbers) for numbers in (self._old, self._new))
        return box if old == new else self._reworded(box, old, new)

    def _said(self, content: Any, numbers: dict[str, int]) -> str:
        """What a box's ``content`` comes to."""
        said = []
        for kind, value in content:
            if kind == "string":
                said.append(value)
            elif kind == "counter()" and value[0] in _NUMBERS:
                said.append(self._context.counter_style.render_value(numbers[value[0]], value[-1]))
            else:
                raise _OtherwiseError
        return "".join(said)

    def _reworded(self, box: Any, old: str, new: str) -> Any:
        """A box whose only text is another, as wide as it was."""
        if isinstance(box, boxes.TextBox):
            if box.text != old or len(old) != len(new):
                raise _OtherwiseError
            (_, *size), (layout, *other) = (self._measured(text, box) for text in (old, new))
            if size != other:
                raise _OtherwiseError
            changed = box.copy_with_text(new)
            changed.pango_layout = layout
            return changed
        children: Any = getattr(box, "children", ())
        if len(children) != 1:
            raise _OtherwiseError
        changed = box.copy()
        changed.children = [self._reworded(children[0], old, new)]
        return changed

    def _measured(self, text: str, box: Any) -> Any:
        """A line of text, and how large it is."""
        layout, length, rest, *size = line_break.split_first_line(
            text, box.style, self._context, None, box.justification_spacing
        )
        if rest is not None or layout.text != text:
            raise _OtherwiseError
        return layout, length, *size


def _is_counted(content: Any) -> bool:
    """Whether a box's ``content`` holds a number, or what can't be told from one."""
    return any(
        not isinstance(part, tuple) or part[0] not in ("string", "element()", "quote")
        for part in content
    )
