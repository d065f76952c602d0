"""A finished document is read again, where it is whole and of its source."""

import random
import shutil
from collections.abc import Generator, Iterable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from generator.batch import foretelling, kept_documents, rendering
from generator.batch.kept_documents import KeptDocument
from generator.batch.rendering import RenderJob, RenderOutcome, WorkerSetup
from generator.batch.report import BatchReport, DocumentState
from generator.batch.request import BatchRequest, WantedDocuments
from generator.workspace.environment import PARTS, Workspace
from generator.writers.kept.folder import PartFolder
from generator.writers.kept.store import Part, PartStore
from generator.writers.pdf import drawing, renderer
from generator.writers.pdf.parts import spelling
from support.small import AGENCY, batch, snapshot, unit, workspace

UNITS = 2
Kept = dict[str, tuple[str, KeptDocument]]
"""Keys and documents by their key in the folder, with the hash of their source."""


class Engine:
    """Renders in this process, and notes which documents were taken from the folder."""

    def __init__(self) -> None:
        self.kept: list[bool] = []
        self.jobs: list[RenderJob] = []

    def __call__(
        self, setup: WorkerSetup, jobs: Iterable[RenderJob]
    ) -> Generator[tuple[RenderJob, RenderOutcome]]:
        for job in jobs:
            outcome = rendering.make(setup, job)
            self.kept.append(outcome.kept)
            self.jobs.append(job)
            yield job, outcome


def made(folder: Path, **options: bool) -> tuple[Engine, BatchReport]:
    """A batch whose outputs somebody deleted."""
    shutil.rmtree(folder / "outputs", ignore_errors=True)
    engine = Engine()
    report = batch(folder, engine=engine, **options)
    assert not report.faults
    return engine, report


@pytest.fixture(scope="module")
def first(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Path, Path, list[RenderJob]]]:
    """A workspace, made once with a folder of parts, that folder, and the jobs."""
    place = tmp_path_factory.mktemp("kept")
    parts = place / "parts"
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(PARTS, str(parts))
        patch.setattr(drawing, "STORE", PartStore(folder=PartFolder(parts, spelling)))
        folder = workspace(place / "work", UNITS)
        engine, _ = made(folder)
        assert engine.kept == [False] * UNITS
        yield folder, parts, engine.jobs


