"""What each box says, from what was measured of it: empty, marked, filled, or not sure.

The bounds stand apart from each other: what lies between them goes to a person.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

from .boxes import BoxInk

State = Literal["empty", "marked", "filled", "unsure"]
Why = Literal[
    "",
    "tick",
    "circle",
    "words",
    "filled",
    "little",
    "line",
    "beside",
    "nearly-round",
    "faint",
    "elsewhere",
    "touched",
    "specks",
]

EMPTY = 0.02
"""With less of its inside in ink a box is empty."""
MARKED = 0.10
"""With more it is marked."""
FILLED = 0.72
"""With more it is filled."""
ROUND = 0.72
"""With more of the way round it in ink a box, or its words, are circled."""
NOT_ROUND = 0.45
"""With less they aren't."""
HARDLY_ROUND = 0.28
"""With more, an empty box counts as such only beside a mark in another."""
BESIDE = 0.06
"""With more of what is close round it in ink, an empty box may be meant."""
TOUCHED = 0.01
"""With more ink close round it an empty box counts as such only beside a mark in another."""
SPECKS = 0.02
"""By how much darker a box may be than what of its ink is strokes would make it: more is dirt."""
FAINT = 0.014
"""By how much darker than the page's empty boxes a box has to be to be looked at by a person."""


@dataclass(frozen=True, slots=True)
class BoxVerdict:
    """What a box says, and why."""

    state: State
    why: Why
    ink: BoxInk


def judged(measured: Sequence[BoxInk]) -> tuple[BoxVerdict, ...]:
    """All boxes of a page."""
    light = [one.mean for one in measured if one.cover < EMPTY]
    base = float(np.median(light)) if light else 0.0
    spread = 1.4826 * float(np.median(np.abs(np.array(light) - base))) if light else 0.0
    faint = base + max(FAINT, 5 * spread)
    return tuple(BoxVerdict(*_judged(one, faint), one) for one in measured)


def _judged(one: BoxInk, faint: float) -> tuple[State, Why]:
    if one.cover >= FILLED:
        return "filled", "filled"
    if one.round_words >= ROUND:
        return "marked", "words"
    if one.round_box >= ROUND:
        return "marked", "circle"
    if one.cover >= EMPTY:
        if one.mean > one.cover + SPECKS:
            return "unsure", "specks"
        if one.crossed >= 0.5:
            return "unsure", "line"
        if one.arc >= 0.8:
            return "empty", ""
        if one.cover >= MARKED and one.arc < 0.3 and one.crossed < 0.2:
            return "marked", "tick"
        return "unsure", "little"
    if one.mean > faint:
        return "unsure", "faint"
    if max(one.round_box, one.round_words) >= NOT_ROUND:
        return "unsure", "nearly-round"
    if one.near >= BESIDE:
        return "unsure", "beside"
    near = one.near >= TOUCHED or one.cover >= TOUCHED / 2
    if near or max(one.round_box, one.round_words) >= HARDLY_ROUND:
        return "empty", "touched"
    return "empty", ""
