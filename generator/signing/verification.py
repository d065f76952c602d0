"""What ``gen verify`` says of a signed document: who signed it, and everything that is wrong."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from asn1crypto import x509

from .. import verify
from ..errors import FileError, GenError, reason_with_place
from ..messages import Message, message
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
        return VerifiedDocument(name, None, None, (), (str(message("it-is-so", reason=reason)),))
    problems: list[Message | str] = [*verify.problems(found)]
    differs: tuple[str, ...] = ()
    remarks: Sequence[Message | str] = ()
    checked = check(data, roots, now)
    signable = None
    try:
        signable = signers.read(found)
        problems += _place_problems(found, signable, checked)
        differs, remarks = _today(workspace, found, problems)
    except GenError as error:
        problems.append(message("nothing-made-of-source", reason=reason_with_place(error)))
    problems += checked.problems
    problems += [
        message("problem-of-signature", field=one.field, problem=problem)
        for one in checked.signatures
        for problem in one.problems
    ]
    remarks = [*remarks, *_doubles(checked)]
    return VerifiedDocument(
        name,
        found,
        signable,
        checked.signatures,
        tuple(map(_plain, problems)),
        tuple(map(_plain, differs)),
        tuple(map(_plain, remarks)),
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
        problems += [str(message("place-not-signed", field=field)) for field in verdict.missing]
    if not verdict.signatures:
        problems.append(str(message("no-signature")))
    elif not roots:
        problems.append(str(message("nobody-vouches")))
    return replace(verdict, problems=tuple(dict.fromkeys(problems)))


def _place_problems(
    found: FinishedPdf, signable: SignableDocument, checked: ValidatedSignatures
) -> Iterator[Message]:
    """The document has the fields that its source asks for, signed or empty, and no others."""
    if signable.kind not in signers.KINDS or not signable.places or signable.blank:
        yield message("not-a-signed-kind")
    elif signable.draft:
        yield message("agreement-is-draft")
    wanted = [place.field for place in signable.places]
    there = [field.name for field in found.properties.fields]
    for name in wanted:
        if there.count(name) != 1:
            yield message("signature-field-missing-or-twice", field=name)
    for name in there:
        if name not in wanted:
            yield message("signature-field-too-many", field=name[:60])
    signed = sorted(field.name for field in found.properties.fields if field.signed)
    if not checked.problems and signed != sorted(one.field for one in checked.signatures):
        yield message("field-says-signed")


def _today(
    workspace: Workspace, found: FinishedPdf, known: Sequence[Message | str]
) -> tuple[tuple[str, ...], list[str]]:
    """What today's gen would make otherwise of the same source, and why that isn't known."""
    wanted, wrong, remark = remade.again(workspace, found)
    if wanted is not None:
        wrong += [str(one) for one in verify.problems(found, wanted) if one not in known]
    return tuple(wrong), [remark] if remark else []


def _doubles(checked: ValidatedSignatures) -> Iterator[Message]:
    """One certificate in several places: one person who signs for several, or a mistake."""
    count = Counter(one.certificate for one in checked.signatures)
    for certificate, times in count.items():
        if times > 1:
            fields = [one.field for one in checked.signatures if one.certificate == certificate]
            yield message("one-certificate-in-several-places", fields=" and ".join(fields))


def _plain(said: Message | str) -> str:
    """A sentence as it is shown: it may quote what somebody wrote into a file."""
    return plain(str(said))


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
                "problems": list(map(_plain, one.problems)),
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
        yield str(message("made-differently-today", problem=sentence))
    yield from verdict.remarks


def lines(verdict: VerifiedDocument) -> Iterator[str]:
    """The verdict, for people."""
    yield str(_headline(verdict))
    for one in verdict.signatures:
        yield f"  {_signed(one)}"
    for problem in verdict.problems:
        yield f"  {message('document-wrong', problem=problem)}"


def _headline(verdict: VerifiedDocument) -> Message:
    file = verdict.name
    if verdict.signable is None:
        found = message("document-not-good", file=file)
        return found if verdict.problems else message("document-good", file=file)
    id_ = plain(verdict.signable.id)
    if verdict.problems:
        return message("document-not-good-id", file=file, id=id_)
    return message("document-good-id", file=file, id=id_)


def _signed(one: FoundSignature) -> Message:
    """By whom and when a field was signed."""
    field, signer, issuer = map(plain, (one.field, one.signer, one.issuer))
    if one.moment is None:
        return message("signed-at-unknown-time", field=field, signer=signer, issuer=issuer)
    moment = shown(one.moment)
    if one.stamped:
        return message("signed-stamped", field=field, signer=signer, issuer=issuer, moment=moment)
    return message("signed-by-own-clock", field=field, signer=signer, issuer=issuer, moment=moment)
