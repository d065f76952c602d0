"""What editors leave in a Word file beside its words: tracked changes, comments, marks, names.

None of it goes into a document. Tracked changes are taken as accepted, which is what Word shows
and what it would print.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from lxml import etree

from ..messages import Message, message

PROPERTIES: Mapping[str, Message] = {
    "Company": message("leftover-company"),
    "Manager": message("leftover-manager"),
    "creator": message("leftover-author"),
    "lastModifiedBy": message("leftover-editor"),
    "category": message("leftover-category"),
    "keywords": message("leftover-keywords"),
    "description": message("leftover-description"),
    "HyperlinkBase": message("leftover-base-of-links"),
}
"""Properties of a file that a document never takes over, by their elements' names."""

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_NS = {
    "w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "r": "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    "m": "http://schemas.openxmlformats.org/officeDocument/2006/math",
}
_UNWRAPPED = {f"{_W}{name}" for name in ("ins", "moveTo")}
_DROPPED = {f"{_W}{name}" for name in ("del", "moveFrom")}
_CHANGES = re.compile(
    r"\{[^}]*\}(\w+(PrChange|GridChange)|numberingChange|(move|customXml)\w+Range(Start|End))"
)
_COMMENTS = {f"{_W}{n}" for n in ("commentRangeStart", "commentRangeEnd", "commentReference")}
_MARKS = {f"{_W}{n}" for n in ("proofErr", "permStart", "permEnd", "lastRenderedPageBreak")}
_SETTINGS = {
    f"{_W}{name}"
    for name in (
        *("rsids", "attachedTemplate", "docVars", "mailMerge", "trackRevisions", "revisionView"),
        *("documentProtection", "writeProtection", "saveThroughXslt", "hdrShapeDefaults"),
        *("linkStyles", "proofState"),
    )
}
_IDS = re.compile(r"\{[^}]*\}(rsid\w*|paraId|textId)")
_BOUND = re.compile(r"\{[^}]*\}(dataBinding|docId|chartTrackingRefBased)")
_ROOTS = {f"{_W}{name}" for name in ("document", "hdr", "ftr")}


def clean(root: etree._Element) -> list[Message]:
    """Take out of a part what editors left in it. Gives what that was, in words."""
    found: dict[Message, None] = {}
    for element in list(root.iter(etree.Element)):
        author = element.get(f"{_W}author")
        if element.tag in _COMMENTS:
            found[message("leftover-comments")] = None
        elif author is not None and element.tag != f"{_W}comment":
            found[message("leftover-tracked-changes", author=author[:60])] = None
    _accept(root)
    for mark in _marks(root):
        found[mark] = None
    for element in root.iter(etree.Element):
        for name in [name for name in element.attrib if _IDS.fullmatch(str(name))]:
            del element.attrib[name]
    return list(found)


def has_notes(root: etree._Element) -> bool:
    """Whether a part is one of notes that hold words, and not Word's lines above them alone."""
    notes = (*root.iterchildren(f"{_W}footnote"), *root.iterchildren(f"{_W}endnote"))
    return any(note.get(f"{_W}type", "normal") == "normal" for note in notes)


def written(root: etree._Element) -> bytes:
    """A part as bytes, its namespaces under the names that tags and docxtpl go by."""
    if root.tag in _ROOTS and any(root.nsmap.get(name) != uri for name, uri in _NS.items()):
        names: dict[str | None, str] = dict(_NS.items())
        names |= {p: u for p, u in root.nsmap.items() if p not in _NS and u not in _NS.values()}
        renamed = etree.Element(root.tag, dict(root.attrib), names)
        renamed.text = root.text
        renamed.extend(list(root))
        root = renamed
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


def _accept(root: etree._Element) -> None:
    """Accept every tracked change."""
    for paragraph in list(root.iter(f"{_W}p")):
        mark = paragraph.find(f"{_W}pPr/{_W}rPr")
        if mark is not None and any(mark.find(tag) is not None for tag in _DROPPED):
            _join(paragraph)
    for row in list(root.iter(f"{_W}tr")):
        if row.find(f"{_W}trPr/{_W}del") is not None:
            _remove(row)
    for cell in list(root.iter(f"{_W}tc")):
        if cell.find(f"{_W}tcPr/{_W}cellDel") is not None:
            _remove(cell)
    for element in list(root.iter(etree.Element)):
        parent = element.getparent()
        if parent is None:
            continue
        inside = str(parent.tag).rpartition("}")[2] in ("rPr", "trPr", "ctrlPr", "numPr")
        if element.tag in _DROPPED or (element.tag in _UNWRAPPED and inside):
            _remove(element)
        elif element.tag in _UNWRAPPED:
            for child in list(element):
                element.addprevious(child)
            _remove(element)
        elif _CHANGES.fullmatch(str(element.tag)) or element.tag in (
            f"{_W}cellIns",
            f"{_W}cellMerge",
        ):
            _remove(element)
    for table in list(root.iter(f"{_W}tbl")):
        if table.find(f".//{_W}tr") is None:
            _remove(table)
    for cell in root.iter(f"{_W}tc"):
        if not len(cell) or cell[-1].tag not in (f"{_W}p", f"{_W}sdt"):
            etree.SubElement(cell, f"{_W}p")


def _join(paragraph: etree._Element) -> None:
    """A paragraph whose mark was deleted: its words go to the next one, if it has any."""
    kept = [c for c in paragraph if c.tag != f"{_W}pPr" and c.tag not in _DROPPED]
    words = any(True for child in kept for _ in child.iter(f"{_W}t", f"{_W}drawing"))
    following = paragraph.getnext()
    if words and following is not None and following.tag == f"{_W}p":
        start = 1 if len(following) and following[0].tag == f"{_W}pPr" else 0
        following[start:start] = kept
    if not words or (following is not None and following.tag == f"{_W}p"):
        _remove(paragraph)


def _marks(root: etree._Element) -> Iterator[Message]:
    """Take out comments' anchors, marks of places and states, what binds fields to other data."""
    words = "".join(element.text or "" for element in root.iter(f"{_W}instrText"))
    anchors = {element.get(f"{_W}anchor") for element in root.iter(f"{_W}hyperlink")}
    ends: set[str | None] = set()
    for element in list(root.iter(etree.Element)):
        name = element.get(f"{_W}name", "")
        if element.tag == f"{_W}bookmarkStart" and name not in anchors and name not in words:
            ends.add(element.get(f"{_W}id"))
            if name == "_GoBack":
                yield message("leftover-go-back")
        elif element.tag == f"{_W}bookmarkStart":
            continue
        elif element.tag == f"{_W}docVars":
            yield message("leftover-variables")
        elif element.tag == f"{_W}rsids":
            yield message("leftover-rsids")
        elif element.tag == f"{_W}trackRevisions":
            yield message("leftover-order-to-track")
        if (
            element.tag in _COMMENTS | _MARKS | _SETTINGS
            or element.tag == f"{_W}bookmarkStart"
            or (element.tag == f"{_W}bookmarkEnd" and element.get(f"{_W}id") in ends)
            or _BOUND.fullmatch(str(element.tag))
        ):
            _remove(element)


def _remove(element: etree._Element) -> None:
    parent = element.getparent()
    if parent is not None:
        # What stands behind an element goes with it in lxml; between elements it is white space.
        parent.remove(element)
