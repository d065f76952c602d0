"""The document's face inside a Word file: it looks the same where the face isn't installed.

ISO 29500-1, 17.8: a face is embedded under the name that the document uses, as TrueType, obfuscated
with a key. Word takes no other outlines, so those of an OpenType face are turned into TrueType's. A
face that stands in for the one that is named keeps its own name, as the licence of that one asks
for (its names are reserved): the list of faces says that each is another name of the other.
"""

from __future__ import annotations

import copy
import io
import uuid
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from lxml import etree

from ...templates.word_parts import NAMES
from . import parts as package
from .parts import R, W

_TABLE, _ = NAMES["fontTable"]
_FOLDER, _FONT = NAMES["font"]
_SETTINGS = "word/settings.xml"

_RESTRICTED, _SHOWN_ONLY, _EDITABLE, _WHOLE, _BITMAPS = 0x2, 0x4, 0x8, 0x100, 0x200
"""What the owner of a face allows (OpenType, OS/2, fsType)."""

_KEPT = ((0x20, 0x17F), (0xE00, 0xE7F), (0x2000, 0x206F), (0x20A0, 0x20CF), (0x2190, 0x22FF))
"""The signs that are kept: of Thai and Europe, punctuation, money, arrows, arithmetic.

They aren't those of one document alone, for officers go on writing in it.
"""

_LINES = (0.95, 0.235)
"""How far a line of a stand-in reaches up and down, in em.

Its own line of two em has room for marks over marks. LibreOffice cuts off what its line has more
than an exact line of less, which it parts in 80 % above and 20 % below.
"""

_BEFORE = (
    *("writeProtection", "view", "zoom", "removePersonalInformation", "removeDateAndTime"),
    *("doNotDisplayPageBoundaries", "displayBackgroundShape", "printPostScriptOverText"),
    *("printFractionalCharacterWidth", "printFormsData"),
)
"""What stands before ``embedTrueTypeFonts`` in the settings (ISO 29500-1, CT_Settings)."""


@dataclass(frozen=True, slots=True)
class EmbeddedFace:
    """A face as TrueType: its own family, its upright and its bold letters."""

    family: str
    upright: bytes
    bold: bytes


@cache
def face_of(family: str, upright: Path, bold: Path, stands_in: bool) -> EmbeddedFace | None:
    """A face ready to be embedded, made once a process; None where it may not be or can't be read.

    The lines of one that stands in for another are as high as documents need; all else of its
    letters, and all of other faces, stays as it is.
    """
    found = [truetype(path, _LINES if stands_in else None) for path in (upright, bold)]
    if found[0] is None or found[1] is None:
        return None
    return EmbeddedFace(family, found[0], found[1])


def embed(parts: dict[str, bytes], face: EmbeddedFace, names: tuple[str, ...]) -> None:
    """Put a face into a document's parts, for those of ``names`` that the document lists."""
    if _TABLE not in parts or _SETTINGS not in parts:
        return
    table = etree.fromstring(parts[_TABLE])
    listed = {str(font.get(f"{{{W}}}name")): font for font in table if _name(font) in names}
    if not listed:
        return
    if face.family not in listed:
        own = copy.deepcopy(next(iter(listed.values())))
        own.set(f"{{{W}}}name", face.family)
        table.append(own)
        listed[face.family] = own
    for font in listed.values():
        for child in [c for c in font if etree.QName(c).localname.startswith("embed")]:
            font.remove(child)
    for number, (word, data) in enumerate(
        (("embedRegular", face.upright), ("embedBold", face.bold)), start=1
    ):
        key = uuid.uuid5(uuid.NAMESPACE_OID, data.hex())
        file = f"{_FOLDER}face{number}.odttf"
        id_ = package.add(parts, _TABLE, "font", file, _FONT, obfuscated(data, key))
        said = {f"{{{R}}}id": id_, f"{{{W}}}fontKey": f"{{{str(key).upper()}}}"}
        for font in listed.values():
            etree.SubElement(font, f"{{{W}}}{word}", said)
    for name, font in listed.items():
        others = [other for other in listed if other != name]
        _set_other_name(font, face.family if name != face.family else others[0] if others else "")
    parts[_TABLE] = package.written(table)
    parts[_SETTINGS] = _embedding(parts[_SETTINGS])


def obfuscated(data: bytes, key: uuid.UUID) -> bytes:
    """A face as a Word file holds it; what is so already comes out plain (ISO 29500-1, 17.8.1)."""
    mask = key.bytes[::-1] * 2
    return bytes(one ^ other for one, other in zip(data, mask, strict=False)) + data[len(mask) :]


