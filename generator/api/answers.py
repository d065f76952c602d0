"""Surveys of a unit as pages show them: which there are, what was counted, rows at fault."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from .. import rules, survey
from ..agreements import reading
from ..agreements.files import valid_file
from ..agreements.lookup import Target
from ..diagnostics import Diagnostic
from ..errors import UsageError
from ..importing.responses import CountedAnswers, table
from ..messages import message
from ..model import SurveyUse
from ..model.round_sets import rounds_of
from ..survey.uses import named, uses
from ..workspace import folders

__all__ = ["AskedSurvey", "CountedQuestion", "counted", "questions", "rows_at_fault", "surveys"]


@dataclass(frozen=True, slots=True)
class AskedSurvey:
    """A survey that a unit may ask: whether its indicators name it, and where it was counted.

    ``rounds`` are ids and names, each with whether answers were counted.
    """

    id: str
    title: str
    used: bool
    rounds: tuple[tuple[str, str, bool], ...]


@dataclass(frozen=True, slots=True)
class CountedQuestion:
    """A question and how often each answer was given."""

    code: str
    words: str
    answers: tuple[tuple[str, int], ...]


def surveys(target: Target) -> tuple[AskedSurvey, ...]:
    """The surveys of a unit, those that its indicators name first. Raises DataError."""
    folder = rules.valid(reading.read_agency(target.folder))
    assert target.unit is not None
    unit = reading.read_unit(folder, target.unit)
    own = uses(unit) if unit.file.model is not None else {}
    rounds = rounds_of(unit.unit, folder.agency.model) if unit.file.model is not None else ()
    found = []
    for key in dict.fromkeys((*own, *folder.surveys)):
        file = folder.surveys.get(key)
        if file is None or file.model is None:
            continue
        there = tuple(
            (one.id, one.name, folders.is_file(folder.answer_path(one.id, unit.id, key)))
            for one in rounds
        )
        found.append(AskedSurvey(key, " ".join(file.model.title), key in own, there))
    return tuple(found)


def counted(target: Target, survey_id: str, round_: str) -> CountedAnswers | None:
    """The answers that were counted; None where none were. Raises DataError, UsageError."""
    folder = rules.valid(reading.read_agency(target.folder))
    assert target.unit is not None
    unit = reading.read_unit(folder, target.unit)
    name = named(folder, survey_id)
    if round_ not in [one.id for one in rounds_of(unit.unit, folder.agency.model)]:
        raise UsageError(message("unit-without-round", name=round_, rounds=""))
    path = folder.answer_path(round_, unit.id, name)
    if not folders.is_file(path):
        return None
    answers = valid_file(reading.read_answers(path)).model
    model = valid_file(folder.surveys[name]).model
    use = uses(unit).get(name, SurveyUse(survey=name))
    return CountedAnswers({}, name, model, use, answers)


def questions(found: CountedAnswers) -> tuple[CountedQuestion, ...]:
    """The questions with their counts, in the order of the questionnaire."""
    items: Mapping[str, Mapping[str, int]] = found.answers.items
    return tuple(
        CountedQuestion(column.code, column.label, tuple(_named(column, items[column.code])))
        for column in survey.columns(found.survey)
        if column.code in items
    )


def _named(column: survey.AnswerColumn, counts: Mapping[str, int]) -> Iterable[tuple[str, int]]:
    words = {one.id: one.text for one in column.choices}
    order = [*words, *(key for key in counts if key not in words)]
    return ((words.get(key, key), counts[key]) for key in order if key in counts)


def rows_at_fault(
    faults: Iterable[Diagnostic], files: Mapping[Path, bytes]
) -> list[dict[str, Any]]:
    """Faults of files of answers, each with the head and the row that it is in."""
    read = {path: table.read(path, data).tables for path, data in files.items()}
    return [
        {
            "file": fault.location.path.name,
            "row": fault.location.line,
            "column": fault.location.column,
            "message": fault.message,
            "hint": fault.hint,
            "cells": _row(read, fault),
        }
        for fault in faults
    ]


def _row(read: Mapping[Path, Iterable[table.Table]], fault: Diagnostic) -> list[str]:
    for path, tables in read.items():
        if path.name != fault.location.path.name:
            continue
        for one in tables:
            for number, cells in one.lines:
                if number == fault.location.line:
                    return [cell if isinstance(cell, str) else "" for cell in cells][:60]
    return []
