"""Form fields over a questionnaire's boxes and blanks, made while a page is drawn.

Boxes of which one may be ticked are one group of radio buttons, others check boxes; a blank is
a text field. A field has the name of its column and says its question (PDF 1.7, 12.7.4;
PDF/UA-1, 7.18). The sheet looks the same with fields and without: the boxes are drawn on the
page, a field draws only the tick.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pydyf
from fontTools import subset
from fontTools.ttLib import TTFont

from ...survey import AnswerColumn
from .places import BoxPlace, Rectangle

_FIELD = "_gen_field"
_FORM = "_gen_form"
_PRINT = 4
_RADIO = 1 << 15
_MULTILINE = 1 << 12
_POINTS = 72 / 25.4
_TYPED = 12
"""The size of typed text, in points."""

_THAI = range(0xA1, 0xFC)
_OFFSET = 0x0E01 - 0xA1
"""From the bytes of TIS-620 to Unicode."""


@dataclass(frozen=True, slots=True)
class _Field:
    """What becomes of one place: its column, and where its field is."""

    column: AnswerColumn
    option: str
    rectangle: Rectangle
    font: Path


def mark(
    found: Iterable[tuple[Any, BoxPlace]], columns: Mapping[str, AnswerColumn], font: Path
) -> None:
    """Ask for a field at every place; the lines of one blank are one field."""
    blanks: dict[tuple[str, int], tuple[Any, Rectangle]] = {}
    for box, place in found:
        if place.option:
            field = _Field(columns[place.column], place.option, place.rectangle, font)
            setattr(box, _FIELD, field)
        else:
            key = place.column, place.page
            first, around = blanks.get(key, (box, place.rectangle))
            blanks[key] = first, _around(around, place.rectangle)
    for (column, _), (box, rectangle) in blanks.items():
        setattr(box, _FIELD, _Field(columns[column], "", rectangle, font))


def add(box: Any, pdf: pydyf.PDF, page_number: int) -> None:
    """Make the field that a box of the layout asks for, if it asks for one and has none yet."""
    field: _Field | None = getattr(box, _FIELD, None)
    if field is None or box.widget_annotation:
        return
    page = pdf.objects[int(pdf.page_references[page_number].split()[0])]
    form = _form(pdf, field.font)
    place = _points(field.rectangle, page["MediaBox"][3])
    widget = pydyf.Dictionary(
        {
            "Type": "/Annot",
            "Subtype": "/Widget",
            "F": _PRINT,
            "Rect": pydyf.Array(place),
            "P": page.reference,
        }
    )
    pdf.add_object(widget)
    size = place[2] - place[0], place[3] - place[1]
    if not field.option:
        widget |= _blank(field.column, pdf, size)
        form.fields.append(widget.reference)
    else:
        widget |= {"AS": "/Off", "AP": _ticks(field.option, pdf, size)}
        choice = next((c.text for c in field.column.choices if c.id == field.option), "")
        words = pydyf.String(f"{field.column.label}: {choice}")
        if field.column.kind == "many":
            code = f"{field.column.code}_{field.option}"
            widget |= {"FT": "/Btn", "T": pydyf.String(code), "TU": words}
            form.fields.append(widget.reference)
        else:
            group = form.group(pdf, field.column)
            widget |= {"Parent": group.reference, "TU": words}
            group["Kids"].append(widget.reference)
    box.widget_annotation = widget
    page.setdefault("Annots", pydyf.Array()).append(widget.reference)


class _Form:
    """The fields of a document so far."""

    def __init__(self, fields: Any) -> None:
        self.fields = fields
        self._groups: dict[str, Any] = {}

    def group(self, pdf: pydyf.PDF, column: AnswerColumn) -> Any:
        """The group of radio buttons of a column."""
        if column.code not in self._groups:
            group = pydyf.Dictionary(
                {
                    "FT": "/Btn",
                    "Ff": _RADIO,
                    "T": pydyf.String(column.code),
                    "TU": pydyf.String(column.label),
                    "Kids": pydyf.Array(),
                }
            )
            pdf.add_object(group)
            self._groups[column.code] = group
            self.fields.append(group.reference)
        return self._groups[column.code]


def _form(pdf: pydyf.PDF, font: Path) -> _Form:
    if _FORM not in pdf.__dict__:
        typed = _typed_font(pdf, font)
        form = pdf.catalog.setdefault("AcroForm", pydyf.Dictionary({"Fields": pydyf.Array()}))
        form["DR"] = pydyf.Dictionary({"Font": pydyf.Dictionary({"Typed": typed.reference})})
        form["DA"] = pydyf.String(f"/Typed {_TYPED} Tf 0 g")
        pdf.__dict__[_FORM] = _Form(form["Fields"])
    found: _Form = pdf.__dict__[_FORM]
    return found


def _blank(column: AnswerColumn, pdf: pydyf.PDF, size: tuple[float, float]) -> dict[str, Any]:
    return {
        "FT": "/Tx",
        "T": pydyf.String(column.code),
        "TU": pydyf.String(column.label),
        "Ff": _MULTILINE if column.lines > 1 else 0,
        "DA": pydyf.String(f"/Typed {_TYPED} Tf 0 g"),
        "AP": pydyf.Dictionary({"N": _drawing(pdf, size, [b"/Tx BMC", b"EMC"]).reference}),
    }


def _ticks(option: str, pdf: pydyf.PDF, size: tuple[float, float]) -> Any:
    """A tick, and nothing: what a box draws when it is ticked and when it isn't."""
    width, height = size
    points = ((0.22, 0.52), (0.42, 0.28), (0.80, 0.80))
    path = [
        f"{width * x:.2f} {height * y:.2f} {'l' if index else 'm'}".encode()
        for index, (x, y) in enumerate(points)
    ]
    ticked = _drawing(pdf, size, [b"q 1.8 w 1 J 1 j 0 G", *path, b"S Q"])
    empty = _drawing(pdf, size, [])
    normal = pydyf.Dictionary({option: ticked.reference, "Off": empty.reference})
    return pydyf.Dictionary({"N": normal})


