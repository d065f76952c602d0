"""A trace in words: short plain Thai sentences, every figure exact.

Officers work a score out again from these lines with a pocket calculator. A number too
long to print is cut off and ends in "…"; it is never rounded here.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from fractions import Fraction

from ..exact import Exact, bare, half_up, official, shown
from ..model import Condition
from ..survey import definitions
from . import assessed_words, checklists, competency_steps, explain_rows, periods
from .competency_steps import CompetenciesSummed, CompetencyJudged
from .explain_combined import combination
from .explain_exempt import exempt_line, weight_line
from .explain_policies import STATED
from .points import on_the_line
from .refusal import Lacking
from .row_steps import RatioOfSums, RowsRolledUp, RowsSummed
from .rows import PERCENT, SCORE_DECIMALS, ScoredIndicator
from .totals import ScorePool
from .trace import (
    AppealDecided,
    AssessorsCombined,
    AssessorScored,
    AtLevelValue,
    BelowFirstLevel,
    ChecklistCounted,
    CountedFromSurveys,
    Extrapolated,
    FormulaCalculated,
    Interpolated,
    LevelHeld,
    LevelTried,
    LevelValue,
    LookedUp,
    MeanOfColumn,
    Milestones,
    PartScored,
    ReportedFigure,
    ResultBorrowed,
    ScoreGiven,
    Step,
    Trace,
    ValueReported,
    ValueRounded,
)


def lines(trace: Trace, names: Mapping[str, str] | None = None) -> tuple[str, ...]:
    """The sentences of a trace in order; ``names`` says how units are called."""
    return tuple(line for step in trace.steps for line in _lines(step, names or {}))


def row_lines(row: ScoredIndicator, names: Mapping[str, str] | None = None) -> tuple[str, ...]:
    """How a row's score came about, as far as there is one, and what it comes to."""
    trace = row_trace(row)
    return (*(() if trace is None else lines(trace, names)), *row_end(row))


def row_trace(row: ScoredIndicator) -> Trace | None:
    """The steps to a row's score, or as far as its assessors came; None where there are none."""
    if row.score is None and row.assessment is not None:
        return row.assessment.trace
    return row.score.trace if row.score is not None else None


def row_end(row: ScoredIndicator) -> tuple[str, ...]:
    """What is said of a row below its steps."""
    weight = weight_line(row)
    return (*(() if weight is None else (weight,)), row_line(row))


def rounded(points: Exact) -> Decimal:
    """A score as it is printed."""
    return half_up(points, SCORE_DECIMALS)


def step_lines(step: Step, names: Mapping[str, str]) -> tuple[str, ...]:
    """What one step says."""
    return tuple(_lines(step, names))


def gave(step: AssessorScored) -> str:
    """What one assessor gave."""
    return assessed_words.scored(step)


def row_line(row: ScoredIndicator) -> str:
    """How a row's weighted score comes about, or why it has none."""
    if row.lacking is not None:
        return f"ยังไม่ให้คะแนน เพราะข้อมูลรายเดือนยังไม่ครบ {_lacking(row.lacking)}"
    if row.unassessed is not None:
        names = ", ".join(row.unassessed.names)
        return f"ยังไม่ได้ประเมินสมรรถนะ: {names}" if names else "ยังไม่ได้กำหนดสมรรถนะ"
    if row.assessment is not None and row.score is None:
        return assessed_words.waiting(row.assessment.waits_for, row.assessment.returned_by)
    if row.state == "not applicable" and row.exempt is not None:
        return exempt_line(row.exempt, row.agreed)
    if row.score is None:
        return {
            "open": "ยังไม่มีผลการดำเนินงาน",
            "at fault": "ยังให้คะแนนไม่ได้ เพราะข้อมูลต้องแก้ไข",
        }.get(row.state, "ไม่คิดคะแนนในหน่วยงานนี้")
    exact = shown(row.score.points)
    points = exact if exact.endswith("…") else _score(row.score.points)
    if row.weight is None or row.weighted is None:
        return f"คะแนน (ก) {points} ยังไม่ได้กำหนดน้ำหนัก"
    share = f"{shown(row.weight)} ÷ {shown(row.weights_sum)}"
    return f"คะแนนถ่วงน้ำหนัก (ค) = {points} × {share} = {_score(row.weighted)}"


