"""A Word template's body by pieces: what makes whole paragraphs and tables, and of which values.

A template says itself where its document's parts are: a statement between paragraphs encloses one,
a loop there makes one of each item. Each piece takes in values by their names and nothing else; so
what it makes may be kept, and a document be put together from what its pieces made.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from types import MappingProxyType

from jinja2 import Template, meta, nodes

from .sandbox import BROKEN, Bounded

_BODY = re.compile(r"<(?:\w+:)?body>")
_TAG = re.compile(r"<(?P<end>/?)[^\s<>/?!][^<>]*?(?P<empty>/?)>")
_LAST = re.compile(r"<(?:\w+:)?sectPr[ />]")
_RELATED = re.compile(r"(\br:(?:id|embed|link|pict)=\")([^\"<>]*)")
_IN_BODY = 2
_ACROSS = (
    *(nodes.Assign, nodes.AssignBlock, nodes.NSRef, nodes.Macro, nodes.CallBlock, nodes.Extends),
    *(nodes.Block, nodes.Import, nodes.FromImport, nodes.ScopedEvalContextModifier),
    *(nodes.EvalContextModifier, nodes.ContextReference, nodes.DerivedContextReference),
)
"""What lets one place of a template know of another one."""


@dataclass(frozen=True, slots=True)
class LoopTurn:
    """What a piece of a loop may ask of its turn, as Jinja calls it."""

    index: int
    index0: int
    revindex: int
    revindex0: int
    first: bool
    last: bool
    length: int

    @classmethod
    def at(cls, place: int, count: int) -> LoopTurn:
        """The turn at a place, 0 being the first."""
        left = count - place
        return cls(place + 1, place, left, left - 1, not place, left == 1, count)


_TURN = frozenset(field.name for field in fields(LoopTurn))


@dataclass(frozen=True, slots=True)
class TemplatePiece:
    """What makes whole paragraphs and tables: once, or for each item of a list.

    ``text`` says all that it is, ``names`` are the values that it takes, ``item`` is what it calls
    an item of the list ``items``, ``turn`` what it asks of the loop, and ``words`` what it says.
    """

    template: Template
    text: str
    words: str
    names: tuple[str, ...]
    items: str = ""
    item: str = ""
    turn: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class DividedTemplate:
    """A part by pieces, with what stands before the first and after the last."""

    before: str
    pieces: tuple[TemplatePiece, ...]
    after: str


def divided(
    jinja: Bounded,
    source: str,
    find: Callable[[str], str | None],
    called: Mapping[str, str] = MappingProxyType({}),
) -> DividedTemplate | None:
    """A document's source by pieces; None where it is one. ``find`` gives what it takes in.

    ``called`` has names for relationships by their ids: pieces know nothing of the ids.
    """

    def take(name: str) -> str | None:
        found = find(name)
        return None if found is None else _named(found, called)

    try:
        return _Dividing(jinja, take).divided(_named(source, called))
    except (_WholeError, *BROKEN):
        return None


def _named(source: str, called: Mapping[str, str]) -> str:
    """The source with names for relationships; a line's end in one is no sign of typed words."""
    return _RELATED.sub(
        lambda use: use[1] + called.get(use[2], use[2]).replace("\n", "&#10;"), source
    )


class _WholeError(Exception):
    """A template is one piece."""


