"""The example agency with an indicator that isn't judged, and points taken off."""

import shutil
from pathlib import Path

from generator.workspace.environment import Workspace

ROOT = Path(__file__).parents[2]
AGENCY = "example-2570"
UNIT = "ตัวอย่าง-ก"
REASON = "ย้ายไปอาคารที่หน่วยงานอื่นเป็นผู้จ่ายค่าไฟฟ้า"
BY = "มติคณะกรรมการกำกับการประเมินผล ครั้งที่ 3/2570"

ADJUSTMENTS = """\
    adjustments:
      - {id: late, kind: deduct, name: ส่งรายงานล่าช้า, most: 1}
      - {id: award, kind: add, name: ได้รับรางวัลระดับกระทรวง, most: 0.5}
"""


def workspace(root: Path) -> Workspace:
    """``energy`` is cancelled from round 2 on, and ``knowledge`` loses half a point."""
    folder = root / "agreements" / AGENCY
    shutil.copytree(ROOT / "agreements" / AGENCY, folder)
    decided = f"    exemptions:\n      - {{kind: cancelled, from: 2, reason: {REASON}, by: {BY}}}\n"
    _put(
        folder / "agency.yaml",
        "  rounds: separate",
        "  exempt_weight: component\n  rounds: separate",
    )
    path = folder / f"{UNIT}.yaml"
    _put(path, "  - use: energy\n    component: potential\n", decided, behind=True)
    path = folder / "ตัวอย่าง-ข.yaml"
    _put(path, "  - use: energy\n    component: potential\n", decided, behind=True)
    _put(folder / "indicators" / "knowledge.yaml", "  2:\n", ADJUSTMENTS, behind=True)
    path = folder / "results" / "2" / f"{UNIT}.yaml"
    text = path.read_text("utf-8")
    text = text[: text.index("  energy:")].replace(
        "    value: 11\n",
        "    value: 11\n    adjustments:\n      late: {points: 0.5, reason: ส่งช้ากว่ากำหนด 3 วัน}\n",
    )
    path.write_text(text, "utf-8")
    return Workspace(root, {})


def _put(path: Path, place: str, text: str, *, behind: bool = False) -> None:
    found = path.read_text("utf-8")
    assert place in found
    path.write_text(found.replace(place, place + text if behind else text, 1), "utf-8")
