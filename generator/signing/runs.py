"""Signing: one document, or all of an agency that wait for one signer."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from ..agreements import lookup, reading
from ..agreements.document_names import folder_of, unit_id
from ..agreements.files import AgencyFolder, valid_agency
from ..agreements.lookup import Target
from ..agreements.record import DocumentInput, DocumentOptions
from ..diagnostics import errors
from ..documents import inputs
from ..errors import (
    DataError,
    FileError,
    GenError,
    MissingError,
    UsageError,
    VerificationError,
    stop_on,
)
from ..messages import Message, message
from ..verify.up_to_date import Today, Version
from ..workspace.environment import Workspace
from . import sealing, signers, store, verification
from .keys import SigningKey, refuse_unfit
from .picture import picture
from .signers import KIND, KINDS, REPORT, SignableDocument, SigningPlace
from .validation import check
from .verification import VerifiedDocument

SIGNED, BEFORE, LEFT, FAILED = "signed", "signed before", "left", "failed"


@dataclass(frozen=True, slots=True)
class SigningRequest:
    """Who signs: as whom, with which key, and whether an authority stamps the time."""

    who: str
    key: SigningKey
    timestamp: str | None = None


@dataclass(frozen=True, slots=True)
class SigningOutcome:
    """What became of one document. ``said``: why it was not signed."""

    unit: str
    state: str
    path: Path | None = None
    field: str = ""
    said: Message | str = ""

    @property
    def reason(self) -> str:
        """Why it was not signed, in words."""
        return str(self.said)


@dataclass(frozen=True, slots=True)
class WaitingAgreement:
    """An agreement that waits for a signer, with who that is."""

    unit: str
    document: Path
    place: SigningPlace


def sign(workspace: Workspace, document: Path, request: SigningRequest) -> SigningOutcome:
    """Sign one document and put it in its place under ``signed/``.

    Raises UsageError where there is nothing to sign, VerificationError for a document that is
    not what it says, DataError for a draft, FileError.
    """
    refuse_unfit(request.key.certificate, workspace.now)
    given = store.read(document)
    verdict = sound(workspace, given, document.name)
    assert verdict.signable is not None
    with store.locked(store.folder(workspace, verdict.signable.agency, verdict.signable.name)):
        path = store.target(workspace, verdict.signable, _version(document, verdict))
        data = store.newest(given, path)
        if data != given:
            verdict = sound(workspace, data, path.name)
        signable = verdict.signable
        assert signable is not None
        if not signable.lines:
            raise UsageError(message("no-words-for-signature"))
        place = one_place(signable, request.who)
        refuse_taken(path, place, {one.field for one in verdict.signatures})
        drawn = picture(data, signable, place, workspace.now, workspace.font)
        signed = sealing.sign(data, place.field, request.key, drawn, request.timestamp)
        _confirm(workspace, signed, place)
        store.publish({path: signed})
    return SigningOutcome(signable.name, SIGNED, path, place.field)


def one_place(signable: SignableDocument, who: str) -> SigningPlace:
    """The one place that ``who`` means. Raises UsageError for none and for several."""
    found = signable.places_of(who)
    if len(found) > 1:
        fields = tuple(place.field for place in found)
        raise UsageError(message("several-sign-as", name=signable.name, who=who, fields=fields))
    return found[0]


def refuse_taken(path: Path, place: SigningPlace, signed: set[str]) -> None:
    """Refuse a place that is signed already, by certificate or in ink. Raises UsageError."""
    if place.field in signed:
        raise UsageError(message("signed-already", file=path.name, field=place.field))
    for scan_record in store.scan_records(path):
        if place.field in scan_record.fields:
            raise UsageError(message("signed-already-in-ink", file=path.name, field=place.field))


def sound(workspace: Workspace, data: bytes, name: str) -> VerifiedDocument:
    """The verdict on a document that may be signed. Raises GenError for any other.

    What nobody has signed yet has to be what its source gives; what others have signed, stays.
    """
    verdict = verification.examine(workspace, data, name, roots=None, now=workspace.now)
    if verdict.signable is not None:
        refuse_unsignable(verdict.signable)
    wrong = verdict.problems or (() if verdict.signatures else verdict.differs)
    if wrong[1:]:
        more = len(wrong) - 1
        raise VerificationError(
            message("not-what-it-says-and-more", file=name, problem=wrong[0], more=more)
        )
    if wrong:
        raise VerificationError(message("not-what-it-says", file=name, problem=wrong[0]))
    return verdict


def refuse_unsignable(signable: SignableDocument) -> None:
    """Refuse what nobody signs. Raises UsageError, DataError."""
    if signable.kind not in KINDS or not signable.places:
        raise UsageError(message("kind-not-signed", kind=signable.kind))
    if signable.blank:
        raise UsageError(message("empty-form-not-signed"))
    if signable.draft:
        raise DataError(message("draft-not-signed", name=signable.name))


def _confirm(workspace: Workspace, signed: bytes, place: SigningPlace) -> None:
    """Read the signed bytes again before they are published. Raises VerificationError."""
    checked = check(signed, None, workspace.now)
    wrong = [*checked.problems, *(text for one in checked.signatures for text in one.problems)]
    if wrong or place.field not in {one.field for one in checked.signatures}:
        raise VerificationError(message("signature-did-not-hold"), sealing.AGAIN)


# One unit, or all


def document_of(workspace: Workspace, found: Target, round_: str = "") -> Path:
    """The document of a unit that is to be signed: of today's data, the signed one first.

    With a round it is the report, else the agreement.

    Raises UsageError where there is none, DataError.
    """
    assert found.unit is not None
    return _document(workspace, input_of(reading.read_agency(found.folder), found.unit, round_))


def input_of(folder: AgencyFolder, path: Path, round_: str = "") -> DocumentInput:
    """What a unit's agreement, or its report of a round, is made of today.

    Raises UsageError, DataError, FileError.
    """
    unit = reading.read_unit(folder, path)
    stop_on((*folder.faults, *unit.faults))
    if round_:
        valid = valid_agency(folder)
        if signers.words_of(valid.wording.model, REPORT) is None:
            raise UsageError(message("kind-not-signed", kind=REPORT))
        return inputs.unit_input(REPORT, valid, unit, DocumentOptions(round=round_))
    return DocumentInput(KIND, DocumentOptions(), valid_agency(folder), unit)


def _document(workspace: Workspace, made_from: DocumentInput) -> Path:
    name, agency = unit_id(made_from.unit), made_from.folder.id
    todays, called = today(workspace, made_from), signers.called(made_from)
    # A signed file that can't be read may be this one: there must be no second.
    signed = store.readable(store.folder(workspace, agency, name), called)
    made, odd = store.versions(folder_of(workspace.outputs, agency, name), called)
    for version in (*signed, *made):
        if todays.gives(version):
            return version.path
    round_ = made_from.options.round
    if round_:
        for one in odd:
            raise FileError(one.reason, message("make-report-again", name=name, round=round_))
        if made:
            raise UsageError(message("report-of-other-data", name=name, round=round_))
        if signed:
            raise UsageError(message("results-changed-after-signing", name=name, round=round_))
        raise UsageError(message("report-not-made", name=name, round=round_))
    for one in odd:
        raise FileError(one.reason, message("make-agreement-again", name=name))
    if made:
        raise UsageError(message("agreement-of-other-data", name=name))
    if signed:
        raise UsageError(message("data-changed-after-signing", name=name))
    raise UsageError(message("agreement-not-made", name=name))


def today(workspace: Workspace, made_from: DocumentInput) -> Today:
    """A unit's data as they are now, with the indicators' sheets and without. Raises FileError."""
    bare = replace(made_from, options=replace(made_from.options, sheets=False))
    return Today(workspace, (made_from, bare), inputs.emblem_of(made_from.folder))


def _version(document: Path, verdict: VerifiedDocument) -> Version:
    """The document that a verdict is on."""
    assert verdict.found is not None
    return Version(document, verdict.found.said)


def waiting(
    workspace: Workspace, folder: Path, who: str, position: str | None, round_: str = ""
) -> Iterator[WaitingAgreement | SigningOutcome]:
    """The agreements of an agency that wait for a signer, and why others don't.

    With a round these are the reports of the units that have results in it.
    """
    agency = reading.read_agency(folder)
    for path in lookup.units(folder):
        try:
            made_from = input_of(agency, path, round_)
            if not round_ or made_from.unit.id in made_from.results:
                yield _waiting(workspace, made_from, who, position)
        except GenError as error:
            reason = next((fault.said for fault in errors(error.diagnostics)), error.said)
            yield SigningOutcome(path.stem, FAILED, said=reason)


def _waiting(
    workspace: Workspace, made_from: DocumentInput, who: str, position: str | None
) -> WaitingAgreement | SigningOutcome:
    agency = made_from.folder.agency.model
    name = unit_id(made_from.unit)
    if made_from.unit.unit.status == "draft":
        return SigningOutcome(name, LEFT, said=message("agreement-is-draft"))
    asked = [
        place
        for place in signers.places(made_from, agency)
        if who in (place.field, place.side) and position in (None, place.position)
    ]
    if not asked:
        return SigningOutcome(name, LEFT, said=message("nobody-signs-it-so"))
    if len(asked) > 1:
        return SigningOutcome(name, FAILED, said=message("several-sign-it-as", who=who))
    document = _document(workspace, made_from)
    path = store.folder(workspace, made_from.folder.id, name) / document.name
    signed = sealing.signed_fields(store.read(document))
    if asked[0].field in signed or any(
        asked[0].field in scan_record.fields for scan_record in store.scan_records(path)
    ):
        return SigningOutcome(name, BEFORE, document, asked[0].field)
    return WaitingAgreement(name, document, asked[0])


def refuse_several(found: Sequence[WaitingAgreement]) -> None:
    """One key signs for one person: refuse agreements that wait for several. Raises UsageError."""
    people = {(one.place.name, one.place.position) for one in found}
    if len(people) > 1:
        positions = sorted({position for _, position in people})
        raise UsageError(
            message(
                "agreements-of-different-people",
                number=len(people),
                positions=" or ".join(f"'{position}'" for position in positions),
            )
        )


def sign_all(
    workspace: Workspace, found: Iterable[WaitingAgreement], request: SigningRequest
) -> Iterator[SigningOutcome]:
    """Sign one document after the other; one that can't be signed stops no other."""
    for one in found:
        try:
            yield sign(workspace, one.document, replace(request, who=one.place.field))
        except (FileError, MissingError):
            raise  # no other would fare better
        except GenError as error:
            yield SigningOutcome(one.unit, FAILED, said=error.said)
