"""A unit's indicators as they stand in files, merged as documents have them, blanks still open.

Nothing is checked: a page shows what is typed, be it at fault.
"""

from __future__ import annotations

from dataclasses import replace

from ... import thai
from ...agreements import own_keys, yaml_tree
from ...agreements.files import AgencyFolder
from ...agreements.merging import extend, vary
from ...agreements.yaml_tree import Node
from ...errors import FileError
from ...model import Unit


def text_at(node: Node | None, *path: str | int) -> str:
    """A text as typed; empty where none stands there."""
    for step in path:
        node = node.child(step) if node is not None else None
    return node.value if node is not None and isinstance(node.value, str) else ""


def uses(unit: Node) -> list[Node]:
    """The uses of a unit's file, in their order."""
    found = unit.child("indicators")
    return found.value if found is not None and isinstance(found.value, list) else []


def key_of(use: Node) -> str:
    """An indicator's name within its unit."""
    derived = text_at(use, "derive", "indicator")
    return thai.folded(text_at(use, "id") or text_at(use, "use") or derived)


def lender_of(use: Node) -> str:
    """The unit that an indicator derives from; empty where it says none."""
    return thai.folded(text_at(use, "derive", "from") or text_at(use, "derive"))


def indicator(
    folder: AgencyFolder, unit: Node, use: Node, seen: tuple[tuple[str, str], ...] = ()
) -> Node:
    """A use's indicator; empty where there is none by that name."""
    none = Node({}, use.location)
    define, named = use.child("define"), thai.folded(text_at(use, "use"))
    base: Node | None = None
    if define is not None and isinstance(define.value, dict):
        base = extend(folder, define, (), [])
    elif named in folder.indicators:
        base = extend(folder, folder.indicators[named].node, (named,), [])
    elif lender := lender_of(use):
        base = _lent(folder, lender, key_of(use), seen)
    if base is None or not isinstance(base.value, dict):
        return none
    variants = base.child("variants")
    node = vary(base, text_at(unit, "level"), [])
    if (override := use.child("override")) is not None and override.value is not None:
        node = yaml_tree.merge(node, override)
    if variants is not None and seen and isinstance(node.value, dict):
        return replace(node, value={**node.value, "variants": variants})
    return node


def whole(folder: AgencyFolder, node: Node, level: str) -> Node:
    """An indicator of the agency as units of a level have it."""
    base = extend(folder, node, (), [])
    return vary(base if base is not None else node, level, [])


def _lent(
    folder: AgencyFolder, lender: str, key: str, seen: tuple[tuple[str, str], ...]
) -> Node | None:
    path = folder.unit_path(lender)
    if (lender, key) in seen or not folder.has_unit(lender):
        return None
    try:
        above = own_keys.in_english(yaml_tree.read(path), Unit).node
    except FileError:
        return None
    for use in uses(above) if above is not None else ():
        if key_of(use) == key:
            assert above is not None
            return indicator(folder, above, use, (*seen, (lender, key)))
    return None
