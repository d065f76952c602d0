"""A document that gen made, edited in Word: its changed words as changes of the agency's files."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path, PurePath
from typing import Any

from lxml import etree

from ..agreements import default_words, lookup
from ..agreements.changes import Inserted, Put, Removed
from ..agreements.changing import changed
from ..agreements.file_kinds import model_of
from ..agreements.paths import yaml_in
from ..agreements.record import DocumentInput, DocumentOptions
from ..agreements.yaml_tree import YamlFile
from ..comparing import csv_texts, edited, versions
from ..comparing.edited import EditedBlock, Spot, WordEdit
from ..comparing.guesses import FileChange, Guesser, merged
from ..comparing.leaves import DataText, read_files, stretches, texts_of
from ..comparing.new_rows import CSV
from ..comparing.reading_back import LedBack, LeftOver, read_back
from ..comparing.word_xml import opened
from ..diagnostics import Diagnostic, errors
from ..documents import building, inputs
from ..documents.kinds import KINDS
from ..errors import FileError, GenError, UsageError
from ..messages import Message, message
from ..templates.word_parts import CORE
from ..verify.docx import MAX_PARTS
from ..workspace.confined import read_bytes
from ..workspace.environment import Workspace
from ..workspace.unsaved import unsaved
from ..writers import document
from ..writers.docx import carried
from . import checking

_SHIPPED = "wording.yaml (gen)"
_FOLDERS = ("indicators", "tables", "plans", "surveys")
_IDENTIFIER = "{http://purl.org/dc/elements/1.1/}identifier"
_BOM = b"\xef\xbb\xbf"
_STUMBLES = (LookupError, ValueError, TypeError, AttributeError, ArithmeticError, AssertionError)
MOST_EDITS = 2_000
"""A document with more edits is another document."""


@dataclass(frozen=True, slots=True)
class DocumentReadBack:
    """What an edited document changes: files, not yet published, and what of it no data says.

    ``faults`` are errors that the files would have and haven't now: so they aren't to be written.
    """

    folder: Path
    files: Mapping[Path, bytes]
    back: tuple[LedBack, ...]
    left: tuple[LeftOver, ...]
    faults: tuple[Diagnostic, ...]
    remarks: tuple[Message, ...] = ()


def take_back(
    workspace: Workspace,
    path: Path,
    *,
    of: str | None = None,
    kind: str | None = None,
    agency: str | None = None,
) -> DocumentReadBack:
    """Read an edited DOCX back into the files of its agency; nothing is written.

    ``of`` and ``kind`` say of which unit it is, where another program took the source out. Raises
    UsageError, DataError, FileError, TemplateFault.
    """
    parts = opened(read_bytes(path, MAX_PARTS), path.name)
    says = edited.of_parts(parts, path.name)
    with tempfile.TemporaryDirectory(prefix="gen-") as name:
        made_from = _source(workspace, parts, path, of, Path(name).resolve())
        base: tuple[EditedBlock, ...] | None
        if made_from is not None:
            target = _target(workspace, made_from)
            bench = _Bench(workspace, made_from.kind, target, made_from.options)
            base = _said(workspace, made_from)
        else:
            target = lookup.find(workspace, of or "", agency)
            options = DocumentOptions("unit" if target.unit is not None else "form")
            bench = _Bench(workspace, kind or "agreement", target, options)
            base = bench.made(())
    if base is None:
        raise UsageError(message("document-cannot-be-made", name=path.name))
    return bench.read_back(base, says, path.name)


def _source(
    workspace: Workspace, parts: Mapping[str, bytes], path: Path, of: str | None, into: Path
) -> DocumentInput | None:
    """What the document was made from: as it carries it, or as its twin among the outputs does."""
    if carried.taken(parts) is not None:
        return versions.of_document(path, into)
    if of is not None:
        return None
    number = _identifier(parts)
    for twin in sorted(workspace.outputs.glob("*/*/*.docx")) if number else ():
        try:
            others = opened(read_bytes(twin, MAX_PARTS), twin.name)
            if _identifier(others) == number and carried.taken(others) is not None:
                return versions.of_document(twin, into)
        except FileError:
            continue
    raise FileError(message("edited-without-source", name=path.name))


def _identifier(parts: Mapping[str, bytes]) -> str:
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    try:
        return etree.fromstring(parts.get(CORE, b""), parser).findtext(_IDENTIFIER) or ""
    except etree.XMLSyntaxError:
        return ""


def _target(workspace: Workspace, made_from: DocumentInput) -> lookup.Target:
    """Where what the document is of stands today. Raises UsageError."""
    agency = made_from.folder.id
    if made_from.options.scope != "unit":
        return lookup.find(workspace, agency)
    return lookup.find(workspace, made_from.unit.id, agency)


def _said(workspace: Workspace, made_from: DocumentInput) -> tuple[EditedBlock, ...]:
    """What a document says. Raises GenError."""
    finished = building.build(workspace, made_from)
    kind = made_from.kind
    agency = finished.record.agency
    template = document.word_template(workspace.template_roots, agency, KINDS[kind].word)
    data = document.word_writer(workspace, template).write(finished.context)
    return edited.read(data, kind)


class _Bench:
    """Makes a document of the files as they would be."""

    def __init__(
        self, workspace: Workspace, kind: str, target: lookup.Target, options: DocumentOptions
    ) -> None:
        if kind not in KINDS:
            raise UsageError(
                message("no-such-document", name=kind), message("known-names", names=tuple(KINDS))
            )
        self._workspace, self._kind, self._target, self._options = workspace, kind, target, options
        self._folder = target.folder.resolve()
        self._files = read_files(self._folder, self._names())
        self._cells = {name: read_bytes(self._folder / name) for name in self._csv_names()}

    def _names(self) -> Iterator[str]:
        """The files that the document is made of, by their names in the agency's folder."""
        yield "agency.yaml"
        if (self._folder / "wording.yaml").is_file():
            yield "wording.yaml"
        units = [self._target.unit] if self._target.unit is not None else []
        if self._options.scope == "agency":
            units = [*lookup.units(self._folder)]
        for unit in units:
            yield unit.name
            round_ = self._options.round
            if round_ and (results := self._folder / "results" / round_ / unit.name).is_file():
                yield results.relative_to(self._folder).as_posix()
        for name in _FOLDERS:
            for path in yaml_in(self._folder / name)[0]:
                yield path.relative_to(self._folder).as_posix()

    def _csv_names(self) -> Iterator[str]:
        """The CSV files whose cells the document may print."""
        round_ = self._options.round
        for name in ("tables", *([f"results/{round_}"] if round_ else [])):
            if (self._folder / name).is_dir():
                for path in sorted((self._folder / name).glob(f"*{CSV}")):
                    yield path.relative_to(self._folder).as_posix()

    def made(self, changes: Sequence[FileChange]) -> tuple[EditedBlock, ...] | None:
        """What the document says after changes; None where it can't be made."""
        try:
            with unsaved(self.changed(changes)):
                found = inputs.find_input(self._kind, self._target, self._options)
                if any(errors(unit.faults) for unit in (found.unit, *found.units)):
                    return None
                return _said(self._workspace, found)
        except GenError:
            return None
        except _STUMBLES:
            # What documents are built by may rest on sound data; a guess needn't be sound.
            if not changes:
                raise
            return None

    def changed(self, changes: Sequence[FileChange]) -> dict[Path, bytes]:
        """The files after changes, texts first, then what is added, then what is gone."""
        files: dict[Path, bytes] = {}
        changes = [*changes, *self._counted(changes)]
        for name in dict.fromkeys(change.file for change in changes):
            own = [change for change in changes if change.file == name]
            if name in self._cells:
                files[self._folder / name] = csv_texts.changed(self._cells[name], own)
                continue
            file = self._files[name]
            own.sort(key=lambda one: (one.new is None, one.old is None))
            gone = sorted(
                (one for one in own if one.new is None),
                key=lambda one: [str(step).zfill(6) for step in one.path],
                reverse=True,
            )
            steps = [one.change for one in (*(o for o in own if o.new is not None), *gone)]
            text = changed(file, steps, model_of(PurePath(name)))
            bom = _BOM if read_bytes(file.path).startswith(_BOM) else b""
            files[file.path] = bom + text.encode()
        return files

    def _counted(self, changes: Sequence[FileChange]) -> Iterator[FileChange]:
        """How many rows a target table says that its CSV file has, after rows came or went."""
        for name in dict.fromkeys(change.file for change in changes if change.file in self._cells):
            own = [change.change for change in changes if change.file == name]
            more = sum(isinstance(one, Inserted) for one in own)
            more -= len({one.path for one in own if isinstance(one, Removed)})
            for table, file in self._files.items():
                node = file.node
                is_of = node is not None and node.child("csv") is not None and more
                if not is_of or not table.startswith("tables/") or node is None:
                    continue
                said, rows = (node.child(key) for key in ("csv", "rows"))
                if said is None or said.value != PurePath(name).name or rows is None:
                    continue
                if isinstance(rows.value, str) and rows.value.isdecimal():
                    now = str(int(rows.value) + more)
                    put = Put(("rows",), now)
                    yield FileChange(table, put, rows.value, now, rows.location.line)

    def read_back(
        self, base: Sequence[EditedBlock], says: Sequence[EditedBlock], name: str
    ) -> DocumentReadBack:
        """Lead the edits back to the files."""
        found = [*edited.edits(base, says)]
        if len(found) > MOST_EDITS:
            raise UsageError(message("too-many-edits", name=name))
        today = self.made(())
        if today is None:
            raise UsageError(message("document-cannot-be-made", name=name))
        done = self._done(found, today, says)
        waiting = [edit for edit in found if id(edit) not in done]
        texts = texts_of(self._files)
        texts += self._shipped()
        pieces = [piece for text in texts for piece in stretches(text)]
        cells = [t for name, data in self._cells.items() for t in csv_texts.texts_of(name, data)]
        pieces += [piece for text in cells for piece in csv_texts.printed(text)]
        texts += cells
        unit = self._target.unit.name if self._target.unit is not None else ""
        guesser = Guesser(texts, pieces, unit)
        shared = ("wording.yaml", _SHIPPED)
        back, left = read_back(waiting, says, guesser, self.made, shared)
        changes = _merged(back)
        files = self.changed(changes)
        remarks = []
        if meanwhile := len([*edited.edits(base, today)]):
            remarks.append(message("files-changed-meanwhile", count=meanwhile))
        return DocumentReadBack(
            self._folder, files, tuple(back), tuple(left), self._new_errors(files), tuple(remarks)
        )

    def _done(
        self, found: Sequence[WordEdit], today: Sequence[EditedBlock], says: Sequence[EditedBlock]
    ) -> set[int]:
        """The edits that the files say already."""
        news = {id(one.new) for one in edited.edits(today, says) if one.new is not None}
        return {id(e) for e in found if e.new is not None and id(e.new) not in news}

    def _shipped(self) -> list[DataText]:
        """The words that come with gen, so that an edit of them can be named."""
        file = YamlFile(default_words.FILE, "", default_words.shipped())
        return [replace(text, file=_SHIPPED) for text in texts_of({_SHIPPED: file})]

    def _new_errors(self, files: Mapping[Path, bytes]) -> tuple[Diagnostic, ...]:
        """Errors that the agency's files would have and haven't now."""
        if not files:
            return ()
        before = {_what(fault) for fault in self._errors()}
        with unsaved(files):
            return tuple(fault for fault in self._errors() if _what(fault) not in before)

    def _errors(self) -> tuple[Diagnostic, ...]:
        return errors(checking.check(self._workspace, [self._folder]).faults)


