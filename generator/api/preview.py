"""A page of what nobody has saved yet: as a picture, with the fields that its words are of.

    previews = api.preview.PagePreviews(workspace)
    asked = api.preview.PageRequest("agreement", unit, unsaved={unit: text.encode()}, page=3)
    for page in previews.pages(asked):
        show(page.picture)

The second page that may come is the same one, drawn again because the rest of the document
changed it. Nothing is written. ``as_it_would_be`` has any other job see the same files: checks,
scores.
"""

from ..agreements.record import DocumentOptions
from ..preview.drawing_process import PagePreviews
from ..preview.requests import DOTS, FieldOnPage, PageRequest, PreviewedPage, PrintedPlace
from ..workspace.unsaved import unsaved as as_it_would_be

__all__ = [
    "DOTS",
    "DocumentOptions",
    "FieldOnPage",
    "PagePreviews",
    "PageRequest",
    "PreviewedPage",
    "PrintedPlace",
    "as_it_would_be",
]
