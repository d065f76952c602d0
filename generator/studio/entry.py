"""Coming in and going out, the language, and the files that pages are made with."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from starlette.exceptions import HTTPException
from starlette.responses import FileResponse, RedirectResponse, Response

from .. import api
from ..errors import UsageError
from ..messages import LANGUAGES, message
from . import frame
from .access import Role, User
from .asked import LANGUAGE, Asked
from .routing import StudioRoute

STATIC = Path(__file__).with_name("static")
YEAR = 365 * 24 * 3600


def enter(asked: Asked) -> Response:
    """Take the one-time secret of the address that was printed, or say where to find it."""
    offered = asked.query("token")
    if offered and asked.studio.token.taken(offered):
        return _let_in(asked, User("", Role.OFFICER))
    if asked.user is not None:
        return RedirectResponse("/", 303)
    if asked.studio.door is not None:
        return frame.page(asked, "login.html", 401, said="")
    return frame.page(asked, "enter.html", 401, was_used=bool(offered))


def log_in(asked: Asked) -> Response:
    """Come in with a name and a password."""
    door = asked.studio.door
    if door is None:
        return frame.page(asked, "enter.html", 401, was_used=False)
    try:
        user = door.by_password(asked.field("name").strip(), asked.field("password"))
    except UsageError as error:
        return frame.page(asked, "login.html", 401, said=error.message)
    return _let_in(asked, user)


def _let_in(asked: Asked, user: User) -> Response:
    answer = RedirectResponse("/", 303)
    answer.set_cookie(
        asked.studio.cookie,
        asked.studio.sessions.begin(user),
        httponly=True,
        samesite="strict",
        secure=asked.studio.is_behind_tls,
    )
    return answer


def leave(asked: Asked) -> Response:
    """End the session."""
    asked.studio.sessions.end(asked.request.cookies.get(asked.studio.cookie, ""))
    answer = RedirectResponse("/enter", 303)
    answer.delete_cookie(asked.studio.cookie)
    return answer


def speak(asked: Asked) -> Response:
    """Have pages speak another language, and go back to the one that was open."""
    chosen, back = asked.field("language"), asked.field("back")
    if chosen not in LANGUAGES:
        raise UsageError(message("studio-request-unreadable"))
    within = back.startswith("/") and not back.startswith("//") and "\\" not in back
    answer = RedirectResponse(back if within else "/", 303)
    answer.set_cookie(
        LANGUAGE,
        chosen,
        max_age=YEAR,
        httponly=True,
        samesite="strict",
        secure=asked.studio.is_behind_tls,
    )
    return answer


def static(asked: Asked) -> Response:
    """A file of the studio's own: those there are, and no others."""
    found = _files().get(asked.part("name"))
    if found is None:
        raise HTTPException(404)
    return FileResponse(found, headers={"Cache-Control": "no-cache"})


@cache
def _files() -> dict[str, Path]:
    found = (path for path in STATIC.rglob("*") if path.suffix in (".js", ".css", ".svg"))
    return {path.relative_to(STATIC).as_posix(): path for path in found}


def font(asked: Asked) -> Response:
    """A face of Thai letters that is installed on the machine."""
    found = api.overview.font(asked.workspace, asked.part("name"))
    if found is None:
        raise HTTPException(404)
    return FileResponse(found, headers={"Cache-Control": "max-age=86400"})


ROUTES = (
    StudioRoute("/enter", enter, Role.ANYONE),
    StudioRoute("/enter", log_in, Role.ANYONE, "POST"),
    StudioRoute("/leave", leave, Role.READER, "POST"),
    StudioRoute("/language", speak, Role.ANYONE, "POST"),
    StudioRoute("/static/{name:path}", static, Role.ANYONE),
    StudioRoute("/font/{name}", font, Role.ANYONE),
)
