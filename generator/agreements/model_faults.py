"""Nodes to model, field by field; what the model refuses is put into plain words with a place."""

from __future__ import annotations

import re
import types
import typing
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Annotated, Any, TypeGuard, TypeVar, get_args, get_origin

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from ..diagnostics import Diagnostic, Location, did_you_mean, fault, meant, near
from ..key_names import table, written
from ..messages import Message, description, message
from ..model import LEVEL_NAMES
from ..model.fields import expected, shown
from .own_keys import english_of, mixed
from .yaml_tree import Node

M = TypeVar("M", bound=BaseModel)


def to_model(node: Node, model: type[M]) -> tuple[M | None, tuple[Diagnostic, ...]]:
    """The node as ``model``, or its faults with places."""
    plain = node.plain()
    if plain is None:
        plain = {}
    try:
        return model.model_validate(plain), ()
    except ValidationError as error:
        return None, tuple(_faults(node, model, error.errors(include_url=False)))


def _faults(
    node: Node, model: type[BaseModel], details: Iterable[ErrorDetails]
) -> Iterator[Diagnostic]:
    """One fault a mistake: where several kinds of value could stand, their refusals are joined."""
    mistakes: dict[tuple[str | int, ...], list[ErrorDetails]] = {}
    details = tuple(details)
    odd: dict[tuple[str | int, ...], list[str]] = {}
    for detail in details:
        if detail["type"] == "extra_forbidden":
            key = str(detail["loc"][-1])
            odd.setdefault(detail["loc"][:-1], []).append(table().english.get(key, key))
    for detail in details:
        path = detail["loc"]
        if detail["type"] == "missing" and is_meant(str(path[-1]), odd.get(path[:-1], ())):
            continue  # it is there, misspelt
        kinds = (
            index
            for index, step in enumerate(path)
            if _KIND.fullmatch(str(step)) and node.find(path[:index]).child(step) is None
        )
        mistakes.setdefault(path[: next(kinds, len(path))], []).append(detail)
    for same in mistakes.values():
        # The kind that was meant is the one in which the fault lies deepest.
        deepest = max(len(detail["loc"]) for detail in same)
        places: dict[Location, list[Diagnostic]] = {}
        for detail in same:
            if len(detail["loc"]) == deepest:
                found = _fault(node, model, detail)
                places.setdefault(found.location, []).append(found)
        for faults in places.values():
            advice = next((one.advice for one in faults if one.advice), "")
            said = _either([one.said for one in faults])
            yield replace(faults[-1], said=said, advice=faults[-1].advice or advice)


def _either(refusals: Sequence[Message | str]) -> Message | str:
    """What several kinds of value say that could stand in one place."""
    *others, last = refusals
    wanted = [said.parameters["wanted"] for said in others if _is_expectation(said)]
    if not wanted or not _is_expectation(last):
        return last
    whole = last.parameters["wanted"]
    for one in reversed(wanted):
        whole = message("or", one=one, other=whole)
    return message("value-expected", wanted=whole, found=last.parameters["found"])


def _is_expectation(said: Message | str) -> TypeGuard[Message]:
    return isinstance(said, Message) and said.code == "value-expected"


_KIND = re.compile(r"[a-z][a-z-]*\[.+\]")
"""A step that names one of several kinds of value: ``dict[str,…]``, ``literal['none']``."""


def is_meant(key: str, misspelt: Collection[str]) -> bool:
    """Whether a key is one of those that are misspelt, or what one of them meant."""
    return key in misspelt or (len(misspelt) <= _MAX_MISSPELT and bool(near(key, misspelt)))


_MAX_MISSPELT = 10
"""Where more are misspelt than that, none is compared with all that may have meant it."""


