"""HTML and CSS to PDF, by WeasyPrint.

The renderer is given no way to read a file or reach the network, sees only the faces of
``fonts.conf``, and a single warning of it fails the run.
"""

from __future__ import annotations

import ctypes
import logging
import os
import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime, time
from functools import lru_cache
from pathlib import Path
from typing import Any

from ...errors import RenderingError
from ...workspace.environment import FONTS_CONF, SYMBOLS

os.environ["FONTCONFIG_FILE"] = str(FONTS_CONF)

import weasyprint
from weasyprint.text import ffi as text_ffi
from weasyprint.text.fonts import FontConfiguration

from ...survey import AnswerColumn
from . import adaptation, box_map, form_fields
from .box_map import BoxPlace

adaptation.apply()


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
class Attached:
    """A file inside the PDF. ``relationship`` is a word of PDF 2.0, 7.11.3 (Source, Data)."""

    name: str
    data: bytes
    description: str
    relationship: str = "Supplement"


@dataclass(frozen=True, slots=True)
class FormFieldsSetup:
    """What a questionnaire's page is made with: the files of the faces of text and of signs.

    ``columns`` are those of its answers, by code. ``fillable``: its boxes and blanks are fields.
    """

    face: Path
    symbols: Path
    columns: Mapping[str, AnswerColumn]
    fillable: bool = False


@dataclass(frozen=True, slots=True)
class DrawnPdf:
    """A PDF, how many pages it has, and where its boxes and blanks stand."""

    data: bytes
    pages: int
    places: tuple[BoxPlace, ...] = ()


@dataclass(frozen=True, slots=True)
class PdfWriter:
    """Writes PDFs in one face, from HTML, with one stylesheet."""

    stylesheet: str
    face: str

    def write(
        self,
        html: str,
        *,
        pictures: Mapping[str, tuple[str, bytes]],
        attached: Sequence[Attached] = (),
        day: date,
    ) -> bytes:
        """The HTML as PDF/A-3a and PDF/UA-1. Raises RenderingError.

        ``pictures`` are all that the HTML may ask for: type and bytes by address.
        """
        return self.write_sheet(html, None, pictures=pictures, attached=attached, day=day).data

    def write_sheet(
        self,
        html: str,
        sheet: FormFieldsSetup | None,
        *,
        pictures: Mapping[str, tuple[str, bytes]],
        attached: Sequence[Attached] = (),
        day: date,
    ) -> DrawnPdf:
        """The HTML as PDF, and where the boxes and blanks of a questionnaire stand in it.

        Raises RenderingError.
        """
        fetcher = _Fetcher(pictures)
        moment = datetime.combine(day, time())
        with no_warnings():
            fonts, style = _loaded(self.stylesheet, self.face)
            document = weasyprint.HTML(
                string=html, url_fetcher=fetcher, base_url="gen:document"
            ).render(font_config=fonts, stylesheets=[style])
            adaptation.mark_artifacts(document)
            adaptation.mark_hyphens(document)
            found = list(box_map.find(document, sheet.symbols)) if sheet is not None else []
            if sheet is not None and sheet.fillable:
                form_fields.mark(found, sheet.columns, sheet.face)
            data: bytes = document.write_pdf(
                pdf_variant="pdf/a-3a",
                finisher=adaptation.finish,
                attachments=[
                    weasyprint.Attachment(
                        string=file.data,
                        name=file.name,
                        description=file.description,
                        created=moment,
                        modified=moment,
                        relationship=file.relationship,
                    )
                    for file in attached
                ],
            )
        return DrawnPdf(data, len(document.pages), tuple(place for _, place in found))


@lru_cache(maxsize=4)
def _loaded(stylesheet: str, face: str) -> tuple[FontConfiguration, weasyprint.CSS]:
    """The fonts and the stylesheet, once a process; a stylesheet may ask for nothing else."""
    fonts = FontConfiguration()
    text = f'html {{ font-family: "{face}", "{SYMBOLS}" }}\n{stylesheet}'
    # A stylesheet that is warned of isn't kept: it is warned of each time.
    with no_warnings():
        return fonts, weasyprint.CSS(string=text, font_config=fonts, url_fetcher=_Fetcher({}))


class _Fetcher(weasyprint.URLFetcher):  # type: ignore[misc]
    """Gives the renderer the document's own pictures and nothing else."""

    def __init__(self, pictures: Mapping[str, tuple[str, bytes]]) -> None:
        super().__init__(allowed_protocols=())
        self._pictures = pictures

    def fetch(self, url: str, headers: Any = None) -> Any:
        """The picture of an address; anything else ends the rendering."""
        if url in self._pictures:
            kind, data = self._pictures[url]
            return weasyprint.urls.URLFetcherResponse(url, data, {"Content-Type": kind})
        raise RenderingError(
            f"the document asks for {url[:80]}", "a document may hold nothing but its own data"
        )


@contextmanager
def no_warnings() -> Iterator[None]:
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
