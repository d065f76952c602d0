"""The rows of an indicator: what its criteria read, what was reported, and evidence."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Literal

from ...model import (
    Condition,
    CountedChecklist,
    Criteria,
    CriteriaPart,
    EvidencePiece,
    Indicator,
    LevelMark,
    PartResult,
    Result,
    Value,
)
from ...scoring import explain_combined, periods
from ...scoring.periods import Month
from .evidence_cells import as_cell

ResultPath = tuple[str, ...]
"""Where a row's cell belongs in the results: indicator, ``parts``, part, field, figure, month."""

DONE, NOT_DONE = "✓", "✗"
EVIDENCE_ROWS = 3
"""So many rows of an indicator, at least, have room for evidence."""


@dataclass(frozen=True, slots=True)
class ReportedRow:
    """One row: its place in the results, its words, and what was reported already.

    ``fixed``: the indicator states the figure; it is shown, and can't be changed. ``shown``: only
    words. ``level``: a competency's, which has no evidence. ``alone``: it has none either.
    """

    path: ResultPath
    item: str
    kind: Literal[
        "number", "tick", "text", "name", "level", "fixed", "none", "shown", "state", "day"
    ]
    measure: str = ""
    given: Decimal | str | None = None
    evidence: str | None = None
    alone: bool = False


def rows_of(
    key: str,
    judges: Sequence[Indicator],
    round_id: str,
    months: tuple[Month, ...],
    given: Result | None,
    exempt: Collection[str] = (),
) -> list[ReportedRow]:
    """What is reported of an indicator, as all those read it that judge by the unit's result.

    ``judges`` are the unit's own indicator and those of the units that borrow its result;
    ``exempt`` are the parts that aren't judged, and aren't asked.
    """
    rows: dict[ResultPath, ReportedRow] = {}
    measure = judges[0].measure or ""
    unit = "" if measure.startswith("ระดับ") else measure  # of the score, not of the value
    value = next((v for v in (value_of(i, round_id) for i in judges) if v is not None), None)
    readings = [c for c in (i.criteria_of(round_id) for i in judges) if c is not None]
    agreed = [c for c in readings if c.read or c.parts]
    for criteria in agreed or readings[:1]:
        for part in criteria.parts:
            if part.id in exempt:
                continue
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
    for row in _adjustments(key, agreed, given):
        rows.setdefault(row.path, row)
    rows[key, "text"] = _words(key, given)
    return _with_evidence(key, list(rows.values()), given.evidence if given is not None else [])


def counted_rows(
    key: str, surveys: Sequence[str], readings: Iterable[Criteria], given: Result | None
) -> list[ReportedRow]:
    """What is reported beside a result that is counted from answers: words and evidence.

    A value beside counted answers would be a fault, so there is no cell for one.
    """
    said = f"นับจากคำตอบแบบสำรวจ ({', '.join(surveys)})"
    rows = [*_named_survey(key, given), *_adjustments(key, readings, given), _words(key, given)]
    evidence = given.evidence if given is not None else []
    return [ReportedRow(counted(key), said, "shown"), *_with_evidence(key, rows, evidence)]


def exempt_rows(key: str, said: str) -> list[ReportedRow]:
    """The row of an indicator that isn't judged: it says so, and nothing is to be filled in."""
    return [ReportedRow((key, "exempt"), said, "shown")]


def _adjustments(
    key: str, readings: Iterable[Criteria], given: Result | None
) -> Iterator[ReportedRow]:
    """Two rows for each deduction and bonus: how many points, and why."""
    known = {
        one.id: explain_combined.adjustment_line(one) for c in readings for one in c.adjustments
    }
    adjusted = given.adjustments if given is not None else {}
    for name in dict.fromkeys([*known, *adjusted]):
        at, said, has = (key, "adjustments", name), known.get(name, name), adjusted.get(name)
        points = has.points if has is not None else None
        yield ReportedRow((*at, "points"), said, "number", "คะแนน", points)
        reason = has.reason if has is not None else None
        yield ReportedRow((*at, "reason"), f"{said}: เหตุผล", "text", given=reason)