def _lacking(found: Lacking) -> str:
    """Which months are missing, and of which figures."""
    figures: dict[str, list[str]] = {}
    for name, months in found.figures:
        figures.setdefault(periods.listed(months), []).append(name)
    return " ".join(f"ขาด {months} ({', '.join(names)})" for months, names in figures.items())


def sum_lines(pool: ScorePool) -> tuple[str, ...]:
    """What is said under a table whose printed ค don't add up to the printed total."""
    if pool.sum_shown == pool.total_shown:
        return ()
    return (
        f"คะแนนถ่วงน้ำหนัก (ค) ที่แสดงรวมกันได้ {shown(pool.sum_shown)} ต่างจากคะแนนรวม "
        f"{_score(pool.total)} เพราะคะแนนรวมบวกจากค่าเต็มก่อนปัดเศษ",
    )


def total_lines(pool: ScorePool) -> tuple[str, ...]:
    """The total, out of the full mark and out of 100, and what is still open."""
    full = shown(pool.out_of)
    found = [f"คะแนนรวม {_score(pool.total)} จากคะแนนเต็ม {full}"]
    if pool.left_out:
        before = Fraction(pool.weights_sum) + pool.left_out
        found.append(
            f"น้ำหนักที่นำมาคิดคะแนน {shown(before)} − {shown(pool.left_out)} (ไม่นำมาประเมิน)"
            f" = {shown(pool.weights_sum)}"
        )
    found += sum_lines(pool)
    if pool.out_of:
        found.append(
            f"คิดเป็น 100 คะแนน: {_score(pool.total)} × 100 ÷ {full} = {shown(pool.percent_shown)}"
        )
    if pool.open_weight:
        found.append(open_line(pool))
    if pool.grade is not None:
        found.append(f"ผลการประเมิน: {pool.grade}")
    return tuple(found)


def open_line(pool: ScorePool) -> str:
    """How much weight has no score yet."""
    percent = "ร้อยละ" if Fraction(pool.weights_sum) + pool.left_out == PERCENT else ""
    return f"ยังไม่มีคะแนนของน้ำหนัก{percent} {shown(pool.open_weight)}"


def part_name(name: str, weight: Exact | None) -> str:
    """A part with what it weighs: ``การบริการ (น้ำหนัก 50)``; without a weight its name alone."""
    return name if weight is None else f"{name} (น้ำหนัก {bare(weight)})"


def weighted_score(parts: Iterable[tuple[str, Exact]]) -> str:
    """How parts are combined by weight, as a formula on one line, so that it wraps."""
    products = " + ".join(f"{bare(weight)} × {name}" for name, weight in parts)
    return f"คะแนน = ({products}) ÷ 100"


def words(condition: Condition | None) -> str:
    """A condition in words."""
    if condition is None:
        return "ยังไม่กำหนด"
    for parts, between in ((condition.all, " และ "), (condition.any, " หรือ ")):
        if parts is not None:
            inner = [(part, words(part)) for part in parts]
            return between.join(
                f"({text})" if part.all is not None or part.any is not None else text
                for part, text in inner
            )
    if condition.done is not None:
        return f"ขั้นตอนที่ {condition.done} แล้วเสร็จ"
    if condition.between is not None:
        low, high = condition.between
        return f"{shown(low)} ถึง {shown(high)}"
    for number, before, after in (
        (condition.at_least, "ตั้งแต่", " ขึ้นไป"),
        (condition.more_than, "มากกว่า", ""),
        (condition.at_most, "ไม่เกิน", ""),
        (condition.less_than, "ต่ำกว่า", ""),
        (condition.equals, "เท่ากับ", ""),
    ):
        if number is not None:
            return f"{before} {shown(number)}{after}"
    return "ไม่มีเงื่อนไข"


