"""New agencies: the example's copy, and next year's agency made from this year's."""

from __future__ import annotations

import difflib
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from generator import thai
from generator.api.agencies import NewAgency, example, next_year
from generator.cli import cli
from generator.errors import DataError, UsageError
from generator.workspace import publishing
from support.reading import AGREEMENTS, copy_agency, errors_in, read_all

ROOT = Path(__file__).parents[2]
SHIPPED = ROOT / "agreements"
SCHEMA = re.compile(r"# yaml-language-server: \$schema=(\S+)\n")

RESULTS = {
    "ตัวอย่าง-ก": """\
fiscal_year: 2570
results:
  on-time: {value: 91.25}
  manuals: {value: 5, text: ระดับ 5 (ครบทุกฉบับ)}
  satisfaction: {parts: {dissatisfied: {value: 6.5}, satisfied: {value: 88.10}}}
  energy: {value: 5.10}
""",
    "ตัวอย่าง-ข": """\
fiscal_year: 2570
results:
  on-time: {value: 90}
  knowledge: {inputs: {n: 12}, text: "12 เรื่อง: ข้อมูลเปิด"}
""",
}


def workspace(tmp_path: Path, agency: str) -> Path:
    """A workspace with a shipped agency in it, without its results; the agency's folder."""
    shutil.copytree(SHIPPED / agency, tmp_path / "agreements" / agency)
    shutil.rmtree(tmp_path / "agreements" / agency / "results", ignore_errors=True)
    (tmp_path / "schema").mkdir()
    return tmp_path / "agreements" / agency


def write_results(folder: Path, last: int, results: dict[str, str]) -> None:
    for unit, text in results.items():
        path = folder / "results" / str(last) / f"{unit}.yaml"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")


def make(folder: Path, name: str) -> tuple[Path, NewAgency]:
    """Next year's agency beside ``folder``, published."""
    directory = folder.parent / name
    made = next_year(folder, directory)
    publishing.publish(made.files)
    return directory, made


def small(tmp_path: Path, energy: str = "", results: str = "", **files: str) -> Path:
    """The small valid agency, with more lines in energy.yaml and results of round 2."""
    folder = copy_agency(tmp_path)
    append(folder / "indicators" / "energy.yaml", energy)
    for name, text in files.items():
        append(folder / f"{name}.yaml", text)
    if results:
        write_results(folder, 2, {"หนึ่ง": f"fiscal_year: 2566\nresults: {results}\n"})
    assert errors_in(folder) == []
    return folder


def append(path: Path, text: str) -> None:
    path.write_bytes(path.read_bytes() + text.encode())


def replace(path: Path, old: str, new: str) -> None:
    text = path.read_bytes().decode()
    assert old in text
    path.write_bytes(text.replace(old, new).encode())


def changes(old: Path, new: Path) -> list[tuple[str, str]]:
    """The lines that differ between two files, old and new; line ends count."""
    before = old.read_bytes().decode().splitlines(keepends=True)
    after = new.read_bytes().decode().splitlines(keepends=True)
    steps = difflib.SequenceMatcher(None, before, after, autojunk=False).get_opcodes()
    return [
        ("".join(before[a:b]), "".join(after[c:d])) for tag, a, b, c, d in steps if tag != "equal"
    ]


def remarks_in(made: NewAgency) -> list[str]:
    return [str(remark) for remark in made.remarks]


def remarks_of(folder: Path) -> list[str]:
    return [text for text in remarks_in(make(folder, "next")[1]) if text.startswith("no baseline")]


# The example


def test_the_example_is_valid(tmp_path: Path) -> None:
    made = example(tmp_path / "agreements" / "mine")
    publishing.publish(made.files)
    assert len(made.files) >= 9
    assert errors_in(tmp_path / "agreements" / "mine") == []
    _, units = read_all(tmp_path / "agreements" / "mine")
    assert [unit.unit.level for unit in units] == ["division", "division", "person"]


@pytest.mark.parametrize("own", [True, False])
def test_the_example_names_a_schema_that_is_there(tmp_path: Path, own: bool) -> None:
    schema_kinds = ("agency", "indicator", "results", "survey", "unit", "wording")
    schema = tmp_path / "schema" if own else ROOT / "schema"
    schema.mkdir(exist_ok=True)
    place = tmp_path / "agreements" / "mine" if own else tmp_path / "elsewhere" / "mine"
    for path, data in example(place).files.items():
        match = SCHEMA.match(data.decode())
        assert match, path
        named = Path(os.path.normpath(path.parent / match[1]))
        assert named.parent == schema
        assert named.name in {f"{name}.json" for name in schema_kinds}
        shipped = (SHIPPED / "example-2570" / path.relative_to(place)).read_text("utf-8")
        assert data.decode().split("\n", 1)[1] == shipped.split("\n", 1)[1]


