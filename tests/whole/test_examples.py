"""The two example agencies: for every unit and round the same scores by hand and in print."""

from __future__ import annotations

import ast
import hashlib
import json
import re
import shutil
from collections.abc import Iterator
from fractions import Fraction
from functools import cache
from io import BytesIO
from pathlib import Path

import docx
import pytest
from docx.oxml.ns import qn

from generator import api
from generator.agreements import lookup
from generator.agreements.record import DocumentOptions
from generator.api import documents
from generator.api.scores import ScoredUnit
from generator.cli import scoreboard
from generator.documents import building, inputs
from generator.documents.report import ResultReport
from generator.documents.summary import AgencySummary
from generator.importing import workbook
from generator.verify import squeezed
from generator.workspace.environment import Workspace
from support import by_hand
from support.by_hand import AGREEMENTS, CASES, FACULTY, HOSPITAL, UNITS, half_up, worked_out
from support.making import WORLD
from support.readers import by_poppler, pages_by_pdfium, solid
from support.reading import found_in
from support.shared import once

LAST = [(unit, rounds[-1]) for unit, (_, rounds) in UNITS.items()]


def target(unit: str, world: Workspace = WORLD) -> lookup.Target:
    return lookup.find(world, str(world.agreements / UNITS[unit][0] / f"{unit}.yaml"))


@cache
def scored(unit: str, round_: str) -> ScoredUnit:
    return api.scores.score(target(unit), round_)


def printed(figure: Fraction, text: str) -> bool:
    """Whether a text is the figure, rounded half up to the decimals that the text has."""
    _, _, decimals = text.partition(".")
    return re.fullmatch(r"\d+(\.\d+)?", text) is not None and Fraction(text) == half_up(
        figure, len(decimals)
    )


def weighted(unit: str, round_: str) -> dict[str, Fraction]:
    """ค by hand: ก × ข ÷ the weights of what is judged."""
    ours = worked_out(unit, round_)
    out_of = sum(ours.weights.values())
    return {key: ours.scores[key] * ours.weights[key] / out_of for key in ours.scores}


def test_what_checks_them_is_not_what_scores_them() -> None:
    tree = ast.parse(Path(by_hand.__file__).read_text("utf-8"))
    named = {
        alias.name if isinstance(node, ast.Import) else node.module
        for node in ast.walk(tree)
        if isinstance(node, ast.Import | ast.ImportFrom)
        for alias in node.names
    }
    assert not {name for name in named if name and name.startswith("generator")}


@pytest.mark.parametrize(("agency", "warned"), [(HOSPITAL, 0), (FACULTY, 1)])
def test_nothing_is_at_fault(agency: str, warned: int) -> None:
    found = [one.shown(AGREEMENTS / agency) for one in found_in(AGREEMENTS / agency)]
    # The faculty has a target twice, to show what that means; nothing else is remarked.
    assert len(found) == warned, found
    assert all("asks for the same as level 3 (60)" in one for one in found)


def test_every_result_is_of_a_round_that_is_tried() -> None:
    for agency in (HOSPITAL, FACULTY):
        there = {
            (path.stem, path.parent.name) for path in (AGREEMENTS / agency).glob("results/*/*.yaml")
        }
        assert there == {(unit, round_) for unit, round_ in CASES if UNITS[unit][0] == agency}
        units = {path.stem for path in (AGREEMENTS / agency).glob("*.yaml")}
        assert units - {"agency", "wording"} == {unit for unit, _ in there}


@pytest.mark.parametrize(("unit", "round_"), CASES)
def test_the_scores_are_those_by_hand(unit: str, round_: str) -> None:
    score, ours = scored(unit, round_).score, worked_out(unit, round_)
    rows = {row.key: row for row in score.rows}
    assert {key for key, row in rows.items() if row.state == "scored"} == set(ours.scores)
    assert all(row.state in ("scored", "not applicable") for row in rows.values())
    for key, earned in ours.scores.items():
        points = rows[key].score
        assert points is not None
        assert Fraction(points.points) == earned, key
        assert Fraction(rows[key].weighted or 0) == weighted(unit, round_)[key], key
    (pool,) = score.pools
    assert pool.complete
    assert (Fraction(pool.total), pool.grade) == (ours.total, ours.grade)


