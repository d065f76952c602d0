"""Where a template is: an agency's own file wins over the shared one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from ..errors import TemplateFault
from ..messages import message
from ..workspace import confined


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
    found = beside(folders(roots, form, agency), name)
    if found is None:
        raise TemplateFault(message("no-such-template-file", form=form, name=name))
    return found


def beside(places: Sequence[Path], name: str) -> Path | None:
    """The first file of a name in folders of templates, and nowhere else.

    Raises TemplateFault for a name that leads out of the folder, be it by a link.
    """
    if confined.file_name_fault(name):
        raise TemplateFault(message("no-template-name", name=repr(name)))
    for folder in places:
        path = folder / name
        if path.is_file():
            # An agency's folder lies in that of all agencies, and a file may be linked within.
            if all(confined.leads_out(place, path) for place in places):
                raise TemplateFault(message("template-leads-outside", name=name))
            return path
    return None


def shipped(roots: Sequence[Path], form: str, pattern: str) -> Iterator[Path]:
    """Every template of a form, the agencies' own included."""
    for root in roots:
        if (root / form).is_dir():
            yield from sorted((root / form).rglob(pattern))
