"""A questionnaire as it goes to the printer: stamped, copied, folded, with the map of its boxes.

The map says in millimetres from the upper left corner of each side where every box and blank
is, under the same codes as the answers, so that scans can be read.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from ...documents.parts.pages import A4, A5
from ..pdf.jobs import DrawnPdf
from ..pdf.places import BoxPlace, Rectangle
from . import imposition, stamps
from .imposition import PagePlacement
from .stamps import PageStamp

FORMAT = "gen1"
"""What a code begins with; another number when its parts change."""


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
    return PrintedPaper(data, _map(job, ids, layout, size, written.places), sides, tagged)


def _stamps(job: PrintJob, copy: str, pages: int) -> list[PageStamp]:
    words = copy if job.serial else ""
    return [
        PageStamp(f"{FORMAT};{job.survey};{job.version};{copy};{number}/{pages}", words)
        for number in range(1, pages + 1)
    ]


def _map(
    job: PrintJob,
    ids: Sequence[str],
    layout: Sequence[PagePlacement],
    size: tuple[float, float],
    places: Sequence[BoxPlace],
) -> bytes:
    by_page = {laid.page: laid for laid in layout if laid.page is not None}
    sheet = imposition.SHEET.size if job.form == "booklet" else size
    about: dict[str, Any] = {
        "format": FORMAT,
        "survey": job.survey,
        "version": job.version,
        "document": job.document_id,
        "form": job.form,
        "copies": list(ids),
        "unit": "mm from the upper left corner of the side",
        "side": {"width": sheet[0], "height": sheet[1]},
        "sides": max(laid.side for laid in layout),
        "pages": [
            {
                "page": page,
                "side": laid.side,
                "marks": [_moved(mark, laid) for mark in stamps.marks(*size)],
                "code": _moved(stamps.code_place(*size), laid),
            }
            for page, laid in sorted(by_page.items())
        ],
        "boxes": [_entry(place, by_page[place.page]) for place in places if place.option],
        "blanks": [_entry(place, by_page[place.page]) for place in places if not place.option],
    }
    return (json.dumps(about, ensure_ascii=False, indent=1) + "\n").encode()


def _entry(place: BoxPlace, laid: PagePlacement) -> Mapping[str, Any]:
    option = {"option": place.option} if place.option else {}
    about = {"item": place.column, **option, "page": place.page, "side": laid.side}
    return {**about, **_moved(place.rectangle, laid)}


def _moved(rectangle: Rectangle, laid: PagePlacement) -> Mapping[str, float]:
    found = asdict(rectangle)
    return {**found, "left": round(found["left"] + laid.left, 3)}
