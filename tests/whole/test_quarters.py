"""An agency of quarters, from its files to the score, the table, the workbook and the report."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from io import BytesIO
from pathlib import Path

import openpyxl
import pytest

from generator import api
from generator.agreements import lookup, reading
from generator.agreements.record import DocumentOptions
from generator.api.agencies import next_year
from generator.batch import plan
from generator.batch.request import WantedDocuments
from generator.documents import building, inputs
from generator.documents.agreement import Agreement
from generator.documents.common import ListedDocument
from generator.documents.contents_page import _called
from generator.documents.report import ResultReport
from generator.errors import UsageError
from generator.importing import workbook
from generator.scoring import explain
from generator.workspace.environment import Workspace
from support.quarters import AGENCY, SOME, UNIT, quarters
from support.reading import errors_in


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    return quarters(tmp_path_factory.mktemp("quarters"))


def built(world: Workspace, kind: str, round_id: str = "") -> object:
    found = lookup.find(world, UNIT)
    origin = inputs.find_input(kind, found, DocumentOptions(round=round_id, sheets=False))
    return building.build(world, origin).context


def test_it_is_in_order(world: Workspace) -> None:
    assert errors_in(world.agreements / AGENCY) == []


def test_what_is_assessed_in_other_quarters_is_left_out_of_the_weights(world: Workspace) -> None:
    score = api.scores.score(lookup.find(world, UNIT), "q1").score
    rows = {row.key: row for row in score.rows}
    for key in SOME:
        assert (rows[key].state, rows[key].weighted) == ("not applicable", None)
        assert rows[key].agreed
    # 30 and 15 of 100 are assessed: ค = 4 × 30 ÷ 45 and 4 × 15 ÷ 45.
    assert rows["on-time"].weighted == Fraction(4 * 30, 45)
    assert rows["satisfaction"].weighted == Fraction(4 * 15, 45)
    (pool,) = score.pools
    figures = (pool.total, pool.out_of, pool.left_out)
    assert figures == (Fraction(4), Fraction(5), Fraction(55))
    assert pool.complete
    assert pool.grade == "ดี"
    assert "100 − 55 (ไม่นำมาประเมิน) = 45" in "\n".join(explain.total_lines(pool))


def test_the_agreement_prints_every_quarter_once(world: Workspace) -> None:
    agreement = built(world, "agreement")
    assert isinstance(agreement, Agreement)
    assert agreement.criteria is not None
    blocks = agreement.criteria.blocks
    assert len(blocks) > 1
    names = [head.name for block in blocks for head in block.rounds]
    assert names == ["ไตรมาสที่ 1", "ไตรมาสที่ 2", "ไตรมาสที่ 3", "ไตรมาสที่ 4"]
    assert [total for block in blocks for total in block.totals] == ["45", "100", "45", "100"]
    second = [cell for block in blocks for cell in block.sections[0].rows[1].rounds]
    assert [cell.weight for cell in second] == ["-", "25", "-", "25"]
    first, other = ([level[0].text for level in cell.levels] for cell in second[:2])
    assert first == ["-"] * 5
    assert "-" not in other


def test_the_report_says_the_days_and_the_round_of_the_year(world: Workspace) -> None:
    report = built(world, "report", "q1")
    assert isinstance(report, ResultReport)
    said = "\n".join(map(str, report.policies))
    assert "1 ตุลาคม 2569 ถึง 31 ธันวาคม 2569 ตัดข้อมูล ณ วันที่ 10 มกราคม 2570" in said
    assert "ผลของทั้งปีคือผลของไตรมาสที่ 4" in said
    rows = [row for section in report.table.sections for row in section.rows]
    assert [(row.score, row.weight, row.weighted) for row in rows][:2] == [
        ("4.0000", "30", "2.6667"),
        ("-", "-", "-"),
    ]
    assert report.table.total_weight == "45"
    assert report.table.total_weighted == "4.0000"


@pytest.mark.parametrize(("round_id", "asked"), [("q1", False), ("q2", True)])
def test_the_workbook_asks_what_is_assessed(
    world: Workspace, round_id: str, *, asked: bool
) -> None:
    made = workbook.template(world, lookup.find(world, UNIT), round_id)
    ((path, data),) = made.files.items()
    assert path.stem.endswith(f"-results-{round_id}")
    book = openpyxl.load_workbook(BytesIO(data))
    text = "\n".join(
        str(cell.value) for sheet in book for row in sheet.iter_rows() for cell in row if cell.value
    )
    assert ("คู่มือการปฏิบัติงาน" in text) is asked
    assert f"2570 {round_id}" in text


def test_what_was_reported_comes_back(world: Workspace, tmp_path: Path) -> None:
    ((path, data),) = workbook.template(world, lookup.find(world, UNIT), "q1").files.items()
    filled = tmp_path / path.name
    filled.write_bytes(data)
    ((target, written),) = workbook.take_in(world, filled, over=True).files.items()
    assert target.parent.name == "q1"
    assert b"91.2" in written


@pytest.mark.parametrize(
    ("round_id", "said"), [("Q1", "there is no round 'Q1'"), ("1", "there is no round '1'")]
)
def test_a_round_that_isnt_there_is_told_with_those_that_are(
    world: Workspace, round_id: str, said: str
) -> None:
    with pytest.raises(UsageError) as caught:
        api.scores.score(lookup.find(world, UNIT), round_id)
    assert str(caught.value) == said
    assert "q1" in str(caught.value.advice)


def test_a_round_in_which_nothing_is_assessed_has_no_score(tmp_path: Path) -> None:
    world = quarters(tmp_path)
    folder = world.agreements / AGENCY
    for path in (folder / "indicators").glob("*.yaml"):
        text = path.read_text("utf-8")
        if "\nrounds:" not in text:
            path.write_text(text.replace("\ncriteria:\n", "\nrounds: [q4]\ncriteria:\n"), "utf-8")
    (folder / "results" / "q1" / f"{UNIT}.yaml").unlink()
    assert errors_in(folder) == []
    with pytest.raises(UsageError, match="no indicator of the unit is assessed in round q1"):
        api.scores.score(lookup.find(world, UNIT), "q1")


def test_a_heading_for_a_round_that_isnt_there_is_told(tmp_path: Path) -> None:
    folder = quarters(tmp_path).agreements / AGENCY
    path = folder / "wording.yaml"
    text = path.read_text("utf-8")
    path.write_text(f"{text}sheet:\n  rounds: {{q1: ก, q5: ข}}\n", "utf-8")
    (found,) = errors_in(folder)
    assert found.endswith("error: there is no round 'q5'")
    assert found.startswith("wording.yaml:")


SET = """round_sets:
  halves:
    rounds:
      - {id: h1, name: ครึ่งปีแรก, start: 1 ต.ค. 2569, end: 31 มี.ค. 2570, cutoff: 5 เมษายน 2570}
      - {id: h2, name: ครึ่งปีหลัง, start: 1 เม.ย. 2570, end: 30 ก.ย. 2570, cumulative: false}

