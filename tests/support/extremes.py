"""Agencies whose data are extreme but possible: what pages have to bear.

Names of five and of ninety letters, one indicator and twenty-five, three levels and ten, levels
from "-" to four hundred letters, long units of measure, many goals, all of everyday words.
"""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import cycle, islice
from pathlib import Path

from generator.workspace.environment import Workspace

ROOT = Path(__file__).parents[2]
AGENCY = "extreme-2570"
UNIT = "หน่วยที่วัด"
_FROM = "example-2570"

WORDS = (
    *("การ", "พัฒนา", "ระบบ", "บริหาร", "จัดการ", "ข้อมูล", "สารสนเทศ", "เพื่อ", "ประชาชน", "ใน"),
    *("พื้นที่", "รับผิดชอบ", "ของ", "หน่วยงาน", "ให้", "เป็นไปตาม", "มาตรฐาน", "ที่", "กำหนด", "ไว้"),
    *("อย่าง", "ต่อเนื่อง", "และ", "ทั่วถึง", "โดย", "ความร่วมมือ", "ภาคเอกชน", "ชุมชน", "ท้องถิ่น"),
)
_SPACED_AFTER = {"ประชาชน", "กำหนด", "ทั่วถึง", "ท้องถิ่น"}


def text(letters: int, start: int = 0) -> str:
    """Words of about so many letters, never more; a space here and there, as Thai has them."""
    said = ""
    for word in islice(cycle(WORDS), start % len(WORDS), None):
        if len(said) + len(word) > letters:
            return said.strip() or word[:letters]
        said += word + (" " if word in _SPACED_AFTER else "")
    raise AssertionError


