"""Titles and names to sign of two or more lines are balanced: no word stands alone.

So are both sides of a fraction.

A title's lines are set in the least width in which they are as many as in all of it (CSS
Text 4, text-wrap: balance, which the renderer doesn't know).
"""

from __future__ import annotations

from typing import Any

from weasyprint.formatting_structure import boxes

from . import line_breaks

_TITLES = ("h1", "h2", "h3")
_TITLE, _FRACTION = {"title", "signs", "thanks", "hand-in"}, {"over", "under"}
"""Classes of titles, of who signs and of thanks; of what stands over and under a fraction's bar."""
_BOLD = 600
_WIDTH = "_gen_width"
_TIGHT = 1.02
"""A fraction is as wide as its words; those are measured a little wider where a sign is of another
face, and have one line all the same.
"""


def narrowed(linebox: Any, containing_block: Any) -> Any:
    """What a block's lines are laid out in: of a title, as much of its block as balances them."""
    if not _is_title(linebox):
        return containing_block
    spare = containing_block.width - _balanced(linebox, containing_block.width)
    if spare <= 0:
        return containing_block
    narrow = containing_block.copy()
    narrow.width -= spare
    if linebox.style["text_align_all"] == "center":
        narrow.position_x += spare / 2
    return narrow


def _is_title(linebox: Any) -> bool:
    element = linebox.element
    return element is not None and (
        linebox.element_tag in _TITLES or _has(linebox, _TITLE | _FRACTION)
    )


def _has(linebox: Any, classes: set[str]) -> bool:
    return not classes.isdisjoint(linebox.element.attrib.get("class", "").split())


def _balanced(linebox: Any, width: float) -> float:
    """The width of a title's lines; that of the page where it has one line, or many sizes."""
    known: tuple[float, float] | None = getattr(linebox, _WIDTH, None)
    if known is None or known[0] != width:
        known = (width, _least(linebox, width))
        setattr(linebox, _WIDTH, known)
    return known[1]


def _least(linebox: Any, width: float) -> float:
    texts = [box for box in linebox.descendants() if isinstance(box, boxes.TextBox)]
    styles = {(one.style["font_size"], one.style["font_weight"] >= _BOLD) for one in texts}
    wraps = all(one.style["white_space"] == "normal" for one in texts)
    if len(styles) != 1 or not wraps:
        return width
    ((size, bold),) = styles
    words = "".join(one.text for one in texts).strip()
    title = line_breaks.lettering().paragraph(words, bold=bold)
    room = width * _TIGHT if _has(linebox, _FRACTION) else width
    least: float = title.balanced(room / size) * size
    return min(width, least)
