"""The styles of a Word file: what a paragraph has from its own, and those on which it rests."""

from __future__ import annotations

import copy
import hashlib
from collections.abc import Iterable, Iterator
from functools import lru_cache

from lxml import etree

from .parts import W, inner, written

_USES = tuple(f"{{{W}}}{word}" for word in ("pStyle", "rStyle", "tblStyle"))
_RESTS_ON = ("basedOn", "next", "link")
_STYLE, _VAL = (f"{{{W}}}pPr", f"{{{W}}}pStyle"), f"{{{W}}}val"


class Styles:
    """The styles of documents; what each says is looked up once."""

    def __init__(self, data: bytes) -> None:
        self.digest = hashlib.sha256(data).hexdigest()
        self._root = etree.fromstring(data)
        self._values: dict[tuple[str, str, str], str] = {}
        self._alone: dict[frozenset[str], bytes] = {}
        self.by_id = {str(s.get(f"{{{W}}}styleId")): s for s in self._root.iter(f"{{{W}}}style")}
        self._default = next(
            (
                id_
                for id_, style in self.by_id.items()
                if style.get(f"{{{W}}}type") == "paragraph" and style.get(f"{{{W}}}default")
            ),
            "",
        )

    def of(self, paragraph: etree._Element) -> str:
        """The id of a paragraph's style."""
        named = inner(paragraph, *_STYLE)
        return self._default if named is None else str(named.get(_VAL))

    def value(self, style: str, path: str, attribute: str = "val") -> str:
        """What a style says, itself or by those that it rests on: ``rPr/sz``; else nothing."""
        key = (style, path, attribute)
        if key not in self._values:
            self._values[key] = self._value(style, path, attribute)
        return self._values[key]

    def _value(self, style: str, path: str, attribute: str) -> str:
        steps = "/".join(f"{{{W}}}{step}" for step in path.split("/"))
        for id_ in self._line(style):
            found = self.by_id[id_].find(steps)
            if found is not None and found.get(f"{{{W}}}{attribute}") is not None:
                return str(found.get(f"{{{W}}}{attribute}"))
        of_all = f"{{{W}}}docDefaults/{{{W}}}{path.partition('/')[0]}Default"
        found = self._root.find(f"{of_all}/{steps}")
        return "" if found is None else str(found.get(f"{{{W}}}{attribute}") or "")

    def has(self, style: str, path: str) -> bool:
        """Whether a style says so, itself or by those that it rests on (``pPr/keepNext``)."""
        steps = "/".join(f"{{{W}}}{step}" for step in path.split("/"))
        for id_ in self._line(style):
            found = self.by_id[id_].find(steps)
            if found is not None:
                return found.get(f"{{{W}}}val", "1") not in ("0", "false", "off")
        return False

    def size(self, style: str) -> float:
        """The size of a style's letters, in points."""
        return float(self.value(style, "rPr/szCs") or self.value(style, "rPr/sz") or 20) / 2

    def used_alone(self, named: Iterable[str]) -> bytes:
        """The part with the styles that are used, the defaults, and what these rest on."""
        kept = {id_ for id_, style in self.by_id.items() if style.get(f"{{{W}}}default")}
        kept |= set(named)
        pending = sorted(kept)
        while pending:
            style = self.by_id.get(pending.pop())
            for one in _rests_on(style):
                if one not in kept:
                    kept.add(one)
                    pending.append(one)
        alone = frozenset(kept)
        if alone not in self._alone:
            root = copy.deepcopy(self._root)
            for style in list(root.iter(f"{{{W}}}style")):
                if str(style.get(f"{{{W}}}styleId")) not in alone:
                    root.remove(style)
                else:
                    _call(style)
            self._alone[alone] = written(root)
        return self._alone[alone]

    def _line(self, style: str) -> Iterator[str]:
        seen: set[str] = set()
        while style in self.by_id and style not in seen:
            seen.add(style)
            yield style
            rests_on = self.by_id[style].find(f"{{{W}}}basedOn")
            style = "" if rests_on is None else str(rests_on.get(f"{{{W}}}val"))


@lru_cache(maxsize=16)
def styles_of(data: bytes) -> Styles:
    """The styles that a part holds, read once a process."""
    return Styles(data)


def used(root: etree._Element) -> set[str]:
    """The ids of the styles that a part's XML names."""
    return {str(e.get(_VAL)) for e in root.iter(*_USES)}


def _rests_on(style: etree._Element | None) -> Iterator[str]:
    if style is None:
        return
    for word in _RESTS_ON:
        named = style.find(f"{{{W}}}{word}")
        if named is not None:
            yield str(named.get(f"{{{W}}}val"))


def _call(style: etree._Element) -> None:
    """Call a style by its other name, where the template gives one: its name for officers."""
    name, other = style.find(f"{{{W}}}name"), style.find(f"{{{W}}}aliases")
    if name is not None and other is not None:
        name.set(f"{{{W}}}val", str(other.get(f"{{{W}}}val")))
        style.remove(other)
