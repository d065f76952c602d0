"""Pieces made of blocks: the same bytes as made whole, and only what differs is finished."""

import random
from dataclasses import replace
from typing import Any

import pytest

from generator.documents.building import FinishedText
from generator.writers.docx import blocks, by_parts, dividing
from generator.writers.docx.blocks import BlockMaker
from generator.writers.kept.store import PartStore
from support.word_texts import TRIED, text_of, word

TABLE = b"<w:tbl><w:tr><w:tc><w:p/></w:tc></w:tr></w:tbl>"
OUTER = b"<w:tbl><w:tr><w:tc>" + TABLE + b"<w:p/></w:tc></w:tr></w:tbl>"


@pytest.fixture(autouse=True)
def stores(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing is known before a test, and what it kept is known to no other."""
    monkeypatch.setattr(by_parts, "STORE", PartStore())
    monkeypatch.setattr(blocks, "STORE", PartStore())


def whole(draft: FinishedText) -> bytes:
    """A document no piece of which is divided."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(by_parts, "STORE", PartStore())
        patch.setattr(BlockMaker, "made", lambda *_: None)
        return word(draft)


@pytest.mark.parametrize(("kind", "subject"), TRIED)
def test_blocks_make_what_is_made_whole(kind: str, subject: str) -> None:
    """Whichever of them are known."""
    draft = text_of(kind, subject)
    made = whole(draft)
    assert word(draft) == made
    chosen = random.Random(5)
    for _ in range(3):
        by_parts.STORE.clear()
        known = blocks.STORE.kept()
        blocks.STORE.clear()
        for key, block in known.items():
            if chosen.random() < 0.6:
                blocks.STORE.put(key, block)
        assert word(draft) == made


def test_all_are_of_blocks(monkeypatch: pytest.MonkeyPatch) -> None:
    """Of a document whose emblem stands in its head."""
    original, made = BlockMaker.made, list[bool]()

    def noted(*given: Any) -> Any:
        found = original(*given)
        made.append(found is not None)
        return found

    monkeypatch.setattr(BlockMaker, "made", noted)
    word(text_of("agreement", "ตัวอย่าง-ข"))
    assert made
    assert all(made)


def test_of_a_sheet_with_another_name_nothing_else_is_finished() -> None:
    draft = text_of("agreement", "ตัวอย่าง-ข")
    word(draft)
    before = blocks.STORE.kept()
    context: Any = draft.context
    first, *others = context.sheets
    other = replace(draft, context=replace(context, sheets=(replace(first, name="ใหม่"), *others)))
    again = word(other)
    new = [block for key, block in blocks.STORE.kept().items() if key not in before]
    assert 0 < len(new) <= 3
    assert again == whole(other)


def test_names_of_another_document_make_other_blocks() -> None:
    """What no line's end parts is a matter of names that the words hold."""
    draft = text_of("agreement", "ตัวอย่าง-ข")
    word(draft)
    context: Any = draft.context
    named = context.page.named
    measures = named.measures | {"ของหน่วยงาน", "ตามแผน"}
    page = replace(context.page, named=replace(named, measures=measures))
    other = replace(draft, context=replace(context, page=page))
    by_parts.STORE.clear()
    assert word(other) == whole(other)


@pytest.mark.parametrize(
    ("text", "count"),
    [
        (b"", 0),
        (b"<w:p/>", 1),
        (b'\n<w:p w:rsid="1"><w:r/></w:p>' + TABLE, 2),
        (OUTER + TABLE + b"<w:p><w:pPr/></w:p>", 3),
    ],
)
def test_what_stands_beside_each_other(text: bytes, count: int) -> None:
    found = dividing.split(text)
    assert len(found) == count
    assert b"".join(found) == text.replace(b"\n", b"")


@pytest.mark.parametrize(
    "text", [b"<w:p/> ", b"<w:sdt/>", b"words", b"<w:p>", TABLE[:-8], OUTER[:-8]]
)
def test_what_is_not_divided(text: bytes) -> None:
    with pytest.raises(dividing.WholeError):
        dividing.split(text)
