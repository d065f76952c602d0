"""What an HTML template must hold besides its tags: table heads, and nothing from outside."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html.parser import HTMLParser

from ...messages import Message, message
from ..html import PICTURES
from .scope import TemplateProblem

_ADDRESSES = frozenset(
    {"src", "href", "xlink:href", "srcset", "poster", "data", "background", "action"}
)
_JINJA = re.compile(r"\{#.*?(?:#\}|\Z)|\{%.*?(?:%\}|\Z)|\{\{.*?(?:\}\}|\Z)", re.DOTALL)
_URL = re.compile(r"""url\(\s*["']?([^"')]*)|@import\s+["']([^"']*)""", re.IGNORECASE)

HEADLESS = message("table-without-repeated-head")


def faults(title: str, text: str) -> Iterator[TemplateProblem]:
    """What is wrong with the HTML of a template, by its lines."""
    reader = _Reader()
    reader.feed(_without_jinja(text))
    reader.close()
    for line, said in (*reader.found, *reader.unfinished()):
        # A head that isn't repeated changes how a document looks, and no word of it.
        yield TemplateProblem(f"{title}:{line}", said, error=said != HEADLESS)
    yield from addresses(title, text)


def addresses(title: str, text: str) -> Iterator[TemplateProblem]:
    """Every ``url()`` and ``@import`` that leads outside the document."""
    for number, line in enumerate(_without_jinja(text).split("\n"), start=1):
        for match in _URL.finditer(line):
            address = match[1] if match[1] is not None else match[2]
            if match[1] is None or not _is_allowed(address):
                yield TemplateProblem(
                    f"{title}:{number}", _outside(match[0].split("(")[0].strip(), address)
                )


class _Reader(HTMLParser):
    """Collects the faults of a text as (line, message)."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[int, Message]] = []
        self._tables: list[tuple[int, bool]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        line = self.getpos()[0]
        for name, value in attrs:
            if name in _ADDRESSES and not _is_allowed(value or ""):
                self.found.append((line, _outside(f"<{tag} {name}>", value or "")))
        if tag == "table":
            self._tables.append((line, False))
        elif tag == "thead" and self._tables:
            self._tables[-1] = (self._tables[-1][0], True)

    def handle_endtag(self, tag: str) -> None:
        if tag == "table" and self._tables:
            self.found += self._headless(self._tables.pop())

    def unfinished(self) -> list[tuple[int, Message]]:
        """The faults of tables that are never closed."""
        return [fault for table in self._tables for fault in self._headless(table)]

    def _headless(self, table: tuple[int, bool]) -> list[tuple[int, Message]]:
        line, has_head = table
        return [] if has_head else [(line, HEADLESS)]


def _outside(what: str, address: str) -> Message:
    return message("address-leads-outside", what=what, address=address, allowed=PICTURES)


def _is_allowed(address: str) -> bool:
    return address.strip() in PICTURES or address.strip().startswith("#")


def _without_jinja(text: str) -> str:
    """The text with its tags blotted out, so that lines and quotes stay where they are."""
    return _JINJA.sub(lambda tag: re.sub(r"[^\n]", "…", tag[0]), text)
