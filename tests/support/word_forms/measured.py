"""How much of a typed form an import puts at the right key, alters, or loses."""

import re
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from generator import thai
from generator.importing import word
from generator.importing.word.pieces import core
from support.word_forms.typing import Key


@dataclass
class Measured:
    """Cells in all and at the right key; figures that no file has; words that are nowhere."""

    cells: int = 0
    right: int = 0
    wrong: list[tuple[Key, str, str]] = field(default_factory=list)
    figures: list[str] = field(default_factory=list)
    lost: list[str] = field(default_factory=list)
    left: int = 0

    @property
    def share(self) -> float:
        return self.right / self.cells if self.cells else 1.0


def measure(
    data: bytes, expected: list[tuple[Key, str]], words: list[str], folder: Path
) -> tuple[Measured, word.Imported]:
    """Import one file into a new folder, and compare."""
    made = word.read_all([(Path("typed.docx"), data)], folder, word.SoFar())
    files = {path.relative_to(folder).as_posix(): raw for path, raw in made.files.items()}
    found = Measured()
    known = {
        path: yaml.load(raw, yaml.BaseLoader)
        for path, raw in files.items()
        if path.endswith(".yaml")
    }
    for key, text in expected:
        found.cells += 1
        values = _values(known, key)
        if key[0] == "table":
            values += [raw.decode() for path, raw in files.items() if path.endswith(".csv")]
        if _stands(text, values):
            found.right += 1
        else:
            found.wrong.append((key, text, " | ".join(values)[:80]))
    whole = "\n".join(raw.decode() for raw in files.values())
    # What gen prints of other data: numbers of rows, totals, shares of another column.
    whole += "\n" + "\n".join(text for said in made.account.told.values() for text in said)
    found.left = len(made.left)
    found.figures = _altered(words, whole)
    everything = core(whole)
    for text in words:
        for piece in re.split(r"[\n\t]|:\s|\s{2,}", text):
            for token in piece.split():
                if core(token) and core(token) not in everything:
                    found.lost.append(token)
    return found, made


def _stands(text: str, values: list[str]) -> bool:
    """Whether a cell stands among values: whole, or each line as a part's name and its words."""
    whole = core(" ".join(values))
    if core(text) in whole:
        return True
    lines = [core(line) for line in text.split("\n") if core(line)]
    tails = [core(value) for value in values[1:] if core(value)]
    return len(lines) > 1 and all(
        any(line.endswith(tail) and line.removesuffix(tail) in whole for tail in tails)
        for line in lines
    )


def _values(known: dict[str, Any], key: Key) -> list[str]:
    kind, *rest = key
    units = [one for path, one in known.items() if "/" not in path and "indicators" in (one or {})]
    if kind in ("unit", "duty", "issue", "goal", "position", "chapter"):
        return _texts(units)
    if kind == "wording":
        return _texts([known.get("wording.yaml"), known.get("agency.yaml")])
    if kind in ("plan", "table"):
        return _texts([one for path, one in known.items() if path.startswith(f"{kind}s/")])
    name = core(rest[0])
    named = {
        path.removeprefix("indicators/").removesuffix(".yaml"): one
        for path, one in known.items()
        if path.startswith("indicators/")
        and name in (core(one["name"]), *map(core, _texts(one.get("names"))))
    }
    if kind == "name":
        return [one["name"] for one in named.values()]
    if kind == "weight":
        return [
            text
            for unit in units
            for use in unit["indicators"]
            if use.get("use") in named
            for text in _texts(use.get("weight"))
        ]
    data = list(named.values())
    if kind == "level":
        rounds = [str(one["id"]) for one in known.get("agency.yaml", {"rounds": []})["rounds"]]
        number = int(rest[1])
        round_ = rounds[number] if number < len(rounds) else "all"
        out = []
        for one in data:
            criteria = one.get("criteria") or {}
            of = criteria.get(round_) or criteria.get("all") or {}
            for part in of.get("parts") or [of]:
                out += [part.get("name", ""), part.get("short", "")]
                out += _texts((part.get("levels") or {}).get(rest[2]))
        return [" ".join(out), *out]
    if kind == "past":
        return [
            text
            for one in data
            for row in one.get("baselines") or []
            for text in _texts(row["years"].get(rest[1]))
        ]
    return [text for one in data for text in _texts(one.get(kind))]


def _texts(data: Any) -> list[str]:
    if isinstance(data, dict):
        return [text for value in data.values() for text in _texts(value)]
    if isinstance(data, list):
        return [text for value in data for text in _texts(value)]
    return [] if data is None else [str(data)]


_FIGURE = re.compile(r"\d[\d,]*(?:\.\d+)?")


def _altered(words: list[str], whole: str) -> list[str]:
    """Figures that were typed and stand nowhere as they were typed."""
    there = Counter(_FIGURE.findall(thai.arabic_digits(whole).replace(",", "")))
    typed = _FIGURE.findall(thai.arabic_digits("\n".join(words)).replace(",", ""))
    return [figure for figure in typed if figure not in there]
