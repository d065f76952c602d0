"""What stays on a line."""

import pytest

from generator.typesetting import bound, breaks, names


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("ต่ำกว่าร้อยละ 70.00 ขึ้นไป", ["ต่ำกว่า", "ร้อยละ 70.00", "ขึ้นไป"]),
        ("ได้ 5 คะแนน", ["5 คะแนน"]),
        ("ร้อยละ 70.00 – 74.99 คะแนน", ["ร้อยละ 70.00 – 74.99 คะแนน"]),
        ("ปี 2561 - 2563", ["ปี 2561 - 2563"]),
        ("ถึงวันที่ 30 กันยายน 2566", ["วันที่ 30 กันยายน 2566"]),
        ("(1 ต.ค. – 31 มี.ค.)", ["(1 ต.ค. – 31 มี.ค."]),
        ("1 ตุลาคม 2565 – 30 กันยายน 2566", ["1 ตุลาคม 2565 – 30 กันยายน 2566"]),
        ("มกราคม – มีนาคม 2566", ["มกราคม – มีนาคม 2566"]),
        ("ร้อยละ 70 ถึง 75 ของ", ["ร้อยละ 70 ถึง 75"]),
        ("ไม่เกิน ≤ 5 ไร่", ["≤ 5 ไร่"]),
        ("ISO 9001 ปี 2566", ["ISO 9001", "ปี 2566"]),
        ("โทร. 0 2659 6259 ต่อ", ["โทร. 0 2659 6259"]),
        ("ต่าง ๆ และ ฯลฯ", ["ง ๆ", "ะ ฯลฯ"]),
        ('งาน "แผน" ดี', ['"แ']),
        ("ได้แก่ 1. แผน 2) คน (3) ปี ก. ดี", ["1. แ", "2) ค", "(3) ป", "ก. ด"]),
        ("ดร. ก", ["ดร. ก"]),
        ("E-Service และ J. R. R. Tolkien", ["E-Service", "J. R. R. T"]),
        ("ณ ม.ค. นี้", ["ม.ค."]),
        ("1. แผน", ["1. แ"]),
        ("16.1 แผน", ["16.1 แ"]),
        ("- แผน", ["- แ"]),
        ("เรื่อง “แผน”", ["“แ"]),
        ("ส่วน (BCG Model)", ["(B"]),
        ("รายตัวชี้วัดประกอบ", ["ตัวชี้วัด"]),
        ("ประจำปีงบประมาณนี้", ["ปีงบประมาณ"]),
        ("นายช่างตัวอย่าง โทร : .......... ต่อ", ["โทร : .........."]),
        ("มาตรา 3/1 ทวิ", ["มาตรา 3/1"]),
        ("๓๐ กันยายน ๒๕๖๖", ["๓๐ กันยายน ๒๕๖๖"]),
        ("407.02 คน ต่อ 12,000.50 บาท", ["407.02 คน", "12,000.50 บาท"]),
        ("เรื่องที่ 2 หน่วยงานที่เรียนรู้ 2 หน่วยงาน", ["เรื่องที่ 2", "หน่วยงาน", "2 หน่วยงาน"]),
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


@pytest.mark.parametrize(
    ("text", "pieces", "scarce"),
    [
        ("เรียน E-Learning", ["เรียน ", "E-Learning"], ["เรียน ", "E-Learning"]),
        ("One-Stop-Service", ["One-Stop-Service"], ["One-", "Stop-", "Service"]),
        ("ระบบ On/Off ของ", ["ระบบ ", "On/Off ", "ของ"], ["ระบบ ", "On/", "Off ", "ของ"]),
        ("on-line/one-stop", ["on-line/one-stop"], ["on-", "line/", "one-", "stop"]),
        ("Government-Data-Exchange", *[["Government-", "Data-", "Exchange"]] * 2),
    ],
)
def test_short_words_of_several_are_whole_where_there_is_room(
    text: str, pieces: list[str], scarce: list[str]
) -> None:
    assert breaks.pieces(text) == pieces
    assert breaks.pieces(text, bound.LOOSEST) == scarce


def test_pieces_are_the_text() -> None:
    text = "การประเมิน E-Learning ช่วยเหลือ/พัฒนา 1/2566 ครั้ง"
    assert "".join(breaks.pieces(text)) == text
    assert breaks.pieces("") == []


NAMED = names.named(
    ["กรมภูเหนือ", "สำนักงานพัฒนาสังคมจังหวัดภูเหนือ", "กองตัวอย่าง ก"], ["ทองดี มีสุข"], ["แปลงนา"]
)


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        ("กรมภูเหนือได้", ["กรมภูเหนือ", "ได้"]),
        ("จังหวัดภูเหนือ", ["จังหวัด", "ภูเหนือ"]),
        ("กองตัวอย่าง ก และ", ["กองตัวอย่าง ก ", "และ"]),
        ("ตัวอย่าง การ", ["ตัวอย่าง ", "การ"]),
        ("ทองดี มีสุข", ["ทองดี ", "มีสุข"]),
        ("ได้ 12 แปลงนา", ["ได้ ", "12 แปลงนา"]),
    ],
)
@pytest.mark.parametrize("loose", [0, bound.LOOSEST])
def test_names_that_data_tell_are_never_broken(text: str, pieces: list[str], loose: int) -> None:
    if loose and "12" in text:
        pieces = ["ได้ ", "12 ", *breaks.pieces("แปลงนา")]
    elif loose and text.startswith(("กรม", "กอง")):
        pieces = [text[:3], pieces[0][3:], *pieces[1:]]
    assert breaks.pieces(text, loose, NAMED) == pieces
    assert breaks.pieces(text, loose) != pieces or " ก" in text or "12" in text


def test_a_list_s_number_is_told_from_its_words() -> None:
    assert [
        bound.marker(text) for text in ("1. แผน", "(2)  แผน", "- แผน", "แผน 1. ก", "2566 แผน")
    ] == [*(3, 5, 2, 0, 0)]


def test_a_long_name_is_held_together_where_there_is_room() -> None:
    told = names.named(["กรมป่าไม้ภูเหนือ", "กองพัฒนาสังคมกลุ่มเป้าหมายพิเศษ"])
    assert breaks.pieces("กรมป่าไม้ภูเหนือ", 0, told) == ["กรมป่าไม้ภูเหนือ"]
    assert len(breaks.pieces("กรมป่าไม้ภูเหนือ", bound.LOOSEST, told)) > 2
    assert len(breaks.pieces("กองพัฒนาสังคมกลุ่มเป้าหมายพิเศษ", 0, told)) > 3


def test_a_person_s_name_is_whole_as_long_as_names_are() -> None:
    """Beyond that it parts between words, where there is no room for it."""
    usual, beyond = "สุวรรณประสิทธิ์วัฒนา", "พัฒนาระบบบริหารจัดการข้อมูลสารสนเทศเพื่อ"
    told = names.named([], [f"สมหญิง {usual}", beyond])
    assert breaks.pieces(usual, bound.LOOSEST, told) == [usual]
    assert breaks.pieces(beyond, 0, told) == [beyond]
    assert len(breaks.pieces(beyond, bound.LOOSEST, told)) > 3
