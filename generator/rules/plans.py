"""Action plans: months are the plan's, in order, and whoever acts is known."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from .. import thai
from ..agreements.files import DataFile
from ..diagnostics import Diagnostic, did_you_mean
from ..model import Plan


def check(file: DataFile[Plan], bodies: Iterable[str] | None) -> Iterator[Diagnostic]:
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
