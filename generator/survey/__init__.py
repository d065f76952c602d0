"""What a questionnaire asks in columns of answers, and what the counted answers come to."""

from .columns import AnswerColumn, AnswerOption, columns
from .figures import Rating, Spread, SurveyFigures, figures, pooled, rating, sample_size, spread

__all__ = [
    "AnswerColumn",
    "AnswerOption",
    "Rating",
    "Spread",
    "SurveyFigures",
    "columns",
    "figures",
    "pooled",
    "rating",
    "sample_size",
    "spread",
]
