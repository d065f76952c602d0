"""One document, from what the officer named to its files, verified and not yet published."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from ..agreements import lookup
from ..agreements.names import unit_id
from ..agreements.record import DocumentOptions
from ..diagnostics import Diagnostic
from ..documents.building import build
from ..documents.inputs import USUAL, find_input
from ..documents.kinds import KINDS
from ..documents.soundness import checked
from ..workspace import publishing
from ..workspace.environment import Workspace
from ..writers.document import FORMATS, ONE, Copies, write

if TYPE_CHECKING:
    pass


@dataclass(frozen=True, slots=True)
class GeneratedFiles:
    """What a run made: files with their bytes, and what it has to say about the data."""

    files: dict[Path, bytes] = field(default_factory=dict)
    warnings: tuple[Diagnostic, ...] = ()


def make(
    world: Workspace,
    kind: str,
    found: lookup.Target,
    *,
    formats: Iterable[str] = FORMATS,
    options: DocumentOptions = USUAL,
    base: Path | None = None,
    copies: Copies = ONE,
) -> GeneratedFiles:
    """Make one document of a unit (or an agency's blank form), verified, not yet published.

    ``found`` may also be a document's source, taken out of a finished document.
    Raises DataError, TemplateFault, RenderingError, VerificationError, MissingError,
    FileError.
    """
    about = find_input(kind, found, options)
    faults = checked(world, about)
    options = about.options
    if options.form or copies != ONE:
        formats = ("pdf",)
    written = write(world, build(world, about), formats, copies)
    name = unit_id(about.unit)
    paper = options.paper if options.paper in KINDS[kind].papers[1:] else ""
    several = "copies" if copies != ONE else ""
    parts = (kind, options.survey, options.form, options.round, paper, several)
    what = "-".join(filter(None, parts))
    if options.blank:
        name = about.folder.id if KINDS[kind].of_agency else about.unit.id
    files = {
        publishing.target(base or world.outputs, about.folder.id, name, what, extension): data
        for extension, data in written.items()
    }
    # What is open in an agreement is nothing to a questionnaire.
    silent = options.blank or (KINDS[kind].of_survey and not KINDS[kind].of_round)
    return GeneratedFiles(files, () if silent else faults)
