"""A target table: figures of a CSV file, and rules that make more of them (``tables/``)."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field, model_validator

from ..messages import message
from .fields import DataModel, Line, Name, Whole, printed, refusal, unprinted

_COLUMN = unprinted("the name of a column of the CSV")


class TableColumn(DataModel):
    """A column: numbers of rows, a column of the CSV, or a formula on its figures."""

    heading: Annotated[Line, printed("indicators")]
    group: Annotated[Line | None, printed("indicators")] = Field(
        None, description="a heading over this column and its neighbours of the same group"
    )
    text: Annotated[Name | None, _COLUMN] = Field(
        None, description="a column of the CSV, printed as it is"
    )
    formula: str | None = Field(
        None, description="arithmetic on the CSV's figures, exact until it is printed: base * 0.35"
    )
    decimals: Whole = Field(0, ge=0, le=6, description="printed half-up with so many decimals")

    @model_validator(mode="after")
    def _one(self) -> TableColumn:
        if self.text is not None and self.formula is not None:
            raise refusal(message("text-and-formula"))
        return self


class TargetTable(DataModel):
    """A table with one row a line of the CSV and a total of exact sums.

    A column without text and formula numbers the rows.
    """

    title: Annotated[list[Line], printed("indicators")]
    source: Annotated[Line | None, printed("indicators")] = Field(None, description="ที่มา: …")
    csv: Annotated[Line, unprinted("a file's name")] = Field(description="the file beside this one")
    key: Annotated[Name, _COLUMN] = Field(
        description="the CSV's column that names a row; each name stands once"
    )
    rows: Whole | None = Field(None, description="how many rows there must be")
    numbers: Annotated[list[Name], _COLUMN] = Field(
        description="the CSV's columns that hold figures"
    )
    columns: list[TableColumn] = Field(min_length=1)
    total: Annotated[Line | None, printed("indicators")] = Field(
        None, description="the words of the total row, under the column of the key"
    )
