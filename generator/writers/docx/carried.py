"""The source inside a Word document: a part of its own, which Word keeps and nobody sees.

What a document was made from goes with it, as with a PDF, so that it can be compared with another
version, and read back once it was edited.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from lxml import etree

from ... import __version__
from ...agreements import record
from ...templates.word_parts import DOCUMENT
from .parts import add, written

NAMESPACE = "urn:gen:source"
_PART, _PROPERTIES = "customXml/item1.xml", "customXml/itemProps1.xml"
_STORE = "http://schemas.openxmlformats.org/officeDocument/2006/customXml"
_STORE_KIND = "application/vnd.openxmlformats-officedocument.customXmlProperties+xml"
_LIST = "[Content_Types].xml"
_ITEM = re.compile(r"customXml/[^/]+\.xml")


@dataclass(frozen=True, slots=True)
class CarriedSource:
    """A document's source as its DOCX carries it, and what its record says."""

    data: bytes
    said: Mapping[str, str]

    @property
    def whole(self) -> bool:
        """Whether nothing in it was changed since."""
        return self.said.get("sha256") == record.sha256(self.data)


def put(parts: dict[str, bytes], made_of: record.SourceRecord) -> None:
    """Have a document carry its source."""
    said = {
        "id": made_of.id,
        "kind": made_of.kind,
        "agency": made_of.agency,
        "unit": made_of.unit,
        "generator": __version__,
        "data_hash": made_of.data_hash,
        "source_hash": made_of.source_hash,
        "sha256": record.sha256(made_of.data),
    }
    root = etree.Element(f"{{{NAMESPACE}}}source", said, nsmap={None: NAMESPACE})
    root.text = made_of.data.decode()
    add(parts, DOCUMENT, "customXml", _PART, "application/xml", written(root))
    digest = made_of.source_hash.upper()
    number = "-".join((digest[:8], digest[8:12], digest[12:16], digest[16:20], digest[20:32]))
    store = etree.Element(f"{{{_STORE}}}datastoreItem", nsmap={"ds": _STORE})
    store.set(f"{{{_STORE}}}itemID", f"{{{number}}}")
    names = etree.SubElement(store, f"{{{_STORE}}}schemaRefs")
    etree.SubElement(names, f"{{{_STORE}}}schemaRef").set(f"{{{_STORE}}}uri", NAMESPACE)
    add(parts, _PART, "customXmlProps", _PROPERTIES, _STORE_KIND, written(store))


def drop(parts: dict[str, bytes]) -> None:
    """Take a document's source out of it: it is another document now."""
    for name in [*parts]:
        if name.startswith("customXml/"):
            del parts[name]
        elif name == _LIST or name.endswith(".rels"):
            root = etree.fromstring(parts[name])
            gone = [
                e
                for e in root
                if "/customXml/" in (e.get("PartName") or "") + (e.get("Target") or "")
            ]
            for element in gone:
                root.remove(element)
            parts[name] = written(root) if gone else parts[name]


def taken(parts: Mapping[str, bytes]) -> CarriedSource | None:
    """The source that a document carries, whatever its part is called now."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    for name in sorted(parts):
        if not _ITEM.fullmatch(name) or NAMESPACE.encode() not in parts[name]:
            continue
        try:
            root = etree.fromstring(parts[name], parser)
        except etree.XMLSyntaxError:
            continue
        if root.tag == f"{{{NAMESPACE}}}source" and root.text:
            said = {str(key): str(value) for key, value in root.attrib.items()}
            return CarriedSource(root.text.encode(), said)
    return None
