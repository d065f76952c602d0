"""How scores of parts became one, and what was taken off or added, in words."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from ..exact import add, bare, shown
from ..model import Adjustment, Combine, Criteria
from .combining_steps import PartLeftOut, PointsAdjusted
from .explain_exempt import exempt_line
from .explain_policies import COMBINE, STATED
from .formula_text import called
from .trace import PartsCombined

DEDUCT, ADD = "หักคะแนน", "เพิ่มคะแนน"


def combination(step: PartsCombined | PartLeftOut | PointsAdjusted) -> Iterator[str]:
    """The sentences of a step."""
    if isinstance(step, PartLeftOut):
        yield _left_out(step)
    elif isinstance(step, PointsAdjusted):
        yield from adjusted(step)
    else:
        yield _combined(step)


def _left_out(step: PartLeftOut) -> str:
    if step.exempt is None:
        return f"{step.name}: ไม่ได้รายงาน จึงใช้คะแนนของส่วนอื่น"
    gains = " และ ".join(f"{name} {shown(share)}" for name, share in step.given)
    added = f" นำไปเพิ่มให้ {gains}" if gains else ""
    return f"{step.name}: {exempt_line(step.exempt, step.weight)}{added}"


def _combined(step: PartsCombined) -> str:
    scores = [shown(score) for score in step.scores]
    rule = f"{COMBINE[step.rule]} ({STATED[step.policy.stated]})"
    if step.group:
        rule = f"{step.group}: {rule}"
    if step.rule in ("min", "max"):
        return f"{rule}: {' และ '.join(scores)} ได้ {shown(step.points)}"
    if step.rule == "mean":
        return f"{rule}: ({' + '.join(scores)}) ÷ {len(scores)} = {shown(step.points)}"
    if step.rule == "sum":
        total = add(step.scores)
        said = f"{rule}: {' + '.join(scores)} = {shown(total)}"
        if step.points == total:
            return said
        return f"{said} แต่ไม่เกิน {shown(step.points)} จึงได้ {shown(step.points)}"
    products = " + ".join(
        f"{shown(weight)} × {score}" for weight, score in zip(step.weights, scores, strict=True)
    )
    weights = " + ".join(shown(weight) for weight in step.weights)
    return f"{rule}: ({products}) ÷ ({weights}) = {shown(step.points)}"


def adjusted(step: PointsAdjusted) -> Iterator[str]:
    """What was taken off and added, each with its reason, and what the score comes to."""
    yield from reasons(step)
    signs = "".join(
        f" {'−' if one.what == 'deduct' else '+'} {shown(one.points)}" for one in step.made
    )
    said = f"คะแนนหลังหักและเพิ่ม: {shown(step.before)}{signs} = {shown(step.total)}"
    if step.points == step.total:
        yield said
    elif step.points > step.total:
        yield f"{said} แต่ไม่ต่ำกว่าคะแนนต่ำสุด จึงได้ {shown(step.points)}"
    else:
        yield f"{said} แต่ไม่เกินคะแนนเต็ม จึงได้ {shown(step.points)}"


def reasons(step: PointsAdjusted) -> Iterator[str]:
    """What was taken off and added, and why."""
    for one in step.made:
        what = DEDUCT if one.what == "deduct" else ADD
        yield f"{what} {shown(one.points)} {one.name} เหตุผล: {one.reason}"


def adjustment_line(one: Adjustment) -> str:
    """What may be taken off or added, as the sheet says it."""
    what = DEDUCT if one.kind == "deduct" else ADD
    return f"{what} {one.name} ไม่เกิน {bare(one.most)} คะแนน"


def formula_of(criteria: Criteria, rule: Combine) -> str | None:
    """How parts become one score, on one line; None where there is nothing to say.

    Of the least and the mean of parts alone nothing has to be said; weights have a line of theirs.
    """
    if not criteria.groups and rule not in ("max", "sum"):
        return None
    members: list[tuple[str, Decimal | None]] = []
    seen: set[str] = set()
    for part in criteria.parts:
        group = next((one for one in criteria.groups if one.id == part.group), None)
        if group is None:
            members.append((part.short or part.name, part.weight))
        elif group.id not in seen:
            seen.add(group.id)
            inside = [(p.short or p.name, p.weight) for p in criteria.parts if p.group == group.id]
            members.append((_written(group.combine, inside, group.most), group.weight))
    return f"คะแนน = {_written(rule, members, criteria.most)}"


def _written(rule: Combine, members: list[tuple[str, Decimal | None]], most: Decimal | None) -> str:
    names = [name for name, _ in members]
    if len(names) == 1:
        return names[0]
    if rule == "sum":
        cap = f" ไม่เกิน {bare(most)}" if most is not None else ""
        return f"({' + '.join(names)}{cap})"
    if rule == "weighted":
        products = " + ".join(f"{bare(w or Decimal(0))} × {name}" for name, w in members)
        return f"({products}) ÷ {bare(add(w or Decimal(0) for _, w in members))}"
    return called(rule, names)
