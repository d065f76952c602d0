"""A Word file opened: what it must be before anything in it is read, and its parts as trees."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from lxml import etree

from ...diagnostics import Diagnostic, Location
from ...messages import Message, message
from ...workspace.archives import DAMAGED

MAX_BYTES = 32 << 20
"""So large may a Word file be, packed; its pictures aren't unpacked."""

MAX_XML = 48 << 20
"""So large may the parts that hold text be together, unpacked."""

MAX_ENTRIES = 2000
MAX_TAGS = 1_500_000
"""So many tags all parts together may have: each becomes an object."""

MAX_DEPTH = 200
"""So deep may elements stand in each other: Word's own tables in tables need a few dozen."""

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_OLE = b"\xd0\xcf\x11\xe0"
_STRICT = re.compile(rb"http://purl\.oclc\.org/ooxml/(officeDocument|wordprocessingml|drawingml)/")
_MATH = re.compile(rb"http://purl\.oclc\.org/ooxml/officeDocument/math")
_STORIES = re.compile(
    r"word/(?:document|numbering|styles|footnotes|endnotes|comments|(?:header|footer)\d{0,3})\.xml"
)


@dataclass(frozen=True, slots=True)
class WordPackage:
    """The parts of a Word file that hold text or say how it is numbered."""

    document: etree._Element
    parts: Mapping[str, etree._Element]
    """By their short name: ``numbering``, ``styles``, ``footnotes``, ``header1`` …"""

    has_macros: bool = False

    def part(self, name: str) -> etree._Element | None:
        """A part by its short name; None where the file has none."""
        return self.parts.get(name)


def opened(path: Path, data: bytes) -> WordPackage | Diagnostic:
    """The parts of the Word file in ``data``, or why it can't be read; ``path`` only names it.

    Nothing outside the file is asked for: no entity, no linked picture, no template; macros and
    embedded objects aren't looked at.
    """
    refused = _refusal(data)
    if refused is None:
        try:
            with zipfile.ZipFile(io.BytesIO(data)) as archive:
                found = _parts(archive)
        except DAMAGED:
            found = message("word-file-damaged")
        if isinstance(found, WordPackage):
            return found
        refused = found
    return Diagnostic(refused, Location(path))


def _refusal(data: bytes) -> Message | None:
    if len(data) > MAX_BYTES:
        return message("old-word-file-too-large", size=MAX_BYTES >> 20)
    if data.startswith(_OLE):
        return message("word-file-old-or-locked")
    if not data.startswith(b"PK"):
        return message("no-word-file")
    return None


def _parts(archive: zipfile.ZipFile) -> WordPackage | Message:
    entries = archive.infolist()
    names = [entry.filename for entry in entries]
    if len(entries) > MAX_ENTRIES:
        return message("word-file-of-too-many-parts", parts=len(entries))
    if len(set(names)) < len(names):
        return message("word-file-part-twice")
    if "word/document.xml" not in names:
        return message("no-word-file")
    left, tags = MAX_XML, 0
    parts: dict[str, etree._Element] = {}
    for entry in entries:
        if not _STORIES.fullmatch(entry.filename):
            continue
        with archive.open(entry) as file:
            content = file.read(left + 1)
        left -= len(content)
        tags += content.count(b"<")
        if left < 0 or tags > MAX_TAGS:
            return message("word-file-unpacks-too-large")
        if b"<!DOCTYPE" in content or b"<!ENTITY" in content or b"\x00" in content:
            return message("word-file-part-not-plain", part=entry.filename)
        tree = _tree(content)
        if tree is None:
            return message("word-file-damaged")
        parts[entry.filename.removeprefix("word/").removesuffix(".xml")] = tree
    document = parts.pop("document")
    if document.tag != f"{W}document" or document.find(f"{W}body") is None:
        return message("no-word-file")
    macros = any(name.lower().endswith("vbaproject.bin") for name in names)
    return WordPackage(document, parts, macros)


def _tree(content: bytes) -> etree._Element | None:
    """One part as a tree that holds nothing from elsewhere; None where it is none, or too deep."""
    content = _MATH.sub(b"http://schemas.openxmlformats.org/officeDocument/2006/math", content)
    content = _STRICT.sub(rb"http://schemas.openxmlformats.org/\1/2006/", content)
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        root = etree.fromstring(content, parser)
    except (etree.XMLSyntaxError, ValueError):
        return None
    return root if _deepest(root) <= MAX_DEPTH else None


def _deepest(root: etree._Element) -> int:
    deepest = depth = 0
    for event, _ in etree.iterwalk(root, events=("start", "end")):
        depth += 1 if event == "start" else -1
        deepest = max(deepest, depth)
        if deepest > MAX_DEPTH:
            break
    return deepest
