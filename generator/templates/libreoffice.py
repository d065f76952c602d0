"""What LibreOffice writes in another way than Word, and what it loses."""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import pairwise

from lxml import etree

from ..messages import Message, message
from .conventions import DATA_TABLE

NAME = "LibreOffice"

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_LOOP = re.compile(r"\{%tr\s+for\s")
_CELL_TAG = re.compile(r"\{[%{]tc\s|\{%\s*colspan\s")
_ROW_TAG = re.compile(r"\{[%{]tr\s")
_NUMBER = re.compile(r"((?:PAGE|NUMPAGES|SECTIONPAGES)\s+\\\*\s*)ARABIC\b", re.IGNORECASE)
_THAI = re.compile("[\u0e01-\u0e2e\u0e50-\u0e59]")


def wrote(app: bytes) -> bool:
    """Whether the properties of a file say that LibreOffice saved it."""
    return b"<Application>LibreOffice" in app


def mend(root: etree._Element) -> list[Message]:
    """Give a part back what LibreOffice loses; says what can't be known.

    Rows of a template have cells for tags, so they don't lie below each other: LibreOffice makes a
    grid of them all the same, gives cells spans that they never had, and forgets which are merged
    and which rows are the head.
    """
    lost: dict[Message, None] = {}
    for table in root.iter(f"{_W}tbl"):
        rows = table.findall(f"{_W}tr")
        words = [_words(row) for row in rows]
        loop = next((n for n, text in enumerate(words) if _LOOP.search(text)), len(rows))
        if _CELL_TAG.search("".join(words)):
            if any(row.find(f".//{_W}vMerge") is not None for row in rows[loop:]):
                lost[message("libreoffice-lost-merges", table=_words(table)[:40])] = None
            _unspan(table)
            for above, row in pairwise(r for r in rows[:loop] if not _ROW_TAG.search(_words(r))):
                _merge(above, row)
                _merge(above, row, -1)
        style = table.find(f"{_W}tblPr/{_W}tblStyle")
        if loop < len(rows) and style is not None and style.get(f"{_W}val") == DATA_TABLE:
            _make_head(row for row in rows[:loop] if not _ROW_TAG.search(_words(row)))
    for paragraph in root.iter(f"{_W}p"):
        _numbers(paragraph)
    return list(lost)


def _words(element: etree._Element) -> str:
    return "".join(text.text or "" for text in element.iter(f"{_W}t"))


def _unspan(table: etree._Element) -> None:
    """Take out the spans of cells; those that a template has are tags (``{% colspan %}``)."""
    for row in table.findall(f"{_W}tr"):
        for path in ("trPr", "tc/tcPr"):
            for properties in row.findall("/".join(_W + step for step in path.split("/"))):
                for name in ("gridSpan", "gridBefore", "gridAfter", "wBefore", "wAfter"):
                    for found in properties.findall(_W + name):
                        properties.remove(found)


def _merge(above: etree._Element, row: etree._Element, step: int = 1) -> None:
    """Merge the empty cells of a row of the head with those above, from one end to the first tag.

    Behind a tag it isn't known which cells stand above each other, unless both rows have the same.
    """
    upper, lower = above.findall(f"{_W}tc")[::step], row.findall(f"{_W}tc")[::step]
    for one, other in zip(upper, lower, strict=False):
        top, bottom = _words(one), _words(other)
        tagged = _CELL_TAG.search(top) or _CELL_TAG.search(bottom)
        if tagged and top != bottom:
            return
        if not tagged and top and not bottom:
            _set_merge(one, "restart")
            _set_merge(other, "continue")


def _set_merge(cell: etree._Element, value: str) -> None:
    properties = cell.find(f"{_W}tcPr")
    if properties is None:
        properties = etree.Element(f"{_W}tcPr")
        cell.insert(0, properties)
    found = properties.find(f"{_W}vMerge")
    if found is None:
        found = etree.Element(f"{_W}vMerge")
        width = properties.find(f"{_W}tcW")
        # Only widths and spans stand before (ISO 29500-1, CT_TcPr).
        properties.insert(0 if width is None else properties.index(width) + 1, found)
    found.set(f"{_W}val", value)


def _make_head(rows: Iterable[etree._Element]) -> None:
    """Make rows above the first loop over rows the head, which is repeated on each page."""
    for row in rows:
        properties = row.find(f"{_W}trPr")
        if properties is None:
            properties = etree.Element(f"{_W}trPr")
            # Exceptions to the table's properties stand before (ISO 29500-1, CT_Row).
            first = row.find(f"{_W}tblPrEx")
            row.insert(0 if first is None else row.index(first) + 1, properties)
        if properties.find(f"{_W}tblHeader") is None:
            etree.SubElement(properties, f"{_W}tblHeader")


def _numbers(paragraph: etree._Element) -> None:
    """A number of pages that was shown in Thai is Thai: what it is to be was lost on saving."""
    orders: list[etree._Element] = []
    for element in paragraph.iter(f"{_W}instrText", f"{_W}t", f"{_W}fldChar"):
        if element.tag == f"{_W}instrText":
            orders.append(element)
        elif element.tag == f"{_W}fldChar" and element.get(f"{_W}fldCharType") == "end":
            orders = []
        elif element.tag == f"{_W}t" and orders and _THAI.search(element.text or ""):
            for order in orders:
                order.text = _NUMBER.sub(r"\1ThaiArabic", order.text or "")
