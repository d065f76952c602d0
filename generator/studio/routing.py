"""Routes, each with the role that it needs."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.routing import Route

from ..errors import GenError, UsageError
from ..messages import LANGUAGES, message, speaking
from . import frame
from .access import Role, User
from .asked import LANGUAGE, Asked
from .settings import Studio

MOST_FIELDS, MOST_FILES = 5000, 50

Page = Callable[[Asked], Response]


@dataclass(frozen=True, slots=True)
class StudioRoute:
    """A path, what answers it, and the role that it needs: nothing is open by oversight.

    ``{agency}`` and ``{unit}`` in a path are what somebody of a unit has to belong to.
    """

    path: str
    page: Page
    role: Role
    method: str = "GET"


def starlette_routes(routes: Iterable[StudioRoute], studio: Studio) -> list[Route]:
    """The routes as the framework takes them, each behind its role."""
    return [Route(one.path, _guarded(one, studio), methods=[one.method]) for one in routes]


def _guarded(route: StudioRoute, studio: Studio) -> Callable[[Request], Any]:
    async def answered(request: Request) -> Response:
        language = request.cookies.get(LANGUAGE, "")
        language = language if language in LANGUAGES else studio.language
        user = studio.door.by_header(request) if studio.door is not None else None
        user = user or studio.sessions.of(request.cookies.get(studio.cookie, ""))
        with speaking(language):
            refused = _refused(route, request, studio, user, language)
            if refused is not None:
                return refused
            async with request.form(
                max_files=MOST_FILES, max_fields=MOST_FIELDS, max_part_size=4 << 20
            ) as form:
                is_form = "form" in request.headers.get("content-type", "")
                body = b"" if is_form else await request.body()
                asked = Asked(request, studio, user, language, form, body)
                return await run_in_threadpool(_answer, route.page, asked)

    return answered


def _refused(
    route: StudioRoute, request: Request, studio: Studio, user: User | None, language: str
) -> Response | None:
    """What is answered where somebody may not ask; nothing where they may."""
    if route.role is Role.ANYONE:
        return None
    names = request.path_params
    if user is None:
        if route.method == "GET" and "hx-request" not in request.headers:
            return RedirectResponse("/enter", 303)
        return JSONResponse({"reason": str(message("studio-come-in-again"))}, 401)
    if user.may(route.role, names.get("agency", ""), names.get("unit", "")):
        return None
    asked = Asked(request, studio, user, language, FormData())
    return frame.refusal(asked, UsageError(message("studio-not-your-role")), 403)


def _answer(page: Page, asked: Asked) -> Response:
    """What a page answers; what ends the work in an orderly way is said on a page."""
    try:
        return page(asked)
    except GenError as error:
        return frame.refusal(asked, error)
