"""The parts of a Word package: what each is called, of what type it is, how parts are related."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from lxml import etree

from ..errors import TemplateFault
from ..messages import Message, message
from ..workspace.archives import DAMAGED, NO_ARCHIVE

DOCUMENT = "word/document.xml"
CORE, APP = "docProps/core.xml", "docProps/app.xml"
EMBLEM, CODE = "word/media/emblem.png", "word/media/code.png"
DYNAMIC = re.compile(r"word/(document|header\d*|footer\d*)\.xml")
"""The parts whose tags are filled in."""

MAX_UNPACKED = 64 << 20
MAX_PARTS = 2000

_TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
PACKAGE_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
STRICT = "http://purl.oclc.org/ooxml/"
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml."
APP_XML = (
    b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<Properties xmlns='
    b'"http://schemas.openxmlformats.org/officeDocument/2006/extended-properties">'
    b"<Application>Microsoft Office Word</Application></Properties>"
)
NAMES = {
    "styles": ("word/styles.xml", f"{WORD}styles+xml"),
    "settings": ("word/settings.xml", f"{WORD}settings+xml"),
    "fontTable": ("word/fontTable.xml", f"{WORD}fontTable+xml"),
    "numbering": ("word/numbering.xml", f"{WORD}numbering+xml"),
    "footnotes": ("word/footnotes.xml", f"{WORD}footnotes+xml"),
    "endnotes": ("word/endnotes.xml", f"{WORD}endnotes+xml"),
    "header": ("word/header{}.xml", f"{WORD}header+xml"),
    "footer": ("word/footer{}.xml", f"{WORD}footer+xml"),
    "theme": ("word/theme/theme{}.xml", "application/vnd.openxmlformats-officedocument.theme+xml"),
    "image": ("word/media/", ""),
    "font": ("word/fonts/", "application/vnd.openxmlformats-officedocument.obfuscatedFont"),
}
"""The parts of a document: what each is called, and its type, by the word of its relationship."""

LEFT_OUT = frozenset(
    {
        *("comments", "commentsExtended", "commentsIds", "commentsExtensible", "people"),
        *("customXml", "customXmlProps", "glossaryDocument", "webSettings", "stylesWithEffects"),
        *("thumbnail", "custom-properties", "extended-properties", "core-properties"),
        *("classificationlabels", "origin", "ink", "keyMapCustomizations", "recipientData"),
    }
)
"""What Word and its readers do without; no document takes it over from its template."""

LEFT_OUT_NAMED: Mapping[str, Message] = {
    "comments": message("leftover-comments"),
    "people": message("leftover-people"),
    "custom-properties": message("leftover-custom-properties"),
    "customXml": message("leftover-custom-xml"),
    "glossaryDocument": message("leftover-building-blocks"),
}
"""What of it is worth a remark."""

OBJECTS: Mapping[str, Message] = {
    "oleObject": message("holds-object"),
    "package": message("holds-package"),
    "control": message("holds-activex-control"),
    "aFChunk": message("holds-another-document"),
    "subDocument": message("holds-another-document"),
    "chart": message("holds-chart"),
}
"""What no document may hold."""

_PICTURES = {
    "jpg": "image/jpeg",
    "jpeg": "image/jpeg",
    "png": "image/png",
    "gif": "image/gif",
    "bmp": "image/bmp",
    "tif": "image/tiff",
    "tiff": "image/tiff",
    "emf": "image/x-emf",
    "wmf": "image/x-wmf",
    "svg": "image/svg+xml",
}


@dataclass(slots=True)
class Relation:
    """What a part is related to, in what way: another part, or something outside the file."""

    id: str
    type: str
    target: str
    external: bool

    @property
    def word(self) -> str:
        """The last word of its type, which all dialects of the format share."""
        return self.type.rpartition("/")[2]


def unpack(name: str, data: bytes) -> dict[str, bytes]:
    """The files in a .docx. Raises TemplateFault when it is none, or suspiciously large."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            infos = archive.infolist()
            if sum(info.file_size for info in infos) > MAX_UNPACKED or len(infos) > MAX_PARTS:
                raise TemplateFault(
                    message("template-unpacks-to-too-much", name=name, most=MAX_UNPACKED >> 20)
                )
            return {info.filename: archive.read(info) for info in infos if not info.is_dir()}
    except NO_ARCHIVE as error:
        raise TemplateFault(message("no-word-document", name=name, reason=str(error))) from error
    except DAMAGED as error:
        raise TemplateFault(message("word-document-damaged", name=name)) from error


def content_types(parts: Iterable[str], types: Mapping[str, str]) -> bytes:
    """The list of parts' types, of which ``types`` are those that have one of their own."""
    root = etree.Element(f"{{{_TYPES}}}Types", nsmap={None: _TYPES})
    endings = {
        "rels": "application/vnd.openxmlformats-package.relationships+xml",
        "xml": "application/xml",
        "png": "image/png",
    }
    for name in parts:
        ending = name.rpartition(".")[2].lower()
        if name.startswith("word/media/") and ending in _PICTURES:
            endings[ending] = _PICTURES[ending]
    for ending, kind in endings.items():
        etree.SubElement(root, f"{{{_TYPES}}}Default", Extension=ending, ContentType=kind)
    properties = {
        CORE: "application/vnd.openxmlformats-package.core-properties+xml",
        APP: "application/vnd.openxmlformats-officedocument.extended-properties+xml",
    }
    for name, kind in {**types, **properties}.items():
        etree.SubElement(root, f"{{{_TYPES}}}Override", PartName=f"/{name}", ContentType=kind)
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


def relations_xml(relations: list[Relation]) -> bytes:
    """The relations of one part as a part of their own."""
    root = etree.Element(f"{{{PACKAGE_RELATIONS}}}Relationships", nsmap={None: PACKAGE_RELATIONS})
    for relation in relations:
        etree.SubElement(
            root,
            f"{{{PACKAGE_RELATIONS}}}Relationship",
            Id=relation.id,
            Type=relation.type,
            Target=f"/{relation.target}",
        )
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