@pytest.mark.parametrize(("unit", "round_"), CASES)
def test_terminal_and_json_say_the_same(unit: str, round_: str) -> None:
    ours = worked_out(unit, round_)
    said = json.loads(json.dumps(api.scores.as_json(scored(unit, round_))))
    for row in said["rows"]:
        if row["state"] == "scored":
            assert Fraction(row["score"]) == ours.scores[row["key"]]
            assert printed(ours.scores[row["key"]], row["score_shown"])
            assert printed(weighted(unit, round_)[row["key"]], row["weighted_shown"])
    (total,) = said["totals"]
    assert Fraction(total["total"]) == ours.total
    assert printed(ours.total, total["total_shown"])
    assert printed(ours.percent, total["percent_shown"])
    assert total["grade"] == ours.grade
    lines = [line for line, _ in scoreboard.lines(scored(unit, round_))]
    keys = [row["key"] for row in said["rows"]]
    figures = [found for line in lines if (found := re.search(r"(\S+) +(\S+) +(\S+)$", line))]
    rows = [one for one in figures if all(re.fullmatch(r"[\d.]+|–", g) for g in one.groups())]
    assert len(rows) == len(keys)
    for key, row in zip(keys, rows, strict=True):
        if key not in ours.scores:
            assert row.groups() == ("–", "–", "–")
            continue
        assert printed(ours.scores[key], row[1])
        assert printed(weighted(unit, round_)[key], row[3])
    text = "\n".join(lines)
    assert f"คะแนนรวม {float(half_up(ours.total, 4)):.4f} จากคะแนนเต็ม 5" in text
    assert f"ผลการประเมิน: {ours.grade}" in text


def report(unit: str, round_: str) -> ResultReport:
    origin = inputs.find_input("report", target(unit), DocumentOptions(round=round_))
    built = building.build(WORLD, origin).context
    assert isinstance(built, ResultReport)
    return built


def figures(unit: str, round_: str) -> Iterator[tuple[Fraction, str]]:
    """Each figure by hand with what the report's table prints of it."""
    ours, table = worked_out(unit, round_), report(unit, round_).table
    rows = [row for section in table.sections for row in section.rows]
    keys = [row.key for row in scored(unit, round_).score.rows]
    for key, row in zip(keys, rows, strict=True):
        if key not in ours.scores:
            assert (row.score, row.weighted) == ("-", "-")
            continue
        yield ours.scores[key], row.score
        yield weighted(unit, round_)[key], row.weighted
    yield ours.total, table.total_weighted


def outcome_of(unit: str, round_: str) -> tuple[str, ...]:
    glance = report(unit, round_).glance
    assert glance is not None
    return glance.outcome


@pytest.mark.parametrize(("unit", "round_"), CASES)
def test_the_report_prints_them(unit: str, round_: str) -> None:
    for figure, text in figures(unit, round_):
        assert "." in text
        assert printed(figure, text), (figure, text)
    ours, outcome = worked_out(unit, round_), " ".join(outcome_of(unit, round_))
    assert f"{float(half_up(ours.percent, 2)):.2f}" in outcome
    assert ours.grade in outcome.split()


@once
def made(unit: str, round_: str) -> dict[str, bytes]:
    files = documents.make(
        WORLD, "report", target(unit), options=DocumentOptions(round=round_)
    ).files
    return {path.suffix.removeprefix("."): data for path, data in files.items()}


def paragraphs(data: bytes) -> str:
    body = docx.Document(BytesIO(data)).element.body
    return "".join(piece.text or "" for piece in body.iter(qn("w:t")))


@pytest.mark.parametrize(("unit", "round_"), LAST)
def test_both_formats_print_them(unit: str, round_: str) -> None:
    both = made(unit, round_)
    cells = {
        cell.text
        for table in docx.Document(BytesIO(both["docx"])).tables
        for row in table.rows
        for cell in row.cells
    }
    pdf = solid(by_poppler(both["pdf"]))
    for _, text in figures(unit, round_):
        assert text in cells
        assert text in pdf
    word = paragraphs(both["docx"])
    for line in outcome_of(unit, round_):
        assert solid(line) in solid(word)
        assert solid(line) in pdf


def test_an_assessors_words_stand_beside_the_assessor() -> None:
    pages = pages_by_pdfium(made("โรงพยาบาล-ก", "q4")["pdf"])
    words = [squeezed(page) for page in pages]
    reason = squeezed("ยังไม่มีหนังสือรับรองมาตรวัดของแผงที่ 3")
    (found,) = (page for page in words if reason in page)
    assert squeezed("คณะกรรมการประเมินผล 25 ตุลาคม 2570") in found


