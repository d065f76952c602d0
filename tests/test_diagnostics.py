"""Faults as a user sees them: place, message, hint, order."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.diagnostics import Diagnostic, Location, Severity, did_you_mean, errors, in_order

ROOT = Path("agreements") / "dsdw-2566"
PLACE = Location(ROOT / "กอส.yaml", 31, 13)


def test_a_fault_reads_as_a_compilers_does() -> None:
    fault = Diagnostic("weights of component performance add up to 68, not 70", PLACE)
    assert fault.shown() == (
        "agreements/dsdw-2566/กอส.yaml:31:13: error: "
        "weights of component performance add up to 68, not 70"
    )


def test_a_hint_stands_on_a_line_of_its_own() -> None:
    fault = Diagnostic("unknown key 'nme'", PLACE, "did you mean 'name'?")
    assert fault.shown().splitlines() == [
        "agreements/dsdw-2566/กอส.yaml:31:13: error: unknown key 'nme'",
        "  hint: did you mean 'name'?",
    ]


def test_a_warning_says_so() -> None:
    fault = Diagnostic("level 1 is open", PLACE, severity=Severity.WARNING)
    assert fault.shown(ROOT) == "กอส.yaml:31:13: warning: level 1 is open"


@pytest.mark.parametrize(
    ("place", "root", "shown"),
    [
        (PLACE, None, "agreements/dsdw-2566/กอส.yaml:31:13"),
        (PLACE, Path("agreements"), "dsdw-2566/กอส.yaml:31:13"),
        (PLACE, ROOT, "กอส.yaml:31:13"),
        (PLACE, Path("outputs"), "agreements/dsdw-2566/กอส.yaml:31:13"),
        (Location(ROOT / "กอส.yaml"), ROOT, "กอส.yaml"),
    ],
)
def test_a_path_is_relative_where_it_lies_below(
    place: Location, root: Path | None, shown: str
) -> None:
    assert place.shown(root) == shown


def test_faults_stand_in_the_order_of_the_files_each_one_once() -> None:
    def fault(name: str, line: int, column: int, message: str = "x") -> Diagnostic:
        return Diagnostic(message, Location(Path(name), line, column))

    ordered = [
        fault("a.yaml", 2, 9),
        fault("a.yaml", 10, 1),
        fault("a.yaml", 10, 2, "x"),
        fault("a.yaml", 10, 2, "y"),
        fault("b.yaml", 1, 1),
    ]
    assert list(in_order([*reversed(ordered), *ordered])) == ordered


def test_only_errors_stop_a_document() -> None:
    error = Diagnostic("x", PLACE)
    warning = Diagnostic("y", PLACE, severity=Severity.WARNING)
    assert errors([warning, error, warning]) == (error,)


@pytest.mark.parametrize(
    ("word", "known", "said"),
    [
        ("wieght", ["weight", "use"], "did you mean 'weight'?"),
        ("nam", ["names", "name", "use"], "did you mean 'name' or 'names'?"),
        ("กอ", ["กอส", "กพร"], "did you mean 'กอส'?"),
        ("zzz", ["weight", "use"], "known: use, weight"),
        ("zzz", [], ""),
        (
            "zzz",
            [f"k{n:02}" for n in range(12)],
            "known: " + ", ".join(f"k{n:02}" for n in range(12)),
        ),
        (
            "zzz",
            [f"k{n:02}" for n in range(20)],
            "known: " + ", ".join(f"k{n:02}" for n in range(12)) + ", …",
        ),
    ],
)
def test_did_you_mean(word: str, known: list[str], said: str) -> None:
    assert str(did_you_mean(word, known)) == said
    assert str(did_you_mean(word, iter(known))) == said
