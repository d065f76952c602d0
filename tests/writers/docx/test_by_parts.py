"""Word files by parts: the same bytes whatever was kept, and nothing made twice."""

import os
import random
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import docx
import pytest

from generator.errors import TemplateFault
from generator.templates import sandbox
from generator.templates.given_values import Spent, count_values, told
from generator.writers.docx import blocks, by_parts, kept_parts
from generator.writers.docx.kept_parts import KeptItem, KeptWordPart
from generator.writers.docx.numbering import ListKind
from generator.writers.kept.folder import PartFolder
from generator.writers.kept.store import PartStore
from generator.writers.pdf.parts import spelling
from support.making import fresh, stream
from support.word_texts import TRIED, text_of, word

ONE_PIECE = {"chart", "summary"}
"""What stands on one large page is one piece, and so is what has notes below its last table."""

DAMAGES = int(os.environ.get("DAMAGES", "100"))


@pytest.fixture
def store(monkeypatch: pytest.MonkeyPatch) -> PartStore:
    return emptied(monkeypatch)


def emptied(monkeypatch: pytest.MonkeyPatch, folder: Path | None = None) -> PartStore:
    """An empty store, in front of a folder if there is one."""
    found = PartStore(folder=PartFolder(folder, kept_parts) if folder is not None else None)
    monkeypatch.setattr(by_parts, "STORE", found)
    monkeypatch.setattr(blocks, "STORE", PartStore())
    return found


def kept(store: PartStore) -> dict[str, KeptWordPart]:
    return store.kept()


