"""The example agency with quarters, and with targets of some indicators in q2 and q4 only."""

import shutil
from pathlib import Path

from generator.workspace.environment import Workspace
from support.making import ROOT

AGENCY, UNIT = "example-2570", "ตัวอย่าง-ก"
IDS = ("q1", "q2", "q3", "q4")
SOME = ("energy", "knowledge", "manuals")
"""The indicators that are assessed in q2 and q4."""

_ROUNDS = """rounds:
  - {id: q1, name: ไตรมาสที่ 1, start: 1 ต.ค. 2569, end: 31 ธ.ค. 2569, cutoff: 10 มกราคม 2570}
  - {id: q2, name: ไตรมาสที่ 2, start: 1 ม.ค. 2570, end: 31 มี.ค. 2570}
  - {id: q3, name: ไตรมาสที่ 3, start: 1 เม.ย. 2570, end: 30 มิ.ย. 2570}
  - {id: q4, name: ไตรมาสที่ 4, start: 1 ก.ค. 2570, end: 30 ก.ย. 2570}

"""


def quarters(base: Path) -> Workspace:
    """A workspace below ``base`` with the agency, and results of q1."""
    folder = base / "agreements" / AGENCY
    shutil.copytree(ROOT / "agreements" / AGENCY, folder)
    for name in ("results", "answers"):
        shutil.rmtree(folder / name, ignore_errors=True)
    for unit in ("ตัวอย่าง-ข", "ตัวอย่าง-บุคคล"):
        (folder / f"{unit}.yaml").unlink()
    agency = (folder / "agency.yaml").read_text("utf-8")
    start, end = agency.index("rounds:\n  - id: 1"), agency.index("# The past years")
    text = agency[:start] + _ROUNDS + agency[end:]
    (folder / "agency.yaml").write_text(text, "utf-8")
    wording = (folder / "wording.yaml").read_text("utf-8")
    kept = wording[: wording.index("\nsheet:\n  rounds:\n    1:")]
    (folder / "wording.yaml").write_text(f"{kept}\n", "utf-8")
    for path in (folder / "indicators").glob("*.yaml"):
        text = (
            path.read_text("utf-8")
            .replace("\n  1:\n", "\n  q2:\n")
            .replace("\n  2:\n", "\n  q4:\n")
        )
        text = text.replace("\n      2:\n        levels", "\n      q4:\n        levels")
        if path.stem in SOME:
            text = text.replace("\ncriteria:\n", "\nrounds: [q2, q4]\ncriteria:\n")
        path.write_text(text, "utf-8")
    results = folder / "results" / "q1" / f"{UNIT}.yaml"
    results.parent.mkdir(parents=True)
    results.write_text(
        "fiscal_year: 2570\nexample: true\nresults:\n  on-time: {value: 91.2}\n"
        "  satisfaction: {parts: {satisfied: {value: 87}, dissatisfied: {value: 7}}}\n",
        "utf-8",
    )
    return Workspace(base, {})
