"""Commands on the workspace: checking, agencies, finished files, templates, the machine."""

from __future__ import annotations

from pathlib import Path

import click

from .. import api
from ..errors import ExitCode, VerificationError
from ..key_names import KEY_LANGUAGES, KeyLanguage
from ..messages import message
from .helped import command, group
from .options import AS_JSON
from .output import answer, end, out, print_faults, say, shown


@command()
@click.argument("paths", nargs=-1, required=True)
@AS_JSON
def check(paths: tuple[str, ...], as_json: bool) -> None:
    workspace = api.workspaces.around()
    checked = api.checking.check(workspace, paths)
    if as_json:
        answer(api.faults.as_json(checked.faults, workspace.root))
    else:
        print_faults(checked.faults, workspace.root)
        say(checked.summary)
    if checked.errors:
        end(ExitCode.DATA)


@command()
@click.option("--check", "only_check", is_flag=True)
def schema(only_check: bool) -> None:
    schemas = api.schema.schemas(api.workspaces.around())
    if not only_check:
        api.workspaces.publish(schemas.files)
        out("\n".join(shown(schemas.files)))
    elif schemas.stale:
        for path in shown(schemas.stale):
            say(message("schema-not-current", path=path))
        end(ExitCode.DATA)


@command()
@click.argument("directory", type=click.Path(path_type=Path))
@click.option("--from", "source")
@click.option(
    "--add",
    "kinds",
    multiple=True,
    metavar="KIND",
)
@click.option("--keys", type=click.Choice(KEY_LANGUAGES))
def init(
    directory: Path, source: str | None, kinds: tuple[str, ...], keys: KeyLanguage | None
) -> None:
    made = api.agencies.start(
        api.workspaces.around(), directory, source=source, kinds=kinds, keys=keys
    )
    api.workspaces.publish(made.files)
    for remark in made.remarks:
        say(remark)
    if made.files:
        out("\n".join(shown(made.files)))


@command()
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--check", "is_honest", is_flag=True)
@click.option(
    "--extract",
    type=click.Path(file_okay=False, path_type=Path),
    metavar="DIR",
)
@AS_JSON
def inspect(file: Path, is_honest: bool, extract: Path | None, as_json: bool) -> None:
    inspected = api.inspection.examine(file)
    told: dict[str, object] = {}
    lines: list[str] = []
    remarks: list[str] = []
    problems: tuple[str, ...] = ()
    if extract is not None:
        files, remarks = api.inspection.extracted(inspected, extract)
        api.workspaces.publish(files)
        told["files"] = lines = shown(files)
    if is_honest:
        problems, more = api.inspection.problems(api.workspaces.around(), inspected)
        told["problems"] = problems
        lines = [*lines, *(problems or [str(message("file-is-honest"))])]
        remarks = [*remarks, *more]
    if not told:
        told, lines = api.inspection.as_json(inspected), [*api.inspection.lines(inspected)]
    for remark in remarks:
        say(remark)
    answer(told) if as_json else out("\n".join(lines))
    if problems:
        raise VerificationError(message("file-not-honest", name=file.name))


@group()
def template() -> None:
    pass


@template.command("check")
def template_check() -> None:
    problems = api.templates.check(api.workspaces.around())
    for problem in problems:
        out(f"{problem}" if problem.error else f"{message('word-warning')}: {problem}", err=True)
    if any(problem.error for problem in problems):
        end(ExitCode.TEMPLATE)
    say(message("templates-in-order"))


@template.command("show")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
def template_show(file: Path) -> None:
    out(api.templates.text(file))


_COLOURS = {True: "green", False: "red"}


@command()
def doctor() -> None:
    findings = api.doctor.examine(api.workspaces.around())
    for finding in findings:
        word = message("is-good") if finding.good else message("is-missing")
        out(f"{word!s:7} {finding.what}: {finding.found}", str(word), _COLOURS[finding.good])
        if not finding.good:
            out(f"        {finding.remedy}")
    if not all(finding.good or finding.optional for finding in findings):
        end(ExitCode.MISSING)


COMMANDS = (check, schema, init, inspect, template, doctor)
