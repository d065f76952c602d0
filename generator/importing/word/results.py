"""Results of a report as ``results/ROUND/UNIT.yaml``: by the unit's own indicators and rounds."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from ... import thai
from ...messages import Message, message
from ...model import Agency, Round, Unit, UnitIndicator
from ...model.report_words import ReportWords
from ...model.round_sets import rounds_of
from . import front, kept, reported
from .found import FoundReport, ReportRow
from .kept import LineLog, Typed
from .pieces import Block, Line, WordTable, core
from .remarks import Remarks
from .words import is_dotted, likeness, round_of

_EXAMPLE = re.compile(r"ตัวอย่าง(?:ใช้ข้อมูลสมมติ.*)?")


@dataclass(frozen=True, slots=True)
class ReportingUnit:
    """The unit whose report it is, as the agency's files have it."""

    agency: Agency
    unit: Unit
    items: tuple[UnitIndicator, ...]
    words: ReportWords
    surveys: Mapping[str, str] = field(default_factory=dict)
    """Keys of the agency's surveys, by the letters of their titles."""
    of_sites: Mapping[str, frozenset[str]] = field(default_factory=dict)
    """By target table: its columns."""

    def fits(self, report: FoundReport) -> int:
        """How many results of a report are of its indicators."""
        return sum(1 for one in report.results if self.item(one) is not None)

    def item(self, one: ReportRow) -> UnitIndicator | None:
        """The indicator that a row is of, by its names or by likeness."""
        said = core(one.name)
        for item in self.items:
            if said in map(core, _names(item)):
                return item
        best = max(self.items, key=lambda i: likeness(i.indicator.name, one.name), default=None)
        return best if best and likeness(best.indicator.name, one.name) > 0.85 else None

    def round(self, report: FoundReport) -> Round | None:
        """The round that a report's title names; the only one there is; None where neither."""
        rounds = rounds_of(self.unit, self.agency)
        for line in reversed(report.title):
            said = core(line.text)
            named = [one for one in rounds if core(one.name) in said]
            if named:
                return max(named, key=lambda one: len(core(one.name)))
        for line in reversed(report.title):
            id_ = round_of(line.text)
            for number, one in enumerate(rounds, start=1):
                if id_ is not None and (one.id == id_ or id_ in (str(number), round_of(one.name))):
                    return one
                if id_ == f"m{_months(one, self.agency.fiscal_year)}":
                    return one
        return rounds[0] if len(rounds) == 1 else None

    @property
    def assessors(self) -> dict[str, str]:
        """Ids of the assessors of a result, by their names' letters; who reports first."""
        found = self.agency.assessment
        if found is None or (found.levels and self.unit.level not in found.levels):
            return {}
        return {core(one.name): one.id for one in found.by}


def _months(one: Round, year: int) -> int:
    """How many months of the fiscal year a round ends after: ``รอบ 12 เดือน`` is the whole year."""
    return (one.end.year - (year - 544)) * 12 + one.end.month - 9


def _names(item: UnitIndicator) -> Iterator[str]:
    yield item.indicator.name
    yield from (name for name in item.indicator.names.model_dump().values() if name)


@dataclass(slots=True)
class DraftedResults:
    """The file's data, what to ask, and which score the report prints for which indicator."""

    data: kept.Mapping
    questions: list[Message] = field(default_factory=list)
    rows: dict[str, ReportRow] = field(default_factory=dict)
    """By the indicator's key: its row, as the report has it."""


def drafted(report: FoundReport, of: ReportingUnit, round_: Round, log: LineLog) -> DraftedResults:
    """What a report says of each indicator, as the results of its round."""
    data = kept.Mapping(fiscal_year=Typed(str(of.agency.fiscal_year), bare=True))
    made = DraftedResults(data)
    if (line := _is_example(report.aside)) is not None:
        data["example"] = Typed("true", line, words=line.said, bare=True)
    results = kept.Mapping()
    remarks = Remarks(of.words, of.assessors, lambda text: _key(of, text))
    for before, table in _tables(report.blocks):
        remarks.read(table)
        _rows(of, before, table, results)
    for one in report.results:
        item = of.item(one)
        if item is None:
            made.questions.append(message("import-result-of-unknown", name=str(one.name)))
            continue
        log.take(f"results/{round_.id}", [one.name])
        made.rows[item.key] = one
        result = _result(of, one, item, round_, remarks)
        by_row = results.get(item.key)
        if by_row is not None:
            by_row.update(result)
        elif result:
            results[item.key] = result
    data["results"] = results
    comments = _comments(of, report.blocks)
    if comments:
        data["comments"] = comments
    days = {str(day): day for day in _days(report.blocks)}
    if len(days) == 1:
        data["signed"] = next(iter(days.values()))
    return made


def _key(of: ReportingUnit, text: Typed) -> str:
    item = of.item(ReportRow(text))
    return "" if item is None else item.key


