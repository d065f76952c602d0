"""``make bench``: what a batch costs, in one run and as ratios. Not a test: nothing fails here.

``BENCH_FEW`` (documents in the comparison, 20), ``BENCH_TURNS`` (3) and ``BENCH_SCALE`` (88,878)
make it shorter or longer; ``BENCH_FIELD`` (150) are the field units of the department.
"""

import io
import os
import re
import resource
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Generator, Iterable, Mapping
from contextlib import contextmanager, suppress
from dataclasses import fields
from multiprocessing import forkserver
from pathlib import Path
from typing import Any

import jinja2
import weasyprint
from docxtpl import DocxTemplate

from generator.agreements import reading
from generator.agreements.files import valid_agency
from generator.agreements.record import DocumentOptions
from generator.batch import run, workers
from generator.batch.rendering import RenderJob, RenderOutcome, WorkerSetup
from generator.batch.report import BatchReport
from generator.batch.request import BatchRequest, WantedDocuments
from generator.documents import building, inputs
from generator.templates import docx, html, locate
from generator.templates import word_package as packages
from generator.templates.word_parts import CORE, DYNAMIC
from generator.workspace.environment import Workspace
from generator.writers import document, qr_code
from generator.writers.docx.writer import DocxWriter, core_properties, pack
from support.bench_copies import copies
from support.bench_department import measure as measure_department
from support.bench_pages import as_in_the_manual, fidelity_cost
from support.bench_start import start_up
from support.districts import AGENCY, ROOT, unit, workspace
from support.looking_on import Silent
from support.typeset import typst_source

FEW = int(os.environ.get("BENCH_FEW", "20"))
TURNS = int(os.environ.get("BENCH_TURNS", "3"))
SCALE = [int(count) for count in os.environ.get("BENCH_SCALE", "88,878").split(",")]
BATCH = 10
"""How many documents one LibreOffice process converts."""


def batch(folder: Path, agency: str, outputs: Path, **options: Any) -> tuple[float, BatchReport]:
    """A batch with two processes, from reading to publishing, and how long it took."""

    def engine(
        bench: WorkerSetup, jobs: Iterable[RenderJob]
    ) -> Generator[tuple[RenderJob, RenderOutcome]]:
        return workers.run(bench, jobs, 2, workers.ProcessLimits())

    request = BatchRequest(
        folder / "agreements" / agency, outputs, WantedDocuments(("agreement",)), **options
    )
    start = time.perf_counter()
    report = run.run(Workspace(folder, {}), request, engine, Silent())
    spent = time.perf_counter() - start
    assert not report.faults, report.faults
    return spent, report


class Contexts:
    """The finished strings of an agency's agreements, for the other ways to set them."""

    def __init__(self, folder: Path, agency: str, count: int) -> None:
        self.world = Workspace(folder, {})
        read = valid_agency(reading.read_agency(folder / "agreements" / agency))
        self.drafts = [
            building.build(
                self.world,
                inputs.unit_input(
                    "agreement", read, reading.read_unit(read, path), DocumentOptions()
                ),
            )
            for path in read.unit_paths[:count]
        ]
        self.roots = self.world.template_roots
        self.agency = agency
        self.html = document.html_templates(self.roots, agency)
        self.typst = [
            typst_source(self.html.render("agreement", draft.context)) for draft in self.drafts
        ]

    def word(self, name: str) -> Path:
        return locate.find(self.roots, "docx", self.agency, name)

    def body(self, name: str) -> str:
        return docx.body_of(packages.read(self.word(name)))

    def values(self, draft: building.FinishedText) -> dict[str, Any]:
        context = draft.context
        return {field.name: getattr(context, field.name) for field in fields(context)}

    def by_docxtpl(self, target: Path) -> None:
        """Every document as docxtpl's manual shows."""
        for number, draft in enumerate(self.drafts):
            self.one_by_docxtpl(draft, target / f"{number}.docx")

    def one_by_docxtpl(self, draft: building.FinishedText, target: Path) -> None:
        # docxtpl doesn't know how templates give columns their widths; read, they are titles.
        read = packages.read(self.word("agreement.docx"))
        core = core_properties(draft.context.properties)
        template = DocxTemplate(io.BytesIO(pack({CORE: core, **_plain(read.parts)})))
        template.render(self.values(draft), docx.environment(self.body), autoescape=True)
        template.save(str(target))

    def by_libreoffice(self, target: Path) -> None:
        """docxtpl, then LibreOffice, ten documents a process."""
        self.by_docxtpl(target)
        files = sorted(target.glob("*.docx"))
        for start in range(0, len(files), BATCH):
            subprocess.run(
                [
                    "soffice",
                    f"-env:UserInstallation=file://{target.parent}/profile",
                    *("--headless", "--convert-to", "pdf", "--outdir", str(target)),
                    *map(str, files[start : start + BATCH]),
                ],
                check=True,
                capture_output=True,
            )

    def by_loop(self, target: Path) -> None:
        """docxtpl and WeasyPrint in a plain loop, as their manuals show."""
        self.by_docxtpl(target)
        folders = locate.folders(self.roots, "html", self.agency)
        for number, draft in enumerate(self.drafts):
            loader = jinja2.FileSystemLoader([str(folder) for folder in folders])
            environment = jinja2.Environment(
                loader=loader, autoescape=True, trim_blocks=True, lstrip_blocks=True
            )
            environment.filters["whole"] = html.whole
            text = environment.get_template("agreement.html").render(self.values(draft))
            pictures = {"gen:code": qr_code.dots(draft.record.id)}
            with as_in_the_manual():
                sheet = weasyprint.CSS(string=self.html.stylesheet("agreement"))
                weasyprint.HTML(string=text, url_fetcher=_Given(pictures)).write_pdf(
                    str(target / f"{number}.pdf"), stylesheets=[sheet], pdf_variant="pdf/a-3a"
                )

    def by_typst(self, target: Path) -> None:
        """Typst, the same content, PDF/A-3a."""
        import typst

        for number, text in enumerate(self.typst):
            source = target / f"{number}.typ"
            source.write_text(text, "utf-8")
            typst.compile(str(source), str(target / f"{number}.pdf"), pdf_standards="a-3a")


