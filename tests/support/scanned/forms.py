"""Every shipped questionnaire and one of many scales, in all forms, as they were printed."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from tempfile import mkdtemp
from typing import Literal

import numpy as np

from generator.agreements import lookup, reading
from generator.api import surveys
from generator.survey import AnswerColumn, columns
from generator.workspace.environment import Workspace
from support import making, scales, scans
from support.shared import once

from .filling import Form
from .strokes import DPI, Picture

Layout = Literal["", "large", "fillable", "booklet"]
LAYOUTS: tuple[Layout, ...] = ("", "large", "booklet")

SHIPPED = {
    "visitors": "example-2570",
    "training": "dsdw-2566",
    "service": "dsdw-2566",
    "outpatients": "example-hospital-2570",
}
EVERY = (*SHIPPED, "scales")


@cache
def _scales() -> Workspace:
    return scales.world(Path(mkdtemp()))


def _world(survey: str) -> tuple[Workspace, str]:
    if survey == "scales":
        return _scales(), "example-2570"
    return making.WORLD, SHIPPED[survey]


@once
def printed(survey: str, layout: Layout = "", count: int = 1) -> tuple[bytes, bytes]:
    """A questionnaire as PDF, in serial copies where there are several, and its map."""
    world, agency = _world(survey)
    file = world.agreements / agency / "surveys" / f"{survey}.yaml"
    made = surveys.make(
        world,
        lookup.find(world, str(file), of_surveys=True),
        layout=layout,
        formats=("pdf",),
        copies=surveys.Copies(count, count > 1),
    )
    (pdf,) = (data for path, data in made.files.items() if path.suffix == ".pdf")
    (found,) = (data for path, data in made.files.items() if path.suffix == ".json")
    return pdf, found


def asked(survey: str) -> tuple[AnswerColumn, ...]:
    """The columns of a questionnaire's answers."""
    world, agency = _world(survey)
    model = reading.read_agency(world.agreements / agency).surveys[survey].model
    assert model is not None
    return columns(model)


def form(survey: str, layout: Layout = "", count: int = 1, number: int = 1) -> Form:
    """A copy of a questionnaire as it comes out of a printer; copies count from 1."""
    data, places = printed(survey, layout, count)
    of = Form.of(places, (), asked(survey))
    sides = of.map["sides"]
    pictures: list[Picture] = [
        np.asarray(page, np.uint8)
        for page in scans.pages(data, DPI, range((number - 1) * sides, number * sides))
    ]
    return Form(of.map, pictures, of.columns)
