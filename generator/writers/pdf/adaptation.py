"""The adaptation of WeasyPrint that makes its PDFs say what they show.

WeasyPrint draws Thai rightly and writes a wrong text layer (a glyph keeps the first text
it was ever drawn for), tags every page on its own, and gives table cells header lists
that are wrong under merged headers. This module, and nothing else, changes that:

- every drawn line of text carries its own characters as ActualText, and glyph maps say of
  each glyph what it stands for itself, for readers that ignore ActualText;
- page heads and feet, and repeated header rows, are artifacts;
- an element that goes on on the next page stays one element of the structure tree;
- header cells say their scope;
- what is in another language says so.

It rests on WeasyPrint's inner functions, so ``apply`` refuses a version it was not
tested with.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pydyf
import weasyprint
import weasyprint.pdf as weasyprint_pdf
from weasyprint.draw import text as draw_text
from weasyprint.formatting_structure import boxes
from weasyprint.pdf import stream as pdf_stream
from weasyprint.pdf import tags as pdf_tags

from ...errors import MissingError
from ...messages import message
from . import (
    counted_pages,
    form_fields,
    glyphs,
    justified,
    line_boxes,
    line_breaks,
    made_fonts,
    packing,
    page_runs,
    savings,
    signature_fields,
    tall_rows,
)
from .savings import drawn_lines

TESTED = ("70.0",)
"""The versions of WeasyPrint this was tested with."""

_CONTINUED = {
    "/" + tag
    for tag in (
        *("Table", "THead", "TBody", "TFoot", "TR", "TH", "TD", "P", "Div", "Sect", "Art", "Part"),
        *("H1", "H2", "H3", "H4", "H5", "H6", "L", "LI", "LBody", "BlockQuote", "Caption"),
    )
}
_SCOPES = {"col": "/Column", "colgroup": "/Column", "row": "/Row", "rowgroup": "/Row"}
# PDF/UA-1, 5: the part; ISO 19005-3, 6.6.2.3.3: a schema PDF/A doesn't know is described.
_UA = b"""
<rdf:Description rdf:about="" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/" pdfuaid:part="1"/>
<rdf:Description rdf:about=""
  xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"
  xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#"
  xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">
<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
<pdfaSchema:schema>PDF/UA identification</pdfaSchema:schema>
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">
<pdfaProperty:name>part</pdfaProperty:name>
<pdfaProperty:valueType>Integer</pdfaProperty:valueType>
<pdfaProperty:category>internal</pdfaProperty:category>
<pdfaProperty:description>part of ISO 14289 that the file holds to</pdfaProperty:description>
</rdf:li></rdf:Seq></pdfaSchema:property>
</rdf:li></rdf:Bag></pdfaExtension:schemas>
</rdf:Description>
"""
_TYPES = {
    "yaml": "/application#2fyaml",
    "txt": "/text#2fplain",
    "json": "/application#2fjson",
    "png": "/image#2fpng",
}
_MARK = "_gen_artifact"
_HYPHEN = "_gen_hyphen"
_SEEN = "_gen_elements"
_OPENED = "_gen_opened"
_original_line = drawn_lines.draw_first_line
_original_fonts = weasyprint_pdf.build_fonts_dictionary
_original_tree = pdf_tags._build_box_tree
_original_marked = pdf_stream.Stream.marked


def apply() -> None:
    """Adapt WeasyPrint, once a process. Raises MissingError on an untested version."""
    if weasyprint.__version__ not in TESTED:
        raise MissingError(
            message(
                "renderer-untested",
                library="WeasyPrint",
                package="weasyprint",
                version=weasyprint.__version__,
                tested=TESTED[-1],
            )
        )
    # What saves work stands below what changes the document, but for what is measured.
    line_breaks.apply()
    made_fonts.apply()
    packing.apply()
    savings.apply()
    draw_text.draw_first_line = _draw_line
    weasyprint_pdf.build_fonts_dictionary = _build_fonts
    pdf_tags._build_box_tree = _build_tree
    pdf_stream.Stream.marked = _marked
    tall_rows.apply()
    page_runs.apply()
    justified.apply()
    line_boxes.apply()
    counted_pages.apply()


def mark_artifacts(document: weasyprint.Document) -> None:
    """Mark what is no content: page heads and feet, and header rows that are repeated."""
    seen: set[int] = set()
    for page in document.pages:
        for box, parent_marked in _walk(page._page_box, False):
            mark = parent_marked or isinstance(box, boxes.MarginBox)
            if not mark and getattr(box, "is_header", False) and box.element is not None:
                mark = id(box.element) in seen
                seen.add(id(box.element))
            if mark:
                setattr(box, _MARK, True)


def mark_nothing(document: weasyprint.Document) -> None:
    """Mark the bodies of pages on which nothing but heads and feet stands."""
    for page in document.pages:
        for box in page._page_box.children:
            setattr(box, _MARK, True)


def mark_hyphens(document: weasyprint.Document) -> None:
    """Mark the hyphens at the ends of lines: they are the text's own, none breaks a word."""
    for page in document.pages:
        for line, _ in _walk(page._page_box, False):
            if isinstance(line, boxes.LineBox):
                texts = [box for box, _ in _walk(line, False) if isinstance(box, boxes.TextBox)]
                last = next((box for box in reversed(texts) if box.text.strip()), None)
                if last is not None and last.text.rstrip().endswith("-"):
                    setattr(last, _HYPHEN, True)


