"""The catalogues: gettext's, with a sentence's code in place of its English words.

``<language>/*.po`` are what people write, a file a package of the program. They are compiled into
``<language>.mo`` when the program is installed, and again when one of them is newer.
"""

from __future__ import annotations

import contextlib
import io
import os
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from gettext import GNUTranslations, NullTranslations, translation
from pathlib import Path

FOLDER = Path(__file__).parent
CLICK = FOLDER / "click"
"""What the library that reads command lines says itself: under its English words, as its own."""

SCHEMA = FOLDER / "schema"
"""What editors show of the keys of files: under the English words that stand in the model."""

COMMENTS = FOLDER / "comments"
"""What comments of new files say: under the English words that they are shipped with."""

HINT = "hint"
"""The context of a remedy: it stands under the same code as the sentence it belongs to."""


def sentence(
    language: str,
    code: str,
    texts: Mapping[str, str],
    count: object = None,
    worded: Callable[[str], str] = str,
) -> str:
    """The sentence of a code; ``count`` chooses between singular and plural.

    ``worded`` may change its words before anything is put into them.

    Raises KeyError where the catalogue lacks the code or the code a parameter: a bug.
    """
    number = count if isinstance(count, int) else 1
    catalogue = load(language)
    pattern = catalogue.ngettext(code, code, number)
    pattern = catalogue.gettext(code) if pattern == code else pattern
    return worded(pattern).format_map(texts)


def remedy(
    language: str,
    code: str,
    texts: Mapping[str, str],
    count: object = None,
    worded: Callable[[str], str] = str,
) -> str:
    """The remedy that belongs to a sentence, worded as one; empty where there is none."""
    number = count if isinstance(count, int) else 1
    catalogue = load(language)
    pattern = catalogue.npgettext(HINT, code, code, number)
    pattern = catalogue.pgettext(HINT, code) if pattern == code else pattern
    return "" if pattern == code else worded(pattern).format_map(texts)


def text(language: str, code: str) -> str:
    """What stands under a code as it is, nothing put into it; empty where nothing does."""
    try:
        return load(language).gettext(code)
    except KeyError:
        return ""


def described(language: str, english: str) -> str:
    """What is said of a key, by its English words; these where the language has no others."""
    return _under_english(SCHEMA, language, english)


def commented(language: str, english: str) -> str:
    """What a comment says, by its English words; these where the language has no others.

    Keys are marked in it, each between grave accents; names that stand as one begin with names.
    """
    return _under_english(COMMENTS, language, english)


def _under_english(folder: Path, language: str, english: str) -> str:
    load(language)  # compiled where its sources are newer
    return translation(folder.name, folder, [language], fallback=True).gettext(english)


class _NoSentence(NullTranslations):
    """What stands behind a catalogue: a code that it lacks is a bug."""

    def gettext(self, message: str) -> str:
        raise KeyError(message)


@cache
def load(language: str) -> GNUTranslations:
    """The sentences of a language; English ones where it has none yet."""
    found = GNUTranslations(io.BytesIO(_read(language)))
    found.add_fallback(_NoSentence() if language == "en" else load("en"))
    return found


def _read(language: str) -> bytes:
    """The compiled catalogue; compiled now where its sources are newer."""
    compiled = FOLDER / f"{language}.mo"
    try:
        written = min(path.stat().st_mtime_ns for path in (compiled, *_others(language).values()))
        sources = (*files(language), *_others(language))
        if all(source.stat().st_mtime_ns <= written for source in sources):
            return compiled.read_bytes()
    except OSError:
        pass
    data = compile_(language)
    with contextlib.suppress(OSError):  # an installation may belong to somebody else
        write(language)
    return data


def write(language: str) -> None:
    """Compile a language into the files that are read. Raises OSError where that can't be."""
    from babel.messages.mofile import write_mo
    from babel.messages.pofile import read_po

    for source, target in _others(language).items():
        data = io.BytesIO()
        with source.open("rb") as stream:
            write_mo(data, read_po(stream, locale=language, abort_invalid=True))
        _put(target, data.getvalue())
    _put(FOLDER / f"{language}.mo", compile_(language))


def _others(language: str) -> dict[Path, Path]:
    """Where what stands under its English words is written, and where gettext looks for it."""
    return {
        source: folder / language / "LC_MESSAGES" / f"{folder.name}.mo"
        for folder in (CLICK, SCHEMA, COMMENTS)
        for source in folder.glob(f"{language}.po")
    }


def _put(path: Path, data: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    new = path.with_suffix(f".{os.getpid()}")
    new.write_bytes(data)
    new.replace(path)


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
    is_counted: bool = False
    """Whether a count chooses its form, in the languages that have several."""


def entries(language: str) -> tuple[CatalogueEntry, ...]:
    """Everything that a language's files say, in their order."""
    return tuple(entry for path in files(language) for entry in _entries_of(path, language))


def _entries_of(path: Path, language: str) -> Iterator[CatalogueEntry]:
    from babel.messages.pofile import read_po

    with path.open("rb") as stream:
        for one in read_po(stream, locale=language, abort_invalid=True):
            if one.id:
                code = one.id if isinstance(one.id, str) else one.id[0]
                said = one.string or ""
                texts = (said,) if isinstance(said, str) else tuple(said)
                context = one.context or ""
                yield CatalogueEntry(code, context, texts, path.stem, bool(one.pluralizable))


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
        name = (entry.code, entry.code) if entry.is_counted else entry.code
        text = entry.texts if entry.is_counted else entry.texts[0]
        whole.add(name, text, context=entry.context or None)
    data = io.BytesIO()
    write_mo(data, whole)
    return data.getvalue()
