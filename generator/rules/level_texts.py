"""The words of levels say what their conditions and values say."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from ..agreements.yaml_tree import Node
from ..diagnostics import Diagnostic, Location, Severity
from ..exact import bare
from ..messages import Message, message
from ..model import Criteria, CriteriaPart
from ..scoring import level_words, possible
from ..scoring.conditions import both, ends
from ..scoring.conditions import words as in_words
from ..scoring.possible import Bounds
from .bands import Band, Reading


def check_words(bands: Sequence[Band], how: Reading, bounds: Bounds) -> Iterator[Diagnostic]:
    """What a band's words say is its condition, or that less what better levels take away."""
    most = (
        bounds.most if bounds.most is not None else (possible.HUNDRED if bounds.percent else None)
    )
    for index, band in enumerate(bands):
        better = bands[index + 1 :]

        def left(value: Decimal, band: Band = band, better: Sequence[Band] = better) -> bool:
            return band.holds(value) and not any(other.holds(value) for other in better)

        edges = tuple(end for other in (band, *better) for end in ends(other.region))
        for text in band.words:
            said = level_words.read(text)
            if not said:
                continue
            limits = level_words.DecimalGrid(how.step, bounds.least, most)
            agreed = any(
                level_words.agrees(one, band.holds, ends(band.region), limits)
                or level_words.agrees(one, left, edges, limits)
                for one in said
            )
            if not agreed:
                yield _disagree(
                    said,
                    message(
                        "words-differ-from-condition",
                        band=band.named(),
                        said=_said(said),
                        condition=in_words(band.condition),
                    ),
                    band.place,
                )


def check_marks(
    reading: Criteria | CriteriaPart, node: Node, path: tuple[str | int, ...]
) -> Iterator[Diagnostic]:
    """The figure in a level's words is the value at which its points are earned."""
    for name, mark in reading.levels.items():
        if mark.state != "defined" or mark.value is None:
            continue
        place = node.at(*path, "levels", name)
        for text in (mark.text, *([mark.table] if mark.table else [])):
            said = level_words.read(text)
            figures = {figure for one in said for figure in one.figures}
            if figures and mark.value not in figures:
                yield _disagree(
                    said,
                    message(
                        "words-differ-from-value",
                        level=name,
                        said=_said(said),
                        value=bare(mark.value),
                    ),
                    place,
                )


def check_ends(
    reading: Criteria | CriteriaPart, node: Node, path: tuple[str | int, ...]
) -> Iterator[Diagnostic]:
    """The figures in the words of a band are those that it ends at, with or without their sign."""
    for name, mark in reading.levels.items():
        if mark.state != "defined" or mark.between is None:
            continue
        edges = {abs(end) for end in mark.between}
        for text in (mark.text, *([mark.table] if mark.table else [])):
            said = level_words.read(text)
            figures = {abs(figure) for one in said for figure in one.figures}
            if figures and not figures & edges:
                told = message(
                    "words-differ-from-condition",
                    band=message("level-named", level=name),
                    said=_said(said),
                    condition=in_words(mark),
                )
                yield _disagree(said, told, node.at(*path, "levels", name))


def _disagree(said: Sequence[level_words.Said], told: Message, place: Location) -> Diagnostic:
    """An error where the words are nothing but a figure; in a sentence it may be another one."""
    certain = len(said) == 1 and said[0].whole
    severity = Severity.ERROR if certain else Severity.WARNING
    return Diagnostic(told, place, message("make-the-two-the-same"), severity)


def _said(found: Sequence[level_words.Said]) -> Message:
    """What some words say: the conditions, or the mere figures."""
    return both(
        message("said-condition", condition=in_words(one.condition))
        if one.condition
        else message("said-figure", figure=bare(one.figures[0]))
        for one in found
    )
