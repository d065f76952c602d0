"""The form's words as ``wording.yaml`` holds them: what a file says of itself becomes fields."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any

from ... import thai
from ...messages import message
from .found import FoundFile, FoundIndicator
from .kept import Mapping, Typed
from .labels import Label
from .words import DOTS, is_dotted

_USUAL = (
    *("measure", "weight", "description", "formula", "baselines", "criteria", "conditions"),
    *("source", "collection", "supervisor", "collector"),
)
_WORDED = {
    "measure": "measure",
    "weight": "weight",
    "description": "description",
    "formula": "formula",
    "baselines": "past",
    "conditions": "conditions",
    "source": "source",
    "collection": "collection",
    "supervisor": "supervisor",
    "collector": "collector",
}
_NAMED = ("division", "field")
"""The levels of which sheets usually print a line below their heading."""

_OPTIONAL = ("definitions", "formula", "baselines", "conditions")
_PARTS = ("duties", "criteria", "summary")


def wording_of(found: FoundFile, year: str) -> Mapping:
    """What ``wording.yaml`` says, in so far as the file says it."""
    made = Mapping()
    blank = _blank(found)
    if blank:
        made["blank"] = Typed(blank)
    agreement = found.wording.get("agreement")
    fields = list(_fields(found, year))
    for key, value in found.wording.items():
        if key == "sheet":
            continue
        made[key] = _filled(value, fields, found)
    if agreement is not None and "title" in agreement:
        words = made["agreement"]
        for part in _PARTS:
            if part not in words or (part == "duties" and not _is_whole(words[part], ("heading",))):
                if part in words and part == "duties":
                    continue
                words[part] = None
        for part in ("clauses", "party", "between"):
            if part not in words:
                words[part] = None
        if "signature" in words and blank:
            for line in ("name", "date"):
                if line in words["signature"]:
                    words["signature"][line] = _shorter(words["signature"][line], blank)
    sheet = found.wording.get("sheet")
    if sheet is None:
        made["sheet"] = None
    else:
        words = _filled(sheet, fields, found)
        if found.level is not None:
            words["levels_of"] = Mapping({level_of(found): found.level})
        elif not found.others_name_levels:
            words["levels_of"] = None
        labels_of(found, words)
        made["sheet"] = words
    return made


def _is_whole(part: Any, keys: Iterable[str]) -> bool:
    return isinstance(part, dict) and all(key in part for key in keys)


def _shorter(text: Typed, blank: str) -> Typed:
    made = Typed(str(text).replace(f"|{blank}]]", "]]"))
    made.sources = text.sources
    return made


def _blank(found: FoundFile) -> str:
    """The dotted line that the form prints most often where something is missing."""
    counts: dict[str, int] = {}
    for line in found.blocks_lines():
        if re.search(r"ลงชื่อ|^\(", line.text):
            continue
        for dots in DOTS.findall(line.text):
            counts[dots.strip()] = counts.get(dots.strip(), 0) + 1
    return max(counts, key=lambda dots: counts[dots], default="")


def level_of(found: FoundFile) -> str:
    """The level of a unit, by the line on its sheets or its name."""
    words = str(found.level or found.unit or "")
    unnamed = found.level is None and bool(found.word_orders)
    for level, pattern in (
        ("person", r"บุคคล|^พัฒนาการ|^ผู้|^เจ้าหน้าที่|^อาจารย์|^นาย|^นาง|^นัก"),
        ("field", r"ระดับหน่วยงาน|^นิคม|^สถาน|^หน่วยงาน|จังหวัด|อำเภอ"),
        ("section", r"กลุ่ม/ฝ่าย|^ฝ่าย|^งาน"),
        ("division", r"กอง|^ศูนย์|^สำนัก(?!งานปลัด)|^กลุ่ม|^ภาควิชา|^โรงพยาบาล"),
        ("department", r"กรม|^สำนักงานปลัด|^คณะ|^เครือข่าย|^กระทรวง|^มหาวิทยาลัย"),
    ):
        if re.search(pattern, words) and not (
            unnamed and found.others_name_levels and level in _NAMED
        ):
            return level
    return "section" if unnamed and found.others_name_levels else "division"


def _fields(found: FoundFile, year: str) -> Iterator[tuple[str, str]]:
    """What the form's texts name, with the field of each; the longest first."""
    pairs: list[tuple[str, str]] = []
    if found.unit is not None and not is_dotted(found.unit):
        pairs.append(("unit", found.unit))
    if found.agency is not None and found.agency != found.unit:
        pairs.append(("agency", found.agency))
    for side, people in (("assessor", found.assessors), ("assessee", found.assessees)):
        for key in ("name", "position"):
            said = [str(getattr(one, key)) for one in people if getattr(one, key) is not None]
            if said and len(said) == len(people):
                pairs.append((f"{side}.{key}", " และ ".join(said)))
    if year:
        start, end = thai.fiscal_year_start(int(year)), thai.fiscal_year_end(int(year))
        pairs += [("start", thai.long_date(start)), ("end", thai.long_date(end))]
    yield from sorted(((f, str(v)) for f, v in pairs if len(v) > 3), key=lambda p: -len(p[1]))
    if year:
        yield "year", year


