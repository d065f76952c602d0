"""Results become scores, each with a trace of how.

Pure: a function of what was agreed and what was reported. Rational throughout, half-up once,
when displayed. The entry is ``score_unit``; ``explain`` puts a trace into words.
"""

from .borrowing import Reports
from .gathering import gathered, unscorable
from .judging import PartScore, Score
from .ladder import Outcome
from .refusal import Refused
from .trace import Policy, Step, Trace, plain
from .unit import ComponentScore, Pool, Row, UnitScore, score_unit

__all__ = [
    "ComponentScore",
    "Outcome",
    "PartScore",
    "Policy",
    "Pool",
    "Refused",
    "Reports",
    "Row",
    "Score",
    "Step",
    "Trace",
    "UnitScore",
    "gathered",
    "plain",
    "score_unit",
    "unscorable",
]
