"""Commands that make a document of a unit or an agency, once or whenever it changes."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import click

from .. import api
from ..errors import GenError, UsageError
from ..messages import message
from .options import ROUND, document_options
from .output import answer, deliver, flush, found, out, print_error

if TYPE_CHECKING:
    from ..model import RoundId


@click.command()
@document_options()
@click.option("--sheets/--no-sheets", default=True, help="With the indicators' sheets, or without.")
def agreement(**options: Any) -> None:
    """Make the agreement of FILE: the form both parties sign, with its tables and sheets.

    FILE is a unit's file, or just its name (กอส.yaml, กอส); with --blank also an agency.
    """
    make("agreement", **options)


@click.command()
@document_options()
def indicators(**options: Any) -> None:
    """Make the sheets of FILE's indicators alone; --blank prints the two empty sheets."""
    make("indicators", **options)


@click.command()
@document_options(blank=False)
@click.option("--chart", is_flag=True, help="The department's framework on one page.")
@click.option(
    "--paper", type=click.Choice(["a3", "a4"]), help="The size of that page; a3 where not given."
)
@click.option("--trace", metavar="INDICATOR", help="Show how this indicator comes down instead.")
def framework(
    chart: bool, paper: Literal["a3", "a4"] | None, trace: str | None, **options: Any
) -> None:
    """Make the framework of FILE, an agency: the cascade matrix and every unit's frame.

    With --chart one page for the wall: weights, strategies, indicators, projects, levels. With
    --trace no file is written: it shows from which unit's indicator each unit's derives, of a
    whole agency or of one unit.
    """
    if paper and not chart:
        raise UsageError(message("paper-without-chart"))
    if trace is None:
        make("chart" if chart else "framework", paper=paper or "a3", **options)
        return
    if chart:
        raise UsageError(message("trace-with-chart"))
    target = found(api.workspaces.around(), options["file"], options["agency"])
    links = api.cascade.trace(target, trace)
    if options["as_json"]:
        answer(api.cascade.as_json(links), indent=1)
    else:
        out("\n".join(api.cascade.lines(links)))


@click.command()
@document_options()
@ROUND
def report(**options: Any) -> None:
    """Make the report of FILE's results in a round, with every score and how it came about.

    Of an agency it is the summary: every unit by level, ranked or why not, scores, grades.
    """
    make("report", **options)


@click.command()
@document_options()
@ROUND
def personal(**options: Any) -> None:
    """Make the forms of FILE, a person: duties, results of work (ปผ.2), competencies (ปผ.3).

    All rounds ahead, without results; with --round that round, with scores.
    """
    make("personal", **options)


@click.command()
@document_options()
@click.option("--document", "kind", default="agreement", help="Which (agreement).")
@ROUND
def watch(kind: str, **options: Any) -> None:
    """Make a document of FILE, and again each time something it is made of is saved.

    Faults are listed and waited out. Ctrl-C ends it.
    """
    workspace = api.workspaces.around()
    target = api.workspaces.find(workspace, options["file"], options["agency"])
    changes = api.watching.changes(workspace, kind, target)
    while True:
        try:
            make(kind, **options)
        except GenError as error:
            print_error(error)
        flush()
        next(changes)


def make(
    kind: str,
    file: str,
    *,
    form: str,
    agency: str | None,
    output: Path | None,
    as_json: bool,
    blank: bool = False,
    sheets: bool = True,
    round_: RoundId | None = None,
    paper: Literal["a3", "a4"] = "a3",
    survey: str = "",
) -> None:
    """Make one document, put it in its place, and say where that is."""
    workspace = api.workspaces.around()
    made = api.documents.make(
        workspace,
        kind,
        found(workspace, file, agency),
        formats=api.documents.formats(form),
        options=api.documents.DocumentOptions(
            scope="form" if blank else "unit",
            sheets=sheets,
            round=round_ or "",
            survey=survey,
            paper=paper,
        ),
        base=output,
    )
    deliver(workspace, made.files, made.warnings, as_json=as_json)


COMMANDS = (agreement, indicators, framework, report, personal, watch)
