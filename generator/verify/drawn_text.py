"""What the pages of a PDF draw: every text, what it claims to read, and its place in the tree."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from operator import attrgetter
from typing import Any, NamedTuple

import pikepdf

from ..messages import message
from . import plain_content
from .glyphs import GlyphMap, glyph_map
from .known_streams import STREAMS, DrawnPiece, KnownStream
from .plain_content import DrawnInstruction
from .streams import BROKEN, UnpackBudget, identity, is_dictionary, listed

_MARKS = "BDC BMC EMC"
_GLYPHS = f"{_MARKS} Tj TJ ' \" Tf Tr gs q Q Do"
_SHOWING = {"Tj", "TJ", "'", '"'}
_INVISIBLE = {3, 7}
_NESTED = 8
MAX_PAGE = 4 << 20
"""How much may be drawn on a page, in bytes."""


@dataclass(frozen=True, slots=True)
class DrawnText:
    """A piece of drawn text.

    ``number`` is the marked content it belongs to, ``claimed`` its ActualText (None where
    it claims nothing), ``drawn`` what its glyphs stand for (where they were looked at).
    """

    page: int
    number: int | None
    artifact: bool
    claimed: str | None
    drawn: str
    hidden: bool


@dataclass(slots=True)
class _Piece:
    number: int | None
    artifact: bool
    claimed: str | None
    drawn: list[str] = field(default_factory=list)
    hidden: bool = False

    def told(self) -> DrawnPiece:
        """The piece, once all of it is drawn."""
        artifact = self.artifact and self.number is None
        return DrawnPiece(self.number, artifact, self.claimed, "".join(self.drawn), self.hidden)


class _Mark(NamedTuple):
    """An open marked content."""

    number: int | None = None
    artifact: bool = False
    piece: _Piece | None = None


@dataclass(frozen=True, slots=True)
class _State:
    font: GlyphMap = field(default_factory=GlyphMap)
    hidden: bool = False
    name: str = ""


def text_runs(pdf: pikepdf.Pdf, budget: UnpackBudget, *, glyphs: bool) -> Iterator[DrawnText]:
    """All text that the pages draw, in the order it is drawn. Pages are counted from 1.

    Without ``glyphs`` only what claims to be text, which takes half the time.
    """
    fonts = _Fonts(budget)
    for page_number, page in enumerate(pdf.pages, start=1):
        for piece in _page(page, page_number, fonts, budget, glyphs):
            yield DrawnText(page_number, *_PIECE(piece))


_PIECE = attrgetter("number", "artifact", "claimed", "drawn", "hidden")


def _page(
    page: Any, number: int, fonts: _Fonts, budget: UnpackBudget, glyphs: bool
) -> Iterator[DrawnPiece]:
    """What a page draws. All its streams but the last may be known."""
    contents, resources = listed(page.obj.get("/Contents")), page.obj.get("/Resources")
    known: list[KnownStream] = []
    if glyphs and is_dictionary(resources):
        for stream in contents[:-1]:
            if (found := _alone(stream, resources, fonts, budget)) is None:
                break
            known.append(found)
    rest = [budget.unpack(stream) for stream in contents[len(known) :]]
    sizes = [found.unpacked for found in known] + list(map(len, rest))
    if sum(sizes) > MAX_PAGE:
        raise ValueError(message("page-draws-too-much", page=str(number), most=MAX_PAGE >> 20))
    reader = _Reader(fonts, budget, _GLYPHS if glyphs else _MARKS)
    if len(rest) > 1 or not known:
        known = []
        reader.read(page, resources, ())
    else:
        reader.read(contents[-1], resources, (), rest[0])
    for found in known:
        yield from found.pieces
    for piece in reader.pieces:
        yield piece.told()


def _alone(stream: Any, resources: Any, fonts: _Fonts, budget: UnpackBudget) -> KnownStream | None:
    """What a stream of a page says by itself; None where that depends on what stands beside it."""
    packed = budget.packed(stream)
    if packed is None:
        return None
    key = hashlib.sha256(packed).digest()
    found = STREAMS.get(key)
    if found is not None and _same(found, resources, fonts):
        budget.count(found.unpacked)
        return found
    content = budget.unpack(stream)
    if not (content.startswith(b"q\n") and content.endswith(b"\nQ")):
        return None
    reader = _Reader(fonts, budget, _GLYPHS)
    try:
        reader.read(stream, resources, (), content)
    except BROKEN:
        return None
    found = reader.closed(len(content), resources)
    if found is not None:
        STREAMS.put(key, found)
    return found


def _same(known: KnownStream, resources: Any, fonts: _Fonts) -> bool:
    """Whether names mean in this file what they meant where the stream was read."""
    return all(not _chooses(resources, *name) for name in known.plain) and all(
        (font := fonts.named(resources, name)).width == width and font.letters_of(codes) == letters
        for name, (width, codes, letters) in known.letters.items()
    )


def _chooses(resources: Any, kind: str, name: str) -> bool:
    """Whether a graphics state chooses a font, or a drawing may hold text."""
    found = _resource(resources, kind, name)
    if kind == _STATES:
        return is_dictionary(found) and "/Font" in found
    return isinstance(found, pikepdf.Stream) and found.get("/Subtype") == "/Form"


_STATES, _DRAWINGS = "/ExtGState", "/XObject"


class _Fonts:
    """The glyph maps of a file's fonts."""

    def __init__(self, budget: UnpackBudget) -> None:
        self._budget = budget
        self._maps: dict[tuple[int, int] | None, GlyphMap] = {}
        self._named: dict[tuple[Any, str], GlyphMap] = {}

    def named(self, resources: Any, name: str) -> GlyphMap:
        """The map of the font that a name means."""
        key = identity(resources), name
        found = self._named.get(key)
        if found is None:
            found = self.map(_resource(resources, "/Font", name))
            if key[0] is not None:
                self._named[key] = found
        return found

    def map(self, font: Any) -> GlyphMap:
        """The map of a font."""
        if not is_dictionary(font):
            return GlyphMap()
        key = identity(font)
        if key is None or key not in self._maps:
            self._maps[key] = glyph_map(font, self._budget)
        return self._maps[key]


