"""The empty table for answers, and its codebook."""

import csv
import io

from generator.survey import columns
from generator.survey.exports import template
from generator.survey.headers import RESPONDENT
from support.asked import asked, survey


def rows(data: bytes) -> list[list[str]]:
    assert data.startswith(b"\xef\xbb\xbf"), "Excel shows Thai only behind a byte order mark"
    return list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline=""), strict=True))


def test_the_table_is_one_row_of_codes() -> None:
    codes = [column.code for column in columns(survey())]
    assert rows(template.answers(asked())) == [[RESPONDENT, *codes]]


def test_the_codebook_has_every_code_and_option() -> None:
    head, respondent, *book = rows(template.codebook(asked()))
    assert tuple(head) == template.CODEBOOK
    assert respondent[0] == RESPONDENT
    found = [(row[0], row[6]) for row in book]
    assert found == [
        (column.code, option)
        for column in columns(survey())
        for option in ([choice.id for choice in column.choices] or [""])
    ]
    by_code = {row[0]: row for row in book}
    assert by_code["age"][3:6] == ["จำนวนเต็ม 10 ถึง 120", "ใช่", ""]
    assert by_code["group_other2_text"][5] == "group = other2"
    assert by_code["i1"][5] == "i1_text"
    assert [row[7] for row in book if row[0] == "q211"][-1] == "มากที่สุด"


def test_no_cell_is_a_formula() -> None:
    question = survey().parts[0].items[0].model_copy(update={"number": None, "text": "=1+1"})
    part = survey().parts[0].model_copy(update={"items": [question], "heading": "@SUM(1)"})
    found = survey().model_copy(update={"parts": [part]})
    cells = [cell for row in rows(template.codebook(asked(found))) for cell in row]
    assert "'=1+1" in cells
    assert "'@SUM(1)" in cells
    assert not any(cell.startswith(("=", "+", "-", "@")) for cell in cells)
