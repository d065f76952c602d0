"""Small files of answers, counted."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.agreements import lookup
from generator.diagnostics import Severity
from generator.errors import DataError
from generator.importing import responses
from generator.workspace.environment import Workspace
from support import synthetic

HEAD = (
    "respondent,who,age,quick,clear,online,overall,"
    "issue1_text,issue1,issue2_text,issue2,who_other_text"
)


GOOD = f"{HEAD}\n1,citizen,30,5,4,,5,,,,,\n2,company,41,4,4,3,4,รอนาน,4,,,\n"


UNIT = "ตัวอย่าง-ก"


def world_of(folder: Path) -> Workspace:
    """A workspace in which answers can be counted, without touching the repository's."""
    for name in ("agreements", "schema"):
        (folder / name).symlink_to(synthetic.ROOT / name)
    return Workspace(folder, {})


def count(
    world: Workspace, *files: tuple[str, bytes], over: bool = True
) -> responses.CountedAnswers:
    paths = []
    for name, data in files:
        paths.append(world.root / name)
        paths[-1].write_bytes(data)
    found = lookup.find(world, UNIT)
    return responses.count(world, found, "visitors", "2", paths, over=over)


def faults_of(world: Workspace, *files: tuple[str, bytes]) -> list[tuple[str, int, int, str, str]]:
    with pytest.raises(DataError) as refused:
        count(world, *files)
    return [
        (f.location.path.name, f.location.line, f.location.column, f.message, f.hint)
        for f in refused.value.diagnostics
        if f.severity is Severity.ERROR
    ]
