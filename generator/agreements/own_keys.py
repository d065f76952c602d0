"""Keys in Thai: files that are written with them read as any other, and are written so again.

Everything behind the reader knows English keys alone. Where a file writes them in Thai, its nodes
get English ones, and every place in it says so (``Location.keys``): sentences on it name keys
as the file does. Only keys of the model are meant; what agencies name themselves stays.
"""

from __future__ import annotations

import re
import types
import typing
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from functools import cache
from pathlib import Path, PurePath
from typing import Annotated, Any, Literal, get_args, get_origin

from pydantic import BaseModel

from .. import key_names
from ..diagnostics import Diagnostic, Location, fault
from ..key_names import KeyLanguage
from ..model import ALL, Agency, Indicator
from ..model.indicator import AS_INDICATOR
from ..model.rounds import RoundOrAll
from . import comments, yaml_tree
from .editing import TextEdit, edited, offset_of
from .file_kinds import model_of
from .yaml_tree import Node, Plain, YamlFile

MOST_BYTES = 8 << 20
"""So large is the largest file whose keys are looked at."""

Kinds = tuple[Any, ...]
"""What may stand in one place: models, and types of lists and mappings."""


def kinds_of(annotation: Any, marks: Iterable[Any] = ()) -> Kinds:
    """The models, lists and mappings that an annotation allows."""
    if any(mark is AS_INDICATOR for mark in marks):
        return (Indicator,)
    origin: Any = get_origin(annotation)
    if origin is Annotated:
        inner, *others = get_args(annotation)
        return kinds_of(inner, others)
    if origin in (types.UnionType, typing.Union):
        return tuple(kind for one in get_args(annotation) for kind in kinds_of(one))
    return (annotation,)


def _origin(kind: Any) -> Any:
    return get_origin(kind)


@cache
def fields_of(kinds: Kinds) -> Mapping[str, Kinds]:
    """The keys that may stand in a mapping, and what may stand behind each."""
    found: dict[str, Kinds] = {}
    for kind in kinds:
        if isinstance(kind, type) and issubclass(kind, BaseModel):
            for name, info in kind.model_fields.items():
                of = kinds_of(info.annotation, info.metadata)
                found[info.alias or name] = (*found.get(info.alias or name, ()), *of)
    return found


@cache
def names_of(kinds: Kinds) -> Mapping[str, str]:
    """The fixed names that stand as keys in a mapping: English by Thai."""
    names = key_names.table().names
    found: dict[str, str] = {}
    for kind in kinds:
        if _origin(kind) is dict:
            of = get_args(kind)[0]
            known = get_args(of) if get_origin(of) is Literal else ()
            known = (ALL,) if of == RoundOrAll else known
            found |= {names[name]: name for name in known}
    return found


def _items(kinds: Kinds) -> Kinds:
    """What may stand in a list."""
    return tuple(
        inner for kind in kinds if _origin(kind) is list for inner in kinds_of(get_args(kind)[0])
    )


def _values(kinds: Kinds) -> Kinds:
    """What may stand behind the keys of a mapping whose keys are free."""
    return tuple(
        inner for kind in kinds if _origin(kind) is dict for inner in kinds_of(get_args(kind)[1])
    )


def language_of(node: Node, model: type[BaseModel]) -> KeyLanguage | None:
    """What a file's keys are written in: the first that is known says; None where none is."""
    known, english = fields_of((model,)), key_names.table().english
    for key in node.keys:
        if key in known:
            return "en"
        if english.get(key) in known:
            return "th"
    return None


def in_english(read: YamlFile, model: type[BaseModel]) -> YamlFile:
    """A file of a kind as it was read, its keys in English whatever they are written in."""
    if read.node is None or language_of(read.node, model) != "th":
        return read
    faults: list[Diagnostic] = []
    node = _in_english(read.node, (model,), faults)
    return replace(read, node=node, faults=(*read.faults, *faults))


def of_place(read: YamlFile, path: PurePath) -> YamlFile:
    """The same of a file by its place in the agency's folder; what is no file of data stays."""
    model = model_of(path)
    return read if model is None else in_english(read, model)


def _in_english(node: Node, kinds: Kinds, faults: list[Diagnostic]) -> Node:
    place = _said_in_thai(node.location)
    if isinstance(node.value, list):
        inner = _items(kinds)
        items = [_in_english(item, inner, faults) for item in node.value]
        return replace(node, value=items, location=place)
    if not isinstance(node.value, dict):
        return replace(node, location=place)
    fields, names, others = fields_of(kinds), names_of(kinds), _values(kinds)
    english = key_names.table().english
    values: dict[str, Node] = {}
    keys: dict[str, Location] = {}
    for written, child in node.value.items():
        at = _said_in_thai(node.keys[written])
        key = english.get(written, "")
        if key not in fields:
            key = names.get(written, written)
        if key == written and (written in fields or written in names.values()):
            faults.append(mixed(at, written, _thai(written, fields)))
        if key not in values:
            values[key] = _in_english(child, fields.get(key, others), faults)
            keys[key] = at
    return replace(node, value=values, location=place, keys=keys)


def _thai(key: str, fields: Mapping[str, Kinds]) -> str:
    known = key_names.table()
    return (known.keys if key in fields else known.names)[key]


def _said_in_thai(place: Location) -> Location:
    return replace(place, keys="th")


