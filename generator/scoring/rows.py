"""A row of a unit's scores: one indicator, or a person's competencies."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Literal

from ..diagnostics import Diagnostic
from ..exact import Exact, bare, half_up
from ..model import Result
from .assessing import AssessedIndicator
from .competencies import Unassessed
from .exemptions import Exempt, WeightChange
from .judging import IndicatorScore
from .refusal import Lacking
from .trace import Trace

SCORE_DECIMALS = 4
"""คะแนน (ก), คะแนนถ่วงน้ำหนัก (ค) and their total are shown so."""

PERCENT = Decimal(100)
"""What weights add up to unless the agency says otherwise."""

State = Literal["scored", "open", "at fault", "not judged", "not applicable"]


@dataclass(frozen=True, slots=True)
class ScoredIndicator:
    """One indicator: its weight (ข), score (ก) and weighted score (ค), exact.

    ค = ก × ข ÷ ``weights_sum``, what all weights of the unit's tree add up to.

    open: nobody has reported a result, or ``lacking`` months of its figures. at fault: it can't
    be scored. not judged: it has no criteria here and doesn't count; others borrow it. not
    applicable: by a decision (``exempt``) it isn't judged in this round, and weighs nothing.
    ``weight`` is what counts: what was ``agreed``, and what ``change`` made of it because others
    aren't judged. ``reporter`` is whose result it is. ``of``: a component that a person's
    competencies are scored in is a row, too; ``unassessed`` are those that nobody has assessed.
    ``assessment`` is what a result's assessors say; open is then also what waits for one of them.
    """

    key: str
    name: str
    component: str
    counts: bool
    weight: Exact | None
    state: State
    reporter: str
    result: Result | None = None
    score: IndicatorScore | None = None
    faults: tuple[Diagnostic, ...] = ()
    lacking: Lacking | None = None
    weights_sum: Exact = PERCENT
    of: Literal["indicator", "competencies"] = "indicator"
    unassessed: Unassessed | None = None
    assessment: AssessedIndicator | None = None
    agreed: Decimal | None = None
    exempt: Exempt | None = None
    change: WeightChange | None = None

    @property
    def reported(self) -> Trace | None:
        """The steps to the score of the result as it was reported, before others assessed it."""
        if self.assessment is not None and (own := self.assessment.views[0].score) is not None:
            return own.trace
        return None if self.score is None else self.score.trace

    @property
    def weight_shown(self) -> Decimal | None:
        """ข as it is printed: as it was typed, or rounded where it was worked out."""
        if not isinstance(self.weight, Fraction):
            return self.weight
        return Decimal(bare(half_up(self.weight, SCORE_DECIMALS)))

    @property
    def weighted(self) -> Fraction | None:
        """ค, exact; None where score or weight is missing."""
        if self.score is None or self.weight is None:
            return None
        return share(self.score.points, self.weight, self.weights_sum)

    @property
    def score_shown(self) -> Decimal | None:
        """ก as it is printed."""
        return None if self.score is None else half_up(self.score.points, SCORE_DECIMALS)

    @property
    def weighted_shown(self) -> Decimal | None:
        """ค as it is printed."""
        weighted = self.weighted
        return None if weighted is None else half_up(weighted, SCORE_DECIMALS)


def share(number: Exact, weight: Exact, whole: Exact) -> Fraction:
    """``number × weight ÷ whole``."""
    return Fraction(number) * Fraction(weight) / Fraction(whole)
