"""Blanks to write in that stand on one line share its room, as they do in the PDF.

Their style has one stop, at the line's end; of several, each but the last would take all of a line.
"""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from ...typesetting.lettering import CENTIMETRES, Lettering
from .parts import W, inner
from .styles import Styles

_PARAGRAPH, _RUN, _TEXT, _TAB = (f"{{{W}}}{name}" for name in ("p", "r", "t", "tab"))
_PROPERTIES = f"{{{W}}}pPr"
_TWENTIETHS = 567
"""A centimetre, in twentieths of a point."""

_LEAST = 850
"""A blank that is shorter is none to write in."""

_BEFORE_STOPS = frozenset(
    f"{{{W}}}{name}"
    for name in (
        *("pStyle", "keepNext", "keepLines", "pageBreakBefore", "framePr", "widowControl"),
        *("numPr", "suppressLineNumbers", "pBdr", "shd"),
    )
)
"""What stands before tab stops in a paragraph's properties (ISO 29500-1, CT_PPr)."""


def share(root: etree._Element, styles: Styles, lettering: Lettering) -> None:
    """Give each paragraph with several blanks a stop for each, where they have room."""
    ends: dict[str, float] = {}
    for paragraph in _with_tabs(root):
        labels = _labels(paragraph)
        if len(labels) < 2:
            continue
        style = styles.of(paragraph)
        if style not in ends:
            ends[style] = _end(styles, style)
        scale = styles.size(style) * CENTIMETRES * _TWENTIETHS
        lengths = [lettering.paragraph(label).length * scale for label in labels]
        blank = (ends[style] - sum(lengths)) / len(labels)
        if blank >= _LEAST:
            _set_stops(paragraph, [length + blank for length in lengths[:-1]])


def _with_tabs(root: etree._Element) -> Iterator[etree._Element]:
    """The paragraphs that have several tabs, in order: few have one."""
    counted: dict[etree._Element, int] = {}
    for tab in root.iter(_TAB):
        run = tab.getparent()
        if run is not None and run.tag == _RUN and (outer := run.getparent()) is not None:
            counted[outer] = counted.get(outer, 0) + 1
    return (one for one, count in counted.items() if count > 1 and one.tag == _PARAGRAPH)


def _labels(paragraph: etree._Element) -> list[str]:
    """What stands before each blank."""
    found, words = [], ""
    for one in paragraph.iterchildren(_RUN):
        for child in one:
            if child.tag == _TAB:
                found.append(words)
                words = ""
            elif child.tag == _TEXT:
                words += child.text or ""
    return [] if words.strip() else found


def _end(styles: Styles, style: str) -> float:
    """Where the only stop of a style is, if a line leads to it; else 0."""
    found = styles.by_id[style].findall(f"{_PROPERTIES}/{{{W}}}tabs/{_TAB}")
    if len(found) != 1 or found[0].get(f"{{{W}}}leader") is None:
        return 0.0
    return float(found[0].get(f"{{{W}}}pos", "0"))


def _set_stops(paragraph: etree._Element, widths: list[float]) -> None:
    properties = inner(paragraph, _PROPERTIES)
    if properties is None:
        return
    place = sum(1 for one in properties if one.tag in _BEFORE_STOPS)
    stops = etree.Element(f"{{{W}}}tabs")
    for count in range(1, len(widths) + 1):
        stated = {"val": "left", "leader": "dot", "pos": str(round(sum(widths[:count])))}
        etree.SubElement(stops, _TAB, {f"{{{W}}}{name}": value for name, value in stated.items()})
    properties.insert(place, stops)
