"""The forms of one person: what stands where, ahead and of a round, and the manual's words."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal
from functools import cache
from pathlib import Path
from typing import Literal

import pytest

from generator.agreements import lookup, record
from generator.agreements.record import DocumentOptions
from generator.api import documents
from generator.documents import building, inputs
from generator.documents.parts import widths
from generator.documents.parts.competence import EMPTY_ROWS
from generator.documents.parts.rich import Rich
from generator.documents.personal import PersonalForms
from generator.errors import DataError
from generator.workspace.environment import Workspace
from support import persons, readers
from support.making import WORLD, made
from support.sources import corrected_lines, missing, passages, share, story_of

EXAMPLE = "ตัวอย่าง-บุคคล"
extensions = pytest.mark.parametrize("extension", ["docx", "pdf"])


@cache
def forms(name: str, round_: Literal["", "1", "2"] = "", *, blank: bool = False) -> PersonalForms:
    options = DocumentOptions("form" if blank else "unit", round=round_)
    origin = inputs.find_input("personal", lookup.find(WORLD, name), options)
    built: PersonalForms = building.build(WORLD, origin).context
    return built


def said(cell: Rich) -> list[str]:
    return [block.text for block in cell if block.text]


def test_ahead_both_rounds_stand_ready_without_results() -> None:
    built = forms(EXAMPLE)
    assert [form.round for form in built.achievements] == [
        "ครั้งที่ 1 วันที่ 1 ตุลาคม 2569 ถึงวันที่ 31 มีนาคม 2570",
        "ครั้งที่ 2 วันที่ 1 เมษายน 2570 ถึงวันที่ 30 กันยายน 2570",
    ]
    for form in built.achievements:
        rows = [row for section in form.table.sections for row in section.rows]
        assert [row.weight for row in rows] == ["40", "20", "25", "15"]
        assert all(said(level) for row in rows for level in row.levels)
        assert not any(row.score or row.weighted or said(row.result) for row in rows)
        assert (form.table.total_weight, form.table.total_weighted) == ("100", "")
        assert form.guidance == ()
    assert [row.expected for row in built.competence.rows] == ["3", "3", "2"]
    assert {row.assessed for row in built.competence.rows} == {("", "")}
    assert built.page.mark.startswith("ร่าง")


def test_levels_are_those_of_the_unit_above_but_where_they_were_changed() -> None:
    first, second = forms(EXAMPLE).achievements
    knowledge = [form.table.sections[0].rows[1] for form in (first, second)]
    assert said(knowledge[0].name) == ["2. จำนวนองค์ความรู้ด้านการให้บริการประชาชนที่เผยแพร่แก่ประชาชน"]
    assert [said(level) for level in knowledge[0].levels][3:] == [
        ["ไม่น้อยกว่า 4 เรื่อง"],
        ["ไม่น้อยกว่า 5 เรื่อง"],
    ]
    assert [said(level) for level in knowledge[1].levels][3:] == [
        ["ไม่น้อยกว่า 7 เรื่อง"],
        ["ไม่น้อยกว่า 8 เรื่อง"],
    ]


def test_of_a_round_scores_and_what_was_assessed_stand_there() -> None:
    built = forms(EXAMPLE, "1")
    (form,) = built.achievements
    rows = form.table.sections[0].rows
    assert built.duties is None
    assert [row.score for row in rows] == ["3.0000", "2.0000", "4.0000", "4.0000"]
    assert said(rows[0].result) == ["หัวหน้าหน่วยงานเห็นชอบแผนแล้ว"]
    assert said(rows[2].result) == ["91.50"]
    assert [row.assessed for row in built.competence.rows] == [("3",), ("2",), ("2",)]


@pytest.mark.parametrize("round_", ["1", "2"])
def test_every_figure_can_be_worked_out_again(round_: Literal["1", "2"]) -> None:
    (form,) = forms(EXAMPLE, round_).achievements
    rows = [row for section in form.table.sections for row in section.rows]
    weighted = [Decimal(row.score) * Decimal(row.weight) / 100 for row in rows]
    assert [Decimal(row.weighted) for row in rows] == weighted
    total = sum(weighted, Decimal(0)).quantize(Decimal("0.0001"), ROUND_HALF_UP)
    assert Decimal(form.table.total_weighted) == total


def test_duties_name_the_goals_and_indicators_of_the_unit_above() -> None:
    duties = forms(EXAMPLE).duties
    assert duties is not None
    assert [len(section.rows) for section in duties.sections] == [2, 1, 1, 1]
    manuals, knowledge = duties.sections[0].rows
    goal = "การปฏิบัติงานมีมาตรฐานเดียวกัน และความรู้ถึงมือประชาชน"
    # No goals of one's own: those of the unit. Own goals stand where there are some.
    assert said(manuals.goals)[0] == f"1. {goal}"
    assert said(knowledge.goals) == ["1. ประชาชนนำความรู้ไปใช้ได้จริง"]
    assert said(manuals.indicators) == ["1. ระดับความสำเร็จของการปรับปรุงคู่มือการปฏิบัติงาน"]
    assert said(manuals.above)[0] == f"- เป้าประสงค์ {goal}"
    assert said(manuals.above)[-1] == "- ตัวชี้วัด ระดับความสำเร็จของการปรับปรุงคู่มือการปฏิบัติงาน"
    (register,) = duties.sections[1].rows
    assert said(register.above) == []
    (assigned,) = duties.sections[2].rows
    assert said(assigned.work) == [
        "1. เลขานุการคณะทำงานปรับปรุงคู่มือ",
        "มอบหมายโดย คำสั่งแต่งตั้งคณะทำงานของกองตัวอย่าง ก",
    ]
    assert sum(duties.widths) == pytest.approx(100)


def test_nobodys_forms_are_drafts_with_dotted_lines() -> None:
    built = forms("บุคคล")
    assert built.facts == (
        f"ผู้รับการประเมิน {'.' * 30} ตำแหน่ง {'.' * 30} สังกัด กองพัฒนาสังคมกลุ่มเป้าหมายพิเศษ",
        f"ผู้บังคับบัญชา {'.' * 30} ตำแหน่ง ผู้อำนวยการกองพัฒนาสังคมกลุ่มเป้าหมายพิเศษ",
    )
    # Not the agency's name, where the person has none.
    assert built.title[1] == "." * 30
    assert [row.number for row in built.competence.rows] == [str(n + 1) for n in range(EMPTY_ROWS)]
    (section,) = built.achievements[1].table.sections
    assert [said(level) for level in section.rows[2].levels] == [["..."]] * 5
    assert section.rows[0].weight == ""


def test_the_blank_form_is_nobodys() -> None:
    built = forms("dsdw-2566", blank=True)
    rows = [row for form in built.achievements for s in form.table.sections for row in s.rows]
    assert len(rows) == 2 * EMPTY_ROWS
    assert not any(said(row.name) or row.weight for row in rows)
    assert built.page.mark == ""
    (signers,) = built.signatures
    assert [signer.field for signer in signers] == ["assessor-1", "assessee-1"]
    # The agency's assessor signs for its units, not for every person.
    assert not any("อธิบดี" in signer.position for signer in signers)
    assert widths.words(built.competence.guidance)


# Line 228 is heading and guidance here; the heading stands over the filled form too.
SPLIT = {228: ("(4) ความรับผิดชอบต่อการพัฒนาตนเอง", "เป็นตัวชี้วัดบังคับ โดยกำหนด ดังนี้")}


@extensions
def test_the_blank_form_holds_the_manuals_words(extension: str) -> None:
    lines = corrected_lines("004", 214, 268)
    for line, parts in SPLIT.items():
        assert "".join(lines[line].split()) == "".join("".join(parts).split())
        lines[line] = parts[0]
    story = story_of(made("personal", "blank dsdw-2566"), extension)
    wanted = [*passages(lines), *passages({n: parts[1] for n, parts in SPLIT.items()})]
    assert len(wanted) == 33
    assert share(wanted, missing(wanted, story)) == 100


@extensions
def test_guidance_stays_out_of_a_persons_forms(extension: str) -> None:
    wanted = passages(corrected_lines("004", 247, 266))
    assert missing(wanted, story_of(made("personal", "บุคคล"), extension)) == wanted


def test_a_division_is_no_person() -> None:
    with pytest.raises(DataError) as error:
        documents.make(WORLD, "personal", lookup.find(WORLD, "กอส"))
    (fault,) = error.value.diagnostics
    assert fault.message == "these forms are those of a person; this is a division"
    assert (fault.location.path.name, fault.location.line) == ("กอส.yaml", 7)


def test_persons_stand_in_no_frame_and_no_ranking() -> None:
    found = lookup.find(WORLD, "dsdw-2566")
    person = inputs.find_input("personal", lookup.find(WORLD, "บุคคล"), DocumentOptions()).unit
    for kind, round_ in (("framework", ""), ("summary", "2")):
        options = DocumentOptions("form", round="2" if round_ else "")
        origin = inputs.find_input(kind, found, options)
        assert person.id in {unit.id for unit in origin.units}
        built = building.build(WORLD, origin).context
        assert "self-development" not in repr(built)
        assert person.items[2].indicator.name not in repr(built)


def test_it_is_made_again_from_its_source(tmp_path: Path) -> None:
    found = lookup.find(WORLD, EXAMPLE)
    files = documents.make(WORLD, "personal", found, options=DocumentOptions(round="2")).files
    (pdf,) = (data for path, data in files.items() if path.suffix == ".pdf")
    source = tmp_path / "source.yaml"
    source.write_bytes(readers.attachment(pdf, record.SOURCE))
    again = documents.make(WORLD, "personal", lookup.find(WORLD, str(source))).files
    assert sorted(again.values()) == sorted(files.values())


def counting(round_: Literal["", "1"]) -> PersonalForms:
    """The forms of a person whose competencies count."""
    world = Workspace(persons.agency().parents[1], {})
    found = lookup.find(world, persons.PERSON)
    origin = inputs.find_input("personal", found, DocumentOptions(round=round_))
    built: PersonalForms = building.build(world, origin).context
    return built


def test_competencies_that_count_have_gaps_points_and_their_sum() -> None:
    built = counting("1")
    form = built.competence
    assert form.rounds[1:] == ("ต่างกัน", "คะแนน")
    assert [row.assessed for row in form.rows] == [
        ("3", "0", "5"),
        ("2", "−1", "4"),
        ("2", "0", "5"),
        ("", "", "14"),
    ]
    assert sum(form.widths) == pytest.approx(100, abs=0.05)
    assert said(form.guidance) == [
        "รวมคะแนนสมรรถนะ 5 + 4 + 5 = 14 จากคะแนนเต็ม 15",
        "คะแนน = 14 ÷ 15 × 5 = 4.666666…",
        "คะแนนถ่วงน้ำหนัก (ค) = 4.666666… × 20 ÷ 100 = 0.9333",
    ]
    (achieved,) = built.achievements
    (row,) = achieved.table.sections[1].rows
    assert said(row.name) == ["สมรรถนะ"]
    assert (row.score, row.weight, row.weighted) == ("4.6667", "20", "0.9333")
    assert said(row.result)[1] == "การสั่งสมความเชี่ยวชาญในงาน: ระดับ 2 (คาดหวัง 3)"
    assert achieved.table.total_weighted == "3.4933"
    # One total out of 100, and a grade of persons.
    assert said(achieved.guidance)[-2:] == [
        "คิดเป็น 100 คะแนน: 3.4933 × 100 ÷ 5 = 69.87",
        "ผลการประเมิน: พัฒนา",
    ]


def test_ahead_gaps_and_points_are_left_to_be_written_in() -> None:
    form = counting("").competence
    assert form.rounds[1:3] == form.rounds[4:] == ("ต่างกัน", "คะแนน")
    assert {row.assessed for row in form.rows} == {("",) * 6}
    assert form.rows[-1].name == "รวม"
    assert form.guidance == ()
