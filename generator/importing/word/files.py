"""The files' bytes: data as YAML, with what was guessed and what is left over as comments."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator
from collections.abc import Mapping as AnyMapping
from pathlib import Path
from typing import Any

from ... import visible
from ...agreements import yaml_tree, yaml_writing
from ...agreements.yaml_tree import Plain
from ...agreements.yaml_writing import PlainText
from ...messages import Message, message
from .joining import Drafted
from .kept import LineLog, Mapping, Typed
from .pieces import Line


def plain(data: Any) -> Plain:
    """Data without the memory of where it came from."""
    if isinstance(data, Typed):
        return PlainText(data) if data.bare else str(data)
    if isinstance(data, dict):
        return {_key(str(key)): plain(value) for key, value in data.items()}
    if isinstance(data, list):
        return [plain(value) for value in data]
    return PlainText("") if data is None else str(data)


def _key(text: str) -> str:
    return PlainText(text) if text.isdecimal() else text


def notes(
    data: Any, path: tuple[str | int, ...] = ()
) -> Iterator[tuple[tuple[str | int, ...], Message]]:
    """All guesses in data, with the paths they stand at."""
    if isinstance(data, Mapping):
        for key, said in data.notes.items():
            if key in data:
                yield from (((*path, key), one) for one in said)
    if isinstance(data, dict):
        for key, value in data.items():
            yield from notes(value, (*path, str(key)))
    elif isinstance(data, list):
        for index, value in enumerate(data):
            yield from notes(value, (*path, index))


def written(
    folder: Path, made: Drafted, account: LineLog, lines: Iterable[tuple[str, Line]]
) -> tuple[dict[Path, bytes], list[tuple[str, Line, str]]]:
    """The files' bytes by their paths, and the lines left over with what of each is missing."""
    left = [(name, line, rest) for name, line in lines if (rest := account.missing(line))]
    files = bytes_of(folder, made.files)
    by_file: dict[str, list[str]] = {}
    for name, line, _ in left:
        home = made.unit_of.get(name) or next(iter(made.unit_of.values()), "agency.yaml")
        told = by_file.setdefault(home, [])
        if not any(name in one for one in told):
            told.append(f"\n# {message('import-left-over-head', file=name)}")
        told.append(f"#   {line.where.said()}: {' '.join(visible.plain(line.said).split())}")
    for home, told in by_file.items():
        target = folder / home
        if target in files:
            files[target] += ("\n".join(told) + "\n").encode()
    return files, left


def _csv(rows: list[list[Typed]]) -> bytes:
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows(rows)
    return out.getvalue().encode()


def bytes_of(folder: Path, data: AnyMapping[str, Mapping]) -> dict[Path, bytes]:
    """Files of an agency by their paths, each with its comments; of a target table also its CSV."""
    files: dict[Path, bytes] = {}
    for path, one in data.items():
        target = folder / path
        raw = yaml_writing.file_of(target, _kind(path), plain(one)).decode()
        if one.rows:
            files[target.with_suffix(".csv")] = _csv(one.rows)
        files[target] = commented(target, raw, list(notes(one))).encode()
    return files


def _kind(path: str) -> str:
    folders = {
        "indicators": "indicator",
        "plans": "plan",
        "tables": "table",
        "results": "results",
    }
    first, _, rest = path.partition("/")
    if rest:
        return folders[first]
    return {"agency.yaml": "agency", "wording.yaml": "wording"}.get(path, "unit")


def commented(path: Path, text: str, said: list[tuple[tuple[str | int, ...], Message]]) -> str:
    """A file's text with a comment above each key that was guessed."""
    node = yaml_tree.parse(path, text.encode()).node
    if node is None or not said:
        return text
    lines = text.split("\n")
    at: dict[int, list[str]] = {}
    for keys, one in said:
        place = node.key_at(*keys)
        number = (place.line or 1) - 1
        indent = len(lines[number]) - len(lines[number].lstrip(" "))
        at.setdefault(number, []).append(f"{' ' * indent}# {' '.join(str(one).split())}")
    out: list[str] = []
    for number, line in enumerate(lines):
        out += at.get(number, [])
        out.append(line)
    return "\n".join(out)
