"""A questionnaire's codes stand once, and its definitions can be worked out."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..agreements.blanks import BLANK
from ..agreements.files import DataFile
from ..diagnostics import Diagnostic, did_you_mean
from ..model import Survey, Wording
from ..survey import columns
from ..survey.figures import satisfaction_rows
from ..survey.headers import RESPONDENT

_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_]{0,59}")


_OPTION = re.compile(r"[A-Za-z0-9_]{1,40}")


def check(file: DataFile[Survey], wording: Wording | None) -> Iterator[Diagnostic]:
    """A questionnaire by itself."""
    yield from file.faults
    survey = file.model
    if survey is None:
        return
    yield from _codes(file, survey)
    yield from _definitions(file, survey, wording)
    known = {*survey.blanks, "unit", "agency", "year"}
    for match in BLANK.finditer(survey.place or ""):
        if match[1] not in known:
            yield Diagnostic(
                f"the blank [[{match[1]}]] is not declared",
                file.node.at("place"),
                did_you_mean(match[1], known),
            )


def _codes(file: DataFile[Survey], survey: Survey) -> Iterator[Diagnostic]:
    seen: set[str] = set()
    for column in columns(survey):
        if column.code in seen:
            yield Diagnostic(
                f"two columns of answers have the code '{column.code}'",
                file.node.location,
                "give every question, row and option an id of its own",
            )
        seen.add(column.code)
        ids = [choice.id for choice in column.choices]
        shapes = [(column.code, _NAME), *((option, _OPTION) for option in ids)]
        for code, shape in shapes:
            if not shape.fullmatch(code):
                yield Diagnostic(
                    f"'{code}' can't be a code of answers",
                    file.node.location,
                    "every program can read letters a to z, digits and _; questions begin with a "
                    "letter",
                )
        if column.code == RESPONDENT:
            yield Diagnostic(f"the code '{RESPONDENT}' is kept for who answers", file.node.location)
        for twice in sorted({one for one in ids if ids.count(one) > 1}):
            yield Diagnostic(
                f"two options of '{column.code}' have the code '{twice}'",
                file.node.location,
                "give every option an id of its own",
            )


def _definitions(
    file: DataFile[Survey], survey: Survey, wording: Wording | None
) -> Iterator[Diagnostic]:
    definitions, node = survey.definitions, file.node
    if not satisfaction_rows(survey):
        over = definitions.satisfaction.over
        yield Diagnostic(
            f"there is nothing to read satisfaction from over '{over}'",
            node.at("definitions", "satisfaction"),
            "mark a grid with measures: satisfaction, and its overall row with overall: true",
        )
    issues = [i for g in survey.grids if g.measures == "dissatisfaction" for i in g.issues]
    if definitions.dissatisfaction == "part3" and not issues:
        yield Diagnostic(
            "there are no issues to read dissatisfaction from",
            node.at("definitions", "dissatisfaction"),
            "mark the grid of the issues with measures: dissatisfaction",
        )
    bands = wording.survey.bands if wording is not None and wording.survey is not None else {}
    if wording is not None and definitions.bands not in bands:
        yield Diagnostic(
            f"unknown bands '{definitions.bands}'",
            node.at("definitions", "bands"),
            did_you_mean(definitions.bands, bands) or "wording.yaml: survey: bands holds none",
        )
    choices = {q.id for q in survey.questions if q.kind == "one"}
    if definitions.group_by is not None and definitions.group_by not in choices:
        yield Diagnostic(
            f"there is no question '{definitions.group_by}' with one answer to group by",
            node.at("definitions", "group_by"),
            did_you_mean(definitions.group_by, choices),
        )
    if not 0 < definitions.error < 1:
        yield Diagnostic(
            "the error is a share of one, such as 0.05", node.at("definitions", "error")
        )
