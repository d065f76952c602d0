"""What several Word files say, as the files of one agency: each indicator once, units by name."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from collections.abc import Mapping as AnyMapping
from dataclasses import dataclass, field
from typing import Any

from ... import thai
from ...messages import Message, message
from . import agency_data, existing, indicator_data, own_parts, unit_data, wording_data
from .found import FoundFile, FoundRound
from .kept import LineLog, Mapping, Typed, texts
from .merging import fits, join_words, merge
from .pieces import core
from .sharing import SharedIndicators, vary


@dataclass(slots=True)
class Drafted:
    """The files to be written, by their path in the agency's folder, with questions."""

    files: dict[str, Mapping] = field(default_factory=dict)
    questions: list[Message] = field(default_factory=list)
    there: list[tuple[str, str]] = field(default_factory=list)
    """Word files whose unit the agency has already, with the unit's name."""
    unit_of: dict[str, str] = field(default_factory=dict)
    """By Word file: the file of its unit, or another that holds what it says."""


@dataclass(frozen=True, slots=True)
class SoFar:
    """What an agency's folder holds already: indicators by name, units, whether it is new."""

    is_new: bool = True
    indicators: dict[str, str] = field(default_factory=dict)
    units: frozenset[str] = frozenset()
    files: frozenset[str] = frozenset()
    data: dict[str, Any] = field(default_factory=dict)
    """What its indicators' files say, by their names."""
    unit_names: frozenset[str] = frozenset()
    """What its units are called, letters alone."""
    words: frozenset[str] = frozenset()
    """All that its form and its agency.yaml say."""
    components: dict[str, str] = field(default_factory=dict)
    """Ids of its components, by their names' letters."""


def drafted(founds: list[FoundFile], account: LineLog, standing: SoFar) -> Drafted:
    """The agency's files of what was found, and the account of every line."""
    out = Drafted()
    groups = []
    for group in _groups(founds):
        if _is_there(group, standing):
            if group.report is None:
                out.there.append((group.name, str(group.unit)))
        else:
            groups.append(group)
    year = _year(founds)
    main = _main(groups)
    for group in groups:
        _rounds_of_sheets(group)
    _distinct_rounds(groups, main)
    for group in groups:
        group.others_name_levels = any(one.level is not None for one in groups)
    if standing.is_new and main is not None:
        _put(out, "agency.yaml", agency_data.agency_of(main, year))
    for group in groups:
        if group is not main or not standing.is_new:
            agency_data.components_of(group)
    _name_tables(out, groups, standing)
    for group in groups:
        wording_data.labels_of(group, Mapping())
    shared = SharedIndicators(standing.indicators.values())
    every = {
        id(one): indicator_data.data_of(group, one, [r.id for r in group.rounds])
        for group in groups
        for one in group.indicators
    }
    shared.count(
        (every[id(one)], one.has_sheet)
        for group in groups
        for one in group.indicators
        if core(one.name) not in standing.indicators
    )
    units = [_unit(out, group, main, shared, standing, every) for group in groups]
    vary(shared.files, units)
    for key, data in shared.files.items():
        _put(out, f"indicators/{key}.yaml", data)
    if standing.is_new and main is not None:
        words = [wording_data.wording_of(group, year) for group in groups]
        at = groups.index(main)
        wording = words[at]
        for other in words[:at] + words[at + 1 :]:
            join_words(wording, other)
            for key in ("rounds", "levels_of"):
                mine: dict[str, Any] = wording.get("sheet") or {}
                its: dict[str, Any] = other.get("sheet") or {}
                if isinstance(its.get(key), dict) and mine:
                    into: Mapping = mine[key] if isinstance(mine.get(key), dict) else Mapping()
                    mine[key] = into
                    for name, text in its[key].items():
                        into.setdefault(name, text)
        _put(out, "wording.yaml", wording)
    if not standing.is_new:
        for group in groups:
            _said_already(group, account, standing, wording_data.wording_of(group, year))
    _bodies(out)
    for path, data in out.files.items():
        account.take(path, data)
        if data.rows:
            account.take(f"{path.removesuffix('.yaml')}.csv", data.rows)
    return out


def _is_there(group: FoundFile, standing: SoFar) -> bool:
    """Whether the agency has a unit already; a report that names none is of one that it has."""
    if group.unit is None or group.unit_is_guess:
        known = [one for one in group.indicators if core(one.name) in standing.indicators]
        if group.report is not None and len(known) * 2 > len(group.indicators):
            return True
    return group.unit is not None and core(group.unit) in standing.unit_names


