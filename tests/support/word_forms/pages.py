"""The pages of typed forms: front, tables of criteria, summaries, sheets, memoranda."""

from collections.abc import Iterable, Sequence
from itertools import groupby
from typing import Any

from generator.model import LevelMark, UnitIndicator
from generator.model.tree import walk
from support.making import ROOT
from support.word_forms.sources import Source, levels, past, weight
from support.word_forms.typing import Typist

DOTS = "........................................"


def front(
    hand: Typist, one: Source, *, tabs: bool = False, controls: bool = False, names: bool = False
) -> None:
    """The first page, typed by hand: clauses with numbers, parties, places to sign on."""
    agency, unit = one.agency, one.unit
    year = agency.fiscal_year
    name = unit.name or ""
    hand.line("คำรับรองการปฏิบัติราชการ", bold=True, centre=True)
    if controls:
        hand.controlled(hand.expect(("unit",), name))
    else:
        hand.line(hand.expect(("unit",), name), bold=True, centre=True)
    hand.line(f"ประจำปีงบประมาณ พ.ศ. {year}", bold=True, centre=True)
    hand.line()
    hand.line("1. คำรับรองระหว่าง")
    assessor = agency.assessors[0]
    assessee = unit.assessees[0]
    for party, role in ((assessor, "ผู้รับคำรับรอง"), (assessee, "ผู้ทำคำรับรอง")):
        if party is assessee:
            hand.line("และ")
        hand.line(party.name if names and party.name else DOTS)
        place = "wording" if party is assessor else "position"
        hand.line(f"ตำแหน่ง {hand.expect((place,), party.position or '')}")
        hand.line(role)
    hand.line(
        "2. คำรับรองนี้เป็นคำรับรองฝ่ายเดียว มิใช่สัญญาและใช้สำหรับระยะเวลา 1 ปี เริ่มตั้งแต่วันที่ 1 ตุลาคม "
        f"{year - 1} ถึงวันที่ 30 กันยายน {year}"
    )
    hand.line(
        "3. รายละเอียดของคำรับรอง ได้แก่ กรอบการประเมินผล น้ำหนัก ตัวชี้วัดผลการปฏิบัติราชการ เป้าหมาย "
        "เกณฑ์การให้คะแนน ตามที่ปรากฏอยู่ในเอกสารประกอบคำรับรองนี้"
    )
    hand.line(
        "4. ผู้รับคำรับรองและผู้ทำคำรับรองได้เข้าใจคำรับรองการปฏิบัติราชการและเห็นพ้องกันแล้ว จึงได้ลงลายมือชื่อไว้เป็นสำคัญ"
    )
    hand.line()
    if tabs:
        for _ in range(2):
            hand.line(f"ลงชื่อ{DOTS}")
            hand.line(f"({DOTS})")
            hand.line(f"วันที่ {DOTS}")
    else:
        table = hand.document.add_table(rows=1, cols=2)
        for cell, party in zip(table.rows[0].cells, (assessor, assessee), strict=True):
            signed = f"({party.name})" if names and party.name else f"({DOTS})"
            hand.cell(cell, f"ลงชื่อ{DOTS}\n{signed}\n{party.position}\nวันที่ {DOTS}")
    hand.line()


def duties(hand: Typist, one: Source) -> None:
    """Duties as a list that Word numbers."""
    hand.line(f"หน้าที่ เป้าประสงค์ และตัวชี้วัดของ {one.unit.name}", bold=True)
    hand.line("หน้าที่", bold=True)
    texts = ["จัดสวัสดิการสังคมแก่กลุ่มเป้าหมายตามกฎหมาย", "พัฒนามาตรฐานการคุ้มครองสวัสดิภาพ"]
    hand.numbered([hand.expect(("duty",), text) for text in texts], "thaiNumbers")
    hand.line()


