"""What a finished Word file has to be, rule by rule: each breach with the words that it is at."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from io import BytesIO

from lxml import etree

from generator.templates.conventions import DATA_TABLE, EQUATION_TABLE, KEPT_WITH_BEFORE
from generator.writers.docx.styles import Styles

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
SHEET = (
    "SheetHeading",
    "SheetName",
    "SheetBody",
    "SheetItem",
    "SheetLevel",
    "Labelled",
    "Equation",
)
SHEET_SIZE = 16.0
LOWEST, HIGHEST = 1.09, 2.15
"""How high an exact line is, in parts of its letters' size: less would clip marks."""

SIGNS = {"DejaVu Sans", "Segoe UI Symbol"}
"""Faces that have boxes to tick: one of them is on every machine."""

_GAPS = 4.0
"""Letters up to so many points are those of paragraphs that only leave room."""

_ITEM = re.compile(r"\s*(?:[0-9๐-๙]{1,3}[.)]|\([0-9๐-๙]{1,3}\)|[-•●])[ \t\u00a0]+\S")
_PLACES = re.compile(r"word/(?:document|header\d*|footer\d*)\.xml")


@dataclass(frozen=True, slots=True)
class WordFile:
    """A finished Word file, read."""

    parts: dict[str, bytes]
    roots: tuple[etree._Element, ...]
    styles: Styles

    @classmethod
    def of(cls, data: bytes) -> WordFile:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            parts = {name: archive.read(name) for name in archive.namelist()}
        roots = [etree.fromstring(data) for name, data in parts.items() if _PLACES.fullmatch(name)]
        return cls(parts, tuple(roots), Styles(parts["word/styles.xml"]))

    def all(self, *names: str) -> Iterator[etree._Element]:
        return (one for root in self.roots for one in root.iter(*(W + name for name in names)))

    def size(self, paragraph: etree._Element) -> float:
        """The largest letters of a paragraph's words, in points."""
        own = [
            float(size.get(f"{W}val", "0")) / 2
            for run in paragraph.iter(f"{W}r")
            for size in run.findall(f"{W}rPr/{W}szCs")
        ]
        runs = list(paragraph.iterchildren(f"{W}r"))
        usual = self.styles.size(self.styles.of(paragraph))
        return max(own) if own and len(own) == len(runs) else max([usual, *own])

    def spacing(self, paragraph: etree._Element, name: str) -> str:
        own = paragraph.find(f"{W}pPr/{W}spacing")
        said = None if own is None else own.get(W + name)
        return said or self.styles.value(self.styles.of(paragraph), "pPr/spacing", name)

    def is_kept(self, paragraph: etree._Element) -> bool:
        own = paragraph.find(f"{W}pPr/{W}keepNext")
        if own is not None:
            return own.get(f"{W}val", "1") not in ("0", "false")
        return self.styles.has(self.styles.of(paragraph), "pPr/keepNext")


def words(element: etree._Element) -> str:
    """What an element says."""
    return "".join(element.itertext(f"{W}t"))


def face(file: WordFile) -> Iterator[str]:
    """Every face that letters have goes with the file, upright and bold; signs have their own."""
    table = etree.fromstring(file.parts["word/fontTable.xml"])
    embedded = {
        str(font.get(f"{W}name"))
        for font in table
        if all(font.find(W + one) is not None for one in ("embedRegular", "embedBold"))
    }
    named = {
        str(fonts.get(W + which))
        for root in (*file.roots, etree.fromstring(file.parts["word/styles.xml"]))
        for fonts in root.iter(f"{W}rFonts")
        for which in ("ascii", "hAnsi", "cs", "eastAsia")
        if fonts.get(W + which)
    }
    yield from sorted(named - embedded - SIGNS)
    if b"embedTrueTypeFonts" not in file.parts["word/settings.xml"]:
        yield "settings: embedTrueTypeFonts"


def lines(file: WordFile) -> Iterator[str]:
    """Lines are exact, and as high as letters with their marks."""
    for paragraph in file.all("p"):
        if next(paragraph.iter(f"{W}drawing"), None) is not None:
            continue
        if file.spacing(paragraph, "lineRule") != "exact":
            yield f"not exact: {file.styles.of(paragraph)}"
        elif words(paragraph) and (size := file.size(paragraph)) > _GAPS:
            share = float(file.spacing(paragraph, "line")) / 20 / size
            if not LOWEST <= share <= HIGHEST:
                yield f"{share:.2f}: {file.styles.of(paragraph)}: {words(paragraph)[:30]}"


def sheets(file: WordFile) -> Iterator[str]:
    """What stands on sheets outside of tables has 16 points."""
    for paragraph in file.all("p"):
        style = file.styles.of(paragraph)
        outer = paragraph.getparent()
        is_text = outer is not None and outer.tag == f"{W}body" and words(paragraph)
        if style.startswith(SHEET) and is_text and file.size(paragraph) != SHEET_SIZE:
            yield f"{file.size(paragraph)}: {style}: {words(paragraph)[:30]}"


def formulas(file: WordFile) -> Iterator[str]:
    """Fractions are words over words, none of it Word's mathematics."""
    for root in file.roots:
        yield from (words(one)[:30] for one in root.iter(f"{M}oMath", f"{M}oMathPara"))