def _name_tables(out: Drafted, groups: Iterable[FoundFile], standing: SoFar) -> None:
    """Names of plans and target tables: the same one in several files is written once."""
    for kind, folder in (("plan", "plans"), ("table", "tables")):
        made: list[tuple[str, Mapping]] = []
        for group in groups:
            own = group.plans if kind == "plan" else [t for i in group.indicators for t in i.tables]
            for one in own:
                one.setdefault("title", Typed("แผนปฏิบัติการ"))
                same = next(
                    (
                        n
                        for n, other in made
                        if indicator_data.same(_but_csv(other), _but_csv(one))
                        and indicator_data.same(other.rows, one.rows)
                    ),
                    None,
                )
                if same is not None:
                    other = dict(made)[same]
                    indicator_data.take_sources(other, one)
                    indicator_data.take_sources(other.rows, one.rows)
                    group.names[id(one)] = same
                    continue
                name, number = f"{kind}-{len(made) + 1}", len(made) + 1
                while f"{folder}/{name}.yaml" in standing.files:
                    name, number = f"{kind}-{number + 1}", number + 1
                made.append((name, one))
                group.names[id(one)] = name
                if kind == "table":
                    one["csv"] = Typed(f"{name}.csv")
                _put(out, f"{folder}/{name}.yaml", one)


def _but_csv(data: Mapping) -> dict[str, Any]:
    return {key: value for key, value in data.items() if key != "csv"}


def _put(out: Drafted, path: str, data: Mapping) -> None:
    out.files[path] = data


def _distinct_rounds(groups: list[FoundFile], main: FoundFile | None) -> None:
    """Rounds of units that aren't those of the main one get ids of their own."""
    if main is None:
        return
    mine = {one.id: str(one.name) for one in main.rounds}
    known = dict(mine)
    for group in groups:
        if group is main or {one.id for one in group.rounds} == set(mine):
            continue
        renamed: dict[str, str] = {}
        for one in group.rounds:
            made, number = one.id, 2
            while known.get(made, str(one.name)) != str(one.name):
                made, number = f"{one.id}-{number}", number + 1
            known[made] = str(one.name)
            renamed[one.id] = made
        for one in group.rounds:
            one.id = renamed.get(one.id, one.id)
        for indicator in group.indicators:
            for name in ("weights", "table_levels", "sheet_levels"):
                old = getattr(indicator, name)
                setattr(
                    indicator, name, {renamed.get(key, key): value for key, value in old.items()}
                )
            indicator.skipped = [(renamed.get(key, key), line) for key, line in indicator.skipped]
        rounds = group.wording.get("sheet", {}).get("rounds")
        if rounds:
            group.wording["sheet"]["rounds"] = Mapping(
                {renamed.get(k, k): v for k, v in rounds.items()}
            )


def _rounds_of_sheets(group: FoundFile) -> None:
    """Rounds that only sheets name, by the headings over their levels."""
    if group.rounds:
        return
    for id_, words in (group.wording.get("sheet", {}).get("rounds") or {}).items():
        name = re.sub(r"^เกณฑ์(?:การ)?(?:ประเมิน|ให้คะแนน)?(?:ผล)?\s*", "", words)
        group.rounds.append(FoundRound(id_, Typed(name or str(words))))


def _year(founds: Iterable[FoundFile]) -> str:
    stated = Counter(str(one.year) for one in founds if one.year is not None)
    if stated:
        return stated.most_common(1)[0][0]
    named: Counter[str] = Counter()
    for one in founds:
        for line in one.blocks_lines():
            named.update(re.findall(r"(?<!\d)25\d\d(?!\d)", thai.arabic_digits(line.text)))
    return named.most_common(1)[0][0] if named else "2570"


def _main(groups: list[FoundFile]) -> FoundFile | None:
    """The unit whose agreement gives the agency its parts: that with most of them."""
    return max(
        groups,
        key=lambda one: (len(one.wording.get("agreement", {})), len(one.word_orders)),
        default=None,
    )


def _groups(founds: list[FoundFile]) -> Iterator[FoundFile]:
    """The files of each unit as one; a file that names none goes with its nearest."""
    named: dict[str, FoundFile] = {}
    rest: list[FoundFile] = []
    for one in sorted(founds, key=lambda found: found.report is not None):
        if one.unit is None and "clauses" in one.wording.get("agreement", {}):
            stem = re.sub(r"\.\w+$", "", one.name)
            one.stem = stem
            named[f"\x00{stem}"] = one
        elif one.unit is None:
            rest.append(one)
        elif core(one.unit) in named:
            merge(named[core(one.unit)], one)
        else:
            named[core(one.unit)] = one
    for one in rest:
        names = {core(i.name) for i in one.indicators}
        best = max(
            named.values(),
            key=lambda o: len(names & {core(i.name) for i in o.indicators}),
            default=None,
        )
        if best is not None and (
            len(named) == 1 or names & {core(i.name) for i in best.indicators}
        ):
            merge(best, one)
            continue
        position = next((p.position for p in one.assessees if p.position is not None), None)
        stem = re.sub(r"\.\w+$", "", one.name)
        one.unit = Typed(position or stem)
        one.unit.sources = list(position.sources) if position is not None else []
        one.unit_is_guess = True
        named.setdefault(core(one.unit) or stem, one)
        if named[core(one.unit) or stem] is not one:
            merge(named[core(one.unit) or stem], one)
    yield from named.values()


