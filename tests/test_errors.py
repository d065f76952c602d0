"""The exit codes are one stable table."""

import re
from pathlib import Path

from generator import errors
from generator.errors import ExitCode

README = Path(__file__).parents[1] / "README.md"


def test_codes_are_those_promised() -> None:
    promised = {
        "DONE": 0,
        "BUG": 1,
        "USAGE": 2,
        "DATA": 3,
        "TEMPLATE": 4,
        "RENDERING": 5,
        "VERIFICATION": 6,
        "MISSING": 7,
        "FILES": 8,
        "BATCH": 9,
        "INTERRUPTED": 130,
    }
    assert {code.name: code.value for code in ExitCode} == promised


def test_readme_lists_every_code_with_its_meaning() -> None:
    listed = dict(re.findall(r"^\| (\d+) \| (.+?) \|$", README.read_text("utf-8"), re.MULTILINE))
    assert listed == {str(code.value): code.meaning for code in ExitCode}


def test_every_error_has_a_code_of_its_own() -> None:
    kinds = errors.GenError.__subclasses__()
    codes = [kind.exit_code for kind in kinds]
    assert len(set(codes)) == len(codes)
    assert ExitCode.DONE not in codes
