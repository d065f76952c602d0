"""Which sign of a text isn't what it seems to be, where it stands, and what to do about it.

``thai.folded`` reads most of them as what is meant; where a text still isn't found or understood,
whoever reads of it can't see why. ``diagnostics`` names the sign beside every such text.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from dataclasses import dataclass

from .messages import Message, message
from .thai import AM, FULL_WIDTH, MARKS, PRIVATE, in_order, is_unseen

_ORDINALS = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth")

_NAMES = {
    "\u00a0": message("no-break-space"),
    "\u00ad": message("soft-hyphen"),
    "\u200b": message("zero-width-space"),
    "\u200c": message("zero-width-non-joiner"),
    "\u200d": message("zero-width-joiner"),
    "\u200e": message("left-to-right-mark"),
    "\u200f": message("right-to-left-mark"),
    "\u202f": message("narrow-no-break-space"),
    "\u2060": message("word-joiner"),
    "\u3000": message("ideographic-space"),
    "\ufeff": message("byte-order-mark"),
}
"""Signs that nobody sees, by what they are called; others have only their English names."""

_DASHES = "\u2010\u2011\u2012\u2013\u2212"
_HYPHENED = re.compile(f"\\A[{_DASHES}][0-9๐-๙]|[^\\W0-9๐-๙_][{_DASHES}][^\\W0-9๐-๙_]")
_AS_DIGITS = {**dict.fromkeys("OoОоΟο", "0"), **dict.fromkeys("lI|", "1")}
_NUMBER = re.compile("[0-9๐-๙OoОоΟοlI|.,]+")
_WORD = re.compile(r"[^\W\d_]+")
_MARKED = re.compile("[\u0e31\u0e34-\u0e3a\u0e47-\u0e4e]")
_SCRIPTS = {
    "THAI": message("thai-letters"),
    "LATIN": message("latin-letters"),
    "CYRILLIC": message("cyrillic-letters"),
    "GREEK": message("greek-letters"),
    "LAO": message("lao-letters"),
}
_STRANGERS = 2
"""So many letters of another script in a word are a slip; more are a word beside it."""


@dataclass(frozen=True, slots=True)
class OddSign:
    """A sign of a text that isn't what it seems to be, with its place."""

    said: Message
    """``U+200B (ZERO WIDTH SPACE) after the third letter``."""
    sign: Message

    @property
    def remedy(self) -> str:
        """What to do about it, in words."""
        return self.sign.remedy


def misread(text: str) -> OddSign | None:
    """The first sign of a text by which it isn't what its reader takes it for; or nothing.

    Beside those of ``oddity`` these are letters of one script among another's, letters among
    digits, and dashes that look like hyphens, where the text is one word: a name, a key, a number.
    """
    places = [found for found in (_first_oddity(text), _first_look_alike(text)) if found]
    return _told(text, *min(places, key=lambda found: found[0])) if places else None


def oddity(text: str) -> Message | None:
    """The first sign of a text that its reader can't see is odd, and its place; or nothing.

    ``U+200B (ZERO WIDTH SPACE) after the third letter``. Signs over and below don't count as
    letters, nor does white space.
    """
    found = _first_oddity(text)
    return _told(text, *found).said if found else None


def _first_oddity(text: str) -> tuple[int, Message] | None:
    for place, sign in enumerate(text):
        if said := _odd(text, place, sign):
            return place, said
    return None


def _told(text: str, place: int, sign: Message) -> OddSign:
    letters = sum(not _is_no_letter(before) for before in text[:place])
    if not letters:
        return OddSign(message("odd-before-the-first-letter", sign=sign), sign)
    where = message("odd-after-a-letter", sign=sign, count=letters, ordinal=_ordinal(letters))
    return OddSign(where, sign)


def _odd(text: str, place: int, sign: str) -> Message | None:
    """What is odd about a sign, or nothing."""
    number = f"U+{ord(sign):04X}"
    if is_unseen(sign):
        return message("unseen-sign", number=number, name=_name(sign))
    if sign.isspace() and sign not in " \n\t":
        return message("other-white-space", number=number, name=_name(sign))
    if ord(sign) in PRIVATE:
        return message("sign-of-an-old-face", number=number, letter=PRIVATE[ord(sign)])
    if unicodedata.category(sign) in ("Co", "Cn"):
        return message("sign-of-no-letter", number=number)
    if sign == "\u0e4d" and AM.match(text, place):
        return message("two-signs-for-am")
    if sign == "\u0e40" and text.startswith("\u0e40", place + 1):
        return message("two-signs-for-ae")
    if sign == "\u0e45" and text[place - 1 : place] not in ("ฤ", "ฦ"):
        return message("long-sign-for-aa")
    if ord(sign) in FULL_WIDTH:
        return message("full-width-sign", number=number, letter=chr(FULL_WIDTH[ord(sign)]))
    found = MARKS.match(text, place)
    if found is not None and in_order(found[0]) != found[0]:
        return message("marks-out-of-order", numbers=" ".join(f"U+{ord(m):04X}" for m in found[0]))
    if (found := AM.match(text, place)) is not None and sign == "\u0e33":
        return message("tone-behind-am", number=f"U+{ord(found[2][0]):04X}")
    return None


def _first_look_alike(text: str) -> tuple[int, Message] | None:
    """The first sign of one word that looks like another one, with its place; or nothing."""
    if not text or any(sign.isspace() for sign in text):
        return None
    if _NUMBER.fullmatch(text) and any(sign.isdigit() for sign in text):
        for place, sign in enumerate(text):
            if sign in _AS_DIGITS:
                return place, _as(sign, _AS_DIGITS[sign])
    if (found := _HYPHENED.search(text)) is not None:
        place = next(n for n in range(found.start(), found.end()) if text[n] in _DASHES)
        return place, _as(text[place], "-")
    # Marks stand over letters and in no word of their own: they are passed over for the words.
    for word in _WORD.finditer(_MARKED.sub("\u0e01", text)):
        scripts = [_script(sign) for sign in word[0]]
        (main, _), *others = Counter(scripts).most_common()
        if others and sum(count for _, count in others) <= _STRANGERS:
            place = next(n for n, script in enumerate(scripts) if script != main)
            return word.start() + place, _among(text[word.start() + place], main)
    return None


def _as(sign: str, meant: str) -> Message:
    return message("looks-like", number=f"U+{ord(sign):04X}", sign=sign, meant=meant)


def _among(sign: str, main: str) -> Message:
    number, script = f"U+{ord(sign):04X}", _SCRIPTS.get(_script(sign), message("other-letters"))
    others = _SCRIPTS.get(main, message("other-letters"))
    return message("letter-among-others", number=number, sign=sign, script=script, others=others)


def _script(sign: str) -> str:
    return unicodedata.name(sign, "?").split()[0]


def _name(sign: str) -> Message | str:
    return _NAMES.get(sign) or unicodedata.name(sign, "") or message("sign-without-a-name")


def _is_no_letter(sign: str) -> bool:
    return sign.isspace() or unicodedata.category(sign) in ("Mn", "Cf")


def _ordinal(number: int) -> str:
    """How English counts, for sentences that are in English."""
    if number <= len(_ORDINALS):
        return _ORDINALS[number - 1]
    suffix = {1: "st", 2: "nd", 3: "rd"}.get(number % 10 if number % 100 not in (11, 12, 13) else 0)
    return f"{number}{suffix or 'th'}"
