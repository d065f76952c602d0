"""A respondent: answers by chance, and how they are put on paper."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from random import Random
from typing import Any

import numpy as np
from numpy.typing import NDArray

from generator.survey import AnswerColumn

from . import strokes
from .levels import Level
from .strokes import PX, Pen, Place, Sheet


@dataclass(slots=True)
class Truth:
    """What a respondent meant, by column, and what was done to each box (for figures by effect)."""

    answers: dict[str, tuple[str, ...]] = field(default_factory=dict)
    how: dict[tuple[str, str], str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Form:
    """A printed questionnaire: its map, its sides as they were printed, its columns."""

    map: Mapping[str, Any]
    sides: Sequence[NDArray[np.uint8]]
    columns: Mapping[str, AnswerColumn]

    @classmethod
    def of(
        cls, data: bytes, sides: Sequence[NDArray[np.uint8]], columns: Sequence[AnswerColumn]
    ) -> Form:
        return cls(json.loads(data), sides, {column.code: column for column in columns})


def answered(form: Form, level: Level, chance: Random) -> tuple[list[NDArray[np.uint8]], Truth]:
    """A copy of a form, filled in: its sides, and what was meant."""
    sheets = [Sheet(side, chance) for side in form.sides]
    truth = Truth()
    hand = _Hand(form, sheets, level, chance, truth)
    by_item: dict[str, list[Mapping[str, Any]]] = defaultdict(list)
    for box in form.map["boxes"]:
        by_item[box["item"]].append(box)
    for item, boxes in by_item.items():
        hand.answer(form.columns[item], boxes)
    for blank in form.map["blanks"]:
        if chance.random() < level.written:
            hand.write(blank)
    hand.slip()
    return [np.clip(sheet.page, 0, 255).astype(np.uint8) for sheet in sheets], truth


def place_of(box: Mapping[str, Any]) -> Place:
    """A box or blank of a map."""
    return Place(box["left"], box["top"], box["width"], box["height"])


def words_of(form: Form, box: Mapping[str, Any]) -> Place | None:
    """Where an option's words stand: the print to the right of its box, up to a gap."""
    page = form.sides[box["side"] - 1]
    place = place_of(box)
    top, bottom = round(place.top * PX), round((place.top + place.height) * PX)
    start = round((place.left + place.width + 0.6) * PX)
    dark = (page[top:bottom, start:] < 140).any(axis=0)
    columns = np.flatnonzero(dark[: round(90 * PX)])
    if not len(columns) or columns[0] > 4 * PX:
        return None
    gaps = np.flatnonzero(np.diff(columns) > 3.5 * PX)
    end = columns[gaps[0]] if len(gaps) else columns[-1]
    wide = (end - columns[0]) / PX
    if not 4 < wide < 60:
        return None
    left = (start + columns[0]) / PX
    return Place(left - 1.2, place.top - 1.0, wide + 2.4, place.height + 2.0)


