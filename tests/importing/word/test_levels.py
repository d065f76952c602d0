"""Words of levels that become conditions, and those that stay words with a guess beside them."""

import pytest

from generator.importing.word.kept import Mapping, Typed
from generator.importing.word.levels import criteria


def made(*texts: str) -> Mapping:
    return criteria({str(n): Mapping(text=Typed(text)) for n, text in enumerate(texts, start=1)})


@pytest.mark.parametrize(
    ("text", "key", "value"),
    [
        ("ร้อยละ 70.00 – 74.99", "between", ["70", "74.99"]),
        ("ต่ำกว่า 55.00 คะแนน", "less_than", "55"),
        ("ไม่น้อยกว่าร้อยละ 80", "at_least", "80"),
        ("99.41 % - 99.60 %", "between", ["99.41", "99.6"]),
        ("> 95", "more_than", "95"),
        ("≥ ๙๐", "at_least", "90"),
        ("สูงกว่าร้อยละ 30", "more_than", "30"),
        ("ไม่เกินร้อยละ 5.00", "at_most", "5"),
        ("85.00 คะแนนขึ้นไป", "at_least", "85"),
        ("1,200,000 บาทขึ้นไป", "at_least", "1200000"),
    ],
)
def test_a_relation_becomes_a_condition(text: str, key: str, value: object) -> None:
    found = made(text, text)
    assert found["read"] == "ladder"
    assert found["levels"]["1"][key] == value
    assert found["levels"]["1"]["text"] == text


def test_figures_alone_are_points_and_a_guess() -> None:
    found = made("400 คะแนน", "424.92 คะแนน")
    assert found["read"] == "points"
    assert found["levels"]["2"]["value"] == "424.92"
    assert [one.code for one in found.notes["read"]] == ["import-points-guessed"]


@pytest.mark.parametrize(
    ("texts", "values"),
    [
        (("100", "75", "ไม่เกิน 50"), ["100", "75", "50"]),
        (("ร้อยละ 2.00", "ร้อยละ 4.00", "ร้อยละ 6.00 ขึ้นไป"), ["2.00", "4.00", "6"]),
    ],
)
def test_figures_that_end_open_are_points_too(texts: tuple[str, ...], values: list[str]) -> None:
    found = made(*texts)
    assert found["read"] == "points"
    said = [one.get("value", one["text"]) for one in found["levels"].values()]
    assert said == values
    assert [one.code for one in found.notes["read"]] == ["import-points-guessed"]


@pytest.mark.parametrize("texts", [("100", "75", "ไม่น้อยกว่า 50"), ("50", "75", "ไม่เกิน 100")])
def test_figures_that_end_against_their_way_are_left_open(texts: tuple[str, ...]) -> None:
    assert "read" not in made(*texts)


def test_steps_are_milestones_and_a_guess() -> None:
    found = made("แต่งตั้งคณะทำงาน", "-", "ประชุมคณะทำงาน")
    assert found["levels"]["3"]["done"] == "3"
    assert "done" not in found["levels"]["2"]
    assert [one.code for one in found.notes["read"]] == ["import-steps-guessed"]


@pytest.mark.parametrize(
    "text",
    [
        "ร้อยละ 70 และบันทึกข้อมูลครบ",
        "ได้มากกว่าร้อยละ 70 และบันทึกข้อมูลครบทุกราย",
        "- ไม่น้อยกว่าร้อยละ 95\n- สรุปผลการดำเนินงาน",
        "ร้อยละ 10 ขององค์กร ที่ผ่านการอบรม 2 รุ่น",
    ],
)
def test_what_is_not_sure_stays_text_with_a_guess(text: str) -> None:
    found = made(text, text)
    assert set(found["levels"]["1"]) == {"text"}
    assert "read" not in found
    assert [one.code for one in found.notes["levels"]] == ["import-levels-unsure"]


def test_levels_that_are_open_stay_open() -> None:
    assert made("...", "...")["levels"]["1"]["text"] == "..."


def test_whole_bands_leave_gaps_and_say_so() -> None:
    found = made("ไม่เกิน 80", "81 - 85", "86 - 90")
    assert found["decimals"] == "none"
    assert [one.code for one in found.notes["decimals"]] == ["import-bands-leave-gaps"]
