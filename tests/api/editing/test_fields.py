"""Fields as pages edit them: what is typed, where it goes, and what comes of it."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from generator.api import editing
from generator.api.editing import Desk, FieldPlace, UnitView, csv_text, places
from generator.errors import UsageError
from support.changed import example

OWN, OTHER, PERSON = "ตัวอย่าง-ก.yaml", "ตัวอย่าง-ข.yaml", "ตัวอย่าง-บุคคล.yaml"


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    workspace = example(tmp_path, {})
    return Desk(workspace, workspace.agreements / "example-2570")


def send(desk: Desk, unit: str, *sent: dict[str, Any]) -> UnitView:
    view = editing.view(desk, unit)
    editing.edit(desk, editing.sent.read(view, list(sent)).edits, "")
    return editing.view(desk, unit)


def changed_lines(desk: Desk, name: str) -> tuple[list[str], list[str]]:
    """The lines of a file that went, and those that came."""
    before = (desk.folder / name).read_text("utf-8").splitlines()
    after = desk.file(name).text.splitlines()
    return [line for line in before if line not in after], [x for x in after if x not in before]


@pytest.mark.parametrize(
    "path", [(), ("a", 0, "1"), ("levels", "5", "text"), ("ก/ข", "~1", "#", ""), ("01", 10)]
)
def test_addresses_lead_back_to_their_place(path: Sequence[str | int]) -> None:
    place = FieldPlace("x.yaml", tuple(path))
    assert places.of_address(place.address) == place


def test_a_shared_text_is_changed_for_the_unit_alone_or_for_all(desk: Desk) -> None:
    view = editing.view(desk, OWN)
    use = view.uses[0]
    field = view.of_indicator(use, "measure")
    assert (field.place.file, field.value) == ("indicators/on-time.yaml", "ร้อยละ")
    assert field.own is not None
    view = send(desk, OWN, {"do": "type", "at": field.own.address, "text": "ครั้ง"})
    own = view.of_indicator(view.uses[0], "measure")
    assert (own.place, own.value, own.own) == (field.own, "ครั้ง", None)
    other = editing.view(desk, OTHER)
    assert other.of_indicator(other.uses[0], "measure").value == "ร้อยละ"
    # As the others again: nothing of the override stays.
    send(desk, OWN, {"do": "remove", "at": field.own.address})
    view = send(desk, OWN, {"do": "type", "at": field.own.address, "text": ""})
    assert "override" not in desk.file(OWN).text.split("satisfaction")[0]
    assert view.of_indicator(view.uses[0], "measure").value == "ร้อยละ"


def test_a_name_is_shown_with_its_blanks_filled(desk: Desk) -> None:
    """But the field in which the name is written keeps them."""
    view = editing.view(desk, OWN)
    use = next(one for one in view.uses if one.key == "knowledge")
    assert use.name == "จำนวนองค์ความรู้ด้านการให้บริการประชาชนที่เผยแพร่แก่ประชาชน"
    assert "[[topic]]" in view.of_indicator(use, "name").value


def test_a_list_that_others_share_is_copied_before_the_unit_changes_an_item(desk: Desk) -> None:
    view = editing.view(desk, OWN)
    row = editing.sheets.past(view, view.uses[0])[0]
    year, words, _ = row.years[0]
    assert words.own is not None
    sent = {"do": "type", "at": words.own.address, "shared": words.place.address, "text": "ร้อยละ 1"}
    view = send(desk, OWN, sent)
    own = editing.sheets.past(view, view.uses[0])[0]
    assert [w.value for y, w, _ in own.years if y == year] == ["ร้อยละ 1"]
    assert [w.value for y, w, _ in own.years if y != year] == [
        w.value for y, w, _ in row.years if y != year
    ]
    assert not desk.file("indicators/on-time.yaml").unsaved
    assert not [fault for fault in view.faults if fault.is_error]


@pytest.mark.parametrize(
    ("unit", "column", "text", "line"),
    [
        (OWN, "all", "7.25", "    weight: 7.25"),
        (
            OTHER,
            "1",
            "16",
            "    weight: {1: 16, 2: 25}           # one weight a round; each round must add up",
        ),
        (OWN, "2", "12", "    weight: {1: '30', 2: '12'}"),
    ],
)
def test_weights_of_all_rounds_and_of_each(
    desk: Desk, unit: str, column: str, text: str, line: str
) -> None:
    at = FieldPlace(unit, ("indicators", 0, "weight", column)).address
    send(desk, unit, {"do": "type", "at": at, "text": text})
    gone, come = changed_lines(desk, unit)
    assert len(gone) == 1
    assert come[0].replace("'", "") == line.replace("'", "")


def test_sums_say_what_is_missing_and_which_weight_is_no_number(desk: Desk) -> None:
    at = FieldPlace(OWN, ("indicators", 0, "weight", "all")).address
    view = send(desk, OWN, {"do": "type", "at": at, "text": "๒๕"})
    sums = {one.component: one for one in editing.weights.sums(view, each=False)}
    assert (sums["performance"].state, sums["performance"].missing) == ("short", "5")
    view = send(desk, OWN, {"do": "type", "at": at, "text": "มาก"})
    sums = {one.component: one for one in editing.weights.sums(view, each=False)}
    assert sums["performance"].open
    (fault,) = [f for f in view.faults if f.place == FieldPlace(OWN, ("indicators", 0, "weight"))]
    assert (fault.task, fault.is_error) == ("weights", True)
    assert len(view.uses) == 5, "a unit at fault still has its indicators"


def test_a_field_that_cant_be_read_hides_no_fault_of_the_others(desk: Desk) -> None:
    at = FieldPlace(OWN, ("indicators", 0, "weight", "all")).address
    send(desk, OWN, {"do": "type", "at": at, "text": "มาก"})
    view = condition(desk, OWN, 4, "at_least", "97", own=True)
    assert {"words-differ-from-condition", "value-expected"} <= {f.found.code for f in view.faults}
    links = FieldPlace(OWN, ("strategy", 0, "indicators")).address
    view = send(desk, OWN, {"do": "mark", "at": links, "key": "satisfaction", "on": False})
    assert "indicator-without-goal" in {f.found.code for f in view.faults}
    assert sum(f.place == FieldPlace(OWN, ("indicators", 0, "weight")) for f in view.faults) == 1


def condition(desk: Desk, unit: str, level: int, kind: str, *figures: str, own: bool) -> UnitView:
    view = editing.view(desk, unit)
    cell = editing.criteria.rows(view, view.uses[0])[0].cells[level]
    place = cell.own if own and cell.own is not None else cell.place
    sent = {"do": "condition", "at": place.address, "kind": kind, "figures": list(figures)}
    return send(desk, unit, {**sent, "words": cell.text.value})


def test_a_condition_of_another_kind_takes_the_old_ones_place(desk: Desk) -> None:
    view = condition(desk, OWN, 4, "more_than", "94.99", own=False)
    assert not desk.file(OWN).unsaved
    cell = editing.criteria.rows(view, view.uses[0])[0].cells[4]
    assert (cell.kind, cell.figures) == ("more_than", ("94.99",))
    assert "at_least: 95" not in desk.file("indicators/on-time.yaml").text


def test_a_condition_of_the_unit_alone_takes_out_the_shared_one(desk: Desk) -> None:
    view = condition(desk, OWN, 4, "more_than", "94.99", own=True)
    assert not desk.file("indicators/on-time.yaml").unsaved
    cell = editing.criteria.rows(view, view.uses[0])[0].cells[4]
    assert (cell.kind, cell.figures, cell.text.value) == ("more_than", ("94.99",), cell.text.value)
    assert not [f.found.code for f in view.faults if f.is_error]
    view = condition(desk, OWN, 4, "between", "95", "100", own=True)
    cell = editing.criteria.rows(view, view.uses[0])[0].cells[4]
    assert (cell.kind, cell.figures) == ("between", ("95", "100"))
    assert not [f.found.code for f in view.faults if f.is_error]


def test_a_level_that_is_plain_words_gets_a_condition(tmp_path: Path) -> None:
    text = (
        "name: ร้อยละของงาน\nmeasure: ร้อยละ\ncriteria:\n  all:\n    read: ladder\n"
        "    levels: {1: '1', 2: '2', 3: '3', 4: '4', 5: ตั้งแต่ 5 ขึ้นไป}\n"
    )
    workspace = example(tmp_path, {"indicators/on-time.yaml": text})
    desk = Desk(workspace, workspace.agreements / "example-2570")
    view = condition(desk, OWN, 4, "at_least", "5", own=False)
    cell = editing.criteria.rows(view, view.uses[0])[0].cells[4]
    assert (cell.text.value, cell.kind, cell.figures) == ("ตั้งแต่ 5 ขึ้นไป", "at_least", ("5",))
    at = FieldPlace("indicators/on-time.yaml", ("criteria", "all", "levels", "1", "text"))
    send(desk, OWN, {"do": "type", "at": at.address, "text": "หนึ่ง"})
    assert "{1: หนึ่ง, 2:" in desk.file("indicators/on-time.yaml").text.replace("'", "")


@pytest.mark.parametrize("unit", [OWN, PERSON])
def test_criteria_of_all_rounds_are_parted(desk: Desk, unit: str) -> None:
    """Those of an indicator that others share, and those of the unit's own."""
    view = editing.view(desk, unit)
    before = {use.key: editing.criteria.rows(view, use) for use in view.uses}
    key = next(k for k, rows in reversed(before.items()) if [r.round for r in rows] == ["all"])
    view = send(desk, unit, {"do": "rounds", "at": f"{unit}#indicators", "key": key})
    use = view.use(key)
    assert use is not None
    rows = editing.criteria.rows(view, use)
    assert [row.round for row in rows] == ["1", "2"]
    for row in rows:
        assert [c.text.value for c in row.cells] == [c.text.value for c in before[key][0].cells]
    assert not [f for f in view.faults if f.is_error]


