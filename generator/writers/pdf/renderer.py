"""The renderer, WeasyPrint: started once a process, and one thread at a time.

WeasyPrint finds faces through fontconfig, which reads the process's environment, and is adapted by
replacing inner functions: both happen when the renderer is started, and importing changes nothing.
Its warnings go to one logger, and the faces of a stylesheet are kept for the next document: so
threads take turns.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager

from ...workspace.environment import FONTS_CONF

_turn = threading.RLock()
_started: list[bool] = []


def start() -> None:
    """Start the renderer, where nobody has yet: later calls do nothing.

    From then on the process's ``FONTCONFIG_FILE`` is ``fonts.conf``, so that documents see no
    other faces. Raises MissingError where the installed version was not tested with gen, OSError
    where a library of the system is missing.
    """
    with _turn:
        if _started:
            return
        # Before WeasyPrint is imported: it looks at all faces that the environment leads to.
        os.environ["FONTCONFIG_FILE"] = str(FONTS_CONF)
        from . import drawing

        drawing.make_ready()
        _started.append(True)


@contextmanager
def turn() -> Iterator[None]:
    """The renderer, started, for this thread alone. Raises as ``start`` does."""
    with _turn:
        start()
        yield
