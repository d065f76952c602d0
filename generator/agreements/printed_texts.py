"""Which values of a file documents print, found on its nodes: also where a model can't be made."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache

from ..model.fields import DataModel, PrintedIn, parts
from ..model.indicator import AS_INDICATOR, Indicator
from .yaml_tree import Node

_Kinds = frozenset[type[DataModel]]


def printed_texts(node: Node, kind: type[DataModel]) -> Iterator[Node]:
    """The texts of a file of a kind that some document prints, each with its place.

    Keys, ids, formulas and names of files are none; nor is what no model knows.
    """
    yield from _texts(node, frozenset([kind]), printed=False)


def _texts(node: Node, kinds: _Kinds, *, printed: bool) -> Iterator[Node]:
    if isinstance(node.value, str):
        # One value may stand for a mapping: the words of a level, of a past year.
        if printed or any(_says_something(kind) for kind in kinds):
            yield node
    elif isinstance(node.value, list):
        for child in node.value:
            yield from _texts(child, kinds, printed=printed)
    elif isinstance(node.value, dict):
        for key, child in node.value.items():
            found = [_fields(kind)[key] for kind in kinds if key in _fields(kind)]
            if found:
                inner = frozenset(one for _, of in found for one in of)
                yield from _texts(child, inner, printed=any(mark for mark, _ in found))
            else:  # a key of the officer's own, such as a year or a round
                yield from _texts(child, kinds, printed=printed)


@cache
def _fields(kind: type[DataModel]) -> Mapping[str, tuple[bool, _Kinds]]:
    """The fields of a model by key: whether they are printed words, and the models in them."""
    found = {}
    for name, info in kind.model_fields.items():
        of = list(parts(info.annotation, info.metadata))
        marks = [part for part in of if isinstance(part, PrintedIn) and part.documents]
        kinds = {part for part in of if isinstance(part, type) and issubclass(part, DataModel)}
        kinds |= {Indicator} if AS_INDICATOR in of else set()
        found[info.alias or name] = (bool(marks), frozenset(kinds))
    return found


@cache
def _says_something(kind: type[DataModel]) -> bool:
    return any(printed for printed, _ in _fields(kind).values())
