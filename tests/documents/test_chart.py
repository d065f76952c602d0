"""The framework on one page: what stands where, counts, sizes of paper, and what goes wrong."""

from __future__ import annotations

import shutil
from dataclasses import replace
from decimal import Decimal
from functools import cache
from pathlib import Path

import openxml_audit
import pypdfium2
import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator import rules, verify
from generator.agreements import lookup, reading, record
from generator.agreements.files import valid_agency
from generator.agreements.record import DocumentInput, DocumentOptions
from generator.api import documents
from generator.diagnostics import errors
from generator.documents import building
from generator.documents.chart import LETTERS, WallChart
from generator.documents.parts.chart_boxes import Dimension
from generator.documents.parts.chart_cards import ChartCard, counted
from generator.documents.parts.rich import Rich
from generator.errors import DataError
from generator.model import LevelCounts
from generator.model.papers import PaperSize
from generator.workspace.environment import Workspace
from support import making, readers, verapdf

DATA = Path(__file__).parents[1] / "data"
SMALL = Workspace(DATA, {})
"""A workspace with the small agency ``chart``."""

MM = 72 / 25.4
SIZES: dict[PaperSize, tuple[int, int]] = {
    "a3": (420, 297),
    "a4": (297, 210),
    "a2": (594, 420),
    "a1": (841, 594),
}
papers = pytest.mark.parametrize("paper", SIZES)


@cache
def made(paper: PaperSize) -> dict[str, bytes]:
    options = DocumentOptions(paper=paper)
    files = documents.make(SMALL, "chart", lookup.find(SMALL, "chart"), options=options).files
    return {path.suffix[1:]: data for path, data in files.items()}


@cache
def context(agency: Path = DATA / "agreements" / "chart", paper: PaperSize = "a3") -> WallChart:
    folder = reading.read_agency(agency)
    units = tuple(reading.read_unit(folder, path) for path in folder.unit_paths)
    origin = DocumentInput(
        "chart",
        DocumentOptions("agency", paper=paper),
        valid_agency(folder),
        reading.read_form(folder),
        units,
    )
    built = building.build(SMALL, origin).context
    assert isinstance(built, WallChart)
    return built


def said(words: Rich) -> list[str]:
    return [block.text for block in words]


def cards(dimension: Dimension) -> list[ChartCard]:
    return [card for band in dimension.bands for part in band.parts for card in part.cards]


def card(start: str) -> ChartCard:
    found = [c for d in context().dimensions for c in cards(d) if "".join(said(c.name)) == start]
    assert len(found) == 1, start
    return found[0]


def test_the_tree_stands_from_left_to_right() -> None:
    found = [
        (
            dimension.heading,
            [
                (
                    band.name,
                    band.headings,
                    [(part.headings, [said(c.name) for c in part.cards]) for part in band.parts],
                )
                for band in dimension.bands
            ],
        )
        for dimension in context().dimensions
    ]
    assert found == [
        (
            "มิติภายนอก (70 %)",
            [
                (
                    "ประสิทธิผล (50 %)",
                    ("1. ภารกิจหลัก (50 %)",),
                    [
                        (
                            ("ภารกิจร่วม",),
                            [["1.1 ร้อยละของกลุ่มที่มีผลผลิตเพิ่มขึ้น (20 %)"]],
                        ),
                        (("ภารกิจของกรม",), [["1.2 ร้อยละความสำเร็จสองส่วน (30 %)"]]),
                    ],
                ),
                (
                    "คุณภาพ (20 %)",
                    (),
                    [((), [["ระดับความสำเร็จของงานที่ยังไม่ตกลง (20 %)"]])],
                ),
            ],
        ),
        (
            "มิติภายใน (30 %)",
            [
                (
                    "",
                    (),
                    [
                        # The second card goes on with the first one's checklists.
                        ((), [["2. การพัฒนาระบบ (20 %)"], []]),
                        (("3. งบประมาณ (10 %)",), [["3. การเบิกจ่าย (10 %)"]]),
                    ],
                )
            ],
        ),
        ("เพิ่มเติม", [("", (), [((), [["ตัวชี้วัดเพิ่มเติม"]])])]),
        ("ของกระทรวง", [("", (), [((), [["ตัวชี้วัดของกระทรวง (9 %)"]])])]),
    ]


def test_what_does_not_count_stands_apart_without_a_sum() -> None:
    *counting, _, apart = context().dimensions
    assert [d.tone for d in counting] == [1, 2]
    assert (apart.tone, apart.heading, apart.note) == (0, "ของกระทรวง", "ไม่นับรวม")
    assert not any(d.note for d in counting)


def test_widths_fill_the_page_and_columns_fit_every_band() -> None:
    for dimension in context().dimensions:
        assert sum(dimension.widths) == pytest.approx(100)
        names = 2 if dimension.banded else 1
        for band in dimension.bands:
            assert sum(part.span for part in band.parts) == len(dimension.widths) - names
            assert sum(part.width for part in band.parts) == pytest.approx(100)
            for part in band.parts:
                assert sum(part.widths) == pytest.approx(100, abs=0.01)
                assert len(part.widths) == len(part.cards)


