"""Heads, feet and styles of templates that another one takes in.

A section that is taken in keeps its own heads and feet: a page across the sheet has another foot
than one upright. What the other template has too is used as it is there. Its styles are those of
the other template, by their names: LibreOffice calls them otherwise on saving.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping

from lxml import etree

from .word_package import Package, parse
from .word_parts import CODE, DOCUMENT, EMBLEM

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_RELS = "word/_rels/document.xml.rels"
_TYPES = "[Content_Types].xml"
_USED = re.compile(r'(<w:(?:header|footer)Reference\b[^>]*?\br:id=")([^"]*)(")')
_STYLED = re.compile(r'(<w:(?:p|r|tbl)Style\b[^>]*?\bw:val=")([^"]*)(")')
RELATED = "\ngen-related-"
"""How names of relationships begin: no text in XML spells a line's end as attributes do."""

_NAME = re.compile(r"word/(header|footer)\d*\.xml")


class Joined:
    """The parts of a template, and the heads and feet of those that it takes in."""

    def __init__(self, package: Package) -> None:
        self.parts = dict(package.parts)
        self.ids = dict(package.ids)

    def called(self) -> dict[str, str]:
        """A name for each relationship of the document, by its id: of what it leads to alone.

        So heads, feet and pictures are called alike in templates that have them under other ids.
        """
        found: dict[str, str] = {}
        for id_, target in sorted(_targets(self.parts, DOCUMENT).items()):
            own = self.parts.get(target, b""), self.parts.get(_rels_of(target), b"")
            role = target if target in (CODE, EMBLEM) else ""
            total = hashlib.sha256(b"%d " % len(own[0]) + own[0] + own[1] + role.encode())
            name = f"{RELATED}{total.hexdigest()[:32]}"
            while name in found.values():
                name += "-"
            found[id_] = name
        return found

    def take_in(self, taken: Package, body: str) -> str:
        """The body of a template, its heads and feet by the relationships that they have here."""
        targets = _targets(taken.parts, DOCUMENT)
        known: dict[str, str] = {}
        for use in _USED.finditer(body):
            target = targets.get(use[2], "")
            if use[2] not in known and _NAME.fullmatch(target):
                known[use[2]] = self._own(taken, target)
        styles = _renamed(taken.parts, self.parts)
        body = _STYLED.sub(lambda use: use[1] + styles.get(use[2], use[2]) + use[3], body)
        return _USED.sub(lambda use: use[1] + known.get(use[2], use[2]) + use[3], body)

    def _own(self, taken: Package, target: str) -> str:
        """The relationship of a head or foot, which is added where there is none like it."""
        rels = _rels_of(target)
        for id_, own in _targets(self.parts, DOCUMENT).items():
            same = self.parts.get(own) == taken.parts[target]
            if same and self.parts.get(_rels_of(own)) == taken.parts.get(rels):
                return id_
        word = "header" if "header" in target else "footer"
        name = _free(f"word/{word}{{}}.xml", self.parts)
        self.parts[name] = taken.parts[target]
        self.ids[name] = taken.ids[target]
        if rels in taken.parts:
            self.parts[_rels_of(name)] = self._pictured(taken, target)
        id_ = f"rIdTaken{len(self.ids)}"
        kinds = {e.get("PartName"): e.get("ContentType") for e in parse(taken.parts[_TYPES])}
        types = {e.get("Id"): e.get("Type") for e in parse(taken.parts[_RELS])}
        old = next(i for i, own in _targets(taken.parts, DOCUMENT).items() if own == target)
        self._add(_TYPES, "Override", PartName=f"/{name}", ContentType=str(kinds[f"/{target}"]))
        self._add(_RELS, "Relationship", Id=id_, Type=str(types[old]), Target=f"/{name}")
        self.ids[DOCUMENT] |= {id_}
        return id_

    def _pictured(self, taken: Package, target: str) -> bytes:
        """The relationships of a head or foot, its pictures taken in with it."""
        rels = taken.parts[_rels_of(target)]
        for picture in _targets(taken.parts, target).values():
            data = taken.parts[picture]
            name = picture
            if picture not in (CODE, EMBLEM) and self.parts.get(picture, data) != data:
                name = _free(picture.replace("media/", "media/{}-"), self.parts)
                rels = rels.replace(f'"/{picture}"'.encode(), f'"/{name}"'.encode())
            self.parts.setdefault(name, data)
        known = {e.get("Extension") for e in parse(self.parts[_TYPES])}
        for default in parse(taken.parts[_TYPES]).iter("{*}Default"):
            if (ending := str(default.get("Extension"))) not in known:
                kind = str(default.get("ContentType"))
                self._add(_TYPES, "Default", Extension=ending, ContentType=kind)
        return rels

    def _add(self, part: str, tag: str, **values: str) -> None:
        root = parse(self.parts[part])
        etree.SubElement(root, f"{{{etree.QName(root).namespace}}}{tag}", values)
        self.parts[part] = etree.tostring(
            root, xml_declaration=True, encoding="UTF-8", standalone=True
        )


def _rels_of(part: str) -> str:
    folder, _, file = part.rpartition("/")
    return f"{folder}/_rels/{file}.rels"


def _targets(parts: Mapping[str, bytes], part: str) -> dict[str, str]:
    """What a part is related to, by the relationships."""
    rels = parts.get(_rels_of(part))
    if rels is None:
        return {}
    return {str(e.get("Id")): str(e.get("Target")).lstrip("/") for e in parse(rels)}


def _renamed(parts: Mapping[str, bytes], others: Mapping[str, bytes]) -> dict[str, str]:
    """What the other template calls the styles of a template that it calls otherwise."""
    known = {named: id_ for id_, named in styles_of(others).items()}
    ids = {id_: known.get(named, id_) for id_, named in styles_of(parts).items()}
    return {id_: own for id_, own in ids.items() if id_ != own}


def styles_of(parts: Mapping[str, bytes]) -> dict[str, tuple[str, str]]:
    """The kind and name of each style, by its id; names of styles don't tell cases apart."""
    found = {}
    for style in parse(parts.get("word/styles.xml", b"<none/>")).iter(f"{_W}style"):
        name = style.find(f"{_W}name")
        if name is not None:
            kind, named = style.get(f"{_W}type", ""), name.get(f"{_W}val", "")
            found[style.get(f"{_W}styleId", "")] = (kind, named.lower())
    return found


def _free(pattern: str, parts: Mapping[str, bytes]) -> str:
    names = (pattern.format(number) for number in range(1, len(parts) + 2))
    return next(name for name in names if name not in parts)
