"""The context through a Word template to bytes.

Only the dynamic parts are rendered; the rest of the template is copied as it is. The
archive is written with sorted entries and one fixed date, so that equal contexts give
equal bytes.
"""

from __future__ import annotations

import io
import itertools
import re
import struct
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import UTC, datetime, time
from typing import Any

from docx.opc.coreprops import CoreProperties
from docx.oxml.coreprops import CT_CoreProperties
from lxml import etree

from ...agreements import record
from ...documents.chart import WallChart
from ...documents.common import Picture, Properties
from ...documents.parts.pages import CHARTS, UPRIGHT, PageFormat
from ...templates.docx import WordTemplate
from ...templates.word_parts import CODE, CORE, DOCUMENT, EMBLEM, NAMES
from ...typesetting.lettering import AVERAGE, Lettering
from .. import qr_code
from . import carried, fractions, heads, joins, numbering, papers, titles
from .embedding import EmbeddedFace, embed
from .justified import set_justified
from .looks import drop_empty_runs, keep_with_before
from .parts import add, inner, written
from .styles import Styles

STYLES = "word/styles.xml"
W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
WP = "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"
A = "http://schemas.openxmlformats.org/drawingml/2006/main"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"

MAX_WIDTH = round(UPRIGHT.text_width * 360_000)
"""The width of a page's text in English Metric Units, of which a centimetre has 360,000."""

_ROW, _CELL, _OF_CELL, _SPAN, _WIDE = (
    f"{{{W}}}{name}" for name in ("tr", "tc", "tcPr", "gridSpan", "tcW")
)
_W, _VAL, _TYPE = (f"{{{W}}}{name}" for name in ("w", "val", "type"))
_DATE = (1980, 1, 1, 0, 0, 0)
_MAX_PROPERTY = 255
_WHOLE = 5000
"""What Word calls the whole width, in fiftieths of a percent (ISO 29500-1, ST_TblWidth)."""

_CELL_MARGIN = 108
"""Word's own margin left and right in a cell, in twentieths of a point."""

_WIDTHS = re.compile(r"(\d[\d. ]*?)( small)?")
_BEYOND = 101
_SMALL = "20"
"""The least size of letters, in half points."""

_SMALL_LINE = "260"
"""A line of these, in twentieths of a point."""

_AFTER_SPACING = {f"{{{W}}}{name}" for name in ("ind", "jc", "outlineLvl", "rPr", "sectPr")}
"""What may stand after a paragraph's spacing (ISO 29500-1, CT_PPr), of what templates have."""


@dataclass(frozen=True, slots=True)
class DocxWriter:
    """Writes documents of one kind from a compiled template."""

    template: WordTemplate
    face: EmbeddedFace | None = None
    """The face to embed, where the template lists one of ``named``."""

    named: tuple[str, ...] = ()
    lettering: Lettering = AVERAGE

    def write(self, context: Any, made_of: record.SourceRecord | None = None) -> bytes:
        """The document as DOCX, with the source that it was made from. Raises TemplateFault."""
        values = {field.name: getattr(context, field.name) for field in fields(context)}
        parts = dict(self.template.static)
        count = itertools.count(1)
        styles = Styles(_styles(parts[STYLES], context))
        roots: dict[str, etree._Element] = {}
        for name in sorted(self.template.dynamic):
            root = roots[name] = self.template.rendered(name, values)
            # Word wants every picture of a document to have a number of its own.
            for picture in root.iter(f"{{{WP}}}docPr"):
                picture.set("id", str(next(count)))
            drop_empty_runs(root)
            if name == DOCUMENT:
                if (large := _large_page(context)) is not None:
                    papers.set_page(root, large[0])
                self._finish(root, styles, getattr(context, "emblem", None))
                lettering = self.lettering.naming(context.page.named)
                titles.balance(root, styles, lettering)
                heads.make_room(root, styles, lettering)
                joins.join(root, styles, lettering)
                keep_with_before(root)
        self._number(parts, roots, styles)
        parts |= {name: written(root) for name, root in roots.items()}
        parts[STYLES] = styles.used_alone(roots.values())
        emblem: Picture | None = getattr(context, "emblem", None)
        if emblem is not None:
            parts[EMBLEM] = emblem.data
        parts[CODE] = qr_code.png(context.page.id)
        if self.face is not None:
            embed(parts, self.face, self.named)
        if made_of is not None:
            carried.put(parts, made_of)
        parts.pop(CORE, None)
        parts[CORE] = core_properties(context.properties, context.page.id, record.seal(parts))
        return pack(parts)

    def _number(
        self, parts: dict[str, bytes], roots: Mapping[str, etree._Element], styles: Styles
    ) -> None:
        """Make lists of the items of lists, unless the template has lists of its own."""
        name, kind = NAMES["numbering"]
        if name not in parts and (lists := numbering.number([roots[DOCUMENT]], styles)):
            add(parts, DOCUMENT, "numbering", name, kind, lists)

    def _finish(self, root: etree._Element, styles: Styles, emblem: Picture | None) -> None:
        # Outer tables come first: how wide a cell is, is known when its own tables are fitted.
        for table in root.iter(f"{{{W}}}tbl"):
            _fit_width(table)
            widths, is_small = _widths(table)
            _widen(table, sum(widths))
            fit_columns(table, widths)
            if is_small:
                _shrink(table)
        fractions.set_as_tables(root, styles, self.lettering)
        drop_empty_end(root)
        if emblem is not None:
            for drawing in root.iter(f"{{{WP}}}inline", f"{{{WP}}}anchor"):
                blip = next(drawing.iter(f"{{{A}}}blip"), None)
                if blip is not None and blip.get(f"{R}embed") in self.template.emblems:
                    _fit_picture(drawing, emblem)


