"""Numbers as other programs write them into cells."""

from __future__ import annotations

import pytest
from openpyxl import Workbook
from openpyxl.cell.cell import Cell

from generator.importing.workbook.cells import CellRefused, numeric


def cell(value: object, style: str = "General") -> Cell:
    sheet = Workbook().worksheets[0]
    made = sheet.cell(1, 1)
    assert isinstance(made, Cell)
    made.value = value  # type: ignore[assignment]
    made.number_format = style
    return made


@pytest.mark.parametrize(
    ("style", "code"), [("General", "number-impossibly-large"), ("0%", "number-as-percentage")]
)
@pytest.mark.parametrize("digits", [16, 400, 4_000])
def test_a_number_that_no_cell_can_hold_is_a_fault(style: str, code: str, digits: int) -> None:
    with pytest.raises(CellRefused) as caught:
        numeric(cell(10**digits, style))
    assert caught.value.said.code == code


def test_a_number_is_read_as_it_is_shown() -> None:
    assert [numeric(cell(value)) for value in (82.5, 0.1 + 0.2, 7, " ๘๒.๕ ")] == [
        "82.5",
        "0.3",
        "7",
        "82.5",
    ]
