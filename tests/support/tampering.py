"""Ways to change a finished PDF behind its own back, for the tests of ``gen inspect``."""

import hashlib
import io
import json
import re
from collections.abc import Callable
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, Pdf, Stream, String

from generator.agreements.record import document_id
from generator.verify.glyphs import glyph_map
from generator.verify.streams import UnpackBudget

Change = Callable[[Pdf], None]


def tampered(data: bytes, *changes: Change) -> bytes:
    """The PDF after changes."""
    with pikepdf.open(io.BytesIO(data)) as pdf:
        for change in changes:
            change(pdf)
        return saved(pdf)


def saved(pdf: Pdf, **options: Any) -> bytes:
    target = io.BytesIO()
    pdf.save(target, fix_metadata_version=False, **options)
    return target.getvalue()


# Attachments


def files(pdf: Pdf) -> Any:
    """The name tree's pairs of name and file specification."""
    names: Any = pdf.Root.Names
    return names.EmbeddedFiles.Names


def file_of(pdf: Pdf, name: str) -> Any:
    """The stream of an attachment."""
    found: Any = next(item for item in list(files(pdf))[1::2] if str(item.UF) == name)
    return found.EF.F


def attached(data: bytes, name: str) -> bytes:
    with pikepdf.open(io.BytesIO(data)) as pdf:
        content: bytes = file_of(pdf, name).read_bytes()
        return content


def put(name: str, content: bytes) -> Change:
    """Other bytes in an attachment."""
    return lambda pdf: file_of(pdf, name).write(content)


def edit(name: str, old: str, new: str) -> Change:
    """One place of an attachment's text changed."""

    def change(pdf: Pdf) -> None:
        text = file_of(pdf, name).read_bytes().decode()
        assert old in text
        file_of(pdf, name).write(text.replace(old, new, 1).encode())

    return change


def remove(name: str) -> Change:
    """An attachment taken out of the list."""

    def change(pdf: Pdf) -> None:
        pairs = list(files(pdf))
        index = next(n for n in range(1, len(pairs), 2) if str(pairs[n].UF) == name)
        names: Any = pdf.Root.Names
        names.EmbeddedFiles.Names = Array(pairs[: index - 1] + pairs[index + 1 :])

    return change


def rename(old: str, new: str) -> Change:
    """An attachment under another name."""

    def change(pdf: Pdf) -> None:
        found: Any = next(item for item in list(files(pdf))[1::2] if str(item.UF) == old)
        found.UF = found.F = String(new)

    return change


def add(name: str, content: bytes) -> Change:
    """One attachment more."""

    def change(pdf: Pdf) -> None:
        stream = Stream(pdf, content)
        item = Dictionary(Type=Name.Filespec, UF=String(name), EF=Dictionary(F=stream))
        files(pdf).append(String(name))
        files(pdf).append(pdf.make_indirect(item))

    return change


def record(**values: str) -> Change:
    """The record saying something else."""

    def change(pdf: Pdf) -> None:
        facts = json.loads(file_of(pdf, "record.json").read_bytes())
        file_of(pdf, "record.json").write(json.dumps({**facts, **values}).encode())

    return change


def text_too(pdf: Pdf) -> None:
    """The record's hash of the text made to fit the text."""
    text = file_of(pdf, "text.txt").read_bytes()
    record(text_hash=hashlib.sha256(text).hexdigest())(pdf)


def reseal(hash_of: Callable[[bytes], str], *, id_too: bool) -> Change:
    """The record's hash of the source, and its id, made to fit the source."""

    def change(pdf: Pdf) -> None:
        found = hash_of(file_of(pdf, "source.yaml").read_bytes())
        record(source_hash=found)(pdf)
        if id_too:
            record(data_hash=found, id=document_id(found))(pdf)

    return change


# Pages


def content(pdf: Pdf, page: int) -> Any:
    """The stream of a page, counted from 1; what it is drawn by in several is one from then on."""
    pdf.pages[page - 1].contents_coalesce()
    found: Any = pdf.pages[page - 1].obj
    return found.Contents


def draw(page: int, more: bytes) -> Change:
    """More drawn on a page."""
    return lambda pdf: content(pdf, page).write(content(pdf, page).read_bytes() + b"\n" + more)


def redraw(page: int, pattern: bytes, new: bytes) -> Change:
    """One place of a page's drawing changed."""

    def change(pdf: Pdf) -> None:
        drawn, count = re.subn(pattern, new, content(pdf, page).read_bytes(), count=1)
        assert count == 1
        content(pdf, page).write(drawn)

    return change


