"""What a signature shows in its field, in the size that all signatures of a document have."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from ..errors import VerificationError
from ..messages import message
from ..writers.pdf.signature_appearance import Shown, appearance, reaches_the_date, size_for
from . import sealing
from .signers import SignableDocument, SigningPlace


def picture(
    data: bytes, signable: SignableDocument, place: SigningPlace, moment: datetime, face: str
) -> bytes:
    """The drawing of one signature, a page as PDF.

    The size is that at which the words of every place fit, whoever has signed, so that all who
    sign come to the same one. Raises VerificationError, RenderingError.
    """
    sizes = sealing.sizes(data)
    every = {one.field: _shown(sizes, signable, one, moment) for one in signable.places}
    return appearance(every[place.field], size_for(every.values(), face), face)


def _shown(
    sizes: Mapping[str, tuple[float, float]],
    signable: SignableDocument,
    place: SigningPlace,
    moment: datetime,
) -> Shown:
    if place.field not in sizes:
        raise VerificationError(
            message("no-such-signature-field", field=place.field), sealing.AGAIN
        )
    width, height = sizes[place.field]
    if not reaches_the_date(height) or not (date := signable.dated(moment)):
        return Shown(signable.shown(place, moment), width, height)
    return Shown(signable.shown(place, moment, dated=False), width, height, date)
