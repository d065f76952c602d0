"""Made sheets, read, and compared with what was meant: errors, doubts, time."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field, fields
from functools import cache
from itertools import product
from random import Random
from typing import Any

from generator.scanning import printed_forms, reading, working
from generator.scanning.printed_forms import FormOnPaper
from generator.scanning.prints import Prints
from generator.survey import sheet_map

from . import effects, filling, forms
from .forms import Layout
from .levels import LEVELS


@cache
def form(survey: str, layout: Layout) -> filling.Form:
    """A form, kept."""
    return forms.form(survey, layout)


Forms = tuple[tuple[str, Layout], ...]
ALL: Forms = tuple(product(forms.EVERY, forms.LAYOUTS))


@cache
def prints(of_forms: Forms = ALL) -> Prints:
    """Forms that pages may be of."""
    known = {}
    for survey, layout in of_forms:
        data, places = forms.printed(survey, layout)
        of = sheet_map.read(places)
        known[of.document] = FormOnPaper(of, data)
    return printed_forms.prints(known)


@dataclass(slots=True)
class Side:
    """What came of one side: counts, the effects it had, and what was wrong."""

    level: str
    key: tuple[str, Layout]
    effects: tuple[str, ...]
    pages: int = 0
    found: int = 0
    taken: int = 0
    questions: int = 0
    doubts: int = 0
    boxes: int = 0
    wrong: int = 0
    seconds: float = 0.0
    by_mark: Counter[str] = field(default_factory=Counter)
    mistakes: list[Any] = field(default_factory=list)
    features: list[tuple[str, float, float, str]] = field(default_factory=list)


def as_json(side: Side) -> dict[str, Any]:
    """A side, to be written down."""
    return {one.name: getattr(side, one.name) for one in fields(side)}


def copy(seed: str, level: str, survey: str, layout: Layout) -> Iterator[tuple[Side, Any, Any]]:
    """A filled copy, side by side: what to count in, its picture, and what was meant."""
    chance = Random(f"{seed}:{level}:{survey}:{layout}")
    of, how = form(survey, layout), LEVELS[level]
    sides, truth = filling.answered(of, how, chance)
    for number, side in enumerate(sides, start=1):
        pages = [page for page in of.map["pages"] if page["side"] == number]
        if not pages:
            continue
        page = chance.choice(pages)
        marks = [(mark["left"] + 2.5, mark["top"] + 2.5) for mark in page["marks"]]
        code = [page["code"][key] for key in ("left", "top", "width")]
        scan = effects.scanned(side, how, chance, marks, code)
        found = Side(level, (survey, layout), (*scan.effects, f"{survey} {layout or 'usual'}"))
        found.pages = len(pages)
        yield found, scan.picture, truth


def read(found: Side, picture: Any, truth: filling.Truth, of_forms: Forms = ALL) -> Side:
    """Read a side, and count what came of it."""
    of = form(*found.key)
    started = time.process_time()
    side = reading.read(picture, prints(of_forms))
    found.seconds = time.process_time() - started
    total = Counter(box["item"] for box in of.map["boxes"])
    many = frozenset(code for code, column in of.columns.items() if column.kind == "many")
    for page in side.pages:
        if page.printed.map.document != of.map["document"]:
            found.taken += page.laid
            continue
        found.found += 1
        for box in page.boxes:
            place = box.placed.place
            marked = place.option in truth.answers.get(place.item, ())
            what = truth.how.get((place.item, place.option), "marked" if marked else "empty")
            ink = box.verdict.ink
            if page.laid and (what != "empty" or ink.cover > 0.01 or len(found.features) < 3):
                numbers = round(ink.cover, 4), round(ink.mean, 4)
                found.features.append((what, *numbers, box.verdict.state))
        for item, several, answer in working.answers(page, many):
            if len(several) != total[item]:
                continue
            found.questions += 1
            boxes = {box.placed.place.option: box.verdict for box in several}
            meant = truth.answers.get(item, ())
            done = {truth.how[item, one] for one in boxes if (item, one) in truth.how}
            for what in done or {"nothing"}:
                found.by_mark[f"{what} questions"] += 1
            if not page.laid or answer.doubt:
                found.doubts += 1
                for what in done or {"nothing"}:
                    found.by_mark[f"{what} doubts"] += 1
                found.mistakes.append(
                    ("doubt", item, answer.doubt or "not laid", _said(boxes, done))
                )
                continue
            found.boxes += len(boxes)
            wrong = set(answer.options) ^ set(meant)
            found.wrong += len(wrong)
            if wrong:
                for what in done or {"nothing"}:
                    found.by_mark[f"{what} wrong"] += len(wrong)
                found.mistakes.append(("wrong", item, answer.options, meant, _said(boxes, done)))
    return found


def _said(boxes: dict[str, Any], done: set[str]) -> Any:
    return sorted(done), [
        (
            option,
            one.state,
            one.why,
            *(
                round(value, 3)
                for value in (
                    one.ink.cover,
                    one.ink.mean,
                    one.ink.round_box,
                    one.ink.round_words,
                    one.ink.near,
                    one.ink.arc,
                )
            ),
        )
        for option, one in boxes.items()
        if one.state != "empty"
    ]
