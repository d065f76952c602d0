"""What the data of a document call things, told to whoever breaks its lines."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ..model import Agency, Unit, UnitIndicator
from ..model.indicator import Indicator
from ..typesetting.names import KnownNames, named


def named_in(
    agency: Agency, units: Iterable[Unit], indicators: Iterable[UnitIndicator]
) -> KnownNames:
    """The names of an agency, its units and people, its terms, and the measures of indicators."""
    every = [item.indicator for item in indicators]
    known = list(units)
    return named(
        filter(None, (agency.name, *agency.bodies.values(), *(unit.name for unit in known))),
        (*agency.terms.model_dump().values(), *_people(agency, known, every)),
        (indicator.measure for indicator in every if indicator.measure),
    )


def _people(
    agency: Agency, units: Iterable[Unit], indicators: Iterable[Indicator]
) -> Iterator[str]:
    parties = [*agency.assessors]
    for unit in units:
        parties += [*(unit.assessors or ()), *unit.assessees]
    yield from (party.name for party in parties if party.name)
    contacts = (one for item in indicators for group in item.contacts.values() for one in group)
    yield from (contact.name for contact in contacts if contact.name)
