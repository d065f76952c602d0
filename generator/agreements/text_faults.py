"""Signs in a text file that can't stand there, and encodings that aren't UTF-8."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from pathlib import Path

from .. import thai
from ..diagnostics import Diagnostic, Location, Severity

MAX_FAULTS = 50


def private_letters(text: str, place: Location) -> Diagnostic:
    """What is said of a text with letters of old Thai faces, as PDFs made with them give back."""
    sign = next(sign for sign in text if ord(sign) in thai.PRIVATE)
    return Diagnostic(
        f"U+{ord(sign):04X}, a letter of an old Thai face, is read as {thai.PRIVATE[ord(sign)]}",
        place,
        "it comes of copying from an old PDF; look whether the words are right, or type them again",
        Severity.WARNING,
    )


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
                yield Diagnostic(
                    f"the control character U+{ord(character):04X} in text",
                    Location(path, number, column),
                    "remove it",
                )


_WINDOWS_874 = {0x80, 0x85, *range(0x91, 0x98), *range(0xA0, 0xDB), *range(0xDF, 0xFC)}


def likely_encoding(data: bytes) -> str:
    """What a file that isn't UTF-8 looks like, for a hint."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return " (it looks like UTF-16)"
    high = {byte for byte in data if byte >= 0x80}
    return " (it looks like Windows-874 or TIS-620)" if high <= _WINDOWS_874 else ""


def cut(text: str) -> str:
    """A text as messages quote it: its beginning, where it is long."""
    text = text.strip()
    return f"'{text if len(text) <= 40 else text[:40] + '…'}'"