def _fault(node: Node, model: type[BaseModel], detail: ErrorDetails) -> Diagnostic:
    path = detail["loc"]
    kind, context = detail["type"], detail.get("ctx", {})
    place = node.key_at(*path[:-1]) if path[-1:] == ("[key]",) else node.at(*path)
    value = detail["input"]
    if kind == "missing":
        wanted = model_at(model, path[:-1])
        about = _described(wanted, str(path[-1]))
        return fault("key-missing", node.at(*path[:-1]), hint=about, key=str(path[-1]))
    if kind == "extra_forbidden":
        wanted = model_at(model, path[:-1])
        known = [f.alias or name for name, f in wanted.model_fields.items()] if wanted else []
        key = str(path[-1])
        if place.keys == "th":
            known = [written(name, "th") for name in known]
        elif english := english_of(key, known):
            return mixed(node.key_at(*path), key, english)
        return fault("unknown-key", node.key_at(*path), hint=did_you_mean(key, known), key=key)
    if kind == "gen":
        nested = isinstance(value, list) and any(isinstance(item, list) for item in value)
        said: Message = context["said"]
        hint = message("quotes-round-brackets") if nested else _number_alone(said, value)
        is_told = said.remedy or said.code == "text-too-long"
        about = "" if is_told else _of_key(model, path)
        return Diagnostic(said, place, hint or about)
    if kind == "literal_error":
        words = re.findall(r"'([^']*)'", str(context["expected"]))
        one = message("one-of", words=tuple(words)) if len(words) > 1 else f"'{words[0]}'"
        return fault(
            "value-expected",
            place,
            hint=_level_in_thai(str(value), words)
            or meant(str(value), words, _of_key(model, path)),
            wanted=one,
            found=shown(value),
        )
    if kind in _EXPECTED:
        return Diagnostic(expected(_EXPECTED[kind], value), place, _of_key(model, path))
    if kind == "too_short":
        return fault("too-few", place, least=str(context["min_length"]))
    if kind == "too_long":
        return fault("too-many", place, most=str(context["max_length"]))
    return fault("value-refused", place, reason=detail["msg"], found=shown(value))


_EXPECTED = {
    "dict_type": message("a-mapping-with-keys"),
    "model_type": message("a-mapping-with-keys"),
    "model_attributes_type": message("a-mapping-with-keys"),
    "union_tag_not_found": message("a-mapping-with-its-kind"),
    "list_type": message("a-list-of-items"),
    "tuple_type": message("a-list-of-items"),
    "string_type": message("some-text"),
    "string_pattern_mismatch": message("a-column-of-a-table"),
    "bool_type": message("true-or-false"),
    "bool_parsing": message("true-or-false"),
}


_BESIDE_WORDS = re.compile(r"[^\d]*?(-?\d(?:[\d,]*\d)?(?:\.\d+)?)[^\d]*")


def _number_alone(said: Message, value: object) -> Message | str:
    """The remedy where words stand beside a number: ``1,931 วัน``."""
    found = _BESIDE_WORDS.fullmatch(value) if isinstance(value, str) else None
    wanted = said.parameters.get("wanted")
    if found is None or wanted not in (message("a-number"), message("a-whole-number")):
        return ""
    return message("number-alone", number=found[1].replace(",", ""))


def _level_in_thai(value: str, words: Collection[str]) -> Message | str:
    """The remedy where a unit's level is written in Thai, in whichever agency's word."""
    if value.isascii() or not LEVEL_NAMES.keys() <= set(words):
        return ""
    levels = (message("level-called", level=k, names=names) for k, names in LEVEL_NAMES.items())
    return message("write-a-level", levels=tuple(levels))


def _of_key(model: type[BaseModel], path: Sequence[str | int]) -> Message | str:
    """What the key is for whose value was refused; nothing where there is no such word on it."""
    return _described(model_at(model, path[:-1]), str(path[-1])) if path else ""


def _described(model: type[BaseModel] | None, key: str) -> Message | str:
    for name, info in model.model_fields.items() if model is not None else ():
        if key in (name, info.alias) and info.description:
            return description(info.description)
    return ""


def model_at(model: type[BaseModel], path: Iterable[str | int]) -> type[BaseModel] | None:
    """The model class that stands at ``path`` within ``model``, if one does."""
    kind: Any = model
    for step in path:
        if isinstance(kind, type) and issubclass(kind, BaseModel):
            kind = next(
                (
                    info.annotation
                    for name, info in kind.model_fields.items()
                    if step in (name, info.alias)
                ),
                None,
            )
        elif get_origin(_bare(kind)) in (list, dict):
            kind = get_args(_bare(kind))[-1]
        elif get_origin(_bare(kind)) in (types.UnionType, typing.Union):
            kind = next((arg for arg in get_args(_bare(kind)) if _is_tagged(arg, step)), None)
        else:
            return None
        kind = _bare(kind)
    return kind if isinstance(kind, type) and issubclass(kind, BaseModel) else None


def _is_tagged(kind: Any, tag: str | int) -> bool:
    """Whether a model is the one that a ``kind:`` means."""
    fields = getattr(_bare(kind), "model_fields", {})
    return "kind" in fields and tag in get_args(fields["kind"].annotation)


def _bare(kind: Any) -> Any:
    """A type without Annotated and without None."""
    while True:
        if get_origin(kind) is Annotated:
            kind = get_args(kind)[0]
        elif get_origin(kind) in (types.UnionType, typing.Union):
            rest = [arg for arg in get_args(kind) if arg is not type(None)]
            if len(rest) != 1:
                return kind
            kind = rest[0]
        else:
            return kind