@pytest.mark.parametrize(
    ("use", "row", "value", "points", "level"),
    [(0, 0, "82", "3", "3"), (0, 0, "๙๕", "5", "5"), (2, 1, "9", "4", "4")],
)
def test_what_a_value_would_score(
    desk: Desk, use: int, row: int, value: str, points: str, level: str
) -> None:
    view = editing.view(desk, OTHER if use else OWN)
    one = view.uses[use]
    found = editing.criteria.supposed(view, one, editing.criteria.rows(view, one)[row], value)
    assert (found.points, found.level, found.fault) == (points, level, "")
    assert found.steps


def test_what_is_no_value_has_no_score(desk: Desk) -> None:
    view = editing.view(desk, OWN)
    row = editing.criteria.rows(view, view.uses[0])[0]
    assert editing.criteria.supposed(view, view.uses[0], row, "มาก").fault


def test_milestones_are_tried_by_their_numbers(desk: Desk) -> None:
    view = editing.view(desk, OWN)
    use = view.use("manuals")
    assert use is not None
    row = editing.criteria.rows(view, use)[0]
    assert row.cells[0].kind == "done"
    found = editing.criteria.supposed(view, use, row, "1, 2, 3")
    assert (found.level, found.fault) == ("3", "")


def test_links_are_marked_and_unmarked(desk: Desk) -> None:
    at = FieldPlace(OWN, ("strategy", 0, "indicators")).address
    view = send(desk, OWN, {"do": "mark", "at": at, "key": "on-time", "on": False})
    assert "indicator-without-goal" in {f.found.code for f in view.faults_of("duties")}
    view = send(desk, OWN, {"do": "mark", "at": at, "key": "on-time", "on": True})
    assert not view.faults


