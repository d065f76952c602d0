"""What open indicators need for a grade, for the terminal."""

from __future__ import annotations

from collections.abc import Iterator

from ..api.needs import GradeNeed
from ..exact import bare, shown
from ..messages import Message, message
from ..scoring.least_value import RequiredResult
from ..scoring.needed import PoolNeed, RequiredScore
from .scoreboard import Line

_OUTLOOK = {
    "reached": message("grade-reached"),
    "missed": message("grade-missed"),
    "out of reach": message("grade-out-of-reach"),
}


def lines(found: GradeNeed) -> Iterator[Line]:
    """The total that is needed, then each open indicator: all at one score, and each alone."""
    for total in found.totals:
        yield from _total(total)


def _total(need: PoolNeed) -> Iterator[Line]:
    wanted = message(
        "total-needed",
        grade=need.grade,
        least=bare(need.at_least),
        needed=shown(need.needed),
        full=shown(need.out_of),
    )
    yield str(wanted), "cyan"
    yield str(message("total-so-far", total=shown(need.total), most=shown(need.possible))), None
    if need.outlook != "needed":
        yield str(_OUTLOOK[need.outlook]), "green" if need.outlook == "reached" else "yellow"
        return
    yield str(message("needed-together")), "cyan"
    for one in need.together:
        yield f"  {_required(one)}", None
    yield str(message("needed-alone")), "cyan"
    for one in need.alone:
        yield f"  {_required(one)}", None


def _required(one: RequiredScore) -> str:
    if not one.score:
        return f"{one.name}: {message('any-result')}"
    parts = [
        f"{result.name}: {_result(result)}" if result.name else str(_result(result))
        for result in one.results
    ]
    said = f" ({' / '.join(parts)})" if parts else ""
    return f"{one.name}: {message('score-from', score=shown(one.score))}{said}"


def _result(result: RequiredResult) -> Message:
    low, high = result.at_least, result.at_most
    if result.any:
        return message("any-result")
    if low is not None and high is not None:
        return message("result-between", low=shown(low, 10), high=shown(high, 10))
    if low is not None:
        return message("result-from", low=shown(low, 10))
    if high is not None:
        return message("result-to", high=shown(high, 10))
    if not result.level:
        return message("no-level-is-enough")
    return message("result-of-level", level=result.level)
