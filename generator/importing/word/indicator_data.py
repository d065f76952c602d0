"""An indicator as it is written: its tables and its sheet joined, criteria made of their levels."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from ...messages import message
from . import combining
from . import levels as level_reading
from .combining import CombiningRule
from .found import FoundFile, FoundIndicator
from .kept import Mapping, Typed
from .pieces import Line, core
from .words import figure

_ORDER = (
    *("name", "name_en", "names", "measure", "description", "objective", "target_group", "labels"),
    *("history", "value", "baselines", "criteria", "conditions", "source", "collection"),
    *("rounds", "documents", "texts", "supervisors", "collectors", "contacts", "plan", "tables"),
)


def data_of(found: FoundFile, one: FoundIndicator, rounds: Iterable[str]) -> Mapping:
    """What one file says of an indicator, as its YAML file would say it."""
    made = Mapping(one.fields)
    made.notes = {key: list(said) for key, said in one.fields.notes.items()}
    made["name"] = one.name
    if one.other_names:
        names = Mapping()
        for place, name in one.other_names.items():
            names[place] = name
        made["names"] = names
    rounds = list(rounds)
    skipped = {round_ for round_, _ in one.skipped} - set(one.weights)
    if skipped:
        made["rounds"] = [Typed(r, bare=r.isdigit()) for r in rounds if r not in skipped]
        for round_, line in one.skipped:
            found.account.says(line, line.said)
            for levels in (
                one.table_levels.pop(round_, {}),
                *(p for _, p in one.sheet_levels.pop(round_, [])),
            ):
                for text in levels.values():
                    for source, words in text.sources:
                        found.account.says(source, words) if _is_none(words) else None
    criteria = _criteria(one, [r for r in rounds if r not in skipped])
    if criteria:
        made["criteria"] = criteria
    if one.combined and not any("parts" in c for c in criteria.values()):
        rule, line = one.combined[0]
        value = combining.as_formula(rule, line)
        if value is not None and "value" not in made:
            made["value"] = value
    baselines = _baselines(found, one)
    if baselines:
        made["baselines"] = baselines
    for key in ("supervisors", "collectors"):
        if key.removesuffix("s") in one.shown and key not in made:
            made[key] = [Mapping()]
    if one.plan is not None:
        made["plan"] = Typed(found.names[id(one.plan)])
    if one.tables:
        made["tables"] = [Typed(found.names[id(table)]) for table in one.tables]
    ordered = Mapping({key: made[key] for key in _ORDER if key in made})
    ordered.update({key: value for key, value in made.items() if key not in ordered})
    ordered.notes = made.notes
    return ordered


def _criteria(one: FoundIndicator, rounds: list[str]) -> Mapping:
    found = Mapping()
    for round_ in dict.fromkeys([*rounds, *one.table_levels, *one.sheet_levels]):
        if round_ == "all" and found:
            continue
        rows = one.sheet_levels.get(round_) or one.sheet_levels.get("all") or []
        table = one.table_levels.get(round_) or one.table_levels.get("all") or {}
        if not rows and not table:
            continue
        made = _of_round(rows, table, one.combined)
        if made is not None:
            found[round_] = made
    values = list(found.values())
    if (
        len(values) > 1
        and len(values) >= len(rounds)
        and all(same(values[0], v) for v in values[1:])
    ):
        for other in values[1:]:
            take_sources(values[0], other)
        return Mapping(all=values[0])
    return found


def _of_round(
    rows: list[tuple[Typed | None, dict[str, Typed]]],
    table: dict[str, Typed],
    combined: list[tuple[CombiningRule, Line]],
) -> Mapping | None:
    named = [(name, levels) for name, levels in rows if name is not None]
    if len(named) > 1 and len(named) == len(rows):
        return _parts(named, table, combined)
    sheet = rows[0][1] if rows else {}
    both = {**table, **sheet}
    if level_reading.are_open(both):
        return None
    made = Mapping()
    for key in sorted(both, key=_order):
        level = Mapping(text=both[key])
        if key in sheet and key in table:
            if core(sheet[key]) == core(table[key]):
                level["text"].stand_for(table[key])
            else:
                level["table"] = table[key]
        made[key] = level
    return level_reading.criteria(made)


def _order(key: str) -> tuple[int, str]:
    return ({"ต้น": 1, "มาตรฐาน": 2, "สูง": 3}.get(key.removeprefix("ขั้น"), 0), key)


def _parts(
    named: list[tuple[Typed, dict[str, Typed]]],
    table: dict[str, Typed],
    combined: list[tuple[CombiningRule, Line]],
) -> Mapping:
    """Parts with levels of their own; what the tables call each is read off their lines."""
    parts: list[Mapping] = []
    for number, (name, sheet) in enumerate(named):
        levels = Mapping()
        shorts: list[Typed] = []
        for key in sorted(sheet, key=_order):
            text = sheet[key]
            levels[key] = Mapping(text=text)
            lines = _lines_of(table.get(key))
            line = lines[number] if len(lines) == len(named) else None
            if line is None:
                continue
            said = re.sub(r"^[-•]\s*", "", line)
            if core(said).endswith(core(text)) and core(text):
                short = _before(said, text)
                if short:
                    shorts.append(_of_line(short, line))
                text.sources += [(ln, text) for ln, _ in line.sources]
        first = shorts[0] if shorts else None
        for other in shorts[1:]:
            if first is not None and core(first) == core(other):
                first.stand_for(other)
        if first is not None:
            _other_words(levels, table, number, len(named), first)
        made = Mapping(id=Typed(f"part-{number + 1}"), name=name)
        if first is not None and str(first) != str(name):
            made["short"] = first
        elif first is not None:
            name.stand_for(first)
        made.update(level_reading.criteria(levels))
        parts.append(made)
    found = Mapping(combine=Typed("min"), parts=parts)
    for rule, place in combined:
        ruled = combining.onto(rule, parts, place)
        if ruled is not None:
            return Mapping({**ruled, "parts": parts})
    found.guess("combine", message("import-combine-guessed"))
    return found


def _other_words(
    levels: Mapping, table: dict[str, Typed], number: int, count: int, short: Typed
) -> None:
    """Where a table's words for a level differ from the sheet's, keep them beside those."""
    for key, level in levels.items():
        lines = _lines_of(table.get(key))
        if len(lines) != count:
            continue
        line = lines[number]
        said = re.sub(r"^[-•]\s*", "", line)
        if core(said).endswith(core(level["text"])) or not core(said).startswith(core(short)):
            continue
        words = said[len(short) :].strip() if said.startswith(str(short)) else said
        level["table"] = _of_line(words, line)
        short.sources += [(ln, str(short)) for ln, _ in line.sources]


def _before(said: str, text: str) -> str:
    at = said.find(str(text))
    return said[:at].strip() if at > 0 else ""


def _of_line(words: str, line: Typed) -> Typed:
    made = Typed(words)
    made.sources = [(ln, words) for ln, _ in line.sources]
    return made


def _lines_of(text: Typed | None) -> list[Typed]:
    """The lines of a text of several, each with its own source."""
    if text is None:
        return []
    lines = str(text).split("\n")
    count = len(lines)
    if count == 1:
        return [text]
    if len(text.sources) % count:
        return []
    made = [Typed(line) for line in lines]
    for index, one in enumerate(made):
        one.sources = text.sources[index::count]
    return made


def _baselines(found: FoundFile, one: FoundIndicator) -> list[Mapping]:
    rows = one.baselines
    if not rows and not one.table_years:
        return []
    if not rows:
        rows = [Mapping(years=Mapping(dict.fromkeys(one.table_years)))]
        if all(_is_none(text) for text in one.table_years.values()):
            for text in one.table_years.values():
                found.word(("agreement", "tables", "none"), text)
            return []
    out = []
    for number, row in enumerate(rows):
        years = Mapping()
        shorts: list[Typed] = []
        for year, text in row["years"].items():
            lines = _lines_of(one.table_years.get(year))
            line = one.table_years.get(year) if len(rows) == 1 else None
            if len(rows) > 1 and len(lines) == len(rows):
                line = lines[number]
                said = re.sub(r"^[-•]\s*", "", line)
                if text is not None and core(said).endswith(core(text)):
                    short = _before(said, text)
                    if short:
                        shorts.append(_of_line(short, line))
                    line = _of_line(str(text), line)
            years[year] = _past(found, text, line)
        made = Mapping()
        name = row.get("name")
        if name is not None:
            if core(name) == core(one.name):
                one.name.stand_for(name)
            else:
                made["name"] = name
        if shorts:
            first = shorts[0]
            for other in shorts[1:]:
                first.stand_for(other)
            if name is not None and core(first) == core(name):
                name.stand_for(first)
            else:
                made["short"] = first
        if row.get("measure") is not None:
            made["measure"] = row["measure"]
        made["years"] = years
        out.append(made)
    return out


def _is_none(text: str) -> bool:
    return text.strip() in ("-", "–", "—")


def _past(found: FoundFile, text: Typed | None, table: Typed | None) -> Mapping | Typed | None:
    """A past result: the sheet's words, the table's where they differ, the figure behind them."""
    if text is None and table is None:
        return None
    if text is None:
        assert table is not None
        if _is_none(table) and "tables" in found.wording.get("agreement", {}):
            found.word(("agreement", "tables", "none"), table)
            return None
        text, table = table, None
    made = Mapping(text=text)
    if table is not None:
        if core(table) == core(text):
            text.stand_for(table)
        else:
            made["table"] = table
    value = figure(text)
    if value is None and (
        match := re.fullmatch(r"(?:ร้อยละ|ระดับ)?\s*([\d,]+(?:\.\d+)?)\s*[ก-ฮ]\S*", text)
    ):
        value = match[1].replace(",", "")
    if value is not None and value != str(text):
        made["value"] = Typed(value, bare=True)
    return made if len(made) > 1 else text


def same(one: object, other: object) -> bool:
    """Whether two pieces of data say the same, word for word."""
    if isinstance(one, str) and isinstance(other, str):
        return one.split() == other.split()
    if isinstance(one, dict) and isinstance(other, dict):
        return one.keys() == other.keys() and all(same(one[k], other[k]) for k in one)
    if isinstance(one, list | tuple) and isinstance(other, list | tuple):
        return len(one) == len(other) and all(map(same, one, other))
    return one is None and other is None


def take_sources(one: object, other: object) -> None:
    """Have the texts of one piece of data stand for those of another that says the same."""
    if isinstance(one, Typed) and isinstance(other, Typed):
        if one is not other:
            one.stand_for(other)
    elif isinstance(one, dict) and isinstance(other, dict):
        for key in one:
            take_sources(one[key], other.get(key))
    elif isinstance(one, list | tuple) and isinstance(other, list | tuple):
        for mine, their in zip(one, other, strict=False):
            take_sources(mine, their)


def differing(base: Mapping, other: Mapping, *, has_sheets: bool) -> Mapping | None:
    """What an indicator says otherwise than another of its name; None where it can't be laid over.

    Mappings are compared key by key, lists and texts whole, as overrides are. A part that only the
    first has can't be taken out of it, but for the condition of a level. Where both agree, their
    sources are joined. ``has_sheets``: what only the first says, the other's sheet leaves out.
    """
    made = _differing(base, other)
    if made is None or ("criteria" in base and "criteria" not in other):
        return None
    if has_sheets:
        for key in base:
            if key not in other and key not in ("names", "name_en"):
                made[key] = [] if isinstance(base[key], list) else None
    _join_same(base, other)
    return made


def _differing(base: dict[str, Any], other: dict[str, Any]) -> Mapping | None:
    made = Mapping()
    for key, value in other.items():
        if key not in base:
            made[key] = value
        elif same(base[key], value):
            continue
        elif isinstance(base[key], dict) and isinstance(value, dict):
            gone = [name for name in base[key] if name not in value]
            if any(isinstance(base[key][name], dict) or name not in _CONDITIONS for name in gone):
                return None
            inner = _differing(base[key], value)
            if inner is None:
                return None
            inner.update(dict.fromkeys(gone))
            made[key] = inner
        else:
            made[key] = value
    return made


_CONDITIONS = (
    "at_least",
    "more_than",
    "at_most",
    "less_than",
    "between",
    "equals",
    "done",
    "value",
)


def _join_same(base: dict[str, Any], other: dict[str, Any]) -> None:
    for key, value in other.items():
        if key in base and same(base[key], value):
            take_sources(base[key], value)
        elif key in base and isinstance(base[key], dict) and isinstance(value, dict):
            _join_same(base[key], value)
