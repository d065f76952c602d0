"""The order of the work: read, check, build, write, verify, publish. Nothing else knows it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from . import lookup, outputs, reader, rules, verify
from .context.common import Picture
from .diagnostics import Diagnostic, Location, errors, in_order
from .documents import KINDS
from .errors import DataError, FileError
from .reader import AgencyFolder, UnitFile
from .rules.references import unit_id
from .world import SYMBOLS, World

if TYPE_CHECKING:
    from .templates.docx import WordTemplate
    from .writers.pdf import PdfWriter

FORMATS = ("docx", "pdf")


@dataclass(frozen=True, slots=True)
class Made:
    """What a run made: files with their bytes, and what it has to say about the data."""

    files: dict[Path, bytes] = field(default_factory=dict)
    warnings: tuple[Diagnostic, ...] = ()


def make(
    world: World,
    kind: str,
    found: lookup.Found,
    *,
    formats: Iterable[str] = FORMATS,
    blank_form: bool = False,
    base: Path | None = None,
) -> Made:
    """Make one document of a unit (or an agency's blank form), verified, not yet published.

    Raises DataError, TemplateFault, RenderingError, VerificationError, MissingError,
    FileError.
    """
    folder = reader.read_agency(found.folder)
    stop_on(rules.check_folder(folder))
    if blank_form or found.unit is None:
        unit = reader.read_form(folder)
        name = unit.id
    else:
        unit = reader.read_unit(folder, found.unit)
        name = unit_id(unit)
    faults = rules.check_unit(folder, unit)
    stop_on(faults)
    context = build(kind, folder, unit, blank_form=blank_form)
    written = write(world, kind, folder.id, context, formats)
    files = {
        outputs.target(base or world.outputs, folder.id, name, kind, extension): data
        for extension, data in written.items()
    }
    return Made(files, () if blank_form else faults)


def stop_on(faults: Iterable[Diagnostic]) -> None:
    """Raise DataError when there are errors among the faults."""
    found = errors(faults)
    if found:
        count = "1 fault" if len(found) == 1 else f"{len(found)} faults"
        raise DataError(f"{count} in the data; nothing was written", diagnostics=tuple(faults))


def build(kind: str, folder: AgencyFolder, unit: UnitFile, *, blank_form: bool = False) -> Any:
    """The finished strings of a document. The data must be free of errors."""
    agency, wording = folder.agency.model, folder.wording.model
    assert agency is not None
    assert wording is not None
    emblem = None
    if agency.emblem is not None:
        alt = wording.emblem.replace("[[agency]]", agency.name)
        emblem = Picture(read_bytes(folder.folder / agency.emblem), alt)
    return KINDS[kind].build(
        agency,
        wording,
        unit.unit,
        tuple(resolved.item for resolved in unit.indicators),
        emblem,
        blank_form=blank_form,
    )


def write(
    world: World, kind: str, agency: str, context: Any, formats: Iterable[str]
) -> dict[str, bytes]:
    """The context in each format, opened again and compared."""
    written: dict[str, bytes] = {}
    stories: dict[str, verify.Story] = {}
    if "docx" in formats:
        from .writers.docx import DocxWriter

        data = DocxWriter(word_template(world.template_roots, agency, kind)).write(context)
        written["docx"], stories["docx"] = data, verify.check_docx(data)
    if "pdf" in formats:
        face = world.font
        data = pdf_writer(world.template_roots, agency, face).write(kind, context, context.emblem)
        written["pdf"], stories["pdf"] = data, verify.check_pdf(data, (face, SYMBOLS))
    if len(stories) == 2:
        verify.compare(stories["docx"], stories["pdf"])
    return written


@cache
def word_template(roots: tuple[Path, ...], agency: str, kind: str) -> WordTemplate:
    """The Word template of a kind, compiled once a process."""
    from .templates import docx, locate

    return docx.load(locate.find(roots, "docx", agency, f"{kind}.docx"))


@cache
def pdf_writer(roots: tuple[Path, ...], agency: str, face: str) -> PdfWriter:
    """The PDF writer of an agency, its templates compiled once a process."""
    from .templates.html import HtmlTemplates
    from .writers.pdf import PdfWriter

    return PdfWriter(HtmlTemplates(roots, agency), face)


def check(world: World, paths: Iterable[Path]) -> tuple[tuple[Diagnostic, ...], int]:
    """All faults of the agencies, units and results that ``paths`` hold, and how many files.

    One bad file never stops the others.
    """
    faults: list[Diagnostic] = []
    count = 0
    for path in paths:
        for folder_path, only in _agency_folders(path):
            folder_faults, files = _check_agency(folder_path, only)
            faults += folder_faults
            count += files
    return in_order(faults), count


def _agency_folders(path: Path) -> list[tuple[Path, Path | None]]:
    """The agency folders at, below or above a path; with the one file, if it names one."""
    path = path.resolve()
    if path.is_file():
        for folder in path.parents:
            if (folder / "agency.yaml").is_file():
                return [(folder, path)]
        raise FileError(f"there is no agency.yaml for {path.name}", "is it an agency's file?")
    if (path / "agency.yaml").is_file():
        return [(path, None)]
    found = sorted(file.parent for file in path.rglob("agency.yaml"))
    if not found:
        raise FileError(f"there is no agency below {path}", "name an agency's folder or a file")
    return [(folder, None) for folder in found]


def _check_agency(path: Path, only: Path | None) -> tuple[list[Diagnostic], int]:
    folder = reader.read_agency(path)
    faults = [*rules.check_folder(folder)]
    units: list[UnitFile] = []
    reported = []
    for file in folder.indicators.values():
        if only is None or only == file.path:
            faults += file.faults
    if folder.agency.model is not None:
        form = reader.read_form(folder)
        faults += [f for f in rules.check_unit(folder, form) if errors([f])]
        for unit_path in folder.unit_paths:
            try:
                unit = reader.read_unit(folder, unit_path)
            except FileError as error:
                faults.append(Diagnostic(error.message, Location(unit_path), error.hint))
                continue
            units.append(unit)
            if only is None or only == unit_path:
                faults += rules.check_unit(folder, unit)
        for result_path in folder.result_paths:
            try:
                reported.append(reader.read_results(result_path))
            except FileError as error:
                faults.append(Diagnostic(error.message, Location(result_path), error.hint))
        together = rules.check_together(folder, units, reported)
        faults += [f for f in together if only in (None, f.location.path)]
    files = 2 + len(folder.indicators) + len(folder.unit_paths) + len(folder.result_paths)
    return faults, files if only is None else 1


def read_bytes(path: Path) -> bytes:
    """A file's bytes. Raises FileError."""
    try:
        return path.read_bytes()
    except OSError as error:
        raise FileError(f"can't read {path.name}: {error.strerror}") from error
