"""Forms of agencies that none of the sources is of, with habits that none of them has."""

from collections.abc import Callable, Sequence
from typing import Any

from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.oxml import parse_xml

from support.word_forms.typing import Typist, W

Item = tuple[str, str, list[str]]
ITEMS: list[Item] = [
    (
        "ร้อยละของครัวเรือนที่คัดแยกขยะต้นทาง",
        "15",
        ["ร้อยละ 50", "ร้อยละ 55", "ร้อยละ 60", "ร้อยละ 65", "ร้อยละ 70"],
    ),
    (
        "จำนวนผู้สูงอายุที่เข้าร่วมโรงเรียนผู้สูงอายุ",
        "10",
        ["80 คน", "90 คน", "100 คน", "110 คน", "120 คน"],
    ),
    (
        "ระดับความสำเร็จของการจัดทำแผนที่ภาษี",
        "20",
        [
            "สำรวจพื้นที่แล้วเสร็จ",
            "จัดทำร่างแผนที่ครบทุกตำบล",
            "ตรวจสอบความถูกต้อง",
            "ประกาศใช้แผนที่ภาษี",
            "รายงานผลต่อผู้บริหาร",
        ],
    ),
    (
        "ร้อยละของเรื่องร้องเรียนที่แก้ไขภายใน 15 วัน",
        "25",
        [
            "ต่ำกว่าร้อยละ 60",
            "ร้อยละ 60.00 - 69.99",
            "ร้อยละ 70.00 - 79.99",
            "ร้อยละ 80.00 - 89.99",
            "ร้อยละ 90.00 ขึ้นไป",
        ],
    ),
    (
        "ร้อยละการเบิกจ่ายงบประมาณรายจ่ายลงทุน",
        "30",
        ["≤ 70", "> 70 - 75", "> 75 - 80", "> 80 - 85", "> 85"],
    ),
]
SECTIONS = [
    ("มิติที่ 1 ด้านประสิทธิผลตามแผนพัฒนาท้องถิ่น", ITEMS[:2]),
    ("มิติที่ 2 ด้านคุณภาพการให้บริการ", ITEMS[3:4]),
    ("มิติที่ 3 ด้านการพัฒนาองค์กร", [ITEMS[2], ITEMS[4]]),
]


def _title(hand: Typist, unit: str, kind: str = "คำรับรองการปฏิบัติราชการ") -> None:
    hand.line(kind, bold=True, centre=True)
    hand.line(hand.expect(("unit",), unit), centre=True)
    hand.line("ประจำปีงบประมาณ พ.ศ. 2568", centre=True)


def _row(hand: Typist, table: Any, texts: Sequence[str], *, bold: bool = False) -> Any:
    cells = table.add_row().cells
    for cell, text in zip(cells, texts, strict=False):
        hand.cell(cell, text, bold=bold)
    return cells


def _levels(hand: Typist, item: Item, round_: int = 0) -> list[str]:
    name, _, levels = item
    return [
        hand.expect(("level", name, str(round_), str(place)), text)
        for place, text in enumerate(levels, start=1)
    ]


def _name(hand: Typist, item: Item) -> str:
    return hand.expect(("name", item[0]), item[0])


def _weight(hand: Typist, item: Item) -> str:
    return hand.expect(("weight", item[0]), item[1])


def _field(hand: Typist, item: Item, key: str, text: str) -> str:
    return hand.expect((key, item[0]), text)


def _wide(hand: Typist, table: Any, text: str) -> None:
    cells = table.add_row().cells
    hand.cell(cells[0].merge(cells[-1]), text, bold=True)


