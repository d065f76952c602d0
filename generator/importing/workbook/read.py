"""A filled-in workbook as results: every fault with its cell, and no formula executed."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path as File

from openpyxl.cell.cell import Cell, MergedCell
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from ... import thai
from ...agreements import yaml_tree
from ...agreements.model_faults import to_model
from ...agreements.yaml_tree import Node, PlainText
from ...diagnostics import Diagnostic, Location, meant
from ...model import Results
from . import archive
from .form import COMPETENCIES, DONE, NOT_DONE, Path, ReportedRow, WorkbookForm, WorkbookHead
from .write import EVIDENCE, EXACT, FORMAT, HEAD_ROW, HEADINGS, KEY, KEY_HEADING, RESULT, row_key

MAX_ROWS, MAX_COLUMNS, MAX_FAULTS = 10_000, 100, 500
_NUMBER = re.compile(r"-?(\d+|\d{1,3}(,\d{3})+)(\.\d+)?")
_WHOLE, _DECIMALS = 15, 10
"""So many digits before and after the point a number may have."""

_AGAIN = "make the template again, and fill it in"
_SAME_WAY = ({"value", "done"}, {"inputs", "done"})


@dataclass(frozen=True, slots=True)
class OpenedWorkbook:
    """A workbook that was opened, and what it says it belongs to."""

    path: File
    sheet: Worksheet
    about: WorkbookHead


@dataclass(slots=True)
class _Faults:
    """Faults by cell; ``all`` gives them in the order of the sheet."""

    path: File
    title: str
    found: dict[tuple[int, int, str], Diagnostic] = field(default_factory=dict)

    def add(self, row: int, column: int, message: str, hint: str = "") -> None:
        """A fault of one cell."""
        if len(self.found) >= MAX_FAULTS:
            return
        text = f"{cell_name(self.title, row, column)}: {message}"
        self.found[row, column, message] = Diagnostic(text, Location(self.path), hint)

    def take(self, row: int, column: int, fault: Diagnostic) -> None:
        """A fault that was found elsewhere, at its cell."""
        said = f"{cell_name(self.title, row, column)}: {fault.message}"
        self.found[row, column, fault.message] = Diagnostic(
            said, Location(self.path), fault.hint, fault.severity
        )

    def all(self) -> tuple[Diagnostic, ...]:
        """The faults, by row and column."""
        return tuple(fault for _, fault in sorted(self.found.items(), key=lambda item: item[0]))


class _Refused(Exception):
    def __init__(self, message: str, hint: str) -> None:
        super().__init__(message)
        self.message, self.hint = message, hint


def cell_name(title: str, row: int, column: int) -> str:
    """A cell as Excel calls it, with its sheet."""
    return f"{title}!{get_column_letter(column)}{row}"


def opened(path: File, data: bytes) -> OpenedWorkbook | tuple[Diagnostic, ...]:
    """The workbook in ``data``, or why it can't be read; ``path`` only names it."""
    refused = archive.refusal(data)
    if refused is not None:
        return (Diagnostic(refused[0], Location(path), refused[1]),)
    try:
        book = archive.book(data)
        sheets = book.worksheets
    except Exception as error:  # a damaged part ends openpyxl in any of many ways
        reason = str(error).splitlines()[0][:100] if str(error) else type(error).__name__
        return (
            Diagnostic(
                f"the workbook can't be read: {reason}", Location(path), "save it again as .xlsx"
            ),
        )
    marked = [s for s in sheets if str(s.cell(1, KEY).value or "").startswith(KEY_HEADING)]
    if not marked:
        named = cell_name(sheets[0].title, 1, KEY) if sheets else ""
        return (
            Diagnostic(
                f"{named}: this is no workbook of gen results template", Location(path), _AGAIN
            ),
        )
    sheet = marked[0]
    faults = _Faults(path, sheet.title)
    for other in book.sheetnames:
        if other != sheet.title:
            name = cell_name(other, 1, 1)
            faults.found[0, 0, other] = Diagnostic(
                f"{name}: the sheet '{other}' is not from the template",
                Location(path),
                "take the sheet out of the workbook",
            )
    about = _about(sheet, faults)
    if about is None or faults.found:
        return faults.all()
    return OpenedWorkbook(path, sheet, about)


