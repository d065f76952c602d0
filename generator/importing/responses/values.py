"""What stands in a cell as the answer it means: a code, a label, a number, or words."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping

from ... import thai
from ...diagnostics import did_you_mean
from ...survey import AnswerColumn
from ...survey.headers import key, plain
from .table import FORMULA, MAX_CELL, AnswerCell, UnreadCell

Answer = tuple[str, ...]
"""The codes that were ticked, the number, or the words; nothing where none is given."""

_NUMBER = re.compile(r"([-+]?\d+)(?:\.0+)?")
_FIGURE = re.compile(r"[-+]?\d+(?:[.,]\d+)?")
_SCALES = ("level", "scale")


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
            return UnreadCell(
                f"{len(cell):,} characters stand here", f"at most {MAX_CELL:,} are read"
            )
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
        match = _NUMBER.fullmatch(thai.arabic_digits(text))
        if match is None or len(match[1]) > 10:
            return UnreadCell(
                f"'{_short(text)}' is no whole number", f"a number from {least} to {most} is meant"
            )
        number = int(match[1])
        if not least <= number <= most:
            return UnreadCell(
                f"'{_short(text)}' is outside {least} to {most}",
                "correct it, or empty the cell",
            )
        return (str(number),)

    def _one(self, text: str) -> Answer | UnreadCell:
        code = self.known.get(_same(text))
        if code is not None:
            return (code,)
        if self.column.kind in _SCALES:
            digits = thai.arabic_digits(text)
            match = _NUMBER.fullmatch(digits)
            if match is not None and match[1] in self.labels:
                return (match[1],)
            if _FIGURE.fullmatch(digits):
                return UnreadCell(
                    f"'{_short(text)}' is outside the scale 1 to {len(self.column.choices)}",
                    "correct it, or empty the cell",
                )
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
        """The options whose labels a text is, or the label that is none of them."""
        ticked: set[str] = set()
        while text:
            found = next((one for one in self.by_length if _begins(text, one, between)), None)
            if found is None:
                return re.split(r"[,;|]", text)[0].strip()
            ticked.add(self.known[found])
            text = text[len(found) :].lstrip(" ,;|")
        return self._in_order(ticked)

    def _in_order(self, ticked: set[str]) -> Answer:
        return tuple(choice.id for choice in self.column.choices if choice.id in ticked)

    def _unknown(self, text: str) -> UnreadCell:
        words = {plain(label) for label in self.labels.values()} | set(self.labels)
        hint = str(did_you_mean(plain(text), words))
        return UnreadCell(f"'{_short(text)}' is none of its answers", hint)


def ticked(cell: AnswerCell) -> bool | UnreadCell:
    """Whether the cell of one option is ticked: 1 or 0."""
    if isinstance(cell, UnreadCell):
        return cell
    if cell.startswith("="):
        return FORMULA
    found = thai.ticked(cell) if cell else False
    return (
        UnreadCell(f"'{_short(cell)}' is neither 1 nor 0", "1 is ticked")
        if found is None
        else found
    )


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


def _begins(text: str, label: str, between: str) -> bool:
    """Whether a text begins with a label, behind which it ends or something else begins."""
    rest = text[len(label) :]
    if not text.startswith(label):
        return False
    return not rest.strip() or rest.lstrip()[0] in between or (rest[0] in between)


def _same(text: str) -> str:
    return key(text)


def _short(text: str) -> str:
    return text if len(text) <= 40 else f"{text[:40]}…"
