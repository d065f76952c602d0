"""The example agency with counted answers."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

from generator.workspace.environment import Workspace
from support import making

UNIT, SURVEY = "ตัวอย่าง-ก", "visitors"


ANSWERS = """fiscal_year: 2570
version: 1
n: 318
items:
  who: {citizen: 200, company: 100}
  age: {20: 1, 40: 2, 60: 1}
  quick: {1: 6, 2: 8, 3: 45, 4: 90, 5: 169}
  overall: {5: 1}
  issue1: {4: 30, 2: 5}
dissatisfied: 30
groups:
  citizen: {n: 200, items: {quick: {5: 10}}}
"""


def workspace(folder: Path, answers: str = ANSWERS, **changes: str) -> Workspace:
    """The example agency with answers to its survey, the survey's definitions changed."""
    agency = folder / "agreements" / "example-2570"
    shipped = making.ROOT / "agreements" / "example-2570"
    shutil.copytree(shipped, agency, ignore=shutil.ignore_patterns("answers", "results"))
    source = shipped / "surveys" / f"{SURVEY}.yaml"
    text = source.read_text("utf-8")
    for key, value in changes.items():
        text, found = re.subn(rf"(?m)^  {key}: .*$", f"  {key}: {value}", text)
        assert found == 1
    (agency / "surveys" / source.name).write_text(text, "utf-8")
    if answers:
        path = agency / "answers" / "2" / UNIT / f"{SURVEY}.yaml"
        path.parent.mkdir(parents=True)
        path.write_text(answers, "utf-8")
    return Workspace(folder, {})


WRITTEN = (
    ANSWERS
    + """written:
  who_other_text:
    - text: "<b>ดี</b> &amp; {{ 7 * 7 }} {% raw %} **หนา**"
    - text: "- ไม่ใช่รายการ\\nบรรทัดที่สอง 👍🏽 ดี"
      times: 3
  issue1_text:
    - {text: รอนาน มากกว่าที่ประกาศไว้ทุกครั้งที่มาติดต่อราชการ ควรเพิ่มเจ้าหน้าที่, level: 5, times: 2}
    - {text: รอนาน มากกว่าที่ประกาศไว้ทุกครั้งที่มาติดต่อราชการ ควรเพิ่มเจ้าหน้าที่, level: 2}
    - {text: ที่จอดรถน้อย}
"""
)