@pytest.mark.parametrize("name", ["CON", "aux.2570", "กรม:2570", "กรม.", " กรม", "ก" * 41])
def test_names_that_windows_refuses(tmp_path: Path, name: str) -> None:
    with pytest.raises(UsageError, match="can't name an agency's folder") as refused:
        example(tmp_path / name)
    assert refused.value.hint
    with pytest.raises(UsageError, match="can't name an agency's folder"):
        next_year(SHIPPED / "example-2570", tmp_path / name)


def test_a_folder_in_use_is_refused(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    assert example(tmp_path / "empty").files
    (tmp_path / "used").mkdir()
    (tmp_path / "used" / "x").touch()
    (tmp_path / "file").touch()
    for name in ("used", "file"):
        with pytest.raises(UsageError, match="not an empty folder"):
            example(tmp_path / name)
        with pytest.raises(UsageError, match="not an empty folder"):
            next_year(SHIPPED / "example-2570", tmp_path / name)


# Next year's agency


def test_next_year_of_the_example(tmp_path: Path) -> None:
    folder = workspace(tmp_path, "example-2570")
    write_results(folder, 2, RESULTS)
    write_results(folder, 1, {"ตัวอย่าง-ก": "fiscal_year: 2570\nresults: {manuals: {done: [1]}}\n"})
    assert errors_in(folder) == []
    directory, made = make(folder, "example-2571")
    assert errors_in(directory) == []
    assert not (directory / "results").exists()

    year = (
        "fiscal_year: {}                    # Buddhist Era: 1 October 2569 to 30 September 2570\n"
    )
    assert changes(folder / "agency.yaml", directory / "agency.yaml") == [
        (year.format(2570), year.format(2571)),
        (
            "    start: 1 ตุลาคม 2569\n    end: 31 มีนาคม 2570\n",
            "    start: 1 ตุลาคม 2570\n    end: 31 มีนาคม 2571\n",
        ),
        (
            "    start: 1 เมษายน 2570\n    end: 30 กันยายน 2570\n",
            "    start: 1 เมษายน 2571\n    end: 30 กันยายน 2571\n",
        ),
        ("baseline_years: [2567, 2568, 2569]\n", "baseline_years: [2568, 2569, 2570]\n"),
        ("  - name: ชื่อตัวอย่าง อธิบดี\n", "  - name:\n"),
    ]
    unit = "ตัวอย่าง-ก.yaml"
    status = "status: {}                        # draft: what is missing prints as a dotted line\n"
    assert changes(folder / unit, directory / unit) == [
        (status.format("final"), status.format("draft")),
        ("  - name: ชื่อตัวอย่าง หนึ่ง\n", "  - name:\n"),
    ]
    satisfaction = "indicators/satisfaction.yaml"
    assert changes(folder / satisfaction, directory / satisfaction) == [
        ("", "      2570: {text: ร้อยละ 88.10, value: 88.10}\n"),
        ("", "      2570: {text: ร้อยละ 6.5, value: 6.5}\n"),
        (
            "  - {name: ชื่อตัวอย่าง สิบแปด, position: ผู้อำนวยการกลุ่มงานตัวอย่าง, telephone: }\n",
            "  - {name: , position: ผู้อำนวยการกลุ่มงานตัวอย่าง, telephone: }\n",
        ),
        (
            "  - {name: ชื่อตัวอย่าง สิบเก้า, position: นักวิชาการตัวอย่าง, telephone: }\n",
            "  - {name: , position: นักวิชาการตัวอย่าง, telephone: }\n",
        ),
    ]
    added = {
        name: [new for old, new in changes(folder / path, directory / path) if not old]
        for name in ("on-time", "manuals", "knowledge", "energy")
        for path in [f"indicators/{name}.yaml"]
    }
    assert added == {
        "on-time": [],
        "manuals": ["      2570: {text: ระดับ 5 (ครบทุกฉบับ), value: 5}\n"],
        "knowledge": ['      2570: {text: "12 เรื่อง: ข้อมูลเปิด"}\n'],
        "energy": ["      2570: {text: ร้อยละ 5.10, value: 5.10}\n"],
    }
    assert changes(folder / "wording.yaml", directory / "wording.yaml") == []
    assert remarks_in(made) == [
        "no baseline of 2570 for 'on-time': the results of ตัวอย่าง-ก, ตัวอย่าง-ข differ",
        "copied as they are: surveys/visitors.yaml",
        "the levels' targets are still those of 2570",
        "these places still mention 2570:",
        f"  {directory.as_posix()}/agency.yaml:24",
        f"  {directory.as_posix()}/agency.yaml:28",
    ]


def test_the_model_says_the_same(tmp_path: Path) -> None:
    folder = workspace(tmp_path, "example-2570")
    directory, _ = make(folder, "example-2571")
    agency, units = read_all(directory)
    assert agency.agency.model is not None
    assert agency.id == "example-2571"
    assert agency.agency.model.fiscal_year == 2571
    assert agency.agency.model.baseline_years == [2568, 2569, 2570]
    assert [str(r.start) for r in agency.agency.model.rounds] == ["2027-10-01", "2028-04-01"]
    assert [str(r.end) for r in agency.agency.model.rounds] == ["2028-03-31", "2028-09-30"]
    parties = list(agency.agency.model.assessors)
    for unit in units:
        assert unit.unit.status == "draft"
        assert unit.unit.signed is None
        parties += unit.unit.assessees
        for resolved in unit.indicators:
            indicator = resolved.item.indicator
            contacts = indicator.supervisors + indicator.collectors
            assert all(c.position and not c.name and not c.telephone for c in contacts)
    assert all(party.position and not party.name for party in parties)


def test_next_year_of_the_department(tmp_path: Path) -> None:
    folder = workspace(tmp_path, "dsdw-2566")
    directory, made = make(folder, "dsdw-2567")
    assert errors_in(directory) == []
    energy = "indicators/energy.yaml"
    assert changes(folder / energy, directory / energy) == [
        (
            "  start: 1 กันยายน 2565\n  end: 31 สิงหาคม 2566\n",
            "  start: 1 กันยายน 2566\n  end: 31 สิงหาคม 2567\n",
        )
    ]
    assert changes(folder / "กอส.yaml", directory / "กอส.yaml") == []
    assert "there are no results of round 2, so no baselines of 2566 were added" in remarks_in(made)
    places = [text for text in remarks_in(made) if text.startswith("  ")]
    assert places
    for place in (text for text in places if not text.startswith("  …")):
        name, line = place.strip().rsplit(":", 1)
        text = Path(name).read_text("utf-8").split("\n")[int(line) - 1]
        assert "2566" in text
        assert not text.startswith("#")


@pytest.mark.parametrize("name", ["moi-2547", "cdd-2561", "dip-2558", "dsdw-department"])
def test_next_year_of_other_agencies(tmp_path: Path, name: str) -> None:
    folder = tmp_path / name
    shipped = ROOT / "agreements" / name
    shutil.copytree(shipped if shipped.is_dir() else AGREEMENTS / name, folder)
    directory, _ = make(folder, "next")
    assert errors_in(directory) == []
    before, after = read_all(folder)[0].agency.model, read_all(directory)[0].agency.model
    assert before is not None
    assert after is not None
    assert after.fiscal_year == before.fiscal_year + 1
    assert after.baseline_years == [year + 1 for year in before.baseline_years]


def test_twice_in_a_row(tmp_path: Path) -> None:
    folder = workspace(tmp_path, "example-2570")
    write_results(folder, 2, RESULTS)
    first, _ = make(folder, "example-2571")
    results = "fiscal_year: 2571\nresults: {on-time: {value: 92}, energy: {value: 6.25}}\n"
    write_results(first, 2, {"ตัวอย่าง-ก": results})
    second, made = make(first, "example-2572")
    assert errors_in(second) == []
    assert changes(first / "indicators/on-time.yaml", second / "indicators/on-time.yaml") == [
        ("", "      2571: {text: ร้อยละ 92, value: 92}\n")
    ]
    energy = (second / "indicators" / "energy.yaml").read_text("utf-8")
    assert "      2570: {text: ร้อยละ 5.10, value: 5.10}\n" in energy
    assert "      2571: {text: ร้อยละ 6.25, value: 6.25}\n" in energy
    left_out = [text for text in remarks_in(made) if text.startswith("no baseline")]
    assert left_out == [
        "no baseline of 2571 for 'manuals', 'knowledge', 'satisfaction': no result in round 2"
    ]
    assert "baseline_years: [2569, 2570, 2571]\n" in (second / "agency.yaml").read_text("utf-8")


def test_the_schema_is_named_from_the_new_place(tmp_path: Path) -> None:
    folder = workspace(tmp_path, "example-2570")
    beside, _ = make(folder, "example-2571")
    assert (beside / "wording.yaml").read_bytes() == (folder / "wording.yaml").read_bytes()
    other = tmp_path / "other"
    (other / "schema").mkdir(parents=True)
    made = next_year(folder, other / "agreements" / "deep" / "x")
    first = made.files[other / "agreements" / "deep" / "x" / "wording.yaml"].split(b"\n")[0]
    assert first == b"# yaml-language-server: $schema=../../../schema/wording.json"


def test_other_files_go_along(tmp_path: Path) -> None:
    folder = small(tmp_path)
    (folder / "tables").mkdir()
    (folder / "tables" / "x.csv").write_bytes(b"\xff\x00 2566")
    (folder / ".hidden").touch()
    (folder / "~$x.yaml.docx").touch()
    made = next_year(folder, tmp_path / "next")
    assert "copied as they are: tables/x.csv" in remarks_in(made)
    assert made.files[tmp_path / "next" / "tables" / "x.csv"] == b"\xff\x00 2566"
    names = "agency wording หนึ่ง สอง budget energy service"
    assert {path.name for path in made.files} == {f"{n}.yaml" for n in names.split()} | {"x.csv"}


# Dates and names, however they were written


@pytest.mark.parametrize(
    ("written", "moved"),
    [
        ("1 ต.ค. 2565", "1 ต.ค. 2566"),
        ("1 ตุลาคม พ.ศ. 2565", "1 ตุลาคม พ.ศ. 2566"),
        ("1ตุลาคม2565", "1ตุลาคม2566"),
        ("๑ ตุลาคม ๒๕๖๕", "๑ ตุลาคม ๒๕๖๖"),
        ('"1 ต.ค. 2565"', '"1 ต.ค. 2566"'),
        ("2022-10-01", "2023-10-01"),
        ("2565-10-01", "2566-10-01"),
        ("'2565-10-1'", "'2566-10-1'"),
        ("29 กุมภาพันธ์ 2563", "28 กุมภาพันธ์ 2564"),
        ("๒๙ ก.พ. ๒๕๖๓", "๒๘ ก.พ. ๒๕๖๔"),
        ("2020-02-29", "2021-02-28"),
    ],
)
def test_dates_move_as_they_are_written(tmp_path: Path, written: str, moved: str) -> None:
    folder = small(tmp_path, energy=f"period:\n  start: {written}   # from\n  end: 2566-09-30\n")
    replace(folder / "agency.yaml", "start: 1 ตุลาคม 2565,", f"start: {written},")
    directory, _ = make(folder, "next")
    assert errors_in(directory) == []
    text = (directory / "indicators" / "energy.yaml").read_text("utf-8")
    assert f"period:\n  start: {moved}   # from\n  end: 2567-09-30\n" in text
    text = (directory / "agency.yaml").read_text("utf-8")
    assert f"{{id: 1, name: รอบ 6 เดือน, start: {moved}, end: 31 มีนาคม 2567}}" in text
    assert "start: 1 ต.ค. 2566, end: 2024-09-30}" in text


def test_years_move_as_they_are_written(tmp_path: Path) -> None:
    folder = small(tmp_path)
    agency = folder / "agency.yaml"
    replace(agency, "fiscal_year: 2566", "fiscal_year: '๒๕๖๖'")
    replace(agency, "[2564, 2565]", "\n  - 2564   # two\n  - ๒๕๖๕")
    directory, _ = make(folder, "next")
    text = (directory / "agency.yaml").read_text("utf-8")
    assert "fiscal_year: '๒๕๖๗'\n" in text
    assert "baseline_years: \n  - 2565   # two\n  - ๒๕๖๖\n" in text


def test_names_are_emptied_wherever_they_stand(tmp_path: Path) -> None:
    contacts = (
        "supervisors:\n"
        "  - name: >-\n"
        "      นายสอง\n"
        "      ตัวอย่าง\n"
        "    position: หัวหน้า   # stays\n"
        "    telephone: 0212345670   # private\n"
        "variants:\n"
        "  field:\n"
        "    collectors: [{name: 'นายสาม', telephone: \"02\"}, {position: หัวหน้า, name: นายสี่}]\n"
        "    period: {start: 1 ต.ค. 2565, end: 1 พ.ย. 2565}\n"
    )
    folder = small(tmp_path, energy=contacts)
    replace(
        folder / "หนึ่ง.yaml",
        "{id: own, define: {extends: service, name: งานของกรม}",
        "{id: own, define: {extends: service, name: งานของกรม, collectors: [{name: นายห้า}]}",
    )
    append(folder / "สอง.yaml", "assessors:\n  - position: อธิบดี\n    name: นายหก")
    directory, _ = make(folder, "next")
    assert errors_in(directory) == []
    text = (directory / "indicators" / "energy.yaml").read_text("utf-8")
    assert text.endswith(
        "supervisors:\n"
        "  - name:\n"
        "    position: หัวหน้า   # stays\n"
        "    telephone:    # private\n"
        "variants:\n"
        "  field:\n"
        "    collectors: [{name: , telephone: }, {position: หัวหน้า, name: }]\n"
        "    period: {start: 1 ต.ค. 2566, end: 1 พ.ย. 2566}\n"
    )
    department = (directory / "หนึ่ง.yaml").read_text("utf-8")
    assert "define: {extends: service, name: งานของกรม, collectors: [{name: }]}" in department
    assert "- {name: , position: รองอธิบดี}\nsigned:\nduties:" in department
    assert "status: draft\n" in department
    second = (directory / "สอง.yaml").read_text("utf-8")
    assert second.endswith("assessors:\n  - position: อธิบดี\n    name:")


def test_line_ends_and_byte_order_marks_stay(tmp_path: Path) -> None:
    folder = workspace(tmp_path, "example-2570")
    for path in folder.rglob("*.yaml"):
        path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes().replace(b"\n", b"\r\n"))
    write_results(folder, 2, RESULTS)
    directory, made = make(folder, "example-2571")
    assert errors_in(directory) == []
    for path, data in made.files.items():
        assert data.startswith(b"\xef\xbb\xbf#"), path
        assert data.count(b"\r\n") == data.count(b"\n"), path
    energy = "indicators/energy.yaml"
    assert changes(folder / energy, directory / energy)[0] == (
        "",
        "      2570: {text: ร้อยละ 5.10, value: 5.10}\r\n",
    )
    agency = (directory / "agency.yaml").read_bytes().decode()
    assert "  - name:\r\n    position: อธิบดีกรมตัวอย่าง\r\n" in agency


