"""What only a person has: duties in four aspects, and competencies (source 004, 5.3)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Literal

from pydantic import Field

from .fields import DataModel, Key, Level, Line, Positive, Text, printed, text_as

Aspect = Literal["support", "duties", "assigned", "development"]

ASPECTS: tuple[Aspect, ...] = ("support", "duties", "assigned", "development")
"""The aspects in the order of the form."""


class Duty(DataModel):
    """ลักษณะงาน: what a person answers for, and the indicators that measure it."""

    work: Annotated[Text, printed("personal")] = Field(description="ระบุ “งาน” ไม่ใช่ “กิจกรรม”")
    goals: Annotated[list[Text], printed("personal")] = Field(
        [],
        description="ผลสัมฤทธิ์ (ผลผลิต/ผลลัพธ์)/เป้าประสงค์ ของบุคคล; where there are none, those of the "
        "unit whose indicators these derive from",
    )
    indicators: list[Key] = Field([], description="ids of the person's indicators that measure it")
    order: Annotated[Line | None, printed("personal")] = Field(
        None, description="คำสั่งหรือหนังสือที่มอบหมาย (ด้านที่ 3: มอบเป็นลายลักษณ์อักษร)"
    )


Works = list[Annotated[Duty, text_as("work")]]


class Responsibilities(DataModel):
    """ภาระหน้าที่/ความรับผิดชอบ in the four aspects of the form."""

    support: Works = Field(
        [],
        description="(1) ความรับผิดชอบเพื่อสนับสนุนการบรรลุเป้าประสงค์ และตัวชี้วัดของหน่วยงาน: งานจาก"
        "เป้าประสงค์และตัวชี้วัดของหน่วยงานในส่วนที่ตนเองมีส่วนผลักดัน",
    )
    duties: Works = Field([], description="(2) ความรับผิดชอบตามหน้าที่: งานที่ไม่ได้อยู่ใน (1) และทำในปัจจุบัน")
    assigned: Works = Field(
        [],
        description="(3) ความรับผิดชอบที่ได้รับมอบหมายพิเศษ: มอบเป็นลายลักษณ์อักษร และดำเนินการมากกว่า 1 ครั้ง",
    )
    development: Works = Field([], description="(4) ความรับผิดชอบต่อการพัฒนาตนเอง: เป็นตัวชี้วัดบังคับ")

    def each(self) -> Iterator[tuple[Aspect, int, Duty]]:
        """Every work with its aspect and its place there."""
        for aspect in ASPECTS:
            for index, work in enumerate(getattr(self, aspect)):
                yield aspect, index, work


class Competency(DataModel):
    """สมรรถนะ, and the level that the position asks for. What is assessed is a result."""

    id: Key
    name: Annotated[Line, printed("personal")] = Field(description="ชื่อสมรรถนะ")
    expected: Level = Field(description="ระดับที่คาดหวังของระดับตำแหน่ง")
    weight: Positive | None = Field(
        None, description="น้ำหนัก among the competencies, where they count by weight: all or none"
    )
