"""Sheets that are typed as tables: a label in the first column, what it says beside it."""

from __future__ import annotations

from . import labels
from .labels import Label
from .pieces import Block, WordCell, WordRow, WordTable, squashed


def labels_of_rows(table: WordTable) -> list[Label]:
    """The labels that its rows begin with."""
    out = []
    for row in table.rows:
        first = next((cell.lines[0] for cell in row.cells if cell.lines), None)
        named = [first] if first is not None else []
        for line in [pair[0].lines[0] for pair in pairs_of(row)] or named:
            label = labels.label_of(line)
            if label is not None and label.field:
                out.append(label)
    return out


def pairs_of(row: WordRow) -> list[tuple[WordCell, WordCell]]:
    """Labels with what they say, where a row has several of them beside each other; else none."""
    cells = [cell for cell in row.cells if not _is_colon(cell)]
    if len(cells) < 4 or len(cells) % 2:
        return []
    found = [*zip(cells[::2], cells[1::2], strict=True)]
    while found and not any(cell.lines for cell in found[-1]):
        found.pop()
    if len(found) < 2 or not all(label_alone(label) for label, _ in found):
        return []
    return [] if any(label_alone(said) for _, said in found) else found


def label_alone(cell: WordCell) -> bool:
    """Whether a cell says a label that is known, and nothing else."""
    label = labels.label_of(cell.lines[0]) if len(cell.lines) == 1 else None
    return label is not None and bool(label.field) and not label.rest


def _is_colon(cell: WordCell) -> bool:
    return squashed(cell.text) in (":", "：")


def said_in(row: WordRow) -> list[WordCell]:
    """The cells of a row that say something: no empty ones, none that only holds a colon."""
    return [cell for cell in row.cells if cell.lines and not _is_colon(cell)]


def is_labelled(table: WordTable) -> bool:
    """Whether a table is a sheet whose rows begin with labels."""
    fields = {label.field for label in labels_of_rows(table)}
    return len(fields) >= 3 and bool(fields & {"measure", "description", "source", "formula"})


def flat(blocks: list[Block]) -> list[Block]:
    """Blocks with tables of labels opened: each label with what stands beside it, as lines."""
    out: list[Block] = []
    for block in blocks:
        if isinstance(block, WordTable) and is_labelled(block):
            out += opened(block)
        else:
            out.append(block)
    return out


def is_frame(table: WordTable) -> bool:
    """Whether a table is one cell: a frame around words."""
    return len(table.rows) == 1 and len(table.rows[0].cells) == 1


def opened(table: WordTable) -> list[Block]:
    """The rows of such a table as lines; rows of a grid stay a table."""
    out: list[Block] = []
    grid: list[WordRow] = []
    for row in table.rows:
        cells = said_in(row)
        label = labels.label_of(cells[0].lines[0]) if cells else None
        plain = len(cells) <= 2 and not (len(row.cells) >= 4 and grid)
        if not cells:
            continue
        if pairs := pairs_of(row):
            out += _grid(grid, table)
            grid = []
            for pair in pairs:
                for cell in pair:
                    out += cell.blocks
            continue
        if (label is not None and label.field and plain) or len(cells) == 1:
            out += _grid(grid, table)
            grid = []
            for cell in cells:
                out += cell.blocks
        else:
            grid.append(row)
    out += _grid(grid, table)
    return out


def _grid(rows: list[WordRow], table: WordTable) -> list[Block]:
    return [WordTable(table.number, list(rows))] if rows else []
