"""What an electronic signature shows on the page: lines of Thai text, as a PDF of their own.

It is laid out by the same renderer and in the same face as the document, so that its Thai is
right and every glyph has its letters; the page of it becomes the drawing of the signature field.
"""

from __future__ import annotations

import html
from collections.abc import Iterable
from dataclasses import dataclass, replace

from ...errors import RenderingError
from ...messages import message
from ...workspace.environment import SYMBOLS
from . import renderer

LARGEST, SMALLEST, STEP = 12.0, 5.0, 0.5
"""The sizes of the letters, in points: the largest that fits is taken."""

ROOM, LINE, COVER = 30.0, 21.0, 23.6
"""The room above the document's line to sign on and the marks over it; how high each of its lines
is; how much of the field's foot covers the line for the date, with the marks over it."""

_STYLE = """
@page {{ size: {width}pt {height}pt; margin: 0 0 {below}pt 0 }}
html {{ font-family: "{face}", "{symbols}"; font-size: {size}pt; line-height: 1.2; color: #000 }}
body, p {{ margin: 0; text-align: center }}
p {{ overflow-wrap: anywhere }}
.date {{ position: absolute; left: 0; top: {foot}pt; width: {width}pt; height: {cover}pt;
  background: #fff; font-size: {dated}pt; line-height: {cover}pt; white-space: nowrap }}
"""


@dataclass(frozen=True, slots=True)
class Shown:
    """What a signature shows in a field of that size (points): lines, and the day.

    The lines stand above the line to sign on. The day stands in the document's own line for the
    date, at the field's foot; without one there is none, or it is among the lines.
    """

    lines: tuple[str, ...]
    width: float
    height: float
    date: str = ""


def reaches_the_date(height: float) -> bool:
    """Whether a field of that height ends below the document's line for the date."""
    return height > ROOM + 2.5 * LINE


def size_for(every: Iterable[Shown], face: str) -> float:
    """The largest size at which each fits: signatures of one document have one size.

    Raises RenderingError where none is small enough.
    """
    size = LARGEST
    for shown in every:
        while _pages(shown, size, face) != 1:
            size -= STEP
            if size < SMALLEST:
                raise RenderingError(message("signature-fits-not"))
    return size


def appearance(shown: Shown, size: float, face: str) -> bytes:
    """The words as a page of the field's size, which becomes its drawing."""
    with renderer.turn():
        from . import drawing

        return drawing.draw_plain(*_page(shown, size, face))


def _pages(shown: Shown, size: float, face: str) -> int:
    with renderer.turn():
        from . import drawing

        return drawing.count_pages(*_page(replace(shown, date=""), size, face))


def _page(shown: Shown, size: float, face: str) -> tuple[str, str]:
    """The page as HTML, and its stylesheet."""
    room = ROOM if reaches_the_date(shown.height) else max(shown.height - LINE - 4, LINE)
    style = _STYLE.format(
        width=shown.width,
        height=shown.height,
        below=max(shown.height - room, 0.0),
        face=face,
        symbols=SYMBOLS,
        size=size,
        foot=shown.height - COVER,
        cover=COVER,
        dated=LARGEST,
    )
    body = "".join(f"<p>{html.escape(line)}</p>" for line in shown.lines)
    if shown.date:
        body += f'<p class="date">{html.escape(shown.date)}</p>'
    return f'<html lang="th"><body>{body}</body></html>', style
