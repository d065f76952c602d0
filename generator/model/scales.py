"""Which scale criteria are read on, and how their parts become one score."""

from __future__ import annotations

from typing import Literal

from ..model import Agency, Criteria, CriteriaPart, LevelScale, Unit


def scale_of(criteria: Criteria | CriteriaPart, unit: Unit, agency: Agency) -> LevelScale | None:
    """The scale that criteria are read on: their own, the unit's, or the agency's."""
    return agency.scales.get(criteria.scale or unit.scale or agency.scale)


def combined_by(criteria: Criteria, agency: Agency) -> Literal["min", "mean", "weighted"]:
    """How the parts' scores become one: by the criteria's own rule, or the agency's."""
    return criteria.combine or agency.policies.combine