def test_a_card_says_strategy_projects_and_levels() -> None:
    found = card("1.1 ร้อยละของกลุ่มที่มีผลผลิตเพิ่มขึ้น (20 %)")
    assert said(found.strategies) == ["ยุทธศาสตร์ที่ 2: เพิ่มผลผลิต"]
    assert said(found.projects) == ["ก. 1 พัฒนากลุ่ม (เป้าหมาย 1,250 กลุ่ม)", "งานวิจัย"]
    assert found.levels is not None
    assert found.levels.names == ("1", "2", "3")
    assert [(row.label, *row.cells) for row in found.levels.rows] == [
        ("ร้อยละ", "10", "12.5", "15"),
        ("จำนวน (กลุ่ม)", "19", "23", "28"),
    ]


def test_parts_have_a_row_each_and_open_levels_no_table() -> None:
    found = card("1.2 ร้อยละความสำเร็จสองส่วน (30 %)")
    assert found.levels is not None
    assert [(row.label, *row.cells) for row in found.levels.rows] == [
        ("พอใจ", "60", "70", "80"),
        ("ความไม่พึงพอใจ", "30", "20", "10"),
    ]
    assert card("ระดับความสำเร็จของงานที่ยังไม่ตกลง (20 %)").levels is None


def test_each_further_checklist_has_a_card_of_its_own() -> None:
    inner = context().dimensions[1]
    lists = [[(c.heading, said(c.lines)) for c in found.checklists] for found in cards(inner)]
    assert lists == [
        [("ประเด็นที่ 1", ["1. มีแผน", "1.1 ครบทุกหน่วย", "2. มีผล"])],
        [("ประเด็นที่ 2", ["ไม่มีเลขข้อ"])],
        [("", ["รายงานทุกเดือน"])],
    ]
    assert [found.more for found in cards(inner)] == [False, True, False]


@given(st.decimals(0, 100, places=2), st.integers(0, 10**6))
def test_counts_are_whole_and_at_most_one_apart(level: Decimal, of: int) -> None:
    down, near = (
        counted(level, LevelCounts(of=Decimal(of), measure="คน", rounding=rounding))
        for rounding in ("floor", "half-up")
    )
    exact = Decimal(of) * level / 100
    assert down == down.to_integral_value()
    assert 0 <= exact - down < 1
    assert abs(near - exact) <= Decimal("0.5")
    assert near - down in (0, 1)


def test_a_half_is_rounded_up_or_down_as_stated() -> None:
    for rounding, wanted in (("floor", 28), ("half-up", 29)):
        count = LevelCounts.model_validate({"of": "190", "measure": "กิจการ", "rounding": rounding})
        assert counted(Decimal(15), count) == wanted


@papers
def test_one_page_of_the_papers_size(paper: PaperSize) -> None:
    # Word knows no page wider than 22 inches: those are A3 there, to be enlarged in print.
    word: PaperSize = "a4" if paper == "a4" else "a3"
    for size, data in (
        (paper, made(paper)["pdf"]),
        (word, making.by_libreoffice(made(paper)["docx"])),
    ):
        (page,) = pypdfium2.PdfDocument(data)
        assert page.get_size() == pytest.approx([side * MM for side in SIZES[size]], abs=1)


@papers
def test_both_formats_say_the_same_and_are_sound(paper: PaperSize, tmp_path: Path) -> None:
    files = made(paper)
    docx = verify.docx_content(files["docx"])
    assert docx == verify.pdf_facts(files["pdf"]).content
    assert {piece.kind for piece in docx} == {"paragraph", "cell"}
    assert verapdf.check(files["pdf"], "3a") == verapdf.check(files["pdf"], "ua1") == []
    path = tmp_path / "chart.docx"
    path.write_bytes(files["docx"])
    assert [
        str(e) for e in openxml_audit.OpenXmlValidator(max_errors=0).validate(path).errors
    ] == []


def test_sizes_say_the_same_and_are_two_documents() -> None:
    first, *others = (verify.docx_content(made(paper)["docx"]) for paper in SIZES)
    assert all(other == first for other in others)
    records = [readers.attachment(made(paper)["pdf"], record.ABOUT) for paper in SIZES]
    assert len(set(records)) == len(SIZES)


@papers
def test_it_is_made_again_from_its_source(paper: PaperSize, tmp_path: Path) -> None:
    source = tmp_path / record.SOURCE
    source.write_bytes(readers.attachment(made(paper)["pdf"], record.SOURCE))
    found = lookup.find(SMALL, str(source))
    again = documents.make(SMALL, "chart", found).files
    assert {path.suffix[1:]: data for path, data in again.items()} == made(paper)
    assert {path.stem for path in again} == {"chart-chart" + (f"-{paper}" if paper != "a3" else "")}


def small(tmp_path: Path) -> Workspace:
    shutil.copytree(DATA / "agreements" / "chart", tmp_path / "agreements" / "chart")
    return Workspace(tmp_path, {})


