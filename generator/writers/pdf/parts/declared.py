"""The parts of a document as its template declares them."""

from __future__ import annotations

import re
from dataclasses import dataclass

from ....templates.conventions import PART, PARTS

_OPENS = re.compile(rf"(?=<section {PART}[ >])")
_BODY = re.compile(r"(<html[^<>]*>).*?(<body[^<>]*>)", re.DOTALL)
_STYLE = re.compile(r"<style>[^<>]*</style>")
_TAG = re.compile(r'(?<=<section )[^<>]*?class="([^"]*)"')
_END = "</body>"


@dataclass(frozen=True, slots=True)
class DeclaredParts:
    """A document's HTML by parts. ``furniture`` is all of it but the parts."""

    before: str
    after: str
    frame: tuple[str, str]
    bodies: tuple[str, ...]

    @property
    def classes(self) -> frozenset[str]:
        """The classes of the sections that the parts begin with."""
        tags = (found[1] for body in self.bodies for found in _TAG.finditer(body))
        return frozenset(name for tag in tags for name in tag.split())

    @property
    def parts(self) -> tuple[str, ...]:
        """Each part as HTML of its own."""
        opening, body = self.frame
        return tuple(f"<!DOCTYPE html>{opening}{body}{part}{_END}</html>" for part in self.bodies)

    def furniture(self, pages: tuple[str, ...]) -> str:
        """The document with empty pages, which are called as given ("" for those of no name)."""
        empty = "".join(
            f'<div style="break-before: {breaks}; page: {name or "auto"}"></div>'
            for breaks, name in zip(("auto", *["page"] * len(pages)), pages, strict=False)
        )
        return f"{self.before}{empty}{self.after}"


def declared(text: str) -> DeclaredParts | None:
    """The parts of a document's HTML; None where it declares none."""
    before, mark, rest = text.partition(PARTS)
    body = _BODY.search(before)
    words, end, after = rest.rpartition(_END)
    if body is None or not mark or not end:
        return None
    beside, *parts = _OPENS.split(words)
    if not parts:
        return None
    # What stands before the first part stands on its page.
    bodies = (beside + parts[0], *parts[1:])
    # Rules of the document's own, of its pages' margins, are rules of its parts' pages, too.
    styles = "".join(_STYLE.findall(body[0]))
    frame = body[1] + (f"<head>{styles}</head>" if styles else ""), body[2]
    return DeclaredParts(before, end + after, frame, tuple(part.strip() for part in bodies))
