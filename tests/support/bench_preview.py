"""How long a page takes from a key press to its picture: ``python -m support.bench_preview``.

``PREVIEW_EDITS`` (100) edits in each of two agreements, of 28 and of 43 pages, at fields of the
unit's file and of its indicators' files, chosen by a seed; each has the page of its field drawn, by
the process that draws for the studio. The clock runs from the request to the answer.
"""

import os
import random
import statistics
import time
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

from generator.agreements import yaml_tree
from generator.agreements.changes import Put
from generator.agreements.changing import changed
from generator.errors import GenError
from generator.model import Indicator, Unit
from generator.preview.drawing_process import PagePreviews
from generator.preview.requests import PageRequest, PrintedPlace
from generator.workspace.environment import Workspace

ROOT = Path(__file__).parents[2]
EDITS = int(os.environ.get("PREVIEW_EDITS", "100"))
UNITS = ("กสค", "กพพ")
FOLDER = ROOT / "agreements" / "dsdw-2566"


def fields(path: Path) -> Iterator[PrintedPlace]:
    """The texts and figures of a file that may be typed in."""
    todo: list[tuple[yaml_tree.Node | None, tuple[str | int, ...]]] = [
        (yaml_tree.read(path).node, ())
    ]
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


def measure(unit: str, previews: PagePreviews) -> None:
    """One agreement's edits, and what they took."""
    target = FOLDER / f"{unit}.yaml"
    used = [yaml_tree.read(target).node]
    plain = used[0].plain() if used[0] is not None else {}
    assert isinstance(plain, dict)
    uses = plain["indicators"]
    assert isinstance(uses, list)
    names = [str(one["use"]) for one in uses if isinstance(one, dict) and "use" in one]
    shared = [FOLDER / "indicators" / f"{name}.yaml" for name in names]
    known = [place for path in (target, *shared) if path.is_file() for place in fields(path)]
    begun = time.perf_counter()
    *_, first = previews.pages(PageRequest("agreement", target, reader="bench"))
    opened = time.perf_counter() - begun
    chance = random.Random(unit)
    taken: list[float] = []
    again: list[float] = []
    parts: dict[str, list[float]] = defaultdict(list)
    while len(taken) < EDITS:
        place = chance.choice(known)
        try:
            text = typed(place)
        except GenError:
            continue
        asked = PageRequest(
            *("agreement", target),
            unsaved={place.path: text.encode()},
            at=place,
            reader="bench",
        )
        begun = time.perf_counter()
        pages = previews.pages(asked)
        page = next(pages)
        if not page.found:  # no page shows it, or it can be no document so
            list(pages)
            continue
        taken.append(time.perf_counter() - begun)
        for what, seconds in page.seconds.items():
            parts[what].append(seconds)
        again += [time.perf_counter() - begun for _ in pages]
    print(f"{unit}: {first.pages} pages, first picture after {opened:.1f} s")
    p50, p95 = statistics.median(taken), statistics.quantiles(taken, n=20)[-1]
    print(
        f"  key press to picture over {EDITS} edits: p50 {p50 * 1000:.0f}, p95 {p95 * 1000:.0f} ms"
    )
    print(f"  drawn again because the rest changed it: {len(again)}")
    for what, found in parts.items():
        p95 = statistics.quantiles(found, n=20)[-1]
        print(f"  {what:10s} p50 {statistics.median(found) * 1000:4.0f}  p95 {p95 * 1000:4.0f} ms")


def main() -> None:
    """Both agreements, one after the other."""
    previews = PagePreviews(Workspace(ROOT, {}))
    try:
        for unit in UNITS:
            measure(unit, previews)
    finally:
        previews.close()


if __name__ == "__main__":
    main()