def source_line(trace: Trace) -> str | None:
    """That a result is counted from surveys, and of how many; None where it isn't."""
    step = next((found for found in trace.steps if isinstance(found, CountedFromSurveys)), None)
    if step is None:
        return None
    several = f" {len(step.surveys)} ฉบับ" if len(step.surveys) > 1 else ""
    return f"ผลจากแบบสำรวจ{several} (ผู้ตอบ {step.n:,} คน)"


def _counted(step: CountedFromSurveys) -> Iterator[str]:
    yield f"นับจากคำตอบ {step.n:,} ชุดของ{' และ '.join(step.titles)}"
    for name, figure, defined in (
        ("ความพึงพอใจ", step.satisfaction, definitions.satisfaction(step.definitions, step.full)),
        (
            "ความไม่พึงพอใจ",
            step.dissatisfaction,
            definitions.dissatisfaction(step.definitions, step.full, step.issues),
        ),
    ):
        if figure is not None:
            yield f"{name} ร้อยละ {official(figure)}: {defined}"
    if len(step.surveys) > 1:
        yield definitions.pooling(step.definitions)


def _lines(step: Step, names: Mapping[str, str]) -> Iterator[str]:
    if isinstance(step, ValueReported):
        yield f"ผลที่รายงาน {shown(step.value, 10)}"
    elif isinstance(step, Milestones):
        asked = _listed(step.asked)
        done = f"ที่แล้วเสร็จ: {_listed(step.done)}" if step.done else "ยังไม่แล้วเสร็จแม้แต่ขั้นตอนเดียว"
        yield f"ขั้นตอนตามเกณฑ์: {asked} {done}"
    elif isinstance(step, ReportedFigure):
        yield _figure(step)
    elif isinstance(step, ResultBorrowed):
        yield f"ใช้ผลของ {' ซึ่งใช้ผลของ '.join(names.get(u, u) for u in step.units[1:])}"
    elif isinstance(step, MeanOfColumn):
        counted = f"{shown(step.total)} ÷ {step.count:,} = {shown(step.value)}"
        yield f"ค่าเฉลี่ยของ {step.count:,} รายการในตารางข้อมูล: {counted}"
    elif isinstance(step, ChecklistCounted):
        yield from checklists.lines(step)
    elif isinstance(step, CountedFromSurveys):
        yield from _counted(step)
    elif isinstance(step, FormulaCalculated):
        yield f"คำนวณ: {step.written} = {shown(step.value)}"
    elif isinstance(step, ValueRounded):
        yield _rounded(step)
    elif isinstance(step, LookedUp):
        yield (
            f"เทียบตาราง {step.heading}: {shown(step.value)} อยู่ในช่วง"
            f" {words(step.condition)} ได้ {shown(step.gives)} คะแนน"
        )
    elif isinstance(step, LevelHeld):
        for tried in step.tried[:-1]:
            yield _not_held(tried)
        yield f"เข้าเกณฑ์{_level(step.name)} ({words(step.condition)}) ได้ {shown(step.points)} คะแนน"
    elif isinstance(step, BelowFirstLevel):
        yield _below(step)
    elif isinstance(step, AtLevelValue):
        where = "เกินค่าของ" if step.capped else "เท่ากับค่าของ"
        yield (
            f"{shown(step.value)} {where}{_mark(step.mark)} ได้ {shown(step.mark.points)} คะแนน"
            + (" ซึ่งเป็นคะแนนสูงสุดที่ได้" if step.capped else "")
        )
    elif isinstance(step, CompetencyJudged | CompetenciesSummed):
        yield from competency_steps.lines(step)
    elif isinstance(step, Interpolated):
        yield from _interpolated(step)
    elif isinstance(step, Extrapolated):
        yield from _extrapolated(step)
    elif isinstance(step, RowsSummed | RowsRolledUp | RatioOfSums):
        yield from explain_rows.lines(step, words)
    elif isinstance(step, PartScored):
        for line in lines(step.trace, names):
            yield f"{step.name}: {line}"
    elif isinstance(step, AssessorScored):
        for line in lines(step.trace, names):
            yield f"{step.name}: {line}"
        yield assessed_words.scored(step)
    elif isinstance(step, AssessorsCombined):
        yield from assessed_words.combined(step)
    elif isinstance(step, AppealDecided):
        yield assessed_words.decided(step)
    elif not isinstance(step, ScoreGiven):
        yield from combination(step)


