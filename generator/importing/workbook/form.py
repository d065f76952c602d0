"""What a unit is asked to report in a round: the rows of its workbook."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from ... import thai
from ...agreements.files import TableFile, UnitFile
from ...model import Agency, Indicator, Results, Unit, exemptions
from ...model.round_sets import ids_of, round_of
from ...scoring import periods
from ...scoring.assessing import assessment_of
from ...scoring.exemptions import described
from ...scoring.explain_exempt import exempt_line
from . import row_sheets
from .assessors import rows_of_assessors
from .row_sheets import RowSheet
from .rows import (
    ReportedRow,
    ResultPath,
    counted_rows,
    exempt_rows,
    rows_of,
    tabled_rows,
    value_of,
)

COMPETENCIES = ""
"""What stands in place of an indicator where the rows are a person's competencies."""


@dataclass(frozen=True, slots=True)
class WorkbookHead:
    """What a workbook belongs to."""

    agency: str
    unit: str
    fiscal_year: int
    round: str


@dataclass(frozen=True, slots=True)
class IndicatorRows:
    """An indicator with its rows."""

    key: str
    name: str
    rows: tuple[ReportedRow, ...]


@dataclass(frozen=True, slots=True)
class WorkbookForm:
    """A unit's workbook before it is one. ``heads`` are the lines above the table.

    ``surveys`` are what surveys are called, by their ids.
    """

    about: WorkbookHead
    heads: tuple[str, ...]
    blocks: tuple[IndicatorRows, ...]
    tables: tuple[RowSheet, ...] = ()
    surveys: Mapping[str, str] = field(default_factory=dict)

    @property
    def paths(self) -> dict[ResultPath, ReportedRow]:
        """All rows, by their place in the results."""
        return {row.path: row for block in self.blocks for row in block.rows}


def asked(
    agency: Agency,
    about: WorkbookHead,
    units: Mapping[str, UnitFile],
    results: Results | None = None,
    tables: Mapping[str, TableFile] | None = None,
    titles: Mapping[str, str] | None = None,
) -> WorkbookForm:
    """What the unit reports itself, with what it has reported already filled in.

    ``tables`` say which rows there have to be where results come row by row; ``titles`` are what
    surveys are called.
    """
    unit = units[about.unit]
    round_ = round_of(agency, about.round)
    given = results.results if results is not None else {}
    agreed = assessment_of(agency, unit.unit)
    blocks = []
    row_tables: list[row_sheets.RowSheet] = []
    ids = ids_of(unit.unit, agency)
    for item in unit.items:
        if item.use.result.own:
            judges = [item.indicator, *_borrowers(units, about.unit, item.key)]
            if not any(judge.assessed_in(about.round) for judge in judges):
                continue
            period = periods.own((value_of(i, about.round), i.period) for i in judges)
            months = periods.months(agency, about.round, period)
            reported = given.get(item.key)
            name = item.indicator.names.report or item.indicator.name
            decided = exemptions.whole(item.use.exemptions, about.round, ids)
            if decided is not None:
                said = exempt_line(described(decided, agency))
                blocks.append(IndicatorRows(item.key, name, tuple(exempt_rows(item.key, said))))
                continue
            gone = exemptions.of_parts(item.use.exemptions, about.round, ids)
            surveys = [(titles or {}).get(use.survey, use.survey) for use in item.use.surveys]
            is_counted = reported is None or reported.only_words or reported.survey is not None
            value = next((v for v in (value_of(i, about.round) for i in judges) if v), None)
            by_row = row_sheets.of_indicator(
                len(row_tables) + 1, item.key, item.indicator, value, tables or {}, reported
            )
            if by_row is not None:
                row_tables.append(by_row)
                rows = tabled_rows(item.key, by_row.title, reported)
            elif surveys and is_counted:
                own = item.indicator.criteria_of(about.round)
                rows = counted_rows(item.key, surveys, (own,) if own else (), reported)
            else:
                rows = rows_of(item.key, judges, about.round, months, reported, gone)
            if agreed is not None:
                rows = [*rows, *rows_of_assessors(agreed, item.key, rows, reported)]
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
    return WorkbookForm(about, heads, tuple(blocks), tuple(row_tables), titles or {})


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
