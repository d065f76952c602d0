"""What is measured on finished pages: cut words, parted pairs, marks that touch, fill."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import groupby, pairwise

from generator.typesetting import bound

from ..making import WORLD
from . import breaks
from .drawn import Box, Glyph, Piece, Sheet, by_place

FURNITURE_TOP, FURNITURE_BOTTOM = 65.0, 55.0
"""How much of a page's height its mark and its foot take, in points."""

TOUCHING = 0.25
"""Ink that reaches into other ink by less, in points, isn't seen."""

_TOTAL = re.compile("รวม")
_BOXES = "☐☑"
"""Boxes to tick begin an option, which may stand beside another one."""

_HEADS = {"/H1", "/H2", "/H3", "/H4"}
_SPACE = re.compile(r"\s+")
_MARGIN, _BESIDE = 60.0, 10.0
_THIN, _SAME_LINE, _KEPT_ROWS, _COMPANY = 1.5, 3.0, 2, 0.3


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a block: its text, its page, and where it stands."""

    text: str
    page: int
    pieces: tuple[Piece, ...]

    @property
    def size(self) -> float:
        return max(piece.size for piece in self.pieces)


@dataclass(slots=True)
class Findings:
    """The figures of one document. ``fills`` are those of its pages, from 0 to 1."""

    pages: int = 0
    cut: list[str] = field(default_factory=list)
    stacked: list[str] = field(default_factory=list)
    indicator: list[str] = field(default_factory=list)
    parted: list[tuple[str, str]] = field(default_factory=list)
    apart: list[tuple[str, str]] = field(default_factory=list)
    """Those of the parted pairs for which the line had room."""
    colliding: list[str] = field(default_factory=list)
    crossing: list[str] = field(default_factory=list)
    """Words of tables that reach over a rule beside their cell."""
    fills: list[float] = field(default_factory=list)
    lines: list[int] = field(default_factory=list)
    smallest: float = 99.0
    edge: float = 999.0
    orphaned: list[str] = field(default_factory=list)
    heads_at_foot: list[str] = field(default_factory=list)

    def emptier_than(self, least: float) -> list[int]:
        """The pages that are less full, but for the last."""
        return [n for n, fill in enumerate(self.fills[:-1], start=1) if fill < least]


def measure(
    pages: list[Sheet], said: str, places: Callable[[str], frozenset[int]] = breaks.places
) -> Findings:
    """The figures of a document, of its pages and its text, a line a paragraph.

    ``places`` are the positions in a text at which a line may end.
    """
    found = Findings(pages=len(pages))
    texts = {_SPACE.sub("", line): line for line in said.splitlines()}
    for pieces in by_place(pages):
        lines = list(_lines(pieces))
        if lines:
            _line_ends(found, lines, texts, pages, places)
    for number, sheet in enumerate(pages, start=1):
        _page(found, sheet, number, is_last=number == len(pages))
    return found


def _lines(pieces: list[tuple[int, Piece]]) -> Iterator[Line]:
    """The lines of a block, pieces side by side put together."""

    def key(found: tuple[int, Piece]) -> tuple[int, int]:
        return found[0], round(found[1].baseline / 2)

    for (page, _), group in groupby(pieces, key):
        own = tuple(piece for _, piece in group)
        text = "".join(piece.text for piece in own)
        if text.strip():
            yield Line(text, page, own)


def _line_ends(
    found: Findings,
    lines: list[Line],
    texts: dict[str, str],
    pages: list[Sheet],
    places: Callable[[str], frozenset[int]],
) -> None:
    squeezed = _SPACE.sub("", "".join(line.text for line in lines))
    whole = texts.get(squeezed)
    done = ""
    for one, two in pairwise(lines):
        done += _SPACE.sub("", one.text)
        if _over_a_fraction(one, two, pages):
            continue
        before, after = one.text.strip(), two.text.strip()
        spaced = one.text != one.text.rstrip() or two.text != two.text.lstrip()
        text = "".join(line.text for line in lines)
        if whole is not None:
            position = _position(whole, len(done))
            spaced = whole[position : position + 1].isspace()
            text, at = whole, position
        else:
            at = len(text[: text.find(one.text)]) + len(one.text)
        where = f"{one.page}: {before[-14:]}|{after[:14]}"
        if not (spaced or after[0] in _BOXES) and at not in places(text):
            digits = before[-1:].isdigit() and after[:1].isdigit()
            (found.stacked if digits and len(after) <= 2 else found.cut).append(where)
        joined = before + ("" if not spaced else " ") + after
        start = joined.find("ตัวชี้วัด", max(len(before) - 8, 0), len(before) + 9)
        if 0 <= start < len(before) < start + 9 and not spaced:
            found.indicator.append(where)
        kind = breaks.parted(before + (" " if spaced else ""), after)
        if kind is not None:
            found.parted.append((kind, where))
            if _has_room(one, two, before + (" " if spaced else "") + after, pages):
                found.apart.append((kind, where))


def _over_a_fraction(one: Line, two: Line, pages: list[Sheet]) -> bool:
    """Whether a rule parts two lines: one stands over a fraction's bar, one below it."""
    return one.page == two.page and any(
        one.pieces[0].baseline < rule.top < two.pieces[0].baseline
        and rule.left < two.pieces[0].right
        and two.pieces[0].left < rule.right
        for rule in pages[one.page - 1].rules
        if rule.bottom - rule.top < _THIN
    )


