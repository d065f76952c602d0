"""The pages that documents are printed on: paper, margins, and the width that text has on them.

They stand here once, in millimetres. The templates of either format say the same in their own
words, and tests compare them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType


@dataclass(frozen=True, slots=True)
class Paper:
    """A sheet of paper, in millimetres, as it is held."""

    width: float
    height: float

    @property
    def across(self) -> Paper:
        """The same sheet on its side."""
        return Paper(self.height, self.width)

    @property
    def size(self) -> tuple[float, float]:
        """Its width and height."""
        return self.width, self.height


A3, A4, A5 = Paper(297.0, 420.0), Paper(210.0, 297.0), Paper(148.0, 210.0)


@dataclass(frozen=True, slots=True)
class PageFormat:
    """A page: its paper and its margins, in millimetres."""

    paper: Paper
    top: int
    right: int
    bottom: int
    left: int

    @property
    def text_millimetres(self) -> int:
        """How wide its text is, in millimetres."""
        return round(self.paper.width) - self.left - self.right

    @property
    def text_width(self) -> float:
        """How wide its text is, in centimetres."""
        return self.text_millimetres / 10


UPRIGHT = PageFormat(A4, 25, 20, 20, 30)
ACROSS = PageFormat(A4.across, 25, 20, 20, 30)
CHART_A3 = PageFormat(A3.across, 10, 13, 18, 13)
CHART_A4 = PageFormat(A4.across, 7, 9, 14, 9)
SURVEY = PageFormat(A4, 18, 20, 25, 20)
SURVEY_LARGE = PageFormat(A4, 20, 20, 40, 20)
SURVEY_BOOKLET = PageFormat(A5, 17, 13, 25, 13)

PAGES: Mapping[str, PageFormat] = MappingProxyType(
    {
        "": UPRIGHT,
        "wide": ACROSS,
        "chart-a3": CHART_A3,
        "chart-a4": CHART_A4,
        "survey": SURVEY,
        "survey-large": SURVEY_LARGE,
        "survey-booklet": SURVEY_BOOKLET,
    }
)
"""Every page, by what stylesheets call it; without a name it is the usual one."""
