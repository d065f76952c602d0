"""Indicators that several units have: each written once, with what differs by unit or level."""

from __future__ import annotations

import json
from collections.abc import Iterable
from collections.abc import Mapping as AnyMapping
from typing import Any

from ...messages import message
from . import indicator_data
from .kept import Mapping
from .pieces import core
from .words import slug


class SharedIndicators:
    """Indicators by their names, each written once, as most units have it."""

    def __init__(self, used: Iterable[str]) -> None:
        self.files: dict[str, Mapping] = {}
        self._by_name: dict[str, list[str]] = {}
        self._with_sheet: set[str] = set()
        self._used = set(used)
        self._usual: dict[str, tuple[Mapping, bool]] = {}

    def count(self, every: Iterable[tuple[Mapping, bool]]) -> None:
        """Learn how most units have each indicator: its data, and whether they have its sheet."""
        counts: dict[str, dict[str, list[tuple[Mapping, bool]]]] = {}
        for data, has_sheet in every:
            alike = counts.setdefault(core(data["name"]), {})
            alike.setdefault(_said(data), []).append((data, has_sheet))
        for name, alike in counts.items():
            most = max(alike.values(), key=len)
            if len(most) > 1 and len(most) > len(next(iter(alike.values()))):
                self._usual[name] = next((one for one in most if one[1]), most[0])

    def key(self, data: Mapping, taken: set[str], has_sheet: bool) -> tuple[str, Mapping]:
        """The name of an indicator's file, and what this unit says otherwise."""
        name = core(data["name"])
        for key in self._by_name.get(name, []):
            if key in taken:
                continue
            both = has_sheet and key in self._with_sheet
            other = indicator_data.differing(self.files[key], data, has_sheets=both)
            if other is not None:
                return key, other
        made, other = data, Mapping()
        if name in self._usual and name not in self._by_name:
            usual, sheet = self._usual[name]
            differs = indicator_data.differing(usual, data, has_sheets=has_sheet and sheet)
            if differs is not None:
                made, other, has_sheet = usual, differs, sheet
        base = slug(made["name"]) or f"kpi-{len(self.files) + 1:02}"
        key, number = base, 2
        while key in self.files or key in self._used:
            key, number = f"{base}-{number}", number + 1
        self.files[key] = made
        if has_sheet:
            self._with_sheet.add(key)
        self._by_name.setdefault(name, []).append(key)
        return key, other


def _said(data: Any) -> str:
    return json.dumps(_squeezed(data), ensure_ascii=False)


def _squeezed(data: Any) -> Any:
    if isinstance(data, dict):
        return {str(key): _squeezed(value) for key, value in data.items()}
    if isinstance(data, list):
        return [_squeezed(one) for one in data]
    return " ".join(str(data).split())


def vary(files: AnyMapping[str, Mapping], units: Iterable[Mapping]) -> None:
    """What all units of a level say otherwise alike, once: the indicator's variant of that level.

    What one unit alone says stays with it.
    """
    uses: dict[str, dict[str, list[Mapping]]] = {}
    for unit in units:
        for use in unit["indicators"]:
            by_level = uses.setdefault(str(use["use"]), {})
            by_level.setdefault(str(unit["level"]), []).append(use)
    for key, by_level in uses.items():
        if key not in files:
            continue
        variants = Mapping()
        for level, own in by_level.items():
            others = [use.get("override") for use in own]
            if len(own) < 2 or not all(o and indicator_data.same(others[0], o) for o in others):
                continue
            for other in others[1:]:
                indicator_data.take_sources(others[0], other)
            variants[level] = others[0]
            variants.guess(level, message("import-level-differs"))
            for use in own:
                del use["override"]
        if variants:
            files[key]["variants"] = variants