def _about(sheet: Worksheet, faults: _Faults) -> WorkbookHead | None:
    texts = [sheet.cell(row, KEY).value for row in range(1, 5)]
    if texts[0] != f"{KEY_HEADING} {FORMAT}":
        faults.add(1, KEY, f"'{texts[0]}' is another version than {FORMAT}", _AGAIN)
        return None
    if sheet.max_row > MAX_ROWS:
        faults.add(MAX_ROWS + 1, 1, f"the sheet has {sheet.max_row} rows", _AGAIN)
    for column, wanted in enumerate((*HEADINGS, KEY_HEADING), start=1):
        if thai.folded(str(sheet.cell(HEAD_ROW, column).value or "")) != thai.folded(wanted):
            faults.add(HEAD_ROW, column, f"the heading '{wanted}' is expected here", _AGAIN)
    agency, unit, when = (thai.folded(text) if isinstance(text, str) else "" for text in texts[1:])
    match = re.fullmatch(r"(\d{4}) (\S+)", when)
    if match is None:
        faults.add(4, KEY, "the year and the round are expected here", _AGAIN)
        return None
    return WorkbookHead(agency, unit, int(match[1]), match[2])


def misplaced(book: OpenedWorkbook, row: int, message: str, hint: str = _AGAIN) -> Diagnostic:
    """The fault of a workbook that belongs to something else; ``row`` is where it says so."""
    name = cell_name(book.sheet.title, row, KEY)
    return Diagnostic(f"{name}: {message}", Location(book.path), hint)


def in_cells(book: OpenedWorkbook, faults: Iterable[Diagnostic]) -> tuple[Diagnostic, ...]:
    """Faults of the results in a workbook, by cell; those of other files are left out."""
    found = _Faults(book.path, book.sheet.title)
    for fault in faults:
        place = fault.location
        if place.path == book.path:
            found.take(place.line, place.column, fault)
    return found.all()


def results(
    book: OpenedWorkbook, needed: WorkbookForm, filled: WorkbookForm
) -> tuple[Node, tuple[Diagnostic, ...]]:
    """The results in a workbook, and its faults.

    ``needed`` is what the unit is asked, whose rows must be there; ``filled`` also has rows
    for what it reported already.
    """
    faults = _Faults(book.path, book.sheet.title)
    found = _Found(book, needed, filled, faults)
    found.rows()
    found.missing()
    node = found.node()
    if not faults.found:
        _, wrong = to_model(node, Results)
        for fault in wrong:
            place = fault.location
            faults.add(place.line, place.column, fault.message, fault.hint or "correct the cell")
    return node, faults.all()


