"""What a batch says while it works, and at the end."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from enum import Enum
from pathlib import Path
from types import TracebackType
from typing import Protocol

from ..diagnostics import Diagnostic


class DocumentState(Enum):
    """What became of a document."""

    MADE = "made"
    CURRENT = "unchanged"
    KEPT = "edited by hand"
    FAILED = "failed"
    LEFT = "left out"


@dataclass(frozen=True, slots=True)
class DocumentDone:
    """A document that is dealt with."""

    name: str
    kind: str
    state: DocumentState
    pages: int = 0


class Watcher(Protocol):
    """Who looks on, as a context while the work goes on."""

    def __enter__(self) -> Watcher:
        """Begin to look."""

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Look away."""

    def begin(self, documents: int) -> None:
        """So many documents are to be dealt with."""

    def tell(self, event: DocumentDone) -> None:
        """One of them was."""

    def close(self, report: BatchReport) -> None:
        """All were."""


@dataclass(slots=True)
class BatchReport:
    """How a batch went. ``paths`` are the files written, ``notes`` what is worth a line."""

    units: int
    kinds: tuple[str, ...] = ()
    paths: list[Path] = field(default_factory=list)
    faults: list[Diagnostic] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    counts: Counter[tuple[str, DocumentState]] = field(default_factory=Counter)
    pages: Counter[str] = field(default_factory=Counter)
    removed: list[Path] = field(default_factory=list)
    seconds: float = 0.0

    def of(self, state: DocumentState) -> int:
        """How many documents ended so."""
        return sum(count for (_, found), count in self.counts.items() if found is state)

    def summary(self) -> str:
        """The whole batch in one line."""
        counts = ", ".join(
            f"{self.of(state)} {state.value}" for state in DocumentState if self.of(state)
        )
        pages = sum(self.pages.values())
        rate = f", {pages} pages ({pages / self.seconds:.1f} a second)" if pages else ""
        units = "1 unit" if self.units == 1 else f"{self.units} units"
        return f"{units}: {counts or 'nothing to do'}{rate}, {self.seconds:.1f} s"


class PlainProgress:
    """A line a document, as the documents are dealt with."""

    def __init__(self, say: Callable[[str], None]) -> None:
        self.say = say
        self.total = self.done = 0

    def __enter__(self) -> PlainProgress:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        return None

    def begin(self, documents: int) -> None:
        """So many documents are to be dealt with."""
        self.total = documents

    def tell(self, event: DocumentDone) -> None:
        """One of them was."""
        self.done += 1
        if event.state is not DocumentState.CURRENT:
            pages = f", {event.pages} pages" if event.pages else ""
            self.say(f"[{self.done}/{self.total}] {event.name}: {event.state.value}{pages}")

    def close(self, report: BatchReport) -> None:
        """The summary in one line."""
        self.say(report.summary())
