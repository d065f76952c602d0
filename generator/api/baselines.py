"""A year's results as baselines of the next: where they are written, and in which form."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

from .. import thai
from ..agreements import yaml_tree
from ..agreements.editing import TextEdit, end_of, entry_behind, scalar, typed_key
from ..agreements.files import AgencyFolder, DataFile, ResolvedIndicator, UnitFile, ValidAgency
from ..agreements.yaml_tree import Node
from ..key_names import KeyLanguage, written
from ..messages import Message, message
from ..model import Agency, Answers, Results, UnitIndicator
from ..model.round_sets import rounds_of
from .achieved import Achieved, PastAchievement, of_round

_SCORES = ("ระดับ", "คะแนน")
"""Measures in which the score of several parts is a figure."""


def added(
    folder: ValidAgency,
    agency: Agency,
    units: Iterable[UnitFile],
    results: Mapping[str, DataFile[Results]],
    answers: Mapping[tuple[str, str], DataFile[Answers]],
) -> tuple[defaultdict[Path, list[TextEdit]], list[Message]]:
    """Make this year's results baselines: the edits by file, and what had to be left out."""
    year, units = agency.fiscal_year, tuple(units)
    last = tuple(dict.fromkeys(rounds_of(unit.unit, agency)[-1].id for unit in units))
    edits: defaultdict[Path, list[TextEdit]] = defaultdict(list)
    achieved = of_round(folder, agency, units, results, answers)
    if not any(file.model is not None and file.model.results for file in results.values()) and (
        not answers
    ):
        return edits, [message("no-results-no-baselines", round=last, year=str(year))]
    remarks: list[Message] = []
    without: list[Message] = []
    fault: Message | None
    for name, rows, users in _homes(folder, units):
        given = [
            (unit, item, achieved[unit.id, item.key])
            for unit, item in users
            if (unit.id, item.key) in achieved
        ]
        if not given:
            without.append(name)
            continue
        given = [use for use in given if use[1].use.result.from_ is None] or given
        given = [use for use in given if use[0].unit.level == "department"] or given
        past = [_fitting(found, rows, item) for _, item, found in given]
        if any(other != past[0] for other in past):
            fault = message("results-differ", units=tuple(unit.id for unit, _, _ in given))
        elif any(row.words is None and row.value is None for row in past[0]):
            fault = message("result-says-nothing")
        elif any("[[" in (row.words or "") for row in past[0]):
            fault = message("result-would-be-blank")
        elif rows is None:
            fault = message("no-list-of-baselines")
        else:
            path = rows.location.path
            fault = _add(yaml_tree.read(path).text, rows, past[0], year, edits[path])
        if fault is not None:
            remarks.append(message("no-baseline", year=str(year), indicators=name, reason=fault))
    if without:
        names, reason = tuple(without), message("no-result-in-round", round=last)
        remarks.append(message("no-baseline", year=str(year), indicators=names, reason=reason))
    return edits, remarks


def _homes(
    folder: AgencyFolder, units: Iterable[UnitFile]
) -> Iterator[tuple[Message, Node | None, list[tuple[UnitFile, UnitIndicator]]]]:
    """Find where each indicator keeps its baselines, and the uses that report to it.

    An indicator's own baselines may stand in its file, in a variant, or in a unit's file;
    those that it takes over from another indicator aren't its own.
    """
    homes: dict[
        tuple[Message, object], tuple[Node | None, list[tuple[UnitFile, UnitIndicator]]]
    ] = {}
    for unit in units:
        for resolved in unit.indicators:
            use = resolved.item.use
            if use.derived:
                continue
            name = (
                message("an-indicator", indicator=use.use)
                if use.use
                else message("own-indicator-of-unit", indicator=use.key, unit=unit.id)
            )
            rows = _own_rows(folder, unit, resolved)
            if unit.unit.level == "person" and (use.use or rows is None):
                continue  # one person's result is nobody else's past
            home = homes.setdefault((name, rows and rows.location), (rows, []))
            home[1].append((unit, resolved.item))
    for (name, _), (rows, users) in homes.items():
        yield name, rows, users


def _own_rows(folder: AgencyFolder, unit: UnitFile, resolved: ResolvedIndicator) -> Node | None:
    rows = resolved.node.child("baselines")
    own = {unit.file.path, folder.folder / "indicators" / f"{resolved.item.use.use}.yaml"}
    return rows if rows is not None and rows.location.path in own else None