class _Hand:
    def __init__(
        self, form: Form, sheets: list[Sheet], level: Level, chance: Random, truth: Truth
    ) -> None:
        self.form, self.sheets, self.level = form, sheets, level
        self.chance, self.truth = chance, truth
        if chance.random() < level.pencils:
            self.pen = Pen(chance.uniform(0.35, 0.6), chance.uniform(*level.pencil), 0.35)
        else:
            self.pen = Pen(chance.uniform(0.32, 0.8), chance.uniform(0.7, 0.97), 0.05)
        self.pencil = self.pen.grain > 0.1
        kinds = ["tick", "cross", "fill", "circle"]
        self.habit = chance.choices(kinds, level.habits)[0]
        self.size = chance.uniform(*level.size)
        self.boxes = [(box["side"], place_of(box)) for box in form.map["boxes"]]

    def answer(self, column: AnswerColumn, boxes: Sequence[Mapping[str, Any]]) -> None:
        chance, level = self.chance, self.level
        if column.under is not None:
            opener, option = column.under
            if option not in self.truth.answers.get(opener, ()):
                return
        if chance.random() < (0.3 if column.optional else level.skipped):
            if level.ghosts and self.pencil and chance.random() < level.ghosts:
                self._ghost(chance.choice(boxes))
            return
        if column.kind == "many":
            chosen = [box for box in boxes if chance.random() < 0.35]
        else:
            chosen = [chance.choice(boxes)]
        rest = [box for box in boxes if box not in chosen]
        for box in chosen:
            self._mark(box, column)
        self.truth.answers[column.code] = tuple(box["option"] for box in chosen)
        if not chosen or not rest:
            return
        if self.habit in ("tick", "cross") and chance.random() < level.corrections:
            wrong = chance.choice(rest)
            self._mark(wrong, column, plain=True)
            for _ in range(2):
                self._draw(wrong, strokes.filling(chance, place_of(wrong), self.pen), "corrected")
            return
        if self.pencil and chance.random() < level.ghosts:
            self._ghost(chance.choice(rest))

    def _draw(self, box: Mapping[str, Any], drawn: list[strokes.Points], how: str) -> None:
        self.sheets[box["side"] - 1].draw(drawn, self.pen)
        self.truth.how[box["item"], box["option"]] = how

    def _mark(self, box: Mapping[str, Any], column: AnswerColumn, *, plain: bool = False) -> None:
        chance, level, place = self.chance, self.level, place_of(box)
        habit = self.habit
        if chance.random() < level.changes:
            habit = chance.choice(["tick", "cross"])
        if plain and habit not in ("tick", "cross"):
            habit = "tick"
        off = level.off * place.width
        at = place.centre[0] + chance.gauss(0, off), place.centre[1] + chance.gauss(0, off)
        size = place.width * self.size * chance.uniform(0.85, 1.15)
        if habit == "tick":
            self._draw(box, strokes.tick(chance, at, size), "tick")
        elif habit == "cross":
            self._draw(box, strokes.cross(chance, at, size * 0.9), "cross")
        elif habit == "fill":
            self._draw(box, strokes.filling(chance, place, self.pen), "fill")
        else:
            words = words_of(self.form, box) if column.kind in ("one", "many") else None
            if words is not None and chance.random() < 0.5:
                self._draw(box, strokes.loop(chance, words), "words")
            else:
                more = chance.uniform(1.55, 1.95)
                around = Place(
                    place.centre[0] - place.width * more / 2,
                    place.centre[1] - place.height * more / 2,
                    place.width * more,
                    place.height * more,
                )
                self._draw(box, strokes.loop(chance, around), "circle")

    def _ghost(self, box: Mapping[str, Any]) -> None:
        """A pencil mark that was rubbed out."""
        place, chance = place_of(box), self.chance
        drawn = strokes.tick(chance, place.centre, place.width * self.size)
        faint = Pen(self.pen.width, self.pen.darkness * chance.uniform(0.1, 0.22), 0.4)
        self.sheets[box["side"] - 1].draw(drawn, faint, soft=0.12)
        self.truth.how[box["item"], box["option"]] = "ghost"

    def write(self, blank: Mapping[str, Any]) -> None:
        """Words on a blank."""
        place = place_of(blank)
        drawn = strokes.writing(self.chance, place)
        if drawn:
            self.sheets[blank["side"] - 1].draw(drawn, self.pen)

    def slip(self) -> None:
        """Lines that cross boxes and mean nothing."""
        chance = self.chance
        for side, sheet in enumerate(self.sheets, start=1):
            if chance.random() >= self.level.lines:
                continue
            boxes = [place for of, place in self.boxes if of == side]
            if not boxes:
                continue
            x, y = chance.choice(boxes).centre
            turn = chance.choice([(1.0, 0.15), (0.8, 0.6), (-0.7, 0.7)])
            far = chance.uniform(18, 35)
            start = x - turn[0] * far * 0.5, y - turn[1] * far * 0.5
            end = x + turn[0] * far * 0.5, y + turn[1] * far * 0.5
            sheet.draw(strokes.line(chance, start, end), self.pen)