def test_a_plan_is_begun_undone_and_begun_again(desk: Desk) -> None:
    view = send(desk, OWN, {"do": "plan", "at": f"{OWN}#indicators", "key": "manuals"})
    (plan,) = editing.attached.plans(view)
    assert (len(plan.months), plan.months[0], plan.months[-1]) == (12, "ต.ค. 69", "ก.ย. 70")
    assert not view.faults
    assert set(desk.save()) == {plan.file, OWN}
    assert (desk.folder / plan.file).is_file()
    at = plan.rows[0].place.address
    view = send(desk, OWN, {"do": "months", "at": at, "from": "ม.ค. 70", "to": "มี.ค. 70"})
    row = editing.attached.plans(view)[0].rows[0]
    assert (row.start, row.end) == (3, 5)
    view = send(desk, OWN, {"do": "months", "at": at, "from": "ม.ค. 70", "to": "ม.ค. 70"})
    assert "to:" not in desk.file(plan.file).text
    names = editing.state.files(view)
    while desk.undo(names):
        pass
    desk.save()
    assert not (desk.folder / plan.file).exists()
    assert editing.attached.plans(editing.view(desk, OWN)) == ()


def test_a_table_of_a_csv_is_without_fault_and_its_cells_are_edited(desk: Desk) -> None:
    view = editing.view(desk, OWN)
    text = editing.attached.uploaded("ก.csv", "จังหวัด;เป้าหมาย\nตาก;10\nน่าน;1,200\n".encode("cp874"))
    use = view.uses[0]
    editing.edit(desk, editing.new_attached.table(view, use, text), "")
    view = editing.view(desk, OWN)
    assert not view.faults
    (sheet,) = editing.attached.target_sheets(view)
    assert sheet.head == ("จังหวัด", "เป้าหมาย")
    assert sheet.numbers == {"เป้าหมาย"}
    view = send(desk, OWN, {"do": "type", "at": f"{sheet.file}#2/2", "text": "สิบ"})
    (fault,) = view.faults
    assert (fault.task, fault.place) == ("tables", FieldPlace(sheet.file, (2, 2)))
    view = send(desk, OWN, {"do": "remove", "at": f"{sheet.file}#2"})
    assert not view.faults
    assert [cells for _, cells in editing.attached.target_sheets(view)[0].rows] == [
        ("น่าน", "1,200")
    ]


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("x.csv", b"1,2\n3,4\n", "names its rows"),
        ("x.csv", b"", "empty"),
        ("x.xlsx", b"PK\x03\x04no workbook", "Excel|workbook"),
    ],
)
def test_a_file_that_is_no_table_is_refused(desk: Desk, name: str, data: bytes, said: str) -> None:
    view = editing.view(desk, OWN)
    with pytest.raises(UsageError, match=said):
        editing.new_attached.table(view, view.uses[0], editing.attached.uploaded(name, data))
    assert desk.kept() == ()


