"""What a hand draws: ticks, crosses, fillings, circles, corrections, writing. Millimetres."""

from __future__ import annotations

import math
from dataclasses import dataclass
from itertools import pairwise
from random import Random

import cv2
import numpy as np
from numpy.typing import NDArray

Picture = NDArray[np.uint8]
Points = list[tuple[float, float]]

DPI = 250
PX = DPI / 25.4
"""Pixels of the drawn page to a millimetre."""


@dataclass(frozen=True, slots=True)
class Pen:
    """How wide a pen draws (mm), how dark (1 is black), and how uneven."""

    width: float
    darkness: float
    grain: float = 0.0


@dataclass(frozen=True, slots=True)
class Place:
    """A rectangle on a page."""

    left: float
    top: float
    width: float
    height: float

    @property
    def centre(self) -> tuple[float, float]:
        return self.left + self.width / 2, self.top + self.height / 2


class Sheet:
    """A page that is drawn on: its print stays, ink is laid over it."""

    def __init__(self, printed: NDArray[np.uint8], chance: Random) -> None:
        self.page = printed.astype(np.float32)
        self._chance = chance

    def draw(self, strokes: list[Points], pen: Pen, *, soft: float = 0.0) -> None:
        """Strokes in a pen; ``soft`` blurs them (what an eraser leaves)."""
        every = [point for stroke in strokes for point in stroke]
        room = pen.width * 2 + soft * 3 + 0.5
        left = max(0, int((min(x for x, _ in every) - room) * PX))
        top = max(0, int((min(y for _, y in every) - room) * PX))
        right = min(self.page.shape[1], int((max(x for x, _ in every) + room) * PX))
        bottom = min(self.page.shape[0], int((max(y for _, y in every) + room) * PX))
        if right <= left or bottom <= top:
            return
        layer = np.zeros((bottom - top, right - left), np.uint8)
        for stroke in strokes:
            smooth = smoothed(stroke)
            for first, second in pairwise(smooth):
                wide = pen.width * self._chance.uniform(0.85, 1.15) * PX
                ends = [
                    (round((x * PX - left) * 8), round((y * PX - top) * 8))
                    for x, y in (first, second)
                ]
                cv2.line(layer, ends[0], ends[1], 255, max(1, round(wide)), cv2.LINE_AA, 3)
        alpha = layer.astype(np.float32) / 255
        if soft:
            alpha = cv2.GaussianBlur(alpha, (0, 0), soft * PX).astype(np.float32)
        if pen.grain:
            seed = self._chance.randrange(1 << 30)
            noise = np.random.default_rng(seed).random(alpha.shape, np.float32)
            noise = cv2.GaussianBlur(noise, (0, 0), 0.8).astype(np.float32)
            alpha *= np.clip(1 - pen.grain * (0.5 + (noise - 0.5) * 6), 0, 1)
        self.page[top:bottom, left:right] *= 1 - alpha * pen.darkness


def smoothed(points: Points) -> Points:
    """A curve through points (Catmull-Rom), in short steps."""
    if len(points) < 3:
        return points
    ends = [points[0], *points, points[-1]]
    found: Points = []
    for a, b, c, d in zip(ends, ends[1:], ends[2:], ends[3:], strict=False):
        steps = max(2, int(math.hypot(c[0] - b[0], c[1] - b[1]) / 0.35))
        for step in range(steps):
            t = step / steps
            found.append(
                (
                    _spline(t, a[0], b[0], c[0], d[0]),
                    _spline(t, a[1], b[1], c[1], d[1]),
                )
            )
    return [*found, points[-1]]


def _spline(t: float, a: float, b: float, c: float, d: float) -> float:
    return 0.5 * (
        2 * b + (c - a) * t + (2 * a - 5 * b + 4 * c - d) * t**2 + (3 * b - a - 3 * c + d) * t**3
    )