def longer(tmp_path: Path, times: int) -> Workspace:
    """The small agency, whose first indicator has so many projects more."""
    world = small(tmp_path)
    path = world.agreements / "chart" / "กรม.yaml"
    text = path.read_text("utf-8")
    name = "โครงการพัฒนาผู้ประกอบการในภูมิภาคให้แข่งขันได้ในตลาดต่างประเทศ"
    more = "".join(f"        - {{name: {name} {n}}}\n" for n in range(times))
    assert "      projects:\n" in text
    path.write_text(text.replace("      projects:\n", f"      projects:\n{more}", 1), "utf-8")
    return world


def on_paper(world: Workspace, paper: PaperSize, *formats: str) -> dict[str, bytes]:
    found = lookup.find(world, "chart")
    options = DocumentOptions(paper=paper)
    made = documents.make(world, "chart", found, formats=formats, options=options).files
    return {path.suffix[1:]: data for path, data in made.items()}


@pytest.mark.parametrize("times", [10, 25, 40])
def test_letters_shrink_until_the_page_holds_them_or_larger_paper_is_named(
    times: int, tmp_path: Path
) -> None:
    """Whatever there is to say, a chart is one page, or nothing is written."""
    world, sizes = longer(tmp_path, times), list[float]()
    refused: dict[PaperSize, str] = {}
    order: tuple[PaperSize, ...] = ("a4", "a3", "a2", "a1")
    for paper in order:
        try:
            pdf = on_paper(world, paper, "pdf")["pdf"]
        except DataError as error:
            refused[paper] = str(error)
            continue
        assert len(pypdfium2.PdfDocument(pdf)) == 1
        sizes.append(context(world.agreements / "chart", paper).letters)
        assert LETTERS[paper][1] <= sizes[-1] <= LETTERS[paper][0]
    assert sizes
    assert sizes == sorted(sizes)
    # Larger paper holds what smaller paper does.
    assert tuple(refused) == order[: len(refused)]
    for paper, said in refused.items():
        assert f"a page of {paper.upper()} doesn't hold this chart" in said
        assert f"{LETTERS[paper][1]:g} points" in said


def test_word_takes_the_same_page_and_size(tmp_path: Path) -> None:
    files = on_paper(longer(tmp_path, 10), "a3", "docx")
    assert len(pypdfium2.PdfDocument(making.by_libreoffice(files["docx"]))) == 1


def test_what_no_paper_holds_is_to_be_shortened(tmp_path: Path) -> None:
    world = longer(tmp_path, 900)
    with pytest.raises(DataError) as error:
        on_paper(world, "a1", "docx")
    assert "a page of A1, the largest," in str(error.value)
    assert "shorten names" in error.value.hint


def test_without_words_or_department_there_is_no_chart(tmp_path: Path) -> None:
    with pytest.raises(DataError) as error:
        documents.make(making.WORLD, "chart", lookup.find(making.WORLD, "cdd-2561"))
    assert "there is no 'chart'" in error.value.diagnostics[0].message
    world = small(tmp_path)
    unit = world.agreements / "chart" / "กรม.yaml"
    unit.write_text(
        unit.read_text("utf-8").replace("level: department", "level: division"), "utf-8"
    )
    with pytest.raises(DataError) as error:
        documents.make(world, "chart", lookup.find(world, "chart"))
    assert "no unit is the department" in error.value.diagnostics[0].message


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ('{text: "12.5", value: 12.5}', '"12.5"', "level 2 has no value to count by"),
        ("rounding: floor", "rounding: down", "one of floor, half-up"),
        ("measure: กลุ่ม, rounding", "rounding", "measure"),
    ],
)
def test_what_is_counted_has_to_be_stated(old: str, new: str, message: str, tmp_path: Path) -> None:
    world = small(tmp_path)
    path = world.agreements / "chart" / "กรม.yaml"
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new).replace("read: points", "below: 1"), "utf-8")
    folder = reading.read_agency(path.parent)
    found = errors(rules.check_unit(folder, reading.read_unit(folder, path)))
    assert any(message in fault.message for fault in found), found


def test_levels_are_needed_to_count(tmp_path: Path) -> None:
    world = small(tmp_path)
    folder = reading.read_agency(world.agreements / "chart")
    unit = reading.read_unit(folder, folder.folder / "กรม.yaml")
    first = unit.indicators[0]
    criteria = first.item.indicator.criteria["all"].model_copy(update={"levels": {}, "read": None})
    indicator = first.item.indicator.model_copy(update={"criteria": {"all": criteria}})
    changed = replace(first, item=first.item.model_copy(update={"indicator": indicator}))
    unit = replace(unit, indicators=(changed, *unit.indicators[1:]))
    found = errors(rules.check_unit(folder, unit))
    assert any("no levels to count" in fault.message for fault in found)


def test_weights_are_in_percent_unless_they_add_up_to_something_else() -> None:
    """A faculty's weights add up to 1."""
    found = context(making.ROOT / "agreements/example-faculty-2570")
    names = ["".join(said(card.name)) for one in found.dimensions for card in cards(one)]
    assert [name.rpartition(" ")[2] for name in names] == ["(0.50)"] * 2
    assert [one.heading.count("0.50") for one in found.dimensions] == [1, 1]
