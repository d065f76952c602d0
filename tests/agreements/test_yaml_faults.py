"""What is no YAML is explained in the officer's words, at the place where the mistake is."""

from __future__ import annotations

import ast
import random
import re
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from generator.agreements import yaml_faults, yaml_tree
from generator.diagnostics import Severity
from support.strategies import yaml_like

PATH = Path("x.yaml")
PARSERS = [yaml_tree._Loader, yaml.SafeLoader]
"""libyaml's and PyYAML's own; which is there depends on the machine. They complain differently."""

YAMLS_WORDS = re.compile(
    r"not valid YAML|scanning|scalar|mapping values|allowed (?:in this context|here)|block end|"
    r"node content|flow (?:sequence|mapping)|block (?:mapping|collection|sequence)|simple key|"
    r"token|directive|document (?:start|indicator|separator)|stream|octet|"
    r"but found|but got|expected '"
)


@pytest.fixture(params=PARSERS, ids=lambda loader: loader.__name__)
def parser(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(yaml_tree, "_Loader", request.param)


CASES = [
    # the missing colon, at its own line
    ("level: division\nstatus draft\nindicators: []\n", "2:1 there is no ':' after the key"),
    ("name ศูนย์\nlevel: division\n", "1:1 there is no ':' after the key in 'name ศูนย์'"),
    ("a:\n  - use itsd\n    weight: 5\n", "2:5 there is no ':' after the key in 'use itsd'"),
    ("a:\n  - use itsd\n      weight: 5\n", "2:5 there is no ':' after the key in 'use itsd'"),
    ("a: 1\n\n# ข\nkey words\n\n  - item: x\n", "4:1 there is no ':' after the key"),
    ("a: 1\nstatus:draft\nb: 2\n", "2:7 there is no space after the colon in 'status:draft'"),
    ("status:draft\nb: 2\n", "1:7 there is no space after the colon in 'status:draft'"),
    # a colon too many
    ("a: 1\nname: กอง: สาม\n", "2:10 a second ': ' in 'name: กอง: สาม'"),
    ("url: http://x: y\n", "1:14 a second ': '"),
    # indentation
    ("name: กอง\n   level: x\n", "2:4 this line stands below the value of 'name'"),
    ("name: กอง\n  สาม\n   level: x\n", "3:4 this line stands below the value of 'name'"),
    ("a:\n   b: 1\n  c: 2\n", "3:3 'c: 2' begins at a column where nothing above it begins"),
    ("a: 1\n- b\n", "2:1 a list item (-) stands among keys"),
    ("- a: 1\nb: 2\n", "2:1 'b: 2' stands in a list, but is no item of it"),
    ("a: - b\n", "1:4 a list can't begin on the line of its key"),
    ("  a: x\nb: y\n", "2:1 'b: y' stands further left than the file's first line"),
    ("a:\n\tb: 1\n", "2:1 a tab stands here"),
    # quotes and brackets
    ('name: "กอง" ที่\n', "1:13 text stands after the closing \": 'ที่'"),
    ("a: 'it's'\n", "1:8 text stands after the closing '"),
    ("name: [กอง] ที่\nb: 1\n", "1:13 text stands after the closing ]: 'ที่'"),
    ('a: "x\nb: 2\nc: "y"\n', '1:4 the " that begins here is not closed in its line'),
    ("a: 'x\n", "1:4 the ' that begins here is not closed in its line"),
    ("a: [1, 2\nb: 3\n", "1:4 the [ that begins here is not closed"),
    ("a:\n  1: {text: ก\n  2: {text: ข}\n", "2:6 the { that begins here is not closed"),
    ("a: {x: 1 y: 2}\n", "1:11 a comma or the closing } is expected before ': 2}'"),
    ('a: "c:\\dir"\n', "1:7 '\\d' stands for nothing in double quotes"),
    ('a: "\\xzz"\n', "1:5 '\\x' stands for nothing in double quotes"),
    # signs with which a text can't begin
    *((f"a: {sign}ข\n", f"1:4 a value can't begin with {sign}") for sign in "@`%]"),
    ("name: **หนา** x\n", "1:7 a value can't begin with *"),
    ("a: & ข\n", "1:4 a value can't begin with &"),
    ("a: !<ข\n", "1:4 a value can't begin with !"),
    ("a: | ข\n  ค\n", "1:6 nothing can stand behind | in its line"),
    # a comment where text was meant
    ("a: ข้อ #1\n  และ 2\n", "1:8 what stands behind ' #' is a comment"),
    ("a: [ข้อ #1, ข้อ 2]\n", "1:9 what stands behind ' #' is a comment"),
    # a comma in a figure
    ("a: {5: 21,480, 4: 3}\n", "1:8 in braces the comma divides 21,480"),
    ("a: {5: ๑,๒๓๔,๕๖๗}\n", "1:8 in braces the comma divides ๑,๒๓๔,๕๖๗"),
    ("a: {t: ร้อยละ 80, ขึ้นไป, at: 5}\n", "1:19 'ขึ้นไป' stands in braces without a value"),
]


@pytest.mark.parametrize(("text", "said"), CASES, ids=[text for text, _ in CASES])
@pytest.mark.usefixtures("parser")
def test_one_mistake_is_one_fault_where_it_is(text: str, said: str) -> None:
    (fault,) = yaml_tree.parse(PATH, text.encode()).faults
    found = f"{fault.location.line}:{fault.location.column} {fault.message}"
    assert found.startswith(said)
    assert fault.hint
    assert not YAMLS_WORDS.search(fault.shown())


WARNED = [
    ("a: ข้อความ #1 more\n", "1:12 what stands behind ' #' is a comment and is left out: '#1 more'"),
    ("a: ก # ข\n", "1:6 what stands behind ' #'"),
    ("a: ก   #ข\n", "1:8 what stands behind ' #'"),
    ("a: #1 ข\n", "1:4 what stands behind ' #'"),
    ("- ก #ข\n", "1:5 what stands behind ' #'"),
    ("a: [1,234]\n", "1:5 in a list the comma divides 1,234"),
]


@pytest.mark.parametrize(("text", "said"), WARNED, ids=[text for text, _ in WARNED])
def test_what_would_be_lost_without_a_word_is_a_warning(text: str, said: str) -> None:
    read = yaml_tree.parse(PATH, text.encode())
    (fault,) = read.faults
    assert read.node is not None
    assert fault.severity is Severity.WARNING
    assert f"{fault.location.line}:{fault.location.column} {fault.message}".startswith(said)


@pytest.mark.parametrize(
    "text",
    [
        'a: "ข้อ #1"\n',
        "a: |\n  ข้อ #1 ของ\n",
        "a: 5 # as before\n",
        "a: คำรับรอง   # or การประเมิน\n",
        "a: # two of them\n- x\n- y\n",
        "# ข้อ #1\na: ก#ข\n",
        "a: [1, 234]\nb: [100, 200]\n",
        '{5: "21,480", 4: ~, 3: }\n',
    ],
)
def test_a_note_and_a_list_are_no_mistakes(text: str) -> None:
    assert yaml_tree.parse(PATH, text.encode()).faults == ()


def _constants(part: ast.expr) -> list[object]:
    return [c.value for c in ast.walk(part) if isinstance(c, ast.Constant) and c.value]


def complaints() -> list[tuple[str, str]]:
    """What PyYAML's scanner and parser can say: context and problem, from their source."""
    found = []
    for name in ("scanner", "parser"):
        path = Path(yaml.__file__).with_name(f"{name}.py")
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") in (
                "ScannerError",
                "ParserError",
            ):
                said = [
                    " ".join(map(str, _constants(part))) for part in (node.args[0], node.args[2])
                ]
                found.append((said[0], said[1]))
    return found


