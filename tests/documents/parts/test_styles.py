"""Which paragraph style the context gives Word, and that it says nothing."""

import io
import zipfile
from dataclasses import fields, is_dataclass
from pathlib import Path

import pytest

from generator.documents.identity import content, only_lays_out
from generator.documents.kinds import KINDS
from generator.documents.parts import rich, styles
from generator.documents.parts.rich import Paragraph, TextSpan
from generator.templates.check.context_types import reachable

WORD = Path(__file__).parents[3] / "templates/docx"
TEXT = "ก\n- ข\n  - ค\n    - ง\n  จ"


@pytest.mark.parametrize(
    ("family", "expected"),
    [
        (styles.BODY, ["BodyText", "Item1", "Item2", "Item2", "BodyText"]),
        (styles.CHAPTER, ["ChapterText", "Item1", "Item2", "Item2", "BodyText"]),
        (styles.GUIDE, ["SheetText", "Guide1", "Guide2", "Guide3", "SheetText"]),
        (
            styles.CHECKLIST,
            ["ChartCheck", "ChartCheck", "ChartCheck2", "ChartCheck2", "ChartCheck2"],
        ),
        (styles.REASON, ["Reason", "Reason", "ReasonItem", "ReasonItem", "ReasonItem"]),
    ],
)
def test_a_style_goes_by_marker_and_depth(family: styles.RichStyles, expected: list[str]) -> None:
    assert [block.style for block in family.on(rich.parse(TEXT))] == expected


def test_the_last_paragraph_stays_with_the_table() -> None:
    found = [block.style for block in styles.to_table(rich.parse("ก\n- ข\nค"))]
    assert found == ["ChapterText", "Item1", "ChapterTextNext"]
    assert styles.to_table(()) == ()


def test_a_style_makes_no_other_id() -> None:
    block = Paragraph((TextSpan("ก"),))
    assert content(styles.BODY.on((block,))) == content((block,))
    assert "style" not in str(content(styles.BODY.on((block,))))


def test_templates_may_choose_styles_themselves() -> None:
    asked = [field for kind in KINDS.values() for field in reachable(kind.context)]
    named = {(field.owner, field.name) for field in asked}
    assert (Paragraph, "spans") in named
    for owner, name in named:
        assert is_dataclass(owner)
        assert not any(only_lays_out(f) for f in fields(owner) if f.name == name), f"{owner} {name}"


def named() -> set[str]:
    """Every style that the contexts can name."""
    values = [value for name, value in vars(styles).items() if name.isupper()]
    found: set[str] = {value for value in values if isinstance(value, str)}
    for value in values:
        if isinstance(value, styles.RichStyles):
            found |= {*value.items, *value.others}
    return found


def test_the_shipped_templates_have_every_style() -> None:
    known: set[str] = set()
    for path in WORD.glob("*.docx"):
        with zipfile.ZipFile(io.BytesIO(path.read_bytes())) as package:
            known |= set(package.read("word/styles.xml").decode().split('w:styleId="')[1:])
    ids = {part.partition('"')[0] for part in known}
    assert len(named()) > 15
    assert named() - ids == set()
