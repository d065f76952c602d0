"""What this machine has of what the work needs, and how to get the rest."""

from __future__ import annotations

import shutil
import sys
from dataclasses import dataclass

from ..errors import GenError
from ..messages import Message, message
from ..workspace.environment import FACES, SYMBOLS, Workspace


@dataclass(frozen=True, slots=True)
class MachineFinding:
    """One thing looked for: what was found, whether it will do, and the remedy."""

    what: Message | str
    found: Message | str
    good: bool = True
    remedy: str = ""
    optional: bool = False


def examine(workspace: Workspace) -> list[MachineFinding]:
    """Fonts, libraries and programs, the needed ones first."""
    return [
        MachineFinding("Python", sys.version.split()[0]),
        *_fonts(workspace),
        *_renderer(),
        *_programs(),
    ]


def _fonts(workspace: Workspace) -> list[MachineFinding]:
    try:
        families = {font.family for font in workspace.fonts}
    except GenError as error:
        return [MachineFinding("fontconfig", error.said, False, error.hint)]
    findings = []
    for face in FACES:
        paths = [str(font.path) for font in workspace.fonts if font.family == face]
        if paths:
            findings.append(MachineFinding(message("font-of-face", face=face), paths[0]))
    try:
        findings.append(MachineFinding(message("documents-set-in"), workspace.font))
    except GenError as error:
        findings.append(
            MachineFinding(message("font-for-documents"), message("none-found"), False, error.hint)
        )
    found = SYMBOLS in families
    findings.append(
        MachineFinding(
            message("font-for-signs", face=SYMBOLS),
            message("is-installed") if found else message("none-found"),
            found,
            str(message("install-fonts")),
        )
    )
    return findings


def _renderer() -> list[MachineFinding]:
    from ..writers.pdf import writer

    try:
        versions = {**writer.versions()}
    except GenError as error:
        return [MachineFinding("WeasyPrint", error.said, False, error.hint)]
    except OSError as error:
        remedy = "apt-get install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0"
        return [MachineFinding("Pango", str(error).splitlines()[0], False, remedy)]
    thai = versions.pop("libthai")
    return [
        *(MachineFinding(name, version) for name, version in versions.items()),
        MachineFinding(
            message("library-for-line-breaks"),
            thai or message("none-found"),
            bool(thai),
            "apt-get install libthai0 libthai-data",
        ),
    ]


def _programs() -> list[MachineFinding]:
    findings = []
    for program, use, package in (
        (
            "soffice",
            message("program-opens-files", program="soffice"),
            "libreoffice-writer libreoffice-math libreoffice-calc",
        ),
        ("pdftoppm", message("program-draws-pages", program="pdftoppm"), "poppler-utils"),
    ):
        path = shutil.which(program)
        findings.append(
            MachineFinding(
                use,
                path or message("needed-for-development"),
                path is not None,
                f"apt-get install {package}",
                optional=True,
            )
        )
    return findings
