"""What a unit is asked to report in a round: the rows of its workbook."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Literal

from ... import thai
from ...agreements.files import UnitFile
from ...model import (
    Agency,
    Condition,
    Criteria,
    CriteriaPart,
    Indicator,
    LevelMark,
    PartResult,
    Result,
    Results,
    Unit,
    Value,
)
from ...scoring import periods
from ...scoring.periods import Month

Path = tuple[str, ...]
"""Where a row's cell belongs in the results: indicator, ``parts``, part, field, figure, month."""

DONE, NOT_DONE = "✓", "✗"
COMPETENCIES = ""
"""What stands in place of an indicator where the rows are a person's competencies."""

EVIDENCE_ROWS = 3
"""So many rows of an indicator, at least, have room for evidence."""


@dataclass(frozen=True, slots=True)
class WorkbookHead:
    """What a workbook belongs to."""

    agency: str
    unit: str
    fiscal_year: int
    round: str


@dataclass(frozen=True, slots=True)
class ReportedRow:
    """One row: its place in the results, its words, and what was reported already.

    ``fixed``: the indicator states the figure; it is shown, and can't be changed. ``shown``: only
    words. ``level``: a competency's, which has no evidence.
    """

    path: Path
    item: str
    kind: Literal["number", "tick", "text", "name", "level", "fixed", "none", "shown"]
    measure: str = ""
    given: Decimal | str | None = None
    evidence: str | None = None


@dataclass(frozen=True, slots=True)
class IndicatorRows:
    """An indicator with its rows."""

    key: str
    name: str
    rows: tuple[ReportedRow, ...]


@dataclass(frozen=True, slots=True)
class WorkbookForm:
    """A unit's workbook before it is one. ``heads`` are the lines above the table."""

    about: WorkbookHead
    heads: tuple[str, ...]
    blocks: tuple[IndicatorRows, ...]

    @property
    def paths(self) -> dict[Path, ReportedRow]:
        """All rows, by their place in the results."""
        return {row.path: row for block in self.blocks for row in block.rows}


def asked(
    agency: Agency,
    about: WorkbookHead,
    units: Mapping[str, UnitFile],
    results: Results | None = None,
) -> WorkbookForm:
    """What the unit reports itself, with what it has reported already filled in."""
    unit = units[about.unit]
    round_ = next(r for r in agency.rounds if r.id == about.round)
    given = results.results if results is not None else {}
    blocks = []
    for item in unit.items:
        if item.use.result.own:
            judges = [item.indicator, *_borrowers(units, about.unit, item.key)]
            period = periods.own((_value(i, about.round), i.period) for i in judges)
            months = periods.months(agency, about.round, period)
            reported = given.get(item.key)
            if item.use.surveys and reported is None:
                rows = [_counted(item.key, [one.survey for one in item.use.surveys])]
            else:
                rows = _rows(item.key, judges, about.round, months, reported)
            name = item.indicator.names.report or item.indicator.name
            blocks.append(IndicatorRows(item.key, name, tuple(rows)))
    if unit.unit.competencies:
        assessed = results.competencies if results is not None else {}
        blocks.append(
            IndicatorRows(COMPETENCIES, "สมรรถนะ", tuple(_competencies(unit.unit, assessed)))
        )
    heads = (
        f"ผลการดำเนินงานตามตัวชี้วัด ประจำปีงบประมาณ พ.ศ. {about.fiscal_year}",
        f"{agency.name}  {unit.unit.name or unit.id}",
        f"{round_.name}  ({' – '.join(map(thai.long_date, periods.span(agency, round_.id)))})",
    )
    return WorkbookForm(about, heads, tuple(blocks))


def _counted(key: str, surveys: Sequence[str]) -> ReportedRow:
    """What stands where a result is counted from answers: a value beside them would be a fault."""
    return ReportedRow((key, "counted"), f"นับจากคำตอบแบบสำรวจ ({', '.join(surveys)})", "shown")


def _competencies(unit: Unit, assessed: Mapping[str, int]) -> Iterator[ReportedRow]:
    """A row for the level that was assessed of each of a person's competencies."""
    for one in unit.competencies:
        level = assessed.get(one.id)
        given = Decimal(level) if level is not None else None
        item = f"{one.name} (ระดับที่คาดหวัง {one.expected})"
        yield ReportedRow((COMPETENCIES, one.id), item, "level", "ระดับ", given)


