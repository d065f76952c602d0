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
from ..messages import Message, Parameter, message


class DocumentState(Enum):
    """What became of a document."""

    MADE = "made"
    CURRENT = "unchanged"
    KEPT = "edited by hand"
    FAILED = "failed"
    LEFT = "left out"

    @property
    def said(self) -> Message:
        """What became of one document, in words."""
        return {
            DocumentState.MADE: message("document-made"),
            DocumentState.CURRENT: message("document-unchanged"),
            DocumentState.KEPT: message("document-edited-by-hand"),
            DocumentState.FAILED: message("failed"),
            DocumentState.LEFT: message("document-is-left-out"),
        }[self]

    def counted(self, number: int) -> Message:
        """What became of so many documents, in words."""
        return {
            DocumentState.MADE: message("documents-made", number=number),
            DocumentState.CURRENT: message("documents-unchanged", number=number),
            DocumentState.KEPT: message("documents-edited-by-hand", number=number),
            DocumentState.FAILED: message("documents-failed", number=number),
            DocumentState.LEFT: message("documents-left-out", number=number),
        }[self]


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
    """How a batch went. ``paths`` are the files written, ``said`` what is worth a line."""

    units: int
    kinds: tuple[str, ...] = ()
    paths: list[Path] = field(default_factory=list)
    faults: list[Diagnostic] = field(default_factory=list)
    said: list[Message] = field(default_factory=list)
    counts: Counter[tuple[str, DocumentState]] = field(default_factory=Counter)
    pages: Counter[str] = field(default_factory=Counter)
    removed: list[Path] = field(default_factory=list)
    seconds: float = 0.0

    def of(self, state: DocumentState) -> int:
        """How many documents ended so."""
        return sum(count for (_, found), count in self.counts.items() if found is state)

    @property
    def notes(self) -> list[str]:
        """What is worth a line, in words."""
        return list(map(str, self.said))

    def summary(self) -> str:
        """The whole batch in one line."""
        counts: Parameter = tuple(
            state.counted(self.of(state)) for state in DocumentState if self.of(state)
        ) or message("batch-nothing-to-do")
        units, pages = message("batch-of-units", count=self.units), sum(self.pages.values())
        seconds = f"{self.seconds:.1f}"
        if not pages:
            return str(message("batch-done", units=units, counts=counts, seconds=seconds))
        rate = f"{pages / self.seconds:.1f}"
        return str(
            message(
                "batch-done-pages",
                units=units,
                counts=counts,
                pages=pages,
                rate=rate,
                seconds=seconds,
            )
        )


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
            self.say(str(self._line(event)))

    def _line(self, event: DocumentDone) -> Message:
        done, total, state = self.done, self.total, event.state.said
        if not event.pages:
            return message(
                "document-dealt-with", done=done, total=total, name=event.name, state=state
            )
        return message(
            "document-dealt-with-pages",
            done=done,
            total=total,
            name=event.name,
            state=state,
            pages=event.pages,
        )

    def close(self, report: BatchReport) -> None:
        """The summary in one line."""
        self.say(report.summary())
