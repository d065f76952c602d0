"""What stands in a cell as the answer it means: a code, a label, a number, or words."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping

from ... import thai
from ...diagnostics import did_you_mean
from ...messages import message
from ...survey import AnswerColumn
from ...survey.headers import key, plain
from .table import FORMULA, MAX_CELL, AnswerCell, UnreadCell

Answer = tuple[str, ...]
"""The codes that were ticked, the number, or the words; nothing where none is given."""

_NUMBER = re.compile(r"([-+]?\d+)(?:\.0+)?")
_FIGURE = re.compile(r"[-+]?\d+(?:[.,]\d+)?")
_SCALES = ("level", "scale", "place")
_SEPARATORS = " ,;|"
"""What may stand between the labels of several answers in one cell."""

_BETWEEN = re.compile(r"[,;|]")


class CellReader:
    """Reads the answers to one column, by code or by label."""

    def __init__(self, column: AnswerColumn, labels: Mapping[str, str]) -> None:
        self.column = column
        self.labels = labels
        self.known = {_same(c.text): c.id for c in column.choices}
        self.known |= {_same(label): code for code, label in labels.items()}
        self.known |= {_same(choice.id): choice.id for choice in column.choices}
        self.by_length = sorted(self.known, key=len, reverse=True)

    def read(self, cell: AnswerCell) -> Answer | UnreadCell:
        """The answer in a cell."""
        if isinstance(cell, UnreadCell):
            return cell
        if len(cell) > MAX_CELL:
            length, most = f"{len(cell):,}", f"{MAX_CELL:,}"
            return UnreadCell(message("cell-too-long", length=length, most=most))
        kind = self.column.kind
        if kind == "text":
            words = cleaned(cell)
            return (words,) if words else ()
        if not cell:
            return ()
        if cell.startswith("="):
            return FORMULA
        if kind == "number":
            return self._number(cell)
        return self._many(cell) if kind == "many" else self._one(cell)

    def _number(self, text: str) -> Answer | UnreadCell:
        least, most = self.column.least, self.column.most
        match = _NUMBER.fullmatch(thai.folded(text))
        if match is None or len(match[1]) > 10:
            said = message("no-whole-number", typed=_short(text), least=least, most=most)
            return UnreadCell(said)
        number = int(match[1])
        if not least <= number <= most:
            said = message("number-out-of-bounds", typed=_short(text), least=least, most=most)
            return UnreadCell(said)
        return (str(number),)

    def _one(self, text: str) -> Answer | UnreadCell:
        code = self.known.get(_same(text))
        if code is not None:
            return (code,)
        if self.column.kind in _SCALES:
            digits = thai.folded(text)
            match = _NUMBER.fullmatch(digits)
            if match is not None and match[1] in self.labels:
                return (match[1],)
            if _FIGURE.fullmatch(digits):
                numbers = [choice.id for choice in self.column.choices if choice.id.isdecimal()]
                said = {"first": int(numbers[0]), "last": int(numbers[-1])}
                return UnreadCell(message("outside-scale", typed=_short(text), **said))
        return self._unknown(text)

    def _many(self, text: str) -> Answer | UnreadCell:
        """Codes with white space between, or labels with commas, which may hold commas too."""
        parts = [_same(part) for part in re.split(r"[\s,;|]+", text) if part]
        if all(part in self.known for part in parts):
            return self._in_order({self.known[part] for part in parts})
        # Google puts commas between labels, Kobo blanks, and labels may hold either.
        found = self._labels(_same(text), ",;|")
        if not isinstance(found, str):
            return found
        with_blanks = self._labels(_same(text), ",;| ")
        return self._unknown(found) if isinstance(with_blanks, str) else with_blanks

    def _labels(self, text: str, between: str) -> Answer | str:
        """The options whose labels a text is, or the label that is none of them.

        ``text`` is folded, so no two blanks stand together. It is walked once, from label to
        label, and nothing of it is copied: a long cell costs what its length does.
        """
        ticked: set[str] = set()
        at = 0
        while at < len(text):
            found = next((one for one in self.by_length if _stands(one, text, at, between)), None)
            if found is None:
                end = _BETWEEN.search(text, at)
                return text[at : end.start() if end is not None else len(text)].strip()
            ticked.add(self.known[found])
            at += len(found)
            while at < len(text) and text[at] in _SEPARATORS:
                at += 1
        return self._in_order(ticked)

    def _in_order(self, ticked: set[str]) -> Answer:
        return tuple(choice.id for choice in self.column.choices if choice.id in ticked)

    def _unknown(self, text: str) -> UnreadCell:
        words = {plain(label) for label in self.labels.values()} | set(self.labels)
        hint = did_you_mean(plain(text), words)
        return UnreadCell(message("none-of-the-answers", typed=_short(text)), hint)


def ticked(cell: AnswerCell) -> bool | UnreadCell:
    """Whether the cell of one option is ticked: 1 or 0."""
    if isinstance(cell, UnreadCell):
        return cell
    if cell.startswith("="):
        return FORMULA
    found = thai.ticked(cell) if cell else False
    return UnreadCell(message("neither-1-nor-0", typed=_short(cell))) if found is None else found


def cleaned(text: str) -> str:
    """Words as they were typed, without characters that nobody sees."""
    text = re.sub("[\u2028\u2029\x0b\x0c\x85]", "\n", text).replace("\t", " ")
    kept = (c for c in text if c == "\n" or not _is_unseen(c))
    lines = (line.strip() for line in "".join(kept).split("\n"))
    return "\n".join(line for line in lines if line)


def _is_unseen(character: str) -> bool:
    return (
        unicodedata.category(character) in ("Cc", "Cs")
        or character in "\ufeff\u00ad\u200b\u2060"
        or ord(character) & 0xFFFE == 0xFFFE
    )


def _stands(label: str, text: str, at: int, between: str) -> bool:
    """Whether a label stands at a place of a text, and behind it the end or what is between two."""
    if not label or not text.startswith(label, at):
        return False
    end = at + len(label)
    behind = end + 1 if end < len(text) and text[end] == " " else end
    return behind >= len(text) or text[behind] in between or text[end] in between


def _same(text: str) -> str:
    return key(text)


def _short(text: str) -> str:
    return text if len(text) <= 40 else f"{text[:40]}…"
