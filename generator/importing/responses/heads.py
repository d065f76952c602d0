"""Which row of a file is the head, and which column holds which answers."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from ...diagnostics import Diagnostic, Severity, Suggestion, meant
from ...model import Survey
from ...survey.headers import RESPONDENT, key
from .known import KnownHeads
from .table import HEAD_ROWS, ReadTables, Table, UnreadCell, cells_name

IDS = (RESPONDENT, "_uuid", "meta/instanceID", "instanceID", "KEY", "_id")
"""The columns that tell respondents apart; the first one that is there does."""

REVIEWS = ("ReviewState", "reviewState", "_validation_status")
"""The columns in which ODK and Kobo say what became of a submission."""

_SURVEYS = ("survey", "_xform_id_string", "form_id", "formid")
_VERSIONS = ("version", "__version__", "FormVersion")
_KOBO_VERSION = re.compile(r"v[A-Za-z0-9]{21,22}")
"""A version that Kobo makes up itself, which says nothing of ours."""


def _named(header: str) -> str:
    """A header of an export's own column: what stands between its parts differs."""
    return re.sub(r"[.:-]", "/", key(header))


_OTHERS = frozenset(
    _named(name)
    for name in (
        *IDS,
        *_SURVEYS,
        *_VERSIONS,
        *REVIEWS,
        *("start", "end", "today", "deviceid", "username", "simserial", "phonenumber", "audit"),
        *("SubmissionDate", "SubmitterID", "SubmitterName", "AttachmentsPresent", "Status"),
        *("AttachmentsExpected", "DeviceID", "Edits", "formhub/uuid", "rootUuid"),
        *("meta/rootUuid", "meta/deprecatedID", "meta/instanceName", "meta/audit"),
        *("Timestamp", "ประทับเวลา", "Email Address", "ที่อยู่อีเมล", "อีเมล", "Score", "คะแนน", "copy"),
    )
)
"""Columns that exports have besides the answers."""


@dataclass(frozen=True, slots=True)
class Heads:
    """Where the answers stand: the indices of a column's cells, or of each of its options' cells.

    A question that was asked again has several. ``id`` is the cell that tells respondents apart,
    ``reviews`` those that say what became of a submission.
    """

    whole: Mapping[str, tuple[int, ...]]
    ticks: Mapping[str, Mapping[str, tuple[int, ...]]]
    id: int | None = None
    reviews: tuple[int, ...] = ()


@dataclass(slots=True)
class _Found:
    whole: dict[str, tuple[int, ...]] = field(default_factory=dict)
    ticks: dict[str, dict[str, tuple[int, ...]]] = field(default_factory=dict)
    unknown: list[int] = field(default_factory=list)
    faults: list[Diagnostic] = field(default_factory=list)

    def codes(self) -> set[str]:
        """The columns that are there, whole or as options."""
        return {*self.whole, *self.ticks}


def match(
    survey: Survey, name: str, read: ReadTables
) -> tuple[Table | None, Heads | None, tuple[Diagnostic, ...]]:
    """The table of a file with its head, where a survey's answers stand in it, and its faults.

    The head is looked for in the first rows, and in all sheets of a workbook; the one that has
    the most of the survey's columns is it. Nothing is found where the file can't be of this
    survey.
    """
    known = KnownHeads(survey)
    table = _with_head(known, read.tables)
    found = _places(known, table)
    faults = [*_not_read(read.tables, table), *_hidden_columns(table, found)]
    wanted = [column for column in known.columns.values() if column.kind != "text"]
    there = [column for column in wanted if column.code in found.codes()]
    if 2 * len(there) < len(wanted):
        said = _listed(header for header in table.head if header)
        fault = Diagnostic(
            f"this is no file of answers to '{name}': it has {len(there)} of "
            f"{len(wanted)} columns, and {len(found.unknown)} that the survey doesn't have",
            table.place(table.head_row, 0),
            "name the survey that was answered (--survey), or export its answers again; "
            f"found: {said}; expected: {_listed(column.code for column in wanted)}",
        )
        return None, None, (fault,)
    belongs = list(_belongs(survey, name, table))
    if belongs:
        return None, None, tuple(belongs)
    faults += [*_errors_in_head(table), *_merged(table), *found.faults]
    faults += [*_missing(known, table, found), *_unknown(known, table, found)]
    heads = {_named(header): n for n, header in reversed([*enumerate(table.head)])}
    ids = [heads[_named(one)] for one in IDS if _named(one) in heads]
    reviews = tuple(n for n, header in enumerate(table.head) if _is_review(header))
    return table, Heads(found.whole, found.ticks, ids[0] if ids else None, reviews), tuple(faults)


