"""A file as somebody edits it: its text, what the disk has, and every step between."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

MOST_STEPS = 1000
"""So many steps back are kept of a file."""

MOST_KEPT = 8 << 20
"""So many characters of them."""


@dataclass(frozen=True, slots=True)
class EditStep:
    """One step: from ``start`` on, ``new`` stands where ``old`` stood.

    ``what`` says what was done, for people; steps of one ``moment`` were one doing, be it in
    several files. ``field`` is what was typed in: typing on there is the same step.
    """

    what: str
    moment: int
    start: int
    old: str
    new: str
    field: str = ""


@dataclass(frozen=True, slots=True)
class EditedFile:
    """``disk`` is the file's text when it was last read or saved (None: there was none).

    An empty ``text`` is that of a file that isn't to be.
    """

    path: Path
    disk: str | None
    text: str
    steps: tuple[EditStep, ...] = ()
    at: int = 0
    outside: str | None = None
    """What the file says now, where somebody else changed it while this draft was open."""
    is_changed_outside: bool = False
    bom: bool = False

    @property
    def unsaved(self) -> bool:
        """Whether anything is to be saved."""
        return self.text != (self.disk or "")

    @property
    def data(self) -> bytes:
        """The bytes of the text as they would be saved."""
        return encoded(self.text, bom=self.bom)

    def with_text(self, text: str, what: str, moment: int, field: str = "") -> EditedFile:
        """The file with another text: a step more, or the last one longer where it is typed on."""
        if text == self.text:
            return self
        steps, before = self.steps[: self.at], self.text
        last = steps[-1] if steps and field and self.unsaved else None
        if last is not None and last.field == field and moment - last.moment < _TYPING:
            before = _undone(before, last)
            steps = steps[:-1]
        if text == before:
            return replace(self, text=text, steps=steps, at=len(steps))
        steps = _bounded((*steps, step_between(before, text, what, moment, field)))
        return replace(self, text=text, steps=steps, at=len(steps))

    def undone(self) -> EditedFile:
        """One step back."""
        step = self.steps[self.at - 1]
        return replace(self, text=_undone(self.text, step), at=self.at - 1)

    def redone(self) -> EditedFile:
        """One step on again."""
        step = self.steps[self.at]
        head, tail = self.text[: step.start], self.text[step.start + len(step.old) :]
        return replace(self, text=f"{head}{step.new}{tail}", at=self.at + 1)

    def restarted(self, disk: str | None, text: str, step: EditStep | None) -> EditedFile:
        """The file on another ground, of which ``step`` alone leads back."""
        steps = () if step is None else (step,)
        return EditedFile(self.path, disk, text, steps, len(steps), bom=self.bom)

    def as_json(self, who: str) -> bytes:
        """What is kept of it."""
        kept: dict[str, Any] = {
            "who": who,
            "disk": self.disk,
            "text": self.text,
            "at": self.at,
            "bom": self.bom,
            "steps": [asdict(step) for step in self.steps],
        }
        return json.dumps(kept, ensure_ascii=False, indent=0).encode()


_TYPING = 4_000_000_000
"""So soon is typed on, in nanoseconds."""


def encoded(text: str, *, bom: bool) -> bytes:
    """A file's bytes."""
    return (b"\xef\xbb\xbf" if bom else b"") + text.encode()


def of_json(path: Path, data: bytes) -> EditedFile:
    """What was kept of a file. Raises ValueError, KeyError, TypeError where that is spoilt."""
    kept = json.loads(data)
    steps = tuple(EditStep(**step) for step in kept["steps"])
    found = EditedFile(path, kept["disk"], kept["text"], steps, kept["at"], bom=kept["bom"])
    if not (isinstance(found.text, str) and 0 <= found.at <= len(steps)):
        raise ValueError(path.name)
    return found


def step_between(before: str, after: str, what: str, moment: int, field: str = "") -> EditStep:
    """The step from one text to another: the stretch in which they differ."""
    most = min(len(before), len(after))
    start = _common(before, after, most)
    end = _common(before[::-1], after[::-1], most - start)
    return EditStep(
        what,
        moment,
        start,
        before[start : len(before) - end],
        after[start : len(after) - end],
        field,
    )


def _common(one: str, other: str, most: int) -> int:
    """How many characters two texts begin with together."""
    low, high = 0, most
    while low < high:
        middle = (low + high + 1) // 2
        if one[:middle] == other[:middle]:
            low = middle
        else:
            high = middle - 1
    return low


def _undone(text: str, step: EditStep) -> str:
    return f"{text[: step.start]}{step.old}{text[step.start + len(step.new) :]}"


def _bounded(steps: tuple[EditStep, ...]) -> tuple[EditStep, ...]:
    kept = 0
    for number, step in enumerate(reversed(steps)):
        kept += len(step.old) + len(step.new)
        if number >= MOST_STEPS or kept > MOST_KEPT:
            return steps[len(steps) - max(number, 1) :]
    return steps


def who_of(data: bytes) -> str:
    """Who edits a file, as kept."""
    return str(json.loads(data)["who"])
