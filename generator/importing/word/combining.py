"""How parts become one score, where a sheet says so: ``คะแนน = ค่าต่ำสุดของ (ก, ข และ ค)``."""

from __future__ import annotations

import re
from dataclasses import dataclass

from .kept import Mapping, Typed
from .pieces import Line, core

_RULES = {"ค่าต่ำสุดของ": "min", "ค่าสูงสุดของ": "max", "ค่าเฉลี่ยของ": "mean"}
_HEAD = re.compile(r"^(?:คะแนน(?:รวม)?\s*=\s*)?(.*)$")
_WEIGHTED = re.compile(r"^\((.+)\)\s*÷\s*([\d.]+)$")
_PRODUCT = re.compile(r"^([\d.]+)\s*×\s*(.+)$")


@dataclass(frozen=True, slots=True)
class CombiningRule:
    """A rule with what it combines: names, or rules again; weights where it is weighted."""

    rule: str
    members: tuple[str | CombiningRule, ...]
    weights: tuple[str, ...] = ()


def read(text: str) -> CombiningRule | None:
    """The rule that a line states; None where it states none."""
    found = _HEAD.match(text.strip())
    return _read(found[1]) if found else None


def _read(text: str) -> CombiningRule | None:
    text = text.strip()
    if match := _WEIGHTED.match(text):
        products = [_PRODUCT.match(part.strip()) for part in match[1].split(" + ")]
        if len(products) > 1 and all(products):
            names = tuple(one[2] for one in products if one is not None)
            return CombiningRule(
                "weighted", names, tuple(one[1] for one in products if one is not None)
            )
    for words, rule in _RULES.items():
        if text.startswith(words):
            inner = text.removeprefix(words).strip()
            if not (inner.startswith("(") and inner.endswith(")")):
                return None
            parts = _parts(inner[1:-1])
            if len(parts) < 2:
                return None
            return CombiningRule(rule, tuple(_read(part) or part for part in parts))
    return None


def _parts(text: str) -> list[str]:
    """What stands between commas and a last ``และ``, outside brackets."""
    out, depth, at = [], 0, 0
    for match in re.finditer(r"[(),]|\s+และ\s+", text):
        if match[0] == "(":
            depth += 1
        elif match[0] == ")":
            depth -= 1
        elif not depth:
            out.append(text[at : match.start()].strip())
            at = match.end()
    return [part for part in [*out, text[at:].strip()] if part]


def as_formula(found: CombiningRule, line: Line) -> Mapping | None:
    """A rule on figures that are reported: ``min(a, b)`` with its inputs."""
    inputs = Mapping()

    def written(one: str | CombiningRule) -> str | None:
        if isinstance(one, str):
            for key, known in inputs.items():
                if str(known["name"]) == one:
                    return str(key)
            key = f"figure_{len(inputs) + 1}"
            inputs[key] = Mapping(name=Typed(one, line))
            return key
        members = [written(inner) for inner in one.members]
        if one.rule == "weighted" or None in members:
            return None
        return f"{one.rule}({', '.join(member for member in members if member)})"

    text = written(found)
    if text is None:
        return None
    formula = Typed(text)
    formula.sources = [(line, words) for words in ("คะแนน", *_RULES, "และ") if words in line.said]
    formula.sources += [(line, "และ")] * line.said.count("และ")
    return Mapping(formula=formula, inputs=inputs)


def onto(found: CombiningRule, parts: list[Mapping], line: Line) -> Mapping | None:
    """The rule and groups of criteria with these parts; None where it names others."""
    names = {core(str(part.get("short", part["name"]))): part for part in parts}
    groups: list[Mapping] = []
    for place, member in enumerate(found.members):
        if isinstance(member, str):
            part = names.get(core(member))
            if part is None:
                return None
            if found.weights:
                part["weight"] = Typed(found.weights[place], line, bare=True)
            continue
        inner = [names.get(core(one)) if isinstance(one, str) else None for one in member.members]
        if None in inner:
            return None
        key = f"group-{len(groups) + 1}"
        for part in inner:
            if part is not None:
                part["group"] = Typed(key)
        called = " ".join(str(one) for one in member.members)
        groups.append(Mapping(id=Typed(key), name=Typed(called), combine=Typed(member.rule)))
    made = Mapping(combine=Typed(found.rule))
    if groups:
        made["groups"] = groups
    made["combine"].sources = [(line, line.said)]
    return made
