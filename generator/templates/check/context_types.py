"""The types of what a template names, read off the context's dataclasses.

A context is made of frozen dataclasses, tuples, ``X | None``, ``Literal`` and plain values.
What is none of these is ``Unknown``, and nothing is said about it.
"""

from __future__ import annotations

import inspect
import typing
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, fields, is_dataclass
from functools import cache, reduce
from types import CodeType, MappingProxyType, NoneType, UnionType
from typing import Any, NamedTuple

from ...documents.identity import only_lays_out
from ...messages import Message, message


class Field(NamedTuple):
    """A field of a context's class."""

    owner: type
    name: str

    def __str__(self) -> str:
        return f"{self.owner.__name__}.{self.name}"


class Type:
    """What is known of a value when a template is read."""


@dataclass(frozen=True, slots=True)
class Unknown(Type):
    """Nothing is known; everything is allowed."""


@dataclass(frozen=True, slots=True)
class Plain(Type):
    """A single value, such as text; ``values`` are the only ones a Literal may have."""

    cls: type
    values: tuple[object, ...] = ()


@dataclass(frozen=True, slots=True)
class ContextClass(Type):
    """A dataclass of the context."""

    cls: type


@dataclass(frozen=True, slots=True)
class Many(Type):
    """A list; ``parts`` are the types of its items when their number is fixed."""

    item: Type
    parts: tuple[Type, ...] = ()


@dataclass(frozen=True, slots=True)
class Maybe(Type):
    """A value that may be missing."""

    inner: Type


@dataclass(frozen=True, slots=True)
class Either(Type):
    """One of several types; a field must belong to at least one of them."""

    options: tuple[Type, ...]


@dataclass(frozen=True, slots=True)
class Function(Type):
    """A Python function: what it takes, gives back, and reads of what it takes."""

    name: str
    returns: Type
    takes: tuple[Type, ...] | None = None
    reads: tuple[Field, ...] = ()


class Member(NamedTuple):
    """What stands behind a dot: its type, and the fields that asking for it uses."""

    type: Type
    reads: tuple[Field, ...]


UNKNOWN = Unknown()
TEXT = Plain(str)
NUMBER = Plain(float)
TRUTH = Plain(bool)


def type_of(annotation: Any) -> Type:
    """The type that an annotation states."""
    origin, arguments = typing.get_origin(annotation), typing.get_args(annotation)
    if origin is typing.Literal:
        return Plain(type(arguments[0]), arguments)
    if origin in (typing.Union, UnionType):
        options = [type_of(a) for a in arguments if a is not NoneType]
        inner = options[0] if len(options) == 1 else Either(tuple(options))
        return Maybe(inner) if NoneType in arguments else inner
    if origin is tuple:
        if arguments[-1] is Ellipsis:
            return Many(type_of(arguments[0]))
        parts = tuple(type_of(a) for a in arguments)
        return Many(reduce(join, parts), parts)
    if isinstance(annotation, type):
        if is_dataclass(annotation):
            return ContextClass(annotation)
        if annotation.__module__ in ("builtins", "datetime", "decimal"):
            return Plain(annotation)
    return UNKNOWN


def join(left: Type, right: Type) -> Type:
    """What is known of a value that is one or the other."""
    if left == right:
        return left
    pair = (left, right)
    if Plain(NoneType) in pair:
        other = left if right == Plain(NoneType) else right
        return other if isinstance(other, Maybe) else Maybe(other)
    if any(isinstance(one, Maybe) for one in pair):
        return Maybe(join(present(left), present(right)))
    if isinstance(left, Plain) and isinstance(right, Plain) and left.cls is right.cls:
        return Plain(left.cls)
    if isinstance(left, Many) and isinstance(right, Many):
        return Many(join(left.item, right.item))
    if isinstance(left, ContextClass | Either) and isinstance(right, ContextClass | Either):
        return Either(tuple(dict.fromkeys((*_options(left), *_options(right)))))
    return UNKNOWN