def _borrowers(units: Mapping[str, UnitFile], lender: str, key: str) -> Iterator[Indicator]:
    """The indicator as those have it that use the lender's result, however far away."""
    for name, unit in sorted(units.items()):
        if name == lender:
            continue
        at: str | None = name
        seen: set[str] = set()
        while at is not None and at not in seen and at in units:
            seen.add(at)
            item = next((i for i in units[at].items if i.key == key), None)
            at = item.use.result.from_ if item is not None else None
            if at == lender:
                yield next(i.indicator for i in unit.items if i.key == key)
                break


def _rows(
    key: str,
    judges: Sequence[Indicator],
    round_id: str,
    months: tuple[Month, ...],
    given: Result | None,
) -> list[ReportedRow]:
    rows: dict[Path, ReportedRow] = {}
    measure = judges[0].measure or ""
    unit = "" if measure.startswith("ระดับ") else measure  # of the score, not of the value
    value = next((v for v in (_value(i, round_id) for i in judges) if v is not None), None)
    readings = [c for c in (i.criteria_of(round_id) for i in judges) if c is not None]
    agreed = [c for c in readings if c.read or c.parts]
    for criteria in agreed or readings[:1]:
        for part in criteria.parts:
            result = given.parts.get(part.id) if given is not None and given.parts else None
            made = _reading((key, "parts", part.id), criteria.of_part(part), value, months, result)
            for row in made:
                item = f"{part.name}: {row.item}" if row.item != _RESULT else part.name
                measure = row.measure or (_unit(part, unit) if row.path[-1] == "value" else "")
                rows.setdefault(row.path, replace(row, item=item, measure=measure))
        if not criteria.parts:
            for row in _reading((key,), criteria, value, months, given):
                measure = row.measure or (_unit(criteria, unit) if row.path[-1] == "value" else "")
                rows.setdefault(row.path, replace(row, measure=measure))
    if not rows:
        for row in _reading((key,), Criteria(), value, months, given):
            measure = row.measure or (unit if row.path[-1] == "value" else "")
            rows[row.path] = replace(row, measure=measure)
    for row in _reported(key, given, rows):
        rows.setdefault(row.path, row)
    words = given.text if given is not None else None
    rows[key, "text"] = ReportedRow((key, "text"), "ผลการดำเนินงาน (ข้อความ)", "text", given=words)
    return _with_evidence(key, list(rows.values()), given.evidence if given is not None else [])


_PERCENT = "ร้อยละ"


def _unit(reading: Criteria | CriteriaPart, measure: str) -> str:
    """The unit of the value that levels read: stated, the indicator's, or what their words say."""
    stated = reading.measure if isinstance(reading, CriteriaPart) else None
    if stated or measure:
        return stated or measure
    value = reading.value
    counted = value is not None and value.survey is not None
    is_percent = counted or any(_PERCENT in level.text for level in reading.levels.values())
    return _PERCENT if is_percent else ""


def _value(indicator: Indicator, round_id: str) -> Value | None:
    criteria = indicator.criteria_of(round_id)
    return (criteria.value if criteria is not None else None) or indicator.value


_RESULT = "ผลที่ได้"
_RESULT_ALONE = "ผลที่ได้ (ใส่เมื่อไม่ใส่ตัวเลขข้างต้น)"


def _reading(
    at: Path,
    reading: Criteria | CriteriaPart,
    value: Value | None,
    months: tuple[Month, ...],
    given: PartResult | None,
) -> Iterator[ReportedRow]:
    """What one set of levels reads: a value or its figures, milestones, or both."""
    value = (reading.value if isinstance(reading, CriteriaPart) else None) or value
    stones: dict[int, str] = {}
    reads = reading.read != "ladder"
    for level in reading.levels.values():
        for number, words in _milestones(level, level):
            stones.setdefault(number, words)
        reads = reads or _reads_value(level)
    if reads or not stones:
        words = _RESULT
        if value is not None and value.formula is not None:
            yield from _inputs(at, value, months, given)
            words = _RESULT_ALONE
        figure = given.typed if given is not None else None
        yield ReportedRow((*at, "value"), words, "number", given=figure)
    done = given.done if given is not None else None
    for number, words in sorted(stones.items()):
        yield _stone(at, number, words, done)


