"""The line test: the agreement says what ภาคผนวก 1 of source 004 (lines 506–597) prints.

Each line and each cell of the source is looked for twice: whole in some piece of the document
(at least 99.5 % of the characters must be found), and in the order of the source, a cell as a
whole cell (all must be). What is not looked for as printed stands in the tables below.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from itertools import pairwise
from pathlib import Path

import pytest

from generator.verify import Content, ContentPiece
from support.making import OTHERS
from support.sources import (
    ROOT,
    Correction,
    Passage,
    corrected_lines,
    corrections,
    missing,
    normal,
    out_of_place,
    passages,
    read_source,
    share,
    story_of,
)

Made = Mapping[str, Mapping[str, bytes]]

SOURCE, FIRST, LAST = "004", 506, 597
ENOUGH = 99.5

BLANK, UNIT = "dsdw-2566", "กอส"
names = pytest.mark.parametrize("name", [BLANK, UNIT], ids=["blank", "unit"])
extensions = pytest.mark.parametrize("extension", ["docx", "pdf"])

# Lines with fields. The extract lost the dotted blanks of most; after | stands the hint that
# only the blank form prints. Without the fields, and with the hints, it is the source's line.
FIELDS = {
    508: "[[unit|(ระบุชื่อ สำนัก กองและเทียบเท่า)]]",
    514: "ชื่อ [[assessor.name]] ตำแหน่ง อธิบดีกรมพัฒนาสังคมและสวัสดิการ ผู้ประเมิน",
    518: "ชื่อ [[assessee.name]] ตำแหน่ง [[assessee.position]] ผู้รับการประเมิน",
    524: "4. ข้าพเจ้า [[assessor.name]] [[assessor.position]] ในฐานะผู้บังคับบัญชาของ"
    " [[assessee.name]] [[assessee.position]] ได้พิจารณาและเห็นชอบกับกรอบการประเมินผล"
    " ตัวชี้วัดการประเมินส่วนราชการ น้ำหนัก ข้อมูลพื้นฐาน เป้าหมาย/เกณฑ์การประเมินผล"
    " และรายละเอียดอื่น ๆ ตามที่กำหนดในเอกสารประกอบท้ายการประเมินฯ นี้"
    " และข้าพเจ้ายินดีจะให้คำแนะนำ กำกับ และตรวจสอบผลการปฏิบัติราชการของ"
    " [[assessee.name]] ให้เป็นไปตามการประเมินฯ ที่จัดทำขึ้นนี้",
    526: "5. ข้าพเจ้า [[assessee.name]] [[assessee.position]] ได้ทำความเข้าใจการประเมินฯ"
    " ตามข้อ 3 แล้ว ขอให้คำรับรองกับ [[assessor.position]]"
    " ว่าจะมุ่งมั่นปฏิบัติราชการให้เกิดผลงานที่ดีตามเป้าหมายของตัวชี้วัดการประเมินส่วนราชการ"
    " ในระดับสูงสุด เพื่อให้เกิดประโยชน์สุขแก่ประชาชน ตามที่ได้จัดทำการประเมินฯ ไว้",
    530: "([[assessor.name]])",
    536: "([[assessee.name]])",
    538: "[[assessee.position]]",
    542: "หน้าที่ เป้าประสงค์ และตัวชี้วัดของ [[unit|(กองและเทียบเท่า)]]",
    584: "ตารางสรุปตัวชี้วัด ประจำปีงบประมาณ พ.ศ. 2566 ของ [[unit|(กองและเทียบเท่า)]]",
}
FIELD = re.compile(r"\[\[([a-z.]+)(?:\|([^\]]*))?\]\]")

# What each document puts into the fields; all others are left blank.
VALUES = {
    BLANK: {"assessor.position": "อธิบดีกรมพัฒนาสังคมและสวัสดิการ"},
    UNIT: {
        "unit": "กองกิจการอาสาสมัครและภาคประชาสังคม",
        "assessor.position": "อธิบดีกรมพัฒนาสังคมและสวัสดิการ",
        "assessee.position": "ผู้อำนวยการกองกิจการอาสาสมัครและภาคประชาสังคม",
    },
}

# A table's head, printed again on the next page of the source; a story has each head once.
REPEATED = {576: 565, 577: 566}

# The row of satisfaction goes on after the page break: dissatisfaction, in the same cells.
CONTINUED = {578: 574}

GUIDANCE = "guidance on what to write: only the blank form prints it"
EMPTY_ROW = "an empty row: the unit's own indicators stand in its place"
LEFT_OUT: dict[str, dict[int, str]] = {
    BLANK: {},
    UNIT: {
        550: GUIDANCE,
        552: GUIDANCE,
        554: GUIDANCE,
        561: GUIDANCE,
        568: EMPTY_ROW,
        569: EMPTY_ROW,
        570: EMPTY_ROW,
        589: EMPTY_ROW,
        590: EMPTY_ROW,
    },
}

BY_ROUND = range(565, 583)
"""The criteria: both rounds side by side in the source, below each other where that lacks room."""

CRITERIA = "ตัวชี้วัดการประเมินฯ น้ำหนัก เป้าหมาย/เกณฑ์การประเมินผล มีดังต่อไปนี้"
OWN_WEIGHTS = {
    "1. ตัวชี้วัดตามบทบาท หน้าที่ ภารกิจ หรือภารกิจร่วมกันระหว่างกองและเทียบเท่า"
    " หรือนโยบายผู้บริหาร (กำหนดได้มากกว่า 1 ตัวชี้วัด)": "50",
    "2. ร้อยละของอาสาสมัครพัฒนาสังคมและความมั่นคงของมนุษย์ (อพม.) ที่เพิ่มขึ้น": "20",
}
POTENTIAL_WEIGHTS = {
    "1. ความสำเร็จของการประเมินคุณธรรมและความโปร่งใสในการดำเนินงานของหน่วยงานภาครัฐ (ITA)": "5",
    "2. การประเมินสถานะของหน่วยงานในการเป็นระบบราชการ 4.0 (PMQA 4.0)": "5",
    "3. ร้อยละของระดับความพึงพอใจ และความไม่พึงพอใจของผู้รับบริการและผู้มีส่วนได้ส่วนเสีย": "5",
    "4. ร้อยละของการเบิกจ่ายงบประมาณรายจ่ายภาพรวม": "5",
    "5. การประหยัดพลังงานในภาพรวมของกรม": "5",
    "6. มาตรการลดและคัดแยกขยะมูลฝอย": "5",
}
TOTAL = {"รวม": "100"}
WEIGHTS = {
    BLANK: POTENTIAL_WEIGHTS | TOTAL,
    UNIT: OWN_WEIGHTS | POTENTIAL_WEIGHTS | TOTAL,
}


@names
@extensions
def test_lines_of_the_source_stand_in_the_document(name: str, extension: str, made: Made) -> None:
    wanted = wanted_in(name)
    lost = missing(wanted, story_of(made[name], extension))
    found = share(wanted, lost)
    assert found >= ENOUGH, shown(f"only {found:.2f} % of the characters; missing:", lost)


@names
@extensions
def test_lines_stand_in_the_order_of_the_source(name: str, extension: str, made: Made) -> None:
    wanted = [passage for passage in wanted_in(name) if passage.line not in BY_ROUND]
    lost = out_of_place(wanted, story_of(made[name], extension))
    assert lost is None, f"not there, or not in its place: {lost}"


@names
@extensions
def test_each_round_has_the_rows_in_the_order_of_the_source(
    name: str, extension: str, made: Made
) -> None:
    story = story_of(made[name], extension)
    start = story.index(ContentPiece("paragraph", normal(CRITERIA)))
    rows = [Passage(0, normal(text), cell=True) for text in WEIGHTS[name]]
    assert out_of_place([*rows, *rows], story[start:]) is None


@extensions
def test_guidance_stays_out_of_a_filled_form(extension: str, made: Made) -> None:
    lines = corrected_lines(SOURCE, FIRST, LAST)
    guidance = passages({n: lines[n] for n, why in LEFT_OUT[UNIT].items() if why == GUIDANCE})
    assert missing(guidance, story_of(made[UNIT], extension)) == guidance


@pytest.mark.parametrize("line", FIELDS)
def test_lines_with_fields_have_the_words_of_the_source(line: int) -> None:
    assert normal(filled(FIELDS[line], {})) == normal(corrected_lines(SOURCE, line, line)[line])


@pytest.mark.parametrize("line", REPEATED)
def test_repeated_heads_are_the_same(line: int) -> None:
    lines = corrected_lines(SOURCE, FIRST, LAST)
    again, head = (passages({0: lines[number]}) for number in (line, REPEATED[line]))
    assert again == head


@names
@extensions
def test_weights_of_both_rounds_stand_in_their_rows(name: str, extension: str, made: Made) -> None:
    story = story_of(made[name], extension)
    found = {indicator: weights(story, indicator) for indicator in WEIGHTS[name]}
    assert found == {indicator: (weight, weight) for indicator, weight in WEIGHTS[name].items()}


@pytest.mark.parametrize("line", [520, 522, 524, 526, 528])
@names
def test_a_dropped_clause_is_noticed(name: str, line: int, made: Made) -> None:
    wanted, story = wanted_in(name), story_of(made[name], "docx")
    (clause,) = (passage for passage in wanted if passage.line == line)
    less = tuple(piece for piece in story if clause.text not in piece.text)
    assert len(less) == len(story) - 1
    lost = missing(wanted, less)
    assert lost == [clause]
    assert share(wanted, lost) < ENOUGH


@extensions
def test_two_swapped_cells_are_noticed(extension: str, made: Made) -> None:
    wanted, story = wanted_in(BLANK), story_of(made[BLANK], extension)
    swaps = [
        index
        for index, (left, right) in enumerate(pairwise(story))
        if left.kind == right.kind == "cell" and left.text and right.text and left != right
    ]
    assert len(swaps) > 100
    for index in swaps:
        pair = story[index : index + 2]
        swapped = (*story[:index], *reversed(pair), *story[index + 2 :])
        assert out_of_place(wanted, swapped) is not None, pair


corrected = pytest.mark.parametrize(
    "correction", corrections(), ids=lambda row: f"{row.source}:{row.line}"
)


@corrected
def test_what_is_corrected_stands_in_the_source(correction: Correction) -> None:
    assert correction.printed in read_source(correction.source)[correction.line - 1]


@corrected
def test_a_correction_changes_something_and_is_used(correction: Correction, all_words: str) -> None:
    assert correction.printed != correction.corrected
    assert correction.reason
    for cell in correction.corrected.split("\t"):
        assert normal(cell) in all_words


def test_without_sources_tests_skip(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GEN_SOURCES", str(tmp_path))
    monkeypatch.delenv("CI", raising=False)
    with pytest.raises(pytest.skip.Exception, match="source 004 is not in"):
        read_source(SOURCE)


@pytest.mark.parametrize("folder", ["", None])
def test_no_folder_is_looked_into_that_nobody_named(
    folder: str | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("GEN_SOURCES", raising=False)
    if folder is not None:
        monkeypatch.setenv("GEN_SOURCES", folder)
    monkeypatch.delenv("CI", raising=False)
    with pytest.raises(pytest.skip.Exception, match="source 004 is not in any folder"):
        read_source(SOURCE)


def test_without_sources_ci_fails(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GEN_SOURCES", str(tmp_path))
    monkeypatch.setenv("CI", "true")
    with pytest.raises(pytest.fail.Exception, match="source 004 is not in"):
        read_source(SOURCE)


@pytest.fixture(scope="module")
def all_words(made: Made) -> str:
    """The words of all data files, without their comments, and of the documents."""
    data = [
        normal(re.sub(r"(?m)(^|\s)#.*$", "", path.read_text("utf-8")))
        for pattern in ("*.yaml", "*.csv")
        for path in sorted((ROOT / "agreements").rglob(pattern))
    ]
    pieces = [
        piece.text
        for name in (BLANK, UNIT, *OTHERS.values())
        for piece in story_of(made[name], "docx")
    ]
    return "\n".join([*data, *pieces])


def wanted_in(name: str) -> list[Passage]:
    """What the source lets a document say."""
    lines = corrected_lines(SOURCE, FIRST, LAST)
    for line, text in FIELDS.items():
        lines[line] = filled(text, VALUES[name])
    for line, start in CONTINUED.items():
        pairs = zip(lines[start].split("\t"), lines[line].split("\t"), strict=True)
        lines[start] = "\t".join(f"{above} {below}" for above, below in pairs)
    return passages(
        {
            line: text
            for line, text in lines.items()
            if line not in REPEATED and line not in CONTINUED and line not in LEFT_OUT[name]
        }
    )


def filled(text: str, values: Mapping[str, str]) -> str:
    """A line with its fields filled in, the hints where there is no value."""
    return FIELD.sub(lambda match: values.get(match[1], match[2] or ""), text)


def weights(story: Content, indicator: str) -> tuple[str, str]:
    """The weights in the row that is so named of the criteria of round 1, and of round 2."""
    start = story.index(ContentPiece("paragraph", normal(CRITERIA)))
    cells = [piece.text for piece in story[start:] if piece.kind == "cell"]
    first, second, *_ = (n for n, text in enumerate(cells) if text == normal(indicator))
    return cells[first + 1], cells[second + 1]


def shown(heading: str, lost: list[Passage]) -> str:
    return "\n".join([heading, *map(str, lost)])