class _Found:
    """What stands in the cells, by its place in the results."""

    def __init__(
        self, book: OpenedWorkbook, needed: WorkbookForm, filled: WorkbookForm, faults: _Faults
    ) -> None:
        self.book, self.needed, self.filled, self.faults = book, needed, filled, faults
        self.known = {**needed.paths, **filled.paths}
        self.keys = {block.key for block in filled.blocks}
        self.values: dict[Path, Node] = {}
        self.evidence: dict[str, list[Node]] = {}
        self.at: dict[Path, int] = {}
        self.spoilt: set[str] = set()

    def place(self, row: int, column: int) -> Location:
        """A cell as the place of a node."""
        return Location(self.book.path, row, column)

    def rows(self) -> None:
        """Read every row below the headings."""
        sheet = self.book.sheet
        for merged in sheet.merged_cells.ranges:
            if merged.max_row > HEAD_ROW and merged.min_col <= KEY and merged.max_col > 1:
                self.faults.add(
                    merged.min_row,
                    merged.min_col,
                    f"the cells {merged.coord} are merged: only one of them holds something",
                    "unmerge them (Home, Merge & Center), and fill in each cell",
                )
        columns = min(sheet.max_column, MAX_COLUMNS)
        for cells in sheet.iter_rows(max_row=sheet.max_row, max_col=max(columns, KEY)):
            number = cells[0].row or 0
            for cell in cells:
                if cell.data_type == "f":
                    self.faults.add(
                        number,
                        cell.column or 0,
                        "a formula stands here; formulas are never executed",
                        "put in the value (copy, then paste as values)",
                    )
            if number > HEAD_ROW:
                self._outside(number, cells)
                self._row(number, cells)

    def _outside(self, number: int, cells: tuple[Cell | MergedCell, ...]) -> None:
        for cell in cells[KEY:]:
            if cell.value is not None and cell.data_type != "f":
                self.faults.add(
                    number, cell.column or 0, "this stands outside the table", "clear the cell"
                )

    def _row(self, number: int, cells: tuple[Cell | MergedCell, ...]) -> None:
        key = cells[KEY - 1].value
        if key is None:
            for cell in cells[: KEY - 1]:
                if cell.value is not None and cell.data_type != "f":
                    self.faults.add(
                        number,
                        cell.column or 0,
                        "the row is not from the template",
                        "fill in the rows that are there, and clear this one",
                    )
                    return
            return
        path = _path(key)
        if path is not None and path[1:2] == ("evidence",) and path[0] in self.keys:
            row = ReportedRow(path, "", "none")
        elif path is not None and path in self.known:
            row = self.known[path]
        else:
            known = {row_key(p) for p in self.known}
            hint = meant(str(key), known)
            self.faults.add(
                number,
                KEY,
                f"'{key}' is no row of this unit's results",
                f"{hint} {_AGAIN}".strip(),
            )
            return
        if path in self.at:
            self.faults.add(
                number, KEY, f"the row stands twice, in row {self.at[path]} already", "keep one"
            )
            return
        self.at[path] = number
        faults = len(self.faults.found)
        self._result(number, row, cells[RESULT - 1])
        if row.kind in ("level", "shown") and cells[EVIDENCE - 1].value is not None:
            self.faults.add(number, EVIDENCE, "nothing is filled in here", "clear the cell")
            return
        if len(self.faults.found) > faults or cells[RESULT - 1].data_type == "f":
            self.spoilt.add(path[0])
        piece = self._text(number, cells[EVIDENCE - 1])
        if piece is not None:
            place = self.place(number, EVIDENCE)
            self.evidence.setdefault(path[0], []).append(Node(piece, place))

    def _result(self, number: int, row: ReportedRow, cell: Cell | MergedCell) -> None:
        place = self.place(number, RESULT)
        if row.kind in ("text", "name"):
            text = self._text(number, cell)
        else:
            try:
                text = _number(cell) if row.kind in ("number", "level", "fixed") else _tick(cell)
            except _Refused as refused:
                self.faults.add(number, RESULT, refused.message, refused.hint)
                return
        if row.kind == "fixed":
            if text is None or Decimal(text) != row.given:
                self.faults.add(
                    number,
                    RESULT,
                    f"the indicator fixes this figure at {row.given:f}",
                    "put it back",
                )
        elif text is None:
            return
        elif row.kind in ("none", "shown"):
            self.faults.add(number, RESULT, "nothing is filled in here", "clear the cell")
        elif row.kind == "tick" and (done := thai.ticked(text)) is None:
            self.faults.add(
                number,
                RESULT,
                f"{DONE}, {NOT_DONE} or nothing is expected here, not '{text[:40]}'",
                f"choose {DONE} where the milestone is done (ใช่, 1 and x are read as that too)",
            )
        else:
            mark = (DONE if done else NOT_DONE) if row.kind == "tick" else text
            self.values[row.path] = Node(mark, place)

    def _text(self, number: int, cell: Cell | MergedCell) -> str | None:
        try:
            text = _typed(cell)
        except _Refused as refused:
            self.faults.add(number, cell.column or 0, refused.message, refused.hint)
            return None
        if text is None:
            return None
        written = yaml_tree.dump({"text": text}).encode()
        for fault in yaml_tree.parse(self.book.path, written).faults:
            self.faults.add(number, cell.column or 0, fault.message, fault.hint)
            return None
        return text

    def missing(self) -> None:
        """Rows that were taken out. Months may be named otherwise."""
        for path, row in self.needed.paths.items():
            month = "inputs" in path[:-2]
            if path not in self.at and not month and row.kind not in ("none", "shown"):
                self.spoilt.add(path[0])
                last = max(self.at.values(), default=HEAD_ROW) + 1
                self.faults.add(
                    last, KEY, f"the row {row_key(path)} ({row.item[:40]}) is missing", _AGAIN
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
        if parts:
            given["parts"] = Node(parts, next(iter(parts.values())).location)
        if (survey := self.values.get((key, "survey"))) is not None:
            given["survey"] = survey
        self._one_way(given)
        words: dict[str, Node] = {}
        if (text := self.values.get((key, "text"))) is not None:
            words["text"] = text
        if evidence := self.evidence.get(key):
            words["evidence"] = Node(list(evidence), evidence[0].location)
        if words and not given and key not in self.spoilt:
            place = next(iter(words.values())).location
            self.faults.add(
                place.line,
                place.column,
                f"words are given for '{key}', but no result",
                "fill in the result, or clear this cell",
            )
        fields = {**given, **words}
        return Node(fields, next(iter(fields.values())).location) if fields else None

    def _fields(self, at: Path) -> dict[str, Node]:
        """What stands in the rows of a result, or of one part of it."""
        fields: dict[str, Node] = {}
        if (value := self.values.get((*at, "value"))) is not None:
            fields["value"] = value
        inputs = self._figures((*at, "inputs"))
        if inputs:
            fields["inputs"] = Node(inputs, next(iter(inputs.values())).location)
        marks = {p: n for p, n in self.values.items() if p[:-1] == (*at, "done")}
        if marks:
            done: list[Node] = [
                Node(PlainText(path[-1]), node.location)
                for path, node in marks.items()
                if node.value == DONE
            ]
            fields["done"] = Node(done, next(iter(marks.values())).location)
        return fields

    def _figures(self, at: Path) -> dict[str, Node]:
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
                    f"both a total and figures by month (row {first.line}) are given",
                    "clear one of them",
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
                    f"a result is given in one way; {name} gives it otherwise than this ({kind})",
                    "clear one of them",
                )


