"""What a DOCX says, from the XML of its body."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator

from lxml import etree

from ..agreements import record
from ..templates.conventions import EQUATION_TABLE, LAYOUT_TABLE
from ..thai import thai_digits
from ..workspace import archives
from .content import Content, ContentPiece, squeezed

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
WP = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
CORE = "docProps/core.xml"
NUMBERING = "word/numbering.xml"
VERSION = "{http://schemas.openxmlformats.org/package/2006/metadata/core-properties}version"
MAX_PARTS = 64 << 20


def docx_content(data: bytes) -> Content:
    """The content of a DOCX: of its body."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        root = etree.fromstring(archive.read("word/document.xml"))
        if NUMBERING in archive.namelist():
            spell_numbers(root, etree.fromstring(archive.read(NUMBERING)))
    body = root.find(f"{W}body")
    assert body is not None
    return tuple(_docx_blocks(body))


def spell_numbers(root: etree._Element, lists: etree._Element) -> None:
    """Put the number that Word prints before a paragraph into its words, and a space after it.

    ``lists`` is the part that says how lists count. They have one level each, as ours do.
    """
    levels = {
        abstract.get(f"{W}abstractNumId"): abstract.find(f"{W}lvl")
        for abstract in lists.iter(f"{W}abstractNum")
    }
    counted: dict[str, int] = {}
    made = {str(num.get(f"{W}numId")): num for num in lists.iter(f"{W}num")}
    for said in list(root.iter(f"{W}numPr")):
        named = said.find(f"{W}numId")
        num = made.get(str(named.get(f"{W}val"))) if named is not None else None
        paragraph = next(said.iterancestors(f"{W}p"), None)
        if num is None or paragraph is None:
            continue
        level = levels.get(_val(num, "abstractNumId"))
        if level is None:
            continue
        id_ = str(num.get(f"{W}numId"))
        first = _val(num, f"lvlOverride/{W}startOverride") or _val(level, "start") or "1"
        counted[id_] = counted.get(id_, int(first) - 1) + 1
        digits = str(counted[id_])
        if _val(level, "numFmt") == "thaiNumbers":
            digits = thai_digits(digits)
        run = etree.Element(f"{W}r")
        etree.SubElement(run, f"{W}t").text = _val(level, "lvlText").replace("%1", digits) + " "
        properties = paragraph.find(f"{W}pPr")
        paragraph.insert(0 if properties is None else 1, run)


def _val(element: etree._Element, path: str) -> str:
    found = element.find(f"{W}{path}")
    return "" if found is None else found.get(f"{W}val", "")


def _docx_blocks(parent: etree._Element) -> Iterator[ContentPiece]:
    for child in parent:
        if child.tag == f"{W}p":
            yield from _docx_paragraph(child)
        elif child.tag == f"{W}tbl":
            yield from _docx_table(child)
        elif child.tag == f"{W}sdt":
            content = child.find(f"{W}sdtContent")
            if content is not None:
                yield from _docx_blocks(content)


def _docx_paragraph(paragraph: etree._Element) -> Iterator[ContentPiece]:
    for picture in paragraph.iter(f"{WP}docPr"):
        yield ContentPiece("picture", squeezed(picture.get("descr", "")))
    text = _docx_text(paragraph)
    if text:
        yield ContentPiece("paragraph", text)


def _docx_text(element: etree._Element) -> str:
    return squeezed("".join(part.text or "" for part in element.iter(f"{W}t", f"{M}t")))


def _docx_table(table: etree._Element) -> Iterator[ContentPiece]:
    style = table.find(f"{W}tblPr/{W}tblStyle")
    named = None if style is None else style.get(f"{W}val")
    if named == EQUATION_TABLE:
        yield ContentPiece("paragraph", _docx_text(table))
        return
    layout = named == LAYOUT_TABLE
    for cell in table.iter(f"{W}tc"):
        # The cells of a table inside a cell are told with that cell.
        if next(cell.iterancestors(f"{W}tbl")) is not table:
            continue
        if layout:
            yield from _docx_blocks(cell)
            continue
        merged = cell.find(f"{W}tcPr/{W}vMerge")
        if merged is not None and merged.get(f"{W}val", "continue") == "continue":
            continue
        yield ContentPiece("cell", _docx_text(cell))


DAMAGED = (*archives.DAMAGED, KeyError, etree.XMLSyntaxError)
"""What reading a damaged Word document may raise."""


def untouched(data: bytes) -> bool:
    """Whether a DOCX is as gen made it: its seal is that of its parts."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            if sum(info.file_size for info in archive.infolist()) > MAX_PARTS:
                return False
            parts = {name: archive.read(name) for name in archive.namelist()}
        core = etree.fromstring(
            parts.pop(CORE), etree.XMLParser(resolve_entities=False, no_network=True)
        )
    except DAMAGED:
        return False
    return bool(core.findtext(VERSION)) and core.findtext(VERSION) == record.seal(parts)
