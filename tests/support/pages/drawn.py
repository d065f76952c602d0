"""What the pages of a PDF draw, with places: texts, the ink of their glyphs, and rules.

All lengths are in points, counted from a page's upper left corner.
"""

from __future__ import annotations

import io
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from math import hypot
from typing import Any, NamedTuple

import pikepdf
from fontTools.pens.boundsPen import BoundsPen
from fontTools.ttLib import TTFont

from generator.verify.glyphs import GlyphMap, glyph_map
from generator.verify.streams import UnpackBudget, listed
from generator.workspace.environment import installed_fonts

_OPERATORS = "q Q cm BT ET Tf Tm Td TD T* Tj TJ Ts Tc Tw Tz BDC BMC EMC re m l S s f f* B Do rg g"
_BLOCKS = ("/P", "/H1", "/H2", "/H3", "/H4", "/H5", "/H6", "/TD", "/TH", "/LI", "/LBody", "/Lbl")
_THIN = 1.5
"""A filled rectangle no taller or no wider than this is a rule."""


class Box(NamedTuple):
    """A rectangle."""

    left: float
    top: float
    right: float
    bottom: float

    def overlap(self, other: Box) -> tuple[float, float]:
        """How far two rectangles reach into each other, across and down; below 0 is a distance."""
        return (
            min(self.right, other.right) - max(self.left, other.left),
            min(self.bottom, other.bottom) - max(self.top, other.top),
        )


class Glyph(NamedTuple):
    """A drawn glyph: what it stands for, and its ink."""

    letters: str
    ink: Box


@dataclass(frozen=True, slots=True)
class Place:
    """Where in the structure a text stands: its block, its row and table (0 where in none)."""

    block: int
    tag: str
    row: int = 0
    table: int = 0


@dataclass(slots=True)
class Piece:
    """A text as it is drawn, in one line. ``place`` is None for heads and feet of pages."""

    text: str
    size: float
    left: float
    baseline: float
    place: Place | None
    glyphs: list[Glyph] = field(default_factory=list)
    right: float = 0.0

    @property
    def ink(self) -> Box:
        """What all glyphs cover."""
        boxes = [glyph.ink for glyph in self.glyphs if glyph.ink.right > glyph.ink.left]
        if not boxes:
            return Box(self.left, self.baseline, self.left, self.baseline)
        lefts, tops, rights, bottoms = zip(*boxes, strict=True)
        return Box(min(lefts), min(tops), max(rights), max(bottoms))


@dataclass(slots=True)
class Sheet:
    """A page."""

    width: float
    height: float
    pieces: list[Piece] = field(default_factory=list)
    rules: list[Box] = field(default_factory=list)
    pictures: list[Box] = field(default_factory=list)


def sheets(data: bytes) -> list[Sheet]:
    """The pages of a PDF."""
    with pikepdf.open(io.BytesIO(data)) as pdf:
        places = _places(pdf)
        fonts: dict[Any, _Font] = {}
        return [_Reader(page, places, fonts).read() for page in pdf.pages]


def said(data: bytes) -> str:
    """The finished text that a document of ours carries; nothing in other PDFs."""
    with pikepdf.open(io.BytesIO(data)) as pdf:
        found = pdf.attachments.get("text.txt")
        return found.get_file().read_bytes().decode() if found is not None else ""


@dataclass(frozen=True, slots=True)
class _Font:
    letters: GlyphMap
    widths: dict[int, float]
    default: float
    face: str
    by_glyph: bool

    def ink(self, code: int, letters: str) -> tuple[float, float, float, float] | None:
        return _ink(self.face, code if self.by_glyph else None, letters)


