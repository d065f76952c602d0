"""Tables of a sheet: the levels of a round, past years' results."""

from __future__ import annotations

import re

from . import heads
from .found import FoundFile, FoundIndicator
from .kept import Mapping, Typed
from .pieces import WordTable, core, squashed
from .words import as_text, figure, is_dotted, level_key, round_of

_CAPTION = re.compile(r"เกณฑ์(?:การ)?(?:ให้คะแนน|ประเมิน)?(?:ผล)?|(?:ค่า)?เป้าหมาย|ผลการดำเนินงาน")
"""What stands before the levels of a sheet and names no part."""


def read_levels(
    found: FoundFile,
    indicator: FoundIndicator,
    round_here: str,
    table: WordTable,
    head: heads.ColumnHeads,
) -> None:
    """The levels of a sheet's table, by round; each row with the name of its part."""
    rounds = keep_head(found, table, head)
    part = head.first("part") or head.first("indicator")
    for row in table.rows[head.rows :]:
        by_round: dict[str, dict[str, Typed]] = {}
        for column in head.of("level"):
            cell = row.at(column.index)
            if cell is None or not cell.lines:
                continue
            round_ = rounds.get(column.index) or round_here or "all"
            by_round.setdefault(round_, {})[column.key] = as_text(cell.lines)
        cell = row.at(part.index) if part is not None else None
        name = as_text(cell.lines) if cell is not None and cell.lines else None
        if name is not None and _CAPTION.fullmatch(squashed(name)):
            for line, words in name.sources:
                found.account.says(line, words)
            name = None
        for round_, levels in by_round.items():
            indicator.sheet_levels.setdefault(round_, []).append((name, levels))


def is_level_rows(table: WordTable) -> bool:
    """Whether a table has its levels one below the other: ``1 | ต่ำกว่า …``."""
    keys = [key for row in table.rows if row.cells and (key := level_key(row.cells[0].text))]
    return len(keys) >= 3 and keys == sorted(set(keys)) and table.width in (2, 3)


def read_level_rows(
    found: FoundFile, indicator: FoundIndicator, round_here: str, table: WordTable
) -> None:
    """Levels that stand one below the other."""
    levels: dict[str, Typed] = {}
    for row in table.rows:
        key = level_key(row.cells[0].text) if row.cells else ""
        rest = [line for cell in row.cells[1:] for line in cell.lines]
        for line in row.cells[0].lines if key else ():
            found.account.says(line, line.said)
        if key and rest:
            levels[key] = as_text(rest)
        elif not key:
            for cell in row.cells:
                for line in cell.lines:
                    if re.match(r"ระดับ|คะแนน|เกณฑ์|ค่าเป้าหมาย|ผลการ", line.text):
                        found.account.says(line, line.said)
    indicator.sheet_levels.setdefault(round_here or "all", []).append((None, levels))


def read_past(
    found: FoundFile, indicator: FoundIndicator, table: WordTable, head: heads.ColumnHeads
) -> None:
    """The table of past years' results."""
    words = {"name": "past_name", "measure": "past_measure", "years": "past_years"}
    for column in head.columns:
        for cell in column.head:
            text = Typed(" ".join(line.said for line in cell.lines))
            text.sources = [(line, line.said) for line in cell.lines]
            if column.kind == "measure":
                found.word(("sheet", words["measure"]), text)
            elif column.kind == "mean" and cell is column.head[-1]:
                _mean(found, text)
            elif column.kind == "year" and cell is column.head[-1]:
                year = re.sub(r"\s*[0-9๐-๙]{2,4}\s*$", "", text)
                if year and cell.span == 1:
                    indicator.past_years = _part(text, year)
                for line in cell.lines:
                    found.account.says(line, column.key if len(column.head) else line.said)
                    if not year:
                        found.account.says(line, line.said)
            elif column.kind == "year":
                old = indicator.past_years
                if old is None:
                    indicator.past_years = text
                elif core(old) == core(text):
                    old.stand_for(text)
            else:
                found.word(("sheet", words["name"]), text)
    measure = head.first("measure")
    named = next(
        (c for c in head.columns if c.kind in ("other", "indicator", "part", "number", "criteria")),
        None,
    )
    for row in table.rows[head.rows :]:
        made = Mapping()
        for key, place in (("name", named), ("measure", measure)):
            found_cell = row.at(place.index) if place is not None else None
            if found_cell is not None and found_cell.lines and not is_dotted(found_cell.text):
                made[key] = as_text(found_cell.lines)
        years = Mapping()
        for column in head.of("year"):
            past = row.at(column.index)
            years[column.key] = as_text(past.lines) if past is not None and past.lines else None
        for column in head.of("mean"):
            mean = row.at(column.index)
            for line in mean.lines if mean is not None else ():
                if figure(line.said) is not None:
                    found.account.says(line, line.said)
        made["years"] = years
        if made.get("name") or any(years.values()):
            indicator.baselines.append(made)


def _mean(found: FoundFile, text: Typed) -> None:
    if found.mean is None:
        found.mean = text
    elif core(found.mean) == core(text):
        found.mean.stand_for(text)


def _part(text: Typed, words: str) -> Typed:
    made = Typed(words)
    made.sources = [(line, words) for line, _ in text.sources]
    return made


def keep_head(found: FoundFile, table: WordTable, head: heads.ColumnHeads) -> dict[int, str]:
    """The words of the head over a sheet's levels; rounds where the head names them."""
    rounds: dict[int, str] = {}
    done: set[int] = set()
    for column in head.columns:
        for cell in column.head:
            words = Typed(" ".join(line.said for line in cell.lines))
            words.sources = [(line, line.said) for line in cell.lines]
            round_ = round_of(words) if column.kind == "level" and cell.span > 1 else None
            if round_ is not None:
                rounds[column.index] = round_
            if id(cell) in done:
                continue
            done.add(id(cell))
            if column.kind == "level" and cell is column.head[-1]:
                if column.key not in [key for key, _ in found.levels]:
                    found.levels.append((column.key, words))
                for line in cell.lines:
                    found.account.says(line, line.said)
            elif round_ is not None:
                found.word(("sheet", "rounds", round_), words)
            elif column.kind == "level":
                found.word(("sheet", "levels"), words)
            else:
                found.word(("sheet", "part"), words)
    return rounds
