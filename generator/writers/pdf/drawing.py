"""The renderer at work: pages laid out and drawn. Only who has the renderer's ``turn`` calls it."""

from __future__ import annotations

import logging
import os
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from datetime import datetime, time
from functools import lru_cache, partial
from html import unescape
from pathlib import Path
from typing import Any

import weasyprint
from weasyprint.text import ffi as text_ffi
from weasyprint.text.fonts import FontConfiguration

from ...errors import RenderingError
from ...messages import message
from ...typesetting import breaks
from ...typesetting.names import KnownNames
from ...workspace.environment import SYMBOLS, installed_fonts, kept_parts
from ..kept.folder import PartFolder
from ..kept.store import PartStore, key_of
from . import adaptation, box_map, form_fields, line_breaks
from .jobs import DrawnPdf, PdfJob
from .parts import assembling, spelling
from .parts.applying import applying
from .parts.declared import DeclaredParts, declared
from .parts.furniture import furnished
from .parts.independence import stands_alone
from .parts.kept_part import KeptPart
from .parts.recording import UnkeepableError, recorded
from .savings import text_styles

_ROOMS = ("writers/pdf", "typesetting")

STORE = PartStore()
"""The parts that this process has laid out, and those in the folder that it was given."""


def make_ready() -> None:
    """Adapt WeasyPrint, once a process. Raises MissingError on an untested version."""
    adaptation.apply()
    folder = kept_parts(os.environ)
    if folder is not None:
        STORE.folder = PartFolder(folder, spelling)


@lru_cache(maxsize=1)
def _made_by() -> str:
    """What lays parts out, wherever it runs: our own code and the faces (SHA-256)."""
    package = Path(__file__).parents[2]
    code = [path for room in _ROOMS for path in sorted((package / room).rglob("*.py"))]
    faces = sorted(font.path for font in installed_fonts())
    return key_of(path.read_bytes() for path in (*code, *faces))


@lru_cache(maxsize=1)
def versions() -> dict[str, str]:
    """The versions of what draws the pages; libthai's is empty when it isn't there."""
    number: int = text_ffi.pango.pango_version()
    return {
        "WeasyPrint": weasyprint.__version__,
        "Pango": f"{number // 10000}.{number // 100 % 100}.{number % 100}",
        "libthai": breaks.library(),
    }


def draw(job: PdfJob) -> DrawnPdf:
    """The HTML as PDF, and where its boxes and blanks stand. Raises RenderingError."""
    if job.sheet is not None:
        return _questionnaire(job)
    if (parts := parts_of(job)) is not None:
        with suppress(UnkeepableError):
            return _by_parts(job, parts)
    return _in_one_piece(job)


def _questionnaire(job: PdfJob) -> DrawnPdf:
    """A questionnaire, which is one part with all that is attached to it: it may be kept."""
    attached = (
        piece
        for file in job.attached
        for piece in (repr((file.name, file.description, file.relationship)), file.data)
    )
    name = key_of((key(job, job.html), repr(job.sheet), repr(job.day), *attached))
    drawn: DrawnPdf | None = STORE.get(name, lasting=False)
    if drawn is None:
        drawn = _in_one_piece(job)
        STORE.put(name, drawn, lasting=False)
    return drawn


def parts_of(job: PdfJob) -> DeclaredParts | None:
    """The parts that the job's document may be laid out by; None where it is laid out whole."""
    parts = declared(job.html) if job.sheet is None else None
    alone = parts is not None and stands_alone(job.stylesheet, parts.classes)
    return parts if alone else None


def _in_one_piece(job: PdfJob) -> DrawnPdf:
    sheet = job.sheet
    with no_warnings():
        document = rendered(job, job.html)
        found = list(box_map.find(document, sheet.symbols)) if sheet is not None else []
        if sheet is not None and sheet.fillable:
            form_fields.mark(found, sheet.columns, sheet.face)
        data = _written(job, document, adaptation.finish)
    return DrawnPdf(data, len(document.pages), tuple(place for _, place in found))


def _by_parts(job: PdfJob, declared_parts: DeclaredParts) -> DrawnPdf:
    """A document put together from its parts; those that aren't kept are laid out.

    Raises UnkeepableError.
    """
    new: dict[str, KeptPart] = {}
    parts: list[KeptPart] = []
    with no_warnings():
        for html in declared_parts.parts:
            name = key(job, html)
            part = new.get(name) or STORE.get(name)
            if part is None:
                part = new[name] = recorded(rendered(job, html), adaptation.tidy)
            parts.append(part)
        data, pages = _assembled(job, declared_parts, parts)
    # Only now is it known that nobody warned of them.
    for name, part in new.items():
        STORE.put(name, part)
    return DrawnPdf(data, pages)


