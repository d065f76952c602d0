"""Every sentence stands in English and in Thai, and is given the same things in both."""

import json
import pickle
import re
import string
import threading
from pathlib import Path

import pytest
from click.testing import CliRunner

from generator import messages
from generator.cli import cli
from generator.diagnostics import Diagnostic, did_you_mean, fault, meant
from generator.errors import ExitCode, GenError
from generator.messages import Message, catalogue, message, speaking, wanted
from generator.messages.documentation import untranslated
from support.command import ROOT, gen
from support.reading import AGREEMENTS, copy_agency, found_in

ENGLISH, THAI = (
    {(entry.context, entry.code): entry for entry in catalogue.entries(language)}
    for language in messages.LANGUAGES
)
UNTRANSLATED = untranslated()
THAI_LETTER = re.compile("[ก-๛]")
COMMAND = re.compile(r"--\S+|\b(?:gen|pip install|apt-get install) [\w -]+")
SENTENCE = re.compile("[a-z]{2,} [a-z]{2,} [a-z]{2,}")
CASES = sorted(path for path in (AGREEMENTS / "invalid").iterdir() if path.is_dir())


def parameters(texts: tuple[str, ...]) -> set[str]:
    return {
        name
        for text in texts
        for _, name, _, _ in string.Formatter().parse(text)
        if name is not None
    }


def test_sentences_in_one_language_alone_are_named() -> None:
    """``make messages`` names them; whoever translates empties the list."""
    listed = (ROOT / "docs" / "messages.md").read_text("utf-8")
    for code in UNTRANSLATED:
        row = next(line for line in listed.splitlines() if line.startswith(f"| `{code}` |"))
        in_thai = ("", code) in THAI
        assert in_thai or row.endswith("| not yet in Thai |"), code


def test_both_languages_are_given_the_same() -> None:
    both = ENGLISH.keys() & THAI.keys()
    assert len(both) > 700
    assert THAI.keys() - ENGLISH.keys() == set(), "said nowhere any more"
    for key in both:
        assert parameters(THAI[key].texts) == parameters(ENGLISH[key].texts), key
        assert THAI[key].is_counted == ENGLISH[key].is_counted, key
        assert len(THAI[key].texts) == 1, f"{key}: Thai has no plural"


def test_a_sentence_stands_in_the_same_file_in_both_languages() -> None:
    assert {key for key in ENGLISH.keys() & THAI.keys() if ENGLISH[key].file != THAI[key].file} == (
        set()
    )


def test_thai_sentences_are_thai() -> None:
    """Names of keys, options and commands stay; a sentence of English words is none."""
    for key in THAI.keys() & ENGLISH.keys():
        for text in THAI[key].texts:
            plain = re.sub(r"\{\w+\}", "", text)
            said = SENTENCE.search(COMMAND.sub("", plain))
            assert not said, (key, text)
            if re.search("[a-z]{3}", plain) and not THAI_LETTER.search(plain):
                assert re.sub(r"\{\w+\}", "", ENGLISH[key].texts[0]) == plain, (key, text)


def test_languages_are_those_of_the_folders() -> None:
    folders = {path.name for path in catalogue.FOLDER.iterdir() if list(path.glob("*.po"))}
    under_english = (catalogue.CLICK, catalogue.SCHEMA, catalogue.COMMENTS)
    assert folders - {folder.name for folder in under_english} == set(messages.LANGUAGES)


# Which language is spoken


@pytest.mark.parametrize(
    ("words", "environ", "language"),
    [
        ("", {}, "en"),
        ("check", {"LANG": "th_TH.UTF-8"}, "th"),
        ("check", {"LANG": "en_GB.UTF-8"}, "en"),
        ("check", {"LANG": "de_DE.UTF-8"}, "en"),
        ("check", {"LANG": "en_US.UTF-8", "LC_ALL": "th_TH"}, "th"),
        ("check", {"LC_ALL": "", "LC_MESSAGES": "th_TH", "LANG": "C"}, "th"),
        ("check", {"LC_ALL": "C", "LANG": "th_TH"}, "en"),
        ("check", {"GEN_LANG": "en", "LANG": "th_TH"}, "en"),
        ("check", {"GEN_LANG": "th", "LANG": "en_US"}, "th"),
        ("check", {"GEN_LANG": "xx", "LANG": "th_TH"}, "th"),
        ("--lang en check", {"GEN_LANG": "th"}, "en"),
        ("check --lang=th", {}, "th"),
        ("check --lang", {"GEN_LANG": "th"}, "th"),
        ("--lang fr check", {"GEN_LANG": "th"}, "th"),
        ("--lang en score --lang th", {}, "th"),
        ("check -- --lang th", {}, "en"),
    ],
)
def test_the_language_is_chosen(words: str, environ: dict[str, str], language: str) -> None:
    assert wanted(words.split(), environ) == language


def test_a_language_is_spoken_within_a_block_and_a_thread() -> None:
    said: list[str] = []
    with speaking("th"):
        thread = threading.Thread(target=lambda: said.append(str(message("word-hint"))))
        thread.start()
        thread.join()
        assert str(message("word-hint")) == "วิธีแก้"
    assert said == ["hint"], "another thread asked for nothing"
    assert str(message("word-hint")) == "hint"
    with pytest.raises(ValueError, match="fr"), speaking("fr"):
        pass


