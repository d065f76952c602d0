"""What a file says: the ordered sequence of its paragraphs, cells and pictures."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from ..errors import TemplateFault

_SPACE = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class ContentPiece:
    """One paragraph, table cell or picture (its alternative text), without white space."""

    kind: Literal["paragraph", "cell", "picture"]
    text: str


Content = tuple[ContentPiece, ...]


def squeezed(text: str) -> str:
    """Text without white space: lines break in other places in each format."""
    return _SPACE.sub("", text)


def compare(left: Content, right: Content, names: tuple[str, str] = ("DOCX", "PDF")) -> None:
    """Both say the same, in one order. Raises TemplateFault with the first difference."""
    first, second = names
    for number, (one, other) in enumerate(zip(left, right, strict=False), start=1):
        if one != other:
            raise TemplateFault(
                f"{first} and {second} differ at piece {number}: "
                f"the {first} says {_quoted(one)}, the {second} {_quoted(other)}",
                "one of the two templates was changed without the other",
            )
    if len(left) != len(right):
        longer, more = (first, left) if len(left) > len(right) else (second, right)
        extra = more[min(len(left), len(right))]
        raise TemplateFault(
            f"only the {longer} says {_quoted(extra)}",
            "one of the two templates was changed without the other",
        )


def _quoted(piece: ContentPiece) -> str:
    words = piece.text if len(piece.text) <= 60 else piece.text[:60] + "…"
    return f"'{words}' ({piece.kind})"
