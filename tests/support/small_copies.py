"""Workspaces that tests may change: copies of shipped agencies."""

import shutil
from pathlib import Path

from support.making import ROOT


def copied(folder: Path, *agencies: str) -> Path:
    """A workspace with copies of some agencies and no template of its own."""
    for agency in agencies:
        shutil.copytree(ROOT / "agreements" / agency, folder / "agreements" / agency)
    return folder
