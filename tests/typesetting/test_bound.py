"""What stays on a line."""

import pytest

from generator.typesetting import bound, breaks


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("ต่ำกว่าร้อยละ 70.00 ขึ้นไป", ["ร้อยละ 70.00"]),
        ("ได้ 5 คะแนน", ["5 คะแนน"]),
        ("ร้อยละ 70.00 – 74.99 คะแนน", ["ร้อยละ 70.00 – 74.99 คะแนน"]),
        ("ปี 2561 - 2563", ["ปี 2561 - 2563"]),
        ("ถึงวันที่ 30 กันยายน 2566", ["วันที่ 30 กันยายน 2566"]),
        ("(1 ต.ค. – 31 มี.ค.)", ["(1 ต.ค.", "31 มี.ค."]),
        ("ณ ม.ค. นี้", ["ม.ค."]),
        ("1. แผน", ["1. แ"]),
        ("16.1 แผน", ["16.1 แ"]),
        ("- แผน", ["- แ"]),
        ("เรื่อง “แผน”", ["“แ"]),
        ("ส่วน (BCG Model)", ["(B"]),
        ("รายตัวชี้วัดประกอบ", ["ตัวชี้วัด"]),
        ("มาตรา 3/1 ทวิ", ["มาตรา 3/1"]),
        ("๓๐ กันยายน ๒๕๖๖", ["๓๐ กันยายน ๒๕๖๖"]),
        ("407.02 คน ต่อ 12,000.50 บาท", ["407.02 คน", "12,000.50 บาท"]),
        ("ไม่มีอะไร", []),
        ("", []),
    ],
)
def test_what_is_kept(text: str, kept: list[str]) -> None:
    assert [text[start:end] for start, end in bound.stretches(text)] == kept


@pytest.mark.parametrize(
    ("loose", "kept"),
    [
        (1, ["70.00 – 74.99", "ร้อยละ 5", "(พ"]),
        (2, ["70.00 – 74.99", "(พ"]),
    ],
)
def test_where_room_is_scarce_figures_part_from_words(loose: int, kept: list[str]) -> None:
    text = "ร้อยละ 70.00 – 74.99 คะแนน และร้อยละ 5 (พิเศษ)"
    assert [text[start:end] for start, end in bound.stretches(text, loose)] == kept


def test_no_line_ends_inside_what_is_kept() -> None:
    text = "1. ร้อยละ 70.00 – 74.99 ของตัวชี้วัด (ราย) วันที่ 30 กันยายน 2566"
    places = breaks.places(text)
    assert places
    for start, end in bound.stretches(text):
        assert not [place for place in places if start < place < end]


def test_pieces_are_the_text() -> None:
    text = "การประเมิน E-Learning ช่วยเหลือ/พัฒนา 1/2566 ครั้ง"
    assert "".join(breaks.pieces(text)) == text
    assert breaks.pieces("") == []
