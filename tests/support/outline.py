"""A PDF as a screen reader goes through it: its structure tree, written as text."""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping
from typing import Any

import pikepdf

from support import readers

Page = tuple[int, int]
_INLINE = {"/NonStruct", "/Span"}
"""Mean nothing by themselves: what is in them counts as their parent's."""

_SCOPES = {"/Column": "column", "/Row": "row", "/Both": "both"}


def outline(data: bytes) -> str:
    """An element a line, indented: type, table attributes, field or picture, and its words.

    The words are without white space, since lines break elsewhere in every face.
    """
    with pikepdf.open(io.BytesIO(data)) as pdf:
        words = {page.obj.objgen: _words(page) for page in pdf.pages}
        root: Any = pdf.Root.StructTreeRoot
        return "".join(
            f"{line}\n" for kid in _kids(root) for line in _lines(kid, None, words, depth=0)
        )


def _kids(element: Any) -> list[Any]:
    kids = element.get("/K", [])
    return list(kids) if isinstance(kids, pikepdf.Array) else [kids]


def _words(page: pikepdf.Page) -> dict[int, str]:
    """What each marked content of a page says, by its number."""
    found: dict[int, str] = {}
    marks: list[int | None] = []
    for instruction in pikepdf.parse_content_stream(page, "BDC BMC EMC"):
        operands: Any = instruction.operands
        if str(instruction.operator) == "EMC":
            marks.pop()
            continue
        properties = readers.entries(operands[1]) if len(operands) > 1 else {}
        number = properties.get("/MCID", marks[-1] if marks else None)
        marks.append(None if number is None else int(number))
        if marks[-1] is not None:
            found[marks[-1]] = found.get(marks[-1], "") + str(properties.get("/ActualText", ""))
    return found


def _lines(
    element: Any, page: Page | None, words: Mapping[Page, Mapping[int, str]], *, depth: int
) -> Iterator[str]:
    said: list[str] = []
    inner: list[str] = []
    for part in _flat(element, page, words):
        if isinstance(part, str):
            said.append(part)
        else:
            inner += _lines(*part, words, depth=depth + 1)
    text = readers.solid("".join(said))
    yield "  " * depth + _name(element) + (f": {text}" if text else "")
    yield from inner


def _flat(
    element: Any, page: Page | None, words: Mapping[Page, Mapping[int, str]]
) -> Iterator[str | tuple[Any, Page | None]]:
    """An element's words, and the elements in it, in order; inline elements are gone through."""
    page = element.Pg.objgen if "/Pg" in element else page
    for kid in _kids(element):
        if isinstance(kid, int):
            assert page is not None
            yield words[page].get(kid, "")
        elif kid.get("/S") in _INLINE:
            yield from _flat(kid, page, words)
        elif "/S" in kid:
            yield kid, page


def _name(element: Any) -> str:
    """The type, with what is said of it beside its words."""
    parts = [str(element.S).removeprefix("/")]
    attributes = element.get("/A", {})
    if "/Scope" in attributes:
        parts.append(_SCOPES[str(attributes.Scope)])
    parts += [
        f"{word}={attributes[key]}"
        for key, word in (("/ColSpan", "columns"), ("/RowSpan", "rows"))
        if key in attributes
    ]
    if "/Alt" in element:
        parts.append(f"[{element.Alt}]")
    for kid in _kids(element):
        if not isinstance(kid, int) and kid.get("/Type") == "/OBJR":
            parts.append(f"field {kid.Obj.get('/T', '')} [{kid.Obj.get('/TU', '')}]")
    return " ".join(parts)
