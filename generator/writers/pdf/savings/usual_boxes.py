"""A box that neither floats nor is placed is told by one look at its style, and so is a colour.

The renderer asks five questions of each box each time it counts those in the flow, and compares
every colour of every border with a word.
"""

from __future__ import annotations

from typing import Any

from weasyprint.draw import border, color, text
from weasyprint.formatting_structure import boxes

from .kept import Saving

TESTED = {"weasyprint": ("70.0",)}
saving = Saving()

_PLACED = ("absolute", "fixed")
_original_flow = boxes.Box.is_in_normal_flow
_original_colour = color.get_color


def apply() -> None:
    """Look once."""
    boxes.Box.is_in_normal_flow = _is_in_normal_flow
    for module in (color, border, text):
        module.get_color = _colour


def _is_in_normal_flow(box: Any) -> bool:
    if saving.on:
        style = box.style
        position = style["position"]
        # A running element and a note have a pair in its place.
        if style["float"] == "none" and type(position) is str:
            return position not in _PLACED
    found: bool = _original_flow(box)
    return found


def _colour(style: Any, key: str) -> Any:
    value = style[key]
    return _original_colour(style, key) if not saving.on or type(value) is str else value
