"""What people do that is no mark in a box: it is read, or a person is asked; never passed over."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace
from itertools import product
from random import Random

import numpy as np
import pytest

from generator.scanning import reading, working
from generator.scanning.answering import Answered
from support.scanned import effects, filling, measuring, odd
from support.scanned.forms import Layout
from support.scanned.levels import OFFICE
from support.scanned.odd import Odd
from support.scanned.strokes import Place, Sheet

GREY = replace(OFFICE, modes=("grey",), cut=0.0, no_code=0.0, ghosts=0.0, lines=0.0)
MANY: frozenset[str] = frozenset()
CASES: tuple[tuple[str, Layout], ...] = (("visitors", ""), ("visitors", "booklet"))


def _read(
    survey: str, layout: Layout, kinds: tuple[str, ...], seed: str
) -> dict[str, tuple[str, Answered]]:
    """Kind by kind: what was meant, and how it is read. A question has each, others have ticks."""
    of, chance = measuring.form(survey, layout), Random(seed)
    sheets = [Sheet(side, chance) for side in of.sides]
    boxes = defaultdict(list)
    for box in of.map["boxes"]:
        boxes[box["item"]].append(box)
    several = [item for item, found in boxes.items() if of.columns[item].kind != "many"]
    chosen = chance.sample(several, len(kinds))
    meant: dict[str, str] = {}
    for item in several:
        first, *others = chance.sample(boxes[item], len(boxes[item]))
        meant[item] = first["option"]
        places = [filling.place_of(box) for box in (first, *others)]
        words = [
            filling.words_of(of, box) or Place(place.left + place.width + 0.8, place.top, 4, 4.8)
            for box, place in zip((first, *others), places, strict=True)
        ]
        here = Odd(
            sheets[first["side"] - 1],
            chance,
            places[0],
            words[0],
            tuple(zip(places[1:], words[1:], strict=True)),
        )
        if item in chosen:
            odd.EVERY[kinds[chosen.index(item)]](here)
        else:
            here.tick(here.box.centre, here.box.width)
    found: dict[str, Answered] = {}
    for number, sheet in enumerate(sheets, start=1):
        page = next(page for page in of.map["pages"] if page["side"] == number)
        marks = [(mark["left"] + 2.5, mark["top"] + 2.5) for mark in page["marks"]]
        side = np.clip(sheet.page, 0, 255).astype(np.uint8)
        scan = effects.scanned(side, GREY, chance, marks, [0, 0, 1])
        for one in reading.read(scan.picture, measuring.prints(CASES)).pages:
            found |= {item: answer for item, _, answer in working.answers(one, MANY)}
    for item in several:
        # What is drawn on a question may reach into the next one.
        assert found[item].doubt or found[item].options == (meant[item],) or item in chosen, item
    return {kind: (meant[item], found[item]) for kind, item in zip(kinds, chosen, strict=True)}


def _few(kinds: Iterable[str], count: int) -> list[tuple[str, ...]]:
    every = tuple(kinds)
    return [every[index : index + count] for index in range(0, len(every), count)]


SHEETS = list(product(CASES, (*_few((*odd.READ, *odd.EITHER), 3), *_few(odd.ASKED, 4))))


@pytest.mark.parametrize(("case", "kinds"), SHEETS)
def test_what_is_no_mark_in_a_box(case: tuple[str, Layout], kinds: tuple[str, ...]) -> None:
    for kind, (meant, answer) in _read(*case, kinds, "odd").items():
        if kind in odd.READ:
            assert answer == Answered((meant,)), kind
        elif kind in odd.EITHER:
            assert answer.doubt or answer.options == (meant,), kind
        else:
            assert answer.doubt, kind
