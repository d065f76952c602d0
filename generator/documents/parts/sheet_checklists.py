"""The checklists that an indicator is judged by, as its sheet shows them: nothing is ticked yet."""

from __future__ import annotations

from collections.abc import Iterator

from ...model import Agency, CountedChecklist, Indicator
from ...scoring import explain
from ...scoring.checklists import NOT_DONE
from ..common import digits
from .rich import Paragraph, TextSpan


def checklist_lines(agency: Agency, indicator: Indicator) -> Iterator[Paragraph]:
    """Each checklist's heading and its items; what several rounds share stands once."""
    for checklist in _different(indicator):
        yield Paragraph((TextSpan(checklist.heading, bold=True),))
        for item in checklist.items:
            weight = item.weight if checklist.weighted else None
            name = item.text
            if weight is not None:
                name = f"{name}{digits(agency, explain.part_name('', weight))}"
            yield Paragraph((TextSpan(name),), NOT_DONE)


def _different(indicator: Indicator) -> Iterator[CountedChecklist]:
    values = [indicator.value]
    for criteria in indicator.criteria.values():
        values += [criteria.value, *(part.value for part in criteria.parts)]
    seen: list[CountedChecklist] = []
    for value in values:
        found = value.checklist if value is not None else None
        if found is not None and found not in seen:
            seen.append(found)
            yield found
