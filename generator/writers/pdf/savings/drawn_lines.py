"""A line is shaped and spelt out as glyphs once a process for its text and style.

The renderer shapes a line again when it draws it, for it lets go of what it measured. What it then
says to the page doesn't depend on where the line stands, so it is kept and said again. Glyphs that
a font lacks, coloured ones and lines that are cut with an ellipsis are drawn as ever.
"""

from __future__ import annotations

import copy
from dataclasses import dataclass, field
from typing import Any

from weasyprint.draw import text as draw_text
from weasyprint.text import line_break
from weasyprint.text.ffi import ffi, pango

from .. import justified, made_fonts
from . import text_styles
from .kept import Kept, Saving

TESTED = {"weasyprint": ("70.0",)}
saving = Saving()

_original = draw_text.draw_first_line
_set_up = line_break.Layout.reactivate
_let_go = line_break.Layout.deactivate
_STYLE = "_gen_style"


@dataclass(slots=True)
class _UsedFont:
    """A font as a line uses it: what it was made from, and the glyphs met in it."""

    made: Any
    widths: tuple[tuple[int, int], ...]
    letters: tuple[tuple[int, str], ...]


@dataclass(slots=True)
class _Line:
    """What a line says to its page, by operation, and the fonts that it uses, in order."""

    said: list[tuple[str, tuple[Any, ...]]] = field(default_factory=list)
    fonts: dict[int, _UsedFont] = field(default_factory=dict)
    plain: bool = True


_lines: Kept[_Line] = Kept(2_000)
_pairs: dict[Any, Any] = {}
"""What is said of single glyphs, which lines share: a face has so many, and no more."""


def apply() -> None:
    """Keep what is drawn."""
    ffi.cdef("int pango_layout_get_unknown_glyphs_count (PangoLayout *layout);")
    line_break.Layout.reactivate = _reactivate
    line_break.Layout.deactivate = _deactivate
    draw_text.draw_first_line = draw_first_line


def _reactivate(layout: Any, style: Any) -> None:
    """Remember the style of a line that is to be drawn: it may be known already."""
    setattr(layout, _STYLE, style)


def _deactivate(layout: Any) -> None:
    layout.__dict__.pop(_STYLE, None)
    if "layout" in layout.__dict__:
        _let_go(layout)


def draw_first_line(
    stream: Any, textbox: Any, text_overflow: Any, block_ellipsis: Any, matrix: Any
) -> Any:
    """Draw a line of text as the renderer does; what it gives are pictures of letters."""
    layout, style = textbox.pango_layout, textbox.style
    number = text_styles.number(style) if saving.on else None
    cut = text_overflow == "ellipsis" or block_ellipsis != "none"
    if cut:  # changes the layout, which other lines may share
        layout = textbox.pango_layout = copy.copy(layout)
    if number is None or cut or not textbox.text.strip() or style["font_size"] < 1e-6:
        _make_ready(textbox)
        return _original(stream, textbox, text_overflow, block_ellipsis, matrix)
    key = (layout.text, number, layout.justification_spacing, *justified.gaps(textbox))
    line = _lines.get(key)
    if line is None:
        _make_ready(textbox)
        if pango.pango_layout_get_unknown_glyphs_count(layout.layout):
            return _original(stream, textbox, text_overflow, block_ellipsis, matrix)
        listener = _Listener(stream)
        _original(listener, textbox, text_overflow, block_ellipsis, matrix)
        line = listener.whole()
        _lines.put(key, line)
    if not line.plain or not _known(stream, line):
        if "layout" not in layout.__dict__:
            _make_ready(textbox)
        return _original(stream, textbox, text_overflow, block_ellipsis, matrix)
    stream.set_text_matrix(*matrix.values)
    for name, said in line.said:
        getattr(stream, name)(*said)
    return []


def _make_ready(textbox: Any) -> None:
    """Shape a line, and fill it."""
    _set_up(textbox.pango_layout, textbox.style)
    justified.widen_glyphs(textbox)


def _known(stream: Any, line: _Line) -> bool:
    """Note the glyphs of a line in the document's fonts; whether they are as wide there.

    A glyph's width is that at the size at which a document meets it first.
    """
    for key, used in line.fonts.items():
        if key not in stream._fonts:
            stream._fonts[key] = made_fonts.anew(used.made)
        widths, letters = stream._fonts[key].widths, stream._fonts[key].to_unicode
        for glyph, width in used.widths:
            if widths.setdefault(glyph, width) != width:
                return False
        for glyph, text in used.letters:
            letters.setdefault(glyph, text)
    return True


def _shared(said: dict[int, Any]) -> tuple[tuple[int, Any], ...]:
    return tuple(_pairs.setdefault(pair, pair) for pair in said.items())


@dataclass(slots=True)
class _Glyphs:
    """Stands for a font where a line is drawn for the first time."""

    hash: str
    widths: dict[int, int] = field(default_factory=dict)
    to_unicode: dict[int, str] = field(default_factory=dict)
    bitmap: bool = False
    png: bool = False
    svg: bool = False
    colr: bool = False


class _Listener:
    """Stands for the page's stream where a line is drawn for the first time."""

    def __init__(self, stream: Any) -> None:
        self.ink_rect, self.logical_rect = stream.ink_rect, stream.logical_rect
        self.line = _Line()
        self._fonts: dict[int, _Glyphs] = {}
        self._made: dict[int, Any] = {}

    def whole(self) -> _Line:
        """The line, when all of it is drawn."""
        for key, font in self._fonts.items():
            found = _shared(font.widths), _shared(font.to_unicode)
            self.line.fonts[key] = _UsedFont(self._made[key], *found)
        return self.line

    def add_font(self, pango_font: Any) -> tuple[Any, float]:
        """A font without glyphs; where it is coloured, the line is no plain one."""
        key, made, size = made_fonts.made(pango_font)
        if key not in self._fonts:
            self._fonts[key] = _Glyphs(made.hash)
            self._made[key] = made
            if made.png or made.svg or made.colr or made.bitmap:
                self.line.plain = False
        return self._fonts[key], size

    def set_text_matrix(self, *_: float) -> None:
        """Where the line stands is said each time."""

    def set_font_size(self, font: str, size: float) -> None:
        self.line.said.append(("set_font_size", (font, size)))

    def set_text_rise(self, height: float) -> None:
        self.line.said.append(("set_text_rise", (height,)))

    def show_text(self, text: str) -> None:
        self.line.said.append(("show_text", (text.encode("ascii"),)))
