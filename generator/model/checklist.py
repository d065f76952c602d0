"""A checklist as criteria: items that are done or not, and how they become one value."""

from __future__ import annotations

from collections.abc import Collection
from decimal import Decimal
from fractions import Fraction
from typing import Annotated, Literal

from pydantic import Field, model_validator

from ..messages import message
from .fields import DataModel, Key, Line, Positive, printed, refusal

MAX_ITEMS = 200


class ChecklistItem(DataModel):
    """One thing that is done or not."""

    id: Key = Field(description="its code in the results")
    text: Annotated[Line, printed("indicators", "report")]
    weight: Positive | None = Field(
        None, description="what it counts for; all items have a weight, or none"
    )


class CountedChecklist(DataModel):
    """Items to tick off; the value that criteria read is how many of them are done."""

    heading: Annotated[Line, printed("indicators")] = Field(
        description="the words over the items on the sheet"
    )
    counts: Literal["items", "weights", "percent"] = Field(
        description="items: how many are done; weights: what they weigh together; percent: of all "
        "items, by weight where they have weights"
    )
    items: list[ChecklistItem] = Field(min_length=1, max_length=MAX_ITEMS)

    @model_validator(mode="after")
    def _fits(self) -> CountedChecklist:
        ids = [item.id for item in self.items]
        if twice := sorted({one for one in ids if ids.count(one) > 1}):
            raise refusal(message("checklist-item-twice", item=twice[0]))
        bare = [item.id for item in self.items if item.weight is None]
        if bare and len(bare) < len(ids):
            raise refusal(message("checklist-item-without-weight", item=bare[0]))
        if self.counts == "weights" and bare:
            raise refusal(message("checklist-without-weights"))
        return self

    @property
    def weighted(self) -> bool:
        """Whether items count by what they weigh."""
        return self.counts != "items" and self.items[0].weight is not None

    def shares(self, done: Collection[str]) -> tuple[Decimal, ...]:
        """What each item that is done counts for, in the order of the list."""
        return tuple(self._share(item) for item in self.items if item.id in done)

    @property
    def whole(self) -> Decimal:
        """What all items count for together."""
        return sum(map(self._share, self.items), Decimal(0))

    @property
    def most(self) -> Decimal:
        """The value where everything is done."""
        return Decimal(100) if self.counts == "percent" else self.whole

    def value(self, done: Collection[str]) -> Fraction:
        """The value of what is done, exact."""
        total = sum(map(Fraction, self.shares(done)), Fraction(0))
        return total * 100 / Fraction(self.whole) if self.counts == "percent" else total

    def _share(self, item: ChecklistItem) -> Decimal:
        return item.weight if self.weighted and item.weight is not None else Decimal(1)
