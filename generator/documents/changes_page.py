"""What changed between two versions: weights, targets, levels, and what that does to scores."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from ..agreements import yaml_tree
from . import common
from .common import DocumentSubject, PageFurniture, Properties
from .parts import cells, widths
from .parts.pages import ACROSS
from .version_changes import ChangedValue, ScoreEffect

_WORDS = Path(__file__).with_name("changes.yaml")
KINDS = ("weight", "target", "level", "added", "removed", "text")
"""The kinds of changes, in the order in which they are told."""

_LONGEST = 600
"""So much of a text is quoted; the marked document has all of it."""


@dataclass(frozen=True, slots=True)
class ChangesPage:
    """Everything that the page says."""

    properties: Properties
    page: PageFurniture
    title: str
    agency: str
    versions: tuple[str, ...]
    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    widths: tuple[float, ...]
    total: str
    effects: str
    effect_headings: tuple[str, ...]
    effect_rows: tuple[tuple[str, ...], ...]
    effect_widths: tuple[float, ...]


def build(subject: DocumentSubject) -> ChangesPage:
    """The finished strings of the page."""
    changes = subject.changes
    assert changes is not None
    words: Any = yaml_tree.read(_WORDS).node.plain()  # type: ignore[union-attr]
    setting = subject.setting(cells.DENSE, ACROSS.text_width)

    def digits(number: object) -> str:
        return common.digits(subject.agency, str(number))

    headings = tuple(map(str, words["headings"].values()))
    ordered = sorted(changes.values, key=lambda one: KINDS.index(one.kind))
    rows = tuple(
        (digits(number), *_row(one, words)) for number, one in enumerate(ordered, start=1)
    ) or (("", "", "", words["nothing"], "", ""),)
    counted = Counter(one.kind for one in changes.values)
    total = words["total"].replace("[[count]]", digits(len(changes.values)))
    for kind in KINDS:
        total = total.replace(f"[[{kind}]]", digits(counted[kind]))
    differ = [one for one in changes.effects if one.old != one.new]
    effect_rows = tuple(_effect(one, words) for one in differ)
    said = words["effects"] if differ else words["same_effects"]
    if not changes.effects:
        said = words["no_effects"]
    effect_headings = tuple(map(str, words["effect_headings"].values())) if differ else ()
    page = replace(common.furniture(subject, common.fields(subject)), footer=words["title"])
    return ChangesPage(
        common.properties(subject, words["title"]),
        page,
        words["title"],
        changes.of,
        (
            words["old"].replace("[[name]]", changes.old),
            words["new"].replace("[[name]]", changes.new),
        ),
        headings,
        rows,
        widths.share_out(rows, setting, heads=headings),
        total,
        said,
        effect_headings,
        effect_rows,
        widths.share_out(effect_rows, setting, heads=effect_headings) if differ else (),
    )


def _row(one: ChangedValue, words: Any) -> tuple[str, ...]:
    of = one.indicator or words[f"of_{one.of}"]
    kind = words["kinds"][one.kind]
    what = one.what if one.what.startswith(kind) else " › ".join(filter(None, (kind, one.what)))
    return (one.unit, of, what, _quoted(one.old, words), _quoted(one.new, words))


def _quoted(text: str | None, words: Any) -> str:
    if not text:
        return str(words["none"])
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"


def _effect(one: ScoreEffect, words: Any) -> tuple[str, ...]:
    unscored = words["unscored"]
    name = one.indicator or words["unit_total"]
    return (
        one.unit,
        one.round,
        name,
        one.old or unscored,
        one.new or unscored,
        one.difference or words["none"],
    )
