"""Tables as an Excel workbook: sheets to filter, sort and fill in, sums that Excel keeps."""

from __future__ import annotations

import io
import json
from collections.abc import Sequence
from decimal import Decimal, InvalidOperation

from openpyxl import Workbook
from openpyxl.formatting.rule import Rule
from openpyxl.styles import Alignment, PatternFill
from openpyxl.styles.differential import DifferentialStyle
from openpyxl.utils import get_column_letter
from openpyxl.workbook.protection import WorkbookProtection
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from ..workbook.look import (
    BOLD,
    EXACT,
    FONT,
    GRID,
    LINE,
    OPEN,
    as_head,
    as_page,
    as_text,
    lines,
)
from ..workbook.rows import DONE, NOT_DONE
from ..workbook.sheet import number_format
from . import cell_values
from .of_units import DUE
from .tables import BookTable, Cell, Column, Kind

FORMAT = 1
"""The version of the workbook's layout."""

ABOUT, LISTS = "gen-agency", "gen-lists"
"""Hidden sheets: what the workbook is of and which rows it had, and what can be chosen."""

KEY, WAS = "gen-key", "gen-was"
"""Hidden columns: which row it is, and a sign for each of its contents as they were written."""

HEAD_ROW = 3
SPARE = 300
"""So many rows below the last one have lists to choose from, and are counted in sums."""

MOST_LINES = 6
"""So many lines of a text a row shows; the rest is there, too."""

LONGEST = 32_000
"""So many signs fit into a cell; a longer text is shown cut and can't be changed here."""

_WRONG = PatternFill("solid", bgColor="F4C7C3")


def write(tables: Sequence[BookTable], agency: str, folder: str, year: int) -> bytes:
    """The workbook's bytes."""
    book = Workbook()
    book.remove(book.worksheets[0])
    lists: list[tuple[str, ...]] = []
    for table in tables:
        _sheet(book.create_sheet(table.title), table, f"{agency}  ปีงบประมาณ พ.ศ. {year}", lists)
    _hidden(book, LISTS, lists)
    keys = ((row_key(table, row.key),) for table in tables for row in table.rows)
    _hidden(book, ABOUT, [(f"{ABOUT} {FORMAT}", folder, str(year)), *keys], across=True)
    # Hidden sheets and columns stay as they are; sorting and filtering stay possible.
    book.security = WorkbookProtection(lockStructure=True)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def row_key(table: BookTable, key: tuple[str, ...]) -> str:
    """The hidden text by which a row is known."""
    return json.dumps([table.id, *key], ensure_ascii=False, separators=(",", ":"))


def kind_of(column: Column, cell: Cell) -> Kind:
    """What is typed into a cell; one that leads nowhere is there to be read."""
    if column.kind in ("shown", "sum"):
        return column.kind
    return (cell.kind or column.kind) if cell.path is not None else "shown"


def _sheet(sheet: Worksheet, table: BookTable, heading: str, lists: list[tuple[str, ...]]) -> None:
    as_text(sheet.cell(1, 1), f"{table.title}  {heading}")
    sheet.cell(1, 1).font = BOLD
    as_text(
        sheet.cell(2, 1),
        "แก้ได้เฉพาะช่องสีเหลือง เรียงลำดับและกรองได้ "
        + ("เพิ่มและลบแถวได้" if table.new is not None else "ไม่ต้องเพิ่มหรือลบแถว"),
    )
    sheet.cell(2, 1).font = FONT
    heads = [column.heading for column in table.columns]
    for number, text in enumerate((*heads, f"{KEY}:{table.id}", WAS), start=1):
        as_head(sheet.cell(HEAD_ROW, number), text)
    for number, row in enumerate(table.rows, start=HEAD_ROW + 1):
        marks = {}
        for index, (column, cell) in enumerate(zip(table.columns, row.cells, strict=True)):
            kind = kind_of(column, cell)
            _cell(sheet, number, index + 1, cell.value, kind)
            if kind not in ("shown", "sum"):
                marks[column.heading] = cell_values.mark(cell.value, kind)
        high = (
            lines(cell.value, column.width)
            for column, cell in zip(table.columns, row.cells, strict=True)
            if cell.value
        )
        sheet.row_dimensions[number].height = min(max(high, default=1), MOST_LINES) * LINE
        at = len(table.columns)
        as_text(sheet.cell(number, at + 1), row_key(table, row.key))
        as_text(
            sheet.cell(number, at + 2), json.dumps(marks, ensure_ascii=False, separators=(",", ":"))
        )
    last = HEAD_ROW + len(table.rows) + (SPARE if table.new is not None else 0)
    for index, column in enumerate(table.columns, start=1):
        _choices(sheet, column, index, last, lists)
        if column.kind == "sum":
            _sums(sheet, table, index, last)
    _page(sheet, table, last)


