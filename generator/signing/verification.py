"""What ``gen verify`` says of a signed document: who signed it, and everything that is wrong."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from asn1crypto import x509

from .. import verify
from ..errors import FileError, GenError
from ..verify import FinishedPdf
from ..visible import plain
from ..workspace.environment import Workspace
from ..writers import remade
from . import signers
from .clock import shown
from .signers import SignableDocument
from .validation import FoundSignature, ValidatedSignatures, check


@dataclass(frozen=True, slots=True)
class VerifiedDocument:
    """A document after all checks. It is good when there are no ``problems``.

    ``differs`` is what today's gen would make otherwise of the same source. It and the
    ``remarks`` are information: they make no signed document worse.
    """

    name: str
    found: FinishedPdf | None
    signable: SignableDocument | None
    signatures: tuple[FoundSignature, ...]
    problems: tuple[str, ...]
    differs: tuple[str, ...] = ()
    remarks: tuple[str, ...] = ()

    @property
    def missing(self) -> tuple[str, ...]:
        """The fields where nobody has signed."""
        signed = {signature.field for signature in self.signatures}
        known = self.signable.places if self.signable is not None else ()
        return tuple(place.field for place in known if place.field not in signed)


def examine(
    workspace: Workspace,
    data: bytes,
    name: str,
    *,
    roots: Sequence[x509.Certificate] | None,
    now: datetime,
) -> VerifiedDocument:
    """All there is to say about a document, but for signatures that are still missing."""
    try:
        found = verify.read_pdf(data, name)
    except FileError as error:
        reason = error.message.removeprefix(name).strip()
        return VerifiedDocument(name, None, None, (), (f"it {reason}",))
    problems = list(verify.problems(found))
    differs: tuple[str, ...] = ()
    remarks: list[str] = []
    checked = check(data, roots, now)
    signable = None
    try:
        signable = signers.read(found)
        problems += _place_problems(found, signable, checked)
        differs, remarks = _today(workspace, found, problems)
    except GenError as error:
        problems.append(error.message)
    problems += checked.problems
    problems += [f"{one.field}: {text}" for one in checked.signatures for text in one.problems]
    remarks += _doubles(checked)
    return VerifiedDocument(
        name,
        found,
        signable,
        checked.signatures,
        tuple(map(plain, problems)),
        tuple(map(plain, differs)),
        tuple(map(plain, remarks)),
    )


def final(
    workspace: Workspace,
    data: bytes,
    name: str,
    *,
    roots: Sequence[x509.Certificate],
    now: datetime,
    so_far: bool = False,
) -> VerifiedDocument:
    """The verdict on a document that everybody should have signed; ``so_far``: not everybody."""
    verdict = examine(workspace, data, name, roots=roots or None, now=now)
    problems = list(verdict.problems)
    if not so_far:
        problems += [f"{field}: nobody has signed here" for field in verdict.missing]
    if not verdict.signatures:
        problems.append("there is no signature in it")
    elif not roots:
        problems.append(
            "nobody vouches for the signers: name the authorities' certificates, --root"
        )
    return replace(verdict, problems=tuple(dict.fromkeys(problems)))


def _place_problems(
    found: FinishedPdf, signable: SignableDocument, checked: ValidatedSignatures
) -> Iterator[str]:
    """The document has the fields that its source asks for, signed or empty, and no others."""
    if signable.kind != signers.KIND or signable.blank:
        yield "it is not a document that is signed"
    elif signable.draft:
        yield "it is a draft"
    wanted = [place.field for place in signable.places]
    there = [field.name for field in found.properties.fields]
    for name in wanted:
        if there.count(name) != 1:
            yield f"the signature field {name} is missing, or there twice"
    for name in there:
        if name not in wanted:
            yield f"the signature field {name[:60]} is none of its source"
    signed = sorted(field.name for field in found.properties.fields if field.signed)
    if not checked.problems and signed != sorted(one.field for one in checked.signatures):
        yield "a field says that it is signed, but holds no signature"


def _today(
    workspace: Workspace, found: FinishedPdf, known: Sequence[str]
) -> tuple[tuple[str, ...], list[str]]:
    """What today's gen would make otherwise of the same source, and why that isn't known."""
    wanted, wrong, remark = remade.again(workspace, found)
    if wanted is not None:
        wrong += [one for one in verify.problems(found, wanted) if one not in known]
    return tuple(wrong), [remark] if remark else []


def _doubles(checked: ValidatedSignatures) -> Iterator[str]:
    """One certificate in several places: one person who signs for several, or a mistake."""
    count = Counter(one.certificate for one in checked.signatures)
    for certificate, times in count.items():
        if times > 1:
            fields = [one.field for one in checked.signatures if one.certificate == certificate]
            yield f"{' and '.join(fields)} are signed with one certificate"


def as_json(verdict: VerifiedDocument) -> dict[str, Any]:
    """The verdict, for machines."""
    return {
        "file": verdict.name,
        "good": not verdict.problems,
        "id": plain(verdict.signable.id) if verdict.signable else "",
        "signatures": [
            {
                "field": plain(one.field),
                "signer": plain(one.signer),
                "issuer": plain(one.issuer),
                "time": one.moment.isoformat() if one.moment else "",
                "timestamped": one.stamped,
                "certificate": one.certificate,
                "problems": [plain(text) for text in one.problems],
            }
            for one in verdict.signatures
        ],
        "missing": list(map(plain, verdict.missing)),
        "problems": list(verdict.problems),
        "remarks": list(remarks(verdict)),
    }


def remarks(verdict: VerifiedDocument) -> Iterator[str]:
    """What makes no document worse, but is good to know."""
    for sentence in verdict.differs:
        yield f"today's gen would make it differently: {sentence}"
    yield from verdict.remarks


def lines(verdict: VerifiedDocument) -> Iterator[str]:
    """The verdict, for people."""
    state = "good" if not verdict.problems else "NOT GOOD"
    yield f"{verdict.name}: {state}" + (
        f", id {plain(verdict.signable.id)}" if verdict.signable else ""
    )
    for one in verdict.signatures:
        by = "by an authority's time stamp" if one.stamped else "by the signer's own clock"
        when = f"on {shown(one.moment)} {by}" if one.moment else "at an unknown time"
        yield f"  {plain(one.field)} signed by {plain(one.signer)} ({plain(one.issuer)}) {when}"
    for problem in verdict.problems:
        yield f"  wrong: {problem}"
