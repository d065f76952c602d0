"""Words that fit no page are named where they were written."""

import pytest

from generator.agreements import lookup
from generator.agreements.record import DocumentInput, DocumentOptions
from generator.documents import inputs
from generator.verify import StoryPiece, squeezed
from generator.writers import placing
from support import making


@pytest.fixture(scope="module")
def origin() -> DocumentInput:
    found = lookup.find(making.WORLD, "ตัวอย่าง-ก")
    return inputs.find_input("agreement", found, DocumentOptions())


@pytest.mark.parametrize(
    ("words", "file"),
    [
        ("ประชาชนได้รับบริการตรงตามเวลาที่ประกาศไว้", "ตัวอย่าง-ก.yaml"),
        ("หัวหน้าหน่วยงานเห็นชอบแผน", "manuals.yaml"),
        ("ผู้อำนวยการกองตัวอย่าง ก", "ตัวอย่าง-ก.yaml"),
    ],
)
def test_what_is_lost_is_named_in_the_data(origin: DocumentInput, words: str, file: str) -> None:
    wanted = (StoryPiece("cell", "1"), StoryPiece("cell", squeezed(words) + "q" * placing.LONG))
    fault = placing.too_long(wanted, wanted[:1], origin)
    assert fault is not None
    path, line = fault.location.path, fault.location.line
    assert path.name == file
    assert words in path.read_text("utf-8").split("\n")[line - 1]
    assert "shorter" in fault.hint


def test_short_words_are_lost_by_a_template(origin: DocumentInput) -> None:
    wanted = (StoryPiece("cell", squeezed("หัวหน้าหน่วยงานเห็นชอบแผน")),)
    assert placing.too_long(wanted, (), origin) is None
