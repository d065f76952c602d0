"""A whole batch: what is stale is made, verified, published and noted, one by one.

What is imported late is what a batch that finds everything unchanged doesn't need.
"""

from __future__ import annotations

import contextlib
import errno
import hashlib
import re
import time
from collections.abc import Callable, Generator, Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from ..diagnostics import Diagnostic, Location, fault, in_order
from ..errors import FileError, UsageError
from ..messages import Message, message
from ..workspace import publishing
from ..workspace.confined import below
from ..workspace.environment import Workspace
from . import fingerprint
from .manifest import Manifest, ManifestEntry, file_hash
from .report import BatchReport, DocumentDone, DocumentState, Watcher
from .request import BatchRequest

if TYPE_CHECKING:
    from .plan import PlannedDocument, Skipped
    from .rendering import RenderJob, RenderOutcome, WorkerSetup

    Engine = Callable[
        [WorkerSetup, Iterable[RenderJob]], Generator[tuple[RenderJob, RenderOutcome]]
    ]

_NO_ROOM = (errno.ENOSPC, errno.EDQUOT, errno.EROFS)


def find(workspace: Workspace, name: str) -> Path:
    """The folder of an agency that was named. Raises UsageError."""
    for path in (Path(name), workspace.agreements / name):
        if (path / "agency.yaml").is_file():
            return path.resolve()
    from ..agreements import lookup

    found = lookup.find(workspace, name)
    if found.unit is not None:
        raise UsageError(message("batch-of-a-unit", name=name))
    return found.folder


def run(workspace: Workspace, request: BatchRequest, engine: Engine, watch: Watcher) -> BatchReport:
    """Make what is stale. Raises DataError, FileError, MissingError, UsageError.

    What is wrong with single documents stands in the report.
    """
    start = time.monotonic()
    folder = below(request.base, request.agency.name)
    with Manifest(folder) as manifest:
        surroundings = fingerprint.of(workspace, request.agency.name)
        whole = _whole(workspace, request, surroundings)
        if not request.force and manifest.whole == whole:
            report = _unchanged(manifest, watch)
            if report is not None:
                _pack(workspace, request, manifest, report)
                report.seconds = time.monotonic() - start
                return report
        batch = BatchWork(workspace, request, manifest, fingerprint.digest_of(surroundings), watch)
        batch.work(engine)
        batch.look_for_gone()
        report = batch.report
        report.faults += manifest.faults
        manifest.finish("" if report.faults or report.said else whole)
        _pack(workspace, request, manifest, report)
    report.faults[:] = in_order(report.faults)
    report.paths.sort()
    report.said.sort(key=str)
    report.seconds = time.monotonic() - start
    return report


def _pack(
    workspace: Workspace, request: BatchRequest, manifest: Manifest, report: BatchReport
) -> None:
    """The archives and the PDF to print that were asked for, of all that stands in its place."""
    if not (request.zip or request.merge):
        return
    from . import archive

    entries = sorted(manifest.entries.values(), key=lambda entry: (entry.unit, entry.name))
    if not entries:
        return
    files: dict[Path, bytes] = {}
    if request.zip:
        files |= archive.zipped(workspace, request.agency, request.base, entries)
    if request.merge:
        files |= archive.merged(request.agency, request.base, entries)
    publishing.publish(files)
    report.paths += files


def _whole(
    workspace: Workspace, request: BatchRequest, surroundings: fingerprint.Fingerprint
) -> str:
    """One hash of everything that a batch looks at."""
    signed = below(workspace.signed, request.agency.name)
    wanted = request.wanted
    return fingerprint.digest(
        [
            sorted(surroundings.items()),
            fingerprint.tree(request.agency),
            fingerprint.tree(signed) if signed.is_dir() else "",
            [list(wanted.kinds), list(wanted.units), wanted.round],
        ]
    )


def key_of(found: PlannedDocument, surroundings: str) -> str:
    """What a document is made of, in one hash: its source, and what it depends on beside it."""
    return fingerprint.digest([found.source_hash, surroundings])


