"""Word's templates share one set of styles, and the data choose those of paragraphs."""

import re
import zipfile
from pathlib import Path

import pytest
from lxml import etree

from generator.documents.parts import styles
from generator.templates import check, tags
from support.making import ROOT

WORD = ROOT / "templates" / "docx"
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"

every = pytest.mark.parametrize("name", sorted(path.stem for path in WORD.glob("*.docx")))


def part(name: str, which: str = "word/styles.xml") -> bytes:
    with zipfile.ZipFile(WORD / f"{name}.docx") as package:
        return package.read(which)


def defined(name: str) -> dict[str, bytes]:
    root = etree.fromstring(part(name))
    return {str(s.get(f"{W}styleId")): etree.tostring(s) for s in root.iter(f"{W}style")}


@every
def test_all_have_the_same_styles(name: str) -> None:
    assert part(name) == part("agreement")


@every
def test_every_style_that_is_used_is_there(name: str) -> None:
    used = set(
        re.findall(r'<w:[prt][a-z]*Style w:val="([^"]+)"', part(name, "word/document.xml").decode())
    )
    assert used - set(defined(name)) == set()


def test_what_the_data_name_is_called_so_in_every_program() -> None:
    """LibreOffice calls styles by their names without spaces when it saves a template."""
    root = etree.fromstring(part("agreement"))
    names: dict[str, str] = {}
    for style in root.iter(f"{W}style"):
        [name] = style.findall(f"{W}name")
        names[str(style.get(f"{W}styleId"))] = str(name.get(f"{W}val"))
    families = [f for f in vars(styles).values() if isinstance(f, styles.RichStyles)]
    assert families
    for chosen in {name for family in families for name in (*family.items, *family.others)}:
        assert names[chosen].replace(" ", "") == chosen


@every
def test_no_branch_chooses_by_depth_what_the_context_has_chosen(name: str) -> None:
    text = part(name, "word/document.xml").decode()
    assert "b.marker and b.depth" not in text


def paragraph(*texts: str) -> etree._Element:
    runs = "".join(f'<w:r><w:t xml:space="preserve">{text}</w:t></w:r>' for text in texts)
    return etree.fromstring(
        f'<w:body xmlns:w="{W[1:-1]}"><w:p><w:pPr><w:pStyle w:val="BodyText"/><w:jc w:val="left"/>'
        f"</w:pPr>{runs}</w:p></w:body>"
    )


@pytest.mark.parametrize(
    "texts",
    [
        ("{% style b.style %}", "ก"),
        ("{% sty", "le b.style", " %}ก"),
        ("{%\u00a0style\u2003b.style %}", "ก"),
        ("ก{% style b.style %}",),
    ],
)
def test_a_paragraph_says_who_chooses_its_style(texts: tuple[str, ...]) -> None:
    root = paragraph(*texts)
    tags.straighten(root)
    [found] = root.iter(f"{W}pStyle")
    assert found.get(f"{W}val") == "{{ b.style }}"
    assert found.getprevious() is None
    assert "".join(t.text or "" for t in root.iter(f"{W}t")) == "ก"
    assert root.find(f"{W}p/{W}pPr/{W}jc") is not None


def test_a_paragraph_without_properties() -> None:
    text = "<w:p><w:r><w:t>{% style b.style %}ก</w:t></w:r></w:p>"
    root = etree.fromstring(f'<w:body xmlns:w="{W[1:-1]}">{text}</w:body>')
    tags.straighten(root)
    assert root[0][0].tag == f"{W}pPr"
    assert root[0][0][0].get(f"{W}val") == "{{ b.style }}"


def test_a_misspelt_one_is_found(tmp_path: Path) -> None:
    root = tmp_path / "templates"
    (root / "html").mkdir(parents=True)
    (root / "docx").mkdir()
    for path in WORD.glob("*.docx"):
        (root / "docx" / path.name).write_bytes(path.read_bytes())
    path = root / "docx" / "agreement.docx"
    with zipfile.ZipFile(path) as package:
        parts = {item: package.read(item) for item in package.namelist()}
    parts["word/document.xml"] = parts["word/document.xml"].replace(b"b.style", b"b.stile", 1)
    with zipfile.ZipFile(path, "w") as package:
        for item, data in parts.items():
            package.writestr(item, data)
    found = [fault for fault in check.check([root]) if "agreement.docx" in fault]
    assert any("has no field 'stile' (did you mean 'style'?)" in fault for fault in found)
