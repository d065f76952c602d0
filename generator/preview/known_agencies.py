"""Agencies' own files as they were read last: they are read again where one of them is another."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from ..agreements import reading, yaml_tree
from ..agreements.files import ValidAgency, valid_agency
from ..diagnostics import Location
from ..workspace.unsaved import held_files
from .printed_fields import keys_by_place
from .requests import KeyPath

_FOLDERS = ("indicators", "tables", "plans", "surveys")
_FILES = ("agency.yaml", "wording.yaml")


@dataclass(frozen=True, slots=True)
class KnownAgency:
    """An agency's own files as read, and the keys of their values by their places."""

    stamp: frozenset[tuple[object, ...]]
    folder: ValidAgency
    keys: Mapping[Location, KeyPath]


class KnownAgencies:
    """The agencies that were read."""

    def __init__(self) -> None:
        self._known: dict[Path, KnownAgency] = {}
        self._files: dict[Path, yaml_tree.Remembered] = {}

    def read(self, folder: Path) -> KnownAgency:
        """An agency, as its files are now. Raises DataError."""
        stamp = _stamp(folder)
        known = self._known.get(folder)
        if known is None or known.stamp != stamp:
            with yaml_tree.remembering(self._files.setdefault(folder, {})):
                found = valid_agency(reading.read_agency(folder))
            known = KnownAgency(stamp, found, keys_by_place(found))
            self._known[folder] = known
        return known


def _stamp(folder: Path) -> frozenset[tuple[object, ...]]:
    """What tells an agency's own files from what they were; units' files are none of them."""
    found: set[tuple[object, ...]] = set()
    for place in (folder, *(folder / name for name in _FOLDERS)):
        try:
            with os.scandir(place) as entries:
                for entry in entries:
                    if place != folder or entry.name in _FILES:
                        about = entry.stat()
                        found.add((entry.path, about.st_mtime_ns, about.st_size))
        except OSError:
            continue
    for path, data in held_files().items():
        own = path.parent.name in _FOLDERS or path.name in _FILES
        if own and path.is_relative_to(folder):
            found.add((str(path), hashlib.sha256(data).digest()))
    return frozenset(found)