def _name(font: etree._Element) -> str:
    return str(font.get(f"{{{W}}}name"))


def _set_other_name(font: etree._Element, name: str) -> None:
    """Say what else a face is called; this stands first."""
    for old in font.findall(f"{{{W}}}altName"):
        font.remove(old)
    if name:
        font.insert(0, etree.Element(f"{{{W}}}altName", {f"{{{W}}}val": name}))


def _embedding(settings: bytes) -> bytes:
    root = etree.fromstring(settings)
    tag = f"{{{W}}}embedTrueTypeFonts"
    for old in root.findall(tag):
        root.remove(old)
    before = {f"{{{W}}}{name}" for name in _BEFORE}
    place = next((n for n, e in enumerate(root) if e.tag not in before), len(root))
    root.insert(place, etree.Element(tag))
    return package.written(root)


def truetype(path: Path, lines: tuple[float, float] | None = None) -> bytes | None:
    """A face as TrueType with the signs that documents may need; None where it may not be embedded.

    ``lines`` says how far a line reaches up and down, in em.
    """
    from fontTools.ttLib import TTFont, TTLibError  # only who writes a Word file waits for it

    try:
        with path.open("rb") as file, TTFont(file, fontNumber=0, recalcTimestamp=False) as font:
            if not _allowed(font["OS/2"].fsType):
                return None
            if not font["OS/2"].fsType & _WHOLE:
                _subset(font)
            if "glyf" not in font:
                _to_quadratic(font)
            if lines is not None:
                _set_lines(font, *lines)
            buffer = io.BytesIO()
            font.save(buffer)
            return buffer.getvalue()
    except (OSError, TTLibError):
        return None


def _allowed(said: int) -> bool:
    """Whether a document may hold a face and still be written in."""
    usage = said & (_RESTRICTED | _SHOWN_ONLY | _EDITABLE)
    return (not usage or bool(usage & _EDITABLE)) and not said & _BITMAPS


def _subset(font: Any) -> None:
    from fontTools import subset

    options = subset.Options()
    options.layout_features = ["*"]
    options.name_IDs = ["*"]
    options.name_languages = ["*"]
    options.notdef_outline = True
    options.drop_tables = [*options.drop_tables, "FFTM"]
    subsetter = subset.Subsetter(options)
    kept = (code for code in font.getBestCmap() if any(a <= code <= b for a, b in _KEPT))
    subsetter.populate(unicodes=kept)
    subsetter.subset(font)


def _to_quadratic(font: Any) -> None:
    """Turn the outlines into TrueType's, at most a thousandth of an em beside the old ones."""
    from fontTools.pens.cu2quPen import Cu2QuPen
    from fontTools.pens.ttGlyphPen import TTGlyphPen
    from fontTools.ttLib import newTable

    order, drawn = font.getGlyphOrder(), font.getGlyphSet()
    error = font["head"].unitsPerEm / 1000
    glyphs = {}
    for name in order:
        pen = TTGlyphPen(None)
        drawn[name].draw(Cu2QuPen(pen, error, reverse_direction=True))
        glyphs[name] = pen.glyph()
    for gone in ("CFF ", "CFF2", "VORG"):
        if gone in font:
            del font[gone]
    font["loca"], font["glyf"] = newTable("loca"), newTable("glyf")
    font["glyf"].glyphOrder, font["glyf"].glyphs = order, glyphs
    font["glyf"].compile(font)
    most = font["maxp"] = newTable("maxp")
    most.tableVersion, most.numGlyphs = 0x00010000, len(order)
    for name in _MOST:
        setattr(most, name, 0)
    most.maxZones = 1
    most.recalc(font)
    font["post"].formatType, font["post"].mapping, font["post"].extraNames = 2.0, {}, []
    font["post"].glyphOrder = order
    font.sfntVersion = "\0\1\0\0"


_MOST = (
    *("maxTwilightPoints", "maxStorage", "maxFunctionDefs", "maxInstructionDefs"),
    *("maxStackElements", "maxSizeOfInstructions", "maxComponentElements"),
)
"""What programs inside a face may need; there are none."""


def _set_lines(font: Any, up: float, down: float) -> None:
    em = font["head"].unitsPerEm
    high, low = round(em * up), round(em * down)
    across, said = font["hhea"], font["OS/2"]
    across.ascent, across.descent, across.lineGap = high, -low, 0
    said.sTypoAscender, said.sTypoDescender, said.sTypoLineGap = high, -low, 0
    said.usWinAscent, said.usWinDescent = high, low
