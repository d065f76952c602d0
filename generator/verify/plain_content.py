"""A content stream that is written as gen writes one, read by its lines.

It comes to the instructions that the library finds in it, as far as they draw text or say what it
is, in a fraction of the time. A stream with anything else in it is left to the library.
"""

from __future__ import annotations

import re
from typing import NamedTuple

_NUMBER = rb"-?\d{1,9}(?:\.\d{0,20})?"
_NAME = rb"/[A-Za-z][A-Za-z0-9.]{0,99}"
_LINES = re.compile(
    # Lines and areas, and where text stands: none of it says what is drawn as text.
    rb"(?:(?:"
    + _NUMBER
    + rb" ){1,6}(?:re|cm|rg|RG|Tm|m|l|c|w|g|G|j|J|M|Ts)\n|(?:W\*?|n|f\*?|B\*?|S|s|h|BT|ET)\n"
    rb"|\[[\d. ]{0,99}\] " + _NUMBER + rb" d\n)+"
    rb"|(?P<plain>q|Q|EMC)(?:\n|\Z)"
    rb"|(?P<shown>\[(?:<(?:[0-9a-f]{2})*>|" + _NUMBER + rb")+\]) TJ\n"
    rb"|(?P<font>" + _NAME + rb") " + _NUMBER + rb" Tf\n"
    rb"|(?P<state>" + _NAME + rb") gs\n"
    rb"|(?P<drawing>" + _NAME + rb") Do\n"
    rb"|(?P<tag>"
    + _NAME
    + rb")\n(?:BMC\n|<<(?:/MCID (?P<number>\d{1,9})|/ActualText (?:<feff(?P<text>(?:[0-9a-f]{4})*)>"
    rb"|\((?P<ascii>(?:[ -'*-\[\]-~]|\\[()\\])*)\)))>>\nBDC\n)"
)
_ESCAPED = re.compile(rb"\\([()\\])")
_CODES = re.compile(rb"<([0-9a-f]*)>")
_OPERATORS = {"state": "gs", "drawing": "Do", "font": "Tf"}


class DrawnInstruction(NamedTuple):
    """An instruction: ``name`` is that of a font, state, drawing or tag, ``codes`` what is drawn.

    ``number`` and ``claimed`` are what a marked content says of itself, where it does; ``hidden``
    whether what follows isn't seen.
    """

    operator: str
    name: str = ""
    codes: bytes = b""
    number: int | None = None
    claimed: str | None = None
    hidden: bool = False


_PLAIN = {name: DrawnInstruction(name) for name in ("q", "Q", "EMC")}


def instructions(content: bytes) -> list[DrawnInstruction] | None:
    """The instructions of a stream; None where it is written in another way."""
    found: list[DrawnInstruction] = []
    place = 0
    try:
        for line in _LINES.finditer(content):
            if line.start() != place:
                return None
            place = line.end()
            kind = line.lastgroup
            if kind is None:
                continue
            if kind == "plain":
                found.append(_PLAIN[line["plain"].decode()])
            elif kind == "shown":
                codes = bytes.fromhex(b"".join(_CODES.findall(line["shown"])).decode())
                found.append(DrawnInstruction("TJ", codes=codes))
            elif kind in _OPERATORS:
                found.append(DrawnInstruction(_OPERATORS[kind], line[kind].decode()))
            else:
                found.append(_opened(line))
    except ValueError:  # half of a sign
        return None
    return found if place == len(content) else None


def _opened(line: re.Match[bytes]) -> DrawnInstruction:
    """A marked content that begins."""
    tag, number, text, plain = (line[name] for name in ("tag", "number", "text", "ascii"))
    operator = "BMC" if number is None and text is None and plain is None else "BDC"
    claimed = None
    if text is not None:
        claimed = bytes.fromhex(text.decode()).decode("utf-16-be")
    elif plain is not None:
        claimed = _ESCAPED.sub(rb"\1", plain).decode()
    return DrawnInstruction(
        operator, tag.decode(), b"", int(number) if number is not None else None, claimed
    )
