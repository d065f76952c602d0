"""The comment at the head of a file of data by which editors know its keys."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from pathlib import Path

from ..key_names import KeyLanguage
from ..messages import LANGUAGES, spoken
from ..workspace.environment import PACKAGE
from .editing import TextEdit

SHIPPED = PACKAGE.parent / "schema"
"""The schemas that came with gen."""


def line(folder: Path, name: str, keys: KeyLanguage = "en") -> str:
    """The comment of a file of a folder; ``name`` is the schema's, such as ``unit``.

    An editor then says what keys are for in the language that is spoken; of Thai keys, in Thai.
    """
    language = "th" if keys == "th" else spoken()
    return f"# yaml-language-server: $schema={way(folder, language)}/{file_name(name, keys)}\n"


def file_name(name: str, keys: KeyLanguage) -> str:
    """What the schema of a kind of file is called whose keys are in a language."""
    return f"{name}.json" if keys == "en" else f"{name}.{keys}.json"


def way(folder: Path, language: str = "en") -> str:
    """How a file of a folder names the workspace's schemas of a language, else those of gen."""
    folder = folder.resolve()
    roots = (path.parent for path in folder.parents if path.name == "agreements")
    schemas = next((root / "schema" for root in roots if (root / "schema").is_dir()), SHIPPED)
    if language != "en" and (schemas / language).is_dir():
        schemas /= language
    try:
        return Path(os.path.relpath(schemas, folder)).as_posix()
    except ValueError:  # another drive
        return schemas.as_uri()


_COMMENT = re.compile(
    r"^#\s*yaml-language-server:\s*\$schema=(?!\w+:)((?:\S*/)?)[\w.-]+\.json", re.M
)


def moved(text: str, file: Path, target: Path, language: str = "") -> Iterator[TextEdit]:
    """Point the comment for editors to the workspace's schema, else to the one of gen.

    Of the ``language`` that is wanted, else of the one it is in.
    """
    comment = _COMMENT.search(text)
    if comment is None:
        return
    old, new = file.parent.resolve(), target.parent.resolve()
    found = next((name for name in LANGUAGES if comment[1].endswith(f"/{name}/")), "en")
    is_there = (old / comment[1]).resolve() == (new / comment[1]).resolve()
    if is_there and (language or found) == found:
        return
    language = language or found
    yield TextEdit(comment.start(1), comment.end(1), f"{way(new, language)}/")
