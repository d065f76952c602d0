"""What is wrong with a text that is no YAML, in the officer's words, and where.

The parser says where it noticed; a colon that is missing in one line it notices in the next.
Here the place is where the mistake is. None of the parser's own words reach the user: each of its
complaints (libyaml's and PyYAML's, which differ) leads to one of the sentences below.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from ..messages import Message, message

_MAX_SHOWN = 40


@dataclass(frozen=True, slots=True)
class Mistake:
    """What is wrong, where (an offset in the text, in characters), and what to do about it."""

    said: Message
    index: int


@dataclass(frozen=True, slots=True)
class Scalar:
    """The last value before the mistake: its extent in the text."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Complaint:
    """What a parser says, ``context | problem``; where it noticed, and where the part began."""

    said: str
    noticed: int | None
    begun: int | None


def explain(complaint: Complaint, text: str, last: Scalar | None) -> Mistake:
    """The mistake behind a parser's complaint; ``last`` is the value that it read last."""
    noticed, begun = (
        None if place is None else min(place, len(text))
        for place in (complaint.noticed, complaint.begun)
    )
    page = _Page(text, begun if noticed is None else noticed, begun, last)
    for words, sentence in _SENTENCES:
        if re.search(words, complaint.said.lower()):
            return sentence(page)
    return _unknown(page)


class _Page:
    """The text around a mistake. ``at`` is where it was noticed, ``begun`` where the part began."""

    def __init__(self, text: str, at: int | None, begun: int | None, last: Scalar | None) -> None:
        self.text = text
        self.at = len(text) if at is None else at
        self.begun = self.at if begun is None else begun
        self.last = last

    @property
    def sign(self) -> str:
        """The sign where it was noticed; empty at the end."""
        return self.text[self.at : self.at + 1]

    def start_of_line(self, index: int) -> int:
        return self.text.rfind("\n", 0, index) + 1

    def line(self, index: int) -> str:
        """The line around an index, without its end."""
        end = self.text.find("\n", index)
        return self.text[self.start_of_line(index) : len(self.text) if end < 0 else end].rstrip()

    def before(self, index: int) -> str:
        """What stands in the line before an index."""
        return self.text[self.start_of_line(index) : index]

    def number(self, index: int) -> int:
        return self.text.count("\n", 0, index) + 1

    def first_in(self, start: int) -> int:
        """Where a line that starts at ``start`` has its first sign behind blanks and ``- ``."""
        match = _LEAD.match(self.text, start)
        return match.end() if match is not None else start

    def lines_above(self, index: int) -> list[int]:
        """The starts of the lines above an index that hold something, the nearest first."""
        found: list[int] = []
        start = self.start_of_line(index)
        while start > 0 and len(found) < _MAX_LOOK:
            start = self.start_of_line(start - 1)
            if (bare := self.line(start).strip()) and not bare.startswith("#"):
                found.append(start)
        return found


_LEAD = re.compile(r"[ ]*(?:-[ ]+)*")
_MAX_LOOK = 200
"""So many lines above a mistake are looked at."""


def _key_in(page: _Page, start: int) -> tuple[str, str] | None:
    """The key and the value that a line holds, or None where it holds no key."""
    line = _without_note(page.line(start)[page.first_in(start) - start :])
    key, colon, value = _at_colon(line)
    return (key.strip(), value.strip()) if colon else None


def _without_note(line: str) -> str:
    """A line without the comment at its end, where no quote stands before it."""
    place = line.find(" #")
    return (
        line if place < 0 or '"' in line[:place] or "'" in line[:place] else line[:place].rstrip()
    )


def _at_colon(line: str) -> tuple[str, str, str]:
    """A line divided at its first colon that a blank or the end follows."""
    place = (line + " ").find(": ")
    return (line, "", "") if place < 0 else (line[:place], ":", line[place + 1 :])


def _shown(text: str) -> str:
    text = " ".join(text.split())
    return f"'{text if len(text) <= _MAX_SHOWN else text[:_MAX_SHOWN] + '…'}'"


def _no_colon(page: _Page, start: int) -> Mistake:
    """A line in which the colon between key and value is missing, or the blank behind it."""
    index = page.first_in(start)
    words = _without_note(page.line(start)[index - start :])
    key, colon, value = words.partition(":")
    if colon and value and key and " " not in key:
        return Mistake(
            message(
                "no-space-behind-colon",
                line=_shown(words),
                key=key,
                value=value[:_MAX_SHOWN],
            ),
            index + len(key),
        )
    return Mistake(message("no-colon-behind-key", line=_shown(words)), index)


