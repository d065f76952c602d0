"""A table's columns: no word without room, and the table as low as can be."""

from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.documents.parts import widths
from generator.typesetting import columns
from generator.typesetting.columns import MeasuredTable, Setting
from generator.typesetting.lettering import AVERAGE
from support.making import WORLD

LETTERING = WORLD.lettering
WORDS = st.lists(
    st.sampled_from(["การ", "ประเมิน", "งบประมาณ", "ร้อยละ", "70.00", "A", "-", "E-Learning", ""]),
    max_size=30,
).map(" ".join)
ROWS = st.integers(1, 7).flatmap(
    lambda count: st.lists(
        st.lists(st.lists(WORDS, max_size=2), min_size=count, max_size=count),
        min_size=1,
        max_size=6,
    )
)


def height(table: MeasuredTable, setting: Setting, widths: tuple[float, ...]) -> int:
    """How many lines a table has."""
    rooms = [(w / 100 * setting.room - table.padding) / setting.scale + 1e-6 for w in widths]
    return sum(
        max(
            sum(setting.paragraph(text).lines(room) for text in cell)
            for cell, room in zip(row, rooms, strict=True)
        )
        for row in table.rows
    )


@settings(deadline=None)
@given(ROWS)
def test_they_add_up_and_every_word_has_room(rows: list[list[list[str]]]) -> None:
    table = MeasuredTable(rows, padding=0.2)
    setting = Setting(LETTERING, 11, 24.7)
    widths = columns.share_out(table, setting)
    assert round(sum(widths), 2) == 100
    assert columns.fits(table, setting) or min(widths) >= 0
    if columns.fits(table, setting):
        for row in rows:
            for cell, width in zip(row, widths, strict=True):
                for text in cell:
                    needed = setting.paragraph(text).longest * setting.scale + table.padding
                    assert width / 100 * setting.room >= needed - 0.01


def test_the_table_is_as_low_as_trying_all_widths_makes_it() -> None:
    long, short = "การประเมินผลการดำเนินงาน " * 9, "แผนงาน โครงการ " * 3
    table = MeasuredTable([[[long], [short], ["-"]], [[short], [long * 2], ["5"]]], padding=0.2)
    setting = Setting(LETTERING, 11, 12.0)
    found = height(table, setting, columns.share_out(table, setting))
    tried = [
        (a, b, 100 - a - b)
        for a, b in product(range(10, 80, 2), range(10, 80, 2))
        if 100 - a - b >= 8
    ]
    assert found <= min(height(table, setting, widths) for widths in tried) + 1


def test_empty_columns_get_what_their_heads_need() -> None:
    long = "การประเมินผลการดำเนินงาน " * 20
    table = MeasuredTable([[[long], [], ["-"]]], heads=("ตัวชี้วัด", "2563", "2564"))
    setting = Setting(LETTERING, 11, 16.0)
    name, *years = columns.share_out(table, setting)
    head = setting.paragraph("2563", bold=True).longest * setting.scale + table.padding
    for year in years:
        assert head - 0.01 <= year / 100 * 16 <= head + 0.3
    assert name > 75


def test_an_empty_table_is_even() -> None:
    assert columns.share_out(
        MeasuredTable([[[], [], []]]), Setting(LETTERING, 11, 16)
    ) == pytest.approx([100 / 3] * 3, abs=1)


def test_a_head_over_several_columns_has_room() -> None:
    over = "ข้อมูลพื้นฐานปีงบประมาณ"
    table = MeasuredTable([[["ก " * 300], [], []]], over=[(1, 2, over)])
    setting = Setting(LETTERING, 11, 16.0)
    _, *below = columns.share_out(table, setting)
    needed = setting.paragraph(over, bold=True).longest * setting.scale + table.padding
    assert sum(below) / 100 * 16 >= needed - 0.01


