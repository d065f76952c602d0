"""The markup of text values."""

from hypothesis import given
from hypothesis import strategies as st

from generator.documents.parts import rich
from generator.documents.parts.rich import Paragraph, TextSpan

TEXT = st.text(st.characters(blacklist_categories=("Cc", "Cs")), max_size=80)


def test_lines_are_paragraphs() -> None:
    assert rich.parse("หนึ่ง\n\nสอง") == (
        Paragraph((TextSpan("หนึ่ง"),)),
        Paragraph((TextSpan("สอง"),)),
    )


def test_list_items_keep_their_own_marker_and_depth() -> None:
    blocks = rich.parse("- ก\n  - ข\n1) ค\n(2) ง\n3. จ")
    assert [(b.marker, b.depth, b.spans[0].text) for b in blocks] == [
        ("-", 0, "ก"),
        ("-", 1, "ข"),
        ("1)", 0, "ค"),
        ("(2)", 0, "ง"),
        ("3.", 0, "จ"),
    ]


def test_figures_at_the_start_of_a_line_are_no_marker() -> None:
    for text in ("55.00 – 64.99 คะแนน", "424.92 คะแนน", "-", "- ", "-5", "4.0 ระดับ"):
        (block,) = rich.parse(text)
        assert block.marker == ""
        assert block.text == text.strip()


def test_bold() -> None:
    (block,) = rich.parse("- **กลุ่ม A :** เป็นกลุ่ม")
    assert block.spans == (TextSpan("กลุ่ม A :", bold=True), TextSpan(" เป็นกลุ่ม"))


def test_lone_asterisks_are_letters() -> None:
    for text in ("2 ** 3", "*ดอกจัน*", "****", "** ไม่หนา **"):
        (block,) = rich.parse(text)
        assert block.text == text
        assert not any(span.bold for span in block.spans)


@given(TEXT)
def test_nothing_else_means_anything(text: str) -> None:
    """Apart from markers, bold and line breaks, what is typed is what comes out."""
    (block,) = rich.plain(f"x{text}")
    assert block.text == f"x{text}"
    for parsed in rich.parse(text.replace("*", "+")):
        assert parsed.text.replace(" ", "") in text.replace("*", "+").replace("\t", "").replace(
            " ", ""
        )


def test_numbered_items_keep_what_follows_below_them() -> None:
    blocks = rich.numbered(["หนึ่ง\nต่อ", "สอง"], str)
    assert [(b.marker, b.depth, b.text) for b in blocks] == [
        ("1.", 0, "1. หนึ่ง"),
        ("", 1, "ต่อ"),
        ("2.", 0, "2. สอง"),
    ]


def test_a_prefix_comes_before_the_first_words() -> None:
    assert rich.prefixed("ความพึงพอใจ", rich.parse("ร้อยละ 85"))[0].text == "- ความพึงพอใจ ร้อยละ 85"


def test_a_cell_is_never_without_a_paragraph() -> None:
    assert rich.cell(()) == (Paragraph(()),)
    assert rich.cell(rich.plain("ก")) == rich.plain("ก")
