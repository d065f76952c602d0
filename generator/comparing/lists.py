"""Lists of two versions in one document: an item that is gone counts with those that stayed."""

from __future__ import annotations

import copy
import itertools
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from lxml import etree

from ..writers.docx.parts import add
from .word_xml import DOCUMENT, PPR, Element, P, W, canonical, parsed, text_of, value

NUMBERING = "word/numbering.xml"
_KIND = "application/vnd.openxmlformats-officedocument.wordprocessingml.numbering+xml"
_ID = f"{PPR}/{W}numPr/{W}numId"


@dataclass(slots=True)
class Lists:
    """How the lists of both versions count; ``added`` are the old ones that the new one lacks."""

    old: Element | None
    new: Element | None
    added: list[tuple[Element, Element]] = field(default_factory=list)

    @classmethod
    def of(cls, was: Mapping[str, bytes], parts: Mapping[str, bytes]) -> Lists:
        """The lists of both documents. Raises FileError."""

        def read(of: Mapping[str, bytes]) -> Element | None:
            return parsed(of[NUMBERING], NUMBERING) if NUMBERING in of else None

        return cls(read(was), read(parts))

    def renumber(self, old: Element, new: Element) -> None:
        """Give the old document's items the lists of the new one, where they are the same lists.

        Two lists are the same where they count alike and items of both say the same; an old list
        has one new list, and the other way round.
        """
        said: dict[tuple[str, str], Counter[str]] = {}
        for side, root in (("old", old), ("new", new)):
            for paragraph in root.iter(P):
                if id_ := value(paragraph, _ID):
                    said.setdefault((side, id_), Counter())[
                        "".join(text_of(paragraph).split())
                    ] += 1
        chosen = self._same(said)
        for paragraph in old.iter(P):
            found = paragraph.find(_ID)
            if found is not None and (id_ := found.get(f"{W}val", "")):
                if id_ not in chosen:
                    chosen[id_] = self._taken_over(id_)
                found.set(f"{W}val", chosen[id_])

    def _same(self, said: Mapping[tuple[str, str], Counter[str]]) -> dict[str, str]:
        olds = [id_ for side, id_ in said if side == "old"]
        news = [id_ for side, id_ in said if side == "new"]
        scores = sorted(
            (-(said["old", o] & said["new", n]).total(), olds.index(o), news.index(n))
            for o in olds
            for n in news
            if said["old", o] & said["new", n] and self._count("old", o) == self._count("new", n)
        )
        found: dict[str, str] = {}
        for _, o, n in scores:
            if olds[o] not in found and news[n] not in found.values():
                found[olds[o]] = news[n]
        return found

    def _num(self, side: str, id_: str) -> tuple[Element, Element] | None:
        root = self.old if side == "old" else self.new
        if root is None:
            return None
        num = next((n for n in root.iter(f"{W}num") if n.get(f"{W}numId") == id_), None)
        if num is None:
            return None
        name = value(num, f"{W}abstractNumId")
        kinds = (a for a in root.iter(f"{W}abstractNum") if a.get(f"{W}abstractNumId") == name)
        abstract = next(kinds, None)
        return None if abstract is None else (num, abstract)

    def _count(self, side: str, id_: str) -> str:
        """How a list counts, as text that is equal for lists that count alike."""
        found = self._num(side, id_)
        if found is None:
            return ""
        num, abstract = found
        inner = [canonical(e) for e in abstract]
        return "".join([*inner, *map(canonical, num.findall(f"{W}lvlOverride"))])

    def _taken_over(self, id_: str) -> str:
        found = self._num("old", id_)
        if found is None:
            return id_
        if self.new is None:
            self.new = etree.Element(f"{W}numbering", nsmap={"w": W[1:-1]})
        num, abstract = (copy.deepcopy(e) for e in found)
        for element, kind, name in (
            (abstract, "abstractNum", "abstractNumId"),
            (num, "num", "numId"),
        ):
            taken = [int(e.get(f"{W}{name}", "0")) for e in self.new.findall(f"{W}{kind}")]
            element.set(f"{W}{name}", str(max(taken, default=0) + 1))
        held = num.find(f"{W}abstractNumId")
        assert held is not None
        held.set(f"{W}val", str(abstract.get(f"{W}abstractNumId")))
        # Kinds of lists stand before lists (ISO 29500-1, CT_Numbering).
        place = len(self.new.findall(f"{W}abstractNum"))
        self.new.insert(place, abstract)
        self.new.append(num)
        self.added.append((num, abstract))
        return str(num.get(f"{W}numId"))

    def put(self, parts: dict[str, bytes]) -> None:
        """Put the lists into the new document's parts."""
        if self.new is None or not (_apart(self.new) or self.added):
            return
        data = etree.tostring(self.new, xml_declaration=True, encoding="UTF-8", standalone=True)
        if NUMBERING in parts:
            parts[NUMBERING] = data
        else:
            add(parts, DOCUMENT, "numbering", NUMBERING, _KIND, data)


def _apart(numbering: Element) -> bool:
    """Give each list that begins anew a kind of its own; whether there was one.

    Lists of one kind go on from each other but for the item that a new one begins at: LibreOffice
    keeps that at the item, so where it is rejected the next ones count on with the list above.
    """
    kinds = {e.get(f"{W}abstractNumId"): e for e in numbering.findall(f"{W}abstractNum")}
    lists = numbering.findall(f"{W}num")
    users = Counter(value(num, f"{W}abstractNumId") for num in lists)
    free = itertools.count(max((int(id_ or "0") for id_ in kinds), default=0) + 1)
    place = len(kinds)
    found = False
    for num in lists:
        id_ = value(num, f"{W}abstractNumId")
        overrides = num.findall(f"{W}lvlOverride")
        if users[id_] < 2 or id_ not in kinds or not _begin_anew(kinds[id_], overrides):
            continue
        users[id_] -= 1
        found = True
        own = copy.deepcopy(kinds[id_])
        name = str(next(free))
        own.set(f"{W}abstractNumId", name)
        for mark in own.findall(f"{W}nsid"):
            own.remove(mark)
        held = num.find(f"{W}abstractNumId")
        assert held is not None
        held.set(f"{W}val", name)
        numbering.insert(place + numbering.index(kinds[next(iter(kinds))]), own)
        place += 1
    return found


def _begin_anew(kind: Element, overrides: Sequence[Element]) -> bool:
    """Whether overrides let every level of a kind that has one begin at its start again."""
    begun = {o.get(f"{W}ilvl") for o in overrides if o.find(f"{W}startOverride") is not None}
    return {level.get(f"{W}ilvl") for level in kind.findall(f"{W}lvl")} <= begun
