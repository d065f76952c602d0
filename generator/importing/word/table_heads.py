"""What the head of a table says of the form: words of its columns, levels, years, rounds."""

from __future__ import annotations

from ...messages import message
from .found import FoundFile
from .heads import ColumnHeads, HeadColumn
from .kept import Typed
from .pieces import WordCell, WordTable
from .words import round_of


def keep_head(
    found: FoundFile, table: WordTable, heads: ColumnHeads, path: tuple[str, ...]
) -> dict[int, str]:
    """The words of a head in ``wording.yaml`` and ``agency.yaml``; the round of each column."""
    names: dict[str, str] = {
        "indicator": "indicator",
        "weight": "weight",
        "issue": "issue",
        "goal": "goal",
        "criteria": "criteria",
        "source": "source",
        "component": "component",
        "result": "result",
        "score": "score",
        "weighted": "weighted",
    }
    rounds: dict[int, str] = {}
    done: set[int] = set()
    for column in heads.columns:
        for cell in column.head:
            if id(cell) in done:
                if column.index in range(cell.column, cell.column + cell.span):
                    _round(found, heads, column, cell, rounds, new=False)
                continue
            done.add(id(cell))
            is_bottom = cell is column.head[-1]
            words = Typed(" ".join(line.said for line in cell.lines))
            words.sources = [(line, line.said) for line in cell.lines]
            if is_bottom and column.kind in names:
                found.word((*path, names[column.kind]), words)
            elif is_bottom and column.kind == "level":
                _level(found, column, words)
            elif is_bottom and column.kind == "year" and cell.span == 1:
                _year(found, column, words)
            elif is_bottom and column.kind == "number":
                found.account.says(cell.lines[0], words)
            elif column.kind == "year":
                found.word((*path, "baselines"), words)
            elif column.kind not in _OTHERS or round_of(words) is not None:
                _over(found, heads, column, cell, rounds, path)
    return rounds


_OTHERS = ("measure", "responsible", "part", "activity", "number", "mean", "other")
"""Columns whose heads name no round and stand nowhere else: their words are left over."""


def _over(
    found: FoundFile,
    heads: ColumnHeads,
    column: HeadColumn,
    cell: WordCell,
    rounds: dict[int, str],
    path: tuple[str, ...],
) -> None:
    """A cell over others: a round by all the words above the same columns, else a mere title.

    A title over several rounds, and words below a round's name, are no round of their own.
    """
    above = column.head[:-1]
    own = [one for one in above if (one.column, one.span) == (cell.column, cell.span)]
    apart = [one for one in above if one not in own and round_of(one.text) is not None]
    if column.kind == "level" and (cell is not own[-1] or apart):
        if apart and round_of(cell.text) is None:
            return
        if cell is not own[-1]:
            return
    lines = [line for one in own for line in one.lines] if column.kind == "level" else cell.lines
    whole = WordCell(cell.column, cell.span, list(lines))
    _round(found, heads, column, whole, rounds, new=True, path=path)


def _level(found: FoundFile, column: HeadColumn, words: Typed) -> None:
    for key, name in found.levels:
        if key == column.key:
            if str(name) != str(words):
                found.account.says(words.sources[0][0], words)
            name.stand_for(words)
            return
    found.levels.append((column.key, words))


def _year(found: FoundFile, column: HeadColumn, words: Typed) -> None:
    if column.key not in found.years:
        found.years.append(column.key)
    for line, said in words.sources:
        found.account.says(line, said)


def _round(
    found: FoundFile,
    heads: ColumnHeads,
    column: HeadColumn,
    cell: WordCell,
    rounds: dict[int, str],
    *,
    new: bool,
    path: tuple[str, ...] = (),
) -> None:
    """The round that a cell of the head names, for the columns below it."""
    words = Typed(" ".join(line.said for line in cell.lines))
    id_ = round_of(words)
    if id_ is None and path[-1:] in (("tables",), ("weights",), ("report",)):
        key = "target" if path[-1] == "report" else "levels"
        found.word((*path, key), _sourced(words, cell))
        return
    if new:
        name = _sourced(words, cell)
        made = found.round(name, id_)
        if id_ is None and len(found.rounds) == 1:
            found.questions.append(message("import-round-without-number", name=str(words)))
    else:
        made = next((r.id for r in found.rounds if r.id == id_ or str(r.name) == str(words)), "")
    if made:
        for other in heads.columns:
            if cell.column <= other.index < cell.column + cell.span:
                rounds[other.index] = made


def _sourced(words: Typed, cell: WordCell) -> Typed:
    words.sources = [(line, line.said) for line in cell.lines]
    return words
