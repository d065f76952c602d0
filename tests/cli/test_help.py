"""The help of every command and every option stands in the catalogues, in both languages."""

from collections.abc import Iterator

import click
import pytest
from click.testing import CliRunner

from generator.cli import cli
from generator.errors import ExitCode
from generator.messages import LANGUAGES, catalogue, speaking
from support.command import gen

HELP = {
    language: {
        entry.code: entry.texts[0] for entry in catalogue.entries(language) if entry.file == "help"
    }
    for language in LANGUAGES
}


def commands(one: click.Command = cli, path: str = "gen") -> Iterator[tuple[str, click.Command]]:
    yield path, one
    for name, below in (one.commands if isinstance(one, click.Group) else {}).items():
        yield from commands(below, f"{path} {name}")


COMMANDS = dict(commands())


def options(path: str) -> list[str]:
    context = click.Context(COMMANDS[path])
    return [
        max(option.opts, key=len)
        for option in COMMANDS[path].get_params(context)
        if isinstance(option, click.Option) and not option.hidden
    ]


def shown(path: str) -> str:
    words = [*path.split()[1:], "--help"]
    done = CliRunner().invoke(cli, words, prog_name="gen")
    assert done.exit_code == 0, done.output
    return done.output


@pytest.mark.parametrize("language", LANGUAGES)
def test_everything_has_its_help(language: str) -> None:
    help_, used = HELP[language], set[str]()
    for path in COMMANDS:
        assert path in help_, path
        used.add(path)
        for option in options(path):
            found = next((code for code in (f"{path} {option}", option) if code in help_), None)
            assert found, f"{path} {option} has no help"
            used.add(found)
    assert help_.keys() == used, "of nothing that can be typed"


def test_both_languages_tell_of_the_same() -> None:
    assert HELP["en"].keys() == HELP["th"].keys()
    assert not [code for code in HELP["en"] if HELP["en"][code] == HELP["th"][code]]


@pytest.mark.parametrize("path", COMMANDS)
def test_help_is_said_in_the_language_spoken(path: str) -> None:
    said = {}
    for language in LANGUAGES:
        with speaking(language):
            said[language] = "".join(shown(path).split())
        for code in (path, *(f"{path} {option}" for option in options(path))):
            text = HELP[language].get(code, "")
            assert "".join(text.split()) in said[language], code
    assert said["en"].startswith("Usage:")
    assert said["th"].startswith("วิธีใช้:")
    assert "Options:" not in said["th"]


def test_what_was_typed_wrong_is_told_in_thai() -> None:
    done = gen("score", "--bad", GEN_LANG="th")
    assert done.returncode == ExitCode.USAGE
    assert "ข้อผิดพลาด: ไม่มีตัวเลือก '--bad'" in done.stderr
    assert "Error" not in done.stderr


def test_the_language_may_stand_behind_help() -> None:
    assert gen("score", "--help", "--lang", "th").stdout.startswith("วิธีใช้: ")
    assert gen("score", "--help", GEN_LANG="th", LANGUAGE="en").stdout.startswith("วิธีใช้: ")
