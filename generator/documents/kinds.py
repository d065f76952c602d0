"""The kinds of document: what each is called and how its context is built.

A kind joins the command line, the template check and the tests of parity and coverage by
standing in ``KINDS``; its templates are ``docx/<name>.docx`` and ``html/<name>.html``. What lists
finished documents stands in ``LISTINGS``: it isn't made from an agency's data, so no command makes
it from a file, and it carries no source.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from ..model.levels import UnitLevel
from ..model.papers import PAPERS
from . import (
    agreement,
    changes_page,
    chart,
    contents_page,
    framework,
    indicators,
    marked_page,
    personal,
    report,
    signature_status,
    summary,
    survey,
    survey_report,
)
from .common import DocumentSubject


@dataclass(frozen=True, slots=True)
class DocumentKind:
    """A kind of document: its name, its context's class, and what builds it.

    ``scope``: it is made of one unit (or, empty, of the agency's form), or of an agency with all
    its units. ``level``: its unit has to be of that level; of an agency's document, one of its
    units. ``of_round``: it is made of a round's results. ``of_survey``: it is of one
    questionnaire; with ``of_round``, of the answers to it. ``words``: the part of wording.yaml
    that it needs and an agency may lack, by its path. ``papers``: the sizes it comes in, the usual
    one first. ``formats``: what it is written in, and has templates for.
    ``lists_evidence``: it names the files that prove results, and their hashes are part of it.
    """

    name: str
    context: type
    build: Callable[[DocumentSubject], Any]
    scope: Literal["unit", "agency"] = "unit"
    level: UnitLevel | None = None
    of_round: bool = False
    of_survey: bool = False
    words: str = ""
    papers: tuple[str, ...] = ()
    formats: tuple[str, ...] = ("docx", "pdf")
    lists_evidence: bool = False

    @property
    def is_questionnaire(self) -> bool:
        """Whether it asks: it is of a survey, and of no answers."""
        return self.of_survey and not self.of_round

    @property
    def reports_answers(self) -> bool:
        """Whether it says what was answered to a survey."""
        return self.of_survey and self.of_round

    @property
    def word(self) -> str:
        """The name of its Word template, whatever paper it is for."""
        return f"{self.name}.docx"

    @property
    def word_templates(self) -> tuple[str, ...]:
        """The names of all its Word templates."""
        return (self.word,) if "docx" in self.formats else ()

    @property
    def templates(self) -> tuple[tuple[str, str], ...]:
        """Its templates: the folder of their form, and the name."""
        web = (("html", f"{self.name}.html"),) if "pdf" in self.formats else ()
        return (*(("docx", name) for name in self.word_templates), *web)


KINDS: Mapping[str, DocumentKind] = {
    kind.name: kind
    for kind in (
        DocumentKind("agreement", agreement.Agreement, agreement.build),
        DocumentKind("indicators", indicators.Indicators, indicators.build, words="sheet"),
        DocumentKind(
            "personal", personal.PersonalForms, personal.build, level="person", words="personal"
        ),
        DocumentKind(
            "report",
            report.ResultReport,
            report.build,
            of_round=True,
            words="report",
            lists_evidence=True,
        ),
        DocumentKind(
            "summary",
            summary.AgencySummary,
            summary.build,
            scope="agency",
            of_round=True,
            words="summary",
        ),
        DocumentKind(
            "framework",
            framework.Framework,
            framework.build,
            scope="agency",
            words="framework",
        ),
        DocumentKind(
            "chart",
            chart.WallChart,
            chart.build,
            scope="agency",
            level="department",
            words="chart",
            papers=PAPERS,
        ),
        DocumentKind("survey", survey.PrintedForm, survey.build, of_survey=True, words="survey"),
        DocumentKind(
            "survey-report",
            survey_report.SurveyReport,
            survey_report.build,
            of_round=True,
            of_survey=True,
            words="survey.report",
        ),
    )
}

LISTINGS: Mapping[str, DocumentKind] = {
    kind.name: kind
    for kind in (
        DocumentKind(
            "contents",
            contents_page.ContentsPage,
            contents_page.build,
            scope="agency",
            formats=("pdf",),
        ),
        DocumentKind(
            "status",
            signature_status.SignatureOverview,
            signature_status.build,
            scope="agency",
            formats=("pdf",),
        ),
        DocumentKind(
            "changes",
            changes_page.ChangesPage,
            changes_page.build,
            scope="agency",
            formats=("pdf",),
        ),
        DocumentKind(
            "marked",
            marked_page.MarkedPages,
            marked_page.build,
            scope="agency",
            formats=("pdf",),
        ),
    )
}

EVERY_KIND: Mapping[str, DocumentKind] = {**KINDS, **LISTINGS}
