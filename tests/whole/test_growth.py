"""Time grows with a text's length, not with its square: every pattern, and what walks texts."""

from __future__ import annotations

import importlib
import pkgutil
import re
import time
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from pathlib import Path

import pikepdf
import pytest

import generator
from generator.agreements import editing, reading, yaml_tree
from generator.documents import numerals
from generator.scoring import level_words
from generator.verify import glyphs
from generator.verify.streams import UnpackBudget
from support.making import ROOT

_AGENCY = reading.read_agency(ROOT / "agreements" / "example-2570").agency.model
assert _AGENCY is not None
THAI = _AGENCY.model_copy(update={"digits": "thai"})
SIZE = 4_000
SEEDS = (
    *("a", "ก", "1", "๑", " ", "\n", "-", "1,", "1.", ",", ".", ":", "/", "(", '"', "_", "@", "}"),
    *("{{", "{%", "{#", "{%p ", "[[", "<", "<a", "<0>", "<0><0>[", "#\n", "# a\n", ": #\n", "{}a"),
)


def patterns() -> Iterator[tuple[str, re.Pattern[str] | re.Pattern[bytes]]]:
    """Every pattern that a module of the package keeps, by its name."""
    for module in pkgutil.walk_packages(generator.__path__, "generator."):
        if module.name.endswith("__main__"):
            continue
        for name, value in vars(importlib.import_module(module.name)).items():
            values = value.values() if isinstance(value, dict) else [value]
            for one in values:
                if isinstance(one, re.Pattern):
                    yield f"{module.name.removeprefix('generator.')}.{name}", one


KNOWN = dict(patterns())
WHOLE = {
    "typesetting.bound._LIST",
    "writers.pdf.parts.recording._REFERENCE",
    "agreements.editing._PLAIN",
    "agreements.model_faults._BESIDE_WORDS",
    "agreements.model_faults._KIND",
    "agreements.record._FIRST_ENTRY",
    "agreements.yaml_tree._HASH",
    "api.baselines._FIGURE",
    "documents.parts.rich._ITEM",
    "importing.workbook.cells._AMONG",
    "templates.check.paragraphs._CELL",
}
"""Patterns that only whole texts are matched with, or the text at one place."""


def test_names_of_patterns_are_those_of_modules() -> None:
    assert KNOWN.keys() >= WHOLE


def seeds(pattern: str) -> list[str]:
    """Texts to repeat: common ones, and what the pattern itself is made of."""
    own = [
        re.sub(r"\\(.)", r"\1", run) for run in re.findall(r"(?:\\\W|[^\W_]|[<:/#=-])+", pattern)
    ]
    joined = ("".join(own[:n]) for n in (2, 3))
    return list(dict.fromkeys(filter(None, [*SEEDS, *own[:8], *joined])))


def seconds(work: Callable[[], object]) -> float:
    begun = time.process_time()
    work()
    return time.process_time() - begun


def grows(work: Callable[[int], Callable[[], object]]) -> bool:
    """Whether twice as much text takes far more than twice as long."""
    if seconds(work(SIZE)) < 0.02:
        return False
    shorter, longer = (min(seconds(work(n)) for _ in range(3)) for n in (SIZE, 2 * SIZE))
    return longer > 0.05 and longer > 3 * shorter


