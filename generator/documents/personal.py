"""The forms of one person: duties in four aspects, ปผ.2 and ปผ.3 (source 004, lines 207–268).

The source says what the forms hold and prints none, so the layout is ours: tables on wide
pages, a form a page, ปผ.2 once a round. Made ahead they hold all rounds and no results; of a
round they hold that one, with scores and what was assessed, and no duties. Blank forms print
the source's guidance.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import partial

from .. import thai
from ..model import ASPECTS, Aspect, Component, Duty, Round
from ..model.rounds import MOST_BESIDE
from ..model.tree import components_of, indicators_of, walk
from ..model.wording import AchievementWords, DutyFormWords, PersonalWords
from ..scoring import explain
from .common import (
    DocumentSubject,
    Fields,
    PageFurniture,
    Properties,
    about_round,
    digits,
    fields,
    furniture,
    properties,
)
from .parts import cells, rich, second_names, styles, widths
from .parts.competence import EMPTY_ROWS, CompetenceForm, competence_form
from .parts.rich import Paragraph, Rich
from .parts.score_table import (
    ScoreTable,
    ScoreTableRow,
    ScoreTableSection,
    empty_rows,
    figure,
    score_row,
    score_table,
)
from .parts.signatures import SignatureBlock, signatures
from .parts.widths import LANDSCAPE

EMPTY = rich.cell(())
ROOMY, PADDING = 13.0, 0.27
"""The size of the letters of the duties form, in points; what lies beside a cell's words, in cm."""

DUTY = (4.0, 4.0, 4.0, 4.0)
"""What the columns of the duties form get at the least, in cm."""


@dataclass(frozen=True, slots=True)
class DutyRow:
    """A work, its goals, its indicators, and those of the unit above that they derive from."""

    work: Rich
    goals: Rich
    indicators: Rich
    above: Rich


@dataclass(frozen=True, slots=True)
class DutySection:
    """One of the four aspects; guidance on the blank form."""

    heading: str
    guidance: Rich
    rows: tuple[DutyRow, ...]


@dataclass(frozen=True, slots=True)
class DutyForm:
    """แบบแสดงภาระหน้าที่/ความรับผิดชอบ; ``widths`` in percent."""

    heading: str
    heads: tuple[str, ...]
    sections: tuple[DutySection, ...]
    widths: tuple[float, ...]
    guidance: Rich


@dataclass(frozen=True, slots=True)
class Achievement:
    """แบบ ปผ.2 of one round."""

    heading: str
    round: str
    table: ScoreTable
    guidance: Rich


@dataclass(frozen=True, slots=True)
class PersonalForms:
    """Everything the forms of one person say."""

    properties: Properties
    page: PageFurniture
    title: tuple[str, ...]
    second: str
    facts: tuple[str, ...]
    duties: DutyForm | None
    achievements: tuple[Achievement, ...]
    competence: CompetenceForm
    signatures_heading: str
    signatures: tuple[tuple[SignatureBlock, ...], ...]


def build(subject: DocumentSubject) -> PersonalForms:
    """The forms of one person, or the agency's empty ones."""
    words = subject.wording.personal
    assert words is not None
    if subject.scope == "form":
        # Nobody's: the agency's assessor is that of its units.
        unit = subject.unit.model_copy(update={"level": "person", "assessors": []})
        subject = replace(subject, unit=unit, indicators=())
    # The units above are there to be named; a person without a name isn't called the agency.
    fill = fields(replace(subject, units={}))
    parent = subject.units.get(subject.unit.parent or "")
    above = (parent.unit.name or "") if parent is not None else ""
    title = tuple(fill.fill(line) for line in words.title)
    rounds = [r for r in subject.rounds if subject.round in ("", r.id)]
    return PersonalForms(
        properties=properties(subject, " ".join(title)),
        page=furniture(subject, fill),
        title=title,
        second=second_names.second_name(subject, "heads", subject.unit),
        facts=tuple(fill.fill(line, parent=above) for line in words.facts),
        duties=None if subject.round else _duties(subject, words.duties),
        achievements=tuple(
            _achievement(subject, words, fill, r, last=r is rounds[-1]) for r in rounds
        ),
        competence=competence_form(
            subject,
            words.competence,
            [
                # Many rounds leave no room for their days, which stand over each ปผ.2.
                _round_name(subject, words, fill, r)
                if len(rounds) <= MOST_BESIDE
                else digits(subject.agency, r.name)
                for r in rounds
            ],
            _guidance(subject, words.competence.guidance),
        ),
        signatures_heading=words.signatures,
        signatures=signatures(subject, fill),
    )


def _guidance(subject: DocumentSubject, text: str) -> Rich:
    return rich.parse(text) if subject.scope == "form" else ()


def _duties(subject: DocumentSubject, words: DutyFormWords) -> DutyForm:
    sections = tuple(_section(subject, words, aspect) for aspect in ASPECTS)
    heads = (words.work, words.goals, words.indicators, words.above)
    return DutyForm(
        heading=words.heading,
        heads=heads,
        sections=sections,
        widths=widths.share_out(
            [
                (row.work, row.goals, row.indicators, row.above)
                for section in sections
                for row in section.rows
            ],
            subject.setting(ROOMY, LANDSCAPE),
            heads=heads,
            least=DUTY,
            padding=PADDING,
        ),
        guidance=styles.GUIDE.on(_guidance(subject, words.guidance)),
    )


