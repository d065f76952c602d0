"""What assessors say stands beside results that they assess, in the order of their turns."""

from __future__ import annotations

from collections.abc import Iterator

from ..agreements.yaml_tree import Node
from ..diagnostics import Diagnostic, did_you_mean, fault
from ..model import Agency, Assessment, Result, Results, Unit
from ..scoring.assessing import assessment_of


def check_results(node: Node, results: Results, agency: Agency, unit: Unit) -> Iterator[Diagnostic]:
    """Each result of a file: who speaks is an assessor, on days that follow each other."""
    agreed = assessment_of(agency, unit)
    for key, result in results.results.items():
        place = node.find(("results", key))
        if agreed is None:
            yield from _unasked(place, result, agency, unit)
            continue
        yield from _check_names(place, result, agreed)
        yield from _check_first(place, result, agreed)
        yield from _check_days(place, result, agreed)


def _unasked(place: Node, result: Result, agency: Agency, unit: Unit) -> Iterator[Diagnostic]:
    """Nobody assesses the unit's results."""
    for field in ("assessed", "earlier", "appeal"):
        if getattr(result, field):
            at = place.key_at(field)
            if agency.assessment is None:
                yield fault("nobody-assesses", at, key=field)
            else:
                yield fault("nobody-assesses-level", at, key=field, level=unit.level)


def _check_names(place: Node, result: Result, agreed: Assessment) -> Iterator[Diagnostic]:
    ids = [assessor.id for assessor in agreed.by]
    for name in result.assessed:
        if name not in ids:
            hint = did_you_mean(name, ids)
            yield fault("no-such-assessor", place.key_at("assessed", name), hint=hint, name=name)
    for index, state in enumerate(result.earlier):
        if state.by not in ids:
            hint = did_you_mean(state.by, ids)
            yield fault(
                "no-such-assessor", place.at("earlier", index, "by"), hint=hint, name=state.by
            )


def _check_first(place: Node, result: Result, agreed: Assessment) -> Iterator[Diagnostic]:
    """The first's result is the indicator's own; it may only remark on it."""
    first = agreed.by[0].id
    said = result.assessed.get(first)
    if said is None:
        return
    for field in (*said.given, "score", "state"):
        if getattr(said, field) is not None:
            yield fault(
                "first-assessors-result", place.key_at("assessed", first, field), name=first
            )


def _check_days(place: Node, result: Result, agreed: Assessment) -> Iterator[Diagnostic]:
    """Nobody speaks before the one whose score is looked at; a decision comes after its appeal."""
    last = None
    for assessor in agreed.by:
        said = result.assessed.get(assessor.id)
        if said is None:
            continue
        if last is not None and said.day < last:
            yield fault(
                "assessed-too-early", place.at("assessed", assessor.id, "day"), name=assessor.id
            )
        last = max(said.day, last or said.day)
    for index, state in enumerate(result.earlier):
        if state.day is not None and state.replaced < state.day:
            yield fault("replaced-too-early", place.at("earlier", index, "replaced"))
    appeal = result.appeal
    if appeal is None:
        return
    if last is not None and appeal.day < last:
        yield fault("appeal-too-early", place.at("appeal", "day"))
    if appeal.decision is not None and appeal.decision.day < appeal.day:
        yield fault("decision-too-early", place.at("appeal", "decision", "day"))
