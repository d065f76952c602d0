"""Who has signed what, when and how, what is missing, and what differs from today's data."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import astuple, dataclass, fields, replace
from datetime import date, datetime
from pathlib import Path

from asn1crypto import x509

from .. import rules, thai, verify
from ..agreements import reading
from ..agreements.document_names import DocumentName, folder_of, unit_id
from ..agreements.files import AgencyFolder
from ..agreements.paths import id_of
from ..agreements.record import DocumentInput
from ..diagnostics import errors
from ..documents import inputs, listings
from ..documents.common import SignatureState, SignedPlace
from ..errors import FileError, GenError, reason_with_place
from ..messages import message
from ..survey.exports.template import as_csv
from ..verify.up_to_date import Unreadable, Version
from ..visible import plain
from ..workspace import folders
from ..workspace.confined import below
from ..workspace.environment import Workspace
from ..writers import listing as pdf_listing
from . import runs, signers, store
from .clock import THAI_TIME
from .signers import REPORT, SigningPlace, words_of
from .store import ScanRecord
from .validation import check

SIGNED, MISSING, BAD, UNMADE, DRAFT = "signed", "missing", "bad", "unmade", "draft"
CERTIFICATE, ON_PAPER = "certificate", "ink"


@dataclass(frozen=True, slots=True)
class StatusRow:
    """A place to sign, and what became of it.

    ``state`` is a key of the words for states, ``method`` of those for methods. ``by`` is what a
    certificate says of who signed. ``problem`` is what is wrong with the signed document.
    ``round`` is that of a report; of an agreement it is empty.
    """

    unit: str
    field: str
    role: str
    name: str
    position: str
    state: str
    day: str = ""
    method: str = ""
    by: str = ""
    file: str = ""
    differs: bool = False
    problem: str = ""
    round: str = ""


def rows(
    workspace: Workspace,
    path: Path,
    roots: Sequence[x509.Certificate] | None = None,
    *,
    only: Path | None = None,
) -> Iterator[StatusRow]:
    """All places to sign of an agency: unit by unit, then what is signed of units that are gone.

    Without ``roots`` nobody asks who vouches for a signer. ``only``: of the unit of that file.
    """
    folder = reading.read_agency(path)
    seen = set()
    for unit_path in folder.unit_paths if only is None else (only,):
        try:
            made_from = runs.input_of(folder, unit_path)
        except GenError as error:
            reason = next((fault.message for fault in errors(error.diagnostics)), error.message)
            yield StatusRow(unit_path.stem, "", "", "", "", BAD, problem=reason)
            continue
        name = unit_id(made_from.unit)
        seen.add(name)
        yield from _named(name, _unit(workspace, made_from, roots))
        yield from _named(name, _reports(workspace, folder, unit_path, name, roots))
    if only is not None:
        return
    where = below(workspace.signed, folder.id)
    yield from _named(where.name, _gone(workspace, where, seen, roots))


def _reports(
    workspace: Workspace,
    folder: AgencyFolder,
    path: Path,
    name: str,
    roots: Sequence[x509.Certificate] | None,
) -> Iterator[StatusRow]:
    """The places of a unit's reports: of each round with results, and what is signed of others."""
    wording = folder.wording.model
    seen = set()
    rounds = dict.fromkeys(
        one.parent.name for one in folder.result_paths if thai.folded(one.stem) == id_of(path)
    )
    for round_ in rounds if wording is not None and words_of(wording, REPORT) else ():
        try:
            made_from = runs.input_of(folder, path, round_)
        except GenError as error:
            reason = next((fault.message for fault in errors(error.diagnostics)), error.message)
            yield StatusRow(name, "", "", "", "", BAD, problem=reason, round=round_)
            continue
        seen.add(signers.called(made_from))
        for row in _unit(workspace, made_from, roots):
            yield replace(row, round=round_)
    where = store.folder(workspace, folder.id, name)
    for called in store.known(where, name):
        if called.kind == REPORT and called not in seen:
            yield from _versions(workspace, where, called, roots)


def _named(name: str, rows: Iterator[StatusRow]) -> Iterator[StatusRow]:
    """The rows of a unit; what can't be read ends them, and is a row of its own."""
    try:
        yield from rows
    except FileError as error:
        yield StatusRow(name, "", "", "", "", BAD, problem=error.message)


def _gone(
    workspace: Workspace, where: Path, seen: set[str], roots: Sequence[x509.Certificate] | None
) -> Iterator[StatusRow]:
    """What is signed of units that there aren't any more."""
    for gone in folders.entries(where):
        name = folders.named(gone)
        if gone.name not in seen and folders.is_folder(gone):
            for called in store.known(gone, name):
                yield from _named(name, _versions(workspace, gone, called, roots))


def _versions(
    workspace: Workspace,
    where: Path,
    called: DocumentName,
    roots: Sequence[x509.Certificate] | None,
) -> Iterator[StatusRow]:
    """All signed versions of a document in a folder, whatever today's data are."""
    known, odd = store.versions(where, called)
    round_ = "-".join(called.details)
    for version in known:
        for row in _version(workspace, called.unit, version, None, roots, differs=True):
            yield replace(row, round=round_)
    yield from _odd(called.unit, odd)


def _odd(name: str, odd: Iterable[Unreadable]) -> Iterator[StatusRow]:
    """Files that should be signed documents and can't be read."""
    for one in odd:
        file = folders.named(one.path)
        yield StatusRow(name, "", "", "", "", BAD, file=file, problem=one.reason)


