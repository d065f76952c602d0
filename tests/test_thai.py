"""Dates, digits and numbers as Thai documents write them."""

from __future__ import annotations

import re
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from fontTools.ttLib import TTFont
from hypothesis import given, settings
from hypothesis import strategies as st

from generator import thai

dates = st.dates(date(2400 - thai.ERA, 1, 1), date(9999 - thai.ERA, 12, 31))
FIRST = date(2022, 10, 1)


@pytest.mark.parametrize(
    "written",
    [
        "1 ตุลาคม 2565",
        "1 ต.ค. 2565",
        "01 ตุลาคม พ.ศ. 2565",
        "1 ตุลาคม พ.ศ.2565",
        " 1  ตุลาคม  2565 ",
        "1ตุลาคม2565",
        "๑ ตุลาคม ๒๕๖๕",
        "๑ ต.ค. 2565",
        "1 ตุลาคม 2022",
        "2565-10-01",
        "2022-10-01",
        "2565-10-1",
        "๒๕๖๕-๑๐-๐๑",
    ],
)
def test_a_date_is_read_in_either_era(written: str) -> None:
    assert thai.parse_date(written) == FIRST


@pytest.mark.parametrize(
    "written",
    [
        "",
        "1",
        "ตุลาคม 2565",
        "31 กุมภาพันธ์ 2566",
        "29 กุมภาพันธ์ 2566",
        "31 เมษายน 2566",
        "0 ตุลาคม 2565",
        "1 ตุลคม 2565",
        "1 ตค 2565",
        "1 October 2565",
        "1 ตุลาคม 65",
        "1 ตุลาคม 25650",
        "1 ตุลาคม 0000",
        "01/10/2565",
        "2565-13-01",
        "2565-00-01",
        "2566-02-29",
        "20221001",
        "วันที่ 1 ตุลาคม 2565",
    ],
)
def test_what_is_no_date_is_none(written: str) -> None:
    assert thai.parse_date(written) is None


def test_leap_days_follow_the_common_era() -> None:
    assert thai.parse_date("29 กุมภาพันธ์ 2567") == date(2024, 2, 29)
    assert thai.parse_date("29 กุมภาพันธ์ 2443") is None
    assert thai.parse_date("29 กุมภาพันธ์ 2543") == date(2000, 2, 29)


def test_the_eras_part_at_2400() -> None:
    assert thai.parse_date("2400-01-01") == date(1857, 1, 1)
    assert thai.parse_date("2399-01-01") == date(2399, 1, 1)


@pytest.mark.parametrize("names", [thai.MONTHS, thai.SHORT_MONTHS])
def test_every_month_is_read(names: tuple[str, ...]) -> None:
    assert len(names) == 12
    for number, name in enumerate(names, start=1):
        assert thai.parse_date(f"15 {name} 2566") == date(2023, number, 15)


@given(dates)
def test_a_written_date_reads_back(day: date) -> None:
    written = thai.long_date(day)
    assert thai.parse_date(written) == day
    assert thai.parse_date(thai.thai_digits(written)) == day


@given(dates)
def test_iso_dates_read_back_in_the_buddhist_era(day: date) -> None:
    assert thai.parse_date(f"{day.year + thai.ERA}-{day:%m-%d}") == day


@given(st.text())
def test_no_text_raises(text: str) -> None:
    day = thai.parse_date(text)
    assert day is None or isinstance(day, date)


def test_a_date_is_written_as_documents_write_it() -> None:
    assert thai.long_date(FIRST) == "1 ตุลาคม 2565"
    assert thai.thai_digits(thai.long_date(FIRST)) == "๑ ตุลาคม ๒๕๖๕"


@given(st.text())
def test_digits_change_and_nothing_else_does(text: str) -> None:
    changed = thai.thai_digits(text)
    assert len(changed) == len(text)
    assert not set(changed) & set("0123456789")
    assert thai.arabic_digits(changed) == thai.arabic_digits(text)


def test_digits() -> None:
    assert thai.thai_digits("ปี 2566 หน้า 10") == "ปี ๒๕๖๖ หน้า ๑๐"
    assert thai.arabic_digits("๐๑๒๓๔๕๖๗๘๙") == "0123456789"


@given(st.integers(2400, 2700))
def test_fiscal_years_follow_each_other(year: int) -> None:
    start, end = thai.fiscal_year_start(year), thai.fiscal_year_end(year)
    assert thai.long_date(start) == f"1 ตุลาคม {year - 1}"
    assert thai.long_date(end) == f"30 กันยายน {year}"
    assert end + timedelta(days=1) == thai.fiscal_year_start(year + 1)
    assert (end - start).days in (364, 365)


@pytest.mark.parametrize(
    ("value", "written"),
    [
        ("17.5", "17.5"),
        ("5", "5"),
        ("2.50", "2.50"),
        ("0", "0"),
        ("-3", "-3"),
        ("1E+2", "100"),
        ("1E-7", "0.0000001"),
    ],
)
def test_a_number_is_written_as_typed(value: str, written: str) -> None:
    assert thai.number(Decimal(value)) == written