@pytest.mark.parametrize(("kind", "subject"), TRIED)
def test_bytes_do_not_depend_on_what_was_kept(
    kind: str, subject: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In one piece; of no part, all of them, those of a folder, and those of a damaged one."""
    draft = text_of(kind, subject)
    with monkeypatch.context() as patch:
        patch.setattr(by_parts, "written_body", lambda *_, **__: None)
        whole = word(draft)
    store, bodies = emptied(monkeypatch, tmp_path), []
    with monkeypatch.context() as patch:
        original = by_parts.written_body
        patch.setattr(by_parts, "written_body", lambda *a, **k: bodies.append(original(*a, **k)))
        assert word(draft) == whole, "in one piece after all"
    assert any(body is not None for body in bodies) == (kind not in ONE_PIECE)
    store = emptied(monkeypatch, tmp_path)
    assert word(draft) == whole, "empty"
    made = kept(store)
    assert word(draft) == whole, "full"
    assert kept(store) == made
    store = emptied(monkeypatch, tmp_path)
    with monkeypatch.context() as patch:
        if kind not in ONE_PIECE:
            patch.setattr(by_parts, "_finished", not_made)
            patch.setattr(blocks.BlockMaker, "made", not_made)
        assert word(draft) == whole, "of a folder"
    assert kept(store) == made
    for path in tmp_path.glob("*/*.part"):
        data = bytearray(path.read_bytes())
        data[len(data) // 2] ^= 1
        path.write_bytes(data)
    emptied(monkeypatch, tmp_path)
    assert word(draft) == whole, "of a damaged one"


def not_made(*_: object, **__: object) -> KeptWordPart:
    raise AssertionError("made anew")


def test_sheets_that_another_document_has_are_not_made_again(
    store: PartStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The next document of a unit with one sheet's words changed makes that sheet alone."""
    draft = text_of("agreement", "ตัวอย่าง-ข")
    word(draft)
    before = kept(store)
    context: Any = draft.context
    first, *others = context.sheets
    other = replace(context, sheets=(replace(first, name=f"{first.name} ใหม่"), *others))
    again = word(replace(draft, context=other))
    assert len(kept(store)) == len(before) + 1
    emptied(monkeypatch)
    assert word(replace(draft, context=other)) == again
    # Sheets in another order are the same sheets, but for the first one's break before it.
    turned = word(replace(draft, context=replace(context, sheets=tuple(reversed(context.sheets)))))
    emptied(monkeypatch)
    assert turned == word(
        replace(draft, context=replace(context, sheets=tuple(reversed(context.sheets))))
    )


def test_sheets_alone_are_those_of_the_agreement(store: PartStore) -> None:
    """Whatever ids their template has for heads and feet; the words of the ids stay words."""
    word(text_of("agreement", "ตัวอย่าง-ข"))
    before = kept(store)
    draft = text_of("indicators", "ตัวอย่าง-ข")
    again = word(draft)
    assert len(kept(store)) == len(before) + 1, "the title"
    store.clear()
    assert word(draft) == again
    context: Any = draft.context
    typed = "&#10;gen-related-" + "0" * 32
    first, *others = context.sheets
    said = replace(context, sheets=(replace(first, name=typed), *others))
    assert typed in "".join(text_in(word(replace(draft, context=said))))


def text_in(data: bytes) -> list[str]:
    return [paragraph.text for paragraph in docx.Document(stream(data)).paragraphs]


def test_what_is_known_of_a_value_counts_what_templates_count() -> None:
    context: Any = text_of("agreement", "ตัวอย่าง-ข").context
    for name in context.__dataclass_fields__:
        value = getattr(context, name)
        assert told(value).count == count_values(value), name
    assert told(("ab", "c")).digest != told(("a", "bc")).digest
    assert told(((), ("a",))).digest != told((("a",), ())).digest


def test_what_a_template_may_take_does_not_depend_on_what_was_kept(
    store: PartStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    draft = text_of("agreement", "ตัวอย่าง-ข")
    word(draft)
    spent = sum((part.spent for part in kept(store).values()), Spent()).steps
    longest = max(part.spent.steps for part in kept(store).values())
    assert longest < spent - 500
    monkeypatch.setattr(sandbox, "STEPS", (spent - 400, 0))
    for _ in range(2):
        with pytest.raises(TemplateFault):
            word(draft)
        store.clear()


def test_an_entry_that_lies_is_found_out(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Also where no PDF is made to compare it with."""
    emptied(monkeypatch)
    right = fresh("indicators", "ตัวอย่าง-ข", formats=("docx",))
    store = emptied(monkeypatch, tmp_path)
    assert fresh("indicators", "ตัวอย่าง-ข", formats=("docx",)) == right
    name, part = next((n, p) for n, p in kept(store).items() if "เกณฑ์" in p.xml.decode())
    folder = PartFolder(tmp_path, kept_parts)
    folder.put(name, replace(part, xml=part.xml.replace("เกณฑ์".encode(), "เกณท์".encode(), 1)))
    store.clear()
    assert fresh("indicators", "ตัวอย่าง-ข", formats=("docx",)) == right
    assert store.folder is None


def example() -> KeptWordPart:
    bullet = ListKind("Body", "", "", "bullet", tab=True)
    return KeptWordPart(
        b"<w:p>\0</w:p><w:p>\0\xe0\xb8\x81</w:p>",
        bytes([0, 1]),
        (KeptItem(3, bullet, 1),),
        ("Body", "Strong"),
        ("rId1",),
        b"<w:sectPr/>",
        "section",
        12,
        b'<w:sectPr w="1"/>',
        ("Body",),
        Spent(1, 2, 3),
    )


def test_damaged_entries_are_made_anew(tmp_path: Path) -> None:
    folder, part = PartFolder(tmp_path, kept_parts), example()
    assert kept_parts.read(kept_parts.spelt(part)) == part
    folder.put("aa1", part)
    path = tmp_path / "aa" / "1.part"
    whole, chance = path.read_bytes(), random.Random(18)
    for _ in range(DAMAGES):
        data = bytearray(whole)
        match chance.randrange(3):
            case 0:
                data[chance.randrange(len(data))] ^= 1 << chance.randrange(8)
            case 1:
                del data[chance.randrange(len(data)) :]
            case _:
                data += chance.randbytes(chance.randrange(1, 40))
        path.write_bytes(data)
        assert folder.get("aa1") is None
        assert not path.exists()
    path.write_bytes(whole)
    assert folder.get("aa1") == part
    assert PartFolder(tmp_path, spelling).get("aa1") is None, "read as the part of a PDF"


def wrong() -> Iterator[KeptWordPart]:
    right = example()
    yield replace(right, filled=b"")
    yield replace(right, filled=bytes([0, 2]))
    yield replace(right, items=())
    yield replace(right, end="here")
    yield replace(right, end_at=10_000)
    yield replace(right, spent=Spent(-1, 0, 0))


@pytest.mark.parametrize("part", [*wrong()])
def test_what_is_whole_and_no_part_is_not_believed(part: KeptWordPart) -> None:
    with pytest.raises(ValueError):  # noqa: PT011
        kept_parts.read(kept_parts.spelt(part))