@pytest.mark.parametrize(
    ("cells", "after"),
    [
        ([(2, 2, "9")], 'a,b\r\n1,9\r\n"x\r\ny",3\r\n'),
        ([(3, 1, "z")], "a,b\r\n1,2\r\nz,3\r\n"),
        ([(5, 1, "n, m")], 'a,b\r\n1,2\r\n"x\r\ny",3\r\n\r\n"n, m",\r\n'),
        ([(2, 1, "1")], 'a,b\r\n1,2\r\n"x\r\ny",3'),
    ],
)
def test_other_rows_of_a_csv_keep_their_bytes(
    cells: list[tuple[int, int, str]], after: str
) -> None:
    text = csv_text.with_cells('a,b\r\n1,2\r\n"x\r\ny",3', cells)
    assert text.rstrip("\r\n") == after.rstrip("\r\n")


def test_what_a_person_answers_for(desk: Desk) -> None:
    view = editing.view(desk, PERSON)
    works = editing.parties.works(view)
    assert [aspect for aspect, _, _ in works] == ["support", "duties", "assigned", "development"]
    assert works[1][2][0].head.value == "รับและลงทะเบียนหนังสือ"
    view = send(desk, PERSON, {"do": "add", "at": f"{PERSON}#competencies", "kind": "competency"})
    assert {f.task for f in view.faults} == {"duties"}
    at = FieldPlace(PERSON, ("competencies", 3))
    view = send(
        desk,
        PERSON,
        {"do": "type", "at": at.below("name").address, "text": "จริยธรรม"},
        {"do": "type", "at": at.below("expected").address, "text": "2"},
    )
    assert not [f for f in view.faults if f.is_error]
    assert editing.parties.works(editing.view(desk, OWN)) == ()


