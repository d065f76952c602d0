"""Exact numbers: rationals while they are worked with, rounded half-up once, when printed.

What was typed is a Decimal and keeps its noughts (``80.50``); what was worked out is a
Fraction. The two compare with each other exactly, and add up here.
"""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from fractions import Fraction
from math import isqrt

Exact = Decimal | Fraction
"""A number as typed, or as worked out."""


def add(numbers: Iterable[Exact]) -> Fraction:
    """The sum."""
    return sum((Fraction(number) for number in numbers), Fraction(0))


def whole_below(number: Exact) -> int:
    """The largest whole number that isn't above ``number``."""
    return int(Fraction(number) // 1)


def whole_above(number: Exact) -> int:
    """The least whole number that isn't below ``number``."""
    return -int(-Fraction(number) // 1)


def half_up(number: Exact, decimals: int) -> Decimal:
    """A number rounded half away from zero, as officials round; nought has no sign."""
    scaled = abs(Fraction(number)) * 10**decimals
    return _of_units((2 * scaled + 1) // 2, decimals, negative=number < 0)


def root_half_up(number: Exact, decimals: int) -> Decimal:
    """The square root of a number that isn't negative, rounded half-up."""
    doubled = isqrt(4 * Fraction(number) * 100**decimals // 1)
    return _of_units((doubled + 1) // 2, decimals)


def _of_units(units: int, decimals: int, *, negative: bool = False) -> Decimal:
    """So many units of the last decimal; built from digits, so that no context rounds it."""
    return Decimal((int(negative and units > 0), tuple(map(int, str(units))), -decimals))


def bare(number: Exact) -> str:
    """A number without needless noughts: ``82.5``, ``75``; cut off where it never ends."""
    if isinstance(number, Decimal):
        text = f"{number:f}"
        return text.rstrip("0").rstrip(".") if "." in text else text
    decimals = _decimals(number)
    sign = "-" if number < 0 else ""
    return sign + _cut(abs(number), 10 if decimals is None else decimals, grouped=False)


def shown(number: Exact, decimals: int = 6) -> str:
    """A number with thousands separated; what is longer is cut off, not rounded: ``73.039852…``."""
    if isinstance(number, Fraction):
        return ("−" if number < 0 else "") + _cut(abs(number), decimals, grouped=True)
    whole, _, rest = f"{number:f}".partition(".")
    sign, whole = ("−", whole[1:]) if whole.startswith("-") else ("", whole)
    text = f"{sign}{int(whole):,}"
    if len(rest) > decimals and rest[decimals:].strip("0"):
        return f"{text}.{rest[:decimals]}…"
    rest = rest[:decimals]
    return f"{text}.{rest}" if rest else text


def official(number: Exact, decimals: int = 2) -> str:
    """A figure as officials write it: as typed, or half-up with so many decimals (``86.87``)."""
    text = shown(number, decimals)
    return shown(half_up(number, decimals)) if text.endswith("…") else text


def in_full(number: Exact) -> str:
    """A number for machines: all its digits, or a fraction (``10/3``) where they never end."""
    if isinstance(number, Decimal):
        return f"{number:f}"
    return str(number) if _decimals(number) is None else bare(number)


def _cut(number: Fraction, decimals: int, *, grouped: bool) -> str:
    """A number that isn't negative, as far as so many decimals; ``…`` where more follow."""
    units, more = divmod(number.numerator * 10**decimals, number.denominator)
    whole, rest = divmod(units, 10**decimals)
    text = f"{whole:,}" if grouped else f"{whole}"
    after = str(rest).zfill(decimals) if decimals else ""
    if more:
        return f"{text}.{after}…" if after else f"{text}…"
    after = after.rstrip("0")
    return f"{text}.{after}" if after else text


def _decimals(number: Fraction) -> int | None:
    """How many decimals a number has; None where they never end."""
    left, powers = number.denominator, [0, 0]
    for index, prime in enumerate((2, 5)):
        while left % prime == 0:
            left //= prime
            powers[index] += 1
    return max(powers) if left == 1 else None
