"""Tags in a Word part, each in one piece, however people and programs have written them.

Word and LibreOffice split a tag over several runs, and join runs that look alike; they put in
spaces of other kinds and signs without width. And they lose the titles of tables: so what a table
says of its columns (``{% widths criteria.widths %}``) stands in one of its cells. A paragraph whose
style the data choose says so in itself (``{% style block.style %}``).
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from copy import deepcopy
from itertools import accumulate

from lxml import etree

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
# None of these looks behind the beginning of another tag: a text of beginnings would take for ever.
TAG = re.compile(r"\{\{(?:(?!\{\{).)*?\}\}|\{%(?:(?!\{%).)*?%\}|\{#(?:(?!\{#).)*?#\}", re.DOTALL)
"""A tag, as it is typed."""

_SPACES = re.compile("[\u00a0\u2000-\u200a\u202f\u205f\u3000\t\r\n]")
_NOTHING = re.compile("[\u200b-\u200d\u2060\ufeff\u00ad]")
_OF_PARAGRAPH = re.compile(r"\{[%{]p\s")
_OF_RUN = re.compile(r"(\{[{%]r\s(?:(?!\{[{%]).)*?[%}]\})", re.DOTALL)
_WIDTHS = re.compile(r"\{%\s*widths\s((?:(?!\{%|%\}).)*)%\}", re.DOTALL)
_STYLE = re.compile(r"\{%\s*style\s((?:(?!\{%|%\}).)*)%\}", re.DOTALL)
_BREAKS = {f"{_W}{name}" for name in ("br", "tab", "cr", "softHyphen", "lastRenderedPageBreak")}


def straighten(root: etree._Element) -> None:
    """Make every tag of a part one piece, those of runs (``{%r %}``) runs of their own."""
    for paragraph in list(root.iter(f"{_W}p")):
        _join(paragraph)
        _styled(paragraph)
        _free_section(paragraph)
        _free_break(paragraph)
    for run in list(root.iter(f"{_W}r")):
        _split(run)
    for table in root.iter(f"{_W}tbl"):
        _entitle(table)


def found_in(text: str) -> str:
    """The first tag in a text, or nothing."""
    tag = TAG.search(text)
    return tag[0] if tag else ""


def texts_of(paragraph: etree._Element) -> list[etree._Element]:
    """The texts of a paragraph itself, not those of paragraphs in it (text boxes)."""
    return [e for e in paragraph.iter(f"{_W}t") if next(e.iterancestors(f"{_W}p")) is paragraph]


def _join(paragraph: etree._Element) -> None:
    """Put each tag into the text in which it begins, with plain spaces."""
    pieces = texts_of(paragraph)
    whole = "".join(piece.text or "" for piece in pieces)
    tags = [tag.span() for tag in TAG.finditer(whole)] if "{" in whole else []
    if not tags:
        return
    ends = list(accumulate(len(piece.text or "") for piece in pieces))
    parts: list[list[str]] = [[] for _ in pieces]
    torn: list[tuple[int, int]] = []
    number = position = 0
    for left, right in (*tags, (len(whole), len(whole))):
        while position < left:
            while ends[number] <= position:
                number += 1
            stop = min(left, ends[number])
            parts[number].append(whole[position:stop])
            position = stop
        if left < right:
            while ends[number] <= left:
                number += 1
            parts[number].append(_NOTHING.sub("", _SPACES.sub(" ", whole[left:right])))
            if right > ends[number]:
                torn.append((number, bisect_left(ends, right)))
            position = right
    for piece, texts in zip(pieces, parts, strict=True):
        if (text := "".join(texts)) != (piece.text or ""):
            piece.text = text
            piece.set(_SPACE, "preserve")
    _take_out_breaks(paragraph, pieces, torn)


def _take_out_breaks(
    paragraph: etree._Element, pieces: list[etree._Element], torn: list[tuple[int, int]]
) -> None:
    """Take out the breaks inside tags, which begin in one of the pieces and end in another."""
    inside = {number for first, last in torn for number in range(first, last)}
    known = set(pieces)
    number = -1
    for element in list(paragraph.iter(etree.Element)) if inside else ():
        if element in known:
            number += 1
        elif number in inside and element.tag in _BREAKS:
            parent = element.getparent()
            if parent is not None and parent.tag == f"{_W}r":
                parent.remove(element)


def _free_section(paragraph: etree._Element) -> None:
    """Give the end of a section a paragraph of its own, where it is that of a tag.

    The tag takes its paragraph with it, and would take the section as well.
    """
    section = paragraph.find(f"{_W}pPr/{_W}sectPr")
    if section is None or not _is_tag(paragraph):
        return
    own = _low()
    own[0].append(section)
    paragraph.addnext(own)


def _free_break(paragraph: etree._Element) -> None:
    """Let what follows begin a page, where a page break stands in a tag's paragraph."""
    breaks = [found for found in paragraph.iter(f"{_W}br") if found.get(f"{_W}type") == "page"]
    if not breaks or not _is_tag(paragraph):
        return
    for found in breaks:
        run = found.getparent()
        assert run is not None
        run.remove(found)
    following = paragraph.getnext()
    while following is not None and following.tag == f"{_W}p" and _is_tag(following):
        following = following.getnext()
    if following is None or following.tag != f"{_W}p":
        following = _low()
        paragraph.addnext(following)
    properties = following.find(f"{_W}pPr")
    if properties is None:
        properties = etree.Element(f"{_W}pPr")
        following.insert(0, properties)
    first = [f"{_W}{name}" for name in ("pStyle", "keepNext", "keepLines")]
    place = sum(child.tag in first for child in properties)
    properties.insert(place, etree.Element(f"{_W}pageBreakBefore"))