def _has_room(one: Line, two: Line, joined: str, pages: list[Sheet]) -> bool:
    """Whether what was parted would have fitted on the second line."""
    at = len(one.text.strip())
    stretch = next((joined[a:b] for a, b in bound.stretches(joined) if a <= at <= b), "")
    sheet, piece = pages[two.page - 1], two.pieces[0]
    is_head = piece.place is not None and piece.place.tag == "/TH"
    needed = WORLD.lettering.paragraph(stretch, bold=is_head).length * two.size
    upright = [r for r in sheet.rules if r.top <= piece.baseline <= r.bottom]
    left = max((r.right for r in upright if r.right <= piece.left), default=_MARGIN)
    right = min((r.left for r in upright if r.left >= piece.right), default=sheet.width - _MARGIN)
    return needed < right - left - _BESIDE


def _position(whole: str, letters: int) -> int:
    """Where so many letters of a text end, spaces left out."""
    for position, character in enumerate(whole):
        if letters == 0:
            return position
        letters -= not character.isspace()
    return len(whole)


def _page(found: Findings, sheet: Sheet, number: int, *, is_last: bool) -> None:
    body = [piece for piece in sheet.pieces if piece.place is not None and piece.text.strip()]
    every = [piece for piece in sheet.pieces if piece.text.strip()]
    if every:
        found.smallest = min(found.smallest, *(piece.size for piece in every))
        inks = [piece.ink for piece in every]
        found.edge = min(
            found.edge,
            *(min(i.left, i.top, sheet.width - i.right, sheet.height - i.bottom) for i in inks),
        )
    bottom = max(
        [p.ink.bottom for p in body]
        + [r.bottom for r in sheet.rules if r.bottom < sheet.height - FURNITURE_BOTTOM],
        default=0.0,
    )
    room = sheet.height - FURNITURE_TOP - FURNITURE_BOTTOM
    found.fills.append(max(0.0, min(1.0, (bottom - FURNITURE_TOP) / room)))
    found.lines.append(len({round(piece.baseline) for piece in body}))
    found.colliding += _collisions(sheet, number)
    found.crossing += _crossings(body, sheet, number)
    found.orphaned += _orphans(body, number, sheet.height)
    if body and not is_last:
        last = max(body, key=lambda piece: piece.baseline)
        if last.place is not None and last.place.tag in _HEADS:
            found.heads_at_foot.append(f"{number}: {last.text[:30]}")


def _collisions(sheet: Sheet, number: int) -> Iterator[str]:
    """Marks above and below letters that touch a rule, or a mark of the line above."""
    marks = [
        (glyph.ink, piece) for piece in sheet.pieces for glyph in piece.glyphs if _is_mark(glyph)
    ]
    near: dict[tuple[int, int], list[tuple[Box, Piece]]] = {}
    for ink, piece in marks:
        for key in _squares(ink):
            near.setdefault(key, []).append((ink, piece))
    flat = [rule for rule in sheet.rules if rule.bottom - rule.top < _THIN]
    for ink, piece in marks:
        others = {id(one): one for key in _squares(ink) for one in near[key]}.values()
        for other_ink, other in others:
            below = piece.baseline - other.baseline > _SAME_LINE
            if below and min(ink.overlap(other_ink)) > TOUCHING:
                yield f"{number}: {piece.text[:20]} / {other.text[:20]}"
                break
        for rule in flat:
            across, down = ink.overlap(rule)
            if across > 0 and down > -TOUCHING / 2:
                yield f"{number}: {piece.text[:20]} / rule"
                break


def _crossings(body: list[Piece], sheet: Sheet, number: int) -> Iterator[str]:
    """Words of tables that a rule goes through from above to below."""
    upright = [rule for rule in sheet.rules if rule.right - rule.left < _THIN]
    for piece in body:
        ink = piece.ink
        if (
            piece.place is not None
            and piece.place.table
            and any(
                ink.left + TOUCHING < rule.left
                and rule.right < ink.right - TOUCHING
                and rule.top <= piece.baseline - _THIN <= rule.bottom
                for rule in upright
            )
        ):
            yield f"{number}: {piece.text[:30]}"


def _squares(box: Box) -> set[tuple[int, int]]:
    """The squares of a grid over the page that a small box lies in."""
    return {
        (int(x // 40), int(y // 40)) for x in (box.left, box.right) for y in (box.top, box.bottom)
    }


def _is_mark(glyph: Glyph) -> bool:
    return unicodedata.category(glyph.letters[0]) == "Mn"


def _orphans(body: list[Piece], number: int, height: float) -> Iterator[str]:
    """Rows of sums with fewer than two rows of their table above them on the page.

    Tall rows needn't be two: below a third of a page of its table, a sum has company.
    """
    seen: dict[int, set[int]] = {}
    tops: dict[int, float] = {}
    for piece in body:
        place = piece.place
        if place is None or not (place.table and place.row):
            continue
        top = tops[place.table] = min(tops.get(place.table, height), piece.baseline)
        known = seen.setdefault(place.table, set())
        if place.row not in known:
            alone = len(known) < _KEPT_ROWS and piece.baseline - top < _COMPANY * height
            if alone and _TOTAL.match(piece.text.strip()):
                yield f"{number}: {piece.text[:30]}"
            known.add(place.row)
