"""Every sentence has a code that stands once, and is given what it asks for."""

import ast
import re
import string
from pathlib import Path

import pytest

from generator import messages
from generator.diagnostics import Location, Severity, fault, warning
from generator.errors import DataError
from generator.messages import catalogue, message
from generator.messages.documentation import listing

PACKAGE = Path(messages.__file__).parents[1]
MAKERS = {"fault", "warning", "message"}
ENTRIES = tuple(entry for entry in catalogue.entries("en") if entry.file != "help")
"""Without the help of commands, which nothing calls by its code (``cli/test_help.py``)."""


IN_PAGES = re.compile(r"\b_\((.*?)\)(?=\s*(?:[}%|~,)\]]|if\b|else\b))", re.S)
WORDS_OF_TABS = "Tab"
"""What of the studio's code names a sentence beside the makers: its second argument."""


def of_pages() -> list[tuple[str, str, ast.Call]]:
    """The same of pages for a browser: ``_("code", name=value)`` within the marks of Jinja."""
    found = []
    for path in sorted(PACKAGE.rglob("pages/*.html")):
        text = path.read_text("utf-8")
        for match in IN_PAGES.finditer(text):
            place = f"{path.name}:{text.count(chr(10), 0, match.start()) + 1}"
            given = re.findall(r"(\w+)=(?!=)", match[1])
            code = re.match(r"\s*(['\"])([\w-]+)\1", match[1])
            if code is None:
                continue  # a code that code gives: it is looked for there
            call = ast.parse(f"_('', {', '.join(f'{one}=0' for one in given)})", mode="eval").body
            assert isinstance(call, ast.Call)
            found.append((place, code[2], call))
    return found


def calls() -> list[tuple[str, str, ast.Call]]:
    """Every call that names a sentence: where it stands, the code, the call."""
    found = of_pages()
    for path in sorted(PACKAGE.rglob("*.py")):
        if path.parent.name == "messages":
            continue
        tree = ast.parse(path.read_text("utf-8"))
        ours = {
            alias.asname or alias.name
            for node in ast.walk(tree)
            if isinstance(node, ast.ImportFrom)
            and (node.module or "").split(".")[-1] in {"diagnostics", "messages"}
            for alias in node.names
            if alias.name in MAKERS
        }
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
                if node.func.id == WORDS_OF_TABS and isinstance(node.args[1], ast.Constant):
                    found.append((path.name, str(node.args[1].value), node))
                if node.func.id not in ours:
                    continue
                place, code = f"{path.name}:{node.lineno}", node.args[0]
                if path.name == "diagnostics.py" and isinstance(code, ast.Name):
                    continue  # how ``fault`` and ``warning`` are made
                assert isinstance(code, ast.Constant), f"{place}: a code is written out"
                assert isinstance(code.value, str)
                found.append((place, code.value, node))
    return found


def test_a_sentence_takes_its_parameters() -> None:
    said = message("did-you-mean", names=("'กอส'", "'กสค'"))
    assert str(said) == "did you mean 'กอส', 'กสค'?"
    assert said.parameters == {"names": ("'กอส'", "'กสค'")}
    assert said.remedy == ""


def test_a_code_that_no_catalogue_has_is_a_bug() -> None:
    with pytest.raises(KeyError):
        str(message("never-written"))


@pytest.mark.parametrize("code", ["failed", "signed"])
def test_a_sentence_may_be_the_very_word_of_its_code(code: str) -> None:
    assert str(message(code)) == code


def test_braces_in_what_was_typed_stay() -> None:
    assert str(message("did-you-mean", names="{names} {0}")) == "did you mean {names} {0}?"


def test_a_sentence_is_said_of_something() -> None:
    said = message("known-names", names="a").about("ส่วน").about("ตัวชี้วัด")
    assert str(said) == "ตัวชี้วัด: ส่วน: known: a"
    assert said.code == "known-names"
    assert said.parameters == {"names": "a", "subject": "ตัวชี้วัด: ส่วน"}


def test_faults_and_errors_say_their_sentence() -> None:
    place = Location(Path("a.yaml"), 3, 4)
    said = fault("known-names", place, names="a", hint=message("did-you-mean", names="b"))
    assert (said.message, said.hint, said.code) == ("known: a", "did you mean b?", "known-names")
    assert said.severity is Severity.ERROR
    assert warning("known-names", place, names="a").severity is Severity.WARNING
    error = DataError(message("known-names", names="a"))
    assert (error.message, error.hint, str(error)) == ("known: a", "", "known: a")


def test_a_sentence_has_one_code() -> None:
    codes: dict[tuple[str, ...], list[str]] = {}
    for entry in ENTRIES:
        if not entry.context:
            codes.setdefault(entry.texts, []).append(entry.code)
    assert {texts: same for texts, same in codes.items() if len(same) > 1} == {}


def test_calls_name_sentences_that_are_there() -> None:
    known = {entry.code for entry in ENTRIES}
    for place, code, _ in calls():
        assert code in known, f"{place}: {code}"


def test_every_sentence_is_said_somewhere() -> None:
    said = {code for _, code, _ in calls()}
    assert {entry.code for entry in ENTRIES} - said == set()


def test_calls_give_what_sentences_ask_for() -> None:
    asked: dict[str, set[str]] = {}
    for entry in ENTRIES:
        for text in entry.texts:
            names = {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}
            asked.setdefault(entry.code, set()).update(names)
    for place, code, call in calls():
        given = {keyword.arg for keyword in call.keywords} - {"hint"}
        if None not in given:
            assert given >= asked[code], f"{place}: {asked[code] - given} not given"
            assert given - asked[code] <= {"count"}, f"{place}: {given - asked[code]} never said"


def test_hints_belong_to_sentences() -> None:
    sentences = {entry.code for entry in ENTRIES if not entry.context}
    assert {entry.code for entry in ENTRIES if entry.context} <= sentences


def test_the_list_in_the_docs_is_current() -> None:
    listed = PACKAGE.parent / "docs" / "messages.md"
    assert listed.read_text("utf-8") == listing(), "make messages"


@pytest.mark.parametrize(
    "path",
    [path for language in messages.LANGUAGES for path in catalogue.files(language)],
    ids=lambda path: f"{path.parent.name}-{path.stem}",
)
def test_no_file_says_a_sentence_twice(path: Path) -> None:
    """A second one of the same code would be taken for the first's, without a word."""
    said = re.findall(r'^(msgctxt "hint"\n)?msgid "([^"]+)"$', path.read_text("utf-8"), re.M)
    assert [one for one in set(said) if said.count(one) > 1] == []
