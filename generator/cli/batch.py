"""The command that makes the documents of all units."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from .. import api
from ..errors import ExitCode
from ..messages import message
from . import output as printed
from .helped import command
from .options import AS_JSON, OUTPUT, ROUND
from .output import answer, end, out, print_faults, say, shown

if TYPE_CHECKING:
    from ..batch.foretelling import ForetoldBatch
    from ..model import RoundId


@command()
@click.argument("name", metavar="AGENCY")
@click.option("--documents", default="")
@click.option("--units", default="")
@ROUND
@OUTPUT
@click.option("-j", "--jobs", type=click.IntRange(1, 256))
@click.option("--cluster", metavar="ADDRESS")
@click.option("--seconds", type=float, default=120.0)
@click.option("--memory", type=int, default=1024)
@click.option("--force", is_flag=True)
@click.option("--prune", is_flag=True)
@click.option("--zip", is_flag=True)
@click.option("--merge", is_flag=True)
@click.option("--dry-run", is_flag=True)
@AS_JSON
def batch(
    name: str,
    documents: str,
    units: str,
    round_: RoundId | None,
    output: Path | None,
    jobs: int | None,
    cluster: str | None,
    seconds: float,
    memory: int,
    force: bool,
    prune: bool,
    zip: bool,
    merge: bool,
    dry_run: bool,
    as_json: bool,
) -> None:
    workspace = api.workspaces.around()
    request = api.batch.BatchRequest(
        api.batch.agency(workspace, name),
        (output or workspace.outputs).resolve(),
        api.batch.wanted(documents, units, round_),
        force=force,
        prune=prune,
        zip=zip,
        merge=merge,
    )
    if dry_run:
        _tell_plan(api.batch.foretold(workspace, request), workspace.root, as_json=as_json)
        return
    workforce = api.batch.BatchWorkforce(jobs, cluster, seconds, memory)
    watcher = api.batch.watcher(say, bar=printed.is_terminal())
    with watcher:
        report = api.batch.run(workspace, request, workforce, watcher)
    print_faults(report.faults, workspace.root)
    for note in report.notes:
        say(note, note=True)
    for path in shown(report.removed):
        say(message("document-removed", path=path))
    watcher.close(report)
    paths = shown(report.paths)
    if as_json:
        answer({"files": paths, **api.batch.as_json(report, workspace.root)})
    elif paths:
        out("\n".join(paths))
    if report.faults:
        end(ExitCode.BATCH)


def _tell_plan(plan: ForetoldBatch, root: Path, *, as_json: bool) -> None:
    """Say what would be made, and end as the batch would."""
    report = plan.report
    print_faults(report.faults, root)
    for note in report.notes:
        say(note, note=True)
    if as_json:
        documents = [
            {"name": one.name, "parts": one.parts, "new": one.new, "finished": one.finished}
            for one in plan.documents
        ]
        answer({"documents": documents, **api.batch.as_json(report, root)})
    else:
        for one in plan.documents:
            out(str(one.said))
        say(plan.summary())
    if report.faults:
        end(ExitCode.BATCH)


COMMANDS = (batch,)
