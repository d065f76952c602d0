"""Adding a signature to a PDF, as an update that leaves every earlier byte as it was."""

from __future__ import annotations

import io
import urllib.error
import urllib.request
import uuid
from typing import Any

from asn1crypto import tsp
from pyhanko.pdf_utils.content import PdfContent
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.layout import (
    AxisAlignment,
    BoxConstraints,
    InnerScaling,
    Margins,
    SimpleBoxLayoutRule,
)
from pyhanko.pdf_utils.misc import PdfError
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.fields import SigSeedSubFilter
from pyhanko.sign.general import SigningError
from pyhanko.sign.signers import PdfSignatureMetadata, PdfSigner
from pyhanko.sign.timestamps import TimeStamper, TimestampRequestError
from pyhanko.stamp import StaticStampStyle

from ..errors import FileError, UsageError, VerificationError
from ..messages import message
from .keys import SigningKey
from .pdf_reader import StrictPdfReader

_DIGEST = "sha256"
_SECONDS = 30
_ANSWER = 1 << 20
_WHOLE = SimpleBoxLayoutRule(
    x_align=AxisAlignment.ALIGN_MIN,
    y_align=AxisAlignment.ALIGN_MIN,
    margins=Margins(0, 0, 0, 0),
    inner_content_scaling=InnerScaling.NO_SCALING,
)


AGAIN = message("make-and-sign-again")
"""What to do about a document that can't be signed as it is."""


def sizes(data: bytes) -> dict[str, tuple[float, float]]:
    """The width and height of each signature field, in points. Raises VerificationError."""
    found = {}
    for name, widget in _fields(data):
        left, bottom, right, top = (float(edge) for edge in widget["/Rect"])
        found[name] = right - left, top - bottom
    return found


def signed_fields(data: bytes) -> frozenset[str]:
    """The fields that hold a signature, good or not. Raises VerificationError."""
    return frozenset(name for name, widget in _fields(data) if "/V" in widget)


def _fields(data: bytes) -> list[tuple[str, Any]]:
    """The form's fields by name. Raises VerificationError."""
    try:
        form: Any = StrictPdfReader(data).root["/AcroForm"]
        widgets = [item.get_object() for item in form["/Fields"]]
        return [(str(widget["/T"]), widget) for widget in widgets]
    except (PdfError, KeyError, ValueError, TypeError, AttributeError) as error:
        raise VerificationError(message("signature-fields-unreadable"), AGAIN) from error


def sign(
    data: bytes, field: str, key: SigningKey, picture: bytes, timestamp: str | None = None
) -> bytes:
    """The PDF with a signature in an empty field that shows ``picture``, a page as PDF.

    ``timestamp`` is the address of an authority for time stamps (RFC 3161).
    Raises UsageError, VerificationError, FileError.
    """
    if timestamp is not None and not timestamp.startswith(("http://", "https://")):
        raise UsageError(message("time-stamp-address-wrong"))
    signer = PdfSigner(
        PdfSignatureMetadata(
            field_name=field, md_algorithm=_DIGEST, subfilter=SigSeedSubFilter.PADES
        ),
        key.signer,
        timestamper=_Authority(timestamp) if timestamp else None,
        stamp_style=StaticStampStyle(
            background=_Page(picture),
            background_opacity=1.0,
            border_width=0,
            background_layout=_WHOLE,
        ),
    )
    target = io.BytesIO()
    try:
        signer.sign_pdf(
            _Writer.from_reader(StrictPdfReader(data)), existing_fields_only=True, output=target
        )
    except TimestampRequestError as error:
        raise FileError(message("time-stamp-authority-silent")) from error
    except (PdfError, SigningError) as error:
        raise VerificationError(message("not-signed-in-field", field=field), AGAIN) from error
    signed = target.getvalue()
    if not signed.startswith(data):
        raise VerificationError(message("signing-changed-earlier-bytes"), AGAIN)
    return signed


class _Writer(IncrementalPdfFileWriter):
    """Leaves the metadata as they were: signing is no change of the document."""

    def _update_meta(self) -> None:
        pass


class _Page(PdfContent):
    """A page of a PDF as a drawing; pyHanko's own reads it from a file."""

    def __init__(self, data: bytes) -> None:
        super().__init__()
        self._data = data

    def render(self) -> bytes:
        """The operator that draws the page."""
        writer = self.writer
        assert writer is not None
        page: Any = writer.import_page_as_xobject(PdfFileReader(io.BytesIO(self._data)))
        name = f"/Page{uuid.uuid4().hex}"
        self.resources.xobject[name] = page
        left, bottom, right, top = (float(edge) for edge in page.get_object()["/BBox"])
        self.box = BoxConstraints(width=right - left, height=top - bottom)
        return f"{name} Do".encode()


class _Authority(TimeStamper):
    """Asks an authority for time stamps, by HTTP."""

    def __init__(self, url: str) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self._url = url

    async def async_request_tsa_response(self, req: tsp.TimeStampReq) -> tsp.TimeStampResp:
        """The authority's answer. Raises TimestampRequestError."""
        try:
            request = urllib.request.Request(
                self._url, req.dump(), {"Content-Type": "application/timestamp-query"}
            )
            with urllib.request.urlopen(request, timeout=_SECONDS) as answer:
                return tsp.TimeStampResp.load(answer.read(_ANSWER))
        except (OSError, ValueError, urllib.error.URLError) as error:
            raise TimestampRequestError("no answer") from error
