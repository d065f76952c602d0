"""Parts put into a Word file when it is written: how they are declared and related."""

from __future__ import annotations

from lxml import etree

from ...templates.word_parts import OFFICE, PACKAGE_RELATIONS

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_TYPES, _LIST = (
    "http://schemas.openxmlformats.org/package/2006/content-types",
    "[Content_Types].xml",
)


def add(parts: dict[str, bytes], source: str, word: str, name: str, kind: str, data: bytes) -> str:
    """Add the part ``name``, of the content type ``kind``, to which ``source`` is related.

    ``word`` is the last word of the relationship's type. Returns the relationship's id.
    """
    parts[name] = data
    types = etree.fromstring(parts[_LIST])
    known = {e.get("PartName") for e in types}
    if f"/{name}" not in known:
        values = {"PartName": f"/{name}", "ContentType": kind}
        etree.SubElement(types, f"{{{_TYPES}}}Override", values)
        parts[_LIST] = written(types)
    folder, _, file = source.rpartition("/")
    rels = f"{folder}/_rels/{file}.rels"
    if rels in parts:
        root = etree.fromstring(parts[rels])
    else:
        root = etree.Element(
            f"{{{PACKAGE_RELATIONS}}}Relationships", nsmap={None: PACKAGE_RELATIONS}
        )
    taken = {e.get("Id") for e in root}
    number = next(n for n in range(1, len(taken) + 2) if f"rIdAdded{n}" not in taken)
    values = {"Id": f"rIdAdded{number}", "Type": f"{OFFICE}/{word}", "Target": f"/{name}"}
    etree.SubElement(root, f"{{{PACKAGE_RELATIONS}}}Relationship", values)
    parts[rels] = written(root)
    return values["Id"]


def inner(element: etree._Element, *tags: str) -> etree._Element | None:
    """The first child called by the first tag, in it that by the second one; None where none is.

    It is what ``find`` gives, many times as fast.
    """
    found: etree._Element = element
    for tag in tags:
        if not len(found):
            return None
        first = found[0]  # properties stand first
        one = first if first.tag == tag else next(first.itersiblings(tag), None)
        if one is None:
            return None
        found = one
    return found


def written(root: etree._Element) -> bytes:
    """XML as a part holds it."""
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
