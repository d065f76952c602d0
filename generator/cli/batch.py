"""The command that makes the documents of all units."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from .. import api
from ..errors import ExitCode
from ..messages import message
from . import output as printed
from .options import AS_JSON, OUTPUT, ROUND
from .output import answer, end, out, print_faults, say, shown

if TYPE_CHECKING:
    from ..model import RoundId


@click.command()
@click.argument("name", metavar="AGENCY")
@click.option(
    "--documents", default="", help="Which, with commas between; without it, those every unit has."
)
@click.option("--units", default="", help="Only these units, with commas between.")
@ROUND
@OUTPUT
@click.option("-j", "--jobs", type=click.IntRange(1, 256), help="So many processes.")
@click.option("--cluster", metavar="ADDRESS", help="A Dask scheduler (tcp://…) has it all done.")
@click.option("--seconds", type=float, default=120.0, help="What one document may take (120).")
@click.option("--memory", type=int, default=1024, help="MiB that one process may use (1024).")
@click.option("--force", is_flag=True, help="Also replace documents that were edited by hand.")
@click.option("--prune", is_flag=True, help="Remove documents whose unit is gone.")
@click.option("--zip", is_flag=True, help="An archive a unit, and one of all with its contents.")
@click.option("--merge", is_flag=True, help="One PDF of all documents, to print.")
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
    as_json: bool,
) -> None:
    """Make the documents of all units of AGENCY, where something changed.

    Every fault is listed, and none stops the other documents. A unit's data, the templates, the
    fonts and the versions decide whether its documents are made again.
    """
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


COMMANDS = (batch,)
