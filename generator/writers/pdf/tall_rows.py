"""Rows that are taller than a page go on on the next one, below the table's repeated head.

WeasyPrint drops the head of a table whose next row fits on no page, and with it words of the
document. Told that a group of rows is to be kept together, it takes the space below the head
for an empty page, on which even what shouldn't be broken is broken rather than lost (CSS
Fragmentation, 4.4). So it is told that where the page is empty, of the group that begins there.

The other way round it takes a page for empty on which much stands already, where the first group of
a table is to be kept together, and parts that group. Such a table begins on the next page.

And where all that is to stay together is taller than a page, of which no group alone is to blame,
it gives the document up. There nothing is kept together on that page.
"""

from __future__ import annotations

from typing import Any

from weasyprint.layout import block, page

from . import short_rows

_original = block.table_layout
_original_content = page.block_level_layout
_BREAKS = ("break_inside", "break_before", "break_after")


def apply() -> None:
    """Adapt WeasyPrint, once a process."""
    block.table_layout = _table_layout
    page.block_level_layout = _content
    short_rows.apply()


def _table_layout(
    context: Any,
    table: Any,
    bottom_space: Any,
    skip_stack: Any,
    around: Any,
    empty: Any,
    *args: Any,
) -> Any:
    short_rows.keep_whole(context, table)
    group = _first(table, skip_stack)
    if group is None or not empty:
        found = _original(context, table, bottom_space, skip_stack, around, empty, *args)
        if group is not None and skip_stack is None and _parts(group, table, found[1]):
            return None, None, found[2], [], False
        return found
    usual, kept = group.style, group.style.copy()
    kept["break_inside"] = "avoid"
    group.style = kept
    try:
        found = _original(context, table, bottom_space, skip_stack, around, empty, *args)
    finally:
        group.style = usual
    for child in found[0].children if found[0] is not None else ():
        if child.style is kept:
            child.style = usual
    return found


def _content(
    context: Any,
    box: Any,
    bottom_space: Any,
    skip_stack: Any,
    containing_block: Any,
    page_is_empty: bool = True,
    *args: Any,
    **named: Any,
) -> Any:
    """What stands on a page; where nothing of it can be laid out, nothing is kept together."""

    def laid_out() -> Any:
        return _original_content(
            context, box, bottom_space, skip_stack, containing_block, page_is_empty, *args, **named
        )

    found = laid_out()
    if found[0] is not None or not page_is_empty:
        return found
    kept = [one for one in box.descendants() if "avoid" in map(one.style.get, _BREAKS)]
    usual = [one.style for one in kept]
    for one in kept:
        one.style = one.style.copy()
        one.style.update((name, "auto") for name in _BREAKS if one.style[name] == "avoid")
    try:
        return laid_out()
    finally:
        for one, style in zip(kept, usual, strict=True):
            one.style = style


def _parts(group: Any, table: Any, resume_at: Any) -> bool:
    """Whether a group of rows that is to be kept together goes on on the next page."""
    if not resume_at or group.style["break_inside"] != "avoid":
        return False
    ((number, inside),) = resume_at.items()
    return table.children[number] is group and inside is not None


def _first(table: Any, skip_stack: Any) -> Any:
    """The group of rows that a table with a head begins or goes on with."""
    if not table.children or not table.children[0].is_header:
        return None
    start = next(iter(skip_stack)) if skip_stack else 0
    groups = (group for group in table.children[start:] if not (group.is_header or group.is_footer))
    return next(groups, None)
