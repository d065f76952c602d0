"""How long a page takes from a key press to its picture: ``python -m support.bench_preview``.

``PREVIEW_EDITS`` (100) edits in each of two agreements, of 28 and of 43 pages, at fields of the
unit's file and of its indicators' files, chosen by a seed; each has the page of its field drawn, as
the studio's process draws it. Both clocks run: that of the wall, and the processor's.
"""

import os
import random
import statistics
import time
from collections.abc import Iterator
from pathlib import Path

from generator.agreements import yaml_tree
from generator.agreements.changes import Put
from generator.agreements.changing import changed
from generator.agreements.yaml_tree import Node
from generator.errors import GenError
from generator.model import Indicator, Unit
from generator.preview.drawing_desk import DrawingDesk
from generator.preview.requests import PageRequest, PreviewedPage, PrintedPlace
from generator.workspace import supervision
from generator.workspace.environment import Workspace

ROOT = Path(__file__).parents[2]
EDITS = int(os.environ.get("PREVIEW_EDITS", "100"))
UNITS = ("กสค", "กพพ")
_LAID_OUT = 0.005
"""Seconds that laying a part out takes at the least."""

FOLDER = ROOT / "agreements" / "dsdw-2566"


def fields(path: Path) -> Iterator[PrintedPlace]:
    """The texts and figures of a file that may be typed in."""
    todo: list[tuple[Node | None, tuple[str | int, ...]]] = [(yaml_tree.read(path).node, ())]
    while todo:
        node, keys = todo.pop()
        assert node is not None
        if isinstance(node.value, dict):
            todo += [(child, (*keys, key)) for key, child in node.value.items()]
        elif isinstance(node.value, list):
            todo += [(child, (*keys, index)) for index, child in enumerate(node.value)]
        elif isinstance(node.value, str):
            yield PrintedPlace(path, keys)


def typed(place: PrintedPlace) -> str:
    """The file with one more sign in a field. Raises UsageError."""
    file = yaml_tree.read(place.path)
    assert file.node is not None
    value = file.node.find(place.keys).value
    assert isinstance(value, str)
    more = "1" if value[-1:].isdigit() else "ก"
    model = Indicator if place.path.parent.name == "indicators" else Unit
    return changed(file, [Put(place.keys, value + more)], model)


def known(target: Path) -> list[PrintedPlace]:
    """The fields of a unit's file and of the shared files that it uses."""
    node = yaml_tree.read(target).node
    assert node is not None
    uses = node.find(("indicators",)).value
    assert isinstance(uses, list)
    names = [use.find(("use",)).plain() for use in uses if use.child("use") is not None]
    shared = [FOLDER / "indicators" / f"{name}.yaml" for name in names]
    return [place for path in (target, *shared) if path.is_file() for place in fields(path)]


def measure(unit: str, desk: DrawingDesk) -> None:
    """One agreement's edits, and what they took."""
    target = FOLDER / f"{unit}.yaml"
    begun = time.process_time()
    *_, first = desk.pages(PageRequest("agreement", target))
    print(f"{unit}: {first.pages} pages, opened in {time.process_time() - begun:.1f} s", flush=True)
    chance, places = random.Random(unit), known(target)
    walls: list[float] = []
    processors: list[float] = []
    shown: list[PreviewedPage] = []
    again = 0
    while len(walls) < EDITS:
        place = chance.choice(places)
        try:
            text = typed(place)
        except GenError:
            continue
        held = {place.path: text.encode()}
        wall, processor = time.perf_counter(), time.process_time()
        pages = desk.pages(PageRequest("agreement", target, unsaved=held, at=place))
        page = next(pages)
        wall, processor = time.perf_counter() - wall, time.process_time() - processor
        rest = list(pages)
        # Else no page shows it, it can be no document so, or nothing that is printed changed.
        if page.found and page.seconds.get("layout", 0.0) > _LAID_OUT:
            walls.append(wall)
            processors.append(processor)
            shown.append(page)
            again += len(rest)
    print(f"  by the wall:      {_figures(walls)}")
    print(f"  by the processor: {_figures(processors)}")
    print(f"  drawn again because the rest changed it: {again} of {EDITS}")
    for what in shown[0].seconds:
        print(f"  {what:10s} {_figures([page.seconds.get(what, 0.0) for page in shown])}")


def _figures(found: list[float]) -> str:
    p50, p95 = statistics.median(found), statistics.quantiles(found, n=20)[-1]
    return f"p50 {p50 * 1000:4.0f}, p95 {p95 * 1000:4.0f} ms"


def main() -> None:
    """Both agreements, one after the other."""
    supervision.look_for_garbage_seldom()
    for unit in UNITS:
        measure(unit, DrawingDesk(Workspace(ROOT, {})))


if __name__ == "__main__":
    main()