def _drawing(pdf: pydyf.PDF, size: tuple[float, float], content: list[bytes]) -> Any:
    box = pydyf.Array([0, 0, round(size[0], 2), round(size[1], 2)])
    about = {"Type": "/XObject", "Subtype": "/Form", "BBox": box, "Resources": "<<>>"}
    drawing = pydyf.Stream(content, pydyf.Dictionary(about))
    pdf.add_object(drawing)
    return drawing


def _around(one: Rectangle, other: Rectangle) -> Rectangle:
    left, top = min(one.left, other.left), min(one.top, other.top)
    right = max(one.left + one.width, other.left + other.width)
    bottom = max(one.top + one.height, other.top + other.height)
    return Rectangle(left, top, right - left, bottom - top)


def _points(place: Rectangle, height: float) -> list[float]:
    """A rectangle in points from the page's lower left corner."""
    left, top = place.left * _POINTS, height - place.top * _POINTS
    edges = (left, top - place.height * _POINTS, left + place.width * _POINTS, top)
    return [round(edge, 2) for edge in edges]


def _typed_font(pdf: pydyf.PDF, path: Path) -> Any:
    """The face of the document as a font to type with: ASCII and Thai, in bytes of TIS-620."""
    font = TTFont(io.BytesIO(path.read_bytes()))
    codes = {byte: byte for byte in range(0x20, 0x7F)}
    codes |= {byte: byte + _OFFSET for byte in _THAI}
    names = font.getBestCmap()
    codes = {byte: code for byte, code in codes.items() if code in names}
    options = subset.Options(
        layout_features=[],
        glyph_names=True,
        notdef_outline=True,
        name_IDs=[],
        hinting=False,
        drop_tables=["FFTM", "GPOS", "GSUB", "GDEF"],
    )
    subsetter = subset.Subsetter(options)
    subsetter.populate(unicodes=codes.values())
    subsetter.subset(font)
    names = font.getBestCmap()
    scale = 1000 / font["head"].unitsPerEm
    widths = [
        round(font["hmtx"][names[codes[byte]]][0] * scale) if byte in codes else 0
        for byte in range(0x20, 0x100)
    ]
    file, key, kind = _font_file(font)
    pdf.add_object(file)
    head, lines = font["head"], font["hhea"]
    edges = (head.xMin, head.yMin, head.xMax, head.yMax)
    name = "/GENAAA+" + path.stem.replace(" ", "")
    descriptor = pydyf.Dictionary(
        {
            "Type": "/FontDescriptor",
            "FontName": name,
            "Flags": 32,
            "FontBBox": pydyf.Array([round(edge * scale) for edge in edges]),
            "ItalicAngle": 0,
            "Ascent": round(lines.ascent * scale),
            "Descent": round(lines.descent * scale),
            "CapHeight": round(lines.ascent * scale),
            "StemV": 80,
            key: file.reference,
        }
    )
    pdf.add_object(descriptor)
    differences: list[Any] = []
    for byte, code in codes.items():
        differences += [byte, f"/{names[code]}"]
    to_unicode = pydyf.Stream([_to_unicode(codes)])
    pdf.add_object(to_unicode)
    typed = pydyf.Dictionary(
        {
            "Type": "/Font",
            "Subtype": kind,
            "BaseFont": name,
            "FirstChar": 0x20,
            "LastChar": 0xFF,
            "Widths": pydyf.Array(widths),
            "FontDescriptor": descriptor.reference,
            "Encoding": pydyf.Dictionary(
                {"Type": "/Encoding", "Differences": pydyf.Array(differences)}
            ),
            "ToUnicode": to_unicode.reference,
        }
    )
    pdf.add_object(typed)
    return typed


def _font_file(font: TTFont) -> tuple[Any, str, str]:
    """A font's own file as PDF embeds it: the stream, its key, and the kind of font."""
    if "CFF " in font:
        data = font.getTableData("CFF ")
        stream = pydyf.Stream([data], pydyf.Dictionary({"Subtype": "/Type1C"}), compress=True)
        return stream, "FontFile3", "/Type1"
    buffer = io.BytesIO()
    font.save(buffer)
    data = buffer.getvalue()
    stream = pydyf.Stream([data], pydyf.Dictionary({"Length1": len(data)}), compress=True)
    return stream, "FontFile2", "/TrueType"


def _to_unicode(codes: Mapping[int, int]) -> bytes:
    pairs = [f"<{byte:02X}> <{code:04X}>" for byte, code in codes.items()]
    blocks = [pairs[start : start + 100] for start in range(0, len(pairs), 100)]
    rows = [line for block in blocks for line in (f"{len(block)} beginbfchar", *block, "endbfchar")]
    return "\n".join(
        [
            "/CIDInit /ProcSet findresource begin 12 dict begin begincmap",
            "/CMapName /Typed def /CMapType 2 def",
            "1 begincodespacerange <00> <FF> endcodespacerange",
            *rows,
            "endcmap CMapName currentdict /CMap defineresource pop end end",
        ]
    ).encode()
