"""The frame that all pages share, and how pages are made of their templates."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.responses import HTMLResponse, RedirectResponse, Response

from .. import api
from ..messages import Message

if TYPE_CHECKING:
    from ..diagnostics import Diagnostic
    from ..errors import GenError
    from .asked import Asked

PAGES = Path(__file__).with_name("pages")


@dataclass(frozen=True, slots=True)
class Tab:
    """A task of a unit: the last part of its path, and the code of its name."""

    path: str
    words: str


TABS: list[Tab] = []
"""The tasks of a unit in the order of the year; ``app`` fills it from the modules of pages."""


def page(asked: Asked, name: str, status: int = 200, /, **given: Any) -> HTMLResponse:
    """A page of its template; all text in it is shown as text."""
    return HTMLResponse(part(asked, name, **given), status)


def part(asked: Asked, name: str, /, **given: Any) -> str:
    """The same as text: a part of a page, or what several parts are joined of."""
    common = {
        "asked": asked,
        "user": asked.user,
        "language": asked.language,
        "path": asked.request.url.path,
        "tabs": TABS,
    }
    return _environment().get_template(name).render(common | given)


def refusal(asked: Asked, error: GenError, status: int = 422) -> Response:
    """What ended the work, with all its places: a page, or what an open page shows above itself."""
    shown = {"error": error, "faults": faults(asked, error.diagnostics)}
    if asked.is_part:
        # Wherever the answer was to go: it is said where everybody looks.
        said = HTMLResponse(part(asked, "refused.html", **shown), status)
        said.headers["HX-Retarget"], said.headers["HX-Reswap"] = "#said", "innerHTML"
        return said
    return page(asked, "refusal.html", status, **shown)


def faults(asked: Asked, found: Iterable[Diagnostic]) -> list[dict[str, Any]]:
    """Faults as pages show them: file, line, severity, sentence, remedy."""
    return api.faults.as_json(found, asked.workspace.root)


def link(*parts: str) -> str:
    """An address within the studio: each part a name, which may hold any sign."""
    return "/" + "/".join(quote(one, safe="") for one in parts)


def away(*parts: str) -> RedirectResponse:
    """Have the browser go to another page, by reading it: a form was sent."""
    return RedirectResponse(link(*parts), 303)


def said(code: str, /, **given: Any) -> str:
    """A sentence of the catalogues in the language of whoever reads."""
    return str(Message(code, tuple(given.items())))


@cache
def _environment() -> Environment:
    made = Environment(
        loader=FileSystemLoader(PAGES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.globals |= {"_": said, "link": link}
    return made
