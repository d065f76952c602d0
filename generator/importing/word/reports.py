"""Reports of results: which file is one, its round, its rows, and what explains each score."""

from __future__ import annotations

import re

from . import heads
from .found import FoundFile, FoundIndicator, FoundReport, ReportRow
from .kept import Typed
from .pieces import Block, Line, WordTable, core, squashed
from .words import numbered, round_of, year_of

_EARNED = {"score", "weighted"}
_ROUND = re.compile(r"(?:รอบ|ไตรมาส|ครั้งที่|\d{1,2}เดือน|ประจำปี)")
_NAMED = re.compile(r"(?:รอบ|ไตรมาส).*$")


def is_rows(head: heads.ColumnHeads | None) -> bool:
    """Whether a head is that of a report: results beside what they were to be, or earn."""
    kinds = head.kinds() if head is not None else set()
    return {"indicator", "result"} <= kinds and bool(kinds & {"level", "criteria", *_EARNED})


def begins(blocks: list[Block]) -> bool:
    """Whether a file without clauses reports results."""
    return any(isinstance(one, WordTable) and is_rows(heads.read(one)) for one in blocks)


def title_of(lines: list[Line]) -> list[Line]:
    """The lines of a report's title: up to the one that names the round, where one does."""
    for index, line in enumerate(lines[:6]):
        if index and round_of(line.text) is not None:
            return lines[: index + 1]
    named = [i for i, line in enumerate(lines[:4]) if _ROUND.search(squashed(line.text))]
    return lines[: named[-1] + 1] if named else lines[:3]


def round_in(found: FoundFile, title: list[Line]) -> str:
    """The round that the last line of a title names, now one of the file's; nothing without one."""
    line = title[-1]
    id_, match = round_of(line.text), _NAMED.search(line.text)
    if id_ is None:
        return ""
    lead = line.text[: match.start()] if match is not None else ""
    if (year := year_of(lead)) is not None:
        found.year = found.year or Typed(year, line, bare=True)
        found.account.says(line, lead)
    return found.round(Typed(match[0] if match is not None else line.text, line), id_)


def keep(report: FoundReport, rows: list[FoundIndicator]) -> None:
    """Take what a table of results says of its indicators."""
    for one in rows:
        said = one.reported
        one.reported = {}
        report.results.append(
            ReportRow(
                one.name, one.number, said.get("result"), said.get("score"), said.get("weighted")
            )
        )


def explain(report: FoundReport, blocks: list[Block]) -> None:
    """Give each result the blocks below its name; the others stay beside them."""
    by_name = {core(one.name): one for one in report.results}
    current: ReportRow | None = None
    for block in blocks:
        if isinstance(block, Line) and block.said:
            named = by_name.get(core(block.text)) or by_name.get(core(numbered(block)[1]))
            if named is not None:
                current = named
                current.name.stand_for(Typed(str(current.name), block, words=block.said))
                continue
            if block.style.startswith("Heading"):
                current = None
        (report.blocks if current is None else current.blocks).append(block)
