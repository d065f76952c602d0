"""Small workspaces that tests of the studio change."""

import shutil
from pathlib import Path

from support.making import ROOT


def example(place: Path) -> Path:
    """A workspace with the example agency, and one of a single unit, whose documents cost least."""
    for name in ("example-2570", "moi-2547"):
        shutil.copytree(ROOT / "agreements" / name, place / "agreements" / name)
    return place
