"""A questionnaire, ready to print: every box and every line to write on with its code."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from .. import model
from ..agreements.blanks import BLANK
from ..survey import columns
from .common import (
    DocumentSubject,
    Fields,
    PageFurniture,
    Picture,
    Properties,
    fields,
    furniture,
    properties,
)
from .parts import styles
from .parts.choice_lines import MEASURES, ChoiceLines
from .parts.questions import PrintedGrid, PrintedQuestion, Questions
from .parts.rich import Rich, parse


@dataclass(frozen=True, slots=True)
class PrintedItem:
    """A question, a grid, or both: a question whose options are put in order in a grid."""

    asked: PrintedQuestion | None = None
    grid: PrintedGrid | None = None


FLOWING = ("booklet",)
"""Layouts whose parts follow one another: the pages that a form ends are twice as large."""


@dataclass(frozen=True, slots=True)
class PrintedPart:
    """Questions under one heading. ``fresh``: it begins a page, as a catchword has announced."""

    heading: str
    note: str
    framed: bool
    fresh: bool
    items: tuple[PrintedItem, ...]
    catchword: str


@dataclass(frozen=True, slots=True)
class AskingUnit:
    """Who asks, or about what: words, with a line to fill in where ``open``."""

    text: str
    open: bool


@dataclass(frozen=True, slots=True)
class PrintedForm:
    """A printed questionnaire."""

    properties: Properties
    page: PageFurniture
    form: str
    emblem: Picture | None
    title: tuple[str, ...]
    sender: str
    place: tuple[AskingUnit, ...]
    purpose: str
    privacy: str
    instructions_heading: str
    instructions: Rich
    parts: tuple[PrintedPart, ...]
    thanks: str
    hand_in: str


def build(subject: DocumentSubject) -> PrintedForm:
    """The questionnaire of one unit, or the agency's, on which the unit is filled in by hand."""
    asked = subject.survey
    assert asked is not None
    survey, fill = asked.model, fields(subject)
    titles = {column.code: column.label for column in columns(survey)}
    questions = Questions(ChoiceLines(titles, MEASURES[asked.layout]), subject.lettering)
    parts: list[PrintedPart] = []
    ends_pages = asked.layout not in FLOWING
    for part in survey.parts:
        fresh = bool(parts and parts[-1].catchword)
        parts.append(_part(questions, part, fresh=fresh, ends_page=ends_pages))
    instructions = survey.instructions
    given = {
        name: f"{words} {asked.use.blanks.get(name) or subject.wording.blank}"
        for name, words in survey.blanks.items()
    }

    def said(text: str | None) -> str:
        return fill.fill(text or "", **given)

    return PrintedForm(
        properties=properties(subject, " ".join(survey.title)),
        page=furniture(subject, fill),
        form=asked.layout,
        emblem=subject.emblem if survey.emblem else None,
        title=tuple(survey.title),
        sender=said(survey.sender),
        place=_place(subject, survey, asked.use.blanks, fill),
        purpose=said(survey.purpose),
        privacy=said(survey.privacy),
        instructions_heading=instructions.heading if instructions is not None else "",
        instructions=styles.INSTRUCTIONS.on(parse("\n".join(instructions.items)))
        if instructions is not None
        else (),
        parts=tuple(parts),
        thanks=survey.thanks or "",
        hand_in=said(survey.hand_in),
    )


def _place(
    subject: DocumentSubject, survey: model.Survey, given: Mapping[str, str], fill: Fields
) -> tuple[AskingUnit, ...]:
    """Who asks, and about what. What nobody has filled in becomes a line, after its words."""
    found: list[AskingUnit] = []
    text, position = survey.place or "", 0
    for match in BLANK.finditer(text):
        if words := text[position : match.start()].strip():
            found.append(AskingUnit(words, open=False))
        position = match.end()
        name = match[1]
        if name in survey.blanks:
            words = " ".join(filter(None, (survey.blanks[name], given.get(name))))
            found.append(AskingUnit(words, open=not given.get(name)))
        elif name == "unit" and not subject.unit.name:
            found.append(AskingUnit(match[2] or "", open=True))
        else:
            found.append(AskingUnit(fill.fill(match[0]), open=False))
    if words := text[position:].strip():
        found.append(AskingUnit(words, open=False))
    return tuple(found)


def _part(
    questions: Questions, part: model.SurveyPart, *, fresh: bool, ends_page: bool
) -> PrintedPart:
    return PrintedPart(
        heading=part.heading,
        note=part.note or "",
        framed=part.framed,
        fresh=fresh,
        items=tuple(_item(questions, item, framed=part.framed) for item in part.items),
        catchword=(part.catchword or "") if ends_page else "",
    )


def _item(
    questions: Questions, item: model.Question | model.RatingGrid, *, framed: bool
) -> PrintedItem:
    if isinstance(item, model.RatingGrid):
        return PrintedItem(grid=questions.grid(item))
    ranked = questions.ranked(item) if item.kind == "rank" else None
    return PrintedItem(questions.asked(item, framed=framed), ranked)
