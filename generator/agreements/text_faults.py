"""Signs in a text file that can't stand there, and encodings that aren't UTF-8."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
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


def is_control(character: str) -> bool:
    """Control characters, odd line breaks, stray byte order marks and what is no character.

    A soft hyphen is one too: it would print a hyphen that the text doesn't have.
    """
    if character in "\n\t":
        return False
    return (
        unicodedata.category(character) in ("Cc", "Cs", "Zl", "Zp")
        or character in "\ufeff\u00ad"
        or ord(character) & 0xFFFE == 0xFFFE
    )


def control_character(sign: str, place: Location) -> Diagnostic:
    """What is said of a control character at a place."""
    return fault("control-character", place, number=f"U+{ord(sign):04X}")


def control_characters(path: Path, text: str) -> Iterator[Diagnostic]:
    """Where control characters stand in a text."""
    text = text.replace("\r\n", "\n")
    if not any(is_control(character) for character in set(text)):
        return
    found = 0
    for number, line in enumerate(text.split("\n"), start=1):
        for column, character in enumerate(line, start=1):
            if is_control(character) and found < MAX_FAULTS:
                found += 1
                yield control_character(character, Location(path, number, column))


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
