"""Each way to spoil a file of answers is named by file, row and column."""

from __future__ import annotations

import io
import shutil
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from generator.agreements import lookup
from generator.diagnostics import Severity
from generator.errors import UsageError
from generator.importing import responses
from generator.importing.responses import heads, table
from generator.workspace.environment import Workspace
from support import synthetic
from support.answer_files import GOOD, HEAD, UNIT, count, faults_of, world_of


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    return world_of(tmp_path)


def swapped(old: str, new: str) -> bytes:
    assert old in GOOD
    return GOOD.replace(old, new).encode()


CASES: list[tuple[str, bytes, int, int, str, str]] = [
    (
        "label",
        swapped("2,company", "2,compny"),
        3,
        2,
        "who: 'compny' is none of its answers",
        "did you mean 'company'?",
    ),
    (
        "label-thai",
        swapped("2,company", "2,ประชาชนน"),
        3,
        2,
        "who: 'ประชาชนน' is none of its answers",
        "did you mean 'ประชาชน'?",
    ),
    (
        "scale",
        swapped(",5,4,,5,", ",5,7,,5,"),
        2,
        5,
        "clear: '7' is outside the scale 1 to 5",
        "correct it, or empty the cell",
    ),
    (
        "scale-zero",
        swapped(",5,4,,5,", ",0,4,,5,"),
        2,
        4,
        "quick: '0' is outside the scale 1 to 5",
        "",
    ),
    (
        "scale-half",
        swapped(",5,4,,5,", ",4.5,4,,5,"),
        2,
        4,
        "quick: '4.5' is outside the scale 1 to 5",
        "",
    ),
    (
        "level-label",
        swapped(",5,4,,5,", ",มากๆ,4,,5,"),
        2,
        4,
        "quick: 'มากๆ' is none of its answers",
        "did you mean 'มาก'",
    ),
    (
        "number",
        swapped("1,citizen,30", "1,citizen,สามสิบ"),
        2,
        3,
        "age: 'สามสิบ' is no whole number",
        "a number from 1 to 120",
    ),
    (
        "number-range",
        swapped("1,citizen,30", "1,citizen,130"),
        2,
        3,
        "age: '130' is outside 1 to 120",
        "",
    ),
    (
        "column",
        swapped(",clear,", ",cleer,"),
        1,
        13,
        "the column 'clear' is missing",
        "did you mean 'cleer'?",
    ),
    (
        "respondent",
        swapped("\n2,", "\n1,"),
        3,
        1,
        "the respondent '1' stands twice",
        "the first is in row 2 of",
    ),
    ("empty", b"", 1, 1, "the file is empty", "export the answers again"),
    ("blank", b"\xef\xbb\xbf\r\n,,,\r\n", 1, 1, "the file is empty", ""),
    ("head-alone", HEAD.encode(), 1, 1, "there is no answer in it", ""),
    (
        "other",
        b"respondent,q1,q2,q3\n1,a,b,c\n",
        1,
        1,
        "this is no file of answers to 'visitors': it has 0 of 8",
        "name the survey",
    ),
    (
        "form",
        swapped("respondent,", "_xform_id_string,")
        .replace(b"\n2,", b"\nservice-1,")
        .replace(b"\n1,", b"\nvisitors-1,"),
        3,
        1,
        "these are answers to the survey 'service-1'",
        "name the survey",
    ),
    (
        "version",
        swapped("respondent,", "version,"),
        3,
        1,
        "version '2' of the survey was answered, not '1'",
        "",
    ),
    (
        "encoding",
        GOOD.encode() + b"3,\xff\n",
        4,
        2,
        "the file is neither UTF-8 nor Windows-874 (byte FF)",
        "save it as CSV UTF-8",
    ),
    ("utf-16", b"\xff\xfea", 1, 1, "the file is no whole UTF-16 text", ""),
    ("binary", b"\x00\x01\x02", 1, 1, "the file holds no text", ""),
    (
        "formula",
        swapped(",5,4,,5,", ",5,=2+2,,5,"),
        2,
        5,
        "clear: a formula stands here",
        "put in the value",
    ),
    (
        "cells",
        swapped("\n2,company,41", "\n2,company,41,1,1,1,1"),
        3,
        13,
        "row 3 has 16 cells, the head 12",
        "put quotes",
    ),
    (
        "quote",
        swapped("2,company", '2,"company'),
        3,
        1,
        "the CSV can't be read: unexpected end of data",
        "",
    ),
]


@pytest.mark.parametrize(
    ("case", "data", "row", "column", "message", "hint"), CASES, ids=[c[0] for c in CASES]
)
def test_fault(
    workspace: Workspace, case: str, data: bytes, row: int, column: int, message: str, hint: str
) -> None:
    found = faults_of(workspace, (f"{case}.csv", data))
    assert [f[:3] for f in found] == [(f"{case}.csv", row, column)]
    assert found[0][3].startswith(message)
    assert found[0][4].startswith(hint)


