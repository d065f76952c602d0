"""What printers, paper, scanners and telephones do to a sheet."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cache
from random import Random

import cv2
import numpy as np
from numpy.typing import NDArray

from .levels import Level
from .strokes import PX

Picture = NDArray[np.uint8]


@dataclass(frozen=True, slots=True)
class Scan:
    """A scanned side: its picture, and what was done to it (for figures by effect)."""

    picture: Picture
    dpi: int
    effects: tuple[str, ...]


def scanned(
    side: Picture, level: Level, chance: Random, marks: list[tuple[float, float]], code: list[float]
) -> Scan:
    """A side as it comes out of a scanner, or of a telephone's camera.

    ``marks`` are the corners' squares (their centres), ``code`` is left, top and width of a code.
    """
    page = side.copy()
    did: list[str] = []
    fade = chance.uniform(*level.pale)
    page = np.asarray(cv2.convertScaleAbs(page, alpha=fade, beta=255 * (1 - fade)), np.uint8)
    _spoil(page, level, chance, marks, code, did)
    mode = chance.choice(level.modes)
    dpi = chance.choice(level.dpi)
    did += [mode, f"{dpi} dpi"]
    if mode == "photo":
        picture = _photographed(page, level, chance, dpi, did)
    else:
        picture = _laid(page, level, chance, dpi, did)
    blur = max(0.3, chance.uniform(*level.blur) * dpi / 200)
    picture = np.asarray(cv2.GaussianBlur(picture, (0, 0), blur), np.uint8)
    if level.streaks and chance.random() < level.streaks:
        x = chance.randrange(picture.shape[1])
        wide = slice(x, x + max(1, dpi // 120))
        picture[:, wide] = (picture[:, wide] * chance.uniform(0.3, 0.8)).astype(np.uint8)
        did.append("streak")
    found = _grained(picture, level.noise * chance.uniform(0.5, 1.2), chance)
    if mode == "bilevel":
        found = _bilevel(found, chance, level)
    else:
        quality = chance.randint(*level.jpeg)
        _, data = cv2.imencode(".jpg", found, [cv2.IMWRITE_JPEG_QUALITY, quality])
        found = np.asarray(cv2.imdecode(data, cv2.IMREAD_GRAYSCALE), np.uint8)
    if mode != "photo" and chance.random() < 0.12:
        turn = chance.choice((1, 2, 2, 3))
        found = np.ascontiguousarray(np.rot90(found, turn))
        did.append("turned")
    return Scan(found, dpi, tuple(did))


@cache
def _noise() -> NDArray[np.int16]:
    dots = np.random.default_rng(20)
    fine = dots.standard_normal((1400, 1400), np.float32)
    return np.asarray(np.repeat(np.repeat(fine, 2, 0), 2, 1) * 64, np.int16)


def _grained(picture: Picture, much: float, chance: Random) -> Picture:
    """The noise of a sensor: a piece of a large field of it, from anywhere."""
    field = _noise()
    high, wide = picture.shape
    rows, columns = -(-high // 2000), -(-wide // 2000)
    found = picture.copy()
    for row in range(rows):
        for column in range(columns):
            part = found[row * 2000 : row * 2000 + 2000, column * 2000 : column * 2000 + 2000]
            y, x = chance.randrange(800), chance.randrange(800)
            noise = field[y : y + part.shape[0], x : x + part.shape[1]]
            part[:] = cv2.addWeighted(part, 1.0, noise, much / 64, 0.0, dtype=cv2.CV_8U)
    return found


def _bilevel(page: Picture, chance: Random, level: Level) -> Picture:
    """Black and white, at a threshold that keeps pencils."""
    lightest = 255 * (1 - level.pencil[0] * 0.55)
    bound = min(chance.uniform(150, 200), lightest) if level.name == "clean" else lightest
    return np.asarray(cv2.threshold(page, bound, 255, cv2.THRESH_BINARY)[1], np.uint8)


def _spoil(
    page: Picture,
    level: Level,
    chance: Random,
    marks: list[tuple[float, float]],
    code: list[float],
    did: list[str],
) -> None:
    high, wide = page.shape
    for _ in range(int(chance.expovariate(1.0) * level.dirt * 30)):
        at = chance.randrange(wide), chance.randrange(high)
        cv2.circle(page, at, chance.randint(1, 4), chance.uniform(40, 200), -1, cv2.LINE_AA)
    if chance.random() < level.dirt * 0.2:
        did.append("stain")
        x, y = chance.randrange(wide), chance.randrange(high)
        far = round(chance.uniform(8, 25) * PX)
        stain = np.zeros((2 * far, 2 * far), np.float32)
        cv2.circle(stain, (far, far), round(far * 0.8), 1.0, -1)
        stain = cv2.GaussianBlur(stain, (0, 0), far * 0.12).astype(np.float32)
        left, top = max(0, x - far), max(0, y - far)
        right, bottom = min(wide, x + far), min(high, y + far)
        part = stain[top - y + far : bottom - y + far, left - x + far : right - x + far]
        darker = 1 - part * np.float32(chance.uniform(0.05, 0.22))
        page[top:bottom, left:right] = (page[top:bottom, left:right] * darker).astype(np.uint8)
    if chance.random() < level.holes:
        did.append("holes")
        for share in (0.5 - 40 / 297, 0.5 + 40 / 297):
            at = round(chance.uniform(9, 13) * PX), round(share * high)
            cv2.circle(page, at, round(2.8 * PX), chance.choice((10.0, 30.0, 250.0)), -1)
    if chance.random() < level.cut:
        did.append("corner lost")
        mark_x, mark_y = chance.choice(marks)
        left, top = round((mark_x - 5) * PX), round((mark_y - 5) * PX)
        page[max(0, top) : top + round(10 * PX), max(0, left) : left + round(10 * PX)] = 248
    if chance.random() < level.no_code:
        did.append("code lost")
        x, y, side = (round(v * PX) for v in code)
        page[y + side // 4 : y + side, x + side // 5 : x + side] = 246
        for _ in range(6):
            ends = [(x + chance.randrange(side), y + chance.randrange(side)) for _ in range(2)]
            cv2.line(page, ends[0], ends[1], 40.0, 5, cv2.LINE_AA)
    elif level.holes and chance.random() < level.holes * 0.3:
        did.append("staple")
        x, y = round(chance.uniform(8, 30) * PX), round(chance.uniform(5, 9) * PX)
        cv2.line(page, (x, y), (x + round(10 * PX), y + round(2 * PX)), 90.0, 7, cv2.LINE_AA)


def _bend(
    shape: tuple[int, int], far: float, chance: Random, size: tuple[float, float]
) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """How far paper lies from its place, smoothly, in millimetres, on a grid of ``shape``."""
    width, height = size
    x = np.linspace(0, width, shape[1], dtype=np.float32)[None, :]
    y = np.linspace(0, height, shape[0], dtype=np.float32)[:, None]
    across = np.zeros(shape, np.float32)
    down = np.zeros(shape, np.float32)
    for surface in (across, down):
        for _ in range(3):
            a = chance.uniform(-1, 1) * 2 * math.pi / width * 0.8
            b = chance.uniform(-1, 1) * 2 * math.pi / height * 1.2
            surface[:] += np.sin(a * x + b * y + np.float32(chance.uniform(0, 7))) / 3
    return across * np.float32(far), down * np.float32(far)


def _laid(page: Picture, level: Level, chance: Random, dpi: int, did: list[str]) -> Picture:
    """On a scanner's glass or through its feeder: turned, scaled, slipped, bent."""
    high, wide = page.shape
    size = wide / PX, high / PX
    out = round(size[0] * dpi / 25.4), round(size[1] * dpi / 25.4)
    scale = chance.uniform(*level.scaled)
    if abs(scale - 1) > 0.02:
        did.append("scaled")
    angle = math.radians(chance.uniform(-level.turned, level.turned))
    moved_x, moved_y = chance.gauss(0, 1.0), chance.gauss(0, 1.0)
    stretch = 1 + chance.gauss(0, 0.002 if level.bent > 0.3 else 0.0005)
    rows, columns = out[1] // 32 + 2, out[0] // 32 + 2
    x = np.linspace(0, size[0] * columns * 32 / out[0], columns, dtype=np.float32)[None, :]
    y = np.linspace(0, size[1] * rows * 32 / out[1], rows, dtype=np.float32)[:, None]
    across, down = _bend((rows, columns), level.bent * chance.random(), chance, size)
    x0, y0 = x - size[0] / 2 - moved_x, y - size[1] / 2 - moved_y
    cos, sin = math.cos(angle) / scale, math.sin(angle) / scale
    from_x = size[0] / 2 + cos * x0 + sin * y0 + across
    from_y = size[1] / 2 + (-sin * x0 + cos * y0) * stretch + down
    return _mapped(page, from_x, from_y, out, 250.0)


