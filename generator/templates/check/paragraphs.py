"""The parts of a Word file as paragraphs: a line of Jinja for each, as docxtpl will read it.

A fault can then name the paragraph: its number in the part, and its words.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from lxml import etree

from ...messages import Message, message
from ..tags import TAG
from ..word_package import parse

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
PARAGRAPH, ROW, CELL, TABLE = f"{W}p", f"{W}tr", f"{W}tc", f"{W}tbl"

_PREFIX = re.compile(r"(\{[%{]-?)(p|tr|tc|r)(\s.*)", re.DOTALL)
_CELL = re.compile(r"\{%\s*(?:colspan|cellbg)\s(.*?)%\}", re.DOTALL)
_MERGE = re.compile(r"\{%\s*[vh]m\s*%\}")
_QUOTES = str.maketrans("“”‘’", "\"\"''")
_LONGEST = 60


@dataclass(frozen=True, slots=True)
class WordPart:
    """A part of a Word file.

    ``words`` are its paragraphs' texts, tags as they are typed; ``source`` is the same with
    tags as Jinja understands them, one line a paragraph.
    """

    title: str
    name: str
    root: etree._Element
    words: tuple[str, ...]
    source: str

    def paragraph(self, number: int) -> Message | str:
        """Where a paragraph is, for people; the first is number 1, of 0 the place isn't known."""
        if number < 1:
            return self.place.rstrip(": ")
        words = self.words[number - 1].strip() if 0 < number <= len(self.words) else ""
        shown = words if len(words) <= _LONGEST else f"{words[:_LONGEST]}…"
        if shown:
            return message("paragraph-of-words", place=self.place, number=str(number), words=shown)
        return message("paragraph-of-number", place=self.place, number=str(number))

    def around(self, element: etree._Element) -> Message | str:
        """Where the paragraph around an element is."""
        found = next(element.iterancestors(PARAGRAPH), None)
        if found is None:
            return self.title
        return self.paragraph(list(self.root.iter(PARAGRAPH)).index(found) + 1)

    @property
    def place(self) -> str:
        """The template, and the part unless it is the document itself."""
        part = self.name.removeprefix("word/").removesuffix(".xml")
        return f"{self.title}: " if part == "document" else f"{self.title}: {part} "


def read(title: str, name: str, data: bytes) -> WordPart:
    """A part from its XML. Raises XMLSyntaxError."""
    root = parse(data)
    words: list[str] = []
    in_table: list[bool] = []
    waiting = ""
    for element in root.iter(etree.Element):
        if element.tag == PARAGRAPH:
            words.append(waiting)
            in_table.append(_is_inside(element, ROW))
            waiting = ""
        typed = " ".join(_typed(element).split("\n"))
        if element.tag == PARAGRAPH or _is_inside(element, PARAGRAPH):
            words[-1] += typed
        else:  # such as the span of a cell; it counts for the paragraph that follows
            waiting += typed
    lines = [TAG.sub(_in_table if t else _in_text, w) for w, t in zip(words, in_table, strict=True)]
    return WordPart(title, name, root, tuple(words), "\n".join(lines) + waiting)


def text_of(element: etree._Element) -> str:
    """The words in an element, tags as they are typed."""
    return "".join(map(_typed, element.iter(etree.Element)))


def _typed(element: etree._Element) -> str:
    """What an element itself holds: its text, and attributes that hold a tag."""
    attributes = "".join(str(v) for v in element.attrib.values() if TAG.search(str(v)))
    if element.tag in (f"{W}tab", f"{W}br"):
        return " "
    text = element.text if element.tag in (f"{W}t", f"{W}instrText") else None
    return attributes + (text or "")


def _is_inside(element: etree._Element, tag: str) -> bool:
    return next(element.iterancestors(tag), None) is not None


def _in_text(tag: re.Match[str]) -> str:
    """A tag without what only docxtpl understands; where it wouldn't, the tag stays as it is."""
    words = tag[0].translate(_QUOTES)
    found = _PREFIX.fullmatch(words)
    return found[1] + found[3] if found and found[2] in ("p", "r") else words


def _in_table(tag: re.Match[str]) -> str:
    words = tag[0].translate(_QUOTES)
    if spanning := _CELL.fullmatch(words):
        return f"{{{{ {spanning[1]} }}}}"
    if _MERGE.fullmatch(words):
        return ""
    found = _PREFIX.fullmatch(words)
    return found[1] + found[3] if found else words
