"""``agency.yaml`` of what Word files say: year, terms, rounds, scales, the weight tree."""

from __future__ import annotations

import re
from datetime import date, timedelta
from decimal import Decimal

from ... import thai
from ...exact import bare
from ...messages import message
from .found import FoundComponent, FoundFile, FoundRound
from .kept import Mapping, Typed, same
from .pieces import core
from .words import slug

_DATES = re.compile(
    r"(\d{1,2})\s*([ก-ฮะ-์.]+?)\s*(?:พ\.ศ\.\s*)?(\d{4}|\d{2})?\s*[–—-]\s*(\d{1,2})\s*([ก-ฮะ-์.]+?)\s*(?:พ\.ศ\.\s*)?(\d{4}|\d{2})?(?=[)\s,]|$)"
)


def agency_of(found: FoundFile, year: str) -> Mapping:
    """The agency's file, by the first file that has its parts."""
    made = Mapping(fiscal_year=found.year if found.year is not None else Typed(year, bare=True))
    if found.year is None:
        made.guess("fiscal_year", message("import-year-guessed"))
    made["name"] = found.agency or found.unit or Typed("(ชื่อส่วนราชการ)")
    if found.agency is None:
        made.guess("name", message("import-agency-guessed"))
    if _is_through(found):
        made["numbering"] = Typed("through")
    made["terms"] = _terms(found)
    made["rounds"] = rounds_of(found, year)
    if found.years:
        made["baseline_years"] = [Typed(one, bare=True) for one in sorted(found.years)]
    made["scales"] = Mapping(main=scale_of(found))
    made["scale"] = Typed("main")
    made["components"] = components_of(found)
    total = found.total
    if total is not None and _number(total) not in (None, Decimal(100)):
        made["weights_sum"] = Typed(str(total), bare=True)
    places = _english(found)
    if places:
        made["second_names"] = places
    people = [_party(one) for one in found.assessors]
    if people:
        made["assessors"] = people
    return made


def _english(found: FoundFile) -> list[Typed]:
    """Where English names stand below the Thai ones."""
    out = []
    if found.unit_en is not None:
        out.append(Typed("heads"))
    if any("name_en" in one.fields for one in found.indicators):
        out += [Typed("tables"), Typed("sheets")]
    return out


def _party(one: object) -> Mapping:
    made = Mapping()
    for key in ("name", "position"):
        value = getattr(one, key)
        if value is not None:
            made[key] = value
    return made


def _terms(found: FoundFile) -> Mapping:
    made = Mapping()
    title = found.title[0] if found.title else None
    made["agreement"] = found.term or (
        Typed(title.said, title) if title else Typed("คำรับรองการปฏิบัติราชการ")
    )
    for key, people, usual in (
        ("assessor", found.assessors, "ผู้ประเมิน"),
        ("assessee", found.assessees, "ผู้รับการประเมิน"),
    ):
        role = next((one.role for one in people if one.role is not None), None)
        made[key] = role or Typed(usual)
        if role is None:
            made.guess(key, message("import-role-guessed"))
    return made


def _number(text: str) -> Decimal | None:
    text = thai.arabic_digits(text).replace(",", "")
    return Decimal(text) if re.fullmatch(r"\d{1,12}(?:\.\d{1,10})?", text) else None


def rounds_of(found: FoundFile, year: str) -> list[Mapping]:
    """The rounds, with the days that their names say, or that their place in the year suggests."""
    rounds = found.rounds or [FoundRound("1", Typed(f"ปีงบประมาณ พ.ศ. {year}"))]
    out = []
    for index, one in enumerate(rounds):
        made = Mapping(id=Typed(one.id, bare=one.id.isdigit()), name=one.name)
        days = _days(one, year) or _by_place(one, index, len(rounds), int(year))
        (start, end), sure = days
        made["start"], made["end"] = Typed(thai.long_date(start)), Typed(thai.long_date(end))
        if not sure:
            made.guess("start", message("import-days-guessed"))
        if index and _judges_its_own(found, one, start):
            made["cumulative"] = Typed("false", bare=True)
        out.append(made)
    return out


def _judges_its_own(found: FoundFile, one: FoundRound, start: date) -> bool:
    """Whether sheets say that a round judges its own months alone."""
    for said in found.periods:
        name, _, days = said.partition(" : ")
        if core(name) == core(one.name) and days:
            return days.startswith(thai.long_date(start))
    return False


