"""A sheet has the fields that its agency states, in their order, with their labels."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from decimal import Decimal
from fractions import Fraction
from functools import cache

from hypothesis import given, settings
from hypothesis import strategies as st

from generator.agreements.files import valid_agency
from generator.agreements.reading import read_agency, read_form, read_unit
from generator.agreements.record import DocumentInput, DocumentOptions
from generator.documents import building, inputs
from generator.documents.parts.past_tables import mean_of
from generator.documents.parts.sheets import IndicatorSheet
from generator.exact import half_up
from generator.model import Baseline, PastResult
from support.making import WORLD
from support.reading import AGREEMENTS

LABELS = [
    *("วัตถุประสงค์", "หน่วยวัด", "กลุ่มเป้าหมาย", "คะแนนตามค่าเป้าหมาย", "ระยะเวลาประเมินผล"),
    *("คำนิยาม", "รายการข้อมูล", "สูตรคำนวณ", "ข้อมูลพื้นฐาน", "การบูรณาการ", "เงื่อนไข"),
    *("เอกสารสนับสนุน", "แหล่งข้อมูล", "วิธีเก็บข้อมูล", "ค่าน้ำหนัก"),
    *("ผู้ให้ข้อมูลทางวิชาการ", "ผู้กำกับดูแล", "ผู้รายงานผล"),
]


@cache
def sheets(*, blank: bool = False) -> tuple[IndicatorSheet, ...]:
    folder = valid_agency(read_agency(AGREEMENTS / "parts"))
    if blank:
        made_from = DocumentInput("indicators", DocumentOptions("form"), folder, read_form(folder))
    else:
        unit = read_unit(folder, folder.unit_path("กองครบ"))
        made_from = inputs.unit_input("indicators", folder, unit, DocumentOptions())
    found: tuple[IndicatorSheet, ...] = building.built(WORLD, made_from, None).context.sheets
    return found


def said(value: object) -> Iterator[str]:
    """Every text of a context, in the order in which it is said."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, tuple):
        for inner in value:
            yield from said(inner)
    elif is_dataclass(value):
        for field in fields(value):
            yield from said(getattr(value, field.name))


def test_the_fields_stand_in_the_stated_order_with_their_labels() -> None:
    text = "\n".join(said(sheets()[0].fields))
    places = [text.index(label) for label in LABELS]
    assert places == sorted(places)


def test_what_an_indicator_lacks_is_a_dotted_line_unless_it_is_optional() -> None:
    steps = "\n".join(said(sheets()[1].fields))
    assert "วัตถุประสงค์ :\n.........." in steps
    assert "ผู้ให้ข้อมูลทางวิชาการ :\n.........." in steps
    for optional in ("การบูรณาการ", "ผู้รายงานผล", "สูตรคำนวณ", "รายการข้อมูล", "ข้อมูลพื้นฐาน"):
        assert optional not in steps


def test_the_figures_are_defined_as_letters_that_the_formula_names() -> None:
    found = "\n".join(said(sheets()[0].fields))
    assert "A = งานที่เสร็จ (งาน) : \n\nงานที่ส่งมอบและตรวจรับแล้ว" in found
    assert "C = งานที่รับเพิ่ม\n" in found
    formula = next(part.formula for part in sheets()[0].fields if part.formula)
    assert [(term.text, term.under) for term in formula] == [("A", "B + C"), (" × 100", "")]


def test_the_mean_of_the_years_is_exact_and_printed_half_up() -> None:
    past = next(part.past for part in sheets()[0].fields if part.past is not None)
    assert past.years == ("2568", "2569", "2570", "ค่าเฉลี่ย")
    assert past.rows[0].years == ("62.45", "70.50", "1,200", "444.3")  # 1,332.95 ÷ 3 = 444.3166…
    assert past.count == 4


def test_the_rounds_say_which_days_they_judge() -> None:
    assert "รอบเดียว : 1 ตุลาคม 2570 – 31 สิงหาคม 2571" in "\n".join(said(sheets()[0].fields))


def test_contacts_have_a_line_each_with_their_address() -> None:
    lines = [line for part in sheets()[0].fields for line in part.contacts]
    assert [(line.label, line.name) for line in lines] == [
        ("ผู้ให้ข้อมูลทางวิชาการ :", "ผู้อำนวยการกลุ่ม"),
        ("ผู้กำกับดูแล :", "ผู้อำนวยการกอง"),
        ("ผู้รายงานผล :", "นักวิเคราะห์"),
        ("", "เจ้าหน้าที่"),
    ]
    assert lines[0].telephone == "โทรศัพท์ : 1111 อีเมล : technical@example.go.th"


def test_the_blank_sheet_has_the_same_fields_with_their_guidance() -> None:
    for sheet in sheets(blank=True):
        text = "\n".join(said(sheet.fields))
        assert "วัตถุประสงค์ :\n(ผลที่ต้องการ)" in text
        assert "ผู้รายงานผล :\n.........." in text
    assert "ค่าเฉลี่ย" in "\n".join(said(sheets(blank=True)[1].fields))


@settings(max_examples=30, deadline=None)
@given(st.lists(st.decimals(0, 1000, places=2), min_size=1, max_size=5), st.integers(0, 3))
def test_a_mean_lies_between_its_years_and_adds_up(values: list[Decimal], decimals: int) -> None:
    years = dict(zip(range(2560, 2570), (PastResult(value=v) for v in values), strict=False))
    mean = mean_of(Baseline(years=years), years)
    assert mean is not None
    assert mean * len(values) == sum(map(Fraction, values))
    assert min(values) <= mean <= max(values)
    assert abs(Fraction(half_up(mean, decimals)) - mean) * 2 <= Fraction(1, 10**decimals)
    assert mean_of(Baseline(years=years), [*years, 2599]) is None