class _Dividing:
    def __init__(self, jinja: Bounded, find: Callable[[str], str | None]) -> None:
        self._jinja, self._find = jinja, find

    def divided(self, source: str) -> DividedTemplate:
        every = list(_flat(self._opened(source, ())))
        for node in every:
            _refuse(node)
        before, after = _cut_frame(every)
        pieces = [self._piece(group) for group in _groups(every)]
        return DividedTemplate(before, tuple(pieces), after)

    def _opened(self, source: str, inside: tuple[str, ...]) -> Iterator[nodes.Node]:
        """The statements of a source, those of what it takes in in their place."""
        for node in self._jinja.parse(source).body:
            if isinstance(node, nodes.Include):
                name = _taken(node)
                if name in inside:
                    raise _WholeError
                yield from self._opened(self._source(name), (*inside, name))
            else:
                yield node

    def _source(self, name: str) -> str:
        found = self._find(name)
        if found is None:
            raise _WholeError
        return found

    def _piece(self, group: Sequence[nodes.Node]) -> TemplatePiece:
        [only] = group if len(group) == 1 else [None]
        if isinstance(only, nodes.For) and (turn := _turn_of(only)) is not None:
            assert isinstance(only.iter, nodes.Name)
            assert isinstance(only.target, nodes.Name)
            items, item = only.iter.name, only.target.name
            return self._compiled(only.body, items, item, turn)
        return self._compiled(group)

    def _compiled(
        self,
        body: Sequence[nodes.Node],
        items: str = "",
        item: str = "",
        turn: tuple[str, ...] = (),
    ) -> TemplatePiece:
        tree = nodes.Template([*_joined(body)], lineno=1)
        tree.set_environment(self._jinja)
        names, texts = set[str](), [_spelt(tree)]
        trees, seen = [tree], set[str]()
        for one in trees:
            names |= meta.find_undeclared_variables(one)
            for include in one.find_all(nodes.Include):
                if (name := _taken(include)) not in seen:
                    seen.add(name)
                    trees.append(self._jinja.parse(self._source(name)))
                    _refuse(trees[-1])
                    texts.append(_spelt(trees[-1]))
        if names & {"self", "super", "caller", "varargs", "kwargs"}:
            raise _WholeError
        said = (text.data for one in trees for text in one.find_all(nodes.TemplateData))
        words = _TAG.sub("", "".join(said))
        wanted = tuple(sorted(names - {item, "loop" if items else ""}))
        template = self._jinja.from_string(tree)
        return TemplatePiece(template, "\0".join(texts), words, wanted, items, item, turn)


def _refuse(node: nodes.Node) -> None:
    kinds = (nodes.Output, nodes.For, nodes.If, nodes.Template)
    if not isinstance(node, kinds) or next(node.find_all(_ACROSS), None) is not None:
        raise _WholeError


def _taken(node: nodes.Include) -> str:
    """The name of a template that another one takes in."""
    if not isinstance(node.template, nodes.Const) or node.ignore_missing or not node.with_context:
        raise _WholeError
    return str(node.template.value)


def _flat(body: Iterable[nodes.Node]) -> Iterator[nodes.Node]:
    """The statements, each text or value of an output by itself."""
    for node in body:
        if isinstance(node, nodes.Output):
            yield from (nodes.Output([part], lineno=node.lineno) for part in node.nodes)
        else:
            yield node


def _joined(body: Iterable[nodes.Node]) -> Iterator[nodes.Node]:
    """The statements, outputs beside each other as one."""
    parts: list[nodes.Expr] = []
    for node in body:
        if isinstance(node, nodes.Output):
            parts += node.nodes
            continue
        if parts:
            yield nodes.Output(parts, lineno=1)
            parts = []
        yield node
    if parts:
        yield nodes.Output(parts, lineno=1)


def _data(node: nodes.Node) -> str | None:
    """The text of an output that is one."""
    if isinstance(node, nodes.Output) and isinstance(node.nodes[0], nodes.TemplateData):
        return node.nodes[0].data
    return None


def _cut_frame(every: list[nodes.Node]) -> tuple[str, str]:
    """Take what stands before and after what is in the body off the statements."""
    first = _data(every[0])
    found = _BODY.search(first) if first is not None else None
    if first is None or found is None:
        raise _WholeError
    every[0] = nodes.Output([nodes.TemplateData(first[found.end() :])], lineno=1)
    last = _data(every[-1])
    sections = list(_LAST.finditer(last)) if last is not None else []
    if last is None or not sections:
        raise _WholeError
    cut = sections[-1].start()
    every[-1] = nodes.Output([nodes.TemplateData(last[:cut])], lineno=1)
    before, after = first[: found.end()], last[cut:]
    if _depth(before, 0) != _IN_BODY or _depth(after, _IN_BODY):
        raise _WholeError
    return before, after


