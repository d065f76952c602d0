"""The pages that documents are printed on: paper, margins, and the width that text has on them.

They stand here once, in millimetres. The templates of either format say the same in their own
words, and tests compare them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from ...model.papers import PaperSize


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


A1, A2, A3 = Paper(594.0, 841.0), Paper(420.0, 594.0), Paper(297.0, 420.0)
A4, A5 = Paper(210.0, 297.0), Paper(148.0, 210.0)


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

    @property
    def text_height(self) -> float:
        """How high its text may get, in centimetres."""
        return (self.paper.height - self.top - self.bottom) / 10


UPRIGHT = PageFormat(A4, 25, 20, 20, 30)
ACROSS = PageFormat(A4.across, 25, 20, 20, 30)
CHARTS: Mapping[PaperSize, PageFormat] = MappingProxyType(
    {
        "a1": PageFormat(A1.across, 15, 18, 22, 18),
        "a2": PageFormat(A2.across, 12, 15, 20, 15),
        "a3": PageFormat(A3.across, 10, 13, 18, 13),
        "a4": PageFormat(A4.across, 10, 9, 14, 9),
    }
)
"""The pages of a chart, the largest first."""

SURVEY = PageFormat(A4, 18, 20, 25, 20)
SURVEY_LARGE = PageFormat(A4, 20, 20, 40, 20)
SURVEY_BOOKLET = PageFormat(A5, 17, 13, 25, 13)

PAGES: Mapping[str, PageFormat] = MappingProxyType(
    {
        "": UPRIGHT,
        "wide": ACROSS,
        **{f"chart-{size}": page for size, page in CHARTS.items()},
        "survey": SURVEY,
        "survey-large": SURVEY_LARGE,
        "survey-booklet": SURVEY_BOOKLET,
    }
)
"""Every page, by what stylesheets call it; without a name it is the usual one."""
