"""``make scans``: thousands of sheets, filled in, scanned and read; the figures of docs/scans.md.

A round fills in every survey in every form once a level; at hard and phone, where less is claimed,
every fourth round does. What came of a side is a line in a file,
so a run can be ended and gone on with: ``scans.py ROUNDS FILE`` makes the rounds that it lacks,
``scans.py 0 FILE`` only writes the figures anew.
"""

from __future__ import annotations

import json
import sys
from itertools import product
from pathlib import Path
from random import Random

from support.scanned import figures, forms, measuring
from support.scanned.levels import LEVELS

SELDOM = 4
"""Of how many rounds one has all levels."""

ROOT = Path(__file__).parents[1]


def make(rounds: int, kept: Path) -> None:
    """The rounds that aren't there yet, in an order by chance, so that any part is a sample."""
    there = set()
    if kept.exists():
        for line in kept.read_text("utf-8").splitlines():
            about = json.loads(line)
            there.add((about["seed"], about["level"], *about["key"]))
    for number in range(rounds):
        levels = LEVELS if number % SELDOM == 0 else ("clean", "office")
        every = list(product(forms.EVERY, forms.LAYOUTS, levels))
        Random(number).shuffle(every)
        for survey, layout, level in every:
            seed = str(number)
            if (seed, level, survey, layout) in there:
                continue
            lines = []
            for side, picture, truth in measuring.copy(seed, level, survey, layout):
                found = measuring.read(side, picture, truth)
                lines.append(
                    json.dumps({**measuring.as_json(found), "seed": seed}, ensure_ascii=False)
                )
            with kept.open("a", encoding="utf-8") as out:
                out.write("".join(f"{line}\n" for line in lines))


def main() -> None:
    rounds, kept = int(sys.argv[1]), Path(sys.argv[2])
    make(rounds, kept)
    figures.write(kept, ROOT / "docs" / "scans.md", ROOT / "docs" / "scans.svg")


if __name__ == "__main__":
    main()
