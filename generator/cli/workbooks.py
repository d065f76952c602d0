"""Commands on the workbook of a whole agency: out, and what was changed in it in again."""

from __future__ import annotations

from pathlib import Path

import click

from .. import api
from ..messages import message
from ..workspace import supervision
from .helped import group
from .options import AS_JSON, OUTPUT
from .output import answer, deliver, found, out, say, shown

_MEMORY = 3072
"""What a department's workbook may take to read, in MiB, unless the command is told a limit."""


@group()
def workbook() -> None:
    pass


@workbook.command("export")
@click.argument("agency")
@OUTPUT
@AS_JSON
def workbook_export(agency: str, output: Path | None, as_json: bool) -> None:
    workspace = api.workspaces.around()
    target = found(workspace, agency)
    deliver(workspace, api.agency_books.export(workspace, target.folder, output), as_json=as_json)


@workbook.command("import")
@click.argument("file", metavar="WORKBOOK", type=click.Path(path_type=Path))
@click.option("--dry-run", is_flag=True)
@AS_JSON
def workbook_import(file: Path, dry_run: bool, as_json: bool) -> None:
    if click.get_current_context().find_root().params.get("memory") is None:
        supervision.limit(None, _MEMORY)
    workspace = api.workspaces.around()
    taken = api.agency_books.take_in(workspace, file)
    if not dry_run:
        api.workspaces.publish(taken.files)
    for remark in taken.remarks:
        say(remark)
    paths = shown(taken.files)
    if as_json:
        answer({"files": paths, "changes": taken.told, "written": not dry_run})
        return
    for line in taken.lines:
        say(line)
    if not taken.files:
        say(message("nothing-changed-in-workbook"))
    elif dry_run:
        say(message("nothing-written-yet"))
    else:
        out("\n".join(paths))


COMMANDS = (workbook,)
