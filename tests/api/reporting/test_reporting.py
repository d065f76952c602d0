"""Results while they are filled in: single lines change, and scores follow what isn't saved."""

import shutil
from pathlib import Path
from typing import Any

import pytest
import yaml

from generator import api
from generator.errors import UsageError
from support.making import ROOT

UNIT = "ตัวอย่าง-ก"


@pytest.fixture
def desk(tmp_path: Path) -> api.editing.Desk:
    folder = tmp_path / "agreements" / "example-2570"
    shutil.copytree(ROOT / "agreements" / "example-2570", folder)
    return api.editing.Desk(api.workspaces.around(tmp_path), folder, "")


def view(desk: api.editing.Desk, round_: str = "1") -> api.reporting.ReportingView:
    target = api.workspaces.find(desk.workspace, str(desk.folder / f"{UNIT}.yaml"))
    return api.reporting.view(desk, target, round_)


def at(*keys: str | int, round_: str = "1") -> str:
    return api.editing.FieldPlace(f"results/{round_}/{UNIT}.yaml", keys).address


def changed(desk: api.editing.Desk, *sent: dict[str, Any], round_: str = "1") -> Any:
    """The data after edits, saved."""
    api.reporting.changed(view(desk, round_), list(sent), "")
    desk.save()
    return yaml.safe_load((desk.folder / f"results/{round_}/{UNIT}.yaml").read_text("utf-8"))


def lines(desk: api.editing.Desk) -> list[str]:
    return (desk.folder / f"results/1/{UNIT}.yaml").read_text("utf-8").splitlines()


def test_a_figure_changes_its_line_and_the_score_before_it_is_saved(
    desk: api.editing.Desk,
) -> None:
    before, first = lines(desk), api.reporting.stands(view(desk))
    place = at("results", "on-time", "inputs", "on_time")
    api.reporting.changed(view(desk), [{"do": "type", "at": place, "text": "900"}], "")
    now = api.reporting.stands(view(desk))
    assert now["unsaved"] == [f"results/1/{UNIT}.yaml"]
    assert now["scores"]["on-time"]["figures"] != first["scores"]["on-time"]["figures"]
    assert any("75" in line for line in now["scores"]["on-time"]["lines"])
    assert now["totals"] != first["totals"]
    assert lines(desk) == before
    desk.save()
    assert sum(a != b for a, b in zip(before, lines(desk), strict=True)) == 1


def test_milestones_are_ticked_and_none_is_said_as_none(desk: api.editing.Desk) -> None:
    place = at("results", "manuals", "done")
    data = changed(desk, {"do": "mark", "at": place, "key": "5", "on": True})
    assert data["results"]["manuals"]["done"][-1] == 5
    ticked = list(data["results"]["manuals"]["done"])
    off = [{"do": "mark", "at": place, "key": str(n), "on": False} for n in ticked]
    assert changed(desk, *off)["results"]["manuals"]["done"] == []


def test_evidence_is_added_changed_and_taken_out(desk: api.editing.Desk) -> None:
    there = len(view(desk).indicators[0].evidence)
    new = at("results", "on-time", "evidence", there)
    data = changed(desk, {"do": "type", "at": new, "text": "บันทึกข้อความ"})
    assert data["results"]["on-time"]["evidence"][there] == "บันทึกข้อความ"
    data = changed(desk, {"do": "type", "at": new, "text": ""})
    assert len(data["results"]["on-time"]["evidence"]) == there


def test_what_is_emptied_leaves_nothing_behind(desk: api.editing.Desk) -> None:
    result = view(desk).node.find(("results", "knowledge")).plain()
    assert isinstance(result, dict)
    sent = [{"do": "type", "at": at("results", "knowledge", key), "text": ""} for key in result]
    sent = [one for one in sent if "evidence" not in one["at"]]
    pieces = len(result.get("evidence") or [])
    gone = at("results", "knowledge", "evidence", 0)
    sent += [{"do": "type", "at": gone, "text": ""}] * pieces
    assert "knowledge" not in changed(desk, *sent)["results"]


