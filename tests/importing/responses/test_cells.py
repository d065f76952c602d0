"""Cells of several ticked answers: labels that hold what stands between them, and long cells."""

from __future__ import annotations

from typing import Any, SupportsIndex

import pytest

from generator.importing.responses.cells import CellReader
from generator.importing.responses.table import UnreadCell
from generator.survey import AnswerColumn, AnswerOption
from generator.survey.headers import option_labels

LABELS = ("อบรม", "อบรม, สัมมนา", "ศึกษาดูงาน; ต่างจังหวัด", "อื่น ๆ")


def reader(*labels: str) -> CellReader:
    choices = tuple(AnswerOption(f"o{n}", label) for n, label in enumerate(labels, start=1))
    column = AnswerColumn("q", "many", "x", "p", "q", choices)
    return CellReader(column, option_labels(column))


@pytest.mark.parametrize(
    ("cell", "codes"),
    [
        ("อบรม", "o1"),
        ("อบรม, สัมมนา", "o2"),
        ("อบรม, อบรม, สัมมนา", "o1 o2"),
        ("ศึกษาดูงาน; ต่างจังหวัด;อื่น ๆ", "o3 o4"),
        ("อบรม ศึกษาดูงาน; ต่างจังหวัด", "o1 o3"),
        ("อื่น ๆ | อบรม,", "o1 o4"),
        ("o4 o2", "o2 o4"),
    ],
)
def test_labels_may_hold_what_stands_between_them(cell: str, codes: str) -> None:
    assert reader(*LABELS).read(cell) == tuple(codes.split())


@pytest.mark.parametrize("cell", ["อบรมสัมมนา", "อบรม, ไม่รู้", ", อบรม, สัมมนา", "อบรม/อื่น ๆ"])
def test_what_is_no_label_is_a_fault(cell: str) -> None:
    found = reader(*LABELS).read(cell)
    assert isinstance(found, UnreadCell)
    assert found.said.code == "none-of-the-answers"


def test_an_option_without_words_is_ticked_by_its_code_alone() -> None:
    read = reader("อบรม, สัมมนา", "")
    assert read.read("o2") == ("o2",)
    assert isinstance(read.read(", อบรม, สัมมนา"), UnreadCell)


class Watched(str):
    """Text that counts the letters that are copied out of it, or looked through."""

    looked = 0

    def __getitem__(self, key: SupportsIndex | slice) -> Watched:
        found = Watched(super().__getitem__(key))
        Watched.looked += len(found)
        return found

    def startswith(self, prefix: Any, *bounds: Any) -> bool:
        Watched.looked += len(prefix)
        return super().startswith(prefix, *bounds)

    def strip(self, *signs: Any) -> Watched:
        Watched.looked += len(self)
        return Watched(super().strip(*signs))

    def lstrip(self, *signs: Any) -> Watched:
        Watched.looked += len(self)
        return Watched(super().lstrip(*signs))


def looked_at(cell: str) -> int:
    """How many letters are looked at to find the labels of a cell."""
    Watched.looked = 0
    reader(*LABELS)._labels(Watched(cell), ",;| ")
    return Watched.looked


@pytest.mark.parametrize(
    "piece", ["อบรม,", "อบรม, สัมมนา; ", "อบรม | , ; ", "อื่น ๆ ศึกษาดูงาน; ต่างจังหวัด "]
)
@pytest.mark.parametrize("end", ["อบรม", "ไม่รู้"])
def test_the_work_of_a_long_cell_grows_with_its_length(piece: str, end: str) -> None:
    """Up to the longest cell that Excel holds; twice as long is twice the work."""
    times = 32_767 // 2 // len(piece)
    once, twice = looked_at(piece * times + end), looked_at(piece * 2 * times + end)
    assert once > 0
    assert twice < 2.1 * once
    assert twice < 40 * 32_767