def _stone(at: Path, number: int, words: str, done: list[int] | None) -> ReportedRow:
    mark = None
    if done is not None:
        mark = DONE if number in done else NOT_DONE
    item = f"ขั้นตอนที่ {number}{': ' if words else ''}{words}"
    return ReportedRow((*at, "done", str(number)), item, "tick", given=mark)


def _milestones(mark: LevelMark, condition: Condition) -> Iterator[tuple[int, str]]:
    if condition.done is not None:
        yield condition.done, mark.text
    for inner in (*(condition.all or ()), *(condition.any or ())):
        yield from _milestones(mark, inner)


def _reads_value(condition: Condition) -> bool:
    inner = (*(condition.all or ()), *(condition.any or ()))
    if inner:
        return any(_reads_value(one) for one in inner)
    tests = ("at_least", "more_than", "at_most", "less_than", "between", "equals")
    return any(getattr(condition, name) is not None for name in tests)


def _inputs(
    at: Path, value: Value, months: tuple[Month, ...], given: PartResult | None
) -> Iterator[ReportedRow]:
    """The figures of a formula; one that is reported by month has a row a month and a total.

    A month that was reported already keeps the name it has there.
    """
    figures = (given.inputs if given is not None else None) or {}
    used = [label for has in figures.values() if isinstance(has, Mapping) for label in has]
    names = {month: str(month) for month in months}
    names |= {month: label for label in used for month in periods.named(label, months)}
    for key, about in value.inputs.items():
        path, measure, has = (*at, "inputs", key), about.measure or "", figures.get(key)
        if about.constant is not None and has is None:
            yield ReportedRow((*path, "constant"), about.name, "fixed", measure, about.constant)
            continue
        total = has if isinstance(has, Decimal) else None
        if not about.monthly and not isinstance(has, Mapping):
            yield ReportedRow(path, about.name, "number", measure, total)
            continue
        yield ReportedRow(path, f"{about.name} (รวม)", "number", measure, total)
        for label in names.values():
            figure = has.get(label) if isinstance(has, Mapping) else None
            yield ReportedRow((*path, label), f"{about.name} {label}", "number", measure, figure)


def _reported(
    key: str, given: Result | None, rows: Mapping[Path, ReportedRow]
) -> Iterator[ReportedRow]:
    """What was reported otherwise than the criteria ask."""
    if given is None:
        return
    places: list[tuple[Path, PartResult]] = [((key,), given)]
    places += [((key, "parts", part), result) for part, result in (given.parts or {}).items()]
    for at, result in places:
        before = "" if len(at) == 1 else f"{at[-1]}: "
        if result.value is not None:
            yield ReportedRow((*at, "value"), before + _RESULT, "number", given=result.typed)
        for name, has in (result.inputs or {}).items():
            months = has if isinstance(has, Mapping) else {}
            if not months and isinstance(has, Decimal):
                yield ReportedRow((*at, "inputs", name), before + name, "number", given=has)
            for month, figure in months.items():
                path = (*at, "inputs", name, month)
                yield ReportedRow(path, f"{before}{name} {month}", "number", given=figure)
        for number in result.done or ():
            yield _stone(at, number, "", result.done)
        if result.done == [] and not any(path[:-1] == (*at, "done") for path in rows):
            yield _stone(at, 1, "", result.done)
    if given.survey is not None:
        yield ReportedRow((key, "survey"), "แบบสำรวจ (รหัส)", "name", given=given.survey)


def _with_evidence(key: str, rows: list[ReportedRow], evidence: Sequence[str]) -> list[ReportedRow]:
    """The rows with a piece of evidence beside each, and rows for what is left."""
    more = max(EVIDENCE_ROWS, len(evidence)) - len(rows)
    rows += [
        ReportedRow((key, "evidence", str(number)), "หลักฐานเพิ่มเติม", "none")
        for number in range(1, more + 1)
    ]
    pieces = [*evidence, *[None] * (len(rows) - len(evidence))]
    return [replace(row, evidence=piece) for row, piece in zip(rows, pieces, strict=True)]