def tabled_rows(key: str, title: str, given: Result | None) -> list[ReportedRow]:
    """What is reported beside rows that have a sheet of their own: words and evidence."""
    said = f"กรอกในแผ่นงาน {title}"
    rows = _with_evidence(key, [_words(key, given)], given.evidence if given is not None else [])
    return [ReportedRow((key, "rows"), said, "shown"), *rows]


def counted(key: str) -> ResultPath:
    """The row that says of an indicator that its result is counted."""
    return (key, "counted")


def _words(key: str, given: Result | None) -> ReportedRow:
    words = given.text if given is not None else None
    return ReportedRow((key, "text"), "ผลการดำเนินงาน (ข้อความ)", "text", given=words)


def _named_survey(key: str, given: Result | None) -> Iterator[ReportedRow]:
    if given is not None and given.survey is not None:
        yield ReportedRow((key, "survey"), "แบบสำรวจ", "name", given=given.survey)


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


_RESULT = "ผลที่ได้"
_RESULT_ALONE = "ผลที่ได้ (ใส่เมื่อไม่ใส่ตัวเลขข้างต้น)"


def _reading(
    at: ResultPath,
    reading: Criteria | CriteriaPart,
    value: Value | None,
    months: tuple[Month, ...],
    given: PartResult | None,
) -> Iterator[ReportedRow]:
    """What one set of levels reads: a value or its figures, milestones, or both."""
    value = reading.value or value
    stones: dict[int, str] = {}
    reads = reading.read != "ladder"
    for level in reading.levels.values():
        for number, words in _milestones(level, level):
            stones.setdefault(number, words)
        reads = reads or _reads_value(level)
    if value is not None and value.checklist is not None:
        yield from _items(at, value.checklist, given)
    elif reads or not stones:
        words = _RESULT
        if value is not None and value.formula is not None:
            yield from _inputs(at, value, months, given)
            words = _RESULT_ALONE
        figure = given.typed if given is not None else None
        yield ReportedRow((*at, "value"), words, "number", given=figure)
    done = given.done if given is not None else None
    for number, words in sorted(stones.items()):
        yield _stone(at, number, words, done)


def _items(
    at: ResultPath, checklist: CountedChecklist, given: PartResult | None
) -> Iterator[ReportedRow]:
    """An item of a checklist in each row, to tick."""
    done = given.checked if given is not None else None
    for item in checklist.items:
        yield _item(at, item.id, item.text, done)


def _item(at: ResultPath, name: str, words: str, done: list[str] | None) -> ReportedRow:
    mark = None if done is None else DONE if name in done else NOT_DONE
    return ReportedRow((*at, "checked", name), words, "tick", given=mark)


def _stone(at: ResultPath, number: int, words: str, done: list[int] | None) -> ReportedRow:
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
    at: ResultPath, value: Value, months: tuple[Month, ...], given: PartResult | None
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
    key: str, given: Result | None, rows: Mapping[ResultPath, ReportedRow]
) -> Iterator[ReportedRow]:
    """What was reported otherwise than the criteria ask."""
    if given is None:
        return
    places: list[tuple[ResultPath, PartResult]] = [((key,), given)]
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
        for name in result.checked or ():
            yield _item(at, name, before + name, result.checked)
        for number in result.done or ():
            yield _stone(at, number, "", result.done)
        if result.done == [] and not any(path[:-1] == (*at, "done") for path in rows):
            yield _stone(at, 1, "", result.done)
    yield from _named_survey(key, given)


def _with_evidence(
    key: str, rows: list[ReportedRow], evidence: Sequence[EvidencePiece]
) -> list[ReportedRow]:
    """The rows with a piece of evidence beside each, and rows for what is left."""
    more = max(EVIDENCE_ROWS, len(evidence)) - len(rows)
    rows += [
        ReportedRow((key, "evidence", str(number)), "หลักฐานเพิ่มเติม", "none")
        for number in range(1, more + 1)
    ]
    pieces = [*map(as_cell, evidence), *[None] * (len(rows) - len(evidence))]
    return [replace(row, evidence=piece) for row, piece in zip(rows, pieces, strict=True)]


def value_of(indicator: Indicator, round_id: str) -> Value | None:
    """The value that an indicator's levels read in a round."""
    criteria = indicator.criteria_of(round_id)
    return (criteria.value if criteria is not None else None) or indicator.value
