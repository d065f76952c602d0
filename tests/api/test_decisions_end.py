"""A decision that something isn't judged is of its year: the next one begins without it."""

from __future__ import annotations

from pathlib import Path

from generator.agreements import yaml_tree
from generator.api.next_year import next_year
from support import unjudged


def test_next_year_begins_without_decisions(tmp_path: Path) -> None:
    world = unjudged.workspace(tmp_path)
    folder = world.agreements / unjudged.AGENCY
    made = next_year(folder, folder.parent / "example-2571")
    units = {path.name: data for path, data in made.files.items()}
    data = units[f"{unjudged.UNIT}.yaml"]
    assert unjudged.REASON in (folder / f"{unjudged.UNIT}.yaml").read_text("utf-8")
    assert unjudged.REASON not in data.decode()
    read = yaml_tree.parse(Path("x.yaml"), data)
    assert read.node is not None
    assert not read.faults
    uses = read.node.find(("indicators",)).value
    assert isinstance(uses, list)
    decided = [use.child("exemptions") for use in uses]
    assert [one.value for one in decided if one is not None] == [[]]
