"""Levels as Word has them → criteria: conditions where words state one, else the words."""

from __future__ import annotations

import re
from collections.abc import Iterable
from collections.abc import Mapping as AnyMapping
from decimal import Decimal
from itertools import pairwise

from ...exact import bare
from ...messages import Message, message
from ...model.criteria import NOT_EARNED
from ...scoring import level_words
from .kept import Mapping, Typed
from .words import figure, is_dotted

_OPEN = re.compile(r"^(?:ร้อยละ|ระดับ)?\s*[.…_]{2,}\s*(?:คะแนน|%)?$")
_BOTH = re.compile(r"และ|พร้อมทั้ง|รวมทั้ง|โดยมี|หรือ(?!มากกว่า|น้อยกว่า|สูงกว่า|ต่ำกว่า|เท่ากับ)")


def state(text: str) -> str:
    """Whether a level is ``defined``, ``not earned`` or ``open``."""
    if text.strip() in ("-", "–", "—", NOT_EARNED):
        return "not earned"
    return "open" if is_dotted(text) or _OPEN.match(text.strip()) else "defined"


def are_open(levels: AnyMapping[str, Typed]) -> bool:
    """Whether no level says anything yet."""
    return all(str(text).strip() in ("...", "…") or is_dotted(text) for text in levels.values())


def criteria(levels: AnyMapping[str, Mapping]) -> Mapping:
    """The criteria of some levels, each with its text; what is guessed is noted beside it.

    Where every level states a condition it is a ladder; mere figures are points, and steps in
    words milestones: both are said to be guesses.
    """
    made = Mapping(levels=Mapping(levels))
    defined = {key: one for key, one in levels.items() if state(one["text"]) == "defined"}
    for one in levels.values():
        if state(one["text"]) == "not earned":
            one["text"] = _as(one["text"], NOT_EARNED)
    if not defined:
        return made
    sure = {key: found for key, one in defined.items() if (found := stated(one["text"]))}
    numbers = {key: given for key, one in defined.items() if (given := figure(one["text"]))}
    if len(sure) == len(defined):
        for key, (name, value) in sure.items():
            defined[key][name] = value
        made = Mapping(read=Typed("ladder"), levels=made["levels"])
        if _leaves_gaps(sure.values()):
            made = Mapping(read=Typed("ladder"), decimals=Typed("none"), levels=made["levels"])
            made.guess("decimals", message("import-bands-leave-gaps"))
        return made
    if _ends_open(defined, numbers, sure):
        (last,) = defined.keys() - numbers.keys()
        numbers[last] = str(sure[last][1])
    if len(numbers) == len(defined):
        for key, number in numbers.items():
            if re.search(r"[^\d.,\s]", str(defined[key]["text"])):
                defined[key]["value"] = Typed(number, bare=True)
        made = Mapping(read=Typed("points"), levels=made["levels"])
        made.guess("read", message("import-points-guessed"))
        return made
    for key, (name, value) in sure.items():
        defined[key][name] = value
    if not any(level_words.read(one["text"]) for one in defined.values()):
        for key, one in defined.items():
            one["done"] = Typed(key, bare=True)
        made = Mapping(read=Typed("ladder"), levels=made["levels"])
        made.guess("read", message("import-steps-guessed"))
        return made
    made.guess("levels", _unsure(defined, sure))
    return made


def _ends_open(
    defined: AnyMapping[str, Mapping],
    numbers: AnyMapping[str, str],
    sure: AnyMapping[str, tuple[str, Typed | list[Typed]]],
) -> bool:
    """Whether figures go one way and the last level says "and beyond": 2, 4, ``6 ขึ้นไป``."""
    *keys, last = defined
    name, value = sure.get(last, ("", ""))
    if len(keys) < 2 or [*numbers] != keys or name not in ("at_least", "at_most"):
        return False
    figures = [Decimal(number) for number in (*numbers.values(), str(value))]
    steps = [after - before for before, after in pairwise(figures)]
    return all(step > 0 if name == "at_least" else step < 0 for step in steps)


def _leaves_gaps(conditions: Iterable[tuple[str, Typed | list[Typed]]]) -> bool:
    """Whether bands of figures with fewer than two decimals leave room between them."""
    bands = [value for name, value in conditions if name == "between" and isinstance(value, list)]
    return bool(bands) and all(len(end.partition(".")[2]) < 2 for band in bands for end in band)


def _as(text: Typed, words: str) -> Typed:
    made = Typed(words)
    made.sources = text.sources
    return made


def _unsure(defined: AnyMapping[str, Mapping], sure: AnyMapping[str, object]) -> Message:
    """What the levels may mean that state no condition."""
    guesses = []
    for key, one in defined.items():
        if key in sure:
            continue
        said = [figure_ for found in level_words.read(one["text"]) for figure_ in found.figures]
        guesses.append(f"{key}: {' / '.join(bare(value) for value in said) if said else 'done'}")
    return message("import-levels-unsure", guesses=", ".join(guesses))


def stated(text: str) -> tuple[str, Typed | list[Typed]] | None:
    """The one condition that words state for sure, as its key and value; else None."""
    found = level_words.read(text)
    if len(found) != 1 or found[0].condition is None:
        return None
    if "\n" in text.strip() or (_BOTH.search(text) and not found[0].whole):
        return None
    said = found[0].condition
    for name in ("at_least", "more_than", "at_most", "less_than", "equals"):
        value = getattr(said, name)
        if value is not None:
            return name, Typed(bare(value), bare=True)
    if said.between is not None:
        return "between", [Typed(bare(value), bare=True) for value in said.between]
    return None