def tick(chance: Random, at: tuple[float, float], size: float) -> list[Points]:
    """A tick whose corner lies a little below the point."""
    turn = chance.gauss(0, 0.12)
    shape = [
        (-0.42, -0.05),
        (-0.22, 0.15),
        (-0.08, 0.38),
        (0.15, -0.05),
        (0.5 + chance.uniform(-0.1, 0.25), -0.6 + chance.uniform(-0.2, 0.1)),
    ]
    return [_placed(chance, shape, at, size, turn)]


def cross(chance: Random, at: tuple[float, float], size: float) -> list[Points]:
    """Two lines that cross."""
    turn = chance.gauss(0, 0.12)
    falling = [(-0.45, -0.45), (0.02, 0.03), (0.45, 0.45)]
    rising = [(0.45, -0.45), (0.0, 0.02), (-0.45, 0.45)]
    return [_placed(chance, falling, at, size, turn), _placed(chance, rising, at, size, turn)]


def filling(chance: Random, box: Place, pen: Pen) -> list[Points]:
    """Back and forth until the box is full."""
    over = chance.uniform(-0.1, 0.35)
    step = pen.width * chance.uniform(0.55, 0.85)
    strokes: Points = []
    y = box.top - over * 0.6
    side = 1
    while y < box.top + box.height + over * 0.6:
        middle, half = box.centre[0], (box.width / 2 + over) * chance.uniform(0.92, 1.05)
        strokes.append((middle - side * half, y))
        strokes.append((middle + side * half, y + step * chance.uniform(0.3, 0.8)))
        side, y = -side, y + step
    return [strokes]


def loop(chance: Random, around: Place) -> list[Points]:
    """A circle round a place, closed or nearly so."""
    x, y = around.centre
    wide, high = around.width / 2, around.height / 2
    start = chance.uniform(0, 2 * math.pi)
    turn = 2 * math.pi * chance.uniform(0.97, 1.12)
    wobble = [chance.gauss(0, 0.05) for _ in range(3)]
    found = []
    for step in range(25):
        t = step / 24
        angle = start + turn * t
        away = 1 + wobble[0] * math.cos(2 * angle) + wobble[1] * math.sin(2 * angle)
        away += wobble[2] * (t - 0.5)
        found.append((x + wide * away * math.cos(angle), y + high * away * math.sin(angle)))
    return [found]


def line(chance: Random, start: tuple[float, float], end: tuple[float, float]) -> list[Points]:
    """A line that slipped, or that strikes something out."""
    bend = chance.gauss(0, 1.0)
    middle = ((start[0] + end[0]) / 2 + bend, (start[1] + end[1]) / 2 + bend)
    return [[start, middle, end]]


def writing(chance: Random, on: Place) -> list[Points]:
    """Letters on a line, as far as it goes."""
    strokes: list[Points] = []
    high = min(3.2, on.height * 0.9) * chance.uniform(0.7, 1.0)
    x = on.left + 1.0
    end = on.left + on.width * chance.uniform(0.25, 0.9)
    foot = on.top + on.height - 0.4
    while x < end - 1.5:
        wide = high * chance.uniform(0.45, 0.75)
        letter = [
            (x + wide * chance.uniform(0, 1), foot - high * chance.uniform(0, 1))
            for _ in range(chance.randint(4, 6))
        ]
        strokes.append(letter)
        x += wide * 1.25 + (high * 0.5 if chance.random() < 0.15 else 0)
    return strokes


def _placed(
    chance: Random, shape: Points, at: tuple[float, float], size: float, turn: float
) -> Points:
    cos, sin = math.cos(turn), math.sin(turn)
    found = []
    for exact_x, exact_y in shape:
        x, y = exact_x + chance.gauss(0, 0.035), exact_y + chance.gauss(0, 0.035)
        found.append((at[0] + size * (x * cos - y * sin), at[1] + size * (x * sin + y * cos)))
    return found