def _days(one: FoundRound, year: str) -> tuple[tuple[date, date], bool] | None:
    match = _DATES.search(thai.arabic_digits(one.name))
    if match is None:
        return _quarters(one, year)
    ends = []
    for day, month, stated in (match.groups()[:3], match.groups()[3:]):
        known = thai.parse_month(month.strip())
        if known is None:
            return None
        number = known[0]
        era = _era(stated) if stated else int(year) - (number >= 10)
        try:
            ends.append(date(era - thai.ERA, number, int(day)))
        except ValueError:
            return None
    return ((ends[0], ends[1]), True) if ends[0] <= ends[1] else None


def _quarters(one: FoundRound, year: str) -> tuple[tuple[date, date], bool] | None:
    """The days of the quarters that a round is called by: ``ไตรมาสที่ 1 – 2``."""
    match = _QUARTERS.search(thai.arabic_digits(one.name))
    if match is None:
        return None
    first, last = int(match[1]), int(match[2] or match[1])
    start = thai.fiscal_year_start(int(year))
    begin = _after(start, 3 * (first - 1)) + timedelta(days=1) if first > 1 else start
    return ((begin, _after(start, 3 * last)), True) if first <= last else None


def _era(text: str) -> int:
    return int(text) if len(text) == 4 else 2500 + int(text)


def _by_place(one: FoundRound, index: int, count: int, year: int) -> tuple[tuple[date, date], bool]:
    start, last = thai.fiscal_year_start(year), thai.fiscal_year_end(year)
    if one.id.startswith("m") and one.id[1:].isdigit():
        return (start, _after(start, int(one.id[1:]))), False
    if count in (2, 3, 4, 6, 12):
        months = 12 // count
        begin = _after(start, months * index) + timedelta(days=1) if index else start
        return (begin, _after(start, months * (index + 1))), False
    return (start, last), count == 1


