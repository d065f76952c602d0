"""Whether the signatures of a PDF are good: of their certificates, of this file, of all of it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from asn1crypto import cms, pem, x509
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.diff_analysis import (
    CatalogModificationRule,
    FormUpdatingRule,
    ModificationLevel,
    ObjectStreamRule,
    SigFieldModificationRule,
    StandardDiffPolicy,
    SuspiciousModification,
    XrefStreamRule,
)
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature
from pyhanko.sign.validation.settings import KeyUsageConstraints
from pyhanko.sign.validation.status import PdfSignatureStatus, SignatureCoverageLevel
from pyhanko_certvalidator import ValidationContext

from ..errors import FileError, GenError
from ..messages import Message, message
from . import purpose
from .clock import shown
from .pdf_reader import StrictPdfReader

POLICY = StandardDiffPolicy(
    global_rules=[
        CatalogModificationRule(),  # type: ignore[no-untyped-call]
        XrefStreamRule().as_qualified(ModificationLevel.LTA_UPDATES),
        ObjectStreamRule().as_qualified(ModificationLevel.LTA_UPDATES),
    ],
    form_rule=FormUpdatingRule(
        field_rules=[SigFieldModificationRule()], ignored_acroform_keys={"/Fields", "/SigFlags"}
    ),
)
"""What may be added to a document: signatures in the fields that it has, nothing else."""

_ANY_PURPOSE = KeyUsageConstraints()
"""What a key is for is asked of the certificates themselves, with or without roots."""

_MAX_ROOT = 1 << 20


@dataclass(frozen=True, slots=True)
class FoundSignature:
    """A signature in a field: who made it by the certificate, when, and what is wrong with it.

    ``stamped``: an authority vouches for the time; else it is the signer's own word.
    ``certificate`` is the certificate's SHA-256.
    """

    field: str
    signer: str
    issuer: str
    moment: datetime | None
    stamped: bool
    certificate: str
    problems: tuple[Message, ...]


@dataclass(frozen=True, slots=True)
class ValidatedSignatures:
    """The signatures of a file in the order they were made, and what is wrong with the file."""

    signatures: tuple[FoundSignature, ...]
    problems: tuple[Message, ...]


def roots(files: Sequence[tuple[str, bytes]]) -> tuple[x509.Certificate, ...]:
    """The certificates of files (PEM or DER), by name. Raises FileError."""
    return tuple(found for name, data in files for found in _root(name, data))


def _root(name: str, data: bytes) -> Iterator[x509.Certificate]:
    try:
        if len(data) > _MAX_ROOT:
            raise ValueError("too large")
        ders = [der for _, _, der in pem.unarmor(data, True)] if pem.detect(data) else [data]
        for der in ders:
            found = x509.Certificate.load(der, strict=True)
            _ = found.subject.native, found.public_key.native
            yield found
    except (ValueError, TypeError) as error:
        raise FileError(message("no-certificate", file=name)) from error


def check(
    data: bytes, roots: Sequence[x509.Certificate] | None, now: datetime
) -> ValidatedSignatures:
    """The signatures of a PDF. Without ``roots`` nobody asks who vouches for the signers.

    ``now`` is the moment at which certificates have to be valid, where no authority has
    stamped the time of signing.
    """
    try:
        reader = StrictPdfReader(data)
        every = sorted(reader.embedded_signatures, key=lambda one: one.signed_revision)
        signatures = tuple(_signature(data, one, roots, now) for one in every)
        return ValidatedSignatures(signatures, tuple(_file_problems(reader, every)))
    except GenError:
        raise
    except Exception:
        # Whatever the libraries raise, and nobody lists it: what they can't read isn't good.
        return ValidatedSignatures((), (message("signatures-unreadable"),))


def _file_problems(
    reader: PdfFileReader, every: Sequence[EmbeddedPdfSignature]
) -> Iterator[Message]:
    """Every update of the file is one signature and changes nothing but its field."""
    revisions = [one.signed_revision for one in every]
    total = reader.xrefs.total_revisions
    if revisions != list(range(1, len(every) + 1)):
        yield message("changed-before-signing")
    if every:
        covered = every[-1].evaluate_signature_coverage()
        if total != len(every) + 1 or covered < SignatureCoverageLevel.ENTIRE_FILE:
            yield message("something-not-covered")
        try:
            found = POLICY.review_file(reader, 0)
        except SuspiciousModification as error:
            found = error
        allowed = (
            not isinstance(found, SuspiciousModification)
            and found.modification_level <= ModificationLevel.FORM_FILLING
        )
        if not allowed:
            yield message("more-than-signatures-added")


def _signature(
    data: bytes,
    one: EmbeddedPdfSignature,
    roots: Sequence[x509.Certificate] | None,
    now: datetime,
) -> FoundSignature:
    """What there is to say about one signature."""
    problems: list[Message] = []
    certificate: Any = one.signer_cert
    status, moment, stamped = _validated(one, roots, now)
    if status is None:
        problems.append(message("signature-unchecked"))
    elif status.timestamp_validity is not None and not stamped:
        problems.append(message("time-stamp-bad"))
    else:
        problems += _faults(one, status)
        problems += _unfit(certificate, status)
        if not _is_plain(data, one, status if roots is not None else None):
            problems.append(message("signature-holds-more"))
        if roots is not None and not problems and not status.trusted:
            problems.append(_distrust(one, moment if stamped and moment else now))
    return FoundSignature(
        field=one.field_name,
        signer=_name(certificate.subject),
        issuer=_name(certificate.issuer),
        moment=moment,
        stamped=stamped,
        certificate=certificate.sha256.hex(),
        problems=tuple(problems),
    )


def _validated(
    one: EmbeddedPdfSignature, roots: Sequence[x509.Certificate] | None, now: datetime
) -> tuple[PdfSignatureStatus | None, datetime | None, bool]:
    """The verdict of pyHanko, the time of signing, and whether a trusted authority stamped it."""
    status = _verdict(one, roots, now)
    said: datetime | None = one.self_reported_timestamp
    if status is None or status.timestamp_validity is None:
        return status, said, False
    stamp = status.timestamp_validity
    if not (stamp.valid and stamp.intact and (stamp.trusted or roots is None)):
        return status, said, False
    # Who signed with a certificate that was valid then has signed, however old that is now.
    return _verdict(one, roots, stamp.timestamp), stamp.timestamp, True


def _verdict(
    one: EmbeddedPdfSignature, roots: Sequence[x509.Certificate] | None, moment: datetime
) -> PdfSignatureStatus | None:
    context = ValidationContext(trust_roots=list(roots or ()), moment=moment, allow_fetching=False)
    try:
        return validate_pdf_signature(
            one,
            signer_validation_context=context,
            key_usage_settings=_ANY_PURPOSE,
            skip_diff=True,  # _file_problems looks at all changes, once
        )
    except Exception:
        return None  # as above


def _faults(one: EmbeddedPdfSignature, status: PdfSignatureStatus) -> Iterator[Message]:
    """What is wrong with a signature, whoever made it."""
    if not status.intact:
        yield message("changed-after-signing")
    elif not status.valid:
        yield message("signature-not-of-certificate")
    coverage = status.coverage
    if coverage is None or coverage < SignatureCoverageLevel.ENTIRE_REVISION:
        yield message("signature-not-covering")
    if str(one.sig_object.get("/SubFilter")) != "/ETSI.CAdES.detached":
        yield message("signature-of-other-kind")


def _unfit(certificate: x509.Certificate, status: PdfSignatureStatus) -> Iterator[Message]:
    """Whether the certificates, from the signer's up to the root, are for signing documents."""
    if not purpose.signs(certificate):
        yield message("certificate-not-for-signing")
    elif status.validation_path is not None:
        above = list(status.validation_path.iter_certs(include_root=False))[:-1]
        if not all(map(purpose.passes_on, above)):
            yield message("authority-not-for-signing")


