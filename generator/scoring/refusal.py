"""What stands in place of a score that can't be given: faults, each with place and remedy."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from ..agreements.yaml_tree import Node
from ..diagnostics import Diagnostic, Suggestion
from ..messages import Message
from .periods import Month


@dataclass(frozen=True, slots=True)
class Refused:
    """Why there is no score; never empty."""

    faults: tuple[Diagnostic, ...]


@dataclass(frozen=True, slots=True)
class Lacking:
    """Why there is no score yet: figures that are there for some of their months only.

    ``figures`` are the words of each, with its months that nobody has reported.
    """

    figures: tuple[tuple[str, tuple[Month, ...]], ...]

    def as_data(self) -> dict[str, list[str]]:
        """The missing months by figure, for machines."""
        return {figure: [str(month) for month in months] for figure, months in self.figures}

    def of_part(self, name: str) -> Lacking:
        """The same of one part."""
        return Lacking(tuple((f"{name}: {figure}", months) for figure, months in self.figures))


@dataclass(frozen=True, slots=True)
class ResultSpot:
    """Whose result is looked at, and where it stands in its file."""

    about: str
    node: Node

    def fault(
        self, said: Message, *path: str | int, hint: Message | Suggestion | str = ""
    ) -> Diagnostic:
        """A fault of the result at ``path`` (or the nearest place above it)."""
        return Diagnostic(said.about(self.about), self.node.at(*path), hint)

    def refuse(
        self, said: Message, *path: str | int, hint: Message | Suggestion | str = ""
    ) -> Refused:
        """A refusal for one fault."""
        return Refused((self.fault(said, *path, hint=hint),))

    def part(self, key: str) -> ResultSpot:
        """The place of one part's result."""
        return replace(self, about=f"{self.about}, {key}", node=self.node.find(("parts", key)))


def without_score(outcomes: Sequence[object]) -> Refused | Lacking | None:
    """What several outcomes lack: all faults, else all months; None where each is a score."""
    faults = all_faults(outcomes)
    if faults:
        return Refused(faults)
    lacking = [of for outcome in outcomes if isinstance(outcome, Lacking) for of in outcome.figures]
    return Lacking(tuple(dict.fromkeys(lacking))) if lacking else None


def all_faults(outcomes: Iterable[object]) -> tuple[Diagnostic, ...]:
    """The faults of those that were refused."""
    return tuple(
        fault for outcome in outcomes if isinstance(outcome, Refused) for fault in outcome.faults
    )
