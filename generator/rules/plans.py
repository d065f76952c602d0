"""Action plans: months are the plan's, in order, and whoever acts is known."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from .. import thai
from ..agreements.files import DataFile
from ..diagnostics import Diagnostic, did_you_mean, fault
from ..messages import message
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
        yield fault("headings-do-not-cover-months", file.node.at("groups"), months=len(plan.months))
    for index, activity in enumerate(plan.activities):
        place = ("activities", index)
        for key, month in (("from", activity.start), ("to", activity.end)):
            if month is not None and plan.place(month) is None:
                yield fault(
                    "unknown-month",
                    file.node.at(*place, key),
                    hint=did_you_mean(month, plan.months),
                    name=month,
                )
        if activity.end is not None:
            first = plan.place(activity.start) if activity.start is not None else None
            last = plan.place(activity.end)
            ends_first = first is not None and last is not None and last < first
        if activity.end is not None and (activity.start is None or ends_first):
            yield fault("activity-ends-before-it-starts", file.node.at(*place, "to"))
        for key, units in (("lead", activity.lead), ("support", activity.support)):
            for position, unit in enumerate(units):
                if known is not None and thai.folded(unit) not in folded:
                    yield fault(
                        "unknown-unit",
                        file.node.at(*place, key, position),
                        hint=did_you_mean(unit, known) or message("name-it-in-bodies"),
                        name=unit,
                    )
