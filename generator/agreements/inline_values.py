"""Values as they are typed into a YAML file that stands: on a line where that is short."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

from . import yaml_tree
from .yaml_tree import Plain

WIDTH = 80
"""A list or a mapping longer than this has a line for each of its entries."""

_NOWHERE = Path("value.yaml")


def _reads_back(typed: str, value: Plain) -> bool:
    read = yaml_tree.parse(_NOWHERE, f"{typed}\n".encode())
    return not read.faults and read.node is not None and read.node.plain() == value


def _ways(text: str, like: str) -> Iterator[str]:
    """A text without quotes, in single and in double ones; first as ``like`` was typed."""
    ways = {
        '"': json.dumps(text, ensure_ascii=False),
        "'": "'" + text.replace("'", "''") + "'",
        "": text,
    }
    if (first := ways.get(like[:1])) is not None:
        yield first
    yield from (ways[""], ways["'"], ways['"'])


def scalar(text: str | None, *, flow: bool, like: str = "") -> str:
    """A text (or nothing) as it is typed between other values, so that it is read as it is.

    ``like`` is what stands there now: its quotes are kept where they can be. In braces and
    brackets (``flow``) commas and brackets need quotes, below each other they don't.
    """
    if text is None:
        return "~"
    for typed in _ways(text, like if like[:1] in ("'", '"') else ""):
        if "\n" in typed:
            continue
        if _reads_back(
            f"[{typed}, 1]" if flow else f"a: {typed}", [text, "1"] if flow else {"a": text}
        ):
            return typed
    # Signs that no line of a file can hold are written by their numbers.
    return json.dumps(text)


def inline(value: Plain) -> str:
    """A value on one line, lists and mappings in brackets and braces."""
    if isinstance(value, dict):
        entries = (f"{key(k)}: {inline(v)}" for k, v in value.items())
        return "{" + ", ".join(entries) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(inline(item) for item in value) + "]"
    return scalar(value, flow=True)


def key(text: str) -> str:
    """A key as it is typed."""
    plain = bool(text) and _reads_back(f"{text}: 1", {text: "1"})
    return text if plain else scalar(text, flow=True)


def block(value: Plain, indent: int, newline: str) -> str:
    """What stands behind a key's colon (or an item's dash) in a file of lines.

    Begins with a blank or with a line break; ``indent`` is where the lines below begin.
    """
    if isinstance(value, dict | list) and value and (len(inline(value)) > WIDTH or _lines(value)):
        return "".join(f"{newline}{line}" for line in _entries(value, indent, newline))
    if isinstance(value, dict | list):
        return f" {inline(value)}"
    if value is None:
        return ""
    if "\n" in value and (typed := literal(value, indent, newline)):
        return f" {typed}"
    return f" {scalar(value, flow=False)}"


def _lines(value: Plain) -> bool:
    """Whether a text of several lines is among the values."""
    if isinstance(value, dict):
        return any(_lines(v) for v in value.values())
    if isinstance(value, list):
        return any(_lines(v) for v in value)
    return value is not None and "\n" in value


def _entries(value: dict[str, Plain] | list[Plain], indent: int, newline: str) -> Iterator[str]:
    before = " " * indent
    if isinstance(value, dict):
        for name, inner in value.items():
            yield f"{before}{key(name)}:{block(inner, indent + 2, newline)}"
        return
    for inner in value:
        yield f"{before}-{item(inner, indent + 2, newline)}"


def item(value: Plain, indent: int, newline: str) -> str:
    """What stands behind an item's dash: a mapping's first key beside it."""
    typed = block(value, indent, newline)
    lead = newline + " " * indent
    return f" {typed[len(lead) :]}" if typed.startswith(lead) else typed


def literal(text: str, indent: int, newline: str) -> str:
    """A text of several lines below ``|``, or nothing where it can't be typed so."""
    bare = text.rstrip("\n")
    chomp = {0: "-", 1: ""}.get(len(text) - len(bare))
    if chomp is None or not bare:
        return ""
    lines = (f"{' ' * indent}{line}" if line else "" for line in bare.split("\n"))
    typed = f"|{chomp}" + "".join(f"{newline}{line}" for line in lines)
    read = yaml_tree.parse(
        _NOWHERE, f"{' ' * (indent - 2)}a: {typed}\n{' ' * (indent - 2)}b: 1\n".encode()
    )
    fits = read.node is not None and read.node.plain() == {"a": text, "b": "1"}
    return typed if fits and not read.faults else ""
