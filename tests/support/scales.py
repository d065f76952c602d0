"""A questionnaire with scales of many kinds, and a workspace that has it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

from generator.agreements import lookup
from generator.api import surveys
from generator.workspace.environment import Workspace
from support import changed, making

UNIT, SURVEY = "ตัวอย่าง-ก", "scales"
FORM = making.ROOT / "tests/data/surveys/scales.yaml"

HEADS = (
    *("who", "polite_expected", "polite", "quick_expected", "quick", "whole_expected", "whole"),
    *("friend", "family", "fair", "web", "counter", "phone", "effort"),
    *("first_things_time", "first_things_place", "first_things_forms"),
    *("best_two_post", "best_two_mail", "best_two_line", "best_two_come", "issue1_text", "issue1"),
)
ROWS = (
    "citizen,5,4,5,3,5,4,10,na,7,2,1,4,10,1,2,3,1,2,,,ช้า,5",
    "citizen,5,5,4,4,4,4,8,9,6,1,2,3,0,2,1,3,,,,,,",
    "official,4,na,5,5,5,5,0,0,1,2,2,1,5,1,3,2,,,2,1,ไกล,6",
    "official,3,2,,,4,3,na,5,4,1,1,2,7,3,2,1,2,1,,,แดดร้อน,0",
)
WORDS = """    before: เทียบกับ[[round]]
    now: รอบนี้
    change: เปลี่ยนแปลง
"""


def world(root: Path, files: Mapping[str, str] | None = None, *, before: bool = True) -> Workspace:
    """A workspace with the survey; ``before``: its report has words for the round before."""
    wording = making.ROOT / "agreements" / changed.AGENCY / "wording.yaml"
    text = wording.read_text("utf-8")
    if before:
        text += f"\nsurvey:\n  report:\n{WORDS}"
    given = {"surveys/scales.yaml": FORM.read_text("utf-8"), "wording.yaml": text}
    return changed.example(root, {**given, **(files or {})})


def answered(rows: Iterable[str] = ROWS) -> str:
    """Answers as the CSV template has them."""
    return "\n".join((",".join(HEADS), *rows)) + "\n"


def counted(
    of: Workspace, text: str, round_: str = "2", *, over: bool = False
) -> surveys.CountedAnswers:
    """The counts of a CSV; they are written into the workspace."""
    path = of.root / "answers.csv"
    path.write_text(text, "utf-8")
    found = surveys.count(of, lookup.find(of, UNIT), SURVEY, round_, [path], over=over)
    for target, data in found.files.items():
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(data)
    return found
