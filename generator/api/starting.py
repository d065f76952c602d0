"""A new agency: the commented example, or next year's from this year's.

Files are edited as text, at the places where the reader found the values, so that
comments and layout stay as they were written.
"""

from __future__ import annotations

import json
import os
import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from pathlib import Path

from .. import rules, thai
from ..agreements import reading, yaml_tree
from ..agreements.files import (
    AgencyFolder,
    DataFile,
    ResolvedIndicator,
    UnitFile,
    ValidAgency,
    valid_agency,
)
from ..agreements.paths import id_of
from ..agreements.yaml_tree import Node
from ..diagnostics import in_order
from ..errors import FileError, UsageError, stop_on
from ..model import Agency, Answers, Results, UnitIndicator
from ..workspace.confined import below, file_name_fault, read_bytes
from ..workspace.environment import PACKAGE
from .achieved import Achieved, PastAchievement, of_round

EXAMPLE = PACKAGE.parent / "agreements" / "example-2570"
SCHEMA = PACKAGE.parent / "schema"
_SCORES = ("ระดับ", "คะแนน")
"""Measures in which the score of several parts is a figure."""

MAX_PLACES = 30
"""So many places that mention the old year are listed."""


@dataclass(frozen=True, slots=True)
class NewAgency:
    """The new agency's files, not yet published, and what is left for the officer to do."""

    files: dict[Path, bytes]
    remarks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class TextEdit:
    """``text`` in place of what stands from ``start`` to ``end``."""

    start: int
    end: int
    text: str


def example(directory: Path) -> NewAgency:
    """Copy the example agency that came with gen. Raises UsageError, FileError."""
    _check_name(directory)
    if not (EXAMPLE / "agency.yaml").is_file():
        raise FileError(f"the example is missing: {EXAMPLE}", "install gen again")
    return NewAgency(
        {directory / path: _copy(EXAMPLE / path, directory / path) for path in _files(EXAMPLE)}
    )


def next_year(folder: Path, directory: Path) -> NewAgency:
    """Make the next fiscal year's agency from the one in ``folder``.

    Years and dates move on, names are emptied, results become baselines. Raises UsageError,
    FileError and, where a file of ``folder`` has errors, DataError.
    """
    _check_name(directory)
    old = reading.read_agency(folder)
    units = [reading.read_unit(old, path) for path in old.unit_paths]
    reported = [reading.read_results(path) for path in old.result_paths]
    counted = [reading.read_answers(path) for path in old.answer_paths]
    faults = [*rules.check_folder(old), *rules.check_together(old, units, reported, counted)]
    faults += [fault for file in old.indicators.values() for fault in file.faults]
    faults += [fault for unit in units for fault in rules.check_unit(old, unit)]
    stop_on(in_order(faults))
    valid = valid_agency(old)
    agency = valid.agency.model

    last = agency.rounds[-1].id
    # Invented results become no baselines, except those of an agency that is all example.
    results = {
        id_of(file.path): file
        for file in reported
        if file.model is not None
        and file.path.parent.name == last
        and (agency.example or not file.model.example)
    }
    answers = {
        (id_of(file.path.parent), id_of(file.path)): file
        for file in counted
        if file.model is not None
        and file.path.parent.parent.name == last
        and (agency.example or not file.model.example)
    }
    edits, remarks = _baselines(valid, agency, units, results, answers)
    files: dict[Path, bytes] = {}
    others: list[str] = []
    for path in _files(folder):
        if path.parts[0] in ("results", "answers"):
            continue
        own = edits[folder / path]
        if path.suffix == ".yaml" and path.parent.as_posix() in (".", "indicators"):
            own += _yearly(yaml_tree.read(folder / path))
        else:
            others.append(path.as_posix())
        files[directory / path] = _copy(folder / path, directory / path, own)

    year = agency.fiscal_year
    if others:
        remarks.append(f"copied as they are: {', '.join(others)}")
    remarks.append(f"the levels' targets are still those of {year}")
    places = [place for path, data in files.items() for place in _mentions(path, data, year)]
    if places:
        remarks.append(f"these places still mention {year}:")
        remarks += [f"  {place}" for place in places[:MAX_PLACES]]
    if len(places) > MAX_PLACES:
        remarks.append(f"  … and {len(places) - MAX_PLACES} more")
    return NewAgency(files, tuple(remarks))


