"""Action plans: activities by month, an arrow or a shaded cell where something is done."""

from __future__ import annotations

import re

from ...messages import message
from .found import FoundFile
from .heads import ColumnHeads, HeadColumn
from .kept import Mapping, Typed
from .pieces import Line, WordCell, WordRow, WordTable
from .words import numbered

_ARROW = re.compile(r"[←→↔⟵⟶⟷–—\-<>xX✓/●•\s]+")
_BODIES = re.compile(r"(?<!\s)\s*\(([^()]{1,80})\)\s*$")


def read(found: FoundFile, table: WordTable, head: ColumnHeads, title: Line | None) -> None:
    """One plan, kept with the title above it."""
    months = head.of("month")
    plan = Mapping()
    if title is not None:
        plan["title"] = Typed(title.said, title)
    number = head.first("number")
    activity = next(
        (c for c in head.columns if c.kind in ("activity", "other", "indicator") and c.head), None
    )
    if number is not None and number.head:
        plan["number"] = _words(number.head[-1])
    if activity is not None:
        plan["activity"] = _words(activity.head[-1])
    groups: list[Mapping] = []
    seen: set[int] = set()
    for column in months:
        top = column.head[0]
        if len(column.head) > 1 and id(top) not in seen:
            seen.add(id(top))
            within = [c for c in months if c.head and c.head[0] is top]
            groups.append(Mapping(name=_words(top), months=Typed(str(len(within)), bare=True)))
    if groups:
        plan["groups"] = groups
    plan["months"] = [_words(column.head[-1]) for column in months]
    rows = [
        made
        for row in table.rows[head.rows :]
        if (
            made := _activity(
                found, row, activity.index if activity else 1, months, number is not None
            )
        )
    ]
    plan["activities"] = rows
    plan.guess("activities", message("import-plan-guessed"))
    found.plans.append(plan)


def _words(cell: WordCell) -> Typed:
    made = Typed(" ".join(line.said for line in cell.lines))
    made.sources = [(line, line.said) for line in cell.lines]
    return made


def _activity(
    found: FoundFile, row: WordRow, at: int, months: list[HeadColumn], has_number: bool
) -> Mapping | None:
    cell = row.at(at)
    if cell is None or not cell.lines:
        return None
    name = _words(cell)
    made = Mapping()
    rest = str(name)
    bodies: list[str] = []
    while (match := _BODIES.search(rest)) and len(bodies) < 2 and "/" in match[1] + "/":
        bodies.insert(0, match[1])
        rest = rest[: match.start()]
    if not has_number:
        number, words = numbered(cell.lines[0])
        if number and rest.startswith(words[:10]) is False:
            found.account.says(cell.lines[0], number)
            rest = words + rest[len(cell.lines[0].said) :]
    kept = Typed(rest)
    kept.sources = [(line, words) for line, words in name.sources]
    made["name"] = kept
    for key, said in zip(("lead", "support"), bodies, strict=False):
        parts = [part.strip() for part in said.split("/") if part.strip()]
        made[key] = [Typed(part) for part in parts]
    marked = [
        column
        for column in months
        if (c := row.at(column.index)) is not None and (c.shaded or c.lines)
    ]
    for column in marked:
        c = row.at(column.index)
        for line in c.lines if c is not None else ():
            if _ARROW.fullmatch(line.said):
                found.account.says(line, line.said)
    for c in row.cells:
        if c.column < at:
            for line in c.lines:
                found.account.says(line, line.said)
    if marked:
        made["from"] = Typed(" ".join(line.said for line in marked[0].head[-1].lines))
        last = row.at(marked[-1].index)
        end = marked[-1].index + (last.span - 1 if last is not None else 0)
        final = next((c for c in months if c.index == end), marked[-1])
        if final is not marked[0]:
            made["to"] = Typed(" ".join(line.said for line in final.head[-1].lines))
    return made
