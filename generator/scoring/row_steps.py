"""How rows came to one result: steps of a trace, as plain data."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, Literal

from ..exact import Exact
from ..model import Condition


@dataclass(frozen=True, slots=True)
class RowsSummed:
    """A figure of the formula, added up over the rows. ``terms`` are those of the rows."""

    kind: ClassVar[str] = "rows summed"
    name: str
    measure: str
    called: str
    terms: tuple[Exact, ...]
    total: Exact


@dataclass(frozen=True, slots=True)
class RowsRolledUp:
    """The rows rolled up: their sum, mean, mean by weight, or the percentage that passes.

    ``of`` says of what: values, percentages of full marks, or scores. ``left_out`` are the rows
    that don't apply. ``value`` is ``total`` ÷ ``divisor`` (× 100 of the rows that pass).
    """

    kind: ClassVar[str] = "rows"
    rule: Literal["sum", "mean", "weighted", "passed"]
    of: Literal["value", "percent", "score"]
    called: str
    terms: tuple[Exact, ...]
    weights: tuple[Exact, ...]
    total: Exact
    divisor: Exact
    value: Exact
    left_out: int = 0
    condition: Condition | None = None


@dataclass(frozen=True, slots=True)
class RatioOfSums:
    """What the rows came to together, out of all that earns full marks: × 100 ÷."""

    kind: ClassVar[str] = "rows ratio"
    called: str
    total: Exact
    full: Exact
    value: Exact
