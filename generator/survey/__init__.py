"""What a questionnaire asks in columns of answers, and what the counted answers come to."""

from .columns import AnswerColumn, AnswerOption, columns
from .figures import (
    Rating,
    RatingsOfScales,
    Spread,
    SurveyFigures,
    figures,
    full_marks,
    issue_marks,
    pooled,
    rating,
    sample_size,
    spread,
)

__all__ = [
    "AnswerColumn",
    "AnswerOption",
    "Rating",
    "RatingsOfScales",
    "Spread",
    "SurveyFigures",
    "columns",
    "figures",
    "full_marks",
    "issue_marks",
    "pooled",
    "rating",
    "sample_size",
    "spread",
]
