"""แบบ ปผ.3: a person's competencies, expected and assessed; where they count, their points."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ...exact import Exact, shown
from ...model import CompetencyRule
from ...model.competencies import CompetencyHeads
from ...model.wording import CompetenceWords
from ...scoring import ScoredIndicator, competency_steps, explain
from ...scoring.competency_steps import CompetenciesSummed, CompetencyJudged, signed
from ...typesetting.columns import Setting
from ..common import DocumentSubject, digits
from . import rich, styles, widths
from .rich import Paragraph, Rich
from .widths import LANDSCAPE

SIZE = 13.0
"""The size of the table's letters, in points."""

NUMBER, NAME, FIGURE = 1.6, 5.0, 1.8
"""What the columns of numbers, names, and levels, gaps and points get at the least, in cm."""

PADDING = 0.25
"""What lies beside the words of a cell, left and right together, in cm."""

HEAD_LINES = (3, 4)
"""So many lines say a round over its column, the first for which there is room."""

EMPTY_ROWS = 5
"""How many empty rows stand where nothing is filled in yet."""


@dataclass(frozen=True, slots=True)
class CompetencyRow:
    """A competency, the level expected, and what stands in each column of ``rounds``."""

    number: str
    name: str
    expected: str
    assessed: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CompetenceForm:
    """The table; ``widths`` in percent.

    ``rounds`` are the heads below ``assessed``: each round, and where competencies count, the
    gap and the points in it.
    """

    heading: str
    number: str
    name: str
    expected: str
    assessed: str
    rounds: tuple[str, ...]
    rows: tuple[CompetencyRow, ...]
    widths: tuple[float, ...]
    guidance: Rich


def competence_form(
    subject: DocumentSubject, words: CompetenceWords, rounds: Sequence[str], guidance: Rich
) -> CompetenceForm:
    """The form of the person; ahead of a round, empty where something is assessed."""
    rule = subject.agency.personal.competencies
    heads = None if rule is None else rule.heads
    scored = _scored(subject)
    found = subject.unit.competencies
    rows = [
        CompetencyRow(
            digits(subject.agency, str(number)),
            one.name,
            digits(subject.agency, str(one.expected)),
            tuple(_cells(subject, rule, scored, one.id)) * len(rounds),
        )
        for number, one in enumerate(found, start=1)
    ]
    empty = ("",) * _columns(heads) * len(rounds)
    if not rows:
        rows = [
            CompetencyRow(digits(subject.agency, str(number)), "", "", empty)
            for number in range(1, EMPTY_ROWS + 1)
        ]
    if heads is not None:
        total = (*("",) * (_columns(heads) - 1), _total(subject, scored))
        rows.append(CompetencyRow("", heads.total, "", total * len(rounds)))
    columns = tuple(head for name in rounds for head in (name, *_heads(heads)))
    setting = subject.setting(SIZE, LANDSCAPE)
    least = _least(setting, rounds, len(_heads(heads)))
    return CompetenceForm(
        heading=words.heading,
        number=words.number,
        name=words.name,
        expected=words.expected,
        assessed=words.assessed,
        rounds=columns,
        rows=tuple(rows),
        widths=_alike(
            widths.share_out(
                [(row.number, row.name, row.expected, *row.assessed) for row in rows],
                setting,
                heads=(words.number, words.name, words.expected, *columns),
                over=[(3, 2 + len(columns), words.assessed)] if columns else (),
                least=(NUMBER, NAME, FIGURE, *least),
                padding=PADDING,
            ),
            _columns(heads),
        ),
        guidance=styles.GUIDE.on((*guidance, *_sum_lines(subject, scored))),
    )


def _least(setting: Setting, rounds: Sequence[str], more: int) -> tuple[float, ...]:
    """What columns of rounds get at the least, so that each round is said in few lines."""
    figures = (FIGURE,) * more
    for lines in HEAD_LINES:
        narrow = (setting.paragraph(name, bold=True).narrowest(lines) for name in rounds)
        head = max(FIGURE, max(narrow, default=0.0) * setting.scale * 1.03 + PADDING)
        least = (head, *figures) * len(rounds)
        if NUMBER + NAME + FIGURE + sum(least) <= LANDSCAPE:
            return least
    return (FIGURE, *figures) * len(rounds)


def _alike(shares: tuple[float, ...], each: int) -> tuple[float, ...]:
    """Widths of which those of all rounds are alike."""
    own, rounds = shares[:3], shares[3:]
    count = len(rounds) // each
    mean = [round(sum(rounds[n::each]) / count, 2) for n in range(each)] if count else []
    return (*own, *(mean * count))


def _heads(heads: CompetencyHeads | None) -> tuple[str, ...]:
    if heads is None:
        return ()
    return (heads.points,) if heads.gap is None else (heads.gap, heads.points)


def _columns(heads: CompetencyHeads | None) -> int:
    return 1 + len(_heads(heads))


def _scored(subject: DocumentSubject) -> ScoredIndicator | None:
    """The row that the competencies are scored in, in the round."""
    rows = subject.score.rows if subject.score is not None else ()
    return next((row for row in rows if row.of == "competencies"), None)


def _cells(
    subject: DocumentSubject, rule: CompetencyRule | None, scored: ScoredIndicator | None, key: str
) -> Iterator[str]:
    """The assessed level; where competencies count, its gap and points."""
    level = subject.assessed.get(key) if subject.round else None
    yield "" if level is None else digits(subject.agency, str(level))
    if rule is None:
        return
    steps = scored.score.trace.steps if scored is not None and scored.score is not None else ()
    step = next((s for s in steps if isinstance(s, CompetencyJudged) and s.competency == key), None)
    if rule.heads.gap is not None:
        yield "" if step is None else digits(subject.agency, signed(step.gap))
    yield "" if step is None else _figure(subject, step.points)


def _total(subject: DocumentSubject, scored: ScoredIndicator | None) -> str:
    steps = scored.score.trace.steps if scored is not None and scored.score is not None else ()
    step = next((s for s in steps if isinstance(s, CompetenciesSummed)), None)
    return "" if step is None else _figure(subject, step.total)


def _figure(subject: DocumentSubject, value: Exact) -> str:
    return digits(subject.agency, shown(value))


def _sum_lines(subject: DocumentSubject, scored: ScoredIndicator | None) -> Iterator[Paragraph]:
    """How the points become the score in the weight tree, or what is still to be assessed."""
    if scored is None:
        return
    lines: list[str] = []
    if scored.score is not None:
        steps = [s for s in scored.score.trace.steps if isinstance(s, CompetenciesSummed)]
        lines += [line for step in steps for line in competency_steps.lines(step)]
    for line in (*lines, explain.row_line(scored)):
        yield from rich.plain(digits(subject.agency, line))
