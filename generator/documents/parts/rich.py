"""The markup of text values, parsed once: paragraphs, lists and bold.

A line is a paragraph. A line that starts with ``- ``, ``1) ``, ``1. `` or ``(1) `` is a
list item, two leading spaces put it one level deeper, ``**…**`` is bold, and a line
``A = B // C`` is an equation, B over C. Nothing else means anything: the text is data,
never a template and never HTML.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field

from ..identity import LAYOUT
from . import equation
from .equation import Equation

_ITEM = re.compile(r"( *)([-•●]|\d{1,3}(?:\.\d{1,3})*[.)]|\(\d{1,3}\)) +(?=\S)")


@dataclass(frozen=True, slots=True)
class TextSpan:
    """A stretch of text in one weight; ``lang`` where it isn't Thai (``en``)."""

    text: str
    bold: bool = False
    lang: str = ""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph. ``marker`` is a list item's own (``-``, ``1)``), ``depth`` its level.

    An equation stands in place of spans. ``style`` is Word's, where the text's place in the
    document decides it; elsewhere the template does.
    """

    spans: tuple[TextSpan, ...]
    marker: str = ""
    depth: int = 0
    equation: Equation = ()
    style: str = field(default="", metadata=LAYOUT)

    @property
    def text(self) -> str:
        """The words as they are read aloud, the marker first."""
        words = "".join(span.text for span in self.spans)
        words += "".join(term.text + term.under for term in self.equation)
        return f"{self.marker} {words}".strip() if self.marker else words


Rich = tuple[Paragraph, ...]


def parse(text: str | None) -> Rich:
    """The blocks of a text value; nothing for None."""
    if not text:
        return ()
    return tuple(_block(line) for line in text.split("\n") if line.strip())


def cell(rich: Rich) -> Rich:
    """What a table's cell holds: at least one paragraph, for Word knows no cell without."""
    return rich or (Paragraph(()),)


def plain(text: str | None) -> Rich:
    """One paragraph that says exactly ``text``, without markup; nothing for None or ''."""
    return (Paragraph((TextSpan(text),)),) if text else ()


def numbered(texts: Iterable[str], digits: Callable[[str], str]) -> Rich:
    """Each text as a numbered item: ``1.``, ``2.``; what follows its first line stands below.

    ``digits`` puts what gen writes into the agency's digits.
    """
    blocks: list[Paragraph] = []
    for number, text in enumerate(texts, start=1):
        first, *rest = parse(text) or (Paragraph(()),)
        blocks.append(Paragraph(first.spans, digits(f"{number}."), 0))
        blocks += (Paragraph(b.spans, b.marker, b.depth + 1) for b in rest)
    return tuple(blocks)


def prefixed(prefix: str, rich: Rich) -> Rich:
    """``prefix`` as the first words of the first block, as an item of a list."""
    first, *rest = rich or (Paragraph(()),)
    lead = TextSpan(f"{prefix} " if first.spans else prefix)
    return (Paragraph((lead, *first.spans), "-", 0), *rest)


def _block(line: str) -> Paragraph:
    line = line.rstrip().replace("\t", " ")
    if found := equation.of_line(line.strip()):
        return Paragraph((), equation=found)
    if match := _ITEM.match(line):
        return Paragraph(_spans(line[match.end() :]), match[2], len(match[1]) // 2)
    return Paragraph(_spans(line.lstrip()), "", (len(line) - len(line.lstrip())) // 2)


def _spans(text: str) -> tuple[TextSpan, ...]:
    spans: list[TextSpan] = []
    position = 0
    for start, end in _bold(text):
        if start > position:
            spans.append(TextSpan(text[position:start]))
        spans.append(TextSpan(text[start + 2 : end], bold=True))
        position = end + 2
    if position < len(text):
        spans.append(TextSpan(text[position:]))
    return tuple(spans)


def _bold(text: str) -> Iterator[tuple[int, int]]:
    """Where bold words open and close: ``**`` with no blank on the inner sides.

    Looked for by hand, since a regular expression goes back for each opening that nothing closes.
    """
    start = text.find("**")
    while start >= 0:
        if text[start + 2 : start + 3].strip():
            end = text.find("**", start + 3)
            while end >= 0 and text[end - 1].isspace():
                end = text.find("**", end + 1)
            if end < 0:
                return  # what closes no opening here closes none further on
            yield start, end
            start = text.find("**", end + 2)
        else:
            start = text.find("**", start + 1)
