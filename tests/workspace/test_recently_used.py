"""What is kept never passes its bound, is what was put, and what wasn't asked for longest goes."""

import threading
from collections.abc import Iterable

from hypothesis import given
from hypothesis import strategies as st

from generator.workspace.recently_used import RecentlyUsed

KEYS = st.integers(0, 6)
STEPS = st.lists(st.one_of(KEYS, st.tuples(KEYS, st.integers(1, 12))), max_size=60)


def model(steps: Iterable[int | tuple[int, int]], most: int) -> list[tuple[int, int]]:
    """The same by lists: what is kept, in the order in which it was asked for."""
    kept: list[tuple[int, int]] = []
    for step in steps:
        key = step if isinstance(step, int) else step[0]
        mine = [pair for pair in kept if pair[0] == key]
        kept = [pair for pair in kept if pair[0] != key]
        if isinstance(step, int):
            kept += mine
        else:
            kept.append(step)
        while sum(value for _, value in kept) > most and len(kept) > 1:
            del kept[0]
    return kept


@given(STEPS, st.integers(1, 20))
def test_as_lists_have_it(steps: list[int | tuple[int, int]], most: int) -> None:
    found = RecentlyUsed[int, int](most, int)
    for step in steps:
        if isinstance(step, int):
            found.get(step)
        else:
            found.put(*step)
    kept = dict(model(steps, most))
    assert found.size == sum(kept.values())
    assert found.size <= most or len(kept) == 1, "one that is too large stands alone"
    assert len(found) == len(kept)
    assert found.items() == model(steps, most)
    assert [key for key in range(7) if key in found] == sorted(kept)


def test_what_was_not_asked_for_longest_goes_first() -> None:
    found = RecentlyUsed[str, str](3)
    for key in "กขค":
        found.put(key, key)
    assert found.get("ก") == "ก"
    assert "ข" in found, "a look at whether it is there doesn't ask for it"
    found.put("ง", "ง")
    assert [key for key in "กขคง" if key in found] == ["ก", "ค", "ง"]


def test_what_is_taken_is_no_longer_there() -> None:
    found = RecentlyUsed[int, int](9, int)
    found.put(1, 4)
    assert (found.take(1), found.take(1), found.size) == (4, None, 0)


def test_cleared() -> None:
    found = RecentlyUsed[int, int](3)
    found.put(1, 1)
    found.clear()
    assert (found.get(1), found.size, len(found)) == (None, 0, 0)


def test_many_threads() -> None:
    found = RecentlyUsed[int, int](40, int)

    def work(start: int) -> None:
        for turn in range(2000):
            key = (start * 7 + turn) % 23
            found.put(key, key % 9 + 1)
            assert found.get((key + 1) % 23) in (None, (key + 1) % 23 % 9 + 1)

    threads = [threading.Thread(target=work, args=(start,)) for start in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found.size == sum(found.get(key) or 0 for key in range(23)) <= 40