@dataclass(frozen=True, slots=True)
class Extreme:
    """An agency: letters of its names and levels, how many indicators, levels and goals it has."""

    name: int = 30
    indicators: int = 5
    levels: int = 5
    level: int = 30
    goals: int = 2
    measure: str = "ร้อยละ"
    description: int = 200
    called_levels: str = ""
    """What levels are called before their number."""

    def agency(self) -> str:
        """agency.yaml."""
        levels = "\n".join(
            f"      - {{id: {n}, name: {self.called_levels}{n}, points: {n}}}"
            for n in range(1, self.levels + 1)
        )
        return f"""\
fiscal_year: 2570
name: {self.called("กรม")}
example: true
digits: arabic
terms: {{agreement: คำรับรองการปฏิบัติราชการ, assessor: ผู้รับคำรับรอง, assessee: ผู้ทำคำรับรอง}}
rounds:
  - id: 1
    name: เกณฑ์การให้คะแนน รอบที่ 1 (1 ต.ค. 2569 – 31 มี.ค. 2570)
    start: 2569-10-01
    end: 2570-03-31
  - id: 2
    name: เกณฑ์การให้คะแนน รอบที่ 2 (1 เม.ย. – 30 ก.ย. 2570)
    start: 2570-04-01
    end: 2570-09-30
    cumulative: true
baseline_years: [2567, 2568, 2569]
scales:
  own:
    levels:
{levels}
    below: 1
scale: own
components:
  - id: total
    name: ผลการปฏิบัติราชการรวม
    weight: 100
    components:
      - {{id: performance, name: องค์ประกอบที่ 1 ผลสัมฤทธิ์ของงาน, weight: 100}}
grades:
  - {{name: ดี, at_least: 60}}
  - {{name: ต้องปรับปรุง, at_least: 0}}
policies: {{decimals: 2, points_decimals: none, combine: min, rounds: separate}}
assessors:
  - {{name: {self.called("นาย")}, position: {self.called("อธิบดี")}}}
form:
  rows: {{performance: 2}}
numbering: component
"""

    def called(self, first: str) -> str:
        """A name of so many letters."""
        return first[: self.name] + text(max(self.name - len(first), 0), len(first)) or first

    def unit(self) -> str:
        """The unit's file."""
        goals = "".join(f"      - {text(60, n)}\n" for n in range(self.goals))
        used = ", ".join(f"kpi-{n}" for n in range(1, self.indicators + 1))
        return (
            f"name: {self.called('กอง')}\n"
            "level: division\nstatus: final\nassessees:\n"
            f"  - {{name: {self.called('นาง')}, position: {self.called('ผู้อำนวยการ')}}}\n"
            "duties:\n"
            + "".join(f"  - {text(90, n)}\n" for n in range(self.goals))
            + f"strategy:\n  - issue: {text(80)}\n    goals:\n{goals}    indicators: [{used}]\n"
            + "indicators:\n"
            + "".join(self._indicator(n) for n in range(1, self.indicators + 1))
        )

    def _indicator(self, number: int) -> str:
        weight = 100 // self.indicators
        weight += (100 - weight * self.indicators) if number == 1 else 0
        levels = "".join(
            f"            {n}: {self._level(number, n)}\n" for n in range(1, self.levels + 1)
        )
        past = "".join(
            f"            {year}: {{text: '{value} {self.measure}', value: {value}}}\n"
            for year, value in ((2567, "1,234.50"), (2568, "98.25"), (2569, "12"))
        ).replace("value: 1,234.50", "value: 1234.50")
        return f"""\
  - id: kpi-{number}
    component: performance
    weight: {weight}
    define:
      name: {self.called("ร้อยละ")}ตัวที่ {number}
      kind: quantity
      measure: {self.measure}
      origin: {text(50, number)}
      description: {text(self.description, number)}
      source: {text(40, number)}
      collection: {text(60, number)}
      baselines:
        - measure: {self.measure}
          years:
{past}      criteria:
        all:
          read: ladder
          levels:
{levels}      supervisors:
        - {{name: {self.called("นาย")}, position: {self.called("ผู้อำนวยการ")}, telephone: }}
      collectors:
        - {{name: {self.called("นาง")}, position: {self.called("นักวิชาการ")}, telephone: }}
"""

    def _level(self, number: int, level: int) -> str:
        if self.level < 2 and level < self.levels:
            return '{text: "-"}'
        said = f"{text(self.level, 3 * number + level)} ไม่น้อยกว่า {level} {self.measure}"
        return f"{{text: {said}, at_least: {level}}}"

    def results(self) -> str:
        """The results of a round."""
        values = "".join(
            f"  kpi-{n}:\n    value: {n % (self.levels + 1)}\n"
            f"    text: {text(self.level + 20, n)}\n"
            for n in range(1, self.indicators + 1)
        )
        return f"fiscal_year: 2570\nexample: true\nresults:\n{values}"

    def workspace(self, folder: Path) -> Workspace:
        """A workspace that holds it; its words are those of the example agency."""
        agency = folder / "agreements" / AGENCY
        (agency / "results" / "2").mkdir(parents=True)
        shutil.copy(ROOT / "agreements" / _FROM / "wording.yaml", agency)
        (agency / "agency.yaml").write_text(self.agency(), "utf-8")
        (agency / f"{UNIT}.yaml").write_text(self.unit(), "utf-8")
        (agency / "results" / "2" / f"{UNIT}.yaml").write_text(self.results(), "utf-8")
        return Workspace(folder, {})


LONG = "ล้านบาทต่อครัวเรือนต่อปีงบประมาณ"
EXTREMES: dict[str, Extreme] = {
    "one indicator, short": Extreme(
        name=5, indicators=1, levels=3, level=1, goals=1, description=20
    ),
    "one indicator, long": Extreme(
        name=90, indicators=1, levels=10, level=400, goals=12, measure=LONG
    ),
    "three levels, long": Extreme(name=90, indicators=4, levels=3, level=400, goals=6),
    "ten levels, short": Extreme(name=5, indicators=25, levels=10, level=1, measure="คน"),
    "ten levels, named": Extreme(
        name=30, indicators=9, levels=10, level=1, called_levels="ต้องปรับปรุงระดับ"
    ),
    "ten levels, middling": Extreme(name=60, indicators=6, levels=10, level=60, measure=LONG),
    "five levels, long": Extreme(
        name=90, indicators=5, levels=5, level=400, goals=3, description=1500
    ),
    "many indicators": Extreme(name=60, indicators=25, levels=5, level=30, goals=12),
    "many indicators, long": Extreme(
        name=90, indicators=25, levels=5, level=150, goals=2, measure=LONG
    ),
}
DOCUMENTS: Sequence[tuple[str, str]] = (*(("agreement", ""), ("report", "2")),)
"""What is made of each: kinds, and of which round."""
