"""A form as an Excel workbook: locked but for the cells to fill in, and no formula anywhere."""

from __future__ import annotations

import io
import json
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from openpyxl import Workbook
from openpyxl.styles import Alignment, Protection
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from ... import thai
from ...messages import message, spoken
from . import row_sheets
from .assessors import STATES
from .form import WorkbookForm, WorkbookHead
from .look import (
    BOLD,
    EXACT,
    FONT,
    GRID,
    HEAD,
    LINE,
    OPEN,
    TALLEST,
    as_page,
    as_text,
    lines,
    locked,
    sheet_name,
)
from .rows import DONE, NOT_DONE, ReportedRow

FORMAT = 1
"""The version of the workbook's layout."""

HEADINGS = ("ตัวชี้วัด", "รายการ", "หน่วย", "ผล/ค่าที่ได้", "หลักฐานอ้างอิง", "หมายเหตุ")
KEY_HEADING = "gen-results"
KEY = len(HEADINGS) + 1
"""The hidden column that says what each row is."""

RESULT, EVIDENCE = 4, 5
HEAD_ROW = 5
WIDTHS = (34, 44, 12, 30, 36, 28)
TEXT_LINES = 2
"""The lines of a text to be written."""

_NOTES = {
    "number": message("note-number"),
    "tick": message("note-tick", done=DONE, not_done=NOT_DONE),
    "text": message("note-text"),
    "level": message("note-level"),
    "state": message("note-state", states=tuple(STATES.values())),
    "day": message("note-day"),
    "shown": message("note-shown"),
    "fixed": message("note-fixed"),
}
"""What stands beside a cell to fill in, by kind of row, in the language that is spoken."""

_FILLABLE = {"fixed": (EVIDENCE,), "none": (EVIDENCE,), "level": (RESULT,), "shown": ()}
"""The columns to fill in, by kind of row; those of the others are both."""


def write(form: WorkbookForm) -> bytes:
    """The workbook's bytes."""
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = sheet_name(form.about.unit)
    _heads(sheet, form)
    numbers, ticks, states = _validations(sheet)
    row = HEAD_ROW
    for block in form.blocks:
        first = row + 1
        for asked in block.rows:
            row += 1
            item = replace(asked, given=_as_written(form, asked))
            _row(sheet, row, item, block.name if row == first else "")
            cell = sheet.cell(row, RESULT).coordinate
            if item.kind in ("number", "level"):
                numbers.add(cell)
            elif item.kind == "tick":
                ticks.add(cell)
            elif item.kind == "state":
                states.add(cell)
        _as_block(sheet, first, row, block.name)
    _page(sheet, row)
    for table in form.tables:
        row_sheets.write(book, table)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def identity(about: WorkbookHead) -> tuple[str, ...]:
    """The hidden cells above the table: what the workbook is, and of what."""
    return (
        f"{KEY_HEADING} {FORMAT}",
        about.agency,
        about.unit,
        f"{about.fiscal_year} {about.round}",
    )


def row_key(path: Sequence[str]) -> str:
    """The hidden text by which a row is known."""
    return json.dumps(list(path), ensure_ascii=False, separators=(",", ":"))


def _heads(sheet: Worksheet, form: WorkbookForm) -> None:
    for number, text in enumerate(form.heads, start=1):
        cell = sheet.cell(number, 1)
        as_text(cell, text)
        cell.font = BOLD
        sheet.row_dimensions[number].height = LINE
    for number, text in enumerate(identity(form.about), start=1):
        as_text(sheet.cell(number, KEY), text)
    sheet.row_dimensions[HEAD_ROW].height = LINE
    for column, text in enumerate((*HEADINGS, KEY_HEADING), start=1):
        cell = sheet.cell(HEAD_ROW, column)
        as_text(cell, text)
        cell.font, cell.fill, cell.border = BOLD, HEAD, GRID
        cell.alignment = Alignment(horizontal="center", vertical="center", wrap_text=True)


