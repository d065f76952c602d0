"""Whose agreement it is: กรม, กอง, กลุ่ม/ฝ่าย, หน่วยงาน, บุคคล."""

from __future__ import annotations

from typing import Literal

UnitLevel = Literal["department", "division", "section", "field", "person"]
LEVELS: tuple[UnitLevel, ...] = ("department", "division", "section", "field", "person")
LEVEL_NAMES: dict[UnitLevel, str] = {
    "department": "กรม",
    "division": "กอง",
    "section": "กลุ่ม/ฝ่าย",
    "field": "หน่วยงาน",
    "person": "บุคคล",
}
"""What the units of a level are called where the agency has no word of its own."""
