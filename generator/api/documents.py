"""One document, from what the officer named to its files, verified and not yet published."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from ..agreements import lookup
from ..agreements.document_names import DocumentName, unit_id
from ..agreements.record import DocumentOptions
from ..diagnostics import Diagnostic
from ..documents.building import build
from ..documents.inputs import USUAL, find_input
from ..documents.kinds import KINDS
from ..documents.soundness import checked
from ..errors import UsageError
from ..messages import message
from ..workspace.environment import Workspace
from ..writers.document import FORMATS, ONE, Copies, write

__all__ = ["Copies", "DocumentOptions", "GeneratedFiles", "check_kind", "formats", "make"]


@dataclass(frozen=True, slots=True)
class GeneratedFiles:
    """What a run made: files with their bytes, and what it has to say about the data."""

    files: dict[Path, bytes] = field(default_factory=dict)
    warnings: tuple[Diagnostic, ...] = ()


def make(
    workspace: Workspace,
    kind: str,
    target: lookup.Target,
    *,
    formats: Iterable[str] = FORMATS,
    options: DocumentOptions = USUAL,
    base: Path | None = None,
    copies: Copies = ONE,
) -> GeneratedFiles:
    """Make one document of a unit (or an agency's blank form), verified, not yet published.

    ``target`` may also be a document's source, taken out of a finished document. The report of
    an agency is its summary. Raises UsageError, DataError, TemplateFault, RenderingError,
    VerificationError, MissingError, FileError.
    """
    kind = _meant(kind, target, options)
    about = find_input(kind, target, options)
    faults = checked(workspace, about)
    options = about.options
    if options.layout or copies != ONE:
        formats = ("pdf",)
    written = write(workspace, build(workspace, about), formats, copies)
    name = unit_id(about.unit)
    paper = options.paper if options.paper in KINDS[kind].papers[1:] else ""
    if options.scope != "unit":
        name = about.folder.id if options.scope == "agency" else about.unit.id
    called = DocumentName.of(name, kind, options, paper=paper, copies=copies != ONE)
    files = {
        called.path(base or workspace.outputs, about.folder.id, extension): data
        for extension, data in written.items()
    }
    # What is open in an agreement is nothing to a questionnaire.
    silent = options.scope != "unit" or KINDS[kind].is_questionnaire
    return GeneratedFiles(files, () if silent else faults)


def _meant(kind: str, target: lookup.Target, options: DocumentOptions) -> str:
    """The kind that is meant. Raises UsageError where there is none of the target."""
    check_kind(kind)
    if target.unit is not None or options.scope == "form":
        return kind
    if kind == "report":
        return "summary"
    if KINDS[kind].scope == "unit":
        raise UsageError(message("agency-has-no-such-document", name=target.folder.name))
    return kind


def check_kind(kind: str) -> None:
    """Refuse a name that no kind of document has. Raises UsageError."""
    if kind not in KINDS:
        raise UsageError(
            message("no-such-document", name=kind), message("known-names", names=tuple(KINDS))
        )


def formats(word: str) -> tuple[str, ...]:
    """The formats that ``docx``, ``pdf`` or ``all`` means."""
    return FORMATS if word == "all" else (word,)
