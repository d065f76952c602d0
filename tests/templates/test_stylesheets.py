"""Each document has the common stylesheet and those of the templates it is made of, no others."""

from pathlib import Path

import pytest

from generator.documents.kinds import KINDS
from generator.errors import TemplateFault
from generator.templates import html
from generator.templates.html import HtmlTemplates
from support.making import ROOT

HTML = ROOT / "templates" / "html"
LONGEST = 160


def templates(*roots: Path) -> HtmlTemplates:
    return HtmlTemplates((*roots, ROOT / "templates"), "x-2570")


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_its_own_and_the_common_one(kind: str) -> None:
    sheet = templates().stylesheet(kind)
    assert sheet.startswith((HTML / "print.css").read_text("utf-8"))
    own = HTML / f"{kind}.css"
    if own.is_file():
        assert sheet.endswith(own.read_text("utf-8"))
    foreign = sorted(
        other for other in KINDS if other != kind and (HTML / f"{other}.css").is_file()
    )
    assert foreign
    for other in foreign:
        assert (HTML / f"{other}.css").read_text("utf-8") not in sheet


def test_of_what_is_taken_in() -> None:
    sheets = (HTML / "_sheets.css").read_text("utf-8")
    assert [kind for kind in sorted(KINDS) if sheets in templates().stylesheet(kind)] == [
        "agreement",
        "indicators",
    ]


def test_an_agency_has_its_own(tmp_path: Path) -> None:
    folder = tmp_path / "html" / "x-2570"
    folder.mkdir(parents=True)
    (folder / "report.css").write_text("/* ours */", "utf-8")
    assert templates(tmp_path).stylesheet("report").endswith("/* ours */")
    assert "/* ours */" not in templates(tmp_path).stylesheet("summary")


def test_templates_that_take_each_other_in(tmp_path: Path) -> None:
    folder = tmp_path / "html"
    folder.mkdir()
    (folder / "report.html").write_text('{% include "_a.html" %}', "utf-8")
    (folder / "_a.html").write_text('{% include "report.html" %}', "utf-8")
    assert templates(tmp_path).stylesheet("report")
    (folder / "_a.html").write_text("{% if %}", "utf-8")
    with pytest.raises(TemplateFault, match=r"_a\.html:1"):
        templates(tmp_path).stylesheet("report")


def test_every_stylesheet_belongs_to_a_template() -> None:
    called = {html.stylesheet_of(path.name) for path in HTML.glob("*.html")}
    assert {path.name for path in HTML.glob("*.css")} <= {html.STYLESHEET, *called}


def test_a_class_means_one_thing() -> None:
    """Bars and the wall chart were both called chart, and the one's rules hit the other."""
    for kind in ("report", "survey-report"):
        assert ".chart " not in templates().stylesheet(kind)


def test_no_line_is_too_long() -> None:
    files = (path for path in sorted(HTML.iterdir()) if path.suffix in (".html", ".css"))
    long = [
        f"{path.name}:{number}"
        for path in files
        for number, line in enumerate(path.read_text("utf-8").split("\n"), start=1)
        if len(line) > LONGEST
    ]
    assert long == []
