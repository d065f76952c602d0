"""What no rule speaks of is taken from the parent or is the initial value, without more ado.

The renderer asks of every property of every style whether it is one of a dozen special ones, and
looks for functions in values that hold none.
"""

from __future__ import annotations

from typing import Any

from weasyprint.css import ComputedStyle
from weasyprint.css.computed_values import PHYSICAL_FUNCTIONS
from weasyprint.css.properties import INHERITED, INITIAL_NOT_COMPUTED, INITIAL_VALUES

from .kept import Saving

TESTED = {"weasyprint": ("70.0",)}
saving = Saving()

_original = ComputedStyle.__missing__
_LOGICAL = frozenset(
    found(block="ttb", inline=direction).replace("-", "_")
    for found in PHYSICAL_FUNCTIONS.values()
    for direction in ("ltr", "rtl")
)
_SPECIAL = {"position", "float", "display", "page"}
_PLAIN = (str, int, float, type(None))
_USUAL = "_gen_usual"


def apply() -> None:
    """Take what is usual."""
    ComputedStyle.__missing__ = _missing


def _missing(style: Any, key: str) -> Any:
    if saving.on and key not in style.cascaded and _is_usual(style, key):
        if key in INHERITED:
            if style.parent_style is not None:
                value = style.parent_style[key]
                if isinstance(value, _PLAIN):
                    style[key] = value
                    return value
        elif key in INITIAL_VALUES and key not in INITIAL_NOT_COMPUTED:
            value = style[key] = INITIAL_VALUES[key]
            return value
    return _original(style, key)


def _is_usual(style: Any, key: str) -> bool:
    if key in _SPECIAL or key.startswith("text_decoration_"):
        return False
    if key not in PHYSICAL_FUNCTIONS:
        return True
    # A rule for margin-inline-start is one for the left margin.
    usual: bool | None = style.__dict__.get(_USUAL)
    if usual is None:
        usual = style.__dict__[_USUAL] = _LOGICAL.isdisjoint(style.cascaded)
    return usual