def _is_plain(data: bytes, one: EmbeddedPdfSignature, status: PdfSignatureStatus | None) -> bool:
    """Whether what no signature covers, the place of the signature itself, holds just that.

    It is written in one way (hexadecimal, filled up with noughts) and carries no certificate but
    those that lead to a root.
    """
    _, length, start, _ = map(int, one.byte_range)
    gap, content = data[length:start], bytes(one.pkcs7_content)
    written = content.hex().encode()
    content_info = cms.ContentInfo.load(content)
    message = content_info.dump()
    signed: Any = content_info["content"]
    info = one.signer_info
    wanted = [info["digest_algorithm"].dump()]
    if (
        gap not in (b"<" + written + b">", b"<" + written.upper() + b">")
        or not content.startswith(message)
        or content[len(message) :].strip(b"\0")
        or signed["version"].native != "v1"
        or info["version"].native != "v1"
        or [algorithm.dump() for algorithm in signed["digest_algorithms"]] != wanted
        or signed["crls"].native is not None
    ):
        return False
    if status is None or status.validation_path is None:
        return True
    known = {certificate.dump() for certificate in status.validation_path.iter_certs(True)}
    return all(choice.chosen.dump() in known for choice in signed["certificates"])


def _distrust(one: EmbeddedPdfSignature, moment: datetime) -> Message:
    """Why nobody vouches for a signer at a moment."""
    certificate: Any = one.signer_cert
    if moment > certificate.not_valid_after:
        return message("certificate-expired", day=shown(certificate.not_valid_after))
    if moment < certificate.not_valid_before:
        return message("certificate-not-valid-yet", day=shown(certificate.not_valid_before))
    return message("certificate-not-trusted")


def _name(name: x509.Name) -> str:
    """What a certificate calls somebody: the common name, else all of it."""
    native = name.native
    found = native.get("common_name") or name.human_friendly
    return str(found[0] if isinstance(found, list) else found)
