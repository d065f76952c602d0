"""Templates within bounds: what takes too much is refused by what it does, never by the clock."""

from __future__ import annotations

import shutil
import time
import zipfile
from pathlib import Path

import pytest
from jinja2 import DictLoader

from generator.agreements import lookup
from generator.agreements.record import DocumentOptions
from generator.api import documents
from generator.documents.kinds import KINDS
from generator.errors import TemplateFault
from generator.templates import check
from generator.templates.locate import find
from generator.templates.sandbox import BROKEN, Bounded, Exhausted
from generator.workspace.environment import Workspace
from generator.writers import document
from support import making

NESTED = "{% for a in range(99999) %}{% for b in range(99999) %}{% endfor %}{% endfor %}"
ENDLESS = [
    NESTED,
    NESTED.replace("{% endfor %}{% endfor %}", "x{% endfor %}{% endfor %}"),
    "{% for a in range(99999) %}<p>x</p>{% endfor %}",
    "{{ 'x'.center(10**9) }}",
    "{{ 'x'|center(1000000000) }}",
    "{{ 'x'.ljust(1000000000) }}",
    "{{ 'x' * 10**9 }}",
    "{{ [1] * 10**9 }}",
    "{{ 9 ** (9 ** 9) }}",
    "{{ '%999999999d' % 1 }}",
    "{{ '%999999999d'|format(1) }}",
    "{{ '{:999999999}'.format(1) }}",
    "{{ '\t'.expandtabs(10**9) }}",
    "{{ ('x' * 9999).replace('x', 'y' * 9999) }}",
    "{{ ('x' * 9999)|replace('x', 'y' * 9999) }}",
    "{{ ('y' * 9999).join(range(9999)|map('string')|list) }}",
    "{{ (['y' * 9999] * 9999)|join }}",
    "{{ range(99999)|join('y' * 9999) }}",
    "{{ ('x\n' * 9999)|indent(9999) }}",
    "{{ (1).to_bytes(10**9) }}",
    "{% filter center(10**9) %}x{% endfilter %}",
    "{% set n = namespace(x='xx') %}{% for i in range(99) %}{% set n.x = n.x ~ n.x %}{% endfor %}",
    "{% set n = namespace(x='xx') %}{% for i in range(99) %}{% set n.x = n.x + n.x %}{% endfor %}",
    "{% set n = namespace(x=[1]) %}{% for i in range(99) %}{% set n.x = [n.x, n.x] %}{% endfor %}"
    "{{ n.x }}",
    "{% macro m(n) %}{% if n %}{{ m(n - 1) }}{{ m(n - 1) }}{% endif %}{% endmacro %}{{ m(60) }}",
    "{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}",
    "{% for x in [1, 2] recursive %}{{ loop([1, 2]) }}{% endfor %}",
    "{% include 'self' %}{% include 'self' %}",
    "{{ range(99999)|sum(start=[]) }}",
    "{{ 1 / 0 }}",
    "{{ 'x' + 1 }}",
    "{{ [1][7] }}",
    "{{ lipsum(n=10**6) }}",
]


@pytest.mark.parametrize("form", ["docx", "html"])
@pytest.mark.parametrize("text", ENDLESS)
def test_what_never_ends_or_fits_is_refused_at_once(form: str, text: str) -> None:
    begun = time.process_time()
    environment = Bounded(form, DictLoader({"self": text}))
    template = environment.get_template("self")
    with pytest.raises(BROKEN):
        environment.whole(template, {})
    assert time.process_time() - begun < 5


def test_the_same_text_is_refused_everywhere_or_nowhere() -> None:
    environment = Bounded("html")
    template = environment.from_string("{% for i in range(n) %}{{ i }}{% endfor %}")

    def most() -> int:
        low, high = 1, 99_999
        while high - low > 1:
            middle = (low + high) // 2
            try:
                environment.whole(template, {"n": middle})
            except Exhausted:
                high = middle
            else:
                low = middle
        return low

    assert most() == most() > 20_000


def test_more_data_may_take_more() -> None:
    environment = Bounded("html")
    template = environment.from_string("{% for x in xs %}<p>{{ x }}</p>{% endfor %}")
    many = tuple(str(number) for number in range(60_000))
    assert environment.whole(template, {"xs": many}).count("<p>") == len(many)


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("{{ 'ก'.center(5) }}|{{ 'ก'|center(3) }}", "  ก  | ก "),
        ("{{ '%02d'|format(7) }}{{ 7 * 6 }}{{ 2 ** 10 }}{{ 7 % 4 }}", "074210243"),
        ("{{ [1, 2]|map('string')|join('-') }}{{ 'a' ~ 1 ~ none }}", "1-2a1None"),
        ("{{ 'a-b'.replace('-', '+') }}{{ 'ab'.upper() }}{{ 'a b'.split()[1] }}", "a+bABb"),
        ("{% for x in 'ab' %}{{ loop.index }}/{{ loop.length }}{{ x }}{% endfor %}", "1/2a2/2b"),
        ("{% for x in [] %}{% else %}none{% endfor %}", "none"),
        ("{% for x in [1, 2] if x > 1 %}{{ x }}{{ loop.last }}{% endfor %}", "2True"),
        ("{{ '<' }}{{ '<'|safe }}{{ ['<']|join }}", "&lt;<&lt;"),
        ("{{ [3, 1]|sort|first }}{{ 3 in [1, 3] }}{{ 3 is in [1] }}", "1TrueFalse"),
        ("{{ nothing is defined }}{{ nothing|default('x') }}", "Falsex"),
    ],
)
def test_what_templates_do_stays_as_it_was(text: str, wanted: str) -> None:
    environment = Bounded("docx")
    assert environment.whole(environment.from_string(text), {}) == wanted


