"""What only a finished document shows: runs that say nothing, and what stands before a name."""

from __future__ import annotations

from collections.abc import Mapping

from lxml import etree

from ...templates.conventions import BELOW_TABLE, KEPT_WITH_BEFORE
from .parts import W, inner

_EMPTY_RUNS = etree.XPath(
    "descendant::w:r[not(w:t/text())]"
    "[not(*[not(self::w:rPr or self::w:lastRenderedPageBreak or self::w:t)])]",
    namespaces={"w": W},
)
"""Runs in which nothing but what they look like, and texts without words, stands."""


_KEPT_NAMES = etree.XPath(
    f"descendant::w:pStyle[@w:val = '{KEPT_WITH_BEFORE}']", namespaces={"w": W}
)
_COMPANY, _LINE = 600, 40
"""About so many letters stay with names to ask, where a line that isn't full counts as so many."""

_ROWS = 4
"""So many of a table's last rows stay with what is said below it: of one that is short, all."""


def drop_empty_runs(root: etree._Element) -> None:
    """Take out runs without words, pictures or signs; a template's tags leave them behind."""
    for run in _EMPTY_RUNS(root):
        outer = run.getparent()
        if outer is not None:
            outer.remove(run)


def keep_with_before(root: etree._Element) -> None:
    """Keep names to ask on the page of what stands before them: Word knows only what comes next.

    That is what is said right before them, with the table above it: names alone leave a page empty.
    """
    for named in _KEPT_NAMES(root):
        before = next(named.iterancestors(f"{{{W}}}p")).getprevious()
        letters = 0
        while before is not None and letters < _COMPANY:
            rows = before.findall(f"{{{W}}}tr")
            for kept in (p for row in rows[-_ROWS:] for p in row.iter(f"{{{W}}}p")):
                keep_next(kept)
            if rows or before.tag != f"{{{W}}}p" or _says(before, "sectPr"):
                break
            keep_next(before)
            if _says(before, "pageBreakBefore"):
                break
            letters += _LINE + len("".join(before.itertext(f"{{{W}}}t")))
            before = before.getprevious()


def is_kept_with_before(element: etree._Element) -> bool:
    """Whether a paragraph stays with what stands before it."""
    named = inner(element, f"{{{W}}}pPr", f"{{{W}}}pStyle")
    return named is not None and named.get(f"{{{W}}}val") in (KEPT_WITH_BEFORE, BELOW_TABLE)


def _says(paragraph: etree._Element, word: str) -> bool:
    return inner(paragraph, f"{{{W}}}pPr", f"{{{W}}}{word}") is not None


def keep_next(paragraph: etree._Element, value: str = "1") -> None:
    """Keep a paragraph on the page of the next one; or don't (``0``), whatever its style says."""
    if paragraph.tag != f"{{{W}}}p":
        return
    properties = paragraph.find(f"{{{W}}}pPr")
    if properties is None:
        properties = etree.Element(f"{{{W}}}pPr")
        paragraph.insert(0, properties)
    if properties.find(f"{{{W}}}keepNext") is None:
        style = properties.find(f"{{{W}}}pStyle")
        said = {} if value == "1" else {f"{{{W}}}val": value}
        properties.insert(0 if style is None else 1, etree.Element(f"{{{W}}}keepNext", said))


def keep_lines(paragraph: etree._Element) -> None:
    """Keep the lines of a paragraph on one page."""
    properties = paragraph.find(f"{{{W}}}pPr")
    if properties is None:
        properties = etree.Element(f"{{{W}}}pPr")
        paragraph.insert(0, properties)
    if properties.find(f"{{{W}}}keepLines") is None:
        before = [properties.find(f"{{{W}}}{name}") for name in ("pStyle", "keepNext")]
        place = sum(1 for one in before if one is not None)
        properties.insert(place, etree.Element(f"{{{W}}}keepLines"))


_OF_ROW, _WHOLE = f"{{{W}}}trPr", f"{{{W}}}cantSplit"
_BEFORE_WHOLE = {
    f"{{{W}}}{name}"
    for name in (
        *("cnfStyle", "divId", "gridBefore", "gridAfter", "wBefore", "wAfter"),
        *("trHeight",),
    )
}
AFTER_SPACING = {f"{{{W}}}{name}" for name in ("ind", "jc", "outlineLvl", "rPr", "sectPr")}
"""What may stand after a paragraph's spacing (ISO 29500-1, CT_PPr), of what templates have."""


def keep_whole(row: etree._Element) -> None:
    """Keep a row on one page."""
    properties = inner(row, _OF_ROW)
    if properties is None:
        properties = etree.Element(_OF_ROW)
        row.insert(0, properties)
    if inner(properties, _WHOLE) is None:
        place = sum(1 for one in properties if one.tag in _BEFORE_WHOLE)
        properties.insert(place, etree.Element(_WHOLE))


def set_spacing(paragraph: etree._Element, values: Mapping[str, float]) -> None:
    """Set how high the lines of a paragraph are, exactly, and what is above and below it."""
    properties = paragraph.find(f"{{{W}}}pPr")
    if properties is None:
        properties = etree.Element(f"{{{W}}}pPr")
        paragraph.insert(0, properties)
    spacing = properties.find(f"{{{W}}}spacing")
    if spacing is None:
        spacing = etree.Element(f"{{{W}}}spacing")
        place = next((n for n, e in enumerate(properties) if e.tag in AFTER_SPACING), None)
        properties.insert(len(properties) if place is None else place, spacing)
    for name, value in values.items():
        spacing.set(f"{{{W}}}{name}", str(round(value)))
    spacing.set(f"{{{W}}}lineRule", "exact")