def _is_tag(paragraph: etree._Element) -> bool:
    return any(_OF_PARAGRAPH.search(text.text or "") for text in texts_of(paragraph))


def _low() -> etree._Element:
    """A paragraph that takes no room."""
    paragraph = etree.Element(f"{_W}p")
    properties = etree.SubElement(paragraph, f"{_W}pPr")
    low = {"before": "0", "after": "0", "line": "20", "lineRule": "exact"}
    etree.SubElement(properties, f"{_W}spacing", {f"{_W}{key}": low[key] for key in low})
    return paragraph


def _split(run: etree._Element) -> None:
    """Give each tag of a run a run of its own: what stands beside it would be lost."""
    content = [child for child in run if child.tag != f"{_W}rPr"]
    if not any(c.tag == f"{_W}t" and _OF_RUN.search(c.text or "") for c in content):
        return
    groups: list[list[etree._Element]] = [[]]
    for child in content:
        if child.tag != f"{_W}t":
            groups[-1].append(child)
            continue
        for words in filter(None, _OF_RUN.split(child.text or "")):
            text = etree.Element(f"{_W}t", {_SPACE: "preserve"})
            text.text = words
            if _OF_RUN.fullmatch(words):
                groups += [[text], []]
            else:
                groups[-1].append(text)
    groups = [group for group in groups if group]
    if len(groups) == 1:
        return
    properties = run.find(f"{_W}rPr")
    for group in groups:
        own = etree.Element(f"{_W}r", dict(run.attrib))
        if properties is not None:
            own.append(deepcopy(properties))
        own.extend(group)
        run.addprevious(own)
    parent = run.getparent()
    assert parent is not None
    parent.remove(run)


def _styled(paragraph: etree._Element) -> None:
    """Give a paragraph the style that the data choose, where it says so."""
    for text in texts_of(paragraph):
        tag = _STYLE.search(text.text or "") if "style" in (text.text or "") else None
        if tag is None:
            continue
        properties = paragraph.find(f"{_W}pPr")
        if properties is None:
            properties = etree.Element(f"{_W}pPr")
            paragraph.insert(0, properties)
        for old in properties.findall(f"{_W}pStyle"):
            properties.remove(old)
        style = etree.Element(f"{_W}pStyle", {f"{_W}val": f"{{{{ {tag[1].strip()} }}}}"})
        properties.insert(0, style)
        _cut(text, tag[0])


def _cut(text: etree._Element, tag: str) -> None:
    """Take a tag out of a text, and the text and its run where nothing else is in them."""
    text.text = (text.text or "").replace(tag, "")
    run = next(text.iterancestors(f"{_W}r"), None)
    if text.text or run is None:
        return
    run.remove(text)
    around = run.getparent()
    if around is not None and all(child.tag == f"{_W}rPr" for child in run):
        around.remove(run)


def _entitle(table: etree._Element) -> None:
    """Make what a table's cells say of its columns its title, which the writer reads."""
    for text in _own_texts(table):
        tag = _WIDTHS.search(text.text or "")
        properties = table.find(f"{_W}tblPr")
        if tag is None or properties is None:
            continue
        for old in properties.findall(f"{_W}tblCaption"):
            properties.remove(old)
        named = tag[1].split()
        small = named[-1] if named[-2:-1] == ["small"] else ""
        widths = " ".join(named[:-2] if small else named)
        said = f"{{{{ {widths}|join(' ') }}}}"
        said += f"{{% if {small} %}} of {{{{ {small} }}}} points{{% endif %}}" if small else ""
        title = etree.Element(f"{_W}tblCaption", {f"{_W}val": said})
        look = properties.find(f"{_W}tblLook")
        # The title stands behind the look (ISO 29500-1, CT_TblPr).
        properties.insert(len(properties) if look is None else properties.index(look) + 1, title)
        _cut(text, tag[0])


def _own_texts(table: etree._Element) -> Iterator[etree._Element]:
    for text in list(table.iter(f"{_W}t")):
        if "widths" in (text.text or "") and next(text.iterancestors(f"{_W}tbl")) is table:
            yield text