# Results become baselines


@pytest.mark.parametrize(
    ("row", "result", "added"),
    [
        ("years: {2565: 86.33^}", "{value: 87.5}", ", 2566: 87.5"),
        ("years: {2565: '86.33'^}", "{value: 87.5}", ', 2566: "87.5"'),
        ("years: {2565: ร้อยละ 86.33^, }", "{value: 87}", ", 2566: ร้อยละ 87"),
        ("years: {๒๕๖๕: ร้อยละ ๘๖.๓๓^}", "{value: ๘๗}", ", ๒๕๖๖: ร้อยละ ๘๗"),
        ("years: {2564: 85, '๒๕๖๕': ร้อยละ ๘๖^}", "{value: ๘๗}", ", ๒๕๖๖: ร้อยละ ๘๗"),
        ("years: {๒๕๖๔: ร้อยละ ๘๖, 2565: ร้อยละ 86^}", "{value: 87}", ", 2566: ร้อยละ 87"),
        ("years: {2565: ลดลง^}", "{value: 87, text: 'ลดลง, มาก'}", ', 2566: "ลดลง, มาก"'),
        ("years: {2565:^ }", "{value: 87}", ' , 2566: {text: "87", value: 87}'),
        (
            "years: {2564: 1,   # a: b\n     2565:^   # none: yet\n     # {c}\n     }",
            "{value: 87}",
            " , 2566: 87",
        ),
        ("years: {^}", "{value: 87}", '2566: {text: "87", value: 87}'),
        ("years: {2566:^ }", "{value: 87}", ' {text: "87", value: 87}'),
        ("measure: ร้อยละ^   # c", "{value: 87}", '    years: {2566: {text: "87", value: 87}}'),
        ("{measure: ร้อยละ^}", "{value: 87}", ', years: {2566: {text: "87", value: 87}}'),
        (
            "years:\n      2564:   # none\n      2565:^   # none\n\n# c\n",
            "{done: [1], text: 'ทำ\n\n    แล้ว'}",
            "      2566: ทำ แล้ว",
        ),
        (
            "years:\n      2565: {text: '10', table: 10 คะแนน, value: 10.0}^   # c\n\n# d\n",
            "{value: 9.5}",
            '      2566: {text: "9.5", table: 9.5 คะแนน, value: 9.5}',
        ),
        (
            "years:\n      2565:\n        value: 12,000\n        text: |\n          12,000 คน^\n\n",
            "{value: 9500}",
            '      2566: {text: "9,500 คน", value: 9500}',
        ),
        (
            "years:\n      2565: {text: 'ร้อยละ 5 (1 จาก 20)', value: 5}^",
            "{value: -6}",
            '      2566: {text: "-6", value: -6}',
        ),
        (
            "years: {2565: {text: 5 แห่ง, table: ไม่ประเมิน, value: 6}^}",
            "{value: 7}",
            ", 2566: {text: 7, value: 7}",
        ),
    ],
)
def test_the_new_entry_is_written_like_the_others(
    tmp_path: Path, row: str, result: str, added: str
) -> None:
    before, after = row.split("^")
    folder = small(tmp_path, f"baselines:\n  - {before}{after}", f"{{energy: {result}}}")
    directory, _ = make(folder, "next")
    assert errors_in(directory) == []
    if added.startswith("    "):  # a line of its own, behind what ends the line
        rest, newline, after = after.partition("\n")
        before, after = f"{before}{rest}\n", newline + after
    energy = (directory / "indicators" / "energy.yaml").read_text("utf-8")
    assert energy.endswith(f"baselines:\n  - {before}{added}{after}")


