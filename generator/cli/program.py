"""All commands together.

What a command needs is imported when it runs, so that ``gen --help`` starts at once.
"""

from __future__ import annotations

from typing import NoReturn

import click

from .. import __version__
from ..workspace import supervision
from . import (
    batch,
    comparing,
    documents,
    language,
    output,
    scores,
    signing,
    studio,
    surveys,
    word_files,
    workbooks,
    workspace,
)
from .helped import group

CONTEXT = {"help_option_names": ["-h", "--help"], "max_content_width": 100}


@group(context_settings=CONTEXT)
@click.version_option(__version__, prog_name="gen")
@click.option(
    "--seconds",
    type=click.IntRange(1, 1_000_000),
)
@click.option("--memory", type=click.IntRange(256, 1 << 20))
def cli(seconds: int | None, memory: int | None) -> None:
    supervision.limit(seconds, memory)


for _group in (
    documents,
    scores,
    surveys,
    batch,
    signing,
    workbooks,
    word_files,
    comparing,
    workspace,
    studio,
):
    for _command in _group.COMMANDS:
        cli.add_command(_command)
language.offer(cli)


def main() -> NoReturn:
    """Run ``gen`` and end with one of the codes of ``ExitCode``."""
    output.run(cli)
