"""Which parts of two sequences belong together."""

import random

from generator.comparing.alignment import aligned, bag, likeness, words


def by_words(one: str, other: str) -> float:
    return likeness(bag(one), bag(other))


def test_words_are_cut_and_nothing_is_lost() -> None:
    text = "ร้อยละ 70.00 – 74.99 ของผู้รับบริการ (KPI) ๑๒,๓๔๕ บาท\tและ"
    assert "".join(words(text)) == text
    assert {"70.00", "74.99", "KPI", "๑๒,๓๔๕"} <= {*words(text)}


def test_what_is_alike_belongs_together() -> None:
    old = ["ก ข ค ง", "จ ฉ ช ซ", "ญ ด ต ถ"]
    new = ["ใหม่ ๆ ทั้งหมด", "ก ข ค ฮ", "ญ ด ต ถ"]
    assert aligned(old, new, str, by_words) == [(None, 0), (0, 1), (1, None), (2, 2)]


def test_every_part_stands_once_and_in_order() -> None:
    chance = random.Random(7)
    for _ in range(200):
        old = chance.choices(["a b", "a c", "d e", "f", ""], k=chance.randint(0, 9))
        new = chance.choices(["a b", "a c", "d g", "h", ""], k=chance.randint(0, 9))
        pairs = aligned(old, new, str, by_words)
        assert [o for o, _ in pairs if o is not None] == [*range(len(old))]
        assert [n for _, n in pairs if n is not None] == [*range(len(new))]


def test_long_stretches_are_compared_in_place() -> None:
    old, new = ([f"{side} {n}" for n in range(300)] for side in "ab")
    pairs = aligned(old, new, str, by_words)
    assert len(pairs) == 300
    assert all(o == n for o, n in pairs)
