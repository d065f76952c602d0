"""A document with tracked changes as pages on which they are marked, in words and colours."""

from __future__ import annotations

from collections.abc import Iterator

from ..documents.version_changes import (
    Fate,
    MarkedBlock,
    MarkedCell,
    MarkedParagraph,
    MarkedRow,
    MarkedRun,
    MarkedSection,
)
from ..templates.conventions import EQUATION_TABLE, LAYOUT_TABLE
from ..verify.docx import spell_numbers
from .lists import NUMBERING
from .word_xml import (
    DOCUMENT,
    PPR,
    RPR,
    TCPR,
    TRPR,
    Element,
    P,
    W,
    blocks_of,
    cells_of,
    opened,
    parsed,
    rows_of,
    value,
)

_FATES: dict[str, Fate] = {
    f"{W}ins": "ins",
    f"{W}del": "del",
    f"{W}moveFrom": "moved",
    f"{W}moveTo": "moved",
}
_SAID = {f"{W}t", f"{W}delText"}


def sections(data: bytes, name: str) -> tuple[MarkedSection, ...]:
    """The pages of a document with tracked changes. Raises FileError."""
    parts = opened(data, name)
    root = parsed(parts[DOCUMENT], name)
    if NUMBERING in parts:
        spell_numbers(root, parsed(parts[NUMBERING], name))
    body = root.find(f"{W}body")
    assert body is not None
    found: list[MarkedSection] = []
    waiting: list[MarkedBlock] = []
    for block in blocks_of(body):
        waiting += _block(block)
        end = block.find(f"{PPR}/{W}sectPr")
        if end is not None:
            found.append(MarkedSection(_is_wide(end), tuple(waiting)))
            waiting = []
    last = body.find(f"{W}sectPr")
    found.append(MarkedSection(last is not None and _is_wide(last), tuple(waiting)))
    return tuple(section for section in found if section.blocks)


def _is_wide(section: Element) -> bool:
    size = section.find(f"{W}pgSz")
    if size is None:
        return False
    return int(size.get(f"{W}w", "0")) > int(size.get(f"{W}h", "0"))


def _block(block: Element) -> Iterator[MarkedBlock]:
    if block.tag == P:
        paragraph = _paragraph(block)
        if paragraph.runs:
            yield MarkedBlock(paragraph)
        return
    widths = [int(c.get(f"{W}w", "0")) for c in block.iterfind(f"{W}tblGrid/{W}gridCol")]
    every = rows_of(block)
    count = next((n for n, row in enumerate(every) if not _is_head(row)), len(every))
    heads = tuple(map(_row, every[:count])) if count < len(every) else ()
    rows = tuple(map(_row, every[len(heads) :]))
    if any(p.runs for row in (*heads, *rows) for cell in row.cells for p in cell.paragraphs):
        whole = sum(widths) or 1
        loose = value(block, f"{W}tblPr/{W}tblStyle") in (LAYOUT_TABLE, EQUATION_TABLE)
        yield MarkedBlock(None, tuple(100 * width / whole for width in widths), heads, rows, loose)


def _is_head(row: Element) -> bool:
    return row.find(f"{TRPR}/{W}tblHeader") is not None


def _row(row: Element) -> MarkedRow:
    properties = row.find(TRPR)
    fate: Fate = ""
    if properties is not None:
        fate = next((_FATES[str(e.tag)] for e in properties if e.tag in _FATES), "")
    if fate and next(row.iter(f"{W}moveFromRangeStart", f"{W}moveToRangeStart"), None) is not None:
        fate = "moved"
    return MarkedRow(fate, tuple(map(_cell, cells_of(row))))


def _cell(cell: Element) -> MarkedCell:
    """A cell; what stands in tables in it is told paragraph by paragraph."""
    span = int(value(cell, f"{TCPR}/{W}gridSpan") or "1")
    paragraphs = (_paragraph(p) for p in cell.iter(P))
    return MarkedCell(span, tuple(p for p in paragraphs if p.runs))


def _paragraph(paragraph: Element) -> MarkedParagraph:
    return MarkedParagraph(
        value(paragraph, f"{PPR}/{W}pStyle") or "Normal", tuple(_joined(_runs(paragraph)))
    )


def _runs(paragraph: Element) -> Iterator[MarkedRun]:
    for run in paragraph.iter(f"{W}r"):
        if next(run.iterancestors(P)) is not paragraph:
            continue
        fates = (_FATES[str(e.tag)] for e in run.iterancestors() if e.tag in _FATES)
        fate: Fate = next(fates, "")
        look = run.find(RPR)
        is_bold = look is not None and look.find(f"{W}b") is not None
        changed = look is not None and look.find(f"{W}rPrChange") is not None
        text = "".join(
            (part.text or "") if part.tag in _SAID else " "
            for part in run
            if part.tag in _SAID or part.tag in (f"{W}tab", f"{W}br")
        )
        if text:
            yield MarkedRun(text, fate, changed and not fate, is_bold)


def _joined(runs: Iterator[MarkedRun]) -> Iterator[MarkedRun]:
    """Runs that are marked alike in one; what is white space alone isn't told."""
    waiting: MarkedRun | None = None
    for run in runs:
        like = waiting is not None and (waiting.fate, waiting.look, waiting.bold)
        if waiting is not None and like == (run.fate, run.look, run.bold):
            waiting = MarkedRun(waiting.text + run.text, run.fate, run.look, run.bold)
        else:
            if waiting is not None:
                yield waiting
            waiting = run
    if waiting is not None:
        yield waiting
