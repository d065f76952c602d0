"""Several people at one studio: accounts, the proxy's header, roles, waiting, who else is there."""

import re
import subprocess
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from urllib.parse import quote, urlencode

import pytest
from click.testing import CliRunner

from generator import api
from generator.cli import cli
from generator.errors import DataError, UsageError
from generator.messages import Message
from generator.studio import door, serving
from generator.studio.access import Role, Sessions, User
from generator.studio.settings import Studio
from generator.workspace.environment import Workspace
from support.asking import ask, let_in
from support.browser import Served, served
from support.studio_workspace import example

SECRET = "แผนงาน ๒๕๗๐"
USERS = """\
origin: https://gen.example.go.th
proxy:
  header: X-Remote-User
users:
  - name: แผน
    password: {hash}
    role: planning
  - name: กอง-ก
    role: unit
    units: [example-2570/ตัวอย่าง-ก]
  - name: ผู้อ่าน
    role: reader
"""


@pytest.fixture(scope="module")
def users(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("users") / "users.yaml"
    path.write_text(USERS.format(hash=door.hashed(SECRET)), "utf-8")
    return path


@pytest.fixture(scope="module")
def at(users: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """A studio for several, asked as its proxy asks."""
    studio = Studio(Workspace(example(tmp_path_factory.mktemp("several")), {}))
    with served(studio.workspace.root, studio) as found:
        studio.serves(door.Door(api.accounts.read(users)))
        yield found


PROXY = {"Host": "gen.example.go.th", "Origin": "https://gen.example.go.th"}


def log_in(at: Served, name: str, password: str) -> tuple[int, dict[str, str], bytes]:
    body = urlencode({"name": name, "password": password}).encode()
    return ask(at, "POST", "/enter", body, **PROXY)


def test_a_name_and_its_password_let_in(at: Served) -> None:
    status, headers, _ = log_in(at, "แผน", SECRET)
    assert (status, headers["location"]) == (303, "/")
    cookie = headers["set-cookie"]
    assert re.search("HttpOnly; Path=/; SameSite=strict; Secure$", cookie)
    status, _, body = ask(at, "GET", "/", Host=PROXY["Host"], Cookie=cookie.partition(";")[0])
    assert status == 200
    assert "แผน" in body.decode()
    status, *_ = ask(at, "POST", "/leave", b"", Cookie=cookie.partition(";")[0], **PROXY)
    assert status == 303
    assert ask(at, "GET", "/", Host=PROXY["Host"], Cookie=cookie.partition(";")[0])[0] == 303


@pytest.mark.parametrize(
    ("name", "password"),
    [("แผน", "x"), ("แผน", ""), ("nobody", SECRET), ("กอง-ก", ""), ("แผน", SECRET * 500)],
)
def test_nothing_else_lets_in(at: Served, name: str, password: str) -> None:
    assert at.studio.door is not None
    at.studio.door._tries.clear()
    status, headers, body = log_in(at, name, password)
    assert status == 401
    assert "set-cookie" not in headers
    assert "ชื่อหรือรหัสผ่านไม่ถูกต้อง" in body.decode(), "the same for a name that isn't there"
    assert ask(at, "GET", "/enter?token=", Host=PROXY["Host"])[0] == 401, "no token any more"


def test_wrong_passwords_have_to_wait(users: Path) -> None:
    entry = door.Door(api.accounts.read(users))
    for _ in range(door.FREE_TRIES):
        with pytest.raises(UsageError) as told:
            entry.by_password("แผน", "x")
        assert told.value.said.code == "studio-wrong-password"  # type: ignore[union-attr]
    began = time.monotonic()
    for _ in range(20):
        with pytest.raises(UsageError) as told:
            entry.by_password("แผน", SECRET)
        assert told.value.said.code == "studio-wait"  # type: ignore[union-attr]
    assert time.monotonic() - began < 0.2, "nothing is computed meanwhile"
    entry._tries["แผน"] = (door.FREE_TRIES, time.monotonic() - 10)
    assert entry.by_password("แผน", SECRET).role is Role.OFFICER, "and then is let in"
    entry._tries["แผน"] = (60, time.monotonic())
    with pytest.raises(UsageError) as told:
        entry.by_password("แผน", SECRET)
    assert told.value.said.parameters["seconds"] == "900"  # type: ignore[union-attr]


def test_the_proxys_header_names_whom_it_let_in(at: Served) -> None:
    def asked(name: str, path: str = "/") -> tuple[int, str]:
        host, sent = PROXY["Host"], name.encode().decode("latin-1")
        status, _, body = ask(at, "GET", path, Host=host, X_Remote_User=sent)
        return status, body.decode()

    # Names travel in a header as bytes; those of Thai letters as the proxy writes them.
    assert asked("nobody")[0] == 303
    assert at.studio.door is not None
    accounts = at.studio.door.accounts
    latin = accounts.users[1].model_copy(update={"name": "unit-k"})
    at.studio.door.accounts = accounts.model_copy(update={"users": [*accounts.users, latin]})
    try:
        assert asked("unit-k")[0] == 200
        proxy = at.studio.door.accounts.proxy
        assert proxy is not None
        elsewhere = proxy.model_copy(update={"addresses": ["10.0.0.1"]})
        at.studio.door.accounts = at.studio.door.accounts.model_copy(update={"proxy": elsewhere})
        assert asked("unit-k")[0] == 303, "a header of anybody else's says nothing"
    finally:
        at.studio.door.accounts = accounts


def test_sessions_of_several_end(at: Served) -> None:
    sessions = at.studio.sessions
    assert (sessions.idle, sessions.longest) == (3600, 43200)
    key = sessions.begin(User("แผน", Role.OFFICER))
    sessions._known[key] = replace(sessions._known[key], seen=time.monotonic() - 3601)
    assert sessions.of(key) is None
    key = sessions.begin(User("แผน", Role.OFFICER))
    sessions._known[key] = replace(sessions._known[key], began=time.monotonic() - 43201)
    assert sessions.of(key) is None
    assert Sessions().idle == float("inf"), "one person's own studio"


def test_two_who_have_a_unit_open_see_each_other(at: Served) -> None:
    path = quote("/agency/example-2570/unit/ตัวอย่าง-ก/present")
    cookies = [let_in(at, User(name, Role.OFFICER)) for name in ("แผน", "อีกคน")]

    def seen(cookie: str) -> str:
        return ask(at, "GET", path, Host=PROXY["Host"], Cookie=cookie)[2].decode()

    assert "อีกคน" not in seen(cookies[0])
    assert "แผน" in seen(cookies[1])
    assert "อีกคน" in seen(cookies[0])
    elsewhere = path.replace(quote("-ก"), quote("-ข"))
    assert "แผน" not in ask(at, "GET", elsewhere, Host=PROXY["Host"], Cookie=cookies[1])[2].decode()


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("    role: planning", "role: chief"),
        ("origin: https://gen.example.go.th", "origin: gen.example.go.th"),
        ("origin: https://gen.example.go.th", "origin: https://gen.example.go.th/studio"),
        ("    units: [example-2570/ตัวอย่าง-ก]", "    units: [ตัวอย่าง-ก]"),
        ("  - name: กอง-ก", "  - name: แผน"),
        ("    password: ", "    password: x"),
        ("    role: reader", "    role: reader\n    admin: yes"),
    ],
)
def test_a_file_of_users_is_told_its_faults(
    users: Path, tmp_path: Path, line: str, said: str
) -> None:
    text = users.read_text("utf-8")
    assert line in text
    spoilt = tmp_path / "users.yaml"
    spoilt.write_text(text.replace(line, said, 1), "utf-8")
    with pytest.raises(DataError) as told:
        api.accounts.read(spoilt)
    assert told.value.diagnostics[0].location.line > 0


