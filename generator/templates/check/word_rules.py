"""What a Word template must hold besides its tags: Thai fonts, header rows, nothing foreign."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from lxml import etree

from ...messages import Message, message
from ..conventions import DATA_TABLE
from .paragraphs import CELL, PARAGRAPH, ROW, TABLE, W, WordPart, text_of
from .scope import TemplateProblem

STYLES = "word/styles.xml"


_ALONE = {"p": PARAGRAPH, "tc": CELL, "tr": ROW}
_LATIN = ("ascii", "hAnsi", "asciiTheme", "hAnsiTheme")
_PAIRS = {
    "sz": ("szCs", message("latin-size-alone")),
    "b": ("bCs", message("latin-bold-alone")),
    "i": ("iCs", message("latin-italic-alone")),
}


TALL = ("{{ duties.widths", "{{ block.widths", "{{ summary.widths", "{{ chapter.grid.widths")
"""Tables, by their titles, that may hold rows taller than a page; such a row is lost whole."""


def faults(title: str, parts: Sequence[WordPart]) -> Iterator[TemplateProblem]:
    """What is wrong with the tables and fonts of a template's parts.

    What changes how a document looks, and no word of it, is no error.
    """
    if not any(part.name == STYLES for part in parts):
        yield TemplateProblem(title, message("template-without-styles"), error=False)
    for part in parts:
        yield from _alone(part)
        for of_looks in (_tables(part), _fonts(part)):
            yield from (replace(fault, error=False) for fault in of_looks)
        if part.name == STYLES:
            yield from (replace(fault, error=False) for fault in _defaults(part))


def _alone(part: WordPart) -> Iterator[TemplateProblem]:
    """{%p %}, {%tc %}, {%tr %} take the place of what they stand in: it can hold nothing else."""
    for prefix, tag in _ALONE.items():
        tags = re.compile(rf"\{{[%{{]{prefix} (?:(?!\{{[%{{]).)*?[%}}]\}}")
        for element in part.root.iter(tag):
            if next(element.iterdescendants(tag), None) is not None:
                continue
            text = text_of(element)
            found = tags.search(text)
            if found and text.strip() != found[0]:
                where = part.around(next(element.iter(f"{W}t")))
                yield TemplateProblem(where, _not_alone(prefix, found[0]))


def _not_alone(prefix: str, tag: str) -> Message:
    match prefix:
        case "tc":
            return message("tag-not-alone-in-cell", tag=tag)
        case "tr":
            return message("tag-not-alone-in-row", tag=tag)
    return message("tag-not-alone-in-paragraph", tag=tag)


def _tables(part: WordPart) -> Iterator[TemplateProblem]:
    for number, table in enumerate(part.root.iter(TABLE), start=1):
        rows = table.xpath("w:tr|w:sdt/w:sdtContent/w:tr", namespaces={"w": W[1:-1]})
        kept = [row for row in rows if not re.search(r"\{[%{#]tr ", text_of(row))]
        where = _table(part, table, number)
        for count, row in enumerate(kept, start=1):
            title = _value(table, "tblPr/tblCaption") or ""
            tall = title.startswith(TALL) and not _is_on(row, "trPr/tblHeader")
            if not tall and not _is_on(row, "trPr/cantSplit"):
                yield TemplateProblem(
                    where, message("row-may-split", row=str(count), words=text_of(row)[:40])
                )
        heads = [_is_on(row, "trPr/tblHeader") for row in kept]
        if _value(table, "tblPr/tblStyle") != DATA_TABLE:
            continue
        if True not in heads:
            yield TemplateProblem(where, message("no-header-row"))
        elif heads != sorted(heads, reverse=True):
            yield TemplateProblem(where, message("header-rows-not-first"))


def _fonts(part: WordPart) -> Iterator[TemplateProblem]:
    for properties in part.root.iter(f"{W}rPr"):
        for said in _latin_only(properties):
            yield TemplateProblem(_of_properties(part, properties), said)


def _latin_only(properties: etree._Element) -> Iterator[Message]:
    """What run properties say of Latin letters and not of Thai ones (complex script to Word)."""
    fonts = properties.find(f"{W}rFonts")
    named = [] if fonts is None else [name for name in _LATIN if fonts.get(W + name)]
    if fonts is not None and named and not fonts.get(f"{W}cs"):
        yield message("latin-font-alone")
    for latin, (thai, said) in _PAIRS.items():
        if properties.find(W + latin) is not None and properties.find(W + thai) is None:
            yield said


def _defaults(part: WordPart) -> Iterator[TemplateProblem]:
    defaults = part.root.find(f"{W}docDefaults/{W}rPrDefault/{W}rPr")
    where = message("defaults-of-template", template=part.title)
    if defaults is None or defaults.find(f"{W}rFonts") is None:
        yield TemplateProblem(where, message("no-default-font"))
    language = defaults.find(f"{W}lang") if defaults is not None else None
    if language is None or language.get(f"{W}bidi") != "th-TH":
        yield TemplateProblem(where, message("default-language-not-thai"))


def _of_properties(part: WordPart, properties: etree._Element) -> Message | str:
    for ancestor in properties.iterancestors():
        if ancestor.tag == PARAGRAPH:
            return part.around(properties)
        if ancestor.tag == f"{W}style":
            return message(
                "style-of-template", template=part.title, style=str(ancestor.get(f"{W}styleId"))
            )
        if ancestor.tag == f"{W}docDefaults":
            return message("defaults-of-template", template=part.title)
    return f"{part.title}: {part.name}"


def _table(part: WordPart, table: etree._Element, number: int) -> Message:
    named = _value(table, "tblPr/tblCaption")
    if named:
        return message("table-of-name", place=part.place, number=str(number), name=named)
    return message("table-of-number", place=part.place, number=str(number))


def _value(element: etree._Element, path: str) -> str:
    found = element.find("/".join(W + step for step in path.split("/")))
    return found.get(f"{W}val", "") if found is not None else ""


def _is_on(element: etree._Element, path: str) -> bool:
    found = element.find("/".join(W + step for step in path.split("/")))
    return found is not None and found.get(f"{W}val", "1") not in ("0", "false", "off")