@pytest.fixture
def place(
    first: tuple[Path, Path, list[RenderJob]], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Path:
    """A copy of both, in use."""
    folder, parts, _ = first
    shutil.copytree(folder, tmp_path / "work")
    shutil.copytree(parts, tmp_path / "parts")
    monkeypatch.setenv(PARTS, str(tmp_path / "parts"))
    return tmp_path


def test_the_next_run_takes_what_was_finished_and_no_byte_is_another(place: Path) -> None:
    before = snapshot(place / "work")
    engine, report = made(place / "work")
    assert engine.kept == [True] * UNITS
    assert report.pages["agreement"] >= 2 * UNITS
    after = snapshot(place / "work")
    assert {name for name in before if name.endswith(("pdf", "docx"))} <= set(after)
    assert all(after[name] == before[name] for name in after if name.endswith(("pdf", "docx")))
    changed = place / "work" / "agreements" / AGENCY / "unit-1.yaml"
    changed.write_text(unit(5), "utf-8")
    assert made(place / "work")[0].kept == [False, True]
    assert made(place / "work", force=True)[0].kept == [False] * UNITS


def test_what_is_damaged_is_made_anew(
    first: tuple[Path, Path, list[RenderJob]], place: Path
) -> None:
    world, (job, *_), chance = Workspace(first[0], {}), first[2], random.Random(18)
    assert kept_documents._folder() is kept_documents._folder(), "it counts what it writes"
    right = kept_documents.kept(world, job.key, job.source_hash)
    assert right is not None
    path = kept_documents._folder()._path(kept_documents._named(job.key))  # type: ignore[union-attr]
    whole = path.read_bytes()
    for turn in range(200):
        data = bytearray(whole)
        if turn % 3 == 0:
            data[chance.randrange(len(data))] ^= 1 << chance.randrange(8)
        elif turn % 3 == 1:
            del data[chance.randrange(len(data)) :]
        else:
            data += b"x"
        path.write_bytes(data)
        assert kept_documents.kept(world, job.key, job.source_hash) is None
    assert kept_documents.kept(world, "", job.source_hash) is None


def test_an_entry_that_lies_is_not_taken(
    first: tuple[Path, Path, list[RenderJob]], place: Path
) -> None:
    world, (job, other) = Workspace(first[0], {}), first[2]
    mine = kept_documents.kept(world, job.key, job.source_hash)
    theirs = kept_documents.kept(world, other.key, other.source_hash)
    assert mine is not None
    assert theirs is not None
    pdf, docx = mine.files["pdf"], mine.files["docx"]
    lies = {
        "another unit's": theirs,
        "another unit's PDF": replace(mine, files={"docx": docx, "pdf": theirs.files["pdf"]}),
        "another unit's DOCX": replace(mine, files={"docx": theirs.files["docx"], "pdf": pdf}),
        "another id": replace(mine, id=theirs.id),
        "other pages": replace(mine, pages=mine.pages + 1),
        "no PDF": replace(mine, files={"docx": docx}),
        "a PDF cut off": replace(mine, files={"docx": docx, "pdf": pdf[:-100]}),
        "a DOCX that says more": replace(mine, files={"docx": docx + b"x", "pdf": pdf[:2000]}),
    }
    for lie, kept in lies.items():
        kept_documents.keep(job.key, kept)
        assert kept_documents.is_kept(job.key)
        assert kept_documents.kept(world, job.key, job.source_hash) is None, lie
    kept_documents.keep(job.key, mine)
    assert kept_documents.kept(world, job.key, job.source_hash) == mine
    assert kept_documents.kept(world, job.key, other.source_hash) is None


class LaidOut(PartStore):
    """Counts the parts that were laid out."""

    parts = 0

    def put(self, key: str, part: Part, *, lasting: bool = True) -> None:
        self.parts += 1
        super().put(key, part, lasting=lasting)


def foretold(folder: Path, **options: bool) -> foretelling.ForetoldBatch:
    """What a batch of agreements would make."""
    world = Workspace(folder, {})
    wanted = WantedDocuments(("agreement",))
    request = BatchRequest(folder / "agreements" / AGENCY, world.outputs, wanted, **options)
    return foretelling.foretold(world, request)


def test_a_plan_says_how_many_parts_are_new_and_writes_nothing(
    place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    renderer.start()
    folder, before = place / "work", snapshot(place / "work")
    plan = foretold(folder)
    assert plan.documents == []
    assert plan.report.of(DocumentState.CURRENT) == UNITS
    shutil.rmtree(folder / "outputs")
    plan = foretold(folder)
    assert [found.finished for found in plan.documents] == [True] * UNITS
    assert f"{UNITS}" in str(plan.summary())
    monkeypatch.setattr(drawing, "STORE", PartStore(folder=PartFolder(place / "parts", spelling)))
    plan = foretold(folder, force=True)
    assert [found.new for found in plan.documents] == [0] * UNITS
    parts = [found.parts for found in plan.documents]
    monkeypatch.setattr(drawing, "STORE", PartStore())
    plan = foretold(folder, force=True)
    assert [found.parts for found in plan.documents] == parts
    new = [found.new for found in plan.documents]
    assert new[0] == parts[0]
    assert not (folder / "outputs").exists()
    laid_out = LaidOut()
    monkeypatch.setattr(drawing, "STORE", laid_out)
    made(folder, force=True)
    assert laid_out.parts == sum(new)
    assert {name for name in snapshot(folder) if name.endswith("pdf")} <= set(before)


def test_a_plan_names_what_cannot_be_made(place: Path) -> None:
    broken = place / "work" / "agreements" / AGENCY / "unit-1.yaml"
    broken.write_text("name: [", "utf-8")
    plan = foretold(place / "work")
    assert plan.report.of(DocumentState.FAILED) == 1
    assert plan.report.faults
