"""How much of everything: clean, office, hard, phone."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Level:
    """What people and machines do to a sheet; shares and probabilities from 0 to 1.

    ``habits``: weights of ticks, crosses, filled boxes, circles. ``size``: of a mark, in widths of
    a box; ``off``: how far it lies from the middle. ``pencil``: how dark pencils are.
    """

    name: str
    habits: tuple[float, float, float, float]
    size: tuple[float, float]
    off: float
    pencils: float
    pencil: tuple[float, float]
    skipped: float
    changes: float
    corrections: float
    ghosts: float
    written: float
    lines: float
    dpi: tuple[int, ...]
    modes: tuple[str, ...]
    turned: float
    """Degrees, at most."""
    scaled: tuple[float, float]
    bent: float
    """Millimetres by which paper lies elsewhere, at most."""
    blur: tuple[float, float]
    noise: float
    jpeg: tuple[int, int]
    dirt: float
    holes: float
    cut: float
    """How often a corner's mark is cut off or covered."""
    no_code: float
    streaks: float
    pale: tuple[float, float]
    """How dark print is."""


CLEAN = Level(
    "clean",
    habits=(0.7, 0.25, 0.05, 0.0),
    size=(0.75, 1.15),
    off=0.08,
    pencils=0.0,
    pencil=(0.6, 0.8),
    skipped=0.02,
    changes=0.0,
    corrections=0.002,
    ghosts=0.0,
    written=0.4,
    lines=0.0,
    dpi=(200, 200, 300),
    modes=("grey", "colour", "bilevel"),
    turned=0.5,
    scaled=(0.99, 1.01),
    bent=0.2,
    blur=(0.3, 0.6),
    noise=2.0,
    jpeg=(85, 95),
    dirt=0.05,
    holes=0.0,
    cut=0.0,
    no_code=0.0,
    streaks=0.0,
    pale=(0.92, 1.0),
)
OFFICE = Level(
    "office",
    habits=(0.62, 0.2, 0.1, 0.08),
    size=(0.65, 1.5),
    off=0.14,
    pencils=0.2,
    pencil=(0.45, 0.75),
    skipped=0.04,
    changes=0.01,
    corrections=0.006,
    ghosts=0.03,
    written=0.4,
    lines=0.01,
    dpi=(150, 200, 200, 300),
    modes=("grey", "colour", "bilevel"),
    turned=2.0,
    scaled=(0.94, 1.03),
    bent=0.7,
    blur=(0.4, 0.9),
    noise=5.0,
    jpeg=(55, 85),
    dirt=0.3,
    holes=0.4,
    cut=0.03,
    no_code=0.01,
    streaks=0.03,
    pale=(0.75, 1.0),
)
HARD = Level(
    "hard",
    habits=(0.5, 0.2, 0.15, 0.15),
    size=(0.6, 1.9),
    off=0.18,
    pencils=0.4,
    pencil=(0.35, 0.6),
    skipped=0.06,
    changes=0.03,
    corrections=0.02,
    ghosts=0.1,
    written=0.5,
    lines=0.1,
    dpi=(150, 150, 200, 200, 200, 300, 300, 600),
    modes=("grey", "colour", "bilevel"),
    turned=5.0,
    scaled=(0.94, 1.03),
    bent=1.5,
    blur=(0.5, 1.2),
    noise=9.0,
    jpeg=(35, 70),
    dirt=1.0,
    holes=0.6,
    cut=0.12,
    no_code=0.05,
    streaks=0.15,
    pale=(0.6, 1.0),
)
PHONE = Level(
    "phone",
    habits=(0.6, 0.2, 0.1, 0.1),
    size=(0.65, 1.5),
    off=0.14,
    pencils=0.2,
    pencil=(0.45, 0.75),
    skipped=0.04,
    changes=0.01,
    corrections=0.006,
    ghosts=0.03,
    written=0.4,
    lines=0.01,
    dpi=(170, 200, 250),
    modes=("photo",),
    turned=8.0,
    scaled=(0.96, 1.02),
    bent=2.0,
    blur=(0.6, 1.3),
    noise=6.0,
    jpeg=(60, 85),
    dirt=0.2,
    holes=0.2,
    cut=0.02,
    no_code=0.01,
    streaks=0.0,
    pale=(0.75, 1.0),
)
LEVELS = {level.name: level for level in (CLEAN, OFFICE, HARD, PHONE)}
