"""Duties and goals of a unit: the part หน้าที่ เป้าประสงค์ และตัวชี้วัด (source 004, ภาคผนวก 1)."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial

from ...model.wording import DutiesWords
from ..common import DocumentSubject, Fields, digits
from . import cells, rich, styles, widths
from .rich import Rich
from .widths import PORTRAIT

SIZE, PADDING, LEAST = 16.0, 0.34, 2.6
"""The size of the letters of the table of goals, in points; what lies beside a cell's words and
what a column gets at the least, in cm.
"""


@dataclass(frozen=True, slots=True)
class StrategyRow:
    """Issue, goals and indicators that belong together."""

    issue: Rich
    goals: Rich
    indicators: Rich


@dataclass(frozen=True, slots=True)
class Duties:
    """The part หน้าที่ เป้าประสงค์ และตัวชี้วัด; ``widths`` in percent."""

    heading: str
    duties_heading: str
    duties: Rich
    guidance: Rich
    strategy_heading: str
    issue: str
    goal: str
    indicator: str
    rows: tuple[StrategyRow, ...]
    widths: tuple[float, ...]


def duties(subject: DocumentSubject, fill: Fields, words: DutiesWords) -> Duties:
    """The duties, and the table of goals; a blank form also prints the guidance."""
    shown = partial(digits, subject.agency)
    is_form = subject.scope == "form"
    rows = [
        StrategyRow(
            rich.cell(rich.parse(row.issue)),
            rich.cell(rich.numbered(row.goals, shown)),
            rich.cell(rich.numbered((_name(subject, key) for key in row.indicators), shown)),
        )
        for row in subject.unit.strategy
    ]
    if not rows:
        rows = [StrategyRow(*((rich.plain(shown(f"{number}.")),) * 3)) for number in (1, 2)]
    if is_form:
        rows.append(
            StrategyRow(
                rich.parse(words.issue_guidance),
                rich.parse(words.goal_guidance),
                rich.parse(words.indicator_guidance),
            )
        )
    return Duties(
        heading=fill.fill(words.heading),
        duties_heading=words.duties,
        duties=styles.BODY.on(
            rich.numbered(subject.unit.duties, shown)
            or tuple(block for number in (1, 2) for block in _dotted(subject, number))
        ),
        guidance=styles.BODY.on(rich.parse(words.guidance)) if is_form else (),
        strategy_heading=words.strategy,
        issue=words.issue,
        goal=words.goal,
        indicator=words.indicator,
        rows=tuple(rows),
        widths=widths.share_out(
            [(row.issue, row.goals, row.indicators) for row in rows],
            subject.setting(SIZE, PORTRAIT),
            heads=(words.issue, words.goal, words.indicator),
            least=((LEAST if subject.unit.strategy else PORTRAIT / 3 - PADDING),) * 3,
            padding=PADDING,
        ),
    )


def _name(subject: DocumentSubject, key: str) -> str:
    found = (item for item in subject.indicators if item.key == key)
    return next((cells.table_name(item) for item in found), key)


def _dotted(subject: DocumentSubject, number: int) -> Rich:
    return rich.plain(digits(subject.agency, f"{number}. ") + subject.wording.blank)
