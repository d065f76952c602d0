"""The words of ``wording.yaml`` for questionnaires and for the reports on their answers."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field, model_validator

from ..messages import message
from .fields import DataModel, Key, Line, Number, printed, refusal, unprinted

SurveyReportLine = Annotated[Line, printed("survey-report")]


class MeanBand(DataModel):
    """The word for means of so much and more."""

    at_least: Number
    text: Annotated[Line, printed("survey-report")]


_Former = Annotated[Line | None, unprinted("words of a table that reports had once")]


class SurveyReportWords(DataModel):
    """The report on the counted answers to a survey."""

    title: Annotated[list[Line], printed("survey-report")] = Field(
        min_length=1, description="the lines above the survey's own title; [[round]]"
    )
    n: SurveyReportLine = Field(description="how many answered: [[n]]")
    enough: SurveyReportLine = Field(description="when they are [[minimum]] or more")
    few: SurveyReportLine = Field(description="when they are fewer than [[minimum]]")
    sample: SurveyReportLine = Field(
        description="Yamane's sample size: [[population]], [[error]], [[sample]]"
    )
    sample_met: SurveyReportLine
    sample_missed: SurveyReportLine
    outcome: SurveyReportLine = Field(description="the heading over the two percentages")
    outcome_name: SurveyReportLine = Field(description="the head over what is measured")
    percentage: SurveyReportLine
    definition: SurveyReportLine
    satisfaction: SurveyReportLine
    dissatisfaction: SurveyReportLine
    bands: SurveyReportLine = Field(description="the heading over the words for means")
    band: SurveyReportLine = Field(description="a band: [[least]], [[meaning]]")
    answered: SurveyReportLine = Field(description="the head over how many answered")
    mean: SurveyReportLine
    deviation: SurveyReportLine
    percent: SurveyReportLine
    meaning: SurveyReportLine
    section: SurveyReportLine = Field(description="the row that sums up a section")
    whole: SurveyReportLine = Field(description="the row that sums up a grid")
    per_item: SurveyReportLine = Field(
        description="how a statement's percentage is worked out: [[definition]]"
    )
    spread: SurveyReportLine = Field(
        "[[first]] (อ่อน) – [[last]] (เข้ม)",
        description="the head over bars of all levels; [[first]] and [[last]]: the outer ones",
    )
    chart: _Former = Field(None, description="no longer printed: the words of a former table")
    full: _Former = Field(None, description="no longer printed: the words of a former table")
    answer: SurveyReportLine
    count: SurveyReportLine
    share: SurveyReportLine = Field(description="the head over the bars of shares")
    of_answered: SurveyReportLine = Field(description="what a share of one answer is of: [[n]]")
    of_all: SurveyReportLine = Field(description="what a share of several answers is of: [[n]]")
    least: SurveyReportLine
    most: SurveyReportLine
    before: SurveyReportLine | None = Field(
        None, description="the heading over this round's figures beside those of [[round]]"
    )
    now: SurveyReportLine | None = Field(None, description="the head over this round's figures")
    change: SurveyReportLine | None = Field(None, description="the head over what changed")
    groups: SurveyReportLine = Field(description="the heading over the figures by group")
    written: SurveyReportLine = Field(description="the heading over the open answers")
    words: SurveyReportLine
    level: SurveyReportLine
    times: SurveyReportLine

    @model_validator(mode="after")
    def _of_two_rounds(self) -> SurveyReportWords:
        given = {name for name in ("before", "now", "change") if getattr(self, name) is not None}
        if given and len(given) < 3:
            raise refusal(message("words-of-two-rounds"))
        return self


class SurveyWords(DataModel):
    """The words of questionnaires and of the reports on their answers."""

    bands: dict[Key, list[MeanBand]] = Field(
        {}, description="named sets of words for a mean, the highest first"
    )
    report: SurveyReportWords | None = Field(
        None, description="the words of the reports on their answers"
    )
