"""What the glyphs of a font stand for, from its own tables."""

from __future__ import annotations

import io
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from fontTools.ttLib import TTFont

_HALVES = {"\u0e33": "\u0e4d\u0e32"}


@lru_cache(maxsize=32)
def letters(font_file: bytes, index: int) -> Mapping[int, str]:
    """What each glyph of a font stands for: its own letter, also when it is a variant of one.

    SARA AM is drawn as two glyphs; each stands for its half (NIKHAHIT, SARA AA).
    """
    font = TTFont(io.BytesIO(font_file), fontNumber=index, lazy=True)
    # Thai fonts give variants of marks private codes of their own: those say nothing.
    # For ligatures (ﬁ, U+FB01) the letters they are drawn for are wanted.
    silent = (*range(0xE000, 0xF900), *range(0xFB00, 0xFB07))
    public = {c: name for c, name in font.getBestCmap().items() if c not in silent}
    known = {name: chr(code) for code, name in sorted(public.items(), reverse=True)}
    if "GSUB" in font:
        _add_variants(font["GSUB"].table.LookupList.Lookup, known)
    return {font.getGlyphID(name): text for name, text in known.items()}


def _add_variants(lookups: Any, known: dict[str, str]) -> None:
    """Follow substitutions until no glyph is learnt any more."""
    tables = [
        getattr(table, "ExtSubTable", table) for lookup in lookups for table in lookup.SubTable
    ]
    while True:
        before = len(known)
        for table in tables:
            if table.LookupType == 1:
                for source, target in table.mapping.items():
                    if source in known:
                        known.setdefault(target, known[source])
            elif table.LookupType == 2:
                for source, targets in table.mapping.items():
                    halves = _HALVES.get(known.get(source, ""), "")
                    for target, half in zip(targets, halves, strict=False):
                        known.setdefault(target, half)
        if len(known) == before:
            return
