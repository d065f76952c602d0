"""Widths of columns."""

from dataclasses import replace
from typing import Any

import pytest

from generator.documents.parts import rich, widths
from generator.typesetting import columns
from generator.typesetting.columns import Setting
from generator.typesetting.lettering import AVERAGE, Lettering
from generator.typesetting.names import KnownNames
from support.making import WORLD

SETTING = Setting(WORLD.lettering, 11, 24.7)


def table(words: str, count: int) -> columns.MeasuredTable:
    return widths.measured([("แผนงาน", *[words] * count)])


def test_a_table_with_room_is_set_as_usual() -> None:
    fit = widths.fitted(table("ร้อยละ 70.00 – 74.99", 4), SETTING)
    assert round(sum(fit.widths), 1) == 100
    assert not fit.small


def test_one_without_takes_of_the_margins_then_smaller_letters() -> None:
    wider = widths.fitted(table("ร้อยละ 7.00 – 74.99", 7), SETTING)
    assert sum(wider.widths) == pytest.approx(100 * 26.7 / 24.7, abs=0.1)
    assert not wider.small
    smaller = widths.fitted(table("ร้อยละ 70.00 – 74.99", 7), SETTING)
    assert smaller.small


def test_at_last_figures_part_from_their_words() -> None:
    fit = widths.fitted(table("ร้อยละ 70.00 – 74.99", 9), SETTING)
    assert not fit.small
    room = fit.widths[1] / 100 * SETTING.room - widths.PADDING
    assert SETTING.paragraph("70.00 – 74.99").longest * SETTING.scale < room
    assert room < SETTING.paragraph("ร้อยละ 70.00 – 74.99").longest * SETTING.scale


def test_figures_stay_whole_beyond_the_margins_in_smaller_letters_or_not_at_all() -> None:
    """A target table stands upright as long as that keeps its figures whole."""
    setting = Setting(WORLD.lettering, 11.0, 16.0)
    found = {}
    for count in (7, 8, 9, 10):
        table = columns.MeasuredTable([[("10,271,316",)] * count], padding=widths.PADDING)
        found[count] = widths.whole_figures(table, setting)
    usual, wider, smaller = (found[count] for count in (7, 8, 9))
    assert usual is not None
    assert (round(sum(usual.widths)), usual.small) == (100, 0.0)
    assert wider is not None
    assert (round(100 * sum(wider.widths) / 112.5), wider.small) == (100, 0.0)
    assert smaller is not None
    assert (round(100 * sum(smaller.widths) / 112.5), smaller.small) == (100, widths.SMALL)
    assert found[10] is None


def test_cells_are_measured_paragraph_by_paragraph() -> None:
    cell = rich.parse("- แผน\n- งาน")
    assert widths.measured([(cell, "5", "")]).rows == [[("- แผน", "- งาน"), ("5",), ()]]


def test_marks_above_and_below_take_no_room() -> None:
    assert widths.letters("น้ำหนัก") == 5
    assert widths.letters("ก") == 1


def test_boxes_side_by_side_are_level() -> None:
    long, short = ["ก" * 300], ["ก" * 30]
    found = widths.level_out([long, short, short], 30, 0.2, [2, 2, 2], [0, 0, 0])
    assert sum(found) == pytest.approx(100)
    assert found[0] > found[1] == pytest.approx(found[2], abs=0.2)
    taller = widths.level_out([long, short, short], 30, 0.2, [2, 2, 2], [0, 6, 0])
    assert taller[0] < found[0]
    assert taller[1] > found[1]


def test_no_box_is_narrower_than_its_longest_word() -> None:
    address = "www.a-very-long-address.example"
    found = widths.level_out([[address], ["ก" * 900]], 20, 0.2, [1, 1], [0, 0])
    assert found[0] * 20 / 100 >= 0.2 * len(address)


def test_boxes_that_never_fit_still_share_the_row() -> None:
    found = widths.level_out([["ก" * 5000]] * 9, 10, 0.2, [3] * 9, [0] * 9)
    assert sum(found) == pytest.approx(100)
    assert widths.level_out([[]], 10, 0.2, [3], [0]) == (100,)


def test_least_widths_give_way_before_a_word_is_cut() -> None:
    """What columns get in any case is no reason to cut the words of others."""
    words = [("งบประมาณ",) * 10]
    table = widths.measured(words, least=[12.0, *([1.0] * 9)])
    fit = widths.fitted(table, SETTING)
    bare = widths.fitted(widths.measured(words), SETTING)
    assert fit == bare


def test_a_table_without_room_is_told_and_its_halves_have_some() -> None:
    words = ("มาตรฐาน๑๒๓๔๕๖๗๘๙๐",) * 12
    assert not widths.has_room(widths.measured([words]), SETTING)
    for half in widths.halves(len(words)):
        assert widths.has_room(widths.measured([words[half]]), SETTING)
    assert [len(words[half]) for half in widths.halves(5) for words in ["12345"]] == [3, 2]


def test_what_was_shared_out_is_kept_for_a_table_of_the_same_words_and_names(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    name = "ศูนย์พัฒนาราษฎร บนพื้นที่สูง"
    plain = WORLD.lettering.naming(KnownNames())
    naming = WORLD.lettering.naming(KnownNames(frozenset({name})))
    other = WORLD.lettering.naming(KnownNames(frozenset({"กรมอื่น"})))
    rows = [[f"{name}จังหวัด", "ร้อยละ 80 ของแผนงานทั้งหมดที่ได้รับอนุมัติ", "1"]]
    worked: list[object] = []
    original = widths._fit_anew

    def counted(*args: Any) -> Any:
        worked.append(args)
        return original(*args)

    monkeypatch.setattr(widths, "_fit_anew", counted)

    def shared(lettering: Lettering, room: float = 16) -> tuple[float, ...]:
        return widths.share_out(rows, Setting(lettering, 16, room), least=[1, 1, 1])

    first, bound = shared(plain), shared(naming)
    assert [shared(one) for one in (naming, other, plain)] == [bound, first, first]
    assert len(worked) == 2, "names that a table doesn't hold make no other"
    assert shared(plain, 12) != first
    widths.share_out(rows, Setting(AVERAGE, 16, 16), least=[1, 1, 1])
    assert len(worked) == 4, "another room, other faces"


def test_rows_of_sums_are_measured_in_bold() -> None:
    """Bold figures are wider, so that their last digit would go below the others."""
    plain = columns.MeasuredTable([[("773,518",)]])
    sums = columns.MeasuredTable([], sums=[[("773,518",)]])
    bold = SETTING.paragraph("773,518", bold=True).longest * SETTING.scale
    needed = [
        next(n for n in range(1, 300) if columns.fits(one, replace(SETTING, room=n / 100)))
        for one in (plain, sums)
    ]
    assert needed[0] < needed[1]
    assert needed[1] / 100 >= bold + sums.padding
