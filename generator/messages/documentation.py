"""Every sentence with its code, as ``docs/messages.md`` lists them: ``make messages``.

The codes that have no Thai sentence yet are printed.
"""

from __future__ import annotations

from pathlib import Path

from . import catalogue
from .catalogue import HINT, CatalogueEntry
from .language import LANGUAGES

_HEAD = """\
# Messages

What gen says to people, by code, in English and in Thai. A code is stable: it stands in `--json`
beside the sentence, and programs may rely on it. What is in {braces} is given by the fault; where
an English sentence has two forms, the second is for more than one. What is to be done stands below.
The files in `generator/messages/en/` and `th/` are the source of this list (`make messages`); the
words to use stand in [glossary.md](glossary.md).
"""
_MISSING = "not yet in Thai"

_Said = dict[tuple[str, str], CatalogueEntry]


def listing() -> str:
    """The list as Markdown: a table a catalogue file, a row a code, in alphabetical order."""
    english, thai = (_said(language) for language in LANGUAGES)
    rooms = dict.fromkeys(entry.file for entry in english.values())
    return _HEAD + "".join(_table(room, english, thai) for room in rooms)


def untranslated() -> tuple[str, ...]:
    """The codes of sentences and remedies that stand in one language alone, each once."""
    english, thai = (_said(language).keys() for language in LANGUAGES)
    return tuple(sorted({code for _, code in english ^ thai}))


def _said(language: str) -> _Said:
    return {(entry.context, entry.code): entry for entry in catalogue.entries(language)}


def _table(room: str, english: _Said, thai: _Said) -> str:
    lines = ["", f"## {room}", "", "| code | English | ไทย |", "|---|---|---|"]
    for code in sorted(e.code for e in english.values() if e.file == room and not e.context):
        lines.append(f"| `{code}` | {_cell(code, english)} | {_cell(code, thai)} |")
    return "\n".join(lines) + "\n"


def _cell(code: str, said: _Said) -> str:
    found = [said[key] for key in (("", code), (HINT, code)) if key in said]
    texts = [text for entry in found for text in entry.texts]
    shown = (text.replace("|", "\\|").replace("\n", " ").replace("<", "&lt;") for text in texts)
    return "<br>".join(shown) or _MISSING


if __name__ == "__main__":
    Path("docs/messages.md").write_text(listing(), "utf-8")
    for one in untranslated():
        print(f"{one}: {_MISSING}")
