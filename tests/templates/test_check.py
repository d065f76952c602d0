"""The template check: what is shipped is in order; each kind of fault is named with its place."""

from __future__ import annotations

import re
import shutil
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from generator.documents.kinds import KINDS
from generator.errors import TemplateFault
from generator.templates import check

TEMPLATES = Path(__file__).parents[2] / "templates"
DOCUMENT, STYLES = "word/document.xml", "word/styles.xml"
WORD = "templates/docx/agreement.docx"
HTML = "templates/html/agreement.html"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return Path(shutil.copytree(TEMPLATES, tmp_path / "templates"))


def faults_in(*roots: Path) -> list[str]:
    """What is wrong with the agreement's templates."""
    agreement = KINDS["agreement"]
    found = [
        str(fault)
        for form in check.FORMS
        for fault in check.of_template(roots, form, "", agreement, f"agreement.{form}")[1]
    ]
    return list(dict.fromkeys(found))


def everywhere(*roots: Path) -> list[str]:
    """What is wrong with the templates of all kinds and agencies."""
    return [str(fault) for fault in check.findings(roots)]


def errors_in(*roots: Path) -> list[str]:
    """What no document is made with."""
    agreement = KINDS["agreement"]
    found: list[str] = []
    for form in check.FORMS:
        try:
            check.refuse(roots, form, "", agreement, f"agreement.{form}")
        except TemplateFault as fault:
            found.append(fault.message)
    return found


def unpack(path: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(path) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def pack(path: Path, parts: dict[str, bytes]) -> None:
    with zipfile.ZipFile(path, "w") as archive:
        for name, data in parts.items():
            archive.writestr(name, data)


def change_word(root: Path, part: str, change: Callable[[str], str]) -> str:
    """Change a part of the Word template; gives the new text of the part."""
    path = root / "docx/agreement.docx"
    parts = unpack(path)
    old = parts[part].decode("utf-8")
    new = change(old)
    assert new != old
    pack(path, {**parts, part: new.encode("utf-8")})
    return new


def change_html(root: Path, old: str, new: str, name: str = "agreement.html") -> int:
    """Change the first such words of an HTML file; gives the number of their line."""
    path = root / "html" / name
    text = path.read_text("utf-8")
    before, found, after = text.partition(old)
    assert found
    path.write_text(before + new + after, "utf-8")
    return before.count("\n") + 1


def replacing(old: str, new: str) -> Callable[[str], str]:
    return lambda text: text.replace(old, new, 1)


def paragraph(xml: str, words: str) -> str:
    """The place of the first paragraph that holds some words."""
    before, found, _ = xml.partition(words)
    assert found
    return f"paragraph {len(re.findall('<w:p[ >]', before))} ({words})"


def test_the_shipped_templates_are_in_order() -> None:
    assert everywhere(TEMPLATES) == []


# Names and tags in Word


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        (
            "{{ clause.text }}",
            "{{ clause.txt }}",
            "PrintedClause has no field 'txt' (did you mean 'text'?)",
        ),
        ("{{ title[0] }}", "{{ titel[0] }}", "there is no 'titel' (did you mean 'title'?)"),
        (
            "{%p for line in title[1:] %}",
            "{%p for line in clause.text %}",
            "there is no 'clause' (did you mean 'clauses'?)",
        ),
        (
            "{%p for party in clause.parties %}",
            "{%p for party in clause %}",
            "'clause' is a PrintedClause, not a list",
        ),
        (
            "{{ clause.between }}",
            "{{ clause.parties }}",
            "'clause.parties' is a list; it can't be printed",
        ),
        (
            "{{ signature.date }}",
            "{{ signature.date|uper }}",
            "there is no filter 'uper' (did you mean 'upper'?)",
        ),
        (
            "{% colspan 1 + round.levels|length %}",
            "{% colspan 1 + round.level|length %}",
            "RoundHead has no field 'level' (did you mean 'levels'?)",
        ),
    ],
)
def test_a_name_that_is_not_there_in_word(root: Path, old: str, new: str, fault: str) -> None:
    xml = change_word(root, DOCUMENT, replacing(old, new))
    [found] = faults_in(root)
    number, _, _ = paragraph(xml, new).partition(" (")
    assert found.startswith(f"{WORD}: {number} (")
    assert found.endswith(f"): {fault}")
    assert new[:60] in found


