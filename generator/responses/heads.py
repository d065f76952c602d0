"""Which column of a file holds which answers: our codes, ODK and Kobo, Google Forms."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from ..diagnostics import Diagnostic, Severity, did_you_mean
from ..model import Survey
from ..survey import Column, columns
from ..survey.headers import RESPONDENT, google_headers, option_labels, plain
from .table import Table

IDS = (RESPONDENT, "_uuid", "meta/instanceID", "meta-instanceID", "instanceID", "KEY", "_id")
"""The columns that tell respondents apart; the first one that is there does."""

_SURVEYS = ("survey", "_xform_id_string", "form_id", "formid")
_VERSIONS = ("version", "__version__", "FormVersion")
_KOBO_VERSION = re.compile(r"v[A-Za-z0-9]{21,22}")
"""A version that Kobo makes up itself, which says nothing of ours."""

_OTHERS = frozenset(
    plain(name).casefold()
    for name in (
        *IDS,
        *_SURVEYS,
        *_VERSIONS,
        *("start", "end", "today", "deviceid", "username", "simserial", "phonenumber", "audit"),
        *("SubmissionDate", "SubmitterID", "SubmitterName", "AttachmentsPresent", "Status"),
        *("AttachmentsExpected", "ReviewState", "DeviceID", "Edits", "formhub/uuid", "rootUuid"),
        *("Timestamp", "ประทับเวลา", "Email Address", "ที่อยู่อีเมล", "อีเมล", "Score", "คะแนน", "copy"),
    )
)
"""Columns that exports have besides the answers."""


@dataclass(frozen=True, slots=True)
class Heads:
    """Where the answers stand: the index of a column's cell, or of each of its options' cells.

    ``id`` is the cell that tells respondents apart.
    """

    whole: Mapping[str, int]
    ticks: Mapping[str, Mapping[str, int]]
    id: int | None = None


@dataclass(slots=True)
class _Found:
    whole: dict[str, int] = field(default_factory=dict)
    ticks: dict[str, dict[str, int]] = field(default_factory=dict)
    unknown: list[int] = field(default_factory=list)
    faults: list[Diagnostic] = field(default_factory=list)


def match(survey: Survey, name: str, table: Table) -> tuple[Heads | None, tuple[Diagnostic, ...]]:
    """Where a survey's answers stand in a table, and what is wrong with its head.

    No heads where the file can't be of this survey.
    """
    known = Known(survey)
    found = _Found()
    for index, header in enumerate(table.head):
        _place(known, table, index, header, found)
    wanted = [column for column in known.columns.values() if column.kind != "text"]
    there = [c for c in wanted if c.code in found.whole or c.code in found.ticks]
    if 2 * len(there) < len(wanted):
        fault = Diagnostic(
            f"this is no file of answers to '{name}': it has {len(there)} of "
            f"{len(wanted)} columns, and {len(found.unknown)} that the survey doesn't have",
            table.place(1, 0),
            "name the survey that was answered (--survey), or export its answers again",
        )
        return None, (fault,)
    belongs = list(_belongs(survey, name, table))
    if belongs:
        return None, tuple(belongs)
    faults = [*found.faults, *_missing(known, table, found), *_unknown(known, table, found)]
    heads = {plain(header).casefold(): n for n, header in reversed([*enumerate(table.head)])}
    ids = [heads[one.casefold()] for one in IDS if one.casefold() in heads]
    return Heads(found.whole, found.ticks, ids[0] if ids else None), tuple(faults)


class Known:
    """What the columns of a survey are called."""

    def __init__(self, survey: Survey) -> None:
        self.columns: dict[str, Column] = {column.code: column for column in columns(survey)}
        self.google = google_headers(survey)
        self.labels = {code: option_labels(column) for code, column in self.columns.items()}

    def code(self, text: str) -> str | None:
        """The column that a header names, with or without the names of its groups."""
        if text in self.columns:
            return text
        if text in self.google:
            return self.google[text]
        tail = text.rsplit("/", 1)[-1]
        if tail in self.columns:
            return tail
        ends = [code for code in self.columns if tail.endswith(f"-{code}")]
        return max(ends, key=len, default=None)

    def tick(self, text: str) -> tuple[str, str] | None:
        """The column and the option that a header names."""
        if text in self.columns or text in self.google or "/" not in text:
            return None
        before, _, after = text.rpartition("/")
        code = self.code(before)
        if code is None or self.columns[code].kind != "many":
            return None
        for option, label in self.labels[code].items():
            if after in (option, label):
                return code, option
        return None


def _place(known: Known, table: Table, index: int, header: str, found: _Found) -> None:
    text = plain(header)
    tick, code = known.tick(text), known.code(text)
    if tick is not None:
        ticks, name = found.ticks.setdefault(tick[0], {}), tick[1]
    elif code is not None:
        ticks, name = found.whole, code
    else:
        if not _is_other(text) and _holds(table, index):
            found.unknown.append(index)
        return
    if name in ticks:
        fault = Diagnostic(
            f"the column '{_short(header)}' stands twice",
            table.place(1, index),
            f"column {ticks[name] + 1} holds the same answers; take one out",
        )
        found.faults.append(fault)
    else:
        ticks[name] = index


def _is_other(text: str) -> bool:
    """Whether a header is one of those that exports add."""
    return text.startswith("_") or text.casefold() in _OTHERS


def _holds(table: Table, index: int) -> bool:
    """Whether anything stands in a column; exports have empty ones of notes and groups."""
    return bool(table.head[index].strip()) and any(
        len(cells) > index and cells[index] for _, cells in table.rows
    )


def _belongs(survey: Survey, name: str, table: Table) -> Iterator[Diagnostic]:
    """The faults of answers to another survey, or another version of it."""
    seen: set[tuple[int, str]] = set()
    kinds = {plain(header).casefold(): n for n, header in enumerate(table.head)}
    about = [(kinds[h.casefold()], True) for h in _SURVEYS if h.casefold() in kinds]
    about += [(kinds[h.casefold()], False) for h in _VERSIONS if h.casefold() in kinds]
    for row, cells in table.rows:
        for index, is_survey in about:
            said = cells[index] if index < len(cells) else ""
            if not isinstance(said, str) or not said or (index, said) in seen:
                continue
            seen.add((index, said))
            if is_survey and said not in (name, f"{name}-{survey.version}"):
                yield Diagnostic(
                    f"these are answers to the survey '{_short(said)}', not to '{name}'",
                    table.place(row, index),
                    "name the survey that was answered (--survey)",
                )
            elif not is_survey and said != survey.version and not _KOBO_VERSION.fullmatch(said):
                yield Diagnostic(
                    f"version '{_short(said)}' of the survey was answered, not '{survey.version}'",
                    table.place(row, index),
                    "count the answers with the survey as it was",
                )


def _missing(known: Known, table: Table, found: _Found) -> Iterator[Diagnostic]:
    """Columns that aren't there. Where words are missing, the figures are still right."""
    headers = [plain(header) for header in table.head]
    for code, column in known.columns.items():
        if code in found.whole or code in found.ticks:
            continue
        is_text = column.kind == "text"
        yield Diagnostic(
            f"the column '{code}' is missing ({_short(column.label)})",
            table.place(1, len(table.head)),
            _near(code, headers, found),
            Severity.WARNING if is_text else Severity.ERROR,
        )
    for code, ticks in found.ticks.items():
        missing = [c.id for c in known.columns[code].choices if c.id not in ticks]
        if missing and code not in found.whole:
            yield Diagnostic(
                f"the columns of '{code}' for {', '.join(missing)} are missing",
                table.place(1, len(table.head)),
                "export the answers again, with all columns",
            )


def _near(code: str, headers: list[str], found: _Found) -> str:
    unknown = [headers[index] for index in found.unknown]
    hint = did_you_mean(code, unknown)
    return hint if hint.startswith("did") else "export the answers again, with all columns"


def _unknown(known: Known, table: Table, found: _Found) -> Iterator[Diagnostic]:
    names = [*known.columns, *known.google]
    for index in found.unknown:
        header = table.head[index]
        hint = did_you_mean(plain(header), names)
        yield Diagnostic(
            f"the survey has no column '{_short(header)}'; it is not read",
            table.place(1, index),
            hint if hint.startswith("did") else "",
            Severity.WARNING,
        )


def _short(text: str) -> str:
    return text if len(text) <= 60 else f"{text[:60]}…"
