"""The sheets of indicators: their words, levels by round, past results, and contacts."""

from __future__ import annotations

from collections.abc import Iterator

from ...agreements.changes import KeyPath
from ...agreements.yaml_tree import Node
from .of_units import INDICATOR
from .sources import AgencySource, Definition
from .tables import BookTable, Cell, Column, NewRows, Row, shown, text_at

OF = "เฉพาะของ"
"""The unit, or the level of units, that a row is of alone."""

_FIELDS: tuple[tuple[str, str, int], ...] = (
    ("ชื่อตัวชี้วัด", "name", 56),
    ("หน่วยวัด", "measure", 14),
    ("ที่มา", "origin", 34),
    ("คำอธิบาย", "description", 70),
    ("เงื่อนไข", "conditions", 50),
    ("แหล่งข้อมูล", "source", 44),
    ("วิธีการจัดเก็บข้อมูล", "collection", 44),
)

_CONDITIONS: tuple[tuple[str, str], ...] = (
    ("ค่า", "value"),
    ("ตั้งแต่", "at_least"),
    ("มากกว่า", "more_than"),
    ("ไม่เกิน", "at_most"),
    ("น้อยกว่า", "less_than"),
    ("เท่ากับ", "equals"),
    ("ขั้นตอนที่", "done"),
)

_PEOPLE = (("supervisors", "ผู้กำกับดูแลตัวชี้วัด"), ("collectors", "ผู้จัดเก็บข้อมูล"))
_CONTACT = (
    ("ชื่อ", "name", 34),
    ("ตำแหน่ง", "position", 34),
    ("โทรศัพท์", "telephone", 20),
    ("อีเมล", "email", 28),
)


def indicators(source: AgencySource) -> BookTable:
    """A row for each place at which an indicator's words stand."""
    heads = (Column(INDICATOR, 20, "shown"), Column(OF, 20, "shown"))
    columns = (*heads, *(Column(heading, width) for heading, _, width in _FIELDS))
    rows = []
    for one in source.definitions:
        cells = (_field(one, (key,)) for _, key, _ in _FIELDS)
        rows.append(Row((one.key, one.of), one.file, one.path, (*_heads(one), *cells)))
    return BookTable("indicators", "ตัวชี้วัด", columns, tuple(rows))


def _heads(one: Definition) -> tuple[Cell, Cell]:
    return shown(one.key), shown(one.of)


def _field(one: Definition, path: KeyPath) -> Cell:
    return Cell(text_at(one.node, path), (*one.path, *path))


def criteria(source: AgencySource) -> BookTable:
    """A row for the levels of a round (or of a part in it): their words, and what they ask for."""
    found = [(one, path, node) for one in source.definitions for path, node in _levels(one.node)]
    ids = _ordered(source, found)
    used = [
        (heading, key)
        for heading, key in _CONDITIONS
        if key == "value"
        or any(_level(node, i, key) is not None for _, _, node in found for i in ids)
    ]
    columns = [
        Column(INDICATOR, 20, "shown"),
        Column(OF, 18, "shown"),
        Column("รอบ", 10, "shown"),
        Column("ส่วน", 18, "shown"),
    ]
    for level in ids:
        columns.append(Column(f"ระดับ {level}", 34))
        columns += [Column(f"ระดับ {level}: {heading}", 12, "number") for heading, _ in used]
    rows = tuple(_criteria_row(one, path, node, ids, used) for one, path, node in found)
    return BookTable("criteria", "เกณฑ์การประเมิน", tuple(columns), rows)


def _levels(node: Node) -> Iterator[tuple[KeyPath, Node]]:
    """Levels below ``criteria:``: of a round, and of each part of one."""
    rounds = node.child("criteria")
    for name, one in _entries(rounds):
        if (levels := one.child("levels")) is not None and isinstance(levels.value, dict):
            yield ("criteria", name, "levels"), levels
        parts = one.child("parts")
        for number, part in enumerate(
            parts.value if parts and isinstance(parts.value, list) else ()
        ):
            if (levels := part.child("levels")) is not None and isinstance(levels.value, dict):
                yield ("criteria", name, "parts", number, "levels"), levels


def _entries(node: Node | None) -> Iterator[tuple[str, Node]]:
    if node is not None and isinstance(node.value, dict):
        yield from node.value.items()


def _ordered(
    source: AgencySource, found: list[tuple[Definition, KeyPath, Node]]
) -> tuple[str, ...]:
    """The levels in the order of the agency's scales, then those that only stand in files."""
    scales = [level.id for scale in source.agency.scales.values() for level in scale.levels]
    written = [name for _, _, node in found for name, _ in _entries(node)]
    return tuple(name for name in dict.fromkeys([*scales, *written]) if name in written)