def test_what_a_function_of_word_does_not_take(root: Path) -> None:
    xml = change_word(root, DOCUMENT, replacing("{{r spans(b) }}", "{{r spans(duties) }}"))
    [found] = faults_in(root)
    number, _, _ = paragraph(xml, "{{r spans(duties) }}").partition(" (")
    assert found.startswith(f"{WORD}: {number} (")
    assert found.endswith("): spans takes a Paragraph, not a Duties")


def test_a_fault_in_word_is_one_line_with_its_place(root: Path) -> None:
    xml = change_word(root, DOCUMENT, replacing("{{ clause.text }}", "{{ clause.txt }}"))
    assert faults_in(root) == [
        f"{WORD}: {paragraph(xml, '{{ clause.txt }}')}: "
        "PrintedClause has no field 'txt' (did you mean 'text'?)"
    ]


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ("{{ clause.text }}", "{{ clause.text + }}", "unexpected 'end of print statement'"),
        ("{{ clause.text }}", "{{ clause.text ] }}", "unexpected ']'"),
        ("{%p else %}", "{%p els %}", "Encountered unknown tag 'els'"),
        ("{%p if emblem %}", "{%pif emblem %}", "Encountered unknown tag 'pif'"),
        ("{%p for clause in clauses %}", "{%tr for clause in clauses %}", "unknown tag 'tr'"),
    ],
)
def test_a_tag_that_does_not_parse_in_word(root: Path, old: str, new: str, fault: str) -> None:
    xml = change_word(root, DOCUMENT, replacing(old, new))
    [found] = faults_in(root)
    assert found.startswith(f"{WORD}: {paragraph(xml, new)}: ")
    assert fault in found


def test_a_tag_that_word_has_split_into_runs_is_read_as_one(root: Path) -> None:
    split = '{{ clause.</w:t></w:r><w:r><w:rPr><w:b/><w:bCs/></w:rPr><w:t xml:space="preserve">'
    change_word(root, DOCUMENT, replacing("{{ clause.text }}", split + "txt }}"))
    [found] = faults_in(root)
    assert "({{ clause.txt }}): PrintedClause has no field 'txt'" in found


def test_a_tag_in_a_foot_is_found_there(root: Path) -> None:
    change_word(root, "word/footer1.xml", replacing("page.footer", "page.foot"))
    [found] = faults_in(root)
    assert found.startswith(f"{WORD}: footer1 paragraph 1 (")
    assert found.endswith("PageFurniture has no field 'foot' (did you mean 'footer'?)")


def test_a_value_that_a_field_never_has(root: Path) -> None:
    change_word(root, "word/footer1.xml", replacing('"thai"', '"tai"'))
    [found] = faults_in(root)
    assert found.endswith("'page.digits' is never 'tai' (did you mean 'thai'?)")


def test_a_field_that_word_does_not_use(root: Path) -> None:
    change_word(root, DOCUMENT, replacing("{{ clause.between }}", "และ"))
    assert faults_in(root) == [f"{WORD}: PrintedClause.between is used nowhere"]


STRATEGY = r"\{\{ duties\.widths\|join\(' '\) \}\}"
CRITERIA = "{% widths block.widths small block.small %}"


def test_a_title_that_names_nothing(root: Path) -> None:
    change_word(root, DOCUMENT, replacing("widths block.widths ", "widths block.width "))
    found = faults_in(root)
    assert any("has no field 'width' (did you mean 'widths'?)" in fault for fault in found), found


def test_an_optional_value_nobody_asked_about_in_word(root: Path) -> None:
    change_word(root, DOCUMENT, replacing("{%p if emblem %}", "{%p if title %}"))
    [found] = faults_in(root)
    assert found == (
        f"{WORD}: paragraph 2 ({{{{ emblem.alt }}}}): "
        "'emblem' may be missing; ask {% if emblem %} around it"
    )


def test_a_tag_for_a_whole_paragraph_that_does_not_stand_alone(root: Path) -> None:
    change_word(root, DOCUMENT, replacing("{%p for clause in", "ข้อ {%p for clause in"))
    [found] = faults_in(root)
    assert "(ข้อ {%p for clause in clauses %}): {%p for clause in clauses %} must stand" in found


# Tables, fonts and what surrounds them in Word


def in_strategy(pattern: str, new: str) -> Callable[[str], str]:
    """A change to the first match in the table of goals."""

    def change(xml: str) -> str:
        before, caption, after = xml.partition('w:val="strategy"')
        return before + caption + re.sub(pattern, new, after, count=1)

    return change


