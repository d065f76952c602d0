"""A department as large as a real one, made of the manual's own sheets.

Its divisions are those of the shipped agency. Its field units are that agency's one, named and
numbered: they share the sheets of the manual word for word, and have none to three sheets that
nobody else has. Nobody in it has a name.
"""

import shutil
from pathlib import Path

import yaml

ROOT = Path(__file__).parents[2]
AGENCY = "dsdw-2566"
DIVISIONS = 11
HEAD = "พส"
"""The department itself, from whose agreement units take over."""

SHARED = "waste"
"""An indicator that every unit uses."""

_NOT_UNITS = ("agency.yaml", "wording.yaml")
_FORMS = ("agency.yaml", "wording.yaml", "indicators", "plans", "tables", "surveys")


def workspace(place: Path, field: int) -> Path:
    """A folder with a department of eleven divisions and so many field units."""
    shipped = ROOT / "agreements" / AGENCY
    agency = place / "agreements" / AGENCY
    agency.mkdir(parents=True)
    for name in _FORMS:
        source = shipped / name
        copy = shutil.copytree if source.is_dir() else shutil.copyfile
        copy(source, agency / name)
    units = {path: yaml.safe_load(path.read_text("utf-8")) for path in shipped.glob("*.yaml")}
    divisions = [
        path
        for path, said in sorted(units.items())
        if path.name not in _NOT_UNITS and said.get("level") == "division"
    ]
    assert len(divisions) == DIVISIONS
    for path in (*divisions, shipped / f"{HEAD}.yaml"):
        shutil.copyfile(path, agency / path.name)
    (form,) = (said for path, said in units.items() if path.stem == "นิคมสร้างตนเอง")
    for number in range(1, field + 1):
        text = yaml.safe_dump(unit(form, number), allow_unicode=True, sort_keys=False)
        (agency / f"field-{number:03}.yaml").write_text(text, "utf-8")
    return place


def unit(form: dict[str, object], number: int) -> dict[str, object]:
    """A field unit: its name, its weights, and none to three sheets of its own."""
    shared = [dict(use) for use in form["indicators"]]  # type: ignore[attr-defined]
    own = [
        {
            "id": f"own-{index}",
            "component": "performance",
            "define": {
                "name": f"ร้อยละความสำเร็จของงานที่ {index} ของนิคมสร้างตนเองตัวอย่างที่ {number}",
                "description": f"งานที่ {index} ในพื้นที่ {number * 7 + index} หมู่บ้าน " * 12,
            },
        }
        for index in range(1, number % 4 + 1)
    ]
    return {
        **form,
        "code": f"นตอ.{number}",
        "name": f"นิคมสร้างตนเองตัวอย่างที่ {number}",
        "indicators": [*own, *shared],
    }


def shared_sheet(place: Path) -> Path:
    """The file of an indicator that every unit uses."""
    return place / "agreements" / AGENCY / "indicators" / f"{SHARED}.yaml"


def reword(place: Path) -> None:
    """Change one word of an indicator that every unit uses."""
    path = shared_sheet(place)
    text = path.read_text("utf-8")
    assert text.count("หน่วยงาน") > 0
    path.write_text(text.replace("หน่วยงาน", "หน่วยราชการ", 1), "utf-8")
