"""A final lacks nothing that its form prints, but names, telephones and days written by hand."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields, is_dataclass, replace
from pathlib import Path

import pytest

from generator import rules
from generator.agreements import lookup, reading
from generator.agreements.files import AgencyFolder, UnitFile, valid_agency
from generator.agreements.record import DocumentOptions
from generator.diagnostics import errors
from generator.documents import building, inputs
from generator.documents.parts.sheet_parts import ContactLine
from generator.documents.parts.signatures import SignatureBlock
from generator.model import Indicator
from generator.model.fields import PrintedIn
from generator.workspace.environment import Workspace
from support.reading import copy_agency, errors_in

ROOT = Path(__file__).parents[2]
WORLD = Workspace(ROOT, {})
MARK = "≋≋≋"
BY_HAND = (SignatureBlock, ContactLine)


def marked() -> tuple[AgencyFolder, UnitFile]:
    """A final of the example, in whose documents a dotted line reads as a mark."""
    found = lookup.find(WORLD, "ตัวอย่าง-ก")
    folder = reading.read_agency(found.folder)
    wording = folder.wording.model
    assert wording is not None
    file = replace(folder.wording, model=wording.model_copy(update={"blank": MARK}))
    assert found.unit is not None
    return replace(folder, wording=file), reading.read_unit(folder, found.unit)


def texts(value: object) -> Iterator[str]:
    """Every text of a context, but those that are filled in by hand."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, tuple):
        for inner in value:
            yield from texts(inner)
    elif is_dataclass(value) and not isinstance(value, BY_HAND):
        for field in fields(value):
            yield from texts(getattr(value, field.name))


def dotted(folder: AgencyFolder, unit: UnitFile) -> list[str]:
    """What an agreement prints with a dotted line in it."""
    origin = inputs.unit_input("agreement", valid_agency(folder), unit, DocumentOptions())
    context = building.built(WORLD, origin, None).context
    return [text for text in texts(context) if MARK in text]


def with_unit(unit: UnitFile, **update: object) -> UnitFile:
    assert unit.file.model is not None
    return replace(unit, file=replace(unit.file, model=unit.file.model.model_copy(update=update)))


def with_indicator(unit: UnitFile, **update: object) -> UnitFile:
    first, *rest = unit.indicators
    indicator = first.item.indicator.model_copy(update=update)
    changed = replace(first, item=first.item.model_copy(update={"indicator": indicator}))
    return replace(unit, indicators=(changed, *rest))


def emptied(unit: UnitFile) -> Iterator[tuple[str, UnitFile]]:
    """The unit with one thing missing that a document prints, for each such thing."""
    assert unit.file.model is not None
    model = unit.file.model
    for name in ("name", "duties", "strategy", "chapters", "assessees"):
        empty: object = None if name == "name" else []
        yield f"unit {name}", with_unit(unit, **{name: empty})
    row = model.strategy[0]
    for name in ("issue", "goals", "indicators"):
        rows = [row.model_copy(update={name: None if name == "issue" else []}), *model.strategy[1:]]
        yield f"strategy {name}", with_unit(unit, strategy=rows)
    for name, about in Indicator.model_fields.items():
        printed = [one for one in about.metadata if isinstance(one, PrintedIn)]
        lists = name in ("baselines", "criteria", "supervisors", "collectors")
        if (printed or lists) and name != "name":
            empty = {} if name == "criteria" else [] if lists else None
            yield f"indicator {name}", with_indicator(unit, **{name: empty})


def test_the_final_itself_has_no_dotted_line() -> None:
    folder, unit = marked()
    assert dotted(folder, unit) == []
    assert not errors(rules.check_unit(folder, unit))


def test_whatever_would_print_a_dotted_line_is_a_fault_with_a_place() -> None:
    folder, unit = marked()
    found = {}
    for name, changed in emptied(unit):
        lines = dotted(folder, changed)
        faults = errors(rules.check_unit(folder, changed))
        found[name] = bool(lines)
        if lines or name.startswith("strategy"):
            assert faults, (name, lines)
            assert all(fault.location.line and fault.hint for fault in faults)
    assert sum(found.values()) >= 6, found
    for name in ("description", "source", "collection", "measure"):
        assert found[f"indicator {name}"]
    assert found["unit duties"]


def test_a_draft_may_leave_all_of_it_open() -> None:
    folder, unit = marked()
    draft = with_unit(unit, status="draft")
    for name, changed in emptied(draft):
        faults = [fault.message for fault in errors(rules.check_unit(folder, changed))]
        assert not faults, (name, faults)


def test_names_telephones_and_days_stay_open() -> None:
    folder, unit = marked()
    changed = with_unit(with_indicator(unit, supervisors=[], collectors=[]), signed=None)
    assert not errors(rules.check_unit(folder, changed))


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("duties: [กำกับดูแล]\n", "", "หนึ่ง.yaml:1:1: error: the duties are missing"),
        (
            "issue: บริการประชาชน, ",
            "",
            "หนึ่ง.yaml:10:5: error: the issue of strategy 1 is missing",
        ),
        ("goals: [พึงพอใจ], ", "", "หนึ่ง.yaml:10:5: error: the goals of strategy 1 are missing"),
    ],
)
def test_each_is_named_at_its_place(tmp_path: Path, old: str, new: str, expected: str) -> None:
    folder = copy_agency(tmp_path)
    path = folder / "หนึ่ง.yaml"
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new), "utf-8")
    assert errors_in(folder) == [expected]


def test_what_the_form_has_no_words_for_may_be_missing(tmp_path: Path) -> None:
    """Without the part of duties and the summary, a final needs neither duties nor goals."""
    folder = copy_agency(tmp_path)
    wording = folder / "wording.yaml"
    kept, _, rest = wording.read_text("utf-8").partition("  duties:\n    heading")
    criteria = next(line for line in rest.splitlines() if line.startswith("  criteria:"))
    wording.write_text(f"{kept}{criteria}\n", "utf-8")
    path = folder / "หนึ่ง.yaml"
    text = path.read_text("utf-8").replace("duties: [กำกับดูแล]\n", "")
    head, _, tail = text.partition("strategy:\n")
    path.write_text(head + tail[tail.index("indicators:\n  - {use") :], "utf-8")
    assert errors_in(folder) == []


def test_a_component_without_indicators_prints_no_empty_rows(tmp_path: Path) -> None:
    folder = copy_agency(tmp_path)
    path = folder / "agency.yaml"
    path.write_text(path.read_text("utf-8").replace("{function: 3}", "{shown: 3}"), "utf-8")
    assert errors_in(folder) == [
        "หนึ่ง.yaml:12:3: error: the component 'shown' has no indicator, and its rows would be empty"
    ]
