"""Data as YAML, and files of it that editors check against their schema."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

from . import own_keys, schema_header
from .file_kinds import KINDS
from .yaml_tree import Plain


class PlainText(str):
    """Text that ``dump`` writes without quotes, as numbers stand in the files."""

    __slots__ = ()


class InlineMapping(dict[str, Plain]):
    """A mapping that ``dump`` writes on one line: ``{5: 12, 4: 8}``."""


def dump(data: Plain) -> str:
    """Data as YAML that reads back as the same data; texts of several lines stay readable."""
    if type(data) is dict and data:
        try:
            return "".join(_mapping(data, "", ""))
        except _UnusualError:
            pass
    return _dumped(data)


def _dumped(data: Plain) -> str:
    """The same, by the library's own writer."""
    return yaml.dump(
        data, Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=1 << 30, indent=2
    )


class _UnusualError(Exception):
    """Data hold what only the library's own writer spells."""


_INDENT = "  "
_PLAIN = re.compile(
    r"[\u0e01-\u0e3a\u0e40-\u0e5b](?: ?[\u0e01-\u0e3a\u0e40-\u0e5b0-9a-zA-Z.,()/%-])*"
)
"""Texts that need no quotes whatever they say: none is a number or has a sign of YAML's own."""


def _mapping(data: dict[str, Plain], first: str, indent: str) -> Iterator[str]:
    """A mapping with keys; ``first`` stands before its first key, ``indent`` before the others."""
    before = first
    for key, value in data.items():
        if type(key) is not str:
            raise _UnusualError
        yield before
        yield _key(key)
        yield from _value(value, indent, indent)
        before = indent


def _sequence(data: list[Plain], first: str, indent: str) -> Iterator[str]:
    before = first
    for value in data:
        yield before
        yield "-"
        yield from _value(value, indent, None)
        before = indent


def _value(value: Plain, indent: str, beside: str | None) -> Iterator[str]:
    """What follows a key, or the dash of an item (where ``beside`` is None), to its line's end."""
    inner = indent + _INDENT
    if value is None:
        yield " null\n"
    elif type(value) is str:
        spelt = _text(value)
        yield spelt if "\n" not in spelt[:-1] else _LINE.sub(indent, spelt)
    elif type(value) is dict and value:
        if beside is None:
            yield from _mapping(value, " ", inner)
        else:
            yield "\n"
            yield from _mapping(value, inner, inner)
    elif type(value) is list and value:
        if beside is None:
            yield from _sequence(value, " ", inner)
        else:
            yield "\n"
            yield from _sequence(value, beside, beside)
    elif value in ({}, []):
        yield f" {value}\n"
    else:
        raise _UnusualError


_LINE = re.compile(r"(?<=\n)(?=[^\n])")


@lru_cache(maxsize=1 << 12)
def _key(key: str) -> str:
    """A key with its colon."""
    spelt, null, end = _dumped({key: None}).rpartition(" null\n")
    if not null or end or "\n" in spelt or spelt.startswith("? "):
        raise _UnusualError
    return spelt


@lru_cache(maxsize=1 << 12)
def _text(text: str) -> str:
    """A text as it stands behind a key or dash, its lines set in by one step."""
    if _PLAIN.fullmatch(text):
        return f" {text}\n"
    spelt = _dumped({"k": text}).removeprefix("k:")
    if not _SPELT.fullmatch(spelt):
        raise _UnusualError
    return spelt


_SPELT = re.compile(r" [^\n|][^\n]*\n| \|[-2]*\n(?:(?:  [^\n]*)?\n)*  [^\n]+\n")


def file_of(target: Path, kind: str, data: Plain) -> bytes:
    """A file of a kind that is to stand at ``target``: the line that names its schema, the data.

    Its keys are written as the file's that stands there, else as those of its agency are.
    """
    keys = own_keys.written_at(target, KINDS[kind])
    if keys == "th":
        data = own_keys.in_thai(data, KINDS[kind])
    return (schema_header.line(target.parent, kind, keys) + dump(data)).encode()


class _Dumper(yaml.SafeDumper):
    """Block style for texts of several lines, no anchors."""

    def ignore_aliases(self, data: object) -> bool:
        return True


def _represent_text(dumper: yaml.SafeDumper, text: str) -> yaml.ScalarNode:
    style = "|" if "\n" in text else None
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style=style)


def _represent_bare(dumper: yaml.SafeDumper, text: PlainText) -> yaml.ScalarNode:
    resolve: Any = dumper.resolve
    return yaml.ScalarNode(resolve(yaml.ScalarNode, text, (True, False)), str(text))


def _represent_inline(dumper: yaml.SafeDumper, data: InlineMapping) -> yaml.MappingNode:
    return dumper.represent_mapping("tag:yaml.org,2002:map", data, flow_style=True)


_Dumper.add_representer(InlineMapping, _represent_inline)
_Dumper.add_representer(str, _represent_text)
_Dumper.add_representer(PlainText, _represent_bare)