def _groups(every: Iterable[nodes.Node]) -> Iterator[list[nodes.Node]]:
    """The statements that make whole paragraphs and tables together."""
    group: list[nodes.Node] = []
    depth, open_tag = _IN_BODY, ""
    for node in every:
        data = _data(node)
        if data is None:
            if isinstance(node, nodes.Output):
                group.append(node)
                continue
            if open_tag:
                # A statement inside a tag: what is around it stays together.
                _plain(node)
                group.append(node)
                continue
            _balanced(node, depth)
            if depth > _IN_BODY:
                group.append(node)
                continue
            if group:
                yield group
                group = []
            yield [node]
            continue
        text = open_tag + data
        start, cut = 0, 0
        for tag in _TAG.finditer(text):
            depth = _after(tag, depth)
            if depth < _IN_BODY:
                raise _WholeError
            start = tag.end()
            if depth == _IN_BODY:
                cut = start
        rest = text[start:]
        now_open = rest[rest.find("<") :] if "<" in rest else ""
        # What is whole ends a group; an opened element begins the next one with what follows.
        done, left = data[: max(cut - len(open_tag), 0)], data[max(cut - len(open_tag), 0) :]
        if done:
            group.append(nodes.Output([nodes.TemplateData(done)], lineno=1))
            if left.strip():
                yield group
                group = []
        if left:
            group.append(nodes.Output([nodes.TemplateData(left)], lineno=1))
        open_tag = now_open
    if depth != _IN_BODY or open_tag:
        raise _WholeError
    if group:
        yield group


def _after(tag: re.Match[str], depth: int) -> int:
    if tag["empty"]:
        return depth
    return depth - 1 if tag["end"] else depth + 1


def _depth(text: str, depth: int) -> int:
    for tag in _TAG.finditer(text):
        depth = _after(tag, depth)
    return depth


def _plain(node: nodes.Node) -> None:
    """Refuse a statement inside a tag that makes another one."""
    if any("<" in text.data or ">" in text.data for text in node.find_all(nodes.TemplateData)):
        raise _WholeError


def _balanced(node: nodes.Node, around: int) -> None:
    """Refuse a statement one of whose ways leaves other elements open than there were."""
    for body in _bodies(node):
        depth = around
        pending = ""
        for one in _flat(body):
            data = _data(one)
            if data is None:
                if isinstance(one, nodes.For | nodes.If):
                    if pending:
                        _plain(one)
                    else:
                        _balanced(one, depth)
                continue
            text = pending + data
            end = 0
            for tag in _TAG.finditer(text):
                depth, end = _after(tag, depth), tag.end()
                if depth < _IN_BODY:
                    raise _WholeError
            rest = text[end:]
            pending = rest[rest.find("<") :] if "<" in rest else ""
        if depth != around or pending:
            raise _WholeError


def _bodies(node: nodes.Node) -> Iterator[Sequence[nodes.Node]]:
    assert isinstance(node, nodes.For | nodes.If)
    yield node.body
    yield node.else_
    if isinstance(node, nodes.If):
        for other in node.elif_:
            yield from _bodies(other)


def _turn_of(loop: nodes.For) -> tuple[str, ...] | None:
    """What a loop's body asks of its turn; None where its turns can't be told apart by that."""
    plain = isinstance(loop.iter, nodes.Name) and isinstance(loop.target, nodes.Name)
    if not plain or loop.else_ or loop.test is not None or loop.recursive:
        return None
    asked = set[str]()
    for node in loop.body:
        if not _ask(node, asked):
            return None
    return tuple(sorted(asked))


def _ask(node: nodes.Node, asked: set[str]) -> bool:
    if isinstance(node, nodes.Getattr) and _is_loop(node.node):
        asked.add(node.attr)
        return node.attr in _TURN
    if _is_loop(node) or isinstance(node, nodes.Include):
        return False
    # In the body of a loop inside, that one's turns are meant.
    within = ("iter",) if isinstance(node, nodes.For) else None
    return all(_ask(child, asked) for child in node.iter_child_nodes(only=within))


def _is_loop(node: nodes.Node) -> bool:
    return isinstance(node, nodes.Name) and node.name == "loop"


def _spelt(tree: nodes.Node) -> str:
    """All that a template is, as text."""
    if isinstance(tree, nodes.Node):
        said = [tree.__class__.__name__]
        for _, value in tree.iter_fields():
            said.append(_field(value))
        return f"({' '.join(said)})"
    return repr(tree)


def _field(value: object) -> str:
    if isinstance(value, nodes.Node):
        return _spelt(value)
    if isinstance(value, list | tuple):
        return f"[{' '.join(map(_field, value))}]"
    return repr(value)
