"""Results become scores, each with a trace of how.

Pure: a function of what was agreed and what was reported. Rational throughout, half-up once,
when displayed. The entry is ``score_unit``; ``explain`` puts a trace into words.
"""

from .as_data import plain
from .borrowing import RoundReports
from .gathering import gathered
from .judging import IndicatorScore, PartScore
from .ladder import CriteriaOutcome
from .refusal import Refused
from .rows import ScoredIndicator
from .totals import ComponentScore, ScorePool
from .trace import Policy, Step, Trace
from .unit import UnitScore, score_unit

__all__ = [
    "ComponentScore",
    "CriteriaOutcome",
    "IndicatorScore",
    "PartScore",
    "Policy",
    "Refused",
    "RoundReports",
    "ScorePool",
    "ScoredIndicator",
    "Step",
    "Trace",
    "UnitScore",
    "gathered",
    "plain",
    "score_unit",
]
