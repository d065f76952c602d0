"""The bytes are opened again: what does the file say, and is it what it should?

``story`` of a DOCX (from its XML) and of a PDF (from its structure tree) is the ordered
sequence of paragraphs, cells and pictures. Left out are, by rule: repeated header rows,
page heads and feet (both are artifacts in the PDF), empty paragraphs outside tables, and
the frame of layout tables, whose paragraphs count as paragraphs.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Literal

import pikepdf
from lxml import etree

from .errors import TemplateFault, VerificationError

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
WP = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
LAYOUT = "Layout"
"""The table style of tables that only place things."""

_SPACE = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class Piece:
    """One paragraph, table cell or picture (its alternative text), without white space."""

    kind: Literal["paragraph", "cell", "picture"]
    text: str


Story = tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class PdfFacts:
    """What a PDF says of itself."""

    story: Story
    fonts: frozenset[str]
    pages: int


def check_docx(data: bytes) -> Story:
    """Open a DOCX again and read it. Raises VerificationError."""
    try:
        return docx_story(data)
    except (KeyError, zipfile.BadZipFile, etree.XMLSyntaxError) as error:
        raise VerificationError(f"the DOCX doesn't open again: {error}") from error


def check_pdf(data: bytes, faces: tuple[str, ...]) -> Story:
    """Open a PDF again; only ``faces`` may be embedded. Raises VerificationError."""
    try:
        facts = pdf_facts(data)
    except (pikepdf.PdfError, KeyError, ValueError) as error:
        raise VerificationError(f"the PDF doesn't open again: {error}") from error
    allowed = tuple(face.replace(" ", "") for face in faces)
    foreign = sorted(name for name in facts.fonts if not name.startswith(allowed))
    if foreign:
        raise VerificationError(f"the PDF holds a face it should not: {', '.join(foreign)}")
    return facts.story


def compare(docx: Story, pdf: Story) -> None:
    """Both files say the same, in one order. Raises TemplateFault with the first difference."""
    for number, (left, right) in enumerate(zip(docx, pdf, strict=False), start=1):
        if left != right:
            raise TemplateFault(
                f"DOCX and PDF differ at piece {number}: "
                f"the DOCX says {_quoted(left)}, the PDF {_quoted(right)}",
                "one of the two templates was changed without the other",
            )
    if len(docx) != len(pdf):
        longer, more = ("DOCX", docx) if len(docx) > len(pdf) else ("PDF", pdf)
        extra = more[min(len(docx), len(pdf))]
        raise TemplateFault(
            f"only the {longer} says {_quoted(extra)}",
            "one of the two templates was changed without the other",
        )


def _quoted(piece: Piece) -> str:
    words = piece.text if len(piece.text) <= 60 else piece.text[:60] + "…"
    return f"'{words}' ({piece.kind})"


def squeezed(text: str) -> str:
    """Text without white space: lines break in other places in either format."""
    return _SPACE.sub("", text)


# --- DOCX ---------------------------------------------------------------------------


def docx_story(data: bytes) -> Story:
    """The story of a DOCX's body."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        root = etree.fromstring(archive.read("word/document.xml"))
    body = root.find(f"{W}body")
    assert body is not None
    return tuple(_docx_blocks(body))


def _docx_blocks(parent: etree._Element) -> Iterator[Piece]:
    for child in parent:
        if child.tag == f"{W}p":
            yield from _docx_paragraph(child)
        elif child.tag == f"{W}tbl":
            yield from _docx_table(child)
        elif child.tag == f"{W}sdt":
            content = child.find(f"{W}sdtContent")
            if content is not None:
                yield from _docx_blocks(content)


def _docx_paragraph(paragraph: etree._Element) -> Iterator[Piece]:
    for picture in paragraph.iter(f"{WP}docPr"):
        yield Piece("picture", squeezed(picture.get("descr", "")))
    text = _docx_text(paragraph)
    if text:
        yield Piece("paragraph", text)


def _docx_text(element: etree._Element) -> str:
    return squeezed("".join(part.text or "" for part in element.iter(f"{W}t")))


