"""What stands in a cell to fill in: words, a tick or a number, as text."""

from __future__ import annotations

import re
from decimal import Decimal

from openpyxl.cell.cell import Cell, MergedCell

from ... import thai
from ...agreements.yaml_writing import PlainText
from .sheet import EXACT

_NUMBER = re.compile(r"-?(\d+|\d{1,3}(,\d{3})+)(\.\d+)?")
_WHOLE, _DECIMALS = 15, 10
"""So many digits before and after the point a number may have."""


class CellRefused(Exception):
    """A cell that isn't taken as what it should be: why, and the remedy."""

    def __init__(self, message: str, hint: str) -> None:
        super().__init__(message)
        self.message, self.hint = message, hint


def typed(cell: Cell | MergedCell) -> str | None:
    """What was typed into a cell, as text."""
    value, kind = cell.value, cell.data_type
    if value is None or kind == "f":
        return None
    if kind == "e":
        raise CellRefused(f"the error {value} stands here", "put in the value")
    if kind == "b" or isinstance(value, bool):
        raise CellRefused("TRUE or FALSE stands here", "write it in words or figures")
    if isinstance(value, int | float):
        return _digits(cell, value)
    if not isinstance(value, str):
        raise CellRefused(
            "a date or a time stands here", "format the cell as text, and type it again"
        )
    text = value.replace("_x005F_x", "_x").replace("_x000D_", "").replace("\r\n", "\n")
    return text.replace("\r", "\n").strip("\n ") or None


def ticked(cell: Cell | MergedCell) -> str | None:
    """What stands in the cell of a milestone; TRUE and FALSE are a tick and none."""
    if isinstance(cell.value, bool):
        return "1" if cell.value else "0"
    return typed(cell)


def _digits(cell: Cell | MergedCell, value: int | float) -> str:
    """A number as Excel shows it: fifteen digits."""
    if isinstance(value, float) and not abs(value) < float("inf"):
        raise CellRefused("the number is impossibly large", "check the figure")
    if re.search(r"%", re.sub(r'"[^"]*"|\\.', "", cell.number_format or "")):
        shown = Decimal(format(Decimal(value) * 100, f".{EXACT}g"))
        text = f"{shown:f}"
        text = text.rstrip("0").rstrip(".") if "." in text else text
        raise CellRefused(
            f"the cell is formatted as a percentage and shows {text}%",
            f"format it as a number, and write {text}",
        )
    number = Decimal(value) if isinstance(value, int) else Decimal(format(value, f".{EXACT}g"))
    text = f"{number:f}"
    return (text.rstrip("0").rstrip(".") if "." in text else text) or "0"


_AMONG = re.compile(
    r"(?P<before>[^\d.,+-]{0,60}?)\s*(?P<number>-?\d[\d,]*(?:\.\d+)?)\s*(?P<behind>[^\d.,+-]{0,60})"
)
"""A number with words before or behind it."""


def _no_number(text: str) -> CellRefused:
    """What a text is in place of a number, with the remedy of its own case."""
    said = text[:40]
    found = _AMONG.fullmatch(text)
    if found is not None and _NUMBER.fullmatch(found["number"]):
        bare = found["number"].replace(",", "")
        before, behind = found["before"].strip(), found["behind"].strip()
        if behind in ("%", "％") or before in ("%", "％"):
            return CellRefused(f"a percent sign stands in '{said}'", f"write {bare} for {said}")
        words = before or behind
        return CellRefused(
            f"words stand beside the number in '{said}'",
            f"write {bare} alone; '{words[:30]}' stands in the column of units, or in the words",
        )
    if text in ("-", "–", "—", "n/a", "N/A", "ไม่มี", "ไม่มีข้อมูล", "ยังไม่มี"):
        return CellRefused(
            f"'{said}' stands here for nothing", "clear the cell, or write 0 where it is nought"
        )
    if re.fullmatch(r"\d{1,3}( \d{3})+(\.\d+)?", text):
        return CellRefused(f"blanks divide the number '{said}'", f"write {text.replace(' ', '')}")
    if re.fullmatch(r"\d{1,3}(\.\d{3})*,\d+", text):
        right = text.replace(".", "").replace(",", ".")
        return CellRefused(
            f"a number is expected here, not '{said}', whose comma divides no thousands",
            f"write {right} where it stands for a point",
        )
    if re.fullmatch(r"\d+(\.\d+)?\s*[-–]\s*\d+(\.\d+)?", text):
        return CellRefused(f"two numbers stand in '{said}'", "write the one that was reached")
    if "%" in text or "％" in text:
        return CellRefused(f"a percent sign stands in '{said}'", "write 82 for 82%")
    return CellRefused(f"a number is expected here, not '{said}'", "write it as 1234.5")


def numeric(cell: Cell | MergedCell) -> str | None:
    """The number in a cell; typed as text it may have Thai digits and thousands commas."""
    text = typed(cell)
    if text is None or not text.strip():
        return None
    text = thai.arabic_digits(text.strip())
    text = "".join(sign for sign in text if not thai.is_unseen(sign)).strip()
    if not _NUMBER.fullmatch(text):
        raise _no_number(text)
    text = text.replace(",", "")
    whole, _, decimals = text.lstrip("-").partition(".")
    if len(whole) > _WHOLE:
        raise CellRefused("the number is impossibly large", "check the figure")
    if len(decimals) > _DECIMALS:
        raise CellRefused(
            f"the number {text} has more than {_DECIMALS} decimals",
            "round it, or report the figures behind it",
        )
    return PlainText(text)
