"""What is known at a place in a template: names, what is certain to be there, where it is."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from types import NoneType

from jinja2 import Environment, nodes

from ...diagnostics import Suggestion
from ...messages import Message, message
from .context_types import Field, Maybe, Member, Type

Key = tuple[object, ...]
"""A name with what stands behind its dots and in its brackets: ``('row', 'goals', 0)``."""


@dataclass(frozen=True, eq=False)
class TemplateSource:
    """A parsed template: the file's name for people, and where its lines are."""

    title: str
    tree: nodes.Template
    where: Callable[[int], Message | str]


@dataclass(frozen=True, slots=True)
class TemplateProblem:
    """What is wrong, and where. Of what is no error, documents are made all the same.

    ``advice`` stands in brackets behind the sentence.
    """

    where: Message | str
    said: Message
    error: bool = True
    advice: Suggestion | str = ""

    @property
    def message(self) -> str:
        """The sentence, in words."""
        advice = str(self.advice)
        return f"{self.said} ({advice})" if advice else str(self.said)

    @property
    def code(self) -> str:
        """What programs know the sentence by."""
        return self.said.code

    def __str__(self) -> str:
        return f"{self.where}: {self.message}"


Event = TemplateProblem | Field
"""What a walk comes across: a fault, or a field of the context that is used."""

Found = Generator[Event, None, Type]


@dataclass(frozen=True, slots=True, eq=False)
class Macro(Type):
    """A macro, with the names of the file that it stands in."""

    node: nodes.Macro
    source: TemplateSource
    names: Mapping[str, Type]


@dataclass(frozen=True, slots=True, eq=False)
class Module(Type):
    """An imported template and what it offers."""

    title: str
    names: Mapping[str, Type]


@dataclass(frozen=True, slots=True)
class Loop(Type):
    """The variable ``loop`` of a loop over ``item``."""

    item: Type


Blocks = tuple[tuple[TemplateSource, nodes.Block], ...]
"""The blocks of one name: the one that is shown first, then what ``super()`` shows."""


@dataclass(frozen=True, slots=True, eq=False)
class Super(Type):
    """``super()``: the blocks that a block stands in for."""

    blocks: Blocks


@dataclass(frozen=True)
class Scope:
    """Everything that is known at a place; it is never changed, only followed by another.

    ``load`` parses another template, ``globals`` are the names that every template has,
    ``given`` those that are fields of the document's context.
    ``sure`` are optional values that are certain to be there, ``outer`` the names outside
    the loops around, ``calls`` the macros and templates under way.
    """

    source: TemplateSource
    environment: Environment
    load: Callable[[str], TemplateSource]
    globals: Mapping[str, Type]
    given: Mapping[str, Member]
    names: Mapping[str, Type]
    sure: frozenset[Key] = frozenset()
    outer: Mapping[str, Type] | None = None
    blocks: Mapping[str, Blocks] = field(default_factory=dict)
    calls: frozenset[object] = frozenset()

    def bind(self, names: Mapping[str, Type]) -> Scope:
        """With names added or given anew; what was certain of them no longer is."""
        sure = frozenset(key for key in self.sure if key[0] not in names)
        return replace(self, names={**self.names, **names}, sure=sure)

    def inside(self) -> Scope:
        """Inside a loop, whose names blocks don't see."""
        return self if self.outer is not None else replace(self, outer=self.names)

    def knowing(self, keys: Iterable[Key]) -> Scope:
        """With optional values that are certain to be there."""
        return replace(self, sure=self.sure.union(key for key in keys if key))

    def narrowed(self, node: nodes.Expr, found: Type) -> Type:
        """The type of an expression, without its doubt where that was asked about."""
        return found.inner if isinstance(found, Maybe) and key_of(node) in self.sure else found

    def fault(
        self, node: nodes.Node, said: Message, advice: Suggestion | str = ""
    ) -> TemplateProblem:
        """A fault at a node."""
        return TemplateProblem(self.source.where(node.lineno), said, advice=advice)


def as_message(said: Message | str) -> Message:
    """What an error says, as a sentence with a code."""
    return said if isinstance(said, Message) else message("template-fails", reason=said)


def untitled(said: Message | str, title: str) -> Message:
    """What an error says of the template ``title``, for where that is named already."""
    found = as_message(said)
    if found.subject != title and not found.subject.startswith(f"{title}: "):
        return found
    return replace(found, subject=found.subject.removeprefix(title).removeprefix(": "))


def key_of(node: nodes.Node) -> Key:
    """The key of a name, field or item; empty for anything else."""
    match node:
        case nodes.Name():
            return (node.name,)
        case nodes.Getattr():
            owner = key_of(node.node)
            return (*owner, node.attr) if owner else ()
        case nodes.Getitem(arg=nodes.Const(value=value)):
            owner = key_of(node.node)
            return (*owner, value) if owner else ()
    return ()


def words_of(node: nodes.Node) -> str:
    """An expression about as it is written."""
    match node:
        case nodes.Name():
            return node.name
        case nodes.Getattr():
            return f"{words_of(node.node)}.{node.attr}"
        case nodes.Getitem(arg=nodes.Const(value=value)):
            return f"{words_of(node.node)}[{value!r}]"
        case nodes.Getitem():
            return f"{words_of(node.node)}[…]"
        case nodes.Filter(node=nodes.Node() as inner):
            return f"{words_of(inner)}|{node.name}"
        case nodes.Call():
            return f"{words_of(node.node)}(…)"
    return "this"


def certain(test: nodes.Node, outcome: bool) -> Iterator[Key]:
    """What is certain to be there when a test comes out as ``outcome``."""
    match test:
        case nodes.Not():
            yield from certain(test.node, not outcome)
        case nodes.And() | nodes.Or():
            left, right = set(certain(test.left, outcome)), set(certain(test.right, outcome))
            both = isinstance(test, nodes.And) is outcome
            yield from left | right if both else left & right
        case nodes.Test(name="none"):
            if not outcome:
                yield key_of(test.node)
        case nodes.Compare(
            ops=[nodes.Operand(op="eq" | "ne" as sign, expr=nodes.Const() as other)]
        ):
            is_none = isinstance(other.value, NoneType)
            if (outcome is (sign == "eq")) is not is_none:
                yield key_of(test.expr)
        case nodes.Name() | nodes.Getattr() | nodes.Getitem():
            if outcome:
                yield key_of(test)


def never(test: nodes.Node, scope: Scope) -> bool:
    """Whether ``x is defined`` asks for a name that isn't there: what follows is never shown."""
    match test:
        case nodes.Test(name="defined", node=nodes.Name() as name):
            return name.name not in scope.names
        case nodes.And():
            return never(test.left, scope) or never(test.right, scope)
    return False
