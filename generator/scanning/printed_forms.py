"""Printed questionnaires that scans may be of: maps with the PDF beside each."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

import pypdfium2

from ..errors import FileError
from ..messages import message
from ..survey import sheet_map
from ..survey.sheet_map import SheetMap
from ..workspace.confined import read_bytes
from .pictures import grey
from .prints import PX, Grey, PrintedPage, Prints

_MAX_MAP, _MAX_PDF = 50 << 20, 100 << 20


@dataclass(frozen=True, slots=True)
class FormOnPaper:
    """A questionnaire that was printed: its map, and its PDF (of which the first copy counts)."""

    map: SheetMap
    pdf: bytes


def read(path: Path) -> FormOnPaper:
    """The form of a map's file, its PDF beside it. Raises FileError."""
    try:
        of = sheet_map.read(read_bytes(path, _MAX_MAP))
    except ValueError as error:
        raise FileError(message("no-map-of-boxes", file=path.name)) from error
    pdf = path.with_name(path.name.removesuffix(sheet_map.ENDING) + ".pdf")
    if not pdf.is_file():
        raise FileError(message("no-pdf-beside-map", file=path.name, pdf=pdf.name))
    return FormOnPaper(of, read_bytes(pdf, _MAX_PDF))


def below(folders: Iterable[Path], survey: str) -> list[FormOnPaper]:
    """The forms of a survey that lie in folders, with those they took the place of.

    What is no map or has no PDF isn't there.
    """
    found = []
    for folder in (one for home in folders for one in (home, home / sheet_map.PRINTED)):
        for path in sorted(folder.glob(f"*{sheet_map.ENDING}")) if folder.is_dir() else ():
            try:
                form = read(path)
            except FileError:
                continue
            if form.map.survey == survey:
                found.append(form)
    return found


def by_document(forms: Iterable[FormOnPaper]) -> dict[str, FormOnPaper]:
    """A form a document: one that was printed alone and in copies is one form."""
    found: dict[str, FormOnPaper] = {}
    for form in forms:
        known = found.get(form.map.document)
        if known is None:
            found[form.map.document] = form
            continue
        copies = tuple(dict.fromkeys((*known.map.copies, *form.map.copies)))
        found[form.map.document] = FormOnPaper(replace(known.map, copies=copies), known.pdf)
    return found


def prints(forms: Mapping[str, FormOnPaper]) -> Prints:
    """The forms' pages as pictures. Raises FileError for a PDF that isn't the map's."""
    return Prints({document: _pages(form) for document, form in forms.items()})


def _pages(form: FormOnPaper) -> tuple[PrintedPage, ...]:
    of = form.map
    try:
        with pypdfium2.PdfDocument(form.pdf) as pdf:
            if len(pdf) < of.sides:
                raise FileError(message("pdf-not-of-map", survey=of.survey))
            sides: list[Grey] = []
            for number in range(of.sides):
                page = pdf[number]
                width, height = (size / 72 * 25.4 for size in page.get_size())
                if abs(width - of.width) > 2 or abs(height - of.height) > 2:
                    raise FileError(message("pdf-not-of-map", survey=of.survey))
                bitmap = page.render(scale=PX * 25.4 / 72, grayscale=True)
                sides.append(grey(bitmap))
                page.close()
    except pypdfium2.PdfiumError as error:
        raise FileError(message("pdf-not-of-map", survey=of.survey)) from error
    return tuple(PrintedPage(of, page, sides[page.side - 1]) for page in of.pages)