def kept(file: WordFile) -> Iterator[str]:
    """Labels stay with what they are of, and what stands before names to ask stays with these."""
    for paragraph in file.all("p"):
        following = paragraph.getnext()
        said = words(paragraph).strip()
        style = file.styles.of(paragraph)
        outer = paragraph.getparent()
        if outer is None or outer.tag != f"{W}body" or file.is_kept(paragraph):
            continue
        if following is not None and following.tag == f"{W}p":
            is_next = file.styles.of(following) == KEPT_WITH_BEFORE
            if is_next and paragraph.find(f"{W}pPr/{W}sectPr") is None:
                yield f"before names: {said[:30]}"
        elif following is not None and following.tag == f"{W}tbl" and said.endswith(":"):
            yield f"label: {style}: {said[:30]}"
        if style.startswith("Heading"):
            yield f"heading: {said[:30]}"


def tables(file: WordFile) -> Iterator[str]:
    """Tables of data repeat their heads, which the table's style shades."""
    for table in file.all("tbl"):
        style = table.find(f"{W}tblPr/{W}tblStyle")
        if style is None or style.get(f"{W}val") != DATA_TABLE:
            continue
        rows = list(table.iterchildren(f"{W}tr"))
        look = table.find(f"{W}tblPr/{W}tblLook")
        is_plain = look is not None and look.get(f"{W}firstRow") == "0"
        heads = [row for row in rows if row.find(f"{W}trPr/{W}tblHeader") is not None]
        if not heads:
            yield f"no head: {words(table)[:30]}"
        for row in heads:
            said = row.find(f"{W}trPr/{W}cnfStyle")
            if said is None and not is_plain:
                yield f"head without its table's look: {words(row)[:30]}"
            if any(cell.find(f"{W}tcPr/{W}shd") is not None for cell in row.iterchildren(f"{W}tc")):
                yield f"head shaded by itself: {words(row)[:30]}"
        for row in rows:
            if row not in heads and row.find(f"{W}trPr/{W}cnfStyle") is not None:
                yield f"no head, but looks like one: {words(row)[:30]}"


def lists(file: WordFile) -> Iterator[str]:
    """What is numbered or has a bullet is an item of a list of Word's own."""
    for paragraph in file.all("p"):
        style = file.styles.of(paragraph)
        is_list = "Item" in style or "Guide" in style or style.startswith("Clause")
        if is_list and _ITEM.match("".join(_typed(paragraph))):
            yield f"{style}: {words(paragraph)[:30]}"


def _typed(paragraph: etree._Element) -> Iterator[str]:
    for one in paragraph.iter(f"{W}t", f"{W}tab"):
        yield "\t" if one.tag == f"{W}tab" else one.text or ""


def runs(file: WordFile) -> Iterator[str]:
    """No run is empty, and no text."""
    for run in file.all("r"):
        if all(child.tag == f"{W}rPr" for child in run):
            yield "run"
    yield from ("text" for text in file.all("t") if not text.text)


def used(file: WordFile) -> Iterator[str]:
    """Styles are those in use, and what these rest on."""
    names = {
        str(one.get(f"{W}val"))
        for root in (*file.roots, etree.fromstring(file.parts["word/styles.xml"]))
        for one in root.iter(
            *(W + n for n in ("pStyle", "rStyle", "tblStyle", "basedOn", "next", "link"))
        )
    }
    for id_, style in file.styles.by_id.items():
        if id_ not in names and not style.get(f"{W}default"):
            yield id_


def twins(file: WordFile) -> Iterator[str]:
    """No two styles in use rest on the same one and say the same."""
    seen: dict[str, str] = {}
    for id_, style in file.styles.by_id.items():
        look = b"".join(
            etree.tostring(one)
            for one in style
            if etree.QName(one).localname in ("basedOn", "pPr", "rPr", "tblPr", "tblStylePr")
        ).decode()
        if style.find(f"{W}pPr") is None and style.find(f"{W}rPr") is None:
            continue
        if look in seen:
            yield f"{id_} = {seen[look]}"
        seen[look] = id_


def names(file: WordFile) -> Iterator[str]:
    """Styles of ours have Thai names; Word says the others' in the reader's language."""
    for id_, style in file.styles.by_id.items():
        [name] = style.findall(f"{W}name")
        called = str(name.get(f"{W}val"))
        if style.get(f"{W}customStyle") and not re.search("[ก-๛]", called):
            yield f"{id_}: {called}"


RULES: tuple[Callable[[WordFile], Iterator[str]], ...] = (
    *(face, lines, sheets, formulas, kept, tables),
    *(lists, runs, used, twins, names),
)


def fractions(file: WordFile) -> int:
    """How many fractions a file has."""
    return sum(style.get(f"{W}val") == EQUATION_TABLE for style in file.all("tblStyle"))


def numbered(file: WordFile) -> int:
    """How many items of lists a file has."""
    return sum(1 for _ in file.all("numPr"))


def breaches(file: WordFile) -> dict[str, list[str]]:
    """What each rule finds."""
    return {rule.__name__: list(rule(file)) for rule in RULES}