def tried(
    pattern: re.Pattern[str] | re.Pattern[bytes], start: str, seed: str, *, whole: bool
) -> Callable[[int], Callable[[], object]]:
    def work(size: int) -> Callable[[], object]:
        text = start + seed * (size // len(seed)) + "\0"
        any_: re.Pattern[str] = pattern  # type: ignore[assignment]
        data: str = text if isinstance(pattern.pattern, str) else text.encode()  # type: ignore[assignment]
        if whole:
            return lambda: (any_.fullmatch(data), any_.match(data))
        return lambda: sum(1 for _ in any_.finditer(data))

    return work


@pytest.mark.parametrize("name", sorted(KNOWN))
def test_no_pattern_goes_back_over_its_text(name: str) -> None:
    pattern = KNOWN[name]
    written = pattern.pattern if isinstance(pattern.pattern, str) else pattern.pattern.decode()
    own = seeds(written)
    for start in ("", *own[len(SEEDS) :][:1]):
        for seed in own:
            assert not grows(tried(pattern, start, seed, whole=name in WHOLE)), (start, seed)


def test_an_unclosed_list_of_glyphs_takes_no_time() -> None:
    for body in (b"beginbfchar", b"beginbfrange <0><0>[", b"<0><0>["):
        data = body * (400_000 // len(body))
        assert seconds(partial(_glyphs, data)) < 1


def _glyphs(data: bytes) -> Mapping[int, str]:
    with pikepdf.Pdf.new() as pdf:
        font = pikepdf.Dictionary(Subtype=pikepdf.Name.Type0, ToUnicode=pdf.make_stream(data))
        return glyphs.glyph_map(font, UnpackBudget()).letters


def test_glyphs_are_found_section_by_section() -> None:
    data = (
        b"1 beginbfchar <01> <0E01> endbfchar 1 beginbfrange <02> <03> <0E02> endbfrange "
        b"beginbfrange <05> <06> [<0E05> <0E06>] endbfrange beginbfchar <07> <0E07>"
    )
    wanted = {1: "ก", 2: "ข", 3: "ฃ", 5: "ฅ", 6: "ฆ"}
    assert _glyphs(data) == wanted


@pytest.mark.parametrize(
    ("written", "wanted"),
    [
        ("รอบที่ 1 [[a1]] 2", "รอบที่ ๑ [[a1]] ๒"),
        ("ดู1https://x.go.th/1 1", "ดู1https://x.go.th/1 ๑"),
        ("1[[a1]]2www.x1 3", "1[[a1]]2www.x1 ๓"),
        ("[[a1]]1a@b2", "[[a1]]1a@b2"),
        ("a@b1[[c1", "a@b1[[c1"),
        ("[[1]]1[[2]]2", "[[1]]๑[[2]]๒"),
        ("1\n2", "๑\n๒"),
    ],
)
def test_digits_of_names_and_addresses_stay(written: str, wanted: str) -> None:
    assert numerals.written(THAI, written) == wanted


@pytest.mark.parametrize("seed", ["ก", "1", "[[a1", "1@", "[[", "@[[a"])
def test_a_long_word_takes_no_time(seed: str) -> None:
    text = seed * (80_000 // len(seed))
    assert seconds(lambda: numerals.written(THAI, text)) < 1


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("a: ", 1),
        ("a:  # b: c\n\n  # d: # e\n ", 1),
        ("x: y\na:\n", 6),
        ("a: b # c:\n", 8),
        ("a:\r\n# x\r\n", 1),
        ("a: b\n", None),
        ("# a:\n", None),
        ("", None),
    ],
)
def test_the_colon_of_an_empty_value(text: str, wanted: int | None) -> None:
    assert editing._colon(text, len(text)) == wanted


@pytest.mark.parametrize("line", ["# a: b\n", ": # x\n", "\n", "#:\n", "a: #\n"])
def test_many_lines_behind_a_key_take_no_time(line: str) -> None:
    text = f"a: b\nkey:\n{line * (400_000 // len(line))}"
    assert seconds(lambda: editing._colon(text, len(text))) < 1


@pytest.mark.parametrize("seed", ["1 ", "1-", "1 ถึง 2 ", "ที่ 1 ", "1;", ",111", "1,111"])
def test_words_of_levels_take_no_time(seed: str) -> None:
    text = "1" + seed * (80_000 // len(seed))
    assert seconds(lambda: level_words.read(text)) < 1
    assert seconds(lambda: level_words.read(text[: level_words.LONGEST])) < 1


@pytest.mark.parametrize(
    ("around", "seed"),
    [
        *(
            ("x: [{}]", seed)
            for seed in ("1,", "1,111,", "a, ", "a #b, ", "'\uf70a', ", "'\u200b', ")
        ),
        *(("{{{}}}", seed) for seed in ("1,", "1,111,", "a,")),
        *(
            ("{}", seed)
            for seed in ("- [1,111]\n", "- \uf70a\n", "- a #b\n", "# a\n", "a:\n", "- {a}\n")
        ),
        *(('x: "{}"', seed) for seed in ("\uf70a", " ", "\\\\")),
        ("x: |\n  {}", "a # b\n  "),
        ("x: {}", "\x01"),
        ("- a: b\n- {}", "a: "),
    ],
)
def test_a_file_of_any_length_is_read_in_time(around: str, seed: str) -> None:
    def work(size: int) -> Callable[[], object]:
        data = around.format(seed * (size // len(seed))).encode()
        return lambda: yaml_tree.parse(Path("x.yaml"), data)

    shorter, longer = (seconds(work(n)) for n in (20_000, 80_000))
    assert longer < 16 * max(shorter, 0.05)


def test_a_figure_with_commas_is_still_found() -> None:
    read = yaml_tree.parse(Path("x.yaml"), b"x: [1, 21,480]\n")
    (fault,) = read.faults
    assert "21,480" in fault.message
    assert (fault.location.line, fault.location.column) == (1, 8)
    assert not yaml_tree.parse(Path("x.yaml"), f"x: [{'1,' * 500}1]\n".encode()).faults