def _styles(template: bytes, context: Any) -> bytes:
    """The template's styles as this document has them."""
    found = set_justified(template, justified=context.page.justified)
    large = _large_page(context)
    return found if large is None else papers.sized(found, *large)


def _large_page(context: Any) -> tuple[PageFormat, float] | None:
    """The page of what stands on one large page, and the size of its letters."""
    if not isinstance(context, WallChart):
        return None
    return papers.in_word(CHARTS[context.paper], context.letters)


def fit_columns(table: etree._Element, widths: Sequence[float] = ()) -> None:
    """Give a table its grid and the cells their widths, in parts of the table's own width.

    ``widths`` are the columns' parts; without them the widths of the cells in the longest
    row are. A row that ends early spans to the last column.
    """
    rows = [list(row.iterchildren(_CELL)) for row in table.iterchildren(_ROW)]
    longest = max(rows, key=lambda cells: (sum(map(_span, cells)), len(cells)), default=[])
    parts = list(widths) or [_width(c) / _span(c) for c in longest for _ in range(_span(c))]
    stated = table.find(f"{{{W}}}tblPr/{{{W}}}tblW")
    total = int(stated.get(f"{{{W}}}w", "0")) if stated is not None else 0
    whole = sum(parts, 0.0)
    scale = total / whole if total and whole else 1.0
    edges = [round(sum(parts[:n]) * scale) for n in range(len(parts) + 1)]
    columns = [right - left for left, right in itertools.pairwise(edges)]
    grid = table.find(f"{{{W}}}tblGrid")
    assert grid is not None
    grid[:] = [etree.Element(f"{{{W}}}gridCol", {f"{{{W}}}w": str(c)}) for c in columns]
    for cells in rows:
        position = 0
        for cell in cells:
            span = _span(cell)
            if cell is cells[-1] and position + span < len(columns):
                span = len(columns) - position
                _set(cell, _SPAN, _VAL, span)
            _set(cell, _WIDE, _W, sum(columns[position : position + span]))
            position += span


def _fit_width(table: etree._Element) -> None:
    """Give a table that is as wide as its cell or page (in percent) a width of its own."""
    stated = table.find(f"{{{W}}}tblPr/{{{W}}}tblW")
    if stated is None or stated.get(f"{{{W}}}type") != "pct":
        return
    outer = table.getparent()
    assert outer is not None
    if outer.tag == f"{{{W}}}tc":
        room = _width(outer) - _sides(next(outer.iterancestors(f"{{{W}}}tbl")))
    else:
        sections = table.xpath("following::w:sectPr", namespaces={"w": W})
        size, margins = (sections[0].find(f"{{{W}}}{name}") for name in ("pgSz", "pgMar"))
        room = _number(size, "w") - _number(margins, "left") - _number(margins, "right")
    width = room * _number(stated, "w") / _WHOLE
    stated.set(f"{{{W}}}type", "dxa")
    stated.set(f"{{{W}}}w", str(round(width)))


def _sides(table: etree._Element) -> float:
    """The inner margins of a table's cells, left and right, as the table itself states them."""
    sides = (table.find(f"{{{W}}}tblPr/{{{W}}}tblCellMar/{{{W}}}{n}") for n in ("left", "right"))
    return sum(_number(side, "w") if side is not None else _CELL_MARGIN for side in sides)


def _number(element: etree._Element, name: str) -> float:
    return float(element.get(f"{{{W}}}{name}", "0"))


def _widths(table: etree._Element) -> tuple[Sequence[float], bool]:
    """The widths that a table's title gives (``{% widths … %}`` in Word), and if it is small."""
    title = table.find(f"{{{W}}}tblPr/{{{W}}}tblCaption")
    found = _WIDTHS.fullmatch(title.get(f"{{{W}}}val", "")) if title is not None else None
    if title is None or found is None:
        return (), False
    properties = title.getparent()
    assert properties is not None
    properties.remove(title)
    return [float(width) for width in found[1].split()], found[2] is not None


