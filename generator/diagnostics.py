"""Faults as values: how bad, what, where, and what to do about it."""

from __future__ import annotations

import heapq
import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field, replace
from enum import Enum
from pathlib import Path

from .key_names import KeyLanguage, saying
from .messages import Message, Parameter, message, speaking

MOST_SHOWN = 100
"""So many faults are shown."""

MOST_ALIKE = 3
"""In so many places the same fault is shown at each."""


class Severity(Enum):
    """``ERROR`` stops a document; ``WARNING`` is said and the work goes on."""

    ERROR = "error"
    WARNING = "warning"

    @property
    def word(self) -> Message:
        """What it is called."""
        return message("word-error") if self is Severity.ERROR else message("word-warning")


@dataclass(frozen=True, slots=True, order=True)
class Location:
    """A place in a file: 1-based line and column, counted in characters."""

    path: Path
    line: int = 0
    column: int = 0
    keys: KeyLanguage = field(default="en", compare=False)
    """What the keys of the file are written in: what is said of the place names them so."""

    def shown(self, root: Path | None = None) -> str:
        """``path:line:column``, the path relative to ``root`` where it lies below it."""
        path = self.path
        if root is not None and path.is_relative_to(root):
            path = path.relative_to(root)
        # A name of bytes that are no UTF-8 can't be printed as it is.
        raw = path.as_posix().encode("utf-8", "surrogateescape")
        name = raw.decode("utf-8", "backslashreplace")
        return f"{name}:{self.line}:{self.column}" if self.line else name


class Told:
    """What is told to people: a sentence, and its remedy.

    Without ``advice`` the remedy is what the catalogue says under the sentence's code.
    """

    __slots__ = ()

    said: Message | str
    advice: Message | Suggestion | str

    @property
    def message(self) -> str:
        """The sentence, in words."""
        return str(self.said)

    @property
    def hint(self) -> str:
        """The remedy, in words; empty where there is none.

        A text that is quoted and isn't what it seems to be has its sign named here: nobody would
        see it (``odd_signs``).
        """
        hint = str(self.advice)
        if not self.advice and isinstance(self.said, Message):
            hint = self.said.remedy
        from .odd_signs import misread  # only who reads of a fault waits for it

        for text in _quoted(self.said):
            odd = misread(text)
            if odd is not None and not _NUMBERED.search(f"{self.said} {hint}"):
                whole = message("odd-sign", said=hint, text=text, sign=odd.said, remedy=odd.remedy)
                return str(whole).strip()
        return hint

    @property
    def code(self) -> str:
        """What programs know the sentence by."""
        return self.said.code if isinstance(self.said, Message) else ""


@dataclass(frozen=True, slots=True)
class Diagnostic(Told):
    """One fault, at a place. Made by ``fault`` and ``warning``."""

    said: Message | str
    location: Location
    advice: Message | Suggestion | str = ""
    severity: Severity = Severity.ERROR
    elsewhere: int = 0
    """In so many more places the same is said."""

    @property
    def message(self) -> str:
        """The sentence, in words, with keys as the file writes them."""
        with saying(self.location.keys):
            if self.elsewhere:
                return str(message("here-and-elsewhere", fault=self.said, count=self.elsewhere))
            return str(self.said)

    @property
    def hint(self) -> str:
        """The remedy, in words; empty where there is none."""
        with saying(self.location.keys):
            return super(Diagnostic, self).hint

    def shown(self, root: Path | None = None) -> str:
        """The fault as ``file:line:column: error: message``, the hint below it."""
        text = f"{self.location.shown(root)}: {self.severity.word}: {self.message}"
        return f"{text}\n  {message('word-hint')}: {self.hint}" if self.hint else text


def fault(
    code: str, place: Location, /, *, hint: Message | Suggestion | str = "", **parameters: Parameter
) -> Diagnostic:
    """What stops a document, at a place; ``hint`` where the remedy depends on more."""
    return Diagnostic(message(code, **parameters), place, hint)


def warning(
    code: str, place: Location, /, *, hint: Message | Suggestion | str = "", **parameters: Parameter
) -> Diagnostic:
    """What is said, and the work goes on."""
    return Diagnostic(message(code, **parameters), place, hint, Severity.WARNING)


def in_order(diagnostics: Iterable[Diagnostic]) -> tuple[Diagnostic, ...]:
    """The diagnostics by file, line and column, each one once; the same in every language."""
    with speaking("en"):
        return tuple(
            sorted(
                dict.fromkeys(diagnostics), key=lambda d: (d.location, d.message, d.severity.value)
            )
        )


def errors(diagnostics: Iterable[Diagnostic]) -> tuple[Diagnostic, ...]:
    """Those that stop a document."""
    return tuple(d for d in diagnostics if d.severity is Severity.ERROR)