def _result(
    of: ReportingUnit, one: ReportRow, item: UnitIndicator, round_: Round, remarks: Remarks
) -> kept.Mapping:
    said = reported.explained(item, round_.id, of.assessors, one.blocks)
    if said.borrowed:
        return kept.Mapping()
    has_surveys = bool(_surveys(of, item))
    made = kept.Mapping() if said.counted and has_surveys else said.given
    if said.several and "value" in made:
        del made["value"]
    by_row = item.indicator.by_row is not None
    known = bool(made or (said.counted and has_surveys) or by_row)
    text = reported.typed_words(item, round_.id, one.result, known=known)
    if not known and one.result is not None and text is not None:
        made = reported.guessed(item, round_.id, one.result, one.score)
        if made:
            text = reported.typed_words(item, round_.id, one.result, known=True)
    if said.adjustments:
        made["adjustments"] = said.adjustments
    if text is not None:
        made["text"] = text
        if not known and not any(key in made for key in ("value", "done", "parts")):
            made.guess("text", message("import-result-in-words"))
    if said.counted and len(own := _surveys(of, item)) > 1:
        found = [key for title, key in own.items() if title in core(said.counted)]
        if len(found) == 1:
            made["survey"] = Typed(found[0])
    evidence = said.evidence or one.evidence
    if evidence and (made or known):
        made["evidence"] = evidence
    remarks.lay(item.key, made, said)
    return made


def _surveys(of: ReportingUnit, item: UnitIndicator) -> Mapping[str, str]:
    """The surveys that may give an indicator's result: those that its use names, or all."""
    named = {one.survey for one in item.use.surveys}
    return {title: key for title, key in of.surveys.items() if not named or key in named}


def _tables(blocks: Sequence[Block]) -> Iterator[tuple[str, WordTable]]:
    """Tables, each with the line before it."""
    before = ""
    for block in blocks:
        if isinstance(block, WordTable):
            yield before, block
        elif block.said:
            before = block.said


def _rows(of: ReportingUnit, before: str, table: WordTable, results: kept.Mapping) -> None:
    """A result row by row, where the line before a table names an indicator that has rows."""
    for item in of.items:
        rule = item.indicator.by_row
        if rule is None or core(item.indicator.name) not in core(before) or len(table.rows) < 2:
            continue
        words = of.words.rows
        value = item.indicator.value
        inputs = value.inputs if value is not None else {}
        named = {core(rule.called): rule.key, **{core(text): text for text in rule.texts}}
        for one in inputs.values():
            named[core(f"{one.name} ({one.measure})" if one.measure else one.name)] = one.name
        if words is not None:
            there = of.of_sites.get(rule.sites or "", frozenset())
            own = {words.value: None if inputs else rule.value, words.full: rule.full}
            own[words.weight] = rule.weight
            named |= {core(h): name for h, name in own.items() if name and name not in there}
        heads = {c.column: named.get(core(c.text)) for c in table.rows[0].cells}
        if rule.key not in heads.values():
            continue
        rows = []
        for row in table.rows[1:]:
            cells = kept.Mapping()
            for cell in row.cells:
                if (name := heads.get(cell.column)) is not None:
                    is_text = name in (rule.key, *rule.texts)
                    text = cell.text if is_text else cell.text.replace(",", "")
                    cells[name] = Typed(text, *cell.lines[:1], words=cell.text)
            rows.append(cells)
        results[item.key] = kept.Mapping(rows=rows)


def _comments(of: ReportingUnit, blocks: Sequence[Block]) -> kept.Mapping:
    """What both parties say, each below the line that names it."""
    words = of.words.signature.comment if of.words.signature is not None else None
    heads = {}
    for side in ("assessor", "assessee"):
        role = getattr(of.agency.terms, side)
        for said in ((words or "").replace("[[role]]", role), f"ความเห็นของ{role}"):
            heads[core(said)] = side
    made = kept.Mapping()
    side, lines = "", list[Line]()
    for block in [*blocks, None]:
        named = heads.get(core(block.text), "") if isinstance(block, Line) and block.said else ""
        if named or not isinstance(block, Line):
            if side and lines:
                made[side] = kept.of_lines(lines, "\n".join(line.said for line in lines))
            side, lines = named, []
        elif side and block.said and not is_dotted(block.text):
            lines.append(block)
    return made


def _days(blocks: Sequence[Block]) -> Iterator[Typed]:
    """The days beside signatures."""
    for _, table in _tables(blocks):
        if not front.is_signature(table):
            continue
        for lines in front.signers(table):
            for line in lines:
                day = re.sub(r"^(?:ลง)?วันที่\s*", "", line.text)
                if day != line.text and thai.parse_date(thai.arabic_digits(day)) is not None:
                    yield Typed(day, line)


def _is_example(lines: Sequence[Line]) -> Line | None:
    """The line beside a report's pages that says that its figures are made up."""
    return next((line for line in lines if _EXAMPLE.fullmatch(line.text.replace(" ", ""))), None)
