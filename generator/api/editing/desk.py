"""One person's work on an agency's files: typed, kept, undone, saved."""

from __future__ import annotations

import hashlib
import threading
import time
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal

from ...agreements import yaml_tree
from ...agreements.changes import Change
from ...agreements.changing import changed
from ...agreements.file_kinds import model_of
from ...errors import FileError, UsageError
from ...messages import message
from ...workspace import confined
from ...workspace.confined import read_bytes
from ...workspace.environment import Workspace
from ...workspace.publishing import publish
from ...workspace.reasons import why
from . import edited_file, three_way
from .edited_file import EditedFile, encoded, step_between

HIDDEN = ".gen"
"""The folder of a workspace in which drafts are kept."""

Way = Literal["mine", "theirs", "both"]
WAYS: tuple[Way, ...] = ("mine", "theirs", "both")
"""How it goes on where a file was changed outside meanwhile."""

MOST_BYTES = 16 << 20
_AT_ONCE = threading.RLock()


@dataclass(frozen=True, slots=True)
class Desk:
    """What ``who`` edits in an agency's folder; files are named as seen from there."""

    workspace: Workspace
    folder: Path
    who: str = ""

    def file(self, name: str) -> EditedFile:
        """A file as it is edited here, or as it stands. Raises FileError."""
        path = self._path(name)
        data = read_bytes(path, MOST_BYTES) if path.is_file() else None
        text, bom = _decoded(path, data)
        kept = self._kept(name)
        if kept is None or (not kept.unsaved and kept.disk != text):
            return EditedFile(path, text, text or "", bom=bom)
        if kept.disk == text:
            return kept
        if kept.text == text:  # it was saved, and what says so was lost
            return replace(kept, disk=text)
        return replace(kept, outside=text, is_changed_outside=True)

    def change(
        self,
        name: str,
        changes: Iterable[Change],
        what: str = "",
        *,
        field: str = "",
        moment: int = 0,
    ) -> EditedFile:
        """A file after changes of its data; what has one ``moment`` is undone together.

        Raises UsageError, FileError.
        """
        with self._locked():
            file = self.file(name)
            model = model_of(Path(name))
            if model is None:
                raise UsageError(message("no-file-of-data", file=name))
            read = yaml_tree.parse(file.path, file.text.encode())
            if read.node is None:
                raise UsageError(message("file-to-edit-at-fault", file=name))
            text = changed(read, changes, model)
            return self._keep(name, file, text, what, field, moment)

    def write(
        self, name: str, text: str, what: str = "", *, field: str = "", moment: int = 0
    ) -> EditedFile:
        """A file with another text as a whole. Raises UsageError, FileError."""
        with self._locked():
            return self._keep(name, self.file(name), text, what, field, moment)

    def undo(self, names: Iterable[str]) -> tuple[str, ...]:
        """Take back what was done last in some files; which files it was in."""
        return self._stepped(names, back=True)

    def redo(self, names: Iterable[str]) -> tuple[str, ...]:
        """Do again what was taken back last."""
        return self._stepped(names, back=False)

    def _stepped(self, names: Iterable[str], *, back: bool) -> tuple[str, ...]:
        with self._locked():
            files = {name: self.file(name) for name in names}
            next_steps = {
                name: file.steps[file.at - 1 if back else file.at].moment
                for name, file in files.items()
                if (file.at if back else len(file.steps) - file.at)
            }
            if not next_steps:
                return ()
            moment = (max if back else min)(next_steps.values())
            found = tuple(name for name, of in next_steps.items() if of == moment)
            publish(
                {
                    self._store(name): (
                        files[name].undone() if back else files[name].redone()
                    ).as_json(self.who)
                    for name in found
                }
            )
            return found

    def save(self, names: Iterable[str] | None = None) -> tuple[str, ...]:
        """Put what is typed into the files, all or none; which they were.

        Raises FileError, and UsageError where one of them was changed outside meanwhile.
        """
        with self._locked():
            files = {
                name: file
                for name in (self.unsaved() if names is None else names)
                if (file := self.file(name)).unsaved
            }
            for name, file in files.items():
                if file.is_changed_outside:
                    raise UsageError(message("changed-outside", file=name))
            publish({file.path: file.data for file in files.values() if file.text})
            for file in files.values():
                if not file.text:
                    file.path.unlink(missing_ok=True)
            saved = {name: replace(file, disk=file.text or None) for name, file in files.items()}
            publish({self._store(name): file.as_json(self.who) for name, file in saved.items()})
            return tuple(saved)

    def settle(self, name: str, how: Way) -> EditedFile:
        """Go on with one of two versions, or with both changes; undo leads to the other one.

        Raises UsageError where both changed the same lines.
        """
        with self._locked():
            return self._settled(name, how)

    def _settled(self, name: str, how: Way) -> EditedFile:
        file = self.file(name)
        if not file.is_changed_outside:
            return file
        theirs = file.outside or ""
        text: str | None = file.text
        if how == "theirs":
            text = theirs
        elif how == "both":
            text = three_way.merged(file.disk or "", file.text, theirs)
        if text is None:
            raise UsageError(message("both-changed-the-same", file=name))
        before = file.text if how == "theirs" else theirs
        moment = time.time_ns()
        step = step_between(before, text, "settled", moment) if before != text else None
        settled = file.restarted(file.outside, text, step)
        publish({self._store(name): settled.as_json(self.who)})
        return settled

    def discard(self, names: Iterable[str]) -> None:
        """Go back to what the files say; undo leads to what was typed."""
        with self._locked():
            moment = time.time_ns()
            for name in names:
                file = self.file(name)
                if file.is_changed_outside:
                    self._settled(name, "theirs")
                elif file.unsaved:
                    kept = file.with_text(file.disk or "", "discarded", moment)
                    publish({self._store(name): kept.as_json(self.who)})

    def kept(self) -> tuple[str, ...]:
        """The files of which a draft or steps to undo are kept, by name."""
        return tuple(self._names())

    def unsaved(self) -> tuple[str, ...]:
        """The files with something to save, by name."""
        return tuple(name for name in self._names() if self.file(name).unsaved)

    def laid_over(self) -> Mapping[Path, bytes]:
        """What is to be read in place of the files (``workspace.unsaved``)."""
        files = (self.file(name) for name in self._names())
        return {file.path: file.data for file in files if file.unsaved}

    def others(self, name: str) -> tuple[str, ...]:
        """Who else has something unsaved in a file."""
        found = []
        for drafts in sorted(_folders(self.workspace.root / HIDDEN / "drafts")):
            store = drafts / self.folder.name / f"{name}.json"
            if drafts != self._drafts.parent and store.is_file():
                with suppress(FileError, ValueError, KeyError, TypeError):
                    data = read_bytes(store, MOST_BYTES)
                    if edited_file.of_json(self._path(name), data).unsaved:
                        found.append(edited_file.who_of(data))
        return tuple(found)

    def _keep(
        self, name: str, file: EditedFile, text: str, what: str, field: str, moment: int
    ) -> EditedFile:
        if file.is_changed_outside:
            raise UsageError(message("changed-outside", file=name))
        kept = file.with_text(text, what, moment or time.time_ns(), field)
        if kept is not file:
            publish({self._store(name): kept.as_json(self.who)})
        return kept

    def _path(self, name: str) -> Path:
        return confined.below(self.folder, name)

    @property
    def _drafts(self) -> Path:
        return _drafts_of(self.workspace, self.who) / self.folder.name

    def _store(self, name: str) -> Path:
        self._path(name)
        return self._drafts / f"{name}.json"

    def _names(self) -> Iterator[str]:
        """The files of which something is kept."""
        for store in sorted(self._drafts.rglob("*.json")):
            yield store.relative_to(self._drafts).as_posix().removesuffix(".json")

    def _kept(self, name: str) -> EditedFile | None:
        store = self._store(name)
        if not store.is_file():
            return None
        try:
            return edited_file.of_json(self._path(name), read_bytes(store, MOST_BYTES))
        except (ValueError, KeyError, TypeError):  # spoilt: what the file says goes on
            return None

    @contextmanager
    def _locked(self) -> Iterator[None]:
        """One at a time: of the threads of a server, and of two servers on one workspace."""
        with _AT_ONCE:
            where = self.workspace.root / HIDDEN
            try:
                where.mkdir(parents=True, exist_ok=True)
                with (where / "lock").open("ab") as lock:
                    with suppress(ImportError):  # Windows
                        import fcntl

                        fcntl.flock(lock, fcntl.LOCK_EX)
                    yield
            except OSError as error:
                raise FileError(
                    message("folder-not-written", folder=HIDDEN, reason=why(error))
                ) from error


def desks(workspace: Workspace, who: str = "") -> tuple[Desk, ...]:
    """The desks of the agencies in which somebody has something to save."""
    names = (path.name for path in sorted(_folders(_drafts_of(workspace, who))))
    found = (Desk(workspace, workspace.agreements / name, who) for name in names)
    return tuple(desk for desk in found if desk.folder.is_dir() and desk.unsaved())


def _drafts_of(workspace: Workspace, who: str) -> Path:
    """A person's folder of drafts: a name may be any text."""
    called = hashlib.sha256(who.encode()).hexdigest()[:16] if who else "own"
    return workspace.root / HIDDEN / "drafts" / called


def _folders(path: Path) -> list[Path]:
    return [entry for entry in path.iterdir() if entry.is_dir()] if path.is_dir() else []


def _decoded(path: Path, data: bytes | None) -> tuple[str | None, bool]:
    if data is None:
        return None, False
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise FileError(message("file-to-add-to-not-utf-8", file=path.name)) from error
    bom = data.startswith(encoded("", bom=True))
    return text, bom
