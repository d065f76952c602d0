"""The report on the counted answers to a survey: two percentages, every question, every word.

Wherever a percentage is printed, its definition is printed with it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from .. import survey, thai
from ..model import RatingGrid
from ..model.round_sets import round_of
from ..survey import definitions, rated
from .common import (
    DocumentSubject,
    PageFurniture,
    Properties,
    Questionnaire,
    about_round,
    fields,
    furniture,
    properties,
)
from .parts.answer_tables import AnswerTables
from .parts.before_tables import BeforeTables
from .parts.rating_tables import RatingTables
from .parts.survey_tables import PrintedAnswers, SurveyTable, joined


@dataclass(frozen=True, slots=True)
class PercentOutcome:
    """One of the two percentages, and how it is worked out."""

    name: str
    percent: str
    definition: str


@dataclass(frozen=True, slots=True)
class Outcomes:
    """The two percentages."""

    heading: str
    name: str
    percent: str
    definition: str
    rows: tuple[PercentOutcome, ...]


@dataclass(frozen=True, slots=True)
class SurveyChapter:
    """A part of the survey and its tables."""

    heading: str
    tables: tuple[SurveyTable, ...]


@dataclass(frozen=True, slots=True)
class SurveyReport:
    """Everything the report says."""

    properties: Properties
    page: PageFurniture
    title: tuple[str, ...]
    facts: tuple[str, ...]
    outcomes: Outcomes
    bands_heading: str
    bands: tuple[str, ...]
    chapters: tuple[SurveyChapter, ...]


def build(subject: DocumentSubject) -> SurveyReport:
    """The report on the subject's survey in a round."""
    asked, texts = subject.survey, subject.wording.survey
    assert asked is not None
    assert asked.answers is not None
    assert texts is not None
    assert texts.report is not None
    words = texts.report
    fill = fields(subject)
    assert subject.of_round is not None
    of_round = about_round(subject.agency, subject.of_round)
    lines = [fill.fill(line, **of_round) for line in words.title]
    title = (*lines, *asked.model.title)
    of = PrintedAnswers(subject, words, fill, asked, asked.answers, texts.bands)
    return SurveyReport(
        properties=properties(subject, " ".join(title)),
        page=furniture(subject, fill),
        title=title,
        facts=tuple(_facts(of)),
        outcomes=_outcomes(of),
        bands_heading=words.bands,
        bands=tuple(_band_lines(of)),
        chapters=tuple(chapter for chapter in _chapters(of, asked) if chapter.tables),
    )


def _facts(of: PrintedAnswers) -> Iterator[str]:
    """How many answered, and whether they are enough."""
    words, n, least = of.words, of.answers.n, of.definitions.minimum
    enough = words.enough if n >= least else words.few
    yield " ".join(
        (
            of.fill.fill(words.n, n=of.count(n)),
            of.fill.fill(enough, minimum=of.count(least)),
        )
    )
    population = of.use.population
    if population is not None:
        error = of.definitions.error
        sample = survey.sample_size(population, error)
        yield of.fill.fill(
            words.sample,
            population=of.count(population),
            error=of.digits(thai.number(error)),
            sample=of.count(sample),
        )
        yield words.sample_met if n >= sample else words.sample_missed


def _outcomes(of: PrintedAnswers) -> Outcomes:
    words, defined = of.words, of.definitions
    full = survey.full_marks(of.survey)
    figures = survey.figures(of.survey, of.answers, of.id)
    return Outcomes(
        words.outcome,
        words.outcome_name,
        words.percentage,
        words.definition,
        (
            PercentOutcome(
                words.satisfaction,
                of.figure(figures.satisfaction),
                of.digits(definitions.satisfaction(defined, full)),
            ),
            PercentOutcome(
                words.dissatisfaction,
                of.figure(figures.dissatisfaction),
                of.digits(
                    definitions.dissatisfaction(defined, full, survey.issue_marks(of.survey))
                ),
            ),
        ),
    )


def _band_lines(of: PrintedAnswers) -> Iterator[str]:
    for band in of.bands:
        yield of.fill.fill(of.words.band, least=of.figure(band.at_least), meaning=band.text)


def _before(of: PrintedAnswers, asked: Questionnaire) -> Iterator[SurveyChapter]:
    """The figures beside those of the round before, where there were answers."""
    words = of.words
    if asked.before is None or words.before is None:
        return
    round_id, answers = asked.before
    name = of.digits(round_of(of.agency, round_id).name)
    heading = of.fill.fill(words.before, round=name)
    yield SurveyChapter(heading, tuple(BeforeTables(of, answers, name).all()))


def _chapters(of: PrintedAnswers, asked: Questionnaire) -> Iterator[SurveyChapter]:
    """The survey's parts, figures by group, and what was written."""
    ratings_of, answers_of = RatingTables(of), AnswerTables(of)
    ratings = {found.grid.id: found for found in rated.rated(of.survey, of.answers)}
    for part in of.survey.parts:
        tables: list[SurveyTable] = []
        for item in part.items:
            if isinstance(item, RatingGrid):
                tables += ratings_of.grid(ratings[item.id])
            else:
                tables += answers_of.question(item)
        yield SurveyChapter(part.heading, tuple(joined(tables)))
    yield from _before(of, asked)
    yield SurveyChapter(of.words.groups, tuple(ratings_of.groups()))
    yield SurveyChapter(of.words.written, tuple(joined(answers_of.written())))
