"""Equations that Word draws (OMML), as the text that says the same."""

from __future__ import annotations

from lxml import etree

M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_LOOSE = (" + ", " - ", " − ", " × ", "/", "=")


def said(element: etree._Element) -> str:
    """An equation on one line: ``A / B × 100``, sides of a fraction in brackets if need be."""
    name = element.tag.removeprefix(M) if isinstance(element.tag, str) else ""
    if name == "t":
        return element.text or ""
    if name == "f":
        return f"{_side(element, 'num')} / {_side(element, 'den')}"
    if name == "d":
        return f"({'; '.join(_inner(one) for one in element.findall(f'{M}e'))})"
    if name == "rad":
        return f"√({_inner(element.find(f'{M}e'))})"
    if name in ("sSup", "sSub"):
        sign = "^" if name == "sSup" else "_"
        return (
            f"{_inner(element.find(f'{M}e'))}{sign}{_inner(element.find(f'{M}{name[1:].lower()}'))}"
        )
    if name == "nary":
        return f"∑({_inner(element.find(f'{M}e'))})"
    if name.endswith("Pr"):
        return ""
    return _inner(element)


def _inner(element: etree._Element | None) -> str:
    return "".join(said(one) for one in element) if element is not None else ""


def _side(element: etree._Element, name: str) -> str:
    text = _inner(element.find(f"{M}{name}")).strip()
    return f"({text})" if any(sign in text for sign in _LOOSE) else text
