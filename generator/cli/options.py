"""Options that several commands take."""

from __future__ import annotations

from collections.abc import Callable
from functools import reduce
from pathlib import Path
from typing import Any

import click

AS_JSON = click.option("--json", "as_json", is_flag=True)
AGENCY = click.option("--agency")
OUTPUT = click.option("-o", "--output", type=click.Path(file_okay=False, path_type=Path))
ROUND = click.option("--round", "round_")
BLANK = click.option("--blank", is_flag=True)
FORMAT = click.option("--format", "form", type=click.Choice(["docx", "pdf", "all"]), default="all")
SURVEY = click.option("--survey", "survey_id", required=True)


ROOTS = click.option(
    "--root", "roots", multiple=True, envvar="GEN_ROOTS", type=click.Path(path_type=Path)
)
"""The certificates of authorities."""


def document_options(*, blank: bool = True) -> Callable[[Callable[..., None]], Any]:
    """What every command takes that makes a document; ``blank``: also as an empty form."""
    options = [AS_JSON, *([BLANK] * blank), AGENCY, OUTPUT, FORMAT, click.argument("file")]
    return lambda command: reduce(lambda made, decorate: decorate(made), options, command)
