"""Target tables and action plans: the printed figures of source 004, and what is refused."""

from __future__ import annotations

import re
import shutil
from decimal import Decimal
from functools import cache
from pathlib import Path

import pytest

from generator.agreements import lookup, reading
from generator.agreements.record import DocumentOptions
from generator.api import checking
from generator.diagnostics import errors
from generator.documents import building, inputs
from generator.documents.agreement import Agreement
from generator.documents.common import TableData
from generator.documents.parts.tables import MonthBar, action_plan, targets
from support.making import ROOT, WORLD
from support.reading import found_in
from support.sources import corrected_lines

AGENCY = ROOT / "agreements" / "dsdw-2566"
PLAN_ROWS = range(1127, 1137)
ROW = re.compile(r"^(\d{1,2})\t")


@cache
def printed() -> tuple[list[tuple[str, ...]], tuple[str, ...]]:
    """The rows of the province table in the source (lines 942–1036), and its total."""
    lines = [line.split("\t") for line in corrected_lines("004", 942, 1036).values()]
    rows = [tuple(cells) for cells in lines if len(cells) == 14 and cells[0].isdigit()]
    (total,) = (tuple(cells) for cells in lines if len(cells) == 14 and cells[1] == "รวม")
    return rows, total


@cache
def worked_out() -> tuple[list[tuple[str, ...]], tuple[str, ...]]:
    folder = reading.read_agency(AGENCY)
    table = folder.tables["provinces"]
    assert folder.agency.model is not None
    assert table.file.model is not None
    found = targets(
        folder.agency.model, TableData(table.file.model, table.csv.rows, table.csv.figures)
    )
    return list(found.rows), found.total


def test_all_cells_of_all_provinces_are_the_printed_ones() -> None:
    rows, _ = worked_out()
    wanted, _ = printed()
    assert len(wanted) == 76
    assert rows == wanted
    assert sum(len(row[5:]) for row in rows) == 684


def test_the_total_row_is_the_printed_one() -> None:
    assert worked_out()[1][1:] == printed()[1][1:]


def test_the_total_of_rounded_cells_would_be_another() -> None:
    rows, total = worked_out()
    column = [Decimal(row[3].replace(",", "")) for row in rows]
    assert sum(column) != Decimal(total[3].replace(",", ""))


def test_the_months_of_the_plan_are_those_of_the_source() -> None:
    plan = reading.read_agency(AGENCY).plans["alerts"].model
    assert plan is not None
    lines = corrected_lines("004", PLAN_ROWS[0], PLAN_ROWS[-1])
    starts = []
    for cells in (line.split("\t") for line in lines.values() if ROW.match(line)):
        # The arrow of the last activity stands beyond the last month: its month is left open.
        marked = [n for n, cell in enumerate(cells[2:15]) if cell.strip()]
        starts.append(plan.months[marked[0]] if marked else None)
    assert len(starts) == 10
    assert [activity.start for activity in plan.activities] == starts


def test_a_bar_covers_its_months() -> None:
    plan = reading.read_agency(AGENCY).plans["alerts"].model
    assert plan is not None
    activity = plan.activities[0].model_copy(
        update={"start": plan.months[2], "end": plan.months[5]}
    )
    agency = reading.read_agency(AGENCY).agency.model
    assert agency is not None
    bars = action_plan(agency, plan.model_copy(update={"activities": [activity]})).rows[0].bars
    assert [bar.span for bar in bars] == [1, 1, 4, *[1] * 7]
    assert [bool(bar.text) for bar in bars].index(True) == 2
    assert bars[0] == MonthBar(1, "")


