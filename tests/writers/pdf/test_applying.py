"""Parts are told apart by the rules that may speak of them, and by no others."""

import re
from dataclasses import replace
from typing import Any

import pytest

from generator.writers.kept.store import PartStore
from generator.writers.pdf import adaptation, drawing, renderer
from generator.writers.pdf.jobs import PdfJob
from generator.writers.pdf.parts.applying import applying
from generator.writers.pdf.parts.declared import declared
from generator.writers.pdf.parts.recording import recorded
from support.making import fresh

PART = """<html><body class="thai"><section data-part CLASS='sheet  wide'><p class=note>"""


@pytest.mark.parametrize(
    "rule",
    [
        "p { margin: 0 }",
        ".sheet p { margin: 0 }",
        "section.sheet.wide > .note::before { content: '}' }",
        ".other, .note { color: red }",
        "p:not(.other) { color: red }",
        "p:is(.note, .other) { color: red }",
        ':is(p:not(.other)) { content: "/* .other" }',
        'a[href$=".png"] { color: red }',
        r".no\te { color: red }",
        "@page wide { size: A4; @top-left { content: element(other) } }",
        "@media print { .other { color: red } }",
        "#other { color: red }",
        ".thai p { font-family: x; }",
        "}",
        "p { color: red",
    ],
)
def test_a_rule_that_may_apply_counts(rule: str) -> None:
    for text in (rule, f".other {{ color: blue }} {rule}", f"{rule} .other {{ color: blue }}"):
        assert rule in applying(text, PART)


@pytest.mark.parametrize(
    "rule",
    [
        ".other { color: red }",
        "p.other, .sheet .another { color: red }",
        ".other:not(.sheet)::after { content: '{' }",
        ".shee { color: red }",
        ".note.other { color: red }",
        "@comment .sheet {} */ .other { color: red }".replace("@comment", "/*"),
    ],
)
def test_a_rule_that_applies_to_nothing_does_not(rule: str) -> None:
    page = "@page { size: A4 }"
    assert applying(f"{page} {rule} p {{ margin: 0 }}", PART).split("\n") == [
        page,
        "p { margin: 0 }",
    ]


def jobs(monkeypatch: pytest.MonkeyPatch, kind: str, subject: str) -> PdfJob:
    """What is drawn of a document."""
    found: list[PdfJob] = []
    draw = drawing.draw

    def listening(job: PdfJob) -> Any:
        found.append(job)
        return draw(job)

    with monkeypatch.context() as listened:
        listened.setattr(drawing, "draw", listening)
        fresh(kind, subject, formats=("pdf",))
    return found[0]


@pytest.mark.parametrize("kind", ["agreement", "personal"])
def test_all_other_rules_change_nothing(kind: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Laid out without them, a part is the same."""
    subject = {"agreement": "ตัวอย่าง-ข", "personal": "ตัวอย่าง-บุคคล"}[kind]
    job = jobs(monkeypatch, kind, subject)
    parts = declared(job.html)
    assert parts is not None
    shorter = 0
    with renderer.turn():
        for html in parts.parts:
            rules = applying(job.stylesheet, html)
            shorter += len(rules) < 0.8 * len(re.sub(r"/\*.*?\*/", "", job.stylesheet, flags=re.S))
            one, other = (
                recorded(drawing.rendered(replace(job, stylesheet=style), html), adaptation.tidy)
                for style in (job.stylesheet, rules)
            )
            assert one == other
    assert shorter, "every part is spoken of by all rules"


def test_sheets_alone_are_those_of_the_agreement(monkeypatch: pytest.MonkeyPatch) -> None:
    renderer.start()
    monkeypatch.setattr(drawing, "STORE", PartStore())
    fresh("agreement", "ตัวอย่าง-ก", formats=("pdf",))
    laid_out: list[object] = []

    def listening(*args: Any) -> Any:
        laid_out.append(args)
        return recorded(*args)

    monkeypatch.setattr(drawing, "recorded", listening)
    fresh("indicators", "ตัวอย่าง-ก", formats=("pdf",))
    assert len(laid_out) == 1, "that with the title"
