"""Helpers of the scoring tests: models from YAML, one indicator scored, the shipped data."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import TypeVar

from pydantic import BaseModel

from generator.agreements import reading, yaml_tree
from generator.agreements.files import DataFile, ResolvedIndicator, UnitFile
from generator.agreements.model_faults import to_model
from generator.agreements.yaml_tree import Node
from generator.exact import half_up
from generator.model import Agency, Indicator, Results, Unit, UnitIndicator
from generator.scoring import IndicatorScore, RoundReports, ScoredIndicator, UnitScore, score_unit

M = TypeVar("M", bound=BaseModel)
Round = str

SHIPPED = Path(__file__).parents[2] / "agreements"
DSDW = SHIPPED / "dsdw-2566"
EXAMPLE = SHIPPED / "example-2570"

AGENCY = """
fiscal_year: 2566
name: กรมทดสอบ
terms: {agreement: คำรับรอง, assessor: ผู้รับคำรับรอง, assessee: ผู้ทำคำรับรอง}
rounds:
  - {id: 1, name: รอบ 1, start: 1 ต.ค. 2565, end: 31 มี.ค. 2566}
  - {id: 2, name: รอบ 2, start: 1 ต.ค. 2565, end: 30 ก.ย. 2566}
scales:
  five:
    levels:
      - {id: 1, name: 1, points: 1}
      - {id: 2, name: 2, points: 2}
      - {id: 3, name: 3, points: 3}
      - {id: 4, name: 4, points: 4}
      - {id: 5, name: 5, points: 5}
    below: 1
  targets:
    levels:
      - {id: basic, name: ขั้นต้น, points: 50}
      - {id: standard, name: มาตรฐาน, points: 75}
      - {id: advanced, name: ขั้นสูง, points: 100}
    below: 0
scale: five
components:
  - {id: all, name: รวม, weight: 100}
grades:
  - {name: ดีเด่น, at_least: 90}
  - {name: ดี, at_least: 75}
  - {name: พอใช้, at_least: 60}
  - {name: ต้องปรับปรุง, at_least: 0}