def present(found: Type) -> Type:
    """The type of a value that is known to be there."""
    return found.inner if isinstance(found, Maybe) else found


def printable(found: Type) -> bool:
    """Whether a value of the type means something when it is printed."""
    if isinstance(found, Either):
        return all(printable(option) for option in found.options)
    return not isinstance(found, Many | ContextClass | Function)


def said(found: Type) -> Message:
    """A type in words."""
    match found:
        case Many():
            return message("a-list")
        case ContextClass(cls):
            if cls.__name__[0] in "AEIOU":
                return message("type-of-vowel-name", name=cls.__name__)
            return message("type-of-name", name=cls.__name__)
        case Maybe(inner):
            return message("type-that-may-be-missing", type=said(inner))
        case Either(options):
            first, *rest = map(said, options)
            for other in rest:
                first = message("or", one=first, other=other)
            return first
        case Function():
            return message("type-function")
        case Plain(cls) if cls is str:
            return message("some-text")
        case Plain(cls) if cls is bool:
            return message("type-truth")
        case Plain(cls) if cls in (int, float):
            return message("a-number")
        case Plain(cls):
            return message("type-of-name", name=cls.__name__)
    return message("type-macro")


@cache
def members(cls: type) -> Mapping[str, Member]:
    """What may stand behind the dot of a dataclass: fields, properties and methods."""
    hints = typing.get_type_hints(cls)
    names = {field.name for field in fields(cls)}
    found = {name: Member(type_of(hints[name]), (_declared(cls, name),)) for name in names}
    for name, value in inspect.getmembers(cls):
        if name.startswith("_") or name in found:
            continue
        code = value.fget if isinstance(value, property) else value
        if not inspect.isfunction(code):
            continue
        returns = type_of(typing.get_type_hints(code).get("return"))
        called = returns if isinstance(value, property) else Function(name, returns)
        found[name] = Member(called, tuple(read_by(code, reachable(cls))))
    return MappingProxyType(found)


@cache
def reachable(*classes: type) -> tuple[Field, ...]:
    """Every field that can be reached from classes, in the order of the classes."""
    found: dict[Field, None] = {}
    waiting = list(classes)
    seen: set[type] = set()
    while waiting:
        cls = waiting.pop(0)
        if cls in seen:
            continue
        seen.add(cls)
        hints = typing.get_type_hints(cls)
        for field in fields(cls):
            if only_lays_out(field):
                continue  # a template may choose its styles itself
            found[_declared(cls, field.name)] = None
            waiting += _classes(type_of(hints[field.name]))
    return tuple(found)


def _declared(cls: type, name: str) -> Field:
    """A field, of the class that declares it: one that others take over is the same in all."""
    owners = (one for one in cls.__mro__ if name in inspect.get_annotations(one))
    return Field(next(owners, cls), name)


def function(name: str, code: Callable[..., Any]) -> Function:
    """A function that templates may call; it reads the fields that its own code names."""
    hints = typing.get_type_hints(code)
    takes = tuple(type_of(hints.get(p)) for p in inspect.signature(code).parameters)
    classes = [cls for one in takes for cls in _classes(one)]
    returns = type_of(hints.get("return"))
    return Function(name, returns, takes, tuple(read_by(code, reachable(*classes))))


def read_by(code: Callable[..., Any], known: Iterable[Field]) -> Iterator[Field]:
    """Those of the known fields whose names stand in a Python function."""
    names = set(_names(code.__code__)) if inspect.isfunction(code) else set()
    return (field for field in known if field.name in names)


def _names(code: CodeType) -> Iterator[str]:
    yield from code.co_names
    for inner in code.co_consts:
        if isinstance(inner, CodeType):
            yield from _names(inner)


def _classes(found: Type) -> list[type]:
    match found:
        case ContextClass(cls):
            return [cls]
        case Maybe(inner) | Many(inner):
            return _classes(inner)
        case Either(options):
            return [cls for option in options for cls in _classes(option)]
    return []


def _options(found: Type) -> tuple[Type, ...]:
    return found.options if isinstance(found, Either) else (found,)