def test_a_table_without_header_rows(root: Path) -> None:
    change_word(root, DOCUMENT, in_strategy("<w:tblHeader/>", ""))
    [found] = faults_in(root)
    assert re.fullmatch(
        rf"{WORD}: table \d+ \({STRATEGY}\): "
        r"no row is a header row \(w:tblHeader\) that repeats on each page",
        found,
    )


def test_header_rows_that_do_not_come_first(root: Path) -> None:
    header = "<w:cantSplit/><w:tblHeader/></w:trPr>"
    plain = "<w:cantSplit/></w:trPr>"

    def change(xml: str) -> str:
        before, tag, after = xml.partition(CRITERIA)
        assert tag
        row = before.rindex(header)
        return before[:row] + plain + before[row + len(header) :] + tag + after

    change_word(root, DOCUMENT, change)
    [found] = faults_in(root)
    assert found.endswith("its header rows (w:tblHeader) are not its first rows")


def test_a_row_that_may_split(root: Path) -> None:
    change_word(root, DOCUMENT, in_strategy("<w:cantSplit/>", ""))
    [found] = faults_in(root)
    assert re.fullmatch(
        rf"{WORD}: table \d+ \({STRATEGY}\): row 1 \(.*\) may split \(no w:cantSplit\)", found
    )


@pytest.mark.parametrize(
    ("pattern", "new", "fault"),
    [
        (
            r'(w:styleId="Heading1".*?)<w:szCs [^>]*>',
            r"\1",
            "style Heading1: w:sz without w:szCs: Thai keeps another size",
        ),
        (
            r'(w:styleId="Heading1".*?)<w:bCs/>',
            r"\1",
            "style Heading1: w:b without w:bCs: Thai is not bold",
        ),
        (
            r' w:bidi="th-TH"',
            "",
            'defaults of the styles: w:lang is not w:bidi="th-TH": Thai is not known to be Thai',
        ),
        (
            r"(<w:docDefaults>.*?<w:rFonts[^>]*?) w:cs=\"[^\"]*\"",
            r"\1",
            "defaults of the styles: w:rFonts without w:cs: Thai is set in another font",
        ),
        (
            r"(<w:docDefaults>.*?)<w:rFonts[^>]*>",
            r"\1",
            "defaults of the styles: no w:rFonts: Thai is set in any font",
        ),
    ],
)
def test_styles_that_forget_thai(root: Path, pattern: str, new: str, fault: str) -> None:
    change_word(root, STYLES, lambda xml: re.sub(pattern, new, xml, count=1, flags=re.DOTALL))
    assert faults_in(root) == [f"{WORD}: {fault}"]


def test_a_run_that_forgets_thai(root: Path) -> None:
    run = '<w:rPr><w:rFonts w:ascii="Arial"/></w:rPr>'
    words = '<w:t xml:space="preserve">{{ clause.text }}'
    xml = change_word(root, DOCUMENT, replacing(words, run + words))
    assert faults_in(root) == [
        f"{WORD}: {paragraph(xml, '{{ clause.text }}')}: "
        "w:rFonts without w:cs: Thai is set in another font"
    ]


def test_something_from_outside_the_file(root: Path) -> None:
    link = '<Relationship Id="x" Type="image" Target="http://x.example/" TargetMode="External"/>'
    rels = "word/_rels/document.xml.rels"
    change_word(root, rels, replacing("</Relationships>", f"{link}</Relationships>"))
    assert faults_in(root) == [f"{WORD}: {rels} points outside the file: http://x.example/"]


def test_macros_in_word(root: Path) -> None:
    path = root / "docx/agreement.docx"
    pack(path, {**unpack(path), "word/vbaProject.bin": b"x"})
    assert faults_in(root) == [f"{WORD}: it holds macros (word/vbaProject.bin)"]


def test_a_file_that_word_did_not_write(root: Path) -> None:
    (root / "docx/agreement.docx").write_bytes(b"PK nonsense")
    [found] = faults_in(root)
    assert found.startswith(f"{WORD}: agreement.docx is no Word document")


def test_a_part_that_is_no_xml(root: Path) -> None:
    change_word(root, DOCUMENT, replacing("</w:body>", ""))
    [found] = faults_in(root)
    assert found.startswith(f"{WORD}: it holds XML that can't be read")


