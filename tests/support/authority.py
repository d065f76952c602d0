"""A certificate authority of the tests, made anew in every run; nobody else trusts it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import pkcs12
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

Key = ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey
NOW = datetime.now(UTC).replace(microsecond=0)
YEAR = timedelta(days=365)
PASSPHRASE = "ทดสอบ-passphrase-7319"


@dataclass(frozen=True)
class Authority:
    """An authority: its certificate and key."""

    certificate: x509.Certificate
    key: ec.EllipticCurvePrivateKey

    @property
    def pem(self) -> bytes:
        return self.certificate.public_bytes(serialization.Encoding.PEM)

    def issue(
        self,
        name: str,
        *,
        start: datetime = NOW - YEAR,
        end: datetime = NOW + YEAR,
        stamps: bool = False,
        signs: bool = True,
        uses: Sequence[str] = (),
    ) -> tuple[x509.Certificate, ec.EllipticCurvePrivateKey]:
        """A certificate for a key of its own."""
        key = ec.generate_private_key(ec.SECP256R1())
        made = self.certify(name, key, start=start, end=end, stamps=stamps, signs=signs, uses=uses)
        return made, key

    def certify(
        self,
        name: str,
        key: Key,
        *,
        start: datetime = NOW - YEAR,
        end: datetime = NOW + YEAR,
        stamps: bool = False,
        signs: bool = True,
        uses: Sequence[str] = (),
    ) -> x509.Certificate:
        """A certificate for a key."""
        made = (
            _builder(name, self.certificate.subject, key, start, end)
            .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
            .add_extension(_usage(signs=signs), critical=True)
            .add_extension(
                x509.AuthorityKeyIdentifier.from_issuer_public_key(self.key.public_key()),
                critical=False,
            )
        )
        if stamps:
            purposes = x509.ExtendedKeyUsage([ExtendedKeyUsageOID.TIME_STAMPING])
            made = made.add_extension(purposes, critical=True)
        if uses:
            purposes = x509.ExtendedKeyUsage(list(map(x509.ObjectIdentifier, uses)))
            made = made.add_extension(purposes, critical=False)
        return made.sign(self.key, hashes.SHA256())

    def p12(self, name: str, passphrase: str = PASSPHRASE, **options: object) -> bytes:
        """The same as a PKCS#12 file, with the authority's own certificate."""
        return self.packed(*self.issue(name, **options), passphrase)  # type: ignore[arg-type]

    def packed(
        self,
        certificate: x509.Certificate,
        key: ec.EllipticCurvePrivateKey,
        passphrase: str = PASSPHRASE,
    ) -> bytes:
        """A key and its certificate as a PKCS#12 file, with the authority's own certificate."""
        return pkcs12.serialize_key_and_certificates(
            b"key",
            key,
            certificate,
            [self.certificate],
            serialization.BestAvailableEncryption(passphrase.encode()),
        )


def authority(
    name: str = "Test CA", above: Authority | None = None, uses: Sequence[str] = ()
) -> Authority:
    """A new authority: a root, or one below another that may be held to some uses."""
    key = ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    issuer = above.certificate.subject if above is not None else subject
    made = (
        _builder(name, issuer, key, NOW - 3 * YEAR, NOW + 3 * YEAR)
        .add_extension(x509.BasicConstraints(ca=True, path_length=1), critical=True)
        .add_extension(_usage(signs=False, ca=True), critical=True)
    )
    if above is not None:
        made = made.add_extension(
            x509.AuthorityKeyIdentifier.from_issuer_public_key(above.key.public_key()),
            critical=False,
        )
    if uses:
        purposes = x509.ExtendedKeyUsage(list(map(x509.ObjectIdentifier, uses)))
        made = made.add_extension(purposes, critical=False)
    return Authority(made.sign(above.key if above is not None else key, hashes.SHA256()), key)


@cache
def ours() -> Authority:
    """The authority that a test process trusts."""
    return authority()


def _builder(
    name: str,
    issuer: x509.Name,
    key: Key,
    start: datetime,
    end: datetime,
) -> x509.CertificateBuilder:
    subject = x509.Name(
        [
            x509.NameAttribute(NameOID.COUNTRY_NAME, "TH"),
            x509.NameAttribute(NameOID.COMMON_NAME, name),
        ]
        if name != issuer.rfc4514_string().removeprefix("CN=")
        else [x509.NameAttribute(NameOID.COMMON_NAME, name)]
    )
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(start)
        .not_valid_after(end)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
    )


def _usage(*, signs: bool, ca: bool = False) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=signs,
        content_commitment=signs,
        key_encipherment=not signs and not ca,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=ca,
        crl_sign=ca,
        encipher_only=False,
        decipher_only=False,
    )
