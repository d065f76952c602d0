"""Stretches of the number line, against whether the conditions hold."""

from decimal import Decimal
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.model import Condition
from generator.scoring.conditions import direction, holds, neighbours, region

NUMBERS = [Decimal(n) for n in range(6)]
SIMPLE = [
    Condition(**{word: number})
    for word in ("at_least", "more_than", "at_most", "less_than", "equals")
    for number in NUMBERS[1:5]
] + [Condition(between=[low, high]) for low, high in product(NUMBERS[1:5], repeat=2) if low <= high]
BETWEEN = [Decimal(n) / 2 for n in range(-1, 12)]
CONDITIONS = st.recursive(
    st.sampled_from([*SIMPLE, Condition(done=1), Condition(done=2)]),
    lambda inner: st.builds(
        lambda word, parts: Condition(**{word: parts}),
        st.sampled_from(["all", "any"]),
        st.lists(inner, min_size=1, max_size=3),
    ),
    max_leaves=6,
)


@pytest.mark.parametrize("pair", list(product(SIMPLE, SIMPLE))[::3], ids=lambda _: "")
def test_where_two_conditions_meet(pair: tuple[Condition, Condition]) -> None:
    both = Condition(all=list(pair))
    for value in BETWEEN:
        assert holds(both, value, None) == all(holds(one, value, None) for one in pair)
        assert holds(both, value, None) == _covers(both, value, None)


@given(CONDITIONS, st.sampled_from(BETWEEN), st.sets(st.sampled_from([1, 2])))
def test_a_region_is_where_the_condition_holds(
    condition: Condition, value: Decimal, done: set[int]
) -> None:
    assert holds(condition, value, done) == _covers(condition, value, done)


def _covers(condition: Condition, value: Decimal, done: set[int] | None) -> bool:
    """Whether a stretch of the condition's region takes the value in."""
    stretches = region(condition, done)
    return bool(stretches) and neighbours(value, [stretches]) is None


@given(CONDITIONS, st.sampled_from(BETWEEN), st.sets(st.sampled_from([1, 2])))
def test_what_is_not_reported_is_only_decided_where_it_does_not_matter(
    condition: Condition, value: Decimal, done: set[int]
) -> None:
    known = holds(condition, value, done)
    assert holds(condition, None, done) in (known, None)
    assert holds(condition, value, None) in (known, None)
    assert holds(condition, None, None) in (known, None)


def test_directions() -> None:
    def of(*conditions: Condition) -> int:
        return direction([region(one, None) for one in conditions])

    low, high = (Condition(between=[Decimal(a), Decimal(a + 1)]) for a in (1, 3))
    assert (of(low, high), of(high, low), of(low), of(low, low), of()) == (1, -1, 0, 0, 0)
    assert of(Condition(less_than=Decimal(1)), low, Condition(at_least=Decimal(9))) == 1
    assert of(Condition(more_than=Decimal(9)), low, Condition(at_most=Decimal(1))) == -1
    assert of(Condition(done=1), low, Condition(done=2), high) == 1
