"""``make bench``: what a batch costs, in one run and as ratios. Not a test: nothing fails here.

Ways take turns, and what is compared is processor time, which others that use the machine too
change least. ``BENCH_TURNS`` (1), ``BENCH_FEW`` (districts in the comparison, 20), ``BENCH_FIELD``
(field units of the department, 150), ``BENCH_SAMPLE`` (so many documents are made by the other
ways, which share nothing between documents, 14) and ``BENCH_SCALE`` (88,878) make it shorter or
longer; ``BENCH_ONLY`` names what is measured (start, exact, copies, kinds, savings, districts,
real, department, runs, changed, scale).
"""

import os
import resource
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Generator, Iterable
from contextlib import contextmanager, suppress
from multiprocessing import forkserver
from pathlib import Path
from typing import Any

import pikepdf

from generator.batch import run, workers
from generator.batch.rendering import RenderJob, RenderOutcome, WorkerSetup
from generator.batch.report import BatchReport
from generator.batch.request import BatchRequest, WantedDocuments
from generator.workspace.environment import Workspace
from generator.writers import document
from generator.writers.docx import blocks, by_parts
from generator.writers.docx.writer import DocxWriter
from generator.writers.kept.store import PartStore
from generator.writers.pdf import drawing, renderer
from support import department
from support.bench_copies import copies
from support.bench_department import FIELD, here, word_changed
from support.bench_department import measure as measure_department
from support.bench_kinds import again
from support.bench_pages import fidelity_cost
from support.bench_savings import spared
from support.bench_start import start_up
from support.bench_ways import OtherWays
from support.districts import AGENCY, ROOT, unit, workspace
from support.looking_on import Silent

FEW = int(os.environ.get("BENCH_FEW", "20"))
TURNS = int(os.environ.get("BENCH_TURNS", "1"))
SAMPLE = int(os.environ.get("BENCH_SAMPLE", "14"))
SCALE = [int(count) for count in os.environ.get("BENCH_SCALE", "88,878").split(",")]
EVERYTHING = "start exact copies kinds savings districts real department runs changed scale"
ONLY = os.environ.get("BENCH_ONLY", EVERYTHING).replace(",", " ").split()


Engine = Callable[[WorkerSetup, Iterable[RenderJob]], Generator[tuple[RenderJob, RenderOutcome]]]


def two(
    bench: WorkerSetup, jobs: Iterable[RenderJob]
) -> Generator[tuple[RenderJob, RenderOutcome]]:
    """Render by two processes."""
    return workers.run(bench, jobs, 2, workers.ProcessLimits())


def batch(
    folder: Path, agency: str, outputs: Path, engine: Engine = two
) -> tuple[float, BatchReport]:
    """A batch, from reading to publishing, and how long it took."""
    request = BatchRequest(folder / "agreements" / agency, outputs, WantedDocuments(("agreement",)))
    start = time.perf_counter()
    report = run.run(Workspace(folder, {}), request, engine, Silent())
    spent = time.perf_counter() - start
    assert not report.faults, report.faults
    return spent, report


def seconds() -> float:
    """What this process and the programs it has run worked."""
    children = resource.getrusage(resource.RUSAGE_CHILDREN)
    return time.process_time() + children.ru_utime + children.ru_stime


def compare(name: str, folder: Path, agency: str) -> None:
    """The same documents by every way there is, taking turns, each in one process."""
    contexts = OtherWays(folder, agency, SAMPLE)
    ours = "gen batch: verified, DOCX and PDF/A-3a, PDF/UA-1"
    ways: dict[str, Callable[[Path], object]] = {
        "docxtpl, then LibreOffice, ten documents a process": contexts.by_libreoffice,
        "the same as tagged PDF/A": contexts.by_libreoffice_archival,
        "docxtpl and WeasyPrint in a loop, as their manuals show": contexts.by_loop,
        "Typst, PDF only": contexts.by_typst,
    }
    spent: dict[str, list[float]] = {way: [] for way in (ours, *ways)}
    made = {ours: (0, 0)} | dict.fromkeys(ways, (0, 0))
    for _ in range(TURNS):
        with tempfile.TemporaryDirectory() as target:
            drawing.STORE = PartStore()
            worked = seconds()
            _, report = batch(folder, agency, Path(target), here)
            made[ours] = len(report.paths) // 2, sum(report.pages.values())
            spent[ours].append((seconds() - worked) / made[ours][1])
        for way, make in ways.items():
            with tempfile.TemporaryDirectory() as target:
                (Path(target) / "documents").mkdir()
                worked = seconds()
                try:
                    make(Path(target) / "documents")
                except ImportError:
                    continue
                worked = seconds() - worked
                made[way] = counted(Path(target))
                spent[way].append(worked / made[way][1])
    print(f"\n{name}; the least of {TURNS} turns\n")
    print("| way | documents | pages | processor, ms a page | of gen's |")
    print("|---|---|---|---|---|")
    least = min(spent[ours])
    for way, times in spent.items():
        if times:
            print(
                f"| {way} | {made[way][0]} | {made[way][1]} | {min(times) * 1000:.1f} "
                f"| {min(times) / least:.2f} |"
            )
    docx_alone(contexts)


def counted(target: Path) -> tuple[int, int]:
    """How many PDFs were made, and their pages."""
    pages = []
    for path in target.rglob("*.pdf"):
        with pikepdf.open(path) as pdf:
            pages.append(len(pdf.pages))
    return len(pages), sum(pages)


