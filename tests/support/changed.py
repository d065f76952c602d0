"""Workspaces of the shipped example with some of its files written otherwise."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from pathlib import Path

from generator.workspace.environment import Workspace
from support.making import ROOT

AGENCY = "example-2570"


def example(root: Path, files: Mapping[str, str | bytes]) -> Workspace:
    """A workspace in ``root`` with the example; ``files`` are written over it, by their names."""
    folder = root / "agreements" / AGENCY
    shutil.copytree(ROOT / "agreements" / AGENCY, folder, dirs_exist_ok=True)
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)
    return Workspace(root, {})
