"""What the pages of a PDF draw: every text, what it claims to read, and its place in the tree."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Any, NamedTuple

import pikepdf

from ..messages import message
from .glyphs import GlyphMap, glyph_map
from .streams import UnpackBudget, identity, is_dictionary, listed

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


class _Mark(NamedTuple):
    """An open marked content."""

    number: int | None = None
    artifact: bool = False
    piece: _Piece | None = None


@dataclass(frozen=True, slots=True)
class _State:
    font: GlyphMap = field(default_factory=GlyphMap)
    hidden: bool = False


def text_runs(pdf: pikepdf.Pdf, budget: UnpackBudget, *, glyphs: bool) -> Iterator[DrawnText]:
    """All text that the pages draw, in the order it is drawn. Pages are counted from 1.

    Without ``glyphs`` only what claims to be text, which takes half the time.
    """
    fonts: dict[tuple[int, int] | None, GlyphMap] = {}
    for page_number, page in enumerate(pdf.pages, start=1):
        sizes = [len(budget.unpack(stream)) for stream in listed(page.obj.get("/Contents"))]
        if sum(sizes) > MAX_PAGE:
            raise ValueError(
                message("page-draws-too-much", page=str(page_number), most=MAX_PAGE >> 20)
            )
        reader = _Reader(fonts, budget, _GLYPHS if glyphs else _MARKS)
        reader.read(page, page.obj.get("/Resources"), ())
        for piece in reader.pieces:
            yield DrawnText(
                page_number,
                piece.number,
                piece.artifact and piece.number is None,
                piece.claimed,
                "".join(piece.drawn),
                piece.hidden,
            )


class _Reader:
    """Reads the content of one page, and of the forms it draws."""

    def __init__(
        self, fonts: dict[tuple[int, int] | None, GlyphMap], budget: UnpackBudget, operators: str
    ) -> None:
        self.pieces: list[_Piece] = []
        self._operators = operators
        self._fonts = fonts
        self._budget = budget
        self._marks: list[_Mark] = []
        self._state = _State()
        self._named: dict[tuple[Any, str], GlyphMap] = {}

    def read(self, content: Any, resources: Any, within: tuple[Any, ...]) -> None:
        """Read a page or form. ``within`` are the forms it stands in."""
        saved: list[_State] = []
        for instruction in pikepdf.parse_content_stream(content, self._operators):
            operands, operator = instruction.operands, str(instruction.operator)
            if operator in _SHOWING:
                self._show(operands[-1])
            elif operator in ("BDC", "BMC"):
                self._open(operands, resources)
            elif operator == "EMC":
                if self._marks:
                    self._marks.pop()
            elif operator == "q":
                saved.append(self._state)
            elif operator == "Q":
                self._state = saved.pop() if saved else self._state
            elif operator == "Tr":
                self._state = replace(self._state, hidden=operands[0] in _INVISIBLE)
            elif operator == "Do":
                self._draw(_resource(resources, "/XObject", operands[0]), resources, within)
            else:
                self._choose(operator, operands, resources)

    def _choose(self, operator: str, operands: Any, resources: Any) -> None:
        """Take the font that ``Tf`` or ``gs`` names."""
        key = identity(resources), str(operands[0])
        if operator == "Tf" and key in self._named:
            self._state = _State(self._named[key], self._state.hidden)
            return
        if operator == "gs":
            settings = _resource(resources, "/ExtGState", operands[0])
            fonts = listed(settings.get("/Font")) if is_dictionary(settings) else []
        else:
            fonts = [_resource(resources, "/Font", operands[0])]
        for font in fonts[:1]:
            found = self._map(font)
            self._state = _State(found, self._state.hidden)
            if operator == "Tf" and key[0] is not None:
                self._named[key] = found

    def _map(self, font: Any) -> GlyphMap:
        if not is_dictionary(font):
            return GlyphMap()
        key = identity(font)
        if key is None or key not in self._fonts:
            self._fonts[key] = glyph_map(font, self._budget)
        return self._fonts[key]

    def _open(self, operands: Any, resources: Any) -> None:
        above = self._marks[-1] if self._marks else _Mark()
        artifact = above.artifact or str(operands[0]) == "/Artifact"
        properties = operands[1] if len(operands) > 1 else None
        if isinstance(properties, pikepdf.Name):
            properties = _resource(resources, "/Properties", properties)
        number, piece = above.number, above.piece
        if is_dictionary(properties):
            stated = properties.get("/MCID")
            number = stated if isinstance(stated, int) else number
            claimed = properties.get("/ActualText")
            if isinstance(claimed, pikepdf.String):
                piece = _Piece(number, artifact, str(claimed))
                self.pieces.append(piece)
        self._marks.append(_Mark(number, artifact, piece))

    def _show(self, operand: Any) -> None:
        mark = self._marks[-1] if self._marks else _Mark()
        piece = mark.piece
        if piece is None:
            piece = _Piece(mark.number, mark.artifact, None)
            self.pieces.append(piece)
        codes = b"".join(bytes(o) for o in listed(operand) if isinstance(o, pikepdf.String))
        piece.drawn.append(self._state.font.read(codes))
        piece.hidden = piece.hidden or self._state.hidden

    def _draw(self, drawing: Any, resources: Any, within: tuple[Any, ...]) -> None:
        """Read a form; a picture draws no text."""
        if not isinstance(drawing, pikepdf.Stream) or drawing.get("/Subtype") != "/Form":
            return
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
