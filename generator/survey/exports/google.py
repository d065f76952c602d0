"""The questionnaire as an Apps Script that builds a Google Form.

The script is one list of what to add, as JSON, and the few functions of ``build.gs`` that add it:
no text of a questionnaire stands anywhere but inside a JSON string. Titles are those of
``survey.headers``, so that the exported answers are read back. Google Forms opens nothing under
an option but another page; what opens under one is asked of everybody, with a hint, and optional.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from itertools import groupby
from pathlib import Path
from typing import Any

from .screen import ScreenBlock, ScreenForm, ScreenQuestion

_BUILD = Path(__file__).with_name("build.gs")
_LEAST_SCALE = 3
"""Google's scales have at least so many numbers; a shorter one is a choice."""

Item = dict[str, Any]


def write(asked: ScreenForm) -> bytes:
    """The script's bytes."""
    survey = {
        "title": asked.title,
        "description": "\n".join(asked.intro),
        "thanks": asked.thanks,
        "items": list(items(asked)),
    }
    return f"var SURVEY = {_literal(survey)};\n\n{_BUILD.read_text('utf-8')}".encode()


def items(asked: ScreenForm) -> Iterator[Item]:
    """What the form is made of, in order."""
    for number, page in enumerate(asked.pages):
        # The first part stands on the page of the instructions.
        kind = "page" if number else "section"
        yield {"kind": kind, "title": page.heading, "help": page.note}
        for block in page.blocks:
            yield from _block(block)


def _block(block: ScreenBlock) -> Iterator[Item]:
    asked = [each for each in block.asked if not each.place.row]
    if asked and block.heading:
        yield {"kind": "section", "title": block.heading, "help": block.note}
    # Rows on two scales stand scale by scale: a grid has one list of columns.
    asked_for = sorted(block.asked, key=lambda each: not each.column.beside)
    if not any(each.column.beside for each in block.asked):
        asked_for = list(block.asked)
    rows = groupby(asked_for, key=lambda each: (each.place.title, each.column.optional))
    for _, group in rows:
        together = list(group)
        if together[0].place.row:
            yield _grid(together, "" if asked else block.note)
        else:
            yield from map(_question, together)


def _grid(rows: list[ScreenQuestion], note: str) -> Item:
    """Statements one below the other. A grid asks for all of its rows or for none."""
    return {
        "kind": "grid",
        "title": rows[0].place.title,
        "help": note,
        "required": not rows[0].column.optional,
        "rows": [each.place.row for each in rows],
        "columns": list(rows[0].labels.values()),
        **({"each": True} if rows[0].column.kind == "place" else {}),
    }


def _question(asked: ScreenQuestion) -> Item:
    column = asked.column
    item: Item = {
        "kind": column.kind,
        "title": asked.place.title,
        "help": " ".join(filter(None, (_condition(asked), asked.hint))),
        "required": not column.optional,
    }
    if column.kind == "number":
        item |= {
            "least": column.least,
            "most": column.most,
            "message": f"ตอบเป็นจำนวนเต็มตั้งแต่ {column.least} ถึง {column.most}",
        }
    elif column.kind == "text":
        item["kind"] = "paragraph" if column.lines > 1 else "text"
    elif column.kind == "scale" and len(asked.labels) >= _LEAST_SCALE:
        item |= {
            "least": int(next(iter(asked.labels))),
            "most": int(list(asked.labels)[-1]),
            "ends": list(asked.ends),
        }
    else:
        item |= {
            "kind": "many" if column.kind == "many" else "one",
            "options": list(asked.labels.values()),
        }
    return item


def _condition(asked: ScreenQuestion) -> str:
    if asked.condition is None:
        return ""
    opener, option = asked.condition
    if option is None:
        return "ตอบเมื่อระบุประเด็นไว้ข้างต้น"
    words = next(choice.text for choice in opener.choices if choice.id == option)
    return f"ตอบเมื่อเลือก “{words}”"


def _literal(data: Any) -> str:
    """Data as a JavaScript literal that means the same wherever the script is pasted."""
    text = json.dumps(data, ensure_ascii=False, indent=1)
    for sign in "<>&\u2028\u2029":
        text = text.replace(sign, f"\\u{ord(sign):04x}")
    return text
