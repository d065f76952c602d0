"""The page on which a person decides what the program doesn't: one file, offline.

It holds cut-outs of the questions with their options, and writes the decisions into a file that
``gen survey read --decided`` takes.
"""

from __future__ import annotations

import base64
import json
from collections.abc import Mapping, Sequence
from importlib.resources import files
from typing import Any

from ..messages import message, spoken
from ..survey import AnswerColumn
from .copies import COPY, CopyQuestion

MOST = 3000
"""So many questions are on a page; when they are decided the next come."""

_WORDS = {
    "title": message("review-title"),
    "who": message("review-who"),
    "none": message("review-none"),
    "save": message("review-save"),
    "undo": message("review-undo"),
    "keys": message("review-keys"),
    "done": message("review-done"),
    # The page itself puts in how many are left.
    "left": message("review-left", left="{left}", all="{all}"),
}
_DOUBTS = {
    "two-marks": message("doubt-two-marks"),
    "near-the-bound": message("doubt-near-the-bound"),
    "ink-elsewhere": message("doubt-ink-elsewhere"),
    "filled-or-corrected": message("doubt-filled-or-corrected"),
    "scans-differ": message("doubt-scans-differ"),
    "not-laid": message("doubt-not-laid"),
    "written": message("doubt-written"),
    "unknown-copy": message("doubt-unknown-copy"),
}


def page(
    title: str,
    waiting: Sequence[CopyQuestion],
    columns: Mapping[str, AnswerColumn],
    cuts: Mapping[tuple[str, int, str, int], bytes],
) -> bytes:
    """The page for questions that wait.

    ``cuts`` are PNG by file's hash, side, question, and which page of the side.
    """
    which = AnswerColumn(COPY, "text", str(message("review-copy")), "", COPY)
    items = [_item(one, columns.get(one.item, which), cuts) for one in waiting[:MOST]]
    about = {
        "title": f"{_WORDS['title']} · {title}",
        "language": spoken(),
        "words": {name: str(word) for name, word in _WORDS.items()},
        "items": items,
        "more": max(0, len(waiting) - MOST),
    }
    data = json.dumps(about, ensure_ascii=False).replace("<", "\\u003c")
    shell = (files(__package__) / "review.html").read_text("utf-8")
    return shell.replace("/*DATA*/null", data).encode()


def _item(
    one: CopyQuestion, column: AnswerColumn, cuts: Mapping[tuple[str, int, str, int], bytes]
) -> dict[str, Any]:
    pictures, places = [], []
    for source, _ in one.sources:
        side, record = source.side, source.page
        places.append(f"{side.file}:{side.number}")
        data = cuts.get((*side.key, one.item, side.pages.index(record)))
        if data is not None:
            pictures.append("data:image/png;base64," + base64.b64encode(data).decode())
    read = {
        box.option: [box.state, box.why]
        for _, question in one.sources
        if question is not None
        for box in question.boxes
    }
    section = f"{column.section}: " if column.section else ""
    return {
        "copy": one.copy,
        "item": one.item,
        "label": section + column.label,
        "kind": column.kind,
        "options": [[choice.id, choice.text] for choice in column.choices],
        "read": read,
        "doubt": str(_DOUBTS[one.doubt]) if one.doubt in _DOUBTS else one.doubt,
        "places": places,
        "pictures": pictures,
    }