def test_a_lost_name_is_still_named() -> None:
    environment = Bounded("docx")
    with pytest.raises(BROKEN, match="'titel' is undefined"):
        environment.whole(environment.from_string("{{ titel }}"), {})


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    for name in ("agreements/example-2570", "templates"):
        shutil.copytree(making.ROOT / name, tmp_path / name)
    return tmp_path


def make(workspace: Path) -> documents.GeneratedFiles:
    document.forget_templates()
    world = Workspace(workspace, {})
    return documents.make(
        world, "agreement", lookup.find(world, "ตัวอย่าง-ก"), options=DocumentOptions(sheets=False)
    )


def test_a_document_names_the_template_that_takes_too_much(workspace: Path) -> None:
    page = workspace / "templates/html/agreement.html"
    text = page.read_text("utf-8")
    page.write_text(
        text.replace("{% for clause in clauses %}", NESTED + "{% for clause in clauses %}")
    )
    line = text[: text.index("{% for clause in clauses %}")].count("\n") + 1
    with pytest.raises(
        TemplateFault, match=rf"templates/html/agreement.html:{line}: it takes more"
    ):
        make(workspace)


def change(path: Path, part: str, old: str, new: str) -> None:
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    assert old.encode() in parts[part]
    parts[part] = parts[part].replace(old.encode(), new.encode(), 1)
    with zipfile.ZipFile(path, "w") as archive:
        for name, data in parts.items():
            archive.writestr(name, data)


def test_a_word_template_too(workspace: Path) -> None:
    path = workspace / "templates/docx/agreement.docx"
    change(path, "word/document.xml", "{{ clause.text }}", "{{ clause.text.center(10**9) }}")
    with pytest.raises(
        TemplateFault, match=r"agreement.docx: paragraph \d+ .*center takes numbers"
    ):
        make(workspace)


# What a template takes in lies beside it


@pytest.mark.parametrize(
    "name",
    ["../../../x.docx", "/tmp/x.docx", "sub/x.docx", "..\\x.docx", "..", "", ".", "x\0.docx"],
)
def test_an_include_leads_nowhere_else(workspace: Path, name: str) -> None:
    shutil.copy(workspace / "templates/docx/_parts.docx", workspace / "x.docx")
    with pytest.raises(TemplateFault, match=r"is no template's name|there is no template"):
        find([workspace / "templates"], "docx", "example-2570", name)


def test_a_link_to_a_file_elsewhere_is_no_template(workspace: Path, tmp_path: Path) -> None:
    secret = tmp_path / "secret.docx"
    (workspace / "templates/docx/_parts.docx").rename(secret)
    (workspace / "templates/docx/_parts.docx").symlink_to(secret)
    with pytest.raises(TemplateFault, match="leads outside"):
        find([workspace / "templates"], "docx", "", "_parts.docx")


def test_a_page_takes_in_nothing_from_elsewhere(workspace: Path) -> None:
    (workspace / "secret.html").write_text("secret")
    page = workspace / "templates/html/agreement.html"
    text = page.read_text("utf-8")
    link = workspace / "templates/html/_link.html"
    link.symlink_to(workspace / "secret.html")
    for name in ("../../secret.html", str(workspace / "secret.html"), "_link.html"):
        changed = text.replace("{{ titles(", f'{{% include "{name}" %}}{{{{ titles(', 1)
        assert changed != text
        page.write_text(changed, "utf-8")
        with pytest.raises(TemplateFault):
            make(workspace)


def test_what_the_check_refuses_a_run_refuses(workspace: Path) -> None:
    path = workspace / "templates/docx/agreement.docx"
    change(
        path, "word/document.xml", '{%p include "_parts.docx" %}', '{%p include "../../x.docx" %}'
    )
    shutil.copy(workspace / "templates/docx/_parts.docx", workspace / "x.docx")
    with pytest.raises(TemplateFault):
        make(workspace)
    found = check.of_template(
        [workspace / "templates"], "docx", "", KINDS["agreement"], "agreement.docx"
    )[1]
    assert any("is no template's name" in fault.message for fault in found)
