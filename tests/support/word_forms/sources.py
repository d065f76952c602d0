"""What is typed: a shipped unit with its indicators, whose words are those of the four sources."""

from dataclasses import dataclass
from functools import cache

from generator.agreements import lookup, reading
from generator.model import Agency, Indicator, Round, Unit, UnitIndicator
from generator.model.criteria import Criteria
from support.making import WORLD


@dataclass(frozen=True)
class Source:
    """An agency, one of its units, and its indicators."""

    agency: Agency
    unit: Unit
    items: tuple[UnitIndicator, ...]

    @property
    def rounds(self) -> tuple[Round, ...]:
        return tuple(self.agency.rounds)


@cache
def source(agency: str, unit: str) -> Source:
    target = lookup.find(WORLD, unit, agency)
    folder = reading.read_agency(target.folder)
    assert target.unit is not None
    found = reading.read_unit(folder, target.unit)
    assert folder.agency.model is not None
    return Source(folder.agency.model, found.unit, found.items)


def levels(criteria: Criteria | None) -> dict[str, str]:
    """The words of each level as a table has them: a line for each part."""
    if criteria is None:
        return {}
    if criteria.levels:
        return {key: level.text for key, level in criteria.levels.items()}
    keys = list(criteria.parts[0].levels)
    return {
        key: "\n".join(f"- {p.short or p.name} {p.levels[key].text}" for p in criteria.parts)
        for key in keys
    }


def past(indicator: Indicator) -> dict[int, str]:
    """The past results of its first row."""
    if not indicator.baselines:
        return {}
    years = indicator.baselines[0].years
    return {year: result.text or "" for year, result in years.items() if result is not None}


def weight(item: UnitIndicator, round_id: str) -> str:
    found = (item.use.weight or {}).get(round_id) or (item.use.weight or {}).get("all")
    return "" if found is None else f"{found.normalize():f}"
