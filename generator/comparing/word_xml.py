"""Parts of a Word document as trees: names, texts, what stands in a container; bounded opening."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator, Mapping

from lxml import etree

from ..errors import FileError
from ..messages import message
from ..verify.docx import DAMAGED, MAX_PARTS

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
SPACE = "{http://www.w3.org/XML/1998/namespace}space"

DOCUMENT = "word/document.xml"
P, TBL, TR, TC, SDT, CONTENT = (
    f"{W}{name}" for name in ("p", "tbl", "tr", "tc", "sdt", "sdtContent")
)
PPR, RPR, TRPR, TCPR = (f"{W}{name}" for name in ("pPr", "rPr", "trPr", "tcPr"))

MAX_NODES = 2_000_000
"""So many elements may a part have."""

Element = etree._Element


def opened(data: bytes, name: str) -> dict[str, bytes]:
    """The parts of a Word document by their names. Raises FileError for what is none."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            if sum(info.file_size for info in archive.infolist()) > MAX_PARTS:
                raise FileError(message("word-file-too-large", name=name))
            parts = {info.filename: archive.read(info) for info in archive.infolist()}
    except DAMAGED as error:
        raise FileError(message("word-file-unreadable", name=name)) from error
    if DOCUMENT not in parts:
        raise FileError(message("word-file-unreadable", name=name))
    return parts


def parsed(data: bytes, name: str) -> Element:
    """A part as a tree: no entity, no network, bounded depth. Raises FileError."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise FileError(message("word-file-unreadable", name=name)) from error
    if root.getroottree().docinfo.doctype or sum(1 for _ in root.iter()) > MAX_NODES:
        raise FileError(message("word-file-unreadable", name=name))
    return root


def body_of(parts: Mapping[str, bytes], name: str) -> Element:
    """The body of a document. Raises FileError."""
    body = parsed(parts[DOCUMENT], name).find(f"{W}body")
    if body is None:
        raise FileError(message("word-file-unreadable", name=name))
    return body


def canonical(element: Element | None) -> str:
    """An element as text that is equal for what means the same."""
    if element is None or not isinstance(element.tag, str):
        return ""
    said = " ".join(f'{name}="{element.attrib[name]}"' for name in sorted(element.attrib))
    inner = "".join(map(canonical, element))
    return f"<{element.tag} {said}>{element.text or ''}{inner}</>"


def value(element: Element | None, path: str) -> str:
    """The ``w:val`` of what stands at a path below an element, or nothing."""
    found = element.find(path) if element is not None else None
    return "" if found is None else found.get(f"{W}val", "")


def text_of(element: Element) -> str:
    """All that an element says, a tab and a break as white space."""
    found = []
    for part in element.iter(f"{W}t", f"{M}t", f"{W}tab", f"{W}br", f"{W}cr"):
        if part.tag in (f"{W}t", f"{M}t"):
            found.append(part.text or "")
        elif next(part.iterancestors(), None) is not None and part.getparent().tag == f"{W}r":  # type: ignore[union-attr]
            found.append("\t" if part.tag == f"{W}tab" else "\n")
    return "".join(found)


def blocks_of(container: Element) -> Iterator[Element]:
    """The paragraphs and tables of a body or cell, in order."""
    return (child for child in container if child.tag in (P, TBL))


def rows_of(table: Element) -> list[Element]:
    """The rows of a table."""
    return table.findall(TR)


def cells_of(row: Element) -> list[Element]:
    """The cells of a row."""
    return row.findall(TC)


def columns_of(table: Element) -> int:
    """How many columns the grid of a table has."""
    return len(table.findall(f"{W}tblGrid/{W}gridCol"))


def shape_of(row: Element) -> tuple[tuple[str, str], ...]:
    """Over how many columns each cell goes, and whether it is merged with the one above."""
    found = []
    for cell in cells_of(row):
        merged = cell.find(f"{TCPR}/{W}vMerge")
        state = "" if merged is None else merged.get(f"{W}val", "continue")
        found.append((value(cell, f"{TCPR}/{W}gridSpan") or "1", state))
    return tuple(found)