def test_the_file_that_proves_a_result_is_listed_and_part_of_the_report() -> None:
    listed = "ผลการสอบเทียบมาตรวัดของแผงทั้งสาม หน้า 1 (evidence/q4/มาตรวัดของแผง.txt)"
    for data in made("โรงพยาบาล-ก", "q4").values():
        text = by_poppler(data) if data.startswith(b"%PDF") else paragraphs(data)
        assert solid(listed) in solid(text)
    proof = AGREEMENTS / HOSPITAL / "evidence/q4/มาตรวัดของแผง.txt"
    ours = sum(
        int(n.replace(",", "")) for n in re.findall(r"ได้ ([\d,]+) หน่วย", proof.read_text("utf-8"))
    )
    reported = by_hand.loaded(AGREEMENTS / HOSPITAL / "results/q4/โรงพยาบาล-ก.yaml")["results"][
        "solar"
    ]
    assert str(ours) == reported["inputs"]["solar"]
    sealed = reported["evidence"][1]["sha256"]
    assert hashlib.sha256(proof.read_bytes()).hexdigest() == sealed
    origin = inputs.find_input("report", target("โรงพยาบาล-ก"), DocumentOptions(round="q4"))
    source = building.build(WORLD, origin).record.data.decode()
    assert sealed in source


@pytest.mark.parametrize(("unit", "round_"), [one for one in LAST if UNITS[one[0]][0] == FACULTY])
def test_the_facultys_english_names_stand_in_its_reports(unit: str, round_: str) -> None:
    folder = AGREEMENTS / FACULTY
    of_unit = by_hand.loaded(folder / f"{unit}.yaml")
    names = {of_unit["name_en"]}
    for item in of_unit["indicators"]:
        found = item["define"] if "define" in item else f"indicators/{item['use']}.yaml"
        names.add((by_hand.loaded(folder / found) if isinstance(found, str) else found)["name_en"])
    assert len(names) == len(of_unit["indicators"]) + 1
    for data in made(unit, round_).values():
        text = by_poppler(data) if data.startswith(b"%PDF") else paragraphs(data)
        assert all(solid(name) in solid(text) for name in names)


ROUNDS = [
    (agency, round_)
    for agency, unit in ((HOSPITAL, "โรงพยาบาล-ก"), (FACULTY, "ภาควิชา-ก"))
    for round_ in UNITS[unit][1]
]


@pytest.mark.parametrize(("agency", "round_"), ROUNDS)
def test_the_summary_ranks_by_them(agency: str, round_: str) -> None:
    found = lookup.find(WORLD, str(AGREEMENTS / agency))
    origin = inputs.find_input("summary", found, DocumentOptions(round=round_))
    summary = building.build(WORLD, origin).context
    assert isinstance(summary, AgencySummary)
    ranked = [row for tier in summary.ranking.tiers for row in tier.rows]
    ours = [
        worked_out(*case) for case in CASES if UNITS[case[0]][0] == agency and case[1] == round_
    ]
    assert len(ranked) == len(ours)
    by_total = sorted(ours, key=lambda one: one.total)
    for row, one in zip(sorted(ranked, key=lambda r: Fraction(r.total)), by_total, strict=True):
        assert printed(one.total, row.total)
        assert printed(one.percent, row.percent)
        assert row.grade == one.grade
        assert row.open in ("", "-", "0")
    cells = [cell.text for heat in summary.heats for row in heat.rows for cell in row.cells]
    scores = [score for one in ours for score in one.scores.values()]
    shown = [text for text in cells if re.fullmatch(r"[\d.]+", text)]
    assert len(shown) == len(scores)
    for score in scores:
        assert any(printed(score, text) for text in shown)


@pytest.fixture(scope="module")
def copied(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    base = tmp_path_factory.mktemp("examples")
    for agency in (HOSPITAL, FACULTY):
        shutil.copytree(AGREEMENTS / agency, base / "agreements" / agency)
    return Workspace(base, {})


@pytest.mark.parametrize(("unit", "round_"), CASES)
def test_a_workbook_brings_them_back(unit: str, round_: str, copied: Workspace) -> None:
    ((path, data),) = workbook.template(copied, target(unit, copied), round_).files.items()
    filled = copied.root / path.name
    filled.write_bytes(data)
    for place, written in workbook.take_in(copied, filled, over=True).files.items():
        place.write_bytes(written)
    again = api.scores.score(target(unit, copied), round_).score
    ours = worked_out(unit, round_)
    points = {row.key: row.score.points for row in again.rows if row.score is not None}
    assert {key: Fraction(value) for key, value in points.items()} == ours.scores
    (pool,) = again.pools
    assert (Fraction(pool.total), pool.grade) == (ours.total, ours.grade)
    before = {row.key: row.assessment for row in scored(unit, round_).score.rows}
    for row in again.rows:
        assert (row.assessment is None) is (before[row.key] is None)
        if row.assessment is not None:
            assert row.assessment.as_data() == before[row.key].as_data()  # type: ignore[union-attr]
