"""What only a finished document shows: runs that say nothing, and what stands before a name."""

from __future__ import annotations

from lxml import etree

from ...templates.conventions import KEPT_WITH_BEFORE
from .parts import W, inner

_EMPTY_RUNS = etree.XPath(
    "//w:r[not(*[not(self::w:rPr or self::w:lastRenderedPageBreak or self::w:t[not(text())])])]",
    namespaces={"w": W},
)
"""Runs in which nothing but what they look like, and texts without words, stands."""


def drop_empty_runs(root: etree._Element) -> None:
    """Take out runs without words, pictures or signs; a template's tags leave them behind."""
    for run in _EMPTY_RUNS(root):
        outer = run.getparent()
        if outer is not None:
            outer.remove(run)


def keep_with_before(root: etree._Element) -> None:
    """Keep names to ask on the page of what stands before them: Word knows only what comes next."""
    for named in root.iter(f"{{{W}}}pStyle"):
        if named.get(f"{{{W}}}val") != KEPT_WITH_BEFORE:
            continue
        paragraph = next(named.iterancestors(f"{{{W}}}p"))
        before = paragraph.getprevious()
        if before is None:
            continue
        rows = before.findall(f"{{{W}}}tr")
        for kept in rows[-1].iter(f"{{{W}}}p") if rows else [before]:
            _keep_next(kept)


def is_kept_with_before(element: etree._Element) -> bool:
    """Whether a paragraph stays with what stands before it."""
    named = inner(element, f"{{{W}}}pPr", f"{{{W}}}pStyle")
    return named is not None and named.get(f"{{{W}}}val") == KEPT_WITH_BEFORE


def _keep_next(paragraph: etree._Element) -> None:
    if paragraph.tag != f"{{{W}}}p":
        return
    properties = paragraph.find(f"{{{W}}}pPr")
    if properties is None:
        properties = etree.Element(f"{{{W}}}pPr")
        paragraph.insert(0, properties)
    if properties.find(f"{{{W}}}keepNext") is None:
        style = properties.find(f"{{{W}}}pStyle")
        properties.insert(0 if style is None else 1, etree.Element(f"{{{W}}}keepNext"))