def test_the_good_file_is_counted(workspace: Workspace) -> None:
    counted = count(workspace, ("good.csv", GOOD.encode()))
    assert (counted.answers.n, counted.answers.dissatisfied) == (2, 1)
    assert counted.answers.sources == ["good.csv"]
    assert not counted.remarks
    thin = responses.thin(counted)
    assert thin is not None
    assert "2 respondents are fewer than the 30" in thin.message
    alone = count(workspace, ("one.csv", GOOD.rsplit("2,company", 1)[0].encode()))
    thin = responses.thin(alone)
    assert thin is not None
    assert "1 respondent is fewer than the 30" in thin.message


def test_all_faults_of_all_files_in_one_run(workspace: Workspace) -> None:
    first = GOOD.replace("2,company,41,4", "2,compny,200,9").encode()
    second = GOOD.replace("1,citizen", "3,nobody").encode()
    found = faults_of(workspace, ("a.csv", first), ("b.csv", second))
    assert [f[:3] for f in found] == [
        ("a.csv", 3, 2),
        ("a.csv", 3, 3),
        ("a.csv", 3, 4),
        ("b.csv", 2, 2),
        ("b.csv", 3, 1),
    ]


def test_a_respondent_in_two_files_and_a_file_named_twice(workspace: Workspace) -> None:
    ((name, row, column, message, hint),) = faults_of(
        workspace,
        ("a.csv", GOOD.encode()),
        ("b.csv", f"{HEAD}\n2,company,1,1,1,1,1,,,,,\n".encode()),
    )
    assert (name, row, column) == ("b.csv", 2, 1)
    assert message == "the respondent '2' stands twice"
    assert hint == "the first is in row 3 of a.csv; take one out"
    ((name, _, _, message, _),) = faults_of(
        workspace, ("a.csv", GOOD.encode()), ("b.csv", GOOD.encode())
    )
    assert (name, message) == ("b.csv", "the file holds the same as a.csv")


def test_workbooks(workspace: Workspace) -> None:
    rows = [line.split(",") for line in GOOD.strip().split("\n")]
    assert count(workspace, ("a.xlsx", synthetic.as_xlsx(rows))).answers.n == 2
    rows[1][4] = "=2+2"
    found = faults_of(workspace, ("b.xlsx", synthetic.as_xlsx(rows, formulas=True)))
    assert [f[:3] for f in found] == [("b.xlsx", 2, 5)]
    assert found[0][3] == "clear: a formula stands here; formulas are never executed"
    # Words that begin with a sign of equality are words; a formula among words is none.
    rows[1][4], rows[1][7] = "4", "=ดี"
    assert count(workspace, ("c.xlsx", synthetic.as_xlsx(rows))).answers.written
    found = faults_of(workspace, ("d.xlsx", synthetic.as_xlsx(rows, formulas=True)))
    assert [f[:3] for f in found] == [("d.xlsx", 2, 8)]


@pytest.mark.parametrize("digits", [400, 4_000])
def test_a_number_that_no_cell_can_hold(workspace: Workspace, digits: int) -> None:
    """Other programs write any number of digits into a file."""
    rows = [line.split(",") for line in GOOD.strip().split("\n")]
    rows[1][2] = "987654"
    out = io.BytesIO()
    written = io.BytesIO(synthetic.as_xlsx(rows))
    with zipfile.ZipFile(written) as old, zipfile.ZipFile(out, "w") as new:
        for part in old.namelist():
            new.writestr(part, old.read(part).replace(b"<v>987654<", b"<v>" + b"9" * digits + b"<"))
    ((name, row, column, message, hint),) = faults_of(workspace, ("a.xlsx", out.getvalue()))
    assert (name, row, column) == ("a.xlsx", 2, 3)
    assert (message, hint) == ("age: the number is impossibly large", "check the figure")


