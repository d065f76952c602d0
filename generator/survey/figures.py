"""Counts to figures: means, shares, and a survey's two percentages. Exact until displayed."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from ..exact import add, root_half_up
from ..model import AnswerCounts, Answers, Definitions, Survey

_LEVELS = 5


@dataclass(frozen=True, slots=True)
class Rating:
    """How a statement was rated: how often each level, least first.

    ``mean`` and ``deviation`` (the sample's standard deviation, over n - 1) are in levels, None
    where there are too few ratings; a root is hardly ever exact, and is asked for by decimals.
    ``percent`` is the mean over the highest level, ``top`` the share of the two highest levels,
    ``bottom`` that of the two lowest.
    """

    counts: tuple[int, ...]

    @property
    def n(self) -> int:
        """How many ratings."""
        return sum(self.counts)

    @property
    def total(self) -> int:
        """The sum of all ratings."""
        return sum(level * count for level, count in enumerate(self.counts, start=1))

    @property
    def mean(self) -> Fraction | None:
        """The mean rating."""
        return _ratio(self.total, self.n)

    def deviation(self, decimals: int) -> Decimal | None:
        """The standard deviation of a sample, rounded half-up."""
        if self.n < 2:
            return None
        squares = sum(level**2 * count for level, count in enumerate(self.counts, start=1))
        variance = Fraction(self.n * squares - self.total**2, self.n * (self.n - 1))
        return root_half_up(variance, decimals)

    @property
    def percent(self) -> Fraction | None:
        """The mean as a percentage of the highest level."""
        return _ratio(100 * self.total, self.n * len(self.counts))

    @property
    def top(self) -> Fraction | None:
        """The percentage of ratings at the two highest levels."""
        return _ratio(100 * sum(self.counts[-2:]), self.n)

    @property
    def bottom(self) -> Fraction | None:
        """The percentage of ratings at the two lowest levels."""
        return _ratio(100 * sum(self.counts[:2]), self.n)

    def share(self, level: int) -> Fraction | None:
        """The percentage of ratings at a level."""
        return _ratio(100 * self.counts[level - 1], self.n)


@dataclass(frozen=True, slots=True)
class SurveyFigures:
    """What answers come to: how many respondents, and two percentages (None: nothing to read).

    ``surveys`` are the questionnaires they are made of.
    """

    n: int
    satisfaction: Fraction | None
    dissatisfaction: Fraction | None
    surveys: tuple[str, ...] = ()


def rating(counts: Mapping[str, int], last: int = _LEVELS) -> Rating:
    """The rating of one item, from how often each level was given."""
    return Rating(tuple(counts.get(str(level), 0) for level in range(1, last + 1)))


def together(ratings: Iterable[Rating]) -> Rating:
    """All ratings of several items of one scale, each answer counting once."""
    return Rating(tuple(map(sum, zip(*(r.counts for r in ratings), strict=True))) or (0,) * _LEVELS)


def satisfaction_rows(survey: Survey) -> tuple[str, ...]:
    """The items that the survey's definition of satisfaction reads."""
    overall = survey.definitions.satisfaction.over == "overall"
    return tuple(
        row.id
        for grid in survey.grids
        if grid.measures == "satisfaction"
        for row in grid.rows
        if row.overall == overall
    )


@dataclass(frozen=True, slots=True)
class Spread:
    """Numbers that were given: how many, their mean, the least and the most."""

    n: int
    mean: Fraction | None
    least: int
    most: int


def spread(counts: Mapping[str, int]) -> Spread:
    """What numbers come to, from how often each was given."""
    given = {int(number): count for number, count in counts.items() if count}
    n = sum(given.values())
    total = sum(number * count for number, count in given.items())
    return Spread(n, _ratio(total, n), min(given, default=0), max(given, default=0))


def figures(survey: Survey, answers: Answers, name: str = "") -> SurveyFigures:
    """What the counted answers of one survey come to, by its own definitions."""
    return pooled([(name, survey, answers)])


def satisfied(survey: Survey, counts: AnswerCounts) -> Rating:
    """All ratings that the survey's definition of satisfaction reads."""
    return together(rating(counts.items.get(row, {})) for row in satisfaction_rows(survey))


def pooled(parts: Sequence[tuple[str, Survey, Answers]]) -> SurveyFigures:
    """What several questionnaires (name, survey, answers) come to together.

    By the pooling that they state (``rules`` makes sure that they agree): all answers
    together, or the mean of the questionnaires' percentages.
    """
    names = tuple(name for name, _, _ in parts if name)
    n = sum(answers.n for _, _, answers in parts)
    definitions = parts[0][1].definitions
    if definitions.pooling == "by_group":
        each = [
            _percentages(s.definitions, satisfied(s, a), a.dissatisfied, a.n) for _, s, a in parts
        ]
        return SurveyFigures(
            n, _mean([one[0] for one in each]), _mean([one[1] for one in each]), names
        )
    read = together(satisfied(survey, answers) for _, survey, answers in parts)
    dissatisfied = sum(answers.dissatisfied for _, _, answers in parts)
    return SurveyFigures(n, *_percentages(definitions, read, dissatisfied, n), names)


def _percentages(
    definitions: Definitions, read: Rating, dissatisfied: int, n: int
) -> tuple[Fraction | None, Fraction | None]:
    """Satisfaction and dissatisfaction, in percent."""
    satisfaction = read.percent if definitions.satisfaction.measure == "mean" else read.top
    if definitions.dissatisfaction == "part3":
        return satisfaction, _ratio(100 * dissatisfied, n)
    if definitions.dissatisfaction == "bottom-two":
        return satisfaction, read.bottom
    return satisfaction, None if satisfaction is None else 100 - satisfaction


def sample_size(population: int, error: Decimal) -> int:
    """How many to ask of a population: Yamane, N / (1 + N e²), rounded up."""
    return math.ceil(population / (1 + population * Fraction(error) ** 2))


def _mean(values: Sequence[Fraction | None]) -> Fraction | None:
    known = [value for value in values if value is not None]
    if not known or len(known) < len(values):
        return None
    return add(known) / len(known)


def _ratio(above: int, below: int) -> Fraction | None:
    return Fraction(above, below) if below else None
