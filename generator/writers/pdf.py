"""HTML and CSS to PDF: the context through the HTML templates, then WeasyPrint.

The renderer is given no way to read a file or reach the network, sees only the faces of
``fonts.conf``, and a single warning of it fails the run.
"""

from __future__ import annotations

import ctypes
import logging
import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from ..context.common import Picture
from ..errors import RenderingError
from ..templates.html import HtmlTemplates
from ..world import FONTS_CONF, SYMBOLS

os.environ["FONTCONFIG_FILE"] = str(FONTS_CONF)

import weasyprint
from weasyprint.text import ffi as text_ffi
from weasyprint.text.fonts import FontConfiguration

from . import fidelity

fidelity.apply()

EMBLEM = "gen:emblem"
"""The address under which a template finds the emblem."""


def versions() -> dict[str, str]:
    """The versions of what draws the pages; libthai's is empty when it isn't there."""
    number: int = text_ffi.pango.pango_version()
    return {
        "WeasyPrint": weasyprint.__version__,
        "Pango": f"{number // 10000}.{number // 100 % 100}.{number % 100}",
        "libthai": _libthai(),
    }


def _libthai() -> str:
    """The version in the name of the library Pango breaks Thai lines with."""
    try:
        ctypes.CDLL("libthai.so.0")
        with open("/proc/self/maps", encoding="utf-8") as maps:
            names = re.findall(r"libthai\.so\.([0-9.]+)", maps.read())
    except OSError:
        return ""
    return max(names, key=len, default="")


@dataclass(frozen=True, slots=True)
class PdfWriter:
    """Writes PDFs in one face. Templates and the stylesheet are compiled once."""

    templates: HtmlTemplates
    face: str

    def write(self, kind: str, context: Any, emblem: Picture | None = None) -> bytes:
        """The document as PDF. Raises TemplateFault or RenderingError."""
        html = self.templates.render(kind, context)
        fonts = FontConfiguration()
        fetcher = _Fetcher(emblem)
        families = f'"{self.face}", "{SYMBOLS}"'
        with _no_warnings():
            sheets = [
                weasyprint.CSS(
                    string=f"html {{ font-family: {families} }}\n{self.templates.stylesheet}",
                    font_config=fonts,
                    url_fetcher=fetcher,
                )
            ]
            document = weasyprint.HTML(
                string=html, url_fetcher=fetcher, base_url="gen:document"
            ).render(font_config=fonts, stylesheets=sheets)
            fidelity.mark_artifacts(document)
            data: bytes = document.write_pdf(pdf_variant="pdf/ua-1", finisher=fidelity.finish)
        return data


class _Fetcher(weasyprint.URLFetcher):  # type: ignore[misc]
    """Gives the renderer the emblem's bytes and nothing else."""

    def __init__(self, emblem: Picture | None) -> None:
        super().__init__(allowed_protocols=())
        self._emblem = emblem

    def fetch(self, url: str, headers: Any = None) -> Any:
        if url == EMBLEM and self._emblem is not None:
            return weasyprint.urls.URLFetcherResponse(
                url, self._emblem.data, {"Content-Type": "image/png"}
            )
        raise RenderingError(
            f"the document asks for {url[:80]}", "a document may hold nothing but its own data"
        )


@contextmanager
def _no_warnings() -> Iterator[None]:
    """Turn every warning of the renderer into a RenderingError."""
    said: list[str] = []

    class Listener(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            said.append(record.getMessage())

    logger = logging.getLogger("weasyprint")
    listener = Listener(logging.WARNING)
    logger.addHandler(listener)
    logger.propagate = False
    try:
        yield
    finally:
        logger.removeHandler(listener)
    if said:
        first = said[0]
        missing = ".notdef glyph" in first
        raise RenderingError(
            f"the renderer warns: {first}" + (f" (and {len(said) - 1} more)" if said[1:] else ""),
            "the fonts hold no such sign; write it another way" if missing else "",
        )
