"""What a page's function is given: what somebody asks for, read whole, and who it is."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from starlette.datastructures import FormData, UploadFile
from starlette.requests import Request

from .. import api
from ..errors import UsageError
from ..messages import message
from .access import User
from .settings import Studio

LANGUAGE = "gen-language"
"""The cookie that keeps which language somebody reads."""


@dataclass(frozen=True)
class Asked:
    """What somebody asks for: the request, read whole, and who it is.

    ``user`` is nobody's only at routes that are open to anyone.
    """

    request: Request
    studio: Studio
    user: User | None
    language: str
    form: FormData
    body: bytes = b""

    @property
    def workspace(self) -> api.workspaces.Workspace:
        """The workspace that the studio is of."""
        return self.studio.workspace

    @property
    def is_part(self) -> bool:
        """Whether a page that is open asks for a part of itself."""
        return "hx-request" in self.request.headers

    def part(self, name: str) -> str:
        """A part of the path, as its route names it."""
        return str(self.request.path_params.get(name, ""))

    def query(self, name: str) -> str:
        """A parameter of the address; empty where there is none."""
        return self.request.query_params.get(name, "")

    def field(self, name: str) -> str:
        """A field of the form as text; empty where there is none, or a file."""
        value = self.form.get(name, "")
        return value if isinstance(value, str) else ""

    def upload(self, name: str) -> tuple[str, bytes] | None:
        """A file of the form: what it is called, which is nobody's path, and its bytes."""
        value = self.form.get(name)
        if not isinstance(value, UploadFile) or not value.filename:
            return None
        return value.filename.replace("\\", "/").rpartition("/")[2], value.file.read()

    @property
    def json(self) -> Any:
        """What a script sent. Raises UsageError for what is no JSON."""
        try:
            return json.loads(self.body)
        except (ValueError, RecursionError) as error:
            raise UsageError(message("studio-request-unreadable")) from error

    def keep(self, paths: Iterable[Path]) -> None:
        """Have files that were saved kept as a commit of whoever saved them, where that is asked.

        Raises FileError where git refuses: the files stand saved all the same.
        """
        saved = tuple(paths)
        if not self.studio.commits or not saved:
            return
        who = self.user.name if self.user is not None else ""
        of = self.part("unit") or saved[0].parent.name
        what = message("studio-saved-of", unit=of, files=tuple(path.name for path in saved))
        api.history.commit(self.workspace, saved, who, what)

    @cached_property
    def target(self) -> Any:
        """The agency, or the unit in it, that the path names. Raises UsageError."""
        return api.overview.target(self.workspace, self.part("agency"), self.part("unit"))