def _merged(back: Iterable[LedBack]) -> list[FileChange]:
    """The changes behind edits, each text once."""
    return merged(change for one in back for change in one.changes) or []


def _what(fault: Diagnostic) -> tuple[Path, str]:
    """A fault without the line that it stands in, which changes move."""
    return fault.location.path, fault.message


def place_of(edit: WordEdit) -> Message:
    """Where in the document an edit stands."""
    spot = edit.new or edit.old
    assert isinstance(spot, Spot)
    if len(spot.place) == 1:
        return message("place-paragraph", number=spot.place[0])
    table, row, cell = spot.place[:3]
    return message("place-cell", table=table, row=row, cell=cell)


def lines(found: DocumentReadBack) -> Iterator[Message]:
    """What is led back, a line a change."""
    for change in _merged(found.back):
        yield message(
            "text-led-back",
            file=change.file,
            line=change.line,
            key="/".join(map(str, change.path)),
            old=_short(change.old),
            new=_short(change.new),
        )


def left_lines(found: DocumentReadBack) -> Iterator[Message]:
    """What no data stands behind, a line an edit."""
    for one in found.left:
        old, new = (_short(spot.text if spot else None) for spot in (one.edit.old, one.edit.new))
        place = place_of(one.edit)
        if one.why == "wording" and one.text is not None:
            where = f"{one.text.file}:{one.text.line}"
            yield message("edit-of-wording", place=place, old=old, new=new, where=where)
        elif one.why == "row" and one.text is not None:
            where = f"{one.text.file}:{one.text.line}"
            yield message("edit-of-new-row", place=place, new=new, where=where)
        elif one.why == "several":
            yield message("edit-of-changed-text", place=place, old=old, new=new)
        else:
            yield message("edit-without-data", place=place, old=old, new=new)


def as_json(found: DocumentReadBack) -> dict[str, Any]:
    """The same for machines."""
    return {
        "changes": [
            {
                "file": c.file,
                "line": c.line,
                "keys": [*c.path],
                "old": c.old,
                "new": c.new,
            }
            for c in _merged(found.back)
        ],
        "left": [
            {
                "place": [*(one.edit.new or one.edit.old).place],  # type: ignore[union-attr]
                "old": one.edit.old.text if one.edit.old else None,
                "new": one.edit.new.text if one.edit.new else None,
                "why": one.why,
                "where": f"{one.text.file}:{one.text.line}" if one.text else None,
            }
            for one in found.left
        ],
        "faults": [fault.message for fault in found.faults],
    }


def _short(text: str | None) -> str:
    one_line = " ".join((text or "–").split())
    return one_line if len(one_line) <= 80 else f"{one_line[:80]}…"
