"""The framework of a whole agency: its statements, the matrix, and every unit's frame.

The order is that of source 004, chapters 3 and 6 (lines 98–153 and 270–498). Who is
responsible is drawn from the units' own files; the source's column is only compared.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from ..model import Agency, StatementTable, Unit, UnitIndicator
from ..model.tree import components_of, indicators_of, walk
from ..model.wording import FrameworkWords, names_of_unit_levels
from ..typesetting.columns import Setting
from .common import (
    DocumentSubject,
    Fields,
    PageFurniture,
    Properties,
    UnitInDocument,
    digits,
    fields,
    furniture,
    properties,
)
from .parts import rich, styles
from .parts.frames import frames
from .parts.framework_tables import (
    SIZE,
    FrameworkChapter,
    GridHead,
    frame_name,
    grid,
    last_weight,
    mark,
)
from .parts.matrix import matrix
from .parts.rich import Rich
from .parts.widths import PORTRAIT


@dataclass(frozen=True, slots=True)
class Framework:
    """The agency's framework."""

    properties: Properties
    page: PageFurniture
    title: tuple[str, ...]
    chapters: tuple[FrameworkChapter, ...]


def build(subject: DocumentSubject) -> Framework:
    """The framework of the subject's agency, from all its units."""
    words = subject.wording.framework
    assert words is not None
    fill = fields(subject)
    title = tuple(fill.fill(line) for line in words.title)
    return Framework(
        properties=properties(subject, " ".join(title)),
        page=furniture(subject, fill),
        title=title,
        chapters=tuple(_chapters(subject, words, fill)),
    )


def _chapters(
    subject: DocumentSubject, words: FrameworkWords, fill: Fields
) -> Iterator[FrameworkChapter]:
    for statement in subject.agency.statements:
        yield _statement(statement, subject.setting(SIZE, PORTRAIT))
    department = next(
        (view for view in subject.units.values() if view.unit.level == "department"), None
    )
    if department is not None:
        if any(item.use.links for item in department.indicators):
            yield _links(subject, words, fill, department)
        yield _department(subject, words, fill, department)
    found = matrix(subject, words, fill)
    if found is not None:
        yield found
    yield from frames(subject, words, fill)


def _statement(statement: StatementTable, setting: Setting) -> FrameworkChapter:
    rows = [tuple(rich.cell(rich.parse(cell)) for cell in row) for row in statement.rows]
    return FrameworkChapter(
        "",
        styles.BODY.on(rich.parse(statement.before)),
        grid(setting, map(GridHead, statement.heads), rows),
        after=styles.BODY.on(rich.parse(statement.after)),
    )


def _links(
    subject: DocumentSubject, words: FrameworkWords, fill: Fields, department: UnitInDocument
) -> FrameworkChapter:
    """Which indicator hangs on which plan: a row a link, a column an indicator."""
    agency = subject.agency
    counted = [item for item in department.indicators if _counts(department.unit, agency, item)]
    links = list(dict.fromkeys(link for item in counted for link in item.use.links))
    numbers = tuple(digits(agency, str(number)) for number in range(1, len(counted) + 1))
    rows = [
        (rich.parse(link), *(mark(is_set=link in item.use.links) for item in counted))
        for link in links
    ]
    over = fill.fill(words.department_numbers, level=_called(subject, department))
    heads = [GridHead(words.link), GridHead(over, numbers)]
    setting = subject.setting(SIZE, PORTRAIT)
    return FrameworkChapter(
        words.links_heading, (), grid(setting, heads, rows, centred=range(1, 99))
    )


def _department(
    subject: DocumentSubject, words: FrameworkWords, fill: Fields, department: UnitInDocument
) -> FrameworkChapter:
    """The department's own indicators, numbered through, with their links."""
    agency, unit, indicators = subject.agency, department.unit, department.indicators
    linked = any(item.use.links for item in indicators)
    rows: list[tuple[Rich, ...] | str] = []
    number = 0
    for component in walk(components_of(unit, agency)):
        own = indicators_of(component, indicators)
        if not own or not component.counts:
            continue
        rows.append(component.name)
        for item in own:
            number += 1
            rows.append(
                (
                    rich.plain(digits(agency, str(number))),
                    rich.plain(frame_name(item)),
                    rich.plain(last_weight(agency, unit, item)),
                    *([_hung(item.use.links)] if linked else []),
                )
            )
    names = (words.number, words.name, words.weight, words.department_links)
    heads = map(GridHead, names if linked else names[:-1])
    heading = fill.fill(words.department_heading, level=_called(subject, department))
    setting = subject.setting(SIZE, PORTRAIT)
    return FrameworkChapter(heading, (), grid(setting, heads, rows, centred=(0, 2)))


def _called(subject: DocumentSubject, view: UnitInDocument) -> str:
    """What units of a unit's level are called."""
    return names_of_unit_levels(subject.wording)[view.unit.level]


def _hung(links: list[str]) -> Rich:
    """The plans that an indicator hangs on, one below the other."""
    return tuple(rich.Paragraph(block.spans, "-") for link in links for block in rich.parse(link))


def _counts(unit: Unit, agency: Agency, item: UnitIndicator) -> bool:
    return any(c.id == item.use.component and c.counts for c in walk(components_of(unit, agency)))