def _municipality(hand: Typist) -> None:
    """A municipality: Thai digits, weights with a sign, numbers of two parts, a last column."""
    _title(hand, "กองสาธารณสุขและสิ่งแวดล้อม เทศบาลตำบลบ้านนา", "บันทึกข้อตกลงการปฏิบัติราชการ")
    table = hand.table(2, 9)
    top, below = table.rows[0].cells, table.rows[1].cells
    for column, words in enumerate(("ที่", "ตัวชี้วัด", "น้ำหนัก")):
        hand.cell(top[column].merge(below[column]), words, bold=True)
    hand.cell(top[3].merge(top[7]), "เกณฑ์การให้คะแนน", bold=True)
    for level in range(5):
        hand.cell(below[3 + level], str(level + 1), bold=True)
    hand.cell(top[8].merge(below[8]), "ผู้รับผิดชอบ", bold=True)
    for place, (section, items) in enumerate(SECTIONS, start=1):
        _wide(hand, table, hand.expect(("wording",), section))
        for number, item in enumerate(items, start=1):
            first = [f"{place}.{number}", _name(hand, item), f"{_weight(hand, item)}%"]
            _row(hand, table, [*first, *_levels(hand, item), "งานสุขาภิบาล"])


def _pairs(hand: Typist) -> None:
    """A university's sheets: two labels with what they say in a row, levels in a table within."""
    for number, item in enumerate(ITEMS[:3], start=1):
        table = hand.table(0, 4)
        _wide(hand, table, f"ตัวชี้วัดที่ 1.{number} {_name(hand, item)}")
        measure = _field(hand, item, "measure", "ร้อยละ")
        _row(hand, table, ["หน่วยวัด", measure, "น้ำหนัก (ร้อยละ)", _weight(hand, item)])
        cells = _row(hand, table, ["คำอธิบาย"])
        about = f"พิจารณาจากผลการดำเนินงานของคณะตามแผนปฏิบัติการที่ {number}"
        hand.cell(cells[1].merge(cells[3]), _field(hand, item, "description", about))
        cells = _row(hand, table, ["เกณฑ์การให้คะแนน"])
        cell = cells[1].merge(cells[3])
        inner = cell.add_table(2, 5)
        for column, text in enumerate(_levels(hand, item)):
            hand.cell(inner.cell(0, column), f"ระดับ {column + 1}")
            hand.cell(inner.cell(1, column), text)
        cell.add_paragraph()
        source = _field(hand, item, "source", "ระบบสารสนเทศของคณะ")
        collection = _field(hand, item, "collection", "รวบรวมทุกสิ้นไตรมาส")
        _row(hand, table, ["แหล่งข้อมูล", source, "วิธีจัดเก็บ", collection])
        for label, key, who, call in (
            ("ผู้กำกับดูแล", "supervisors", "รองคณบดีฝ่ายแผน", "0 2000 0000 ต่อ 11"),
            ("ผู้จัดเก็บข้อมูล", "collectors", "หัวหน้างานประกันคุณภาพ", "0 2000 0000 ต่อ 12"),
        ):
            said = [_field(hand, item, key, text) for text in (who, call)]
            _row(hand, table, [label, said[0], "โทรศัพท์", said[1]])
        hand.line()


def _in_a_cell(hand: Typist) -> None:
    """A province: levels as lines of one cell; a section break parts the table; a page's head."""
    unit = "สำนักงานเกษตรจังหวัดตัวอย่าง"
    hand.write(hand.document.sections[0].header.paragraphs[0], f"คำรับรอง {unit}")
    _title(hand, unit)
    heads = ("ลำดับ", "ตัวชี้วัด", "น้ำหนัก (ร้อยละ)", "เกณฑ์การให้คะแนน")
    table = hand.table(0, 4)
    _row(hand, table, heads, bold=True)
    for number, item in enumerate(ITEMS, start=1):
        if number == 4:
            section = hand.document.add_section(WD_SECTION.NEW_PAGE)
            section.orientation = WD_ORIENT.LANDSCAPE
            table = hand.table(0, 4)
            _row(hand, table, heads, bold=True)
        said = enumerate(_levels(hand, item), start=1)
        levels = "\n".join(f"ระดับ {place} = {text}" for place, text in said)
        _row(hand, table, [str(number), _name(hand, item), _weight(hand, item), levels])


