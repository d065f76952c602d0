"""Blanks in an indicator's texts, and what a unit's use puts there."""

from __future__ import annotations

import re
from dataclasses import replace

from .. import thai
from ..diagnostics import Diagnostic, did_you_mean, fault
from ..messages import message
from .yaml_tree import Node

BLANK = re.compile(r"\[\[([^\[\]|\n]{1,80})(?:\|([^\[\]\n]{0,200}))?\]\]")
"""``[[name]]``, or ``[[name|what stands there when it is empty]]``."""


def fill_blanks(node: Node, use_node: Node) -> tuple[Node, tuple[str, ...], tuple[Diagnostic, ...]]:
    """Put what a use's ``blanks`` say into the texts; blanks left open print their hint.

    Returns the filled node, the names left open, and the faults. What is filled in is
    not looked at again: a value is never a template.
    """
    declared = _texts(node.child("blanks"))
    given_node = use_node.child("blanks")
    given = _texts(given_node)
    faults: list[Diagnostic] = []
    for name in given:
        if name not in declared and given_node is not None:
            faults.append(
                fault(
                    "blank-not-of-the-indicator",
                    given_node.key_at(name),
                    hint=did_you_mean(name, declared),
                    name=name,
                )
            )
    missing: dict[str, None] = {}

    def fill(part: Node) -> Node:
        if isinstance(part.value, dict):
            return replace(part, value={key: fill(child) for key, child in part.value.items()})
        if isinstance(part.value, list):
            return replace(part, value=[fill(child) for child in part.value])
        if not isinstance(part.value, str) or "[[" not in part.value:
            return part

        def put(match: re.Match[str]) -> str:
            name = thai.folded(match[1])
            if name not in declared:
                faults.append(
                    fault(
                        "blank-not-declared",
                        part.location,
                        hint=did_you_mean(name, declared) or message("declare-blank", name=name),
                        name=match[1],
                    )
                )
                return match[0]
            value = given.get(name)
            if value is None:
                missing[name] = None
                return match[2] or declared[name] or "........"
            return value

        return replace(part, value=BLANK.sub(put, part.value))

    filled = fill(node.without("blanks"))
    return filled, tuple(missing), tuple(faults)


def _texts(node: Node | None) -> dict[str, str | None]:
    if node is None or not isinstance(node.value, dict):
        return {}
    return {
        key: child.value if isinstance(child.value, str) else None
        for key, child in node.value.items()
    }