def _section(subject: DocumentSubject, words: DutyFormWords, aspect: Aspect) -> DutySection:
    duties = subject.unit.responsibilities
    works: list[Duty] = getattr(duties, aspect) if duties is not None else []
    rows = tuple(_duty(subject, words, number, work) for number, work in enumerate(works, start=1))
    return DutySection(
        words.aspects[aspect].heading,
        _guidance(subject, words.aspects[aspect].guidance),
        rows or (DutyRow(EMPTY, EMPTY, EMPTY, EMPTY),),
    )


def _duty(subject: DocumentSubject, words: DutyFormWords, number: int, work: Duty) -> DutyRow:
    items = {item.key: item for item in subject.indicators}
    used = [items[key] for key in work.indicators if key in items]
    origins = dict.fromkeys(item.use.origin for item in used if item.use.origin is not None)
    goals: dict[str, None] = {}
    names: list[str] = []
    for unit, key in origins:
        view = subject.units.get(unit)
        if view is None:
            continue
        goals |= {
            goal: None for row in view.unit.strategy if key in row.indicators for goal in row.goals
        }
        names += [item.indicator.name for item in view.indicators if item.key == key]
    shown = partial(digits, subject.agency)
    order = rich.plain(f"{words.order} {work.order}" if work.order else "")
    return DutyRow(
        work=(*_numbered(subject, number, work.work), *order),
        goals=rich.cell(rich.numbered(work.goals or goals, shown)),
        indicators=rich.cell(rich.numbered((item.indicator.name for item in used), shown)),
        above=rich.cell(
            (
                *_labelled(words.goal, goals),
                *_labelled(words.indicator, names),
            )
        ),
    )


def _numbered(subject: DocumentSubject, number: int, text: str) -> Rich:
    """A text with its number before it, in the agency's digits."""
    first, *rest = rich.parse(text) or (Paragraph(()),)
    return (replace(first, marker=f"{digits(subject.agency, str(number))}."), *rest)


def _labelled(label: str, texts: Iterable[str]) -> Iterator[Paragraph]:
    """Each text with what it is before it."""
    for text in texts:
        yield from rich.prefixed(label, rich.parse(text))


def _achievement(
    subject: DocumentSubject, words: PersonalWords, fill: Fields, round_: Round, *, last: bool
) -> Achievement:
    """ปผ.2 of a round; what is to be known of all rounds stands below the last."""
    return Achievement(
        heading=words.achievement.heading,
        round=_round_name(subject, words, fill, round_),
        table=_table(subject, words.achievement, round_),
        guidance=styles.GUIDE.on(
            (
                *(_guidance(subject, words.achievement.guidance) if last else ()),
                *_sums(subject),
            )
        ),
    )


def _sums(subject: DocumentSubject) -> Iterator[Paragraph]:
    """What is to be said where the printed scores don't add up to the printed total.

    Where competencies count this form holds the whole result: the total out of 100, and the grade.
    """
    if subject.score is None:
        return
    is_whole = any(row.of == "competencies" for row in subject.score.rows)
    for pool in subject.score.pools:
        for line in explain.total_lines(pool) if is_whole else explain.sum_lines(pool):
            yield from rich.plain(digits(subject.agency, line))


def _round_name(subject: DocumentSubject, words: PersonalWords, fill: Fields, round_: Round) -> str:
    def shown(text: str) -> str:
        return digits(subject.agency, text)

    return fill.fill(
        words.round,
        **about_round(subject.agency, round_),
        number=shown(str(subject.rounds.index(round_) + 1)),
        **{"from": shown(thai.long_date(round_.start)), "to": shown(thai.long_date(round_.end))},
    )


def _table(subject: DocumentSubject, words: AchievementWords, round_: Round) -> ScoreTable:
    sections = [
        ScoreTableSection(
            component.name,
            _rows(subject, component, round_),
            second_names.second_name(subject, "tables", component),
        )
        for component in walk(components_of(subject.unit, subject.agency))
        if not component.components and component.counts
    ]
    if not subject.indicators:
        sections = [replace(sections[0], rows=empty_rows(subject, EMPTY_ROWS))]
    return score_table(subject, words, sections)


def _rows(
    subject: DocumentSubject, component: Component, round_: Round
) -> tuple[ScoreTableRow, ...]:
    """The indicators of a component; with result and score where they are of the round."""
    scored = {row.key: row for row in subject.score.rows} if subject.score is not None else {}
    numbers = cells.numbers(subject)
    if component.scored_from is not None:
        weight = "" if component.weight is None else thai.weight(component.weight)
        return (
            score_row(
                subject,
                "",
                component.name,
                (EMPTY,) * len(cells.scale_of_unit(subject).levels),
                digits(subject.agency, weight),
                scored.get(component.id),
            ),
        )
    return tuple(
        score_row(
            subject,
            numbers[item.key],
            item.indicator.name,
            tuple(map(rich.cell, cells.levels(subject, item, round_))),
            figure(subject, scored[item.key].weight_shown, plain=True)
            if item.key in scored
            else cells.weight(subject.agency, item, round_),
            scored.get(item.key),
            second_names.below(subject, "tables", item.indicator),
        )
        for item in indicators_of(component, subject.indicators)
    )