def _in_a_line(hand: Typist) -> None:
    """A centre: levels one behind the other in a line, or by their points; duties as a table."""
    unit = hand.expect(("unit",), "ศูนย์วิจัยตัวอย่าง มหาวิทยาลัยตัวอย่าง")
    hand.line(f"คำรับรองการปฏิบัติราชการ {unit} ประจำปีงบประมาณ พ.ศ. 2568", centre=True)
    duties = hand.table(0, 2)
    _row(hand, duties, ["ลำดับ", "อำนาจหน้าที่"])
    for number, duty in enumerate(("วิจัยและถ่ายทอดเทคโนโลยี", "บริการวิชาการแก่ชุมชน"), start=1):
        _row(hand, duties, [str(number), hand.expect(("duty",), duty)])
    hand.line()
    table = hand.table(0, 5)
    heads = ("ลำดับที่", "ตัวชี้วัด (KPI)", "ค่าน้ำหนัก (%)", "เกณฑ์การประเมิน", "หมายเหตุ")
    _row(hand, table, heads, bold=True)
    for number, item in enumerate(ITEMS, start=1):
        said = [*enumerate(_levels(hand, item), start=1)]
        if number % 2:
            levels = "  ".join(f"ระดับ {place} : {text}" for place, text in said)
        else:
            levels = "\n".join(f"{place} คะแนน = {text}" for place, text in said)
        _row(hand, table, [str(number), _name(hand, item), _weight(hand, item), levels])


def _a_row_each(hand: Typist) -> None:
    """A local office: a row for each level, the indicator merged over its five rows."""
    _title(hand, "กองช่าง องค์การบริหารส่วนตำบลหนองตัวอย่าง")
    table = hand.table(0, 5)
    _row(hand, table, ("ตัวชี้วัด", "หน่วยวัด", "น้ำหนัก(%)", "ระดับคะแนน", "เกณฑ์การให้คะแนน"), bold=True)
    for number, item in enumerate(ITEMS, start=1):
        first = None
        for place, text in enumerate(_levels(hand, item), start=1):
            cells = _row(hand, table, ["", "", "", str(place), text])
            if first is None:
                first = cells
                hand.cell(cells[0], f"{number}) {_name(hand, item)}")
                hand.cell(cells[1], _field(hand, item, "measure", "ร้อยละ"))
                hand.cell(cells[2], _weight(hand, item))
        assert first is not None
        for column in range(3):
            first[column].merge(table.rows[-1].cells[column])


def _unseen(hand: Typist) -> None:
    """Sheets with signs between letters that nobody sees; the heading bears the number."""
    for number, item in enumerate(ITEMS, start=1):
        heading = hand.document.add_paragraph()
        hand.write(heading, f"รายละเอียดตัวชี้วัด ที่ {number}", bold=True)
        heading.runs[0].text = heading.runs[0].text.replace("ด", "ด\u200b\u00ad", 1)
        hand.labelled("ชื่อตัวชี้วัด", _name(hand, item))
        hand.labelled("หน่วยวัด", _field(hand, item, "measure", "ร้อยละ"))
        hand.labelled("น้ำหนัก", f"ร้อยละ {_weight(hand, item)}")
        hand.labelled("คำนิยาม", _field(hand, item, "description", "บ้านที่มีทะเบียนราษฎร"))
        hand.line("เกณฑ์การให้คะแนน :", bold=True)
        for place, text in enumerate(_levels(hand, item), start=1):
            hand.line(f"ระดับคะแนน {place} : {text}")
        hand.labelled("แหล่งข้อมูล", _field(hand, item, "source", "ทะเบียนครัวเรือน"))
        hand.labelled("ผู้รับผิดชอบ", _field(hand, item, "collectors", "นักวิชาการสุขาภิบาล"))
        hand.line()


