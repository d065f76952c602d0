"""Places on pages, in millimetres: rectangles, and the boxes and blanks of a questionnaire."""

from __future__ import annotations

from dataclasses import dataclass

from ...survey.sheet_map import Rectangle

__all__ = ["BoxPlace", "Rectangle"]


@dataclass(frozen=True, slots=True)
class BoxPlace:
    """A box (with its ``option``) or a blank (without) of a column of answers.

    ``page`` counts from 1; ``question`` are the words that a reader hears.
    """

    page: int
    column: str
    option: str
    rectangle: Rectangle
    question: str
