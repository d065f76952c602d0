"""Who assesses a result, in which order, and whose score counts; appeals against it."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, model_validator

from ..messages import message
from .fields import DataModel, Date, Key, Line, Number, Positive, Text, printed, refusal
from .levels import UnitLevel

RULES = ("last", "mean", "weighted", "each_at_least")
"""How several scores become the one that counts; else it is that of the assessor named."""

ReportText = Annotated[Text, printed("report")]


class Assessor(DataModel):
    """Who scores a result: self, supervisor, committee, chair, the outside assessor."""

    id: Key
    name: Annotated[Line, printed("report")] = Field(description="as the report's tables head it")
    reasons: Literal["never", "differs", "always"] = Field(
        "never",
        description="when a reason has to stand beside the score: never, where it differs from "
        "that of the one before, or always",
    )
    weight: Positive | None = Field(None, description="of the score, where counts is weighted")


class Assessment(DataModel):
    """Several score each result. The first is who reports: that score is the result's own."""

    by: list[Assessor] = Field(
        min_length=2, max_length=6, description="who assesses, in this order; first who reports"
    )
    counts: Key = Field(
        "last",
        description="whose score counts: last, mean, weighted (by their weights), each_at_least, "
        "or the id of one of them",
    )
    at_least: Positive | None = Field(
        None,
        description="with each_at_least: the share of the full mark in percent that every score "
        "has to reach; then their mean counts",
    )
    otherwise: Number | None = Field(
        None, description="with each_at_least: the score where one of them doesn't reach it"
    )
    levels: list[UnitLevel] = Field(
        [], description="the levels of unit that are assessed so; none: all"
    )

    @model_validator(mode="after")
    def _agrees(self) -> Assessment:
        ids = [assessor.id for assessor in self.by]
        for one in ids:
            if ids.count(one) > 1:
                raise refusal(message("assessor-twice", name=one))
            if one in RULES:
                raise refusal(message("assessor-named-as-rule", name=one))
        if self.by[0].reasons != "never":
            raise refusal(message("first-assessor-gives-no-reason", name=ids[0]))
        if self.counts not in (*RULES, *ids):
            raise refusal(message("counts-of-nobody", name=self.counts, known=(*RULES, *ids)))
        weights = [assessor for assessor in self.by if assessor.weight is not None]
        if self.counts == "weighted" and len(weights) < len(ids):
            raise refusal(message("assessors-without-weight"))
        if self.counts != "weighted" and weights:
            raise refusal(message("assessors-weights-unread", counts=self.counts))
        bound = (self.at_least, self.otherwise)
        if self.counts == "each_at_least" and None in bound:
            raise refusal(message("each-at-least-of-what"))
        if self.counts != "each_at_least" and bound != (None, None):
            raise refusal(message("bound-unread", counts=self.counts))
        if self.at_least is not None and self.at_least > 100:
            raise refusal(message("bound-above-full", bound=f"{self.at_least:f}"))
        return self


class AppealDecision(DataModel):
    """The decision on an appeal: the score as it was, as it is now, why, by which office."""

    was: Number = Field(description="the score that counted before, as it is printed")
    now: Number = Field(description="the score that counts from now on")
    reason: ReportText
    by: Annotated[Line, printed("report")] = Field(description="the office or body that decided")
    day: Date


class Appeal(DataModel):
    """An appeal of the assessed against the score; without a decision the score stands."""

    reason: ReportText
    day: Date
    decision: AppealDecision | None = None
