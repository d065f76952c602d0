"""What stands in the rows of a result: every cell that is missing, doubled or no number."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from .. import thai
from ..agreements.files import TableFile
from ..diagnostics import Diagnostic, Location, Suggestion, did_you_mean
from ..messages import Message, message
from ..model import Value
from ..model.by_row import NOT_APPLICABLE, ByRow
from ..model.fields import number
from .refusal import Refused, ResultSpot

TOTALS = frozenset(
    ("รวม", "รวมทั้งหมด", "รวมทั้งสิ้น", "ทั้งหมด", "ทั้งประเทศ", "ภาพรวม", "ค่าเฉลี่ย", "เฉลี่ย")
) | {"total", "sum", "mean", "average"}
"""What a row is called that sums up the others."""


@dataclass(frozen=True, slots=True)
class RowFigures:
    """A row as read: its figures by name; ``applies`` is false where all of them are ``-``."""

    name: str
    texts: tuple[str, ...]
    figures: Mapping[str, Decimal]
    full: Decimal | None
    weight: Decimal | None
    applies: bool
    spot: ResultSpot


def wanted(rule: ByRow, value: Value | None) -> dict[str, tuple[str, ...]]:
    """The figures of a row, by what they are known by: the heads that their column may have."""
    if value is None or value.formula is None:
        return {rule.value: (rule.value,)}
    asked = {key: one for key, one in value.inputs.items() if one.constant is None}
    names = [thai.folded(about.name) for about in asked.values()]
    return {
        key: (key, name) if names.count(name) == 1 and name not in asked else (key,)
        for key, name in zip(asked, names, strict=True)
    }


def site_columns(rule: ByRow, sites: TableFile | None) -> set[str]:
    """The columns of full marks and weights that the table of sites has, and no row states."""
    has = set(sites.file.model.numbers) if sites is not None and sites.file.model else set()
    return {name for name in (rule.full, rule.weight) if name in has}


def read(
    rule: ByRow,
    value: Value | None,
    rows: Sequence[Mapping[str, str]],
    sites: TableFile | None,
    spot: ResultSpot,
) -> list[RowFigures] | Refused:
    """The figures of all rows, or everything that is wrong with them."""
    spot = replace(spot, node=spot.node.find(("rows",)))
    if not rows:
        return spot.refuse(message("rows-empty"))
    reader = _Reader(rule, value, rows, sites, spot)
    faults = list(reader.columns())
    found: list[RowFigures] = []
    if not faults:
        for index in range(len(rows)):
            made = reader.row(index)
            if isinstance(made, RowFigures):
                found.append(made)
            else:
                faults += made
        faults += reader.missing()
    if not faults and not any(row.applies for row in found):
        return spot.refuse(message("no-row-applies"))
    return Refused(tuple(faults)) if faults else found


class _Reader:
    def __init__(
        self,
        rule: ByRow,
        value: Value | None,
        rows: Sequence[Mapping[str, str]],
        sites: TableFile | None,
        spot: ResultSpot,
    ) -> None:
        self.rule, self.rows, self.spot = rule, rows, spot
        self.heads = list(dict.fromkeys(head for row in rows for head in row))
        self.wanted = wanted(rule, value)
        self.seen: dict[str, int] = {}
        self.sites: dict[str, Mapping[str, Decimal]] | None = None
        self.names: dict[str, str] = {}
        self.total = ""
        if sites is not None and sites.file.model is not None:
            key = sites.file.model.key
            self.total = thai.folded(sites.file.model.total or "")
            self.names = {thai.folded(row[key]): row[key] for row in sites.csv.rows}
            self.sites = dict(zip(self.names, sites.csv.figures, strict=True))
        self.beside = site_columns(rule, sites)

    def columns(self) -> Iterator[Diagnostic]:
        """The columns that there have to be, and no others."""
        rule = self.rule
        own = [name for name in (rule.full, rule.weight) if name and name not in self.beside]
        asked: list[tuple[str, tuple[str, ...]]] = [
            (name, (name,)) for name in (rule.key, *rule.texts, *own)
        ]
        asked += list(self.wanted.items())
        for name, heads in asked:
            given = [head for head in self.heads if head in heads]
            if not given:
                said = message("rows-without-column", column=name)
                yield self._at_head(said, did_you_mean(name, self.heads))
            elif len(given) > 1:
                said = message("column-in-two-parts", name=name)
                yield self._at_head(said, message("keep-one-of-them"), given[1])
        known = {head for _, heads in asked for head in heads}
        for head in self.heads:
            if head in self.beside:
                said = message("column-of-sites-typed", column=head, table=rule.sites or "")
                yield self._at_head(said, head=head)
            elif head not in known:
                said = message("column-not-asked", column=head)
                hint = did_you_mean(head, [name for name, _ in asked])
                yield self._at_head(said, hint, head)

    def _at_head(
        self, said: Message, hint: Message | Suggestion | str = "", head: str = ""
    ) -> Diagnostic:
        keys: dict[str, Location] = {}
        for index in range(len(self.rows)):
            keys = {**self.spot.node.find((index,)).keys, **keys}
        place = keys.get(head) or min(keys.values(), default=self.spot.node.location)
        return replace(self.spot.fault(said, hint=hint), location=place)

    def row(self, index: int) -> RowFigures | list[Diagnostic]:
        """One row, or what is wrong with it."""
        rule, row = self.rule, self.rows[index]
        name = row.get(rule.key, "")
        spot = replace(self.spot, about=f"{self.spot.about}, {name or index + 1}")
        spot = replace(spot, node=self.spot.node.find((index,)))
        faults = list(self._named(index, spot))
        cells = {
            key: next((head for head in heads if head in row), heads[0])
            for key, heads in self.wanted.items()
        }
        spot = _by_figure(spot, cells)
        typed = [row.get(head, "").strip() for head in cells.values()]
        applies = not all(cell == NOT_APPLICABLE for cell in typed)
        figures: dict[str, Decimal] = {}
        beside = [name for name in (rule.full, rule.weight) if name and name not in self.beside]
        asked = [*cells.items(), *((name, name) for name in beside)] if applies else []
        for key, head in asked:
            figure = _figure(row.get(head, "").strip(), head, spot)
            if isinstance(figure, Diagnostic):
                faults.append(figure)
            else:
                figures[key] = figure
        for text in rule.texts:
            if not row.get(text, "").strip():
                faults.append(spot.fault(message("cell-empty", column=text), text))
        site = (self.sites or {}).get(thai.folded(name), {})
        full, weight = (
            None if column is None else figures.pop(column, site.get(column))
            for column in (rule.full, rule.weight)
        )
        if full is not None and full <= 0 and applies:
            faults.append(spot.fault(message("full-mark-not-above-nought"), rule.full or ""))
        if weight is not None and weight < 0 and applies:
            faults.append(spot.fault(message("row-weight-below-nought"), rule.weight or ""))
        if faults:
            return faults
        texts = tuple(row[text] for text in rule.texts)
        return RowFigures(name, texts, figures, full, weight, applies, spot)

    def _named(self, index: int, spot: ResultSpot) -> Iterator[Diagnostic]:
        key = self.rule.key
        typed = self.rows[index].get(key, "")
        name = thai.folded(typed)
        if not name:
            yield spot.fault(message("cell-empty", column=key), key)
            return
        if name in self.seen:
            first = self.spot.node.find((self.seen[name], key)).location.line
            yield spot.fault(message("row-named-twice", name=typed, line=first), key)
        self.seen.setdefault(name, index)
        if self.sites is not None and name in self.sites:
            return
        if name.casefold() in TOTALS or (self.total and name == self.total):
            yield spot.fault(message("row-of-total", name=typed), key)
        elif self.sites is not None:
            hint = did_you_mean(name, self.names)
            table = self.rule.sites or ""
            yield spot.fault(message("row-not-in-table", name=typed, table=table), key, hint=hint)

    def missing(self) -> Iterator[Diagnostic]:
        """The sites of the table that no row is of."""
        for name, shown in self.names.items():
            if name not in self.seen:
                said = message("site-without-row", name=shown, table=self.rule.sites or "")
                yield self.spot.fault(said)


def _by_figure(spot: ResultSpot, heads: Mapping[str, str]) -> ResultSpot:
    """The place of a row whose cells are found by the names of the figures, too."""
    if not isinstance(spot.node.value, dict):
        return spot
    known = {key: spot.node.value[head] for key, head in heads.items() if head in spot.node.value}
    return replace(spot, node=replace(spot.node, value={**spot.node.value, **known}))


def _figure(cell: str, head: str, spot: ResultSpot) -> Decimal | Diagnostic:
    if not cell:
        return spot.fault(message("cell-empty", column=head), head)
    if cell == NOT_APPLICABLE:
        return spot.fault(message("row-applies-in-part", column=head), head)
    figure = number(cell)
    if figure is None:
        return spot.fault(message("cell-no-number", column=head, found=cell[:40]), head)
    return figure
