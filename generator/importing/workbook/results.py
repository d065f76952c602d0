"""A filled-in workbook as results: every fault with its cell, and no formula executed."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import replace
from decimal import Decimal

from openpyxl.cell.cell import Cell, MergedCell

from ... import thai
from ...agreements import yaml_tree, yaml_writing
from ...agreements.model_faults import to_model
from ...agreements.yaml_tree import Node
from ...agreements.yaml_writing import PlainText
from ...diagnostics import Diagnostic, Location, meant
from ...messages import message
from ...model import Results
from ...model.results import BESIDE_MILESTONES
from . import row_sheets
from .assessors import ASSESSED, STATES, TEXTS, state_of
from .cell_faults import CellFaults, cell_name
from .cells import CellRefused, dayed, numeric, ticked, typed
from .evidence_cells import of_cell
from .form import COMPETENCIES, WorkbookForm
from .opening import OpenedWorkbook
from .rows import DONE, NOT_DONE, ReportedRow, ResultPath, counted
from .sheet import EVIDENCE, HEAD_ROW, KEY, RESULT, row_key

MAX_COLUMNS = 100
_SAME_WAY = tuple({one, "done"} for one in BESIDE_MILESTONES)


def read(
    book: OpenedWorkbook, needed: WorkbookForm, filled: WorkbookForm
) -> tuple[Node, tuple[Diagnostic, ...]]:
    """The results in a workbook, and its faults.

    ``needed`` is what the unit is asked, whose rows must be there; ``filled`` also has rows
    for what it reported already.
    """
    faults = CellFaults(book.path, book.sheet.title)
    found = _Found(book, needed, filled, faults)
    wrong_rows = tuple(found.tables())
    found.rows()
    found.missing()
    node = found.node()
    if not faults.found and not wrong_rows:
        _, wrong = to_model(node, Results)
        for fault in wrong:
            place = fault.location
            faults.take(
                place.line,
                place.column,
                fault if fault.hint else replace(fault, advice=message("correct-the-cell")),
            )
    return node, (*faults.all(), *wrong_rows)


class _Found:
    """What stands in the cells, by its place in the results."""

    def __init__(
        self, book: OpenedWorkbook, needed: WorkbookForm, filled: WorkbookForm, faults: CellFaults
    ) -> None:
        self.book, self.needed, self.filled, self.faults = book, needed, filled, faults
        self.known = {**needed.paths, **filled.paths}
        self.keys = {block.key for block in filled.blocks}
        self.values: dict[ResultPath, Node] = {}
        self.evidence: dict[str, list[Node]] = {}
        self.at: dict[ResultPath, int] = {}
        self.spoilt: set[str] = set()

    def place(self, row: int, column: int) -> Location:
        """A cell as the place of a node."""
        return Location(self.book.path, row, column)

    def tables(self) -> Iterator[Diagnostic]:
        """Read the sheets of rows; what is wrong with them is told by itself."""
        for asked in self.needed.tables:
            sheet = self.book.rows.get(asked.key)
            if sheet is None:
                said = message("sheet-of-rows-missing", sheet=asked.title, indicator=asked.key)
                yield Diagnostic(said, Location(self.book.path), message("make-template-again"))
                continue
            read = row_sheets.read(self.book.path, sheet, asked)
            if isinstance(read, tuple):
                yield from read
            elif read is not None:
                self.values[asked.key, "rows"] = read

    def rows(self) -> None:
        """Read every row below the headings."""
        sheet = self.book.sheet
        for merged in sheet.merged_cells.ranges:
            if merged.max_row > HEAD_ROW and merged.min_col <= KEY and merged.max_col > 1:
                self.faults.add(
                    merged.min_row,
                    merged.min_col,
                    message("cells-merged", cells=merged.coord),
                )
        columns = min(sheet.max_column, MAX_COLUMNS)
        for cells in sheet.iter_rows(max_row=sheet.max_row, max_col=max(columns, KEY)):
            number = cells[0].row or 0
            for cell in cells:
                if cell.data_type == "f":
                    self.faults.add(number, cell.column or 0, message("formula-in-cell"))
            if number > HEAD_ROW:
                self._outside(number, cells)
                self._row(number, cells)

    def _outside(self, number: int, cells: tuple[Cell | MergedCell, ...]) -> None:
        for cell in cells[KEY:]:
            if cell.value is not None and cell.data_type != "f":
                self.faults.add(number, cell.column or 0, message("cell-outside-table"))

    def _row(self, number: int, cells: tuple[Cell | MergedCell, ...]) -> None:
        key = cells[KEY - 1].value
        if key is None:
            for cell in cells[: KEY - 1]:
                if cell.value is not None and cell.data_type != "f":
                    self.faults.add(number, cell.column or 0, message("row-not-from-template"))
                    return
            return
        path = _path(key)
        if path is not None and path[1:2] == ("evidence",) and path[0] in self.keys:
            row = ReportedRow(path, "", "none")
        elif path is not None and path in self.known:
            row = self.known[path]
        else:
            known = {row_key(p) for p in self.known}
            hint = str(meant(str(key), known))
            self.faults.add(
                number,
                KEY,
                message("no-row-of-results", key=str(key)),
                message("or-make-template-again", near=hint) if hint else "",
            )
            return
        if path in self.at:
            self.faults.add(number, KEY, message("row-twice", row=self.at[path]))
            return
        self.at[path] = number
        faults = len(self.faults.found)
        self._result(number, row, cells[RESULT - 1])
        has_none = row.alone or row.kind in ("level", "shown")
        if has_none and cells[EVIDENCE - 1].value is not None:
            self.faults.add(number, EVIDENCE, message("nothing-goes-here"))
            return
        if len(self.faults.found) > faults or cells[RESULT - 1].data_type == "f":
            self.spoilt.add(path[0])
        piece = self._text(number, cells[EVIDENCE - 1])
        if piece is not None:
            place = self.place(number, EVIDENCE)
            proof = of_cell(piece, place)
            if proof is None:
                self.faults.add(number, EVIDENCE, message("evidence-cell-unclear"))
                return
            self.evidence.setdefault(path[0], []).append(proof)

    def _result(self, number: int, row: ReportedRow, cell: Cell | MergedCell) -> None:
        place = self.place(number, RESULT)
        if row.kind in ("text", "name", "state"):
            text = self._text(number, cell)
        else:
            numbers = ("number", "level", "fixed")
            read_as = dayed if row.kind == "day" else numeric if row.kind in numbers else ticked
            try:
                text = read_as(cell)
            except CellRefused as refused:
                self.faults.add(number, RESULT, refused.said, refused.hint)
                return
        if row.kind == "fixed":
            if text is None or Decimal(text) != row.given:
                self.faults.add(
                    number, RESULT, message("figure-fixed-by-indicator", figure=f"{row.given:f}")
                )
        elif text is None:
            return
        elif row.kind in ("none", "shown"):
            self.faults.add(number, RESULT, message("nothing-goes-here"))
        elif row.kind == "tick" and (done := thai.ticked(text)) is None:
            self.faults.add(
                number,
                RESULT,
                message("tick-expected", done=DONE, not_done=NOT_DONE, typed=text[:40]),
            )
        elif row.kind == "state" and (state := state_of(text)) is None:
            self.faults.add(
                number,
                RESULT,
                message("state-expected", states=tuple(STATES.values()), typed=text[:40]),
            )
        else:
            mark = (DONE if done else NOT_DONE) if row.kind == "tick" else text
            if row.kind == "state":
                mark = str(state)
            self.values[row.path] = Node(mark, place)

    def _text(self, number: int, cell: Cell | MergedCell) -> str | None:
        try:
            text = typed(cell)
        except CellRefused as refused:
            self.faults.add(number, cell.column or 0, refused.said, refused.hint)
            return None
        if text is None:
            return None
        written = yaml_writing.dump({"text": text}).encode()
        for fault in yaml_tree.parse(self.book.path, written).faults:
            self.faults.take(number, cell.column or 0, fault)
            return None
        return text

    def missing(self) -> None:
        """Rows that were taken out. Months may be named otherwise.

        Beside what is counted nothing has to be written, and older workbooks have no rows for it.
        """
        for path, row in self.needed.paths.items():
            if counted(path[0]) in self.needed.paths:
                continue
            month = "inputs" in path[:-2]
            if path not in self.at and not month and row.kind not in ("none", "shown"):
                self.spoilt.add(path[0])
                last = max(self.at.values(), default=HEAD_ROW) + 1
                self.faults.add(
                    last, KEY, message("row-missing", row=row_key(path), item=row.item[:40])
                )

    def node(self) -> Node:
        """The results as data; each value's place is its row and column."""
        top = self.place(1, KEY)
        made: dict[str, Node] = {}
        keys: dict[str, Location] = {}
        for block in self.filled.blocks:
            if block.key == COMPETENCIES:
                continue
            result = self._indicator(block.key)
            if result is not None:
                made[block.key], keys[block.key] = result, result.location
        year = Node(PlainText(self.filled.about.fiscal_year), self.place(4, KEY))
        levels: dict[str, Node] = {p[1]: n for p, n in self.values.items() if p[0] == COMPETENCIES}
        assessed = {"competencies": Node(levels, top)} if levels else {}
        return Node({"fiscal_year": year, "results": Node(made, top, keys), **assessed}, top)

    def _indicator(self, key: str) -> Node | None:
        parts: dict[str, Node] = {}
        given: dict[str, Node] = {}
        for part in dict.fromkeys(p[2] for p in self.known if p[:2] == (key, "parts")):
            fields = self._fields((key, "parts", part))
            if fields:
                self._one_way(fields)
                parts[part] = Node(fields, next(iter(fields.values())).location)
        given = self._fields((key,))
        if (rows := self.values.get((key, "rows"))) is not None:
            given["rows"] = rows
        if parts:
            given["parts"] = Node(parts, next(iter(parts.values())).location)
        if (survey := self.values.get((key, "survey"))) is not None:
            ids = {title: name for name, title in self.needed.surveys.items()}
            given["survey"] = replace(survey, value=ids.get(str(survey.value), survey.value))
        self._one_way(given)
        words: dict[str, Node] = self._adjustments(key)
        if (text := self.values.get((key, "text"))) is not None:
            words["text"] = text
        if evidence := self.evidence.get(key):
            words["evidence"] = Node(list(evidence), evidence[0].location)
        is_counted = counted(key) in self.known
        if words and not given and not is_counted and key not in self.spoilt:
            place = next(iter(words.values())).location
            self.faults.add(
                place.line,
                place.column,
                message("words-without-result", indicator=key),
                message("fill-in-result"),
            )
        assessed = self._assessed(key)
        fields = {**given, **words, **({"assessed": assessed} if assessed is not None else {})}
        return Node(fields, next(iter(fields.values())).location) if fields else None

    def _assessed(self, key: str) -> Node | None:
        """What each assessor said of the result."""
        said: dict[str, Node] = {}
        for name in dict.fromkeys(p[2] for p in self.known if p[:2] == (key, ASSESSED)):
            at = (key, ASSESSED, name)
            fields = self._fields(at)
            parts = {
                part: Node(found, next(iter(found.values())).location)
                for part in dict.fromkeys(p[4] for p in self.known if p[:4] == (*at, "parts"))
                if (found := self._fields((*at, "parts", part)))
            }
            if parts:
                fields["parts"] = Node(dict(parts), next(iter(parts.values())).location)
            for field in ("score", "state", *TEXTS, "day"):
                if (given := self.values.get((*at, field))) is not None:
                    fields[field] = given
            if fields:
                said[name] = Node(fields, next(iter(fields.values())).location)
        return Node(said, next(iter(said.values())).location) if said else None

    def _adjustments(self, key: str) -> dict[str, Node]:
        """What was taken off or added: points with their reason."""
        made: dict[str, Node] = {}
        for name in dict.fromkeys(p[2] for p in self.values if p[:2] == (key, "adjustments")):
            at = (key, "adjustments", name)
            fields = {
                field: node
                for field in ("points", "reason")
                if (node := self.values.get((*at, field))) is not None
            }
            made[name] = Node(fields, next(iter(fields.values())).location)
        if not made:
            return {}
        return {"adjustments": Node(made, next(iter(made.values())).location)}

    def _fields(self, at: ResultPath) -> dict[str, Node]:
        """What stands in the rows of a result, or of one part of it."""
        fields: dict[str, Node] = {}
        if (value := self.values.get((*at, "value"))) is not None:
            fields["value"] = value
        inputs = self._figures((*at, "inputs"))
        if inputs:
            fields["inputs"] = Node(inputs, next(iter(inputs.values())).location)
        for name in ("checked", "done"):
            marks = {p: n for p, n in self.values.items() if p[:-1] == (*at, name)}
            if marks:
                done: list[Node] = [
                    Node(PlainText(path[-1]) if name == "done" else path[-1], node.location)
                    for path, node in marks.items()
                    if node.value == DONE
                ]
                fields[name] = Node(done, next(iter(marks.values())).location)
        return fields

    def _figures(self, at: ResultPath) -> dict[str, Node]:
        made: dict[str, Node] = {}
        names = dict.fromkeys(p[len(at)] for p in self.known if p[: len(at)] == at)
        for name in names:
            total = self.values.get((*at, name))
            months: dict[str, Node] = {
                p[-1]: node for p, node in self.values.items() if p[:-1] == (*at, name)
            }
            if total is not None and months:
                first = next(iter(months.values())).location
                self.faults.add(
                    total.location.line,
                    total.location.column,
                    message("total-and-months-given", row=first.line),
                )
            if total is not None:
                made[name] = total
            elif months:
                made[name] = Node(months, next(iter(months.values())).location)
        return made

    def _one_way(self, given: Mapping[str, Node]) -> None:
        kinds = list(given)
        if len(kinds) > 1 and set(kinds) not in _SAME_WAY:
            places = sorted((node.location, kind) for kind, node in given.items())
            (first, _), *rest = places
            name = cell_name(self.book.sheet.title, first.line, first.column)
            for place, kind in rest:
                self.faults.add(
                    place.line,
                    place.column,
                    message("result-given-in-two-ways", cell=name, kind=kind),
                )


def _path(key: object) -> ResultPath | None:
    try:
        steps = json.loads(key) if isinstance(key, str) and len(key) < 1000 else None
    except (ValueError, RecursionError):
        return None
    if not isinstance(steps, list) or not all(isinstance(step, str) for step in steps):
        return None
    return tuple(thai.folded(step) for step in steps)
