"""The adaptation of WeasyPrint that makes its PDFs say what they show.

WeasyPrint draws Thai rightly and writes a wrong text layer (a glyph keeps the first text
it was ever drawn for), tags every page on its own, and gives table cells header lists
that are wrong under merged headers. This module, and nothing else, changes that:

- every drawn line of text carries its own characters as ActualText;
- page heads and feet, and repeated header rows, are artifacts;
- an element that goes on on the next page stays one element of the structure tree;
- header cells say their scope.

It rests on WeasyPrint's inner functions, so ``apply`` refuses a version it was not
tested with.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pydyf
import weasyprint
from weasyprint.draw import text as draw_text
from weasyprint.formatting_structure import boxes
from weasyprint.pdf import stream as pdf_stream
from weasyprint.pdf import tags as pdf_tags

from ..errors import MissingError

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
_MARK = "_gen_artifact"
_SEEN = "_gen_elements"
_original_line = draw_text.draw_first_line
_original_tree = pdf_tags._build_box_tree
_original_marked = pdf_stream.Stream.marked


def apply() -> None:
    """Adapt WeasyPrint, once a process. Raises MissingError on an untested version."""
    if weasyprint.__version__ not in TESTED:
        raise MissingError(
            f"WeasyPrint {weasyprint.__version__} was not tested with gen",
            f"pip install weasyprint=={TESTED[-1]}",
        )
    draw_text.draw_first_line = _draw_line
    pdf_tags._build_box_tree = _build_tree
    pdf_stream.Stream.marked = _marked


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


def finish(document: weasyprint.Document, pdf: pydyf.PDF) -> None:
    """The last change before the bytes are written: scopes in place of header lists."""
    for item in pdf.objects:
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
    if hasattr(textbox, _MARK) or stream._tags is None or not textbox.text.strip():
        return _original_line(stream, textbox, *args)
    properties = pydyf.Dictionary({"ActualText": pydyf.String(textbox.text)})
    stream.begin_marked_content("Span", properties)
    try:
        return _original_line(stream, textbox, *args)
    finally:
        stream.end_marked_content()


def _marked(stream: Any, box: Any, tag: str) -> Any:
    return stream.artifact() if hasattr(box, _MARK) else _original_marked(stream, box, tag)


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
    seen: dict[tuple[int, str], tuple[Any, int]] = pdf.__dict__.setdefault(_SEEN, {})
    for element in _original_tree(box, parent, pdf, page, nums, annotations, tags):
        if element["S"] == "/TH" and box.element is not None:
            scope = _SCOPES.get(box.element.attrib.get("scope", "col"), "/Column")
            element["A"]["Scope"] = scope
        if box.element is None or element["S"] not in _CONTINUED:
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


Finisher = Callable[[weasyprint.Document, pydyf.PDF], None]
