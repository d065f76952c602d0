"""The JSON Schemas of YAML files, for editors."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from ..agreements import schema
from ..workspace.environment import Workspace


@dataclass(frozen=True, slots=True)
class SchemaFiles:
    """The schemas as they should be, not yet published, and which of the files there are not so."""

    files: dict[Path, bytes]
    stale: tuple[Path, ...]


def schemas(workspace: Workspace) -> SchemaFiles:
    """The schema of every kind of YAML file, as files of the workspace. Raises OSError."""
    files = {workspace.root / "schema" / name: data for name, data in schema.files().items()}
    stale = (p for p, data in files.items() if not p.is_file() or p.read_bytes() != data)
    return SchemaFiles(files, tuple(stale))