def sections(one: Source, items: Iterable[UnitIndicator]) -> list[tuple[str, list[UnitIndicator]]]:
    """Indicators by component, with the component's name."""
    names = {c.id: c.name for c in walk(one.unit.components or one.agency.components)}
    return [(names[key], list(group)) for key, group in groupby(items, lambda i: i.use.component)]


def criteria(
    hand: Typist,
    one: Source,
    items: Sequence[UnitIndicator],
    *,
    page_of: int = 0,
    sections_as_bold: bool = False,
) -> None:
    """The table of two rounds, thirteen columns, a head of two lines."""
    hand.line("ตัวชี้วัด น้ำหนัก เป้าหมาย/เกณฑ์การประเมินผล มีดังต่อไปนี้", bold=True)
    rounds = one.rounds[:2]
    table = _criteria_head(hand, one)
    count = 0
    for name, group in sections(one, items):
        row = table.add_row().cells
        cell = row[0] if sections_as_bold else row[0].merge(row[-1])
        hand.cell(cell, hand.expect(("wording",), name), bold=True)
        for number, item in enumerate(group, start=1):
            if page_of and count and count % page_of == 0:
                hand.line()
                table = _criteria_head(hand, one)
            count += 1
            cells = table.add_row().cells
            title = item.indicator.names.tables or item.indicator.name
            hand.cell(cells[0], f"{number}. {hand.expect(('name', title), title)}")
            for index, round_ in enumerate(rounds):
                at = 1 + 6 * index
                hand.cell(cells[at], hand.expect(("weight", title), weight(item, round_.id)))
                said = levels(item.indicator.criteria_of(round_.id))
                for place, (key, text) in enumerate(said.items(), start=1):
                    hand.cell(
                        cells[at + place], hand.expect(("level", title, str(index), key), text)
                    )
    last = table.add_row().cells
    hand.cell(last[0], "รวม", bold=True)
    hand.cell(last[1], "100")
    hand.cell(last[7], "100")


def _criteria_head(hand: Typist, one: Source) -> Any:
    table = hand.table(2, 13)
    top, below = table.rows[0].cells, table.rows[1].cells
    hand.cell(top[0].merge(below[0]), "ตัวชี้วัดการประเมินฯ", bold=True)
    for index, round_ in enumerate(one.rounds[:2]):
        at = 1 + 6 * index
        hand.cell(top[at].merge(top[at + 5]), round_.name, bold=True)
        hand.cell(below[at], "น้ำหนัก\n(คะแนน)", bold=True)
        for level in range(1, 6):
            hand.cell(below[at + level], str(level), bold=True)
    return table


def quarters(hand: Typist, one: Source) -> None:
    """A table for each round."""
    for index, round_ in enumerate(one.rounds):
        hand.line(f"เกณฑ์การให้คะแนน {round_.name}", bold=True)
        table = hand.table(2, 7)
        top, below = table.rows[0].cells, table.rows[1].cells
        hand.cell(top[0].merge(below[0]), "ตัวชี้วัด", bold=True)
        hand.cell(top[1].merge(top[6]), round_.name, bold=True)
        hand.cell(below[1], "น้ำหนัก (ร้อยละ)", bold=True)
        for level in range(1, 6):
            hand.cell(below[1 + level], f"ระดับ {level}", bold=True)
        for name, group in sections(one, one.items):
            row = table.add_row().cells
            hand.cell(row[0].merge(row[-1]), hand.expect(("wording",), name), bold=True)
            for number, item in enumerate(group, start=1):
                if not item.indicator.assessed_in(round_.id):
                    continue
                cells = table.add_row().cells
                title = item.indicator.name
                hand.cell(cells[0], f"{number}. {hand.expect(('name', title), title)}")
                hand.cell(cells[1], hand.expect(("weight", title), weight(item, round_.id)))
                said = levels(item.indicator.criteria_of(round_.id))
                for place, (key, text) in enumerate(said.items(), start=1):
                    hand.cell(
                        cells[1 + place], hand.expect(("level", title, str(index), key), text)
                    )