# HTML


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        (
            "{{ clause.text }}",
            "{{ clause.txt }}",
            "PrintedClause has no field 'txt' (did you mean 'text'?)",
        ),
        (
            "(title, second)",
            "(titel, second)",
            "there is no 'titel' (did you mean 'title' or 'titles'?)",
        ),
        ("{% if emblem %}", "{% if title %}", "'emblem' may be missing; ask {% if emblem %} aro"),
        ("{{ cell(row.issue) }}", "{{ cel(row.issue) }}", "there is no 'cel' (did you mean 'cell'"),
        ("{{ cell(row.issue) }}", "{{ cell() }}", "the macro cell needs 'blocks'"),
        ("{{ cell(row.issue) }}", "{{ cell(row.issue, 1) }}", "the macro cell takes 1 values, not"),
        ("beyond, cell,", "beyond, sell,", "templates/html/_macros.html has no macro 'sell'"),
        ('"_macros.html"', '"_macro.html"', "there is no template '_macro.html'"),
        ('"_base.html"', '"_basis.html"', "there is no template '_basis.html'"),
        ("block document", "block dokument", "templates/html/_base.html has no block 'dokument'"),
        ("{% endif %}", "{% endfi %}", "Encountered unknown tag 'endfi'"),
        (
            'src="gen:emblem"',
            'src="http://x.example/y.png"',
            "<img src> leads outside the document: 'http://x.example/y.png' (allowed: gen:emblem",
        ),
        (
            'src="gen:emblem"',
            'src="{{ emblem.alt }}"',
            "<img src> leads outside the document: '",
        ),
        (
            '<div class="emblem">',
            '<div class="emblem" style="background: url(file:///etc/passwd)">',
            "url leads outside the document: 'file:///etc/passwd' "
            "(allowed: gen:emblem, gen:code, #…)",
        ),
        (
            '<table class="strategy">\n{{ columns(duties.widths) }}\n<thead>',
            '<table class="strategy">\n{{ columns(duties.widths) }}\n<tbody>',
            "this table has no <thead> that repeats on each page",
        ),
    ],
)
def test_a_fault_in_html(root: Path, old: str, new: str, fault: str) -> None:
    line = change_html(root, old, new)
    found = faults_in(root)
    assert found[0].startswith(f"{HTML}:{line}: {fault}")
    # A macro under a wrong name is missed wherever it is called.
    assert len(found) == 1 or "sell" in new


def test_a_field_that_html_does_not_use(root: Path) -> None:
    change_html(root, "{{ signature.date }}", "", "_macros.html")
    assert faults_in(root) == [f"{HTML}: SignatureBlock.date is used nowhere"]


def test_a_fault_in_a_macro_is_found_where_it_stands(root: Path) -> None:
    line = change_html(root, "{% if span.bold %}", "{% if span.bolt %}", "_macros.html")
    assert faults_in(root) == [
        f"templates/html/_macros.html:{line}: TextSpan has no field 'bolt' (did you mean 'bold'?)"
    ]


def test_a_macro_that_does_not_parse_is_found_where_it_stands(root: Path) -> None:
    line = change_html(root, "{% if span.bold %}", "{% if span.bold | %}", "_macros.html")
    [found] = faults_in(root)
    assert found.startswith(f"templates/html/_macros.html:{line}: ")


def test_a_fault_in_the_base_is_found_where_it_stands(root: Path) -> None:
    line = change_html(root, "{{ page.mark }}", "{{ page.marks }}", "_base.html")
    assert faults_in(root) == [
        f"templates/html/_base.html:{line}: "
        "PageFurniture has no field 'marks' (did you mean 'mark'?)"
    ]


def test_a_stylesheet_that_reaches_outside(root: Path) -> None:
    path = root / "html/print.css"
    path.write_text('@import "http://x.example/a.css";\n' + path.read_text("utf-8"), "utf-8")
    [found] = faults_in(root)
    assert found.startswith("templates/html/print.css:1: @import")


# Which files


