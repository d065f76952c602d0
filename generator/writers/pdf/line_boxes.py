"""Each line as it is laid out: a title's lines are balanced, marks of two lines don't touch."""

from __future__ import annotations

from typing import Any

from weasyprint.layout import inline

from . import balanced, leading

_original = inline.get_next_linebox


def apply() -> None:
    """Adapt WeasyPrint, once a process."""
    inline.get_next_linebox = _next_line


def _next_line(
    context: Any,
    linebox: Any,
    position_y: Any,
    bottom_space: Any,
    skip_stack: Any,
    containing_block: Any,
    *args: Any,
) -> Any:
    room = balanced.narrowed(linebox, containing_block)
    line, resume_at = _original(context, linebox, position_y, bottom_space, skip_stack, room, *args)
    if line is not None:
        leading.part(context, line)
    return line, resume_at