def _check_name(directory: Path) -> None:
    """Refuse a folder that is in use, or whose name no Windows machine can have."""
    name = directory.resolve().name
    reason = file_name_fault(name) or ("it ends with a dot" if name.endswith(".") else "")
    if reason:
        raise UsageError(f"'{name}' can't name an agency's folder: {reason}", "choose another name")
    try:
        used = directory.exists() and (not directory.is_dir() or any(directory.iterdir()))
    except OSError as error:
        raise FileError(f"can't look into {directory}: {error.strerror}") from error
    if used:
        raise UsageError(
            f"{directory} is there already, and not an empty folder", "name a new folder"
        )


def _files(folder: Path) -> Iterator[Path]:
    """List a folder's files, relative to it, without hidden ones and those that lock others."""
    for path in sorted(folder.rglob("*")):
        relative = path.relative_to(folder)
        if path.is_file() and not any(part.startswith((".", "~$")) for part in relative.parts):
            below(folder, relative.as_posix())
            yield relative


def _copy(file: Path, target: Path, edits: Iterable[TextEdit] = ()) -> bytes:
    """Copy a file's bytes, with the edits made and the schema named from its new place."""
    data = read_bytes(file)
    read = yaml_tree.parse(file, data)
    if file.suffix != ".yaml" or read.node is None:
        return data
    text = read.text
    todo = [*edits, *_schema(text, file, target)]
    for edit in sorted(todo, key=lambda edit: edit.start, reverse=True):
        text = text[: edit.start] + edit.text + text[edit.end :]
    return ("\ufeff" if data.startswith(b"\xef\xbb\xbf") else "").encode() + text.encode()


_SCHEMA = re.compile(r"^#\s*yaml-language-server:\s*\$schema=(?!\w+:)((?:\S*/)?)[\w-]+\.json", re.M)


def _schema(text: str, file: Path, target: Path) -> Iterator[TextEdit]:
    """Point the comment for editors to the workspace's schema, else to the one of gen."""
    comment = _SCHEMA.search(text)
    old, new = file.parent.resolve(), target.parent.resolve()
    if comment is None or (old / comment[1]).resolve() == (new / comment[1]).resolve():
        return
    yield TextEdit(comment.start(1), comment.end(1), f"{way_to_schemas(new)}/")


def way_to_schemas(folder: Path) -> str:
    """How a file of a folder names the workspace's schemas, else those of gen."""
    folder = folder.resolve()
    roots = (path.parent for path in folder.parents if path.name == "agreements")
    schemas = next((root / "schema" for root in roots if (root / "schema").is_dir()), SCHEMA)
    try:
        return Path(os.path.relpath(schemas, folder)).as_posix()
    except ValueError:  # another drive
        return schemas.as_uri()


_INDICATOR = r"(?:(?:form/)?indicators/\d+/(?:define|override)/)?(?:variants/[^/]+/)?"
_MOVED = re.compile(
    r"fiscal_year|baseline_years/\d+|rounds/\d+/(?:start|end)"
    rf"|{_INDICATOR}period/(?:start|end)"
)
_EMPTIED = re.compile(
    r"signed|assess(?:or|ee)s/\d+/name"
    rf"|{_INDICATOR}(?:supervisors|collectors)/\d+/(?:name|telephone)"
)
_PAST = re.compile(rf"{_INDICATOR}baselines/\d+/years/.*")


def _leaves(node: Node, path: str = "") -> Iterator[tuple[str, Node]]:
    """Walk over every text of a tree, with the keys that lead to it."""
    if isinstance(node.value, dict):
        for key, child in node.value.items():
            yield from _leaves(child, f"{path}/{key}" if path else key)
    elif isinstance(node.value, list):
        for index, child in enumerate(node.value):
            yield from _leaves(child, f"{path}/{index}")
    else:
        yield path, node


def _yearly(read: yaml_tree.YamlFile) -> Iterator[TextEdit]:
    """Move years and dates on, empty names, make the unit a draft again."""
    assert read.node is not None
    for path, node in _leaves(read.node):
        if not isinstance(node.value, str) or not node.value.strip():
            continue
        if _MOVED.fullmatch(path):
            yield TextEdit(*node.span, _moved(read.text[slice(*node.span)]))
        elif _EMPTIED.fullmatch(path):
            yield _emptied(read.text, node)
        elif path == "status" and node.value != "draft":
            yield TextEdit(*node.span, "draft")


