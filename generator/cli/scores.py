"""Commands on results and scores: the workbook they are reported in, the scores, target levels."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Literal

import click

from .. import api
from ..errors import ExitCode
from .options import AGENCY, AS_JSON, OUTPUT, ROUND
from .output import answer, deliver, end, found, out, print_faults

if TYPE_CHECKING:
    from ..model import RoundId


@click.command()
@click.argument("file")
@ROUND
@AGENCY
@click.option("--explain", metavar="INDICATOR", help="How this indicator's score came about.")
@click.option(
    "--what-if",
    "suppositions",
    metavar="INDICATOR=VALUE",
    multiple=True,
    help="What the score would be with this result, or with INDICATOR.FIGURE=VALUE; several.",
)
@click.option(
    "--need", "grade", metavar="GRADE", help="The least result of each open indicator for it."
)
@AS_JSON
def score(
    file: str,
    round_: RoundId | None,
    agency: str | None,
    explain: str | None,
    suppositions: tuple[str, ...],
    grade: str | None,
    as_json: bool,
) -> None:
    """Show the scores of FILE's results in a round; no files are written."""
    from . import needs_board, scoreboard

    workspace = api.workspaces.around()
    target = found(workspace, file, agency)
    if grade is not None:
        needed = api.needs.need(target, round_, grade, suppositions)
        if as_json:
            answer(api.needs.as_json(needed), indent=1)
        else:
            for line, colour in needs_board.lines(needed):
                out(line, fg=colour)
        return
    supposed = api.scores.suppose(target, round_, suppositions) if suppositions else None
    scored = supposed.supposed if supposed else api.scores.score(target, round_)
    if as_json:
        answer(api.scores.as_json(supposed or scored, explain), indent=1)
    else:
        if supposed is None or explain is not None:
            lines = scoreboard.lines(scored, explain)
        else:
            lines = scoreboard.changes(supposed)
        for line, colour in lines:
            out(line, fg=colour)
    print_faults(scored.score.faults, workspace.root)
    if scored.score.faults:
        end(ExitCode.DATA)


@click.group()
def results() -> None:
    """Report results in an Excel workbook."""


@results.command("template")
@click.argument("file")
@click.option("--round", "round_id", required=True, help="The round that is reported, by its id.")
@OUTPUT
@AGENCY
@AS_JSON
def results_template(
    file: str, round_id: str, output: Path | None, agency: str | None, as_json: bool
) -> None:
    """Make the workbook in which FILE, a unit, reports a round's results.

    What is reported already is filled in.
    """
    workspace = api.workspaces.around()
    target = found(workspace, file, agency)
    made = api.results.template(workspace, target, round_id, output)
    deliver(workspace, made.files, as_json=as_json)


@results.command("import")
@click.argument("file", metavar="WORKBOOK", type=click.Path(path_type=Path))
@click.option("--replace", is_flag=True, help="In place of the results that are there.")
@AS_JSON
def results_import(file: Path, replace: bool, as_json: bool) -> None:
    """Write what stands in a filled-in WORKBOOK to results/ROUND/UNIT.yaml.

    Every cell that is at fault is named, and then nothing is written.
    """
    workspace = api.workspaces.around()
    made = api.results.take_in(workspace, file, over=replace)
    deliver(workspace, made.files, made.warnings, as_json=as_json)


@click.group()
def targets() -> None:
    """Work out target levels as the manual does."""


@targets.command("around")
@click.argument("baseline")
@click.argument("step")
@click.option("--measure", default="", help="The word before each figure, such as ร้อยละ.")
def targets_around(baseline: str, step: str, measure: str) -> None:
    """Five levels a STEP apart with BASELINE in the middle, ready for an indicator's file."""
    out(api.targets.around(baseline, step, measure))


@targets.command("six-months")
@click.option("--year", type=click.Choice(["quantity", "steps"]), required=True)
@click.option("--half", type=click.Choice(["quantity", "steps"]), required=True)
@click.option("--target", help="The year's basic target, where it is a quantity.")
def targets_six_months(
    year: Literal["quantity", "steps"], half: Literal["quantity", "steps"], target: str | None
) -> None:
    """The first six months' target, by what the criteria of the year and of the half are."""
    out(api.targets.six_months(year, half, target))


COMMANDS = (score, results, targets)
