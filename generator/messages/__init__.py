"""What the program says to people: sentences in catalogues, called by their codes.

Code that finds something wrong names a sentence by its code and gives it parameters; the words
stand in ``<language>/*.po`` and nowhere else, in English and in Thai (``language`` says which is
spoken). A code is stable: programs read it in ``--json``, and ``docs/messages.md`` lists all.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TypeAlias, Union

from ..key_names import in_sentence, said
from . import catalogue
from .catalogue import CLICK
from .language import LANGUAGES, speak, speaking, spoken, wanted

__all__ = [
    "CLICK",
    "LANGUAGES",
    "Message",
    "Parameter",
    "description",
    "help_of",
    "message",
    "speak",
    "speaking",
    "spoken",
    "wanted",
]

Parameter: TypeAlias = Union[str, int, "Message", tuple["Parameter", ...]]
"""What a sentence is given: text (numbers as they are to be printed), a count, another sentence,
or several of these, which are joined with commas."""


KEY = "key"
"""A parameter of this name is a key, which a sentence about a file names as the file writes it."""


@dataclass(frozen=True, slots=True)
class Message:
    """A sentence by its code, with what is put into it. ``str()`` says it."""

    code: str
    given: tuple[tuple[str, Parameter], ...] = ()
    subject: str = ""
    """What the sentence is about, said before it: the name of an indicator, a year."""

    def about(self, subject: str) -> Message:
        """The same sentence, said of something that has a name."""
        return replace(self, subject=f"{subject}: {self.subject}" if self.subject else subject)

    @property
    def parameters(self) -> Mapping[str, Parameter]:
        """What is put into the sentence, by name; with what it is about (``subject``)."""
        return dict(self.given) | ({"subject": self.subject} if self.subject else {})

    @property
    def remedy(self) -> str:
        """What to do about it, where the catalogue says so under the same code; else nothing."""
        return catalogue.remedy(
            spoken(), self.code, self._texts(), self.parameters.get("count"), _worded
        )

    def __str__(self) -> str:
        words = catalogue.sentence(
            spoken(), self.code, self._texts(), self.parameters.get("count"), _worded
        )
        return f"{self.subject}: {words}" if self.subject else words

    def _texts(self) -> dict[str, str]:
        return {
            name: said(value) if name == KEY and isinstance(value, str) else _shown(value)
            for name, value in self.given
        }


def message(code: str, /, **parameters: Parameter) -> Message:
    """The sentence called ``code``; ``count`` chooses between its singular and its plural."""
    return Message(code, tuple(parameters.items()))


@dataclass(frozen=True, slots=True)
class _Description(Message):
    """What is said of a key, in the words of the model or of another language."""

    def __str__(self) -> str:
        return catalogue.described(spoken(), self._texts()["english"])


def description(english: str) -> Message:
    """What the model says of a key (``english``), said in the language of whoever reads it."""
    return _Description("description-of-a-key", (("english", english),))


def help_of(typed: str) -> str:
    """What the help says of a command or an option, named by what is typed; "" if nothing."""
    return catalogue.text(spoken(), typed)


def _worded(pattern: str) -> str:
    return in_sentence(pattern, spoken())


def _shown(value: Parameter) -> str:
    if isinstance(value, tuple):
        return ", ".join(map(_shown, value))
    return str(value)
