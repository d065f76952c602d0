"""HTML and CSS to PDF, by WeasyPrint.

The renderer is given no way to read a file or reach the network, sees only the faces of
``fonts.conf``, and a single warning of it fails the run.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from ...typesetting.lettering import AVERAGE, Lettering
from . import renderer
from .jobs import Attached, DrawnPdf, FormFieldsSetup, PdfJob

if TYPE_CHECKING:
    from .single_pages import PagedDocument


def versions() -> dict[str, str]:
    """The versions of what draws the pages; libthai's is empty when it isn't there.

    Raises as ``renderer.start`` does.
    """
    with renderer.turn():
        from . import drawing

        return drawing.versions()


def distrust() -> bool:
    """Have parts laid out anew that were kept in a folder; whether there was one."""
    with renderer.turn():
        from . import drawing

        return drawing.STORE.distrust()


def draw(job: PdfJob) -> DrawnPdf:
    """A PDF as PDF/A-3a and PDF/UA-1. Raises RenderingError."""
    with renderer.turn():
        from . import drawing

        return drawing.draw(job)


def part_names(job: PdfJob) -> tuple[str, ...]:
    """What the parts of a PDF are kept by; nothing where it is laid out whole."""
    with renderer.turn():
        from . import drawing

        parts = drawing.parts_of(job)
        return tuple(drawing.key(job, html) for html in parts.parts) if parts is not None else ()


def is_kept(name: str) -> bool:
    """Whether a part is kept, in this process or in a folder."""
    with renderer.turn():
        from . import drawing

        return drawing.STORE.has(name)


def paged(job: PdfJob) -> PagedDocument:
    """A PDF's pages, each to be had alone."""
    with renderer.turn():
        from . import single_pages

        return single_pages.PagedDocument(job)


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
        lettering: Lettering = AVERAGE,
    ) -> bytes:
        """The HTML as PDF/A-3a and PDF/UA-1. Raises RenderingError.

        ``pictures`` are all that the HTML may ask for: type and bytes by address. ``lettering`` is
        what words are measured with, and the names that lines don't break.
        """
        return self.write_sheet(
            html, None, pictures=pictures, attached=attached, day=day, lettering=lettering
        ).data

    def write_sheet(
        self,
        html: str,
        sheet: FormFieldsSetup | None,
        *,
        pictures: Mapping[str, tuple[str, bytes]],
        attached: Sequence[Attached] = (),
        day: date,
        lettering: Lettering = AVERAGE,
    ) -> DrawnPdf:
        """The HTML as PDF, and where the boxes and blanks of a questionnaire stand in it.

        Raises RenderingError.
        """
        return draw(
            PdfJob(self.stylesheet, self.face, html, sheet, pictures, attached, day, lettering)
        )