def _photographed(page: Picture, level: Level, chance: Random, dpi: int, did: list[str]) -> Picture:
    """From above by hand: perspective, curl, shadow, a table round it."""
    high, wide = page.shape
    size = wide / PX, high / PX
    around = 1.1
    out = round(size[0] * around * dpi / 25.4), round(size[1] * around * dpi / 25.4)
    rows, columns = out[1] // 32 + 2, out[0] // 32 + 2
    corners = np.array([[0, 0], [1, 0], [1, 1], [0, 1]], np.float32)
    tilt = 0.05
    seen = corners * 0.9 + 0.05
    seen += np.array([[chance.uniform(-tilt, tilt) for _ in range(2)] for _ in range(4)])
    seen = seen.astype(np.float32)
    turn = math.radians(chance.uniform(-level.turned, level.turned)) * 0.4
    middle = np.float32(0.5)
    cos, sin = np.float32(math.cos(turn)), np.float32(math.sin(turn))
    moved = seen - middle
    seen = np.stack(
        [moved[:, 0] * cos - moved[:, 1] * sin, moved[:, 0] * sin + moved[:, 1] * cos], 1
    )
    seen = (seen + middle) * np.array(out, np.float32)
    to_page = cv2.getPerspectiveTransform(
        seen.astype(np.float32), corners * np.array(size, np.float32)
    )
    gx, gy = np.meshgrid(
        np.arange(columns, dtype=np.float32) * 32, np.arange(rows, dtype=np.float32) * 32
    )
    grid = np.stack([gx, gy], -1).reshape(-1, 1, 2)
    back = cv2.perspectiveTransform(grid, to_page).reshape(rows, columns, 2).astype(np.float32)
    across, down = _bend((rows, columns), level.bent * chance.random(), chance, size)
    scale = np.float32(chance.uniform(*level.scaled))
    half = np.array(size, np.float32) / 2
    seen_at: NDArray[np.float32] = ((back - half) / scale + half).astype(np.float32)
    picture = _mapped(page, seen_at[..., 0] + across, seen_at[..., 1] + down, out, 110.0)
    light = np.ones((rows, columns), np.float32)
    u = np.linspace(0, 1, columns, dtype=np.float32)[None, :]
    v = np.linspace(0, 1, rows, dtype=np.float32)[:, None]
    light -= np.float32(chance.uniform(0, 0.35)) * np.abs(u - np.float32(chance.random()))
    light -= np.float32(chance.uniform(0, 0.35)) * np.abs(v - np.float32(chance.random()))
    if chance.random() < 0.5:
        did.append("shadow")
        edge = (u - chance.random()) * chance.choice((-1, 1)) + (v - chance.random())
        light *= 1 - np.float32(chance.uniform(0.15, 0.4)) / (1 + np.exp(-edge * 25))
    whole = cv2.resize(light, (columns * 32, rows * 32), interpolation=cv2.INTER_LINEAR)
    shade = np.asarray(whole[: out[1], : out[0]] * 200, np.uint8)
    return np.asarray(cv2.multiply(picture, shade, scale=1 / 200), np.uint8)


def _mapped(
    page: Picture,
    from_x: NDArray[np.float32],
    from_y: NDArray[np.float32],
    out: tuple[int, int],
    beyond: float,
) -> Picture:
    """The picture whose points come from these places of the page (mm, on a grid of 32 pixels)."""
    way = (np.stack([from_x, from_y], -1) * PX).astype(np.float32)
    whole = cv2.warpAffine(
        way,
        np.array([[1 / 32, 0, 0], [0, 1 / 32, 0]], np.float64),
        out,
        flags=cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP,
        borderMode=cv2.BORDER_REPLICATE,
    )
    shrunk = cv2.GaussianBlur(page, (0, 0), 0.6) if out[0] < 0.75 * page.shape[1] else page
    picture = cv2.remap(
        shrunk,
        whole,
        None,  # type: ignore[call-overload]
        cv2.INTER_LINEAR,
        borderMode=cv2.BORDER_CONSTANT,
        borderValue=beyond,
    )
    return np.asarray(picture, np.uint8)
