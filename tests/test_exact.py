"""Numbers: exact while they are worked with, half-up once, against whole numbers alone."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.exact import (
    Exact,
    add,
    bare,
    half_up,
    in_full,
    root_half_up,
    shown,
    whole_above,
    whole_below,
)

WHOLE = st.integers(-(10**40), 10**40)
DIVISORS = st.integers(1, 10**25)
PLACES = st.integers(0, 12)


def whole_half_up(over: int, under: int, decimals: int) -> int:
    """So many units of the last decimal, half away from nought, in whole numbers alone."""
    units, left = divmod(abs(over) * 10**decimals, under)
    units += 2 * left >= under
    return int(-units if over < 0 else units)


@pytest.mark.parametrize(
    ("number", "decimals", "expected"),
    [
        (Decimal("2292.5"), 0, "2293"),
        (Decimal("-2.5"), 0, "-3"),
        (Decimal("74.995"), 2, "75.00"),
        (Decimal("74.9949999"), 2, "74.99"),
        (Decimal(5), 4, "5.0000"),
        (Fraction(81075, 100000), 4, "0.8108"),
        (Fraction(-1, 1000), 2, "0.00"),
        (Fraction(2, 3), 4, "0.6667"),
    ],
)
def test_half_up(number: Exact, decimals: int, expected: str) -> None:
    assert str(half_up(number, decimals)) == expected


@given(WHOLE, DIVISORS, PLACES)
def test_half_up_against_whole_numbers(over: int, under: int, decimals: int) -> None:
    units = whole_half_up(over, under, decimals)
    found = half_up(Fraction(over, under), decimals).as_tuple()
    assert found.exponent == -decimals
    assert int("".join(map(str, found.digits))) * (-1) ** found.sign == units


@given(st.integers(0, 10**30), DIVISORS, PLACES)
def test_roots_against_whole_numbers(over: int, under: int, decimals: int) -> None:
    """units - ½ ≤ root × 10^decimals < units + ½, squared."""
    found = root_half_up(Fraction(over, under), decimals)
    units = int("".join(map(str, found.as_tuple().digits)))
    square = 4 * over * 100**decimals
    assert units == 0 or (2 * units - 1) ** 2 * under <= square
    assert square < (2 * units + 1) ** 2 * under


@given(st.lists(st.tuples(WHOLE, DIVISORS), max_size=6), st.integers(-(10**9), 10**9))
def test_sums_of_typed_and_worked_out_numbers(pairs: list[tuple[int, int]], cents: int) -> None:
    typed = Decimal(cents).scaleb(-2)
    under = 100
    for _, divisor in pairs:
        under *= divisor
    over = sum(a * (under // b) for a, b in pairs) + cents * (under // 100)
    found = add([typed, *(Fraction(a, b) for a, b in pairs)])
    assert found.numerator * under == over * found.denominator


@given(WHOLE, DIVISORS)
def test_what_is_too_long_is_cut_and_never_rounded(over: int, under: int) -> None:
    text = shown(Fraction(over, under))
    digits = text.replace(",", "").replace("−", "-").removesuffix("…")
    left = abs(Fraction(over, under)) - abs(Fraction(digits))
    assert 0 <= left < Fraction(1, 10**6)
    assert text.endswith("…") == (left != 0)


@given(WHOLE, DIVISORS)
def test_machines_get_the_number_itself(over: int, under: int) -> None:
    assert Fraction(in_full(Fraction(over, under))) == Fraction(over, under)


@pytest.mark.parametrize(
    ("number", "for_people", "for_machines", "plain"),
    [
        (Decimal("80.50"), "80.50", "80.50", "80.5"),
        (Fraction(161, 2), "80.5", "80.5", "80.5"),
        (Fraction(10, 3), "3.333333…", "10/3", "3.3333333333…"),
        (Fraction(-12345678, 1), "−12,345,678", "-12345678", "-12345678"),
        (Fraction(3243, 1000), "3.243", "3.243", "3.243"),
        (Fraction(1, 3 * 10**9), "0.000000…", "1/3000000000", "0.0000000003…"),
    ],
)
def test_how_numbers_are_written(
    number: Exact, for_people: str, for_machines: str, plain: str
) -> None:
    assert (shown(number), in_full(number), bare(number)) == (for_people, for_machines, plain)


@given(st.fractions())
def test_whole_numbers_below_and_above(number: Fraction) -> None:
    below, above = whole_below(number), whole_above(number)
    assert below <= number <= above
    assert number - below < 1
    assert above - number < 1
