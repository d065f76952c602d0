"""Files of answers as others leave them: heads, marks, what is hidden or merged."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from generator.agreements import lookup
from generator.importing import responses
from generator.importing.responses import heads, table
from generator.importing.responses.known_heads import KnownHeads
from generator.workspace.environment import Workspace
from support import synthetic
from support.answer_files import GOOD, HEAD, UNIT, count, faults_of, world_of
from support.command import gen


@pytest.fixture
def world(tmp_path: Path) -> Workspace:
    return world_of(tmp_path)


def rows() -> list[list[str]]:
    return [line.split(",") for line in GOOD.strip().split("\n")]


def changed(data: bytes, change: Callable[[Worksheet], None]) -> bytes:
    book = load_workbook(io.BytesIO(data))
    change(book.worksheets[0])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def remarks(counted: responses.CountedAnswers) -> list[tuple[int, str]]:
    return [(r.location.line, r.message) for r in counted.remarks]


@pytest.mark.parametrize(
    ("row", "column", "cells"),
    [
        (",5,4,,5,,,,,", 12, "row 2 has 11 cells"),
        (",5,4,,5", 8, "row 2 has 7 cells"),
        (",5,4,,5,,,,,,", 13, "row 2 has 13 cells"),
        (",5,4,,5,,,,,,1", 13, "row 2 has 13 cells"),
    ],
)
def test_a_row_longer_or_shorter_than_the_head(
    world: Workspace, row: str, column: int, cells: str
) -> None:
    data = GOOD.replace(",5,4,,5,,,,,", row, 1)
    data = data if row != ",5,4,,5,,,,," else GOOD.replace("5,,,,,\n", "5,,,,\n", 1)
    found = faults_of(world, ("a.csv", data.encode()))
    assert [(f[1], f[2]) for f in found] == [(2, column)]
    assert found[0][3] == f"{cells}, the head 12"
    assert found[0][4]


def test_empty_cells_at_the_end_of_all_rows_are_none(world: Workspace) -> None:
    padded = "\n".join(f"{line},," for line in GOOD.strip().split("\n"))
    assert count(world, ("a.csv", padded.encode())).answers.n == 2


def test_a_cell_beyond_the_head_of_a_sheet(world: Workspace) -> None:
    def beyond(sheet: Worksheet) -> None:
        sheet["O3"] = 234

    data = changed(synthetic.as_xlsx(rows()), beyond)
    ((_, row, column, message, _),) = faults_of(world, ("a.xlsx", data))
    assert (row, column, message) == (3, 13, "row 3 has 15 cells, the head 12")


def odk_rows(column: str, states: tuple[str, str, str]) -> str:
    """Three respondents, the second of whom answered otherwise, and their states of review."""
    lines = [f"{HEAD},{column}", *GOOD.strip().split("\n")[1:], "3,company,50,1,1,1,1,,,,,"]
    return "\n".join([lines[0], *(f"{a},{b}" for a, b in zip(lines[1:], states, strict=True))])


@pytest.mark.parametrize(
    ("column", "state"),
    [
        ("ReviewState", "rejected"),
        ("_validation_status", "validation_status_not_approved"),
        ("_validation_status", "Not Approved"),
        ("_validation_status", "not approved"),
        ("__system/reviewState", "rejected"),
        ("_validation_status.uid", "validation_status_not_approved"),
        ("_validation_status/label", "Not Approved"),
    ],
)
def test_rejected_submissions_are_left_out(world: Workspace, column: str, state: str) -> None:
    data = odk_rows(column, ("", "approved", state)).encode()
    counted = count(world, ("a.csv", data))
    assert counted.answers.n == 2
    assert (4, "1 submission that was rejected in ODK or Kobo (row 4); it is left out") in remarks(
        counted
    )
    path = world.root / "a.csv"
    found = lookup.find(world, UNIT)
    every = responses.count(world, found, "visitors", "2", [path], over=True, with_rejected=True)
    assert every.answers.n == 3
    assert [r for _, r in remarks(every) if "rejected" in r] == [
        "1 submission that was rejected in ODK or Kobo (row 4); it is counted"
    ]


def test_what_stands_in_a_rejected_row_is_not_looked_at(world: Workspace) -> None:
    data = odk_rows("ReviewState", ("rejected", "edited", "approved"))
    spoilt = data.replace("1,citizen,30", "3,nobody,999")
    assert count(world, ("a.csv", spoilt.encode())).answers.n == 2


@pytest.mark.parametrize("state", ["hasIssues", "validation_status_on_hold", "On Hold"])
def test_what_is_unsettled_counts_and_is_said(world: Workspace, state: str) -> None:
    column = "ReviewState" if state == "hasIssues" else "_validation_status"
    counted = count(world, ("a.csv", odk_rows(column, (state, state, "")).encode()))
    assert counted.answers.n == 3
    said = "2 submissions that are on hold or have issues (rows 2, 3); they are counted"
    assert (2, said) in remarks(counted)


def test_all_rejected_is_no_answer(world: Workspace) -> None:
    data = odk_rows("ReviewState", ("rejected",) * 3).encode()
    ((_, _, _, message, _),) = faults_of(world, ("a.csv", data))
    assert message == "there is no answer in it"


def test_hidden_and_filtered_rows_are_counted_and_said(world: Workspace) -> None:
    def hide(sheet: Worksheet) -> None:
        sheet.row_dimensions[2].hidden = True
        sheet.auto_filter.ref = "A1:L3"

    counted = count(world, ("a.xlsx", changed(synthetic.as_xlsx(rows()), hide)))
    assert counted.answers.n == 2
    assert (2, "1 row that is hidden or filtered out in Excel (row 2); it is counted") in remarks(
        counted
    )


def test_hidden_columns_and_hidden_sheets_are_said(world: Workspace) -> None:
    def hide(sheet: Worksheet) -> None:
        sheet.column_dimensions["D"].hidden = True
        book = sheet.parent
        assert isinstance(book, Workbook)
        other = book.create_sheet("เก่า", 0)
        other.append(["a", "b"])
        other.append(["1", "2"])
        other.sheet_state = "hidden"

    counted = count(world, ("a.xlsx", changed(synthetic.as_xlsx(rows()), hide)))
    said = [message for _, message in remarks(counted)]
    assert "1 column of answers isn't shown in Excel (quick); it is read all the same" in said
    assert "the sheet 'เก่า' is not read, only 'Sheet' is" in said


def test_merged_cells_are_a_fault(world: Workspace) -> None:
    def merge(sheet: Worksheet) -> None:
        sheet.merge_cells("B2:B3")

    ((_, row, column, message, hint),) = faults_of(
        world, ("a.xlsx", changed(synthetic.as_xlsx(rows()), merge))
    )
    assert (row, column) == (2, 2)
    assert message == "the cells B2:B3 are merged: only one of them holds something"
    assert hint.startswith("unmerge them")


def test_a_merged_title_above_the_head_is_none(world: Workspace) -> None:
    def merge(sheet: Worksheet) -> None:
        sheet.merge_cells("A1:L1")

    titled = [["ผลการสำรวจความพึงพอใจ"], [""], *rows()]
    counted = count(world, ("a.xlsx", changed(synthetic.as_xlsx(titled), merge)))
    assert counted.answers.n == 2
    assert counted.answers.items["quick"] == {"4": 1, "5": 1}


def test_the_sheet_with_the_answers_is_found(world: Workspace) -> None:
    def before(sheet: Worksheet) -> None:
        book = sheet.parent
        assert isinstance(book, Workbook)
        other = book.create_sheet("คำชี้แจง", 0)
        other.append(["อ่านก่อน"])
        other.append(["สำรวจเดือนกันยายน"])

    counted = count(world, ("a.xlsx", changed(synthetic.as_xlsx(rows()), before)))
    assert counted.answers.n == 2


def test_faults_below_a_title_have_the_rows_of_the_file(world: Workspace) -> None:
    data = f"ผลการสำรวจ\n\n{GOOD}".replace("2,company", "2,compny")
    assert [f[1:3] for f in faults_of(world, ("a.csv", data.encode()))] == [(5, 2)]
    said = f"sep=,\r\n{GOOD}".replace("2,company", "2,compny")
    assert [f[1:3] for f in faults_of(world, ("b.csv", said.encode()))] == [(4, 2)]
    unended = f"sep=,\n{GOOD}".replace("2,company", '2,"company')
    assert [f[1:3] for f in faults_of(world, ("c.csv", unended.encode()))] == [(4, 1)]


def test_when_nothing_fits_what_was_found_and_what_was_expected_is_said(world: Workspace) -> None:
    data = b"name,score\nx,1\n"
    ((_, row, _, message, hint),) = faults_of(world, ("a.csv", data))
    assert row == 1
    assert message.startswith("this is no file of answers to 'visitors': it has 0 of 8 columns")
    assert "found: name, score; expected: who, age, quick" in hint


def test_a_row_of_words_below_the_codes_is_no_answer(world: Workspace) -> None:
    survey = synthetic.shipped("example-2570", "visitors")
    words = KnownHeads(survey)
    labels = {code: words.columns[code].label for code in words.columns}
    first, *rest = GOOD.strip().split("\n")
    below = ",".join(f'"{labels.get(code, code)}"' for code in first.split(","))
    tags = ",".join(f"#{n}" for n, _ in enumerate(first.split(",")))
    data = "\n".join([first, below, tags, *rest])
    assert count(world, ("a.csv", data.encode())).answers.n == 2


def test_a_question_asked_again_is_one_question(world: Workspace) -> None:
    def twice(second: tuple[str, str]) -> bytes:
        first, *rest = GOOD.strip().split("\n")
        lines = [f"{first},again/quick"]
        lines += [f"{line},{cell}" for line, cell in zip(rest, second, strict=True)]
        return "\n".join(lines).replace("2,company,41,4", "2,company,41,").encode()

    counted = count(world, ("a.csv", twice(("", "3"))))
    assert counted.answers.items["quick"] == {"3": 1, "5": 1}
    counted = count(world, ("a.csv", twice(("5", "3"))))
    assert counted.answers.items["quick"] == {"3": 1, "5": 1}
    ((_, row, column, message, hint),) = faults_of(world, ("a.csv", twice(("2", "3"))))
    assert (row, column) == (2, 13)
    assert "column 4 of this row holds another answer" in message
    assert hint == "empty the one that isn't to count"


def test_heads_whose_words_are_several_questions_need_names(world: Workspace) -> None:
    survey = synthetic.shipped("dsdw-2566", "service")
    known = KnownHeads(survey)
    people = synthetic.people(survey, 5)
    made = synthetic.kobo_labels(survey, people, groups=False)
    alike = [text for text in made[0] if len(known.codes(text)) > 1]
    assert alike, "two questions of the survey have the same words"
    place = made[0].index(alike[0])
    read = table.read(
        Path("a.csv"), synthetic.as_csv([[*r[:place], *r[place + 1 :]] for r in made])
    )
    _, _, faults = heads.match(survey, "service", read)
    assert any("may be any of" in fault.message for fault in faults)


@pytest.mark.parametrize(
    ("header", "code"),
    [
        ("quick", "quick"),
        ("QUICK", "quick"),
        ("part2.satisfaction.quick", "quick"),
        ("part2 > quick", "quick"),
        ("part2|quick", "quick"),
        ("qui\u200bck", "quick"),
        ("2.2 ได้รับค\u0e4d\u0e32อธิบายที่เข้าใจง่าย", "clear"),
        ("๒.๒ ได้รับคำอธิบายที่เข้าใจง่าย", "clear"),
        ("ส่วนที่ 2/2.2 ได้รับคำอธิบายที่เข้าใจง่าย", "clear"),
        ("quickly", None),
        ("notquick", None),
        ("", None),
    ],
)
def test_what_a_header_names(header: str, code: str | None) -> None:
    known = KnownHeads(synthetic.shipped("example-2570", "visitors"))
    assert known.codes(header) == ((code,) if code else ())


def test_the_option_counts_rejected_ones(workspace: Path) -> None:
    data = odk_rows("ReviewState", ("rejected", "", ""))
    (workspace / "a.csv").write_text(data, "utf-8")
    words = ("survey", "score", UNIT, "a.csv", "--survey", "visitors", "--round", "2", "--json")
    done = gen(*words, cwd=workspace)
    assert '"n": 2' in done.stdout, done.stderr
    assert "1 submission that was rejected in ODK or Kobo (row 2); it is left out" in done.stderr
    assert "hint: --rejected counts them too" in done.stderr
    done = gen(*words, "--replace", "--rejected", cwd=workspace)
    assert '"n": 3' in done.stdout, done.stderr