def _unit(
    workspace: Workspace, made_from: DocumentInput, roots: Sequence[x509.Certificate] | None
) -> Iterator[StatusRow]:
    """The places of a unit's signed document; of today's data where there are several."""
    name, agency = unit_id(made_from.unit), made_from.folder.agency.model
    called = signers.called(made_from)
    todays = runs.today(workspace, made_from)
    known, odd = store.versions(store.folder(workspace, made_from.folder.id, name), called)
    current = [version for version in known if todays.gives(version)]
    yield from _odd(name, odd)
    asked = signers.places(made_from, agency)
    if current or known:
        version = (current or known)[-1]
        todays_places = asked if current else None
        yield from _version(workspace, name, version, todays_places, roots, differs=not current)
        return
    made, odd = store.versions(folder_of(workspace.outputs, made_from.folder.id, name), called)
    yield from _odd(name, odd)
    state = MISSING if any(map(todays.gives, made)) else UNMADE
    if made_from.unit.unit.status == "draft":
        state = DRAFT
    for place in asked:
        yield StatusRow(name, place.field, place.role, place.name, place.position, state)


def _version(
    workspace: Workspace,
    name: str,
    version: Version,
    asked: tuple[SigningPlace, ...] | None,
    roots: Sequence[x509.Certificate] | None,
    *,
    differs: bool,
) -> Iterator[StatusRow]:
    """The places of one signed document; ``asked`` where they are known from the data."""
    data = store.read(version.path)
    file = folders.named(version.path)
    scan_records: tuple[ScanRecord, ...] = ()
    try:
        if asked is None:
            asked = signers.read(verify.read_pdf(data, file)).places
        scan_records, odd = store.recorded(version.path)
    except GenError as error:
        yield StatusRow(
            *(name, "", "", "", "", BAD),
            file=file,
            differs=differs,
            problem=str(reason_with_place(error)),
        )
        return
    yield from _odd(name, odd)
    checked = check(data, roots, workspace.now)
    broken = str(next(iter(checked.problems), ""))
    by_field = {one.field: one for one in checked.signatures}
    scanned = {field: scan_record for scan_record in scan_records for field in scan_record.fields}
    for place in asked:
        row = StatusRow(
            name,
            place.field,
            place.role,
            place.name,
            place.position,
            BAD if broken else MISSING,
            file=file,
            differs=differs,
            problem=broken,
        )
        if one := by_field.get(place.field):
            problem = broken or str(next(iter(one.problems), ""))
            row = replace(
                row,
                state=BAD if problem else SIGNED,
                day=_day(one.moment),
                method=CERTIFICATE,
                by=plain(one.signer),
                problem=problem,
            )
        elif scan_record := scanned.get(place.field):
            problem = broken or store.scan_problem(version.path, scan_record)
            row = replace(
                row,
                state=BAD if problem else SIGNED,
                day=scan_record.signed,
                method=ON_PAPER,
                file=scan_record.scan,
                problem=problem,
            )
        yield row


def _day(moment: datetime | None) -> str:
    return moment.astimezone(THAI_TIME).date().isoformat() if moment is not None else ""


def complete(rows: Iterable[StatusRow]) -> tuple[int, int]:
    """How many units are signed by all, by good signatures and on today's data; of how many.

    A unit's reports are part of it, where the agency's form has them signed.
    """
    units: dict[str, bool] = {}
    for row in rows:
        good = row.state == SIGNED and not row.differs
        units[row.unit] = units.get(row.unit, True) and good
    return sum(units.values()), len(units)


def lines(rows: Sequence[StatusRow]) -> Iterator[str]:
    """The overview, for the terminal."""
    for row in rows:
        said = [
            row.unit,
            row.round and f"report-{row.round}",
            row.field,
            row.state,
            row.day,
            row.method,
            row.by and f"({row.by})",
        ]
        note = [row.problem, str(message("differs-from-todays-data")) if row.differs else ""]
        yield "  ".join(filter(None, (*said, "; ".join(filter(None, note)))))
    done, count = complete(rows)
    yield str(message("units-signed-by-all", signed=done, number=count))


def csv(rows: Iterable[StatusRow]) -> bytes:
    """The overview as CSV."""
    found = list(rows)
    head = [key.name for key in fields(StatusRow)]
    table = [head, *(list(map(_cell, astuple(row))) for row in found)]
    # Where nobody signs reports, there is no column for rounds.
    return as_csv(table if any(row.round for row in found) else [line[:-1] for line in table])


def _cell(value: object) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


# On paper


def page(workspace: Workspace, path: Path, found: Sequence[StatusRow]) -> bytes:
    """The overview as PDF. Raises TemplateFault, RenderingError, VerificationError."""
    folder = rules.valid(reading.read_agency(path))
    today = workspace.now.astimezone(THAI_TIME).date()
    signed, units = complete(found)
    names = _names(folder)
    subject = listings.subject(
        folder,
        inputs.emblem_of(folder),
        csv(found) + today.isoformat().encode(),
        lettering=workspace.lettering,
        signatures=SignatureState(tuple(_place(row, names) for row in found), today, signed, units),
    )
    return pdf_listing.write(workspace, folder.id, "status", subject, workspace.day)


def _names(folder: AgencyFolder) -> dict[str, str]:
    """What units are called in full, by the names of their documents, where files can be read."""
    read_units = (reading.read_unit(folder, path) for path in folder.unit_paths)
    models = ((unit_id(one), one.file.model) for one in read_units)
    return {key: model.name for key, model in models if model is not None and model.name}


def _place(row: StatusRow, names: Mapping[str, str]) -> SignedPlace:
    return SignedPlace(
        names.get(row.unit, row.unit),
        row.role,
        " ".join(filter(None, (row.name, row.position))),
        row.state,
        date.fromisoformat(row.day) if row.day else None,
        row.method,
        row.differs,
        row.round,
    )
