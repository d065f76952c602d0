"""How rows came to one result, in words: each figure of a few rows, the sums of many."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from fractions import Fraction

from ..exact import Exact, shown
from ..model import Condition
from .by_row import RowScore
from .row_steps import RatioOfSums, RowsRolledUp, RowsSummed

FEW = 12
"""The figures of so many rows are written out; those of more stand in the table of rows."""

_OF = {"value": "ค่า", "percent": "ร้อยละของเกณฑ์คะแนนเต็ม", "score": "คะแนน"}


def lines(
    step: RowsSummed | RowsRolledUp | RatioOfSums, words: Callable[[Condition | None], str]
) -> Iterator[str]:
    """The sentences of a step; ``words`` puts a condition into words."""
    if isinstance(step, RowsSummed):
        measure = f" {step.measure}" if step.measure else ""
        sums = f"{_sum(step.terms)} = " if len(step.terms) <= FEW else ""
        counted = f"{len(step.terms)} {step.called}"
        yield f"{step.name} รวม {counted} = {sums}{shown(step.total, 10)}{measure}"
    elif isinstance(step, RatioOfSums):
        more = " นับไม่เกิน 100" if step.value > 100 else ""
        yield (
            f"ผลรวมของทุก{step.called}ต่อผลรวมของเกณฑ์คะแนนเต็ม: {shown(step.total)} × 100 ÷ "
            f"{shown(step.full)} = {shown(step.value)}{more}"
        )
    else:
        yield from _rolled_up(step, words)


def _rolled_up(step: RowsRolledUp, words: Callable[[Condition | None], str]) -> Iterator[str]:
    if step.left_out:
        yield f"ไม่นำมาคิด {step.left_out} {step.called} เพราะไม่เกี่ยวข้อง"
    if step.rule == "passed":
        many, of = shown(step.total), shown(step.divisor)
        yield (
            f"ผ่านเกณฑ์ ({words(step.condition)}) {many} จาก {of} {step.called}: "
            f"{many} × 100 ÷ {of} = {shown(step.value)}"
        )
        return
    count = len(step.terms)
    is_short = count <= FEW
    if step.rule == "sum":
        sums = f"{_sum(step.terms)} = " if is_short else ""
        yield f"ผลรวมของ {count} {step.called}: {sums}{shown(step.value)}"
    elif step.rule == "mean":
        sums = f"({_sum(step.terms)})" if is_short else shown(step.total)
        of = f"{_OF[step.of]} {count} {step.called}"
        yield f"ค่าเฉลี่ยของ{of}: {sums} ÷ {count} = {shown(step.value)}"
    else:
        products, weights = shown(step.total), shown(step.divisor)
        if is_short:
            pairs = zip(step.terms, step.weights, strict=True)
            products = f"({' + '.join(f'{shown(t)} × {shown(w)}' for t, w in pairs)})"
            weights = f"({_sum(step.weights)})"
        yield (
            f"ค่าเฉลี่ยถ่วงน้ำหนักของ{_OF[step.of]} {count} {step.called}: {products} ÷ {weights}"
            f" = {shown(step.value)}"
        )


def _sum(terms: Sequence[Exact]) -> str:
    return " + ".join(map(shown, terms))


def of_rows(rows: Iterable[RowScore]) -> Iterator[str]:
    """A line for each row, in the order of their ranks: value, score, and whether it passes."""
    for row in sorted(rows, key=lambda row: (not row.applies, row.rank or 0)):
        if row.value is None:
            yield f"{row.name}: ไม่เกี่ยวข้อง"
            continue
        said = [f"ค่า {shown(row.value)}"]
        if row.percent is not None:
            full = shown(row.full or Fraction(0))
            said.append(f"ร้อยละ {shown(row.percent)} ของเกณฑ์คะแนนเต็ม {full}")
        if row.points is not None:
            said.append(f"ได้ {shown(row.points)} คะแนน")
        if row.passed is not None:
            said.append("ผ่าน" if row.passed else "ไม่ผ่าน")
        place = f"ลำดับที่ {row.rank} " if row.rank is not None else ""
        yield f"{place}{row.name}: {' '.join(said)}"
