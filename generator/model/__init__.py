"""The data that officers keep: what was agreed, in the field's own words."""

from .agency import Agency, Form, Grade, Policies, Round, Scale, ScaleLevel, Terms
from .components import Component
from .criteria import NOT_EARNED, OPEN, Condition, Criteria, LevelMark, Part, Value
from .indicator import LEVELS, Baseline, Contact, Indicator, PastResult
from .results import Result, Results
from .unit import Party, ResultOf, Strategy, Unit, UnitIndicator, Use
from .wording import FIELDS, PARTY_FIELDS, Wording

__all__ = [
    "FIELDS",
    "LEVELS",
    "NOT_EARNED",
    "OPEN",
    "PARTY_FIELDS",
    "Agency",
    "Baseline",
    "Component",
    "Condition",
    "Contact",
    "Criteria",
    "Form",
    "Grade",
    "Indicator",
    "LevelMark",
    "Part",
    "Party",
    "PastResult",
    "Policies",
    "Result",
    "ResultOf",
    "Results",
    "Round",
    "Scale",
    "ScaleLevel",
    "Strategy",
    "Terms",
    "Unit",
    "UnitIndicator",
    "Use",
    "Value",
    "Wording",
]
