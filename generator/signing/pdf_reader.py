"""Opening a PDF with pyHanko, whose own reader looks through an object stream for each object.

An agreement holds some thousand objects in one stream: there, comparing two of its states took
half a minute. The stream's list is read once here, and held to as strictly.
"""

from __future__ import annotations

import io
from itertools import pairwise
from typing import Any

import pyhanko.version
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.decode_limits import DecodePurpose
from pyhanko.pdf_utils.misc import PdfStrictReadError
from pyhanko.pdf_utils.reader import PdfFileReader

from ..errors import MissingError
from ..messages import message

TESTED = ("0.38.0",)
"""The versions of pyHanko this was tested with."""

_MOST = 200_000
"""How many objects a stream may hold."""


class StrictPdfReader(PdfFileReader):
    """A PDF that was made elsewhere: strict, nothing is repaired."""

    def __init__(self, data: bytes) -> None:
        if pyhanko.version.__version__ not in TESTED:
            raise MissingError(
                message(
                    "signing-library-untested",
                    version=pyhanko.version.__version__,
                    tested=TESTED[-1],
                )
            )
        self._lists: dict[int, tuple[bytes, int, list[tuple[int, int]]]] = {}
        super().__init__(io.BytesIO(data), strict=True)

    def _get_object_from_stream(self, idnum: int, stmnum: int, idx: int) -> Any:
        """An object of an object stream (PDF 1.7, 7.5.7). Raises PdfStrictReadError."""
        if stmnum not in self._lists:
            self._lists[stmnum] = self._list(stmnum)
        data, first, listed = self._lists[stmnum]
        if not 0 <= idx < len(listed) or listed[idx][0] != idnum:
            raise PdfStrictReadError("an object is not where the file says")
        stream = io.BytesIO(data)
        stream.seek(first + listed[idx][1])
        found = generic.read_object(stream, generic.Reference(idnum, 0, self))
        if isinstance(found, generic.StreamObject | generic.IndirectObject):
            raise PdfStrictReadError("an object stream holds what it must not")
        return found

    def _list(self, number: int) -> tuple[bytes, int, list[tuple[int, int]]]:
        """An object stream's bytes, where its objects begin, and their numbers and places."""
        stream: Any = generic.Reference(number, 0, self).get_object()
        if not isinstance(stream, generic.StreamObject) or stream["/Type"] != "/ObjStm":
            raise PdfStrictReadError("an object stream is none")
        count, first = int(stream["/N"]), int(stream["/First"])
        data = stream.read_data(DecodePurpose.OBJECT_STREAM)
        words = data[:first].split()
        if not 0 <= count <= _MOST or len(words) != 2 * count:
            raise PdfStrictReadError("the list of an object stream is damaged")
        listed = [(int(words[at]), int(words[at + 1])) for at in range(0, len(words), 2)]
        if any(after <= before for (_, before), (_, after) in pairwise(listed)):
            raise PdfStrictReadError("the objects of a stream are out of order")
        return data, first, listed