def finish(document: weasyprint.Document, pdf: pydyf.PDF) -> None:
    """The last change before the bytes are written.

    Header cells keep their scope and lose their lists; the metadata say that the file is
    PDF/UA-1 beside PDF/A-3a; attachments are listed once, with their own types; pictures
    are drawn as they are (ISO 19005-3, 6.2.8).
    """
    if "AF" in pdf.catalog:
        pdf.catalog["AF"] = pydyf.Array(dict.fromkeys(pdf.catalog["AF"]))
    for item in pdf.objects:
        tidy(item)
        if isinstance(item, dict) and item.get("Type") == "/Filespec":
            stream = pdf.objects[int(item["EF"]["F"].split()[0])]
            stream.extra["Subtype"] = _TYPES[item["UF"].string.rpartition(".")[2]]
        if isinstance(item, pydyf.Stream) and item.extra.get("Type") == "/Metadata":
            item.stream[0] = item.stream[0].replace(b"</rdf:RDF>", _UA + b"</rdf:RDF>")


def tidy(item: Any) -> None:
    """The last change to an object, wherever in the document it is."""
    signature_fields.tidy(item)
    if isinstance(item, pydyf.Stream) and "Interpolate" in item.extra:
        item.extra["Interpolate"] = "false"
    if isinstance(item, dict) and item.get("S") in ("/TH", "/TD"):
        item.pop("ID", None)
        attributes = item.get("A")
        if attributes is not None:
            attributes.pop("Headers", None)
            if len(attributes) == 1:
                del item["A"]


def _walk(box: Any, marked: bool) -> Iterator[tuple[Any, bool]]:
    box = getattr(box, "_box", box)
    yield box, marked
    marked = marked or hasattr(box, _MARK)
    for child in getattr(box, "children", ()):
        yield from _walk(child, marked)


def _draw_line(stream: Any, textbox: Any, *args: Any) -> Any:
    """Draw a line of text inside a span that says what it reads."""
    if stream._tags is None or not textbox.text.strip():
        return _original_line(stream, textbox, *args)
    # Readers drop a hyphen at a line's end; one before a no-break space they leave.
    text = textbox.text + ("\u00a0" if hasattr(textbox, _HYPHEN) else "")
    properties = pydyf.Dictionary({"ActualText": pydyf.String(text)})
    stream.begin_marked_content("Span", properties)
    try:
        return _original_line(stream, textbox, *args)
    finally:
        stream.end_marked_content()


def _build_fonts(pdf: Any, fonts: Any, *args: Any) -> Any:
    """Write the fonts with a glyph map that says of each glyph what it stands for itself."""
    for font in fonts.values():
        known = glyphs.letters(font.file_content, font.index)
        font.to_unicode = {glyph: known.get(glyph, text) for glyph, text in font.to_unicode.items()}
    return _original_fonts(pdf, fonts, *args)


def _marked(stream: Any, box: Any, tag: str) -> Any:
    return stream.artifact() if hasattr(box, _MARK) else _original_marked(stream, box, tag)


def _in_points(pixels: Any, pdf: Any, page_number: int) -> Any:
    """A rectangle in points from the page's lower left corner, of one in CSS pixels."""
    page = pdf.objects[int(pdf.page_references[page_number].split()[0])]
    height = page["MediaBox"][3]
    left, top, right, bottom = (value * signature_fields.POINTS for value in pixels)
    edges = (left, height - bottom, right, height - top)
    return pydyf.Array([round(edge, 2) for edge in edges])


def _build_tree(
    box: Any, parent: Any, pdf: Any, page: int, nums: Any, annotations: Any, tags: Any
) -> Iterator[Any]:
    """The structure elements of a box, those of earlier pages going on where they can."""
    box = getattr(box, "_box", box)
    if hasattr(box, _MARK):
        # The table's own code looks for the elements of its header cells.
        for inner, _ in _walk(box, True):
            inner.mark = {"A": {}}
        return
    if isinstance(box, boxes.PageBox) or box.element_tag in ("html", "body"):
        # These stand for nothing themselves: what comes out is of the boxes inside.
        yield from _original_tree(box, parent, pdf, page, nums, annotations, tags)
        return
    signature_fields.add_field(box, pdf, page)
    form_fields.add(box, pdf, page)
    seen: dict[tuple[int, str], tuple[Any, int]] = pdf.__dict__.setdefault(_SEEN, {})
    # Words beside blocks are in a box without a name, which has its parent's element.
    opened: dict[int, Any] = pdf.__dict__.setdefault(_OPENED, {})
    own = opened.setdefault(id(box.element), box) is box
    for element in _original_tree(box, parent, pdf, page, nums, annotations, tags):
        if element["S"] == "/TH":
            scope = _SCOPES.get(box.element.attrib.get("scope", "col"), "/Column")
            element["A"]["Scope"] = scope
        if box.element is not None and (language := box.element.attrib.get("lang")):
            element["Lang"] = pydyf.String(language)
        if element["S"] == "/Figure":
            element["A"]["BBox"] = _in_points(element["A"]["BBox"], pdf, page)
        if not own or element["S"] not in _CONTINUED:
            yield element
            continue
        key = (id(box.element), element["S"])
        first, first_page = seen.setdefault(key, (element, page))
        if first is element or first_page == page:
            yield element
            continue
        for reference in element["K"]:
            pdf.objects[int(reference.split()[0])]["P"] = first.reference
            first["K"].append(reference)
    if own:
        opened.pop(id(box.element), None)
