"""What a file says: the ordered sequence of its paragraphs, cells and pictures."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from ..errors import TemplateFault
from ..messages import Message, Parameter, message


@dataclass(frozen=True, slots=True)
class ContentPiece:
    """One paragraph, table cell or picture (its alternative text), without white space."""

    kind: Literal["paragraph", "cell", "picture"]
    text: str


Content = tuple[ContentPiece, ...]


def squeezed(text: str) -> str:
    """Text without white space: lines break in other places in each format."""
    return "".join(text.split())


def compare(
    left: Content, right: Content, names: tuple[Parameter, Parameter] = ("DOCX", "PDF")
) -> None:
    """Both say the same, in one order. Raises TemplateFault with the first difference."""
    first, second = names
    for number, (one, other) in enumerate(zip(left, right, strict=False), start=1):
        if one != other:
            raise TemplateFault(
                message(
                    "formats-differ",
                    first=first,
                    second=second,
                    number=str(number),
                    one=_quoted(one),
                    other=_quoted(other),
                )
            )
    if len(left) != len(right):
        longer, more = (first, left) if len(left) > len(right) else (second, right)
        extra = more[min(len(left), len(right))]
        raise TemplateFault(message("only-one-format-says", longer=longer, words=_quoted(extra)))


def _quoted(piece: ContentPiece) -> Message:
    words = piece.text if len(piece.text) <= 60 else piece.text[:60] + "…"
    match piece.kind:
        case "cell":
            return message("quoted-cell", words=words)
        case "picture":
            return message("quoted-picture", words=words)
    return message("quoted-paragraph", words=words)
