"""What this machine has of what the work needs, and how to get the rest."""

from __future__ import annotations

import shutil
import sys
from dataclasses import dataclass

from ..errors import GenError
from ..messages import message
from ..workspace.environment import FACES, SYMBOLS, Workspace


@dataclass(frozen=True, slots=True)
class MachineFinding:
    """One thing looked for: what was found, whether it will do, and the remedy."""

    what: str
    found: str
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
        return [MachineFinding("fontconfig", error.message, False, error.hint)]
    findings = []
    for face in FACES:
        paths = [str(font.path) for font in workspace.fonts if font.family == face]
        if paths:
            findings.append(MachineFinding(f"font {face}", paths[0]))
    try:
        findings.append(MachineFinding("documents are set in", workspace.font))
    except GenError as error:
        findings.append(MachineFinding("font for documents", "none", False, error.hint))
    found = SYMBOLS in families
    findings.append(
        MachineFinding(
            f"font {SYMBOLS} (signs such as ➤ ●)",
            "installed" if found else "none",
            found,
            str(message("install-fonts")),
        )
    )
    return findings


def _renderer() -> list[MachineFinding]:
    from ..writers.pdf import writer

    try:
        versions = writer.versions()
    except GenError as error:
        return [MachineFinding("WeasyPrint", error.message, False, error.hint)]
    except OSError as error:
        remedy = "apt-get install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0"
        return [MachineFinding("Pango", str(error).splitlines()[0], False, remedy)]
    thai = versions.pop("libthai")
    return [
        *(MachineFinding(name, version) for name, version in versions.items()),
        MachineFinding(
            "libthai (Thai line breaks)",
            thai or "none",
            bool(thai),
            "apt-get install libthai0 libthai-data",
        ),
    ]


def _programs() -> list[MachineFinding]:
    findings = []
    for program, use, package in (
        (
            "soffice",
            "tests open the DOCX and the workbook with it",
            "libreoffice-writer libreoffice-math libreoffice-calc",
        ),
        ("pdftoppm", "makes pictures of pages", "poppler-utils"),
    ):
        path = shutil.which(program)
        findings.append(
            MachineFinding(
                f"{program} ({use})",
                path or "none; only needed for development",
                path is not None,
                f"apt-get install {package}",
                optional=True,
            )
        )
    return findings