def _moved(written: str) -> str:
    """Move a year or a date one year on, written as it was (29 February becomes the 28th)."""

    def one_on(match: re.Match[str]) -> str:
        year = str(int(match[0]) + 1)
        return year if match[0].isascii() else thai.thai_digits(year)

    later = re.sub(r"\d{4}", one_on, written, count=1)
    if thai.parse_date(written.strip("\"'")) and not thai.parse_date(later.strip("\"'")):
        later = re.sub(r"(?<!\d)29(?!\d)", "28", later)
        later = re.sub(r"(?<!\d)๒๙(?!\d)", "๒๘", later)
    return later


def _emptied(text: str, node: Node) -> TextEdit:
    start, end = node.span[0], _end(text, node)
    if text[end : end + 1] in ("", "\r", "\n"):
        start = len(text[:start].rstrip(" "))
    return TextEdit(start, end, "")


def _mentions(path: Path, data: bytes, year: int) -> list[str]:
    """Find the places of a new file whose texts still say ``year``."""
    read = yaml_tree.parse(path, data)
    if path.suffix != ".yaml" or read.node is None:
        return []
    said = re.compile(rf"(?<!\d)(?:{year}|{thai.thai_digits(str(year))})(?!\d)")
    ends = [match.start() for match in re.finditer("\n", read.text)]
    lines = {
        bisect_left(ends, match.start()) + 1
        for where, node in _leaves(read.node)
        if not _MOVED.fullmatch(where) and not _PAST.fullmatch(where)
        for match in said.finditer(read.text, *node.span)
    }
    return [f"{path.as_posix()}:{line}" for line in sorted(lines)]


def _baselines(
    folder: ValidAgency,
    agency: Agency,
    units: Iterable[UnitFile],
    results: Mapping[str, DataFile[Results]],
    answers: Mapping[tuple[str, str], DataFile[Answers]],
) -> tuple[defaultdict[Path, list[TextEdit]], list[str]]:
    """Make this year's results baselines: the edits by file, and what had to be left out."""
    year, last = agency.fiscal_year, agency.rounds[-1].id
    edits: defaultdict[Path, list[TextEdit]] = defaultdict(list)
    achieved = of_round(folder, agency, units, results, answers)
    if not any(file.model is not None and file.model.results for file in results.values()) and (
        not answers
    ):
        return edits, [
            f"there are no results of round {last}, so no baselines of {year} were added"
        ]
    remarks: list[str] = []
    without: list[str] = []
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
            differing = ", ".join(unit.id for unit, _, _ in given)
            fault = f"the results of {differing} differ"
        elif any(row.words is None and row.value is None for row in past[0]):
            fault = "its result has neither a value nor a text"
        elif any("[[" in (row.words or "") for row in past[0]):
            fault = "the text of its result holds [[, which would be a blank there"
        elif rows is None:
            fault = "it has no list of baselines"
        else:
            path = rows.location.path
            fault = _add(yaml_tree.read(path).text, rows, past[0], year, edits[path])
        if fault:
            remarks.append(f"no baseline of {year} for {name}: {fault}")
    if without:
        names = ", ".join(without)
        remarks.append(f"no baseline of {year} for {names}: no result in round {last}")
    return edits, remarks


def _homes(
    folder: AgencyFolder, units: Iterable[UnitFile]
) -> Iterator[tuple[str, Node | None, list[tuple[UnitFile, UnitIndicator]]]]:
    """Find where each indicator keeps its baselines, and the uses that report to it.

    An indicator's own baselines may stand in its file, in a variant, or in a unit's file;
    those that it takes over from another indicator aren't its own.
    """
    homes: dict[tuple[str, object], tuple[Node | None, list[tuple[UnitFile, UnitIndicator]]]] = {}
    for unit in units:
        for resolved in unit.indicators:
            use = resolved.item.use
            if use.derived:
                continue
            name = f"'{use.use}'" if use.use else f"'{use.key}' of {unit.id}"
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
) -> str:
    """Add the year to every row of baselines, or say why that isn't possible."""
    rows = baselines.value
    assert isinstance(rows, list)
    if not rows:
        start, end = baselines.span
        made = (f"years: {{{year}: {_written(text, None, row)}}}" for row in past)
        names = (f"name: {_scalar(row.name)}, " if row.name else "" for row in past)
        whole = ", ".join(f"{{{name}{row}}}" for name, row in zip(names, made, strict=True))
        edits.append(TextEdit(start, end, f"[{whole}]"))
        return ""
    if len(rows) != len(past):
        return f"{len(past)} results don't fit the {len(rows)} rows of its baselines"
    added: list[TextEdit] = []
    for row, new in zip(rows, past, strict=True):
        years = row.child("years")
        known = years.value if years is not None else None
        if years is None or not isinstance(known, dict):
            entry = f"{{{year}: {_written(text, None, new)}}}"
            added.append(_entry(text, row, "years", entry))
            continue
        siblings = [node for node in known.values() if node.value is not None]
        entry = _written(text, siblings[-1] if siblings else None, new)
        same = next((node for key, node in known.items() if int(key) == year), None)
        if same is None:
            thai_key = bool(known) and not _typed(text, years, list(known)[-1]).isascii()
            key = thai.thai_digits(str(year)) if thai_key else str(year)
            added.append(_entry(text, years, key, entry))
        elif same.value is None:
            end = _end(text, same)
            added.append(TextEdit(end, end, f" {entry}"))
        else:
            return "it has one already"
    edits += added
    return ""


