"""Lists in Word files are Word's own and print what was typed; nothing in a document is spare."""

import zipfile

import pytest
from lxml import etree

from generator.templates.conventions import KEPT_WITH_BEFORE
from generator.typesetting import bound
from generator.typesetting.lettering import AVERAGE
from generator.verify.docx import spell_numbers
from generator.writers.docx import joins, looks, numbering
from generator.writers.docx.styles import Styles
from generator.writers.docx.styles import used as styles_used
from support.making import EVERY, ROOT, made, stream

NAMESPACE = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
W = f"{{{NAMESPACE}}}"
STYLES = f"""<w:styles xmlns:w="{NAMESPACE}">
<w:style w:type="paragraph" w:default="1" w:styleId="N"><w:name w:val="Normal"/>
<w:rPr><w:szCs w:val="32"/></w:rPr></w:style>
<w:style w:type="paragraph" w:styleId="A"><w:name w:val="A"/><w:aliases w:val="ก"/>
<w:basedOn w:val="N"/><w:pPr><w:ind w:left="700" w:hanging="400"/></w:pPr></w:style>
<w:style w:type="paragraph" w:styleId="B"><w:name w:val="B"/><w:basedOn w:val="A"/></w:style>
<w:style w:type="paragraph" w:styleId="C"><w:name w:val="C"/><w:basedOn w:val="N"/></w:style>
<w:style w:type="table" w:styleId="T"><w:name w:val="T"/></w:style></w:styles>"""
MARKERS = [
    "1.",
    "2.",
    "-",
    "3.",
    "1)",
    "(1)",
    "(2)",
    "7.",
    "1.1",
    "1.2",
    "2.1.",
    "๑.",
    "๒.",
    "•",
    "10",
]


def styles() -> Styles:
    return Styles(STYLES.encode())


def paragraph(marker: str, words: str, style: str = "A", sign: str = "<w:r><w:tab/></w:r>") -> str:
    return (
        f'<w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr><w:r><w:t xml:space="preserve">{marker}'
        f'</w:t></w:r>{sign}<w:r><w:t xml:space="preserve">{words}</w:t></w:r></w:p>'
    )


def body(*inner: str) -> etree._Element:
    return etree.fromstring(
        f'<w:document xmlns:w="{NAMESPACE}"><w:body>{"".join(inner)}<w:sectPr>'
        '<w:pgSz w:w="11000"/><w:pgMar w:left="1500" w:right="500"/></w:sectPr></w:body>'
        "</w:document>"
    )


def said(root: etree._Element) -> list[str]:
    return ["".join(t.text or "" for t in p.iter(f"{W}t")) for p in root.iter(f"{W}p")]


@pytest.mark.parametrize("sign", ["<w:r><w:tab/></w:r>", ""])
def test_what_is_printed_is_what_was_typed(sign: str) -> None:
    """A tab follows the number in a text, a space in a cell."""
    space = "" if sign else " "
    root = body(*(paragraph(marker + space, "ข้อ", sign=sign) for marker in MARKERS))
    data = numbering.number([root], styles())
    assert data is not None
    assert said(root) == ["ข้อ"] * len(MARKERS)
    assert len(list(root.iter(f"{W}numPr"))) == len(MARKERS)
    assert not list(root.iter(f"{W}tab"))
    spell_numbers(root, etree.fromstring(data))
    assert said(root) == [f"{marker} ข้อ" for marker in MARKERS]


def test_a_list_goes_on_and_the_next_one_begins_anew() -> None:
    texts = ["1.", "2.", "3.", "1.", "2."]
    root = body(*(paragraph(marker, "ข้อ") for marker in texts), paragraph("3.", "ข้อ", "B"))
    numbering.number([root], styles())
    lists = [e.get(f"{W}val") for e in root.iter(f"{W}numId")]
    assert lists == ["1", "1", "1", "2", "2", "3"]


@pytest.mark.parametrize("marker", ["01.", "(1", "1000.", "ก.", "1..", "--", "", "1๑.", "1 2."])
def test_what_word_would_print_otherwise_stays_words(marker: str) -> None:
    root = body(paragraph(marker, "ข้อ"))
    assert numbering.number([root], styles()) is None
    assert said(root) == [f"{marker}ข้อ"]