def summary(hand: Typist, one: Source, items: Sequence[UnitIndicator]) -> None:
    """The summary: issues and goals merged over rows, three past years, the last round."""
    hand.line(
        f"ตารางสรุปตัวชี้วัด ประจำปีงบประมาณ พ.ศ. {one.agency.fiscal_year} ของ "
        f"{hand.expect(('unit',), one.unit.name or '')}",
        bold=True,
        centre=True,
    )
    years = one.agency.baseline_years
    table = hand.table(2, 12)
    top, below = table.rows[0].cells, table.rows[1].cells
    for column, words in enumerate(("ประเด็นยุทธศาสตร์", "เป้าประสงค์", "ตัวชี้วัด", "น้ำหนัก\n(ร้อยละ)")):
        hand.cell(top[column].merge(below[column]), words, bold=True)
    hand.cell(top[4].merge(top[6]), "ข้อมูลพื้นฐาน ปีงบประมาณ พ.ศ.", bold=True)
    hand.cell(top[7].merge(top[11]), one.rounds[-1].name, bold=True)
    for place, year in enumerate(years):
        hand.cell(below[4 + place], str(year), bold=True)
    for level in range(1, 6):
        hand.cell(below[6 + level], str(level), bold=True)
    issue, goal = "เรื่องที่ 1 การพัฒนาคุณภาพชีวิต", "กลุ่มเป้าหมายมีคุณภาพชีวิตที่ดีขึ้น"
    first = None
    for number, item in enumerate(items, start=1):
        cells = table.add_row().cells
        if first is None:
            first = cells
            hand.cell(cells[0], hand.expect(("issue",), issue))
            hand.cell(cells[1], f"1. {hand.expect(('goal',), goal)}")
        title = item.indicator.names.tables or item.indicator.name
        hand.cell(cells[2], f"{number}. {hand.expect(('name', title), title)}")
        hand.cell(cells[3], hand.expect(("weight", title), weight(item, one.rounds[-1].id)))
        if len(item.indicator.baselines) == 1:
            for place, year in enumerate(years):
                text = past(item.indicator).get(year, "")
                hand.cell(cells[4 + place], hand.expect(("past", title, str(year)), text))
        said = levels(item.indicator.criteria_of(one.rounds[-1].id))
        for place, (key, text) in enumerate(said.items(), start=1):
            hand.cell(cells[6 + place], hand.expect(("level", title, "0", key), text))
    assert first is not None
    for column in (0, 1):
        first[column].merge(table.rows[-1].cells[column])


LABELS = {
    "name": "ตัวชี้วัดที่",
    "measure": "หน่วยวัด",
    "weight": "น้ำหนัก",
    "description": "คำอธิบาย",
    "formula": "สูตรการคำนวณ",
    "conditions": "เงื่อนไข",
    "source": "แหล่งข้อมูล",
    "collection": "วิธีการจัดเก็บข้อมูล",
    "supervisor": "ผู้กำกับดูแลตัวชี้วัด",
    "collector": "ผู้จัดเก็บข้อมูล",
}
OTHERS = LABELS | {
    "measure": "หน่วย วัด",
    "weight": "ค่าน้ำหนัก",
    "description": "คำนิยาม",
    "conditions": "เงื่อนไข (ถ้ามี)",
    "source": "แหล่งที่มาของข้อมูล",
    "collection": "วิธีการเก็บข้อมูล",
    "supervisor": "ผู้กำกับตัวชี้วัด",
    "collector": "ผู้เก็บข้อมูล",
}


def plain(text: str | None) -> list[str]:
    """A text's lines as somebody types them, without markup."""
    return [line.strip().replace("**", "") for line in (text or "").split("\n") if line.strip()]


