"""The page beside what is typed: the real one, as it would be, and which field each word is of."""

from __future__ import annotations

import base64
import json
import threading
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlencode

from starlette.responses import RedirectResponse, Response, StreamingResponse

from .. import api
from ..errors import UsageError
from ..messages import message, speaking
from . import frame, sending
from .access import Role
from .asked import Asked
from .routing import StudioRoute

_SMALLEST, _LARGEST, _USUAL = 30, 250, 110
"""Dots to the inch that a picture may have."""

_drawing: dict[str, api.preview.PagePreviews] = {}
_turn = threading.Lock()


def shown(asked: Asked) -> Response:
    """The page as it would be, as a line of JSON; a second line where the rest changes it."""
    target, address, dots = asked.target, asked.query("at"), asked.query("dots")
    request = api.preview.PageRequest(
        _kind(asked),
        target.unit,
        _options(asked),
        unsaved=api.editing.Desk(asked.workspace, target.folder, _who(asked)).laid_over(),
        page=int(asked.query("page")) if asked.query("page").isdecimal() else 1,
        at=_place(asked, address) if address else None,
        dots=min(max(int(dots), _SMALLEST), _LARGEST) if dots.isdecimal() else _USUAL,
        reader=f"{_who(asked)}/{asked.query('tab')[:40]}",
    )
    lines = _lines(asked, _previews(asked).pages(request))
    return StreamingResponse(lines, media_type="application/x-ndjson")


def made(asked: Asked) -> Response:
    """A document of what is saved, to keep: Word or PDF, as the command makes it."""
    form = asked.part("form")
    if form not in ("pdf", "docx"):
        raise UsageError(message("studio-request-unreadable"))
    files = api.documents.make(
        *(asked.workspace, _kind(asked), asked.target),
        formats=(form,),
        options=_options(asked),
    ).files
    path, data = next((path, data) for path, data in files.items() if path.suffix == f".{form}")
    return sending.kept(path.name, data)


def go(asked: Asked) -> Response:
    """The task in which a field is filled in, at the field."""
    address, unit = asked.query("at"), asked.target.unit.name
    try:
        place = api.editing.of_address(address)
    except ValueError as error:
        raise UsageError(message("studio-request-unreadable")) from error
    task = api.editing.tasks.task_of(place, unit)
    there = ["agency", asked.part("agency"), "unit", asked.part("unit")]
    query = {"at": address}
    if place.file.startswith("results/"):
        there.append("results")
        query["round"] = place.file.split("/")[1]
    elif task != api.editing.tasks.OTHER:
        there.append(task)
    return RedirectResponse(f"{frame.link(*there)}?{urlencode(query)}", 303)


def _previews(asked: Asked) -> api.preview.PagePreviews:
    """Who draws the pages of the workspace: one process, whoever asks."""
    with _turn:
        key = str(asked.workspace.root)
        if key not in _drawing:
            _drawing[key] = api.preview.PagePreviews(asked.workspace)
        return _drawing[key]


def _lines(asked: Asked, pages: Iterator[api.preview.PreviewedPage]) -> Iterator[bytes]:
    for page in pages:
        with speaking(asked.language):
            said = _as_json(asked, page)
        yield json.dumps(said, ensure_ascii=False).encode() + b"\n"


def _as_json(asked: Asked, page: api.preview.PreviewedPage) -> dict[str, Any]:
    folder = asked.target.folder
    fields = []
    for one in page.fields:
        file = one.field.path.relative_to(folder).as_posix()
        box = one.rectangle
        fields.append(
            {
                "at": api.editing.FieldPlace(file, one.field.keys).address,
                "text": one.text,
                "box": [box.left, box.top, box.width, box.height],
            }
        )
    return {
        "picture": base64.b64encode(page.picture).decode(),
        "page": page.page,
        "pages": page.pages,
        "size": page.size,
        "found": page.found,
        "settled": page.settled,
        "seconds": page.seconds,
        "faults": frame.faults(asked, page.faults),
        "fields": fields,
    }


def _place(asked: Asked, address: str) -> api.preview.PrintedPlace | None:
    """The field of an address; nothing for what is no address, which is a field of no page."""
    try:
        place = api.editing.of_address(address)
    except ValueError:
        return None
    return api.preview.PrintedPlace(asked.target.folder / place.file, place.path)


def _kind(asked: Asked) -> str:
    """The kind of document that is looked at; of a person usually that person's forms."""
    if kind := asked.query("kind"):
        api.documents.check_kind(kind)
        return kind
    person = api.overview.unit(asked.target.unit).level == "person"
    return "personal" if person else "agreement"


def _options(asked: Asked) -> api.preview.DocumentOptions:
    return api.preview.DocumentOptions(round=asked.query("round"), survey=asked.query("survey"))


def _who(asked: Asked) -> str:
    return asked.user.name if asked.user is not None else ""


_BELOW = "/agency/{agency}/unit/{unit}"
ROUTES = (
    StudioRoute(f"{_BELOW}/page", shown, Role.READER),
    StudioRoute(f"{_BELOW}/made/{{form}}", made, Role.READER),
    StudioRoute(f"{_BELOW}/go", go, Role.READER),
)
