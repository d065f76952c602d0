"""What a document depends on beside its data: templates, fonts, libraries, gen itself."""

from __future__ import annotations

import ctypes
import hashlib
import json
import os
import sys
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from importlib import metadata
from pathlib import Path
from typing import Any

from ..messages import Message, message
from ..templates import locate
from ..workspace.confined import leads_out, opened
from ..workspace.environment import PACKAGE, SYMBOLS, Workspace

LIBRARIES = (
    *("weasyprint", "pydyf", "fonttools", "tinycss2", "tinyhtml5", "cssselect2", "pyphen"),
    *("docxtpl", "python-docx", "lxml", "jinja2", "markupsafe", "segno", "pikepdf"),
    *("PyYAML", "pydantic", "simpleeval", "pillow"),
)
"""The Python libraries that have a part in a document's bytes."""

Fingerprint = Mapping[str, str]
"""A hash or version by what it is of."""


def of(workspace: Workspace, agency: str) -> Fingerprint:
    """All that a document of an agency depends on beside its data."""
    day = workspace.day
    return {
        **machine(workspace),
        "templates": templates(workspace.template_roots, agency),
        "day": day.isoformat() if day is not None else "",
    }


def digest(what: Any) -> str:
    """One hash of data that JSON can say."""
    return hashlib.sha256(json.dumps(what, ensure_ascii=False).encode()).hexdigest()


def digest_of(found: Fingerprint) -> str:
    """One hash of all of it."""
    return digest(sorted(found.items()))


def machine(workspace: Workspace) -> Fingerprint:
    """What has to be the same on every machine that makes the same bytes.

    Raises MissingError where a font is missing.
    """
    faces = (workspace.font, SYMBOLS)
    files = [font.path for font in workspace.fonts if font.family in faces]
    return {"gen": _gen(), "fonts": contents(files), "libraries": _libraries()}


def differences(ours: Fingerprint, theirs: Fingerprint) -> list[Message]:
    """In what two machines differ."""
    return [
        message("machines-differ", part=name, theirs=theirs[name][:200], ours=known[:200])
        if name in theirs
        else message("machine-says-nothing", part=name, ours=known[:200])
        for name, known in ours.items()
        if theirs.get(name) != known
    ]


def templates(roots: Sequence[Path], agency: str) -> str:
    """The hash of all templates that an agency's documents can be made of."""
    total = hashlib.sha256()
    for form in ("docx", "html"):
        places = locate.folders(roots, form, agency)
        for folder in places:
            # As locate refuses them: what a link leads to elsewhere is nobody's template.
            own = (path for path in folder.glob("*.*") if not _is_elsewhere(places, path))
            total.update(f"{form}/{folder.name}".encode() + b"\0")
            total.update(contents(path for path in own if path.is_file()).encode())
    return total.hexdigest()


def _is_elsewhere(places: Sequence[Path], path: Path) -> bool:
    return path.is_symlink() and all(leads_out(place, path) for place in places)


def contents(paths: Iterable[Path]) -> str:
    """The hash of files' names and bytes, whatever folder they lie in."""
    total = hashlib.sha256()
    for path in sorted(set(paths), key=lambda path: (path.name, path)):
        total.update(path.name.encode() + b"\0" + hashlib.sha256(path.read_bytes()).digest())
    return total.hexdigest()


def tree(folder: Path) -> str:
    """The hash of everything below a folder: paths and bytes.

    Links are followed within it alone; of one that leads out it counts where to.
    """
    total = hashlib.sha256()
    for path in sorted(
        path for path in folder.rglob("*") if path.is_symlink() or not path.is_dir()
    ):
        total.update(os.fsencode(path.relative_to(folder)) + b"\0" + _content(folder, path))
    return total.hexdigest()


def _content(folder: Path, path: Path) -> bytes:
    """The hash of a file; of one that can't be read, why: the batch names it when it needs it."""
    try:
        if path.is_symlink() and (path.is_dir() or leads_out(folder, path)):
            return os.fsencode(os.readlink(path))
        with opened(path) as file:
            return hashlib.sha256(file.read()).digest()
    except OSError as error:
        return str(error.errno).encode()


@cache
def _gen() -> str:
    """The hash of gen's own code: in development the version says little."""
    total = hashlib.sha256()
    kinds = ("*.py", "*.conf", "*.yaml", "*.csv")
    for path in sorted(path for kind in kinds for path in PACKAGE.rglob(kind)):
        total.update(path.relative_to(PACKAGE).as_posix().encode() + b"\0" + path.read_bytes())
    return total.hexdigest()


@cache
def _libraries() -> str:
    """The versions of the libraries; Pango and HarfBuzz are asked themselves."""
    found = [f"python {sys.version_info.major}.{sys.version_info.minor}"]
    for name in LIBRARIES:
        try:
            found.append(f"{name} {metadata.version(name)}")
        except metadata.PackageNotFoundError:
            found.append(f"{name} none")
    return " ".join([*found, f"pango {_pango()}", f"harfbuzz {_harfbuzz()}"])


def _pango() -> str:
    try:
        number = int(ctypes.CDLL("libpango-1.0.so.0").pango_version())
    except OSError:
        return "unknown"
    return f"{number // 10000}.{number // 100 % 100}.{number % 100}"


def _harfbuzz() -> str:
    try:
        ask = ctypes.CDLL("libharfbuzz.so.0").hb_version_string
    except OSError:
        return "unknown"
    ask.restype = ctypes.c_char_p
    return (ask() or b"").decode()