def test_an_empty_list_of_baselines_gets_a_row(tmp_path: Path) -> None:
    folder = small(tmp_path, "baselines: []   # none yet\n", "{energy: {value: 5}}")
    directory, _ = make(folder, "next")
    assert errors_in(directory) == []
    text = (directory / "indicators" / "energy.yaml").read_text("utf-8")
    assert 'baselines: [{years: {2566: {text: "5", value: 5}}}]   # none yet\n' in text


def test_the_departments_result_wins(tmp_path: Path) -> None:
    folder = small(tmp_path, results="{budget: {value: 96.5}}")
    write_results(folder, 2, {"สอง": "fiscal_year: 2566\nresults: {budget: {value: 70}}\n"})
    directory, _ = make(folder, "next")
    assert errors_in(directory) == []
    text = (directory / "indicators" / "budget.yaml").read_text("utf-8")
    assert (
        '- years: {2564: "94.50", 2565: {text: ร้อยละ 95, value: 95}, '
        "2566: {text: ร้อยละ 96.5, value: 96.5}}\n"
    ) in text
    assert "telephone: }\n" in text


def test_baselines_of_a_variant_and_of_a_unit(tmp_path: Path) -> None:
    folder = small(tmp_path, results="{own: {value: 3}, budget: {value: 96}}")
    replace(
        folder / "หนึ่ง.yaml", "name: งานของกรม}", "name: งานของกรม, baselines: [{years: {2565: 2}}]}"
    )
    append(
        folder / "indicators/budget.yaml", "    baselines:\n      - years:\n          2565: 60\n"
    )
    write_results(folder, 2, {"สอง": "fiscal_year: 2566\nresults: {budget: {value: 70}}\n"})
    directory, _ = make(folder, "next")
    assert errors_in(directory) == []
    department = (directory / "หนึ่ง.yaml").read_text("utf-8")
    assert "baselines: [{years: {2565: 2, 2566: 3}}]}" in department
    budget = (directory / "indicators" / "budget.yaml").read_text("utf-8")
    assert budget.endswith("      - years:\n          2565: 60\n          2566: 70\n")
    assert "value: 95}, 2566: {text: ร้อยละ 96, value: 96}}" in budget


