"""The rounds that an agency states, and whether a round that is named is one of the unit's."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from itertools import pairwise

from .. import thai
from ..agreements.files import AgencyFolder, DataFile, ResolvedIndicator, UnitFile
from ..agreements.yaml_tree import Node
from ..diagnostics import Diagnostic, Location, did_you_mean, fault, warning
from ..messages import Message, message
from ..model import ALL, Agency, Indicator, Round, Unit, Wording
from ..model.round_sets import ids_of
from ..scoring.periods import judged
from ..workspace.confined import file_name_fault

Path = tuple[str | int, ...]

_DAY = timedelta(days=1)


def lists(agency: Agency) -> Iterator[tuple[Path, Sequence[Round]]]:
    """Every list of rounds, with where it stands in agency.yaml."""
    yield ("rounds",), agency.rounds
    for name, of in agency.round_sets.items():
        yield ("round_sets", name, "rounds"), of.rounds


def check(node: Node, agency: Agency) -> Iterator[Diagnostic]:
    """Rounds stand in their order, each of its own id and days; a round in two lists is one."""
    for path, rounds in lists(agency):
        yield from _check_ids(node.find(path), rounds)
        yield from _check_days(node.find(path), rounds)
        yield from _check_cover(node.find(path), rounds, agency)
    yield from _check_same(node, agency)
    yield from _check_levels(node, agency)
    yield from _check_form(node, agency)


def _check_form(node: Node, agency: Agency) -> Iterator[Diagnostic]:
    """What the form prints side by side are rounds of one list, each of the list once, in order."""
    known, seen = agency.round_ids, set[str]()
    groups = agency.form.rounds
    for row, group in enumerate(groups):
        for column, name in enumerate(group):
            place = node.at("form", "rounds", row, column)
            yield from of_unit(name, None, agency, place)
            if name in seen:
                yield fault("round-printed-twice", place, round=name)
            seen.add(name)
    if not seen <= set(known) or len(seen) < sum(map(len, groups)):
        return
    for _, rounds in lists(agency):
        own = [r.id for r in rounds]
        listed = [(row, group) for row, group in enumerate(groups) if set(group) & set(own)]
        if not listed:
            continue
        place = node.at("form", "rounds", listed[0][0])
        if any(not set(group) <= set(own) for _, group in listed):
            yield fault("rounds-of-two-lists-side-by-side", place)
        elif [name for _, group in listed for name in group] != own:
            yield fault("rounds-printed-otherwise", place, rounds=tuple(own))


def _check_ids(node: Node, rounds: Sequence[Round]) -> Iterator[Diagnostic]:
    """Ids differ, in more than capitals, and can be the names of folders."""
    seen: dict[str, str] = {}
    for index, r in enumerate(rounds):
        place = node.at(index, "id")
        if reason := file_name_fault(r.id):
            yield fault("round-cannot-name-folder", place, round=r.id, reason=reason)
        elif (other := seen.get(r.id.casefold())) == r.id:
            yield fault("round-twice", place, round=r.id)
        elif other is not None:
            yield fault("rounds-differ-in-capitals", place, round=r.id, other=other)
        seen.setdefault(r.id.casefold(), r.id)


def _check_days(node: Node, rounds: Sequence[Round]) -> Iterator[Diagnostic]:
    """A round ends after it starts, not before the one above it; figures are taken in it, or after.

    Two rounds that judge the same days are remarked on.
    """
    for index, r in enumerate(rounds):
        if r.start > r.end:
            yield fault("round-ends-before-it-starts", node.at(index, "end"), round=r.id)
        if r.cutoff is not None and r.cutoff < r.start:
            yield fault("cutoff-before-round", node.at(index, "cutoff"), round=r.id)
    for index, (earlier, later) in enumerate(pairwise(rounds), start=1):
        if later.end < earlier.end:
            place = node.at(index, "end")
            yield fault("rounds-out-of-order", place, round=later.id, earlier=earlier.id)
        elif judged(later, rounds) == judged(earlier, rounds):
            place = node.at(index)
            yield warning("rounds-of-the-same-days", place, round=later.id, other=earlier.id)
        if earlier.cutoff and later.cutoff and later.cutoff < earlier.cutoff:
            place = node.at(index, "cutoff")
            yield warning("cutoffs-out-of-order", place, round=later.id, earlier=earlier.id)


def _check_cover(node: Node, rounds: Sequence[Round], agency: Agency) -> Iterator[Diagnostic]:
    """No day of the year is in no round, none in two by themselves; none lies in another year."""
    spans = [judged(r, rounds) for r in rounds]
    if any(start > end for start, end in spans):
        return
    year = thai.fiscal_year_start(agency.fiscal_year), thai.fiscal_year_end(agency.fiscal_year)
    reached: date | None = None
    for index, (start, end) in enumerate(spans):
        id_ = rounds[index].id
        if reached is not None and start > reached + _DAY:
            first, last = thai.long_date(reached + _DAY), thai.long_date(start - _DAY)
            place = node.at(index, "start")
            yield warning("days-in-no-round", place, round=id_, first=first, last=last)
        if end < year[0] or start > year[1]:
            yield warning(
                "round-outside-year",
                node.at(index, "start"),
                round=id_,
                year=agency.fiscal_year,
                start=thai.long_date(year[0]),
                end=thai.long_date(year[1]),
            )
        for other, (begun, ended) in zip(rounds[:index], spans[:index], strict=True):
            both = not other.cumulative and not rounds[index].cumulative
            if both and begun < start <= ended < end:
                place = node.at(index, "start")
                yield warning("rounds-overlap", place, round=id_, other=other.id)
        reached = end if reached is None else max(reached, end)


def _check_same(node: Node, agency: Agency) -> Iterator[Diagnostic]:
    """A round that stands in several lists says the same in each, and is the year's in each."""
    known: dict[str, tuple[Round, tuple[date, date], bool]] = {}
    for path, rounds in lists(agency):
        for index, r in enumerate(rounds):
            said = (r, judged(r, rounds), r is rounds[-1])
            twice = r.id in {above.id for above in rounds[:index]}
            if not twice and known.setdefault(r.id, said) != said:
                yield fault("round-differs-between-lists", node.at(*path, index), round=r.id)