def _typed(text: str, mapping: Node, key: str) -> str:
    """A number that is a key as it is written; read, its digits are Arabic."""
    place = mapping.keys[key]
    line = text.split("\n")[place.line - 1]
    return line[place.column - 1 :].lstrip("'\"")[: len(key)]


def _entry(text: str, mapping: Node, key: str, value: str) -> TextEdit:
    """Put a key and its value behind the last ones of a mapping."""
    assert isinstance(mapping.value, dict)
    start = mapping.span[0]
    if not mapping.value:
        return TextEdit(start + 1, start + 1, f"{key}: {value}")
    end = _end(text, list(mapping.value.values())[-1])
    if text[start] == "{":
        gap = " " if text[end - 1] == ":" else ""
        return TextEdit(end, end, f"{gap}, {key}: {value}")
    end = text.find("\n", end) if "\n" in text[end:] else len(text)
    newline = "\r\n" if text[:end].endswith("\r") else "\n"
    end -= len(newline) - 1
    indent = " " * (next(iter(mapping.keys.values())).column - 1)
    return TextEdit(end, end, f"{newline}{indent}{key}: {value}")


_NOTHING = re.compile(r"[ \t\r]*(?:#.*)?")
_ENDS_EMPTY = re.compile(r":[ \t\r]*(?:#.*)?\Z")
"""A key's colon, and nothing but blanks and a comment behind it."""


def _colon(text: str, end: int) -> int | None:
    """Where the colon of a key stands that has nothing but blanks and comments up to ``end``."""
    while True:
        start = text.rfind("\n", 0, end) + 1
        line = text[start:end]
        if not _NOTHING.fullmatch(line):
            found = _ENDS_EMPTY.search(line)
            return start + found.start() if found is not None else None
        if not start:
            return None
        end = start - 1


def _end(text: str, node: Node) -> int:
    """Find the end of a value's last character; a block's span reaches to what follows it."""
    while node.value and not isinstance(node.value, str) and text[node.span[0]] not in "{[":
        node = (list(node.value.values()) if isinstance(node.value, dict) else node.value)[-1]
    if node.value is None and (colon := _colon(text, node.span[1])) is not None:
        return colon + 1
    return len(text[: node.span[1]].rstrip())


def _written(text: str, like: Node | None, past: PastAchievement) -> str:
    """Write a past result as YAML, in the form of the one before it."""
    number = thai.number(past.value) if past.value is not None else None
    if like is not None and isinstance(like.value, str):
        words = past.words or _in_words(text, like, None, number) or number
        return _scalar(words or "", text[slice(*like.span)])
    if like is None and number is None:
        return _scalar(past.words or "")
    figure = like.child("value") if like is not None else None
    fields: list[str] = []
    for key in ("text",) if past.words else ("text", "table"):
        old = like.child(key) if like is not None else None
        words = past.words or _in_words(text, old, figure, number)
        words = words or (number if key == "text" else None)
        if words:
            written = text[slice(*old.span)] if old is not None else ""
            fields.append(f"{key}: {_scalar(words, written)}")
    if number is not None:
        fields.append(f"value: {number}")
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


_PLAIN = re.compile(r"(?:\d[\d.]* )?[^\W\d_](?:[^\s,\[\]{}#:\"'\\]| (?=\S))*")
_NUMBER = re.compile(r"-?\d+(?:\.\d+)?")


def _scalar(words: str, like: str = "") -> str:
    """Write a text as YAML: plain where that is safe, or where a number stands so already."""
    if _PLAIN.fullmatch(words) and words.lower() != "null":
        return words
    if _NUMBER.fullmatch(words) and like and like[0] not in "\"'":
        return words
    return json.dumps(words, ensure_ascii=False)
