"""What reading scans came to, for the terminal and for machines."""

from __future__ import annotations

from time import monotonic

from .. import api
from ..messages import message
from ..visible import visible
from ..workspace.environment import Workspace
from . import answers_board
from .output import answer, is_terminal, out, print_faults, say, shown

_EVERY = 2.0
"""Seconds between two lines on how far it is."""


def progress(*, quiet: bool) -> api.scans.Progress:
    """Says how far reading is, now and then, where somebody looks on."""
    last = monotonic()

    def tell(done: int, of_all: int) -> None:
        nonlocal last
        if quiet or not is_terminal() or monotonic() - last < _EVERY:
            return
        last = monotonic()
        say(message("sides-so-far", done=str(done), all=str(of_all)))

    return tell


def tell(
    workspace: Workspace, read: api.scans.ScansRead, explain: str | None, *, as_json: bool
) -> None:
    """The report, the figures where all is decided, and the files; or where answers come from."""
    if explain is not None:
        _explain(read, explain, as_json=as_json)
        return
    if read.counted is not None:
        print_faults(read.counted.remarks, workspace.root)
    if as_json:
        answer({"files": shown(read.files), **api.scans.as_json(read)})
        return
    for line in read.said:
        say(line)
    if read.counted is not None:
        for text, colour in answers_board.lines(read.counted):
            out(text, fg=colour, err=True)
    out("\n".join(shown(read.files)))


def _explain(read: api.scans.ScansRead, wanted: str, *, as_json: bool) -> None:
    found = list(api.scans.explained(read, wanted))
    if as_json:
        answer(found)
        return
    if not found:
        say(message("nothing-to-explain", wanted=wanted))
    for one in found:
        answered = one["answer"] if isinstance(one["answer"], str) else " ".join(one["answer"])
        decided = one["decided"]
        by = f" ({decided['who']} {decided['when']})" if decided else ""
        out(f"{one['copy']} {one['item']} = {answered or one['doubt'] or '-'}{by}")
        for source in one["read"]:
            out(f"  {source['file']}:{source['page']}")
            for box in source["boxes"]:
                (left, top), (right, bottom) = box["corners"][0], box["corners"][2]
                said = f"{box['state']} {box['why']}".rstrip()
                place = f"{left},{top}-{right},{bottom}"
                out(visible(f"    {box['option']}: {said} {box['ink']:.3f} [{place}]"))
