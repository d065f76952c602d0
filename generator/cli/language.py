"""``--lang``: which language the command speaks, said before or behind the name of a command."""

from __future__ import annotations

import click

from ..messages import LANGUAGES, speak, spoken
from .helped import click_speaks


def _chosen(context: click.Context, _: click.Parameter, language: str | None) -> None:
    """Speak the language that is asked for until the command ends; else what is spoken."""
    if language is not None:
        before = spoken()
        speak(language)
        click_speaks()
        context.call_on_close(lambda: speak(before))


def _option(*, hidden: bool) -> click.Option:
    return click.Option(
        ["--lang"],
        type=click.Choice(LANGUAGES),
        callback=_chosen,
        expose_value=False,
        is_eager=True,
        hidden=hidden,
    )


def offer(command: click.Command) -> None:
    """Have a command, and all below it, take ``--lang``; only the first tells of it."""
    command.params.append(_option(hidden=False))
    todo = [command]
    while todo:
        group = todo.pop()
        below = list(group.commands.values()) if isinstance(group, click.Group) else []
        for one in below:
            one.params.append(_option(hidden=True))
        todo += below