def _level(levels: Node, name: str, key: str) -> str | None:
    return text_at(levels, (name, key))


def _criteria_row(
    one: Definition, path: KeyPath, levels: Node, ids: tuple[str, ...], used: list[tuple[str, str]]
) -> Row:
    cells: list[Cell] = []
    for name in ids:
        node = levels.child(name)
        at = (*one.path, *path, name)
        if node is None:
            cells += [Cell(None)] * (1 + len(used))
        elif isinstance(node.value, dict):
            cells.append(Cell(text_at(node, ("text",)), (*at, "text")))
            cells += [Cell(text_at(node, (key,)), (*at, key)) for _, key in used]
        else:
            cells.append(Cell(text_at(node, ()), at))
            cells += [Cell(None, (*at, key)) for _, key in used]
    part = str(path[3]) if "parts" in path else ""
    words = text_at(one.node, (*path[:4], "name")) if part else None
    heads = (*_heads(one), shown(str(path[1])), shown(words or part or None))
    return Row(
        (one.key, one.of, str(path[1]), part), one.file, (*one.path, *path), (*heads, *cells)
    )


def baselines(source: AgencySource) -> BookTable:
    """A row of past results: their words, and the figure behind them, by year."""
    found = [*_listed(source, "baselines")]
    years = sorted(
        {
            *map(str, source.agency.baseline_years),
            *(year for *_, node in found for year, _ in _entries(node.child("years"))),
        }
    )
    columns = [
        Column(INDICATOR, 20, "shown"),
        Column(OF, 18, "shown"),
        Column("รายการ", 44),
        Column("หน่วยวัด", 14),
    ]
    for year in years:
        columns += [Column(f"ปี {year}", 22), Column(f"ปี {year}: ค่า", 14, "number")]
    rows = []
    for one, number, node in found:
        at = (*one.path, "baselines", number)
        cells = [_in(node, at, ("name",)), _in(node, at, ("measure",))]
        for year in years:
            cells += [_in(node, at, ("years", year, key)) for key in ("text", "value")]
        rows.append(Row((one.key, one.of, str(number)), one.file, at, (*_heads(one), *cells)))
    fields: dict[str, KeyPath] = {"รายการ": ("name",), "หน่วยวัด": ("measure",)}
    for year in years:
        fields |= {f"ปี {year}": ("years", year, "text"), f"ปี {year}: ค่า": ("years", year, "value")}
    new = NewRows((INDICATOR, OF), _lists(source, "baselines"), fields)
    return BookTable("baselines", "ข้อมูลพื้นฐาน", tuple(columns), tuple(rows), new)


def _in(node: Node, at: KeyPath, path: KeyPath) -> Cell:
    return Cell(text_at(node, path), (*at, *path))


def _listed(source: AgencySource, key: str) -> Iterator[tuple[Definition, int, Node]]:
    for one in source.definitions:
        node = one.node.child(key)
        for number, entry in enumerate(node.value if node and isinstance(node.value, list) else ()):
            yield one, number, entry


def _lists(source: AgencySource, key: str) -> dict[tuple[str, ...], tuple[str, KeyPath]]:
    return {(one.key, one.of): (one.file, (*one.path, key)) for one in source.definitions}


ROLE = "หน้าที่"


def contacts(source: AgencySource) -> BookTable:
    """A row a person who answers for an indicator or collects its data."""
    columns = (
        Column(INDICATOR, 20, "shown"),
        Column(OF, 18, "shown"),
        Column(ROLE, 24, "shown"),
        *(Column(heading, width) for heading, _, width in _CONTACT),
    )
    rows = []
    places: dict[tuple[str, ...], tuple[str, KeyPath]] = {}
    for key, role in _PEOPLE:
        for one, number, node in _listed(source, key):
            at = (*one.path, key, number)
            cells = (_in(node, at, (field,)) for _, field, _ in _CONTACT)
            heads = (*_heads(one), shown(role))
            rows.append(Row((one.key, one.of, key, str(number)), one.file, at, (*heads, *cells)))
        places |= {(*who, role): to for who, to in _lists(source, key).items()}
    fields: dict[str, KeyPath] = {heading: (field,) for heading, field, _ in _CONTACT}
    new = NewRows((INDICATOR, OF, ROLE), places, fields)
    return BookTable("contacts", "ผู้ติดต่อ", columns, tuple(rows), new)
