"""Counted answers: ``answers/<round>/<unit>/<survey>.yaml``. Counts only; no figure is derived."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from .fields import DataModel, Flag, Key, Line, Text, Whole, Year, printed, unprinted

_REPORT = printed("survey-report")


class AnswerCounts(DataModel):
    """How often each answer was given, by item and option (a level is its number)."""

    n: Whole = Field(description="how many respondents")
    items: dict[Key, dict[Key, Whole]] = Field(
        {}, description="by item: how often each option, level or number was the answer"
    )


class WrittenAnswer(DataModel):
    """Something a respondent wrote; ``level`` is its rating, where it has one."""

    text: Annotated[Text, _REPORT]
    level: Whole | None = None
    times: Whole = Field(1, description="how often it was written in these words")


class Answers(AnswerCounts):
    """The answers to one survey of one unit in one round, counted."""

    fiscal_year: Year
    version: Key = Field(description="the version of the survey that was answered")
    example: Flag = Field(False, description="invented: every page of the report says so")
    sources: Annotated[
        list[Line], unprinted("names of the files counted; they may be private")
    ] = []
    dissatisfied: Whole = Field(
        0, description="how many respondents rate an issue of theirs 4 or 5"
    )
    groups: dict[Key, AnswerCounts] = Field(
        {}, description="the ratings by group of respondents, where the survey has groups"
    )
    written: dict[Key, list[WrittenAnswer]] = Field(
        {}, description="open answers, by column (an issue's words: its id and _text)"
    )
