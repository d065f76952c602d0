"""What Word prints before the paragraphs of its lists: ``1.``, ``(ก)``, ``๑)``, ``•``."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field

from lxml import etree

from ... import thai
from .package import W, WordPackage

_THAI_LETTERS = "กขคฆงจฉชซฌญฎฏฐฑฒณดตถทธนบปผฝพฟภมยรลวศษสหฬอฮ"
MAX_LEVEL = 8


def _roman(number: int) -> str:
    out = ""
    for value, letters in (
        *((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc")),
        *((50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i")),
    ):
        while number >= value and len(out) < 20:
            out, number = out + letters, number - value
    return out


def _letter(number: int, letters: str) -> str:
    return letters[(number - 1) % len(letters)] * min(1 + (number - 1) // len(letters), 5)


_LATIN = "abcdefghijklmnopqrstuvwxyz"
_FORMATS: dict[str, Callable[[int], str]] = {
    "decimal": str,
    "decimalZero": lambda n: f"{n:02}",
    "thaiNumbers": lambda n: thai.thai_digits(str(n)),
    "thaiLetters": lambda n: _letter(n, _THAI_LETTERS),
    "thaiCounting": str,
    "lowerLetter": lambda n: _letter(n, _LATIN),
    "upperLetter": lambda n: _letter(n, _LATIN.upper()),
    "lowerRoman": _roman,
    "upperRoman": lambda n: _roman(n).upper(),
}


@dataclass(frozen=True, slots=True)
class _Level:
    format: str
    text: str
    start: int


@dataclass(slots=True)
class ListNumbers:
    """The labels of a document's lists, told in the order of its paragraphs."""

    _levels: dict[str, dict[int, _Level]] = field(default_factory=dict)
    _abstract: dict[str, str] = field(default_factory=dict)
    _styles: dict[str, tuple[str, int]] = field(default_factory=dict)
    _counts: dict[str, list[int]] = field(default_factory=dict)
    _begun: set[str] = field(default_factory=set)
    _restarts: dict[str, dict[int, int]] = field(default_factory=dict)

    @classmethod
    def of(cls, package: WordPackage) -> ListNumbers:
        """The lists that a document declares."""
        found = cls()
        root = package.part("numbering")
        abstract: dict[str, dict[int, _Level]] = {}
        for one in root.iter(f"{W}abstractNum") if root is not None else ():
            abstract[_value(one, "abstractNumId")] = _levels(one)
        for one in root.iter(f"{W}num") if root is not None else ():
            number, link = _value(one, "numId"), one.find(f"{W}abstractNumId")
            base = _value(link, "val") if link is not None else ""
            levels = dict(abstract.get(base, {}))
            for override in one.iter(f"{W}lvlOverride"):
                levels.update(_levels(override))
                start = override.find(f"{W}startOverride")
                if start is not None:
                    level = _whole(_value(override, "ilvl"))
                    found._restarts.setdefault(number, {})[level] = _whole(_value(start, "val"))
            found._levels[number], found._abstract[number] = levels, base
        styles = package.part("styles")
        for style in styles.iter(f"{W}style") if styles is not None else ():
            numbered = style.find(f"{W}pPr/{W}numPr")
            if numbered is not None:
                found._styles[_value(style, "styleId")] = _reference(numbered)
        return found

    def label(self, properties: etree._Element | None) -> tuple[str, int]:
        """What is printed before a paragraph with these properties, and how deep its list is.

        Nothing, and 0, where it is in no list. Each call counts the paragraph.
        """
        if properties is None:
            return "", 0
        numbered = properties.find(f"{W}numPr")
        style = properties.find(f"{W}pStyle")
        number, level = "", 0
        if style is not None:
            number, level = self._styles.get(_value(style, "val"), ("", 0))
        if numbered is not None:
            own, own_level = _reference(numbered)
            number, level = own or number, own_level
        levels = self._levels.get(number)
        if not number or number == "0" or levels is None:
            return "", 0
        level = min(level, MAX_LEVEL)
        shape = levels.get(level)
        if shape is None:
            return "", level
        counts = self._counts.setdefault(self._abstract[number], [])
        if number not in self._begun:
            self._begun.add(number)
            for at, start in self._restarts.get(number, {}).items():
                del counts[min(at, MAX_LEVEL) :]
                if at == level:
                    counts += [0] * (level - len(counts)) + [start - 1]
        del counts[level + 1 :]
        while len(counts) <= level:
            deeper = levels.get(len(counts))
            counts.append((deeper.start if deeper is not None else 1) - 1)
        counts[level] += 1
        return _printed(shape, levels, counts), level


def _printed(shape: _Level, levels: dict[int, _Level], counts: list[int]) -> str:
    if shape.format == "bullet":
        return "-" if not shape.text.strip() or shape.text.strip() in "-–—" else "•"
    if shape.format == "none":
        return shape.text.strip()

    def number(match: re.Match[str]) -> str:
        at = int(match[1]) - 1
        if at >= len(counts):
            return ""
        form = levels[at].format if at in levels else "decimal"
        return _FORMATS.get(form, str)(max(counts[at], 0))

    return re.sub(r"%([1-9])", number, shape.text).strip()


def _levels(element: etree._Element) -> dict[int, _Level]:
    out: dict[int, _Level] = {}
    for one in element.iter(f"{W}lvl"):
        form, text, start = (one.find(f"{W}{name}") for name in ("numFmt", "lvlText", "start"))
        out[_whole(_value(one, "ilvl"))] = _Level(
            _value(form, "val") if form is not None else "decimal",
            _value(text, "val")[:40] if text is not None else "",
            _whole(_value(start, "val")) if start is not None else 1,
        )
    return out


def _reference(numbered: etree._Element) -> tuple[str, int]:
    number, level = numbered.find(f"{W}numId"), numbered.find(f"{W}ilvl")
    return (
        _value(number, "val") if number is not None else "",
        _whole(_value(level, "val")) if level is not None else 0,
    )


def _value(element: etree._Element, name: str) -> str:
    return element.get(f"{W}{name}") or ""


def _whole(text: str) -> int:
    return int(text) if re.fullmatch(r"\d{1,6}", text) else 0