def _fitting(
    found: Achieved, rows: Node | None, item: UnitIndicator
) -> tuple[PastAchievement, ...]:
    """The parts row by row; together where there is one row for all of them."""
    known = rows.value if rows is not None else None
    if len(found.rows) == 1 or not isinstance(known, list) or len(known) != 1:
        return found.rows
    stated = known[0].child("measure")
    measure = str(stated.value) if stated is not None else item.indicator.measure or ""
    if any(word in measure for word in _SCORES):
        return (found.whole,)
    if found.whole.words is not None:  # their score isn't a figure in this measure
        return (replace(found.whole, value=None),)
    return found.rows


def _add(
    text: str, baselines: Node, past: Sequence[PastAchievement], year: int, edits: list[TextEdit]
) -> Message | None:
    """Add the year to every row of baselines, or say why that isn't possible."""
    rows = baselines.value
    assert isinstance(rows, list)
    if not rows:
        start, end = baselines.span
        own = baselines.location.keys
        years_key, name_key = written("years", own), written("name", own)
        made = (f"{years_key}: {{{year}: {_written(text, None, row, own)}}}" for row in past)
        names = (f"{name_key}: {scalar(row.name)}, " if row.name else "" for row in past)
        whole = ", ".join(f"{{{name}{row}}}" for name, row in zip(names, made, strict=True))
        edits.append(TextEdit(start, end, f"[{whole}]"))
        return None
    if len(rows) != len(past):
        return message("results-do-not-fit", results=str(len(past)), rows=str(len(rows)))
    rows_added: list[TextEdit] = []
    for row, new in zip(rows, past, strict=True):
        years = row.child("years")
        known = years.value if years is not None else None
        if years is None or not isinstance(known, dict):
            entry = f"{{{year}: {_written(text, None, new, row.location.keys)}}}"
            rows_added.append(entry_behind(text, row, written("years", row.location.keys), entry))
            continue
        siblings = [node for node in known.values() if node.value is not None]
        like = siblings[-1] if siblings else None
        entry = _written(text, like, new, row.location.keys)
        same = next((node for key, node in known.items() if int(key) == year), None)
        if same is None:
            thai_key = bool(known) and not typed_key(text, years, list(known)[-1]).isascii()
            key = thai.thai_digits(str(year)) if thai_key else str(year)
            rows_added.append(entry_behind(text, years, key, entry))
        elif same.value is None:
            end = end_of(text, same)
            rows_added.append(TextEdit(end, end, f" {entry}"))
        else:
            return message("has-baseline-already")
    edits += rows_added
    return None


def _written(text: str, like: Node | None, past: PastAchievement, keys: KeyLanguage) -> str:
    """Write a past result as YAML, in the form of the one before it."""
    number = thai.number(past.value) if past.value is not None else None
    if like is not None and isinstance(like.value, str):
        words = past.words or _in_words(text, like, None, number) or number
        return scalar(words or "", text[slice(*like.span)])
    if like is None and number is None:
        return scalar(past.words or "")
    figure = like.child("value") if like is not None else None
    fields: list[str] = []
    for key in ("text",) if past.words else ("text", "table"):
        old = like.child(key) if like is not None else None
        words = past.words or _in_words(text, old, figure, number)
        words = words or (number if key == "text" else None)
        if words:
            typed = text[slice(*old.span)] if old is not None else ""
            fields.append(f"{written(key, keys)}: {scalar(words, typed)}")
    if number is not None:
        fields.append(f"{written('value', keys)}: {number}")
    return f"{{{', '.join(fields)}}}"


_FIGURE = re.compile(r"(\D*?)(-?\d+(?:,\d{3})*(?:\.\d+)?)(\D*)")


def _in_words(text: str, like: Node | None, figure: Node | None, number: str | None) -> str | None:
    """Put a number into the words of the year before (``ร้อยละ 4.80``), if they hold just one."""
    if like is None or number is None or not isinstance(like.value, str):
        return None
    words = like.value.strip()
    match = _FIGURE.fullmatch(words)
    if match is None or words not in text[slice(*like.span)]:
        return None
    if figure is not None and isinstance(figure.value, str):
        old = figure.value.replace(",", "")
        if Decimal(match[2].replace(",", "")) != Decimal(old):
            return None
    digits = f"{Decimal(number):,f}" if "," in match[2] else number
    digits = digits if match[2].isascii() else thai.thai_digits(digits)
    return f"{match[1]}{digits}{match[3]}"
