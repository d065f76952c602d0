"""Words of levels are read into conditions; what holds no relation of a number is left alone."""

from __future__ import annotations

import unicodedata
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator import thai
from generator.agreements import reading
from generator.model import Condition
from generator.scoring import level_words
from generator.scoring.conditions import ends, reads_value, region
from generator.scoring.conditions import words as in_words

ROOT = Path(__file__).parents[2]


def stated(words: str) -> list[str]:
    """Each relation or figure in some words, as the scoring words it."""
    return [
        str(in_words(said.condition))
        if said.condition
        else " ".join(f"{f:f}" for f in said.figures)
        for said in level_words.read(words)
    ]


@pytest.mark.parametrize(
    ("words", "meant"),
    [
        ("80.00 ขึ้นไป", "at least 80"),
        ("ร้อยละ 80.00 ขึ้นไป", "at least 80"),
        ("ตั้งแต่ร้อยละ ๘๐ ขึ้นไป", "at least 80"),
        ("ตั้งแต่ 100.01 % ของจำนวนเป้าหมายขึ้นไป", "at least 100.01"),
        ("ไม่น้อยกว่าร้อยละ 80", "at least 80"),
        ("ไม่ต่ำกว่า 1,250 ราย", "at least 1250"),
        ("อย่างน้อย 3 เรื่อง", "at least 3"),
        ("มากกว่าหรือเท่ากับร้อยละ 80", "at least 80"),
        ("≥ 80", "at least 80"),
        (">= 80%", "at least 80"),
        ("ร้อยละ 80 หรือมากกว่า", "at least 80"),
        ("มากกว่าร้อยละ 95", "more than 95"),
        ("สูงกว่าร้อยละ 30", "more than 30"),
        ("เกินกว่าร้อยละ 20.00", "more than 20"),
        ("> 5 วัน", "more than 5"),
        ("ไม่เกินร้อยละ 5.00", "at most 5"),
        ("น้อยกว่าหรือเท่ากับร้อยละ ๘๐", "at most 80"),
        ("5 วันลงมา", "at most 5"),
        ("≤ 5", "at most 5"),
        ("ต่ำกว่า 55.00 คะแนน", "less than 55"),
        ("น้อยกว่า 99.41 % ของจำนวนเป้าหมาย", "less than 99.41"),
        ("ไม่ถึง 3 เรื่อง", "less than 3"),
        ("< ร้อยละ 6.00", "less than 6"),
        ("เท่ากับร้อยละ 50", "exactly 50"),
        ("ร้อยละ ๘๑ – ๘๕", "81 to 85"),
        ("99.41 % - 99.60 % ของจำนวนเป้าหมาย", "99.41 to 99.6"),
        ("ร้อยละ 70 ถึงร้อยละ 80", "70 to 80"),
        ("ระหว่างร้อยละ 70 และ 80", "70 to 80"),
        ("ตั้งแต่ร้อยละ 4.00 – 5.99", "4 to 5.99"),
        ("ตั้งแต่ 70 แต่ไม่เกิน 80", "70 to 80"),
        ("มากกว่า 70 แต่ไม่เกิน 80", "more than 70 and at most 80"),
        ("มากกว่าร้อยละ 70 – 80", "more than 70 and at most 80"),
        ("ตั้งแต่ 70 ถึงน้อยกว่า 80", "at least 70 and less than 80"),
        ("-5 ถึง 5", "-5 to 5"),
        ("ไม่น้อยกว่าร้อยละ -2.5", "at least -2.5"),
        ("พ.ศ. 2566 ได้ไม่น้อยกว่าร้อยละ 60", "at least 60"),
    ],
)
def test_a_relation_is_read(words: str, meant: str) -> None:
    assert stated(words) == [meant]
    found = level_words.condition(words)
    assert found is not None
    assert str(in_words(found)) == meant


