"""Results belong to the year, the unit and the indicators they name; none is given twice."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ..agreements.files import DataFile, UnitFile
from ..agreements.paths import id_of
from ..diagnostics import Diagnostic, did_you_mean
from ..model import Agency, Results
from . import person, plausible


def check(
    agency: Agency, file: DataFile[Results], results: Results, units: Sequence[UnitFile]
) -> Iterator[Diagnostic]:
    """A results file against its agency and unit."""
    node = file.node
    round_id = file.path.parent.name
    if round_id not in {r.id for r in agency.rounds}:
        yield Diagnostic(
            f"there is no round '{round_id}'", node.location, "results/1/ or results/2/"
        )
    if results.fiscal_year != agency.fiscal_year:
        yield Diagnostic(
            f"these are results of {results.fiscal_year}; the agency's year is "
            f"{agency.fiscal_year}",
            node.at("fiscal_year"),
        )
    unit_name = id_of(file.path)
    unit = next((u for u in units if u.id == unit_name), None)
    if unit is None:
        yield Diagnostic(
            f"there is no unit '{unit_name}'",
            node.location,
            did_you_mean(unit_name, (u.id for u in units)),
        )
        return
    if unit.file.model is None:
        return
    yield from person.check_results(file, results, unit.unit)
    yield from plausible.check_results(file, results, unit)
    uses = {use.key: use for use in unit.unit.indicators}
    known = uses.keys() - unit.unknown
    for key in results.results:
        use = uses.get(key)
        if use is None and unit.may_mean(key):
            continue
        if use is None:
            yield Diagnostic(
                f"the unit has no indicator '{key}'",
                node.key_at("results", key),
                did_you_mean(key, known),
            )
        elif not use.result.own:
            lender = use.result.from_ or use.result.mean_of
            yield Diagnostic(
                f"the result of '{key}' is borrowed from {lender}; "
                "a second one can't be given here",
                node.key_at("results", key),
                "remove it, or set result: own",
            )
