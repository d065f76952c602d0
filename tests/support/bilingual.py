"""The example agency with English names below the Thai ones."""

import re
import shutil
import tempfile
from functools import cache
from pathlib import Path

from generator.workspace.environment import Workspace
from support.command import ROOT, change

UNIT = "ตัวอย่าง-ก"
UNIT_NAME = "Example Division A"
COMPONENT = "Component 1: Results of Work (70 per cent)"


def english(agency: Path, places: str = "heads, tables, sheets, report") -> None:
    """A copy of the example agency's folder gets English names, printed in these places."""
    yaml = agency / "agency.yaml"
    change(yaml, "baseline_years:", f"second_names: [{places}]\nbaseline_years:")
    change(yaml, "weight: 70}", f'weight: 70, name_en: "{COMPONENT}"}}')
    change(yaml, "weight: 30}", 'weight: 30, name_en: "Component 2: Potential (30 per cent)"}')
    change(agency / f"{UNIT}.yaml", "level: division", f"name_en: {UNIT_NAME}\nlevel: division")
    for path in (agency / "indicators").glob("*.yaml"):
        text = path.read_text("utf-8")
        named = re.sub(r"(?m)^(name: .*)$", rf"\1\nname_en: {indicator(path.stem)}", text, count=1)
        path.write_text(named, "utf-8")


def indicator(key: str) -> str:
    """The English name of an indicator: long, so that it breaks in a cell."""
    return f"Percentage of Service Requests Completed on Time ({key})"


@cache
def world() -> Workspace:
    """A workspace with such an agency, for tests that only read."""
    root = Path(tempfile.mkdtemp(prefix="bilingual-"))
    folder = root / "agreements" / "example-2570"
    shutil.copytree(ROOT / "agreements" / "example-2570", folder)
    english(folder)
    return Workspace(root, {})