def _unchanged(manifest: Manifest, watch: Watcher) -> BatchReport | None:
    """The report of a batch that finds every file as it was left; None where one isn't."""
    entries = manifest.entries.values()
    if not all(all(manifest.state(entry).values()) for entry in entries):
        return None
    watch.begin(len(entries))
    report = BatchReport(len({entry.unit for entry in entries}))
    for entry in entries:
        _count(
            report, watch, DocumentDone(entry.name, entry.kind, DocumentState.CURRENT, entry.pages)
        )
    return report


def _count(report: BatchReport, watch: Watcher, event: DocumentDone) -> None:
    report.counts[event.kind, event.state] += 1
    if event.state is DocumentState.MADE:
        report.pages[event.kind] += event.pages
    watch.tell(event)


class BatchWork:
    """The work on what may be stale."""

    def __init__(
        self,
        workspace: Workspace,
        request: BatchRequest,
        manifest: Manifest,
        surroundings: str,
        watch: Watcher,
    ) -> None:
        from . import plan

        self.request, self.manifest, self.watch = request, manifest, watch
        self.surroundings = surroundings
        self.kinds = plan.kinds(request.wanted)
        self.sources = plan.sources(request.agency, request.wanted)
        self.setup = plan.worker_setup(workspace, request.agency)
        self.round = plan.round_meant(self.setup.folder, request.wanted)
        self.report = BatchReport(len(self.sources), self.kinds)
        self.planned: dict[str, PlannedDocument] = {}
        self.named: dict[tuple[str, str, str], str] = {}

    def work(self, engine: Engine) -> None:
        """Deal with every document."""
        from . import plan

        self.watch.begin(len(self.sources) * plan.most(self.setup.folder, self.kinds))
        with contextlib.closing(engine(self.setup, self.stale())) as outcomes:
            for job, outcome in outcomes:
                self._take_in(self.planned.pop(job.name), outcome)

    def stale(self) -> Iterator[RenderJob]:
        """The documents to make; of the others it is noted why they aren't."""
        from . import plan

        documents = plan.documents(self.setup, self.sources, self.kinds, self.round)
        for found in documents:
            if isinstance(found, plan.FilesAtFault):
                self.report.faults += found.faults
                continue
            if isinstance(found, plan.Skipped):
                self._leave(found)
                continue
            job = found.job
            plain = str(found.called.revised(1))
            self.named[job.source.stem, job.kind, plain] = job.name
            if found.differs:
                self.report.said.append(message("signed-version-differs", name=job.name))
            state = self._state(found)
            if state is None:
                self.planned[job.name] = found
                key = "" if self.request.force else self._key(found)
                yield replace(job, key=key, source_hash=found.source_hash)
                continue
            pages = self.manifest.entries[job.name].pages if state is DocumentState.CURRENT else 0
            self._count(job.name, job.kind, state, pages)

    def _leave(self, left: Skipped) -> None:
        self.report.faults += left.faults
        if left.reason:
            self.report.said.append(
                message("document-left-out", name=left.name, reason=left.reason)
            )
        self._count(
            left.name, left.kind, DocumentState.FAILED if left.faults else DocumentState.LEFT
        )

    def _state(self, found: PlannedDocument) -> DocumentState | None:
        """What a document is without being made; None where it has to be made."""
        name = found.job.name
        entry = self.manifest.entries.get(name)
        paths = self._paths(found, ("docx", "pdf"))
        edited = [] if self.request.force else [p for p in paths if self._is_edited(p, entry)]
        same = entry is not None and entry.key == self._key(found)
        if edited and same:
            files = tuple(path.name for path in edited)
            self.report.said.append(message("edited-by-hand-and-kept", files=files))
            return DocumentState.KEPT
        if edited:
            source = found.job.source
            self.report.faults += (
                fault(
                    "edited-by-hand-and-changed",
                    Location(source),
                    file=path.name,
                    source=source.name,
                )
                for path in edited
            )
            return DocumentState.FAILED
        if same and entry is not None and all(self.manifest.state(entry).values()):
            return DocumentState.CURRENT
        return None

    def _is_edited(self, path: Path, entry: ManifestEntry | None) -> bool:
        """Whether somebody else wrote a file: neither this log nor its own seal knows it."""
        if not path.exists() and not path.is_symlink():
            return False
        known = entry.files.get(self._relative(path)) if entry is not None else None
        if known is not None and file_hash(path) == known:
            return False
        return not _is_ours(path)

    def fail(self, job: RenderJob, faults: Iterable[Diagnostic]) -> None:
        """Note that a document can't be made."""
        self.report.faults += faults
        self._count(job.name, job.kind, DocumentState.FAILED)

    def _take_in(self, found: PlannedDocument, outcome: RenderOutcome) -> None:
        job = found.job
        if outcome.faults:
            self.fail(job, outcome.faults)
            return
        # A questionnaire comes with more than its two formats.
        paths = self._paths(found, outcome.files)
        files = dict(zip(paths, outcome.files.values(), strict=True))
        try:
            publishing.publish(files)
        except FileError as error:
            if isinstance(error.__cause__, OSError) and error.__cause__.errno in _NO_ROOM:
                raise
            self.report.faults.append(job.fault(error.said, error.advice))
            self._count(job.name, job.kind, DocumentState.FAILED)
            return
        hashes = {self._relative(p): hashlib.sha256(data).hexdigest() for p, data in files.items()}
        self.manifest.add(
            ManifestEntry(
                *(job.name, found.called.unit, job.source.stem, job.kind, job.options.round),
                *(self._key(found), outcome.id, outcome.pages, hashes, found.about),
            )
        )
        self.report.paths += files
        self._count(job.name, job.kind, DocumentState.MADE, outcome.pages)

    def look_for_gone(self) -> None:
        """Documents whose unit is gone, or that are called otherwise now; --prune removes them."""
        from ..agreements.paths import unit_paths

        made: dict[tuple[str, str], list[str]] = {}
        for source, kind, plain in self.named:
            made.setdefault((source, kind), []).append(plain)
        there = {path.stem for path in unit_paths(self.request.agency)}
        for entry in list(self.manifest.entries.values()):
            plain = re.sub(r"-r\d+$", "", entry.name)
            now = self.named.get((entry.source, entry.kind, plain), entry.name)
            others = made.get((entry.source, entry.kind), ())
            if others and plain not in others and entry.round in ("", self.round):
                now = " or ".join(others)
            if entry.source in there and now == entry.name:
                continue
            paths = [self.manifest.folder / name for name in entry.files]
            left = [path for path in paths if path.is_file()]
            edited = [path for path in left if self._is_edited(path, entry)]
            if not self.request.prune or edited:
                renamed = now if entry.source in there else ""
                self.report.said.append(_no_longer_made(entry.name, renamed, edited=bool(edited)))
                continue
            for path in left:
                path.unlink()
            self.report.removed += left
            self.manifest.remove(entry.name)
            with contextlib.suppress(OSError):
                (self.manifest.folder / entry.unit).rmdir()

    def _paths(self, found: PlannedDocument, extensions: Iterable[str]) -> tuple[Path, ...]:
        agency = self.request.agency.name
        return tuple(
            found.called.path(self.request.base, agency, extension) for extension in extensions
        )

    def _relative(self, path: Path) -> str:
        return path.relative_to(self.manifest.folder).as_posix()

    def _key(self, found: PlannedDocument) -> str:
        return key_of(found, self.surroundings)

    def _count(self, name: str, kind: str, state: DocumentState, pages: int = 0) -> None:
        _count(self.report, self.watch, DocumentDone(name, kind, state, pages))


def _no_longer_made(name: str, now: str, *, edited: bool) -> Message:
    """That a document is no longer made: its unit is gone, or it is called ``now``."""
    if now and edited:
        return message("renamed-document-edited", name=name, now=now)
    if now:
        return message("document-renamed", name=name, now=now)
    if edited:
        return message("unit-gone-document-edited", name=name)
    return message("unit-gone", name=name)


def _is_ours(path: Path) -> bool:
    """Whether a file is as gen made it: a DOCX by its seal, a PDF unless it was signed."""
    from .. import verify

    try:
        data = path.read_bytes()
    except OSError:
        return False  # a folder, or what may not be read: nothing of gen's, and not to be replaced
    return verify.untouched(data) if path.suffix == ".docx" else b"/ByteRange" not in data
