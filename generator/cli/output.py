"""What is printed and asked, and how the command ends: nothing else prints or exits.

So no sign of a stranger's reaches the terminal, and scripts can depend on the codes.
"""

from __future__ import annotations

import codecs
import contextlib
import io
import os
import sys
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn, TextIO

import click

from .. import api
from ..errors import ExitCode, FileError, GenError
from ..messages import Message, message
from ..visible import in_json, visible
from ..workspace import supervision
from ..workspace.reasons import why
from .helped import click_speaks
from .terminal import is_coloured

if TYPE_CHECKING:
    from ..agreements.lookup import Target
    from ..diagnostics import Diagnostic
    from ..workspace.environment import Workspace


def out(text: str, word: str = "", fg: str | None = None, *, err: bool = False) -> None:
    """Print text, which may come from strangers, in a colour: all of it or one ``word``."""
    text = visible(text, lines=True)
    word = visible(word) or text
    if fg and word and is_coloured():
        text = text.replace(word, click.style(word, fg=fg), 1)
    click.echo(text, err=err)


def say(text: Message | str, *, note: bool = False) -> None:
    """Print a line beside the answer."""
    said = visible(str(text))
    if note:
        _marked(message("word-note"), said, "yellow")
    else:
        out(said, err=True)


def _marked(word: Message, text: str, colour: str, place: str = "") -> None:
    """Print a line beside the answer, behind a coloured word that says what it is."""
    before = f"{place}: " if place else ""
    out(f"{before}{word}: {text}", f"{word}:", colour, err=True)


def _hinted(hint: str) -> None:
    """Print a remedy, where there is one."""
    if hint:
        out(f"  {message('word-hint')}: {visible(hint)}", err=True)


def answer(data: object, indent: int | None = None) -> None:
    """Print data as JSON."""
    import json

    prints_all = codecs.lookup(getattr(sys.stdout, "encoding", None) or "utf-8").name == "utf-8"
    click.echo(in_json(json.dumps(data, ensure_ascii=not prints_all, indent=indent)))


def deliver(
    workspace: Workspace,
    files: Mapping[Path, bytes],
    faults: Iterable[Diagnostic] = (),
    *,
    as_json: bool,
) -> None:
    """Put finished files in their places, and say what is to be said of them and where they are."""
    api.workspaces.publish(files)
    print_faults(faults, workspace.root)
    paths = shown(files)
    answer({"files": paths}) if as_json else out("\n".join(paths))


def found(
    workspace: Workspace, name: str, agency: str | None = None, *, of_surveys: bool = False
) -> Target:
    """What an officer named; how that was understood is said."""
    target = api.workspaces.find(workspace, name, agency, of_surveys=of_surveys)
    if target.remark:
        say(target.remark)
    return target


def shown(paths: Iterable[Path]) -> list[str]:
    """Paths as they are printed."""
    return [api.workspaces.shown(path) for path in paths]


def print_error(error: GenError) -> None:
    """Print what ended the work, with all its places."""
    from ..workspace.environment import here

    print_faults(error.diagnostics, here(Path.cwd(), os.environ).root)
    _marked(message("word-error"), visible(error.message), "red")
    _hinted(error.hint)


def print_faults(faults: Iterable[Diagnostic], root: Path) -> None:
    """Print faults, each with its place and remedy."""
    from ..diagnostics import Severity, shown_first

    for fault in shown_first(faults):
        colour = "red" if fault.severity is Severity.ERROR else "yellow"
        place = visible(fault.location.shown(root))
        _marked(fault.severity.word, visible(fault.message), colour, place)
        _hinted(fault.hint)


def ask(word: Message) -> str:
    """Ask for a secret: what is typed isn't shown."""
    return str(click.prompt(str(word), hide_input=True, default="", show_default=False, err=True))


def is_terminal() -> bool:
    """Whether somebody looks on."""
    return sys.stderr.isatty()


def flush() -> None:
    """Have all that was printed read by who reads on."""
    sys.stdout.flush()


def end(code: ExitCode) -> NoReturn:
    """End the command."""
    sys.exit(code)


def run(command: click.Command) -> NoReturn:
    """Run a command and end with one of the codes of ``ExitCode``."""
    for stream in (sys.stdout, sys.stderr):
        make_ready(stream)
    click_speaks()
    try:
        code = _run(command)
        if sys.stdout is not None:
            sys.stdout.flush()
    except BrokenPipeError:
        code = ExitCode.FILES
    except OSError as error:
        with contextlib.suppress(OSError):
            say(message("cannot-print", reason=why(error)))
        code = ExitCode.FILES
    if code == ExitCode.FILES:
        _leave_stdout()
    sys.exit(code)


def make_ready(stream: TextIO | None) -> None:
    """Have a stream print every sign: a terminal in its own code page, all else in UTF-8.

    A sign that a code page lacks is printed as its number; ``PYTHONIOENCODING`` is obeyed.
    """
    if isinstance(stream, io.TextIOWrapper):
        is_own = stream.isatty() or bool(os.environ.get("PYTHONIOENCODING"))
        encoding = stream.encoding if is_own else "utf-8"
        stream.reconfigure(encoding=encoding, errors="backslashreplace")


def _run(command: click.Command) -> int:
    """Run the command; the code it ends with. Raises OSError where nothing can be printed."""
    try:
        command(standalone_mode=False)
    except click.exceptions.Exit as stop:
        return stop.exit_code
    except SystemExit as stop:
        # click ends with 1 where nobody reads on; gen itself ends with codes of its own.
        return ExitCode.FILES if stop.code == ExitCode.BUG else int(stop.code or 0)
    except click.ClickException as error:
        said = io.StringIO()
        error.show(said)
        out(said.getvalue().rstrip("\n"), err=True)
        return ExitCode.USAGE
    except (click.Abort, KeyboardInterrupt):
        say(message("run-interrupted"))
        return ExitCode.INTERRUPTED
    except GenError as error:
        print_error(error)
        return error.exit_code
    except MemoryError:
        supervision.out_of_memory()
    except BrokenPipeError:
        raise
    except OSError as error:
        # What a system refuses (a name that is too long, a disk that fails) is no bug in gen.
        print_error(FileError(_refused(error)))
        return ExitCode.FILES
    except Exception:
        import traceback

        out(traceback.format_exc(), err=True)
        say(message("bug-in-gen"))
        return ExitCode.BUG
    return ExitCode.DONE


def _refused(error: OSError) -> Message:
    """What a system refused, as it says."""
    if error.filename:
        return message("cannot-use-file", name=str(error.filename), reason=why(error))
    return message("cannot-use", reason=why(error))


def _leave_stdout() -> None:
    """Nobody reads on: what is left to be printed at the end is lost without another word."""
    with contextlib.suppress(OSError, ValueError, AttributeError):
        nothing = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nothing, sys.stdout.fileno())
