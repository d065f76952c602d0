"""All pages together: the table of routes, and the application that a server runs."""

from __future__ import annotations

from itertools import chain

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from . import (
    beside,
    entry,
    frame,
    home,
    results,
    signing,
    surveys,
    unit_edits,
    unit_tasks,
    units,
)
from .gate import Gate, TooLongError
from .routing import StudioRoute, starlette_routes
from .settings import Studio

MODULES = (entry, home, units, unit_tasks, unit_edits, results, surveys, signing, beside)
"""The modules of pages: each has its ``ROUTES``, and perhaps ``TABS`` of a unit's tasks."""

ROUTES: tuple[StudioRoute, ...] = tuple(chain.from_iterable(one.ROUTES for one in MODULES))

frame.TABS[:] = chain.from_iterable(getattr(one, "TABS", ()) for one in MODULES)


def application(studio: Studio) -> Starlette:
    """The application of a studio."""
    return Starlette(
        routes=starlette_routes(ROUTES, studio),
        middleware=[Middleware(Gate, studio=studio)],
        exception_handlers={HTTPException: _plain, TooLongError: _too_long},
    )


async def _plain(_: Request, error: Exception) -> Response:
    """Say a status and no more."""
    assert isinstance(error, HTTPException)
    return PlainTextResponse(error.detail, error.status_code)


async def _too_long(_: Request, error: Exception) -> Response:
    return PlainTextResponse("too long", 413)