def _colons(hand: Typist) -> None:
    """Sheets as tables with a column for the colon, the levels in a table below."""
    for number, item in enumerate(ITEMS[:3], start=1):
        hand.line("แบบรายละเอียดตัวชี้วัด", bold=True, centre=True)
        table = hand.table(0, 3)
        for label, text in (
            (f"ตัวชี้วัดที่ {number}", _name(hand, item)),
            ("หน่วยวัด", _field(hand, item, "measure", "ร้อยละ")),
            ("น้ำหนัก", f"ร้อยละ {_weight(hand, item)}"),
            ("นิยาม", _field(hand, item, "description", "การดำเนินงานตามแผนที่ผ่านสภาแล้ว")),
            ("วิธีการเก็บข้อมูล", _field(hand, item, "collection", "สรุปจากรายงานประจำเดือน")),
            ("แหล่งข้อมูล", _field(hand, item, "source", "กองยุทธศาสตร์และงบประมาณ")),
            ("ผู้กำกับดูแลตัวชี้วัด", _field(hand, item, "supervisors", "ปลัดเทศบาล")),
        ):
            _row(hand, table, [label, ":", text])
        hand.line("เกณฑ์การให้คะแนน", bold=True)
        below = hand.table(2, 5)
        for column, text in enumerate(_levels(hand, item)):
            hand.cell(below.cell(0, column), f"{column + 1} คะแนน")
            hand.cell(below.cell(1, column), text)
        hand.line()


def _card(hand: Typist) -> None:
    """Sheets as cards: a heading, then the name, cells merged sideways, the levels in two rows."""
    for item in ITEMS[:4]:
        table = hand.table(0, 6)
        _wide(hand, table, "แบบฟอร์มรายละเอียดตัวชี้วัด (KPI Template)")
        for label, text in (
            ("ชื่อตัวชี้วัด", _name(hand, item)),
            ("คำอธิบายตัวชี้วัด", _field(hand, item, "description", "วัดจากจำนวนที่ทำได้จริง")),
        ):
            cells = _row(hand, table, [label])
            hand.cell(cells[1].merge(cells[5]), text)
        cells = _row(hand, table, ["หน่วยวัด"])
        hand.cell(cells[1].merge(cells[2]), _field(hand, item, "measure", "ร้อยละ"))
        hand.cell(cells[3], "น้ำหนัก")
        hand.cell(cells[4].merge(cells[5]), _weight(hand, item))
        _row(hand, table, ["ระดับคะแนน", *map(str, range(1, 6))])
        _row(hand, table, ["เกณฑ์การให้คะแนน", *_levels(hand, item)])
        cells = _row(hand, table, ["แหล่งที่มาของข้อมูล"])
        hand.cell(cells[1].merge(cells[5]), _field(hand, item, "source", "ฐานข้อมูลกลางของหน่วยงาน"))
        hand.line()


def _titled(hand: Typist) -> None:
    """A table with its title and the unit in its first rows, columns numbered, Word's numbers."""
    table = hand.table(0, 8)
    _wide(hand, table, "แบบจัดทำคำรับรองการปฏิบัติราชการ ประจำปีงบประมาณ พ.ศ. 2568")
    _wide(hand, table, f"หน่วยงาน : {hand.expect(('unit',), 'กองการเจ้าหน้าที่')}")
    _row(hand, table, ["ที่", "ตัวชี้วัด", "น้ำหนัก", *(f"ระดับ {n}" for n in range(1, 6))])
    _row(hand, table, [f"({n})" for n in range(1, 9)])
    number = hand._list("decimal", "%1.")
    for item in ITEMS:
        said = ["", _name(hand, item), f"ร้อยละ {_weight(hand, item)}", *_levels(hand, item)]
        cells = _row(hand, table, said)
        cells[0].paragraphs[0]._p.get_or_add_pPr().append(
            parse_xml(f'<w:numPr {W}><w:ilvl w:val="0"/><w:numId w:val="{number}"/></w:numPr>')
        )


