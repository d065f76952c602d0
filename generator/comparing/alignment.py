"""Which parts of two sequences belong together: what is equal first, then what is alike."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Hashable, Iterator, Sequence
from difflib import SequenceMatcher
from itertools import groupby
from typing import TypeVar

from ..typesetting import breaks

T = TypeVar("T")
Pair = tuple[int | None, int | None]
"""The places of two parts that belong together; None where one side has none."""

_WORD = re.compile(
    r"[0-9\u0e50-\u0e59]+(?:[.,/][0-9\u0e50-\u0e59]+)*|[A-Za-z]+"
    r"|(?P<thai>[\u0e01-\u0e3a\u0e40-\u0e4e]+)|\s+|.",
    re.DOTALL,
)
_MOST = 40_000
"""So many pairs of what is alike are looked at; in longer stretches place alone decides."""


def words(text: str) -> list[str]:
    """A text cut into words, figures, signs and spaces; Thai words as libthai finds them."""
    found: list[str] = []
    for match in _WORD.finditer(text):
        piece = match.group()
        if match["thai"]:
            found += breaks.thai_words(piece)
        else:
            found.append(piece)
    return found


def likeness(one: Counter[str], other: Counter[str]) -> float:
    """The share of words that two texts have in common, from 0 to 1; 1 for two empty ones."""
    total = one.total() + other.total()
    return 2 * (one & other).total() / total if total else 1.0


def bag(text: str) -> Counter[str]:
    """How often a text has each of its words."""
    return Counter(word for word in words(text) if not word.isspace())


def aligned(
    old: Sequence[T],
    new: Sequence[T],
    key: Callable[[T], Hashable],
    like: Callable[[T, T], float],
    least: float = 0.35,
) -> list[Pair]:
    """Both sequences in one order, each part beside the one it belongs to.

    What has an equal ``key`` belongs together; between these what is most alike, where ``like``
    says at least ``least``. What is gone stands before what came in its place.
    """
    pairs: list[Pair] = []
    matcher = SequenceMatcher(None, [key(o) for o in old], [key(n) for n in new], autojunk=False)
    for word, one, two, three, four in matcher.get_opcodes():
        if word == "equal":
            pairs += zip(range(one, two), range(three, four), strict=True)
        else:
            pairs += _between(old, new, (one, two), (three, four), like, least)
    return pairs


def _between(
    old: Sequence[T],
    new: Sequence[T],
    mine: tuple[int, int],
    yours: tuple[int, int],
    like: Callable[[T, T], float],
    least: float,
) -> list[Pair]:
    olds, news = range(*mine), range(*yours)
    if not olds or not news:
        return [*((o, None) for o in olds), *((None, n) for n in news)]
    if len(olds) * len(news) > _MOST:
        return _in_place(old, new, olds, news, like, least)
    scores = [[like(old[o], new[n]) for n in news] for o in olds]
    best = [[0.0] * (len(news) + 1) for _ in range(len(olds) + 1)]
    for o in reversed(range(len(olds))):
        for n in reversed(range(len(news))):
            score = scores[o][n]
            with_pair = best[o + 1][n + 1] + score if score >= least else -1.0
            best[o][n] = max(with_pair, best[o + 1][n], best[o][n + 1])
    found: list[Pair] = []
    o = n = 0
    while o < len(olds) and n < len(news):
        score = scores[o][n]
        if score >= least and best[o][n] == best[o + 1][n + 1] + score:
            found.append((olds[o], news[n]))
            o, n = o + 1, n + 1
        elif best[o][n] == best[o + 1][n]:
            found.append((olds[o], None))
            o += 1
        else:
            found.append((None, news[n]))
            n += 1
    rest: list[Pair] = [*((olds[i], None) for i in range(o, len(olds)))]
    return _sorted([*found, *rest, *((None, news[i]) for i in range(n, len(news)))])


def _in_place(
    old: Sequence[T],
    new: Sequence[T],
    olds: range,
    news: range,
    like: Callable[[T, T], float],
    least: float,
) -> list[Pair]:
    found: list[Pair] = []
    for o, n in zip(olds, news, strict=False):
        if like(old[o], new[n]) >= least:
            found.append((o, n))
        else:
            found += [(o, None), (None, n)]
    both = min(len(olds), len(news))
    found += [(o, None) for o in olds[both:]]
    return _sorted([*found, *((None, n) for n in news[both:])])


def runs(pairs: Sequence[Pair]) -> Iterator[tuple[list[Pair], list[tuple[int, int]]]]:
    """The pairs in stretches: those that stay, and what is gone or new between two of them.

    Where as many are gone as are new, each is beside the one that may be it, changed.
    """
    for stays, stretch in groupby(pairs, lambda pair: None not in pair):
        run = list(stretch)
        gone = [old for old, _ in run if old is not None]
        came = [new for _, new in run if new is not None]
        changed = not stays and len(gone) == len(came)
        yield run, [*zip(gone, came, strict=True)] if changed else []


def _sorted(pairs: list[Pair]) -> list[Pair]:
    """Between two pairs: all that is gone, then all that is new."""
    found: list[Pair] = []
    waiting: list[Pair] = []
    for pair in pairs:
        if pair[0] is not None and pair[1] is None:
            found.append(pair)
        elif pair[0] is None:
            waiting.append(pair)
        else:
            found += [*waiting, pair]
            waiting = []
    return found + waiting