def _path(key: object) -> Path | None:
    try:
        steps = json.loads(key) if isinstance(key, str) and len(key) < 1000 else None
    except (ValueError, RecursionError):
        return None
    if not isinstance(steps, list) or not all(isinstance(step, str) for step in steps):
        return None
    return tuple(thai.folded(step) for step in steps)


def _typed(cell: Cell | MergedCell) -> str | None:
    """What was typed into a cell, as text."""
    value, kind = cell.value, cell.data_type
    if value is None or kind == "f":
        return None
    if kind == "e":
        raise _Refused(f"the error {value} stands here", "put in the value")
    if kind == "b" or isinstance(value, bool):
        raise _Refused("TRUE or FALSE stands here", "write it in words or figures")
    if isinstance(value, int | float):
        return _digits(cell, value)
    if not isinstance(value, str):
        raise _Refused("a date or a time stands here", "format the cell as text, and type it again")
    text = value.replace("_x005F_x", "_x").replace("_x000D_", "").replace("\r\n", "\n")
    return text.replace("\r", "\n").strip("\n ") or None


def _tick(cell: Cell | MergedCell) -> str | None:
    """What stands in the cell of a milestone; TRUE and FALSE are a tick and none."""
    if isinstance(cell.value, bool):
        return "1" if cell.value else "0"
    return _typed(cell)


