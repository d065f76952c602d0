"""Indicators that an agency has already: what a Word file says of them alike or otherwise."""

from __future__ import annotations

from collections.abc import Mapping as AnyMapping
from typing import Any

from .kept import LineLog, Mapping, Typed, texts
from .pieces import core

_TEXTS = (
    *("measure", "description", "objective", "target_group", "history", "conditions", "source"),
    *("collection", "documents"),
)


def override_of(known: AnyMapping[str, Any], data: Mapping, account: LineLog, path: str) -> Mapping:
    """What a file says of an indicator otherwise than its own file at ``path`` does.

    What both say is accounted for there; the agency's own file stays as it is.
    """
    made = Mapping()
    for key in _TEXTS:
        if key not in data:
            continue
        if core(str(known.get(key) or "")) == core(data[key]):
            account.take(path, [data[key]])
        else:
            made[key] = data[key]
    criteria = _criteria(
        known.get("criteria") or {}, data.get("criteria") or Mapping(), account, path
    )
    if criteria:
        made["criteria"] = criteria
    said = {core(text) for text in _all(known)}
    for key in (
        "name",
        "name_en",
        "names",
        "baselines",
        "value",
        "supervisors",
        "collectors",
        "labels",
    ):
        for _, text in texts([data.get(key)]):
            if core(text) in said:
                account.take(path, [text])
    return made


def _criteria(known: AnyMapping[str, Any], data: Mapping, account: LineLog, path: str) -> Mapping:
    made = Mapping()
    for round_, one in data.items():
        there = known.get(round_) or known.get("all") or {}
        said = {core(text) for text in _all(there)}
        open_ = [text for _, text in texts(_words_of(one)) if core(text) not in said]
        if (open_ and round_ in known) or (open_ and "all" not in known):
            made[round_] = one
        for _, text in texts(_words_of(one)):
            if core(text) in said:
                account.take(path, [text])
    return made


def _words_of(criteria: Any) -> list[Typed]:
    """The words of levels and parts; not what was made of them."""
    out: list[Typed] = []
    if isinstance(criteria, dict):
        for key, value in criteria.items():
            if key in ("text", "table", "name", "short") and isinstance(value, Typed):
                out.append(value)
            else:
                out += _words_of(value)
    elif isinstance(criteria, list):
        for value in criteria:
            out += _words_of(value)
    return out


def _all(data: Any) -> list[str]:
    if isinstance(data, dict):
        return [text for value in data.values() for text in _all(value)]
    if isinstance(data, list):
        return [text for value in data for text in _all(value)]
    return [] if data is None else [str(data)]