def _is_review(header: str) -> bool:
    """Whether a column says what became of a submission, as itself or as a part of something."""
    steps = _named(header).split("/")
    return any(_named(one) in steps[-2:] for one in REVIEWS)


def _with_head(known: KnownHeads, tables: Sequence[Table]) -> Table:
    """The table and the row that have the most of the survey's columns; the first among equals."""
    best, most = tables[0].headed(0, 1), 0
    for table in tables:
        fits = [_fit(known, cells) for _, cells in table.lines[:HEAD_ROWS]]
        line = fits.index(max(fits))
        if fits[line] > most:
            below = line + 1
            # Exports may have codes and words in two rows, or marks like #q1 below the head.
            while below < len(table.lines) and _is_head_too(known, table, below, fits[line]):
                below += 1
            best, most = table.headed(line, below), fits[line]
    return best


def _fit(known: KnownHeads, cells: Sequence[str | UnreadCell]) -> int:
    """How many of the survey's columns a row would head."""
    found: set[str] = set()
    for cell in cells:
        if isinstance(cell, str) and cell:
            tick = known.tick(cell)
            found |= {tick[0]} if tick is not None else set(known.codes(cell))
    return len(found)


def _is_head_too(known: KnownHeads, table: Table, line: int, most: int) -> bool:
    _, cells = table.lines[line]
    filled = [cell for cell in cells if cell]
    tags = all(isinstance(cell, str) and cell.startswith("#") for cell in filled)
    return tags or 2 * _fit(known, cells) > most


def _places(known: KnownHeads, table: Table) -> _Found:
    found = _Found()
    alike: dict[tuple[str, ...], list[int]] = {}
    for index, header in enumerate(table.head):
        tick, codes = known.tick(header), known.codes(header)
        if tick is not None:
            ticks = found.ticks.setdefault(tick[0], {})
            ticks[tick[1]] = (*ticks.get(tick[1], ()), index)
        elif len(codes) == 1:
            found.whole[codes[0]] = (*found.whole.get(codes[0], ()), index)
        elif codes:
            alike.setdefault(codes, []).append(index)
        elif not _is_other(header) and _holds(table, index):
            found.unknown.append(index)
    for codes, indices in alike.items():
        # Exports keep the order of the form: as many heads as questions are those questions.
        if len(indices) == len(codes):
            found.whole |= {code: (index,) for code, index in zip(codes, indices, strict=True)}
        else:
            found.faults += [
                Diagnostic(
                    f"the head '{_short(table.head[index])}' may be any of {', '.join(codes)}",
                    table.place(table.head_row, index),
                    "export the answers with names (XML values) in place of labels",
                )
                for index in indices
            ]
    return found


def _is_other(header: str) -> bool:
    """Whether a header is one of those that exports add."""
    return key(header).startswith("_") or _named(header) in _OTHERS or _is_review(header)


def _holds(table: Table, index: int) -> bool:
    """Whether anything stands in a column; exports have empty ones of notes and groups."""
    return bool(table.head[index].strip()) and any(
        len(cells) > index and cells[index] for _, cells in table.rows
    )


def _not_read(tables: Sequence[Table], chosen: Table) -> Iterator[Diagnostic]:
    """The sheets that aren't read, and those that are and aren't shown."""
    if chosen.sheet is None:
        return
    for table in tables:
        if table.sheet is not None and table.sheet.title != chosen.sheet.title:
            yield Diagnostic(
                f"the sheet '{table.sheet.title}' is not read, only '{chosen.sheet.title}' is",
                chosen.place(0, -1),
                severity=Severity.WARNING,
            )


def _hidden_columns(table: Table, found: _Found) -> Iterator[Diagnostic]:
    """Columns of answers that aren't shown."""
    if table.sheet is None:
        return
    read = {index for indices in found.whole.values() for index in indices}
    read |= {n for ticks in found.ticks.values() for indices in ticks.values() for n in indices}
    hidden = sorted(read & table.sheet.folded)
    if hidden:
        names = _listed(table.head[index] for index in hidden)
        yield Diagnostic(
            f"{_counted(len(hidden), 'column')} of answers isn't shown in Excel ({names}); "
            "it is read all the same"
            if len(hidden) == 1
            else f"{len(hidden)} columns of answers aren't shown in Excel ({names}); "
            "they are read all the same",
            table.place(table.head_row, hidden[0]),
            "show them, and look whether they are to count",
            Severity.WARNING,
        )


