"""Which row of a file is the head, and which column holds which answers."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from ...diagnostics import Diagnostic, Severity, Suggestion, fault, meant, warning
from ...messages import message
from ...model import Survey
from ...survey.headers import RESPONDENT, key
from .known_heads import KnownHeads
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
        heads, codes = _listed(filter(None, table.head)), _listed(one.code for one in wanted)
        refused = fault(
            "no-file-of-answers",
            table.place(table.head_row, 0),
            hint=message("heads-found-and-expected", found=heads, expected=codes)
            if heads
            else message("heads-expected", expected=codes),
            survey=name,
            there=len(there),
            wanted=len(wanted),
            unknown=len(found.unknown),
        )
        return None, None, (refused,)
    belongs = list(_belongs(survey, name, table))
    if belongs:
        return None, None, tuple(belongs)
    faults += [*_errors_in_head(table), *_merged(table), *found.faults]
    faults += [*_missing(known, table, found), *_unknown(known, table, found)]
    named = {_named(header): n for n, header in reversed([*enumerate(table.head)])}
    ids = [named[_named(one)] for one in IDS if _named(one) in named]
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
                fault(
                    "head-of-several-columns",
                    table.place(table.head_row, index),
                    head=_short(table.head[index]),
                    columns=codes,
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
            yield warning(
                "sheet-not-read",
                chosen.place(0, -1),
                sheet=table.sheet.title,
                read=chosen.sheet.title,
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
        place = table.place(table.head_row, hidden[0])
        yield warning("hidden-columns-read", place, count=len(hidden), names=names)


def _merged(table: Table) -> Iterator[Diagnostic]:
    """Cells that were made one: what stood in all but the first of them is gone."""
    if table.sheet is None:
        return
    rows = [number for number, _ in table.rows]
    last = max(rows, default=table.head_row)
    for merged in table.sheet.merged:
        top, left, bottom, _ = merged
        if bottom >= table.head_row and top <= last and left <= table.width:
            place = table.place(top, left - 1)
            yield fault("cells-merged", place, cells=cells_name(merged))


def _errors_in_head(table: Table) -> Iterator[Diagnostic]:
    cells = next(cells for number, cells in table.lines if number == table.head_row)
    for column, cell in enumerate(cells):
        if isinstance(cell, UnreadCell):
            place = table.place(table.head_row, column)
            hint = cell.advice or cell.said.remedy
            yield fault("in-the-head", place, hint=hint, said=cell.said)


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
                place = table.place(row, index)
                yield fault("answers-to-other-survey", place, found=_short(said), survey=name)
            elif (
                not is_survey
                and key(said) != key(survey.version)
                and not _KOBO_VERSION.fullmatch(said)
            ):
                yield fault(
                    "other-version-answered",
                    table.place(row, index),
                    found=_short(said),
                    version=survey.version,
                )


def _missing(known: KnownHeads, table: Table, found: _Found) -> Iterator[Diagnostic]:
    """Columns that aren't there. Where words are missing, the figures are still right."""
    for code, column in known.columns.items():
        if code in found.codes():
            continue
        yield Diagnostic(
            message("column-of-answers-missing", column=code, label=_short(column.label)),
            table.place(table.head_row, len(table.head)),
            _near(code, table.head, found),
            Severity.WARNING if column.kind == "text" else Severity.ERROR,
        )
    for code, ticks in found.ticks.items():
        missing = [c.id for c in known.columns[code].choices if c.id not in ticks]
        if missing and code not in found.whole:
            yield fault(
                "columns-of-options-missing",
                table.place(table.head_row, len(table.head)),
                column=code,
                options=tuple(missing),
            )


def _near(code: str, headers: Sequence[str], found: _Found) -> Suggestion:
    unknown = [headers[index] for index in found.unknown]
    return meant(code, unknown, str(message("export-all-columns")))


def _unknown(known: KnownHeads, table: Table, found: _Found) -> Iterator[Diagnostic]:
    names = [*known.columns, *known.google]
    for index in found.unknown:
        header = table.head[index]
        yield warning(
            "survey-has-no-column",
            table.place(table.head_row, index),
            hint=meant(key(header), names),
            column=_short(header),
        )


def _listed(names: Iterable[str]) -> str:
    """A few names, and whether there are more."""
    every = list(names)
    said = ", ".join(_short(name) for name in every[:8])
    return f"{said}, …" if len(every) > 8 else said


def _short(text: str) -> str:
    return text if len(text) <= 60 else f"{text[:60]}…"
