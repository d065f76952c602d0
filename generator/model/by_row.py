"""Results that come row by row: by region, province, site or field of study, from one CSV."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, model_validator

from ..messages import message
from .criteria import Condition
from .fields import DataModel, Flag, Key, Line, Name, printed, refusal, unprinted

MOST_ROWS = 2000
"""So many rows a result has at the most."""

RollUp = Literal["sum", "mean", "weighted", "ratio", "passed"]

NOT_APPLICABLE = "-"
"""A row whose figures are all this doesn't apply: it is listed, and counts for nothing."""

_COLUMN = unprinted("the name of a column of the CSV")


class ByRow(DataModel):
    """How the result's rows are read, scored, ranked, and rolled up into one.

    The CSV has a column for each figure of the indicator's formula (by its key, or its words), or
    the column ``value`` where there is no formula.
    """

    key: Annotated[Name, _COLUMN] = Field(
        description="the CSV's column that names a row; each name stands once"
    )
    called: Annotated[Line, printed("report")] = Field(
        description="what a row is, such as จังหวัด: the head over the rows' names"
    )
    sites: Key | None = Field(
        None, description="a table of tables/ whose key names the rows that there have to be"
    )
    texts: Annotated[list[Name], _COLUMN] = Field(
        [], description="columns of words that the report prints as they are, such as the region"
    )
    value: Annotated[Name, _COLUMN] = Field(
        "value", description="the column of the value, where the indicator has no formula"
    )
    full: Annotated[Name | None, _COLUMN] = Field(
        None,
        description="the column of what earns full marks, where that differs by row (60000, 50000, "
        "25000): the criteria read value × 100 ÷ full",
    )
    weight: Annotated[Name | None, _COLUMN] = Field(
        None, description="the column of a row's weight, for weighted"
    )
    roll_up: RollUp = Field(
        description="sum; mean; weighted: the mean by weight; ratio: the formula of the sums; "
        "passed: the percentage of the rows that pass"
    )
    of: Literal["value", "score"] = Field(
        "value",
        description="value: rolled up, then judged; score: the mean of the rows' scores is the "
        "indicator's",
    )
    scored: Flag | None = Field(
        None,
        description="whether each row is scored by the indicator's criteria; where nothing is "
        "said, all but rows that are summed up or counted are",
    )
    passed: Condition | None = Field(
        None, description="a row passes where this holds of its value, or its percentage of full"
    )
    rank: Literal["score", "value", "least", "none"] | None = Field(
        None,
        description="by what rows are ranked: score (where rows are scored and nothing is said), "
        "value, or the least value first",
    )

    @property
    def is_scored(self) -> bool:
        """Whether each row has a score."""
        return self.roll_up not in ("sum", "passed") if self.scored is None else self.scored

    @property
    def ranked_by(self) -> Literal["score", "value", "least", "none"]:
        """By what rows are ranked."""
        return self.rank or ("score" if self.is_scored else "value")

    @model_validator(mode="after")
    def _fits(self) -> ByRow:
        if (self.weight is None) == (self.roll_up == "weighted"):
            raise refusal(message("rows-weighted-by-column"))
        if self.of == "score" and self.roll_up not in ("mean", "weighted"):
            raise refusal(message("scores-have-a-mean", rule=self.roll_up))
        if not self.is_scored and (self.of == "score" or self.rank == "score"):
            raise refusal(message("rows-not-scored"))
        if self.roll_up == "sum" and self.full is not None:
            raise refusal(message("percentages-not-summed"))
        if self.roll_up == "passed" and self.passed is None:
            raise refusal(message("no-bound-to-pass"))
        named = [self.key, *self.texts, *(one for one in (self.full, self.weight) if one)]
        for index, name in enumerate(named):
            if name in named[:index]:
                raise refusal(message("column-in-two-parts", name=name))
        return self


class RowWords(DataModel):
    """The heads of the table of rows in the report."""

    heading: Annotated[Line, printed("report")] = Field(
        description="above the table: [[called]] is what a row is, [[name]] the indicator"
    )
    rank: Annotated[Line, printed("report")]
    value: Annotated[Line, printed("report")]
    full: Annotated[Line, printed("report")] = Field(description="what earns full marks")
    percent: Annotated[Line, printed("report")] = Field(description="the value out of full marks")
    weight: Annotated[Line, printed("report")]
    score: Annotated[Line, printed("report")]
    result: Annotated[Line, printed("report")] = Field(description="the head over pass and fail")
    passed: Annotated[Line, printed("report")] = Field(description="said of a row that passes")
    failed: Annotated[Line, printed("report")] = Field(description="said of a row that doesn't")
