"""Fractions as words over words: in a table without rules, the bar being a paragraph's border.

A template makes Word's own mathematics of them (OMML), in which Thai is set by rules of its own:
LibreOffice sets it letter by letter. Each line of an equation is a row of one table, in the letters
of the paragraph that it was.
"""

from __future__ import annotations

import copy
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from lxml import etree

from ...templates.conventions import EQUATION_TABLE
from ...typesetting.lettering import CENTIMETRES, Lettering
from .parts import W
from .rooms import Rooms
from .styles import Styles

M = "http://schemas.openxmlformats.org/officeDocument/2006/math"
_TWIPS = 1440 / 2.54
"""A centimetre, in twentieths of a point."""

_MARGIN = 120
"""What a bar is longer than its words, left and right together; in twentieths of a point."""

_SLACK = 1.03
_BAR = {"val": "single", "sz": "4", "space": "1", "color": "auto"}


@dataclass(frozen=True, slots=True)
class _Term:
    """Runs of words, or a fraction: what stands over its bar and under it, as runs."""

    runs: tuple[etree._Element, ...]
    under: tuple[etree._Element, ...]
    width: int


def set_as_tables(root: etree._Element, styles: Styles, lettering: Lettering) -> None:
    """Put a table in the place of every paragraph with a fraction; tables have their widths."""
    paragraphs = {p: None for f in root.iter(f"{{{M}}}f") for p in _paragraph_of(f)}
    if not paragraphs:
        return
    rooms = Rooms(root, styles)
    for paragraph in paragraphs:
        room = rooms.around(paragraph)
        size = styles.size(styles.of(paragraph))
        lines = list(_lines(_terms(paragraph, size, lettering), room))
        table = _table(paragraph, lines, room, styles)
        outer = paragraph.getparent()
        assert outer is not None
        outer.replace(paragraph, table)
        before, after = table.getprevious(), table.getnext()
        if before is not None and before.tag == f"{{{W}}}tbl":
            table.addprevious(_end())
        if after is None or after.tag != f"{{{W}}}p":
            table.addnext(_end())


def _paragraph_of(fraction: etree._Element) -> Iterator[etree._Element]:
    yield next(fraction.iterancestors(f"{{{W}}}p"))


def _terms(paragraph: etree._Element, size: float, lettering: Lettering) -> Iterator[_Term]:
    words: list[etree._Element] = []

    def width(runs: Sequence[etree._Element]) -> int:
        found = 0.0
        for run in runs:
            text = "".join(t.text or "" for t in run.iter(f"{{{W}}}t"))
            bold = run.find(f"{{{W}}}rPr/{{{W}}}rStyle") is not None
            found += (lettering.bold if bold else lettering.upright).width(text)
        return round(found * size * CENTIMETRES * _TWIPS * _SLACK)

    def spoken() -> Iterator[_Term]:
        if any((t.text or "").strip() for run in words for t in run.iter(f"{{{W}}}t")):
            yield _Term(tuple(words), (), width(words))

    for child in list(paragraph):
        if child.tag == f"{{{W}}}pPr":
            continue
        if child.tag != f"{{{M}}}oMath":
            words.append(child)
            continue
        for fraction in child.iter(f"{{{M}}}f"):
            yield from spoken()
            words = []
            over, under = (tuple(_runs(fraction, word)) for word in ("num", "den"))
            yield _Term(over, under, max(width(over), width(under)) + _MARGIN)
    yield from spoken()


def _runs(fraction: etree._Element, word: str) -> Iterator[etree._Element]:
    for text in fraction.iterfind(f"{{{M}}}{word}//{{{M}}}t"):
        run = etree.Element(f"{{{W}}}r")
        said = etree.SubElement(run, f"{{{W}}}t")
        said.text = text.text
        said.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
        yield run


def _lines(terms: Iterator[_Term], room: int) -> Iterator[list[_Term]]:
    line: list[_Term] = []
    for term in terms:
        if line and sum(t.width for t in line) + term.width > room:
            yield line
            line = []
        line.append(term)
    if line:
        yield line


