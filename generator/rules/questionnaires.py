"""A questionnaire's codes stand once, and its definitions can be worked out."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..agreements.blanks import BLANK
from ..agreements.files import DataFile
from ..agreements.printed_texts import printed_texts
from ..diagnostics import Diagnostic, did_you_mean, fault
from ..messages import message
from ..model import Survey, Wording
from ..survey import columns
from ..survey.figures import satisfaction_rows
from ..survey.headers import RESPONDENT
from . import rating_scales

_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_]{0,59}")


FILLED = ("place", "sender", "purpose", "privacy", "hand_in")
"""The texts of a questionnaire that may hold ``[[unit]]`` and its blanks."""

_OPTION = re.compile(r"[A-Za-z0-9_]{1,40}")


def check(file: DataFile[Survey], wording: Wording | None) -> Iterator[Diagnostic]:
    """A questionnaire by itself."""
    yield from file.faults
    survey = file.model
    if survey is None:
        return
    yield from _codes(file, survey)
    yield from _definitions(file, survey, wording)
    yield from rating_scales.check(file, survey, wording)
    known = {*survey.blanks, "unit", "agency", "year"}
    for name in FILLED:
        for match in BLANK.finditer(getattr(survey, name) or ""):
            if match[1] not in known:
                yield fault(
                    "blank-not-declared",
                    file.node.at(name),
                    hint=did_you_mean(match[1], known),
                    name=match[1],
                )
    yield from _never_filled(file)


def _never_filled(file: DataFile[Survey]) -> Iterator[Diagnostic]:
    """Other texts of a questionnaire than ``FILLED`` would print the brackets."""
    filled = [file.node.child(name) for name in FILLED]
    for node in printed_texts(file.node, Survey):
        if not any(node is one for one in filled) and isinstance(node.value, str):
            for match in BLANK.finditer(node.value):
                yield fault("blank-never-filled", node.location, name=match[0])


def _codes(file: DataFile[Survey], survey: Survey) -> Iterator[Diagnostic]:
    seen: set[str] = set()
    for column in columns(survey):
        if column.code in seen:
            yield fault("answer-code-twice", file.node.location, column=column.code)
        seen.add(column.code)
        ids = [choice.id for choice in column.choices]
        shapes = [(column.code, _NAME), *((option, _OPTION) for option in ids)]
        for code, shape in shapes:
            if not shape.fullmatch(code):
                yield fault("answer-code-unusable", file.node.location, column=code)
        if column.code == RESPONDENT:
            yield fault("answer-code-reserved", file.node.location, column=RESPONDENT)
        for twice in sorted({one for one in ids if ids.count(one) > 1}):
            yield fault("option-code-twice", file.node.location, column=column.code, option=twice)


def _definitions(
    file: DataFile[Survey], survey: Survey, wording: Wording | None
) -> Iterator[Diagnostic]:
    definitions, node = survey.definitions, file.node
    if not satisfaction_rows(survey):
        over = definitions.satisfaction.over
        yield fault("no-satisfaction-to-read", node.at("definitions", "satisfaction"), over=over)
    issues = [i for g in survey.grids if g.measures == "dissatisfaction" for i in g.issues]
    if definitions.dissatisfaction == "part3" and not issues:
        yield fault("no-dissatisfaction-to-read", node.at("definitions", "dissatisfaction"))
    bands = wording.survey.bands if wording is not None and wording.survey is not None else {}
    if wording is not None and definitions.bands not in bands:
        yield fault(
            "unknown-bands",
            node.at("definitions", "bands"),
            hint=did_you_mean(definitions.bands, bands) or message("no-bands"),
            name=definitions.bands,
        )
    choices = {q.id for q in survey.questions if q.kind == "one"}
    if definitions.group_by is not None and definitions.group_by not in choices:
        yield fault(
            "no-question-to-group-by",
            node.at("definitions", "group_by"),
            hint=did_you_mean(definitions.group_by, choices),
            name=definitions.group_by,
        )
    if not 0 < definitions.error < 1:
        yield fault("error-is-no-share", node.at("definitions", "error"))
