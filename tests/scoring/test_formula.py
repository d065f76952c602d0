"""Arithmetic on named figures."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator import thai
from generator.documents.parts import equation
from generator.exact import half_up
from generator.scoring import formula, formula_text

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
        ("(" * 300 + "a", "300 opened, 0 closed"),
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
    with pytest.raises(
        formula.FormulaError, match=r"knows only|no arithmetic|plain numbers|has no sign"
    ):
        formula.value(expression, {"ก": Decimal(1), "ข": Decimal(1)})


SEVERAL = st.lists(NUMBERS, min_size=2, max_size=5)


@given(SEVERAL)
def test_functions_of_figures(values: list[Decimal]) -> None:
    """Least, most and mean are exact, and lie in their order; the size has no sign."""
    figures = {f"f{index}": value for index, value in enumerate(values)}
    inside = ", ".join(figures)
    exact = [Fraction(value) for value in values]
    least, mean, most = (
        formula.value(f"{name}({inside})", figures) for name in ("min", "mean", "max")
    )
    assert (least, most) == (min(exact), max(exact))
    assert mean * len(exact) == sum(exact)
    assert least <= mean <= most
    assert formula.value("abs(f0)", figures) == abs(exact[0]) == formula.value("abs(-f0)", figures)


def test_functions_in_words() -> None:
    figures = {"หัวหน้า": Decimal(72), "กรรมการ": Decimal("68.5"), "นอก": Decimal(-80)}
    for expression, words in (
        ("min(หัวหน้า, กรรมการ, นอก)", "ค่าต่ำสุดของ (72, 68.5 และ (−80))"),
        ("abs(หัวหน้า - กรรมการ) / หัวหน้า * 100", "|72 − 68.5| ÷ 72 × 100"),
        ("mean(max(หัวหน้า, กรรมการ), 50)", "ค่าเฉลี่ยของ (ค่าสูงสุดของ (72 และ 68.5) และ 50)"),
    ):
        assert formula_text.written(expression, figures) == words
    assert formula.names("mean(max(a, b), abs(c - mean))") == {"a", "b", "c", "mean"}
    assert formula_text.divisors("a / max(b, min)") == {"b", "min"}


@pytest.mark.parametrize(
    ("expression", "message"),
    [
        ("abs(a, a)", "abs takes one figure"),
        ("abs()", "abs takes one figure"),
        ("min(a)", "min takes several figures"),
        ("mean()", "mean takes several figures"),
        ("max(a, b=a)", "knows only"),
        ("min(*a, a)", "knows only"),
        ("sum(a, a)", "knows only"),
        ("round(a)", "knows only"),
        ("(abs)(a)(a)", "knows only"),
        ("max(a, 0 / 0)", "divides by zero"),
    ],
)
def test_functions_misused(expression: str, message: str) -> None:
    with pytest.raises(formula.FormulaError, match=message):
        formula.value(expression, {"a": Decimal(1)})


def test_functions_on_the_sheet() -> None:
    terms = equation.of_formula("abs(a - b) / max(a, b) * 100", {"a": "แผน", "b": "ผล"})
    assert [(term.text, term.under) for term in terms] == [
        ("|แผน − ผล|", "ค่าสูงสุดของ (แผน และ ผล)"),
        (" × 100", ""),
    ]


@pytest.mark.parametrize(
    ("expression", "said"),
    [
        ("(a + b", "brackets of the formula: 1 opened, 0 closed"),
        ("a × b", "a formula has no sign '×': write *"),
        ("a x b", "a formula has no sign 'x': write *"),
        ("a ÷ b", "a formula has no sign '÷': write /"),
        ("a – b", "a formula has no sign '–': write -"),
        ("a %", "a formula has no sign '%': write / 100"),
    ],
)
def test_a_usual_slip_is_told(expression: str, said: str) -> None:
    with pytest.raises(formula.FormulaError) as caught:
        formula.parse(expression)
    assert str(caught.value).startswith(said)
