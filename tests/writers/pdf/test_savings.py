"""What the renderer is spared changes nothing in what it makes."""

import inspect
import re
from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest

from generator.errors import MissingError, RenderingError
from generator.writers.kept.store import PartStore
from generator.writers.pdf import drawing, made_fonts, renderer, savings
from generator.writers.pdf.jobs import PdfJob
from generator.writers.pdf.parts import furniture
from generator.writers.pdf.savings import (
    drawn_lines,
    kept_struts,
    measured_lines,
    resolved_lengths,
    shared_styles,
    text_styles,
    usual_boxes,
    usual_values,
    written_once,
)
from support.making import WORLD, fresh

SAVINGS = {
    found.__name__.rpartition(".")[2]: found
    for found in (
        *(shared_styles, usual_values, resolved_lengths, measured_lines, drawn_lines),
        *(usual_boxes, kept_struts, written_once, furniture),
    )
}
SMALL = ("agreement", "blank moi-2547")
LARGER = (("report", "ตัวอย่าง-ก"), ("survey", "ตัวอย่าง-ก:visitors"))


def pdf(kind: str, subject: str) -> bytes:
    """A document, none of whose parts is kept from an earlier one."""
    drawing.STORE.clear()
    return fresh(kind, subject, formats=("pdf",))["pdf"]


@pytest.fixture(autouse=True)
def nothing_kept(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    renderer.start()
    monkeypatch.setattr(drawing, "STORE", PartStore())
    forget()
    yield
    forget()


def forget() -> None:
    measured_lines._lines.clear()
    drawn_lines._lines.clear()
    made_fonts._made.clear()


def test_each_saving_alone_changes_no_byte(monkeypatch: pytest.MonkeyPatch) -> None:
    made = pdf(*SMALL)
    for name, saved in SAVINGS.items():
        with monkeypatch.context() as let_be:
            let_be.setattr(saved.saving, "on", False)
            forget()
            assert pdf(*SMALL) == made, name


@pytest.mark.parametrize(("kind", "subject"), LARGER)
def test_all_of_them_change_no_byte_nor_does_what_is_kept(
    kind: str, subject: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = pdf(kind, subject)
    pdf(*SMALL)  # the same words in another document
    assert pdf(kind, subject) == made
    for saved in SAVINGS.values():
        monkeypatch.setattr(saved.saving, "on", False)
    assert pdf(kind, subject) == made


@pytest.mark.parametrize("saved", [measured_lines, drawn_lines])
def test_what_is_kept_is_not_worked_out_again(saved: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    pdf(*SMALL)
    asked = 0
    original = saved._original

    def counted(*args: Any) -> Any:
        nonlocal asked
        asked += 1
        return original(*args)

    monkeypatch.setattr(saved, "_original", counted)
    pdf(*SMALL)
    assert asked == 0
    monkeypatch.setattr(saved.saving, "on", False)
    pdf(*SMALL)
    assert asked > 100


def test_a_letter_that_no_face_has_is_told_each_time() -> None:
    html = "<html lang='th'><title>x</title><p>ก \U0001f469</p>"
    job = PdfJob("", WORLD.font, html, None, {}, (), date(2026, 1, 1))
    for _ in range(2):
        with pytest.raises(RenderingError, match="notdef"):
            drawing.draw(job)


def test_all_that_shaping_asks_a_style_for_is_in_its_number() -> None:
    from weasyprint.text import fonts, line_break

    source = "".join(map(inspect.getsource, (line_break, fonts)))
    asked = set(re.findall(r"style\['(\w+)'\]", source)) - {"line_height"}
    assert len(asked) > 25
    assert asked <= set(text_styles.PROPERTIES)


def test_an_untested_version_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(written_once, "TESTED", {"pydyf": ("0.0.1",)})
    with pytest.raises(MissingError, match="pydyf"):
        savings.apply()
