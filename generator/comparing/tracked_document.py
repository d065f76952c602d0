"""Two versions of a Word document as one document with tracked changes."""

from __future__ import annotations

import copy
from collections.abc import Mapping

from lxml import etree

from ..agreements import record
from ..writers.docx import carried
from ..writers.docx.archive import pack
from .lists import Lists
from .marks import Marker
from .tracked import Tracker
from .word_xml import DOCUMENT, Element, R, W, opened, parsed

_CORE = "docProps/core.xml"
_STYLES, _NUMBERING = "word/styles.xml", "word/numbering.xml"
_CREATED = "{http://purl.org/dc/terms/}created"
_EMPTY = {"identifier", "version"}
_CP = "{http://schemas.openxmlformats.org/package/2006/metadata/core-properties}"


def compared(old: bytes, new: bytes, name: str) -> bytes:
    """The new document with every change of the old one marked. Raises FileError.

    Both are documents that gen made; ``name`` is what the new one is called.
    """
    was, parts = opened(old, name), opened(new, name)
    marker = Marker()
    made = parsed(parts[_CORE], name).findtext(_CREATED) if _CORE in parts else None
    if made:
        marker.day = made
    lists = Lists.of(was, parts)
    roots: dict[str, Element] = {}
    for part in sorted(parts):
        if part == DOCUMENT or _is_furniture(part):
            root = parsed(parts[part], name)
            if part in was:
                before = parsed(was[part], name)
                if part == DOCUMENT:
                    lists.renumber(before, root)
                tracker = Tracker(marker, _Usable(_relations(parts, part), _relations(was, part)))
                one, other = _holder(before), _holder(root)
                tracker.container(one, other)
            roots[part] = root
    parts |= {part: _written(root) for part, root in roots.items()}
    lists.put(parts)
    _styles(was, parts, name)
    _anonymous(parts, name)
    return pack(parts)


def _is_furniture(part: str) -> bool:
    return part.startswith(("word/header", "word/footer")) and part.endswith(".xml")


def _holder(root: Element) -> Element:
    """What holds the blocks of a part."""
    body = root.find(f"{W}body")
    return root if body is None else body


class _Usable:
    """Whether a run of the old document can stand in the new one: what it shows is there."""

    def __init__(self, new: Mapping[str, str], old: Mapping[str, str]) -> None:
        self._new, self._old = new, old

    def __call__(self, run: Element) -> bool:
        for part in run.iter():
            for key, id_ in part.attrib.items():
                if str(key).startswith(R) and self._new.get(str(id_)) != self._old.get(str(id_)):
                    return False
        return True


def _relations(parts: Mapping[str, bytes], part: str) -> dict[str, str]:
    folder, _, file = part.rpartition("/")
    data = parts.get(f"{folder}/_rels/{file}.rels")
    if data is None:
        return {}
    return {e.get("Id", ""): e.get("Target", "") for e in parsed(data, part)}


def _written(root: Element) -> bytes:
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


def _styles(was: Mapping[str, bytes], parts: dict[str, bytes], name: str) -> None:
    """Take over the styles that only the old document uses."""
    old, new = parsed(was[_STYLES], name), parsed(parts[_STYLES], name)
    known = {style.get(f"{W}styleId") for style in new.iter(f"{W}style")}
    for style in old.iter(f"{W}style"):
        if style.get(f"{W}styleId") not in known:
            new.append(copy.deepcopy(style))
    parts[_STYLES] = _written(new)


def _anonymous(parts: dict[str, bytes], name: str) -> None:
    """It is neither of the two documents: it bears no number of theirs, and its own seal."""
    carried.drop(parts)
    core = parsed(parts[_CORE], name)
    for element in [*core]:
        if etree.QName(element).localname in _EMPTY:
            core.remove(element)
    etree.SubElement(core, f"{_CP}version").text = record.seal(
        {part: data for part, data in parts.items() if part != _CORE}
    )
    parts[_CORE] = _written(core)
