"""What a realistic department costs: first, again from the folder of parts, and after a change."""

import gc
import multiprocessing
import os
import re
import tempfile
import time
from collections.abc import Generator, Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from statistics import median

from generator import verify
from generator.agreements import lookup, yaml_tree
from generator.api import documents, watching
from generator.batch import rendering, run
from generator.batch.rendering import RenderJob, RenderOutcome, WorkerSetup
from generator.batch.request import BatchRequest, WantedDocuments
from generator.preview.drawing_desk import DrawingDesk
from generator.preview.requests import PageRequest
from generator.verify.known_streams import STREAMS
from generator.workspace import publishing, supervision
from generator.workspace.environment import PARTS, Workspace
from generator.writers.kept.store import PartStore
from generator.writers.pdf import drawing, renderer
from generator.writers.pdf.savings import drawn_lines, measured_lines
from support import department
from support.bench_preview import fields
from support.looking_on import Silent

FIELD = int(os.environ.get("BENCH_FIELD", "150"))
"""How many field units."""


def here(
    bench: WorkerSetup, jobs: Iterable[RenderJob]
) -> Generator[tuple[RenderJob, RenderOutcome]]:
    """Render in this process, so that its processor time is all there is."""
    for job in jobs:
        yield job, rendering.make(bench, job)


def spent(place: Path, outputs: Path, *, anew: bool = False) -> tuple[float, int, int]:
    """The processor time of a batch in this process, its documents and its pages.

    ``anew``: documents are put together of parts, though they are kept as they were finished.
    """
    request = BatchRequest(
        place / "agreements" / department.AGENCY,
        outputs,
        WantedDocuments(("agreement",)),
        force=anew,
    )
    start = time.process_time()
    report = run.run(Workspace(place, {}), request, here, Silent())
    worked = time.process_time() - start
    assert not report.faults, report.faults
    return worked, len(report.paths) // 2, sum(report.pages.values())


def in_own_process(
    place: Path, outputs: Path, parts: Path, *, anew: bool = False
) -> tuple[float, int, int]:
    """The same in a process that knows nothing but a folder of parts."""
    with ProcessPoolExecutor(1, multiprocessing.get_context("spawn")) as pool:
        return pool.submit(_alone, place, outputs, parts, anew).result()


def _alone(place: Path, outputs: Path, parts: Path, anew: bool) -> tuple[float, int, int]:
    os.environ[PARTS] = str(parts)
    renderer.start()
    rendering.settle()
    return spent(place, outputs, anew=anew)


def measure() -> None:
    """Print what the department costs."""
    print(f"\nA department: {department.DIVISIONS} divisions, {FIELD} field units, one process\n")
    print("| run | documents made | pages | processor, s | ms a page | of the first |")
    print("|---|---|---|---|---|---|", flush=True)
    with tempfile.TemporaryDirectory() as folder:
        place = department.workspace(Path(folder, "workspace"), FIELD)
        parts = Path(folder, "parts")
        first = 0.0
        for name, anew in (
            ("the first", False),
            ("the next day, all outputs deleted", False),
            ("the same, of kept parts alone", True),
        ):
            outputs = Path(tempfile.mkdtemp(dir=folder))
            first = tell(name, first, *in_own_process(place, outputs, parts, anew=anew))
        department.reword(place)
        changed = "one word of a sheet that all share changed"
        tell(changed, first, *in_own_process(place, outputs, parts))
        next_year(place)
        outputs = Path(tempfile.mkdtemp(dir=folder))
        tell("next year's, all units", first, *in_own_process(place, outputs, parts))
        reweigh(place)
        tell("one weight of one unit changed", first, *in_own_process(place, outputs, parts))


def tell(name: str, first: float, worked: float, documents: int, pages: int) -> float:
    """Print a run; what the first one took."""
    first = first or worked
    page = worked / pages * 1000 if documents else 0
    print(
        f"| {name} | {documents} | {pages} | {worked:.1f} | {page:.1f} | {worked / first:.3f} |",
        flush=True,
    )
    return first


