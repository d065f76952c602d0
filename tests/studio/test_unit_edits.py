"""Who may edit what of a unit, and how what a page sends is answered."""

import json
import subprocess
from collections.abc import Iterator
from http.client import HTTPConnection
from pathlib import Path
from shutil import copytree
from typing import Any
from urllib.parse import quote

import pytest

from generator.studio.access import Role, User
from support.browser import Served, served
from support.making import ROOT

OWN = "ตัวอย่าง-ก"
DUTY = {"do": "type", "at": f"{OWN}.yaml#duties/0", "text": "ให้บริการ"}
WEIGHT = {"do": "type", "at": f"{OWN}.yaml#indicators/0/weight/all", "text": "31"}
OFFICER = User("เจ้าหน้าที่", Role.OFFICER)
PEOPLE = User("คนของหน่วย", Role.UNIT, frozenset({f"example-2570/{OWN}"}))
READER = User("ผู้อ่าน", Role.READER)


@pytest.fixture(scope="module")
def at(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    root = tmp_path_factory.mktemp("edits")
    copytree(ROOT / "agreements" / "example-2570", root / "agreements" / "example-2570")
    with served(root) as found:
        yield found


def post(at: Served, user: User, path: str, sent: Any = None, unit: str = OWN) -> tuple[int, Any]:
    host = at.address.removeprefix("http://")
    connection = HTTPConnection(host)
    key = at.studio.sessions.begin(user)
    headers = {
        "Origin": at.address,
        "Cookie": f"{at.studio.cookie}={key}",
        "Content-Type": "application/json",
        "HX-Request": "true",
    }
    where = f"/agency/example-2570/unit/{quote(unit)}/{path}"
    connection.request("POST", where, json.dumps(sent or {}), headers)
    answer = connection.getresponse()
    body = answer.read().decode()
    connection.close()
    told = (
        json.loads(body) if answer.headers["Content-Type"].startswith("application/json") else body
    )
    return answer.status, told


def edit(at: Served, user: User, *edits: dict[str, Any], unit: str = OWN) -> tuple[int, Any]:
    return post(at, user, "edit", {"edits": edits, "what": "ทดลอง"}, unit)


def test_a_units_people_write_its_texts_and_nothing_else(at: Served) -> None:
    status, told = edit(at, PEOPLE, DUTY)
    assert (status, told["unsaved"]) == (200, [f"{OWN}.yaml"])
    assert edit(at, PEOPLE, WEIGHT)[0] == 422
    assert edit(at, PEOPLE, DUTY, WEIGHT)[0] == 422
    assert edit(at, PEOPLE, DUTY, unit="ตัวอย่าง-ข")[0] == 403
    assert edit(at, READER, DUTY)[0] == 403
    assert post(at, READER, "save")[0] == 403
    assert post(at, PEOPLE, "discard")[0] == 200


def test_two_who_edit_one_file_see_each_other(at: Served) -> None:
    assert edit(at, PEOPLE, DUTY)[1]["others"] == []
    assert edit(at, OFFICER, WEIGHT)[1]["others"] == [PEOPLE.name]
    path = at.studio.workspace.agreements / "example-2570" / f"{OWN}.yaml"
    before = path.read_bytes()
    status, told = post(at, OFFICER, "save")
    assert (status, told["saved"]) == (200, [f"{OWN}.yaml"])
    status, told = edit(at, PEOPLE, DUTY | {"text": "อื่น"})
    assert status == 422
    assert "แก้ไข" in told
    status, told = post(at, PEOPLE, "undo")
    assert told["outside"] in ([f"{OWN}.yaml"], [])
    post(at, PEOPLE, "discard")
    post(at, OFFICER, "undo")
    post(at, OFFICER, "save")
    assert path.read_bytes() == before


@pytest.mark.parametrize(
    "sent", [[], "x", {"edits": "x"}, {"edits": [{"do": "type", "at": "agency.yaml#name"}]}]
)
def test_what_no_page_sends_is_refused_in_words(at: Served, sent: Any) -> None:
    status, told = post(at, OFFICER, "edit", sent or [1])
    assert status == 422
    assert "ไม่ใช่การแก้ไข" in told


def test_a_clipboard_of_no_texts_is_refused(at: Served) -> None:
    assert post(at, OFFICER, "pasted", {"html": 1})[0] == 422
    assert post(at, OFFICER, "pasted", {"text": "ก\t๒%"})[1]["figures"] == [["ก", "2"]]


def test_nothing_is_written_below_a_name_of_a_person(at: Served, tmp_path: Path) -> None:
    """A name is any text: it becomes no path."""
    edit(at, User("../../../x", Role.OFFICER), WEIGHT)
    drafts = at.studio.workspace.root / ".gen" / "drafts"
    assert all(len(one.name) == 16 for one in drafts.iterdir())
    post(at, User("../../../x", Role.OFFICER), "discard")


def test_what_is_saved_on_any_page_is_a_commit_where_that_is_asked(tmp_path: Path) -> None:
    copytree(ROOT / "agreements" / "example-2570", tmp_path / "agreements" / "example-2570")
    for words in ("init -q", "add -A", "-c user.name=x -c user.email=x@x commit -qm begin"):
        subprocess.run(["git", *words.split()], cwd=tmp_path, check=True)
    with served(tmp_path) as at:
        at.studio.commits = True
        assert edit(at, OFFICER, DUTY)[0] == 200
        assert post(at, OFFICER, "save")[0] == 200
        assert post(at, OFFICER, "save")[0] == 200, "nothing is left to save"
        result = {"do": "type", "at": f"results/2/{OWN}.yaml#results/queue/text", "text": "ทำแล้ว"}
        sent = {"edits": [result], "what": "ทดลอง"}
        assert post(at, OFFICER, "results/edit?round=2", sent)[0] == 200
        assert post(at, OFFICER, "results/save?round=2")[0] == 200
    told = subprocess.run(
        ["git", "-c", "core.quotePath=false", "log", "--format=%an", "--name-only"],
        cwd=tmp_path,
        capture_output=True,
        check=True,
    ).stdout.decode()
    names = [one for one in told.split("\n") if one]
    where = "agreements/example-2570"
    assert names[:4] == [
        *(OFFICER.name, f"{where}/results/2/{OWN}.yaml"),
        *(OFFICER.name, f"{where}/{OWN}.yaml"),
    ]
