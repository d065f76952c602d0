"""Counts to figures: means, shares, and a survey's two percentages. Exact until displayed."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from ..exact import add, root_half_up
from ..model import AnswerCounts, Answers, Definitions, RatingGrid, Survey


@dataclass(frozen=True, slots=True)
class Rating:
    """How a statement was rated: how often each level, least first.

    ``first`` is the number of the least. ``mean`` and ``deviation`` (the sample's standard
    deviation, over n - 1) are in levels, None
    where there are too few ratings; a root is hardly ever exact, and is asked for by decimals.
    ``percent`` is the mean over the highest level, ``top`` the share of the two highest levels,
    ``bottom`` that of the two lowest.
    """

    counts: tuple[int, ...]
    first: int = 1

    @property
    def full(self) -> int:
        """The number of the highest level."""
        return self.first + len(self.counts) - 1

    @property
    def n(self) -> int:
        """How many ratings."""
        return sum(self.counts)

    @property
    def total(self) -> int:
        """The sum of all ratings."""
        return sum(level * count for level, count in enumerate(self.counts, start=self.first))

    @property
    def mean(self) -> Fraction | None:
        """The mean rating."""
        return _ratio(self.total, self.n)

    def deviation(self, decimals: int) -> Decimal | None:
        """The standard deviation of a sample, rounded half-up."""
        if self.n < 2:
            return None
        squares = sum(level**2 * count for level, count in enumerate(self.counts, start=self.first))
        variance = Fraction(self.n * squares - self.total**2, self.n * (self.n - 1))
        return root_half_up(variance, decimals)

    @property
    def percent(self) -> Fraction | None:
        """The mean as a percentage of the highest level."""
        return _ratio(100 * self.total, self.n * self.full)

    @property
    def top(self) -> Fraction | None:
        """The percentage of ratings at the two highest levels."""
        return _ratio(100 * sum(self.counts[-2:]), self.n)

    @property
    def bottom(self) -> Fraction | None:
        """The percentage of ratings at the two lowest levels."""
        return _ratio(100 * sum(self.counts[:2]), self.n)


@dataclass(frozen=True, slots=True)
class RatingsOfScales:
    """Ratings on one scale or several, each counting once; ``scales`` has one for each scale.

    Of several scales there is no mean, and no deviation: each rating counts as a share of its own
    full mark.
    """

    scales: tuple[Rating, ...]

    @property
    def n(self) -> int:
        """How many ratings."""
        return sum(one.n for one in self.scales)

    @property
    def mean(self) -> Fraction | None:
        """The mean rating; None where there are several scales."""
        return self.scales[0].mean if len(self.scales) == 1 else None

    def deviation(self, decimals: int) -> Decimal | None:
        """The standard deviation of a sample; None where there are several scales."""
        return self.scales[0].deviation(decimals) if len(self.scales) == 1 else None

    @property
    def percent(self) -> Fraction | None:
        """The mean of all ratings as a percentage of their full marks."""
        total = add(Fraction(one.total, one.full) for one in self.scales)
        return 100 * total / self.n if self.n else None

    @property
    def top(self) -> Fraction | None:
        """The percentage of ratings at the two highest levels of their scales."""
        return _ratio(100 * sum(sum(one.counts[-2:]) for one in self.scales), self.n)

    @property
    def bottom(self) -> Fraction | None:
        """The percentage of ratings at the two lowest levels of their scales."""
        return _ratio(100 * sum(sum(one.counts[:2]) for one in self.scales), self.n)


@dataclass(frozen=True, slots=True)
class SurveyFigures:
    """What answers come to: how many respondents, and two percentages (None: nothing to read).

    ``surveys`` are the questionnaires they are made of.
    """

    n: int
    satisfaction: Fraction | None
    dissatisfaction: Fraction | None
    surveys: tuple[str, ...] = ()


def rating(counts: Mapping[str, int], last: int = 5, first: int = 1) -> Rating:
    """The rating of one item, from how often each level was given; other answers count nowhere."""
    return Rating(tuple(counts.get(str(level), 0) for level in range(first, last + 1)), first)


def together(ratings: Iterable[Rating], last: int = 5, first: int = 1) -> Rating:
    """All ratings of several items of one scale, each answer counting once."""
    none = (0,) * (last - first + 1)
    return Rating(tuple(map(sum, zip(none, *(r.counts for r in ratings), strict=True))), first)


def satisfaction_grids(survey: Survey) -> tuple[RatingGrid, ...]:
    """The grids that the survey's definition of satisfaction reads."""
    named = survey.definitions.satisfaction.grids
    return tuple(
        grid
        for grid in survey.grids
        if grid.measures == "satisfaction" and (not named or grid.id in named)
    )


def satisfaction_rows(survey: Survey) -> tuple[tuple[RatingGrid, str], ...]:
    """The items that the survey's definition of satisfaction reads, with their grids."""
    overall = survey.definitions.satisfaction.over == "overall"
    return tuple(
        (grid, row.id)
        for grid in satisfaction_grids(survey)
        for row in grid.rows
        if row.overall == overall
    )


def full_marks(survey: Survey) -> tuple[int, ...]:
    """The full marks of the scales that satisfaction is read on, each once."""
    return tuple(sorted({grid.full for grid, _ in satisfaction_rows(survey)}))


def issue_marks(survey: Survey) -> tuple[int, ...]:
    """The full marks of the scales that issues of dissatisfaction are rated on, each once."""
    grids = (grid for grid in survey.grids if grid.measures == "dissatisfaction")
    return tuple(sorted({grid.full for grid in grids if any(True for _ in grid.issues)}))


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


def satisfied(survey: Survey, counts: AnswerCounts) -> RatingsOfScales:
    """All ratings that the survey's definition of satisfaction reads."""
    return _of_scales(
        rating(counts.items.get(row, {}), grid.full, grid.first)
        for grid, row in satisfaction_rows(survey)
    )


def _of_scales(ratings: Iterable[Rating]) -> RatingsOfScales:
    """Ratings put together scale by scale."""
    scales: dict[tuple[int, int], list[Rating]] = {}
    for one in ratings:
        scales.setdefault((one.first, one.full), []).append(one)
    return RatingsOfScales(
        tuple(together(found, last, first) for (first, last), found in sorted(scales.items()))
    )


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
    each_read = (satisfied(survey, answers) for _, survey, answers in parts)
    read = _of_scales(one for found in each_read for one in found.scales)
    dissatisfied = sum(answers.dissatisfied for _, _, answers in parts)
    return SurveyFigures(n, *_percentages(definitions, read, dissatisfied, n), names)


def _percentages(
    definitions: Definitions, read: RatingsOfScales, dissatisfied: int, n: int
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
