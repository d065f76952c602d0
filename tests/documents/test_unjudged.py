"""What isn't judged, and what was taken off, stands in report and sheet with its reason."""

from __future__ import annotations

import pytest

from generator import verify
from generator.agreements import lookup
from generator.agreements.record import DocumentOptions
from generator.documents import building, inputs
from generator.documents.summary import state_of
from generator.workspace.environment import Workspace
from generator.writers import document
from support import unjudged


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    return unjudged.workspace(tmp_path_factory.mktemp("unjudged"))


def made(world: Workspace, kind: str, name: str, round_id: str = "") -> building.FinishedText:
    origin = inputs.find_input(kind, lookup.find(world, name), DocumentOptions(round=round_id))
    return building.build(world, origin)


@pytest.mark.parametrize("form", ["docx", "pdf"])
def test_the_report(world: Workspace, form: str) -> None:
    draft = made(world, "report", unjudged.UNIT, "2")
    data = document.write(Workspace(unjudged.ROOT, {}), draft, (form,))[form]
    story = verify.docx_content(data) if form == "docx" else verify.pdf_facts(data).content
    said = "".join("".join(piece.text.split()) for piece in story)
    for line in (
        f"ยกเลิกตั้งแต่รอบ 2 เหตุผล: {unjudged.REASON} ผู้ตัดสินใจ: {unjudged.BY} น้ำหนักเดิม 15",
        "น้ำหนัก (ข) = 15 × 30 ÷ (30 − 15) = 30",
        "น้ำหนักของตัวชี้วัดที่ไม่นำมาประเมินแบ่งให้ตัวชี้วัดอื่นในองค์ประกอบเดียวกัน",
        "หักคะแนน 0.5 ส่งรายงานล่าช้า เหตุผล: ส่งช้ากว่ากำหนด 3 วัน",
        "คะแนนหลังหักและเพิ่ม: 5 − 0.5 = 4.5",
        "คะแนนรวม 4.6750 จากคะแนนเต็ม 5",
    ):
        assert "".join(line.split()) in said, line


def test_the_figures_of_its_row(world: Workspace) -> None:
    table = made(world, "report", unjudged.UNIT, "2").context.table
    rows = [row for section in table.sections for row in section.rows]
    assert [(row.score, row.weight, row.weighted) for row in rows[-2:]] == [
        ("5.0000", "30", "1.5000"),
        ("-", "-", "-"),
    ]
    assert (table.total_weight, table.total_weighted) == ("100", "4.6750")


def test_the_sheet_says_what_may_be_taken_off(world: Workspace) -> None:
    sheet = str(made(world, "indicators", unjudged.UNIT).context)
    assert "หักคะแนน ส่งรายงานล่าช้า ไม่เกิน 1 คะแนน" in sheet
    assert "เพิ่มคะแนน ได้รับรางวัลระดับกระทรวง ไม่เกิน 0.5 คะแนน" in sheet


def test_the_agreement_stays_as_it_was_agreed(world: Workspace) -> None:
    said = str(made(world, "agreement", unjudged.UNIT).context)
    assert unjudged.REASON not in said


def test_the_summary_tells_it_from_what_is_open(world: Workspace) -> None:
    origin = inputs.find_input(
        "report", lookup.find(world, unjudged.UNIT), DocumentOptions(round="2")
    )
    score = building.scored(origin)[unjudged.UNIT]
    assert state_of(score) == "ranked"
    gone = score.rows[-1]
    assert gone.state == "not applicable"
    assert gone.weight is None
    assert str(gone.agreed) == "15"


def test_the_summary_says_that_it_is_not_judged(world: Workspace) -> None:
    found = lookup.find(world, unjudged.AGENCY)
    origin = inputs.find_input("summary", found, DocumentOptions("agency", round="2"))
    summary = building.build(world, origin).context
    cells = [cell.text for heat in summary.heats for row in heat.rows for cell in row.cells]
    assert cells.count("N/A") == 2
    assert "–" not in cells
    assert summary.legend[-1] == "N/A  ไม่นำมาประเมินในรอบนี้"