def test_threads_of_a_command_speak_its_language() -> None:
    said: list[str] = []
    messages.speak("th")
    try:
        thread = threading.Thread(target=lambda: said.append(str(message("word-hint"))))
        thread.start()
        thread.join()
    finally:
        messages.speak("en")
    assert said == ["วิธีแก้"]


@pytest.mark.parametrize("count", [1, 7])
def test_counts_are_said(count: int) -> None:
    with speaking("th"):
        thai = str(message("faults-in-the-data", count=count))
    assert str(count) in thai
    assert THAI_LETTER.search(thai)
    assert thai != str(message("faults-in-the-data", count=count))


def test_what_has_no_thai_yet_is_said_in_english() -> None:
    thai, english = catalogue.load("th"), catalogue.load("en")
    assert thai.gettext("word-hint") != english.gettext("word-hint")
    for context, code in ENGLISH.keys() - THAI.keys():
        if not context and not ENGLISH[context, code].is_counted:
            assert thai.gettext(code) == english.gettext(code)
    with pytest.raises(KeyError):
        thai.gettext("never-written")


def test_a_suggestion_that_travels_is_said_where_it_arrives() -> None:
    """Processes of a batch and of a cluster send faults; they needn't know who reads them."""
    for one in (meant("wieght", ["weight"]), did_you_mean("กอ", ["กอส", "กสค"])):
        sent = pickle.loads(pickle.dumps(one))
        with speaking("th"):
            assert str(sent) == str(one)
            assert THAI_LETTER.search(re.sub("'.*'", "", str(sent)))
        assert str(sent) == str(one)


# The command


def test_the_command_speaks_thai() -> None:
    done = gen("score", "ไม่มีเลย", GEN_LANG="th")
    assert done.returncode == ExitCode.USAGE
    assert done.stderr.startswith("ข้อผิดพลาด: ไม่มี")
    assert "\n  วิธีแก้: " in done.stderr


@pytest.mark.parametrize(
    "words", ["--lang th score ไม่มีเลย", "score ไม่มีเลย --lang th", "score --lang=th ไม่มีเลย"]
)
def test_the_option_stands_anywhere(words: str) -> None:
    said = []
    done = CliRunner().invoke(cli, words.split(), standalone_mode=False)
    assert isinstance(done.exception, GenError)
    with speaking("th"):
        said.append(done.exception.message)
    assert THAI_LETTER.search(said[0].replace("ไม่มีเลย", ""))
    assert str(message("word-hint")) == "hint", "the next command speaks as ever"


def test_a_language_that_is_not_spoken_is_refused() -> None:
    done = gen("--lang", "fr", "check")
    assert done.returncode == ExitCode.USAGE
    assert "'fr' is not one of 'en', 'th'" in done.stderr


def test_json_has_the_sentence_in_the_chosen_language(tmp_path: Path) -> None:
    copy_agency(tmp_path / "agreements", AGREEMENTS / "invalid" / CASES[0].name)
    answers = {
        language: json.loads(
            gen("--lang", language, "check", "--json", "agreements", cwd=tmp_path).stdout
        )
        for language in messages.LANGUAGES
    }
    english, thai = (answers[language] for language in messages.LANGUAGES)
    assert english != thai
    assert _without_words(english) == _without_words(thai)
    assert THAI_LETTER.search(json.dumps(thai, ensure_ascii=False))


def _without_words(data: object) -> object:
    if isinstance(data, dict):
        return {
            key: _without_words(value)
            for key, value in data.items()
            if key not in ("message", "hint")
        }
    return [_without_words(one) for one in data] if isinstance(data, list) else data


# Every folder of bad data, in both languages


def texts_of(said: Message) -> list[str]:
    """The texts a sentence is given, those of inner sentences too."""
    found: list[str] = []
    todo: list[object] = list(dict(said.given).values())
    while todo:
        value = todo.pop()
        if isinstance(value, tuple):
            todo += value
        elif isinstance(value, Message):
            todo += dict(value.given).values()
        else:
            found.append(str(value))
    return found


def told(one: Diagnostic) -> tuple[str, str]:
    return one.shown(), one.message


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_bad_data_is_told_in_both_languages(case: Path, tmp_path: Path) -> None:
    folder = copy_agency(tmp_path, case)
    faults = found_in(folder)
    with speaking("th"):
        again = found_in(folder)
        thai = [told(one) for one in again]
    assert [(one.code, one.location) for one in again] == [
        (one.code, one.location) for one in faults
    ]
    for one, (shown, sentence) in zip(faults, thai, strict=True):
        assert isinstance(one.said, Message)
        assert one.said == again[faults.index(one)].said
        place = one.location.shown()
        assert shown.startswith((f"{place}: ข้อผิดพลาด: ", f"{place}: คำเตือน: "))
        if one.code not in UNTRANSLATED:
            for text in texts_of(one.said):
                assert (text in one.message) == (text in sentence), (text, sentence)


def test_a_fault_says_its_words_in_the_language_of_whoever_reads_it() -> None:
    from generator.diagnostics import Location

    one = fault("known-names", Location(Path("a.yaml"), 21, 55), names="ก")
    assert one.shown() == "a.yaml:21:55: error: known: ก"
    with speaking("th"):
        assert one.shown().startswith("a.yaml:21:55: ข้อผิดพลาด: ")
        assert one.severity.value == "error"
