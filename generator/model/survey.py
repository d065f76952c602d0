"""A questionnaire: its parts, its questions, and how its answers become two percentages."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Literal

from pydantic import Field, model_validator

from ..messages import message
from .fields import DataModel, Flag, Key, Line, Number, Text, Whole, printed, refusal

SurveyLine = Annotated[Line, printed("survey")]
AskedLine = Annotated[Line, printed("survey", "survey-report")]

ReportedLine = Annotated[Line, printed("survey-report")]

NO_OPINION = "na"
"""The answer of who ticks the column for no opinion."""

MAX_LEVELS, MAX_BOXES, MAX_RANKED = 11, 14, 10
"""So many levels a scale has, boxes a row of a grid, and options a question to put in order."""

FEW_LEVELS = 4
"""A scale of fewer levels has no two highest and two lowest ones: they would be nearly all."""


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
    kind: Literal["one", "many", "number", "text", "scale", "rank"] = Field(
        description="one or many of the options, a number, free words, a row of numbers, or the "
        "options put in order (เรียงลำดับ)"
    )
    heading: SurveyLine | None = Field(None, description="the words over this question")
    number: SurveyLine | None = Field(None, description="its number as printed")
    text: AskedLine
    options: list[QuestionOption] = Field(
        [], description="what can be ticked (one, many), or is put in order (rank)"
    )
    places: Whole | None = Field(
        None, description="so many options are put in order, the first being 1; all: rank"
    )
    measure: SurveyLine | None = Field(None, description="what follows the blank (number)")
    at_least: Whole = Field(0, description="the smallest number there can be (number)")
    at_most: Whole = Field(150, description="the largest number there can be (number)")
    lines: Whole = Field(1, description="how many lines to write on (text)")
    label: SurveyLine | None = Field(
        None, description="the words beside the numbers (scale), or over the options (rank)"
    )
    ends: SurveyLine | None = Field(
        None, description="the words over the numbers (scale), or over the places (rank)"
    )
    first: Whole = Field(1, description="the first number, 1 or 0 (scale)")
    last: Whole = Field(10, description="the last number, at most 10 (scale)")
    optional: Flag = Field(False, description="true: it may not concern everybody")

    @model_validator(mode="after")
    def _fits(self) -> Question:
        if (self.kind in ("one", "many", "rank")) != bool(self.options):
            raise refusal(message("options-of-questions"))
        if not 1 <= self.lines <= 20 or not 2 <= self.last <= 10 or self.first not in (0, 1):
            raise refusal(message("lines-or-scale-too-many"))
        if self.places is not None and self.kind != "rank":
            raise refusal(message("places-of-rank-alone"))
        if self.kind == "rank":
            self._can_be_ranked()
        return self

    def _can_be_ranked(self) -> None:
        if not 2 <= len(self.options) <= MAX_RANKED:
            raise refusal(message("options-to-rank", most=str(MAX_RANKED)))
        if not 2 <= self.ranks <= len(self.options):
            raise refusal(message("places-beyond-options", options=str(len(self.options))))
        if not self.label or not self.ends:
            raise refusal(message("rank-without-heads"))
        if any(option.write or option.options or option.heading for option in self.options):
            raise refusal(message("ranked-option-opens-nothing"))

    @property
    def ranks(self) -> int:
        """How many places are given (rank)."""
        return len(self.options) if self.places is None else self.places


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


class SecondScale(DataModel):
    """A second scale in a grid: what was expected, beside what was received."""

    id: Key = Field(description="what follows a row's code in the answers: q1_expected")
    over: AskedLine = Field(description="the head over its levels, before the grid's own")
    levels: Annotated[list[Line] | None, printed("survey", "survey-report")] = Field(
        None, description="the words of its levels, where not the grid's own; as many"
    )
    gap: ReportedLine = Field(description="the head over the gap: the grid's mean less this one's")


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
        min_length=2, max_length=MAX_LEVELS, description="the words of the levels, least first"
    )
    first: Whole = Field(1, description="the number of the first level, 1 or 0")
    no_opinion: AskedLine | None = Field(
        None,
        description="the words of a last column for who has no opinion, or whom it doesn't "
        "concern; its answers (na) are in no figure",
    )
    beside: SecondScale | None = Field(
        None, description="a second scale for the same rows; the report has the gap"
    )
    bands: Key | None = Field(
        None, description="the words for a mean on this scale, where not those of the definitions"
    )
    sections: list[GridSection] = Field(min_length=1)

    @model_validator(mode="after")
    def _fits(self) -> RatingGrid:
        if self.first not in (0, 1):
            raise refusal(message("levels-begin-at-0-or-1"))
        beside = self.beside
        other = beside.levels if beside is not None else None
        if other is not None and len(other) != len(self.levels):
            counts = {"own": str(len(self.levels)), "other": str(len(other))}
            raise refusal(message("scales-differ-in-levels", **counts))
        if beside is not None and any(True for _ in self.issues):
            raise refusal(message("issues-on-two-scales"))
        boxes = len(self.levels) * (1 if beside is None else 2) + (self.no_opinion is not None)
        if boxes > MAX_BOXES:
            raise refusal(message("grid-too-wide", boxes=str(boxes), most=str(MAX_BOXES)))
        return self

    @property
    def full(self) -> int:
        """The full mark: the number of the last level."""
        return self.first + len(self.levels) - 1

    @property
    def numbers(self) -> range:
        """The numbers of the levels, least first."""
        return range(self.first, self.full + 1)

    @property
    def two_highest(self) -> tuple[str, ...]:
        """The two highest levels, as answers."""
        return tuple(str(number) for number in self.numbers[-2:])

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
        if self.framed and any(item.kind in ("grid", "scale", "rank") for item in self.items):
            raise refusal(message("frame-in-a-frame"))
        return self


class Satisfaction(DataModel):
    """How satisfaction is worked out, in percent of the most there could be."""

    measure: Literal["mean", "top-two"] = Field(
        description="mean: the mean of all ratings, over the full mark; top-two: the share of "
        "the ratings at the two highest levels (4 or 5)"
    )
    over: Literal["items", "overall"] = Field(
        description="items: every statement but the overall one; overall: that one alone"
    )
    grids: list[Key] = Field(
        [], description="the grids that are read, where not all that measure satisfaction"
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
    emblem: Flag = Field(False, description="true: the agency's emblem stands at its head")
    sender: SurveyLine | None = Field(
        None, description="who sends it, below the title; may hold [[unit]] and the blanks"
    )
    purpose: SurveyLine | None = Field(
        None,
        description="what it is for, before the instructions; may hold [[unit]] and the blanks",
    )
    privacy: SurveyLine | None = Field(
        None, description="what becomes of the answers; may hold [[unit]] and the blanks"
    )
    hand_in: SurveyLine | None = Field(
        None, description="where to hand it in, at its end; may hold [[unit]] and the blanks"
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
