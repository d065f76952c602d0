"""What can end a run, and the exit code that says so.

The codes are a stable interface: scripts depend on them, README lists them, and
``tests/test_errors.py`` compares the two.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from enum import IntEnum

from .diagnostics import Diagnostic, Suggestion, Told, errors
from .messages import Message, message


class ExitCode(IntEnum):
    """How a run of ``gen`` ended. ``meaning`` is the sentence that README prints."""

    meaning: str

    def __new__(cls, value: int, meaning: str) -> ExitCode:
        """Make a member of a number and its meaning."""
        member = int.__new__(cls, value)
        member._value_ = value
        member.meaning = meaning
        return member

    DONE = 0, "done"
    BUG = 1, "a bug in gen (a traceback is printed)"
    USAGE = 2, "the command was not understood"
    DATA = 3, "the data is at fault"
    TEMPLATE = 4, "a template is at fault"
    RENDERING = 5, "rendering failed"
    VERIFICATION = 6, "the output failed verification"
    MISSING = 7, "a font or program is missing"
    FILES = 8, "a file can't be read or written"
    BATCH = 9, "some items of a batch failed"
    INTERRUPTED = 130, "interrupted"


class GenError(Told, Exception):
    """Ends a run in an orderly way: with a sentence, its remedy, and places where there are any."""

    exit_code = ExitCode.BUG

    def __init__(
        self,
        said: Message | str,
        advice: Message | Suggestion | str = "",
        diagnostics: Sequence[Diagnostic] = (),
    ) -> None:
        super().__init__(said)
        self.said = said
        self.advice = advice
        self.diagnostics = tuple(diagnostics)


class DataError(GenError):
    """The data is at fault; the diagnostics name every place."""

    exit_code = ExitCode.DATA


class TemplateFault(GenError):
    """A template doesn't parse, asks for an unknown field or says what its twin doesn't."""

    exit_code = ExitCode.TEMPLATE


class RenderingError(GenError):
    """The renderer failed or warned; nothing was published."""

    exit_code = ExitCode.RENDERING


class VerificationError(GenError):
    """The finished bytes, opened again, don't hold what they should."""

    exit_code = ExitCode.VERIFICATION


class MissingError(GenError):
    """A font or a program that the work needs is not on this machine."""

    exit_code = ExitCode.MISSING


class FileError(GenError):
    """A file can't be read or written."""

    exit_code = ExitCode.FILES


class UsageError(GenError):
    """The command names something that isn't there."""

    exit_code = ExitCode.USAGE


def stop_on(faults: Iterable[Diagnostic]) -> None:
    """Raise DataError when there are errors among the faults."""
    every = tuple(dict.fromkeys(faults))
    found = errors(every)
    if found:
        said = message("faults-in-the-data", count=len(found))
        raise DataError(said, diagnostics=every)


def reason_with_place(error: GenError) -> Message | str:
    """Why something ended, in one sentence: its first fault with the place, else what it says."""
    return next((with_place(found) for found in errors(error.diagnostics)), error.said)


def with_place(found: Diagnostic) -> Message | str:
    """A fault's sentence with its place, for findings on a document that carries the file."""
    place = found.location
    if not place.line:
        return found.said
    where = f"{place.path.name}:{place.line}:{place.column}"
    return message("fault-at-place", place=where, fault=found.said)
