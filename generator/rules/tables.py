"""Target tables: their formulas read figures of the CSV, and come to a number in every row."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from ..agreements.files import DataFile, TableFile
from ..diagnostics import Diagnostic, did_you_mean, errors, fault
from ..exact import Exact, add
from ..messages import message
from ..model import TargetTable
from ..scoring import formula


def check(table: TableFile) -> Iterator[Diagnostic]:
    """The table's columns stand on figures that the CSV has."""
    yield from table.faults
    model = table.file.model
    if model is not None:
        wrong = tuple(_check_columns(table.file, model))
        yield from wrong
        if not wrong and not errors(table.faults):
            yield from _work_out(table, model)


def _work_out(table: TableFile, model: TargetTable) -> Iterator[Diagnostic]:
    """The formulas come to a number in every row, and in the total."""
    rows: list[tuple[Mapping[str, Exact], tuple[int, str] | None]] = [
        (figures, (number, row.get(model.key, "")[:40]))
        for number, (row, figures) in enumerate(
            zip(table.csv.rows, table.csv.figures, strict=True), start=1
        )
    ]
    if model.total is not None:
        sums = {name: add(f[name] for f in table.csv.figures) for name in model.numbers}
        rows.append((sums, None))
    for index, column in enumerate(model.columns):
        if column.formula is None:
            continue
        for figures, where in rows:
            try:
                formula.value(column.formula, figures)
            except formula.FormulaError as error:
                said = (
                    message("formula-fails-in-total", reason=error.said)
                    if where is None
                    else message(
                        "formula-fails-in-row", reason=error.said, row=where[0], name=where[1]
                    )
                )
                yield Diagnostic(
                    said,
                    table.file.node.at("columns", index, "formula"),
                    message("look-at-figures-of-table", file=table.csv.path.name),
                )
                break


def _check_columns(file: DataFile[TargetTable], model: TargetTable) -> Iterator[Diagnostic]:
    for index, column in enumerate(model.columns):
        if column.formula is None:
            continue
        place = file.node.at("columns", index, "formula")
        try:
            unknown = formula.names(column.formula) - set(model.numbers)
        except formula.FormulaError as error:
            hint = message("write-arithmetic", example="base * 1.35")
            yield Diagnostic(error.said, place, hint)
            continue
        for name in sorted(unknown):
            yield fault(
                "formula-names-no-figure", place, hint=did_you_mean(name, model.numbers), name=name
            )
