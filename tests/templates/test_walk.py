"""What the template check knows of Jinja, shown on a context of every type."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import pytest

from generator.documents.kinds import DocumentKind
from generator.templates import check


@dataclass(frozen=True, slots=True)
class Leaf:
    """An item."""

    name: str
    note: str | None
    children: tuple[Leaf, ...]
    pair: tuple[str, Table]


@dataclass(frozen=True, slots=True)
class Table:
    """The other kind of item."""

    name: str
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Sample:
    """A context of every type."""

    leaf: Leaf | None
    leaves: tuple[Leaf, ...]
    mixed: tuple[Leaf | Table, ...]
    mode: Literal["short", "long"]
    count: int


@pytest.fixture
def names_faults(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], list[str]]:
    """What is wrong with the names in a template for ``Sample``."""
    kind = DocumentKind("sample", Sample, lambda subject: None)
    monkeypatch.setattr(check, "EVERY_KIND", {"sample": kind})
    folder = tmp_path / "html"
    folder.mkdir()
    (folder / "print.css").write_text("", "utf-8")
    (folder / "_part.html").write_text("{{ leaf.name }}{{ inside }}", "utf-8")
    (folder / "_base.html").write_text(
        "{% block top %}{{ count }}{% endblock %}{% block end %}{% endblock %}", "utf-8"
    )

    def faults(text: str) -> list[str]:
        (folder / "sample.html").write_text(text, "utf-8")
        found = [f for f in check.check([tmp_path]) if f.startswith("templates/html/")]
        return [f.split(": ", 1)[1] for f in found if not f.endswith("is used nowhere")]

    return faults


@pytest.mark.parametrize(
    "text",
    [
        "{% if leaf %}{{ leaf.name }}{% endif %}",
        "{% if leaf is not none %}{{ leaf.name }}{% endif %}",
        "{% if leaf is none %}-{% else %}{{ leaf.name }}{% endif %}",
        "{% if not leaf %}-{% elif count %}{{ leaf.name }}{% endif %}",
        "{% if leaf and leaf.note %}{{ leaf.note }}{% endif %}",
        "{{ leaf.name if leaf else '-' }}",
        "{{ not leaf or leaf.name }}",
        "{% for x in leaves if x.note %}{{ x.note }}{{ loop.index }}{{ loop.last }}{% endfor %}",
        "{{ leaves[0].pair[1].name }}{{ leaves[0].pair[0] }}{{ (leaves|first).name|upper }}",
        "{{ leaves|map(attribute='name')|join(', ') }}{{ leaves[1:]|length }}",
        "{% for a, b in [(1, 2)] %}{{ a + b }}{% endfor %}",
        "{% for x in mixed %}{{ x.name }}{% if x.rows is defined %}{{ x.rows[0][0] }}{% endif %}"
        "{% endfor %}",
        "{% set x = leaves[0] %}{{ x.name }}{% set y %}a{% endset %}{{ y }}",
        "{% if count %}{% set x = 1 %}{% else %}{% set x = 2 %}{% endif %}{{ x }}",
        "{% if foreign is defined %}{{ foreign.anything }}{% endif %}",
        "{% macro m(x, y=1) %}{{ x.name }}{{ y }}{{ n(x) }}{% endmacro %}"
        "{% macro n(x) %}{% for c in x.children %}{{ n(c) }}{% endfor %}{% endmacro %}"
        "{{ m(leaves[0]) }}{{ m(leaves[0], y=2) }}",
        "{% macro m() %}{{ caller() }}{% endmacro %}{% call m() %}{{ count }}{% endcall %}",
        "{% if leaf %}{% for inside in ['a'] %}{% include '_part.html' %}{% endfor %}{% endif %}",
        "{% extends '_base.html' %}{% block top %}{{ super() }}{{ mode }}{% endblock %}",
        "{% with x = count %}{{ x }}{% endwith %}{{ mode.upper() }}{{ range(3)|list|length }}",
        "{% if mode == 'short' %}a{% endif %}{% for x in leaves recursive %}"
        "{{ loop(x.children) }}{% endfor %}",
        "{% set ns = namespace(n=0) %}{% set ns.n = 1 %}{{ ns.n }}",
    ],
)
def test_what_is_right(names_faults: Callable[[str], list[str]], text: str) -> None:
    assert names_faults(text) == []


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("{{ leaf.name }}", "'leaf' may be missing"),
        ("{% if not leaf %}{{ leaf.name }}{% endif %}", "'leaf' may be missing"),
        ("{% if leaf or count %}{{ leaf.name }}{% endif %}", "'leaf' may be missing"),
        ("{% if leaf %}-{% endif %}{{ leaf.name }}", "'leaf' may be missing"),
        ("{{ leaves[0].note }}", "'leaves[0].note' may be missing"),
        ("{% for x in leaves %}{{ x.note|upper }}{% endfor %}", "'x.note' may be missing"),
        (
            "{% for x in leaves %}{% if x.note %}{% for x in x.children %}{{ x.note }}{% endfor %}"
            "{% endif %}{% endfor %}",
            "'x.note' may be missing",
        ),
        ("{% for x in leaves %}-{% endfor %}{{ x }}", "there is no 'x'"),
        ("{% if count %}{% set y = 1 %}{% endif %}{{ y }}", "there is no 'y'"),
        ("{{ leaves.name }}", "'leaves', a list, has no field 'name'"),
        ("{{ (leaves|first).nme }}", "Leaf has no field 'nme' (did you mean 'name'?)"),
        ("{{ leaves[0].pair[1].nme }}", "Table has no field 'nme' (did you mean 'name'?)"),
        ("{{ leaves|map(attribute='nme')|join }}", "Leaf has no field 'nme'"),
        ("{{ leaves|selectattr('nme')|list|length }}", "Leaf has no field 'nme'"),
        ("{% for x in mixed %}{{ x.rws }}{% endfor %}", "Leaf has no field 'rws'"),
        ("{{ mode.uper() }}", "'mode', text, has no field 'uper' (did you mean 'upper'"),
        ("{% if mode == 'shrt' %}{% endif %}", "'mode' is never 'shrt' (did you mean 'short'?)"),
        ("{% for x in leaves %}{{ loop.frist }}{% endfor %}", "loop has no field 'frist'"),
        ("{% for x in mode %}{% endfor %}", "'mode' is text, not a list"),
        ("{{ count[0] }}", "'count' is a number, not a list"),
        ("{{ leaves[0] }}", "'leaves[0]' is a Leaf; it can't be printed"),
        ("{{ count() }}", "'count' is a number; it can't be called"),
        ("{% if count is od %}{% endif %}", "there is no test 'od' (did you mean 'odd'?)"),
        ("{% macro m(x) %}{{ x.nme }}{% endmacro %}{{ m(leaves[0]) }}", "Leaf has no field 'nme'"),
        ("{% macro m(x) %}{{ x }}{% endmacro %}{{ m(y=1, x=2) }}", "the macro m takes no 'y'"),
        ("{% include '_prt.html' %}", "there is no template '_prt.html'"),
        ("{% include mode %}", "the name of a template must stand here, in quotes"),
        ("{% if leaf %}{% include '_part.html' %}{% endif %}", "there is no 'inside'"),
        (
            "{% extends '_base.html' %}{% block top %}{{ super().x }}{{ moed }}{% endblock %}",
            "'super(…)', text, has no field 'x'",
        ),
    ],
)
def test_what_is_wrong(names_faults: Callable[[str], list[str]], text: str, fault: str) -> None:
    assert names_faults(text)[0].startswith(fault)
