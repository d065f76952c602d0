"""What an indicator says it is (steps of work, or a quantity) is what its levels ask for."""

from __future__ import annotations

from collections.abc import Iterator

from ..agreements.files import UnitFile
from ..diagnostics import Diagnostic, warning
from ..model import Indicator, LevelMark
from ..scoring.conditions import milestones


def check(unit: UnitFile) -> Iterator[Diagnostic]:
    """The kind of every indicator whose levels ask for anything."""
    for resolved in unit.indicators:
        indicator = resolved.item.indicator
        levels = tuple(_asking(indicator))
        if not levels or indicator.kind is None:
            continue
        steps = [bool([*milestones(level)]) for level in levels]
        # A level of success that is typed as a number may stand for the step that was reached.
        told = any(level.conditional for level in levels)
        if indicator.kind == "milestone" and told and not any(steps):
            yield warning("milestone-without-step", resolved.node.at("kind"))
        if indicator.kind == "quantity" and all(map(_asks_for_steps_alone, levels)):
            yield warning("quantity-of-steps-alone", resolved.node.at("kind"))


def _asking(indicator: Indicator) -> Iterator[LevelMark]:
    """The levels behind whose words a condition or a value stands, in all rounds and parts."""
    for criteria in indicator.criteria.values():
        for part in criteria.parts or (criteria,):
            for level in part.levels.values():
                if level.conditional or level.earned_at is not None:
                    yield level


def _asks_for_steps_alone(level: LevelMark) -> bool:
    """Whether a level is reached by steps, whatever any figure is."""
    parts = [*(level.all or ()), *(level.any or ())]
    return level.done is not None or (bool(parts) and all(part.done is not None for part in parts))
