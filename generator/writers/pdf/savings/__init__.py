"""Work that the renderer needn't do twice: each saving alone, and each with the same bytes.

A saving rests on inner functions of a library and refuses an untested version. It changes how long
a PDF takes and nothing in it: ``tests/writers/pdf/test_savings.py`` lets each of them be in turn.
"""

from __future__ import annotations

from importlib.metadata import version

from ....errors import MissingError
from ....messages import message
from . import (
    drawn_lines,
    kept_struts,
    measured_lines,
    resolved_lengths,
    shared_styles,
    usual_boxes,
    usual_values,
    written_once,
)

ALL = (
    *(shared_styles, usual_values, resolved_lengths, measured_lines, drawn_lines),
    *(usual_boxes, kept_struts, written_once),
)


def apply() -> None:
    """Make every saving, once a process. Raises MissingError on an untested version."""
    for saved in ALL:
        for library, tested in saved.TESTED.items():
            if (found := version(library)) not in tested:
                raise MissingError(
                    message(
                        "renderer-untested",
                        library=library,
                        package=library,
                        version=found,
                        tested=tested[-1],
                    )
                )
    for saved in ALL:
        saved.apply()
