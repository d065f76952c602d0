"""Next year's agency from this year's: years and dates move on, names are emptied.

Files are edited as text, so that comments and layout stay as they were written.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from pathlib import Path

from .. import rules, thai
from ..agreements import own_keys, reading, yaml_tree
from ..agreements.editing import TextEdit, texts_of
from ..agreements.files import valid_agency
from ..agreements.paths import id_of
from ..diagnostics import in_order
from ..errors import stop_on
from ..messages import Message, message
from ..model.round_sets import rounds_of
from .baselines import added
from .copied_units import INDICATOR, cleared
from .new_agency import NewAgency, check_name, copied, files_of

MAX_PLACES = 30
"""So many places that mention the old year are listed."""


def next_year(folder: Path, directory: Path) -> NewAgency:
    """Make the next fiscal year's agency from the one in ``folder``.

    Years and dates move on, names are emptied, results become baselines. Raises UsageError,
    FileError and, where a file of ``folder`` has errors, DataError.
    """
    check_name(directory)
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

    last = {unit.id: rounds_of(unit.unit, agency)[-1].id for unit in units}
    # Invented results become no baselines, except those of an agency that is all example.
    results = {
        id_of(file.path): file
        for file in reported
        if file.model is not None
        and file.path.parent.name == last[id_of(file.path)]
        and (agency.example or not file.model.example)
    }
    answers = {
        (id_of(file.path.parent), id_of(file.path)): file
        for file in counted
        if file.model is not None
        and file.path.parent.parent.name == last[id_of(file.path.parent)]
        and (agency.example or not file.model.example)
    }
    edits, left_out = added(valid, agency, units, results, answers)
    remarks: list[Message | str] = [*left_out]
    files: dict[Path, bytes] = {}
    others: list[str] = []
    for path in files_of(folder):
        if path.parts[0] in ("results", "answers"):
            continue
        own = edits[folder / path]
        if path.suffix == ".yaml" and path.parent.as_posix() in (".", "indicators"):
            own += _yearly(own_keys.of_place(yaml_tree.read(folder / path), path))
        else:
            others.append(path.as_posix())
        files[directory / path] = copied(folder / path, directory / path, own)

    year = agency.fiscal_year
    if others:
        remarks.append(message("copied-as-they-are", files=tuple(others)))
    remarks.append(message("targets-of-year", year=str(year)))
    places = [place for path, data in files.items() for place in _mentions(path, data, year)]
    if places:
        remarks.append(message("places-mention-year", year=str(year)))
        remarks += [f"  {place}" for place in places[:MAX_PLACES]]
    if len(places) > MAX_PLACES:
        remarks.append(message("more-places", number=str(len(places) - MAX_PLACES)))
    return NewAgency(files, tuple(remarks))


_MOVED = re.compile(
    r"fiscal_year|baseline_years/\d+|(?:round_sets/[^/]+/)?rounds/\d+/(?:start|end|cutoff)"
    rf"|{INDICATOR}period/(?:start|end)"
)
_PAST = re.compile(rf"{INDICATOR}baselines/\d+/years/.*")


def _yearly(read: yaml_tree.YamlFile) -> Iterator[TextEdit]:
    """Move years and dates on; names are emptied, decisions end."""
    assert read.node is not None
    yield from cleared(read)
    for path, node in texts_of(read.node):
        if isinstance(node.value, str) and node.value.strip() and _MOVED.fullmatch(path):
            yield TextEdit(*node.span, _moved(read.text[slice(*node.span)]))


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


def _mentions(path: Path, data: bytes, year: int) -> list[str]:
    """Find the places of a new file whose texts still say ``year``."""
    read = own_keys.of_place(yaml_tree.parse(path, data), path)
    if path.suffix != ".yaml" or read.node is None:
        return []
    said = re.compile(rf"(?<!\d)(?:{year}|{thai.thai_digits(str(year))})(?!\d)")
    ends = [match.start() for match in re.finditer("\n", read.text)]
    lines = {
        bisect_left(ends, match.start()) + 1
        for where, node in texts_of(read.node)
        if not _MOVED.fullmatch(where) and not _PAST.fullmatch(where)
        for match in said.finditer(read.text, *node.span)
    }
    return [f"{path.as_posix()}:{line}" for line in sorted(lines)]
