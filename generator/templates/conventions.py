"""What templates and code agree on: the names in a template that code looks for.

Whoever reads a template's attributes, classes or table styles takes them from here; tests compare
the shipped templates.
"""

from __future__ import annotations

SIGNATURE_FIELD = "data-signature"
"""The attribute of a line to sign on: its value is the signature field's name."""

DATE_OF_SIGNING = "signed-on"
"""The class of the line for the date that ends a block to sign in."""

PARTS = "<!-- parts -->"
"""Stands between what is in page heads and feet and the parts of a document."""

PART = "data-part"
"""The attribute of a section that begins on a new page and knows nothing of the others."""

CHECK_BOX, ANSWER_BLANK = "data-box", "data-write"
"""The attributes of a box (column:option) and of a blank to write in (column)."""

BOX = "☐"
"""The sign that a box is drawn as."""

FURNITURE_CLASS = "page-"
"""How the classes begin of what stands in page heads and feet."""

DATA_TABLE, LAYOUT_TABLE = "DataTable", "Layout"
"""The styles of Word's tables: those that hold data, and those that only place things."""

KEPT_WITH_BEFORE = "Contact"
"""The style of Word's paragraphs that stay with what stands before them: names to ask."""

SHEET_HEADING = "SheetHeading"
"""The style of the Word paragraph with which a sheet begins, on a new page."""

GOES_ON = "TableEndNext"
"""The style of an empty Word paragraph that keeps a table with what follows it."""

BELOW_TABLE = "GridNote"
"""The style of Word's paragraphs that stay with the table above them: its notes."""

EQUATION_TABLE = "Equations"
"""The style of a table that is one paragraph, an equation, to whoever reads it."""


def is_furniture(classes: str | None) -> bool:
    """Whether an element of these classes stands in page heads and feet."""
    return (classes or "").startswith(FURNITURE_CLASS)