@pytest.mark.parametrize(
    "sent",
    [
        None,
        {},
        ["x"],
        [{"do": "type", "at": "agency.yaml#name", "text": "x"}],
        [{"do": "type", "at": f"{OTHER}#name", "text": "x"}],
        [{"do": "type", "at": "../x.yaml#name", "text": "x"}],
        [{"do": "type", "at": "no address", "text": "x"}],
        [{"do": "type", "at": f"{OWN}#name", "text": {"a": 1}}],
        [{"do": "run", "at": f"{OWN}#name"}],
        [{"do": "add", "at": f"{OWN}#duties", "kind": "anything"}],
        [{"do": "move", "at": f"{OWN}#duties/0", "to": "1"}],
        [{"do": "condition", "at": f"{OWN}#x", "kind": "text", "figures": ["1"]}],
        [{"do": "type", "at": "tables/x.csv#name", "text": "x"}],
        [{"do": "type", "at": f"{OWN}#name", "text": "x"}] * 6000,
    ],
)
def test_what_no_page_sends_is_refused(desk: Desk, sent: Any) -> None:
    view = editing.view(desk, OWN)
    with pytest.raises(UsageError):
        editing.sent.read(view, sent)


@pytest.mark.parametrize(
    ("at", "within"),
    [
        (f"{OWN}#duties/0", True),
        (f"{OWN}#indicators/0/override/measure", False),
        (f"{OWN}#indicators/0/override/description", True),
        (f"{OWN}#indicators/0/blanks/topic", True),
        (f"{OWN}#indicators/0/weight/all", False),
        (f"{OWN}#indicators/0/override/criteria/all/read", False),
        (f"{OWN}#assessees/0/name", False),
        ("indicators/on-time.yaml#description", False),
    ],
)
def test_a_units_own_people_write_its_texts_alone(desk: Desk, at: str, within: bool) -> None:
    view = editing.view(desk, OWN)
    read = editing.sent.read(view, [{"do": "type", "at": at, "text": "x"}])
    assert editing.sent.within_texts(view, read.edits) is within


def test_files_with_thai_keys_are_edited_with_theirs(tmp_path: Path) -> None:
    text = "ชื่อ: กองตัวอย่าง ก\nระดับ: กอง\nหน้าที่:\n  - ให้บริการ\n"
    workspace = example(tmp_path, {OWN: text})
    desk = Desk(workspace, workspace.agreements / "example-2570")
    view = editing.view(desk, OWN)
    assert view.texts("duties")[0].value == "ให้บริการ"
    send(desk, OWN, {"do": "type", "at": f"{OWN}#code", "text": "กก"})
    send(
        desk,
        OWN,
        {"do": "use", "at": f"{OWN}#indicators", "key": "energy", "component": "potential"},
    )
    after = desk.file(OWN).text
    assert after.startswith(text)
    assert "code" not in after
    assert "energy" in after
    assert not [f for f in editing.view(desk, OWN).faults if f.found.code == "keys-mixed"]