def _called(hand: Typist) -> None:
    """Levels called by words with their numbers in brackets; the table's head is known in part."""
    _title(hand, "สำนักงานสาธารณสุขอำเภอตัวอย่าง")
    hand.line("ภารกิจของหน่วยงาน", bold=True)
    hand.numbered([hand.expect(("duty",), "ส่งเสริมสุขภาพและป้องกันโรคในพื้นที่")])
    table = hand.table(0, 8)
    called = ("น้อยมาก (1)", "น้อย (2)", "ปานกลาง (3)", "ดี (4)", "ดีมาก (5)")
    _row(hand, table, ("ตัวชี้วัด", "น้ำหนัก", *called, "ข้อสังเกต"))
    for number, item in enumerate(ITEMS, start=1):
        first = [f"({number}) {_name(hand, item)}", _weight(hand, item)]
        _row(hand, table, [*first, *_levels(hand, item), "-"])


def _downwards(hand: Typist) -> None:
    """A faculty, of which the title names both sides: levels from 5 down to 1, the weight last."""
    for text in ("คำรับรองการปฏิบัติราชการ", "ระหว่าง", "อธิการบดีมหาวิทยาลัยตัวอย่าง", "กับ"):
        hand.line(text, centre=True)
    hand.expect(("unit",), "คณะเกษตรตัวอย่าง")
    hand.line("คณบดี คณะเกษตรตัวอย่าง", centre=True)
    hand.line("ปีงบประมาณ พ.ศ. 2568", centre=True)
    table = hand.table(0, 8)
    heads = [f"{n}.0" for n in range(5, 0, -1)]
    _row(hand, table, ["ตัวบ่งชี้/ตัวชี้วัด", "หน่วยนับ", *heads, "ค่าน้ำหนัก\n(ร้อยละ)"])
    for number, item in enumerate(ITEMS, start=1):
        first = [f"{number}. {_name(hand, item)}", _field(hand, item, "measure", "ร้อยละ")]
        _row(hand, table, [*first, *reversed(_levels(hand, item)), _weight(hand, item)])


def _within(hand: Typist) -> None:
    """An office of a ministry: levels in a table within the cell, a text box over the title."""
    hand.boxed("เอกสารแนบท้ายคำรับรอง")
    _title(hand, "สำนักงานพัฒนาสังคมจังหวัดตัวอย่าง")
    table = hand.table(0, 4)
    _row(hand, table, ("ที่", "ชื่อตัวชี้วัด", "น้ำหนัก", "ค่าเป้าหมาย"), bold=True)
    for number, item in enumerate(ITEMS, start=1):
        said = [f"{number}.", _name(hand, item), f"ร้อยละ {_weight(hand, item)}"]
        cells = _row(hand, table, said)
        rows = number % 2
        inner = cells[3].add_table(*((2, 5) if rows else (5, 2)))
        for place, text in enumerate(_levels(hand, item)):
            hand.cell(inner.cell(0, place) if rows else inner.cell(place, 0), str(place + 1))
            hand.cell(inner.cell(1, place) if rows else inner.cell(place, 1), text)
        cells[3].add_paragraph()


OTHERS: dict[str, tuple[Callable[[Typist], None], bool, int]] = {
    "municipality": (_municipality, True, 1),
    "pairs": (_pairs, False, 2),
    "in-a-cell": (_in_a_cell, False, 0),
    "in-a-line": (_in_a_line, False, 0),
    "a-row-each": (_a_row_each, False, 1),
    "unseen": (_unseen, False, 0),
    "colons": (_colons, True, 1),
    "card": (_card, False, 2),
    "titled": (_titled, False, 1),
    "called": (_called, True, 2),
    "downwards": (_downwards, False, 0),
    "within": (_within, False, 0),
}
"""By name: who types it, whether in Thai digits, and with which habits of spacing."""