def test_words_that_have_no_room_are_said() -> None:
    table = MeasuredTable([[["งบประมาณ"]] * 30])
    assert not columns.fits(table, Setting(LETTERING, 11, 16.0))
    wide, wider = Setting(LETTERING, 11, 50.0), Setting(LETTERING, 11, 80.0)
    assert columns.fitting(table, [wide, wider]) == wider
    assert columns.fitting(table, [wide]) is None
    assert sum(columns.share_out(table, wide)) == pytest.approx(100)


def test_without_a_face_letters_are_average() -> None:
    table = MeasuredTable([[["การประเมินผล " * 9], ["5"]]])
    wide, narrow = columns.share_out(table, Setting(AVERAGE, 11, 16.0))
    assert wide > narrow


def test_what_is_written_in_gets_what_it_wants_as_far_as_there_is_room() -> None:
    setting = Setting(LETTERING, 11, 12.0)
    rows = [[["ร้อยละ 70.00"], [], []]]
    wide = columns.share_out(MeasuredTable(rows, wanted=(0, 3.0, 1.5)), setting)
    cm = [width * 0.12 for width in wide]
    assert cm[1] >= 3.0
    assert cm[2] >= 1.5
    scarce = columns.share_out(MeasuredTable(rows, wanted=(0, 20.0, 10.0)), setting)
    assert scarce[1] == pytest.approx(2 * scarce[2], rel=0.1)
    assert scarce[0] * 0.12 >= setting.paragraph("ร้อยละ 70.00").longest * setting.scale


def test_room_that_no_row_needs_is_shared_by_all() -> None:
    """Not left to the one column whose words could part: widths keep their proportion."""
    table = MeasuredTable([[[], ["5"], ["5"]]] * 3, heads=("น้ำหนัก (ร้อยละ)", "1", "2"))
    first, *levels = columns.share_out(table, Setting(LETTERING, 11, 24.0))
    assert levels[0] == pytest.approx(levels[1], abs=0.1)
    assert levels[0] * 0.24 > 2
    assert first * 0.24 < 20


def test_sums_are_measured_in_the_bold_letters_in_which_they_are_set() -> None:
    """Else their last figure stands on a line of its own."""
    row, one = [("154,704",), ("154,704",)], [("1",), ("1",)]
    needed = [
        next(
            room
            for room in range(100, 900)
            if columns.fits(table, Setting(LETTERING, 11.0, room / 100))
        )
        for table in (MeasuredTable([row, one]), MeasuredTable([one], sums=[row]))
    ]
    assert needed[0] < needed[1] < 1.2 * needed[0]


def test_where_figures_may_part_they_stay_in_as_many_columns_as_have_room() -> None:
    """Ranges that all need room are parted in some columns only, not in every one."""
    row = [["ร้อยละ 70.00 – 74.99"], ["ร้อยละ 75.00 – 79.99"], ["ไม่น้อยกว่าร้อยละ 80.00"]]
    table = MeasuredTable([row], padding=0.2)
    loose = Setting(LETTERING, 11, 9.6, loose=2)
    widths = columns.share_out(table, loose)
    tight = Setting(LETTERING, 11, 9.6)
    assert not columns.fits(table, tight)
    whole = [
        width / 100 * 9.6 >= tight.paragraph(text).longest * tight.scale + 0.2 - 0.01
        for (text,), width in zip(row, widths, strict=True)
    ]
    assert whole.count(True) == 2


def test_a_table_of_a_sheet_is_set_smaller_before_figures_part() -> None:
    """A little smaller, by whole points, in its place; only then of the margins."""
    setting = Setting(LETTERING, 13, 16)
    ranges = ["ร้อยละ 70.00 – 74.99", "ร้อยละ 75.00 – 79.99", "ร้อยละ 80.00 – 84.99"]

    def fit(*texts: str) -> widths.Fit:
        return widths.fitted_upright(widths.measured([texts], padding=0.26), setting)

    assert fit(*ranges).small == 0
    assert (found := fit("ร้อยละ 70.00", *ranges)).small == 12
    assert sum(found.widths) == pytest.approx(100, abs=0.1)
    assert (found := fit("ร้อยละ 70.00", "ร้อยละ 7.00", *ranges)).small in (11, 12)
    assert sum(found.widths) > 101
