"""Commands on versions of documents: what changed between two, and what somebody edited."""

from __future__ import annotations

from pathlib import Path

import click

from .. import api
from ..errors import DataError
from ..messages import message
from .helped import command
from .options import AGENCY, AS_JSON, OUTPUT, ROUND
from .output import answer, out, say, shown


@command()
@click.argument("old")
@click.argument("new")
@click.option("--kind")
@ROUND
@AGENCY
@click.option(
    "--format", "form", type=click.Choice(["docx", "pdf", "list", "none", "all"]), default="all"
)
@OUTPUT
@AS_JSON
def diff(
    old: str,
    new: str,
    kind: str | None,
    round_: str | None,
    agency: str | None,
    form: str,
    output: Path | None,
    as_json: bool,
) -> None:
    workspace = api.workspaces.around()
    every = api.comparisons.FORMATS
    formats = every if form == "all" else tuple(one for one in every if one == form)
    found = api.comparisons.compare(
        workspace,
        old,
        new,
        kind=kind,
        round_=round_ or "",
        agency=agency,
        formats=formats,
        base=output,
    )
    api.workspaces.publish(found.files)
    paths = shown(found.files)
    if as_json:
        answer({**api.comparisons.as_json(found), "files": paths})
        return
    for remark in found.unmade:
        say(remark, note=True)
    for line in api.comparisons.lines(found):
        say(line)
    if not found.changes.values:
        say(message("versions-alike"))
    out("\n".join(paths))


@command()
@click.argument("edited", type=click.Path(path_type=Path))
@click.option("--of")
@click.option("--kind")
@AGENCY
@click.option("--dry-run", is_flag=True)
@AS_JSON
def read_back(
    edited: Path, of: str | None, kind: str | None, agency: str | None, dry_run: bool, as_json: bool
) -> None:
    workspace = api.workspaces.around()
    found = api.reading_back.take_back(workspace, edited, of=of, kind=kind, agency=agency)
    if as_json:
        answer({**api.reading_back.as_json(found), "files": shown(found.files)})
    else:
        for remark in found.remarks:
            say(remark)
        if not found.back and not found.left:
            say(message("nothing-edited"))
        else:
            say(message("edits-led-back", led=len(found.back), left=len(found.left)))
        for line in api.reading_back.lines(found):
            say(line)
        for line in api.reading_back.left_lines(found):
            say(line, note=True)
    if found.faults:
        raise DataError(message("faults-if-read-back"), diagnostics=found.faults)
    if dry_run:
        say(message("nothing-written-yet"))
        return
    api.workspaces.publish(found.files)
    if not as_json:
        out("\n".join(shown(found.files)))


COMMANDS = (diff, read_back)
