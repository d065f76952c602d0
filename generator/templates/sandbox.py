"""The environment of all templates: Jinja in a sandbox, strict, escaping, and bounded.

A template is a file that somebody sends: it may take neither all time nor all memory. What it
does is counted in steps (a turn of a loop, a call, a filter, a comparison, by the size of what
they take), never in seconds, so that a template is refused on every machine or on none. How
large a text or list can get is known before it is made.
"""

from __future__ import annotations

import re
import threading
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial
from itertools import islice
from types import FunctionType
from typing import Any, cast

from jinja2 import (
    BaseLoader,
    StrictUndefined,
    Template,
    TemplateError,
    TemplateRuntimeError,
    nodes,
    pass_context,
)
from jinja2.runtime import Context, LoopContext
from jinja2.sandbox import ImmutableSandboxedEnvironment
from jinja2.visitor import NodeTransformer
from markupsafe import Markup

from ..messages import Message, message
from .given_values import Spent, count_values, fields_of, names_of, sort_of, weight_of

STEPS = (100_000, 100)
"""What one part of a document may take: so much, and so much more for each value it is given.

The shipped templates take less than a tenth of that.
"""

MAX_TEXT = 1 << 20
"""The letters of one text that a template puts together."""

MAX_ITEMS = 100_000
MAX_OUTPUT = 1 << 25
"""The letters of one part of a document."""

ELEMENTS = {"docx": (50_000, 60), "html": (5_000, 10)}
"""How many elements a part may have: so many, and so many more for each value it is given."""

WIDEST = 10_000
"""The largest number that a filter may widen or repeat a text by."""

BROKEN = (
    TemplateError,
    ArithmeticError,
    AttributeError,
    LookupError,
    MemoryError,
    RecursionError,
    TypeError,
    ValueError,
)
"""What a template can raise, by mistake or with intent."""

_PLAIN = {
    ZeroDivisionError: message("divides-by-nought"),
    RecursionError: message("takes-itself-in"),
    MemoryError: message("takes-too-much-memory"),
}
_PRODUCT = 1 << 25
_BITS = 4096
_LOAD = 1000
_TOGETHER = 256
"""After so many pieces of a text it is looked at how much there is."""

_GROWING = frozenset(
    {
        *("center", "format", "indent", "join", "pprint", "replace", "string", "sum", "tojson"),
        *("urlencode", "urlize", "wordwrap", "xmlattr", "batch", "slice"),
        *("ljust", "rjust", "zfill"),
    }
)
_OF_TEXT = frozenset(
    {
        *("capitalize", "casefold", "center", "count", "endswith", "find", "index", "isalnum"),
        *("isalpha", "isascii", "isdecimal", "isdigit", "islower", "isnumeric", "isspace"),
        *("istitle", "isupper", "join", "ljust", "lower", "lstrip", "partition", "removeprefix"),
        *("removesuffix", "replace", "rfind", "rindex", "rjust", "rpartition", "rsplit"),
        *("rstrip", "split", "splitlines", "startswith", "strip", "striptags", "swapcase"),
        *("title", "unescape", "upper", "zfill"),
    }
)
_WIDE = re.compile(r"\*|\d{4}")


def said(error: BaseException) -> Message:
    """What one of ``BROKEN`` says."""
    plain = next((words for cls, words in _PLAIN.items() if isinstance(error, cls)), None)
    if plain is not None:
        return plain
    words: object = getattr(error, "message", None) or error
    return words if isinstance(words, Message) else message("template-fails", reason=str(words))


class NotAllowed(TemplateRuntimeError):
    """A template does what no template may."""

    def __init__(self, said: Message) -> None:
        super().__init__(said)  # type: ignore[arg-type]  # jinja keeps and gives it as it is


class Exhausted(NotAllowed):
    """A template takes more than any document needs."""


