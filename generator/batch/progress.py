"""Looking on from a terminal: a bar with rate and time left, a table at the end."""

from __future__ import annotations

from types import TracebackType

from rich import box
from rich.console import Console
from rich.markup import escape
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    ProgressColumn,
    Task,
    TextColumn,
    TimeRemainingColumn,
)
from rich.table import Table
from rich.text import Text

from ..messages import message
from ..visible import visible
from .report import BatchReport, DocumentDone, DocumentState


class ProgressBar:
    """A live bar on stderr. Use it as a context."""

    def __init__(self) -> None:
        self.console = Console(stderr=True)
        self.progress = Progress(
            BarColumn(),
            MofNCompleteColumn(),
            _Rate(),
            TextColumn(str(message("time-left"))),
            TimeRemainingColumn(),
            TextColumn("{task.fields[what]}"),
            console=self.console,
            transient=True,
        )
        self.task = self.progress.add_task("documents", total=None, what="", pages=0)

    def __enter__(self) -> ProgressBar:
        self.progress.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.progress.stop()

    def begin(self, documents: int) -> None:
        """So many documents are to be dealt with."""
        self.progress.update(self.task, total=documents)

    def tell(self, event: DocumentDone) -> None:
        """One of them was."""
        task, name = self.progress.tasks[0], visible(event.name)
        if event.state is DocumentState.FAILED:
            self.progress.console.print(
                str(message("named-document-failed", name=name)),
                style="red",
                highlight=False,
                markup=False,
            )
        pages = task.fields["pages"] + event.pages * (event.state is DocumentState.MADE)
        self.progress.update(self.task, advance=1, what=escape(name), pages=pages)

    def close(self, report: BatchReport) -> None:
        """The summary as a table."""
        table = Table(box=box.SIMPLE)
        states = [state for state in DocumentState if report.of(state)]
        table.add_column(str(message("heading-document")))
        for heading in (*(state.said for state in states), message("heading-pages")):
            table.add_column(str(heading), justify="right")
        for kind in sorted({kind for kind, _ in report.counts}):
            counts = [str(report.counts[kind, state] or "") for state in states]
            table.add_row(kind, *counts, str(report.pages[kind] or ""))
        self.console.print(table)
        self.console.print(report.summary(), highlight=False)


class _Rate(ProgressColumn):
    """Pages that were made, and how many a second, since the work began."""

    def render(self, task: Task) -> Text:
        elapsed = task.elapsed or 0.0
        pages = task.fields["pages"]
        rate = pages / elapsed if elapsed > 0 else 0.0
        return Text(str(message("pages-so-far", pages=str(pages), rate=f"{rate:.1f}")))
