"""Marks that ``filling`` doesn't make: what people also do to say which option they mean.

Each draws on a sheet what says that the first place is meant, not the others; all are rectangles of
boxes, ``words`` those of the words beside them (or where such would be).
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from random import Random

from . import strokes
from .strokes import Pen, Place, Points, Sheet

BALLPOINT = Pen(0.5, 0.85)


@dataclass(frozen=True, slots=True)
class Odd:
    """What is drawn on, with what: the box that is meant and its words, and the others."""

    sheet: Sheet
    chance: Random
    box: Place
    words: Place
    others: Sequence[tuple[Place, Place]]
    pen: Pen = BALLPOINT

    def draw(self, *drawn: Points, pen: Pen | None = None) -> None:
        self.sheet.draw(list(drawn), pen or self.pen)

    def tick(self, at: tuple[float, float], size: float, pen: Pen | None = None) -> None:
        self.draw(*strokes.tick(self.chance, at, size), pen=pen)

    @property
    def other(self) -> Place:
        return self.others[0][0]


def _along(place: Place, y: float) -> Points:
    middle = place.left + place.width / 2
    return [(place.left + 0.5, y), (middle, y + 0.2), (place.left + place.width - 0.5, y)]


def _round(place: Place, far: float) -> Place:
    return Place(place.left - far, place.top - far, place.width + 2 * far, place.height + 2 * far)


def _arrow(start: tuple[float, float], end: tuple[float, float]) -> list[Points]:
    away = math.hypot(end[0] - start[0], end[1] - start[1])
    x, y = (end[0] - start[0]) / away * 1.5, (end[1] - start[1]) / away * 1.5
    head = [(end[0] - x - y, end[1] - y + x), end, (end[0] - x + y, end[1] - y - x)]
    return [[start, end], head]


def _double_tick(odd: Odd) -> None:
    for far in (-0.5, 0.6):
        odd.tick((odd.box.centre[0] + far, odd.box.centre[1] - far), odd.box.width)


def _scribbled(odd: Odd) -> None:
    x, y = odd.box.centre
    far = odd.box.width * 0.3
    odd.draw([(x + odd.chance.gauss(0, far), y + odd.chance.gauss(0, far)) for _ in range(25)])


def _number(odd: Odd) -> None:
    (x, y), s = odd.box.centre, odd.box.width * 0.35
    odd.draw([(x - s * 0.5, y - s), (x + s * 0.5, y - s), (x - s * 0.1, y + s)])


def _hatched(odd: Odd) -> None:
    step = odd.box.width / 5
    for number in range(5):
        x = odd.box.left + step * (number + 0.5)
        odd.draw([(x - 0.4, odd.box.top), (x + 0.4, odd.box.top + odd.box.height)])


def _dash(odd: Odd) -> None:
    odd.draw(_along(odd.box, odd.box.centre[1]))


def _light_blue(odd: Odd) -> None:
    odd.tick(odd.box.centre, odd.box.width, Pen(0.4, 0.3))


def _highlighted(odd: Odd) -> None:
    odd.draw(_along(odd.words, odd.words.centre[1]), pen=Pen(4.5, 0.3))


def _underlined(odd: Odd) -> None:
    odd.draw(_along(odd.words, odd.words.top + odd.words.height))


def _others_struck(odd: Odd) -> None:
    for _, words in odd.others:
        odd.draw(_along(words, words.centre[1]))


def _crossed_and_circled(odd: Odd) -> None:
    odd.draw(*strokes.cross(odd.chance, odd.other.centre, odd.other.width))
    odd.draw(*strokes.loop(odd.chance, _round(odd.box, 1.5)))
    _word(odd)


def _crossed_and_said(odd: Odd) -> None:
    odd.draw(*strokes.cross(odd.chance, odd.other.centre, odd.other.width))
    _word(odd)


def _word(odd: Odd) -> None:
    """A short word beside the box, away from the other."""
    away = -6.0 if odd.other.left > odd.box.left else odd.box.width + 0.8
    x, top, foot = odd.box.left + away, odd.box.top + 0.8, odd.box.top + odd.box.height
    odd.draw([(x, foot), (x + 0.2, top), (x + 2.0, top + 0.3), (x + 2.0, foot)])
    odd.draw([(x + 3.0, top), (x + 3.1, foot), (x + 4.6, foot - 0.2), (x + 4.7, top)])


def _moved_by_arrow(odd: Odd) -> None:
    """From the farthest: between neighbours an arrow is as long as the end of a tick."""
    (x1, y1) = odd.box.centre
    other = max((one for one, _ in odd.others), key=lambda one: abs(one.centre[0] - x1))
    odd.tick(other.centre, other.width)
    (x0, y0) = other.centre
    away = math.hypot(x1 - x0, y1 - y0)
    x, y = (x1 - x0) / away * 3.2, (y1 - y0) / away * 3.2
    odd.draw(*_arrow((x0 + x, y0 + y), (x1 - x, y1 - y)))


def _pointed_at(odd: Odd) -> None:
    at = odd.box.left - 2.0, odd.box.centre[1]
    odd.draw(*_arrow((at[0] - 6.5, at[1] + 0.6), at))


def _ticked_before(odd: Odd) -> None:
    odd.tick((odd.box.left - 3.2, odd.box.centre[1]), 4.0)


def _words_ticked(odd: Odd) -> None:
    odd.tick(odd.words.centre, 5.5)


def _dot(odd: Odd) -> None:
    x, y = odd.box.centre
    odd.draw([(x, y), (x + 0.1, y)])


def _taken_back(odd: Odd) -> None:
    """A tick struck out by two lines, another here."""
    odd.tick(odd.other.centre, odd.other.width)
    for far in (-0.5, 0.6):
        odd.draw(_along(_round(odd.other, 1.5), odd.other.centre[1] + far))
    odd.tick(odd.box.centre, odd.box.width)


Draw = Callable[[Odd], None]
READ: Mapping[str, Draw] = {
    "ticked twice": _double_tick,
    "scribbled": _scribbled,
    "number": _number,
    "hatched": _hatched,
    "dash": _dash,
}
"""What is read by itself."""
EITHER: Mapping[str, Draw] = {"light blue": _light_blue}
"""What is read, or a person is asked."""
ASKED: Mapping[str, Draw] = {
    "highlighted": _highlighted,
    "underlined": _underlined,
    "others struck": _others_struck,
    "crossed and circled": _crossed_and_circled,
    "crossed and said": _crossed_and_said,
    "moved by arrow": _moved_by_arrow,
    "pointed at": _pointed_at,
    "ticked before": _ticked_before,
    "words ticked": _words_ticked,
    "dot": _dot,
    "taken back": _taken_back,
}
"""What a person has to look at."""
EVERY: Mapping[str, Draw] = {**READ, **EITHER, **ASKED}
