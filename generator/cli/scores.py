"""Commands on results and scores: the workbook they are reported in, the scores, target levels."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Literal

import click

from .. import api
from ..errors import ExitCode
from .helped import command, group
from .options import AGENCY, AS_JSON, OUTPUT, ROUND
from .output import answer, deliver, end, found, out, print_faults

if TYPE_CHECKING:
    from ..model import RoundId


@command()
@click.argument("file")
@ROUND
@AGENCY
@click.option("--explain", metavar="INDICATOR")
@click.option(
    "--what-if",
    "suppositions",
    metavar="INDICATOR=VALUE",
    multiple=True,
)
@click.option("--need", "grade", metavar="GRADE")
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


@group()
def results() -> None:
    pass


@results.command("template")
@click.argument("file")
@click.option("--round", "round_id", required=True)
@OUTPUT
@AGENCY
@AS_JSON
def results_template(
    file: str, round_id: str, output: Path | None, agency: str | None, as_json: bool
) -> None:
    workspace = api.workspaces.around()
    target = found(workspace, file, agency)
    made = api.results.template(workspace, target, round_id, output)
    deliver(workspace, made.files, as_json=as_json)


@results.command("import")
@click.argument("file", metavar="WORKBOOK", type=click.Path(path_type=Path))
@click.option("--replace", is_flag=True)
@AS_JSON
def results_import(file: Path, replace: bool, as_json: bool) -> None:
    workspace = api.workspaces.around()
    made = api.results.take_in(workspace, file, over=replace)
    deliver(workspace, made.files, made.warnings, as_json=as_json)


@group()
def targets() -> None:
    pass


@targets.command("around")
@click.argument("baseline")
@click.argument("step")
@click.option("--measure", default="")
def targets_around(baseline: str, step: str, measure: str) -> None:
    out(api.targets.around(baseline, step, measure))


@targets.command("six-months")
@click.option("--year", type=click.Choice(["quantity", "steps"]), required=True)
@click.option("--half", type=click.Choice(["quantity", "steps"]), required=True)
@click.option("--target")
def targets_six_months(
    year: Literal["quantity", "steps"], half: Literal["quantity", "steps"], target: str | None
) -> None:
    out(api.targets.six_months(year, half, target))


COMMANDS = (score, results, targets)
