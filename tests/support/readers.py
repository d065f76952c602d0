"""What readers of PDFs make of one: its text as pdfium, poppler and pypdf give it back."""

from __future__ import annotations

import io
import re
import subprocess
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from typing import Any

import pikepdf
import pypdf
import pypdfium2

_SPACE = re.compile(r"\s+")


def solid(text: str) -> str:
    """Text without white space. A zero-width space is a letter here: it must not be lost."""
    return _SPACE.sub("", text)


def by_pdfium(data: bytes) -> str:
    """The text as Chrome's reader gives it."""
    return "".join(pages_by_pdfium(data))


def pages_by_pdfium(data: bytes) -> list[str]:
    """The same, page by page."""
    with pypdfium2.PdfDocument(data) as pdf:
        return [solid(page.get_textpage().get_text_range()) for page in pdf]


def by_poppler(data: bytes) -> str:
    """The text as Evince and Okular give it, in the order it is drawn."""
    run = subprocess.run(
        ["pdftotext", "-raw", "-enc", "UTF-8", "-", "-"],
        input=data,
        capture_output=True,
        check=True,
    )
    return solid(run.stdout.decode("utf-8"))


def by_pypdf(data: bytes) -> str:
    """The text as a reader gives it that knows glyph maps and no ActualText."""
    reader = pypdf.PdfReader(io.BytesIO(data))
    return solid("".join(page.extract_text() for page in reader.pages))


EXACT: Mapping[str, Callable[[bytes], str]] = {"pdfium": by_pdfium, "poppler": by_poppler}
"""The readers that must give back every code point."""


def wrong(wanted: str, found: str) -> Counter[str]:
    """The code points that one text has more often than the other, and how often."""
    left, right = Counter(wanted), Counter(found)
    return (left - right) + (right - left)


def artifacts(data: bytes) -> str:
    """What the page heads and feet and the repeated header rows read."""
    with pikepdf.open(io.BytesIO(data)) as pdf:
        return solid("".join(text for page in pdf.pages for text in _artifacts(page)))


def _artifacts(page: pikepdf.Page) -> Iterator[str]:
    open_marks: list[bool] = []
    for instruction in pikepdf.parse_content_stream(page, "BDC BMC EMC"):
        operands: Any = instruction.operands
        if str(instruction.operator) == "EMC":
            open_marks.pop()
            continue
        properties = operands[1] if len(operands) > 1 else None
        if any(open_marks) and isinstance(properties, pikepdf.Dictionary):
            yield str(properties.get("/ActualText", ""))
        open_marks.append(str(operands[0]) == "/Artifact")


def attachment(data: bytes, name: str) -> bytes:
    """A file that a PDF carries."""
    with pikepdf.open(io.BytesIO(data)) as pdf:
        return pdf.attachments[name].get_file().read_bytes()


def entries(item: pikepdf.Object) -> Mapping[str, Any]:
    """A dictionary's or stream's entries; of anything else, none."""
    return dict(item.items()) if isinstance(item, pikepdf.Dictionary | pikepdf.Stream) else {}


def alternatives(data: bytes) -> str:
    """The words that stand for the pictures."""
    with pikepdf.open(io.BytesIO(data)) as pdf:
        found = [item for item in pdf.objects if isinstance(item, pikepdf.Dictionary)]
        return solid("".join(str(item.get("/Alt", "")) for item in found))