def _font(font: Any) -> _Font:
    letters = glyph_map(font, UnpackBudget())
    face = str(font.get("/BaseFont", "/")).lstrip("/").partition("+")[2]
    widths: dict[int, float] = {}
    if font.get("/Subtype") == "/Type0":
        inner = font.DescendantFonts[0]
        entries = list(inner.get("/W", []))
        while entries:
            first, then = int(entries.pop(0)), entries.pop(0)
            if isinstance(then, pikepdf.Array):
                widths |= {first + n: float(w) for n, w in enumerate(then)}
            else:
                widths |= dict.fromkeys(range(first, int(then) + 1), float(entries.pop(0)))
        embedded = inner.get("/FontDescriptor", {})
        ours = embedded.get("/FontFile3", {}).get("/Subtype") == "/OpenType"
        ours = ours or str(embedded.get("/FontFamily", "")) != ""
        return _Font(letters, widths, float(inner.get("/DW", 1000)), face, ours)
    first = int(font.get("/FirstChar", 0))
    widths = {first + n: float(w) for n, w in enumerate(font.get("/Widths", []))}
    return _Font(letters, widths, 500.0, face, by_glyph=False)


@cache
def _face(name: str) -> tuple[Any, dict[int, str], Any, float] | None:
    wanted = name.replace("-", "").replace(" ", "").lower()
    for font in installed_fonts():
        for style in (font.style, "" if font.style in ("Regular", "Book") else font.style):
            if (font.family + style).replace(" ", "").lower() == wanted:
                opened = TTFont(font.path, lazy=True)
                units = opened["head"].unitsPerEm
                return opened, opened.getBestCmap(), opened.getGlyphSet(), float(units)
    return None


@cache
def _ink(face: str, code: int | None, letters: str) -> tuple[float, float, float, float] | None:
    """What a glyph of size 1 covers, up from its baseline; None where it covers nothing."""
    found = _face(face)
    if found is None:
        return (0.0, 0.0, 0.45, 0.5) if letters.strip() else None
    opened, by_letter, outlines, units = found
    name = opened.getGlyphName(code) if code is not None else by_letter.get(ord(letters[0]))
    if name is None:
        return None
    pen = BoundsPen(outlines)
    outlines[name].draw(pen)
    return None if pen.bounds is None else tuple(value / units for value in pen.bounds)


def _roles(pdf: pikepdf.Pdf) -> Any:
    """What the tags of other programs stand for, such as names of Word's styles."""
    tree: Any = pdf.Root.get("/StructTreeRoot")
    found = tree.get("/RoleMap") if tree is not None else None
    return found if found is not None else {}


def _places(pdf: pikepdf.Pdf) -> dict[tuple[int, int], Place]:
    """The block of each marked content: by page (its object's number) and its own number."""
    found: dict[tuple[int, int], Place] = {}
    count = iter(range(1, 1 << 30))
    roles = {str(own): str(role) for own, role in _roles(pdf).items()}

    def walk(element: Any, page: int, place: Place) -> None:
        tag = str(element.get("/S", ""))
        while tag in roles and tag not in _BLOCKS:
            tag = roles.pop(tag) if roles[tag] == tag else roles[tag]
        if tag == "/Table":
            place = Place(0, tag, 0, next(count))
        elif tag == "/TR":
            place = Place(0, tag, next(count), place.table)
        elif tag in _BLOCKS:
            place = Place(next(count), tag, place.row, place.table)
        own = element.get("/Pg")
        page = own.objgen[0] if own is not None else page
        for kid in listed(element.get("/K")):
            if isinstance(kid, int):
                found[page, kid] = place
            elif kid.get("/Type") == "/MCR":
                other = kid.get("/Pg")
                found[other.objgen[0] if other is not None else page, int(kid.MCID)] = place
            elif kid.get("/Type") != "/OBJR":
                walk(kid, page, place)

    if "/StructTreeRoot" in pdf.Root:
        for element in listed(pdf.Root.StructTreeRoot.get("/K")):
            walk(element, 0, Place(0, ""))
    return found


Matrix = tuple[float, float, float, float, float, float]


def _times(one: Matrix, two: Matrix) -> Matrix:
    a, b, c, d, e, f = one
    g, h, i, j, k, m = two
    return (
        *(a * g + b * i, a * h + b * j, c * g + d * i, c * h + d * j),
        *(e * g + f * i + k, e * h + f * j + m),
    )


class _Mark(NamedTuple):
    number: int | None
    artifact: bool
    claimed: str | None


