"""Fields of files: which key of which file a value is, and where what is merged came from."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from ...agreements.changes import KeyPath
from ...agreements.yaml_tree import Node
from ...diagnostics import Location


@dataclass(frozen=True, slots=True)
class FieldPlace:
    """A key of a file: the file as seen from its agency's folder, and the keys that lead there."""

    file: str
    path: KeyPath

    def below(self, *steps: str | int) -> FieldPlace:
        """A key further in."""
        return FieldPlace(self.file, (*self.path, *steps))

    @property
    def address(self) -> str:
        """The place as a text, for pages: ``unit.yaml#indicators/0/weight``."""
        return f"{self.file}#{'/'.join(_quoted(step) for step in self.path)}"


def of_address(address: str) -> FieldPlace:
    """The place that a text means. Raises ValueError."""
    file, sign, path = address.partition("#")
    if not (file and sign):
        raise ValueError(address)
    return FieldPlace(file, tuple(_step(part) for part in path.split("/")) if path else ())


def _quoted(step: str | int) -> str:
    """A step of an address: indices are bare, keys that look like one or hold a stroke are not."""
    if isinstance(step, int):
        return str(step)
    quoted = step.replace("~", "~0").replace("/", "~1").replace("#", "~2")
    return f"~k{quoted}" if step.isdecimal() or not step else quoted


def _step(part: str) -> str | int:
    if part.isascii() and part.isdecimal():
        return int(part)
    part = part.removeprefix("~k")
    return part.replace("~2", "#").replace("~1", "/").replace("~0", "~")


@dataclass(frozen=True, slots=True)
class FieldValue:
    """What stands in a field, as typed, or nothing.

    ``own`` is the same field of the unit alone, where ``place`` is one that others share.
    """

    place: FieldPlace
    value: str = ""
    own: FieldPlace | None = None

    @property
    def is_shared(self) -> bool:
        """Whether other units have the same value."""
        return self.own is not None


def walk(node: Node, path: KeyPath = ()) -> Iterator[tuple[KeyPath, Node]]:
    """Every node of a tree with the keys that lead to it, what holds others first."""
    yield path, node
    children: list[tuple[str | int, Node]] = []
    if isinstance(node.value, dict):
        children = list(node.value.items())
    elif isinstance(node.value, list):
        children = list(enumerate(node.value))
    for step, child in children:
        yield from walk(child, (*path, step))


def by_location(files: Mapping[str, Node]) -> dict[Location, FieldPlace]:
    """Where each value of some files stands: of what is merged, which file it came from."""
    return {
        node.location: FieldPlace(name, path)
        for name, root in files.items()
        for path, node in walk(root)
        if not (isinstance(node.value, dict | list) and node.value)
    }


def at_location(root: Node, place: Location) -> KeyPath:
    """The keys that lead to what stands at a line and column, or to the nearest around it."""
    best: tuple[tuple[int, int, int], KeyPath] | None = None
    wanted = (place.line, place.column)
    for path, node in walk(root):
        holder = root
        for step in path[:-1]:
            holder = holder.child(step) or holder
        at = [node.location]
        if path and str(path[-1]) in holder.keys and isinstance(holder.value, dict):
            at.append(holder.keys[str(path[-1])])
        for one in at:
            here = (one.line, one.column)
            if here == wanted:
                return path
            if here <= wanted and (best is None or (*here, len(path)) >= best[0]):
                best = ((*here, len(path)), path)
    return best[1] if best is not None else ()


def named(folder: Path, path: Path) -> str | None:
    """A file as seen from its agency's folder; None where it lies elsewhere."""
    try:
        return path.relative_to(folder).as_posix()
    except ValueError:
        return None
