"""A Word template as a package: its parts found by relationship and type, never by name.

Word, Word Online and LibreOffice call the same part ``document.xml``, ``document2.xml``,
``image1.png``. What is read here has the names that ``gen`` uses, the types of a document, and
only what a document is made of; ``objections`` says why a package isn't one. What editors leave
in it (``leftovers``) is taken out on the way.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from urllib.parse import unquote

from lxml import etree

from ..errors import TemplateFault
from ..messages import Message, message
from ..workspace.confined import opened
from ..workspace.reasons import why
from . import leftovers, libreoffice, tags
from .word_parts import (
    APP,
    APP_XML,
    CODE,
    CORE,
    DOCUMENT,
    DYNAMIC,
    EMBLEM,
    LEFT_OUT,
    LEFT_OUT_NAMED,
    MAX_PARTS,
    MAX_UNPACKED,
    NAMES,
    OBJECTS,
    OFFICE,
    PACKAGE_RELATIONS,
    STRICT,
    WORD,
    Relation,
    content_types,
    relations_xml,
    unpack,
)

MAX_XML = 2 << 20
"""How large a part of a template's XML may be, in bytes; the largest one shipped has a tenth."""


_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_WP = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_ROLES = {
    EMBLEM: re.compile(r"\{\{(?:(?!\{\{)[^}])*\bemblem\b"),
    CODE: re.compile(r"\{\{(?:(?!\{\{)[^}])*\bpage\.id\b"),
}
_BY_NAME = {"emblem": EMBLEM, "code": CODE}


@dataclass(frozen=True, slots=True)
class Package:
    """A template's parts under the names that gen uses.

    ``ids`` are the relationships of each part, ``objections`` why no document can be made of it,
    ``left`` what was taken out of it, ``has_code`` whether it shows the document's
    QR code, ``emblems`` the relationships of the emblem's picture, ``by_libreoffice`` whether
    LibreOffice saved it last.
    """

    parts: Mapping[str, bytes]
    ids: Mapping[str, frozenset[str]]
    objections: tuple[Message, ...]
    left: tuple[Message, ...]
    has_code: bool
    emblems: frozenset[str]
    by_libreoffice: bool

    @property
    def whole_objections(self) -> tuple[Message, ...]:
        """Why the package is no template of a document."""
        dots = (message("picture-of-one-dot", name=name) for name in self._dots())
        code = message("code-picture-missing", tag="{{ page.id }}")
        return (*self.objections, *dots, *(() if self.has_code else (code,)))

    @property
    def part_objections(self) -> tuple[Message, ...]:
        """Why the package is no template that others take in."""
        body = self.parts[DOCUMENT]
        pictured = (message("part-holds-picture"),) if b"<a:blip" in body else ()
        return (*self.objections, *pictured)

    def _dots(self) -> Iterator[str]:
        for name, data in self.parts.items():
            other = name.startswith("word/media/") and name not in (CODE, EMBLEM)
            if other and data[16:24] == b"\0\0\0\1\0\0\0\1":
                yield name


def read(path: Path, largest: int = MAX_XML) -> Package:
    """A template as a package of the usual names, its parts no larger than ``largest``, in bytes.

    Raises TemplateFault when it is no document.
    """
    try:
        with opened(path) as file:
            data = file.read(MAX_UNPACKED)
    except OSError as error:
        raise TemplateFault(
            message("no-word-document", name=path.name, reason=why(error))
        ) from error
    return _read(path.name, data, largest)


@lru_cache(maxsize=16)
def _read(name: str, data: bytes, largest: int) -> Package:
    """The check and every document read the same files: each is taken apart once."""
    return _Reading(name, unpack(name, data), largest).package()


def parse(data: bytes) -> etree._Element:
    """XML that may come from anywhere. Raises XMLSyntaxError."""
    return etree.fromstring(data, etree.XMLParser(resolve_entities=False, no_network=True))


