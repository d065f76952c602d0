"""Comments of new files: found whatever looks like one, and said in the language that is spoken."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

from generator import key_names
from generator.agreements import comments, default_words, own_keys, yaml_tree
from generator.agreements.comments import Comment
from generator.api.additions import _part, add
from generator.api.new_agency import EXAMPLE, example
from generator.key_names import KEY_LANGUAGES, KeyLanguage
from generator.messages import LANGUAGES, catalogue, speaking
from generator.model import Unit
from generator.visible import width
from support.reading import found_in

THAI = re.compile("[ก-๛]")
MARK = re.compile(r"`(names\.)?([a-z_]+)`")


def texts(folder: Path) -> dict[str, str]:
    return {
        path.relative_to(folder).as_posix(): path.read_text("utf-8")
        for path in sorted(folder.rglob("*.yaml"))
    }


def made(folder: Path, language: str, keys: KeyLanguage = "en") -> dict[str, str]:
    """The files of a new agency; they are there then."""
    with speaking(language):
        files = example(folder, keys).files
    for path, data in files.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    return texts(folder)


def added(folder: Path, language: str = "en", keys: KeyLanguage = "en") -> dict[str, str]:
    """What is added to an agency that lacks all that can be."""
    made(folder, language, keys)
    shutil.rmtree(folder / "surveys")
    for path in (*folder.glob("results/*/*บุคคล.yaml"), folder / "ตัวอย่าง-บุคคล.yaml"):
        path.unlink()
    for name, tops in (("agency.yaml", ("form",)), ("wording.yaml", ())):
        text = (folder / name).read_text("utf-8")
        for top in tops:
            text = text.replace(_part(text, key_names.written(top, keys)), "")
        (folder / name).write_text(text, "utf-8")
    kinds = ("form", "chart", "personal", "framework", "survey")
    with speaking(language):
        return {path.name: data.decode() for path, data in add(folder, kinds).files.items()}


@pytest.fixture(scope="module")
def said(tmp_path_factory: pytest.TempPathFactory) -> list[Comment]:
    """All that gen writes as comments of new files, in English."""
    new = added(tmp_path_factory.mktemp("added") / "a")
    assert {"agency.yaml", "ตย.yaml", "บุคคล.yaml", "visitors.yaml"} == new.keys()
    ours = [*texts(EXAMPLE).values(), default_words.FILE.read_text("utf-8"), *new.values()]
    return [comment for text in ours for comment in comments.of(text)]


def test_every_comment_that_gen_writes_is_said_in_thai(said: list[Comment]) -> None:
    assert len(said) > 150
    untold = {one.words for one in said if not THAI.search(catalogue.commented("th", one.words))}
    assert untold == set(), "generator/messages/comments/th.po"
    for one in said:
        thai = MARK.sub("", catalogue.commented("th", one.words))
        thai = re.sub(r"\bgen [a-z-]+( [a-z]+)?", "", thai)
        assert not re.search("[a-z]{2,} [a-z]{2,} [a-z]{2,}", thai), thai


def test_nothing_is_kept_that_no_comment_says(said: list[Comment]) -> None:
    words = {one.words for one in said}
    for language in LANGUAGES:
        with (catalogue.COMMENTS / f"{language}.po").open("rb") as stream:
            entries = {str(one.id): str(one.string) for one in read_po(stream) if one.id}
        assert entries.keys() - words == set()
        for english, told in entries.items():
            marks = {match[0] for match in MARK.finditer(told)}
            also = MARK.findall(catalogue.commented("en", english))
            assert marks == {f"`{name}{key}`" for name, key in also}, english
            for name, key in also:
                table = key_names.table()
                assert key in (table.names if name else table.keys)
            if language == "en":
                assert MARK.sub(r"\2", told) == english


@pytest.mark.parametrize("keys", KEY_LANGUAGES)
def test_the_data_of_both_languages_are_the_same(tmp_path: Path, keys: KeyLanguage) -> None:
    folders = {language: tmp_path / language for language in LANGUAGES}
    english, thai = (made(folder, language, keys) for language, folder in folders.items())
    assert english.keys() == thai.keys() == texts(EXAMPLE).keys()
    for name in english:
        plain = [yaml_tree.parse(Path(name), text[name].encode()).node for text in (english, thai)]
        assert plain[0] is not None
        assert plain[1] is not None
        assert plain[0].plain() == plain[1].plain()
        assert THAI.search(next(comments.of(thai[name])).words)
        # Notes stand where they stood, and what isn't one has no more lines than it needs.
        assert notes(english[name]) == notes(thai[name]), name
        for line in thai[name].split("\n"):
            if line.startswith("# ") and "$schema=" not in line:
                assert width(line) <= comments.MOST_COLUMNS, line
    for folder in folders.values():
        assert found_in(folder) == ()


def notes(text: str) -> list[tuple[str, int]]:
    """What stands before each note behind a value, and where the note begins."""
    lines = text.split("\n")
    return [
        (lines[number][:at].rstrip(), width(lines[number][:at]))
        for number, at in comments.places(text).items()
        if lines[number][:at].strip()
    ]


def test_the_thai_guide_shows_what_is_written(tmp_path: Path) -> None:
    guide = (EXAMPLE.parents[1] / "docs" / "th" / "README.md").read_text("utf-8")
    (shown,) = re.findall(r"(?m)^```yaml\n(.+)\n```", guide)
    assert shown in made(tmp_path / "a", "th")["ตัวอย่าง-ก.yaml"].split("\n")


def test_english_files_are_those_that_are_shipped(tmp_path: Path) -> None:
    new = made(tmp_path / "a", "en")
    for name, text in texts(EXAMPLE).items():
        assert new[name].partition("\n")[2] == text.partition("\n")[2]


@pytest.mark.parametrize("keys", KEY_LANGUAGES)
def test_what_is_added_is_said_in_the_language_too(tmp_path: Path, keys: KeyLanguage) -> None:
    english = added(tmp_path / "en", "en", keys)
    thai = added(tmp_path / "th", "th", keys)
    assert english.keys() == thai.keys()
    for name, text in thai.items():
        nodes = [yaml_tree.parse(Path(name), one.encode()).node for one in (english[name], text)]
        assert nodes[0] is not None
        assert nodes[1] is not None
        assert nodes[0].plain() == nodes[1].plain()
        for one in comments.of(text):
            assert THAI.search(one.words), one.words
    assert f"# {key_names.written('parent', keys)}: (ชื่อไฟล์" in thai["บุคคล.yaml"]


def test_comments_name_keys_as_the_file_has_them(tmp_path: Path) -> None:
    for name, text in made(tmp_path / "th", "th", "th").items():
        for one in comments.of(text):
            latin = {*re.findall(r"(?<![\w/.|[-])[a-z_]+(?![\w/.|\]-])", one.words)}
            assert latin & key_names.table().keys.keys() <= VALUES, (name, one.words)
    english = made(tmp_path / "en", "en", "th")
    assert "# ทุกรอบ: the same criteria" in english["indicators/on-time.yaml"]
    assert "# draft: what is missing" in english["ตัวอย่าง-ก.yaml"]
    for new in (english, texts(tmp_path / "th")):
        assert "# ตราสัญลักษณ์: emblem.png  " in new["agency.yaml"]
        assert re.search("(?m)^# ทุกรอบ: ", new["indicators/on-time.yaml"])


VALUES = {
    *("draft", "last", "number", "text", "scale", "mean", "weighted", "none", "component"),
    *("division", "section", "field", "person", "items", "overall", "part3"),
    *("unit", "year", "start", "end", "agreement", "assessor", "assessee", "name", "position"),
    *("date", "milestone", "form", "personal", "indicators"),
}
"""Values, names of fields and commands that comments name: files have them in English."""


# What is one


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ('a: "x # y"  # z\n', ["z"]),
        ("a: 'it''s # y' # z\n", ["z"]),
        ("a: x#y\n", []),
        ("a: |\n  x # y\n  # z\n# w\nb: c # d\n", ["w", "d"]),
        ("a: >-  # h\n  x\nb: y\n", []),
        ("a: [b, # c\n  d] # e\n", ["c", "e"]),
        ("# a\n# b\n\n# c\nx: y\n", ["a b", "c"]),
        ("# a\n#\n# b\nx: y\n", ["a", "b"]),
        ("x:\n  # a\n# b\n  y: z\n", ["a", "b"]),
        ("# yaml-language-server: $schema=x.json\n# a\nx: y\n", ["a"]),
        ("# a\n# k: v      # n\n# b\nx: y\n", ["a", "n", "b"]),
        ("#   k, l      n\n#   k, l\nx: y\n", ["n"]),
        ("x: y   # last", ["last"]),
    ],
)
def test_what_is_a_comment(text: str, words: list[str]) -> None:
    found = list(comments.of(text))
    assert [one.words for one in found] == words
    for one in found:
        if one.indent is None:
            assert text[one.start : one.end] == one.words


def test_an_officers_comments_stay_theirs() -> None:
    text = "name: ก   # One row a figure.\n# One row a figure.\nlevel: field  # x\n"
    assert comments.in_language(text, "en") == text
    th = own_keys.with_keys_in_text(text, Unit, "th")
    assert th == "ชื่อ: ก   # One row a figure.\n# One row a figure.\nระดับ: field  # x\n"


def test_a_note_that_has_no_room_comes_a_little_later() -> None:
    before = "a: b       # x\nlonger: b  # y\nc: d # z"
    after = "aa: b       # x\nmuch-longer: b  # y\ncc: d # z"
    assert comments.in_columns(before, after) == ("aa: b      # x\nmuch-longer: b  # y\ncc: d # z")
