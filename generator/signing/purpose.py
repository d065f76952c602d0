"""What a certificate's key may be used for (RFC 5280, 4.2.1.3 and 4.2.1.12)."""

from __future__ import annotations

from asn1crypto import x509

_USES = {"digital_signature", "non_repudiation"}
"""The key usages of which one is needed to sign documents."""

_SIGNS = {
    "2.5.29.37.0",  # anyExtendedKeyUsage
    "1.3.6.1.5.5.7.3.36",  # documentSigning (RFC 9336)
    "1.3.6.1.5.5.7.3.4",  # emailProtection: what persons were given before RFC 9336
    "1.2.840.113583.1.1.5",  # Adobe's authentic documents
    "1.3.6.1.4.1.311.10.3.12",  # Microsoft's document signing
}
"""The extended key usages of which one is enough to sign documents."""


def signs(certificate: x509.Certificate) -> bool:
    """Whether a certificate's key is for signing documents.

    An extension that isn't there forbids nothing; one that is there names all that is allowed,
    critical or not.
    """
    usage = certificate.key_usage_value
    return (usage is None or bool(usage.native & _USES)) and passes_on(certificate)


def passes_on(certificate: x509.Certificate) -> bool:
    """Whether an authority's certificate lets those that it gives out sign documents."""
    purposes = certificate.extended_key_usage_value
    return purposes is None or any(purpose.dotted in _SIGNS for purpose in purposes)