def test_damaged_and_oversized_workbooks(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    ((_, row, column, message, _),) = faults_of(workspace, ("a.xlsx", b"PK\x03\x04nothing"))
    assert (row, column, message) == (1, 1, "this is no Excel workbook, or a damaged one")
    path = workspace.root / "b.xlsx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("[Content_Types].xml", "<x/>")
        archive.writestr("xl/workbook.xml", "<x>")
    ((_, _, _, message, _),) = faults_of(workspace, ("b.xlsx", path.read_bytes()))
    assert message.startswith("the workbook can't be read: ")
    rows = [line.split(",") for line in GOOD.strip().split("\n")]
    monkeypatch.setattr(table, "MAX_CELLS", 20)
    ((_, _, _, message, hint),) = faults_of(workspace, ("c.xlsx", synthetic.as_xlsx(rows)))
    assert message == "the sheet has 3 rows and 12 columns"
    assert hint == "delete what stands outside the table"


def _limit(name: str, value: int) -> Callable[[pytest.MonkeyPatch], None]:
    return lambda patch: patch.setattr(table, name, value)


@pytest.mark.parametrize(
    ("lower", "row", "message"),
    [
        (_limit("MAX_ROWS", 1), 3, "the file has more than 1 rows"),
        (_limit("MAX_COLUMNS", 5), 1, "the file has more than 100,000 rows and 5 columns"),
        (_limit("MAX_BYTES", 9), 1, "the file is larger than 0 MiB"),
    ],
)
def test_limits(
    workspace: Workspace,
    monkeypatch: pytest.MonkeyPatch,
    lower: Callable[[pytest.MonkeyPatch], None],
    row: int,
    message: str,
) -> None:
    lower(monkeypatch)
    ((_, line, _, said, _),) = faults_of(workspace, ("a.csv", GOOD.encode()))
    assert line == row
    assert said.startswith(message)


def test_tis_620_is_read_with_a_remark(workspace: Workspace) -> None:
    counted = count(workspace, ("a.csv", GOOD.replace("citizen", "ประชาชน").encode("tis-620")))
    assert [w.text for w in counted.answers.written["issue1_text"]] == ["รอนาน"]
    (remark,) = counted.remarks
    assert remark.severity is Severity.WARNING
    assert remark.message == "the file is not UTF-8; it is read as Windows-874 (TIS-620)"


def test_remarks_on_what_is_not_read(workspace: Workspace) -> None:
    data = GOOD.replace(",who_other_text", ",note").replace("5,,,,,\n", "5,,,,,ตรวจแล้ว\n")
    counted = count(workspace, ("a.csv", data.encode()))
    assert [(r.location.line, r.location.column, r.message) for r in counted.remarks] == [
        (1, 12, "the survey has no column 'note'; it is not read"),
        (1, 13, "the column 'who_other_text' is missing (อื่น ๆ ระบุ)"),
    ]


def test_a_column_that_stands_twice_and_one_that_is_missing(workspace: Workspace) -> None:
    found = faults_of(workspace, ("a.csv", swapped(",clear,", ",quick,")))
    assert [f[1:4] for f in found] == [
        (1, 13, "the column 'clear' is missing (2.2 ได้รับคำอธิบายที่เข้าใจง่าย)"),
        (
            2,
            5,
            "quick: the question was asked again, and column 4 of this row holds another answer",
        ),
    ]


def test_columns_of_options_must_all_be_there(workspace: Workspace) -> None:
    survey = synthetic.shipped("dsdw-2566", "service")
    rows = synthetic.ticks_alone(synthetic.odk(survey, synthetic.people(survey, 3)), survey)
    place = rows[0].index("part4/q4_4_2/talk")
    read = table.read(
        Path("a.csv"), synthetic.as_csv([[*r[:place], *r[place + 1 :]] for r in rows])
    )
    _, _, faults = heads.match(survey, "service", read)
    assert [fault.message for fault in faults] == ["the columns of 'q4_4_2' for talk are missing"]


def test_counted_answers_are_kept_unless_they_are_to_be_replaced(tmp_path: Path) -> None:
    world = Workspace(tmp_path, {})
    (tmp_path / "agreements").mkdir()
    agency = tmp_path / "agreements" / "example-2570"
    source = synthetic.ROOT / "agreements" / "example-2570"
    shutil.copytree(source, agency, ignore=shutil.ignore_patterns("answers"))
    counted = count(world, ("a.csv", GOOD.encode()), over=False)
    ((target, data),) = counted.files.items()
    assert target == agency / "answers" / "2" / UNIT / "visitors.yaml"
    target.parent.mkdir(parents=True)
    target.write_bytes(data)
    assert data.startswith(b"# yaml-language-server: $schema=")
    with pytest.raises(UsageError, match="counted already"):
        count(world, ("a.csv", GOOD.encode()), over=False)
    assert count(world, ("a.csv", GOOD.encode()), over=True).answers == counted.answers


@pytest.mark.parametrize(
    ("unit", "survey", "round_", "message"),
    [
        ("example-2570", "visitors", "2", "answers are those to a unit's survey"),
        (UNIT, "visitor", "2", "there is no survey 'visitor'"),
        (UNIT, "visitors", "3", "there is no round '3'"),
    ],
)
def test_what_answers_belong_to(
    workspace: Workspace, unit: str, survey: str, round_: str, message: str
) -> None:
    path = workspace.root / "a.csv"
    path.write_bytes(GOOD.encode())
    with pytest.raises(UsageError, match=message):
        responses.count(workspace, lookup.find(workspace, unit), survey, round_, [path], over=True)