def test_the_command_refuses_half_of_it(
    users: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(example(tmp_path))
    file = ["--users", str(users)]
    spoilt = {
        "studio-serve-with-users": ["--serve", "127.0.0.1:0"],
        "studio-no-address": ["--serve", "127.0.0.1", *file],
        "studio-port-taken": ["--serve", "192.0.2.1:1", *file],
        "studio-no-repository": ["--commit"],
    }
    for code, words in spoilt.items():
        told = CliRunner().invoke(cli, ["studio", "--no-open", *words]).exception
        assert isinstance(told, UsageError)
        assert isinstance(told.said, Message)
        assert told.said.code == code


def test_a_save_is_a_commit_of_whoever_saved(tmp_path: Path) -> None:
    root = example(tmp_path)
    workspace = Workspace(root, {})
    assert not api.history.is_kept(workspace)
    for words in ("init -q", "add -A", "-c user.name=x -c user.email=x@x commit -qm begin"):
        subprocess.run(["git", *words.split()], cwd=root, check=True)
    assert api.history.is_kept(workspace)
    unit, other = (root / "agreements" / "example-2570" / f"ตัวอย่าง-{x}.yaml" for x in "กข")
    for path in (unit, other):
        path.write_text(path.read_text("utf-8") + "# ใหม่\n", "utf-8")
    subprocess.run(["git", "add", str(other)], cwd=root, check=True)
    hook = root / ".git" / "hooks" / "pre-commit"
    hook.write_text("#!/bin/sh\ntouch hooked\n", "utf-8")
    hook.chmod(0o755)
    first = api.history.commit(workspace, [unit], "แผน <x>\nAuthor: y", "ตัวอย่าง-ก: บันทึก")
    assert first
    log = subprocess.run(
        ["git", "-c", "core.quotePath=false", "log", "-1", "--format=%an|%s", "--name-only"],
        cwd=root,
        capture_output=True,
        check=True,
    ).stdout.decode()
    assert log == ("แผน x Author: y|ตัวอย่าง-ก: บันทึก\n\nagreements/example-2570/ตัวอย่าง-ก.yaml\n")
    assert not (root / "hooked").exists(), "no program of a repository's runs"
    assert api.history.commit(workspace, [unit], "แผน", "x") is None, "nothing changed"


def test_a_studio_for_several_listens_where_it_is_told(users: Path, tmp_path: Path) -> None:
    studio = Studio(Workspace(example(tmp_path), {}))
    found = serving.several(studio, door.Door(api.accounts.read(users)), "127.0.0.1:0")
    found.close()
    assert studio.hosts == {"gen.example.go.th"}
    assert studio.is_behind_tls
    assert not studio.token.taken("")
