"""An agency whose results are assessed by three, and signed on the report: made of the example."""

from __future__ import annotations

import shutil
import tempfile
from functools import cache
from pathlib import Path

from generator.agreements import lookup
from generator.agreements.record import DocumentOptions
from generator.api import documents
from generator.workspace.environment import Workspace

ROOT = Path(__file__).parents[2]
UNIT = "ตัวอย่าง-ก"

ASSESSMENT = """
assessment:
  by:
    - {id: self, name: ตนเอง}
    - {id: head, name: ผู้บังคับบัญชา, reasons: differs}
    - {id: board, name: คณะกรรมการกลั่นกรอง}
  counts: last
"""

SIGNATURE = """
  signature:
    heading: ความเห็นและลงนาม
    comment: ความเห็นของ[[role]]
    space: [".............................................", "............................"]
    line: ลงชื่อ..................................................
    name: ([[name]])
    position: "[[position]]"
    date: วันที่ [[date]]
    purpose: "[[role]]: [[name]] [[position]]"
    electronic: ["ลงนามโดย [[name]]", "เมื่อ [[date]]"]
"""
"""The words of the end of a report, below ``report:``."""

COMMENTS = """
comments:
  assessee: รับทราบผลการประเมิน
signed: 30 เมษายน 2570
"""

RESULTS = """
fiscal_year: 2570
example: true
results:
  on-time:
    inputs: {on_time: 1104, received: 1200}
    evidence: [ทะเบียนรับคำขอ]
    assessed:
      self: {day: 2570-04-03, strengths: มีระบบติดตามรายวัน}
      head: {value: 88, day: 2570-04-10, reason: "นับเฉพาะคำขอที่มีหลักฐานครบ\\nตัดออก 48 คำขอ"}
      board: {state: agreed, day: 2570-04-20, conclusion: ผ่าน, improve: จัดเก็บหลักฐานให้ครบ}
  manuals:
    done: [1, 2, 3, 4]
    assessed:
      head: {state: agreed, day: 2570-04-10}
      board: {state: disagreed, score: 3, day: 2570-04-20, reason: คู่มือยังไม่ผ่านความเห็นชอบ}
    earlier:
      - {by: self, done: [1, 2], text: ผลเดิมที่รายงาน, evidence: [หลักฐานเดิม], replaced: 2570-04-08}
      - {by: head, state: returned, reason: แผนไม่มีลายมือชื่อ, day: 2570-04-05, replaced: 2570-04-10}
      - {by: board, score: 2.5, day: 2570-04-15, replaced: 2570-04-20}
    appeal:
      reason: หัวหน้าเห็นชอบแล้วเมื่อวันที่ 30 มีนาคม
      day: 2570-05-01
      decision: {was: 3, now: 3.5, reason: พบหนังสือเห็นชอบ, by: คณะกรรมการอุทธรณ์, day: 2570-05-20}
  knowledge:
    value: 4
    assessed:
      head: {state: agreed, day: 2570-04-10}
      board: {state: agreed, day: 2570-04-20}
    appeal: {reason: เผยแพร่เรื่องที่ 5 แล้ว, day: 2570-05-02}
  satisfaction:
    parts: {satisfied: {value: 91.20}, dissatisfied: {value: 6.40}}
    assessed:
      head:
        parts: {satisfied: {value: 80}, dissatisfied: {value: 6.40}}
        reason: นับซ้ำ
        day: 2570-04-10
  energy:
    inputs:
      last_year: {ต.ค.: 10200, พ.ย.: 9400, ธ.ค.: 9000, ม.ค.: 9800, ก.พ.: 10100, มี.ค.: 11500}
      this_year: {ต.ค.: 9900, พ.ย.: 9100, ธ.ค.: 8700, ม.ค.: 9450, ก.พ.: 9750, มี.ค.: 11000}
    assessed:
      head: {state: returned, reason: ขาดใบแจ้งค่าไฟฟ้าเดือนมีนาคม, day: 2570-04-10}
"""


def with_signatures(agency: Path) -> None:
    """Let the form of an agency's reports have signatures."""
    wording = agency / "wording.yaml"
    wording.write_text(f"{wording.read_text('utf-8')}\nreport:{SIGNATURE}", "utf-8")


def made_in(folder: Path, round_: str = "1", results: str = RESULTS) -> Workspace:
    """A workspace with that agency; ``results`` are those of its unit in a round."""
    agency = folder / "agreements" / "example-2570"
    shutil.copytree(ROOT / "agreements" / "example-2570", agency)
    with (agency / "agency.yaml").open("a", encoding="utf-8") as file:
        file.write(ASSESSMENT)
    with_signatures(agency)
    shutil.rmtree(agency / "results")
    (agency / "results" / round_).mkdir(parents=True)
    (agency / "results" / round_ / f"{UNIT}.yaml").write_text(results + COMMENTS, "utf-8")
    return Workspace(folder, {})


@cache
def report() -> dict[str, bytes]:
    """The unit's report of round 1, by format."""
    with tempfile.TemporaryDirectory() as folder:
        world = made_in(Path(folder))
        found = lookup.find(world, UNIT)
        made = documents.make(world, "report", found, options=DocumentOptions(round="1"))
        return {path.suffix.removeprefix("."): data for path, data in made.files.items()}
