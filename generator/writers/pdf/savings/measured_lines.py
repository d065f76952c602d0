"""Where a text's first line ends is worked out once a process for a text, style and width.

A paragraph is measured for its column, for its page, and again when its page is made anew; tables
repeat their heads; documents of one agency say the same things. What comes back holds no picture
of the line: that is made when it is drawn (``drawn_lines``).
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from weasyprint.layout import inline, preferred
from weasyprint.text import line_break

from ....typesetting import TEXTS
from ....typesetting.names import KnownNames
from .. import line_breaks
from . import text_styles
from .kept import Kept, Saving

TESTED = {"weasyprint": ("70.0",)}
saving = Saving()

_lines: Kept[Any] = Kept(6_000)
_original = line_breaks.split_first_line


def apply() -> None:
    """Keep what is measured: after whoever changes how it is."""
    for module in (line_break, inline, preferred):
        module.split_first_line = _split_first_line


@lru_cache(maxsize=TEXTS)
def _within(named: KnownNames, text: str) -> KnownNames:
    return named.within(text)


def _split_first_line(
    text: str,
    style: Any,
    context: Any,
    max_width: Any,
    justification: Any,
    is_line_start: bool = True,
    minimum: bool = False,
) -> Any:
    number = text_styles.number(style) if saving.on else None
    if number is None:
        return _original(text, style, context, max_width, justification, is_line_start, minimum)
    names = _within(line_breaks.lettering().named, text)
    key = (text, number, max_width, justification, is_line_start, minimum, names)
    found = _lines.get(key)
    if found is None:
        found = _original(text, style, context, max_width, justification, is_line_start, minimum)
        _lines.put(key, found)
    return found