def _row(sheet: Worksheet, number: int, row: ReportedRow, name: str) -> None:
    texts = (name, row.item, row.measure, "", row.evidence or "", str(_NOTES.get(row.kind, "")))
    for column, text in enumerate(texts, start=1):
        cell = sheet.cell(number, column)
        if text:
            as_text(cell, text)
        cell.font, cell.border = FONT, GRID
        cell.alignment = Alignment(vertical="top", wrap_text=True)
    result, evidence = sheet.cell(number, RESULT), sheet.cell(number, EVIDENCE)
    if isinstance(row.given, Decimal):
        if len(row.given.as_tuple().digits) > EXACT:
            as_text(result, f"{row.given:f}")
        else:
            result.value = row.given
            result.number_format = number_format(row.given)
    elif row.given is not None:
        as_text(result, row.given)
    evidence.number_format = "@"
    if row.kind in ("tick", "text", "name", "state", "day"):
        result.number_format = "@"
    if row.kind == "tick":
        result.alignment = Alignment(horizontal="center", vertical="top")
    most = max(lines(text, width) for text, width in zip(texts[1:], WIDTHS[1:], strict=True))
    if row.kind == "text":
        most = max(TEXT_LINES, most)
    if isinstance(row.given, str):
        most = max(most, lines(row.given, WIDTHS[RESULT - 1]))
    sheet.row_dimensions[number].height = min(most * LINE, TALLEST)
    fillable = (RESULT,) if row.alone else _FILLABLE.get(row.kind, (RESULT, EVIDENCE))
    for column in fillable:
        cell = sheet.cell(number, column)
        cell.protection = Protection(locked=False)
        cell.fill = OPEN
    as_text(sheet.cell(number, KEY), row_key(row.path))


def _as_written(form: WorkbookForm, row: ReportedRow) -> Decimal | str | None:
    """What was reported, as officers write it: a survey by its title, a day in words."""
    if row.kind == "name":
        return form.surveys.get(str(row.given), row.given)
    day = thai.parse_date(str(row.given)) if row.kind == "day" and row.given else None
    return row.given if day is None else thai.long_date(day)


def number_format(given: Decimal) -> str:
    """Thousands apart, and all the decimals that a figure has."""
    exponent = given.as_tuple().exponent
    assert isinstance(exponent, int)
    return "#,##0" + (f".{'0' * -exponent}" if exponent < 0 else "")


def _as_block(sheet: Worksheet, first: int, last: int, name: str) -> None:
    """Let an indicator's name span its rows, and give it the room it needs."""
    heights = sum(sheet.row_dimensions[row].height or LINE for row in range(first, last + 1))
    short = lines(name, WIDTHS[0]) * LINE - heights
    if short > 0:
        sheet.row_dimensions[last].height = (sheet.row_dimensions[last].height or LINE) + short
    sheet.merge_cells(start_row=first, end_row=last, start_column=1, end_column=1)


def _validations(sheet: Worksheet) -> tuple[DataValidation, DataValidation, DataValidation]:
    """What is typed is warned about only: Thai digits stand as text, and ใช่ or x are ticks."""
    numbers = DataValidation(
        type="decimal",
        operator="between",
        formula1="-999999999999999",
        formula2="999999999999999",
        allow_blank=True,
        errorStyle="warning",
        errorTitle=str(message("number-in-cell")),
        error=str(message("number-in-cell-expected")),
        showErrorMessage=True,
    )
    ticks = DataValidation(
        type="list",
        formula1=f'"{DONE},{NOT_DONE}"',
        allow_blank=True,
        errorStyle="warning",
        errorTitle=DONE,
        error=str(message("tick-or-nothing", done=DONE, not_done=NOT_DONE)),
        showErrorMessage=True,
    )
    states = DataValidation(
        type="list",
        formula1=f'"{",".join(STATES.values() if spoken() == "th" else STATES)}"',
        allow_blank=True,
        errorStyle="warning",
        errorTitle=str(message("state-in-cell")),
        error=str(message("note-state", states=tuple(STATES.values()))),
        showErrorMessage=True,
    )
    for validation in (numbers, ticks, states):
        sheet.add_data_validation(validation)
    return numbers, ticks, states


def _page(sheet: Worksheet, last: int) -> None:
    for index, width in enumerate(WIDTHS):
        sheet.column_dimensions["ABCDEF"[index]].width = width
    sheet.column_dimensions["G"].hidden = True
    sheet.freeze_panes = f"C{HEAD_ROW + 1}"
    sheet.print_area = f"A1:F{last}"
    as_page(sheet, HEAD_ROW)
    locked(sheet)
