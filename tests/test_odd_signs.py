"""Signs that aren't what they seem to be are named with their place, wherever a text is quoted."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator import odd_signs, thai
from generator.diagnostics import Diagnostic, Location, did_you_mean, fault
from generator.errors import UsageError
from generator.messages import message, speaking

PLACE = Location(Path("a.yaml"), 1, 1)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("กอส\u200b", "U+200B (ZERO WIDTH SPACE) after the third letter"),
        ("\ufeffกอส", "U+FEFF (ZERO WIDTH NO-BREAK SPACE) before the first letter"),
        ("ที่\u00a0ก", "U+00A0 (NO-BREAK SPACE, no ordinary space) after the first letter"),
        ("จ\u0e4d\u0e32นวน", "U+0E4D and U+0E32 (two signs for ำ) after the first letter"),
        ("แผนเเม่บท", "U+0E40 twice (two signs for แ) after the third letter"),
        ("ก\uf70aอน", "U+F70A (a private-use letter for \u0e48) after the first letter"),
        (
            "ท\u0e48\u0e35",
            "U+0E48 U+0E35 (marks in an order in which nobody types them) after the first letter",
        ),
        ("กขคงจฉชซฌญ\u200bก", "U+200B (ZERO WIDTH SPACE) after the 10th letter"),
        ("ที่ดิน", ""),
        ("น้ำ เด็ก ผู้ใหญ่ สิทธิ์ ฤๅษี 2566", ""),
    ],
)
def test_an_odd_sign_is_named_with_its_place(text: str, said: str) -> None:
    assert str(odd_signs.oddity(text) or "") == said


@given(st.text(st.sampled_from("กนเแาำๅัิีุู่้็์ํ \u200b\u00a0\uf70aAａ")))
def test_what_has_nothing_odd_folds_to_itself(text: str) -> None:
    if not odd_signs.oddity(text) and "ๅ" not in text:
        assert thai.folded(text) == " ".join(text.split())


@pytest.mark.parametrize(
    ("text", "said", "remedy"),
    [
        (
            "กnส",
            "U+006E (n, one of Latin letters among Thai letters) after the first letter",
            "type it anew with the keyboard set to Thai letters",
        ),
        (
            "w\u0435ight",
            "U+0435 (\u0435, one of Cyrillic letters among Latin letters) after the first letter",
            "type it anew with the keyboard set to Latin letters",
        ),
        (
            "ก\u0e9aส",
            "U+0E9A (\u0e9a, one of Lao letters among Thai letters) after the first letter",
            "type it anew with the keyboard set to Thai letters",
        ),
        ("1O0", "U+004F (O, which looks like 0) after the first letter", "type 0"),
        ("l5.5", "U+006C (l, which looks like 1) before the first letter", "type 1"),
        ("\u22125", "U+2212 (\u2212, which looks like -) before the first letter", "type -"),
        ("ก\u2011ข", "U+2011 (\u2011, which looks like -) after the first letter", "type -"),
        ("ก\u200bnส", "U+200B (ZERO WIDTH SPACE) after the first letter", "delete it"),
        ("ก\ufe0fข", "U+FE0F (VARIATION SELECTOR-16) after the first letter", "delete it"),
    ],
)
def test_a_sign_that_looks_like_another_is_named(text: str, said: str, remedy: str) -> None:
    found = odd_signs.misread(text)
    assert found is not None
    assert (str(found.said), found.remedy) == (said, remedy)


@pytest.mark.parametrize(
    "text",
    [
        "กอส",
        "weight",
        "KPI-กสค",
        "ระบบ e-Service",
        "ค่าpH ของน้ำ",
        "ตัวชี้วัดKPI",
        "2566–2570",
        "1,931",
        "-5",
        "๑๒๓",
        "กสค2",
        "น้ำ",
        "ผู้ใหญ่",
        "OO",
        "agreements/dsdw-2566/กอส.yaml",
    ],
)
def test_what_is_as_it_seems_is_left_alone(text: str) -> None:
    assert odd_signs.misread(text) is None


@given(st.text(max_size=30))
def test_no_text_raises(text: str) -> None:
    found = odd_signs.misread(text)
    assert found is None or (str(found.said) and found.remedy)


@pytest.mark.parametrize("sign", ["\u00a0", "\u200b", "\u200d", "\ufeff", "\u00ad", "\uf70a", "ｎ"])
def test_every_sign_has_a_remedy_in_both_languages(sign: str) -> None:
    found = odd_signs.misread(f"กอ{sign}ส")
    assert found is not None
    english = (str(found.said), found.remedy)
    with speaking("th"):
        thai_words = (str(found.said), found.remedy)
    assert all(thai_words)
    assert all(one != other for one, other in zip(english, thai_words, strict=True))
    assert f"U+{ord(sign):04X}" in thai_words[0]


# Every sentence that quotes a text


def test_a_fault_names_the_sign_of_a_text_that_it_quotes() -> None:
    bare = fault("key-missing", PLACE, key="กอ\u200bส")
    assert bare.hint == (
        "('กอ\u200bส' holds U+200B (ZERO WIDTH SPACE) after the second letter: delete it)"
    )
    hinted = fault("unknown-key", PLACE, hint=did_you_mean("กnส", ["กอส"]), key="กnส")
    assert hinted.hint.startswith("did you mean 'กอส'? ('กnส' holds U+006E (n, ")


def test_a_value_in_quotation_marks_and_one_in_an_inner_sentence_are_looked_at() -> None:
    one = fault("value-expected", PLACE, wanted=message("a-number"), found="'1O0'")
    assert "('1O0' holds U+004F" in one.hint
    inner = message("or", one="ก", other=message("quoted", name="ข\u200bค"))
    assert "'ข\u200bค' holds U+200B" in fault("known-names", PLACE, names=("ก", inner)).hint


def test_an_error_of_the_command_names_it_too() -> None:
    error = UsageError(message("known-names", names="กอ\u00a0ส"))
    assert "U+00A0 (NO-BREAK SPACE, no ordinary space) after the second letter" in error.hint


def test_a_sentence_that_names_the_sign_itself_names_it_once() -> None:
    one = fault("control-character", PLACE, number="U+200B\u200b")
    assert "holds" not in one.hint
    assert Diagnostic("plain words \u200b", PLACE).hint == ""