def test_clauses_count_though_their_numbers_are_typed() -> None:
    """The last one goes on: whoever adds one before it has it counted."""
    text = '<w:p><w:pPr><w:pStyle w:val="{}"/></w:pPr><w:r><w:t>{}</w:t></w:r></w:p>'
    typed = [("Clause", "1. ก"), ("N", "ข"), ("Clause", "2.\u00a0ค"), ("ClauseNext", "3. ง")]
    root = body(*(text.format(*one) for one in typed))
    data = numbering.number([root], styles())
    assert data is not None
    assert said(root) == ["ก", "ข", "ค", "ง"]
    assert [e.get(f"{W}val") for e in root.iter(f"{W}numId")] == ["1", "1", "1"]
    spell_numbers(root, etree.fromstring(data))
    assert said(root) == ["1. ก", "ข", "2. ค", "3. ง"]


def test_words_alone_are_no_list() -> None:
    root = body("<w:p><w:r><w:t>1. ข้อ</w:t></w:r></w:p>", paragraph("1.", "ข้อ", sign=""))
    assert numbering.number([root], styles()) is None


@pytest.mark.parametrize(("kind", "subject"), EVERY[:6])
def test_documents_hold_nothing_spare(kind: str, subject: str) -> None:
    with zipfile.ZipFile(stream(made(kind, subject)["docx"])) as archive:
        parts = {n: archive.read(n) for n in archive.namelist()}
    roots = [etree.fromstring(data) for name, data in parts.items() if name.endswith(".xml")]
    runs = [run for root in roots for run in root.iter(f"{W}r")]
    assert runs
    assert all(any(child.tag != f"{W}rPr" for child in run) for run in runs)
    assert all("".join(t.itertext()) for root in roots for t in root.iter(f"{W}t"))
    used = {
        str(e.get(f"{W}val"))
        for root in roots
        for word in ("pStyle", "rStyle", "tblStyle", "basedOn", "next", "link")
        for e in root.iter(f"{W}{word}")
    }
    found = etree.fromstring(parts["word/styles.xml"])
    for style in found.iter(f"{W}style"):
        assert style.get(f"{W}styleId") in used or style.get(f"{W}default")
        [name] = style.findall(f"{W}name")
        own = style.get(f"{W}customStyle")
        assert not own or any("ก" <= letter <= "๛" for letter in str(name.get(f"{W}val")))


def test_styles_are_called_as_officers_call_them_and_rest_on_those_that_are_there() -> None:
    used = Styles(STYLES.encode()).used_alone(styles_used(body(paragraph("", "ข้อ", "B"))))
    names = {
        e.get(f"{W}styleId"): [n.get(f"{W}val") for n in e.findall(f"{W}name")]
        for e in etree.fromstring(used)
    }
    assert names == {"N": ["Normal"], "A": ["ก"], "B": ["B"]}


def test_no_two_styles_of_templates_look_the_same() -> None:
    with zipfile.ZipFile(ROOT / "templates/docx/agreement.docx") as archive:
        data = archive.read("word/styles.xml")
    known = Styles(data)
    # What only says who uses it: a base, and what rests on it unchanged.
    bases = {"Normal", "SurveyBase"}
    looks_: dict[tuple[str, ...], str] = {}
    for id_, style in known.by_id.items():
        if style.get(f"{W}type") != "paragraph" or id_ in bases:
            continue
        look = (
            *(known.value(id_, "pPr/spacing", n) for n in ("before", "after", "line", "lineRule")),
            *(known.value(id_, "pPr/ind", n) for n in ("left", "right", "hanging", "firstLine")),
            *(known.value(id_, path) for path in ("pPr/jc", "pPr/outlineLvl", "rPr/szCs")),
            *(known.value(id_, path) for path in ("rPr/color",)),
            *(
                str(known.has(id_, f"pPr/{n}"))
                for n in ("keepNext", "keepLines", "pageBreakBefore")
            ),
            *(str(known.has(id_, f"rPr/{n}")) for n in ("b", "bCs")),
            *(
                etree.tostring(e).decode()
                for n in ("tabs", "pBdr", "shd")
                for e in above(known, id_, n)
            ),
        )
        assert look not in looks_, (id_, looks_[look])
        looks_[look] = id_


def above(known: Styles, style: str, name: str) -> list[etree._Element]:
    """What a style says of something, itself or by that on which it rests."""
    while style in known.by_id:
        found = known.by_id[style].findall(f"{W}pPr/{W}{name}")
        if found:
            return found
        rests_on = known.by_id[style].find(f"{W}basedOn")
        style = "" if rests_on is None else str(rests_on.get(f"{W}val"))
    return []