@pytest.mark.parametrize(
    ("energy", "results", "remark"),
    [
        ("", "{energy: {value: 5}}", "'energy': it has no list of baselines"),
        (
            "baselines: [{years: {}}]",
            "{energy: {done: [1]}}",
            "'energy': its result has neither a value nor a text",
        ),
        (
            "baselines: [{name: a}, {name: b}]",
            "{energy: {value: 5}}",
            "'energy': 1 results don't fit the 2 rows of its baselines",
        ),
        (
            "baselines: [{years: {๒๕๖๖: 5}}]",
            "{energy: {value: 5}}",
            "'energy': it has one already",
        ),
        (
            "baselines: [{years: {2565: 5}}]",
            "{energy: {value: 5}, service: {value: 5}}",
            "'service': it has no list of baselines",
        ),
        (
            "baselines: [{years: {2565: 5}}]",
            "{energy: {done: [1], text: 'เรื่อง [[x]]'}}",
            "'energy': the text of its result holds [[, which would be a blank there",
        ),
        (
            "baselines: [{years: {2565: 5}}]",
            "{energy: {value: 5}, own: {value: 1}}",
            "'own' of หนึ่ง: it has no list of baselines",
        ),
    ],
)
def test_what_is_left_out_is_said(tmp_path: Path, energy: str, results: str, remark: str) -> None:
    folder = small(tmp_path, energy, results)
    assert f"no baseline of 2566 for {remark}" in remarks_of(folder)
    assert errors_in(folder.parent / "next") == []


