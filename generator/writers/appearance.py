"""What an electronic signature shows on the page: lines of Thai text, as a PDF of their own.

It is laid out by the same renderer and in the same face as the document, so that its Thai is
right and every glyph has its letters; the page of it becomes the drawing of the signature field.
"""

from __future__ import annotations

import html
from collections.abc import Sequence

import weasyprint
from weasyprint.text.fonts import FontConfiguration

from ..errors import RenderingError
from ..world import SYMBOLS
from .pdf import no_warnings

LARGEST, SMALLEST, STEP = 12.0, 5.0, 0.5
"""The sizes of the letters, in points: the largest that fits is taken."""

LINE = 21.0
"""How high the document's own line to sign on is; the signature stands above it."""

_STYLE = """
@page {{ size: {width}pt {height}pt; margin: 0 0 {below}pt 0 }}
html {{ font-family: "{face}", "{symbols}"; font-size: {size}pt; line-height: 1.2; color: #000 }}
body, p {{ margin: 0; text-align: center }}
p {{ overflow-wrap: anywhere }}
"""


def appearance(lines: Sequence[str], width: float, height: float, face: str) -> bytes:
    """The lines as a page of that size (points). Raises RenderingError where they don't fit.

    The foot of the page stays free for the line to sign on, where there is room.
    """
    below = LINE - 4 if height > 2 * LINE else 0.0
    body = "".join(f"<p>{html.escape(line)}</p>" for line in lines)
    size = LARGEST
    while size >= SMALLEST:
        style = _STYLE.format(
            width=width, height=height, below=below, face=face, symbols=SYMBOLS, size=size
        )
        fonts = FontConfiguration()
        with no_warnings():
            document = weasyprint.HTML(
                string=f'<html lang="th"><body>{body}</body></html>',
                url_fetcher=weasyprint.URLFetcher(allowed_protocols=()),
            ).render(
                font_config=fonts,
                stylesheets=[weasyprint.CSS(string=style, font_config=fonts)],
            )
            if len(document.pages) == 1:
                data: bytes = document.write_pdf()
                return data
        size -= STEP
    raise RenderingError("what the signature has to show doesn't fit its field")
