"""Faults as values: how bad, what, where, and what to do about it."""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum
from pathlib import Path

from .messages import Message, Parameter, message


class Severity(Enum):
    """``ERROR`` stops a document; ``WARNING`` is said and the work goes on."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, slots=True, order=True)
class Location:
    """A place in a file: 1-based line and column, counted in characters."""

    path: Path
    line: int = 0
    column: int = 0

    def shown(self, root: Path | None = None) -> str:
        """``path:line:column``, the path relative to ``root`` where it lies below it."""
        path = self.path
        if root is not None and path.is_relative_to(root):
            path = path.relative_to(root)
        name = path.as_posix()
        return f"{name}:{self.line}:{self.column}" if self.line else name


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """One fault: a sentence, the place, and the remedy, printed on a line of its own.

    Made by ``fault`` and ``warning``. Without ``advice`` the remedy is what the catalogue says
    under the sentence's code.
    """

    said: Message | str
    location: Location
    advice: Message | str = ""
    severity: Severity = Severity.ERROR

    @property
    def message(self) -> str:
        """The sentence, in words."""
        return str(self.said)

    @property
    def hint(self) -> str:
        """The remedy, in words; empty where there is none."""
        if not self.advice and isinstance(self.said, Message):
            return self.said.remedy
        return str(self.advice)

    @property
    def code(self) -> str:
        """What programs know the sentence by."""
        return self.said.code if isinstance(self.said, Message) else ""

    def shown(self, root: Path | None = None) -> str:
        """The fault as ``file:line:column: error: message``, the hint below it."""
        text = f"{self.location.shown(root)}: {self.severity.value}: {self.message}"
        return f"{text}\n  hint: {self.hint}" if self.hint else text


def fault(
    code: str, place: Location, /, *, hint: Message | str = "", **parameters: Parameter
) -> Diagnostic:
    """What stops a document, at a place; ``hint`` where the remedy depends on more."""
    return Diagnostic(message(code, **parameters), place, hint)


def warning(
    code: str, place: Location, /, *, hint: Message | str = "", **parameters: Parameter
) -> Diagnostic:
    """What is said, and the work goes on."""
    return Diagnostic(message(code, **parameters), place, hint, Severity.WARNING)


def in_order(diagnostics: Iterable[Diagnostic]) -> tuple[Diagnostic, ...]:
    """The diagnostics by file, line and column, each one once."""
    return tuple(
        sorted(set(diagnostics), key=lambda d: (d.location, d.message, d.severity.value, d.hint))
    )


def errors(diagnostics: Iterable[Diagnostic]) -> tuple[Diagnostic, ...]:
    """Those that stop a document."""
    return tuple(d for d in diagnostics if d.severity is Severity.ERROR)


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """``did you mean 'x'?``, or the known words where none is near; empty if none is known."""
    known = sorted(known)
    if not known:
        return ""
    near = difflib.get_close_matches(word, known, n=3, cutoff=0.6)
    if near:
        return "did you mean " + " or ".join(f"'{name}'" for name in near) + "?"
    shown = ", ".join(known[:12]) + (", …" if len(known) > 12 else "")
    return f"known: {shown}"
