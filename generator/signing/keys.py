"""The keys that sign: from a PKCS#12 file, or kept by a PKCS#11 token.

Nothing of a key, a passphrase or a file's name gets into a message.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from asn1crypto import keys as asn1_keys
from asn1crypto import x509
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.serialization import pkcs12
from pyhanko.sign.general import SigningError
from pyhanko.sign.signers import Signer, SimpleSigner
from pyhanko_certvalidator.registry import SimpleCertificateStore

from ..errors import FileError, MissingError, UsageError
from ..messages import message
from ..workspace.reasons import why
from . import purpose
from .clock import shown

_MAX_FILE = 1 << 20


@dataclass(frozen=True, slots=True)
class SigningKey:
    """A key that signs, with its certificate."""

    signer: Signer
    certificate: x509.Certificate


def from_p12(path: Path, passphrase: str) -> SigningKey:
    """The key of a PKCS#12 file. Raises FileError, UsageError."""
    try:
        with path.open("rb") as file:
            data = file.read(_MAX_FILE)
    except OSError as error:
        raise FileError(message("key-file-unreadable", reason=why(error))) from error
    return read_p12(data, passphrase)


def read_p12(data: bytes, passphrase: str) -> SigningKey:
    """The key of a PKCS#12 file that was read. Raises UsageError."""
    try:
        opened = pkcs12.load_pkcs12(data, passphrase.encode())
    except ValueError:
        # Not "from error": what the library says may quote what it was given.
        raise UsageError(message("key-not-opened")) from None
    if opened.key is None or opened.cert is None:
        raise UsageError(message("key-file-without-key"))
    private = opened.key.private_bytes(
        serialization.Encoding.DER,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
    der = serialization.Encoding.DER
    others = [
        _certificate(other.certificate.public_bytes(der)) for other in opened.additional_certs
    ]
    certificate = _certificate(opened.cert.certificate.public_bytes(der))
    known = SimpleCertificateStore.from_certs(  # type: ignore[no-untyped-call]
        [certificate, *others]
    )
    signer = SimpleSigner(
        signing_cert=certificate,
        signing_key=asn1_keys.PrivateKeyInfo.load(private),
        cert_registry=known,
        embed_roots=False,
    )
    return SigningKey(signer, certificate)


@contextmanager
def from_token(library: Path, token: str | None, label: str, pin: str) -> Iterator[SigningKey]:
    """The key that a PKCS#11 token keeps; it never leaves it.

    Raises MissingError, UsageError.
    """
    try:
        from pkcs11.exceptions import PKCS11Error
        from pyhanko.config.pkcs11 import TokenCriteria
        from pyhanko.sign import pkcs11 as tokens
    except ImportError as error:
        raise MissingError(message("token-library-missing")) from error
    refused = UsageError(message("token-key-unusable"))
    try:
        session = tokens.open_pkcs11_session(
            str(library),
            token_criteria=TokenCriteria(label=token) if token else None,
            user_pin=pin,
        )
    except PKCS11Error:
        raise refused from None
    except (OSError, RuntimeError):
        raise FileError(message("token-driver-not-loaded")) from None
    with session:
        try:
            signer = tokens.PKCS11Signer(
                session, cert_label=label, key_label=label, embed_roots=False
            )
            certificate = signer.signing_cert
            if certificate is None:
                raise refused
            yield SigningKey(signer, certificate)
        except (PKCS11Error, SigningError):
            raise refused from None


def refuse_unfit(certificate: x509.Certificate, moment: datetime) -> None:
    """Refuse a certificate that can't sign documents now. Raises UsageError."""
    if moment < certificate.not_valid_before:
        raise UsageError(
            message("certificate-not-valid-yet", day=shown(certificate.not_valid_before))
        )
    if moment > certificate.not_valid_after:
        raise UsageError(message("certificate-expired", day=shown(certificate.not_valid_after)))
    if not purpose.signs(certificate):
        raise UsageError(message("key-not-for-signing"))


def _certificate(data: bytes) -> x509.Certificate:
    return x509.Certificate.load(data)