def _merged(table: Table) -> Iterator[Diagnostic]:
    """Cells that were made one: what stood in all but the first of them is gone."""
    if table.sheet is None:
        return
    rows = [number for number, _ in table.rows]
    last = max(rows, default=table.head_row)
    for merged in table.sheet.merged:
        top, left, bottom, _ = merged
        if bottom >= table.head_row and top <= last and left <= table.width:
            yield Diagnostic(
                f"the cells {cells_name(merged)} are merged: only one of them holds something",
                table.place(top, left - 1),
                "unmerge them (Home, Merge & Center), and fill in each cell",
            )


def _errors_in_head(table: Table) -> Iterator[Diagnostic]:
    cells = next(cells for number, cells in table.lines if number == table.head_row)
    for column, cell in enumerate(cells):
        if isinstance(cell, UnreadCell):
            place = table.place(table.head_row, column)
            yield Diagnostic(f"{cell.message}, in the head", place, cell.hint)


def _belongs(survey: Survey, name: str, table: Table) -> Iterator[Diagnostic]:
    """The faults of answers to another survey, or another version of it."""
    seen: set[tuple[int, str]] = set()
    kinds = {key(header): n for n, header in enumerate(table.head)}
    about = [(kinds[key(h)], True) for h in _SURVEYS if key(h) in kinds]
    about += [(kinds[key(h)], False) for h in _VERSIONS if key(h) in kinds]
    for row, cells in table.rows:
        for index, is_survey in about:
            said = cells[index] if index < len(cells) else ""
            if not isinstance(said, str) or not said or (index, said) in seen:
                continue
            seen.add((index, said))
            if is_survey and key(said) not in (key(name), key(f"{name}-{survey.version}")):
                yield Diagnostic(
                    f"these are answers to the survey '{_short(said)}', not to '{name}'",
                    table.place(row, index),
                    "name the survey that was answered (--survey)",
                )
            elif (
                not is_survey
                and key(said) != key(survey.version)
                and not _KOBO_VERSION.fullmatch(said)
            ):
                yield Diagnostic(
                    f"version '{_short(said)}' of the survey was answered, not '{survey.version}'",
                    table.place(row, index),
                    "count the answers with the survey as it was",
                )


def _missing(known: KnownHeads, table: Table, found: _Found) -> Iterator[Diagnostic]:
    """Columns that aren't there. Where words are missing, the figures are still right."""
    for code, column in known.columns.items():
        if code in found.codes():
            continue
        is_text = column.kind == "text"
        yield Diagnostic(
            f"the column '{code}' is missing ({_short(column.label)})",
            table.place(table.head_row, len(table.head)),
            _near(code, table.head, found),
            Severity.WARNING if is_text else Severity.ERROR,
        )
    for code, ticks in found.ticks.items():
        missing = [c.id for c in known.columns[code].choices if c.id not in ticks]
        if missing and code not in found.whole:
            yield Diagnostic(
                f"the columns of '{code}' for {', '.join(missing)} are missing",
                table.place(table.head_row, len(table.head)),
                "export the answers again, with all columns",
            )


def _near(code: str, headers: Sequence[str], found: _Found) -> Suggestion:
    unknown = [headers[index] for index in found.unknown]
    return meant(code, unknown, "export the answers again, with all columns")


def _unknown(known: KnownHeads, table: Table, found: _Found) -> Iterator[Diagnostic]:
    names = [*known.columns, *known.google]
    for index in found.unknown:
        header = table.head[index]
        yield Diagnostic(
            f"the survey has no column '{_short(header)}'; it is not read",
            table.place(table.head_row, index),
            meant(key(header), names),
            Severity.WARNING,
        )


def _listed(names: Iterator[str] | Sequence[str]) -> str:
    """A few names, and whether there are more."""
    every = list(names)
    said = ", ".join(_short(name) for name in every[:8])
    return f"{said}, …" if len(every) > 8 else said or "nothing"


def _counted(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def _short(text: str) -> str:
    return text if len(text) <= 60 else f"{text[:60]}…"