@pytest.mark.parametrize(
    ("odd", "plain"),
    [
        ("จ\u0e4d\u0e32นวน", "จำนวน"),
        ("น\u0e4d\u0e49\u0e32", "น้ำ"),
        ("น\u0e49\u0e4d\u0e32", "น้ำ"),
        ("น\u0e33\u0e49", "น้ำ"),
        ("เเผน", "แผน"),
        ("กอ\u200bส", "กอส"),
        ("กอ\u200d\u2060\ufeff\u00adส", "กอส"),
        ("กอง\u00a0\u2009ก", "กอง ก"),
        ("\u3000กอง  \t ก ", "กอง ก"),
        ("ท\u0e48\u0e35", "ที่"),
        ("ผ\u0e49\u0e39", "ผู้"),
        ("ท\u0e35\u0e35\u0e48\u0e48", "ที่"),
        ("สิทธ\u0e4c\u0e34", "สิทธิ์"),
        ("กอง๑๒", "กอง12"),
        ("ก\uf70aอน", "ก่อน"),
        ("เป\uf712น", "เป็น"),
        ("ป\uf701\uf713", "ปิ่"),
        ("ที\uf88bดิน", "ที่ดิน"),
        ("ＱＡ１", "QA1"),
        ("ประชๅชน", "ประชาชน"),
        ("e\u0301", "é"),
    ],
)
def test_what_looks_the_same_is_folded_into_one(odd: str, plain: str) -> None:
    assert thai.folded(odd) == plain
    assert thai.folded(plain) == plain


@pytest.mark.parametrize("text", ["QA", "ก.พ.ร.", "A and B", "ม²", "แผนงาน 2566", "พัฒนา"])
def test_other_texts_stay_as_they_are(text: str) -> None:
    assert thai.folded(text) == text


@settings(max_examples=3000)
@given(st.text(st.sampled_from("กนทเแาำๅัิีุู่้็์ํ๎๑1 \u200b\u00a0\uf70a\uf701Aａe\u0301")))
def test_folding_twice_is_folding_once(text: str) -> None:
    assert thai.folded(thai.folded(text)) == thai.folded(text)


def test_the_pieces_of_an_old_am_become_one() -> None:
    assert thai.without_private("น\uf711\uf70bา จ\u0e4d\u0e32") == "น้ำ จำ"
    assert thai.without_private("จ\u0e4d\u0e32") == "จ\u0e4d\u0e32"


def test_every_private_letter_is_a_thai_one() -> None:
    assert set(range(0xF700, 0xF721)) | set(range(0xF884, 0xF89A)) == set(thai.PRIVATE)
    assert all("\u0e01" <= letter <= "\u0e4e" for letter in thai.PRIVATE.values())


def test_the_faces_say_which_letter_a_private_one_is() -> None:
    """The glyph of U+F70A in a Thai face is a shape of U+0E48, and so on."""
    path = next(Path("/usr/share/fonts").rglob("Laksaman.otf"))
    found = 0
    for sign, glyph in TTFont(path).getBestCmap().items():
        if 0xF700 <= sign <= 0xF720 and (match := re.match("uni(0E[0-9A-F]{2})[.]", glyph)):
            assert thai.PRIVATE[sign] == chr(int(match[1], 16)), hex(sign)
            found += 1
    assert found >= 27


@pytest.mark.parametrize(
    ("value", "written"),
    [("17.5", "17.5"), ("0.50", "0.50"), ("999", "999"), ("100000", "100,000"), ("1E+3", "1,000")],
)
def test_a_weight_is_typed_with_thousands_apart(value: str, written: str) -> None:
    assert thai.weight(Decimal(value)) == written


@pytest.mark.parametrize(
    "written",
    [
        "1\u200b ตุลาคม 2565",
        "1 ตุลาคม\u00a02565",
        "１ ตุลาคม ２５６５",
        "1 ต.ค.\ufeff 2565",
        "1 ตุลา\u200cคม 2565",
    ],
)
def test_a_date_is_read_whatever_nobody_sees_in_it(written: str) -> None:
    assert thai.parse_date(written) == FIRST


@pytest.mark.parametrize("short", ["1 ต.ค.\u00a065", "1\u200b ต.ค. ๖๕"])
def test_a_short_year_is_told_whatever_nobody_sees_in_it(short: str) -> None:
    assert thai.no_such_day(short) is not None


@pytest.mark.parametrize(
    ("written", "whole"),
    [
        ("15/12/2569", "15 ธันวาคม 2569"),
        ("๑๕/๑๒/๖๙", "15 ธันวาคม 2569"),
        ("01-03-2570", "1 มีนาคม 2570"),
        ("1.3.70", "1 มีนาคม 2570"),
    ],
)
def test_a_month_in_figures_is_told_with_the_day_in_words(written: str, whole: str) -> None:
    assert thai.parse_date(written) is None
    said = thai.no_such_day(written)
    assert said is not None
    assert (said.code, said.parameters["whole"]) == ("month-in-figures", whole)
    assert thai.parse_date(whole) is not None
