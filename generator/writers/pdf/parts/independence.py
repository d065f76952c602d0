"""Whether a stylesheet lets parts stand alone: none of its rules looks from one into another.

Agencies may have stylesheets of their own. One that counts over the document, treats its first page
or left and right ones otherwise, or speaks of a section after another one, decides how a part looks
by what stands elsewhere: such a document is laid out in one piece.
"""

from __future__ import annotations

import re
from functools import lru_cache

_RULE = re.compile(r"(?:^|(?<=[{};]))([^{};]*)\{([^{}]*)\}")
_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_PAGE = re.compile(r"@page[^{;]*:")
_ACROSS = re.compile(
    r"counter-(?:reset|increment|set)|target-|string-set|bookmark-label|float:\s*footnote"
    r"|position:\s*fixed|break-\w+:\s*(?:left|right|recto|verso)"
)
_COUNTED = re.compile(r"counters?\(|string\(")
_FURNITURE = ".page-"
_BESIDE = re.compile(r"(?<![\w.#-])([\w.#-]+)(?::[\w-]+(?:\([^()]*\))?)?\s*[+~]\s*([\w.#-]+)")
_PLACED = re.compile(r"(?<![\w.#-])([\w.#-]+):(?:nth|last|only|first)-")
_NAME = re.compile(r"[.#]?[\w-]+")
_FIRST = "section:first-of-type"
"""Says that the first section needs no break before it: nor does the first of a part."""


@lru_cache(maxsize=64)
def stands_alone(stylesheet: str, classes: frozenset[str]) -> bool:
    """Whether sections of these classes look alike wherever they stand."""
    text = _COMMENT.sub("", stylesheet)
    if looks_further(text):
        return False
    section = {"section", *(f".{name}" for name in classes)}
    return all(_is_alone(selector, body, section) for selector, body in _RULE.findall(text))


def looks_further(text: str) -> bool:
    """Whether rules in a text tell pages apart by their place, or count over a document."""
    return bool(_PAGE.search(text) or _ACROSS.search(text))


def _is_alone(selector: str, body: str, section: set[str]) -> bool:
    if _COUNTED.search(body) and _FURNITURE not in selector:
        return False
    said = selector.replace(_FIRST, "section")
    pairs = (pair for pair in _BESIDE.findall(said))
    if any(_may_be(left, section) and _may_be(right, section) for left, right in pairs):
        return False
    return not any(_may_be(found, section) for found in _PLACED.findall(said))


def _may_be(compound: str, section: set[str]) -> bool:
    """Whether an element of such names may be a section."""
    names = _NAME.findall(compound)
    return bool(names) and all(name in section for name in names)