def sheet(
    hand: Typist,
    one: Source,
    item: UnitIndicator,
    *,
    other_labels: bool = False,
    levels: str = "beside",
    changes: bool = False,
    omml: bool = False,
) -> None:
    """One indicator's sheet, line by line."""
    words = OTHERS if other_labels else LABELS
    indicator = item.indicator
    title = indicator.names.sheet or indicator.name
    hand.line("รายละเอียดตัวชี้วัด", bold=True, centre=True)
    number = [other.key for other in one.items].index(item.key) + 1
    hand.labelled(f"{words['name']} {number}", hand.expect(("name", title), title))
    hand.labelled(words["measure"], hand.expect(("measure", title), indicator.measure or "ร้อยละ"))
    hand.labelled(
        words["weight"], f"ร้อยละ {hand.expect(('weight', title), weight(item, one.rounds[-1].id))}"
    )
    lines = plain(indicator.description)
    lines = [line for line in lines if "//" not in line]
    for line in lines:
        hand.expect(("description", title), line)
    hand.labelled(words["description"], "", rest=lines)
    if changes:
        last = hand.line()
        hand.changed(last, "คำที่ตัดออก", hand.expect(("description", title), "ตามข้อมูลล่าสุดของกรม"))
    if omml:
        hand.labelled(words["formula"], "")
        hand.equation(
            hand.expect(("value", title), "จำนวนที่ทำได้จริงในปี"),
            hand.expect(("value", title), "จำนวนเป้าหมายทั้งหมดของปี"),
        )
    _level_tables(hand, one, item, title, beside=levels == "beside")
    for field in ("conditions", "source", "collection"):
        said = plain(getattr(indicator, field))
        if said:
            for line in said:
                hand.expect((field, title), line)
            hand.labelled(words[field], said[0], rest=said[1:])
    if changes:
        hand.boxed("ข้อสังเกตของผู้ตรวจ แบบร่างครั้งที่ 2")
    hand.labelled(
        words["supervisor"],
        f"{hand.expect(('supervisors', title), 'ผู้อำนวยการกองตัวอย่าง')} โทร : 1234",
    )
    hand.labelled(
        words["collector"],
        f"{hand.expect(('collectors', title), 'นักพัฒนาสังคมชำนาญการ')} โทร : {DOTS}",
    )


def _level_tables(
    hand: Typist, one: Source, item: UnitIndicator, title: str, *, beside: bool
) -> None:
    for index, round_ in enumerate(one.rounds[:2]):
        criteria = item.indicator.criteria_of(round_.id)
        if criteria is None:
            continue
        hand.line(f"เกณฑ์การประเมิน รอบที่ {index + 1} ({6 * (index + 1)} เดือน)", bold=True)
        if criteria.parts:
            table = hand.table(1, 6)
            head = table.rows[0].cells
            hand.cell(head[0], "การประเมิน", bold=True)
            for number in range(1, 6):
                hand.cell(head[number], f"ระดับ {number}", bold=True)
            for part in criteria.parts:
                cells = table.add_row().cells
                hand.cell(cells[0], part.name)
                _levels_in(hand, cells, 1, title, index, part.levels)
        elif beside:
            table = hand.table(1, 5)
            for number in range(1, 6):
                hand.cell(table.rows[0].cells[number - 1], f"ระดับ {number}", bold=True)
            _levels_in(hand, table.add_row().cells, 0, title, index, criteria.levels)
        elif criteria.levels:
            table = hand.table(0, 2)
            for key, level in criteria.levels.items():
                cells = table.add_row().cells
                hand.cell(cells[0], f"ระดับที่ {key}")
                hand.cell(cells[1], hand.expect(("level", title, str(index), key), level.text))


def _levels_in(
    hand: Typist, cells: Any, first: int, title: str, index: int, said: dict[str, LevelMark]
) -> None:
    for place, (key, level) in enumerate(said.items()):
        hand.cell(cells[first + place], hand.expect(("level", title, str(index), key), level.text))


