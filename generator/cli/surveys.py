"""Commands on questionnaires: the forms, the answers to them, the report."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Literal

import click

from .. import api
from . import documents
from .helped import HelpedGroup
from .options import AGENCY, AS_JSON, ROUND, SURVEY, document_options
from .output import answer, deliver, found, out, print_faults, shown


class WithDefault(HelpedGroup):
    """A group whose command ``form`` is meant where the first word is none of its commands.

    So ``gen survey FILE`` makes the questionnaire beside ``gen survey score FILE``; a file that
    is called like a command is named by its path (``./score``).
    """

    default = "form"

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Put the default command before words that name no command."""
        known = {*self.commands, *ctx.help_option_names}
        if args and args[0] not in known and self.default in self.commands:
            args = [self.default, *args]
        return super().parse_args(ctx, args)


@click.group(cls=WithDefault)
def survey() -> None:
    pass


@survey.command("form")
@document_options()
@click.option("--survey", "survey_id", metavar="ID")
@click.option("--large-print", "layout", flag_value="large")
@click.option("--fillable", "layout", flag_value="fillable")
@click.option("--booklet", "layout", flag_value="booklet")
@click.option("--copies", type=click.IntRange(1, 5000), default=1)
@click.option("--serial", is_flag=True)
@click.option(
    "--export",
    "twin",
    type=click.Choice(["xlsform", "google", "csv-template"]),
)
def survey_form(
    file: str,
    survey_id: str | None,
    layout: Literal["large", "fillable", "booklet"] | None,
    copies: int,
    serial: bool,
    twin: Literal["xlsform", "google", "csv-template"] | None,
    form: str,
    output: Path | None,
    agency: str | None,
    as_json: bool,
    blank: bool,
) -> None:
    workspace = api.workspaces.around()
    target = found(workspace, file, agency, of_surveys=True)
    if twin is not None:
        made = api.surveys.export(workspace, target, survey_id, twin, output)
    else:
        made = api.surveys.make(
            workspace,
            target,
            survey_id,
            blank=blank,
            layout=layout or "",
            formats=api.documents.formats(form),
            base=output,
            copies=api.surveys.Copies(copies, serial),
        )
    deliver(workspace, made.files, made.warnings, as_json=as_json)


@survey.command("score")
@click.argument("file")
@click.argument(
    "responses",
    nargs=-1,
    required=True,
    type=click.Path(path_type=Path, dir_okay=False),
)
@SURVEY
@click.option("--round", "round_id", required=True)
@click.option("--replace", is_flag=True)
@click.option("--rejected", is_flag=True)
@AGENCY
@AS_JSON
def survey_score(
    file: str,
    responses: tuple[Path, ...],
    survey_id: str,
    round_id: str,
    replace: bool,
    rejected: bool,
    agency: str | None,
    as_json: bool,
) -> None:
    from . import answers_board

    workspace = api.workspaces.around()
    target = found(workspace, file, agency)
    counted = api.surveys.count(
        workspace, target, survey_id, round_id, responses, over=replace, with_rejected=rejected
    )
    api.workspaces.publish(counted.files)
    print_faults(counted.remarks, workspace.root)
    paths = shown(counted.files)
    if as_json:
        answer({"files": paths, **api.surveys.as_json(counted)})
        return
    for line, colour in answers_board.lines(counted):
        out(line, fg=colour, err=True)
    out("\n".join(paths))


@survey.command("read")
@click.argument("file")
@click.argument("scans", nargs=-1, type=click.Path(path_type=Path))
@SURVEY
@click.option("--round", "round_id", required=True)
@click.option("--decided", multiple=True, type=click.Path(path_type=Path, dir_okay=False))
@click.option("--map", "maps", multiple=True, type=click.Path(path_type=Path, dir_okay=False))
@click.option("--explain", metavar="ID")
@click.option("--replace", is_flag=True)
@click.option("--processes", type=click.IntRange(1, 64))
@AGENCY
@AS_JSON
def survey_read(
    file: str,
    scans: tuple[Path, ...],
    survey_id: str,
    round_id: str,
    decided: tuple[Path, ...],
    maps: tuple[Path, ...],
    explain: str | None,
    replace: bool,
    processes: int | None,
    agency: str | None,
    as_json: bool,
) -> None:
    from . import scans_board

    workspace = api.workspaces.around()
    target = found(workspace, file, agency)
    asked = api.scans.ScansAsked(scans, decided, maps, replace, processes or 0)
    read = api.scans.read(
        workspace, target, survey_id, round_id, asked, scans_board.progress(quiet=as_json)
    )
    scans_board.tell(workspace, read, explain, as_json=as_json)


@survey.command("report")
@document_options(blank=False)
@SURVEY
@ROUND
def survey_report(survey_id: str, **options: Any) -> None:
    documents.make("survey-report", survey=survey_id, **options)


COMMANDS = (survey,)
