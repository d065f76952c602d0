"""What a workbook asks for, made in the files: only the lines that are concerned change."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path, PurePath

from ...agreements import own_keys, yaml_tree, yaml_writing
from ...agreements.changes import Change, KeyPath, Put, Removed
from ...agreements.changing import changed
from ...agreements.file_kinds import model_of
from ...agreements.yaml_tree import Node, Plain
from ...agreements.yaml_writing import PlainText
from ...diagnostics import Diagnostic, Location
from ...errors import DataError
from ...messages import message
from ...workspace.confined import below, read_bytes
from ..workbook.rows import DONE
from .of_results import is_tick
from .reading import CellChange, Found, RowAdded
from .tables import BookTable

_BOM = b"\xef\xbb\xbf"


def applied(
    workbook: Path, folder: Path, year: int, tables: Sequence[BookTable], found: Found
) -> dict[Path, bytes]:
    """The files that change, as they become. Raises DataError, UsageError, FileError."""
    by_file: dict[str, list[CellChange | RowAdded | Removed]] = defaultdict(list)
    for change in found.changes:
        by_file[change.file].append(change)
    for added in found.added:
        by_file[added.file].append(added)
    for removed in found.removed:
        by_file[removed.file].append(Removed(removed.path))
    paths = _paths(tables)
    files: dict[Path, bytes] = {}
    for name, changes in by_file.items():
        path = below(folder, name)
        old = read_bytes(path) if path.is_file() else _empty(path, year)
        file = yaml_tree.parse(path, old)
        model = model_of(PurePath(name))
        node = file.node if model is None else own_keys.in_english(file, model).node
        assert node is not None
        try:
            text = changed(file, _ordered(node, changes, paths[name]), model)
        except _TwoWays as both:
            said = message("figure-and-months-given").about(both.cell)
            raise DataError(
                message("faults-in-workbook", count=1),
                diagnostics=(Diagnostic(said, Location(workbook)),),
            ) from None
        files[path] = (_BOM if old.startswith(_BOM) else b"") + text.encode()
    return files


def _paths(tables: Iterable[BookTable]) -> Mapping[str, Sequence[KeyPath]]:
    """By file: every path that a cell leads to."""
    paths: dict[str, list[KeyPath]] = defaultdict(list)
    for table in tables:
        for row in table.rows:
            paths[row.file] += [cell.path for cell in row.cells if cell.path is not None]
    return paths


def _empty(path: Path, year: int) -> bytes:
    """A results file in which nothing is reported yet."""
    return yaml_writing.file_of(path, "results", {"fiscal_year": PlainText(year), "results": None})


def _ordered(
    root: Node, changes: Sequence[CellChange | RowAdded | Removed], paths: Sequence[KeyPath]
) -> Iterator[Change]:
    """Contents first, then entries added, then those removed, from the last one on.

    So every index means the same entry as when the workbook was written.
    """
    cells = [change for change in changes if isinstance(change, CellChange)]
    yield from _ticks(root, [c for c in cells if is_tick(c.path)], paths)
    yield from _contents(root, [c for c in cells if not is_tick(c.path)], paths)
    lists: dict[KeyPath, list[Plain]] = defaultdict(list)
    for change in changes:
        if isinstance(change, RowAdded):
            lists[change.path].append(change.value)
    for path, values in lists.items():
        there = _at(root, path)
        length = len(there.value) if there is not None and isinstance(there.value, list) else 0
        if not length:
            yield Put(path, values)
        else:
            yield from (Put((*path, length + n), value) for n, value in enumerate(values))
    removed = [change for change in changes if isinstance(change, Removed)]
    yield from sorted(
        removed, key=lambda change: [str(s).zfill(6) for s in change.path], reverse=True
    )


def _at(node: Node | None, path: KeyPath) -> Node | None:
    for step in path:
        node = node.child(step) if node is not None else None
    return node


def _said(node: Node | None) -> str | None:
    return node.value if node is not None and isinstance(node.value, str) else None


def _ticks(root: Node, changes: Sequence[CellChange], paths: Sequence[KeyPath]) -> Iterator[Change]:
    """Lists of what is done, made anew of their rows."""
    new = {change.path: change.new for change in changes}
    for above in dict.fromkeys(change.path[:-1] for change in changes):
        node = _at(root, above)
        there = node.value if node is not None and isinstance(node.value, list) else []
        done = {item.value for item in there}
        items: list[Plain] = []
        for path in (path for path in paths if path[:-1] == above):
            if (new[path] == DONE) if path in new else path[-1] in done:
                items.append(str(path[-1]))
        none = all(path in new and new[path] is None for path in paths if path[:-1] == above)
        yield Removed(above) if none and node is not None else Put(above, items)


def _contents(
    root: Node, changes: Sequence[CellChange], paths: Sequence[KeyPath]
) -> Iterator[Change]:
    """Texts and figures; a text that gets keys beside it becomes a mapping of its own."""
    above: dict[KeyPath, list[CellChange]] = defaultdict(list)
    for change in changes:
        above[change.path[:-1]].append(change)
    taken: set[KeyPath] = set()
    for path, inner in above.items():
        node = _at(root, path)
        whole = next((c for c in changes if c.path == path), None)
        typed = whole is not None and whole.new is not None and (node is None or node.value is None)
        if path and (typed or (node is not None and isinstance(node.value, str))):
            taken.add(path)
            if path[0] == "results" and (whole is None or whole.new is not None):
                raise _TwoWays(inner[0].cell)
            yield Put(path, _mapping(path, whole.new if whole else _said(node), inner, paths))
    for change in changes:
        node = _at(root, change.path)
        if change.path in taken or change.path[:-1] in taken:
            continue
        if change.new is not None:
            gone = {c.path[-1] for c in above.get(change.path, ()) if c.new is None}
            if node is not None and isinstance(node.value, dict) and set(node.value) - gone:
                raise _TwoWays(change.cell)
            yield Put(change.path, change.new)
        elif node is not None:
            yield Removed(change.path) if _may_go(change.path) else Put(change.path, None)


class _TwoWays(Exception):
    """A figure is given as a whole and by its months; the cell that was added."""

    def __init__(self, cell: str) -> None:
        super().__init__(cell)
        self.cell = cell


def _mapping(
    path: KeyPath, text: str | None, inner: Sequence[CellChange], paths: Sequence[KeyPath]
) -> Plain:
    """What stands for one text, once some of it is said apart.

    A weight is one figure for all rounds, or one a round; of a level the text is its words.
    """
    given: dict[str, Plain] = {str(c.path[-1]): c.new for c in inner if c.new is not None}
    if path[-1] == "weight":
        rounds = [str(other[-1]) for other in paths if other[:-1] == path]
        return {name: given.get(name, text) for name in rounds}
    return given if path[0] == "results" else {"text": text, **given}


def _may_go(path: KeyPath) -> bool:
    """Whether the key goes with its value: what is reported, and figures beside words."""
    return path[0] in ("results", "competencies") or path[-1] not in (
        "name",
        "position",
        "telephone",
        "text",
        "signed",
    )