def word_changed() -> None:
    """Print what one changed word costs in an agreement: PDF, verified and published.

    It is made again as ``gen watch`` does that, in one process that looks for garbage as seldom.
    """
    renderer.start()
    seldom = gc.get_threshold()
    gc.collect()
    supervision.look_for_garbage_seldom()
    with tempfile.TemporaryDirectory() as folder, watching.remembering():
        place = department.workspace(Path(folder, "workspace"), 0)
        world = Workspace(place, {})
        found = lookup.Target(
            place / "agreements" / department.AGENCY,
            place / "agreements" / department.AGENCY / "กอส.yaml",
        )

        def made() -> tuple[float, int]:
            start = time.process_time()
            done = documents.make(world, "agreement", found, formats=("pdf",))
            publishing.publish(done.files)
            return time.process_time() - start, verify.page_count(next(iter(done.files.values())))

        made()  # what is made once a process
        drawing.STORE = PartStore()
        STREAMS.clear()
        measured_lines._lines.clear()
        drawn_lines._lines.clear()
        first, pages = made()
        known = min(made()[0] for _ in range(3))
        path = department.shared_sheet(place)
        text, spent_again = path.read_text("utf-8"), []
        for number in range(1, 6):
            path.write_text(text.replace("หน่วยงาน", "หน่วยราชการ" + "ก" * number, 1), "utf-8")
            spent_again.append(made()[0])
        again = median(spent_again)
        path.write_text(text, "utf-8")
        picture = median(pictures(world, found.unit or path, path, text))
    gc.set_threshold(*seldom)
    print(
        f"\nNothing changed in it: {known:.2f} s, {known / first:.3f} of the first making"
        f"\nOne word changed in an agreement of {pages} pages: {again:.2f} s of processor time, "
        f"{again / first:.3f} of the {first:.2f} s of its first making"
        f"\nA picture of the changed page alone: {picture:.3f} s, {picture / first:.3f}",
        flush=True,
    )


def pictures(world: Workspace, unit: Path, path: Path, text: str) -> Iterator[float]:
    """The processor time of pictures of the page on which a word of a shared sheet changes."""
    node = yaml_tree.parse(path, text.encode()).node
    assert node is not None
    said = [found for found in fields(path) if "หน่วยงาน" in str(node.find(found.keys).value)]
    # The word that changes is the first one in the file.
    place = min(said, key=lambda found: node.find(found.keys).location.line)
    desk = DrawingDesk(world)
    list(desk.pages(PageRequest("agreement", unit)))
    for number in range(1, 6):
        changed = text.replace("หน่วยงาน", "หน่วยราชการ" + "ข" * number, 1).encode()
        start = time.process_time()
        page = next(desk.pages(PageRequest("agreement", unit, unsaved={path: changed}, at=place)))
        spent = time.process_time() - start
        assert page.found, page.faults
        yield spent


def next_year(place: Path) -> None:
    """Make it the department of the year after: what the sheets say stays."""
    path = place / "agreements" / department.AGENCY / "agency.yaml"
    text = path.read_text("utf-8")
    later = re.sub(
        r"(?m)^( *(?:fiscal_year|start|end): (?:.* )?)(25\d\d)$",
        lambda found: f"{found[1]}{int(found[2]) + 1}",
        text,
    )
    assert later != text
    path.write_text(later, "utf-8")


def reweigh(place: Path) -> None:
    """Give one indicator of one division another weight."""
    path = place / "agreements" / department.AGENCY / "กอส.yaml"
    text = path.read_text("utf-8")
    weights = re.findall(r"weight: (\d+)", text)
    assert len(weights) > 1
    changed = text.replace(f"weight: {weights[0]}", f"weight: {int(weights[0]) - 1}", 1)
    assert changed != text
    path.write_text(changed, "utf-8")
