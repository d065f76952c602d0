"""Text from strangers, made fit to be printed: what moves a cursor or turns lines round is named.

Answers, workbooks, certificates, PDFs and names of files may hold signs that a terminal obeys. The
one place that prints shows such a sign by its name, ``[ESC]`` or ``[U+202E]``, and so does whatever
puts a stranger's text into a sentence.
"""

from __future__ import annotations

import re
import unicodedata

_C0 = """
NUL SOH STX ETX EOT ENQ ACK BEL BS TAB LF VT FF CR SO SI
DLE DC1 DC2 DC3 DC4 NAK SYN ETB CAN EM SUB ESC FS GS RS US
"""
_NAMES = dict(enumerate(_C0.split())) | {
    0x7F: "DEL",
    0x85: "NEL",
    0x90: "DCS",
    0x9B: "CSI",
    0x9C: "ST",
    0x9D: "OSC",
}
_OBEYED = (
    "\x00-\x08\x0b-\x1f\x7f-\x9f"  # control signs but tab and line end
    "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"  # what turns the direction of writing
    "\u2028\u2029\ufeff\u2060-\u2064\u206a-\u206f\ufff9-\ufffb\U000e0000-\U000e007f"  # unseen
)
_ANY = re.compile(f"[{_OBEYED}]")
_ANY_OR_END = re.compile(f"[{_OBEYED}\n]")

_NO_COLUMN = ("Mn", "Me", "Cf")
_WIDE = ("W", "F")


def visible(text: str, *, lines: bool = False) -> str:
    """The text with each sign that a terminal would obey as its name.

    A line end is one of them, unless the text may have several ``lines``.
    """
    return (_ANY if lines else _ANY_OR_END).sub(_named, text)


def _named(found: re.Match[str]) -> str:
    sign = ord(found[0])
    return f"[{_NAMES.get(sign, f'U+{sign:04X}')}]"


def in_json(text: str) -> str:
    """The same for JSON: such a sign as its escape, which reads back as the sign."""
    return _ANY.sub(_escaped, text)


def _escaped(found: re.Match[str]) -> str:
    units = found[0].encode("utf-16-be")
    return "".join(f"\\u{units[n] << 8 | units[n + 1]:04x}" for n in range(0, len(units), 2))


def plain(text: str) -> str:
    """Text that may be printed: it ends, and nothing in it moves the cursor or turns round."""
    return visible(text[:_MAX_TEXT].encode("utf-8", "replace").decode())


_MAX_TEXT = 1000


def width(text: str) -> int:
    """How many columns a terminal gives to a text."""
    return sum(map(_columns, text))


def _columns(sign: str) -> int:
    if unicodedata.category(sign) in _NO_COLUMN:
        return 0
    return 2 if unicodedata.east_asian_width(sign) in _WIDE else 1
