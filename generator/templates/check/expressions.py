"""The type of an expression in a template, and the faults and fields met on the way."""

from __future__ import annotations

from collections.abc import Generator, Mapping
from functools import reduce, singledispatch

from jinja2 import nodes
from jinja2.runtime import LoopContext

from ...diagnostics import did_you_mean
from ...messages import Message, message
from .context_types import (
    NUMBER,
    TEXT,
    TRUTH,
    UNKNOWN,
    ContextClass,
    Either,
    Function,
    Many,
    Maybe,
    Member,
    Plain,
    Type,
    Unknown,
    join,
    members,
    present,
    said,
)
from .filters import OF_LISTS, field_asked_for, filtered
from .scope import Event, Found, Loop, Module, Scope, certain, never, words_of


@singledispatch
def infer(node: nodes.Node, scope: Scope) -> Found:
    """The type of an expression; yields the faults and the fields used in it."""
    for child in node.iter_child_nodes():
        yield from infer(child, scope)
    return UNKNOWN


def there(node: nodes.Node, scope: Scope) -> Found:
    """The type of an expression whose value must be there."""
    found = yield from infer(node, scope)
    if isinstance(found, Maybe):
        words = words_of(node)
        yield scope.fault(
            node, message("value-may-be-missing", words=words, tag=f"{{% if {words} %}}")
        )
    return present(found)


@infer.register
def _name(node: nodes.Name, scope: Scope) -> Found:
    found = scope.names.get(node.name)
    if found is None:
        meant = did_you_mean(node.name, scope.names)
        yield scope.fault(node, message("name-unknown-in-template", name=node.name), meant)
        return UNKNOWN
    if node.name in scope.given and scope.given[node.name].type is found:
        yield from scope.given[node.name].reads
    return scope.narrowed(node, found)


@infer.register(nodes.Const)
@infer.register(nodes.TemplateData)
def _const(node: nodes.Const | nodes.TemplateData, scope: Scope) -> Found:
    yield from ()
    return Plain(type(node.value)) if isinstance(node, nodes.Const) else TEXT


@infer.register
def _attribute(node: nodes.Getattr, scope: Scope) -> Found:
    owner = yield from there(node.node, scope)
    found = yield from member(owner, node.attr, node, scope)
    return scope.narrowed(node, found)


@infer.register
def _item(node: nodes.Getitem, scope: Scope) -> Found:
    owner = yield from there(node.node, scope)
    position = node.arg.value if isinstance(node.arg, nodes.Const) else None
    if isinstance(position, str):
        found = yield from member(owner, position, node, scope)
        return scope.narrowed(node, found)
    yield from infer(node.arg, scope)
    match owner:
        case Many() if isinstance(node.arg, nodes.Slice):
            return Many(owner.item)
        case Many(item, parts):
            if isinstance(position, int) and -len(parts) <= position < len(parts):
                item = parts[position]
            return scope.narrowed(node, item)
        case Plain(cls) if cls is str:
            return TEXT
        case Unknown():
            return UNKNOWN
    no_list = message("value-is-no-list", words=words_of(node.node), type=said(owner))
    yield scope.fault(node, no_list)
    return UNKNOWN


def member(owner: Type, name: str, node: nodes.Expr, scope: Scope) -> Found:
    """What stands behind a dot."""
    match owner:
        case ContextClass(cls):
            known, title = members(cls), cls.__name__
            unknown = message("class-without-field", owner=title, field=name)
        case Either(options):
            holders = [o for o in options if isinstance(o, ContextClass) and name in members(o.cls)]
            found = []
            for holder in holders or options[:1]:
                found.append((yield from member(holder, name, node, scope)))
            return reduce(join, found)
        case Module(title, names):
            known = {key: Member(value, ()) for key, value in names.items()}
            unknown = message("class-without-field", owner=title, field=name)
        case Loop(item):
            near = {n: Member(item, ()) for n in ("previtem", "nextitem")}
            known = {**_attributes(LoopContext), **near}
            unknown = message("class-without-field", owner="loop", field=name)
        case Plain(cls):
            known, unknown = _attributes(cls), _without(owner, name, node)
        case Many() | Function():
            known, unknown = {}, _without(owner, name, node)
        case _:
            return UNKNOWN
    if name not in known:
        yield scope.fault(node, unknown, did_you_mean(name, known))
        return UNKNOWN
    yield from known[name].reads
    return known[name].type


def _without(owner: Type, name: str, node: nodes.Expr) -> Message:
    words = words_of(_owner(node))
    return message("value-without-field", words=words, type=said(owner), field=name)