def test_equal_results_of_several_units_are_one(tmp_path: Path) -> None:
    folder = workspace(tmp_path, "example-2570")
    for unit in ("ตัวอย่าง-ก", "ตัวอย่าง-ข"):
        results = "fiscal_year: 2570\nresults: {on-time: {value: 90}}\n"
        write_results(folder, 2, {unit: results})
    directory, _ = make(folder, "example-2571")
    assert "2570: {text: ร้อยละ 90, value: 90}" in (
        directory / "indicators" / "on-time.yaml"
    ).read_text("utf-8")


def test_parts_need_a_value_each(tmp_path: Path) -> None:
    folder = workspace(tmp_path, "example-2570")
    results = "fiscal_year: 2570\nresults: {satisfaction: {parts: {satisfied: {value: 88}}}}\n"
    write_results(folder, 2, dict.fromkeys(["ตัวอย่าง-ก", "ตัวอย่าง-ข"], results))
    assert (
        "no baseline of 2570 for 'satisfaction': its result has neither a value nor a text"
    ) in remarks_of(folder)


def test_at_most_thirty_places_are_listed(tmp_path: Path) -> None:
    lines = "".join(f"  ปี 2566 ครั้งที่ {n} (๒๕๖๖) จาก 12566\n" for n in range(33))
    folder = small(tmp_path, energy=f"# 2566\nsource: |\n{lines}conditions: ปี 25660\n")
    directory, made = make(folder, "next")
    start = remarks_in(made).index("these places still mention 2566:") + 1
    places = remarks_in(made)[start:]
    assert len(places) == 31
    assert places[0] == f"  {directory.as_posix()}/indicators/energy.yaml:6"
    assert places[29] == f"  {directory.as_posix()}/indicators/energy.yaml:35"
    assert places[30] == "  … and 3 more"