def _widen(table: etree._Element, percent: float) -> None:
    """Let a table take some of both margins, where its widths add up to more than the text's."""
    stated = table.find(f"{{{W}}}tblPr/{{{W}}}tblW")
    if stated is None or percent < _BEYOND:
        return
    stated.set(f"{{{W}}}w", str(round(_number(stated, "w") * percent / 100)))
    aligned = etree.Element(f"{{{W}}}jc", {f"{{{W}}}val": "center"})
    stated.addnext(aligned)


def _shrink(table: etree._Element) -> None:
    """Set a table in the least size of letters: 10 points."""
    for run in table.iter(f"{{{W}}}r"):
        properties = run.find(f"{{{W}}}rPr")
        if properties is None:
            properties = etree.Element(f"{{{W}}}rPr")
            run.insert(0, properties)
        for name in ("sz", "szCs"):
            etree.SubElement(properties, f"{{{W}}}{name}", {f"{{{W}}}val": _SMALL})
    for paragraph in table.iter(f"{{{W}}}p"):
        said = paragraph.find(f"{{{W}}}pPr")
        if said is not None and said.find(f"{{{W}}}spacing") is None:
            place = next((n for n, e in enumerate(said) if e.tag in _AFTER_SPACING), len(said))
            spacing = {f"{{{W}}}line": _SMALL_LINE, f"{{{W}}}lineRule": "exact"}
            said.insert(place, etree.Element(f"{{{W}}}spacing", spacing))


def drop_empty_end(root: etree._Element) -> None:
    """Take out a last section in which nothing stands: it would be an empty page."""
    body = root.find(f"{{{W}}}body")
    assert body is not None
    trailing: list[etree._Element] = []
    for element in reversed(list(body)[:-1]):
        if element.tag != f"{{{W}}}p" or element.findtext(f".//{{{W}}}t"):
            return
        section = element.find(f"{{{W}}}pPr/{{{W}}}sectPr")
        trailing.append(element)
        if section is not None:
            body.replace(body[-1], section)
            for paragraph in trailing:
                body.remove(paragraph)
            return


def _span(cell: etree._Element) -> int:
    found = inner(cell, _OF_CELL, _SPAN)
    return int(found.get(_VAL, "1")) if found is not None else 1


def _width(cell: etree._Element) -> float:
    found = inner(cell, _OF_CELL, _WIDE)
    return float(found.get(_W, "0")) if found is not None else 0.0


def _set(cell: etree._Element, tag: str, attribute: str, value: int) -> None:
    """Set a cell's width or span; tcW stands first, gridSpan after it (ISO 29500-1, CT_TcPr)."""
    properties = inner(cell, _OF_CELL)
    if properties is None:
        properties = etree.Element(_OF_CELL)
        cell.insert(0, properties)
    found = inner(properties, tag)
    if found is None:
        found = etree.Element(tag)
        properties.insert(1, found)
    if tag == _WIDE:
        properties.insert(0, found)
        found.set(_TYPE, "dxa")
    found.set(attribute, str(value))


def _fit_picture(inline: etree._Element, picture: Picture) -> None:
    """Keep the template's height, or as much as the text's width lets; keep the proportion."""
    width, height = png_size(picture.data)
    for name in (f"{{{WP}}}extent", f"{{{A}}}ext"):
        for extent in inline.iter(name):
            if extent.get("cy") is not None:
                tall = min(int(extent.get("cy", "0")), MAX_WIDTH * height // width)
                extent.set("cx", str(round(tall * width / height)))
                extent.set("cy", str(tall))


def png_size(data: bytes) -> tuple[int, int]:
    """Width and height of a PNG picture, in pixels (PNG, 11.2.2 IHDR)."""
    width, height = struct.unpack(">II", data[16:24])
    return max(width, 1), max(height, 1)


def core_properties(properties: Properties, identifier: str = "", seal: str = "") -> bytes:
    """``docProps/core.xml``; nothing in it depends on when or by whom it was made.

    ``seal`` is kept as the version: whoever edits the document leaves it and changes the parts.
    """
    element = CT_CoreProperties.new()
    core = CoreProperties(element)
    day = datetime.combine(properties.day, time(), UTC).replace(tzinfo=None)
    core.title = properties.title[:_MAX_PROPERTY]
    core.subject = properties.subject[:_MAX_PROPERTY]
    core.author = core.last_modified_by = properties.author[:_MAX_PROPERTY]
    core.language = properties.language
    core.identifier = identifier
    core.version = seal
    core.created = core.modified = day
    core.revision = 1
    return etree.tostring(element, xml_declaration=True, encoding="UTF-8", standalone=True)


def pack(parts: dict[str, bytes]) -> bytes:
    """The parts as a .docx archive, the same bytes for the same parts."""
    buffer = io.BytesIO()
    names = sorted(parts, key=lambda name: (name != "[Content_Types].xml", name))
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in names:
            info = zipfile.ZipInfo(name, _DATE)
            info.compress_type = zipfile.ZIP_DEFLATED
            info.create_system = 0
            archive.writestr(info, parts[name])
    return buffer.getvalue()
