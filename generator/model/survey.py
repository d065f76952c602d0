"""A questionnaire: its parts, its questions, and how its answers become two percentages."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Literal

from pydantic import Field, model_validator

from ..messages import message
from .fields import DataModel, Flag, Key, Line, Number, Text, Whole, printed, refusal

SurveyLine = Annotated[Line, printed("survey")]
AskedLine = Annotated[Line, printed("survey", "survey-report")]

DISSATISFIED = ("4", "5")
"""The levels at which a written issue makes its respondent dissatisfied: มาก, มากที่สุด."""


class QuestionOption(DataModel):
    """One answer to tick."""

    id: Key = Field(description="its code in the answers")
    text: AskedLine
    heading: SurveyLine | None = Field(
        None, description="the words over this option and those after it"
    )
    write: Flag = Field(False, description="true: a blank to write in follows")
    options: list[QuestionOption] = Field(
        [], description="the choices that open when this one is ticked; one of them is meant"
    )


class Question(DataModel):
    """A question with one kind of answer."""

    id: Key = Field(description="its code in the answers")
    kind: Literal["one", "many", "number", "text", "scale"] = Field(
        description="one or many of the options, a number, free words, or a row of numbers"
    )
    heading: SurveyLine | None = Field(None, description="the words over this question")
    number: SurveyLine | None = Field(None, description="its number as printed")
    text: AskedLine
    options: list[QuestionOption] = Field([], description="what can be ticked (one, many)")
    measure: SurveyLine | None = Field(None, description="what follows the blank (number)")
    at_least: Whole = Field(0, description="the smallest number there can be (number)")
    at_most: Whole = Field(150, description="the largest number there can be (number)")
    lines: Whole = Field(1, description="how many lines to write on (text)")
    label: SurveyLine | None = Field(None, description="the words beside the numbers (scale)")
    ends: SurveyLine | None = Field(None, description="the words over the numbers (scale)")
    last: Whole = Field(10, description="the numbers go from 1 to this (scale)")
    optional: Flag = Field(False, description="true: it may not concern everybody")

    @model_validator(mode="after")
    def _fits(self) -> Question:
        if (self.kind in ("one", "many")) != bool(self.options):
            raise refusal(message("options-of-questions"))
        if not 1 <= self.lines <= 20 or not 2 <= self.last <= 10:
            raise refusal(message("lines-or-scale-too-many"))
        return self


class GridStatement(DataModel):
    """A statement to be rated."""

    id: Key = Field(description="its code in the answers")
    number: SurveyLine | None = None
    text: AskedLine
    optional: Flag = Field(False, description="true: it may not concern everybody")
    overall: Flag = Field(False, description="true: it asks for the whole, not for one thing")


class OwnIssue(DataModel):
    """An empty row: something to write down, and to rate."""

    id: Key = Field(description="its code in the answers")
    number: SurveyLine


class GridSection(DataModel):
    """Rows under one heading."""

    heading: AskedLine | None = None
    note: SurveyLine | None = Field(None, description="what to do in these rows")
    rows: list[GridStatement] = []
    issues: list[OwnIssue] = []


class RatingGrid(DataModel):
    """Statements rated on one scale, from the least to the most."""

    id: Key
    kind: Literal["grid"]
    measures: Literal["satisfaction", "dissatisfaction", "other"] = Field(
        "other", description="what its rows are counted as"
    )
    heading: AskedLine = Field(description="the head over the statements")
    over: SurveyLine = Field(description="the head over the levels")
    levels: Annotated[list[Line], printed("survey", "survey-report")] = Field(
        min_length=5, max_length=5, description="the words of levels 1 to 5"
    )
    sections: list[GridSection] = Field(min_length=1)

    @property
    def rows(self) -> Iterator[GridStatement]:
        """All statements."""
        for section in self.sections:
            yield from section.rows

    @property
    def issues(self) -> Iterator[OwnIssue]:
        """All empty rows."""
        for section in self.sections:
            yield from section.issues


class SurveyPart(DataModel):
    """ส่วนที่ …: questions under one heading."""

    id: Key
    heading: AskedLine
    note: SurveyLine | None = Field(None, description="what to do with this part; when to skip it")
    framed: Flag = Field(False, description="true: its questions stand in a frame, a row each")
    items: list[Annotated[Question | RatingGrid, Field(discriminator="kind")]] = Field(min_length=1)
    catchword: SurveyLine | None = Field(
        None, description="what the next page begins with, at the lower right; the page ends there"
    )

    @model_validator(mode="after")
    def _fits(self) -> SurveyPart:
        if self.framed and any(item.kind in ("grid", "scale") for item in self.items):
            raise refusal(message("frame-in-a-frame"))
        return self


class Satisfaction(DataModel):
    """How satisfaction is worked out, in percent of the most there could be."""

    measure: Literal["mean", "top-two"] = Field(
        description="mean: the mean of all ratings, over 5; top-two: the share of the ratings "
        "that are 4 or 5"
    )
    over: Literal["items", "overall"] = Field(
        description="items: every statement but the overall one; overall: that one alone"
    )


class Definitions(DataModel):
    """What the survey's percentages mean. Nothing is taken for granted."""

    satisfaction: Satisfaction
    dissatisfaction: Literal["part3", "bottom-two", "complement"] = Field(
        description="part3: the share of respondents who rate an issue of theirs 4 or 5, who skip "
        "the part being none; bottom-two: the share of ratings of satisfaction that are 1 or 2; "
        "complement: 100 less satisfaction"
    )
    pooling: Literal["by_respondent", "by_group"] = Field(
        description="where several questionnaires feed one indicator: by_respondent: all answers "
        "together; by_group: the mean of the questionnaires' percentages"
    )
    bands: Key = Field(description="the words for a mean: a name of wording.yaml: survey: bands")
    group_by: Key | None = Field(None, description="the question whose options make the groups")
    minimum: Whole = Field(30, description="the least number of respondents")
    error: Number = Field(description="the error that Yamane's sample size allows, such as 0.05")


class Instructions(DataModel):
    """คำชี้แจง."""

    heading: SurveyLine
    items: Annotated[list[Text], printed("survey")] = []


class Survey(DataModel):
    """``surveys/<id>.yaml``: one questionnaire."""

    version: Key = Field(description="goes up when a question changes; answers name it")
    title: Annotated[list[Line], printed("survey", "survey-report")] = Field(min_length=1)
    place: SurveyLine | None = Field(
        None, description="who asks, and about what; may hold [[unit]] and the blanks"
    )
    blanks: dict[Key, SurveyLine] = Field(
        {}, description="what a unit fills in, and the words before it that say what"
    )
    instructions: Instructions | None = None
    parts: list[SurveyPart] = Field(min_length=1)
    thanks: SurveyLine | None = None
    definitions: Definitions

    @property
    def questions(self) -> Iterator[Question]:
        """All questions outside grids."""
        for part in self.parts:
            yield from (item for item in part.items if isinstance(item, Question))

    @property
    def grids(self) -> Iterator[RatingGrid]:
        """All grids."""
        for part in self.parts:
            yield from (item for item in part.items if isinstance(item, RatingGrid))


class SurveyUse(DataModel):
    """A survey that a unit makes, and whom it asks."""

    survey: Key = Field(description="a survey of surveys/")
    blanks: dict[Key, Annotated[Line, printed("survey")]] = Field(
        {}, description="what the survey's [[blanks]] say here"
    )
    population: Whole | None = Field(None, description="how many people there are to be asked")
