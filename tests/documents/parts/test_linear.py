"""Bold words and equations are found in one pass: as the regular expressions did that went back."""

from __future__ import annotations

import re
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.documents.parts import equation, rich
from generator.documents.parts.equation import EquationTerm
from generator.documents.parts.rich import TextSpan

BOLD = re.compile(r"\*\*(?=\S)(.+?)(?<=\S)\*\*")
LINE = re.compile(r"(?P<left>\S.*? = )(?P<over>\S.*?) // (?P<under>\S.*)")
texts = st.text(st.sampled_from("* aก")) | st.text(st.sampled_from("*"))
lines = st.lists(st.sampled_from(["a", " = ", " // ", " ", "=", "/", "ก"])).map("".join)


@given(texts)
def test_bold_words_are_those_of_the_pattern(text: str) -> None:
    found = [span.text for span in rich._spans(text) if span.bold]
    assert found == [match[1] for match in BOLD.finditer(text)]
    assert "".join(f"**{s.text}**" if s.bold else s.text for s in rich._spans(text)) == text


@given(lines)
def test_equations_are_those_of_the_pattern(line: str) -> None:
    match = LINE.fullmatch(line)
    wanted = (
        (EquationTerm(match["left"]), EquationTerm(match["over"], match["under"])) if match else ()
    )
    assert equation.of_line(line) == wanted


def test_a_bold_word_and_an_equation() -> None:
    assert rich._spans("ก **ข** ** ค") == (
        TextSpan("ก "),
        TextSpan("ข", bold=True),
        TextSpan(" ** ค"),
    )
    assert equation.of_line("A = B // C") == (EquationTerm("A = "), EquationTerm("B", "C"))


@pytest.mark.parametrize("seed", ["**a ", "**", "** ", "a = ", "= ", "a = b // ", " // ", "a = //"])
def test_twenty_thousand_signs_take_no_time(seed: str) -> None:
    text = seed * (20_000 // len(seed))
    begun = time.process_time()
    rich._spans(text)
    equation.of_line(text.strip())
    assert time.process_time() - begun < 0.5