# Faults


def test_a_faulty_agency_is_refused_with_every_place(tmp_path: Path) -> None:
    folder = small(tmp_path)
    append(folder / "agency.yaml", "colour: red\n")
    append(folder / "indicators" / "energy.yaml", "colour: red\n")
    append(folder / "หนึ่ง.yaml", "colour: red\n")
    write_results(folder, 2, {"หนึ่ง": "fiscal_year: 2565\n"})
    with pytest.raises(DataError) as refused:
        next_year(folder, tmp_path / "next")
    places = {fault.location.path.name for fault in refused.value.diagnostics}
    assert places >= {"agency.yaml", "energy.yaml", "หนึ่ง.yaml"}
    assert not (tmp_path / "next").exists()


def test_results_of_another_year_are_refused(tmp_path: Path) -> None:
    folder = small(tmp_path)
    write_results(folder, 2, {"หนึ่ง": "fiscal_year: 2565\nresults: {}\n"})
    with pytest.raises(DataError) as refused:
        next_year(folder, tmp_path / "next")
    assert "these are results of 2565" in refused.value.diagnostics[0].message


# The command


def gen(*arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "generator", *arguments]
    return subprocess.run(
        command, cwd=ROOT, capture_output=True, text=True, encoding="utf-8", check=False
    )


def test_the_command(tmp_path: Path) -> None:
    directory = tmp_path / "example-2571"
    run = gen("init", str(directory), "--from", "example-2570")
    assert run.returncode == 0, run.stderr
    written = [Path(line) for line in run.stdout.splitlines()]
    assert sorted(written) == sorted(path for path in directory.rglob("*") if path.is_file())
    assert "the levels' targets are still those of 2570" in run.stderr.splitlines()
    assert errors_in(directory) == []
    again = gen("init", str(directory), "--from", "example-2570")
    assert again.returncode == 2
    assert again.stdout == ""
    assert "not an empty folder" in again.stderr


