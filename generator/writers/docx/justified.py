"""Whether Word's clauses and descriptions fill their lines: a matter of their styles.

Thai is distributed between words (``thaiDistribute``, ISO 29500-1, ST_Jc), as the ministries' rules
have it.
"""

from __future__ import annotations

from functools import lru_cache

from lxml import etree

from ...documents.parts.styles import JUSTIFIED

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_AFTER = (
    *("textDirection", "textAlignment", "textboxTightWrap", "outlineLvl", "divId", "cnfStyle"),
    *("rPr", "sectPr", "pPrChange"),
)
"""What follows an alignment in a paragraph's properties (ISO 29500-1, CT_PPr)."""


@lru_cache(maxsize=32)
def set_justified(styles: bytes, *, justified: bool) -> bytes:
    """The styles of a document; those of clauses and descriptions fill their lines, or don't."""
    root = etree.fromstring(styles)
    for style in root.iter(f"{_W}style"):
        if style.get(f"{_W}styleId") in JUSTIFIED:
            _align(style, "thaiDistribute" if justified else "left")
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


def _align(style: etree._Element, how: str) -> None:
    properties = style.find(f"{_W}pPr")
    if properties is None:
        properties = etree.Element(f"{_W}pPr")
        run = style.find(f"{_W}rPr")
        style.insert(style.index(run) if run is not None else len(style), properties)
    found = properties.find(f"{_W}jc")
    if found is None:
        found = etree.Element(f"{_W}jc")
        later = [n for n, one in enumerate(properties) if _name(one) in _AFTER]
        properties.insert(min(later, default=len(properties)), found)
    found.set(f"{_W}val", how)


def _name(element: etree._Element) -> str:
    return etree.QName(element).localname
