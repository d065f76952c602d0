"""Empty signature fields, made while a page is drawn: named, placed, tagged.

An element with ``data-signature`` (the field's name) and ``title`` (what it is for) becomes
a field over its whole line, and down to the end of the line for the date (``signed-on``) that
ends its block: a dated signature fills that in. The fields are there before anyone signs, so
that signing adds to the file and changes nothing in it (PAdES; PDF 1.7, 12.7.4.5).
"""

from __future__ import annotations

from typing import Any

import pydyf
from weasyprint.formatting_structure import boxes

from ...templates.conventions import DATE_OF_SIGNING, SIGNATURE_FIELD

_END = "signature_end"
_PRINT = 4
_SIGNATURES_EXIST = 1
POINTS = 0.75
"""Points to a CSS pixel."""


def add_field(box: Any, pdf: pydyf.PDF, page_number: int) -> None:
    """Make the field that ``box`` asks for, if it asks for one and has none yet."""
    if not isinstance(box, boxes.BlockBox) or box.element is None:
        return
    _note_date(box)
    if box.widget_annotation:
        return
    name = box.element.attrib.get(SIGNATURE_FIELD)
    if not name:
        return
    page = pdf.objects[int(pdf.page_references[page_number].split()[0])]
    height = page["MediaBox"][3]
    left, top = box.border_box_x() * POINTS, height - box.border_box_y() * POINTS
    end = getattr(box, _END, box.border_box_y() + box.border_height())
    width, depth = box.border_width() * POINTS, (end - box.border_box_y()) * POINTS
    appearance = pydyf.Stream(
        [],
        pydyf.Dictionary(
            {
                "Type": "/XObject",
                "Subtype": "/Form",
                "BBox": pydyf.Array([0, 0, round(width, 2), round(depth, 2)]),
            }
        ),
    )
    pdf.add_object(appearance)
    rectangle = [left, top - depth, left + width, top]
    widget = pydyf.Dictionary(
        {
            "Type": "/Annot",
            "Subtype": "/Widget",
            "FT": "/Sig",
            "T": pydyf.String(name),
            "TU": pydyf.String(box.element.attrib.get("title", name)),
            "F": _PRINT,
            "Rect": pydyf.Array([round(value, 2) for value in rectangle]),
            "P": page.reference,
            "AP": pydyf.Dictionary({"N": appearance.reference}),
        }
    )
    pdf.add_object(widget)
    box.widget_annotation = widget
    page.setdefault("Annots", pydyf.Array()).append(widget.reference)
    form = pdf.catalog.setdefault(
        "AcroForm", pydyf.Dictionary({"Fields": pydyf.Array(), "SigFlags": _SIGNATURES_EXIST})
    )
    form["Fields"].append(widget.reference)


def _note_date(block: Any) -> None:
    """Let the field in a block know where the block's line for the date ends."""
    inner = [
        box for box in block.children if isinstance(box, boxes.BlockBox) and box.element is not None
    ]
    if inner and inner[-1].element.get("class") == DATE_OF_SIGNING and inner[-1].children:
        for box in inner[:-1]:
            if box.element.get(SIGNATURE_FIELD):
                setattr(box, _END, inner[-1].border_box_y() + inner[-1].border_height())


def tidy(item: Any) -> None:
    """Give a Form element its one child directly: an array of one upsets later signatures."""
    if isinstance(item, dict) and item.get("S") == "/Form" and len(item["K"]) == 1:
        item["K"] = item["K"][0]