def _check_levels(node: Node, agency: Agency) -> Iterator[Diagnostic]:
    """The units of a level have the rounds of one set."""
    seen: dict[str, str] = {}
    for name, of in agency.round_sets.items():
        for index, level in enumerate(of.levels):
            other = seen.setdefault(level, name)
            place = node.at("round_sets", name, "levels", index)
            if other != name:
                yield fault("level-in-two-round-sets", place, level=level, other=other)


def check_indicators(folder: AgencyFolder, agency: Agency) -> Iterator[Diagnostic]:
    """Indicators, used or not, name rounds that the agency has."""
    for file in folder.indicators.values():
        for round_id, place in _named(file.model, file.node) if file.model is not None else ():
            yield from of_unit(round_id, None, agency, place, of_any=True)


def check_words(wording: DataFile[Wording], agency: Agency) -> Iterator[Diagnostic]:
    """Headings of sheets are those of rounds that the agency has."""
    sheet = wording.model.sheet if wording.model is not None else None
    for round_id in sheet.rounds if sheet is not None else ():
        place = wording.node.key_at("sheet", "rounds", round_id)
        yield from of_unit(round_id, None, agency, place)


def _named(indicator: Indicator, node: Node) -> Iterator[tuple[str, Location]]:
    """The rounds that an indicator names, and where."""
    for key in indicator.criteria:
        if key != ALL:
            yield key, node.key_at("criteria", key)
    for index, key in enumerate(indicator.rounds):
        yield key, node.at("rounds", index)


def check_assessed(
    unit: UnitFile, resolved: ResolvedIndicator, model: Unit, agency: Agency, *, sealed: bool
) -> Iterator[Diagnostic]:
    """An indicator is assessed in rounds that its unit has, with criteria and weights for them."""
    indicator, node, own = resolved.item.indicator, resolved.node, ids_of(model, agency)
    for round_id, place in _named(indicator, node):
        # What several units share may say what is asked in the rounds of each.
        shared = sealed or place.path != unit.file.path
        yield from of_unit(round_id, model, agency, place, of_any=shared)
    if not indicator.rounds:
        return
    for index, round_id in enumerate(indicator.rounds):
        if round_id in indicator.rounds[:index]:
            yield fault("assessed-in-round-twice", node.at("rounds", index), round=round_id)
    key = resolved.item.key
    for name in indicator.criteria:
        if name in own and name not in indicator.rounds:
            place = node.key_at("criteria", name)
            yield fault("criteria-of-round-not-assessed", place, indicator=key, round=name)
    for name in resolved.item.use.weight or {}:
        if name in own and name not in indicator.rounds:
            place = unit.file.node.key_at(*resolved.place, "weight", name)
            yield fault("weight-in-round-not-assessed", place, indicator=key, round=name)
    if not set(own) & set(indicator.rounds) and set(indicator.rounds) <= set(agency.round_ids):
        place = unit.file.node.at(*resolved.place)
        yield fault("indicator-in-no-round", place, indicator=key, rounds=own)


def of_unit(
    round_id: str, unit: Unit | None, agency: Agency, place: Location, *, of_any: bool = False
) -> Iterator[Diagnostic]:
    """A round that is named is one of the unit's; ``of_any``: of any unit's of the agency."""
    known = agency.round_ids
    if round_id not in known:
        hint = did_you_mean(round_id, known) or message("known-names", names=known)
        yield fault("no-such-round", place, hint=hint, name=round_id)
    elif unit is not None and not of_any and round_id not in (own := ids_of(unit, agency)):
        yield fault("unit-without-round", place, name=round_id, rounds=own)


def far_from_year(key: str, round_id: str, **days: str) -> Message:
    """That a day of a round lies far from the fiscal year."""
    if key == "start":
        return message("round-starts-far-from-year", round=round_id, **days)
    if key == "end":
        return message("round-ends-far-from-year", round=round_id, **days)
    return message("cutoff-far-from-year", round=round_id, **days)