def sheet_table(hand: Typist, one: Source, item: UnitIndicator) -> None:
    """One indicator's sheet as a table: labels in the first column."""
    indicator = item.indicator
    title = indicator.names.sheet or indicator.name
    number = [other.key for other in one.items].index(item.key) + 1
    table = hand.table(0, 6)

    def row(label: str, text: str) -> None:
        cells = table.add_row().cells
        hand.cell(cells[0], label, bold=True)
        hand.cell(cells[1].merge(cells[5]), text)

    row(f"ตัวชี้วัดที่ {number} :", hand.expect(("name", title), title))
    row("หน่วยวัด", hand.expect(("measure", title), indicator.measure or "ร้อยละ"))
    row("น้ำหนัก", f"ร้อยละ {hand.expect(('weight', title), weight(item, one.rounds[-1].id))}")
    said = [line for line in plain(indicator.description) if "//" not in line]
    for line in said:
        hand.expect(("description", title), line)
    row("คำอธิบาย", "\n".join(said) or "-")
    for index, round_ in enumerate(one.rounds[:2]):
        criteria = indicator.criteria_of(round_.id)
        if criteria is None or not criteria.levels:
            continue
        cells = table.add_row().cells
        hand.cell(cells[0].merge(cells[5]), f"เกณฑ์การให้คะแนน รอบที่ {index + 1}", bold=True)
        cells = table.add_row().cells
        hand.cell(cells[0], "ระดับคะแนน", bold=True)
        for number_ in range(1, 6):
            hand.cell(cells[number_], str(number_), bold=True)
        cells = table.add_row().cells
        hand.cell(cells[0], "เกณฑ์")
        _levels_in(hand, cells, 1, title, index, criteria.levels)
    for field, label in (("source", "แหล่งข้อมูล"), ("collection", "วิธีการจัดเก็บข้อมูล")):
        text = plain(getattr(indicator, field))
        if text:
            for line in text:
                hand.expect((field, title), line)
            row(label, "\n".join(text))
    row("ผู้กำกับดูแลตัวชี้วัด", hand.expect(("supervisors", title), "ผู้อำนวยการกองตัวอย่าง"))
    hand.line()


def dimension_tables(hand: Typist, one: Source) -> None:
    """A table for each dimension, with what stands above it and its total."""
    components = {c.id: c for c in walk(one.agency.components)}
    for key, group in groupby(one.items, lambda item: item.use.component):
        component = components[key]
        hand.line()
        for line in plain(component.text) or [f"{component.name} ร้อยละ {component.weight}"]:
            hand.line(line)
        table = hand.table(2, 9)
        top, below = table.rows[0].cells, table.rows[1].cells
        hand.cell(top[0].merge(below[0]), "ตัวชี้วัดผลการปฏิบัติราชการ", bold=True)
        hand.cell(top[1].merge(below[1]), "น้ำหนัก (%)", bold=True)
        hand.cell(top[2].merge(top[3]), "ผลงานประจำปีงบประมาณ", bold=True)
        hand.cell(top[4].merge(top[8]), "เป้าหมาย/เกณฑ์การให้คะแนน", bold=True)
        for place, year in enumerate((2545, 2546)):
            hand.cell(below[2 + place], str(year), bold=True)
        for level in range(1, 6):
            hand.cell(below[3 + level], str(level), bold=True)
        for item in group:
            cells = table.add_row().cells
            _simple_row(hand, one, item, cells, 4)
            for place, year in enumerate((2545, 2546)):
                text = past(item.indicator).get(year, "")
                hand.cell(
                    cells[2 + place],
                    hand.expect(("past", item.indicator.name, str(year)), text) or "-",
                )
        last = table.add_row().cells
        hand.cell(last[0], "รวม", bold=True)
        hand.cell(last[1], f"{component.weight:f}")


def _simple_row(hand: Typist, one: Source, item: UnitIndicator, cells: Any, first: int) -> None:
    title = item.indicator.name
    number = item.use.number or str([i.key for i in one.items].index(item.key) + 1)
    mark = "" if "." in number or "ที่" in number else "."
    hand.cell(cells[0], f"{number}{mark} {hand.expect(('name', title), title)}")
    hand.cell(cells[1], hand.expect(("weight", title), weight(item, one.rounds[0].id)))
    said = levels(item.indicator.criteria_of(one.rounds[0].id))
    for place, (key, text) in enumerate(said.items()):
        hand.cell(cells[first + place], hand.expect(("level", title, "0", key), text))


