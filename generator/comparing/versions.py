"""What a version is that somebody named: files, a folder, a finished document, a state in git."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path, PurePath

from ..agreements import lookup, own_keys, record, unsealing, yaml_tree
from ..agreements.record import DocumentInput, DocumentOptions
from ..documents import inputs
from ..documents.kinds import KINDS
from ..errors import FileError, UsageError
from ..messages import message
from ..templates.word_parts import EMBLEM
from ..verify import finished_pdf
from ..verify.docx import MAX_PARTS
from ..verify.streams import MAX_BYTES
from ..workspace import git_states
from ..workspace.confined import read_bytes
from ..workspace.environment import Workspace
from ..writers.docx import carried
from ..writers.docx.carried import CarriedSource
from .word_xml import opened

_FINISHED = (".pdf", ".docx")


@dataclass(frozen=True, slots=True)
class ComparedVersion:
    """A version by the name that was given: a unit or agency, or a document's source."""

    name: str
    workspace: Workspace
    target: lookup.Target | None
    made_from: DocumentInput | None = None

    @property
    def is_agency(self) -> bool:
        """Whether it is a whole agency."""
        return self.made_from is None and self.target is not None and self.target.unit is None


def both(
    workspace: Workspace, words: tuple[str, str], agency: str | None, into: Path
) -> tuple[ComparedVersion, ComparedVersion]:
    """The two versions that are named; what has to be written out for that goes below ``into``.

    A revision alone means what the other word names, then. Raises UsageError, DataError, FileError.
    """
    found = [_there(workspace, word, agency, into / str(n)) for n, word in enumerate(words)]
    for place, version in enumerate(found):
        if version is None:
            other = found[1 - place]
            named = _name_in_git(other)
            revision, _, name = words[place].partition(":")
            found[place] = _in_git(workspace, revision, name or named, agency, into / str(place))
    old, new = found
    assert old is not None
    assert new is not None
    return old, new


def _there(
    workspace: Workspace, word: str, agency: str | None, into: Path
) -> ComparedVersion | None:
    """A version that lies here; None for what may be one in git."""
    path = Path(word)
    try:
        is_file = path.is_file()
    except OSError:
        is_file = False
    if is_file and path.suffix.lower() in _FINISHED:
        return ComparedVersion(path.name, workspace, None, of_document(path, into))
    try:
        target = lookup.find(workspace, word, agency)
    except UsageError:
        if git_states.is_revision(workspace.root, word.partition(":")[0]):
            return None
        raise
    made_from = unsealing.unseal(target.unit) if target.sealed and target.unit else None
    return ComparedVersion(word, workspace, target, made_from)


def _name_in_git(other: ComparedVersion | None) -> str:
    """What a revision alone means: the unit or agency that the other version is of."""
    if other is None:
        raise UsageError(message("revisions-of-what"))
    if other.made_from is not None:
        return f"{other.made_from.folder.id}/{other.made_from.unit.id}"
    target = other.target
    assert target is not None
    return target.folder.name if target.unit is None else f"{target.folder.name}/{target.unit.stem}"


def _in_git(
    workspace: Workspace, revision: str, name: str, agency: str | None, into: Path
) -> ComparedVersion:
    folder = workspace.agreements
    git_states.extract(folder, revision, into / "agreements")
    then = replace(workspace, root=into, templates=workspace.template_roots)
    agency, _, unit = name.rpartition("/") if "/" in name else (agency or "", "", name)
    target = lookup.find(then, unit, agency or None)
    return ComparedVersion(f"{revision}:{unit}", then, target)


def of_document(path: Path, into: Path) -> DocumentInput:
    """What a finished document was made from, as it carries it. Raises FileError, DataError."""
    data = read_bytes(path, max(MAX_BYTES, MAX_PARTS))
    into.mkdir(parents=True, exist_ok=True)
    if path.suffix.lower() == ".pdf":
        found = finished_pdf.carried(data, path.name)
        source, emblem = found.get(record.SOURCE), found.get(record.EMBLEM)
        if source is None:
            raise FileError(message("document-without-source", name=path.name))
    else:
        source, emblem = of_word(data, path.name)
    if emblem is not None:
        (into / record.EMBLEM).write_bytes(emblem)
    read = yaml_tree.parse(into / record.SOURCE, source, record.MAX_SOURCE)
    return unsealing.unsealed(read, into / record.SOURCE)


def of_word(data: bytes, name: str) -> tuple[bytes, bytes | None]:
    """The source that a Word document carries, and its emblem. Raises FileError."""
    parts = opened(data, name)
    found: CarriedSource | None = carried.taken(parts)
    if found is None:
        raise FileError(message("document-without-source", name=name))
    return found.data, parts.get(EMBLEM)


def origin(version: ComparedVersion, kind: str, options: DocumentOptions) -> DocumentInput:
    """What a version's document of a kind is made from. Raises UsageError, DataError."""
    if version.made_from is not None:
        found = version.made_from
        return found if found.kind == kind else replace(found, kind=kind)
    assert version.target is not None
    return inputs.find_input(kind, version.target, options)


def units_of(version: ComparedVersion) -> Iterator[lookup.Target]:
    """The units of a whole agency."""
    assert version.target is not None
    for path in lookup.units(version.target.folder):
        yield lookup.Target(version.target.folder, path)


def same_units(old: Mapping[str, Path], new: Mapping[str, Path]) -> dict[str, str]:
    """Units of two folders that are the same one, by the names of their files: old to new.

    One whose file is called otherwise now has the code, the name, or most of the indicators that
    one had.
    """
    found = {name: name for name in old if name in new}
    before = {name: _known_by(path) for name, path in old.items() if name not in found}
    after = {name: _known_by(path) for name, path in new.items() if name not in found}
    for place in range(2):
        for name, mine in before.items():
            free = (n for n in after if n not in found.values())
            same = [n for n in free if mine[place] and mine[place] == after[n][place]]
            if name not in found and len(same) == 1:
                found[name] = same[0]
    for name, (_, _, mine_used) in before.items():
        if name in found or not mine_used:
            continue
        shares = {n: len(mine_used & used) for n, (_, _, used) in after.items()}
        left = {n: share for n, share in shares.items() if n not in found.values()}
        best = max(left, key=lambda n: left[n], default=None)
        if best is not None and left[best] * 2 > max(len(mine_used), len(after[best][2])):
            found[name] = best
    return found


def _known_by(path: Path) -> tuple[str, str, frozenset[str]]:
    """A unit's code and name, and which indicators it uses."""
    file = yaml_tree.parse(path, read_bytes(path))
    node = own_keys.of_place(file, PurePath(path.name)).node if file.node is not None else None
    data = node.plain() if node is not None else None
    if not isinstance(data, dict):
        return "", "", frozenset()
    uses = data.get("indicators")
    listed = uses if isinstance(uses, list) else ()
    used = (use.get("use") for use in listed if isinstance(use, dict))
    code, name = (str(data.get(key) or "") for key in ("code", "name"))
    return code, name, frozenset(str(one) for one in used if one)


def kind_of(versions: tuple[ComparedVersion, ComparedVersion], wanted: str | None) -> str:
    """The kind of document that is compared: as asked for, else as the documents are."""
    made = [v.made_from.kind for v in versions if v.made_from is not None]
    kind = wanted or (made[0] if made else "agreement")
    if kind not in KINDS:
        raise UsageError(
            message("no-such-document", name=kind), message("known-names", names=tuple(KINDS))
        )
    return kind