def _plain(parts: Mapping[str, bytes]) -> dict[str, bytes]:
    """A template's parts with tags that docxtpl can read: in attributes, too, with apostrophes."""
    return {
        name: docx._QUOTED.sub(_apostrophes, data.decode()).encode()
        if DYNAMIC.fullmatch(name)
        else data
        for name, data in parts.items()
    }


def _apostrophes(tag: re.Match[str]) -> str:
    return docx._unquoted(tag).replace('"', "'")


class _Given(weasyprint.URLFetcher):  # type: ignore[misc]
    def __init__(self, pictures: dict[str, bytes]) -> None:
        super().__init__()
        self.pictures = pictures

    def fetch(self, url: str, headers: Any = None) -> Any:
        response = weasyprint.urls.URLFetcherResponse
        return response(url, self.pictures[url], {"Content-Type": "image/png"})


def seconds() -> float:
    """What this process and the programs it has run worked."""
    children = resource.getrusage(resource.RUSAGE_CHILDREN)
    return time.process_time() + children.ru_utime + children.ru_stime


def compare(name: str, folder: Path, agency: str, count: int) -> None:
    """The same documents by every way there is, taking turns."""
    contexts = Contexts(folder, agency, count)
    count = len(contexts.drafts)
    pages = 0
    ways: dict[str, Callable[[Path], object]] = {
        "docxtpl, then LibreOffice": contexts.by_libreoffice,
        "docxtpl and WeasyPrint in a loop": contexts.by_loop,
        "Typst (PDF only)": contexts.by_typst,
    }
    spent: dict[str, list[float]] = {way: [] for way in ("gen batch -j 2", *ways)}
    work: dict[str, list[float]] = {way: [] for way in spent}
    for _ in range(TURNS):
        with tempfile.TemporaryDirectory() as target, peaks() as found:
            worked = seconds()
            took, report = batch(folder, agency, Path(target))
            spent["gen batch -j 2"].append(took)
            work["gen batch -j 2"].append(seconds() - worked + found.seconds)
            pages = sum(report.pages.values())
        for way, make in ways.items():
            with tempfile.TemporaryDirectory() as target:
                (Path(target) / "documents").mkdir()
                start, worked = time.perf_counter(), seconds()
                try:
                    make(Path(target) / "documents")
                except ImportError:
                    continue
                spent[way].append(time.perf_counter() - start)
                work[way].append(seconds() - worked)
    ours = statistics.median(spent["gen batch -j 2"]) / pages
    print(f"\n{name}: {count} documents, {pages} pages, median of {TURNS} turns\n")
    print("| way | ms a page | processor, ms a page | pages a second | gen is faster by |")
    print("|---|---|---|---|---|")
    for way, times in spent.items():
        if times:
            page, worked = (statistics.median(found) / pages for found in (times, work[way]))
            print(
                f"| {way} | {page * 1000:.1f} | {worked * 1000:.1f} | {1 / page:.1f} "
                f"| {page / ours:.2f} × |"
            )
    docx_alone(contexts)


def docx_alone(contexts: Contexts) -> None:
    """A DOCX by the compiled template against docxtpl's own way."""
    writer = DocxWriter(
        document.word_template(contexts.world.template_roots, contexts.agency, "agreement.docx")
    )
    draft = contexts.drafts[0]
    with tempfile.TemporaryDirectory() as target:
        path = Path(target, "x.docx")
        ways: dict[str, Callable[[], object]] = {
            "gen": lambda: writer.write(draft.context),
            "docxtpl": lambda: contexts.one_by_docxtpl(draft, path),
        }
        spent: dict[str, list[float]] = {way: [] for way in ways}
        for _ in range(15):
            for way, make in ways.items():
                start = time.perf_counter()
                make()
                spent[way].append(time.perf_counter() - start)
    ours, theirs = (min(spent[way]) for way in ("gen", "docxtpl"))
    print(
        f"\nDOCX alone: {ours * 1000:.1f} ms, docxtpl {theirs * 1000:.1f} ms: {ours / theirs:.3f}"
    )


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


def main() -> None:
    start_up()
    if TURNS > 1:
        fidelity_cost()
        copies()
    if FEW:
        with tempfile.TemporaryDirectory() as place:
            compare("districts", workspace(Path(place), FEW), AGENCY, FEW)
    if FEW and TURNS > 1:
        compare("the real units of dsdw-2566", ROOT, "dsdw-2566", 99)
    measure_department()
    print(
        "\n| districts | pages | full run, s | ms a document | MiB, reading | MiB, rendering",
        end="",
    )
    print(" | one unit changed, s | nothing changed, s | the same as a command, s |")
    print("|---|---|---|---|---|---|---|---|---|", flush=True)
    for count in SCALE:
        scale(count)


if __name__ == "__main__":
    main()
