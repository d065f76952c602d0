"""The command ``gen``, also as ``python -m generator``: ``cli`` in a process that is waited for."""

import os
import signal
import sys


def _interrupted(*_: object) -> None:
    os.write(2, b"interrupted\n")
    os._exit(130)


if __name__ != "__mp_main__" and signal.getsignal(signal.SIGINT) is not signal.SIG_IGN:
    signal.signal(signal.SIGINT, _interrupted)  # also while the lines below are imported

from .messages import speak, wanted  # noqa: E402
from .workspace import supervision  # noqa: E402


def _command() -> None:
    from .cli import main

    supervision.look_for_garbage_seldom()
    main()


def main() -> None:
    """Run ``gen`` and end with one of the codes of ``errors.ExitCode``."""
    speak(wanted(sys.argv[1:], os.environ))
    supervision.run(_command)


if __name__ == "__main__":  # processes of a batch import this module
    main()
