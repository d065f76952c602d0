"""A person whose competencies count: the example agency with a rule and a tree of 80 + 20."""

import shutil
import tempfile
from functools import cache
from pathlib import Path

from support.command import ROOT, change

PERSON = "ตัวอย่าง-บุคคล"
TREE = "    - {id: work, name: ผลสัมฤทธิ์ของงาน, weight: 100}\n"
RULE = """\
    - {id: work, name: ผลสัมฤทธิ์ของงาน, weight: 80}
    - {id: competence, name: สมรรถนะ, weight: 20, scored_from: competencies}
  competencies:
    read: gap
    lowest: 1
    highest: 5
    gaps: {0: 5, -1: 4, -2: 2}
    heads: {gap: ต่างกัน, points: คะแนน, total: รวม}
  grades:
    - {name: ดีเยี่ยม, at_least: 85}
    - {name: พัฒนา, at_least: 0}
"""


def counting(agency: Path) -> None:
    """A copy of the example agency's folder becomes one whose persons' competencies count."""
    change(agency / "agency.yaml", TREE, RULE)
    text = (agency / f"{PERSON}.yaml").read_text("utf-8")
    for old, new in (("40", "32"), ("20", "16"), ("25", "20"), ("15", "12")):
        text = text.replace(f"weight: {old}\n", f"weight: {new}\n").replace(
            f"weight: {old}}}", f"weight: {new}}}"
        )
    (agency / f"{PERSON}.yaml").write_text(text, "utf-8")


@cache
def agency() -> Path:
    """Such an agency, for tests that only read; in a workspace of its own."""
    folder = Path(tempfile.mkdtemp(prefix="persons-"), "agreements", "example-2570")
    shutil.copytree(ROOT / "agreements" / "example-2570", folder)
    counting(folder)
    return folder