def test_each_complaint_of_the_parser_has_a_sentence() -> None:
    assert len(complaints()) > 35
    for context, problem in filter(lambda said: said[1], complaints()):
        complaint = yaml_faults.Complaint(f"{context} | {problem}", 3, 3)
        found = yaml_faults.explain(complaint, "a: b\nc: d\n", None)
        assert "can't be understood" not in str(found.said), (context, problem)
        assert not YAMLS_WORDS.search(f"{found.said}{found.said.remedy}")


@pytest.mark.usefixtures("parser")
@given(yaml_like | st.text(st.sampled_from(" \n:-[]{},#&*!|>'\"%@`?aก")))
def no_words_of_the_parser(text: str) -> None:
    for fault in yaml_tree.parse(PATH, text.encode()).faults:
        assert not YAMLS_WORDS.search(fault.shown()), text
        assert fault.hint


def test_no_words_of_the_parser_whatever_is_typed() -> None:
    no_words_of_the_parser()


@pytest.mark.usefixtures("parser")
def test_no_words_of_the_parser_in_spoilt_files() -> None:
    chance = random.Random(7)
    text = (Path(__file__).parents[2] / "agreements/example-2570/agency.yaml").read_text("utf-8")
    spoilt = 0
    for _ in range(200):
        place = chance.randrange(len(text))
        cut = text[:place] + chance.choice(
            ["", ":", '"', "'", "[", "}", "\t", " #", "- ", "*", "\n"]
        )
        read = yaml_tree.parse(PATH, (cut + text[place + chance.randrange(3) :]).encode())
        for fault in read.faults:
            spoilt += 1
            assert not YAMLS_WORDS.search(fault.shown())
            assert fault.hint
            assert fault.location.line
    assert spoilt > 30