def _table(
    paragraph: etree._Element, lines: Sequence[Sequence[_Term]], room: int, styles: Styles
) -> etree._Element:
    properties = paragraph.find(f"{{{W}}}pPr")
    style = styles.of(paragraph)
    aligned = styles.value(style, "pPr/jc") or "left"
    edges = sorted({0, *(edge for line in lines for edge in _edges(line, room))})
    width = edges[-1]
    indent = "" if aligned == "center" else styles.value(style, "pPr/ind", "left")
    indent_by = min(int(indent or 0), max(room - width, 0))
    table = etree.Element(f"{{{W}}}tbl")
    said = etree.SubElement(table, f"{{{W}}}tblPr")
    _sub(said, "tblStyle", val=EQUATION_TABLE)
    _sub(said, "tblW", w=str(width), type="dxa")
    if aligned == "center":
        _sub(said, "jc", val="center")
    else:
        _sub(said, "tblInd", w=str(indent_by), type="dxa")
    _sub(said, "tblLayout", type="fixed")
    margins = etree.SubElement(said, f"{{{W}}}tblCellMar")
    for side in ("top", "left", "bottom", "right"):
        _sub(margins, side, w="0", type="dxa")
    grid = etree.SubElement(table, f"{{{W}}}tblGrid")
    for left, right in pairwise(edges):
        _sub(grid, "gridCol", w=str(right - left))
    for line in lines:
        row = etree.SubElement(table, f"{{{W}}}tr")
        _sub(etree.SubElement(row, f"{{{W}}}trPr"), "cantSplit")
        at = 0
        for term, edge in zip(line, _edges(line, room, width), strict=True):
            span = sum(at < e <= edge for e in edges)
            row.append(_cell(term, edge - at, span, properties))
            at = edge
    return table


def _edges(line: Sequence[_Term], room: int, whole: int = 0) -> list[int]:
    """Where the cells of a line end; the last one where the table does."""
    ends, at = [], 0
    for term in line:
        at = min(at + term.width, room)
        ends.append(at)
    return [*ends[:-1], whole or ends[-1]]


def _cell(term: _Term, width: int, span: int, properties: etree._Element | None) -> etree._Element:
    cell = etree.Element(f"{{{W}}}tc")
    said = etree.SubElement(cell, f"{{{W}}}tcPr")
    _sub(said, "tcW", w=str(width), type="dxa")
    if span != 1:
        _sub(said, "gridSpan", val=str(span))
    _sub(said, "vAlign", val="center")
    for runs, is_over in ((term.runs, bool(term.under)), (term.under, False)):
        if runs:
            paragraph = etree.SubElement(cell, f"{{{W}}}p")
            spare = max(width - term.width, 0) if term.under else 0
            paragraph.append(_properties(properties, is_over, bool(term.under), spare))
            paragraph.extend(runs)
    return cell


def _properties(
    before: etree._Element | None, is_over: bool, is_centred: bool, spare: int
) -> etree._Element:
    """The paragraph's own properties, less what places it on the page (CT_PPr gives the order).

    ``spare`` is the room right of a bar, in twentieths of a point.
    """
    found = etree.Element(f"{{{W}}}pPr")
    for word in ("pStyle", "keepNext"):
        said = before.find(f"{{{W}}}{word}") if before is not None else None
        if said is not None:
            found.append(copy.deepcopy(said))
    if is_over:
        borders = etree.SubElement(found, f"{{{W}}}pBdr")
        _sub(borders, "bottom", **_BAR)
    _sub(found, "spacing", before="0", after="0")
    _sub(found, "ind", left="0", right=str(spare), firstLine="0")
    _sub(found, "jc", val="center" if is_centred else "left")
    return found


def _end() -> etree._Element:
    """The paragraph without which Word would make two tables one, or has no end of a cell."""
    paragraph = etree.Element(f"{{{W}}}p")
    said = etree.SubElement(paragraph, f"{{{W}}}pPr")
    _sub(said, "spacing", before="0", after="0", line="20", lineRule="exact")
    size = etree.SubElement(said, f"{{{W}}}rPr")
    for word in ("sz", "szCs"):
        _sub(size, word, val="2")
    return paragraph


def _sub(parent: etree._Element, name: str, **values: str) -> etree._Element:
    said = {f"{{{W}}}{key}": value for key, value in values.items()}
    return etree.SubElement(parent, f"{{{W}}}{name}", said)
