"""A unit more, or one less: what the agency's other files say stays as it is."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path

from .. import thai
from ..agreements import own_keys, schema_header, yaml_tree
from ..agreements.changes import Change, Put, Removed
from ..agreements.changing import changed
from ..agreements.editing import edited, texts_of
from ..agreements.paths import id_of, unit_paths
from ..agreements.yaml_tree import Plain
from ..diagnostics import Location
from ..errors import FileError, UsageError
from ..key_names import KeyLanguage
from ..messages import message
from ..model import LEVELS, Agency, Unit
from ..workspace.confined import below, file_name_fault, read_bytes
from ..workspace.environment import Workspace
from ..workspace.publishing import publish
from ..workspace.reasons import why
from .copied_units import cleared

__all__ = ["begin", "remove"]

HIDDEN = ".gen/removed"
"""Below the workspace: where the files of units go that were taken out."""

_REPORTED = ("results", "answers")
_MOST_NAMED = 5
"""So many places that name a unit are told."""

_BLANK = """\
code:
name:
level:
status: draft
assessees:
  - name:
    position:
indicators: []
"""


def begin(
    folder: Path, name: str, level: str, code: str = "", like: Path | None = None
) -> dict[Path, bytes]:
    """The file of a new unit of an agency, a draft, to be published.

    It is called as the code is, else as the name. ``like`` is the file of a unit whose duties,
    indicators and weights it begins with; nobody's name, past result or decision comes along.
    Raises UsageError where there is such a unit already or no file can have the name; FileError.
    """
    name, code = " ".join(name.split()), " ".join(code.split())
    if not name or level not in LEVELS:
        raise UsageError(message("new-unit-needs-name-and-level"))
    path = _place(folder, code.rstrip(".") if code else name)
    text = _blank(folder) if like is None else _copy(like, path, name)
    read = yaml_tree.parse(path, text.encode())
    wanted = dict(_texts(name, level, code, had_code=_has(read, "code")))
    changes: list[Change] = [
        Removed((key,)) if value is None else Put((key,), value) for key, value in wanted.items()
    ]
    return {path: changed(read, changes, Unit).encode()}


def _place(folder: Path, called: str) -> Path:
    reason = file_name_fault(called)
    if reason is not None or called.startswith("."):
        refused = message("nothing-left-of-file-name") if reason is None else reason
        raise UsageError(message("no-name-of-unit", name=called[:100], reason=refused))
    path = below(folder, f"{called}.yaml")
    # Where capitals don't tell files apart, those that differ by them alone would be one.
    taken = {id_of(one).casefold() for one in unit_paths(folder)} | {"agency", "wording"}
    if id_of(path).casefold() in taken or path.exists():
        raise UsageError(message("unit-is-there", name=called))
    return path


def _has(read: yaml_tree.YamlFile, key: str) -> bool:
    node = own_keys.in_english(read, Unit).node
    return node is not None and node.child(key) is not None


def _texts(name: str, level: str, code: str, *, had_code: bool) -> Iterator[tuple[str, str | None]]:
    if code:
        yield "code", code
    elif had_code:
        yield "code", None
    yield "name", name
    yield "level", level


def _blank(folder: Path) -> str:
    """A unit of which nothing is known yet, with keys as the agency's own file has them."""
    agency = yaml_tree.read(folder / "agency.yaml").node
    said = own_keys.language_of(agency, Agency) if agency is not None else None
    keys: KeyLanguage = said or "en"
    text = schema_header.line(folder, "unit", keys) + _BLANK
    return own_keys.with_keys_in_text(text, Unit, keys, is_own=True)


def _copy(like: Path, path: Path, name: str) -> str:
    """Another unit's file, emptied; where its name stands in a position, the new one does."""
    data = read_bytes(like)
    read = own_keys.in_english(yaml_tree.parse(like, data), Unit)
    if read.node is None:
        raise UsageError(message("no-unit-to-copy", name=like.stem))
    text = edited(read.text, [*cleared(read), *schema_header.moved(read.text, like, path)])
    read = yaml_tree.parse(like, text.encode())
    return changed(read, _of_the_other(own_keys.in_english(read, Unit), name), Unit)


def _of_the_other(read: yaml_tree.YamlFile, name: str) -> Iterator[Change]:
    """Past results are the other's alone, and so is its name in the positions of who signs."""
    data: Plain = read.node.plain() if read.node is not None else {}
    if not isinstance(data, dict):
        return
    old = data.get("name")
    for index, one in enumerate(_list(data.get("assessees"))):
        position = one.get("position")
        if isinstance(position, str) and isinstance(old, str) and old and old in position:
            yield Put(("assessees", index, "position"), position.replace(old, name))
    for index, use in enumerate(_list(data.get("indicators"))):
        for part in ("define", "override"):
            held = use.get(part)
            if isinstance(held, dict) and held.get("baselines"):
                yield Put(("indicators", index, part, "baselines"), [])


def _naming(folder: Path, name: str) -> Iterator[Location]:
    """Where files of an agency have the name of a unit as a value of its own."""
    for path in (folder / "agency.yaml", *unit_paths(folder)):
        node = yaml_tree.read(path).node
        for _, leaf in texts_of(node) if node is not None else ():
            if isinstance(leaf.value, str) and thai.folded(leaf.value) == name:
                yield leaf.location


def _list(value: Plain) -> list[dict[str, Plain]]:
    found = value if isinstance(value, list) else []
    return [one if isinstance(one, dict) else {} for one in found]


def remove(workspace: Workspace, folder: Path, unit: Path) -> Path:
    """Take a unit's file out of its agency; gives where it is kept, to be put back by hand.

    Raises UsageError where the unit has results or answers, which would be nobody's then, or where
    another file of the agency names it; FileError.
    """
    name = id_of(unit)
    if any(id_of(one) == name for part in _REPORTED for one in folder.glob(f"{part}/*/*")):
        raise UsageError(message("unit-has-results", name=name))
    if places := [place for place in _naming(folder, name) if place.path != unit]:
        named = tuple(str(place) for place in places[:_MOST_NAMED])
        raise UsageError(message("unit-is-named", name=name, places=named))
    stamp = time.strftime("%Y%m%d-%H%M%S")
    kept = below(workspace.root, f"{HIDDEN}/{folder.name}/{stamp}-{unit.name}")
    publish({kept: read_bytes(unit)})
    try:
        unit.unlink()
    except OSError as error:
        raise FileError(message("file-not-written", file=str(unit), reason=why(error))) from error
    return kept
