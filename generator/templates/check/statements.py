"""The walk through a template: which fields of the context it uses, and what is wrong in it."""

from __future__ import annotations

from collections.abc import Generator, Iterable
from dataclasses import replace
from functools import reduce, singledispatch

from jinja2 import nodes

from ...messages import message
from .context_types import TEXT, UNKNOWN, Many, Type, Unknown, join, printable, said
from .expressions import infer, there
from .scope import Event, Loop, Scope, certain, never, words_of

Walk = Generator[Event, None, Scope]


def body(statements: Iterable[nodes.Node], scope: Scope) -> Walk:
    """One statement after the other; gives what is known after the last."""
    for statement in statements:
        scope = yield from run(statement, scope)
    return scope


@singledispatch
def run(node: nodes.Node, scope: Scope) -> Walk:
    """One statement; gives what is known after it."""
    for child in node.iter_child_nodes():
        if isinstance(child, nodes.Stmt):
            yield from run(child, scope)
        else:
            yield from infer(child, scope)
    return scope


@run.register
def _output(node: nodes.Output, scope: Scope) -> Walk:
    for part in node.nodes:
        found = yield from there(part, scope)
        if not printable(found):
            words = words_of(part)
            yield scope.fault(
                part, message("value-cannot-be-printed", words=words, type=said(found))
            )
    return scope


@run.register
def _for(node: nodes.For, scope: Scope) -> Walk:
    found = yield from there(node.iter, scope)
    if not isinstance(found, Many | Unknown):
        words = words_of(node.iter)
        yield scope.fault(node.iter, message("value-is-no-list", words=words, type=said(found)))
    item = found.item if isinstance(found, Many) else UNKNOWN
    inner = scope.inside().bind(_targets(node.target, item))
    if node.test is not None:
        yield from infer(node.test, inner)
        inner = inner.knowing(certain(node.test, True))
    yield from body(node.body, inner.bind({"loop": Loop(item)}))
    yield from body(node.else_, scope)
    return scope


@run.register
def _if(node: nodes.If, scope: Scope) -> Walk:
    branches = [(node.test, node.body), *((branch.test, branch.body) for branch in node.elif_)]
    ends = []
    asked = scope
    for test, statements in branches:
        yield from infer(test, asked)
        if not never(test, asked):
            known = asked.knowing(certain(test, True))
            ends.append((yield from body(statements, known)))
        asked = asked.knowing(certain(test, False))
    ends.append((yield from body(node.else_, asked)))
    names = [end.names for end in ends]
    kept = [name for name in names[0] if all(name in other for other in names)]
    return replace(scope, names={name: reduce(join, (n[name] for n in names)) for name in kept})


@run.register
def _assign(node: nodes.Assign, scope: Scope) -> Walk:
    found = yield from infer(node.node, scope)
    return scope.bind(_targets(node.target, found))


@run.register
def _assign_block(node: nodes.AssignBlock, scope: Scope) -> Walk:
    yield from body(node.body, scope)
    return scope.bind(_targets(node.target, TEXT))


@run.register
def _with(node: nodes.With, scope: Scope) -> Walk:
    names: dict[str, Type] = {}
    for target, value in zip(node.targets, node.values, strict=True):
        names |= _targets(target, (yield from infer(value, scope)))
    yield from body(node.body, scope.inside().bind(names))
    return scope


@run.register
def _call_block(node: nodes.CallBlock, scope: Scope) -> Walk:
    yield from infer(node.call, scope)
    given = {arg.name: UNKNOWN for arg in node.args}
    yield from body(node.body, scope.inside().bind(given))
    return scope


def _targets(target: nodes.Node, found: Type) -> dict[str, Type]:
    """The names that a loop or a ``set`` gives."""
    match target:
        case nodes.Name():
            return {target.name: found}
        case nodes.Tuple():
            parts: tuple[Type, ...] = ()
            if isinstance(found, Many):
                parts = found.parts or (found.item,) * len(target.items)
            parts = parts if len(parts) == len(target.items) else (UNKNOWN,) * len(target.items)
            names: dict[str, Type] = {}
            for item, part in zip(target.items, parts, strict=True):
                names |= _targets(item, part)
            return names
    return {}
