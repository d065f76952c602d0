"""Commands on versions of documents: what changed between two, and what somebody edited."""

from __future__ import annotations

from pathlib import Path

import click

from .. import api
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


COMMANDS = (diff,)