def _filled(value: Any, fields: list[tuple[str, str]], found: FoundFile) -> Any:
    if isinstance(value, Typed):
        made = Typed(_put(str(value), fields))
        made.sources = value.sources
        return made
    if isinstance(value, dict):
        out = Mapping({key: _filled(inner, fields, found) for key, inner in value.items()})
        out.notes = dict(value.notes) if isinstance(value, Mapping) else {}
        text = out.get("text")
        if isinstance(text, Typed) and DOTS.search(text):
            out["text"], guessed = _open_names(text)
            if guessed:
                out.guess("text", message("import-dots-as-names"))
        return out
    if isinstance(value, list):
        return [_filled(inner, fields, found) for inner in value]
    return value


def _put(text: str, fields: list[tuple[str, str]]) -> str:
    marks: list[str] = []
    for field, value in fields:
        if field == "year":
            pattern = rf"(?<=พ\.ศ\. ){value}|(?<=พ\.ศ\.){value}|(?<=ปีงบประมาณ ){value}"
            text = re.sub(pattern, "[[year]]", text)
        elif value in text:
            text = text.replace(value, f"\x00{len(marks)}\x00")
            marks.append(f"[[{field}]]")
    for index, mark in enumerate(marks):
        text = text.replace(f"\x00{index}\x00", mark)
    return text


def _open_names(text: Typed) -> tuple[Typed, bool]:
    """Dotted lines of a clause as names: that before a position is its owner's."""
    guessed = False

    def name(match: re.Match[str]) -> str:
        nonlocal guessed
        after = re.match(
            r"\s*(?:ตำแหน่ง\s*)?\[\[(assess(?:or|ee))\.position\]\]", match.string[match.end() :]
        )
        if after is None:
            return match[0]
        guessed = True
        gap = match[0][len(match[0].rstrip()) :]
        return f"[[{after[1]}.name]]{gap}"

    made = Typed(DOTS.sub(name, str(text)))
    made.sources = text.sources
    return made, guessed


def labels_of(found: FoundFile, words: Mapping) -> None:
    """The labels of the sheets, and their fields where they aren't the usual ones in order."""
    shown: list[str] = []
    labels: dict[str, Typed] = {}
    counts: dict[str, int] = {}
    usual_words = _usual_words(found)
    _past_years(found, words)
    for indicator, order in found.word_orders:
        position = -1
        for name, label, line in order:
            kept = _label(found, label, line)
            counts[name] = counts.get(name, 0) + 1
            if name not in shown:
                shown.insert(position + 1, name)
                position += 1
            else:
                position = max(position, shown.index(name))
            if name == "criteria":
                continue
            if name == "baselines" and "history" in indicator.fields:
                if str(words.get("past_years")) != str(kept):
                    _own_label(indicator, "baselines", kept)
                else:
                    words["past_years"].stand_for(kept)
            elif str(kept) == usual_words[name]:
                labels.setdefault(name, kept).stand_for(kept)
            elif name == "description":
                _own_label(indicator, "description", kept)
    known = [name for name in shown if name in _USUAL]
    usual = [name for name in _USUAL if name in known]
    is_usual = known == shown and usual == shown and found.mean is None
    for name, label in labels.items():
        if name in _WORDED:
            words[_WORDED[name]] = label
    if is_usual or not shown:
        return
    fields = []
    for name in shown:
        one = Mapping()
        if name.startswith("text:ผู้") or name in ("supervisor", "collector"):
            key = name if name in _WORDED else _key_of(name[5:])
            one["contacts"] = Typed(key)
        elif name.startswith("text:"):
            one["text"] = Typed(_key_of(name[5:]))
        else:
            one["field"] = Typed(name)
        if name not in _WORDED and name in labels:
            one["label"] = labels[name]
        if (
            counts[name] < len(found.word_orders) and name not in _OPTIONAL
        ) or name == "definitions":
            one["optional"] = Typed("true", bare=True)
        if name == "baselines" and found.mean is not None:
            one["mean"] = found.mean
        fields.append(one)
    words["fields"] = fields


def _own_label(indicator: FoundIndicator, name: str, label: Typed) -> None:
    """A label that reads otherwise on this indicator's sheet."""
    own = indicator.fields.setdefault("labels", Mapping())
    own.setdefault(name, label).stand_for(label)


def _usual_words(found: FoundFile) -> dict[str, str]:
    """By field: the label that most sheets have."""
    counts: dict[str, dict[str, int]] = {}
    for indicator, order in found.word_orders:
        for name, label, _ in order:
            if name == "baselines" and "history" in indicator.fields:
                continue
            told = counts.setdefault(name, {})
            told[label.words] = told.get(label.words, 0) + 1
    return {name: max(told, key=lambda word: told[word]) for name, told in counts.items()}


def _past_years(found: FoundFile, words: Mapping) -> None:
    """The heading over past years: that of most sheets; others have a label of their own."""
    heads = [(i, i.past_years) for i, _ in found.word_orders if i.past_years is not None]
    if not heads:
        return
    told: dict[str, int] = {}
    for _, head in heads:
        told[str(head)] = told.get(str(head), 0) + 1
    usual = max(told, key=lambda word: told[word])
    for indicator, head in heads:
        if str(head) != usual:
            _own_label(indicator, "baselines", head)
        elif "past_years" in words:
            words["past_years"].stand_for(head)
        else:
            words["past_years"] = head


def _label(found: FoundFile, label: Label, line: Any) -> Typed:
    return Typed(label.words, line)


def _key_of(words: str) -> str:
    return re.sub(r"[\s/\\:*?\"<>|\[\]{}.]+", "-", words).strip("-")[:60] or "text"
