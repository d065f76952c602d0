"""Where a template is: an agency's own file wins over the shared one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from ..errors import TemplateFault


def folders(roots: Sequence[Path], form: str, agency: str) -> list[Path]:
    """The folders to look in, in order: ``form`` is ``docx`` or ``html``."""
    return [
        folder
        for root in roots
        for folder in (root / form / agency, root / form)
        if folder.is_dir()
    ]


def find(roots: Sequence[Path], form: str, agency: str, name: str) -> Path:
    """The file of a template. Raises TemplateFault when there is none."""
    for folder in folders(roots, form, agency):
        if (folder / name).is_file():
            return folder / name
    raise TemplateFault(f"there is no template {form}/{name}", "templates come with gen's folder")


def shipped(roots: Sequence[Path], form: str, pattern: str) -> Iterator[Path]:
    """Every template of a form, the agencies' own included."""
    for root in roots:
        if (root / form).is_dir():
            yield from sorted((root / form).rglob(pattern))