def test_runs_that_say_nothing_go_and_others_stay() -> None:
    root = body(
        "<w:p><w:r/><w:r><w:rPr/></w:r><w:r><w:t/></w:r>"
        '<w:r><w:t xml:space="preserve"> </w:t></w:r>'
        "<w:r><w:tab/></w:r><w:r><w:br/></w:r></w:p>"
    )
    looks.drop_empty_runs(root)
    assert len(list(root.iter(f"{W}r"))) == 3


def test_names_to_ask_stay_with_what_stands_before() -> None:
    contact = f'<w:p><w:pPr><w:pStyle w:val="{KEPT_WITH_BEFORE}"/></w:pPr></w:p>'
    row = "<w:tr><w:tc><w:p/></w:tc></w:tr>"
    root = body("<w:p/>", contact, contact, f"<w:tbl>{row}{row}</w:tbl>", contact, "<w:p/>")
    looks.keep_with_before(root)
    kept = [p.find(f"{W}pPr/{W}keepNext") is not None for p in root.iter(f"{W}p")]
    assert kept == [True, True, False, True, True, False, False]


def test_names_to_ask_bring_what_is_said_below_the_last_table_and_that_table() -> None:
    contact = f'<w:p><w:pPr><w:pStyle w:val="{KEPT_WITH_BEFORE}"/></w:pPr></w:p>'
    row = "<w:tr><w:tc><w:p/></w:tc></w:tr>"
    label, long = (f"<w:p><w:r><w:t>{words}</w:t></w:r></w:p>" for words in ("แหล่งข้อมูล", "ก" * 700))
    root = body("<w:p/>", f"<w:tbl>{row}</w:tbl>", label, contact, long, label, contact)
    looks.keep_with_before(root)
    kept = [p.find(f"{W}pPr/{W}keepNext") is not None for p in root.iter(f"{W}p")]
    assert kept == [False, True, True, False, True, True, False]


ROOMY = "ได้คะแนนร้อยละ 70.00 เมื่อวันที่ 1 ตุลาคม 2565 แล้ว"


def test_what_belongs_together_has_no_space_to_break_at() -> None:
    root = body(paragraph("ผล ", ROOMY, "C", ""))
    joins.join(root, styles(), AVERAGE)
    [words] = said(root)
    assert words.replace("\u00a0", " ") == f"ผล {ROOMY}"
    bound_ = [words[a:b] for a, b in bound.stretches(words.replace("\u00a0", " "))]
    assert len(bound_) >= 2
    assert all(" " not in stretch for stretch in bound_)
    assert words.endswith(" แล้ว")


def test_what_has_no_room_may_part() -> None:
    cell = '<w:tc><w:tcPr><w:tcW w:w="{}"/></w:tcPr>' + paragraph("", ROOMY, "C", "") + "</w:tc>"
    counts = []
    for width in (400, 2300, 6000):
        root = body(f"<w:tbl><w:tr>{cell.format(width)}</w:tr></w:tbl>")
        joins.join(root, styles(), AVERAGE)
        counts.append(said(root)[0].count("\u00a0"))
    assert counts[0] == 0 < counts[1] < counts[2]


@pytest.mark.parametrize(
    ("text", "apart"),
    [
        ("ตั้งแต่ 31 สิงหาคม 2566 เป็นต้นไป", ["สิงหาคม"]),
        ("ตามที่ ผู้บริหาร (กำหนดได้มากกว่า) นั้น", ["กำหนดได้"]),
        ("(กำหนดได้มากกว่า) นั้น", []),
        ("ไม่น้อยกว่า ร้อยละ 70 ของแผน", []),
        ("ตามแผน ITA (E-Report) ของหน่วยงาน", []),
    ],
)
def test_thai_after_other_letters_is_of_no_language(text: str, apart: list[str]) -> None:
    """LibreOffice would cut it; what is said stays the same."""
    root = body(paragraph("", text, "C", ""))
    joins.join(root, styles(), AVERAGE)
    assert said(root)[0].replace("\u00a0", " ") == text
    found = [
        run.findtext(f"{W}t")
        for run in root.iter(f"{W}r")
        if run.find(f"{W}rPr/{W}lang") is not None
    ]
    assert found == apart
