"""Print jobs of a questionnaire: numbered copies, and booklets of A5 pages on A4 sheets.

The pages' drawings are kept once, however many copies draw them, so that a further copy costs
little more than its stamps. A print job has no structure of its own: it says that it is
PDF/A-3u, and no longer that it is tagged.
"""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import pikepdf

from ...documents.parts.pages import A4
from . import stamps
from .stamps import PageStamp

SHEET = A4.across
"""What a booklet is printed on."""

HALF = SHEET.width / 2
_POINTS = 72 / 25.4
_DROPPED = ("/StructTreeRoot", "/MarkInfo", "/AcroForm", "/Outlines", "/PageMode")
_CLAIMS = (
    (b'pdfaid:conformance="A"', b'pdfaid:conformance="U"'),
    (b"<pdfaid:conformance>A<", b"<pdfaid:conformance>U<"),
    (b' pdfuaid:part="1"', b""),
)


@dataclass(frozen=True, slots=True)
class PagePlacement:
    """A page on a side of paper: its number from 1 (None: an empty one), and its left edge.

    ``side`` counts from 1 within a copy.
    """

    side: int
    page: int | None
    left: float = 0.0


def plain(pages: int) -> tuple[PagePlacement, ...]:
    """Each page on a side of its own."""
    return tuple(PagePlacement(number, number) for number in range(1, pages + 1))


def booklet(pages: int, width: float) -> tuple[PagePlacement, ...]:
    """Two pages a side, in the order that a fold and a stitch need; padded to four.

    ``width`` is a page's, in millimetres; pages meet at the fold.
    """
    whole = -(-pages // 4) * 4
    laid = []
    for side in range(1, whole // 2 + 1):
        outer, inner = whole - side + 1, side
        left, right = (outer, inner) if side % 2 else (inner, outer)
        laid += [(side, left, HALF - width), (side, right, HALF)]
    return tuple(
        PagePlacement(side, page if page <= pages else None, round(at, 3))
        for side, page, at in laid
    )


def impose(
    data: bytes, layout: Sequence[PagePlacement], copies: Sequence[Sequence[PageStamp]], font: Path
) -> bytes:
    """All copies of a document in one file. Each copy has a stamp for each of its pages."""
    with pikepdf.open(io.BytesIO(data)) as pdf:
        pages = list(pdf.pages)
        sizes = [stamps.size(page) for page in pages]
        forms = [pdf.make_indirect(page.as_form_xobject()) for page in pages]
        folded = any(laid.left for laid in layout)
        sides = max(laid.side for laid in layout)
        for stamped in copies:
            for side in range(1, sides + 1):
                on_it = [laid for laid in layout if laid.side == side and laid.page is not None]
                size = SHEET.size if folded or not on_it else sizes[(on_it[0].page or 1) - 1]
                page = _side(pdf, size, forms, on_it)
                drawn = b"".join(_drawn(laid, stamped, sizes, font) for laid in on_it)
                page.Contents = pdf.make_stream(drawn)
                pdf.pages.append(pikepdf.Page(page))
        for _ in pages:
            del pdf.pages[0]
        for key in _DROPPED:
            if key in pdf.Root:
                del pdf.Root[key]
        _claim_less(pdf)
        pdf.remove_unreferenced_resources()
        return stamps.saved(pdf)


def _side(
    pdf: pikepdf.Pdf,
    size: tuple[float, float],
    forms: Sequence[pikepdf.Object],
    on_it: Sequence[PagePlacement],
) -> pikepdf.Dictionary:
    named = {f"/P{laid.page}": forms[laid.page - 1] for laid in on_it if laid.page is not None}
    box = [0, 0, *(round(edge * _POINTS, 3) for edge in size)]
    return pikepdf.Dictionary(
        Type=pikepdf.Name.Page,
        MediaBox=box,
        Resources=pikepdf.Dictionary(XObject=pikepdf.Dictionary(named)),
    )


def _drawn(
    laid: PagePlacement,
    stamped: Sequence[PageStamp],
    sizes: Sequence[tuple[float, float]],
    font: Path,
) -> bytes:
    assert laid.page is not None
    index = laid.page - 1
    move = f"q 1 0 0 1 {laid.left * _POINTS:.3f} 0 cm\n".encode()
    stamp = stamps.content(stamped[index], *sizes[index], font)
    return move + f"/P{laid.page} Do\n".encode() + stamp + b"\nQ\n"


def _claim_less(pdf: pikepdf.Pdf) -> None:
    metadata = pdf.Root.Metadata
    said = metadata.read_bytes()
    for tagged, untagged in _CLAIMS:
        said = said.replace(tagged, untagged)
    metadata.write(said)


def numbers(document_id: str, count: int, *, serial: bool) -> Iterator[str]:
    """The copies' ids: the document's own, with a number behind it where each has another."""
    width = max(4, len(str(count)))
    for number in range(1, count + 1):
        yield f"{document_id}-{number:0{width}}" if serial else document_id
