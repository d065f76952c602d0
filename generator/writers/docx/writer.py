"""The context through a Word template to bytes.

Only the dynamic parts are rendered; the rest of the template is copied as it is. The
archive is written with sorted entries and one fixed date, so that equal contexts give
equal bytes.
"""

from __future__ import annotations

import itertools
from dataclasses import dataclass, fields
from datetime import UTC, datetime, time
from typing import Any

from docx.opc.coreprops import CoreProperties
from docx.oxml.coreprops import CT_CoreProperties
from lxml import etree

from ...agreements import record
from ...documents.chart import WallChart
from ...documents.common import Picture, Properties
from ...documents.parts.pages import CHARTS, PageFormat
from ...templates.docx import WordTemplate
from ...templates.word_parts import CODE, CORE, DOCUMENT, EMBLEM, NAMES
from ...typesetting.lettering import AVERAGE, Lettering
from .. import qr_code
from . import by_parts, carried, numbering, papers
from .archive import pack
from .by_parts import WrittenBody
from .embedding import EmbeddedFace, embed
from .finishing import Finishing, drop_empty_end, number_pictures, spell_page_numbers
from .justified import set_justified
from .looks import drop_empty_runs
from .parts import add, written
from .styles import styles_of, used

STYLES = "word/styles.xml"
LISTS, _ = NAMES["numbering"]
W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_MAX_PROPERTY = 255


@dataclass(frozen=True, slots=True)
class DocxWriter:
    """Writes documents of one kind from a compiled template."""

    template: WordTemplate
    face: EmbeddedFace | None = None
    """The face to embed, where the template lists one of ``named``."""

    named: tuple[str, ...] = ()
    lettering: Lettering = AVERAGE

    def write(self, context: Any, made_of: record.SourceRecord | None = None) -> bytes:
        """The document as DOCX, with the source that it was made from. Raises TemplateFault."""
        values = {field.name: getattr(context, field.name) for field in fields(context)}
        parts = dict(self.template.static)
        styles = styles_of(_styles(parts[STYLES], context))
        emblem: Picture | None = getattr(context, "emblem", None)
        lettering = self.lettering.naming(context.page.named)
        finishing = Finishing(styles, lettering, emblem, self.template.emblems)
        counts_lists = LISTS not in parts
        body = self._by_parts(context, values, finishing, counts_lists=counts_lists)
        if body is None:
            body = self._in_one_piece(context, values, finishing, counts_lists=counts_lists)
        parts[DOCUMENT] = body.xml
        if body.lists is not None:
            add(parts, DOCUMENT, "numbering", *NAMES["numbering"], body.lists)
        count = itertools.count(body.pictures + 1)
        used_styles = set(body.styles)
        for name in sorted(self.template.dynamic):
            if name != DOCUMENT:
                root = self.template.rendered(name, values)
                number_pictures(root, map(str, count))
                drop_empty_runs(root)
                spell_page_numbers(root)
                used_styles |= used(root)
                parts[name] = written(root)
        parts[STYLES] = styles.used_alone(used_styles)
        if emblem is not None:
            parts[EMBLEM] = emblem.data
        parts[CODE] = qr_code.png(context.page.id)
        if self.face is not None:
            embed(parts, self.face, self.named)
        if made_of is not None:
            carried.put(parts, made_of)
        parts.pop(CORE, None)
        parts[CORE] = core_properties(context.properties, context.page.id, record.seal(parts))
        return pack(parts)

    def _by_parts(
        self, context: Any, values: dict[str, object], finishing: Finishing, *, counts_lists: bool
    ) -> WrittenBody | None:
        """The body put together from its parts; None where it is one piece."""
        if _large_page(context) is not None:
            return None
        return by_parts.written_body(self.template, values, finishing, counts_lists=counts_lists)

    def _in_one_piece(
        self, context: Any, values: dict[str, object], finishing: Finishing, *, counts_lists: bool
    ) -> WrittenBody:
        root = self.template.rendered(DOCUMENT, values)
        pictures = number_pictures(root, map(str, itertools.count(1)))
        if (large := _large_page(context)) is not None:
            papers.set_page(root, large[0])
        finishing.finish(root, drop_empty_end)
        lists = numbering.number([root], finishing.styles) if counts_lists else None
        return WrittenBody(written(root), lists, frozenset(used(root)), pictures)


def _styles(template: bytes, context: Any) -> bytes:
    """The template's styles as this document has them."""
    found = set_justified(template, justified=context.page.justified)
    large = _large_page(context)
    return found if large is None else papers.sized(found, *large)


def _large_page(context: Any) -> tuple[PageFormat, float] | None:
    """The page of what stands on one large page, and the size of its letters."""
    if not isinstance(context, WallChart):
        return None
    return papers.in_word(CHARTS[context.paper], context.letters)


def core_properties(properties: Properties, identifier: str = "", seal: str = "") -> bytes:
    """``docProps/core.xml``; nothing in it depends on when or by whom it was made.

    ``seal`` is kept as the version: whoever edits the document leaves it and changes the parts.
    """
    element = CT_CoreProperties.new()
    core = CoreProperties(element)
    day = datetime.combine(properties.day, time(), UTC).replace(tzinfo=None)
    core.title = properties.title[:_MAX_PROPERTY]
    core.subject = properties.subject[:_MAX_PROPERTY]
    core.author = core.last_modified_by = properties.author[:_MAX_PROPERTY]
    core.language = properties.language
    core.identifier = identifier
    core.version = seal
    core.created = core.modified = day
    core.revision = 1
    return etree.tostring(element, xml_declaration=True, encoding="UTF-8", standalone=True)
