"""The lengths of a style are told apart once: those that are fixed, and parts of something else.

A box has twenty lengths, which the renderer works out anew at each try to lay it out; nearly all
of them are the same for every box of its style.
"""

from __future__ import annotations

import sys
from dataclasses import dataclass
from math import inf
from operator import itemgetter
from typing import Any

from weasyprint.formatting_structure import boxes
from weasyprint.layout import percent

from .kept import Saving

TESTED = {"weasyprint": ("70.0",)}
saving = Saving()

_ACROSS = (
    *("margin_left", "margin_right", "padding_left", "padding_right"),
    *("width", "min_width", "max_width"),
)
_DOWN = ("margin_top", "margin_bottom", "padding_top", "padding_bottom")
_HIGH = ("height", "min_height", "max_height")
_BORDERS = tuple(f"border_{side}_width" for side in ("top", "right", "bottom", "left"))
_LENGTHS = (*_ACROSS, *_DOWN, *_HIGH)
_values = itemgetter(*_LENGTHS, *_BORDERS, "border_collapse", "box_sizing")
_PLAN = "_gen_lengths"
_original = percent.resolve_percentages


@dataclass(slots=True)
class _Plan:
    """What the lengths of a style come to.

    Percentages stand apart: ``across`` and ``down`` are of the width of the box around, ``high``
    of its height. ``usual`` where no length is worked out anew for each box.
    """

    values: tuple[Any, ...]
    fixed: dict[str, Any]
    across: list[tuple[str, Any]]
    down: list[tuple[str, Any]]
    high: dict[str, Any]
    borders: dict[str, Any]
    usual: bool


def apply() -> None:
    """Tell lengths apart once a style."""
    for module in list(sys.modules.values()):
        if getattr(module, "resolve_percentages", None) is _original:
            module.resolve_percentages = _resolve  # type: ignore[attr-defined]


def _resolve(box: Any, containing_block: Any) -> None:
    if not saving.on:
        _original(box, containing_block)
        return
    style = box.style
    values = _values(style)
    plan: _Plan | None = style.__dict__.get(_PLAN)
    if plan is None or plan.values != values:
        plan = style.__dict__[_PLAN] = _plan(values)
    if not plan.usual:
        _original(box, containing_block)
        return
    if isinstance(containing_block, boxes.Box):
        width, height = containing_block.width, containing_block.height
    else:
        width, height = containing_block
    found = box.__dict__
    found.update(plan.fixed)
    for name, value in plan.across:
        found[name] = width * value / 100
    for name, value in plan.down:
        found[name] = (height if isinstance(box, boxes.PageBox) else width) * value / 100
    for name, value in plan.high.items():
        if height != "auto":
            found[name] = height * value / 100
        elif name == "height":
            found[name] = "auto"
        else:
            found[name] = (0 if name == "min_height" else inf) * value / 100
    if values[-2] == "collapse":
        for name, value in plan.borders.items():
            if not hasattr(box, name):
                found[name] = value
    else:
        found.update(plan.borders)


def _plan(values: tuple[Any, ...]) -> _Plan:
    lengths = dict(zip(_LENGTHS, values, strict=False))
    borders = dict(zip(_BORDERS, values[len(_LENGTHS) :], strict=False))
    usual = values[-1] == "content-box"
    fixed: dict[str, Any] = {}
    parts: dict[str, Any] = {}
    for name, value in lengths.items():
        if value is None or value == "auto":
            fixed[name] = 0 if value == "auto" and name in ("min_width", "min_height") else value
        elif (unit := getattr(value, "unit", None)) == "%":
            parts[name] = value.value
        elif unit == "px":
            fixed[name] = value.value
        else:  # worked out anew for each box
            usual = False
    return _Plan(
        values,
        fixed,
        [(name, parts[name]) for name in _ACROSS if name in parts],
        [(name, parts[name]) for name in _DOWN if name in parts],
        {name: parts[name] for name in _HIGH if name in parts},
        borders,
        usual,
    )
