"""What stands in a cell as the files would say it, and when two of these are the same."""

from __future__ import annotations

import hashlib
from decimal import Decimal, InvalidOperation

from openpyxl.cell.cell import Cell as ExcelCell
from openpyxl.cell.cell import MergedCell

from ... import thai
from ...messages import message
from ..workbook.cells import CellRefused, dayed, numeric, ticked, typed
from ..workbook.rows import DONE, NOT_DONE
from .tables import Kind


def read(cell: ExcelCell | MergedCell, kind: Kind) -> str | None:
    """What was typed, as a file would say it; nothing where the cell is empty.

    Raises CellRefused.
    """
    if cell.data_type == "f":
        raise CellRefused(message("formula-in-cell"))
    if kind == "number":
        text = numeric(cell)
        return None if text is None else str(text)
    if kind == "tick":
        text = ticked(cell)
        if text is None:
            return None
        done = thai.ticked(text)
        if done is None:
            raise CellRefused(
                message("tick-expected", done=DONE, not_done=NOT_DONE, typed=text[:40])
            )
        return DONE if done else NOT_DONE
    if kind == "day" and not isinstance(cell.value, str | int | float | type(None)):
        return str(dayed(cell))
    return typed(cell)


def same(one: str | None, other: str | None, kind: Kind) -> bool:
    """Whether two contents of a cell mean the same."""
    return plain(one, kind) == plain(other, kind)


def plain(text: str | None, kind: Kind) -> str:
    """A content without what makes no difference in a cell: figures by what they are worth."""
    if text is None:
        return ""
    text = text.replace("\r\n", "\n").strip("\n ")
    if kind == "number":
        try:
            figure = Decimal(thai.arabic_digits(text).replace(",", ""))
        except InvalidOperation:
            return text
        return f"{figure.normalize():f}" if figure.is_finite() else text
    return text


def mark(text: str | None, kind: Kind) -> str:
    """A short sign by which it shows whether a content is still what it was."""
    return hashlib.sha256(plain(text, kind).encode()).hexdigest()[:8]