def _assembled(
    job: PdfJob, declared_parts: DeclaredParts, parts: list[KeptPart]
) -> tuple[bytes, int]:
    """The heads and feet as a document, and the parts in it; how many pages it has."""
    pages = [page for part in parts for page in part.pages]
    names = [page.name for page in pages]
    document = furnished(partial(rendered, job), declared_parts, names)
    adaptation.mark_nothing(document)
    if sizes(document.pages) != sizes(pages):
        raise UnkeepableError
    for page, kept in zip(document.pages, pages, strict=True):
        page.bookmarks = list(kept.bookmarks)
    try:
        assembling.add_fonts(document, parts)
    except KeyError as error:
        raise UnkeepableError from error

    def finish(document: weasyprint.Document, pdf: Any) -> None:
        assembling.add_parts(pdf, parts)
        adaptation.finish(document, pdf)

    return _written(job, document, finish), len(pages)


def sizes(pages: Iterable[Any]) -> list[tuple[float, float]]:
    """How large pages are, in CSS pixels."""
    return [(round(page.width, 3), round(page.height, 3)) for page in pages]


def key(job: PdfJob, html: str) -> str:
    """What decides how a part looks."""
    shown = (data for address, (_, data) in job.pictures.items() if address in html)
    made_by = (_made_by() if STORE.folder is not None else "", *versions().values())
    names = repr(_names(job, html).sorted())
    rules = applying(job.stylesheet, html)
    return key_of((*made_by, rules, job.face, html, names, *shown))


def rendered(job: PdfJob, html: str) -> weasyprint.Document:
    """HTML of a job, laid out, with what is no content marked.

    Of the names that its lines don't break, those count that it holds: so it is laid out alike
    wherever it stands.
    """
    fonts, style = _loaded(job.stylesheet, job.face)
    laid_out = weasyprint.HTML(
        string=html, url_fetcher=_Fetcher(job.pictures), base_url="gen:document"
    )
    names = _names(job, html)
    with line_breaks.measured_by(job.lettering.naming(names)):
        document = laid_out.render(font_config=fonts, stylesheets=[style])
    adaptation.mark_artifacts(document)
    adaptation.mark_hyphens(document)
    return document


def _names(job: PdfJob, html: str) -> KnownNames:
    return job.lettering.named.within(unescape(html))


def _written(job: PdfJob, document: weasyprint.Document, finish: Any) -> bytes:
    """A laid-out document as a file, with what is attached to it."""
    moment = datetime.combine(job.day, time())
    data: bytes = document.write_pdf(
        pdf_variant="pdf/a-3a",
        finisher=finish,
        attachments=[
            weasyprint.Attachment(
                string=file.data,
                name=file.name,
                description=file.description,
                created=moment,
                modified=moment,
                relationship=file.relationship,
            )
            for file in job.attached
        ],
    )
    return data


def draw_plain(html: str, style: str) -> bytes:
    """HTML that asks for nothing, drawn without structure. Raises RenderingError."""
    with no_warnings():
        data: bytes = _laid_out(html, style).write_pdf()
    return data


def count_pages(html: str, style: str) -> int:
    """How many pages such HTML takes. Raises RenderingError."""
    with no_warnings():
        return len(_laid_out(html, style).pages)


def _laid_out(html: str, style: str) -> weasyprint.Document:
    fonts = FontConfiguration()
    return weasyprint.HTML(
        string=html, url_fetcher=weasyprint.URLFetcher(allowed_protocols=())
    ).render(font_config=fonts, stylesheets=[weasyprint.CSS(string=style, font_config=fonts)])


@lru_cache(maxsize=4)
def _loaded(stylesheet: str, face: str) -> tuple[FontConfiguration, weasyprint.CSS]:
    """The fonts and the stylesheet, once a process; a stylesheet may ask for nothing else."""
    fonts = FontConfiguration()
    text_styles.keep(fonts)
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
        raise RenderingError(message("document-asks-for-address", address=url[:80]))


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
        if said[1:]:
            warns = message("renderer-warns-more", warning=first, more=str(len(said) - 1))
        else:
            warns = message("renderer-warns", warning=first)
        raise RenderingError(warns, message("fonts-hold-no-such-sign") if missing else "")