def _cell(sheet: Worksheet, row: int, column: int, text: str | None, kind: Kind) -> None:
    cell = sheet.cell(row, column)
    cell.font, cell.border = FONT, GRID
    cell.alignment = Alignment(vertical="top", wrap_text=True)
    if kind in ("text", "day", "tick"):
        cell.number_format = "@"
    if kind not in ("shown", "sum"):
        cell.fill = OPEN
    if text is None:
        return
    figure = _figure(text) if kind == "number" else None
    if figure is not None:
        cell.value = figure
        cell.number_format = number_format(figure)
    else:
        as_text(cell, text.strip("\n"))


def _figure(text: str) -> Decimal | None:
    """The figure that a text is, where a cell keeps all of its digits."""
    try:
        figure = Decimal(cell_values.plain(text, "number"))
    except InvalidOperation:
        return None
    return figure if figure.is_finite() and len(figure.as_tuple().digits) <= EXACT else None


def _choices(
    sheet: Worksheet, column: Column, index: int, last: int, lists: list[tuple[str, ...]]
) -> None:
    words = (DONE, NOT_DONE) if column.kind == "tick" else column.choices
    if not words or last <= HEAD_ROW:
        return
    if words not in lists:
        lists.append(words)
    letter = get_column_letter(lists.index(words) + 1)
    validation = DataValidation(
        type="list",
        formula1=f"'{LISTS}'!${letter}$1:${letter}${len(words)}",
        allow_blank=True,
        errorStyle="warning",
        errorTitle=column.heading,
        error="เลือกจากรายการ",
        showErrorMessage=True,
    )
    name = get_column_letter(index)
    validation.add(f"{name}{HEAD_ROW + 1}:{name}{last}")
    sheet.add_data_validation(validation)


def _sums(sheet: Worksheet, table: BookTable, index: int, last: int) -> None:
    """What Excel adds up, row by row; where it isn't what it has to be the cell is red."""
    heads = [column.heading for column in table.columns]
    column = table.columns[index - 1]
    of, *where = (get_column_letter(heads.index(head) + 1) for head in column.sums)
    first = HEAD_ROW + 1

    def area(letter: str) -> str:
        return f"${letter}${first}:${letter}${last}"

    for row in range(first, HEAD_ROW + 1 + len(table.rows)):
        same = "".join(f",{area(letter)},{letter}{row}" for letter in where)
        cell = sheet.cell(row, index)
        cell.value = f"=SUMIFS({area(of)}{same})"
        cell.number_format = "#,##0.######"
    if DUE in heads and table.rows:
        own, due = get_column_letter(index), get_column_letter(heads.index(DUE) + 1)
        wrong = f'AND({due}{first}<>"",ROUND({own}{first}-VALUE({due}{first}),9)<>0)'
        sheet.conditional_formatting.add(
            f"{own}{first}:{own}{HEAD_ROW + len(table.rows)}",
            Rule(type="expression", formula=[wrong], dxf=DifferentialStyle(fill=_WRONG)),
        )


def _page(sheet: Worksheet, table: BookTable, last: int) -> None:
    for index, column in enumerate(table.columns, start=1):
        sheet.column_dimensions[get_column_letter(index)].width = column.width
    width = len(table.columns)
    for index in (width + 1, width + 2):
        sheet.column_dimensions[get_column_letter(index)].hidden = True
    shown = sum(1 for column in table.columns[:3] if column.kind == "shown")
    sheet.freeze_panes = sheet.cell(HEAD_ROW + 1, max(shown, 1) + 1).coordinate
    end = get_column_letter(width + 2)
    sheet.auto_filter.ref = f"A{HEAD_ROW}:{end}{max(HEAD_ROW + len(table.rows), HEAD_ROW + 1)}"
    as_page(sheet, HEAD_ROW)


def _hidden(
    book: Workbook, title: str, rows: Sequence[tuple[str, ...]], across: bool = False
) -> None:
    """A hidden sheet with a column for each of ``rows`` (or a row, ``across``)."""
    sheet = book.create_sheet(title)
    for number, texts in enumerate(rows, start=1):
        for place, text in enumerate(texts, start=1):
            at = (number, place) if across else (place, number)
            as_text(sheet.cell(*at), text)
    sheet.sheet_state = "veryHidden"