def _rounded(step: ValueRounded) -> str:
    stated = STATED[step.policy.stated]
    if step.decimals is None:
        return f"อ่านค่า {shown(step.after, 10)} โดยไม่ปัดเศษ ({stated})"
    return (
        f"ปัดเป็นทศนิยม {step.decimals} ตำแหน่ง ครึ่งหนึ่งปัดขึ้น: {shown(step.before)}"
        f"{_became(step)} ({stated})"
    )


def _became(step: ValueRounded) -> str:
    return " ไม่เปลี่ยน" if step.before == step.after else f" เป็น {shown(step.after)}"


def _figure(step: ReportedFigure) -> str:
    value = shown(step.value, 10)
    if step.measure:
        value = f"{step.measure} {value}" if step.measure == "ร้อยละ" else f"{value} {step.measure}"
    if step.fixed:
        return f"{step.name} = {value} (ตัวชี้วัดกำหนดไว้)"
    if not step.months:
        return f"{step.name} = {value}"
    sums = " + ".join(f"{shown(number, 10)} ({month})" for month, number in step.months)
    return f"{step.name} รวม {len(step.months)} เดือน = {sums} = {value}"


def _not_held(tried: LevelTried) -> str:
    if tried.condition is None:
        return f"{_level(tried.name)} ยังไม่กำหนด แต่ผลเพิ่งถึงระดับที่ได้ จึงไม่เปลี่ยนคะแนน"
    return f"ไม่เข้าเกณฑ์{_level(tried.name)} ({words(tried.condition)})"


def _below(step: BelowFirstLevel) -> str:
    points = f"ได้ {shown(step.points)} คะแนน ({STATED[step.policy.stated]})"
    if step.mark is not None:
        return f"ไม่ถึงค่าของ{_mark(step.mark)} {points}"
    if step.first is not None:
        return f"ไม่ถึงเกณฑ์{_level(step.first.name)} ({words(step.first.condition)}) {points}"
    return f"ไม่ถึงระดับใด {points}"


def _interpolated(step: Interpolated) -> Iterator[str]:
    low, high = step.low, step.high
    yield f"{shown(step.value)} อยู่ระหว่าง{_mark(low)} กับ{_mark(high)}"
    yield f"เทียบบัญญัติไตรยางศ์: {_proportion(step)} = {shown(step.points)}"


def _extrapolated(step: Extrapolated) -> Iterator[str]:
    stated = STATED[step.policy.stated]
    yield (
        f"ไม่ถึงค่าของ{_mark(step.low)} จึงลดลงตามสัดส่วนระหว่าง{_level(step.low.name)} "
        f"กับ{_level(step.high.name)} แต่ไม่ต่ำกว่า 0 ({stated})"
    )
    low, high = step.low, step.high
    exact = on_the_line(step.value, low, high)
    ended = f" ซึ่งต่ำกว่า 0 จึงได้ {shown(step.points)}" if exact < step.points else ""
    yield f"เทียบบัญญัติไตรยางศ์: {_proportion(step)} = {shown(exact)}{ended}"


def _proportion(step: Interpolated | Extrapolated) -> str:
    low, high = step.low, step.high
    return (
        f"{shown(low.points)} + ({shown(step.value)} − {_signed(low.value)})"
        f" × ({shown(high.points)} − {_signed(low.points)})"
        f" ÷ ({shown(high.value)} − {_signed(low.value)})"
    )


def _level(name: str) -> str:
    return name if name.startswith("ระดับ") else f"ระดับ {name}"


def _mark(mark: LevelValue) -> str:
    return f"{_level(mark.name)} ({shown(mark.value)})"


def _listed(numbers: Iterable[int]) -> str:
    return ", ".join(map(str, numbers))


def _signed(number: Exact) -> str:
    return f"({shown(number)})" if number < 0 else shown(number)


def _score(number: Exact) -> str:
    return shown(half_up(number, SCORE_DECIMALS))