def tabbed(hand: Typist, one: Source, items: Sequence[UnitIndicator]) -> None:
    """Columns that are tabs."""
    hand.line("ตัวชี้วัด\tน้ำหนัก\t1\t2\t3\t4\t5", bold=True)
    for number, item in enumerate(items, start=1):
        title = item.indicator.name
        said = levels(item.indicator.criteria_of(one.rounds[0].id))
        for key, text in said.items():
            hand.expect(("level", title, "0", key), text)
        hand.expect(("name", title), title)
        share = hand.expect(("weight", title), weight(item, one.rounds[0].id))
        hand.line("\t".join([f"{number}. {title}", share, *said.values()]))


def simple(hand: Typist, one: Source, items: Sequence[UnitIndicator]) -> None:
    """One table, a head of one line."""
    hand.line("คำรับรองการปฏิบัติราชการ", bold=True, centre=True)
    hand.line(hand.expect(("unit",), one.unit.name or ""), centre=True)
    hand.line(f"ประจำปีงบประมาณ พ.ศ. {one.agency.fiscal_year}", centre=True)
    table = hand.table(1, 7)
    head = table.rows[0].cells
    for column, words in enumerate(("ตัวชี้วัด", "น้ำหนัก", *(f"ระดับ {n}" for n in range(1, 6)))):
        hand.cell(head[column], words, bold=True)
    for item in items:
        _simple_row(hand, one, item, table.add_row().cells, 2)


def memorandum(hand: Typist, one: Source, *, page_of: int, boxed: bool = False) -> None:
    """A table goal by goal: levels as lines of one cell."""
    title = "บันทึกข้อตกลงตัวชี้วัดและค่าเป้าหมายการประเมินผลการปฏิบัติราชการ"
    if boxed:
        hand.boxed(title)
    else:
        hand.line(title, bold=True, centre=True)
    hand.line("ระหว่าง พัฒนาการจังหวัด กับ พัฒนาการอำเภอ", bold=True, centre=True)
    hand.line("รอบการประเมินที่ 1 ปีงบประมาณ พ.ศ. 2561 (1 ตุลาคม 2560 - 31 มีนาคม 2561)", centre=True)
    heads = (
        "เป้าหมายผลสำเร็จของงาน",
        "ตัวชี้วัดผลสำเร็จของงาน (KPIs)",
        "เกณฑ์การวัด",
        "น้ำหนักร้อยละ",
        "แหล่งข้อมูล",
    )
    goals = {key: row.goals for row in one.unit.strategy for key in row.indicators}
    table = None
    for number, item in enumerate(one.items, start=1):
        if table is None or (number - 1) % page_of == 0:
            if table is not None:
                hand.line()
            table = hand.table(1, 5)
            for column, words in enumerate(heads):
                hand.cell(table.rows[0].cells[column], words, bold=True)
        cells = table.add_row().cells
        name = item.indicator.name
        hand.cell(
            cells[0], "\n".join(hand.expect(("goal",), goal) for goal in goals.get(item.key, []))
        )
        hand.cell(cells[1], f"ตัวชี้วัดที่ {number} {hand.expect(('name', name), name)}")
        said = levels(item.indicator.criteria_of(one.rounds[0].id))
        lines = [
            f"ระดับที่ {key} {hand.expect(('level', name, '0', key), text)}"
            for key, text in said.items()
        ]
        for line in plain(item.indicator.conditions):
            hand.expect(("conditions", name), line)
            lines.append(f"เงื่อนไข : {line}" if not lines[-1].startswith("เงื่อนไข") else line)
        hand.cell(cells[2], "\n".join(lines))
        hand.cell(cells[3], hand.expect(("weight", name), weight(item, one.rounds[0].id)))
        hand.cell(cells[4], hand.expect(("source", name), item.indicator.source or ""))


