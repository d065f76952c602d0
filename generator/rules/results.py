"""Results belong to the year, the unit and the indicators they name; none is given twice."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ..agreements.files import DataFile, UnitFile
from ..agreements.paths import id_of
from ..agreements.yaml_tree import Node
from ..diagnostics import Diagnostic, did_you_mean, fault
from ..model import Agency, Results
from . import (
    assessment,
    checklists,
    combining,
    competencies,
    evidence,
    person,
    plausible,
    rounds,
)


def check(
    agency: Agency, file: DataFile[Results], results: Results, units: Sequence[UnitFile]
) -> Iterator[Diagnostic]:
    """A results file against its agency and unit."""
    node = file.node
    round_id = file.path.parent.name
    if results.fiscal_year != agency.fiscal_year:
        yield fault(
            "results-of-other-year",
            node.at("fiscal_year"),
            year=results.fiscal_year,
            own=agency.fiscal_year,
        )
    unit_name = id_of(file.path)
    unit = next((u for u in units if u.id == unit_name), None)
    model = unit.file.model if unit is not None else None
    yield from rounds.of_unit(round_id, model, agency, node.location)
    if unit is None:
        yield fault(
            "no-such-unit",
            node.location,
            hint=did_you_mean(unit_name, (u.id for u in units)),
            name=unit_name,
        )
        return
    if model is None:
        return
    yield from person.check_results(file, results, unit.unit)
    yield from competencies.check_results(file, results, agency)
    yield from plausible.check_results(file, results, unit)
    yield from checklists.check_results(file, results, unit, round_id)
    yield from evidence.check_results(file, results)
    yield from assessment.check_results(node, results, agency, unit.unit)
    yield from combining.check_results(file, results, unit)
    yield from _check_indicators(node, results, unit, round_id, units)


def _check_indicators(
    node: Node, results: Results, unit: UnitFile, round_id: str, units: Sequence[UnitFile]
) -> Iterator[Diagnostic]:
    """What is reported is of the unit's indicators, and of those that it reports itself.

    Of the round it is what the unit, or one that borrows it, is assessed by.
    """
    lent = {
        item.key
        for other in units
        for item in other.items
        if item.use.result.from_ == unit.id and item.indicator.assessed_in(round_id)
    }
    idle = {i.key for i in unit.items if not i.indicator.assessed_in(round_id)} - lent
    uses = {use.key: use for use in unit.unit.indicators}
    known = uses.keys() - unit.unknown
    for key in results.results:
        use = uses.get(key)
        if use is None and unit.may_mean(key):
            continue
        if use is None:
            yield fault(
                "unit-has-no-indicator",
                node.key_at("results", key),
                hint=did_you_mean(key, known),
                name=key,
            )
        elif not use.result.own:
            lender = use.result.from_ or use.result.mean_of or ""
            yield fault(
                "result-given-and-borrowed",
                node.key_at("results", key),
                indicator=key,
                lender=lender,
            )
        elif key in idle:
            yield fault(
                "result-in-round-not-assessed",
                node.key_at("results", key),
                indicator=key,
                round=round_id,
            )
        elif results.results[key].only_words and not use.surveys:
            said, place = results.results[key], node.at("results", key)
            if said.text is not None or said.evidence:
                yield fault("words-without-result", place, indicator=key)
            elif said.assessed or not said.adjustments:
                yield fault("assessed-without-result", place, indicator=key)
