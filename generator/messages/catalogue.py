"""The catalogues: gettext's, with a sentence's code in place of its English words.

``<language>/*.po`` are what people write, a file a package of the program. Installing compiles
them into ``<language>.mo``; where that is missing or older, the ``.po`` are read.
"""

from __future__ import annotations

import io
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from gettext import GNUTranslations, NullTranslations
from pathlib import Path

FOLDER = Path(__file__).parent
LANGUAGES = ("en",)
HINT = "hint"
"""The context of a remedy: it stands under the same code as the sentence it belongs to."""


def sentence(code: str, texts: Mapping[str, str], count: object = None) -> str:
    """The sentence of a code; ``count`` chooses between singular and plural.

    Raises KeyError where the catalogue lacks the code or the code a parameter: a bug.
    """
    number = count if isinstance(count, int) else 1
    catalogue = load("en")
    pattern = catalogue.ngettext(code, code, number)
    pattern = catalogue.gettext(code) if pattern == code else pattern
    return pattern.format_map(texts)


def remedy(code: str, texts: Mapping[str, str], count: object = None) -> str:
    """The remedy that belongs to a sentence; empty where there is none."""
    number = count if isinstance(count, int) else 1
    catalogue = load("en")
    pattern = catalogue.npgettext(HINT, code, code, number)
    pattern = catalogue.pgettext(HINT, code) if pattern == code else pattern
    return "" if pattern == code else pattern.format_map(texts)


class _NoSentence(NullTranslations):
    """What stands behind a catalogue: a code that it lacks is a bug."""

    def gettext(self, message: str) -> str:
        raise KeyError(message)


@cache
def load(language: str) -> GNUTranslations:
    """The sentences of a language."""
    found = _read(language)
    found.add_fallback(_NoSentence())
    return found


def _read(language: str) -> GNUTranslations:
    compiled = FOLDER / f"{language}.mo"
    sources = files(language)
    try:
        written = compiled.stat().st_mtime_ns
        if all(source.stat().st_mtime_ns <= written for source in sources):
            return GNUTranslations(io.BytesIO(compiled.read_bytes()))
    except OSError:
        pass
    return GNUTranslations(io.BytesIO(compile_(language)))


def files(language: str) -> list[Path]:
    """The files that a language's sentences stand in."""
    return sorted((FOLDER / language).glob("*.po"))


@dataclass(frozen=True, slots=True)
class CatalogueEntry:
    """A sentence or a remedy (``context``) as it stands in a catalogue: one text a form."""

    code: str
    context: str
    texts: tuple[str, ...]
    file: str


def entries(language: str) -> tuple[CatalogueEntry, ...]:
    """Everything that a language's files say, in their order."""
    from babel.messages.pofile import read_po

    found = []
    for path in files(language):
        with path.open("rb") as stream:
            for one in read_po(stream, locale=language, abort_invalid=True):
                if one.id:
                    code = one.id if isinstance(one.id, str) else one.id[0]
                    said = one.string or ""
                    texts = (said,) if isinstance(said, str) else tuple(said)
                    found.append(CatalogueEntry(code, one.context or "", texts, path.stem))
    return tuple(found)


def compile_(language: str) -> bytes:
    """A language's sentences as one file in gettext's binary form.

    Raises ValueError where a code stands twice.
    """
    from babel.messages.catalog import Catalog
    from babel.messages.mofile import write_mo

    whole = Catalog(locale=language)
    seen: set[tuple[str, str]] = set()
    for entry in entries(language):
        if (key := (entry.context, entry.code)) in seen:
            raise ValueError(f"{entry.file}: the code {entry.code} stands twice")
        seen.add(key)
        is_counted = len(entry.texts) > 1
        name = (entry.code, entry.code) if is_counted else entry.code
        text = entry.texts if is_counted else entry.texts[0]
        whole.add(name, text, context=entry.context or None)
    data = io.BytesIO()
    write_mo(data, whole)
    return data.getvalue()