def _docx_table(table: etree._Element) -> Iterator[Piece]:
    style = table.find(f"{W}tblPr/{W}tblStyle")
    layout = style is not None and style.get(f"{W}val") == LAYOUT
    for cell in table.iter(f"{W}tc"):
        if layout:
            yield from _docx_blocks(cell)
            continue
        merged = cell.find(f"{W}tcPr/{W}vMerge")
        if merged is not None and merged.get(f"{W}val", "continue") == "continue":
            continue
        yield Piece("cell", _docx_text(cell))


# --- PDF ----------------------------------------------------------------------------

_BLOCKS = {"/P", "/H1", "/H2", "/H3", "/H4", "/H5", "/H6", "/Caption", "/LBody", "/Lbl"}
_CELLS = {"/TD", "/TH"}


def pdf_facts(data: bytes) -> PdfFacts:
    """The story, embedded fonts and number of pages of a PDF."""
    with pikepdf.open(io.BytesIO(data)) as pdf:
        texts = {page.obj.objgen: _marked_texts(page) for page in pdf.pages}
        root = pdf.Root.StructTreeRoot
        return PdfFacts(
            tuple(_pdf_pieces(root, None, texts)), frozenset(_fonts(pdf)), len(pdf.pages)
        )


def _marked_texts(page: pikepdf.Page) -> dict[int, str]:
    """What each marked content of a page reads, from its ActualText."""
    found: dict[int, str] = {}
    open_ids: list[int | None] = []
    for instruction in pikepdf.parse_content_stream(page, "BDC BMC EMC"):
        operands, operator = instruction.operands, instruction.operator
        if str(operator) == "EMC":
            open_ids.pop()
            continue
        properties: Any = operands[1] if len(operands) > 1 else {}
        number = properties.get("/MCID") if isinstance(properties, pikepdf.Dictionary) else None
        open_ids.append(int(number) if number is not None else None)
        text = properties.get("/ActualText") if number is None and len(operands) > 1 else None
        owner = next((i for i in reversed(open_ids) if i is not None), None)
        if text is not None and owner is not None:
            found[owner] = found.get(owner, "") + str(text)
    return found


def _kids(element: Any) -> list[Any]:
    kids = element.get("/K")
    if kids is None:
        return []
    return list(kids) if isinstance(kids, pikepdf.Array) else [kids]


def _pdf_pieces(element: Any, page: Any, texts: dict[Any, dict[int, str]]) -> Iterator[Piece]:
    kind = str(element.get("/S", ""))
    page = element.get("/Pg", page)
    if kind in _CELLS:
        yield Piece("cell", squeezed(_pdf_text(element, page, texts)))
    elif kind == "/Figure":
        yield Piece("picture", squeezed(str(element.get("/Alt", ""))))
    elif kind in _BLOCKS:
        for figure in _figures(element):
            yield Piece("picture", squeezed(str(figure.get("/Alt", ""))))
        text = squeezed(_pdf_text(element, page, texts))
        if text:
            yield Piece("paragraph", text)
    else:
        for kid in _kids(element):
            if isinstance(kid, pikepdf.Dictionary) and "/S" in kid:
                yield from _pdf_pieces(kid, page, texts)


def _figures(element: Any) -> Iterator[Any]:
    for kid in _kids(element):
        if isinstance(kid, pikepdf.Dictionary) and "/S" in kid:
            if str(kid.S) == "/Figure":
                yield kid
            else:
                yield from _figures(kid)


def _pdf_text(element: Any, page: Any, texts: dict[Any, dict[int, str]]) -> str:
    page = element.get("/Pg", page)
    words = []
    for kid in _kids(element):
        if isinstance(kid, pikepdf.Dictionary):
            if "/S" in kid:
                words.append(_pdf_text(kid, page, texts))
        else:
            words.append(texts[page.objgen].get(int(kid), ""))
    return "".join(words)


def _fonts(pdf: pikepdf.Pdf) -> Iterator[str]:
    """The embedded faces' names, without the subset's prefix."""
    for item in pdf.objects:
        if not isinstance(item, pikepdf.Dictionary) or item.get("/Type") != "/FontDescriptor":
            continue
        name = str(item.FontName).lstrip("/").split("+")[-1]
        if not any(key in item for key in ("/FontFile", "/FontFile2", "/FontFile3")):
            raise ValueError(f"the font {name} is not embedded")
        yield re.sub(r"[-\s]", "", name)
