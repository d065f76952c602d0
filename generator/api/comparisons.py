"""Two versions compared: a document with tracked changes, its marked pages, a list, the scores."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from ..agreements import document_names, lookup
from ..agreements.document_names import DocumentName, unit_id
from ..agreements.files import UnitFile, ValidAgency
from ..agreements.record import DocumentInput, DocumentOptions
from ..comparing import effects, marked_pages, tracked_document, values, versions
from ..comparing.effects import BothVersions
from ..comparing.versions import ComparedVersion
from ..diagnostics import errors
from ..documents import building, inputs, listings, soundness
from ..documents.kinds import KINDS
from ..documents.version_changes import ChangedValue, ScoreEffect, VersionChanges
from ..errors import DataError, GenError, UsageError
from ..messages import Message, message
from ..model.round_sets import ids_of
from ..workspace.environment import Workspace
from ..writers import document, listing

FORMATS = ("docx", "pdf", "list")
"""What is made: the document with tracked changes, the marked pages, the list of values."""


@dataclass(frozen=True, slots=True)
class Comparison:
    """What changed between two versions: files, not yet published, and the same as values.

    ``unmade`` are documents that can't be compared, each with the reason.
    """

    changes: VersionChanges
    files: dict[Path, bytes] = field(default_factory=dict)
    unmade: tuple[Message, ...] = ()


def compare(
    workspace: Workspace,
    old: str,
    new: str,
    *,
    kind: str | None = None,
    round_: str = "",
    agency: str | None = None,
    formats: Iterable[str] = FORMATS,
    base: Path | None = None,
) -> Comparison:
    """Compare two versions: of a unit's document, or of all units of an agency.

    A version is a unit, an agency, a file of one, a PDF or DOCX that gen made (signed or not), or
    ``REVISION`` and ``REVISION:NAME`` of git. Raises UsageError, DataError, FileError,
    TemplateFault, RenderingError, VerificationError, MissingError.
    """
    with tempfile.TemporaryDirectory(prefix="gen-") as name:
        both = versions.both(workspace, (old, new), agency, Path(name).resolve())
        wanted = versions.kind_of(both, kind)
        work = _Comparing(
            workspace, both, wanted, round_, tuple(formats), base or workspace.outputs
        )
        if both[0].is_agency != both[1].is_agency:
            raise UsageError(message("versions-of-unlike", old=both[0].name, new=both[1].name))
        return work.of_agency() if both[0].is_agency else work.of_unit()


@dataclass(frozen=True, slots=True)
class _Comparing:
    workspace: Workspace
    versions: tuple[ComparedVersion, ComparedVersion]
    kind: str
    round: str
    formats: tuple[str, ...]
    base: Path

    def of_unit(self) -> Comparison:
        """Of one document."""
        old, new = (
            versions.origin(version, self.kind, self._options()) for version in self.versions
        )
        found = [*values.of_agencies(old.folder, new.folder)]
        found += values.of_units(_members(old), _members(new))
        at_fault = self._at_fault(old, new)
        changes = VersionChanges(
            new.unit.unit.name or new.folder.agency.model.name,
            self.versions[0].name,
            self.versions[1].name,
            tuple(found),
            () if at_fault else tuple(self._effects(old, new)),
        )
        name = unit_id(new.unit) if new.options.scope == "unit" else new.folder.id
        called = DocumentName.of(name, self.kind, new.options)
        files = self._document(old, new, changes, called) if self._has_pages else {}
        if "list" in self.formats:
            files[self._path(new.folder, f"{called}-list.pdf")] = self._list(new.folder, changes)
        return Comparison(changes, files, at_fault)

    def _options(self) -> DocumentOptions:
        """How the documents are made: as a finished one was, so that both have the same parts."""
        made = [v.made_from for v in self.versions if v.made_from is not None]
        options = made[0].options if made else DocumentOptions()
        return replace(options, round=self._round())

    def _round(self) -> str:
        """The round of the documents: as asked for, else as a finished document has it."""
        made = [v.made_from for v in self.versions if v.made_from is not None]
        known = next((m.options.round for m in made if m.options.round), "")
        return self.round or (known if KINDS[self.kind].of_round else "")

    @property
    def _has_pages(self) -> bool:
        return bool({"docx", "pdf"} & {*self.formats})

    def of_agency(self) -> Comparison:
        """Of every unit of an agency, where its document says something else."""
        if KINDS[self.kind].scope != "unit":
            return self.of_unit()
        before, after = (
            {target.unit.stem: target for target in versions.units_of(version) if target.unit}
            for version in self.versions
        )
        options = DocumentOptions(round=self.round)
        found: list[ChangedValue] = []
        scores: list[ScoreEffect] = []
        files: dict[Path, bytes] = {}
        unmade: list[Message] = []
        folder: ValidAgency | None = None
        was, now = (version.name for version in self.versions)
        paths = [{n: t.unit for n, t in side.items() if t.unit} for side in (before, after)]
        for one, other in versions.same_units(paths[0], paths[1]).items():
            before[other] = before.pop(one)
        for name in dict.fromkeys([*before, *after]):
            if name not in before or name not in after:
                kind = "added" if name in after else "removed"
                found.append(ChangedValue(name, "", kind, "unit", "", None, None, (name,)))
                continue
            try:
                old = inputs.find_input(self.kind, before[name], options)
                new = inputs.find_input(self.kind, after[name], options)
                if folder is None:
                    found[:0] = values.of_agencies(old.folder, new.folder)
                folder = new.folder
                own = values.of_units((old.unit,), (new.unit,))
                found += own
                at_fault = self._at_fault(old, new)
                unmade += at_fault
                scores += () if at_fault else self._effects(old, new)
                if self._has_pages and own:
                    said = VersionChanges(new.unit.unit.name or name, was, now, tuple(own))
                    called = DocumentName.of(unit_id(new.unit), self.kind, new.options)
                    files |= self._document(old, new, said, called)
            except GenError as error:
                unmade.append(message("unit-not-compared", unit=name, reason=str(error)))
        if folder is None:
            raise UsageError(message("versions-without-units"))
        of = folder.agency.model.name
        changes = VersionChanges(of, was, now, tuple(found), tuple(scores))
        if "list" in self.formats:
            files[self._path(folder, f"{folder.id}-changes-list.pdf")] = self._list(folder, changes)
        return Comparison(changes, files, tuple(dict.fromkeys(unmade)))

    def _document(
        self, old: DocumentInput, new: DocumentInput, changes: VersionChanges, called: DocumentName
    ) -> dict[Path, bytes]:
        """The document with tracked changes, and its pages with the changes marked."""
        was, now = (self._word(version) for version in (old, new))
        both = tracked_document.compared(was, now, f"{called}.docx")
        files: dict[Path, bytes] = {}
        if "docx" in self.formats:
            files[self._path(new.folder, f"{called}-changes.docx")] = both
        if "pdf" in self.formats:
            pages = marked_pages.sections(both, f"{called}.docx")
            said = replace(changes, marked=pages, values=(), effects=())
            data = self._listed(new.folder, "marked", said, both)
            files[self._path(new.folder, f"{called}-changes.pdf")] = data
        return files

    def _word(self, made_from: DocumentInput) -> bytes:
        soundness.checked(self.workspace, made_from)
        finished = building.build(self.workspace, made_from)
        return document.write(self.workspace, finished, ("docx",))["docx"]

    def _list(self, folder: ValidAgency, changes: VersionChanges) -> bytes:
        return self._listed(folder, "changes", changes, repr(changes).encode())

    def _listed(
        self, folder: ValidAgency, kind: str, changes: VersionChanges, content: bytes
    ) -> bytes:
        emblem = inputs.emblem_of(folder)
        subject = listings.subject(
            folder, emblem, content, lettering=self.workspace.lettering, changes=changes
        )
        return listing.write(self.workspace, folder.id, kind, subject, self.workspace.day)

    def _path(self, folder: ValidAgency, name: str) -> Path:
        return document_names.comparison(self.base, folder.id, name)

    def _at_fault(self, old: DocumentInput, new: DocumentInput) -> tuple[Message, ...]:
        """Versions whose data are at fault: what results score by them isn't told."""
        found: list[Message] = []
        for version, made_from in zip(self.versions, (old, new), strict=True):
            try:
                soundness.sound(replace(made_from, results={}, answers={}))
            except DataError as error:
                reason = str(errors(error.diagnostics)[0].said) if error.diagnostics else str(error)
                found.append(message("version-not-scored", version=version.name, reason=reason))
        return tuple(found)

    def _effects(self, old: DocumentInput, new: DocumentInput) -> Iterator[ScoreEffect]:
        """What results that are known score in both versions, round by round."""
        if new.options.scope != "unit" or KINDS[self.kind].of_survey:
            return
        called = document_names.code_of(new.unit)
        for reported in self._reported(new):
            yield from effects.of_unit(called, BothVersions(old, new, reported))

    def _reported(self, new: DocumentInput) -> Iterator[DocumentInput]:
        """What the unit reported in each round: in the document, or in its agency's folder."""
        if new.results.get(new.unit.id) is not None:
            yield new
            return
        target = self._target(new)
        if target is None:
            return
        for round_ in ids_of(new.unit.unit, new.folder.agency.model):
            if self.round in ("", round_):
                try:
                    options = DocumentOptions(round=round_)
                    found = inputs.find_input("report", target, options)
                except GenError:  # such a round has nothing to report
                    continue
                if found.unit.id in found.results and not found.results[found.unit.id].faults:
                    yield found

    def _target(self, new: DocumentInput) -> lookup.Target | None:
        """Where the unit of a version stands in the workspace, so that its results are known."""
        version = self.versions[1]
        if version.made_from is None and version.target is not None and not new.folder.sealed:
            return lookup.Target(new.folder.folder, new.unit.file.path)
        try:
            return lookup.find(self.workspace, new.unit.id, new.folder.id)
        except UsageError:
            return None


