"""What is wrong with a text that is no YAML, in the officer's words, and where.

The parser says where it noticed; a colon that is missing in one line it notices in the next.
Here the place is where the mistake is. None of the parser's own words reach the user: each of its
complaints (libyaml's and PyYAML's, which differ) leads to one of the sentences below.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

QUOTES = "put the text in quotes"
_MAX_SHOWN = 40


@dataclass(frozen=True, slots=True)
class Mistake:
    """What is wrong, where (an offset in the text, in characters), and what to do about it."""

    message: str
    index: int
    hint: str = ""


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
            f"there is no space after the colon in {_shown(words)}",
            index + len(key),
            f"write {key}: {value[:_MAX_SHOWN]}",
        )
    return Mistake(f"there is no ':' after the key in {_shown(words)}", index, "write key: value")


def _simple_key(page: _Page) -> Mistake:
    start = page.start_of_line(page.begun)
    if page.text[page.begun : page.begun + 1] in "\"'" and page.number(page.at) > page.number(
        page.begun
    ):
        return Mistake(
            f"this stands by itself where a key belongs: {_shown(page.line(page.begun))}",
            page.begun,
            "write key: value, or indent it under its key",
        )
    return _no_colon(page, start)


def _second_colon(page: _Page) -> Mistake:
    start = page.start_of_line(page.at)
    first = page.first_in(start)
    own = page.text[first : page.at]
    if ": " in own or own.count("{") + own.count("["):
        whole = page.line(page.at)[first - start :]
        return Mistake(f"a second ': ' in {_shown(whole)}", page.at, f"{QUOTES}: key: 'a: b'")
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
    return Mistake(
        f"this line stands below the value of {_shown(key)}, which has a value already",
        index,
        f"begin it at column {column + 1}, or leave {_shown(key)} without a value of its own",
    )


def _block(page: _Page) -> Mistake:
    """Something among keys, or items, that is neither."""
    if page.before(page.at).strip(" -"):
        return _after_end(page)
    if page.last is not None and page.number(page.last.start) < page.number(page.last.end):
        opening = page.text[page.last.start : page.last.start + 1]
        if opening in "\"'":
            return _open_quote(page, page.last.start)
    if page.sign == "-":
        return Mistake(
            "a list item (-) stands among keys",
            page.at,
            "indent it under the key that it belongs to, which has no value of its own",
        )
    for above in page.lines_above(page.at)[:1]:
        is_level = page.first_in(above) - above == len(page.before(page.at))
        if is_level and _key_in(page, above) is None:
            return _no_colon(page, above)
        cut = _comment_in(page, page.first_in(above), above + len(page.line(above)))
        if cut is not None and not _at_colon(page.line(page.at))[1]:
            return cut
    return Mistake(
        f"{_shown(page.line(page.at))} begins at a column where nothing above it begins",
        page.at,
        "begin it exactly below what it belongs with",
    )


def _item(page: _Page) -> Mistake:
    if page.before(page.at).strip(" -"):
        return _after_end(page)
    return Mistake(
        f"{_shown(page.line(page.at))} stands in a list, but is no item of it",
        page.at,
        "begin an item with '- '; indent what belongs to an item under it",
    )


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
        hint = "put the whole text in quotes"
        return Mistake(f"text stands after the closing {closed}: {_shown(rest)}", page.at, hint)
    return Mistake(f"nothing can stand here: {_shown(rest)}", page.at, QUOTES)


def _open_quote(page: _Page, index: int | None = None) -> Mistake:
    place = page.begun if index is None else index
    sign = page.text[place : place + 1]
    sign = sign if sign and sign in "\"'" else "quote"
    return Mistake(f"the {sign} that begins here is not closed in its line", place, "close it")


def _bracket(page: _Page) -> Mistake:
    opening = page.text[page.begun : page.begun + 1]
    closing = {"[": "]", "{": "}"}.get(opening, "]")
    if page.number(page.begun) != page.number(page.at) or not page.sign:
        end = page.start_of_line(page.begun) + len(page.line(page.begun))
        if (cut := _comment_in(page, page.begun, end)) is not None:
            return cut
        return Mistake(
            f"the {opening} that begins here is not closed",
            page.begun,
            f"close it with {closing}, or put text that begins with {opening} in quotes",
        )
    rest = page.text[page.at : page.at + _MAX_SHOWN].split("\n")[0]
    return Mistake(
        f"a comma or the closing {closing} is expected before {_shown(rest)}",
        page.at,
        "put text that holds , : [ ] { } or quotes in quotes",
    )


def _no_start(page: _Page) -> Mistake:
    """A sign with which no value can begin."""
    if page.sign == "\t" or "\t" in page.before(page.at):
        return _tab(page)
    index = page.at
    if page.before(index)[-1:] in ("*", "&", "!"):
        index -= 1
    sign = page.text[index : index + 1]
    if not sign.strip():
        return Mistake("a value is expected here", index, "write it, or take the line out")
    return Mistake(f"a value can't begin with {sign}", index, QUOTES)


def _marked(page: _Page) -> Mistake:
    """A text that begins with the sign of an anchor, an alias or a tag."""
    place = page.begun
    sign = page.text[place : place + 1]
    return Mistake(f"a value can't begin with {sign}", place, QUOTES)


def _tab(page: _Page) -> Mistake:
    index = page.at
    if page.sign != "\t":
        index = max(page.text.rfind("\t", page.start_of_line(index), index), 0)
    return Mistake("a tab stands here", index, "indent with spaces, not with tabs")


def _list_on_line(page: _Page) -> Mistake:
    return Mistake(
        "a list can't begin on the line of its key",
        page.at,
        "begin each item on a line of its own, indented: - item; put text that begins with "
        "'- ' in quotes",
    )


def _question(page: _Page) -> Mistake:
    return Mistake("a value can't begin with '? '", page.at, QUOTES)


def _escape(page: _Page) -> Mistake:
    index = page.text.rfind("\\", 0, page.at + 1)
    index = page.at if index < 0 else index
    return Mistake(
        f"{_shown(page.text[index : index + 2])} stands for nothing in double quotes",
        index,
        "write \\\\ for a backslash, or use single quotes",
    )


def _behind_bar(page: _Page) -> Mistake:
    sign = page.text[page.begun : page.begun + 1]
    return Mistake(
        f"nothing can stand behind {sign} in its line",
        page.at,
        f"begin the text on the next line, indented; put text that begins with {sign} in quotes",
    )


def _percent(page: _Page) -> Mistake:
    start = page.start_of_line(page.begun)
    return Mistake("a line can't begin with %", start, QUOTES)


def _further_left(page: _Page) -> Mistake:
    for above in page.lines_above(page.at)[:1]:
        if not page.before(page.at) and _key_in(page, above) is None and page.line(above) != "...":
            return _no_colon(page, above)
    if page.before(page.at).strip():
        return _after_end(page)
    return Mistake(
        f"{_shown(page.line(page.at))} stands further left than the file's first line, or after "
        "its end",
        page.at,
        "begin all keys of the file at column 1; take out --- and ...",
    )


def _unknown(page: _Page) -> Mistake:
    rest = page.text[page.at : page.at + _MAX_SHOWN].split("\n")[0]
    what = f"from {_shown(rest)} on" if rest.strip() else "to its end"
    return Mistake(f"the file can't be understood {what}", page.at, QUOTES)


def _comment_in(page: _Page, start: int, end: int) -> Mistake | None:
    """The ' #' that cut a plain text off between two places of one line."""
    place = page.text.find(" #", start, end)
    cut = page.text[start:place].rstrip() if place >= 0 else ""
    if not cut or cut[-1] in ":\"'":
        return None
    rest = page.line(place)[place - page.start_of_line(place) :]
    said = f"what stands behind ' #' is a comment and is left out: {_shown(rest)}"
    return Mistake(said, place + 1, "put the whole text in quotes")


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
