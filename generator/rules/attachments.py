"""Target tables and action plans: their formulas, months and bodies exist."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from .. import thai
from ..agreements.files import AgencyFolder, DataFile, TableFile, UnitFile
from ..diagnostics import Diagnostic, did_you_mean, errors
from ..exact import Exact, add
from ..model import Plan, TargetTable
from ..scoring import formula


def check_table(table: TableFile) -> Iterator[Diagnostic]:
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


def check_plan(file: DataFile[Plan], bodies: Iterable[str] | None) -> Iterator[Diagnostic]:
    """Months are those of the plan, in order; whoever acts is known, where that can be said."""
    yield from file.faults
    plan = file.model
    if plan is None:
        return
    known = None if bodies is None else set(bodies)
    folded = {thai.folded(body) for body in known or ()}
    if plan.groups and sum(group.months for group in plan.groups) != len(plan.months):
        yield Diagnostic(
            "the headings don't cover the months one by one",
            file.node.at("groups"),
            f"together they must be over {len(plan.months)} months",
        )
    for index, activity in enumerate(plan.activities):
        place = ("activities", index)
        for key, month in (("from", activity.start), ("to", activity.end)):
            if month is not None and plan.place(month) is None:
                yield Diagnostic(
                    f"unknown month '{month}'",
                    file.node.at(*place, key),
                    did_you_mean(month, plan.months),
                )
        if activity.end is not None:
            first = plan.place(activity.start) if activity.start is not None else None
            last = plan.place(activity.end)
            ends_first = first is not None and last is not None and last < first
        if activity.end is not None and (activity.start is None or ends_first):
            yield Diagnostic("the activity ends before it starts", file.node.at(*place, "to"))
        for key, units in (("lead", activity.lead), ("support", activity.support)):
            for position, unit in enumerate(units):
                if known is not None and thai.folded(unit) not in folded:
                    yield Diagnostic(
                        f"unknown unit '{unit}'",
                        file.node.at(*place, key, position),
                        did_you_mean(unit, known) or "name it in agency.yaml: bodies",
                    )


def check_used(folder: AgencyFolder, unit: UnitFile) -> Iterator[Diagnostic]:
    """The tables and plan a unit's indicators print exist and are in order."""
    for resolved in unit.indicators:
        indicator = resolved.item.indicator
        for index, key in enumerate(indicator.tables):
            place = resolved.node.at("tables", index)
            if key not in folder.tables:
                yield Diagnostic(f"unknown table '{key}'", place, did_you_mean(key, folder.tables))
            else:
                yield from check_table(folder.tables[key])
        if indicator.plan is not None:
            if indicator.plan not in folder.plans:
                yield Diagnostic(
                    f"unknown plan '{indicator.plan}'",
                    resolved.node.at("plan"),
                    did_you_mean(indicator.plan, folder.plans),
                )
            else:
                yield from folder.plans[indicator.plan].faults


def check_formulas(unit: UnitFile) -> Iterator[Diagnostic]:
    """Formulas and score tables read figures that are there."""
    for resolved in unit.indicators:
        value = resolved.item.indicator.value
        if value is None:
            continue
        known = set(value.inputs) | set(value.lookups)
        expressions: list[tuple[tuple[str, ...], str, set[str]]] = [
            (("value", "formula"), value.formula or "0", known)
        ]
        expressions += [
            (("value", "lookups", key, "of"), lookup.of, set(value.inputs))
            for key, lookup in value.lookups.items()
        ]
        for path, expression, names in expressions:
            place = resolved.node.at(*path)
            try:
                unknown = formula.names(expression) - names
            except formula.FormulaError as error:
                yield Diagnostic(str(error), place, "write arithmetic: registered / target * 100")
                continue
            for name in sorted(unknown):
                yield Diagnostic(
                    f"the formula names '{name}', which is no input",
                    place,
                    did_you_mean(name, names),
                )
