"""Faults for machines: code, parameters, sentence, remedy, place."""

import json
from pathlib import Path

from generator import api
from generator.diagnostics import Location, fault, warning
from generator.messages import message


def test_a_fault_carries_what_its_sentence_is_made_of() -> None:
    inner = message("counted-files", count=2)
    said = fault(
        "files-checked",
        Location(Path("/w/agreements/x/a.yaml"), 3, 7),
        files=inner,
        errors=("a", message("run-interrupted")),
        warnings="กอส",
        hint=message("run-interrupted"),
    )
    (told,) = api.faults.as_json([said], Path("/w"))
    assert json.loads(json.dumps(told)) == {
        "file": "agreements/x/a.yaml",
        "line": 3,
        "column": 7,
        "severity": "error",
        "code": "files-checked",
        "parameters": {
            "files": {"code": "counted-files", "parameters": {"count": 2}, "message": "2 files"},
            "errors": [
                "a",
                {"code": "run-interrupted", "parameters": {}, "message": "interrupted"},
            ],
            "warnings": "กอส",
        },
        "message": "2 files checked: a, interrupted, กอส",
        "hint": "interrupted",
    }


def test_only_so_many_are_told_and_the_last_says_how_many_more() -> None:
    place = Location(Path("/w/a.yaml"))
    every = [warning("no-number", place, written=str(n)) for n in range(120)]
    told = api.faults.as_json(every, Path("/w"))
    assert len(told) == 101
    assert "20 more" in told[-1]["message"]


def test_a_summary_counts_in_words() -> None:
    place = Location(Path("/w/a.yaml"))
    wrong, odd = fault("no-number", place, written="x"), warning("no-number", place, written="y")
    checked = api.checking.CheckedFiles((wrong, odd, odd), 1)
    assert str(checked.summary) == "1 file checked: 1 error, 2 warnings"
    assert str(api.checking.CheckedFiles((), 0).summary) == "0 files checked: 0 errors, 0 warnings"