def _owner(node: nodes.Expr) -> nodes.Expr:
    """What stands in front of the dot, the brackets or the bar."""
    inner = node.node if isinstance(node, nodes.Getattr | nodes.Getitem | nodes.Filter) else None
    return inner or node


def _attributes(cls: type) -> Mapping[str, Member]:
    return {name: Member(UNKNOWN, ()) for name in dir(cls) if not name.startswith("_")}


@infer.register
def _either_way(node: nodes.CondExpr, scope: Scope) -> Found:
    yield from infer(node.test, scope)
    left = yield from infer(node.expr1, scope.knowing(certain(node.test, True)))
    if node.expr2 is None:
        return left
    right = yield from infer(node.expr2, scope.knowing(certain(node.test, False)))
    return join(left, right)


@infer.register(nodes.And)
@infer.register(nodes.Or)
def _both(node: nodes.And | nodes.Or, scope: Scope) -> Found:
    left = yield from infer(node.left, scope)
    if isinstance(node, nodes.And) and never(node.left, scope):
        return left
    asked = scope.knowing(certain(node.left, isinstance(node, nodes.And)))
    right = yield from infer(node.right, asked)
    return join(present(left) if isinstance(node, nodes.Or) else left, right)


@infer.register
def _not(node: nodes.Not, scope: Scope) -> Found:
    yield from infer(node.node, scope)
    return TRUTH


@infer.register
def _compare(node: nodes.Compare, scope: Scope) -> Found:
    left = present((yield from infer(node.expr, scope)))
    for operand in node.ops:
        yield from infer(operand.expr, scope)
        value = operand.expr.value if isinstance(operand.expr, nodes.Const) else None
        known = left.values if isinstance(left, Plain) else ()
        if known and operand.op in ("eq", "ne") and value is not None and value not in known:
            meant = did_you_mean(str(value), map(str, known))
            wrong = message("value-is-never", words=words_of(node.expr), value=str(value))
            yield scope.fault(node, wrong, meant)
    return TRUTH


@infer.register(nodes.BinExpr)
@infer.register(nodes.Concat)
def _sum(node: nodes.BinExpr | nodes.Concat, scope: Scope) -> Found:
    sides = [node.left, node.right] if isinstance(node, nodes.BinExpr) else node.nodes
    found = []
    for side in sides:
        found.append((yield from there(side, scope)))
    if isinstance(node, nodes.Concat) or TEXT in found:
        return TEXT
    return reduce(join, found) if isinstance(found[0], Many) else NUMBER


@infer.register(nodes.List)
@infer.register(nodes.Tuple)
def _list(node: nodes.List | nodes.Tuple, scope: Scope) -> Found:
    found = []
    for item in node.items:
        found.append((yield from infer(item, scope)))
    return Many(reduce(join, found), tuple(found)) if found else Many(UNKNOWN)


@infer.register
def _test(node: nodes.Test, scope: Scope) -> Found:
    if node.name not in scope.environment.tests:
        meant = did_you_mean(node.name, scope.environment.tests)
        yield scope.fault(node, message("no-such-test", name=node.name), meant)
    known = not isinstance(node.node, nodes.Name) or node.node.name in scope.names
    if known or node.name not in ("defined", "undefined"):
        yield from infer(node.node, scope)
    yield from _arguments(node, scope)
    return TRUTH


@infer.register
def _filter(node: nodes.Filter, scope: Scope) -> Found:
    if node.name not in scope.environment.filters:
        meant = did_you_mean(node.name, scope.environment.filters)
        yield scope.fault(node, message("no-such-filter", name=node.name), meant)
    base: Type = TEXT
    if node.node is not None and node.name in ("default", "d"):
        base = yield from infer(node.node, scope)
    elif node.node is not None:
        base = yield from there(node.node, scope)
        if node.name in OF_LISTS and isinstance(base, ContextClass):
            words = words_of(node.node)
            yield scope.fault(node, message("value-is-no-list", words=words, type=said(base)))
    given = yield from _arguments(node, scope)
    item = base.item if isinstance(base, Many) else UNKNOWN
    by = field_asked_for(node)
    for part in by.split(".") if by else ():
        item = yield from member(item, part, node, scope)
    return filtered(node.name, base, item if by and node.name == "map" else UNKNOWN, given)


def _arguments(node: nodes.Filter | nodes.Test, scope: Scope) -> Generator[Event, None, list[Type]]:
    given = []
    for argument in (*node.args, *(word.value for word in node.kwargs)):
        given.append((yield from infer(argument, scope)))
    return given
