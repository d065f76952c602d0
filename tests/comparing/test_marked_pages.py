"""A document with its changes marked, as pages."""

import random

from generator.comparing import marked_pages
from generator.comparing.tracked_document import compared
from support import word_edits
from support.making import in_word

BASE = ("agreement", "ตัวอย่าง-ก")


def said(data: bytes, *fates: str) -> str:
    """What the pages say, without white space, of what has these fates."""
    blocks = [b for section in marked_pages.sections(data, "x") for b in section.blocks]
    paragraphs = []
    for block in blocks:
        paragraphs += [block.paragraph] if block.paragraph else []
        rows = (*block.heads, *block.rows)
        paragraphs += [p for row in rows for cell in row.cells for p in cell.paragraphs]
    runs = [run for p in paragraphs for run in p.runs if run.fate in fates]
    return "".join("".join(run.text for run in runs).split())


def test_pages_say_the_old_and_the_new_words() -> None:
    # It has no lists: items that are gone count on the pages, as they do in Word.
    old = in_word("agreement", "พัฒนาการอำเภอ")
    new = word_edits.edited(old, random.Random(3), 8, word_edits.WORDING)
    both = compared(old, new, "x")
    assert said(both, "", "del") == said(compared(old, old, "x"), "")
    assert said(both, "", "ins") == said(compared(new, new, "x"), "")
    assert said(both, "ins")


def test_moved_rows_and_other_letters_are_told() -> None:
    old = in_word(*BASE)
    moved = word_edits.edited(old, random.Random(1), 1, {"row": word_edits.move_row})
    assert said(compared(old, moved, "x"), "moved")
    bold = word_edits.edited(old, random.Random(1), 1, {"bold": word_edits.make_bold})
    sections = marked_pages.sections(compared(old, bold, "x"), "x")
    assert [fate for s in sections for b in s.blocks for fate in b.fates] == ["look"]


def test_pages_across_stay_across() -> None:
    both = compared(in_word(*BASE), in_word(*BASE), "x")
    assert {section.wide for section in marked_pages.sections(both, "x")} == {True, False}
