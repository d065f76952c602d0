"""The steps from the levels of competencies that were assessed to a score, and their words."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from ..exact import Exact, shown
from ..model.competencies import CompetencyReading


@dataclass(frozen=True, slots=True)
class CompetencyJudged:
    """A competency: assessed against expected, and the points that this earns.

    ``gap`` is assessed − expected, ``read_at`` the gap whose points it earns: the largest of the
    table for a larger one, None below the table.
    """

    kind: ClassVar[str] = "competency"
    competency: str
    name: str
    read: CompetencyReading
    expected: int
    assessed: int
    gap: int
    read_at: int | None
    weight: Exact | None
    points: Exact


@dataclass(frozen=True, slots=True)
class CompetenciesSummed:
    """What the competencies earn together: ``total ÷ out_of × full``."""

    kind: ClassVar[str] = "competencies"
    earned: tuple[Exact, ...]
    weights: tuple[Exact, ...]
    total: Exact
    out_of: Exact
    full: Exact
    points: Exact


def lines(step: CompetencyJudged | CompetenciesSummed) -> Iterator[str]:
    """The sentences of a step, each figure exact."""
    if isinstance(step, CompetencyJudged):
        levels = f"{step.name}: ประเมินได้ระดับ {step.assessed} คาดหวังระดับ {step.expected}"
        yield f"{levels} {_earned(step)}"
        return
    if step.weights:
        products = " + ".join(
            f"{shown(w)} × {shown(p)}" for w, p in zip(step.weights, step.earned, strict=True)
        )
    else:
        products = " + ".join(map(shown, step.earned))
    most = shown(step.out_of)
    yield f"รวมคะแนนสมรรถนะ {products} = {shown(step.total)} จากคะแนนเต็ม {most}"
    yield f"คะแนน = {shown(step.total)} ÷ {most} × {shown(step.full)} = {shown(step.points)}"


def _earned(step: CompetencyJudged) -> str:
    points = shown(step.points)
    if step.read == "level":
        return f"ได้ {points} คะแนน"
    if step.read == "reached":
        return f"{'ถึง' if step.gap >= 0 else 'ไม่ถึง'}ระดับที่คาดหวัง ได้ {points} คะแนน"
    if step.read == "ratio":
        capped = " มากกว่า 1 จึงใช้ 1" if step.gap > 0 else f" = {points}"
        return f"{step.assessed} ÷ {step.expected}{capped} คะแนน"
    if step.read_at is None:
        return f"ต่างกัน {signed(step.gap)} ต่ำกว่าที่กำหนดไว้ ได้ {points} คะแนน"
    other = "" if step.read_at == step.gap else f" ใช้คะแนนของ {signed(step.read_at)}"
    return f"ต่างกัน {signed(step.gap)}{other} ได้ {points} คะแนน"


def level_reached(step: CompetencyJudged) -> str:
    """What was assessed beside what is expected, in a few words."""
    return f"{step.name}: ระดับ {step.assessed} (คาดหวัง {step.expected})"


def signed(gap: int) -> str:
    """A gap with its sign: +1, 0, −2."""
    return f"+{gap}" if gap > 0 else str(gap).replace("-", "−")
