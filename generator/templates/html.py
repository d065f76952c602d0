"""HTML templates: Jinja in a sandbox, strict about names, escaping everything."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import fields
from pathlib import Path
from typing import Any

from jinja2 import BaseLoader, Environment, TemplateNotFound, meta

from ..errors import TemplateFault
from ..messages import Message, message
from ..workspace.reasons import why
from . import locate
from .sandbox import BROKEN, Bounded, said

STYLESHEET = "print.css"

EMBLEM, CODE = "gen:emblem", "gen:code"
PICTURES = (EMBLEM, CODE)
"""The addresses of the pictures a document may show; there are no others."""


def environment(folders: Sequence[Path]) -> Bounded:
    """The environment of HTML templates found in ``folders``."""
    return Bounded(
        "html",
        _Beside(folders),
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )


class _Beside(BaseLoader):
    """Loads templates from their folders, and from nowhere else."""

    def __init__(self, places: Sequence[Path]) -> None:
        self._places = places

    def get_source(
        self, environment: Environment, name: str
    ) -> tuple[str, str, Callable[[], bool]]:
        """The text of a template and its file. Raises TemplateNotFound, TemplateFault."""
        path = locate.beside(self._places, name)
        if path is None:
            raise TemplateNotFound(name)
        return read(path), str(path), lambda: True


def read(path: Path) -> str:
    """The text of an HTML template. Raises TemplateFault."""
    try:
        return path.read_text("utf-8")
    except OSError as error:
        raise TemplateFault(
            message("html-template-unreadable", name=path.name, reason=why(error))
        ) from error
    except UnicodeDecodeError as error:
        raise TemplateFault(message("html-template-is-not-utf-8", name=path.name)) from error


class HtmlTemplates:
    """The HTML templates of one agency, compiled once."""

    def __init__(self, roots: Sequence[Path], agency: str) -> None:
        self._folders = locate.folders(roots, "html", agency)
        self._environment = environment(self._folders)
        self.hash = _hash(self._folders)
        self._common = locate.find(roots, "html", agency, STYLESHEET)
        self._stylesheets: dict[str, str] = {}

    def stylesheet(self, kind: str) -> str:
        """The stylesheet of a kind of document: the common one, then its own.

        A template may have a stylesheet beside it that is called like it; a document has those
        of all templates that it is made of, its own last. Raises TemplateFault.
        """
        if kind not in self._stylesheets:
            names = _taken_in(self._environment, f"{kind}.html")
            paths = (locate.beside(self._folders, stylesheet_of(name)) for name in names)
            self._stylesheets[kind] = "\n".join(map(read, (self._common, *filter(None, paths))))
        return self._stylesheets[kind]

    def render(self, kind: str, context: Any) -> str:
        """The document of a kind as HTML. Raises TemplateFault with the template's line."""
        name = f"{kind}.html"
        values = {field.name: getattr(context, field.name) for field in fields(context)}
        try:
            return self._environment.whole(self._environment.get_template(name), values)
        except BROKEN as error:
            raise TemplateFault(explain(error, name)) from error


def stylesheet_of(template: str) -> str:
    """What the stylesheet is called that belongs to a template."""
    return f"{template.removesuffix('.html')}.css"


def _taken_in(environment: Environment, name: str, above: tuple[str, ...] = ()) -> list[str]:
    """The templates that one is made of, in the order in which they are taken in."""
    if name in above:
        return []  # rendering says that they take each other in
    found: dict[str, None] = {}
    try:
        assert environment.loader is not None
        source, *_ = environment.loader.get_source(environment, name)
        for taken in meta.find_referenced_templates(environment.parse(source)):
            if taken is not None:
                found |= dict.fromkeys(_taken_in(environment, taken, (*above, name)))
    except BROKEN as error:
        raise TemplateFault(explain(error, name)) from error
    return [*found, name]


def _hash(folders: Sequence[Path]) -> str:
    """The hash of all that decides how a document of these templates looks (SHA-256)."""
    found = {path.name: path for folder in reversed(folders) for path in folder.glob("*.*")}
    total = hashlib.sha256()
    for name in sorted(found):
        total.update(name.encode() + b"\0" + found[name].read_bytes() + b"\0")
    return total.hexdigest()


def explain(error: BaseException, name: str) -> Message:
    """What a template's error says, with template and line."""
    return said(error).about(place_of(error, name))


def place_of(error: BaseException, name: str) -> str:
    """The template and line of an error, where they are known."""
    line = getattr(error, "lineno", None) or _line_of(error)
    return "templates/html/" + (f"{getattr(error, 'name', None) or name}:{line}" if line else name)


def _line_of(error: BaseException) -> int | None:
    """The template line an undefined name was met at, from the traceback."""
    found = None
    trace = error.__traceback__
    while trace is not None:
        if trace.tb_frame.f_code.co_filename.endswith(".html"):
            found = trace.tb_lineno
        trace = trace.tb_next
    return found