def _simple_key(page: _Page) -> Mistake:
    start = page.start_of_line(page.begun)
    if page.text[page.begun : page.begun + 1] in "\"'" and page.number(page.at) > page.number(
        page.begun
    ):
        said = message("alone-where-a-key-belongs", line=_shown(page.line(page.begun)))
        return Mistake(said, page.begun)
    return _no_colon(page, start)


def _second_colon(page: _Page) -> Mistake:
    start = page.start_of_line(page.at)
    first = page.first_in(start)
    own = page.text[first : page.at]
    if ": " in own or own.count("{") + own.count("["):
        whole = page.line(page.at)[first - start :]
        return Mistake(message("second-colon", line=_shown(whole)), page.at)
    indent = first - start
    between: list[int] = []
    for above in page.lines_above(page.at):
        keyed = _key_in(page, above)
        if keyed is not None:
            key, value = keyed
            if value and page.first_in(above) - above < indent and not between:
                return _too_deep(page, first, key, page.first_in(above) - above)
            if (
                value
                and all(page.first_in(one) - one > page.first_in(above) - above for one in between)
                and between
            ):
                return _too_deep(page, first, key, page.first_in(above) - above)
            break
        between.append(above)
        if page.line(above).lstrip().startswith("- "):
            break
    return _no_colon(page, between[-1] if between else start)


def _too_deep(page: _Page, index: int, key: str, column: int) -> Mistake:
    return Mistake(message("below-a-value", key=_shown(key), column=str(column + 1)), index)


def _block(page: _Page) -> Mistake:
    """Something among keys, or items, that is neither."""
    if page.before(page.at).strip(" -"):
        return _after_end(page)
    if page.last is not None and page.number(page.last.start) < page.number(page.last.end):
        opening = page.text[page.last.start : page.last.start + 1]
        if opening in "\"'":
            return _open_quote(page, page.last.start)
    if page.sign == "-":
        return Mistake(message("list-item-among-keys"), page.at)
    for above in page.lines_above(page.at)[:1]:
        is_level = page.first_in(above) - above == len(page.before(page.at))
        if is_level and _key_in(page, above) is None:
            return _no_colon(page, above)
        cut = _comment_in(page, page.first_in(above), above + len(page.line(above)))
        if cut is not None and not _at_colon(page.line(page.at))[1]:
            return cut
    return Mistake(message("begins-at-odd-column", line=_shown(page.line(page.at))), page.at)


def _item(page: _Page) -> Mistake:
    if page.before(page.at).strip(" -"):
        return _after_end(page)
    return Mistake(message("no-list-item", line=_shown(page.line(page.at))), page.at)


def _after_end(page: _Page) -> Mistake:
    """Text behind a closing quote or bracket."""
    if page.last is not None:
        opening = page.text[page.last.start : page.last.start + 1]
        spans = page.number(page.last.start) < page.number(page.last.end)
        if opening and opening in "\"'" and spans:
            return _open_quote(page, page.last.start)
    closed = page.before(page.at).rstrip()[-1:]
    rest = page.line(page.at)[page.at - page.start_of_line(page.at) :]
    if closed and closed in "\"']}":
        said = message("text-behind-closing-sign", sign=closed, text=_shown(rest))
        return Mistake(said, page.at)
    return Mistake(message("nothing-can-stand-here", text=_shown(rest)), page.at)


def _open_quote(page: _Page, index: int | None = None) -> Mistake:
    place = page.begun if index is None else index
    sign = page.text[place : place + 1]
    if not sign or sign not in "\"'":
        return Mistake(message("quote-not-closed"), place)
    return Mistake(message("quoted-text-not-closed", sign=sign), place)


def _bracket(page: _Page) -> Mistake:
    opening = page.text[page.begun : page.begun + 1]
    closing = {"[": "]", "{": "}"}.get(opening, "]")
    if page.number(page.begun) != page.number(page.at) or not page.sign:
        end = page.start_of_line(page.begun) + len(page.line(page.begun))
        if (cut := _comment_in(page, page.begun, end)) is not None:
            return cut
        return Mistake(message("bracket-not-closed", sign=opening, closing=closing), page.begun)
    rest = page.text[page.at : page.at + _MAX_SHOWN].split("\n")[0]
    return Mistake(message("comma-lacking", closing=closing, text=_shown(rest)), page.at)


