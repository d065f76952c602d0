"""What came out of a Word file, with the lines it came from: nothing is lost or counted by hand.

A text that is kept knows its lines. Which lines are accounted for is read off the finished data:
what is in no file that was made is left over, whatever happened to it on the way.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from ...messages import Message
from .pieces import Line, core


class Typed(str):
    """A text of the Word file; ``sources`` are the lines it stands in, with the words of each.

    ``bare``: a number, written without quotes.
    """

    sources: list[tuple[Line, str]]
    bare: bool

    def __new__(
        cls, text: str, *lines: Line, words: str | None = None, bare: bool = False
    ) -> Typed:
        """``words``: what of its line it says, where that isn't the text itself."""
        made = super().__new__(cls, text)
        made.sources = [(line, text if words is None else words) for line in lines]
        made.bare = bare
        return made

    def stand_for(self, other: Typed) -> None:
        """Stand for another text that says the same, now and whatever is noted of it later."""
        if other.sources is not self.sources:
            self.sources += [source for source in other.sources if source not in self.sources]
            other.sources = self.sources

    def also(self, line: Line, words: str | None = None) -> None:
        """Remember another line that says the same."""
        self.sources.append((line, str(self) if words is None else words))


class Mapping(dict[str, Any]):
    """A mapping to be written as YAML; ``notes`` say under a key what was guessed there."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.notes: dict[str, list[Message]] = {}
        self.rows: list[list[Typed]] = []
        """Of a target table: what stands in its CSV, the heads first."""

    def guess(self, key: str, said: Message) -> None:
        """Say under a key that its value is a guess, and why."""
        notes = self.notes.setdefault(key, [])
        if said not in notes:
            notes.append(said)


def same(one: Typed | None, other: Typed | None) -> bool:
    """Whether two texts say the same."""
    return one is not None and other is not None and core(one) == core(other)


def of_lines(lines: Iterable[Line], text: str, words: Iterable[str] | None = None) -> Typed:
    """A text made of several lines, each saying its part."""
    made = Typed(text)
    lines = list(lines)
    parts = list(words) if words is not None else [line.said for line in lines]
    made.sources = list(zip(lines, parts, strict=True))
    return made


def texts(
    data: Any, path: tuple[str | int, ...] = ()
) -> Iterator[tuple[tuple[str | int, ...], Typed]]:
    """All kept texts in data, with their paths."""
    if isinstance(data, Typed):
        yield path, data
    elif isinstance(data, dict):
        for key, value in data.items():
            if isinstance(key, Typed):
                yield (*path, key), key
            yield from texts(value, (*path, str(key)))
    elif isinstance(data, list):
        for index, value in enumerate(data):
            yield from texts(value, (*path, index))


@dataclass(slots=True)
class LineLog:
    """What became of each line: keys of files that hold its words, or what it only repeats."""

    at: dict[Line, list[tuple[str, tuple[str | int, ...], str]]] = field(default_factory=dict)
    """By line: file, path, and the words that stand there."""

    told: dict[Line, list[str]] = field(default_factory=dict)
    """By line: words that gen itself prints of other data, such as a row's number."""

    def take(self, file: str, data: Any) -> None:
        """Note the lines of all texts in a finished file."""
        for path, text in texts(data):
            for line, words in text.sources:
                self.at.setdefault(line, []).append((file, path, words))

    def says(self, line: Line, words: str) -> None:
        """Note words of a line that gen prints by itself: a number, a total, a mark."""
        self.told.setdefault(line, []).append(words)

    def missing(self, line: Line) -> str:
        """What of a line is in no file; nothing where all of it is."""
        rest = core(line.said)
        pieces = [core(words) for _, _, words in self.at.get(line, ())]
        pieces += [core(words) for words in self.told.get(line, ())]
        for piece in sorted({piece for piece in pieces if piece}, key=len, reverse=True):
            rest = rest.replace(piece, "\x00", 1)
        return rest.replace("\x00", "")
