"""Every sentence with its code, as ``docs/messages.md`` lists them: ``make messages``."""

from __future__ import annotations

from pathlib import Path

from . import catalogue
from .catalogue import HINT, CatalogueEntry

_HEAD = """\
# Messages

What gen says to people, by code. A code is stable: it stands in `--json` beside the sentence, and
programs may rely on it. What is in {braces} is given by the fault; where a sentence has two
forms, the second is for more than one. The files in `generator/messages/en/` are the source of
this list (`make messages`).
"""


def listing(language: str = "en") -> str:
    """The list as Markdown: a table a catalogue file, a row a code, in alphabetical order."""
    entries = catalogue.entries(language)
    remedies = {entry.code: entry for entry in entries if entry.context == HINT}
    rooms = dict.fromkeys(entry.file for entry in entries)
    return _HEAD + "".join(
        _table(room, [one for one in entries if one.file == room and not one.context], remedies)
        for room in rooms
    )


def _table(room: str, entries: list[CatalogueEntry], remedies: dict[str, CatalogueEntry]) -> str:
    lines = ["", f"## {room}", "", "| code | sentence | remedy |", "|---|---|---|"]
    for entry in sorted(entries, key=lambda entry: entry.code):
        remedy = remedies.get(entry.code)
        lines.append(f"| `{entry.code}` | {_cell(entry)} | {_cell(remedy) if remedy else ''} |")
    return "\n".join(lines) + "\n"


def _cell(entry: CatalogueEntry) -> str:
    texts = (text.replace("|", "\\|").replace("\n", " ") for text in entry.texts)
    return "<br>".join(text.replace("<", "&lt;") for text in texts)


if __name__ == "__main__":
    Path("docs/messages.md").write_text(listing(), "utf-8")
