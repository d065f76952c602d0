"""The line test for sources 001 and 003: the agreements of other agencies, whole.

As in ``test_lines``: each line and cell is looked for whole in some piece (at least 99.5 % of
the characters), and in the order of the source, a cell as a whole cell (all of them).
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from itertools import pairwise

import pytest

from generator.verify import Content, ContentPiece
from support.making import OTHERS, made
from support.sources import (
    Passage,
    corrected_lines,
    missing,
    normal,
    out_of_place,
    passages,
    share,
    story_of,
)

ENOUGH = 99.5
MOI, CDD = OTHERS["moi-2547"], OTHERS["cdd-2561"]
extensions = pytest.mark.parametrize("extension", ["docx", "pdf"])
both = pytest.mark.parametrize("name", [MOI, CDD], ids=["moi-2547", "cdd-2561"])

# Left over from the file that the extract was made of: its author's office and a page field.
LEFT_OUT = {1: "ผู้อำนวยการกองการเจ้าหน้าที่", 3: "PAGE"}

HEAD = range(8, 17)
# The table's head, printed again on each page of the source; a story has each head once.
REPEATED = [range(46, 55), range(94, 103), range(126, 135)]


@cache
def wanted_in(name: str) -> tuple[Passage, ...]:
    """What a source lets its document say."""
    if name == MOI:
        return tuple(passages(corrected_lines("001", 1, 196)))
    lines = corrected_lines("003", 1, 154)
    again = {line for head in REPEATED for line in head}
    title = {line: lines[line] for line in range(1, HEAD.start) if line not in LEFT_OUT}
    rest = {line: text for line, text in lines.items() if line >= HEAD.start and line not in again}
    return (*passages(title), *cells(rest))


def cells(lines: Mapping[int, str]) -> list[Passage]:
    """The cells of a table in which a tab begins a cell, and a cell goes on over lines."""
    found: list[tuple[int, str]] = []
    for number, text in sorted(lines.items()):
        before, *begun = text.split("\t")
        if found:
            found[-1] = (found[-1][0], f"{found[-1][1]} {before}")
        found += [(number, cell) for cell in begun]
    return [Passage(number, words, True) for number, text in found if (words := normal(text))]


@cache
def story(name: str, extension: str) -> Content:
    return story_of(made("agreement", name), extension)


@both
@extensions
def test_lines_of_the_source_stand_in_the_document(name: str, extension: str) -> None:
    wanted = wanted_in(name)
    lost = missing(wanted, story(name, extension))
    found = share(wanted, lost)
    assert found >= ENOUGH, "\n".join([f"only {found:.2f} %; missing:", *map(str, lost)])


@both
@extensions
def test_lines_stand_in_the_order_of_the_source(name: str, extension: str) -> None:
    lost = out_of_place(wanted_in(name), story(name, extension))
    assert lost is None, f"not there, or not in its place: {lost}"


@both
def test_a_dropped_piece_is_noticed(name: str) -> None:
    pieces = [n for n, piece in enumerate(story(name, "docx")) if len(piece.text) > 60]
    assert len(pieces) > 5
    for n in pieces:
        less = (*story(name, "docx")[:n], *story(name, "docx")[n + 1 :])
        assert out_of_place(wanted_in(name), less) is not None, story(name, "docx")[n]


@both
def test_two_swapped_cells_are_noticed(name: str) -> None:
    whole = story(name, "docx")
    swaps = [
        n
        for n, (left, right) in enumerate(pairwise(whole))
        if left.kind == right.kind == "cell" and left.text and right.text and left != right
    ]
    assert len(swaps) > 25
    for n in swaps:
        swapped = (*whole[:n], whole[n + 1], whole[n], *whole[n + 2 :])
        assert out_of_place(wanted_in(name), swapped) is not None, whole[n : n + 2]


def test_what_is_left_out_of_the_memorandum() -> None:
    lines = corrected_lines("003", 1, 7)
    assert {line: lines[line].strip() for line in LEFT_OUT} == LEFT_OUT


@pytest.mark.parametrize("again", REPEATED, ids=lambda head: str(head.start))
def test_repeated_heads_are_the_same(again: range) -> None:
    first, other = (
        [passage.text for passage in cells(corrected_lines("003", head.start, head.stop - 1))]
        for head in (HEAD, again)
    )
    assert first == other
    assert len(first) == 5


@pytest.mark.parametrize(
    ("name", "head", "times"),
    [(MOI, "ตัวชี้วัดผลการปฏิบัติราชการ", 5), (CDD, "เกณฑ์การวัด", 1)],
    ids=["moi-2547", "cdd-2561"],
)
@extensions
def test_each_table_has_its_head_once(name: str, head: str, times: int, extension: str) -> None:
    assert story(name, extension).count(ContentPiece("cell", head)) == times


@extensions
def test_each_table_of_the_ministry_ends_with_its_sum_and_the_levels(extension: str) -> None:
    pieces = [piece.text for piece in story(MOI, extension) if piece.kind == "cell"]
    totals = [n for n, text in enumerate(pieces) if text == "รวม"]
    assert [pieces[n + 1] for n in totals] == ["100", "50", "20", "12", "10", "8"]
    assert pieces[totals[0] + 2 : totals[0] + 7] == ["1", "2", "3", "4", "5"]
    for n in totals[1:]:
        # The columns of the two past years stay empty.
        assert pieces[n + 2 : n + 9] == ["", "", "1", "2", "3", "4", "5"]


@extensions
def test_the_memorandum_has_a_row_an_indicator(extension: str) -> None:
    pieces = [piece.text for piece in story(CDD, extension) if piece.kind == "cell"]
    rows = [pieces[n : n + 5] for n in range(5, len(pieces), 5)]
    assert [row[3] for row in rows] == ["50", "50", "20", "15", "15", "15", "10", "10", "15"]
    assert [row[1].startswith(f"ตัวชี้วัดที่{n}") for n, row in enumerate(rows, 1)] == [True] * 9
    assert [n for n, row in enumerate(rows, 1) if "เป้าหมายผลสำเร็จของงาน" in row[0]] == [1, 3]
    assert [n for n, row in enumerate(rows, 1) if not row[0]] == [8]
