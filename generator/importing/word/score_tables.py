"""Score tables of a sheet: points, and what earns them in each column."""

from __future__ import annotations

import re

from ...exact import bare
from ...messages import message
from ...scoring import level_words
from .kept import Mapping, Typed
from .levels import stated
from .pieces import WordTable
from .words import figure

LEAST_ROWS = 4


def read(table: WordTable) -> Mapping | None:
    """The tables as a ``value`` of lookups; None where a table is none of points and conditions."""
    if len(table.rows) < LEAST_ROWS + 1 or table.width < 2:
        return None
    head, rows = table.rows[0], [row for row in table.rows[1:] if row.text]
    if "คะแนน" not in head.cells[0].text:
        return None
    points = [figure(row.cells[0].text) if row.cells else None for row in rows]
    if None in points or len(set(points)) != len(points):
        return None
    lookups, inputs = Mapping(), Mapping()
    for column in range(1, table.width):
        made = []
        for row, given in zip(rows, points, strict=True):
            cell = row.at(column)
            text = cell.text if cell is not None else ""
            said = level_words.read(text)
            condition = stated(text)
            if condition is None and len(said) == 1 and said[0].condition is None:
                condition = ("equals", Typed(bare(said[0].figures[0]), bare=True))
            if condition is None or len(said) != 1 or cell is None:
                return None
            first = row.cells[0].lines[0]
            gives = Typed(given or "", first, words=first.said, bare=True)
            words = Typed(text)
            words.sources = [(line, line.said) for line in cell.lines]
            name, value = condition
            made.append(Mapping({"gives": gives, name: value, "text": words}))
        top = head.at(column)
        if top is None or not top.lines:
            return None
        heading = Typed(" ".join(line.said for line in top.lines))
        heading.sources = [(line, line.said) for line in top.lines]
        figure_, score = f"figure_{column}", f"score_{column}"
        inputs[figure_] = Mapping(
            name=Typed(re.sub(r"^เกณฑ์การให้คะแนน\s*", "", heading) or str(heading))
        )
        lookups[score] = Mapping(of=Typed(figure_), heading=heading, rows=made)
    whole = Mapping(formula=Typed(" + ".join(lookups)), shown=Typed("false", bare=True))
    whole["inputs"] = inputs
    corner = Typed(head.cells[0].text)
    corner.sources = [(line, line.said) for line in head.cells[0].lines]
    whole["points"] = corner
    whole["lookups"] = lookups
    whole.guess("formula", message("import-scores-added"))
    return whole
