"""Target setting: the manual's own figures, and what is no case of it."""

from decimal import Decimal
from itertools import pairwise

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from generator.cli import cli
from generator.errors import UsageError
from generator.scoring.targets import PLAN, around, as_yaml, six_months
from support.sources import corrected_lines, normal

NUMBERS = st.decimals(min_value=-10_000, max_value=10_000, places=2)


def test_the_levels_of_bcg_are_the_printed_ones() -> None:
    values = around(Decimal("53.19"), Decimal(5))
    assert [str(value) for value in values] == ["43.19", "48.19", "53.19", "58.19", "63.19"]
    printed = normal("".join(corrected_lines("004", 1038, 1084).values()))
    assert all(str(value) in printed for value in values)


@given(NUMBERS, NUMBERS.filter(bool), st.sampled_from([1, 3, 5, 7]))
def test_the_baseline_is_in_the_middle_and_steps_are_equal(
    baseline: Decimal, step: Decimal, levels: int
) -> None:
    values = around(baseline, step, levels)
    assert len(values) == levels
    assert values[levels // 2] == baseline
    assert {high - low for low, high in pairwise(values)} <= {step}


@pytest.mark.parametrize(("step", "levels"), [(0, 5), (1, 4), (1, 0)])
def test_what_has_no_middle_or_no_step_is_refused(step: int, levels: int) -> None:
    with pytest.raises(UsageError, match="must"):
        around(Decimal(50), Decimal(step), levels)


def test_the_three_cases_of_six_months() -> None:
    assert six_months("quantity", "quantity", Decimal(1_200_000)) == "600,000"
    assert six_months("quantity", "steps") == PLAN
    assert six_months("steps", "steps") == PLAN
    printed = corrected_lines("004", 120, 124)
    assert "1,200,000" in printed[120]
    assert "600,000" in printed[120]
    assert all(
        normal("กำหนดเป้าหมาย 6 เดือนว่าจะดำเนินการถึงขั้นตอนใด") in normal(printed[n]) for n in (122, 124)
    )


def test_what_is_no_case_is_refused() -> None:
    with pytest.raises(UsageError, match="no case"):
        six_months("steps", "quantity", Decimal(1))
    with pytest.raises(UsageError, match="half of what"):
        six_months("quantity", "quantity")


def test_levels_are_written_for_an_indicators_file() -> None:
    lines = as_yaml(around(Decimal("53.19"), Decimal(5)), "ร้อยละ").split("\n")
    assert lines[2] == "3: {text: ร้อยละ 53.19, value: 53.19}"


def test_the_commands() -> None:
    run = CliRunner().invoke
    assert "1: {text: 43.19, value: 43.19}" in run(cli, ["targets", "around", "๕๓.๑๙", "5"]).output
    asked = ["targets", "six-months", "--year", "quantity", "--half", "quantity"]
    assert run(cli, [*asked, "--target", "1,200,000"]).output == "600,000\n"
    for wrong in ("มาก", "1e999", "nan"):
        assert isinstance(run(cli, ["targets", "around", wrong, "5"]).exception, UsageError)
    assert isinstance(run(cli, asked).exception, UsageError)