"""


def with_halves(base: Path) -> Workspace:
    """Another unit, which has half years."""
    world = quarters(base)
    folder = world.agreements / AGENCY
    agency = (folder / "agency.yaml").read_text("utf-8")
    (folder / "agency.yaml").write_text(
        agency.replace("# The past years", SET + "# The past years", 1), "utf-8"
    )
    (folder / "ครึ่งปี.yaml").write_text(
        "name: หน่วยงานตัวอย่าง\nlevel: field\nrounds: halves\nindicators:\n"
        "  - {use: on-time, component: performance, weight: {h1: 70, h2: 70}}\n",
        "utf-8",
    )
    return world


def test_a_batch_leaves_out_units_that_have_no_such_round(tmp_path: Path) -> None:
    world = with_halves(tmp_path)
    folder = world.agreements / AGENCY
    assert errors_in(folder) == []
    setup = plan.worker_setup(world, folder)
    wanted = WantedDocuments(("report",), (), "h1")
    assert plan.round_meant(setup.folder, wanted) == "h1"
    found = list(plan.documents(setup, plan.sources(folder, wanted), ("report",), "h1"))
    reasons = {one.name: str(one.reason) for one in found if isinstance(one, plan.Skipped)}
    assert reasons == {
        "ตย-ก-report-h1": "it has no round h1",
        "ครึ่งปี-report-h1": "it has no results in round h1",
    }
    with pytest.raises(UsageError, match="there is no round 'h3'"):
        plan.round_meant(setup.folder, WantedDocuments(("report",), (), "h3"))


def test_next_year_moves_every_day_of_every_list(tmp_path: Path) -> None:
    world = with_halves(tmp_path)
    made = next_year(world.agreements / AGENCY, tmp_path / "agreements" / "example-2571")
    text = made.files[tmp_path / "agreements" / "example-2571" / "agency.yaml"].decode()
    for said in (
        "start: 1 ต.ค. 2570, end: 31 ธ.ค. 2570, cutoff: 10 มกราคม 2571}",
        "start: 1 ต.ค. 2570, end: 31 มี.ค. 2571, cutoff: 5 เมษายน 2571}",
        "start: 1 เม.ย. 2571, end: 30 ก.ย. 2571, cumulative: false}",
    ):
        assert said in text


def test_a_contents_page_calls_rounds_by_number_or_name(world: Workspace) -> None:
    agency = reading.read_agency(world.agreements / AGENCY).agency.model
    assert agency is not None
    words = {"kinds": {}, "round": "รอบที่", "revision": "ฉบับที่"}
    for round_id, said in (("q2", "ไตรมาสที่ 2"), ("3", "รอบที่ 3"), ("", "")):
        listed = ListedDocument("", "report", round_id, "", "", 1, "", ())
        assert _called(listed, words, str, agency) == " ".join(filter(None, ("report", said)))


def test_left_out_weights_are_never_more_than_all(world: Workspace) -> None:
    for round_id in ("q1", "q2", "q3", "q4"):
        score = api.scores.score(lookup.find(world, UNIT), round_id).score
        counted = sum((Fraction(row.weight) for row in score.rows if row.weight), Fraction(0))
        (pool,) = score.pools
        assert counted + pool.left_out == 100
        assert pool.out_of == 5
        assert pool.left_out == (55 if round_id in ("q1", "q3") else Decimal(0))
