"""Which scale criteria are read on, and how their parts become one score."""

from __future__ import annotations

from . import Agency, Combine, Criteria, CriteriaPart, LevelScale, ScaleLevel, Unit


def scale_of(criteria: Criteria | CriteriaPart, unit: Unit, agency: Agency) -> LevelScale | None:
    """The scale that criteria are read on: their own, the unit's, or the agency's."""
    return agency.scales.get(criteria.scale or unit.scale or agency.scale)


def combined_by(criteria: Criteria, agency: Agency) -> Combine:
    """How the parts' scores become one: by the criteria's own rule, or the agency's."""
    return criteria.combine or agency.policies.combine


def part_combined_by(criteria: Criteria, part: CriteriaPart, agency: Agency) -> Combine:
    """The rule by which a part is combined with those beside it: its group's, or all parts'."""
    group = next((group for group in criteria.groups if group.id == part.group), None)
    return combined_by(criteria, agency) if group is None else group.combine


def in_columns(scale: LevelScale, table: LevelScale) -> tuple[ScaleLevel | None, ...] | None:
    """The level that stands in each column of a table laid out for ``table``.

    As many levels stand side by side. Else each stands under its own points, and no column is
    there for those of fewer points than the table's first: a scale of 0 to 5 in a table of 1 to 5.
    None where a level of more points would have no column.
    """
    if len(scale.levels) == len(table.levels):
        return tuple(scale.levels)
    by_points = {level.points: level for level in scale.levels}
    columns = tuple(by_points.get(level.points) for level in table.levels)
    first = table.levels[0].points
    lost = [one for one in scale.levels if one.points >= first and one not in columns]
    return None if lost or columns == (None,) * len(columns) else columns
