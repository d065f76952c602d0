"""The command that reads old agreements in Word."""

from __future__ import annotations

from pathlib import Path

import click

from .. import api
from ..errors import ExitCode
from ..messages import message
from .helped import command
from .options import AS_JSON
from .output import answer, end, out, print_faults, say, shown

MOST_SHOWN = 20
"""So many lines that are left over are shown; all of them stand in the files and on the page."""


@command()
@click.argument(
    "files", metavar="FILES", nargs=-1, required=True, type=click.Path(exists=True, path_type=Path)
)
@click.option("--into", required=True, metavar="AGENCY")
@click.option("--report", "report_to", type=click.Path(dir_okay=False, path_type=Path))
@click.option("--dry-run", is_flag=True)
@AS_JSON
def import_(
    files: tuple[Path, ...], into: str, report_to: Path | None, dry_run: bool, as_json: bool
) -> None:
    workspace = api.workspaces.around()
    taken = api.word_files.take_in(workspace, files, into, report_to=report_to)
    if not dry_run:
        api.workspaces.publish(taken.files)
    paths = shown(taken.files)
    for remark in taken.remarks:
        say(remark)
    print_faults(taken.faults, workspace.root)
    if as_json:
        answer(
            {
                "files": paths,
                "written": not dry_run,
                "lines": taken.lines,
                **taken.told,
                "faults": api.faults.as_json(taken.faults, workspace.root),
                "questions": api.faults.as_json(taken.questions, workspace.root),
            }
        )
    else:
        for one in taken.left[:MOST_SHOWN]:
            say(
                message("left-over", place=one.line.where.said(), text=one.line.said).about(
                    one.file
                )
            )
        if taken.questions:
            print_faults(taken.questions, workspace.root)
        say(message("imported-lines", lines=taken.lines, left=len(taken.left)))
        if dry_run:
            say(message("nothing-written-yet"))
        else:
            out("\n".join(paths))
    if taken.faults:
        end(ExitCode.DATA)


import_.name = "import"

COMMANDS = (import_,)