class _Reader:
    """Reads the content of one page or stream, and of the forms it draws."""

    def __init__(self, fonts: _Fonts, budget: UnpackBudget, operators: str) -> None:
        self.pieces: list[_Piece] = []
        self._operators = operators
        self._fonts = fonts
        self._budget = budget
        self._marks: list[_Mark] = []
        self._state = _State()
        self._loose = False
        """Whether it takes up or leaves what stands beside it."""
        self._shown: dict[str, list[bytes]] = {}
        self._plain: dict[tuple[str, str], None] = {}

    def closed(self, unpacked: int, resources: Any) -> KnownStream | None:
        """What was read, where it depends on nothing but its fonts' letters."""
        if self._loose or self._marks or "" in self._shown:
            return None
        letters = {}
        for name, shown in self._shown.items():
            font = self._fonts.named(resources, name)
            codes = tuple(dict.fromkeys(code for codes in shown for code in font.codes(codes)))
            letters[name] = font.width, codes, font.letters_of(codes)
        pieces = tuple(piece.told() for piece in self.pieces)
        return KnownStream(unpacked, pieces, letters, tuple(self._plain))

    def read(
        self, content: Any, resources: Any, within: tuple[Any, ...], unpacked: bytes | None = None
    ) -> None:
        """Read a page, stream or form. ``within`` are the forms it stands in.

        ``unpacked`` are the bytes of a stream, where they are at hand.
        """
        saved: list[_State] = []
        operator = ""
        for said in self._instructions(content, resources, unpacked):
            before, operator = operator, said.operator
            if operator in _SHOWING:
                self._show(said.codes)
            elif operator in ("BDC", "BMC"):
                self._open(said)
            elif operator == "EMC":
                if self._marks:
                    self._marks.pop()
                else:
                    self._loose = True
            elif operator == "q":
                self._loose |= not saved and before != ""
                saved.append(self._state)
            elif operator == "Q":
                self._loose |= not saved
                self._state = saved.pop() if saved else self._state
            elif operator == "Tr":
                self._state = replace(self._state, hidden=said.hidden)
            elif operator == "Do":
                self._draw(said.name, resources, within)
            else:
                self._choose(operator, said.name, resources)
        self._loose |= bool(saved) or operator != "Q"

    def _instructions(
        self, content: Any, resources: Any, unpacked: bytes | None
    ) -> Iterable[DrawnInstruction]:
        """What a page, stream or form says, an instruction after the other."""
        if unpacked is not None and self._operators == _GLYPHS:
            plain = plain_content.instructions(unpacked)
            if plain is not None:
                return plain
        return self._asked(content, resources)

    def _asked(self, content: Any, resources: Any) -> Iterator[DrawnInstruction]:
        """The same as the library finds it."""
        for instruction in pikepdf.parse_content_stream(content, self._operators):
            operands, operator = instruction.operands, str(instruction.operator)
            if operator in _SHOWING:
                strings = [o for o in listed(operands[-1]) if isinstance(o, pikepdf.String)]
                yield DrawnInstruction(operator, codes=b"".join(map(bytes, strings)))
            elif operator in ("BDC", "BMC"):
                number, claimed = self._properties(operands, resources)
                yield DrawnInstruction(operator, str(operands[0]), number=number, claimed=claimed)
            elif operator == "Tr":
                yield DrawnInstruction(operator, hidden=operands[0] in _INVISIBLE)
            else:
                yield DrawnInstruction(operator, str(operands[0]) if operands else "")

    def _properties(self, operands: Any, resources: Any) -> tuple[int | None, str | None]:
        """The number of a marked content and what it claims to read."""
        properties = operands[1] if len(operands) > 1 else None
        if isinstance(properties, pikepdf.Name):
            self._loose = True
            properties = _resource(resources, "/Properties", properties)
        if not is_dictionary(properties):
            return None, None
        number, claimed = properties.get("/MCID"), properties.get("/ActualText")
        return (
            number if isinstance(number, int) else None,
            str(claimed) if isinstance(claimed, pikepdf.String) else None,
        )

    def _choose(self, operator: str, name: str, resources: Any) -> None:
        """Take the font that ``Tf`` or ``gs`` names."""
        if operator == "Tf":
            self._state = _State(self._fonts.named(resources, name), self._state.hidden, name)
            return
        if (_STATES, name) in self._plain and not self._loose:
            return  # it was asked before, and chooses no font
        self._plain[_STATES, name] = None
        settings = _resource(resources, _STATES, name)
        fonts = listed(settings.get("/Font")) if is_dictionary(settings) else []
        for font in fonts[:1]:
            self._loose = True
            self._state = _State(self._fonts.map(font), self._state.hidden)

    def _open(self, said: DrawnInstruction) -> None:
        above = self._marks[-1] if self._marks else _Mark()
        artifact = above.artifact or said.name == "/Artifact"
        number = above.number if said.number is None else said.number
        piece = above.piece
        if said.claimed is not None:
            piece = _Piece(number, artifact, said.claimed)
            self.pieces.append(piece)
        self._marks.append(_Mark(number, artifact, piece))

    def _show(self, codes: bytes) -> None:
        mark = self._marks[-1] if self._marks else _Mark()
        piece = mark.piece
        if piece is None:
            piece = _Piece(mark.number, mark.artifact, None)
            self.pieces.append(piece)
        piece.drawn.append(self._state.font.read(codes))
        self._shown.setdefault(self._state.name, []).append(codes)
        piece.hidden = piece.hidden or self._state.hidden

    def _draw(self, name: Any, resources: Any, within: tuple[Any, ...]) -> None:
        """Read a form; a picture draws no text."""
        self._plain[_DRAWINGS, str(name)] = None
        drawing = _resource(resources, _DRAWINGS, name)
        if not isinstance(drawing, pikepdf.Stream) or drawing.get("/Subtype") != "/Form":
            return
        self._loose = True
        key = identity(drawing)
        if key in within or len(within) >= _NESTED:
            raise ValueError(message("drawings-nested-too-deep"))
        self._budget.unpack(drawing)
        state, marks = self._state, len(self._marks)
        self.read(drawing, drawing.get("/Resources", resources), (*within, key))
        self._state, self._marks = state, self._marks[:marks]


def _resource(resources: Any, kind: str, name: Any) -> Any:
    """What a name of a content stream means."""
    found = resources.get(kind) if is_dictionary(resources) else None
    return found.get(str(name)) if is_dictionary(found) else None
