"""What a question's answer is, from what its boxes say; or that a person has to look."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from .judging import NOT_ROUND, BoxVerdict

Doubt = Literal["", "two-marks", "near-the-bound", "filled-or-corrected", "ink-elsewhere"]

_SMALL = 0.05
"""A small mark that reaches out of its box is one, with so much in it, where no other is near."""
_SLIGHT = 0.22
"""A mark with less may be another box's that reaches over."""
_NEAR = 0.025
"""So much ink close round a box may be a mark that lies beside it."""
_WEAKER = 0.35
"""A mark that is so much less than another is none beside it."""


@dataclass(frozen=True, slots=True)
class Answered:
    """The options that are the answer; ``doubt`` is why a person has to look."""

    options: tuple[str, ...]
    doubt: Doubt = ""


def fills(verdicts: Sequence[BoxVerdict]) -> bool:
    """Whether whoever answered fills boxes in as a habit: then a filled one is no correction."""
    filled = sum(one.state == "filled" for one in verdicts)
    marked = sum(one.state == "marked" for one in verdicts)
    return filled > 0 and filled >= marked


def answered(
    boxes: Mapping[str, BoxVerdict],
    *,
    many: bool,
    fills: bool,
    marks: int,
    stray: bool = False,
) -> Answered:
    """The answer to a question; ``boxes`` are its options.

    ``fills``: see above. ``marks``: how many marks that are not filled boxes the sheet has.
    ``stray``: whether the question has ink that is part of no mark.
    """
    found = _answered(boxes, many=many, fills=fills, marks=marks)
    return Answered((), "ink-elsewhere") if stray and not found.doubt else found


def _answered(boxes: Mapping[str, BoxVerdict], *, many: bool, fills: bool, marks: int) -> Answered:
    marked = [option for option, one in boxes.items() if one.state == "marked"]
    filled = [option for option, one in boxes.items() if one.state == "filled"]
    unsure = [option for option, one in boxes.items() if one.state == "unsure"]
    if many:
        return _many(boxes, marked, filled, unsure, fills=fills, marks=marks)
    if len(marked) > 1:
        clear = [option for option in marked if not _minor(boxes, option, marked)]
        if len(clear) != 1:
            return Answered((), "two-marks")
        marked = clear
    if marked and filled:
        if fills or len(filled) > 1 or unsure or boxes[marked[0]].ink.cover > 0.6:
            return Answered((), "filled-or-corrected")
        return Answered((marked[0],))
    if len(filled) > 1:
        return Answered((), "two-marks")
    clear = marked or filled
    touched = [option for option, one in boxes.items() if one.why == "touched"]
    if not clear:
        return _lone(boxes, unsure, touched)
    if filled and (touched or unsure) and not fills:
        # Is it a correction, and the mark that was meant lies beside its box?
        return Answered((), "filled-or-corrected")
    first = boxes[clear[0]]
    reaches = first.why == "tick" and first.ink.cover < _SLIGHT
    if reaches and any(boxes[option].ink.near > _NEAR for option in touched):
        return Answered((), "near-the-bound")
    if any(not _minor(boxes, option, clear) for option in unsure):
        return Answered((), "near-the-bound")
    return Answered((clear[0],))


def _lone(boxes: Mapping[str, BoxVerdict], unsure: list[str], touched: list[str]) -> Answered:
    """Where no mark is clear: none, or one that is small but alone."""
    if not unsure and not touched:
        return Answered(())
    if len(unsure) == 1 and not touched:
        one = boxes[unsure[0]]
        small = one.why == "little" and one.ink.cover >= _SMALL and one.ink.crossed < 0.2
        if small and one.ink.near > _NEAR and one.ink.round_box < NOT_ROUND:
            return Answered((unsure[0],))
    return Answered((), "near-the-bound")


def _many(
    boxes: Mapping[str, BoxVerdict],
    marked: list[str],
    filled: list[str],
    unsure: list[str],
    *,
    fills: bool,
    marks: int,
) -> Answered:
    if unsure or any(one.why == "touched" and one.ink.near > _NEAR for one in boxes.values()):
        return Answered((), "near-the-bound")
    if not (marked or filled) and any(one.why == "touched" for one in boxes.values()):
        return Answered((), "near-the-bound")
    if filled and not fills:
        # One who ticks elsewhere and fills here takes the mark back; with few marks who knows.
        if not marked or marks < 4:
            return Answered((), "filled-or-corrected")
        return Answered(tuple(marked))
    if filled and marked:
        return Answered((), "filled-or-corrected")
    return Answered(tuple(marked or filled))


def _minor(boxes: Mapping[str, BoxVerdict], option: str, beside: Sequence[str]) -> bool:
    """Whether what is in a box is little beside a clear mark in another."""
    one = boxes[option]
    others = [boxes[other] for other in beside if other != option]
    if one.state == "marked" and one.why != "tick":
        return False
    for other in others:
        if other.why in ("circle", "words"):
            if one.why in ("faint", "beside", "nearly-round"):
                return True
        elif (
            one.ink.cover < _WEAKER * other.ink.cover and one.ink.mean < 0.35 * other.ink.mean
        ) or (one.why == "line" and other.ink.cover > 0.15 and other.ink.crossed < 0.2):
            return True
    return False
