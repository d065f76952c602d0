"""What counted answers came to, for the terminal and for machines."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from .. import survey, thai
from ..exact import Exact, half_up
from ..importing.responses import CountedAnswers
from ..messages import message
from ..model import NO_OPINION, RatingGrid
from ..survey import AnswerColumn, SurveyFigures, definitions, rated
from ..survey.headers import screen_words
from ..survey.rated import RatedGrid, RatedRow, RatedSection
from .scoreboard import Line
from .terminal import left, name_columns, right

NAME, COUNT, FIGURE = 56, 6, 9

HUNDREDTHS, SCORES = 2, 4
"""With so many decimals percentages, and means with their deviation, are shown."""


def lines(counted: CountedAnswers) -> Iterator[Line]:
    """How often each answer was given, and every figure with the definition it is of."""
    model, answers = counted.survey, counted.answers
    defined = model.definitions
    yield f"{' '.join(model.title)} ({counted.name})", "cyan"
    yield f"n = {answers.n:,}", None
    yield from _sample(counted)
    for grid in rated.rated(model, answers):
        yield _row(grid.grid.heading, _heads(grid.grid), ("n", _mean(), "S.D.", "%")), "cyan"
        is_asked = grid.grid.measures != "dissatisfaction"
        for section in grid.sections:
            for row in section.rows:
                yield _rating(grid.grid, row.label, row, counted, percent=is_asked), None
                yield from _beside(grid.grid, row)
            if is_asked and section.heading and len(section.rows) > 1:
                yield _rating(grid.grid, f"  {section.heading}", section, counted), "cyan"
        if is_asked:
            yield _rating(grid.grid, str(message("all-statements")), grid, counted), "cyan"
            yield from _beside(grid.grid, grid)
            yield f"  %: {definitions.percentage(defined, (grid.grid.full,))}", None
    for column in survey.columns(model):
        if column.kind != "level" and column.code in answers.items:
            yield screen_words(column), "cyan"
            yield from _answers(column, answers.items[column.code])
    figures = survey.figures(model, answers, counted.name)
    yield from _percentages(counted, figures)


def _mean() -> str:
    return str(message("heading-mean"))


def _heads(grid: RatingGrid) -> list[str]:
    """The numbers of the levels, and the code of no opinion."""
    return [*map(str, grid.numbers), *([] if grid.no_opinion is None else [NO_OPINION])]


def _beside(grid: RatingGrid, of: RatedRow | RatedGrid) -> Iterator[Line]:
    """The counts on the second scale, its mean, and the gap."""
    if grid.beside is not None and of.beside is not None:
        shown = _shown(of.beside.mean, SCORES), "", ""
        counts = [f"{count:,}" for count in of.beside.counts]
        none = [] if grid.no_opinion is None else [""]
        yield _row(f"  {grid.beside.over}", [*counts, *none], (f"{of.beside.n:,}", *shown)), None
        yield f"  {grid.beside.gap}: {_shown(of.gap, SCORES)}", None


def _answers(column: AnswerColumn, counts: Mapping[str, int]) -> Iterator[Line]:
    """How often each option was the answer; of numbers their count, mean and bounds."""
    if column.kind != "number":
        for choice in column.choices:
            yield _row(f"  {choice.text}", [f"{counts.get(choice.id, 0):,}"]), None
        return
    found = survey.spread(counts)
    mean, least, most = _shown(found.mean), found.least, found.most
    yield f"  n = {found.n:,}, {_mean()} {mean}, {least} – {most}", None


def _sample(counted: CountedAnswers) -> Iterator[Line]:
    """How many to ask by Yamane, where the population is given."""
    population = counted.use.population
    if population is None:
        return
    error = counted.survey.definitions.error
    wanted = survey.sample_size(population, error)
    said = f"Yamane: N = {population:,}, e = {thai.number(error)}: n ≥ {wanted:,}"
    yield said, None if counted.answers.n >= wanted else "yellow"


def _percentages(counted: CountedAnswers, figures: SurveyFigures) -> Iterator[Line]:
    defined = counted.survey.definitions
    full, issues = survey.full_marks(counted.survey), survey.issue_marks(counted.survey)
    for name, figure, said in (
        (
            message("satisfaction-is"),
            figures.satisfaction,
            definitions.satisfaction(defined, full),
        ),
        (
            message("dissatisfaction-is"),
            figures.dissatisfaction,
            definitions.dissatisfaction(defined, full, issues),
        ),
    ):
        yield str(message("percentage-of", name=name, figure=_shown(figure), said=said)), "green"


def _rating(
    grid: RatingGrid,
    label: str,
    of: RatedRow | RatedSection | RatedGrid,
    counted: CountedAnswers,
    *,
    percent: bool = True,
) -> str:
    rating = of.rating
    none = [] if grid.no_opinion is None else [f"{of.without:,}"]
    share = rated.percent(counted.survey.definitions, rating) if percent else None
    figures = (
        f"{rating.n:,}",
        _shown(rating.mean, SCORES),
        _shown(rating.deviation(SCORES), SCORES),
        _shown(share) if percent else "",
    )
    return _row(label, [*(f"{count:,}" for count in rating.counts), *none], figures)


def _row(label: str, counts: list[str], figures: tuple[str, ...] = ()) -> str:
    texts = "".join(right(text, COUNT) for text in counts)
    room = name_columns(NAME, COUNT * len(counts) + FIGURE * len(figures))
    return left(label, room) + texts + "".join(right(text, FIGURE) for text in figures)


def _shown(value: Exact | None, decimals: int = HUNDREDTHS) -> str:
    return "–" if value is None else str(half_up(value, decimals))
