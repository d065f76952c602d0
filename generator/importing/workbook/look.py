"""How the cells of a workbook look, and how text is put into one as nothing but text."""

from __future__ import annotations

import math
import re
import unicodedata

from openpyxl.cell.cell import Cell, MergedCell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Protection, Side
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

LINE, TALLEST = 25, 400
"""The height of a line, and of the tallest row, in points."""

LETTERS = 0.85
"""So many letters fit into one unit of a column's width, in the face or in one that stands in."""

EXACT = 15
"""So many significant digits a number in a cell keeps."""

_FACE = "TH Sarabun New"
FONT, BOLD = Font(name=_FACE, size=14), Font(name=_FACE, size=14, bold=True)
_LINE = Side(style="thin", color="999999")
GRID = Border(left=_LINE, right=_LINE, top=_LINE, bottom=_LINE)
HEAD = PatternFill("solid", fgColor="DDE6F0")
OPEN = PatternFill("solid", fgColor="FFFBE6")


def sheet_name(unit: str) -> str:
    """The unit's name as a sheet may be called."""
    return re.sub(r"[\[\]:*?/\\']", "-", unit)[:31]


def lines(text: str, width: float) -> int:
    """About how many lines a text takes in a column; signs above and below take no room."""
    total = 0
    for line in text.split("\n"):
        letters = sum(unicodedata.category(sign) != "Mn" for sign in line)
        total += max(1, math.ceil(letters / (width * LETTERS)))
    return total


def as_text(cell: Cell | MergedCell, text: str) -> None:
    """Put text into a cell as nothing but text, whatever it begins with."""
    assert isinstance(cell, Cell)
    cell.value = re.sub(r"_x(?=[0-9A-Fa-f]{4}_)", "_x005F_x", text)
    cell.data_type = "s"
    cell.quotePrefix = text[:1] in tuple("=+-@'")


def as_page(sheet: Worksheet, head_row: int) -> None:
    """A4 across, as wide as the page, the head on each page."""
    sheet.print_title_rows = f"{head_row}:{head_row}"
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = 9
    sheet.page_setup.fitToWidth = 1
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)


def locked(sheet: Worksheet) -> None:
    """Locked but for widths, heights and cells to fill in."""
    sheet.protection.sheet = True
    sheet.protection.formatColumns = False
    sheet.protection.formatRows = False


def as_head(cell: Cell | MergedCell, text: str) -> None:
    """A head of a table."""
    as_text(cell, text)
    cell.font, cell.fill, cell.border = BOLD, HEAD, GRID
    cell.alignment = Alignment(horizontal="center", vertical="center", wrap_text=True)


def as_row(cell: Cell | MergedCell, *, is_open: bool) -> None:
    """A cell of a table; one to fill in is marked."""
    cell.font, cell.border = FONT, GRID
    cell.alignment = Alignment(vertical="top", wrap_text=True)
    cell.number_format = "@"
    cell.protection = Protection(locked=not is_open)
    if is_open:
        cell.fill = OPEN
