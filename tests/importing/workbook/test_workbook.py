"""The officer's workbook: out, filled in, and back, with every wrong cell named."""

import contextlib
import io
import json
import re
import shutil
import subprocess
import zipfile
from collections.abc import Callable
from datetime import datetime
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from generator.agreements import lookup, reading, yaml_tree, yaml_writing
from generator.agreements.files import AgencyFolder, UnitFile
from generator.agreements.model_faults import to_model
from generator.errors import DataError, ExitCode, UsageError
from generator.importing import excel, workbook
from generator.importing.workbook import form, opening
from generator.importing.workbook.results import read as read_results
from generator.importing.workbook.rows import DONE, NOT_DONE
from generator.importing.workbook.sheet import EVIDENCE, HEAD_ROW, KEY, RESULT, number_format, write
from generator.model import PartResult, Result, Results
from generator.workspace.environment import Workspace
from support.command import gen
from support.making import ROOT

SUBJECTS = [(unit, r) for unit in ("กอส", "กพพ", "พส", "ตัวอย่าง-ข") for r in "12"]


@pytest.fixture
def world(tmp_path: Path) -> Workspace:
    """A workspace with the shipped agencies."""
    shutil.copytree(ROOT / "agreements", tmp_path / "agreements")
    shutil.copytree(ROOT / "schema", tmp_path / "schema")
    return Workspace(tmp_path, {})


def results_path(world: Workspace, unit: str, round_id: str) -> Path:
    folder = lookup.find(world, unit).folder
    return folder / "results" / round_id / f"{unit}.yaml"


def template(world: Workspace, unit: str, round_id: str) -> bytes:
    (data,) = workbook.template(world, lookup.find(world, unit), round_id).files.values()
    return data


def sheet_of(data: bytes) -> tuple[Workbook, Worksheet]:
    book = load_workbook(io.BytesIO(data))
    return book, book.worksheets[0]


def saved(book: Workbook) -> bytes:
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def rows_of(sheet: Worksheet) -> dict[tuple[str, ...], int]:
    """The rows of a workbook, by what they are."""
    return {
        tuple(json.loads(str(sheet.cell(row, KEY).value))): row
        for row in range(HEAD_ROW + 1, sheet.max_row + 1)
    }


def take_in(world: Workspace, data: bytes, *, over: bool = False) -> Results:
    """A workbook's results, as the file that comes of them is read."""
    path = world.root / "filled.xlsx"
    path.write_bytes(data)
    ((target, content),) = workbook.take_in(world, path, over=over).files.items()
    parsed = yaml_tree.parse(target, content)
    assert parsed.node is not None
    model, faults = to_model(parsed.node, Results)
    assert not faults
    assert model is not None
    return model