class _Reader:
    """Reads what one page draws."""

    def __init__(
        self, page: Any, places: dict[tuple[int, int], Place], fonts: dict[Any, _Font]
    ) -> None:
        left, bottom, right, top = (float(v) for v in page.mediabox)
        self._sheet = Sheet(right - left, top - bottom)
        self._page, self._places, self._fonts = page, places, fonts
        self._matrix: Matrix = (1, 0, 0, 1, 0, 0)
        self._text: Matrix = (1, 0, 0, 1, 0, 0)
        self._line: Matrix = (1, 0, 0, 1, 0, 0)
        self._font: _Font | None = None
        self._size = self._rise = self._leading = 0.0
        self._spacing = self._word_spacing = 0.0
        self._scale = 1.0
        self._dark = True
        self._marks: list[_Mark] = []
        self._piece: Piece | None = None
        self._path: list[tuple[float, float]] = []
        self._rectangles: list[Box] = []

    def read(self) -> Sheet:
        self._content(self._page, self._page.obj.get("/Resources"))
        return self._sheet

    def _content(self, content: Any, resources: Any) -> None:
        saved: list[tuple[Any, ...]] = []
        for instruction in pikepdf.parse_content_stream(content, _OPERATORS):
            operands, operator = instruction.operands, str(instruction.operator)
            match operator:
                case "q":
                    saved.append((self._matrix, self._font, self._size, self._dark))
                case "Q":
                    self._matrix, self._font, self._size, self._dark = saved.pop()
                case "cm":
                    self._matrix = _times(_numbers(operands), self._matrix)
                case "BDC" | "BMC":
                    self._open(operands)
                case "EMC":
                    self._close()
                case "rg" | "g":
                    self._dark = min(float(v) for v in operands) < 0.6
                case "re":
                    x, y, w, h = (float(v) for v in operands)
                    (left, top), (right, bottom) = self._at(x, y), self._at(x + w, y + h)
                    box = (min(left, right), min(top, bottom), max(left, right), max(top, bottom))
                    self._rectangles.append(Box(*box))
                case "m":
                    self._path = [self._at(float(operands[0]), float(operands[1]))]
                case "l":
                    self._path.append(self._at(float(operands[0]), float(operands[1])))
                case "S" | "s":
                    self._stroke()
                case "f" | "f*" | "B":
                    self._fill()
                case "Do":
                    self._do(str(operands[0]), resources)
                case _:
                    self._set_text(operator, operands, resources)

    def _at(self, x: float, y: float) -> tuple[float, float]:
        a, b, c, d, e, f = self._matrix
        return a * x + c * y + e, self._sheet.height - (b * x + d * y + f)

    def _stroke(self) -> None:
        for (x, y), (u, v) in zip(self._path, self._path[1:], strict=False):
            if abs(x - u) < _THIN or abs(y - v) < _THIN:
                self._sheet.rules.append(Box(min(x, u), min(y, v), max(x, u), max(y, v)))
        self._path, self._rectangles = [], []

    def _fill(self) -> None:
        if len(self._path) > 2:
            across, down = zip(*self._path, strict=True)
            self._rectangles.append(Box(min(across), min(down), max(across), max(down)))
        for box in self._rectangles:
            if self._dark and min(box.right - box.left, box.bottom - box.top) < _THIN:
                self._sheet.rules.append(box)
        self._path, self._rectangles = [], []

    def _do(self, name: str, resources: Any) -> None:
        drawing = resources.get("/XObject", {}).get(name)
        if drawing is None or drawing.get("/Subtype") != "/Form":
            (left, bottom), (right, top) = self._at(0, 0), self._at(1, 1)
            box = (min(left, right), min(top, bottom), max(left, right), max(top, bottom))
            self._sheet.pictures.append(Box(*box))
            return
        before, marks = self._matrix, len(self._marks)
        matrix = drawing.get("/Matrix")
        if matrix is not None:
            self._matrix = _times(_numbers(matrix), self._matrix)
        self._content(drawing, drawing.get("/Resources", resources))
        self._matrix, self._marks = before, self._marks[:marks]

    def _open(self, operands: Any) -> None:
        above = self._marks[-1] if self._marks else _Mark(None, False, None)
        number, claimed = above.number, above.claimed
        artifact = above.artifact or str(operands[0]) == "/Artifact"
        if len(operands) > 1 and isinstance(operands[1], pikepdf.Dictionary):
            number = int(operands[1].get("/MCID", -1 if number is None else number))
            if "/ActualText" in operands[1]:
                claimed = str(operands[1]["/ActualText"])
                self._piece = None
        self._marks.append(_Mark(number, artifact, claimed))

    def _close(self) -> None:
        if self._marks:
            self._marks.pop()
        self._piece = None

    def _set_text(self, operator: str, operands: Any, resources: Any) -> None:
        match operator:
            case "BT":
                self._text = self._line = (1, 0, 0, 1, 0, 0)
            case "Tf":
                found = resources["/Font"][str(operands[0])]
                if found.objgen not in self._fonts:
                    self._fonts[found.objgen] = _font(found)
                self._font, self._size = self._fonts[found.objgen], float(operands[1])
            case "Tm":
                self._text = self._line = _numbers(operands)
            case "Td" | "TD":
                x, y = float(operands[0]), float(operands[1])
                if operator == "TD":
                    self._leading = -y
                self._text = self._line = _times((1, 0, 0, 1, x, y), self._line)
            case "T*":
                self._text = self._line = _times((1, 0, 0, 1, 0, -self._leading), self._line)
            case "Ts":
                self._rise = float(operands[0])
            case "Tc":
                self._spacing = float(operands[0])
            case "Tw":
                self._word_spacing = float(operands[0])
            case "Tz":
                self._scale = float(operands[0]) / 100
            case "Tj" | "TJ":
                self._show(operands[0] if operator == "TJ" else [operands[0]])

    def _show(self, shown: Any) -> None:
        font = self._font
        assert font is not None
        mark = self._marks[-1] if self._marks else _Mark(None, False, None)
        whole = _times(self._text, self._matrix)
        size = self._size * hypot(whole[2], whole[3])
        if self._piece is None or not mark.claimed:
            place = None
            if not mark.artifact and mark.number is not None:
                place = self._places.get((self._page.obj.objgen[0], mark.number))
            self._piece = Piece(
                mark.claimed or "", size, whole[4], self._sheet.height - whole[5], place
            )
            self._sheet.pieces.append(self._piece)
        piece = self._piece

        def place_of(along: float, up: float) -> tuple[float, float]:
            """Where a point is drawn; words may stand upright."""
            right, down = self._scale * along, up + self._rise
            return (
                whole[4] + whole[0] * right + whole[2] * down,
                self._sheet.height - whole[5] - whole[1] * right - whole[3] * down,
            )

        moved = 0.0
        for item in shown:
            if not isinstance(item, pikepdf.String):
                moved -= float(item) / 1000 * self._size
                continue
            codes, wide = bytes(item), font.letters.width
            for start in range(0, len(codes), wide):
                code = int.from_bytes(codes[start : start + wide])
                letters = font.letters.letters.get(code, "")
                ink = font.ink(code, letters) if letters else None
                if ink is not None:
                    left, low, right, high = (value * self._size for value in ink)
                    xs, ys = zip(
                        place_of(moved + left, low), place_of(moved + right, high), strict=True
                    )
                    piece.glyphs.append(Glyph(letters, Box(min(xs), min(ys), max(xs), max(ys))))
                if not mark.claimed:
                    piece.text += letters
                moved += font.widths.get(code, font.default) / 1000 * self._size + self._spacing
                if letters == " ":
                    moved += self._word_spacing
        piece.right = place_of(moved, 0.0)[0]
        self._text = _times((1, 0, 0, 1, moved * self._scale, 0), self._text)


def _numbers(operands: Any) -> Matrix:
    a, b, c, d, e, f = (float(v) for v in operands)
    return a, b, c, d, e, f


def by_place(pages: list[Sheet]) -> Iterator[list[tuple[int, Piece]]]:
    """The pieces of each block, with their pages, in the order in which they are drawn."""
    found: dict[int, list[tuple[int, Piece]]] = defaultdict(list)
    for number, sheet in enumerate(pages, start=1):
        for piece in sheet.pieces:
            if piece.place is not None and piece.place.block:
                found[piece.place.block].append((number, piece))
    yield from found.values()
