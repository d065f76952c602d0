"""What a questionnaire asks in columns of answers, and what the counted answers come to."""

from .columns import Choice, Column, columns
from .figures import Figures, Rating, Spread, figures, pooled, rating, sample_size, spread

__all__ = [
    "Choice",
    "Column",
    "Figures",
    "Rating",
    "Spread",
    "columns",
    "figures",
    "pooled",
    "rating",
    "sample_size",
    "spread",
]
