"""Signs in a text file that can't stand there, and encodings that aren't UTF-8."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

from .. import thai
from ..diagnostics import Diagnostic, Location, fault, warning
from ..messages import Message, message

MAX_FAULTS = 50


def private_letters(text: str, place: Location) -> Diagnostic:
    """What is said of a text with letters of old Thai faces, as PDFs made with them give back."""
    sign = next(sign for sign in text if ord(sign) in thai.PRIVATE)
    number, letter = f"U+{ord(sign):04X}", thai.PRIVATE[ord(sign)]
    return warning("letter-of-old-face", place, number=number, letter=letter)


_CONTROL = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\xad\u2028\u2029\ud800-\udfff\ufeff"
    + "".join(chr(plane << 16 | last) for plane in range(17) for last in (0xFFFE, 0xFFFF))
    + "]"
)
"""Control characters, odd line breaks, stray byte order marks and what is no character.

A soft hyphen is one too: it would print a hyphen that the text doesn't have.
"""


def controls(text: str) -> list[str]:
    """The control characters of a text, as they stand."""
    return _CONTROL.findall(text)


def without_controls(text: str) -> str:
    """The text with a sign for what can't be read in each control character's place."""
    return _CONTROL.sub("\ufffd", text)


def control_character(sign: str, place: Location) -> Diagnostic:
    """What is said of a control character at a place."""
    return fault("control-character", place, number=f"U+{ord(sign):04X}")


def control_characters(path: Path, text: str) -> Iterator[Diagnostic]:
    """Where control characters stand in a text."""
    found = (
        control_character(sign[0], Location(path, number, sign.start() + 1))
        for number, line in enumerate(text.replace("\r\n", "\n").split("\n"), start=1)
        for sign in _CONTROL.finditer(line)
    )
    return islice(found, MAX_FAULTS)


_WINDOWS_874 = {0x80, 0x85, *range(0x91, 0x98), *range(0xA0, 0xDB), *range(0xDF, 0xFC)}


def likely_encoding(data: bytes) -> Message | str:
    """The remedy for a file that isn't UTF-8, where it looks like a known encoding."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return message("save-as-utf-8-from-utf-16")
    high = {byte for byte in data if byte >= 0x80}
    return message("save-as-utf-8-from-windows-874") if high <= _WINDOWS_874 else ""


def cut(text: str) -> str:
    """A text as messages quote it: its beginning, where it is long."""
    text = text.strip()
    return f"'{text if len(text) <= 40 else text[:40] + '…'}'"
