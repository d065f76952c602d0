"""Results that come row by row: what their declaration rests on is there, and fits."""

from __future__ import annotations

from collections.abc import Iterator

from .. import thai
from ..agreements.files import AgencyFolder, ResolvedIndicator, UnitFile
from ..diagnostics import Diagnostic, did_you_mean, fault
from ..model import ByRow, Criteria, Unit, Use, Value, Wording
from ..scoring.conditions import milestones
from ..scoring.row_figures import wanted
from . import tables


def check(
    folder: AgencyFolder, unit: UnitFile, model: Unit, wording: Wording | None
) -> Iterator[Diagnostic]:
    """The table of sites is in order, and rows can be read, scored and printed."""
    uses = {use.key: use for use in model.indicators}
    for resolved in unit.indicators:
        rule = resolved.item.indicator.by_row
        if rule is None:
            continue
        yield from _check_sites(folder, resolved, rule)
        yield from _check_formula(resolved, rule)
        yield from _check_use(unit, resolved, uses[resolved.item.key])
        if rule.passed is not None and any(milestones(rule.passed)):
            yield fault("rows-pass-by-value", resolved.node.at("by_row", "passed"))
        for key, criteria in resolved.item.indicator.criteria.items():
            yield from _check_criteria(resolved, key, criteria)
        if wording is not None and wording.report is not None and wording.report.rows is None:
            yield fault(
                "no-words-for-rows",
                resolved.node.key_at("by_row"),
                indicator=resolved.item.key,
            )


def _check_sites(
    folder: AgencyFolder, resolved: ResolvedIndicator, rule: ByRow
) -> Iterator[Diagnostic]:
    if rule.sites is None:
        return
    place = resolved.node.at("by_row", "sites")
    if rule.sites not in folder.tables:
        hint = did_you_mean(rule.sites, folder.tables)
        yield fault("unknown-table", place, hint=hint, name=rule.sites)
        return
    yield from tables.check(folder.tables[rule.sites])


def _check_formula(resolved: ResolvedIndicator, rule: ByRow) -> Iterator[Diagnostic]:
    """The figures of rows are told apart by their heads, and a ratio has something to divide."""
    value: Value | None = resolved.item.indicator.value
    place = resolved.node.at("by_row", "roll_up")
    if value is None or value.formula is None:
        if rule.roll_up == "ratio" and rule.full is None:
            yield fault("ratio-of-nothing", place)
    elif rule.roll_up == "ratio" and value.lookups:
        yield fault("ratio-of-lookups", place)
    elif rule.roll_up == "ratio" and rule.full is not None:
        yield fault("ratio-of-formula-and-full", resolved.node.at("by_row", "full"))
    if value is not None and value.survey is not None:
        yield fault("rows-and-survey", resolved.node.at("value", "survey"))
    own = [rule.key, *rule.texts, *(one for one in (rule.full, rule.weight) if one)]
    for key, heads in wanted(rule, value).items():
        for head in heads:
            if head in own:
                place = resolved.node.at("by_row")
                yield fault("column-in-two-parts", place, name=head)
                break
        if value is not None and key in value.inputs and value.inputs[key].monthly:
            place = resolved.node.at("value", "inputs", key, "monthly")
            yield fault("rows-by-month", place, figure=thai.folded(key))


def _check_use(unit: UnitFile, resolved: ResolvedIndicator, use: Use) -> Iterator[Diagnostic]:
    """The result is reported, here or elsewhere: it is no mean of a table, and not counted."""
    place = unit.file.node.find(resolved.place)
    if use.surveys:
        yield fault("rows-and-survey", place.at("surveys"))
    if use.result.mean_of is not None:
        yield fault("rows-and-mean", place.at("result"))


def _check_criteria(
    resolved: ResolvedIndicator, key: str, criteria: Criteria
) -> Iterator[Diagnostic]:
    if criteria.parts:
        yield fault("rows-and-parts", resolved.node.at("criteria", key, "parts"))
    for name, level in criteria.levels.items():
        if any(milestones(level)):
            place = resolved.node.at("criteria", key, "levels", name)
            yield fault("rows-have-no-milestones", place, level=name)
