"""Which paragraph style Word gives what: the context names it, no template has to choose.

The names are those of the styles in ``templates/docx``. They only lay out: a document says the
same whatever its styles are called, so they are no part of its id.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from .rich import Paragraph, Rich

CLAUSE, LAST_CLAUSE = "Clause", "ClauseNext"
"""Numbered clauses; the last one stays with what follows."""

GOAL, GOAL_NUMBER = "GoalText", "GoalNumber"
"""The cells of a memorandum's table."""

LAST_GOAL, LAST_GOAL_NUMBER = "GoalTextNext", "GoalNumberNext"
"""Those of its last row, which stays with the signatures."""

ROW, ROW_NUMBER = "TableText", "TableNumber"
"""What a row of a survey's report says, and its figures."""

KEPT_ROW = "TableTextNext"
"""What a row of a short table says: it stays with the next."""

TOTAL, TOTAL_NUMBER = "TableTotal", "TableTotalNumber"
"""A row that sums up others."""

CELL, CENTRED_CELL = "GridText", "GridNumber"
"""Cells of a framework's tables."""


JUSTIFIED = frozenset(
    ("Clause", "BodyText", "Item1", "Item2", "Labelled", "Guide1", "Guide2", "Guide3")
)
"""Clauses and descriptions, with the styles that rest on these: they fill their lines."""


@dataclass(frozen=True, slots=True)
class RichStyles:
    """The styles of a text with markup, by depth; what is deeper has the last one.

    ``items`` are those of list items, ``others`` of all other paragraphs.
    """

    items: tuple[str, ...]
    others: tuple[str, ...]

    def of(self, block: Paragraph) -> str:
        """The style of one paragraph."""
        names = self.items if block.marker else self.others
        return names[min(block.depth, len(names) - 1)]

    def on(self, text: Rich) -> Rich:
        """The text, each paragraph with its style."""
        return tuple(replace(block, style=self.of(block)) for block in text)


BODY = RichStyles(("Item1", "Item2"), ("BodyText",))
"""Texts between the tables of a document."""

SHEET = RichStyles(("SheetItem1", "SheetItem2"), ("SheetBody",))
"""Texts on the sheets of indicators, whose lines are closer."""

INSTRUCTIONS = RichStyles(("SurveyItem1", "SurveyItem2"), ("SurveyBodyText",))
"""How a questionnaire is filled in; its letters have a size of their own."""

CHAPTER = RichStyles(("Item1", "Item2"), ("ChapterText", "BodyText"))
"""Texts of chapters: what isn't indented itself begins with an indent."""

BEFORE_TABLE = RichStyles(("ChapterTextNext",), ("ChapterTextNext",))
"""What stays on the page of the table that follows it."""

GUIDE = RichStyles(("Guide1", "Guide2", "Guide3"), ("SheetText",))
"""Guidance below the tables of a form."""

CHECKLIST = RichStyles(("ChartCheck", "ChartCheck2"), ("ChartCheck", "ChartCheck2"))
"""Checklists on a chart's cards."""

REASON = RichStyles(("Reason", "ReasonItem"), ("Reason", "ReasonItem"))
"""What proves a result, below the score's explanation."""


def to_table(text: Rich) -> Rich:
    """A chapter's text whose last paragraph stays with the table that follows."""
    return (*CHAPTER.on(text[:-1]), *BEFORE_TABLE.on(text[-1:]))


def in_cell(text: Rich, style: str) -> Rich:
    """The paragraphs of a cell, all of one style."""
    return tuple(replace(block, style=style) for block in text)
