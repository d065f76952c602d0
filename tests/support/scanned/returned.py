"""A whole round trip: numbered copies are printed, filled in, scanned; what was meant is known."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random

import numpy as np
from PIL import Image

from generator import api
from generator.agreements import reading
from generator.scanning.copies import COPY, CopyQuestion
from generator.survey import columns
from generator.workspace.environment import Workspace
from support import scans

from . import effects, filling
from .filling import Form
from .levels import Level
from .strokes import DPI, Picture

TYPED = "ข้อความที่เขียนไว้"


@dataclass(frozen=True, slots=True)
class Returned:
    """Scanned sides in the order of the copies, and what each copy's respondent meant."""

    sides: tuple[Picture, ...]
    meant: Mapping[str, Mapping[str, tuple[str, ...]]]
    columns: tuple[str, ...]


def returned(
    workspace: Workspace, unit: str, survey: str, count: int, level: Level, seed: int
) -> Returned:
    """So many copies of a unit's survey, which are published, filled in and scanned."""
    target = api.workspaces.find(workspace, unit)
    made = api.surveys.make(
        workspace, target, survey, formats=("pdf",), copies=api.surveys.Copies(count, True)
    ).files
    api.workspaces.publish(made)
    (pdf,) = (data for path, data in made.items() if path.suffix == ".pdf")
    (places,) = (data for path, data in made.items() if path.suffix == ".json")
    model = reading.read_agency(target.folder).surveys[survey].model
    assert model is not None
    asked = columns(model)
    about = json.loads(places)
    sides: list[Picture] = []
    meant = {}
    for number, copy in enumerate(about["copies"]):
        here = range(number * about["sides"], (number + 1) * about["sides"])
        printed = [np.asarray(page, np.uint8) for page in scans.pages(pdf, DPI, here)]
        chance = Random(f"{seed}:{copy}")
        drawn, truth = filling.answered(Form.of(places, printed, asked), level, chance)
        meant[copy] = truth.answers
        for index, side in enumerate(drawn, start=1):
            page = next(page for page in about["pages"] if page["side"] == index)
            marks = [(mark["left"] + 2.5, mark["top"] + 2.5) for mark in page["marks"]]
            code = [page["code"][key] for key in ("left", "top", "width")]
            sides.append(effects.scanned(side, level, chance, marks, code).picture)
    return Returned(tuple(sides), meant, tuple(column.code for column in asked))


def as_pdf(sides: Sequence[Picture]) -> bytes:
    """Scanned sides as a scanner's PDF."""
    out = io.BytesIO()
    first, *rest = (Image.fromarray(side) for side in sides)
    first.save(out, "PDF", save_all=True, append_images=rest, resolution=200)
    return out.getvalue()


def decided(
    waiting: Sequence[CopyQuestion],
    meant: Returned,
    lost: Mapping[tuple[str, int], str],
) -> bytes:
    """What a person decides who knows what was meant, as the page for reviewing saves it.

    ``lost``: the copies of sides whose code can't be read.
    """
    found = []
    for one in waiting:
        options: tuple[str, ...] = ()
        text = ""
        if one.item == COPY:
            number = one.sources[0][0].side.number
            text = lost.get((one.sources[0][0].side.file, number), "")
        elif not one.typed:
            options = meant.meant[one.copy].get(one.item, ())
        else:
            text = "35" if one.item == "age" else TYPED
        found.append(
            {
                "copy": one.copy,
                "item": one.item,
                "options": list(options),
                "text": text,
                "who": "ผู้ทดสอบ",
                "when": "2026-11-01T09:00:00Z",
            }
        )
    return json.dumps({"format": "gen-decisions1", "decisions": found}).encode()


def truth_csv(of: Returned, typed: Mapping[tuple[str, str], str]) -> str:
    """What was meant, in our own codes, with the words that were typed."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(("respondent", *of.columns))
    for copy, answers in of.meant.items():
        writer.writerow(
            (
                copy,
                *(typed.get((copy, code), " ".join(answers.get(code, ()))) for code in of.columns),
            )
        )
    return out.getvalue()


def written(path: Path, several: Iterator[tuple[str, bytes]]) -> None:
    """Files of a folder."""
    path.mkdir(parents=True, exist_ok=True)
    for name, data in several:
        (path / name).write_bytes(data)