def shown_first(faults: Iterable[Diagnostic], most: int = MOST_SHOWN) -> tuple[Diagnostic, ...]:
    """The faults that are shown, in their order: at most so many, errors before warnings.

    Where there are more, a last one says how many.
    """
    every = tuple(faults)
    if len(every) <= most:
        return every
    by_weight = sorted(range(len(every)), key=lambda n: every[n].severity is not Severity.ERROR)
    kept, left = sorted(by_weight[:most]), by_weight[most:]
    wrong = sum(every[n].severity is Severity.ERROR for n in left)
    said = message("more-not-shown", count=len(left), errors=wrong)
    severity = Severity.ERROR if wrong else Severity.WARNING
    more = Diagnostic(said, every[min(left)].location, severity=severity)
    return (*(every[n] for n in kept), more)


def collapsed(faults: Iterable[Diagnostic], most: int = MOST_ALIKE) -> tuple[Diagnostic, ...]:
    """The faults, those that say the same of many places said once: they have one cause.

    A name that is misspelt where it is declared is unknown wherever it is used.
    """
    alike: dict[tuple[str, str], list[Diagnostic]] = {}
    with speaking("en"):  # the same in every language
        for one in faults:
            is_error = one.severity is Severity.ERROR
            place = "" if is_error else repr(one.location)
            alike.setdefault((one.message, place), []).append(one)
    found: list[Diagnostic] = []
    for same in alike.values():
        if len(same) <= most:
            found += same
        else:
            found.append(replace(same[0], elsewhere=len(same) - 1))
    return in_order(found)


@dataclass(frozen=True, slots=True, eq=False)
class Suggestion:
    """What a misspelt name may have meant; looked for only when it is shown.

    One that is asked for a name is equal to any other: a file of a hundred thousand unknown names
    costs no more than those that are shown.
    """

    word: str
    known: Collection[str]
    otherwise: Message | str | None = None
    """What is said where no name is near; without it, which names are known."""

    def __str__(self) -> str:
        return str(self._said())

    def _said(self) -> Message | str:
        found = near(self.word, self.known)
        if found:
            names: Message = message("quoted", name=found[0])
            for name in found[1:]:
                names = message("or", one=names, other=message("quoted", name=name))
            return message("did-you-mean", names=names)
        if self.otherwise is not None:
            return self.otherwise
        first = heapq.nsmallest(13, (name for name in self.known if name != self.word))
        if not first:
            return ""
        shown = tuple(name[:_MAX_NAME] for name in first[:12])
        return message("known-names", names=shown + ("…",) * (len(first) > 12))

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Suggestion) and other.word == self.word

    def __hash__(self) -> int:
        return hash(self.word)

    def __reduce__(self) -> tuple[object, tuple[Message | str]]:
        return _same, (self._said(),)


def _same(said: Message | str) -> Message | str:
    return said


def _quoted(said: Parameter) -> Iterator[str]:
    """The texts that a sentence is given, and the sentences in it: their beginnings."""
    if isinstance(said, Message):
        for _, value in said.given:
            yield from (_unquoted(value),) if isinstance(value, str) else _quoted(value)
    elif isinstance(said, tuple):
        for value in said:
            yield from (_unquoted(value),) if isinstance(value, str) else _quoted(value)


def _unquoted(text: str) -> str:
    """A text as it was typed: a value of a file comes in quotation marks."""
    text = text[: 2 * _MAX_NAME]
    return text[1:-1] if len(text) > 2 and text[0] == text[-1] == "'" else text


_NUMBERED = re.compile("U\\+[0-9A-F]{4}")
"""A sentence that names a sign itself."""


def did_you_mean(word: str, known: Iterable[str]) -> Suggestion | str:
    """``did you mean 'x'?``, or the known words where none is near; empty if none is known."""
    known = known if isinstance(known, Collection) else tuple(known)
    return Suggestion(word, known) if known else ""


def meant(word: str, known: Iterable[str], otherwise: Message | str = "") -> Suggestion:
    """``did you mean 'x'?``; ``otherwise`` where no name is near."""
    known = known if isinstance(known, Collection) else tuple(known)
    return Suggestion(word, known, otherwise)


_MAX_NAME = 60
_MAX_COMPARED = 300


def near(word: str, known: Collection[str]) -> list[str]:
    """The three known names that are nearest to a word, if any is near; never the word itself.

    Of many names only those of the same ends and length are compared: the work is bounded.
    """
    if len(word) > 2 * _MAX_NAME:
        return []
    others: Iterable[str] = (name for name in known if name != word and len(name) <= 3 * _MAX_NAME)
    if len(known) > _MAX_COMPARED:
        head, tail, length = word[:2], word[-2:], len(word)
        others = heapq.nsmallest(
            _MAX_COMPARED,
            others,
            key=lambda name: (
                (name[:2] != head) + (name[-2:] != tail),
                abs(len(name) - length),
                name,
            ),
        )
    import difflib  # only who mistyped waits for it

    return difflib.get_close_matches(word, others, n=3, cutoff=0.6)
