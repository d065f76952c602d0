"""The walk through a template and those it builds on: bases, blocks, includes, macros."""

from __future__ import annotations

from collections.abc import Generator, Iterable, Iterator, Mapping
from dataclasses import replace
from itertools import pairwise

from jinja2 import TemplateNotFound, TemplateSyntaxError, nodes

from ...diagnostics import did_you_mean
from ...errors import TemplateFault
from ...messages import message
from ..sandbox import said as words_of_error
from .context_types import TEXT, UNKNOWN, ContextClass, Function, Type, Unknown, said
from .expressions import infer
from .scope import (
    Blocks,
    Event,
    Found,
    Key,
    Loop,
    Macro,
    Module,
    Scope,
    Super,
    TemplateProblem,
    TemplateSource,
    as_message,
    words_of,
)
from .statements import Walk, body, run

DEEPEST = 50
"""How many macros may call each other before the walk turns back."""


def walk(source: TemplateSource, scope: Scope) -> Iterator[Event]:
    """All that a document's template uses and does wrong, with the templates it builds on."""
    chain = [source]
    extended = _extends(source)
    while extended is not None:
        base = yield from _load(extended.template, chain[-1], scope)
        if base is None or any(base.title == other.title for other in chain):
            return
        chain.append(base)
        extended = _extends(base)
    scope = replace(scope, blocks=_blocks(chain)).bind({"self": UNKNOWN})
    for child, base in pairwise(chain):
        scope = yield from _child(child, base, replace(scope, source=child))
    root = replace(scope, source=chain[-1]).bind(_macros(chain[-1], scope.names))
    yield from body(chain[-1].tree.body, root)


@run.register
def _macro(node: nodes.Macro, scope: Scope) -> Walk:
    yield from ()
    return scope.bind({node.name: Macro(node, scope.source, scope.names)})


@run.register
def _extends_again(node: nodes.Extends, scope: Scope) -> Walk:
    yield from ()
    return scope


@run.register
def _block(node: nodes.Block, scope: Scope) -> Walk:
    names = scope.names if node.scoped or scope.outer is None else scope.outer
    yield from _shown(scope.blocks.get(node.name, ()), replace(scope, names=names))
    return scope


@run.register
def _include(node: nodes.Include, scope: Scope) -> Walk:
    found = yield from _load(node.template, scope.source, scope)
    if found is not None and ("include", found.title) not in scope.calls:
        calls = scope.calls | {("include", found.title)}
        yield from walk(found, replace(scope.inside(), source=found, calls=calls))
    return scope


@run.register
def _import(node: nodes.Import, scope: Scope) -> Walk:
    module = yield from _module(node, scope)
    return scope.bind({node.target: module or UNKNOWN})


@run.register
def _from_import(node: nodes.FromImport, scope: Scope) -> Walk:
    module = yield from _module(node, scope)
    names: dict[str, Type] = {}
    for name in node.names:
        wanted, given = name if isinstance(name, tuple) else (name, name)
        names[given] = module.names.get(wanted, UNKNOWN) if module else UNKNOWN
        if module and wanted not in module.names:
            unknown = message("template-without-macro", template=module.title, macro=wanted)
            yield scope.fault(node, unknown, did_you_mean(wanted, module.names))
    return scope.bind(names)


@infer.register
def _call(node: nodes.Call, scope: Scope) -> Found:
    callee = yield from infer(node.node, scope)
    given: list[Type] = []
    for argument in node.args:
        given.append((yield from infer(argument, scope)))
    named: dict[str, Type] = {}
    for word in node.kwargs:
        named[word.key] = yield from infer(word.value, scope)
    match callee:
        case Macro():
            yield from _called(callee, node, given, named, scope)
            return TEXT
        case Super(blocks):
            yield from _shown(blocks, scope)
            return TEXT
        case Function():
            for wanted, found in zip(callee.takes or (), given, strict=False):
                if isinstance(wanted, ContextClass) and found not in (wanted, UNKNOWN):
                    wrong = message(
                        "function-takes-another-type",
                        function=callee.name,
                        wanted=said(wanted),
                        found=said(found),
                    )
                    yield scope.fault(node, wrong)
            yield from callee.reads
            return callee.returns
        case Unknown() | Loop():
            return UNKNOWN
    words = words_of(node.node)
    yield scope.fault(node, message("value-cannot-be-called", words=words, type=said(callee)))
    return UNKNOWN