class Bounded(ImmutableSandboxedEnvironment):
    """A sandbox that counts; ``whole`` renders a template within the bounds."""

    intercepted_binops = frozenset({"+", "*", "**", "%"})

    def __init__(self, form: str, loader: BaseLoader | None = None, **options: Any) -> None:
        super().__init__(loader=loader, undefined=StrictUndefined, autoescape=True, **options)
        self._left = self._most = STEPS[0]
        self._elements = ELEMENTS[form]
        self._turn = threading.RLock()
        self._counted: tuple[Mapping[str, object] | None, int] = (None, 0)
        self.own: frozenset[Callable[..., Any]] = frozenset()
        """Functions of ours, which may be called as they are."""

        self.globals.pop("lipsum")
        self.filters = {name: _measured(name, code) for name, code in self.filters.items()}
        self.filters |= {f"_{name}": code for name, code in _COUNTERS.items()}

    def whole(self, template: Template, values: Mapping[str, object]) -> str:
        """What a template makes of values. Raises any of ``BROKEN``.

        Threads take turns: what is counted is one template's.
        """
        with self._turn:
            return self._whole(template, values)

    def _whole(self, template: Template, values: Mapping[str, object]) -> str:
        # A Word document's parts are made of the same values one after another.
        if self._counted[0] is not values:
            self._counted = values, sum(map(count_values, values.values()))
        return self._made(template, values, self.most(self._counted[1]))[0]

    def know(self, values: Mapping[str, object], given: int) -> None:
        """Be told how many values there are in those of the next templates."""
        with self._turn:
            self._counted = values, given

    def most(self, given: int) -> Spent:
        """What a part of a document may take that is made of so many values."""
        steps = STEPS[0] + STEPS[1] * given
        return Spent(steps, MAX_OUTPUT, self._elements[0] + self._elements[1] * given)

    def piece(
        self, template: Template, values: Mapping[str, object], most: Spent
    ) -> tuple[str, Spent]:
        """The same of a template of which ``most`` may be taken, and what it took."""
        with self._turn:
            return self._made(template, values, most)

    def _made(
        self, template: Template, values: Mapping[str, object], most: Spent
    ) -> tuple[str, Spent]:
        self._left = self._most = most.steps
        done: list[str] = []
        letters = elements = 0
        made = template.generate(values)
        while pieces := list(islice(made, _TOGETHER)):
            done.append("".join(pieces))
            letters += len(done[-1])
            elements += done[-1].count("<")
            if letters > most.letters or elements > most.elements:
                raise Exhausted(message("makes-more-than-given"))
        return "".join(done), Spent(most.steps - self._left, letters, elements)

    def spend(self, steps: int) -> None:
        """Count steps."""
        self._left -= steps
        if self._left < 0:
            raise Exhausted(message("takes-too-many-steps", most=f"{self._most:,}"))

    def sized(self, value: Any) -> Any:
        """A value that was made, counted by its size; a list for what would be made one by one."""
        sort = sort_of(value.__class__)
        if sort == "text":
            self.spend(1 + len(value) // 64)
            if len(value) > MAX_TEXT:
                raise Exhausted(message("makes-too-long-a-text", letters=f"{len(value):,}"))
        elif sort == "one by one":
            return list(self.each(value))
        elif sort == "items":
            self.spend(1 + len(value) // 8)
            if len(value) > MAX_ITEMS:
                raise Exhausted(message("makes-too-long-a-list", items=f"{len(value):,}"))
        else:
            self.spend(1)
        return value

    def each(self, items: Iterable[Any]) -> Iterator[Any]:
        """The items, each a step."""
        for item in items:
            self.spend(1)
            yield item

    def shown(self, value: Any) -> Any:
        """A value that is printed: never a list, which may hold itself a million times."""
        if sort_of(value.__class__) not in ("text", "one"):
            raise NotAllowed(message("list-printed"))
        return self.sized(value)

    def measure(self, name: str, value: Any, given: Iterable[Any]) -> None:
        """Refuse what would make a text or list without bound, before it is made."""
        if name not in _GROWING:
            return
        factor = 1
        for one in given:
            if isinstance(one, int) and abs(one) > WIDEST:
                raise Exhausted(
                    message(
                        "filter-number-too-large", filter=name, most=f"{WIDEST:,}", number=str(one)
                    )
                )
            factor += abs(one) if isinstance(one, int) else weight_of(one)
        if name == "format" and isinstance(value, str) and _WIDE.search(value):
            raise Exhausted(message("format-width-too-large"))
        if weight_of(value) * factor > _PRODUCT:
            raise Exhausted(message("filter-makes-too-long-a-text", filter=name))

    def call(__self, __context: Context, __obj: Any, *args: Any, **kwargs: Any) -> Any:
        """Call what a template calls, counted."""
        if __obj.__class__ is FunctionType and __obj in __self.own:
            __self.spend(1)
            for given in ("_loop_vars", "_block_vars"):
                kwargs.pop(given, None)
            return __self.sized(__obj(*args, **kwargs))
        owner = getattr(__obj, "__self__", None)
        if isinstance(owner, str):
            __self.measure(getattr(__obj, "__name__", ""), owner, (*args, *kwargs.values()))
        if isinstance(__obj, LoopContext) and args:
            args = (__self.each(args[0]), *args[1:])
        __self.spend(1)
        found = super().call(__context, __obj, *args, **kwargs)
        return found if isinstance(__obj, LoopContext) else __self.sized(found)

    def getattr(self, obj: Any, attribute: str) -> Any:
        """What a template asks a value for; what a record holds is given at once."""
        if attribute in fields_of(obj.__class__):
            value = getattr(obj, attribute)
            if not callable(value):
                return value
        return super().getattr(obj, attribute)

    def wrap_str_format(self, value: Any) -> None:
        """Formats of a text's own are refused, by ``is_safe_attribute``."""

    def is_safe_attribute(self, obj: Any, attr: str, value: Any) -> bool:
        """Of a text, only what makes no other text of any size; of a number, no functions."""
        if isinstance(obj, str):
            return attr in _OF_TEXT
        if isinstance(obj, int | float) and callable(value):
            return False
        if names_of(obj.__class__) is not None and not callable(value):
            return not attr.startswith("_")
        return super().is_safe_attribute(obj, attr, value)

    def call_binop(self, context: Context, operator: str, left: Any, right: Any) -> Any:
        """Add, multiply, raise within bounds."""
        if operator == "%" and isinstance(left, str):
            raise NotAllowed(message("text-formatted-with-percent"))
        if operator == "+" and isinstance(left, str | list | tuple):
            self.spend(1 + weight_of(left) // 8)
        if operator == "*":
            self._multiply(left, right)
        whole = isinstance(left, int) and isinstance(right, int)
        if operator == "**" and whole and left.bit_length() * abs(right) > _BITS:
            raise Exhausted(message("makes-too-large-a-number"))
        return self.sized(self.binop_table[operator](left, right))

    def _multiply(self, left: Any, right: Any) -> None:
        for one, other in ((left, right), (right, left)):
            if not isinstance(other, int):
                continue
            if isinstance(one, str | list | tuple) and len(one) * other > MAX_ITEMS:
                raise Exhausted(message("repeats-too-often"))
            if isinstance(one, int) and one.bit_length() + other.bit_length() > _BITS:
                raise Exhausted(message("makes-too-large-a-number"))

    def _generate(self, source: nodes.Template, *args: Any, **kwargs: Any) -> str:
        return super()._generate(_Counting().visit(source), *args, **kwargs)


@pass_context
def _shown(context: Context, value: Any) -> Any:
    """What is mostly printed is a text, which is counted at once."""
    environment: Any = context.environment
    kind = value.__class__
    if (kind is str or kind is Markup) and len(value) <= MAX_TEXT:
        environment.spend(1 + len(value) // 64)
        return value
    return environment.shown(value)


_COUNTERS: Mapping[str, Callable[..., Any]] = {
    "each": pass_context(lambda context, value: context.environment.each(value)),
    "shown": _shown,
    "sized": pass_context(lambda context, value: context.environment.sized(value)),
    "load": pass_context(lambda context, value: context.environment.spend(_LOAD) or value),
}


class _Counting(NodeTransformer):
    """Puts the counters around what a template repeats, joins, prints, compares and loads."""

    def visit_For(self, node: nodes.For) -> nodes.Node:
        self.generic_visit(node)
        node.iter = _through("each", cast("nodes.Expr", node.iter))
        return node

    def visit_Concat(self, node: nodes.Concat) -> nodes.Node:
        self.generic_visit(node)
        node.nodes = [_through("shown", part) for part in node.nodes]
        return _through("sized", node)

    def visit_Output(self, node: nodes.Output) -> nodes.Node:
        self.generic_visit(node)
        node.nodes = [
            part if isinstance(part, nodes.TemplateData) else _through("shown", part)
            for part in node.nodes
        ]
        return node

    def visit_Compare(self, node: nodes.Compare) -> nodes.Node:
        self.generic_visit(node)
        node.expr = _through("sized", node.expr)
        for operand in node.ops:
            operand.expr = _through("sized", operand.expr)
        return node

    def visit_Test(self, node: nodes.Test) -> nodes.Node:
        self.generic_visit(node)
        node.args = [_through("sized", part) for part in node.args]
        return node

    def _loaded(self, node: Any) -> nodes.Node:
        self.generic_visit(node)
        node.template = _through("load", node.template)
        return node  # type: ignore[no-any-return]

    visit_Include = visit_Import = visit_FromImport = visit_Extends = _loaded


def _through(counter: str, node: nodes.Expr) -> nodes.Filter:
    return nodes.Filter(
        node, f"_{counter}", [], [], None, None, lineno=node.lineno, environment=node.environment
    )


def _measured(name: str, code: Callable[..., Any]) -> Callable[..., Any]:
    """A filter that is counted, and refused where it makes too much.

    It asks for the context so that it isn't worked out when the template is compiled.
    """
    wanted = getattr(getattr(code, "jinja_pass_arg", None), "name", "")

    @pass_context
    def counted(context: Context, value: Any, *args: Any, **kwargs: Any) -> Any:
        environment: Any = context.environment
        value = environment.sized(value)
        environment.measure(name, value, (*args, *kwargs.values()))
        first = {
            "context": context,
            "eval_context": context.eval_ctx,
            "environment": environment,
        }.get(wanted)
        call = partial(code, first) if first is not None else code
        return environment.sized(call(value, *args, **kwargs))

    return counted
