"""What parts and savings spare the real units' PDFs, for ``make bench``: each way of all units.

``BENCH_SAVED`` (15) says of how many units, from all over the list.
"""

import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from generator import verify
from generator.agreements import lookup
from generator.agreements.paths import unit_paths
from generator.api import documents
from generator.verify.known_streams import STREAMS
from generator.writers.kept.store import PartStore
from generator.writers.pdf import drawing, renderer, savings
from generator.writers.pdf.parts import furniture
from generator.writers.pdf.savings import drawn_lines, measured_lines
from support.making import ROOT, WORLD

FOLDER = ROOT / "agreements" / "dsdw-2566"
SAVED = int(os.environ.get("BENCH_SAVED", "15"))
_SAVINGS = (*savings.ALL, furniture)


def forget() -> None:
    """Forget the parts, lines and streams of earlier documents."""
    drawing.STORE = PartStore()
    STREAMS.clear()
    measured_lines._lines.clear()
    drawn_lines._lines.clear()


@contextmanager
def changed(*, saving: bool, parts: bool) -> Iterator[None]:
    """Documents with the savings or without, by parts or in one piece."""
    usual = drawing.parts_of
    for saved in _SAVINGS:
        saved.saving.on = saving
    if not parts:
        drawing.parts_of = lambda job: None
    try:
        yield
    finally:
        drawing.parts_of = usual
        for saved in _SAVINGS:
            saved.saving.on = True


def made() -> tuple[float, int]:
    """The processor time of the units' agreements as PDF, verified; their pages."""
    pages, start = 0, time.process_time()
    every = unit_paths(FOLDER)
    for path in every[:: max(1, len(every) // SAVED)]:
        found = lookup.Target(FOLDER, path)
        (data,) = documents.make(WORLD, "agreement", found, formats=("pdf",)).files.values()
        pages += verify.page_count(data)
    return time.process_time() - start, pages


def spared() -> None:
    """Print each way as a part of the first."""
    renderer.start()
    made()  # what is made once a process
    ways: dict[str, Callable[[], tuple[float, int]]] = {
        "every saving let be, in one piece": lambda: _made(saving=False, parts=False),
        "with the savings, in one piece": lambda: _made(saving=True, parts=False),
        "by parts, nothing known before": lambda: _made(saving=True, parts=True),
        "once more, everything known": made,
    }
    first = 0.0
    print("\n| the real units, PDF, verified | pages | processor, s | of the first |")
    print("|---|---|---|---|")
    for name, make in ways.items():
        worked, pages = make()
        first = first or worked
        print(f"| {name} | {pages} | {worked:.1f} | {worked / first:.3f} |", flush=True)


def _made(*, saving: bool, parts: bool) -> tuple[float, int]:
    forget()
    with changed(saving=saving, parts=parts):
        return made()


if __name__ == "__main__":
    spared()