@pytest.mark.parametrize(
    ("words", "figure"),
    [("ร้อยละ 73.04 (406,561 คน)", "73.04"), ("6 คะแนน", "6"), ("ร้อยละ -5.00", "-5.00")],
)
def test_a_figure_without_a_relation_stays_a_figure(words: str, figure: str) -> None:
    assert stated(words) == [figure]
    assert level_words.condition(words) is None


@pytest.mark.parametrize(
    "words",
    [
        "",
        "-",
        "...",
        "ขั้นตอนที่ 3",
        "หมวด 1 - 7",
        "1 ตุลาคม 2565",
        "ภายในปี 2566",
        "PMQA 4.0",
        "ไม่น้อยกว่า 3 ล้านบาท",
        "จัดทำแผนแล้วเสร็จ",
    ],
)
def test_numbers_that_are_names_or_dates_are_left_alone(words: str) -> None:
    assert level_words.read(words) == ()


def test_two_relations_are_both_read_and_none_is_chosen() -> None:
    words = "ประชุมไม่น้อยกว่า 2 ครั้ง และเบิกจ่ายไม่น้อยกว่าร้อยละ 70"
    assert stated(words) == ["at least 2", "at least 70"]
    assert level_words.condition(words) is None
    assert not any(said.whole for said in level_words.read(words))


def test_spellings_of_one_text_are_read_alike() -> None:
    words = "ไม่ต่ำกว่าร้อยละ 80 – 90"
    odd = unicodedata.normalize("NFC", words).replace("\u0e33", "\u0e4d\u0e32")
    odd = odd.replace("ร้อย", "ร้\u200bอย").replace(" ", "\u00a0").replace("–", "−")
    assert odd != words
    assert stated(thai.thai_digits(odd)) == stated(words)


@given(
    st.decimals("0", "99999", places=2),
    st.sampled_from(
        ["ไม่น้อยกว่าร้อยละ {}", "ต่ำกว่า {} คะแนน", "ร้อยละ {} ขึ้นไป", "{:,} บาทลงมา", "> {}"]
    ),
    st.booleans(),
)
def test_any_number_in_any_digits(number: Decimal, pattern: str, thais: bool) -> None:
    words = pattern.format(number)
    (said,) = level_words.read(thai.thai_digits(words) if thais else words)
    assert said.figures == (number,)
    assert said.condition is not None
    assert said.whole


@given(st.text(alphabet="ไม่น้อยกว่าถึงร้อยละตั้งแต่ -–.,%0123456789๓<>=ขึ้นไป()\n", max_size=60))
def test_no_text_is_too_odd_to_look_at(words: str) -> None:
    for said in level_words.read(words):
        assert said.figures


def test_the_words_of_the_sources_agree_with_their_conditions() -> None:
    """Every band of the shipped agencies whose words hold a number."""
    looked_at = 0
    for folder in sorted((ROOT / "agreements").iterdir()):
        agency = reading.read_agency(folder)
        for indicator in (file.node for file in agency.indicators.values()):
            for mark in _marks(indicator.plain()):
                words, condition = mark
                said = level_words.read(words)
                if not said or not reads_value(condition):
                    continue
                looked_at += 1
                here = region(condition, None)
                grid = level_words.DecimalGrid(Decimal("0.01"), None, Decimal(100))

                def inside(value: Decimal, here: tuple = here) -> bool:  # type: ignore[type-arg]
                    return any(not s.below(value) and not s.above(value) for s in here)

                assert any(level_words.agrees(one, inside, ends(here), grid) for one in said), words
    assert looked_at > 100


def _marks(data: object) -> list[tuple[str, Condition]]:
    """Everything in a file that has words beside a condition."""
    found = []
    if isinstance(data, dict):
        known = {key: data[key] for key in Condition.model_fields if key in data}
        if isinstance(data.get("text"), str) and known:
            found.append((data["text"], Condition.model_validate(known)))
        for value in data.values():
            found += _marks(value)
    elif isinstance(data, list):
        for value in data:
            found += _marks(value)
    return found