# What is changed in which file of the agency; where the fault is told, and how it begins.
BROKEN = {
    "formula-unknown-input": (
        ("tables/provinces.yaml", "formula: base * 0.35", "formula: bse * 0.35"),
        ("tables/provinces.yaml", "the formula names 'bse'", "did you mean 'base'"),
    ),
    "formula-that-is-none": (
        ("tables/provinces.yaml", "formula: base * 0.35", "formula: base.real"),
        ("tables/provinces.yaml", "a formula knows only", "write arithmetic"),
    ),
    "formula-of-an-indicator": (
        ("indicators/energy.yaml", "seu", "sue"),
        ("indicators/energy.yaml:54", "the formula names 'seu', which is no input", "'sue'"),
    ),
    "province-missing": (
        ("tables/provinces.csv", "กระบี่,8117\n", ""),
        ("tables/provinces.yaml", "the CSV has 75 rows, not 76", "a row is missing"),
    ),
    "province-twice": (
        ("tables/provinces.csv", "กาญจนบุรี,", "กระบี่,"),
        ("tables/provinces.csv:3", "'กระบี่' stands twice", "it is in row 2"),
    ),
    "text-for-a-number": (
        ("tables/provinces.csv", "กาญจนบุรี,10842", "กาญจนบุรี,มาก"),
        ("tables/provinces.csv:3:2", "a number is expected in column 'base' of row 3", ""),
    ),
    "csv-column-missing": (
        ("tables/provinces.csv", "province,base", "province,bas"),
        ("tables/provinces.csv:1", "the CSV has no column 'base'", "did you mean 'bas'"),
    ),
    "cell-beyond-the-head": (
        ("tables/provinces.csv", "กาญจนบุรี,10842", "กาญจนบุรี,10,842"),
        ("tables/provinces.csv:3:3", "row 3 has 3 cells, the head 2", "put quotes round"),
    ),
    "cell-missing": (
        ("tables/provinces.csv", "กาญจนบุรี,10842", "กาญจนบุรี"),
        ("tables/provinces.csv:3:2", "row 3 has 1 cell, the head 2", "a delimiter is missing"),
    ),
    "cell-empty-beyond-the-head": (
        ("tables/provinces.csv", "กาญจนบุรี,10842", "กาญจนบุรี,10842,"),
        ("tables/provinces.csv:3:3", "row 3 has 3 cells, the head 2", ""),
    ),
    "quote-unended": (
        ("tables/provinces.csv", "กาญจนบุรี,10842", '"กาญจนบุรี,10842'),
        ("tables/provinces.csv:", "the CSV can't be read: unexpected end of data", "save it"),
    ),
    "csv-column-twice": (
        ("tables/provinces.csv", "province,base", "province,base,base"),
        ("tables/provinces.csv:1:3", "the CSV has two columns 'base'", "give one of them"),
    ),
    "province-twice-in-two-spellings": (
        ("tables/provinces.csv", "กาญจนบุรี,", "กระบี\u0e48\u200b,"),
        ("tables/provinces.csv:3", "'กระบี่\u200b' stands twice", "it is in row 2"),
    ),
    "csv-missing": (
        ("tables/provinces.yaml", "csv: provinces.csv", "csv: ../provinces.csv"),
        ("tables/provinces.yaml", "there is no file '../provinces.csv'", "put it beside"),
    ),
    "month-unknown": (
        ("plans/alerts.yaml", "from: พ.ย. 65", "from: พ.ย. 66"),
        ("plans/alerts.yaml", "unknown month 'พ.ย. 66'", "did you mean"),
    ),
    "body-unknown": (
        ("plans/alerts.yaml", "lead: [กพบ., คทส.]", "lead: [กพบ., คทศ.]"),
        ("plans/alerts.yaml:17", "unknown unit 'คทศ.'", "did you mean 'คทส.'"),
    ),
    "round-unknown": (
        ("กอส.yaml", "weight:", "weight: {3: 20} #"),
        ("กอส.yaml", "there is no round '3'", "known: 1, 2"),
    ),
}


@pytest.mark.parametrize("name", BROKEN)
def test_what_is_broken_is_told_with_its_place_and_remedy(name: str, tmp_path: Path) -> None:
    (file, old, new), (place, message, hint) = BROKEN[name]
    folder = tmp_path / "agency"
    shutil.copytree(AGENCY, folder)
    text = (folder / file).read_text("utf-8")
    assert old in text
    (folder / file).write_text(text.replace(old, new, 1), "utf-8")
    told = [
        fault
        for fault in errors(found_in(folder))
        if fault.location.shown(folder).startswith(place)
        and fault.message.startswith(message)
        and hint in fault.hint
    ]
    assert told, [str(fault) for fault in errors(found_in(folder))]
    assert all(fault.location.line for fault in told)


def test_a_head_is_found_however_it_is_spelt(tmp_path: Path) -> None:
    folder = tmp_path / "agency"
    shutil.copytree(AGENCY, folder)
    path = folder / "tables" / "provinces.csv"
    path.write_text(path.read_text("utf-8").replace("province,", "prov\u200bince\u00a0,"), "utf-8")
    read = reading.read_agency(folder).tables["provinces"]
    assert not read.faults
    assert read.csv.rows[0]["province"] == "กระบี่"


def test_the_whole_year_has_no_faults() -> None:
    found, files = checking.check(WORLD, [ROOT / "agreements"])
    assert files > 29
    assert not errors(found)
    assert all(fault.location.line for fault in found)


@pytest.mark.parametrize(("unit", "upright"), [("คณะ", True), ("กพพ", False)])
def test_a_table_stands_upright_where_its_words_have_room(unit: str, upright: bool) -> None:
    """Three columns follow their sheet; thirteen have pages across of their own."""
    found = inputs.find_input("agreement", lookup.find(WORLD, unit), DocumentOptions())
    built = building.build(WORLD, found).context
    assert isinstance(built, Agreement)
    (sheet,) = [sheet for sheet in built.sheets if sheet.targets]
    (table,) = sheet.targets
    assert (sheet.upright, sheet.across) == (((table,), ()) if upright else ((), (table,)))
    # Across, a table may take 2 cm of the page's margins.
    assert sum(table.widths) == pytest.approx(100 if upright else 100 * 26.7 / 24.7, abs=0.1)
    assert table.widths[0] < table.widths[1]
