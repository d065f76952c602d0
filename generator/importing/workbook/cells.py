"""What stands in a cell to fill in: words, a tick or a number, as text."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal

from openpyxl.cell.cell import Cell, MergedCell

from ... import thai
from ...agreements.yaml_writing import PlainText
from ...messages import Message, message
from .look import EXACT

_NUMBER = re.compile(r"-?(\d+|\d{1,3}(,\d{3})+)(\.\d+)?")
_WHOLE, _DECIMALS = 15, 10
"""So many digits before and after the point a number may have."""


class CellRefused(Exception):
    """A cell that isn't taken as what it should be: why, and the remedy of its own case."""

    def __init__(self, said: Message, hint: Message | str = "") -> None:
        super().__init__(said)
        self.said, self.hint = said, hint


def typed(cell: Cell | MergedCell) -> str | None:
    """What was typed into a cell, as text."""
    value, kind = cell.value, cell.data_type
    if value is None or kind == "f":
        return None
    if kind == "e":
        raise CellRefused(message("error-in-cell", error=str(value)))
    if kind == "b" or isinstance(value, bool):
        raise CellRefused(message("truth-in-cell"))
    if isinstance(value, int | float):
        return _digits(cell, value)
    if not isinstance(value, str):
        raise CellRefused(message("date-in-cell"))
    text = value.replace("_x005F_x", "_x").replace("_x000D_", "").replace("\r\n", "\n")
    return text.replace("\r", "\n").strip("\n ") or None


def ticked(cell: Cell | MergedCell) -> str | None:
    """What stands in the cell of a milestone; TRUE and FALSE are a tick and none."""
    if isinstance(cell.value, bool):
        return "1" if cell.value else "0"
    return typed(cell)


def dayed(cell: Cell | MergedCell) -> str | None:
    """A day, typed as officers write days or as Excel keeps them; as files hold it."""
    if isinstance(cell.value, date):
        day: date | None = cell.value
    else:
        text = typed(cell)
        if text is None:
            return None
        day = thai.parse_date(text.strip())
        if day is None:
            reason = thai.no_such_day(text)
            raise CellRefused(reason or message("no-date", written=text[:40]))
    assert day is not None
    return PlainText(f"{day.year + 543}-{day:%m-%d}")


def _digits(cell: Cell | MergedCell, value: int | float) -> str:
    """A number as Excel shows it: fifteen digits."""
    if isinstance(value, float) and not abs(value) < float("inf"):
        raise CellRefused(message("number-impossibly-large"))
    if re.search(r"%", re.sub(r'"[^"]*"|\\.', "", cell.number_format or "")):
        shown = Decimal(format(Decimal(value) * 100, f".{EXACT}g"))
        text = f"{shown:f}"
        text = text.rstrip("0").rstrip(".") if "." in text else text
        raise CellRefused(message("number-as-percentage", shown=text))
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
            hint = message("write-number-for", number=bare, typed=said)
            return CellRefused(message("percent-sign-in-number", typed=said), hint)
        words = before or behind
        return CellRefused(
            message("words-beside-number", typed=said, number=bare, words=words[:30])
        )
    if text in ("-", "–", "—", "n/a", "N/A", "ไม่มี", "ไม่มีข้อมูล", "ยังไม่มี"):
        return CellRefused(message("sign-for-nothing", typed=said))
    if re.fullmatch(r"\d{1,3}( \d{3})+(\.\d+)?", text):
        return CellRefused(message("blanks-in-number", typed=said, number=text.replace(" ", "")))
    if re.fullmatch(r"\d{1,3}(\.\d{3})*,\d+", text):
        right = text.replace(".", "").replace(",", ".")
        return CellRefused(message("comma-divides-no-thousands", typed=said, number=right))
    if re.fullmatch(r"\d+(\.\d+)?\s*[-–]\s*\d+(\.\d+)?", text):
        return CellRefused(message("two-numbers-in-cell", typed=said))
    if "%" in text or "％" in text:
        return CellRefused(message("percent-sign-in-number", typed=said))
    return CellRefused(message("number-expected", typed=said))


def numeric(cell: Cell | MergedCell) -> str | None:
    """The number in a cell; typed as text it may have Thai digits and thousands commas."""
    text = typed(cell)
    if text is None or not text.strip():
        return None
    text = thai.folded(text)
    if not _NUMBER.fullmatch(text):
        raise _no_number(text)
    text = text.replace(",", "")
    whole, _, decimals = text.lstrip("-").partition(".")
    if len(whole) > _WHOLE:
        raise CellRefused(message("number-impossibly-large"))
    if len(decimals) > _DECIMALS:
        raise CellRefused(message("number-too-fine", number=str(text), most=_DECIMALS))
    return PlainText(text)
