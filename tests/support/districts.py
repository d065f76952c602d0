"""Synthetic district agreements, modelled on those of the community development department.

The shape is that of source 003: a district officer, two pools of indicators, five levels each; the
forms are those of the example agency, the names and figures are made up.
"""

import shutil
from pathlib import Path

ROOT = Path(__file__).parents[2]
AGENCY = "districts-2570"

UNIT = """\
name: สำนักงานพัฒนาชุมชนอำเภอตัวอย่างที่ {number}
level: field
status: draft
assessees:
  - {{name: ชื่อตัวอย่าง ที่ {number}, position: พัฒนาการอำเภอตัวอย่างที่ {number}}}
duties:
  - ส่งเสริมกระบวนการเรียนรู้และการมีส่วนร่วมของประชาชนในอำเภอตัวอย่างที่ {number}
  - ส่งเสริมและพัฒนาเศรษฐกิจชุมชนฐานรากให้มีความมั่นคงและมีเสถียรภาพ
strategy:
  - issue: ส่งเสริมและพัฒนาเศรษฐกิจชุมชนฐานราก
    goals: [ชุมชนในอำเภอตัวอย่างที่ {number} มีรายได้เพิ่มขึ้น]
    indicators: [kpi-1, kpi-2, kpi-3]
indicators:
"""

USE = """\
  - id: kpi-{key}
    component: {component}
    weight: {weight}
    define:
      name: {name}
      kind: quantity
      measure: {measure}
      origin: แผนปฏิบัติราชการของอำเภอตัวอย่าง
      description: >-
        {name} หมายถึง ผลการดำเนินงานในพื้นที่ {villages} หมู่บ้าน เทียบกับเป้าหมายที่จังหวัดกำหนด
        โดยนับจากระบบรายงานของอำเภอ ณ วันสิ้นรอบการประเมิน
      source: ระบบรายงานของอำเภอ
      collection: รวบรวมจากหมู่บ้านทุกเดือน
      baselines:
        - measure: {measure}
          years:
            2567: {{text: "{first}", value: {first}}}
            2568: {{text: "{second}", value: {second}}}
            2569: {{text: "{third}", value: {third}}}
      criteria:
        1: &levels
          read: ladder
          levels:
"""

NAMES = (
    ("performance", 40, "ร้อยละของการเบิกจ่ายเงินงบประมาณ", "ร้อยละ"),
    ("performance", 30, "จำนวนผู้ผลิต ผู้ประกอบการ OTOP ที่ลงทะเบียนเพิ่มขึ้น", "ราย"),
    ("potential", 30, "จำนวนครัวเรือนสัมมาชีพชุมชนที่มีรายได้เพิ่มขึ้น", "ครัวเรือน"),
)


def unit(number: int) -> str:
    """A district's file; no two have the same figures."""
    text = UNIT.format(number=number)
    for key, (component, weight, name, measure) in enumerate(NAMES, start=1):
        base = 20 + (number * 7 + key * 13) % 60
        text += USE.format(
            key=key,
            component=component,
            weight=weight,
            name=name,
            measure=measure,
            villages=10 + number % 90,
            first=base - 9,
            second=base - 5,
            third=base - 2,
        ).replace("1: &levels", "1:")
        levels = "".join(
            f"            {level}: {{text: ไม่น้อยกว่า {base + level * 2} {measure}, "
            f"at_least: {base + level * 2}}}\n"
            for level in range(1, 6)
        )
        text += levels + "        2:\n          read: ladder\n          levels:\n" + levels
    return text


def workspace(folder: Path, count: int) -> Path:
    """A workspace with so many districts."""
    agency = folder / "agreements" / AGENCY
    shutil.copytree(
        ROOT / "agreements" / "example-2570",
        agency,
        ignore=shutil.ignore_patterns("ตัวอย่าง-*.yaml", "results"),
    )
    for number in range(1, count + 1):
        (agency / f"district-{number:03}.yaml").write_text(unit(number), "utf-8")
    return folder
