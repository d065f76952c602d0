"""The data that officers keep: what was agreed, in the field's own words."""

from .agency import (
    Agency,
    Form,
    Frame,
    Grade,
    MatrixBlock,
    MatrixRow,
    Policies,
    Round,
    Scale,
    ScaleLevel,
    Statement,
    Terms,
)
from .components import Component
from .criteria import (
    NOT_EARNED,
    OPEN,
    Condition,
    Criteria,
    Decimals,
    Input,
    LevelMark,
    Lookup,
    LookupRow,
    Part,
    Value,
)
from .indicator import LEVELS, Baseline, Contact, Indicator, PastResult
from .plan import Activity, Plan
from .results import PartResult, Result, Results
from .table import Column, TargetTable
from .unit import Party, ResultOf, Strategy, Unit, UnitIndicator, Use
from .wording import FIELDS, PARTY_FIELDS, Wording

__all__ = [
    "FIELDS",
    "LEVELS",
    "NOT_EARNED",
    "OPEN",
    "PARTY_FIELDS",
    "Activity",
    "Agency",
    "Baseline",
    "Column",
    "Component",
    "Condition",
    "Contact",
    "Criteria",
    "Decimals",
    "Form",
    "Frame",
    "Grade",
    "Indicator",
    "Input",
    "LevelMark",
    "Lookup",
    "LookupRow",
    "MatrixBlock",
    "MatrixRow",
    "Part",
    "PartResult",
    "Party",
    "PastResult",
    "Plan",
    "Policies",
    "Result",
    "ResultOf",
    "Results",
    "Round",
    "Scale",
    "ScaleLevel",
    "Statement",
    "Strategy",
    "TargetTable",
    "Terms",
    "Unit",
    "UnitIndicator",
    "Use",
    "Value",
    "Wording",
]
