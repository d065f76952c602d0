"""The scales of a questionnaire's grids: what is read on them can be, and is called rightly."""

from __future__ import annotations

from collections.abc import Iterator

from ..agreements.files import DataFile
from ..agreements.yaml_tree import Node
from ..diagnostics import Diagnostic, did_you_mean, fault
from ..exact import bare
from ..model import FEW_LEVELS, RatingGrid, Survey, Wording
from ..model.survey_words import SurveyWords
from ..survey.figures import satisfaction_grids
from ..survey.rated import bands_of


def check(file: DataFile[Survey], survey: Survey, wording: Wording | None) -> Iterator[Diagnostic]:
    """Every grid's scale against the definitions and the words for means."""
    words = wording.survey if wording is not None else None
    yield from _named(file.node, survey)
    read = satisfaction_grids(survey)
    definitions = survey.definitions
    of_two = definitions.satisfaction.measure == "top-two"
    of_two = of_two or definitions.dissatisfaction == "bottom-two"
    for grid, node in _grids(file.node, survey):
        few = len(grid.levels) < FEW_LEVELS
        issues = grid.measures == "dissatisfaction" and definitions.dissatisfaction == "part3"
        if few and ((of_two and grid in read) or (issues and any(True for _ in grid.issues))):
            yield fault("two-levels-of-few", node.at("levels"), count=len(grid.levels))
        if words is not None:
            yield from _words(grid, node, survey, words)


def _named(node: Node, survey: Survey) -> Iterator[Diagnostic]:
    """The grids that the definition of satisfaction names are there and measure it."""
    known = [grid.id for grid in survey.grids if grid.measures == "satisfaction"]
    place = ("definitions", "satisfaction", "grids")
    for index, name in enumerate(survey.definitions.satisfaction.grids):
        if name not in known:
            hint = did_you_mean(name, known)
            yield fault("no-grid-of-satisfaction", node.at(*place, index), hint=hint, grid=name)


def _words(
    grid: RatingGrid, node: Node, survey: Survey, words: SurveyWords
) -> Iterator[Diagnostic]:
    """The words for a grid's means are there, and none is for a mean that can't be."""
    if grid.bands is not None and grid.bands not in words.bands:
        hint = did_you_mean(grid.bands, words.bands)
        yield fault("unknown-bands", node.at("bands"), hint=hint, name=grid.bands)
    name = bands_of(survey, grid)
    for band in words.bands.get(name, ()) if name is not None else ():
        if band.at_least > grid.full:
            place = node.at("bands" if grid.bands is not None else "levels")
            least = bare(band.at_least)
            yield fault("band-beyond-scale", place, band=band.text, least=least, full=grid.full)


def _grids(node: Node, survey: Survey) -> Iterator[tuple[RatingGrid, Node]]:
    for number, part in enumerate(survey.parts):
        for index, item in enumerate(part.items):
            if isinstance(item, RatingGrid):
                yield item, node.find(("parts", number, "items", index))