def mixed(place: Location, key: str, own: str) -> Diagnostic:
    """That a key is in another language than the others of its file, where it is ``own``."""
    return fault("keys-mixed", place, written=key, own=own)


def english_of(key: str, fields: Iterable[str]) -> str:
    """The key that is meant by a Thai one among English ones; "" where none is."""
    found = key_names.table().english.get(key, "")
    return found if found in fields else ""


def kinds_at(model: type[BaseModel], path: Iterable[str | int]) -> Kinds:
    """What may stand at a place of a kind of file."""
    kinds: Kinds = (model,)
    for step in path:
        kinds = _items(kinds) if isinstance(step, int) else _behind(kinds, step)
    return kinds


def _behind(kinds: Kinds, key: str) -> Kinds:
    return fields_of(kinds).get(key, _values(kinds))


def typed_at(key: str, kinds: Kinds) -> str:
    """A key of a mapping as a file with Thai keys has it."""
    names = {english: thai for thai, english in names_of(kinds).items()}
    return key_names.table().keys[key] if key in fields_of(kinds) else names.get(key, key)


def typed_below(data: Plain, kinds: Kinds) -> Plain:
    """Data of a place with their keys in Thai."""
    return _in_thai(data, kinds)


def in_thai(data: Plain, model: type[BaseModel]) -> Plain:
    """Data of a kind of file with its keys in Thai."""
    return _in_thai(data, (model,))


def _in_thai(data: Plain, kinds: Kinds) -> Plain:
    if isinstance(data, list):
        return [_in_thai(item, _items(kinds)) for item in data]
    if not isinstance(data, dict):
        return data
    found = {
        typed_at(key, kinds): _in_thai(value, _behind(kinds, key)) for key, value in data.items()
    }
    return type(data)(found)


_TYPED = re.compile(r"['\"]?([^\s'\":,{}\[\]]+)")
_SCHEMA = re.compile(r"(?<=\$schema=)(\S*?/)(?:th/)?([a-z]+)(?:\.th)?(?=\.json)")
_FOR_NOW = re.compile(r"(?<=^# )([a-z_]+)(?=: .* {2,}# )")
_IN_COMMENT = re.compile(r"(?<![\w/.-])([a-z_][a-z_0-9]*)(?=:)")


def with_keys(data: bytes, path: PurePath, keys: KeyLanguage) -> bytes:
    """The bytes of an agency's file with its keys in a language; ``path`` is its place there.

    Comments and layout stay, but for the keys that comments name with their colon. What is no file
    of data, or doesn't parse, stays as it is.
    """
    model = model_of(path)
    if model is None:
        return data
    read = yaml_tree.parse(Path(path), data, MOST_BYTES)
    if read.node is None:
        return data
    text = with_keys_in_text(read.text, model, keys)
    return ("\ufeff" if data.startswith(b"\xef\xbb\xbf") else "").encode() + text.encode()


def with_keys_in_text(
    text: str, model: type[BaseModel], keys: KeyLanguage, *, is_own: bool = False
) -> str:
    """The same of a text that parses; of gen's ``own``, whose comments name keys so already."""
    node = in_english(yaml_tree.parse(Path("x.yaml"), text.encode(), MOST_BYTES), model).node
    assert node is not None, "its faults were told"
    if node.location.keys == keys:
        return text
    written = edited(text, _renamed(text, node, (model,), keys))
    places = comments.places(written) if keys == "th" else {}
    lines = written.split("\n")
    for number, at in places.items():
        if not lines[number][:at].strip():
            lines[number] = _comment_renamed(lines[number], is_own)
    schema = r"\1th/\2.th" if keys == "th" else r"\1\2"
    return _SCHEMA.sub(schema, comments.in_columns(text, "\n".join(lines)), count=1)


def _comment_renamed(line: str, is_own: bool) -> str:
    """A line of comment that names keys, each with its colon, as a file in Thai keys has them.

    Gen's ``own`` comments name them already; but what is a comment for now (``# emblem: …``).
    """
    if "$schema=" in line:
        return line
    pattern = _FOR_NOW if is_own else _IN_COMMENT
    return pattern.sub(lambda match: key_names.written(match[1], "th"), line)


def _renamed(text: str, node: Node, kinds: Kinds, keys: KeyLanguage) -> Iterator[TextEdit]:
    if isinstance(node.value, list):
        for item in node.value:
            yield from _renamed(text, item, _items(kinds), keys)
    elif isinstance(node.value, dict):
        fields, others = fields_of(kinds), _values(kinds)
        names = {english: thai for thai, english in names_of(kinds).items()}
        for key, child in node.value.items():
            typed = _TYPED.match(text, offset_of(text, node.keys[key]))
            if typed is not None and (key in fields or key in names):
                thai = _thai(key, fields)
                yield TextEdit(typed.start(1), typed.end(1), thai if keys == "th" else key)
            yield from _renamed(text, child, fields.get(key, others), keys)


def written_at(target: Path, model: type[BaseModel]) -> KeyLanguage:
    """What the keys of a file are to be written in: as those there, else as its agency's."""
    agencies = (folder / "agency.yaml" for folder in target.parents)
    agency = next((path for path in agencies if path.is_file()), None)
    for path, kind in ((target, model), (agency, Agency)):
        node = yaml_tree.read(path, MOST_BYTES).node if path and path.is_file() else None
        if node is not None and (found := language_of(node, kind)) is not None:
            return found
    return "en"
