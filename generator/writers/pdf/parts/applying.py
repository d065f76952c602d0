"""The rules of a stylesheet that may speak of a part: the others don't tell parts apart.

An agreement has a stylesheet of more rules than its sheets alone have. A sheet that none of these
speaks of looks alike in both, and is laid out once.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

_COMMENT = re.compile(r"\"[^\"\n]*\"|'[^'\n]*'|/\*.*?\*/", re.DOTALL)
_SIGN = re.compile(r"\"[^\"\n]*\"|'[^'\n]*'|[{};]")
_INSIDE = re.compile(r"\([^()]*\)|\[[^\[\]]*\]")
_CLASS = re.compile(r"\.([\w-]+)")
_CLASSES = re.compile(r"class\s*=\s*(\"[^\"]*\"|'[^']*'|[^\s>\"']+)", re.IGNORECASE)
_ANY: tuple[frozenset[str], ...] = (frozenset(),)


def applying(stylesheet: str, html: str) -> str:
    """The rules that may apply to something in a part, in their order; those of pages always do.

    A rule is left out only where no element has all classes that one of its selectors asks for.
    """
    named = {name for found in _CLASSES.findall(html) for name in found.strip("\"'").split()}
    rules = _rules(stylesheet)
    return "\n".join(rule for rule, asked in rules if any(one <= named for one in asked))


@lru_cache(maxsize=64)
def _rules(stylesheet: str) -> tuple[tuple[str, tuple[frozenset[str], ...]], ...]:
    """Each rule, and the classes that each of its selectors asks for."""
    text = _COMMENT.sub(lambda found: "" if found[0].startswith("/*") else found[0], stylesheet)
    return tuple((rule, _asked(rule)) for rule in _parted(text))


def _parted(text: str) -> Iterator[str]:
    """The rules side by side; what isn't closed is one with all that follows."""
    start = depth = 0
    for sign in _SIGN.finditer(text):
        depth = max(depth + {"{": 1, "}": -1}.get(sign[0], 0), 0)
        if not depth and sign[0] in "};":
            yield text[start : sign.end()].strip()
            start = sign.end()
    if rest := text[start:].strip():
        yield rest


def _asked(rule: str) -> tuple[frozenset[str], ...]:
    selectors, brace, _ = rule.partition("{")
    if not brace or "@" in selectors or "\\" in selectors:
        return _ANY
    while (plain := _INSIDE.sub("", selectors)) != selectors:
        selectors = plain
    if not _CLASS.search(selectors) or set(selectors) & set("()[]\"'"):
        return _ANY
    return tuple(frozenset(_CLASS.findall(one)) for one in selectors.split(","))
