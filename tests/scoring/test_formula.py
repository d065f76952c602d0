"""Arithmetic on named figures."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator import thai
from generator.exact import half_up
from generator.scoring import formula

NUMBERS = st.decimals(min_value=-(10**6), max_value=10**6, places=4)


@pytest.mark.parametrize(
    ("expression", "expected"),
    [
        ("registered / target * 100", "73.0399"),
        ("(a - 1) / 2", "1.5"),
        ("-a + 0.1 + 0.2", "-3.7"),
        ("base * 1.35 * 50 / 100", "7318.35"),
    ],
)
def test_exact_values(expression: str, expected: str) -> None:
    figures = {
        "registered": Decimal(406561),
        "target": Decimal(556629),
        "a": Decimal(4),
        "base": Decimal(10842),
    }
    found = formula.value(expression, figures)
    assert half_up(found, 4) == Decimal(expected)


@given(NUMBERS, NUMBERS)
def test_it_agrees_with_decimal(a: Decimal, b: Decimal) -> None:
    figures = {"a": a, "b": b}
    assert formula.value("a * 3 + b - 0.25", figures) == a * 3 + b - Decimal("0.25")
    if b:
        assert formula.value("a / b", figures) * Fraction(b) == Fraction(a)


@pytest.mark.parametrize(
    ("expression", "message"),
    [
        ("9**9**9", "knows only"),
        ("10 ** 1000000", "knows only"),
        ("__import__('os').system('true')", "knows only"),
        ("a.real", "knows only"),
        ("[a][0]", "knows only"),
        ("a if a else 1", "knows only"),
        ("lambda: 1", "knows only"),
        ("a and a", "knows only"),
        ("a % 2", "knows only"),
        ("'x'", "plain numbers"),
        ("1e400", "plain numbers"),
        ("0x10", "plain numbers"),
        ("1_000", "plain numbers"),
        ("True", "plain numbers"),
        ("a +", "no arithmetic"),
        ("", "no arithmetic"),
        ("a = 1", "no arithmetic"),
        ("(" * 300 + "a", "no arithmetic"),
        ("1 + " * 200 + "1", "longer than"),
        ("a / 0", "divides by zero"),
        ("0 / 0", "divides by zero"),
        ("a / (a - a)", "divides by zero"),
        ("b", "'b' is not defined"),
        ("99999999999999999999 * 99999999999999999999", "impossibly large"),
        ("1" + " / 99999999999999999999" * 6, "impossibly many digits"),
    ],
)
def test_what_is_no_plain_arithmetic_is_refused(expression: str, message: str) -> None:
    with pytest.raises(formula.FormulaError, match=message):
        formula.value(expression, {"a": Decimal(1)})


def test_names() -> None:
    assert formula.names("(seu - aeu) / seu * 100") == {"seu", "aeu"}


@pytest.mark.parametrize(
    ("expression", "key"),
    [
        ("จำนวน * 2", "จำนวน"),
        ("จ\u0e4d\u0e32นวน * 2", "จำนวน"),
        ("จำนวน\u200b * 2", "จำนวน"),
        ("เเผน*2", "แผน"),
        ("ผู้ที่ได้รับสิทธิ์ * ๒", "ผู้ที่ได้รับสิทธิ์"),
        ("(ก๑ - 0)\u00a0* 2", "ก1"),
        ("6เดือน * 2", "6เดือน"),
        ("n_น้ำ * 2", "n_น้ำ"),
        ("ฯพณฯ * 2", "ฯพณฯ"),
        ("เพราะๆ\n * 2", "เพราะๆ"),
        ("é * 2", "é"),
    ],
)
def test_a_name_is_any_word(expression: str, key: str) -> None:
    assert formula.names(expression) == {key}
    assert formula.value(expression, {key: Decimal(21)}) == 42
    tree = formula.parse(expression)
    assert formula.written(expression, tree).replace(" ", "").endswith("*2")


@given(st.lists(st.text(st.sampled_from("กขจำนวนแผู้ที่์ๆฯ๑1aé_"), min_size=1), min_size=2, max_size=2))
def test_names_that_python_would_change_stay(words: list[str]) -> None:
    one, other = (thai.folded(f"ก{word}") for word in words)
    figures = {one: Decimal(7), other: Decimal(7)}
    assert formula.names(f"{one} + {other} * 2") == {one, other}
    assert formula.value(f"{one} + {other} * 2", figures) == 21


@pytest.mark.parametrize(
    "expression", ["ก.ข", "ก[ข]", "ก ข", "ก×ข", "'ก'", "ก**2", "ก(1)", "1.5คน"]
)
def test_thai_words_open_no_door(expression: str) -> None:
    with pytest.raises(formula.FormulaError, match=r"knows only|no arithmetic|plain numbers"):
        formula.value(expression, {"ก": Decimal(1), "ข": Decimal(1)})