def _after(start: date, months: int) -> date:
    """The last day of so many months from a month's first day."""
    number = start.month - 1 + min(months, 12)
    return date(start.year + number // 12, number % 12 + 1, 1) - timedelta(days=1)


_QUARTERS = re.compile(
    r"ไตรมาส(?:ที่)?\s?([1-4])(?!\d)(?:\s?(?:[-–]|ถึง|และ)\s?(?:ไตรมาส(?:ที่)?\s?)?([1-4])(?!\d))?"
)

_POINTS = {"ต้น": "50", "มาตรฐาน": "75", "สูง": "100"}


def scale_of(found: FoundFile) -> Mapping:
    """The scale whose levels stand over the tables' columns."""
    levels = found.levels or [(str(n), Typed(str(n))) for n in range(1, 6)]
    out = []
    for key, name in sorted(
        levels, key=lambda pair: (int(_POINTS.get(pair[0].removeprefix("ขั้น"), "0")), pair[0])
    ):
        points = _POINTS.get(key.removeprefix("ขั้น"), key)
        out.append(
            Mapping(id=Typed(key, bare=key.isdigit()), name=name, points=Typed(points, bare=True))
        )
    made = Mapping(levels=out, below=Typed("1" if len(out) == 5 else "0", bare=True))
    made.guess("below", message("import-below-guessed"))
    if any(key.isdigit() and not re.search(r"[0-9๐-๙]", name) for key, name in levels):
        made.guess("levels", message("import-points-by-place"))
    return made


def components_of(found: FoundFile) -> list[Mapping]:
    """The weight tree: sections of tables below their total, or groups of tables below roots."""
    if found.parents:
        return [_tree(found)]
    sections = found.components
    if not sections:
        only = FoundComponent(Typed("ตัวชี้วัด"), weight=found.total)
        sections = [only]
        found.components.append(only)
    for one in found.indicators:
        one.component = one.component or sections[0]
    names: set[str] = set()
    made = []
    for number, section in enumerate(sections, start=1):
        section.id = _unique(slug(section.name) or f"component-{number}", names)
        made.append(_node(found, section))
    _leave_out(found, made)
    counted = [one for one in made if "counts" not in one]
    total = found.total
    sums = [_number(one["weight"]) for one in counted if one.get("weight") is not None]
    known = [value for value in sums if value is not None]
    whole = _number(total) if total is not None else None
    if whole is not None and len(known) == len(sums) and sum(known, Decimal(0)) < whole:
        rest = Mapping(id=Typed("rest"), name=Typed("ส่วนอื่น"))
        rest["weight"] = Typed(bare(whole - sum(known, Decimal(0))), bare=True)
        rest.guess("name", message("import-rest-of-total"))
        made.append(rest)
    if total is not None and None not in sums and len(made) > 1:
        root = Mapping(
            id=Typed("total"), name=_total_name(found), weight=Typed(str(total), bare=True)
        )
        root["weight"].sources = total.sources
        root["components"] = made
        return [root]
    if total is not None and len(made) == 1 and core(made[0].get("weight") or "") == core(total):
        made[0]["weight"].stand_for(total)
    return made


def _total_name(found: FoundFile) -> Typed:
    for part in ("criteria", "tables", "weights"):
        words = found.wording.get("agreement", {}).get(part, {})
        if isinstance(words.get("total"), Typed):
            return Typed(str(words["total"]))
    return Typed("รวม")


def _unique(name: str, names: set[str]) -> str:
    made, number = name, 2
    while made in names:
        made, number = f"{name}-{number}", number + 1
    names.add(made)
    return made


def _node(found: FoundFile, one: FoundComponent) -> Mapping:
    made = Mapping(id=Typed(one.id), name=one.name)
    if one.second is not None:
        made["name_en"] = one.second
    for key in ("text", "heading"):
        if getattr(one, key) is not None:
            made[key] = getattr(one, key)
    weights = [_weight(w) for i in found.indicators if i.component is one for w in [i.weights]]
    summed = sum((w for w in weights if w is not None), Decimal(0))
    if one.weight is not None:
        made["weight"] = one.weight
    elif None not in weights and weights:
        made["weight"] = Typed(bare(summed), bare=True)
        made.guess("weight", message("import-weight-summed"))
    return made


def _weight(weights: dict[str, Typed]) -> Decimal | None:
    for text in weights.values():
        return _number(text)
    return None


def _leave_out(found: FoundFile, made: list[Mapping]) -> None:
    """Where the sections come to more than the total, the last ones don't count."""
    total = _number(found.total) if found.total is not None else None
    values = [_number(one["weight"]) if one.get("weight") is not None else None for one in made]
    if total is None or None in values:
        return
    at = len(made)
    while at > 1 and sum((v for v in values[:at] if v is not None), Decimal(0)) > total:
        at -= 1
    if at < len(made) and sum((v for v in values[:at] if v is not None), Decimal(0)) == total:
        for one in made[at:]:
            one["counts"] = Typed("false", bare=True)
            one.guess("counts", message("import-does-not-count"))


def _tree(found: FoundFile) -> Mapping:
    names: set[str] = set()
    nodes = []
    total = found.total
    for number, (root, children) in enumerate(found.parents, start=1):
        single = len(children) == 1
        root.id = _unique(f"dimension-{number}", names)
        made = Mapping(id=Typed(root.id), name=root.name)
        if root.row is not None and str(root.row) != str(root.name):
            made["row"] = root.row
        elif root.row is not None and root.row is not root.name:
            root.name.stand_for(root.row)
        weight = root.weight or (children[0].weight if single else None)
        if weight is not None:
            made["weight"] = weight
        if root.text is not None:
            made["text"] = root.text
        if single:
            children[0].id = root.id
            for key in ("heading",):
                if getattr(children[0], key) is not None:
                    made[key] = getattr(children[0], key)
            if (
                children[0].weight is not None
                and weight is not None
                and same(children[0].weight, weight)
            ) and children[0].weight is not weight:
                weight.stand_for(children[0].weight)
        else:
            below = []
            for index, child in enumerate(children, start=1):
                child.id = _unique(f"{root.id}-{index}", names)
                node = _node(found, child)
                node.guess("name", message("import-component-named"))
                below.append(node)
            made["components"] = below
        nodes.append(made)
    top = Mapping(id=Typed("total"), name=_total_name(found))
    top["weight"] = total if total is not None else Typed("100", bare=True)
    top["components"] = nodes
    return top


def _is_through(found: FoundFile) -> bool:
    """Whether the numbers of indicators go on through all components."""
    first: dict[int, str] = {}
    for one in found.indicators:
        if one.component is not None:
            first.setdefault(
                id(one.component), re.sub(r"[^\d.]", "", thai.arabic_digits(one.number)).strip(".")
            )
    numbers = list(first.values())[1:]
    return bool(numbers) and all(number not in ("", "1") for number in numbers)
