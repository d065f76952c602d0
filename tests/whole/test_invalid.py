"""Every input of agreements/invalid is refused, for the reasons and at the places it states.

A case is a folder of files that are laid over agreements/valid. What is wrong with a file
stands in the file itself, as comments:

    # expect: <line>:<column> <how the message begins>
    # hint: <how the hint begins>

The hint's line is optional. The errors found in the whole agency must be exactly those.
Inputs that are large, binary or no files at all are made here.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from generator.agreements.reading import read_agency, read_unit
from generator.agreements.text_faults import MAX_FAULTS
from generator.agreements.yaml_tree import MAX_BYTES, read
from generator.diagnostics import Diagnostic, errors
from generator.errors import ExitCode, FileError
from generator.model.fields import MAX_TEXT
from support.reading import AGREEMENTS, VALID, copy_agency, errors_in, found_in, read_all

Rewrite = Callable[[bytes], bytes]
CASES = sorted(path for path in (AGREEMENTS / "invalid").iterdir() if path.is_dir())
EXPECT = re.compile(r"^# expect: (\d+):(\d+) (.+)$")
HINT = re.compile(r"^# hint: (.+)$")


@dataclass
class Expected:
    file: str
    line: int
    column: int
    message: str
    hint: str = ""

    def fits(self, fault: Diagnostic, folder: Path) -> bool:
        place = fault.location
        return (
            place.path == folder / self.file
            and (place.line, place.column) == (self.line, self.column)
            and fault.message.startswith(self.message)
            and fault.hint.startswith(self.hint)
        )


def expected_of(case: Path) -> list[Expected]:
    expected: list[Expected] = []
    for path in sorted(case.rglob("*.yaml")):
        for line in path.read_text(encoding="utf-8").splitlines():
            if match := EXPECT.match(line):
                name = path.relative_to(case).as_posix()
                expected.append(Expected(name, int(match[1]), int(match[2]), match[3]))
            elif match := HINT.match(line):
                expected[-1].hint = match[1]
    return expected


def test_the_base_is_valid(tmp_path: Path) -> None:
    folder = copy_agency(tmp_path)
    assert found_in(folder) == ()
    assert [unit.id for unit in read_all(folder)[1]] == ["สอง", "หนึ่ง"]


def test_there_are_cases() -> None:
    assert len(CASES) > 100
    assert [case.name for case in CASES if not expected_of(case)] == []


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_case(case: Path, tmp_path: Path) -> None:
    folder = copy_agency(tmp_path, case)
    expected = expected_of(case)
    found = errors(found_in(folder))
    unexpected = [
        fault.shown(folder)
        for fault in found
        if not any(one.fits(fault, folder) for one in expected)
    ]
    missed = [one for one in expected if not any(one.fits(fault, folder) for fault in found)]
    assert (unexpected, missed) == ([], [])
    assert len(found) == len(expected)


def test_nothing_in_the_data_is_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    folder = copy_agency(tmp_path, AGREEMENTS / "invalid" / "tag-python")
    assert errors_in(folder)
    assert [path.name for path in tmp_path.iterdir()] == [folder.name]


# Inputs that are made here: bytes, and what the reader says of them.

CONTROL = "สาม.yaml:2:8: error: the control character U+{} in text"


@pytest.mark.parametrize(
    ("data", "error"),
    [
        ("name: กอง\n".encode("tis-620"), "สาม.yaml:1:1: error: the file is not UTF-8"),
        ("name: “กอง”…\n".encode("cp874"), "สาม.yaml:1:1: error: the file is not UTF-8"),
        ("name: กอง\n".encode("utf-16"), "สาม.yaml:1:1: error: the file is not UTF-8"),
        (
            b"\xfe\xff" + "name: กอง\n".encode("utf-16-be"),
            "สาม.yaml:1:1: error: the file is not UTF-8",
        ),
        (
            b"level: division\nname: \xff\xfb\xc0\x00\n",
            "สาม.yaml:2:1: error: the file is not UTF-8",
        ),
        (b"level: division\nname: \xed\xa0\x80\n", "สาม.yaml:2:1: error: the file is not UTF-8"),
        (b"level: division\nname: k\x00b\n", CONTROL.format("0000")),
        (b"level: division\r\nname: k\x07b\r\n", CONTROL.format("0007")),
        (b"level: division\nname: k\x7fb\n", CONTROL.format("007F")),
        (b"level: division\nname: k\rb\n", CONTROL.format("000D")),
        ("level: division\nname: k\x85b\n".encode(), CONTROL.format("0085")),
        ("level: division\nname: k\u2028b\n".encode(), CONTROL.format("2028")),
        ("level: division\nname: k\ufeffb\n".encode(), CONTROL.format("FEFF")),
        ("level: division\nname: k\uffffb\n".encode(), CONTROL.format("FFFF")),
        (b"", "สาม.yaml:1:1: error: the key 'level' is missing"),
        ("# ยังไม่มีอะไร\n\n# เลย\n".encode(), "สาม.yaml:1:1: error: the key 'level' is missing"),
        (b"---\n", "สาม.yaml:2:1: error: the key 'level' is missing"),
        (b"~\n", "สาม.yaml:1:1: error: the key 'level' is missing"),
        (b"[" * 100_000, "สาม.yaml:1:42: error: nested more than 40 deep"),
        (b"{" * 100_000, "สาม.yaml:1:42: error: nested more than 40 deep"),
        (b"- " * 100_000, "สาม.yaml:1:83: error: nested more than 40 deep"),
        (b"? " * 100_000, "สาม.yaml:1:83: error: nested more than 40 deep"),
        (
            b"level: division\nname: " + b"k" * (MAX_BYTES - 22),
            f"สาม.yaml:2:7: error: the text is {MAX_BYTES - 22} characters long; at most 20000 fit",
        ),
        (
            b"level: division\nduties:\n- " + b"k" * (MAX_TEXT + 1),
            "สาม.yaml:3:3: error: the text is 20001 characters long; at most 20000 fit",
        ),
        (b"#" * (MAX_BYTES + 1), "สาม.yaml:1:1: error: the file is larger than 1 MiB"),
    ],
    ids=lambda value: repr(value[:24]) if isinstance(value, bytes) else "",
)
def test_bytes(data: bytes, error: str, tmp_path: Path) -> None:
    folder = copy_agency(tmp_path)
    (folder / "สาม.yaml").write_bytes(data)
    assert errors_in(folder) == [error]


def test_the_longest_text_and_the_deepest_nesting_are_read(tmp_path: Path) -> None:
    folder = copy_agency(tmp_path)
    (folder / "สาม.yaml").write_text("level: division\nduties: [" + "ก" * MAX_TEXT + "]\n", "utf-8")
    assert errors_in(folder) == []
    deep = tmp_path / "deep.yaml"
    deep.write_bytes(b"[" * 40 + b"]" * 40)
    assert read(deep).faults == ()


def test_a_file_of_50_megabytes_is_not_read_to_its_end(tmp_path: Path) -> None:
    folder = copy_agency(tmp_path)
    with (folder / "indicators" / "x.yaml").open("wb") as file:
        file.write("name: ก\n".encode())
        file.truncate(50 << 20)
    assert errors_in(folder) == ["indicators/x.yaml:1:1: error: the file is larger than 1 MiB"]


@pytest.mark.parametrize(
    ("data", "hint"),
    [
        (
            "name: กอง\n".encode("tis-620"),
            "save it as UTF-8 (it looks like Windows-874 or TIS-620)",
        ),
        (
            "name: “กอง”\n".encode("cp874"),
            "save it as UTF-8 (it looks like Windows-874 or TIS-620)",
        ),
        ("name: กอง\n".encode("utf-16"), "save it as UTF-8 (it looks like UTF-16)"),
        (b"name: \xff\xfe\x00\n", "save it as UTF-8"),
    ],
    ids=["TIS-620", "Windows-874", "UTF-16", "noise"],
)
def test_the_hint_names_the_likely_encoding(data: bytes, hint: str, tmp_path: Path) -> None:
    path = tmp_path / "x.yaml"
    path.write_bytes(data)
    assert [fault.hint for fault in read(path).faults] == [hint]


def test_a_flood_of_faults_is_cut(tmp_path: Path) -> None:
    path = tmp_path / "x.yaml"
    path.write_bytes(b"\x07" * 10_000)
    assert len(read(path).faults) == MAX_FAULTS
    path.write_text("a: 1\n" * 10_000, "utf-8")
    assert len(read(path).faults) == MAX_FAULTS


def test_a_missing_file_ends_the_run(tmp_path: Path) -> None:
    folder = copy_agency(tmp_path)
    agency = read_agency(folder)
    with pytest.raises(FileError, match=r"can't read .*: No such file") as caught:
        read_unit(agency, folder / "สาม.yaml")
    assert caught.value.exit_code is ExitCode.FILES
    (folder / "agency.yaml").unlink()
    with pytest.raises(FileError, match=r"agency\.yaml"):
        read_agency(folder)


def test_a_folder_in_a_files_place_ends_the_run(tmp_path: Path) -> None:
    folder = copy_agency(tmp_path)
    (folder / "สาม.yaml").mkdir()
    with pytest.raises(FileError, match=r"can't read .*สาม\.yaml"):
        read_all(folder)


@pytest.mark.parametrize(
    "written",
    [
        lambda data: b"\xef\xbb\xbf" + data,
        lambda data: data.replace(b"\n", b"\r\n"),
        lambda data: b"\xef\xbb\xbf" + data.replace(b"\n", b"\r\n"),
    ],
    ids=["BOM", "CRLF", "BOM and CRLF"],
)
def test_marks_and_line_ends_of_windows_change_nothing(written: Rewrite, tmp_path: Path) -> None:
    block = "level: division\nduties:\n  - |\n    ข้อหนึ่ง\n\n    - ข้อย่อย\n  - >-\n    ก\n    ข\n"
    plain, windows = copy_agency(tmp_path / "plain"), copy_agency(tmp_path / "windows")
    for folder in (plain, windows):
        (folder / "สาม.yaml").write_bytes(block.encode())
    for path in windows.rglob("*.yaml"):
        path.write_bytes(written(path.read_bytes()))
    assert found_in(windows) == ()
    (agency, units), (other, others) = read_all(plain), read_all(windows)
    assert agency.agency.model == other.agency.model
    assert agency.wording.model == other.wording.model
    assert {key: file.model for key, file in agency.indicators.items()} == {
        key: file.model for key, file in other.indicators.items()
    }
    for unit, same in zip(units, others, strict=True):
        assert unit.unit == same.unit
        assert [one.item for one in unit.indicators] == [one.item for one in same.indicators]


def test_a_telephone_number_stays_text() -> None:
    assert "telephone: 0212345670}" in (VALID / "indicators/budget.yaml").read_text("utf-8")
    budget = read_agency(VALID).indicators["budget"].model
    assert budget is not None
    assert budget.collectors[0].telephone == "0212345670"


def test_a_fault_in_an_agencys_files_hides_no_fault_of_its_units(tmp_path: Path) -> None:
    folder = copy_agency(tmp_path, AGREEMENTS / "invalid" / "several")
    (folder / "agency.yaml").write_text("nmae: ก\n", "utf-8")
    found = errors_in(folder)
    assert "agency.yaml:1:1: error: unknown key 'nmae'" in found
    assert {line.split(":")[0] for line in found} == {
        "agency.yaml",
        "indicators/x.yaml",
        "indicators/y.yaml",
        "results/1/สอง.yaml",
        "สาม.yaml",
    }
