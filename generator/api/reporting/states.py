"""How results stand, as pages are told after each edit; and what others would come to."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from ...diagnostics import Diagnostic, Severity
from ...scoring import ScoredIndicator, explain
from ...workspace.unsaved import unsaved
from .. import scores
from ..editing import FieldPlace
from ..editing.places import at_location
from ..scores import ScoredUnit
from .view import AskedIndicator, ReportingView


def stands(found: ReportingView) -> dict[str, Any]:
    """Faults at their fields, what is unsaved, each score with how it comes about, the totals."""
    file = found.desk.file(found.name)
    return {
        "faults": [_fault(found, fault) for fault in found.faults],
        "counts": {},
        "unsaved": [found.name] if file.unsaved else [],
        "outside": [found.name] if file.is_changed_outside else [],
        "others": sorted(found.desk.others(found.name)),
        "undo": bool(file.at),
        "redo": file.at < len(file.steps),
        "scores": {one.key: _score(one) for one in found.indicators},
        "totals": _totals(found.scored),
    }


def supposed(found: ReportingView, texts: Iterable[str]) -> dict[str, Any]:
    """What the scores would be with other results; nothing is kept. Raises UsageError."""
    with unsaved(found.desk.laid_over()):
        what = scores.suppose(found.target, found.round, tuple(texts))
    pools = zip(what.reported.score.pools, what.supposed.score.pools, strict=True)
    return {
        "rows": [
            {"name": after.name, "before": _figures(before), "after": _figures(after)}
            for before, after in what.changed
        ],
        "totals": [
            {
                "before": [*map(_shown, (was.total_shown, was.percent_shown)), was.grade or "–"],
                "after": [*map(_shown, (now.total_shown, now.percent_shown)), now.grade or "–"],
            }
            for was, now in pools
        ],
    }


def _fault(found: ReportingView, fault: Diagnostic) -> dict[str, Any]:
    at = ""
    if fault.location.path == found.target.folder / found.name:
        at = FieldPlace(found.name, at_location(found.node, fault.location)).address
    return {
        "task": "results",
        "at": at,
        "error": fault.severity is Severity.ERROR,
        "code": fault.code,
        "message": fault.message,
        "hint": fault.hint,
        "file": fault.location.shown(found.target.folder),
    }


def _score(one: AskedIndicator) -> dict[str, Any]:
    figures = ["", ""] if one.row is None else _figures(one.row)
    state = "" if one.row is None else one.row.state
    return {"figures": figures, "state": state, "lines": list(one.lines)}


def _figures(row: ScoredIndicator) -> list[str]:
    return [_shown(row.score_shown), _shown(row.weighted_shown)]


def _shown(value: object) -> str:
    return "–" if value is None else str(value)


def _totals(scored: ScoredUnit | None) -> list[list[str]]:
    """What each total says, in lines."""
    return [list(explain.total_lines(pool)) for pool in scored.score.pools] if scored else []