def words(text: str, font: str = "") -> bytes:
    """Drawing that shows a text in a face that every reader has."""
    name = font.encode() or b"/Helvetica"
    return b"BT " + name + b" 12 Tf 1 0 0 1 100 700 Tm (" + text.encode("ascii") + b") Tj ET"


def retype(page: int, old: str, new: str) -> Change:
    """A line that shows and says ``new`` in place of ``old``, drawn with the font's own glyphs."""

    def change(pdf: Pdf) -> None:
        fonts: Any = pdf.pages[page - 1].obj.Resources.Font
        changed: list[Any] = []
        where, font = -1, {}
        for instruction in pikepdf.parse_content_stream(pdf.pages[page - 1]):
            operands, operator = list(instruction.operands), str(instruction.operator)
            if operator == "Tf":
                font = dict(glyph_map(fonts[operands[0]], UnpackBudget()).letters)
            if operator == "BDC" and where == -1 and "/ActualText" in (properties := operands[1]):
                where = str(properties.ActualText).find(old)
                if where != -1:
                    text = str(properties.ActualText).replace(old, new, 1)
                    operands[1] = Dictionary(ActualText=String(text))
            elif operator == "TJ" and where >= 0:
                operands = [_retyped(operands[0], font, old, new)]
                where = -2
            changed.append((operands, instruction.operator))
        assert where == -2
        content(pdf, page).write(pikepdf.unparse_content_stream(changed))

    return change


def _retyped(operand: Any, font: dict[int, str], old: str, new: str) -> Any:
    codes = b"".join(bytes(item) for item in operand if isinstance(item, String))
    letters = [font[int.from_bytes(codes[n : n + 2])] for n in range(0, len(codes), 2)]
    start = "".join(letters).rindex(old)
    glyphs = {text: code.to_bytes(2) for code, text in font.items()}
    drawn = b"".join(glyphs[letter] for letter in new)
    return Array([String(codes[: 2 * start] + drawn + codes[2 * (start + len(old)) :])])


def another_map(old: bytes, new: bytes) -> Change:
    """The glyph maps of all fonts saying something else of one glyph."""

    def change(pdf: Pdf) -> None:
        for item in pdf.objects:
            if isinstance(item, Dictionary) and "/ToUnicode" in item:
                stream: Any = item.ToUnicode
                stream.write(stream.read_bytes().replace(old, new))

    return change


def without_page(page: int) -> Change:
    """A page taken out."""

    def change(pdf: Pdf) -> None:
        del pdf.pages[page - 1]

    return change


def swapped_pages(first: int, second: int) -> Change:
    """Two pages in each other's place."""

    def change(pdf: Pdf) -> None:
        pages = list(pdf.pages)
        pages[first - 1], pages[second - 1] = pages[second - 1], pages[first - 1]
        for _ in range(len(pages)):
            del pdf.pages[0]
        for page in pages:
            pdf.pages.append(page)

    return change


def note(pdf: Pdf) -> None:
    """A text laid over a page."""
    page: Any = pdf.pages[0].obj
    page.Annots = Array(
        [
            pdf.make_indirect(
                Dictionary(
                    Type=Name.Annot,
                    Subtype=Name.FreeText,
                    Rect=Array([100, 100, 300, 130]),
                    Contents=String("approved"),
                    DA=String("/Helv 12 Tf"),
                )
            )
        ]
    )


# The structure tree


def elements(pdf: Pdf, kind: str) -> list[Any]:
    """All structure elements of a kind, in the order of reading."""
    found: list[Any] = []
    root: Any = pdf.Root.StructTreeRoot
    todo = [root]
    while todo:
        element = todo.pop()
        if element.get("/S") == kind:
            found.append(element)
        kids = element.get("/K")
        todo += [
            kid
            for kid in reversed(list(kids) if isinstance(kids, Array) else [kids])
            if isinstance(kid, Dictionary)
        ]
    return found


def without_element(kind: str) -> Change:
    """A structure element taken out of the tree."""

    def change(pdf: Pdf) -> None:
        element = elements(pdf, kind)[1]
        parent: Any = element.P
        parent.K = Array([kid for kid in parent.K if kid != element])

    return change


def swapped_elements(pdf: Pdf) -> None:
    """Two cells read in each other's order."""
    row = next(row for row in elements(pdf, "/TR") if len(list(row.K)) > 1)
    row.K = Array(list(row.K)[::-1])


def circle(pdf: Pdf) -> None:
    """A structure tree that leads back to its beginning."""
    element = elements(pdf, "/Table")[0]
    root: Any = pdf.Root.StructTreeRoot
    element.K.append(root.K[0] if isinstance(root.K, Array) else root.K)
