"""Target tables: their formulas read figures of the CSV, and come to a number in every row."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from ..agreements.files import DataFile, TableFile
from ..diagnostics import Diagnostic, did_you_mean, errors
from ..exact import Exact, add
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
    rows: list[tuple[Mapping[str, Exact], str]] = [
        (figures, f"row {number} ({row.get(model.key, '')[:40]})")
        for number, (row, figures) in enumerate(
            zip(table.csv.rows, table.csv.figures, strict=True), start=1
        )
    ]
    if model.total is not None:
        sums = {name: add(f[name] for f in table.csv.figures) for name in model.numbers}
        rows.append((sums, "the total"))
    for index, column in enumerate(model.columns):
        if column.formula is None:
            continue
        for figures, where in rows:
            try:
                formula.value(column.formula, figures)
            except formula.FormulaError as error:
                yield Diagnostic(
                    f"{error}, in {where} of the table",
                    table.file.node.at("columns", index, "formula"),
                    f"look at the figures in {table.csv.path.name}, or change the formula",
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
            yield Diagnostic(str(error), place, "write arithmetic: base * 1.35")
            continue
        for name in sorted(unknown):
            yield Diagnostic(
                f"the formula names '{name}', which is no figure of the CSV",
                place,
                did_you_mean(name, model.numbers),
            )
