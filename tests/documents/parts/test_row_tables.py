"""The report has every row with its figures, score, rank and outcome; both formats say the same."""

from __future__ import annotations

import shutil

import pytest

from generator import verify
from generator.agreements import lookup
from generator.agreements.record import DocumentOptions
from generator.api import documents
from generator.documents import building, inputs
from generator.documents.report import ResultReport
from generator.workspace.environment import Workspace
from support.reading import AGREEMENTS

ROWS = 77


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    folder = tmp_path_factory.mktemp("rows")
    shutil.copytree(AGREEMENTS / "rows", folder / "agreements" / "rows")
    lines = [f"โรงพยาบาลที่ {number},{60 + number},{number}" for number in range(1, ROWS + 1)]
    path = folder / "agreements/rows/results/1/standard.csv"
    path.write_text("\n".join(["โรงพยาบาล,เต็ม,คะแนน", *lines, ""]), "utf-8")
    return Workspace(folder, {})


def test_the_tables_say_what_was_scored(world: Workspace) -> None:
    found = lookup.find(world, "กองพื้นที่")
    origin = inputs.find_input("report", found, DocumentOptions(round="1"))
    report: ResultReport = building.build(world, origin).context
    coverage, funding, standard, waiting, volunteers = report.rows
    assert coverage.heading == "ผลรายจังหวัด: ร้อยละของผู้ที่ได้รับบริการ"
    assert coverage.heads == (
        *("ลำดับที่", "จังหวัด", "ภาค", "ผู้รับบริการ (คน)", "เป้าหมาย (คน)"),
        *("ค่าที่ได้", "คะแนน", "ผลการประเมิน"),
    )
    assert [[cell.text for cell in row] for row in coverage.rows][1::3] == [
        ["4", "น่าน", "เหนือ", "130", "200", "65.00", "2.0000", "ไม่ผ่าน"],
        ["-", "เลย", "ตะวันออกเฉียงเหนือ", "-", "-", "-", "-", "-"],
    ]
    assert [cell.text for cell in funding.rows[1]] == [
        *("1", "สุขภาพ", "52,000", "50,000", "104.00", "5.0000"),
    ]
    assert len(standard.rows) == ROWS
    assert waiting.heads[-2:] == ("น้ำหนักของแถว", "คะแนน")
    assert volunteers.heads == ("ลำดับที่", "ศูนย์", "ค่าที่ได้")


def test_both_formats_print_every_row(world: Workspace) -> None:
    found = lookup.find(world, "กองพื้นที่")
    made = documents.make(world, "report", found, options=DocumentOptions(round="1"))
    for path, data in made.files.items():
        pieces = (
            verify.docx_content(data) if path.suffix == ".docx" else verify.pdf_facts(data).content
        )
        said = verify.squeezed("\n".join(piece.text for piece in pieces))
        for number in range(1, ROWS + 1):
            assert verify.squeezed(f"โรงพยาบาลที่ {number}") in said
        assert verify.squeezed("ผลรายกลุ่มสาขา: เงินสนับสนุนงานวิจัยต่อคน") in said