"""


def node(text: str, name: str = "given.yaml") -> Node:
    """The nodes of a YAML text."""
    read = yaml_tree.parse(Path(name), text.encode())
    assert read.node is not None, read.faults
    return read.node


def model(kind: type[M], text: str) -> M:
    """A model from a YAML text that has no fault."""
    found, faults = to_model(node(text), kind)
    assert found is not None, [fault.shown() for fault in faults]
    return found


def agency(changes: str = "") -> Agency:
    """The agency of the tests, with ``changes`` in place of its keys."""
    if not changes:
        return model(Agency, AGENCY)
    base = {**node(AGENCY).keys}
    changed = node(changes)
    merged = Node(
        {**_children(node(AGENCY)), **_children(changed)},
        changed.location,
        {**base, **changed.keys},
    )
    found, faults = to_model(merged, Agency)
    assert found is not None, [fault.shown() for fault in faults]
    return found


def _children(of: Node) -> dict[str, Node]:
    assert isinstance(of.value, dict)
    return of.value


def reported(text: str, name: str = "results/2/หนึ่ง.yaml") -> DataFile[Results]:
    """A results file: ``text`` is what stands under ``results:``, one indicator a line."""
    lines = "\n".join(f"  {line}" for line in text.strip().splitlines())
    body = f"fiscal_year: 2566\nresults:\n{lines}\n" if text.strip() else "fiscal_year: 2566\n"
    read = node(body, name)
    found, faults = to_model(read, Results)
    assert found is not None, [fault.shown() for fault in faults]
    return DataFile(Path(name), found, read)


@dataclass(frozen=True)
class Kpi:
    """An indicator of a unit made for a test."""

    key: str
    indicator: str
    weight: str = "100"
    component: str = "all"
    result: str = "own"
    surveys: str = "[]"
    exemptions: str = "[]"


def unit(*kpis: Kpi, name: str = "หนึ่ง", more: str = "") -> UnitFile:
    """A unit that defines these indicators; ``more`` is further YAML of its file."""
    text = f"level: division\n{more}\nindicators:\n" + "".join(
        f"  - id: {kpi.key}\n"
        f"    component: {kpi.component}\n"
        + (f"    weight: {kpi.weight}\n" if kpi.weight else "")
        + f"    result: {kpi.result}\n"
        f"    surveys: {kpi.surveys}\n"
        f"    exemptions: {kpi.exemptions}\n"
        "    define: {name: ตัวชี้วัด}\n"
        for kpi in kpis
    )
    read = node(text, f"{name}.yaml")
    found, faults = to_model(read, Unit)
    assert found is not None, [fault.shown() for fault in faults]
    indicators = tuple(
        ResolvedIndicator(
            UnitIndicator(key=kpi.key, use=use, indicator=model(Indicator, kpi.indicator)),
            node(kpi.indicator),
            ("indicators", index),
        )
        for index, (kpi, use) in enumerate(zip(kpis, found.indicators, strict=True))
    )
    return UnitFile(name, DataFile(Path(f"{name}.yaml"), found, read), indicators, ())


def one(
    indicator: str, result: str, *, of: Agency | None = None, round_id: Round = "2", more: str = ""
) -> ScoredIndicator:
    """The row of one indicator (YAML) with one result (YAML)."""
    file = unit(Kpi("kpi", indicator), more=more)
    reports = RoundReports(
        of or agency(), round_id, {"หนึ่ง": file}, {"หนึ่ง": reported(f"kpi: {result}")}
    )
    return score_unit(reports, "หนึ่ง").rows[0]


def scored(indicator: str, result: str, **options: object) -> IndicatorScore:
    """The score of one indicator; there must be one."""
    row = one(indicator, result, **options)  # type: ignore[arg-type]
    assert row.score is not None, [fault.shown() for fault in row.faults]
    return row.score


def points(indicator: str, result: str, **options: object) -> str:
    """The score as printed."""
    return str(as_printed(scored(indicator, result, **options)))


def as_printed(score: IndicatorScore) -> Decimal:
    """A score with four decimals."""
    return half_up(score.points, 4)


def faults(indicator: str, result: str, **options: object) -> list[str]:
    """The faults in place of a score, without place and hint."""
    row = one(indicator, result, **options)  # type: ignore[arg-type]
    assert row.score is None
    assert row.state == "at fault"
    for fault in row.faults:
        assert fault.location.path == Path("results/2/หนึ่ง.yaml")
        assert fault.location.line == 3
        assert fault.hint
    return [fault.message for fault in row.faults]


def ladder(levels: Mapping[int, str] | str, more: str = "") -> str:
    """An indicator with one ladder for all rounds; a level is its condition: ``at_least: 80``."""
    return _criteria("ladder", levels, more)


def by_points(levels: Mapping[int, str] | str, more: str = "") -> str:
    """An indicator with points for all rounds; a level is its value."""
    return _criteria("points", levels, more)


def _criteria(read: str, levels: Mapping[int, str] | str, more: str) -> str:
    if isinstance(levels, str):
        levels = dict(enumerate((level.strip() for level in levels.split("|")), 1))
    lines = [f"      {key}: {_level(read, level)}" for key, level in levels.items()]
    return (
        f"name: ตัวชี้วัด\ncriteria:\n  all:\n    read: {read}\n"
        + "".join(f"    {line}\n" for line in more.splitlines())
        + "    levels:\n"
        + "\n".join(lines)
    )


def _level(read: str, level: str) -> str:
    if level in ("-", "..."):
        return f'"{level}"'
    key = "value: " if read == "points" else ""
    return f"{{text: เกณฑ์, {key}{level}}}"


@cache
def shipped(folder: Path) -> tuple[Agency, Mapping[str, UnitFile]]:
    """A shipped agency and its units, read from disk."""
    read = reading.read_agency(folder)
    assert read.agency.model is not None
    return read.agency.model, {path.stem: reading.read_unit(read, path) for path in read.unit_paths}


def of_shipped(
    name: str, results: Mapping[str, str], round_id: Round = "2", folder: Path = DSDW
) -> UnitScore:
    """A shipped unit scored on results given here, by unit."""
    found, units = shipped(folder)
    files = {key: reported(text, f"results/{round_id}/{key}.yaml") for key, text in results.items()}
    return score_unit(RoundReports(found, round_id, units, files), name)


def row_of(score: UnitScore, key: str) -> ScoredIndicator:
    """One row of a unit's score."""
    return next(row for row in score.rows if row.key == key)


def shipped_points(key: str, result: str, name: str = "กอส", round_id: Round = "2") -> str:
    """The score, as printed, of a shipped indicator."""
    row = row_of(of_shipped(name, {name: f"{key}: {result}"}, round_id), key)
    assert row.score_shown is not None, [fault.shown() for fault in row.faults]
    return str(row.score_shown)


def shipped_faults(key: str, result: str, name: str = "กอส", round_id: Round = "2") -> list[str]:
    """The faults in place of a shipped indicator's score."""
    row = row_of(of_shipped(name, {name: f"{key}: {result}"}, round_id), key)
    assert row.state == "at fault"
    return [fault.message for fault in row.faults]