def test_months_and_a_total_take_each_others_place(desk: api.editing.Desk) -> None:
    inputs = view(desk).node.find(("results", "energy", "inputs"))
    assert isinstance(inputs.value, dict)
    name = next(iter(inputs.value))
    month = next(iter(inputs.value[name].value or {}))
    total = at("results", "energy", "inputs", name)
    data = changed(desk, {"do": "type", "at": total, "text": "57000"})
    assert data["results"]["energy"]["inputs"][name] == 57000
    data = changed(desk, {"do": "type", "at": f"{total}/{month}", "text": "9000"})
    assert data["results"]["energy"]["inputs"][name] == {month: 9000}


def test_a_first_result_begins_the_file(desk: api.editing.Desk) -> None:
    (desk.folder / f"results/2/{UNIT}.yaml").unlink()
    before = view(desk, "2")
    assert all(not one.row or one.row.score is None for one in before.indicators)
    place = at("results", "knowledge", "value", round_="2")
    data = changed(desk, {"do": "type", "at": place, "text": "3"}, round_="2")
    assert data == {"fiscal_year": 2570, "results": {"knowledge": {"value": 3}}}
    score = api.reporting.stands(view(desk, "2"))["scores"]["knowledge"]
    assert score["figures"][0] != "–"


def test_a_fault_stands_at_its_field(desk: api.editing.Desk) -> None:
    place = at("results", "knowledge", "value")
    api.reporting.changed(view(desk), [{"do": "type", "at": place, "text": "สาม"}], "")
    faults = api.reporting.stands(view(desk))["faults"]
    assert place in [one["at"] for one in faults]
    field = next(f for one in view(desk).indicators for f in one.fields if f.place.address == place)
    assert field.value == "สาม", "what was typed isn't lost"


def test_what_if_is_kept_nowhere(desk: api.editing.Desk) -> None:
    before = lines(desk)
    found = api.reporting.supposed(view(desk), ["knowledge=1"])
    assert [one["name"] for one in found["rows"]]
    assert found["totals"][0]["before"] != found["totals"][0]["after"]
    assert (lines(desk), desk.unsaved()) == (before, ())


@pytest.mark.parametrize(
    "sent",
    [
        "x",
        [{"do": "type", "at": "agency.yaml#name", "text": "x"}],
        [{"do": "type", "at": f"results/2/{UNIT}.yaml#results/energy/value", "text": "1"}],
        [{"do": "type", "at": f"results/1/{UNIT}.yaml#fiscal_year", "text": "1"}],
        [{"do": "type", "at": f"results/1/{UNIT}.yaml#results/energy/value", "text": 1}],
        [{"do": "shred", "at": f"results/1/{UNIT}.yaml#results/energy/value"}],
    ],
)
def test_what_no_page_sends_is_refused(desk: api.editing.Desk, sent: Any) -> None:
    with pytest.raises(UsageError):
        api.reporting.changed(view(desk), sent, "")


@pytest.mark.parametrize("name", ["../x.pdf", "a/b.pdf", ".hidden", "CON", "a\0b"])
def test_a_file_of_evidence_lies_in_its_folder(desk: api.editing.Desk, name: str) -> None:
    with pytest.raises(UsageError):
        api.reporting.proof(view(desk), name, b"x")


def test_a_file_of_evidence_is_kept_and_takes_no_others_place(desk: api.editing.Desk) -> None:
    called, files = api.reporting.proof(view(desk), "รายงาน.pdf", b"one")
    api.workspaces.publish(files)
    assert called == "evidence/1/รายงาน.pdf"
    api.reporting.add_file(view(desk), "on-time", called, "รายงานการประชุม")
    assert view(desk).indicators[0].evidence[-1].file == called
    with pytest.raises(UsageError):
        api.reporting.proof(view(desk), "รายงาน.pdf", b"two")


def test_who_has_reported_is_counted_by_round(desk: api.editing.Desk) -> None:
    (desk.folder / f"results/2/{UNIT}.yaml").unlink()
    rounds, units = api.reporting.reported(desk.folder)
    own = next(one for one in units if one.id == UNIT)
    assert [one for one, _ in rounds] == ["1", "2"]
    assert own.rounds == {"1": own.asked, "2": None}