def _members(made_from: DocumentInput) -> tuple[UnitFile, ...]:
    """The units that a document is of."""
    if made_from.options.scope == "agency":
        return made_from.units
    return (made_from.unit,)


def as_json(found: Comparison) -> dict[str, Any]:
    """What changed, for machines."""
    return {
        "of": found.changes.of,
        "old": found.changes.old,
        "new": found.changes.new,
        "changes": [
            {
                "unit": one.unit,
                "indicator": one.indicator,
                "kind": one.kind,
                "of": one.of,
                "keys": [*one.path],
                "old": one.old,
                "new": one.new,
            }
            for one in found.changes.values
        ],
        "scores": [
            {
                "unit": one.unit,
                "round": one.round,
                "indicator": one.indicator,
                "old": one.old or None,
                "new": one.new or None,
                "difference": one.difference or None,
            }
            for one in found.changes.effects
        ],
        "unmade": [str(one) for one in found.unmade],
    }


def lines(found: Comparison) -> Iterator[Message]:
    """The same, for people: a line a change, then the scores that differ."""
    for one in found.changes.values:
        name = one.indicator or one.unit
        if one.kind == "added":
            yield message("indicator-added", unit=one.unit, name=name)
            continue
        if one.kind == "removed":
            yield message("indicator-removed", unit=one.unit, name=name)
            continue
        yield message(
            "value-changed",
            unit=one.unit or found.changes.of,
            name=one.indicator or one.of,
            key=one.what,
            old=_short(one.old),
            new=_short(one.new),
        )
    for score in found.changes.effects:
        if score.old != score.new:
            yield message(
                "score-changed",
                unit=score.unit,
                round=score.round,
                name=score.indicator or message("score-total"),
                old=score.old or "–",
                new=score.new or "–",
            )


def _short(text: str | None) -> str:
    one_line = " ".join((text or "–").split())
    return one_line if len(one_line) <= 80 else f"{one_line[:80]}…"