def test_an_agencys_own_templates_are_checked_under_their_name(root: Path) -> None:
    (root / "docx/moi").mkdir()
    shutil.move(root / "docx/agreement.docx", root / "docx/moi/agreement.docx")
    shutil.copy(TEMPLATES / "docx/agreement.docx", root / "docx/agreement.docx")
    own = root / "docx/moi/agreement.docx"
    parts = unpack(own)
    parts[DOCUMENT] = parts[DOCUMENT].replace(b"{{ clause.text }}", b"{{ clause.txt }}", 1)
    pack(own, parts)
    (root / "html/moi").mkdir()
    macros = (root / "html/_macros.html").read_text("utf-8").replace("span.bold", "span.bolt")
    (root / "html/moi/_macros.html").write_text(macros, "utf-8")
    word, html = everywhere(root)
    assert word.startswith("templates/docx/moi/agreement.docx: paragraph ")
    assert html.startswith("templates/html/moi/_macros.html:")


def test_a_workspaces_own_template_stands_in_for_the_shipped_one(root: Path) -> None:
    change_word(root, DOCUMENT, replacing("{{ clause.between }}", "และ"))
    assert faults_in(root, TEMPLATES) == [f"{WORD}: PrintedClause.between is used nowhere"]
    assert faults_in(TEMPLATES, root) == []


def test_a_template_that_is_missing(root: Path) -> None:
    (root / "docx/agreement.docx").unlink()
    (root / "html/agreement.html").unlink()
    assert faults_in(root) == [
        f"{WORD}: there is no such template",
        f"{HTML}: there is no such template",
    ]
    assert errors_in(root) == faults_in(root)


def test_a_template_whose_name_is_misspelt(root: Path) -> None:
    (root / "docx/moi").mkdir()
    shutil.copy(root / "docx/agreement.docx", root / "docx/moi/agrement.docx")
    shutil.copy(root / "docx/agreement.docx", root / "docx/~$reement.docx")  # Word is open
    [found] = everywhere(root)
    assert found.startswith("templates/docx/moi/agrement.docx: no document is made of it")
    assert "'agreement'" in found


# One list for the check and for every run


@pytest.mark.parametrize(
    ("part", "old", "new"),
    [
        (DOCUMENT, "<w:tblHeader/>", ""),
        (DOCUMENT, "<w:cantSplit/><w:tblHeader/>", "<w:tblHeader/>"),
        (STYLES, ' w:bidi="th-TH"', ""),
        (STYLES, "<w:bCs/>", ""),
    ],
)
def test_what_changes_looks_alone_is_a_warning(root: Path, part: str, old: str, new: str) -> None:
    change_word(root, part, replacing(old, new))
    assert faults_in(root) != []
    assert errors_in(root) == []
    assert check.check([root]) == []


def test_columns_that_no_context_widens_are_a_warning(root: Path) -> None:
    path = root / "docx/_goals.docx"
    parts = unpack(path)
    parts[DOCUMENT] = parts[DOCUMENT].replace(b"{% widths goals.widths %}", b"")
    pack(path, parts)
    assert faults_in(root) == [f"{WORD}: GoalTable.widths is used nowhere"]
    assert errors_in(root) == []


def test_a_head_that_is_not_repeated_in_html_is_a_warning(root: Path) -> None:
    columns = "{{ columns(duties.widths) }}\n"
    change_html(root, f"{columns}<thead>", f"{columns}<tbody>")
    assert len(faults_in(root)) == 1
    assert errors_in(root) == []


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("{{ clause.text }}", "{{ clause.txt }}"),
        ("{{ clause.between }}", "และ"),
        # Never reached with the data of most units: refused all the same.
        ("{{ block.total }}", "{{ block.totl }}"),
        ("{%p for clause in", "ข้อ {%p for clause in"),
    ],
)
def test_what_changes_words_stops_every_document(root: Path, old: str, new: str) -> None:
    change_word(root, DOCUMENT, replacing(old, new))
    assert faults_in(root)[:1] == errors_in(root)
    assert check.check([root]) == faults_in(root)


# Rendered once


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ("{{ titles(", "{{ title[99] }}{{ titles(", "has no element 99"),
        ("{{ titles(", "{{ 1 // (title|length - title|length) }}{{ titles(", "by nought"),
        ("{{ titles(", "{% for n in range(10**9) %}.{% endfor %}{{ titles(", "too"),
    ],
)
def test_html_is_rendered_once_with_example_data(
    root: Path, old: str, new: str, fault: str
) -> None:
    line = change_html(root, old, new)
    [found] = faults_in(root)
    assert found.startswith(f"{HTML}:{line}: ")
    assert fault in found.lower()
    assert errors_in(root) == [found]
