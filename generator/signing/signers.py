"""Who signs a document, and what a signature shows: from the source that it carries."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from .. import thai
from ..agreements import record, unsealing
from ..agreements.blanks import BLANK
from ..agreements.document_names import DocumentName, unit_id
from ..agreements.record import DocumentInput
from ..diagnostics import did_you_mean, errors
from ..documents.common import Fields, assessees, assessors, digits
from ..documents.parts.signatures import SIDES
from ..errors import DataError, UsageError
from ..messages import message
from ..model import Agency, Wording
from ..model.report_words import ReportSignatureWords
from ..model.wording import SignatureWords
from ..verify import FinishedPdf
from .clock import THAI_TIME

KIND, REPORT = "agreement", "report"
KINDS = (KIND, REPORT)
"""The kinds of document that are signed; a report where the agency's form says so."""


@dataclass(frozen=True, slots=True)
class SigningPlace:
    """A place to sign: its field's name, the side it is on, and who signs there."""

    field: str
    side: str
    name: str
    position: str
    role: str


@dataclass(frozen=True, slots=True)
class SignableDocument:
    """A document as its own source tells of it: whose it is, and where it is signed.

    ``name`` is that of the unit's folder, ``called`` that of its file. ``lines`` are the words of
    a signature, as the agency's wording gives them.
    """

    agency: str
    unit: str
    name: str
    kind: str
    called: DocumentName
    id: str
    data_hash: str
    draft: bool
    blank: bool
    places: tuple[SigningPlace, ...]
    made_from: DocumentInput
    lines: tuple[str, ...]

    def shown(
        self, place: SigningPlace, moment: datetime, *, dated: bool = True
    ) -> tuple[str, ...]:
        """The lines that a signature shows; those with the day only where ``dated``."""
        known = {"name": place.name, "position": place.position, "role": place.role}
        wanted = (line for line in self.lines if dated or not _is_dated(line))
        lines = (self._filled(line, moment, **known) for line in wanted)
        return tuple(line for line in lines if line)

    def dated(self, moment: datetime) -> str:
        """The document's own line for the date, filled in; nothing where signatures have no day."""
        wording = self.made_from.folder.wording.model
        if not any(map(_is_dated, self.lines)):
            return ""
        words = words_of(wording, self.kind)
        line = "" if words is None else words.date
        return self._filled(line, moment) if _is_dated(line) else ""

    def _filled(self, line: str, moment: datetime, **known: str) -> str:
        agency = self.made_from.folder.agency.model
        day = digits(agency, thai.long_date(moment.astimezone(THAI_TIME).date()))
        # What isn't known is left out: a dotted line would look as if it were still open.
        fill = Fields({}, "", blank_form=False)
        return " ".join(fill.fill(line, date=day, **known).split())

    def places_of(self, who: str) -> tuple[SigningPlace, ...]:
        """The places that ``assessee`` or ``assessee-2`` means. Raises UsageError for none."""
        found = tuple(place for place in self.places if who in (place.field, place.side))
        if not found:
            known = [place.field for place in self.places]
            raise UsageError(
                message("nobody-signs-as", name=self.name, who=who),
                did_you_mean(who, {*SIDES, *known}),
            )
        return found


def read(found: FinishedPdf) -> SignableDocument:
    """What a document says of itself. Raises DataError where its source can't be read."""
    if found.source is None or not found.said:
        raise DataError(message("source-or-record-lacking"))
    made_from = unsealing.unsealed(found.source, Path(record.SOURCE))
    agency, wording = made_from.folder.agency.model, made_from.folder.wording.model
    if made_from.unit.file.model is None:
        faults = (*made_from.folder.faults, *made_from.unit.faults)
        raise DataError(message("source-at-fault"), diagnostics=errors(faults))
    return SignableDocument(
        agency=made_from.folder.id,
        unit=made_from.unit.id,
        name=unit_id(made_from.unit),
        kind=made_from.kind,
        called=called(made_from),
        id=found.said["id"],
        data_hash=found.said["data_hash"],
        draft=made_from.unit.unit.status == "draft",
        blank=made_from.options.scope != "unit",
        places=places(made_from, agency) if words_of(wording, made_from.kind) else (),
        made_from=made_from,
        lines=_lines(agency, wording, made_from.kind),
    )


def words_of(wording: Wording, kind: str) -> SignatureWords | ReportSignatureWords | None:
    """The words of the signatures on a kind of document; None where nobody signs it."""
    if kind == KIND:
        return wording.agreement.signature
    return wording.report.signature if kind == REPORT and wording.report is not None else None


def called(made_from: DocumentInput) -> DocumentName:
    """What the files of a document are called."""
    return DocumentName.of(unit_id(made_from.unit), made_from.kind, made_from.options)


def places(made_from: DocumentInput, agency: Agency) -> tuple[SigningPlace, ...]:
    """The places to sign a document, in the order of its signature blocks."""
    unit = made_from.unit.unit
    sides = (
        (agency.terms.assessor, assessors(agency, unit)),
        (agency.terms.assessee, assessees(unit)),
    )
    return tuple(
        SigningPlace(f"{side}-{number}", side, party.name or "", party.position or "", role)
        for side, (role, members) in zip(SIDES, sides, strict=True)
        for number, party in enumerate(members, start=1)
    )


def _is_dated(line: str) -> bool:
    """Whether a line of the wording holds the day."""
    return any(match[1] == "date" for match in BLANK.finditer(line))


def _lines(agency: Agency, wording: Wording, kind: str) -> tuple[str, ...]:
    words = words_of(wording, kind)
    return tuple(digits(agency, line) for line in (words.electronic if words is not None else ()))
