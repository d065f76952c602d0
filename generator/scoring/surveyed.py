"""A result that is counted: what the answers to a unit's surveys make of an indicator."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from .. import survey
from ..diagnostics import did_you_mean
from ..exact import Exact
from ..messages import message
from ..model import Answers, Indicator, PartResult, Result, Survey, Value
from .refusal import Refused, ResultSpot
from .trace import CountedFromSurveys

Answered = Mapping[tuple[str, str], tuple[Survey, Answers]]


def count(
    answers: Answered, unit: str, surveys: Sequence[str], given: Result | None, spot: ResultSpot
) -> CountedFromSurveys | Refused | None:
    """What a unit's surveys came to together; None where none is counted or asked for.

    ``given`` may name one survey (``survey:``), or hold words alone; a result given otherwise
    excludes counted ones.
    """
    named = given.survey if given is not None else None
    if named is not None and surveys and named not in surveys:
        return spot.refuse(
            message("indicator-has-no-survey", survey=named),
            "survey",
            hint=did_you_mean(named, surveys),
        )
    wanted = [named] if named is not None else list(dict.fromkeys(surveys))
    there = [name for name in wanted if (unit, name) in answers]
    if given is not None and named is None and not given.only_words:
        if there:
            return spot.refuse(message("result-given-and-counted", survey=there[0]))
        return None
    if named is None and not there:
        return None
    if missing := [name for name in wanted if name not in there]:
        return spot.refuse(message("answers-not-counted", survey=missing[0]), "survey")
    parts = [(name, *answers[unit, name]) for name in there]
    figures = survey.pooled(parts)
    return CountedFromSurveys(
        figures.surveys,
        tuple(" ".join(asked.title) for _, asked, _ in parts),
        figures.n,
        figures.satisfaction,
        figures.dissatisfaction,
        parts[0][1].definitions,
        tuple(sorted({mark for _, asked, _ in parts for mark in survey.full_marks(asked)})),
        tuple(sorted({mark for _, asked, _ in parts for mark in survey.issue_marks(asked)})),
    )


def as_result(
    counted: CountedFromSurveys,
    indicator: Indicator,
    round_id: str,
    given: Result | None,
    spot: ResultSpot,
) -> Result | Refused:
    """The counted percentages as the indicator's criteria read them."""
    criteria = indicator.criteria_of(round_id)
    if criteria is not None and criteria.parts:
        parts: dict[str, PartResult] = {}
        for part in criteria.parts:
            figure = _figure(counted, part.value, spot.part(part.id))
            if isinstance(figure, Refused):
                return figure
            parts[part.id] = PartResult(value=figure)
        result = Result(parts=parts)
    else:
        value = (criteria.value if criteria is not None else None) or indicator.value
        figure = _figure(counted, value, spot)
        if isinstance(figure, Refused):
            return figure
        result = Result(value=figure)
    if given is None:
        return result
    beside = {name: getattr(given, name) for name in ("text", "evidence", "adjustments")}
    return result.model_copy(update=beside)


def _figure(counted: CountedFromSurveys, value: Value | None, spot: ResultSpot) -> Exact | Refused:
    """The percentage that a value is."""
    which = value.survey if value is not None else None
    if which is None:
        return spot.refuse(message("survey-percentage-not-said"))
    figure = counted.satisfaction if which == "satisfaction" else counted.dissatisfaction
    if figure is None:
        return spot.refuse(message("nobody-answered", key=which))
    return figure