def _digits(cell: Cell | MergedCell, value: int | float) -> str:
    """A number as Excel shows it: fifteen digits."""
    if isinstance(value, float) and not abs(value) < float("inf"):
        raise _Refused("the number is impossibly large", "check the figure")
    if re.search(r"%", re.sub(r'"[^"]*"|\\.', "", cell.number_format or "")):
        shown = Decimal(format(value * 100, f".{EXACT}g"))
        text = f"{shown:f}"
        text = text.rstrip("0").rstrip(".") if "." in text else text
        raise _Refused(
            f"the cell is formatted as a percentage and shows {text}%",
            f"format it as a number, and write {text}",
        )
    number = Decimal(value) if isinstance(value, int) else Decimal(format(value, f".{EXACT}g"))
    text = f"{number:f}"
    return (text.rstrip("0").rstrip(".") if "." in text else text) or "0"


_AMONG = re.compile(
    r"(?P<before>[^\d.,+-]{0,60}?)\s*(?P<number>-?\d[\d,]*(?:\.\d+)?)\s*(?P<behind>[^\d.,+-]{0,60})"
)
"""A number with words before or behind it."""


def _no_number(text: str) -> _Refused:
    """What a text is in place of a number, with the remedy of its own case."""
    said = text[:40]
    found = _AMONG.fullmatch(text)
    if found is not None and _NUMBER.fullmatch(found["number"]):
        bare = found["number"].replace(",", "")
        before, behind = found["before"].strip(), found["behind"].strip()
        if behind in ("%", "％") or before in ("%", "％"):
            return _Refused(f"a percent sign stands in '{said}'", f"write {bare} for {said}")
        words = before or behind
        return _Refused(
            f"words stand beside the number in '{said}'",
            f"write {bare} alone; '{words[:30]}' stands in the column of units, or in the words",
        )
    if text in ("-", "–", "—", "n/a", "N/A", "ไม่มี", "ไม่มีข้อมูล", "ยังไม่มี"):
        return _Refused(
            f"'{said}' stands here for nothing", "clear the cell, or write 0 where it is nought"
        )
    if re.fullmatch(r"\d{1,3}( \d{3})+(\.\d+)?", text):
        return _Refused(f"blanks divide the number '{said}'", f"write {text.replace(' ', '')}")
    if re.fullmatch(r"\d{1,3}(\.\d{3})*,\d+", text):
        right = text.replace(".", "").replace(",", ".")
        return _Refused(
            f"a number is expected here, not '{said}', whose comma divides no thousands",
            f"write {right} where it stands for a point",
        )
    if re.fullmatch(r"\d+(\.\d+)?\s*[-–]\s*\d+(\.\d+)?", text):
        return _Refused(f"two numbers stand in '{said}'", "write the one that was reached")
    if "%" in text or "％" in text:
        return _Refused(f"a percent sign stands in '{said}'", "write 82 for 82%")
    return _Refused(f"a number is expected here, not '{said}'", "write it as 1234.5")


def _number(cell: Cell | MergedCell) -> str | None:
    """The number in a cell; typed as text it may have Thai digits and thousands commas."""
    text = _typed(cell)
    if text is None or not text.strip():
        return None
    text = thai.arabic_digits(text.strip())
    text = "".join(sign for sign in text if not thai.is_unseen(sign)).strip()
    if not _NUMBER.fullmatch(text):
        raise _no_number(text)
    text = text.replace(",", "")
    whole, _, decimals = text.lstrip("-").partition(".")
    if len(whole) > _WHOLE:
        raise _Refused("the number is impossibly large", "check the figure")
    if len(decimals) > _DECIMALS:
        raise _Refused(
            f"the number {text} has more than {_DECIMALS} decimals",
            "round it, or report the figures behind it",
        )
    return PlainText(text)
