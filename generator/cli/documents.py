"""Commands that make a document of a unit or an agency, once or whenever it changes."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from .. import api
from ..errors import GenError, UsageError
from ..messages import message
from .helped import command
from .options import ROUND, document_options
from .output import answer, deliver, flush, found, out, print_error

if TYPE_CHECKING:
    from ..model import RoundId
    from ..model.papers import PaperSize


@command()
@document_options()
@click.option("--sheets/--no-sheets", default=True)
def agreement(**options: Any) -> None:
    make("agreement", **options)


@command()
@document_options()
def indicators(**options: Any) -> None:
    make("indicators", **options)


@command()
@document_options(blank=False)
@click.option("--chart", is_flag=True)
@click.option("--paper", type=click.Choice(["a4", "a3", "a2", "a1"]))
@click.option("--trace", metavar="INDICATOR")
def framework(chart: bool, paper: PaperSize | None, trace: str | None, **options: Any) -> None:
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


@command()
@document_options()
@ROUND
def report(**options: Any) -> None:
    make("report", **options)


@command()
@document_options()
@ROUND
def personal(**options: Any) -> None:
    make("personal", **options)


@command()
@document_options()
@click.option("--document", "kind", default="agreement")
@ROUND
def watch(kind: str, **options: Any) -> None:
    workspace = api.workspaces.around()
    target = api.workspaces.find(workspace, options["file"], options["agency"])
    changes = api.watching.changes(workspace, kind, target)
    with api.watching.remembering():
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
    paper: PaperSize = "a3",
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
