"""Faults of a workbook, each with the cell it is in."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from openpyxl.utils import get_column_letter

from ...diagnostics import Diagnostic, Location, Suggestion
from ...messages import Message

MAX_FAULTS = 500


@dataclass(slots=True)
class CellFaults:
    """Faults by cell; ``all`` gives them in the order of the sheet."""

    path: Path
    title: str
    found: dict[tuple[int, int, str], Diagnostic] = field(default_factory=dict)

    def add(
        self, row: int, column: int, said: Message, hint: Message | Suggestion | str = ""
    ) -> None:
        """A fault of one cell."""
        if len(self.found) >= MAX_FAULTS:
            return
        text = said.about(cell_name(self.title, row, column))
        self.found[row, column, str(said)] = Diagnostic(text, Location(self.path), hint)

    def take(self, row: int, column: int, fault: Diagnostic) -> None:
        """A fault that was found elsewhere, at its cell."""
        name, said = cell_name(self.title, row, column), fault.said
        text = said.about(name) if isinstance(said, Message) else f"{name}: {said}"
        self.found[row, column, fault.message] = Diagnostic(
            text, Location(self.path), fault.advice, fault.severity
        )

    def all(self) -> tuple[Diagnostic, ...]:
        """The faults, by row and column."""
        return tuple(fault for _, fault in sorted(self.found.items(), key=lambda item: item[0]))


def cell_name(title: str, row: int, column: int) -> str:
    """A cell as Excel calls it, with its sheet."""
    return f"{title}!{get_column_letter(column)}{row}"
