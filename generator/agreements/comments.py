"""Comments of files that are new: in another language than they came in, and in their columns.

Gen's own files have English comments, the only ones that are put into other words. A paragraph of
whole lines, or the note behind a value, stands in ``messages/comments/`` under its English words.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from .. import key_names
from ..key_names import KeyLanguage
from ..messages import catalogue
from ..visible import width
from . import yaml_tree
from .editing import TextEdit, edited

MOST_COLUMNS = 90
"""So wide are lines that hold a comment alone."""

_BEHIND = 3
"""So many blanks part a note at most from what it stands behind; with more it is in a column."""

_EDITORS = "yaml-language-server"


@dataclass(frozen=True, slots=True)
class Comment:
    """A paragraph of whole lines, or a note behind something; where its words stand."""

    start: int
    end: int
    words: str
    indent: int | None = None
    """Where its lines begin; None: a note, which has one line."""


def places(text: str) -> dict[int, int]:
    """Where the comment of each line begins, by the line's number from 0; of a text that parses."""
    scalars = yaml_tree.scalars(text)
    starts = [start for start, _ in scalars]
    found: dict[int, int] = {}
    offset = 0
    for number, line in enumerate(text.split("\n")):
        for match in re.finditer(r"(?:(?<=\s)|^)#", line):
            at = offset + match.start()
            before = bisect_right(starts, at) - 1
            if before < 0 or at >= scalars[before][1]:
                found[number] = match.start()
                break
        offset += len(line) + 1
    return found


def of(text: str) -> Iterator[Comment]:
    """The comments of a text that say something, but not the line for editors."""
    known = places(text)
    paragraph: list[tuple[int, int, str]] = []
    indent, offset = 0, 0
    for number, line in enumerate(text.split("\n")):
        at = known.get(number)
        note = None if at is None else _note(line, at)
        words = "" if at is None or note is not None else line[at + 1 :].strip()
        if _EDITORS in words or line[(at or 0) + 1 :].startswith("   "):
            words = ""
        if paragraph and (not words or at != indent):
            yield _whole(paragraph, indent)
            paragraph = []
        if note is not None:
            yield Comment(offset + note, offset + len(line), line[note:].rstrip())
        elif words and at is not None:
            indent = at
            paragraph.append((offset + at, offset + len(line), words))
        offset += len(line) + 1
    if paragraph:
        yield _whole(paragraph, indent)


def _note(line: str, at: int) -> int | None:
    """Where the words of a line's note begin: behind a value, or in a comment's second column."""
    if line[:at].strip():
        return at + len(line[at:]) - len(line[at:].lstrip("# "))
    second = re.search(r"\S {2,}(?:# )?(?=\S)", line[at + 1 :])
    return None if second is None else at + 1 + second.end()


def _whole(lines: Iterable[tuple[int, int, str]], indent: int) -> Comment:
    starts, ends, words = zip(*lines, strict=True)
    return Comment(starts[0], ends[-1], " ".join(words), indent)


def in_language(text: str, language: str, keys: KeyLanguage = "en") -> str:
    """A file of gen's own with its comments in a language; they name keys as ``keys`` has them.

    What the language has no words for stays. The data don't change, nor where a note begins.
    """
    if language == keys == "en":
        return text
    edits = (_edit(comment, language, keys) for comment in of(text))
    return edited(text, [edit for edit in edits if edit is not None])


def _edit(comment: Comment, language: str, keys: KeyLanguage) -> TextEdit | None:
    said = catalogue.commented(language, comment.words)
    if said == comment.words:
        return None
    said = _MARKED.sub(lambda match: _key(match, keys), said)
    if comment.indent is not None:
        room = MOST_COLUMNS - comment.indent - 2
        lines = (line for part in said.split("\n") for line in _lines(part, room))
        said = ("\n" + " " * comment.indent).join(f"# {line}" for line in lines)
    return TextEdit(comment.start, comment.end, said)


_MARKED = re.compile(r"`(names\.)?([a-z_0-9]+)`")


def _key(match: re.Match[str], keys: KeyLanguage) -> str:
    table = key_names.table()
    thai = (table.names if match[1] else table.keys)[match[2]]
    return thai if keys == "th" else match[2]


def _lines(words: str, room: int) -> Iterator[str]:
    """Words in lines of so many columns; a key keeps its value."""
    line = ""
    for part in re.split(r"(?<!:) ", words):
        if line and width(f"{line} {part}") > room:
            yield line
            line = part
        else:
            line = f"{line} {part}" if line else part
    yield line


def in_columns(before: str, after: str) -> str:
    """A text whose lines are those of ``before`` otherwise written, its notes in their columns."""
    old, lines = before.split("\n"), after.split("\n")
    then, now = places(before), places(after)
    for number, line in enumerate(lines):
        if line != old[number] and number in then and number in now:
            lines[number] = _in_column(old[number], then[number], line, now[number])
    return "\n".join(lines)


_SECOND = re.compile(r"(?<=\S) {2,}#")


def _in_column(old: str, then: int, line: str, now: int) -> str:
    if not line[:now].strip():  # a key that is no more than a comment, with a note of its own
        found, other = _SECOND.search(line, now + 1), _SECOND.search(old, then + 1)
        if found is None or other is None:
            return line
        now, then = found.end() - 1, other.end() - 1
    words, gap = line[:now].rstrip(), then - len(old[:then].rstrip())
    if gap > _BEHIND:
        gap = max(_BEHIND, width(old[:then]) - width(words))
    return words + " " * gap + line[now:]
