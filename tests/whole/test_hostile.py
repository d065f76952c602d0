"""Values are data: whatever is typed comes out as typed, and nothing is read or fetched."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

import pytest

from generator import verify
from generator.agreements import lookup, reading
from generator.agreements.blanks import fill_blanks
from generator.documents.agreement import build
from generator.documents.common import DocumentSubject
from generator.writers import document
from generator.writers.pdf import renderer
from support.making import WORLD, draft

HOSTILE = [
    "{{ 7*7 }}",
    "{% raw %}",
    "{% for x in range(9) %}x{% endfor %}",
    "{_{ 7*7 }_}",
    "{%tr for row in criteria.sections %}",
    "{# note #}",
    "<script>alert(1)</script>",
    '<img src="file:///etc/passwd">',
    '<img src="http://192.0.2.1/x.png">',
    "<w:t>x</w:t>",
    "&amp;",
    "&#65;",
    "<5%",
    "a & b < c > d",
    "]]>",
    "๏",
    "๛",
    "😀",
    "\\section{x}",
    "=1+1",
    "'; DROP TABLE units; --",
    "ก\u200bข",
    "“คำ” ‘พูด’",
]

_calls: list[str] = []
_listening = False


def _listen(event: str, arguments: tuple[Any, ...]) -> None:
    if not _listening:
        return
    if event.startswith(
        ("socket.connect", "socket.getaddrinfo", "urllib.", "subprocess.", "os.system")
    ):
        _calls.append(f"{event} {arguments!r}"[:200])
    if event == "open" and isinstance(arguments[0], str) and arguments[0].startswith("/etc/passwd"):
        _calls.append(f"open {arguments[0]}")


sys.addaudithook(_listen)


@contextmanager
def listening() -> Iterator[list[str]]:
    """Collects what tries to reach the network, run a program or read /etc/passwd."""
    global _listening  # noqa: PLW0603  (an audit hook can't be taken away again)
    _calls.clear()
    _ = WORLD.fonts
    renderer.start()
    _listening = True
    try:
        yield _calls
    finally:
        _listening = False


@pytest.mark.parametrize("words", HOSTILE)
def test_values_come_out_as_typed(words: str) -> None:
    folder = reading.read_agency(lookup.find(WORLD, "ตัวอย่าง-ก").folder)
    unit = reading.read_unit(folder, folder.unit_paths[0])
    assert folder.agency.model
    assert folder.wording.model
    model = unit.unit.model_copy(update={"name": f"ชื่อ {words} จบ", "duties": [f"งาน {words} จบ"]})
    items = []
    for resolved in unit.indicators[:2]:  # each is drawn like these
        indicator = resolved.item.indicator.model_copy(update={"name": f"ตัวชี้วัด {words} จบ"})
        for criteria in indicator.criteria.values():
            for name, level in list(criteria.levels.items()):
                if level.state == "defined":
                    criteria.levels[name] = level.model_copy(
                        update={"text": f"ระดับ {words} จบ", "table": None}
                    )
        items.append(resolved.item.model_copy(update={"indicator": indicator}))
    context = build(DocumentSubject(folder.agency.model, folder.wording.model, model, tuple(items)))
    with listening() as calls:
        written = document.write(WORLD, draft(context), document.FORMATS)
    assert calls == []
    for story in (verify.docx_content(written["docx"]), verify.pdf_facts(written["pdf"]).content):
        said = [piece.text for piece in story]
        for before in ("ชื่อ", "งาน", "ตัวชี้วัด", "ระดับ"):
            wanted = verify.squeezed(f"{before} {words} จบ")
            assert any(wanted in text for text in said), (before, words)


def test_the_listener_hears() -> None:
    with listening() as calls, open("/etc/passwd", encoding="utf-8"):
        pass
    assert calls == ["open /etc/passwd"]


def test_a_field_of_the_wording_is_not_filled_twice() -> None:
    folder = reading.read_agency(lookup.find(WORLD, "ตัวอย่าง-ก").folder)
    unit = reading.read_unit(folder, folder.unit_paths[0])
    assert folder.agency.model
    assert folder.wording.model
    model = unit.unit.model_copy(update={"name": "[[agency]] [[assessor.name]]"})
    context = build(DocumentSubject(folder.agency.model, folder.wording.model, model, ()))
    assert any("[[agency]] [[assessor.name]]" in line for line in context.title)


def test_fills_are_data_too() -> None:
    folder = reading.read_agency(lookup.find(WORLD, "ตัวอย่าง-ก").folder)
    unit = reading.read_unit(folder, folder.unit_paths[0])
    words = "<b>{{ 7*7 }}</b> [[topic]]"
    use = next(r for r in unit.indicators if r.item.use.blanks)
    name = next(iter(use.item.use.blanks))
    node = unit.file.node.find(use.place)
    texts = {name: replace(node.find(("blanks", name)), value=words)}
    filled, missing, faults = fill_blanks(
        folder.indicators[use.item.use.use or ""].node,
        replace(node, value={"blanks": replace(node.find(("blanks",)), value=texts)}),
    )
    assert not missing
    assert not faults
    assert words in str(filled.plain())
