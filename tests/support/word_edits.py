"""Random edits of a Word document's body, as somebody makes them in Word."""

import copy
import io
import random
import zipfile
from collections.abc import Callable
from typing import Any

from lxml import etree

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_SAID = "ร้อยละ ของ โครงการ ที่สำเร็จ ๑๒ 85 ตามแผน และ กองทุน (ใหม่) KPI 70.50 ผู้รับบริการ"
WORDS = _SAID.split(" ")

Edit = Callable[[Any, random.Random], bool]


def edited(data: bytes, chance: random.Random, count: int, kinds: dict[str, Edit]) -> bytes:
    """The document after so many edits of the kinds."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    root = etree.fromstring(parts["word/document.xml"])
    done = 0
    while done < count:
        done += kinds[chance.choice(sorted(kinds))](root, chance)
    parts["word/document.xml"] = etree.tostring(
        root, xml_declaration=True, encoding="UTF-8", standalone=True
    )
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    return buffer.getvalue()


def said(element: Any) -> str:
    """The words of an element."""
    return "".join(text.text or "" for text in element.iter(f"{W}t"))


def _texts(root: Any) -> list[Any]:
    return [text for text in root.iter(f"{W}t") if (text.text or "").strip()]


def some(chance: random.Random) -> str:
    """A few words."""
    return " ".join(chance.choices(WORDS, k=chance.randint(1, 4)))


def replace_words(root: Any, chance: random.Random) -> bool:
    text = chance.choice(_texts(root))
    words = (text.text or "").split(" ")
    words[chance.randrange(len(words))] = some(chance)
    text.text = " ".join(words)
    return True


def insert_words(root: Any, chance: random.Random) -> bool:
    text = chance.choice(_texts(root))
    words = (text.text or "").split(" ")
    words.insert(chance.randint(0, len(words)), some(chance))
    text.text = " ".join(words)
    return True


def delete_words(root: Any, chance: random.Random) -> bool:
    text = chance.choice(_texts(root))
    words = (text.text or "").split(" ")
    del words[chance.randrange(len(words))]
    text.text = " ".join(words)
    return True


def delete_letters(root: Any, chance: random.Random) -> bool:
    text = chance.choice(_texts(root))
    letters = text.text or ""
    start = chance.randrange(len(letters))
    text.text = letters[:start] + letters[start + chance.randint(1, 6) :]
    return True


def empty_paragraph(root: Any, chance: random.Random) -> bool:
    paragraph = chance.choice([*root.iter(f"{W}p")])
    for text in paragraph.iter(f"{W}t"):
        text.text = ""
    return True


def _loose(root: Any) -> list[Any]:
    """Paragraphs that can go: not the last of a cell or body, before no table, no section's end."""
    return [
        p
        for p in root.iter(f"{W}p")
        if p.getnext() is not None
        and p.getnext().tag == f"{W}p"
        and p.find(f"{W}pPr/{W}sectPr") is None
    ]


def delete_paragraph(root: Any, chance: random.Random) -> bool:
    paragraph = chance.choice(_loose(root))
    paragraph.getparent().remove(paragraph)
    return True


def delete_last_paragraph(root: Any, chance: random.Random) -> bool:
    last = [
        p
        for p in root.iter(f"{W}p")
        if p.getparent().tag == f"{W}tc"
        and p.getnext() is None
        and p.getprevious() is not None
        and p.getprevious().tag == f"{W}p"
    ]
    if not last:
        return False
    paragraph = chance.choice(last)
    paragraph.getparent().remove(paragraph)
    return True


def add_paragraph(root: Any, chance: random.Random) -> bool:
    places = [p for p in root.iter(f"{W}p") if p.find(f"{W}pPr/{W}sectPr") is None]
    before = chance.choice(places)
    new = copy.deepcopy(before)
    for run in [*new]:
        if run.tag != f"{W}pPr":
            new.remove(run)
    etree.SubElement(etree.SubElement(new, f"{W}r"), f"{W}t").text = some(chance)
    before.addnext(new) if chance.random() < 0.7 else before.addprevious(new)
    return True


def split_paragraph(root: Any, chance: random.Random) -> bool:
    text = chance.choice(_texts(root))
    paragraph = next(text.iterancestors(f"{W}p"))
    if len(_texts(paragraph)) != 1 or paragraph.find(f"{W}pPr/{W}sectPr") is not None:
        return False
    new = copy.deepcopy(paragraph)
    words = (text.text or "").split(" ")
    cut = chance.randint(0, len(words))
    text.text = " ".join(words[:cut])
    _texts(new)[0].text = " ".join(words[cut:])
    paragraph.addnext(new)
    return True


def _rows(root: Any) -> list[Any]:
    return [
        row
        for row in root.iter(f"{W}tr")
        if row.find(f".//{W}vMerge") is None and row.find(f"{W}trPr/{W}tblHeader") is None
    ]


def delete_row(root: Any, chance: random.Random) -> bool:
    row = chance.choice(_rows(root))
    if len(row.getparent().findall(f"{W}tr")) < 2:
        return False
    row.getparent().remove(row)
    return True


def add_row(root: Any, chance: random.Random) -> bool:
    row = chance.choice(_rows(root))
    new = copy.deepcopy(row)
    for text in _texts(new):
        text.text = some(chance)
    row.addnext(new)
    return True


def move_row(root: Any, chance: random.Random) -> bool:
    row = chance.choice(_rows(root))
    others = [r for r in _rows(root) if r.getparent() is row.getparent() and r is not row]
    if not others:
        return False
    target = chance.choice(others)
    target.addnext(row) if chance.random() < 0.5 else target.addprevious(row)
    return True


def make_bold(root: Any, chance: random.Random) -> bool:
    run = next(chance.choice(_texts(root)).iterancestors(f"{W}r"))
    look = run.find(f"{W}rPr")
    if look is None:
        look = etree.Element(f"{W}rPr")
        run.insert(0, look)
    if look.find(f"{W}b") is not None:
        return False
    place = 1 if look.find(f"{W}rStyle") is not None else 0
    for name in ("bCs", "b"):
        look.insert(place, etree.Element(f"{W}{name}"))
    return True


def align(root: Any, chance: random.Random) -> bool:
    paragraph = next(chance.choice(_texts(root)).iterancestors(f"{W}p"))
    layout = paragraph.find(f"{W}pPr")
    if layout is None or layout.find(f"{W}jc") is not None:
        return False
    place = next(
        (n for n, e in enumerate(layout) if e.tag in (f"{W}rPr", f"{W}sectPr")), len(layout)
    )
    layout.insert(place, etree.Element(f"{W}jc", {f"{W}val": "center"}))
    return True


def delete_table(root: Any, chance: random.Random) -> bool:
    tables = [
        t
        for t in root.iter(f"{W}tbl")
        if t.getnext() is not None and t.getnext().tag == f"{W}p" and chance.random() < 0.2
    ]
    if not tables:
        return False
    table = chance.choice(tables)
    table.getparent().remove(table)
    return True


WORDING: dict[str, Edit] = {
    "replace": replace_words,
    "insert": insert_words,
    "delete": delete_words,
    "letters": delete_letters,
}
EVERY: dict[str, Edit] = {
    **WORDING,
    "empty": empty_paragraph,
    "gone": delete_paragraph,
    "last": delete_last_paragraph,
    "added": add_paragraph,
    "split": split_paragraph,
    "row gone": delete_row,
    "row added": add_row,
    "row moved": move_row,
    "bold": make_bold,
    "aligned": align,
}
