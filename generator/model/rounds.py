"""รอบการประเมิน: the rounds of a year, and what they are called wherever one is named."""

from __future__ import annotations

import re
from typing import Annotated, Any

from pydantic import BeforeValidator, Field, WithJsonSchema

from .. import thai
from ..messages import message
from .fields import DataModel, Date, Flag, Line, printed, refusal, shown
from .levels import UnitLevel

MOST_ROUNDS = 12
"""So many rounds a year has at the most: the months."""

MOST_BESIDE = 4
"""So many are printed side by side at the most; columns of more can't be read."""

ALL = "all"
"""Stands for every round where criteria and weights name one."""

_ID = r"[0-9A-Za-z_ก-๛][0-9A-Za-z_ก-๛-]{0,19}"


def _round_id(value: Any) -> Any:
    """An id that names a folder and is typed in a shell: letters, digits, _ and -."""
    text = thai.folded(value) if isinstance(value, str) else None
    if text is None or not re.fullmatch(_ID, text):
        raise refusal(message("no-round-id", found=shown(value)))
    return text


def _own_id(value: Any) -> Any:
    text = _round_id(value)
    if text.casefold() == ALL:
        raise refusal(message("round-called-all", found=shown(value)))
    return text


_SCHEMA = WithJsonSchema({"type": ["string", "number"], "pattern": f"^{_ID}$"})

RoundId = Annotated[str, BeforeValidator(_own_id), _SCHEMA]
"""What a round is called wherever it is named: 1, q3, h2."""

RoundOrAll = Annotated[str, BeforeValidator(_round_id), _SCHEMA]
"""A round's id, or ``all``."""


class Round(DataModel):
    """รอบการประเมิน. It is cumulative: it judges the year so far, unless it says otherwise."""

    id: RoundId = Field(
        description="what criteria, weights, folders of results and --round call it: letters, "
        "digits, _ and -"
    )
    name: Annotated[Line, printed("agreement")] = Field(
        description="the words in the tables' headings"
    )
    start: Date
    end: Date
    cutoff: Date | None = Field(
        None, description="วันตัดข้อมูล: the day on which its figures are taken, where that is stated"
    )
    cumulative: Flag = Field(
        True,
        description="true: judges everything since the first round began; false: its own months",
    )


class RoundSet(DataModel):
    """Rounds of some units in place of the agency's: of a level, or of units that name the set."""

    rounds: list[Round] = Field(min_length=1, max_length=MOST_ROUNDS)
    levels: list[UnitLevel] = Field(
        [], description="the levels whose units have these rounds; others name them by rounds:"
    )