def test_the_command_without_a_year_before(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    run = CliRunner().invoke(cli, ["init", "agreements/mine"])
    assert run.exit_code == 0, run.output
    assert "agreements/mine/agency.yaml" in run.stdout.splitlines()
    assert errors_in(tmp_path / "agreements" / "mine") == []


# Results that were worked out, as the report prints them

LADDER = "read: ladder, levels: {ขั้นต้น: {text: ก, %s}, มาตรฐาน: {text: ข, %s}, ขั้นสูง: {text: ค, %s}}"
MONTHS = [*thai.SHORT_MONTHS[9:], *thai.SHORT_MONTHS[:9]]
RISING = LADDER % ("at_least: 50", "at_least: 60", "at_least: 70")
STEPS = LADDER % ("done: 1", "done: 2", "done: 3")
PARTS = f"parts: [{{id: a, name: ส่วนหนึ่ง, {RISING}}}, {{id: b, name: ส่วนสอง, {STEPS}}}]"
FORMULA = "value: {formula: a / b * 100, inputs: {a: {name: ก, monthly: true}, b: {name: ข}}}\n"


@pytest.mark.parametrize(
    ("indicator", "result", "rows"),
    [
        (f"{FORMULA}criteria: {{all: {{{RISING}}}}}", "{inputs: {a: 2, b: 3}}", ["66.67"]),
        (
            f"{FORMULA}criteria: {{all: {{{RISING}}}}}",
            f"{{inputs: {{a: {{{', '.join(f'{month}: 0.5' for month in MONTHS)}}}, b: 9}}}}",
            ["66.67"],
        ),
        (
            f"{FORMULA}criteria: {{all: {{decimals: 4, {RISING}}}}}",
            "{inputs: {a: 2, b: 3}}",
            ["66.6667"],
        ),
        (f"{FORMULA}criteria: {{all: {{{RISING}}}}}", "{inputs: {a: 5, b: 8}}", ["62.5"]),
        (f"criteria: {{all: {{{STEPS}}}}}", "{done: [1, 2]}", ["75"]),
        (f"criteria: {{all: {{{STEPS}}}}}", "{done: []}", ["0"]),
        (
            f"criteria: {{all: {{{PARTS}}}}}",
            "{parts: {a: {value: 61.20}, b: {done: [1]}}}",
            ["61.20", "50"],
        ),
        (f"criteria: {{all: {{{RISING}}}}}", "{value: 61.236}", ["61.24"]),
    ],
)
def test_every_baseline_takes_the_figure_that_the_report_prints(
    tmp_path: Path, indicator: str, result: str, rows: list[str]
) -> None:
    folder = small(tmp_path)
    past = ", ".join(["{years: {2565: {text: x, value: 40}}}"] * len(rows))
    text = f"name: ก\nmeasure: ระดับ\nbaselines: [{past}]\n{indicator}\n"
    (folder / "indicators" / "energy.yaml").write_text(text, "utf-8")
    (folder / "indicators" / "service.yaml").write_text("name: ข\n", "utf-8")
    unit = folder / "หนึ่ง.yaml"
    unit.write_text(unit.read_text("utf-8").replace("status: final", "status: draft"), "utf-8")
    write_results(folder, 2, {"หนึ่ง": f"fiscal_year: 2566\nresults: {{energy: {result}}}\n"})
    directory, _ = make(folder, "next")
    (file,) = [f for f in read_all(directory)[0].indicators.items() if f[0] == "energy"]
    past_rows = file[1].node.find(("baselines",)).value
    assert isinstance(past_rows, list)
    found = [row.find(("years", "2566", "value")).value for row in past_rows]
    assert found == rows


def test_parts_of_an_empty_list_become_rows_with_their_names(tmp_path: Path) -> None:
    folder = small(tmp_path)
    text = f"name: ก\nmeasure: ร้อยละ\nbaselines: []\ncriteria: {{all: {{{PARTS}}}}}\n"
    (folder / "indicators" / "energy.yaml").write_text(text, "utf-8")
    (folder / "indicators" / "service.yaml").write_text("name: ข\n", "utf-8")
    unit = folder / "หนึ่ง.yaml"
    unit.write_text(unit.read_text("utf-8").replace("status: final", "status: draft"), "utf-8")
    result = "{energy: {parts: {a: {value: 61.20}, b: {done: [1]}}}}"
    write_results(folder, 2, {"หนึ่ง": f"fiscal_year: 2566\nresults: {result}\n"})
    directory, _ = make(folder, "next")
    written = (directory / "indicators" / "energy.yaml").read_text("utf-8")
    assert "{name: ส่วนหนึ่ง, years: {2566: {" in written
    assert "{name: ส่วนสอง, years: {2566: {" in written


def test_counted_answers_become_baselines(tmp_path: Path) -> None:
    """The results only name the survey: the figures are what its answers come to."""
    folder = workspace(tmp_path, "dsdw-2566")
    counted = next((SHIPPED / "dsdw-2566" / "answers").rglob("*.yaml"))
    unit, old = counted.parent.name, folder / "answers" / counted.parent.parent.name
    texts = {path.name: path.read_text("utf-8") for path in (old / unit).iterdir()}
    shutil.rmtree(folder / "answers")
    for name, text in texts.items():
        target = folder / "answers" / "2" / unit / name
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text.replace("example: true\n", ""), "utf-8")
    said = f"fiscal_year: 2566\nresults:\n  satisfaction: {{survey: {counted.stem}}}\n"
    write_results(folder, 2, {unit: said})
    from generator.agreements import lookup
    from generator.api import scores
    from generator.scoring.trace import PartScored, judged
    from generator.workspace.environment import Workspace

    score = scores.score(lookup.find(Workspace(tmp_path, {}), unit), "2").score
    row = next(row for row in score.rows if row.key == "satisfaction")
    assert row.score is not None
    wanted = [judged(s.trace) for s in row.score.trace.steps if isinstance(s, PartScored)]
    assert len(wanted) == 2
    directory, made = make(folder, "next")
    rows = read_all(directory)[0].indicators["satisfaction"].node.find(("baselines",)).value
    assert isinstance(rows, list), remarks_in(made)
    years = [dict(row.find(("years",)).value) for row in rows]  # type: ignore[arg-type]
    found = [year["2566"].find(("value",)).value for year in years]
    assert [float(str(value)) for value in found] == [float(value or 0) for value in wanted]