class _Reading:
    """Walks a package from its relationships on."""

    def __init__(self, name: str, files: Mapping[str, bytes], largest: int) -> None:
        self.name = name
        self.largest = largest
        self.files = {unquote(key).lstrip("/"): data for key, data in files.items()}
        self.parts: dict[str, bytes] = {}
        self.types: dict[str, str] = {}
        self.relations: dict[str, list[Relation]] = {}
        self.known: dict[str, str] = {}
        self.objections: dict[Message, None] = {}
        self.left: dict[Message, None] = {}
        self.by_libreoffice = any(
            libreoffice.wrote(self.files.get(relation.target, b""))
            for relation in self._relations_of("")
            if relation.word == "extended-properties"
        )

    def package(self) -> Package:
        try:
            return self._package()
        except etree.XMLSyntaxError as error:
            raise TemplateFault(
                message("broken-xml-in-template", reason=error.msg).about(self.name)
            ) from error

    def _package(self) -> Package:
        main = self._main()
        if any("vbaproject" in name.lower() for name in self.files):
            name = next(name for name in self.files if "vbaproject" in name.lower())
            self.objections[message("template-holds-macros", name=name)] = None
        self.known[main] = DOCUMENT
        self._take(main, DOCUMENT, f"{WORD}document.main+xml")
        self._properties()
        for name in (CODE, EMBLEM):
            if self._shows(name):
                self.parts.setdefault(name, b"")
        ids = {name: frozenset(r.id for r in rules) for name, rules in self.relations.items()}
        for name, rules in self.relations.items():
            folder, _, file = name.rpartition("/")
            if rules:
                self.parts[f"{folder}/_rels/{file}.rels"] = relations_xml(rules)
        self.parts["_rels/.rels"] = relations_xml(
            [
                Relation("rId1", f"{OFFICE}/officeDocument", DOCUMENT, False),
                Relation("rId2", PACKAGE_RELATIONS + "/metadata/core-properties", CORE, False),
                Relation("rId3", f"{OFFICE}/extended-properties", APP, False),
            ]
        )
        self.parts[APP] = APP_XML
        self.parts["[Content_Types].xml"] = self._content_types()
        return Package(
            self.parts,
            ids,
            tuple(self.objections),
            tuple(self.left),
            self._shows(CODE),
            frozenset(r.id for r in self.relations[DOCUMENT] if r.target == EMBLEM),
            self.by_libreoffice,
        )

    def _shows(self, picture: str) -> bool:
        return any(rule.target == picture for rules in self.relations.values() for rule in rules)

    def _main(self) -> str:
        for relation in self._relations_of(""):
            if relation.word != "officeDocument" or relation.external:
                continue
            if relation.type.startswith(STRICT):
                raise TemplateFault(
                    message("strict-open-xml", name=self.name),
                )
            if relation.target in self.files:
                root = parse(self.files[relation.target])
                if root.tag == f"{_W}document":
                    return relation.target
        raise TemplateFault(
            message("no-main-part", name=self.name),
        )

    def _relations_of(self, part: str) -> list[Relation]:
        folder, _, file = part.rpartition("/")
        name = f"{folder}/_rels/{file}.rels".lstrip("/")
        if name not in self.files:
            return []
        found = []
        for element in parse(self.files[name]).iter("{*}Relationship"):
            external = element.get("TargetMode") == "External"
            target = element.get("Target", "")
            if external:
                self.objections[message("part-points-outside", part=name, target=target)] = None
            else:
                target = posixpath.normpath(posixpath.join("/", folder, unquote(target)))[1:]
            found.append(Relation(element.get("Id", ""), element.get("Type", ""), target, external))
        return found

    def _take(self, source: str, name: str, kind: str) -> None:
        """Take a part in under its own name, and what it is related to."""
        data = self.files[source]
        if name.endswith(".xml") and len(data) > self.largest:
            raise TemplateFault(
                message("part-too-large", name=self.name, part=source, most=self.largest >> 20),
            )
        relations = []
        for relation in self._relations_of(source):
            if relation.external:
                continue
            if relation.word in LEFT_OUT:
                self._leave(relation)
            elif relation.word not in NAMES:
                what = OBJECTS.get(
                    relation.word, message("holds-part-of-another-kind", kind=relation.word)
                )
                if "vba" not in relation.word.lower():
                    self.objections[
                        message("template-holds-object", what=what, target=relation.target)
                    ] = None
            elif relation.target not in self.files:
                self.objections[message("related-part-missing", part=relation.target)] = None
            else:
                if relation.target not in self.known:
                    self.known[relation.target] = self._name(relation)
                    own = self.known[relation.target]
                    self._take(relation.target, own, NAMES[relation.word][1])
                relation.target = self.known[relation.target]
                relations.append(relation)
        if name.endswith(".xml"):
            data = self._cleaned(name, data, relations)
        self.parts[name] = data
        self.relations[name] = relations
        if kind:
            self.types[name] = kind

    def _name(self, relation: Relation) -> str:
        pattern, _ = NAMES[relation.word]
        taken = {*self.known.values(), CODE, EMBLEM}
        if pattern.endswith("/"):
            file = relation.target.rpartition("/")[2]
            # The pictures of code and emblem go by their roles, so their names are kept free.
            name, number = pattern + file, 1
            while name in taken:
                name, number = f"{pattern}{number}-{file}", number + 1
            return name
        numbers = (pattern.format(number) for number in range(1, MAX_PARTS))
        return next(name for name in numbers if name not in taken or "{}" not in pattern)

    def _leave(self, relation: Relation) -> None:
        if relation.word in LEFT_OUT_NAMED:
            names = self._inside(relation)
            what = LEFT_OUT_NAMED[relation.word]
            if names:
                what = message("leftover-with-names", what=what, names=tuple(names))
            self.left[what] = None

    def _inside(self, relation: Relation) -> list[str]:
        data = self.files.get(relation.target)
        if data is None or relation.word == "customXml":
            return []
        wanted = {"comments": f"{_W}author", "custom-properties": "name", "people": None}
        key = wanted.get(relation.word)
        found: dict[str, None] = {}
        for element in parse(data).iter(etree.Element):
            values = [
                v for k, v in element.attrib.items() if (k == key if key else "author" in str(k))
            ]
            found.update(dict.fromkeys(str(value)[:60] for value in values))
        return list(found)[:5]

    def _properties(self) -> None:
        """What the package's own properties say of who made it, and where."""
        for relation in self._relations_of(""):
            if relation.external or relation.target not in self.files:
                continue
            if relation.word in LEFT_OUT:
                self._leave(relation)
            if relation.word in ("core-properties", "extended-properties"):
                for element in parse(self.files[relation.target]).iter(etree.Element):
                    word = etree.QName(element).localname
                    told = leftovers.PROPERTIES.get(word)
                    if told and (element.text or "").strip():
                        self.left[
                            message(
                                "leftover-property",
                                what=told,
                                value=str(element.text).strip()[:60],
                            )
                        ] = None

    def _cleaned(self, name: str, data: bytes, relations: list[Relation]) -> bytes:
        """A part without what editors leave in it, its pictures told by their roles."""
        root = parse(data)
        self.left.update(dict.fromkeys(leftovers.clean(root)))
        tags.straighten(root)
        if self.by_libreoffice:
            self.objections.update(dict.fromkeys(libreoffice.mend(root)))
        for drawing in (*root.iter(f"{_WP}inline"), *root.iter(f"{_WP}anchor")):
            self._picture(name, drawing, relations)
        used = {
            value
            for e in root.iter(etree.Element)
            for k, value in e.attrib.items()
            if k.startswith(_R)
        }
        relations[:] = [
            r for r in relations if r.word not in ("image", "header", "footer") or r.id in used
        ]
        if leftovers.has_notes(root):
            note = name.removeprefix("word/").removesuffix(".xml")
            self.objections[message("template-holds-notes", notes=note)] = None
        if any(box.find(f".//{_W}t") is not None for box in root.iter(f"{_W}txbxContent")):
            self.objections[message("template-holds-text-box")] = None
        if not DYNAMIC.fullmatch(name) and (tag := _tag_in(root)):
            part = name.removeprefix("word/").removesuffix(".xml")
            self.objections[message("tag-where-nothing-fills-in", part=part, tag=tag[:60])] = None
        return leftovers.written(root)

    def _picture(self, name: str, drawing: etree._Element, relations: list[Relation]) -> None:
        title = drawing.find(f"{_WP}docPr")
        blip = next(drawing.iter(f"{_A}blip"), None)
        if title is None or blip is None:
            return
        words = title.get("descr", "") + title.get("title", "")
        role = next((role for role, tag in _ROLES.items() if tag.search(words)), None)
        role = role or _BY_NAME.get(title.get("name", ""))
        if role is None:
            return
        own = next((r for r in relations if r.target == role), None)
        if own is None:
            taken = {relation.id for relation in relations}
            word = "Code" if role == CODE else "Emblem"
            free = (f"rId{word}{number or ''}" for number in range(MAX_PARTS))
            id_ = next(one for one in free if one not in taken)
            own = Relation(id_, f"{OFFICE}/image", role, False)
            relations.append(own)
            old = next((r for r in relations if r.id == blip.get(f"{_R}embed")), None)
            if old is not None and old.target in self.parts:
                self.parts.setdefault(role, self.parts[old.target])
        blip.set(f"{_R}embed", own.id)

    def _content_types(self) -> bytes:
        # A picture that nothing refers to any more stays behind.
        kept = {r.target for rules in self.relations.values() for r in rules}
        for name in [n for n in self.parts if n.startswith("word/media/") and n not in kept]:
            del self.parts[name]
        return content_types(self.parts, self.types)


def _tag_in(root: etree._Element) -> str:
    """The first tag in the texts or values of a part, or nothing."""
    for paragraph in root.iter(f"{_W}p"):
        words = "".join(text.text or "" for text in tags.texts_of(paragraph))
        if tag := tags.found_in(words):
            return tag
    values = (str(value) for e in root.iter(etree.Element) for value in e.attrib.values())
    return next(filter(None, map(tags.found_in, values)), "")