def _no_start(page: _Page) -> Mistake:
    """A sign with which no value can begin."""
    if page.sign == "\t" or "\t" in page.before(page.at):
        return _tab(page)
    index = page.at
    if page.before(index)[-1:] in ("*", "&", "!"):
        index -= 1
    sign = page.text[index : index + 1]
    if not sign.strip():
        return Mistake(message("value-lacking"), index)
    return Mistake(message("value-begins-with-sign", sign=sign), index)


def _marked(page: _Page) -> Mistake:
    """A text that begins with the sign of an anchor, an alias or a tag."""
    place = page.begun
    sign = page.text[place : place + 1]
    return Mistake(message("value-begins-with-sign", sign=sign), place)


def _tab(page: _Page) -> Mistake:
    index = page.at
    if page.sign != "\t":
        index = max(page.text.rfind("\t", page.start_of_line(index), index), 0)
    return Mistake(message("tab"), index)


def _list_on_line(page: _Page) -> Mistake:
    return Mistake(message("list-on-line-of-key"), page.at)


def _question(page: _Page) -> Mistake:
    return Mistake(message("value-begins-with-sign", sign="'? '"), page.at)


def _escape(page: _Page) -> Mistake:
    index = page.text.rfind("\\", 0, page.at + 1)
    index = page.at if index < 0 else index
    return Mistake(message("unknown-escape", sign=_shown(page.text[index : index + 2])), index)


def _behind_bar(page: _Page) -> Mistake:
    sign = page.text[page.begun : page.begun + 1]
    return Mistake(message("text-behind-bar", sign=sign), page.at)


def _percent(page: _Page) -> Mistake:
    start = page.start_of_line(page.begun)
    return Mistake(message("line-begins-with-percent"), start)


def _further_left(page: _Page) -> Mistake:
    for above in page.lines_above(page.at)[:1]:
        if not page.before(page.at) and _key_in(page, above) is None and page.line(above) != "...":
            return _no_colon(page, above)
    if page.before(page.at).strip():
        return _after_end(page)
    return Mistake(message("further-left", line=_shown(page.line(page.at))), page.at)


def _unknown(page: _Page) -> Mistake:
    rest = page.text[page.at : page.at + _MAX_SHOWN].split("\n")[0]
    if not rest.strip():
        return Mistake(message("not-understood-to-the-end"), page.at)
    return Mistake(message("not-understood-from", text=_shown(rest)), page.at)


def _comment_in(page: _Page, start: int, end: int) -> Mistake | None:
    """The ' #' that cut a plain text off between two places of one line."""
    place = page.text.find(" #", start, end)
    cut = page.text[start:place].rstrip() if place >= 0 else ""
    if not cut or cut[-1] in ":\"'":
        return None
    rest = page.line(place)[place - page.start_of_line(place) :]
    return Mistake(message("comment-cuts-text", comment=_shown(rest)), place + 1)


_SENTENCES: tuple[tuple[str, Callable[[_Page], Mistake]], ...] = (
    (r"directive|\btag handle|incompatible yaml", _percent),
    (r"an (?:alias|anchor)|\balphabetic or numeric", _marked),
    (
        r"a tag\b|\buri\b|utf-8 octet|non-specific tag|expected '[!>]'|expected the '>'",
        _marked,
    ),
    (r"a tab character", _tab),
    (r"escape|hexa?dec", _escape),
    (r"quoted scalar \| ", _open_quote),
    (r"block scalar \| ", _behind_bar),
    (r"simple key", _simple_key),
    (r"mapping values are not allowed|unexpected ':'", _second_colon),
    (r"sequence entries are not allowed", _list_on_line),
    (r"mapping keys are not allowed", _question),
    (r"cannot start any token", _no_start),
    (r"a flow (?:sequence|mapping)", _bracket),
    (r"a block mapping", _block),
    (r"a block collection|a block sequence", _item),
    (r"node", _no_start),
    (r"document start", _further_left),
)
"""The parsers' complaints (context | problem), and what puts them into words; the first fits."""