def _unit(
    out: Drafted,
    group: FoundFile,
    main: FoundFile | None,
    shared: SharedIndicators,
    standing: SoFar,
    every: AnyMapping[int, Mapping],
) -> Mapping:
    uses: dict[int, str] = {}
    others: dict[int, Mapping] = {}
    taken: set[str] = set()
    for one in group.indicators:
        data = every[id(one)]
        known = standing.indicators.get(core(one.name))
        if known is not None and known not in taken:
            path = f"indicators/{known}.yaml"
            uses[id(one)] = known
            others[id(one)] = existing.override_of(
                standing.data.get(known, {}), data, group.account, path
            )
        else:
            uses[id(one)], others[id(one)] = shared.key(data, taken, one.has_sheet)
        taken.add(uses[id(one)])
    own = group is not main and not _same_people(group, main)
    unit = unit_data.unit_of(group, uses, own_assessors=own or not standing.is_new)
    for one, use in zip(group.indicators, unit["indicators"], strict=True):
        if standing.indicators.get(core(one.name)) == uses[id(one)]:
            group.account.take(f"indicators/{uses[id(one)]}.yaml", [one.name])
        if others[id(one)]:
            use["override"] = others[id(one)]
            use.guess("override", message("import-differs-here"))
        if not standing.is_new and one.component is not None:
            use["component"] = Typed(
                standing.components.get(core(one.component.name), str(use["component"]))
            )
    if standing.is_new and main is not None and group is not main:
        tree = agency_data.components_of(group)
        if not own_parts.same_tree(tree, out.files["agency.yaml"].get("components")):
            unit["components"] = tree
        else:
            own_parts.join_trees(out.files["agency.yaml"]["components"], tree, unit)
        own_parts.rounds(out.files["agency.yaml"], group, unit)
        own_parts.scale(out.files["agency.yaml"], group, main, unit)
    stem = file_stem(str(group.unit or group.stem or group.name))
    while f"{stem}.yaml" in out.files or stem in standing.units:
        stem = f"{stem}-2"
    _put(out, f"{stem}.yaml", unit)
    out.unit_of[group.name] = f"{stem}.yaml"
    out.questions += group.questions
    return unit


def _same_people(group: FoundFile, main: FoundFile | None) -> bool:
    if main is None:
        return False
    mine = [(core(p.name or ""), core(p.position or "")) for p in group.assessors]
    theirs = [(core(p.name or ""), core(p.position or "")) for p in main.assessors]
    if mine and mine != theirs:
        return False
    for one, other in zip(group.assessors, main.assessors, strict=False):
        for key in ("name", "position", "role"):
            a, b = getattr(other, key), getattr(one, key)
            if a is not None and b is not None:
                a.stand_for(b)
    return True


def _said_already(group: FoundFile, account: LineLog, standing: SoFar, words: Mapping) -> None:
    """Words of a form that the agency's own files say too."""
    known = {core(word) for word in standing.words}
    rest: list[Any] = [words, group.total, group.agency, group.year, group.term, group.level]
    rest += [one.name for one in group.rounds] + [name for _, name in group.levels]
    rest += [text for one in group.components for text in (one.name, one.second, one.weight)]
    rest += [t for one in group.assessors for t in (one.name, one.position, one.role)]
    rest += [one.role for one in group.assessees]
    for _, text in texts([one for one in rest if one is not None]):
        if core(text) in known or any(fits(word, text) for word in standing.words if "[[" in word):
            account.take("agency.yaml", [text])


def _bodies(out: Drafted) -> None:
    """Bodies that plans name have to be known to the agency."""
    named = {
        str(body): body
        for path, data in out.files.items()
        if path.startswith("plans/")
        for one in data.get("activities", [])
        for key in ("lead", "support")
        for body in one.get(key, [])
    }
    if named and "agency.yaml" in out.files:
        out.files["agency.yaml"]["bodies"] = Mapping({name: Typed(name) for name in named})


LONGEST_STEM = 40
"""So many signs has a unit's file at most: names of documents are made of it."""


def file_stem(name: str) -> str:
    """A unit's name as the name of its file."""
    made = re.sub(r"[\s/\\:*?\"<>|\[\]{}.,()]+", "-", name).strip("-")
    return made[:LONGEST_STEM].strip("-") or "หน่วยงาน"


__all__ = ["Drafted", "SoFar", "drafted", "file_stem", "texts"]
