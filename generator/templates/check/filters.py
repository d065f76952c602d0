"""What Jinja's filters make of a type."""

from __future__ import annotations

from collections.abc import Mapping

from jinja2 import nodes

from .context_types import NUMBER, TEXT, UNKNOWN, Many, Type, join, present

_FILTERS: Mapping[str, Type] = {
    **dict.fromkeys(
        ["length", "count", "int", "float", "round", "abs", "sum", "wordcount", "filesizeformat"],
        NUMBER,
    ),
    **dict.fromkeys(
        [
            "capitalize",
            "center",
            "e",
            "escape",
            "forceescape",
            "format",
            "indent",
            "join",
            "lower",
            "pprint",
            "replace",
            "safe",
            "string",
            "striptags",
            "title",
            "tojson",
            "trim",
            "truncate",
            "upper",
            "urlencode",
            "urlize",
            "wordwrap",
            "xmlattr",
        ],
        TEXT,
    ),
}
_ITEM = frozenset({"first", "last", "min", "max", "random"})
_SAME = frozenset(
    ["list", "sort", "unique", "reverse", "select", "reject", "selectattr", "rejectattr"]
)
_ROWS = frozenset({"batch", "slice"})
OF_LISTS = _ITEM | _SAME | _ROWS | {"map", "groupby", "join", "sum", "length", "count"}
_BY_FIELD = frozenset({"selectattr", "rejectattr", "groupby"})


def filtered(name: str, base: Type, mapped: Type, given: list[Type]) -> Type:
    """The type that a filter makes of ``base``; ``mapped`` is what ``map`` asks of each item."""
    if name in ("default", "d"):
        return join(present(base) if len(given) > 1 else base, given[0]) if given else base
    if name in _FILTERS:
        return _FILTERS[name]
    if not isinstance(base, Many):
        return UNKNOWN
    if name in _ITEM:
        return base.item
    if name in _SAME:
        return Many(base.item)
    if name in _ROWS:
        return Many(Many(base.item))
    return Many(mapped) if name == "map" else UNKNOWN


def field_asked_for(node: nodes.Filter) -> str:
    """The field that ``map(attribute="x")``, ``selectattr("x")`` and the like ask for."""
    stated = [word.value for word in node.kwargs if word.key == "attribute"]
    if node.name in _BY_FIELD:
        stated += node.args[:1]
    value = stated[0].value if stated and isinstance(stated[0], nodes.Const) else ""
    return value if isinstance(value, str) else ""
