"""Agreements signed, by certificate and in ink; what that is worth, and who has yet to sign."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any, Literal

from .. import thai
from ..agreements.document_names import DocumentName
from ..errors import UsageError
from ..messages import Message, message
from ..signing import keys, runs, scans, store, validation, verification
from ..signing import status as overview
from ..signing.keys import SigningKey
from ..signing.runs import (
    BEFORE,
    FAILED,
    LEFT,
    SIGNED,
    SigningOutcome,
    SigningRequest,
    WaitingAgreement,
)
from ..signing.scans import RecordedScan
from ..signing.status import StatusRow
from ..signing.status import lines as status_lines
from ..signing.verification import VerifiedDocument, remarks
from ..signing.verification import as_json as verdict_as_json
from ..signing.verification import lines as verdict_lines
from ..workspace.environment import Workspace
from . import workspaces

__all__ = [
    "FAILED",
    "SIGNED",
    "ChosenAgreements",
    "KeySource",
    "RecordedScan",
    "SigningOutcome",
    "StatusRow",
    "VerifiedDocument",
    "as_json",
    "chosen",
    "record_scan",
    "remarks",
    "sign",
    "status",
    "status_as_json",
    "status_files",
    "status_lines",
    "summary",
    "told",
    "verdict_as_json",
    "verdict_lines",
    "verify",
]


@dataclass(frozen=True, slots=True)
class ChosenAgreements:
    """What is to be signed: one ``document``, or all of an ``agency`` that wait for a signer.

    With a ``round`` these are its reports.
    """

    document: Path | None
    agency: Path | None
    remark: str = ""
    round: str = ""


@dataclass(frozen=True, slots=True)
class KeySource:
    """Where a signer's key is: in a PKCS#12 file, or in a token by its library and labels.

    ``sent`` is such a file as bytes, which nothing prints.
    """

    p12: Path | None = None
    library: Path | None = None
    token: str | None = None
    label: str | None = None
    sent: bytes | None = field(default=None, repr=False)


Ask = Callable[[Literal["passphrase", "PIN"]], str]
"""How the secret is got that opens a key."""


def chosen(
    workspace: Workspace, name: str, agency: str | None = None, round_: str | None = None
) -> ChosenAgreements:
    """What an officer named: a finished PDF, a unit (its document of today), or an agency.

    With a round a unit's report is meant, not its agreement.

    Raises UsageError, DataError, FileError.
    """
    if Path(name).suffix.lower() == ".pdf":
        return ChosenAgreements(Path(name), None)
    target = workspaces.find(workspace, name, agency)
    if target.unit is None:
        return ChosenAgreements(None, target.folder, target.remark, round_ or "")
    return ChosenAgreements(runs.document_of(workspace, target, round_ or ""), None, target.remark)


def sign(
    workspace: Workspace,
    agreements: ChosenAgreements,
    who: Sequence[str],
    source: KeySource,
    ask: Ask,
    *,
    timestamp: str | None = None,
    position: str | None = None,
    tell: Callable[[Message], None] = lambda said: None,
) -> tuple[SigningOutcome, ...]:
    """Sign by certificate, each document put in its place as it is signed.

    ``position`` limits an agency's agreements to those where the signer holds it; ``tell`` is
    told how far it is. One that can't be signed stops no other of an agency. Raises GenError.
    """
    if len(who) > 1:
        raise UsageError(message("one-key-for-several"))
    with _opened(source, ask) as key:
        request = SigningRequest(who[0], key, timestamp)
        if agreements.document is not None:
            return (runs.sign(workspace, agreements.document, request),)
        assert agreements.agency is not None
        known = list(runs.waiting(workspace, agreements.agency, who[0], position, agreements.round))
        outcomes = [one for one in known if isinstance(one, SigningOutcome)]
        todo = [one for one in known if isinstance(one, WaitingAgreement)]
        runs.refuse_several(todo)
        for number, outcome in enumerate(runs.sign_all(workspace, todo, request), start=1):
            tell(
                message(
                    "signing-progress",
                    number=str(number),
                    total=str(len(todo)),
                    unit=outcome.unit,
                    state=_state(outcome.state),
                )
            )
            outcomes.append(outcome)
        return tuple(outcomes)


@contextmanager
def _opened(source: KeySource, ask: Ask) -> Iterator[SigningKey]:
    """The key, open while it is used. Raises UsageError, FileError, MissingError."""
    if sum(one is not None for one in (source.p12, source.sent, source.library)) != 1:
        raise UsageError(message("which-key"))
    if source.sent is not None:
        yield keys.read_p12(source.sent, ask("passphrase"))
    elif source.p12 is not None:
        yield keys.from_p12(source.p12, ask("passphrase"))
    elif source.library is not None:
        if source.label is None:
            raise UsageError(message("which-key-of-token"))
        with keys.from_token(source.library, source.token, source.label, ask("PIN")) as key:
            yield key


def record_scan(
    workspace: Workspace,
    agreements: ChosenAgreements,
    scan: Path | None,
    who: Sequence[str],
    day: str | None,
) -> RecordedScan:
    """Keep the scan of an agreement that was signed in ink on a day, as officers write days.

    Raises UsageError, DataError, FileError, MissingError, VerificationError.
    """
    if agreements.document is None or scan is None or day is None:
        raise UsageError(message("scan-of-one-document"))
    signed = thai.parse_date(day)
    if signed is None:
        reason = thai.no_such_day(day)
        raise UsageError(reason or message("no-date", written=day), message("a-date-is-such-as"))
    return scans.record(workspace, agreements.document, scan, who, signed)


def told(outcome: SigningOutcome) -> Message:
    """What became of a document that was not signed, and why."""
    state = _state(outcome.state)
    return message("signing-outcome", unit=outcome.unit, state=state, reason=outcome.said)


def _state(state: str) -> Message:
    """What became of a document, in words."""
    return {
        SIGNED: message("signed"),
        BEFORE: message("signed-before"),
        LEFT: message("left-unsigned"),
        FAILED: message("failed"),
    }[state]


def summary(outcomes: Iterable[SigningOutcome]) -> Message:
    """How many documents ended how, in one line."""
    counts = Counter(one.state for one in outcomes)
    said = tuple(
        message("so-many-documents", number=str(count), state=_state(state))
        for state, count in counts.items()
    )
    return message("signing-summary", counts=said) if said else message("nothing-to-sign")


def as_json(outcomes: Iterable[SigningOutcome]) -> list[dict[str, str]]:
    """What became of documents, for machines."""
    return [
        {
            "unit": one.unit,
            "state": one.state,
            "field": one.field,
            "file": workspaces.shown(one.path) if one.path else "",
            "reason": one.reason,
        }
        for one in outcomes
    ]


def verify(
    workspace: Workspace,
    files: Iterable[Path],
    roots: Iterable[Path] = (),
    *,
    so_far: bool = False,
) -> tuple[VerifiedDocument, ...]:
    """The verdict on each signed document; ``roots`` are certificates that are trusted.

    ``so_far``: not everybody has to have signed yet. Raises FileError.
    """
    trusted = _trusted(roots)
    return tuple(
        verification.final(
            workspace,
            store.read(path),
            workspaces.shown(path),
            roots=trusted,
            now=workspace.now,
            so_far=so_far,
        )
        for path in files
    )


def status(
    workspace: Workspace, folder: Path, roots: Iterable[Path] = (), *, only: Path | None = None
) -> tuple[StatusRow, ...]:
    """All places to sign of an agency, or of one unit, by its file; what became of each.

    Raises FileError.
    """
    return tuple(overview.rows(workspace, folder, _trusted(roots) or None, only=only))


def status_files(
    workspace: Workspace,
    folder: Path,
    rows: Sequence[StatusRow],
    *,
    csv: bool,
    pdf: bool,
    base: Path | None = None,
) -> dict[Path, bytes]:
    """The overview as files, not yet published. Raises RenderingError, VerificationError."""
    made: dict[str, bytes] = {}
    if csv:
        made["csv"] = overview.csv(rows)
    if pdf:
        made["pdf"] = overview.page(workspace, folder, rows)
    where = base or workspace.outputs
    return {
        DocumentName(folder.name, "status").path(where, folder.name, extension): data
        for extension, data in made.items()
    }


def status_as_json(rows: Iterable[StatusRow]) -> list[dict[str, Any]]:
    """The overview, for machines."""
    return [asdict(row) for row in rows]


def _trusted(paths: Iterable[Path]) -> tuple[Any, ...]:
    return validation.roots([(path.name, store.read(path)) for path in paths])