def docx_alone(contexts: OtherWays) -> None:
    """Word files by the compiled template against docxtpl's own way, taking turns."""
    template = document.word_template(
        contexts.world.template_roots, contexts.agency, "agreement.docx"
    )
    writer = DocxWriter(template)
    with tempfile.TemporaryDirectory() as target:
        path = Path(target, "x.docx")
        ways: dict[str, Callable[[Any], object]] = {
            "no part known": lambda draft: writer.write(draft.context),
            "once more": lambda draft: writer.write(draft.context),
            "docxtpl": lambda draft: contexts.one_by_docxtpl(draft, path),
        }
        spent: dict[str, list[float]] = {way: [] for way in ways}
        for _ in range(TURNS + 2):
            by_parts.STORE.clear()
            blocks.STORE.clear()
            for way, make in ways.items():
                start = time.process_time()
                for draft in contexts.drafts:
                    make(draft)
                spent[way].append((time.process_time() - start) / len(contexts.drafts))
    theirs = min(spent.pop("docxtpl"))
    print(f"\nDOCX alone, docxtpl {theirs * 1000:.1f} ms", end="")
    for way, times in spent.items():
        print(f"; gen, {way}: {min(times) * 1000:.1f} ms, {min(times) / theirs:.3f}", end="")
    print(flush=True)


class Peaks:
    """The most memory that this process and those that render had, in MiB; their seconds."""

    def __init__(self) -> None:
        self.parent = self.worker = 0
        self.ticks: dict[str, int] = {}
        self.stop = threading.Event()

    def watch(self) -> None:
        while not self.stop.wait(0.3):
            server = forkserver._forkserver._forkserver_pid  # type: ignore[attr-defined]
            for status in Path("/proc").glob("[0-9]*/status"):
                try:
                    lines = dict(
                        line.split(":", 1)
                        for line in status.read_text().splitlines()
                        if ":" in line
                    )
                except OSError:
                    continue
                if "VmRSS" not in lines:
                    continue
                rss = int(lines["VmRSS"].split()[0]) // 1024
                if int(lines["Pid"]) == os.getpid():
                    self.parent = max(self.parent, rss)
                elif server and int(lines["PPid"]) == server:
                    self.worker = max(self.worker, rss)
                    with suppress(OSError):
                        times = status.with_name("stat").read_text().rpartition(")")[2].split()
                        self.ticks[lines["Pid"]] = int(times[11]) + int(times[12])

    @property
    def seconds(self) -> float:
        """What the processes that render worked."""
        return sum(self.ticks.values()) / os.sysconf("SC_CLK_TCK")


@contextmanager
def peaks() -> Generator[Peaks]:
    found = Peaks()
    thread = threading.Thread(target=found.watch)
    thread.start()
    try:
        yield found
    finally:
        found.stop.set()
        thread.join()


def scale(count: int) -> None:
    """A batch of so many districts; then again, unchanged, and with one unit changed."""
    with tempfile.TemporaryDirectory() as place:
        folder = workspace(Path(place), count)
        outputs = folder / "outputs"
        with peaks() as memory:
            full, report = batch(folder, AGENCY, outputs)
        pages = sum(report.pages.values())
        path = folder / "agreements" / AGENCY / "district-001.yaml"
        path.write_text(unit(5).replace("ที่ 5", "ที่ 5 ข"), "utf-8")
        one, report = batch(folder, AGENCY, outputs)
        assert len(report.paths) == 2
        none, report = batch(folder, AGENCY, outputs)
        assert not report.paths
        command = [sys.executable, "-m", "generator", "batch", AGENCY, "--documents", "agreement"]
        start = time.perf_counter()
        subprocess.run(
            command,
            cwd=folder,
            env={**os.environ, "PYTHONPATH": str(ROOT)},
            check=True,
            capture_output=True,
        )
        process = time.perf_counter() - start
    print(
        f"| {count} | {pages} | {full:.1f} | {full / count * 1000:.0f} | {memory.parent} "
        f"| {memory.worker} | {one:.2f} ({one / full:.1%}) | {none:.3f} ({none / full:.2%}) "
        f"| {process:.2f} ({process / full:.1%}) |",
        flush=True,
    )


def with_districts() -> None:
    """The districts by every way."""
    with tempfile.TemporaryDirectory() as place:
        compare(f"{FEW} districts", workspace(Path(place), FEW), AGENCY)


def with_department() -> None:
    """The department by every way."""
    with tempfile.TemporaryDirectory() as place:
        folder = department.workspace(Path(place, "department"), FIELD)
        name = f"A department of {department.DIVISIONS} divisions and {FIELD} field units"
        compare(name, folder, department.AGENCY)


def with_scale() -> None:
    """More districts, and fewer."""
    print(
        "\n| districts | pages | full run, s | ms a document | MiB, reading | MiB, rendering",
        end="",
    )
    print(" | one unit changed, s | nothing changed, s | the same as a command, s |")
    print("|---|---|---|---|---|---|---|---|---|", flush=True)
    for count in SCALE:
        scale(count)


def main() -> None:
    measured: dict[str, Callable[[], None]] = {
        "start": start_up,
        "exact": fidelity_cost,
        "copies": copies,
        "kinds": again,
        "savings": spared,
        "districts": with_districts,
        "real": lambda: compare("The real units of dsdw-2566", ROOT, "dsdw-2566"),
        "department": with_department,
        "runs": measure_department,
        "changed": word_changed,
        "scale": with_scale,
    }
    renderer.start()
    for name in EVERYTHING.split():
        if name in ONLY:
            measured[name]()


if __name__ == "__main__":
    main()
