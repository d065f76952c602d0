"""A questionnaire as it goes to the printer: stamped, copied, folded, with the map of its boxes.

The map says in millimetres from the upper left corner of each side where every box and blank
is, under the same codes as the answers, so that scans can be read.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from ...documents.parts.pages import A4, A5
from ...survey import sheet_map
from ...survey.sheet_map import MappedPage, MappedPlace, PageCode, SheetMap
from ..pdf.jobs import DrawnPdf
from ..pdf.places import BoxPlace
from . import imposition, stamps
from .imposition import PagePlacement
from .stamps import PageStamp


@dataclass(frozen=True, slots=True)
class PrintJob:
    """What is to be printed: which survey, and how many copies.

    ``serial``: each copy has an id of its own.
    """

    survey: str
    version: str
    document_id: str
    form: str = ""
    copies: int = 1
    serial: bool = False


@dataclass(frozen=True, slots=True)
class PrintedPaper:
    """The file to print, the map of its boxes, and how many sides of paper it fills.

    ``tagged``: it is still the document that it was; else a print job.
    """

    data: bytes
    map: bytes
    sides: int
    tagged: bool


def finish(written: DrawnPdf, job: PrintJob, symbols: Path) -> PrintedPaper:
    """The questionnaire with marks and codes on every page, in as many copies as wanted.

    A single copy that isn't folded stays the tagged document that it was.
    """
    ids = tuple(imposition.numbers(job.document_id, job.copies, serial=job.serial))
    folded = job.form == "booklet"
    size = (A5 if folded else A4).size
    pages = written.pages
    layout = imposition.booklet(pages, size[0]) if folded else imposition.plain(pages)
    stamped = [_stamps(job, copy, pages) for copy in ids]
    tagged = not (folded or job.copies > 1 or job.serial)
    if not tagged:
        data = imposition.impose(written.data, layout, stamped, symbols)
    else:
        data = stamps.add(written.data, stamped[0], symbols)
    sides = max(laid.side for laid in layout) * len(ids)
    places = sheet_map.written(_map(job, ids, layout, size, written.places))
    return PrintedPaper(data, places, sides, tagged)


def _stamps(job: PrintJob, copy: str, pages: int) -> list[PageStamp]:
    words = copy if job.serial else ""
    return [
        PageStamp(str(PageCode(job.survey, job.version, copy, number, pages)), words)
        for number in range(1, pages + 1)
    ]


def _map(
    job: PrintJob,
    ids: Sequence[str],
    layout: Sequence[PagePlacement],
    size: tuple[float, float],
    places: Sequence[BoxPlace],
) -> SheetMap:
    by_page = {laid.page: laid for laid in layout if laid.page is not None}
    width, height = imposition.SHEET.size if job.form == "booklet" else size
    mapped = [_mapped(place, by_page[place.page]) for place in places]
    return SheetMap(
        job.survey,
        job.version,
        job.document_id,
        job.form,
        tuple(ids),
        width,
        height,
        max(laid.side for laid in layout),
        tuple(
            MappedPage(
                page,
                laid.side,
                tuple(mark.moved(laid.left) for mark in stamps.marks(*size)),
                stamps.code_place(*size).moved(laid.left),
            )
            for page, laid in sorted(by_page.items())
        ),
        tuple(place for place in mapped if place.option),
        tuple(place for place in mapped if not place.option),
    )


def _mapped(place: BoxPlace, laid: PagePlacement) -> MappedPlace:
    where = place.rectangle.moved(laid.left)
    return MappedPlace(place.column, place.option, place.page, laid.side, where)
