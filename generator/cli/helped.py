"""Commands whose help stands in the catalogues, under what is typed: ``gen score --explain``.

An option that says the same in several commands stands there under its name alone.
"""

from __future__ import annotations

import gettext
import os
import re
from collections.abc import Callable
from typing import Any

import click

from ..messages import CLICK, help_of, spoken
from .terminal import HelpContext


class HelpedCommand(click.Command):
    """A command that says its help in the language that is spoken."""

    context_class = HelpContext

    def get_short_help_str(self, limit: int = 45) -> str:
        """What a list of commands says of it: the words up to the first stop or colon, whole."""
        return re.split(r"[:.](?:\s|$)|\n\n", self.help or "", maxsplit=1)[0].strip()

    def format_help(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the help, as click does."""
        tell(ctx)
        click_speaks()
        super().format_help(ctx, formatter)


class HelpedGroup(HelpedCommand, click.Group):
    """The same for several commands together."""

    command_class = HelpedCommand


def command() -> Callable[[Callable[..., Any]], HelpedCommand]:
    """Make a command of a function, as click does."""
    return click.command(cls=HelpedCommand)


def group(**settings: Any) -> Callable[[Callable[..., Any]], HelpedGroup]:
    """Make a group of commands of a function, as click does."""
    return click.group(cls=HelpedGroup, **settings)


def path_of(ctx: click.Context) -> str:
    """What is typed to call a command; the first is ``gen``, however it was started."""
    if ctx.parent is None:
        return "gen"
    return f"{path_of(ctx.parent)} {ctx.command.name}"


def tell(ctx: click.Context) -> None:
    """Give a command, its options and what stands directly below it their help."""
    one, path = ctx.command, path_of(ctx)
    one.help = help_of(path) or one.help
    for option in one.get_params(ctx):
        if isinstance(option, click.Option) and not option.hidden:
            name = max(option.opts, key=len)
            option.help = help_of(f"{path} {name}") or help_of(name) or option.help
    for name, below in (one.commands if isinstance(one, click.Group) else {}).items():
        below.help = help_of(f"{path} {name}") or below.help


def click_speaks() -> None:
    """Have click's own words said in the language, by gettext's own way of finding them."""
    os.environ["LANGUAGE"] = spoken()
    gettext.bindtextdomain(CLICK.name, CLICK)
    gettext.textdomain(CLICK.name)
