"""What isn't judged: an indicator or a part that is not applicable, cancelled, or begins later."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Annotated, Any, Literal

from pydantic import Field, model_validator

from ..messages import message
from .fields import DataModel, Key, Line, Positive, Shorthand, printed, refusal
from .rounds import RoundId

ExemptWeight = Literal["component", "tree", "given", "left-out"]
"""What happens to a weight that isn't judged."""


def _to_one(text: str) -> Any:
    return {text: None}


class Exemption(DataModel):
    """A decision that an indicator, or a part of it, isn't judged in some rounds."""

    kind: Literal["not-applicable", "cancelled", "begins-later"] = Field(
        description="not-applicable: ไม่เข้าข่าย; cancelled: ยกเลิก; begins-later: judged only from "
        "the round that `from` names"
    )
    reason: Annotated[Line, printed("report", "personal")] = Field(
        description="why, as the report prints it"
    )
    by: Annotated[Line, printed("report", "personal")] = Field(
        description="by whose decision, such as a committee and the day it met"
    )
    from_: RoundId | None = Field(
        None,
        alias="from",
        description="the first round it holds for (none: the first of the year); of begins-later "
        "the first round that is judged",
    )
    until: RoundId | None = Field(
        None, description="the last round it holds for; none: the last of the year"
    )
    part: Key | None = Field(
        None, description="the part of the criteria that it is of; none: the whole indicator"
    )
    weight_to: Annotated[
        dict[Key, Positive | None] | None, Shorthand(_to_one, {"type": "string"})
    ] = Field(
        None,
        description="who gets the weight, by policies.exempt_weight: given: one indicator, or "
        "several with how much each gets; of a part, other parts",
    )

    @model_validator(mode="after")
    def _given(self) -> Exemption:
        if self.kind == "begins-later" and self.from_ is None:
            raise refusal(message("begins-in-which-round"))
        if self.kind == "begins-later" and self.until is not None:
            raise refusal(message("begins-later-until"))
        if not self.reason.strip() or not self.by.strip():
            raise refusal(message("exempt-without-reason"))
        return self

    def rounds(self, ids: Sequence[str]) -> tuple[str, ...]:
        """The rounds, of a year's in their order, in which it isn't judged."""
        first = 0 if self.from_ is None else _index(ids, self.from_)
        if self.kind == "begins-later":
            return tuple(ids[:first])
        last = len(ids) - 1 if self.until is None else _index(ids, self.until)
        return tuple(ids[first : last + 1])


def _index(ids: Sequence[str], round_id: str) -> int:
    """Where a round stands; one that the year doesn't have stands behind all (a fault)."""
    return ids.index(round_id) if round_id in ids else len(ids)


def in_force(
    exemptions: Sequence[Exemption], round_id: str, ids: Sequence[str]
) -> Iterator[tuple[int, Exemption]]:
    """The decisions that hold in a round, with their place in the list."""
    for index, one in enumerate(exemptions):
        if round_id in one.rounds(ids):
            yield index, one


def whole(exemptions: Sequence[Exemption], round_id: str, ids: Sequence[str]) -> Exemption | None:
    """The decision by which the whole indicator isn't judged in a round, or None."""
    found = in_force(exemptions, round_id, ids)
    return next((one for _, one in found if one.part is None), None)


def of_parts(
    exemptions: Sequence[Exemption], round_id: str, ids: Sequence[str]
) -> Mapping[str, Exemption]:
    """The parts that aren't judged in a round."""
    found = in_force(exemptions, round_id, ids)
    return {one.part: one for _, one in found if one.part is not None}
