"""What this machine has of what the work needs, and how to get the rest."""

from __future__ import annotations

import shutil
import sys
from dataclasses import dataclass

from .errors import GenError
from .world import FACES, FONT_REMEDY, SYMBOLS, World


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing looked for: what was found, whether it will do, and the remedy."""

    what: str
    found: str
    good: bool = True
    remedy: str = ""
    optional: bool = False


def examine(world: World) -> list[Finding]:
    """Fonts, libraries and programs, the needed ones first."""
    return [Finding("Python", sys.version.split()[0]), *_fonts(world), *_renderer(), *_programs()]


def _fonts(world: World) -> list[Finding]:
    try:
        families = {font.family for font in world.fonts}
    except GenError as error:
        return [Finding("fontconfig", error.message, False, error.hint)]
    findings = []
    for face in FACES:
        paths = [str(font.path) for font in world.fonts if font.family == face]
        if paths:
            findings.append(Finding(f"font {face}", paths[0]))
    try:
        findings.append(Finding("documents are set in", world.font))
    except GenError as error:
        findings.append(Finding("font for documents", "none", False, error.hint))
    found = SYMBOLS in families
    findings.append(
        Finding(
            f"font {SYMBOLS} (signs such as ➤ ●)",
            "installed" if found else "none",
            found,
            FONT_REMEDY,
        )
    )
    return findings


def _renderer() -> list[Finding]:
    try:
        from .writers import pdf
    except GenError as error:
        return [Finding("WeasyPrint", error.message, False, error.hint)]
    except OSError as error:
        remedy = "apt-get install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0"
        return [Finding("Pango", str(error).splitlines()[0], False, remedy)]
    versions = pdf.versions()
    thai = versions.pop("libthai")
    return [
        *(Finding(name, version) for name, version in versions.items()),
        Finding(
            "libthai (Thai line breaks)",
            thai or "none",
            bool(thai),
            "apt-get install libthai0 libthai-data",
        ),
    ]


def _programs() -> list[Finding]:
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
            Finding(
                f"{program} ({use})",
                path or "none; only needed for development",
                path is not None,
                f"apt-get install {package}",
                optional=True,
            )
        )
    return findings
