"""Which language sentences are said in: that of the command, or of one who asks (``speaking``)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar

LANGUAGES = ("en", "th")
"""English is what a sentence is said in that has no other words yet."""

OPTION, VARIABLE = "--lang", "GEN_LANG"
_LOCALE = ("LC_ALL", "LC_MESSAGES", "LANG")

_process = "en"
_asked: ContextVar[str] = ContextVar("language", default="")


def spoken() -> str:
    """The language that is spoken here and now."""
    return _asked.get() or _process


def speak(language: str) -> None:
    """Have all of the process speak a language, its threads too: a command does so once.

    Raises ValueError for a language that there are no sentences in.
    """
    global _process  # noqa: PLW0603  (a command speaks one language)
    _process = _known(language)


@contextmanager
def speaking(language: str) -> Iterator[None]:
    """Say sentences in a language within this block, whatever the process speaks.

    A server does so for each who asks. Raises ValueError as ``speak`` does.
    """
    before = _asked.set(_known(language))
    try:
        yield
    finally:
        _asked.reset(before)


def wanted(words: Sequence[str], environ: Mapping[str, str]) -> str:
    """The language of a command: ``--lang``, else ``GEN_LANG``, else the locale's.

    A language that isn't spoken is passed over: what was typed is refused where it is read.
    """
    named = [environ.get(VARIABLE, "")]
    for place, word in enumerate(words):
        if word == "--":
            break
        if word.startswith(f"{OPTION}="):
            named.insert(0, word.partition("=")[2])
        elif word == OPTION:
            named[:0] = words[place + 1 : place + 2]
    locale = next(filter(None, (environ.get(name, "") for name in _LOCALE)), "")
    found = (name[:2].lower() for name in (*named, locale))
    return next((language for language in found if language in LANGUAGES), LANGUAGES[0])


def _known(language: str) -> str:
    if language not in LANGUAGES:
        raise ValueError(language)
    return language