@pytest.fixture
def unjudged(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is typed needn't make sense: only how it is read is looked at."""
    monkeypatch.setattr(workbook, "_judged", lambda *_: ())


def refusal(world: Workspace, data: bytes) -> list[str]:
    """What is said of a workbook that isn't taken in; nothing may be written."""
    path = world.root / "filled.xlsx"
    path.write_bytes(data)
    with pytest.raises(DataError) as caught:
        workbook.take_in(world, path, over=True)
    assert all(fault.location.path == path for fault in caught.value.diagnostics)
    assert all(fault.hint for fault in caught.value.diagnostics)
    return [fault.message for fault in caught.value.diagnostics]


@pytest.mark.parametrize(("unit", "round_id"), SUBJECTS)
def test_what_was_reported_comes_back(world: Workspace, unit: str, round_id: str) -> None:
    path = results_path(world, unit, round_id)
    before = reading.read_results(path).model
    assert before is not None
    assert before.results
    assert take_in(world, template(world, unit, round_id), over=True) == before


@pytest.mark.usefixtures("unjudged")
@pytest.mark.parametrize(("unit", "round_id"), SUBJECTS)
def test_an_empty_workbook_filled_in(world: Workspace, unit: str, round_id: str) -> None:
    """Every cell that is asked for, typed in, becomes the result it stands for."""
    results_path(world, unit, round_id).unlink()
    book, sheet = sheet_of(template(world, unit, round_id))
    assert take_in(world, saved(book)).results == {}
    expected: dict[str, Any] = {}
    totals: set[tuple[str, ...]] = set()
    rows = rows_of(sheet)
    for number, (path, row) in enumerate(rows.items(), start=1):
        if path[1:] == ("counted",):
            continue
        cell = sheet.cell(row, RESULT)
        at: dict[str, Any] = expected.setdefault(path[0], {})
        if number % 2:
            evidence = sheet.cell(row, EVIDENCE)
            evidence.value = f"หลักฐาน {number}"
            at.setdefault("evidence", []).append(evidence.value)
        field, *inner = path[1:]
        if field == "parts":
            part, field, *inner = inner
            at = at.setdefault("parts", {}).setdefault(part, {})
        if field == "text":
            at["text"] = cell.value = f"ข้อความ {number}\nบรรทัดที่สอง"
        elif field == "done":
            cell.value = DONE if number % 2 else NOT_DONE
            at.setdefault("done", []).extend(inner if number % 2 else ())
        elif field == "value" and "inputs" not in at:
            cell.value = Decimal(number) / 4
            at["value"] = cell.value
        elif field == "inputs" and inner[-1] != "constant":
            by_month = any(other[:-1] == path for other in rows)
            if by_month and number % 2:
                totals.add(path)
            if path[:-1] in totals or (by_month and path not in totals):
                continue
            cell.value = Decimal(number) / 4
            at = at.setdefault("inputs", {})
            if len(inner) == 2:
                at = at.setdefault(inner[0], {})
            at[inner[-1]] = cell.value
    found = take_in(world, saved(book))
    assert found.results == {key: Result.model_validate(r) for key, r in expected.items()}


def by_libreoffice(data: bytes, folder: Path) -> bytes:
    """A workbook as LibreOffice saves it again."""
    (folder / "given.xlsx").write_bytes(data)
    subprocess.run(
        [
            "soffice",
            f"-env:UserInstallation=file://{folder}/profile",
            "--headless",
            "--convert-to",
            "xlsx",
            "--outdir",
            str(folder / "saved"),
            str(folder / "given.xlsx"),
        ],
        check=True,
        capture_output=True,
        timeout=180,
    )
    saved_again = folder / "saved" / "given.xlsx"
    assert saved_again.exists(), "this LibreOffice has no Calc: apt-get install libreoffice-calc"
    return saved_again.read_bytes()


def test_libreoffice_saves_it_again(world: Workspace, tmp_path: Path) -> None:
    for unit in ("กพพ", "พส"):
        path = results_path(world, unit, "1")
        before = reading.read_results(path).model
        again = by_libreoffice(template(world, unit, "1"), tmp_path)
        assert take_in(world, again, over=True) == before
        _, sheet = sheet_of(again)
        assert sheet.protection.sheet
        assert sheet.column_dimensions["G"].hidden
        assert len(sheet.data_validations.dataValidation) >= 1


def test_the_sheet_is_fit_to_fill_in(world: Workspace) -> None:
    _, sheet = sheet_of(template(world, "กพพ", "1"))
    assert sheet.title == "กพพ"
    assert sheet.freeze_panes == f"C{HEAD_ROW + 1}"
    assert sheet.protection.sheet
    assert sheet.print_title_rows in (f"${HEAD_ROW}:${HEAD_ROW}", "$5:$5")
    rows = rows_of(sheet)
    kinds = {v.type: v for v in sheet.data_validations.dataValidation}
    for path, row in rows.items():
        result = sheet.cell(row, RESULT)
        assert not sheet.cell(row, EVIDENCE).protection.locked
        assert sheet.cell(row, 2).protection.locked
        assert result.protection.locked == (path[1] == "evidence" or path[-1] == "constant")
        assert result.font.name == "TH Sarabun New"
        assert result.font.sz == 14
        if "done" in path:
            assert result.coordinate in kinds["list"]
        elif path[1] in ("value", "inputs"):
            assert result.coordinate in kinds["decimal"]
    # What others report isn't asked for.
    assert not any(path[0] in ("energy", "waste") for path in rows)


def test_figures_of_those_who_borrow_are_asked_of_the_lender(world: Workspace) -> None:
    results_path(world, "พส", "1").unlink()
    _, sheet = sheet_of(template(world, "พส", "1"))
    rows = rows_of(sheet)
    assert ("energy", "inputs", "seu") in rows
    assert ("waste", "inputs", "foam") in rows


@pytest.mark.parametrize(
    ("unit", "round_id", "key", "first", "last", "count"),
    [
        # The fiscal year: its first half, then all of it, since round 2 is cumulative.
        ("ตัวอย่าง-ก", "1", "last_year", "ต.ค. 69", "มี.ค. 70", 6),
        ("ตัวอย่าง-ก", "2", "last_year", "ต.ค. 69", "ก.ย. 70", 12),
        # The sheet's own period: 1 September to 31 August, asked of the lender.
        ("พส", "1", "seu", "ก.ย. 65", "ก.พ. 66", 6),
        ("พส", "2", "seu", "ก.ย. 65", "ส.ค. 66", 12),
    ],
)
def test_the_months_asked_for_are_those_of_the_round(
    world: Workspace, unit: str, round_id: str, key: str, first: str, last: str, count: int
) -> None:
    results_path(world, unit, round_id).unlink()
    _, sheet = sheet_of(template(world, unit, round_id))
    months = [path[-1] for path in rows_of(sheet) if path[:-1] == ("energy", "inputs", key)]
    assert (months[0], months[-1], len(months)) == (first, last, count)


def test_a_round_that_isnt_cumulative_asks_for_its_own_months(world: Workspace) -> None:
    path = world.root / "agreements" / "example-2570" / "agency.yaml"
    text = path.read_text("utf-8")
    path.write_text(re.sub("(?m)^    cumulative: true.*$", "    cumulative: false", text), "utf-8")
    results_path(world, "ตัวอย่าง-ก", "2").unlink()
    _, sheet = sheet_of(template(world, "ตัวอย่าง-ก", "2"))
    months = [path[-1] for path in rows_of(sheet) if path[:3] == ("energy", "inputs", "this_year")]
    assert months[1:] == ["เม.ย. 70", "พ.ค. 70", "มิ.ย. 70", "ก.ค. 70", "ส.ค. 70", "ก.ย. 70"]
    assert str(sheet.cell(3, 1).value).endswith("(1 เมษายน 2570 – 30 กันยายน 2570)")


def test_months_that_are_missing_can_be_filled_in(world: Workspace) -> None:
    """What was reported keeps its names; the other months of the round stand beside them."""
    path = results_path(world, "ตัวอย่าง-ก", "2")
    path.write_text(
        "fiscal_year: 2570\nresults:\n"
        "  energy: {inputs: {last_year: {ต.ค.: 1, พ.ย.: 2}, this_year: 3}}\n",
        "utf-8",
    )
    book, sheet = sheet_of(template(world, "ตัวอย่าง-ก", "2"))
    rows = rows_of(sheet)
    months = [path[-1] for path in rows if path[:-1] == ("energy", "inputs", "last_year")]
    assert months[:4] == ["ต.ค.", "พ.ย.", "ธ.ค. 69", "ม.ค. 70"]
    assert len(months) == 12
    for month in months[2:]:
        sheet.cell(rows["energy", "inputs", "last_year", month], RESULT).value = 4
    given = take_in(world, saved(book), over=True).results["energy"].inputs
    assert given is not None
    assert list(given["last_year"].values()) == [1, 2, *(4,) * 10]  # type: ignore[union-attr]


PLAIN = st.text(
    st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Zl", "Zp", "Cn", "Co")),
    max_size=40,
).filter(lambda text: "\ufeff" not in text and "\u00ad" not in text)
TEXTS = st.lists(PLAIN, min_size=1, max_size=3).map("\n".join)
STARTS = st.sampled_from(["", "=", "+", "-", "@", "'", "=1+1", "#N/A", "_x0041_"])
WORDS = st.builds(str.__add__, STARTS, TEXTS).map(lambda t: t.strip("\n ")).filter(bool)
NUMBERS = st.builds(
    lambda whole, decimals: Decimal(whole).scaleb(-decimals),
    st.integers(-(10**15) + 1, 10**15 - 1),
    st.integers(0, 10),
)


@cache
def example() -> tuple[Workspace, AgencyFolder, dict[str, UnitFile]]:
    world = Workspace(ROOT, {})
    folder = reading.read_agency(lookup.find(world, "example-2570").folder)
    return world, folder, {p.stem: reading.read_unit(folder, p) for p in folder.unit_paths}


@settings(deadline=None, max_examples=60)
@given(
    NUMBERS,
    NUMBERS,
    WORDS,
    st.lists(WORDS, max_size=6),
    st.lists(st.integers(1, 9), unique=True, max_size=4).map(sorted),
    NUMBERS,
)
def test_any_words_and_numbers_come_back(
    first: Decimal,
    second: Decimal,
    text: str,
    evidence: list[str],
    done: list[int],
    third: Decimal,
) -> None:
    _, folder, units = example()
    agency = folder.agency.model
    assert agency is not None
    results = Results(
        fiscal_year=agency.fiscal_year,
        results={
            "on-time": Result(inputs={"on_time": first, "received": second}, text=text),
            "manuals": Result(done=done, evidence=evidence),
            "satisfaction": Result(
                parts={
                    "satisfied": PartResult(value=third),
                    "dissatisfied": PartResult(value=first),
                }
            ),
            "knowledge": Result(survey="แบบสำรวจ", text=text, evidence=evidence),
        },
    )
    about = form.WorkbookHead(folder.id, "ตัวอย่าง-ข", agency.fiscal_year, "1")
    filled = form.asked(agency, about, units, results)
    data = write(filled)
    with zipfile.ZipFile(io.BytesIO(data)) as parts:
        assert b"<f>" not in parts.read("xl/worksheets/sheet1.xml")
    book = opening.opened(Path("given.xlsx"), data)
    assert isinstance(book, opening.OpenedWorkbook)
    assert book.about == about
    node, faults = read_results(book, form.asked(agency, about, units), filled)
    assert not faults
    parsed = yaml_tree.parse(Path("given.yaml"), yaml_writing.dump(node.plain()).encode())
    assert parsed.node is not None
    assert to_model(parsed.node, Results)[0] == results


def change(cell: Any, value: Any, style: str = "General", kind: str | None = None) -> None:
    cell.value = value
    cell.number_format = style
    if kind is not None:
        cell.data_type = kind


NUMBER, TICK, TEXT = ("disbursement", "value"), ("ita", "done", "1"), ("ita", "text")
WRONG: list[tuple[str, tuple[str, ...], int, Any, str, str]] = [
    ("formula", NUMBER, 4, "=1+1", "General", "a formula stands here"),
    ("formula in text", TEXT, 4, "=A1", "General", "a formula stands here"),
    ("formula in evidence", TEXT, 5, "=HYPERLINK(1)", "General", "a formula stands here"),
    ("formula in words of ours", TEXT, 2, "=A1", "General", "a formula stands here"),
    ("formula as tick", TICK, 4, '=IF(1,"✓","")', "General", "a formula stands here"),
    ("error", NUMBER, 4, "#DIV/0!", "General", "the error #DIV/0! stands here"),
    ("error in text", TEXT, 4, "#REF!", "General", "the error #REF! stands here"),
    ("true", NUMBER, 4, True, "General", "TRUE or FALSE stands here"),
    ("date", NUMBER, 4, datetime(2023, 3, 31), "yyyy-mm-dd", "a date or a time stands here"),
    ("date as text", TEXT, 4, datetime(2023, 3, 31), "yyyy-mm-dd", "a date or a time"),
    ("percent", NUMBER, 4, "82%", "General", "a percent sign stands in '82%'"),
    ("thai percent", NUMBER, 4, "๘๒ %", "General", "a percent sign"),
    ("percent format", NUMBER, 4, 0.82, "0.00%", "formatted as a percentage"),
    ("word", NUMBER, 4, "แปดสิบ", "General", "a number is expected here, not 'แปดสิบ'"),
    ("nan", NUMBER, 4, "NaN", "General", "a number is expected here, not 'NaN'"),
    ("infinity", NUMBER, 4, "inf", "General", "a number is expected here, not 'inf'"),
    ("exponent", NUMBER, 4, "1e400", "General", "a number is expected here, not '1e400'"),
    ("huge", NUMBER, 4, 10**40, "General", "the number is impossibly large"),
    ("two points", NUMBER, 4, "1.2.3", "General", "a number is expected here"),
    ("bad commas", NUMBER, 4, "1,23", "General", "a number is expected here"),
    ("comma for a point", NUMBER, 4, "82,5", "General", "a number is expected here"),
    ("decimals", NUMBER, 4, 200 / 3, "General", "has more than 10 decimals"),
    ("long decimals", NUMBER, 4, "0.12345678901", "General", "has more than 10 decimals"),
    ("tick", TICK, 4, "อาจจะ", "General", "✓, ✗ or nothing is expected here, not 'อาจจะ'"),
    ("number as tick", TICK, 4, 2, "General", "✓, ✗ or nothing is expected here, not '2'"),
    ("cross as tick", TICK, 4, "×", "General", "✓, ✗ or nothing is expected here, not '×'"),
    ("control character", TEXT, 4, "ก\u2028ข", "General", "the control character U+2028"),
    ("long text", TEXT, 4, "ก" * 20_001, "General", "at most 20000 fit"),
    ("outside", TEXT, 9, "ดูที่นี่", "General", "this stands outside the table"),
    ("unknown key", NUMBER, 7, '["new","value"]', "General", "is no row of this unit's results"),
    ("no key", NUMBER, 7, "disbursement", "General", "is no row of this unit's results"),
    ("deep key", NUMBER, 7, "[" * 900, "General", "is no row of this unit's results"),
    ("key of another row", NUMBER, 7, '["ita","text"]', "General", "the row stands twice"),
]


@pytest.mark.parametrize("wrong", WRONG, ids=lambda wrong: wrong[0])
def test_a_wrong_cell_is_named(
    world: Workspace, wrong: tuple[str, tuple[str, ...], int, Any, str, str]
) -> None:
    _, path, column, value, style, message = wrong
    book, sheet = sheet_of(template(world, "กอส", "1"))
    row = rows_of(sheet)[path]
    change(sheet.cell(row, column), value, style)
    said = refusal(world, saved(book))
    name = f"กอส!{sheet.cell(row, column).coordinate}: "
    assert any(text.startswith(name) and message in text for text in said), said


def test_all_wrong_cells_come_out_in_one_run(world: Workspace) -> None:
    book, sheet = sheet_of(template(world, "กอส", "1"))
    before = results_path(world, "กอส", "1").read_bytes()
    rows = rows_of(sheet)
    for path, value in ((NUMBER, "x"), (TICK, "q"), (("volunteers", "done", "1"), "=1")):
        sheet.cell(rows[path], RESULT).value = value
    said = refusal(world, saved(book))
    assert [text.split(":")[0] for text in said] == [
        f"กอส!D{row}"
        for row in sorted(rows[p] for p in (NUMBER, TICK, ("volunteers", "done", "1")))
    ]
    assert results_path(world, "กอส", "1").read_bytes() == before


def wrong_row_1(sheet: Worksheet) -> str:
    sheet["G1"] = "gen-results 99"
    return "G1: 'gen-results 99' is another version"


def wrong_agency(sheet: Worksheet) -> str:
    sheet["G2"] = "../dsdw-2566"
    return "G2: there is no agency '../dsdw-2566'"


def wrong_unit(sheet: Worksheet) -> str:
    sheet["G3"] = "กอสส"
    return "G3: dsdw-2566 has no unit 'กอสส'"


def wrong_year(sheet: Worksheet) -> str:
    sheet["G4"] = "2567 1"
    return "G4: these are results of 2567"


def wrong_round(sheet: Worksheet) -> str:
    sheet["G4"] = "2566 3"
    return "G4: the unit has no round '3'"


def no_year(sheet: Worksheet) -> str:
    sheet["G4"] = None
    return "G4: the year and the round are expected here"


def wrong_heading(sheet: Worksheet) -> str:
    sheet["D5"] = "ผล"
    return "D5: the heading 'ผล/ค่าที่ได้' is expected here"


def a_column_more(sheet: Worksheet) -> str:
    sheet.insert_cols(3)
    return "G1: this is no workbook of gen results template"


def a_row_less(sheet: Worksheet) -> str:
    sheet.delete_rows(rows_of(sheet)[TICK])
    return f'G{sheet.max_row + 1}: the row ["ita","done","1"]'


def a_row_more(sheet: Worksheet) -> str:
    sheet.insert_rows(8)
    sheet["D8"] = 5
    return "D8: the row is not from the template"


def far_down(sheet: Worksheet) -> str:
    sheet["A1000000"] = 1
    return "A10001: the sheet has 1000000 rows"


def words_alone(sheet: Worksheet) -> str:
    rows = rows_of(sheet)
    for path, row in rows.items():
        if path[:2] == ("ita", "done"):
            sheet.cell(row, RESULT).value = None
    return f"D{rows[TEXT]}: words are given for 'ita', but no result"


@pytest.mark.parametrize(
    "spoil",
    [
        wrong_row_1,
        wrong_agency,
        wrong_unit,
        wrong_year,
        wrong_round,
        no_year,
        wrong_heading,
        a_column_more,
        a_row_less,
        a_row_more,
        far_down,
        words_alone,
    ],
    ids=lambda spoil: spoil.__name__,
)
def test_a_changed_workbook_is_refused(world: Workspace, spoil: Callable[[Worksheet], str]) -> None:
    book, sheet = sheet_of(template(world, "กอส", "1"))
    wanted = spoil(sheet)
    said = refusal(world, saved(book))
    assert any(f"กอส!{wanted}" in text for text in said), said


def test_a_sheet_more_is_refused(world: Workspace) -> None:
    book, _ = sheet_of(template(world, "กอส", "1"))
    book.create_sheet("คำนวณ")["A1"] = "=1+1"
    assert refusal(world, saved(book)) == ["คำนวณ!A1: the sheet 'คำนวณ' is not from the template"]


def test_a_result_given_two_ways_is_refused(world: Workspace) -> None:
    path = results_path(world, "พส", "1")
    book, sheet = sheet_of(template(world, "พส", "1"))
    rows = rows_of(sheet)
    total, month = ("energy", "inputs", "seu"), ("energy", "inputs", "seu", "ต.ค. 65")
    sheet.cell(rows[total], RESULT).value = 5
    said = refusal(world, saved(book))
    assert len(said) == 1
    assert said[0].startswith(f"พส!D{rows[total]}: both a total and figures by month (row ")
    assert month in rows

    text = path.read_text("utf-8")
    path.write_text(text.replace("inputs: {trash", "value: 8\n    # {trash", 1), "utf-8")
    book, sheet = sheet_of(template(world, "พส", "1"))
    rows = rows_of(sheet)
    sheet.cell(rows["waste", "inputs", "foam"], RESULT).value = 5
    value = rows["waste", "value"]
    (said_,) = refusal(world, saved(book))
    assert f"พส!D{value}" in said_
    assert "a result is given in one way" in said_


def test_a_fixed_figure_stays(world: Workspace) -> None:
    results_path(world, "กอส", "2").unlink()
    book, sheet = sheet_of(template(world, "กอส", "2"))
    row = rows_of(sheet)["volunteers", "inputs", "target", "constant"]
    assert sheet.cell(row, RESULT).value == 556629
    sheet.cell(row, RESULT).value = 5
    assert refusal(world, saved(book)) == [f"กอส!D{row}: the indicator fixes this figure at 556629"]


@pytest.mark.usefixtures("unjudged")
@pytest.mark.parametrize(
    ("typed", "number"),
    [
        (82, "82"),
        (82.35, "82.35"),
        (0.1 + 0.2, "0.3"),
        (82.34999999999998, "82.35"),
        (-0.5, "-0.5"),
        ("๑,๒๓๔.๕", "1234.5"),
        (" 1,234,567.25 ", "1234567.25"),
        ("123456789012345.1234567891", "123456789012345.1234567891"),
        (1e-10, "0.0000000001"),
        (1e14, "100000000000000"),
    ],
)
def test_numbers_are_exact(world: Workspace, typed: object, number: str) -> None:
    book, sheet = sheet_of(template(world, "กอส", "1"))
    change(sheet.cell(rows_of(sheet)[NUMBER], RESULT), typed)
    assert take_in(world, saved(book), over=True).results["disbursement"].value == Decimal(number)


def test_an_infinite_number_is_named(world: Workspace) -> None:
    book, sheet = sheet_of(template(world, "กอส", "1"))
    cell = sheet.cell(rows_of(sheet)[NUMBER], RESULT)
    cell.value = 777777
    data = edited(saved(book), "xl/worksheets/sheet1.xml", b"777777", b"1e400")
    (said,) = refusal(world, data)
    assert said == f"กอส!{cell.coordinate}: the number is impossibly large"


def edited(data: bytes, name: str, old: bytes, new: bytes) -> bytes:
    """A workbook with one of its parts changed."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as given, zipfile.ZipFile(out, "w") as made:
        for entry in given.infolist():
            content = given.read(entry)
            if entry.filename == name:
                assert old in content
                content = content.replace(old, new, 1)
            made.writestr(entry, content, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def zipped(**parts: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        for name, content in parts.items():
            made.writestr(name, content)
    return out.getvalue()


def test_what_is_no_workbook_is_refused(world: Workspace) -> None:
    good = template(world, "กอส", "1")
    types = b"<Types/>"
    bomb = zipped(**{"[Content_Types].xml": types, "xl/workbook.xml": b" " * (excel.MAX_BYTES + 1)})
    assert len(bomb) < 100_000
    many = zipped(**{f"part{n}": b"" for n in range(excel.MAX_ENTRIES + 1)})
    entity = edited(
        good, "xl/worksheets/sheet1.xml", b"<worksheet", b'<!DOCTYPE x [<!ENTITY a "b">]><worksheet'
    )
    cases = [
        (b"", "this is no Excel workbook, or a damaged one"),
        (b"fiscal_year: 2566\n", "this is no Excel workbook, or a damaged one"),
        (good[:-2000], "this is no Excel workbook, or a damaged one"),
        (b"\xd0\xcf\x11\xe0" + b"\x00" * 500, "an old or a password-protected workbook"),
        (zipped(**{"[Content_Types].xml": types, "word/document.xml": b"<a/>"}), "no Excel"),
        (
            (ROOT / "templates/docx/agreement.docx").read_bytes(),
            "this is no Excel workbook (.xlsx)",
        ),
        (bomb, "unpacked, the file is larger than 32 MiB"),
        (many, "the file holds 501 parts"),
        (
            zipped(**{"[Content_Types].xml": types, "xl/workbook.xml": b"<a/>" * 1_000_001}),
            "the file has more than 1,000,000 tags",
        ),
        (entity, "xl/worksheets/sheet1.xml declares a document type"),
        (
            edited(good, "xl/workbook.xml", b"<workbook", b"<workbok"),
            "the workbook can't be read",
        ),
        (zipped(**{"[Content_Types].xml": types, "xl/workbook.xml": b"<w/>"}), "can't be read"),
        (b"PK\x03\x04" + b"x" * 100, "this is no Excel workbook, or a damaged one"),
    ]
    for data, message in cases:
        (said,) = refusal(world, data)
        assert message in said
    book = Workbook()
    book.worksheets[0]["A1"] = 1
    assert refusal(world, saved(book)) == ["Sheet!G1: this is no workbook of gen results template"]


def test_a_damaged_workbook_never_ends_in_a_traceback(world: Workspace) -> None:
    good = bytearray(template(world, "กอส", "1"))
    path = world.root / "filled.xlsx"
    for place in range(0, len(good), 211):
        bad = bytearray(good)
        bad[place] ^= 0xFF
        path.write_bytes(bytes(bad))
        with contextlib.suppress(DataError, UsageError):
            workbook.take_in(world, path, over=True)


def test_text_is_never_a_formula(world: Workspace) -> None:
    path = results_path(world, "กอส", "1")
    words = ["=1+1", "+66 2 123", "- ข้อ", "@x", "#N/A", "_x0041_", "'x"]
    given: yaml_tree.Plain = {
        "fiscal_year": "2566",
        "results": {"ita": {"done": ["1"], "text": "=HYPERLINK(1)", "evidence": [*words]}},
    }
    path.write_text(yaml_writing.dump(given), "utf-8")
    before = reading.read_results(path).model
    data = template(world, "กอส", "1")
    with zipfile.ZipFile(io.BytesIO(data)) as parts:
        assert b"<f>" not in parts.read("xl/worksheets/sheet1.xml")
    _, sheet = sheet_of(data)
    cells = [cell for row in sheet.iter_rows() for cell in row]
    assert not any(cell.data_type in "fe" for cell in cells)
    starts = tuple("=+-@'")
    ours = [c for c in cells if isinstance(c.value, str) and c.value.startswith(starts)]
    assert len(ours) == 6
    assert all(cell.quotePrefix for cell in ours)
    assert take_in(world, data, over=True) == before


# What scoring would refuse is refused before it is written


def filled(
    world: Workspace, unit: str, round_id: str, cells: dict[tuple[str, ...], object]
) -> bytes:
    """A workbook with nothing in it but these cells."""
    results_path(world, unit, round_id).unlink(missing_ok=True)
    book, sheet = sheet_of(template(world, unit, round_id))
    rows = rows_of(sheet)
    for path, typed in cells.items():
        change(sheet.cell(rows[path], RESULT), typed)
    return saved(book)


@pytest.mark.parametrize(
    ("round_id", "cells", "at", "message"),
    [
        (
            "1",
            {("manuals", "done", "1"): "✓", ("manuals", "done", "3"): "✓"},
            ("manuals", "done", "1"),
            "manuals: milestone out of order: 3 is done, but 2 is not",
        ),
        (
            "2",
            {("on-time", "inputs", "on_time"): 430},
            ("on-time", "inputs", "on_time"),
            "on-time: the figure 'received' (จำนวนคำขอที่รับไว้ทั้งหมด) is missing",
        ),
        (
            "2",
            {("on-time", "inputs", "on_time"): 430, ("on-time", "inputs", "received"): 0},
            ("on-time", "inputs", "received"),
            "on-time: the formula divides by zero",
        ),
        (
            "2",
            {("on-time", "inputs", "on_time"): -4, ("on-time", "inputs", "received"): 500},
            ("on-time", "inputs", "on_time"),
            "on-time: the figure 'on_time': -4 isn't possible: at least 0 is",
        ),
        (
            "2",
            {("on-time", "inputs", "on_time"): 815, ("on-time", "inputs", "received"): 100},
            ("on-time", "inputs", "on_time"),
            "on-time: 815 per cent isn't possible: at most 100 is",
        ),
        (
            "2",
            {("knowledge", "value"): -4},
            ("knowledge", "value"),
            "knowledge: -4 isn't possible: at least 0 is",
        ),
        (
            "2",
            {("satisfaction", "parts", "satisfied", "value"): 85},
            ("satisfaction", "parts", "satisfied", "value"),
            "satisfaction: the part 'dissatisfied' has no result",
        ),
    ],
)
def test_what_scoring_would_refuse_is_refused_by_cell(
    world: Workspace,
    round_id: str,
    cells: dict[tuple[str, ...], object],
    at: tuple[str, ...],
    message: str,
) -> None:
    data = filled(world, "ตัวอย่าง-ข", round_id, cells)
    row = rows_of(sheet_of(data)[1])[at]
    assert refusal(world, data) == [f"ตัวอย่าง-ข!D{row}: {message}"]
    assert not results_path(world, "ตัวอย่าง-ข", round_id).exists()


def test_a_likely_slip_is_said_and_taken_in(world: Workspace) -> None:
    path = ("satisfaction", "parts", "satisfied", "value")
    cells: dict[tuple[str, ...], object] = {
        path: 0.8152,
        ("satisfaction", "parts", "dissatisfied", "value"): 9,
    }
    data = filled(world, "ตัวอย่าง-ข", "2", cells)
    row = rows_of(sheet_of(data)[1])[path]
    file = world.root / "filled.xlsx"
    file.write_bytes(data)
    made = workbook.take_in(world, file)
    (warning,) = made.warnings
    assert warning.message.startswith(f"ตัวอย่าง-ข!D{row}: satisfaction, satisfied: 0.8152 per cent")
    assert warning.hint == "if 81.52 per cent is meant, write 81.52"
    assert len(made.files) == 1


def test_the_commands(world: Workspace) -> None:
    results_path(world, "กอส", "1").unlink()
    done = gen("results", "template", "กอส", "--round", "1", cwd=world.root)
    assert done.stdout == "outputs/dsdw-2566/กอส/กอส-results-1.xlsx\n"
    file = world.root / done.stdout.strip()
    book, sheet = sheet_of(file.read_bytes())
    change(sheet.cell(rows_of(sheet)[NUMBER], RESULT), "๘๒.๕")
    book.save(file)
    done = gen("results", "import", str(file), "--json", cwd=world.root)
    assert json.loads(done.stdout) == {"files": ["agreements/dsdw-2566/results/1/กอส.yaml"]}
    written = (world.root / "agreements/dsdw-2566/results/1/กอส.yaml").read_text("utf-8")
    assert written == (
        "# yaml-language-server: $schema=../../../../schema/results.json\n"
        "fiscal_year: 2566\nresults:\n  disbursement:\n    value: 82.5\n"
    )
    done = gen("results", "import", str(file), cwd=world.root)
    assert done.returncode == ExitCode.USAGE
    assert "--replace" in done.stderr
    change(sheet.cell(rows_of(sheet)[NUMBER], RESULT), "82%")
    book.save(file)
    done = gen("results", "import", str(file), "--replace", cwd=world.root)
    assert done.returncode == ExitCode.DATA
    assert f"error: กอส!D{rows_of(sheet)[NUMBER]}: a percent sign" in done.stderr
    assert "hint: write 82 for 82%" in done.stderr
    done = gen("results", "template", "กอส", "--round", "3", cwd=world.root)
    assert done.returncode == ExitCode.USAGE
    done = gen("results", "template", "dsdw-2566", "--round", "1", cwd=world.root)
    assert done.returncode == ExitCode.USAGE
    done = gen("results", "import", "missing.xlsx", cwd=world.root)
    assert done.returncode == ExitCode.FILES


@pytest.mark.parametrize(
    ("typed", "style", "message", "hint"),
    [
        ("3,181 คน", "General", "words stand beside the number in '3,181 คน'", "write 3181 alone"),
        ("ร้อยละ 81.52", "General", "words stand beside the number", "write 81.52 alone"),
        ("๘๑.๕๒ ล้านบาท", "General", "words stand beside the number", "write 81.52 alone"),
        ("81.52 %", "General", "a percent sign stands in", "write 81.52 for 81.52 %"),
        (0.8152, "0.00%", "formatted as a percentage and shows 81.52%", "and write 81.52"),
        (1, "0%", "formatted as a percentage and shows 100%", "and write 100"),
        ("3 181", "General", "blanks divide the number", "write 3181"),
        ("1.234,5", "General", "whose comma divides no thousands", "write 1234.5"),
        ("-", "General", "'-' stands here for nothing", "clear the cell"),
        ("80-85", "General", "two numbers stand in", "write the one that was reached"),
        ("80 ขึ้นไป 5", "General", "a number is expected here", "write it as 1234.5"),
    ],
)
def test_a_cell_gets_the_remedy_of_its_own_case(
    world: Workspace, typed: object, style: str, message: str, hint: str
) -> None:
    book, sheet = sheet_of(template(world, "กอส", "1"))
    change(sheet.cell(rows_of(sheet)[NUMBER], RESULT), typed, style)
    path = world.root / "filled.xlsx"
    path.write_bytes(saved(book))
    with pytest.raises(DataError) as caught:
        workbook.take_in(world, path, over=True)
    (fault,) = caught.value.diagnostics
    assert message in fault.message
    assert hint in fault.hint


@pytest.mark.parametrize(
    ("typed", "done"),
    [
        *(
            (word, True)
            for word in ("✓", "✔", "ใช่", 1, "1", "x", "X", True, "/", "ทำแล้ว", "ใช\u0e48\u200b")
        ),
        *((word, False) for word in ("✗", "ไม่ใช่", 0, "0", False, "ยังไม่ทำ", "-")),
    ],
)
def test_what_ticks_a_milestone(world: Workspace, typed: object, done: bool) -> None:
    results_path(world, "กอส", "1").unlink()
    book, sheet = sheet_of(template(world, "กอส", "1"))
    change(sheet.cell(rows_of(sheet)[TICK], RESULT), typed)
    assert take_in(world, saved(book)).results["ita"].done == ([1] if done else [])


def test_the_competencies_of_a_person_are_in_the_workbook(world: Workspace) -> None:
    unit = "ตัวอย่าง-บุคคล"
    results_path(world, unit, "1").unlink(missing_ok=True)
    book, sheet = sheet_of(template(world, unit, "1"))
    rows = [path for path in rows_of(sheet) if path[0] == form.COMPETENCIES]
    folder = lookup.find(world, unit).folder
    known = reading.read_unit(
        reading.read_agency(folder), folder / f"{unit}.yaml"
    ).unit.competencies
    assert [path[1] for path in rows] == [one.id for one in known]
    assert "ระดับที่คาดหวัง" in str(sheet.cell(rows_of(sheet)[rows[0]], 2).value)
    for path in rows:
        sheet.cell(rows_of(sheet)[path], RESULT).value = 3
    found = take_in(world, saved(book))
    assert found.competencies == {one.id: 3 for one in known}
    # They come back in the next workbook, and go where they are cleared.
    target = results_path(world, unit, "1")
    (content,) = workbook.take_in(world, world.root / "filled.xlsx").files.values()
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(content)
    book, sheet = sheet_of(template(world, unit, "1"))
    assert take_in(world, saved(book), over=True) == found
    first = rows_of(sheet)[rows[0]]
    sheet.cell(first, RESULT).value = None
    assert known[0].id not in take_in(world, saved(book), over=True).competencies
    sheet.cell(first, RESULT).value = 11
    assert any("a level from 0 to 10" in text for text in refusal(world, saved(book)))
    sheet.cell(first, RESULT).value = 3
    sheet.cell(first, EVIDENCE).value = "คำสั่ง"
    assert any("nothing is filled in here" in text for text in refusal(world, saved(book)))


SURVEYED = "satisfaction"


def test_what_is_counted_from_answers_has_cells_for_words_alone(world: Workspace) -> None:
    results_path(world, "กอส", "1").unlink()
    book, sheet = sheet_of(template(world, "กอส", "1"))
    rows = {path: row for path, row in rows_of(sheet).items() if path[0] == SURVEYED}
    counted, words = (SURVEYED, "counted"), (SURVEYED, "text")
    more = [(SURVEYED, "evidence", str(number)) for number in (1, 2)]
    assert list(rows) == [counted, words, *more]
    row = rows[counted]
    said = str(sheet.cell(row, 2).value)
    assert said.startswith("นับจากคำตอบแบบสำรวจ (แบบสำรวจความพึงพอใจ")
    assert "service" not in said
    assert "training" not in said
    assert all(sheet.cell(row, column).protection.locked for column in range(1, KEY))
    assert not sheet.cell(rows[words], RESULT).protection.locked
    assert not any(sheet.cell(rows[path], EVIDENCE).protection.locked for path in (words, *more))
    for column in (RESULT, EVIDENCE):
        sheet.cell(row, column).value = 80
        assert any("nothing is filled in here" in text for text in refusal(world, saved(book)))
        sheet.cell(row, column).value = None


@pytest.mark.parametrize("named", [None, "service"])
def test_words_beside_what_is_counted_come_back(world: Workspace, named: str | None) -> None:
    """Of one survey, or of all that the indicator has; answers may be counted later."""
    path = results_path(world, "กอส", "2")
    before = reading.read_results(path).model
    assert before is not None
    given = before.results[SURVEYED].model_copy(update={"survey": named})
    text = path.read_text("utf-8")
    assert "    survey: service\n" in text
    if named is None:
        (path.parents[2] / "answers" / "2" / "กอส" / "service.yaml").unlink()
        path.write_text(text.replace("    survey: service\n", "", 1), "utf-8")
    book, sheet = sheet_of(template(world, "กอส", "2"))
    assert take_in(world, saved(book), over=True).results[SURVEYED] == given
    rows = rows_of(sheet)
    if named is not None:
        said = str(sheet.cell(rows[SURVEYED, "survey"], RESULT).value)
        assert said.startswith("แบบสำรวจความพึงพอใจ"), "a survey is called by its title"
    sheet.cell(rows[SURVEYED, "text"], RESULT).value = "สำรวจแล้ว\nครบทุกบริการ"
    sheet.cell(rows[SURVEYED, "evidence", "1"], EVIDENCE).value = "หนังสือนำส่งผล"
    found = take_in(world, saved(book), over=True).results[SURVEYED]
    assert found.survey == named
    assert found.text == "สำรวจแล้ว\nครบทุกบริการ"
    wanted = [*(piece.text for piece in given.evidence), "หนังสือนำส่งผล"]
    assert [piece.text for piece in found.evidence] == wanted


def test_words_are_asked_for_nowhere_but_beside_a_result(world: Workspace) -> None:
    """An indicator that no survey counts needs its result, and a survey's needs no words."""
    results_path(world, "กอส", "1").unlink()
    book, sheet = sheet_of(template(world, "กอส", "1"))
    rows = rows_of(sheet)
    assert SURVEYED not in take_in(world, saved(book)).results
    sheet.cell(rows["disbursement", "text"], RESULT).value = "เบิกจ่ายแล้ว"
    row = rows["disbursement", "text"]
    assert refusal(world, saved(book)) == [
        f"กอส!D{row}: words are given for 'disbursement', but no result"
    ]


def test_a_workbook_from_before_there_were_rows_for_words_is_read(world: Workspace) -> None:
    results_path(world, "กอส", "1").unlink()
    book, sheet = sheet_of(template(world, "กอส", "1"))
    for path, row in rows_of(sheet).items():
        if path[0] == SURVEYED and path[1] != "counted":
            for column in range(2, KEY + 1):
                sheet.cell(row, column).value = None
    assert take_in(world, saved(book)).results == {}


def test_parts_show_their_unit(world: Workspace) -> None:
    """What was reported by hand has its cells, and they say what they are of."""
    _, sheet = sheet_of(template(world, "กอส", "1"))
    rows = rows_of(sheet)
    parts = [row for path, row in rows.items() if path[1] == "parts" and path[-1] == "value"]
    assert parts
    assert {sheet.cell(row, 3).value for row in parts} == {"ร้อยละ"}


def test_merged_cells_are_refused(world: Workspace) -> None:
    book, sheet = sheet_of(template(world, "กอส", "1"))
    row = rows_of(sheet)[NUMBER]
    sheet.merge_cells(start_row=row, end_row=row, start_column=4, end_column=5)
    assert any(
        f"the cells D{row}:E{row} are merged" in text for text in refusal(world, saved(book))
    )


def test_a_strict_workbook_is_read(world: Workspace) -> None:
    data = template(world, "กอส", "1")
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            part = re.sub(
                rb"http://schemas.openxmlformats.org/(spreadsheetml|officeDocument)/2006/",
                rb"http://purl.oclc.org/ooxml/\1/",
                old.read(name),
            )
            new.writestr(name, part)
    assert take_in(world, out.getvalue(), over=True) == take_in(world, data, over=True)


@pytest.mark.parametrize(
    ("given", "shown"),
    [("406561", "#,##0"), ("1234.50", "#,##0.00"), ("0.125", "#,##0.000"), ("-7", "#,##0")],
)
def test_figures_have_thousands_apart_and_all_their_decimals(given: str, shown: str) -> None:
    assert number_format(Decimal(given)) == shown


def test_the_figures_of_a_unit_have_thousands_apart(world: Workspace) -> None:
    _, sheet = sheet_of(template(world, "กอส", "2"))
    at = rows_of(sheet)["volunteers", "inputs", "registered"]
    assert sheet.cell(at, RESULT).value == 406561
    assert sheet.cell(at, RESULT).number_format == "#,##0"