def provinces(hand: Typist) -> None:
    """The first provinces of the table, with the total of what is typed."""
    lines = (
        (ROOT / "agreements/dsdw-2566/tables/provinces.csv").read_text("utf-8").splitlines()[1:21]
    )
    hand.line()
    hand.line("เป้าหมายครัวเรือนเปราะบางรายจังหวัด", bold=True, centre=True)
    table = hand.table(1, 4)
    for column, words in enumerate(("ลำดับ", "จังหวัด", "ผลการดำเนินงาน ปี 2565", "เพิ่มขึ้นร้อยละ 35")):
        hand.cell(table.rows[0].cells[column], words, bold=True)
    total = 0
    for number, line in enumerate(lines, start=1):
        name, base = line.split(",")
        total += int(base)
        more = (int(base) * 35 + 50) // 100
        cells = table.add_row().cells
        hand.cell(cells[0], str(number))
        hand.cell(cells[1], hand.expect(("table",), name))
        hand.cell(cells[2], f"{int(base):,}")
        hand.cell(cells[3], f"{more:,}")
    cells = table.add_row().cells
    hand.cell(cells[1], "รวม")
    hand.cell(cells[2], f"{total:,}")
    hand.cell(cells[3], f"{(total * 35 + 50) // 100:,}")


MONTHS = ("ต.ค. 65", "พ.ย. 65", "ธ.ค. 65", "ม.ค. 66", "ก.พ. 66", "มี.ค. 66", "เม.ย. 66", "พ.ค. 66")


def plan(hand: Typist) -> None:
    """An action plan: shaded cells where something is done."""
    hand.line()
    hand.line("แผนปฏิบัติการขับเคลื่อนระบบการแจ้งเตือนสิทธิ พ.ศ. 2566", bold=True, centre=True)
    table = hand.table(1, 2 + len(MONTHS))
    for column, words in enumerate(("ที่", "กิจกรรม", *MONTHS)):
        hand.cell(table.rows[0].cells[column], words, bold=True)
    for number, name in enumerate(
        ("ประชุมคณะทำงานเพื่อทบทวนแผน", "จัดทำพิมพ์เขียวงานบริการ ระยะที่ 2", "ทดลองใช้ระบบแจ้งเตือนสิทธิ"),
        start=1,
    ):
        cells = table.add_row().cells
        hand.cell(cells[0], str(number))
        hand.cell(cells[1], hand.expect(("plan",), name))
        for month in range(number, number + 2):
            hand.shaded(cells[2 + month])


def report(hand: Typist, one: Source, items: Sequence[UnitIndicator]) -> None:
    """A report of results in ten columns."""
    hand.line("แบบรายงานผลการดำเนินงานระดับกองและเทียบเท่า", bold=True, centre=True)
    hand.line(hand.expect(("unit",), one.unit.name or ""), centre=True)
    hand.line(f"ประจำปีงบประมาณ พ.ศ. {one.agency.fiscal_year} รอบที่ 2", centre=True)
    heads = (
        "ตัวชี้วัดผลงาน",
        *"12345",
        "ผลการดำเนินงาน",
        "คะแนน (ก)",
        "น้ำหนัก (ร้อยละ) (ข)",
        "คะแนนถ่วงน้ำหนัก (ค) (ค = กxข)",
    )
    table = hand.table(1, 10)
    for column, words in enumerate(heads):
        hand.cell(table.rows[0].cells[column], words, bold=True)
    for number, item in enumerate(items, start=1):
        cells = table.add_row().cells
        title = item.indicator.name
        hand.cell(cells[0], f"{number}. {hand.expect(('name', title), title)}")
        said = levels(item.indicator.criteria_of(one.rounds[-1].id))
        for place, (key, text) in enumerate(said.items(), start=1):
            hand.cell(cells[place], hand.expect(("level", title, "0", key), text))
        hand.cell(cells[8], hand.expect(("weight", title), weight(item, one.rounds[-1].id)))