def _called(
    macro: Macro, node: nodes.Call, given: list[Type], named: dict[str, Type], scope: Scope
) -> Walk:
    """The body of a macro, its parameters being what the call gives it."""
    title = macro.node.name
    parameters = [parameter.name for parameter in macro.node.args]
    used = {name.name for name in macro.node.find_all(nodes.Name)}
    if len(given) > len(parameters) and "varargs" not in used:
        most, count = str(len(parameters)), str(len(given))
        wrong = message("macro-takes-other-count", macro=title, most=most, found=count)
        yield scope.fault(node, wrong)
    for name in named:
        if name not in parameters and "kwargs" not in used:
            unknown = message("macro-takes-no-such", macro=title, name=name)
            yield scope.fault(node, unknown, did_you_mean(name, parameters))
    names = {**macro.names, **_macros(macro.source, macro.names)}
    names |= dict.fromkeys(("varargs", "kwargs", "caller"), UNKNOWN)
    inner = replace(scope, source=macro.source, names=names, sure=frozenset[Key](), outer=names)
    bound = {**dict(zip(parameters, given, strict=False)), **named}
    defaults = dict(zip(reversed(parameters), reversed(macro.node.defaults), strict=False))
    for name in parameters:
        if name not in bound and name not in defaults:
            yield scope.fault(node, message("macro-needs", macro=title, name=name))
            bound[name] = UNKNOWN
        elif name not in bound:
            bound[name] = yield from infer(defaults[name], inner)
    under_way = (macro.source.title, macro.node.name, tuple(bound[name] for name in parameters))
    if under_way not in scope.calls and len(scope.calls) < DEEPEST:
        inner = replace(inner.bind(bound), calls=scope.calls | {under_way})
        yield from body(macro.node.body, inner)
    return scope


def _shown(blocks: Blocks, scope: Scope) -> Walk:
    if blocks:
        source, block = blocks[0]
        inner = replace(scope, source=source).bind({"super": Super(blocks[1:])})
        yield from body(block.body, inner)
    return scope


def _child(child: TemplateSource, base: TemplateSource, scope: Scope) -> Walk:
    """What an extending template does around its blocks; only names come of it."""
    there_are = {block.name for block in base.tree.find_all(nodes.Block)}
    for block in child.tree.body:
        if isinstance(block, nodes.Block) and block.name not in there_are:
            unknown = message("template-without-block", template=base.title, block=block.name)
            yield scope.fault(block, unknown, did_you_mean(block.name, there_are))
    rest = [node for node in child.tree.body if not isinstance(node, nodes.Block)]
    return (yield from body(rest, scope.bind(_macros(child, scope.names))))


def _module(
    node: nodes.Import | nodes.FromImport, scope: Scope
) -> Generator[Event, None, Module | None]:
    found = yield from _load(node.template, scope.source, scope)
    if found is None or ("import", found.title) in scope.calls:
        return None
    names = scope.names if node.with_context else scope.globals
    inner = replace(
        scope,
        source=found,
        names={**names, **_macros(found, names)},
        outer=None,
        blocks=_blocks([found]),
        calls=scope.calls | {("import", found.title)},
    )
    after = yield from body(found.tree.body, inner)
    return Module(found.title, {n: t for n, t in after.names.items() if n not in names})


def _load(
    name: nodes.Expr, source: TemplateSource, scope: Scope
) -> Generator[Event, None, TemplateSource | None]:
    """The template that a statement names, if there is one."""
    if not isinstance(name, nodes.Const) or not isinstance(name.value, str):
        yield scope.fault(name, message("template-name-not-quoted"))
        return None
    try:
        return scope.load(name.value)
    except TemplateNotFound:
        yield TemplateProblem(
            source.where(name.lineno), message("no-template-of-name", name=name.value)
        )
    except TemplateFault as fault:
        yield TemplateProblem(source.where(name.lineno), as_message(fault.said))
    except TemplateSyntaxError as error:
        title = error.filename or name.value
        yield TemplateProblem(f"{title}:{error.lineno}", words_of_error(error))
    return None


def _extends(source: TemplateSource) -> nodes.Extends | None:
    return next((node for node in source.tree.body if isinstance(node, nodes.Extends)), None)


def _blocks(chain: Iterable[TemplateSource]) -> Mapping[str, Blocks]:
    found: dict[str, Blocks] = {}
    for source in chain:
        for block in source.tree.find_all(nodes.Block):
            found[block.name] = (*found.get(block.name, ()), (source, block))
    return found


def _macros(source: TemplateSource, names: Mapping[str, Type]) -> dict[str, Type]:
    """A file's macros: each may call the others, wherever they stand."""
    found = [node for node in source.tree.body if isinstance(node, nodes.Macro)]
    return {node.name: Macro(node, source, names) for node in found}
