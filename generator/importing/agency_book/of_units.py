"""The sheets of units: who they are and who signs, and the indicators with their weights."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from ...agreements.changes import KeyPath
from ...agreements.files import UnitFile
from ...exact import bare
from ...model.tree import walk
from ...model.wording import names_of_unit_levels
from .sources import AgencySource, use_key
from .tables import BookTable, Cell, Column, NewRows, Row, cell_at, shown

UNIT, INDICATOR, COMPONENT = "หน่วยงาน", "ตัวชี้วัด", "องค์ประกอบ"
WEIGHT, SUM, DUE = "น้ำหนัก", "รวมทั้งองค์ประกอบ", "ต้องรวมได้"
STATUS = {"ร่าง": "draft", "ฉบับจริง": "final"}
SIDES = ("assessees", "assessors")
"""The keys of the parties."""


def units(source: AgencySource) -> BookTable:
    """A row a unit: what it is called, its place among the others, and who signs."""
    levels = level_words(source)
    parties = [*_parties(source)]
    columns = (
        Column(UNIT, 26, "shown"),
        Column("ชื่อย่อ", 12),
        Column("ชื่อหน่วยงาน", 44),
        Column("ระดับหน่วยงาน", 20, choices=tuple(levels)),
        Column("สังกัด", 22),
        Column("สถานะ", 12, choices=tuple(STATUS)),
        Column("วันที่ลงนาม", 20, "day"),
        *(Column(heading, 32) for heading, _ in parties),
    )
    return BookTable(
        "units", "หน่วยงาน", columns, tuple(_unit(source, u, levels, parties) for u in source.units)
    )


def level_words(source: AgencySource) -> dict[str, str]:
    """What the agency's units may be called by level, and the level that is stored."""
    names = names_of_unit_levels(source.folder.wording.model)
    return {name: level for level, name in names.items()}


def _parties(source: AgencySource) -> Iterator[tuple[str, KeyPath]]:
    """As many columns for who signs as the unit with the most of them needs; one at least."""
    terms = source.agency.terms
    words = {"assessees": terms.assessee, "assessors": terms.assessor}
    for key in SIDES:
        lists = (unit.file.node.child(key) for unit in source.units)
        most = max((len(n.value) for n in lists if n and isinstance(n.value, list)), default=0)
        for number in range(max(most, 1 if key == "assessees" else 0)):
            who = words[key] + (f" {number + 1}" if most > 1 else "")
            yield f"{who}: ชื่อ", (key, number, "name")
            yield f"{who}: ตำแหน่ง", (key, number, "position")


def _unit(
    source: AgencySource,
    unit: UnitFile,
    levels: Mapping[str, str],
    parties: list[tuple[str, KeyPath]],
) -> Row:
    node = unit.file.node
    cells = (
        shown(unit.id),
        cell_at(node, (), ("code",)),
        cell_at(node, (), ("name",)),
        _chosen(cell_at(node, (), ("level",)), levels),
        cell_at(node, (), ("parent",)),
        _chosen(cell_at(node, (), ("status",)), STATUS),
        cell_at(node, (), ("signed",)),
        *(cell_at(node, (), path) for _, path in parties),
    )
    return Row((unit.id,), source.name_of(unit), (), cells)


def _chosen(cell: Cell, meaning: Mapping[str, str]) -> Cell:
    """A cell that is chosen from a list: its words stand for what is stored."""
    words = {value: word for word, value in meaning.items()}
    return Cell(words.get(cell.value or "", cell.value), cell.path, meaning)


def uses(source: AgencySource) -> BookTable:
    """A row an indicator of a unit: where it counts and what it weighs, in all rounds or each."""
    rounds = {name: words for unit in source.units for name, words in source.rounds(unit)}
    components = component_words(source)
    in_rounds = tuple(
        Column(f"{WEIGHT} รอบ {name}", 14, "number") for name in rounds if len(rounds) > 1
    )
    columns = (
        Column(UNIT, 22, "shown"),
        Column(INDICATOR, 20, "shown"),
        Column("ชื่อตัวชี้วัด", 56, "shown"),
        Column(COMPONENT, 34, choices=tuple(components)),
        Column(WEIGHT, 12, "number"),
        *in_rounds,
        Column(SUM, 14, "sum", sums=(WEIGHT, UNIT, COMPONENT)),
        Column(DUE, 12, "shown"),
        Column("ใช้ผลของหน่วยงาน", 24),
    )
    rows = tuple(row for unit in source.units for row in _uses(source, unit, components, rounds))
    return BookTable("uses", "ตัวชี้วัดของหน่วยงาน", columns, rows, _new_uses(source, components))


def component_words(source: AgencySource) -> dict[str, str]:
    """What components are called, where that says which; else their ids."""
    agency = source.agency
    trees = [agency.components, agency.personal.components or []]
    trees += [unit.file.model.components or [] for unit in source.units if unit.file.model]
    names: dict[str, set[str]] = {}
    for tree in trees:
        for one in walk(tree):
            if not one.components:
                names.setdefault(one.name, set()).add(one.id)
    known = {name: next(iter(ids)) for name, ids in names.items() if len(ids) == 1}
    return known | {i: i for ids in names.values() if len(ids) > 1 for i in sorted(ids)}


def _uses(
    source: AgencySource,
    unit: UnitFile,
    components: Mapping[str, str],
    rounds: Mapping[str, str],
) -> Iterator[Row]:
    node = unit.file.node.find(("indicators",))
    names = {item.key: item.indicator.name for item in unit.items}
    model = unit.file.model
    tree = walk((model.components if model else None) or source.agency.components)
    due = {one.id: bare(one.weight) for one in tree if one.weight is not None}
    own = {name for name, _ in source.rounds(unit)} if model is not None else set()
    for number, use in enumerate(node.value if isinstance(node.value, list) else ()):
        key, base = use_key(use), ("indicators", number)
        weight = use.child("weight")
        by_round = weight is not None and isinstance(weight.value, dict)
        component = cell_at(use, (), ("component",))
        where = _below(_chosen(component, components), base)
        cells = (
            shown(unit.id),
            shown(key),
            shown(names.get(key)),
            where,
            Cell(None) if by_round else _below(cell_at(use, (), ("weight",)), base),
            *(
                _below(cell_at(use, (), ("weight", name)), base) if name in own else Cell(None)
                for name in rounds
                if len(rounds) > 1
            ),
            Cell(None),
            shown(due.get(component.value or "")),
            _below(cell_at(use, (), ("result", "from")), base),
        )
        yield Row((unit.id, key), source.name_of(unit), base, cells)


def _below(cell: Cell, base: KeyPath) -> Cell:
    assert cell.path is not None
    return Cell(cell.value, (*base, *cell.path), cell.meaning)


def _new_uses(source: AgencySource, components: Mapping[str, str]) -> NewRows:
    places: dict[tuple[str, ...], tuple[str, KeyPath]] = {
        (unit.id,): (source.name_of(unit), ("indicators",)) for unit in source.units
    }
    columns: dict[str, KeyPath] = {
        INDICATOR: ("use",),
        COMPONENT: ("component",),
        WEIGHT: ("weight",),
        "ใช้ผลของหน่วยงาน": ("result", "from"),
    }
    return NewRows((UNIT,), places, columns, {COMPONENT: components}, (INDICATOR, COMPONENT))
