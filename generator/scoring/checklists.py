"""A value made of the items of a checklist that are done."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ..diagnostics import Diagnostic, did_you_mean
from ..exact import shown
from ..messages import message
from ..model import CountedChecklist, Value
from .refusal import Refused, ResultSpot
from .trace import ChecklistCounted, TickedItem

DONE, NOT_DONE = "☑", "☐"
"""How items are marked wherever they are printed."""


def count(value: Value | None, done: Sequence[str], spot: ResultSpot) -> ChecklistCounted | Refused:
    """The value of what is done; ``spot`` is the result's.

    Items that aren't there, or are named twice, are refused, all of them at once.
    """
    checklist = value.checklist if value is not None else None
    if checklist is None:
        return spot.refuse(message("no-checklist"), "checked")
    if faults := tuple(_faults(checklist, done, spot)):
        return Refused(faults)
    return ChecklistCounted(
        tuple(
            TickedItem(
                item.id,
                item.text,
                item.weight if checklist.weighted else None,
                item.id in done,
            )
            for item in checklist.items
        ),
        checklist.counts,
        checklist.shares(done),
        checklist.whole,
        checklist.value(done),
    )


def _faults(
    checklist: CountedChecklist, done: Sequence[str], spot: ResultSpot
) -> Iterator[Diagnostic]:
    known = [item.id for item in checklist.items]
    for index, one in enumerate(done):
        if one not in known:
            said, hint = message("checklist-has-no-item", item=one), did_you_mean(one, known)
            yield spot.fault(said, "checked", index, hint=hint)
        elif one in done[:index]:
            yield spot.fault(message("checked-twice", item=one), "checked", index)


def lines(step: ChecklistCounted) -> Iterator[str]:
    """Every item with its mark, and how they become the value."""
    for item in step.items:
        weight = "" if item.weight is None else f" (น้ำหนัก {shown(item.weight)})"
        yield f"{DONE if item.done else NOT_DONE} {item.text}{weight}"
    done, every = len(step.shares), len(step.items)
    weighted = any(item.weight is not None for item in step.items)
    if not weighted:
        made = f"ดำเนินการแล้ว {done} จาก {every} รายการ"
        if step.counts == "percent":
            made += f": {done} ÷ {every} × 100 = {shown(step.value)}"
        yield made
        return
    total = " + ".join(map(shown, step.shares)) or "0"
    if step.counts == "percent":
        total = f"({total}) ÷ {shown(step.whole)} × 100"
    yield f"น้ำหนักของ {done} จาก {every} รายการที่ดำเนินการแล้ว: {total} = {shown(step.value)}"
