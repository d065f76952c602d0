"""Who may come in: over the wire, as a browser, a stranger's page and a program would ask."""

import http.client
import re
import resource
from collections.abc import Iterator
from urllib.parse import quote

import pytest

from generator.studio import app, home
from generator.studio.access import Role, Sessions, User
from generator.studio.gate import LONGEST_BODY
from generator.studio.routing import StudioRoute
from support.asking import ask, let_in
from support.browser import Served, served
from support.making import ROOT

BELOW = "/agency/{agency}/unit/{unit}"


@pytest.fixture(scope="module")
def at() -> Iterator[Served]:
    with served(ROOT) as found:
        yield found


def test_the_token_lets_in_once(at: Served) -> None:
    at.studio.token.renew()
    path = f"/enter?token={at.studio.token.value}"
    status, headers, _ = ask(at, "GET", path)
    assert (status, headers["location"]) == (303, "/")
    cookie = headers["set-cookie"]
    assert re.search(r"^gen-studio-\d+=[\w-]{43}; HttpOnly; Path=/; SameSite=strict$", cookie)
    assert ask(at, "GET", "/", Cookie=cookie.partition(";")[0])[0] == 200
    status, headers, said = ask(at, "GET", path)
    assert status == 401
    assert "set-cookie" not in headers
    assert "ใช้ไปแล้ว" in said.decode()


@pytest.mark.parametrize("path", ["/enter?token=", "/enter?token=x", "/enter?token=%00%ff"])
def test_another_token_lets_nobody_in(at: Served, path: str) -> None:
    at.studio.token.renew()
    status, headers, _ = ask(at, "GET", path)
    assert status == 401
    assert "set-cookie" not in headers


@pytest.mark.parametrize(
    "host", ["gen.example.org", "127.0.0.1", "127.0.0.1:1", "localhost.evil.example", ""]
)
def test_another_host_is_refused(at: Served, host: str) -> None:
    """A stranger's name that leads to this machine is none of the studio's."""
    status, _, body = ask(at, "GET", "/", Host=host, Cookie=let_in(at))
    assert status in (400, 421)
    assert b"<" not in body


@pytest.mark.parametrize("origin", ["http://evil.example", "null", "-", "https://127.0.0.1"])
def test_another_origin_is_refused(at: Served, origin: str) -> None:
    before = let_in(at)
    assert ask(at, "POST", "/leave", b"", Origin=origin, Cookie=before)[0] == 403
    assert ask(at, "GET", "/", Cookie=before)[0] == 200, "nothing was done"
    if origin != "-":
        assert ask(at, "GET", "/", Origin=origin, Cookie=before)[0] == 403


def _examples() -> list[StudioRoute]:
    return [one for one in app.ROUTES if one.role is not Role.ANYONE]


def _path(route: StudioRoute, agency: str = "dsdw-2566", unit: str = "กอส") -> str:
    names = {"agency": agency, "unit": unit}
    return quote(re.sub(r"\{(\w+)(?::\w+)?\}", lambda m: names.get(m[1], "x"), route.path))


ROUTES = pytest.mark.parametrize("route", _examples(), ids=lambda one: f"{one.method} {one.path}")


@ROUTES
def test_without_a_session_nothing_is_told(at: Served, route: StudioRoute) -> None:
    status, headers, body = ask(at, route.method, _path(route))
    assert status in (303, 401)
    assert status == 401 or headers["location"] == "/enter"
    assert "กอง" not in body.decode()
    assert ask(at, route.method, _path(route), Cookie="gen-studio=x")[0] in (303, 401)


@ROUTES
def test_a_role_opens_what_it_may(at: Served, route: StudioRoute) -> None:
    """Whoever may less is refused before anything is done."""
    reader = User("ผู้อ่าน", Role.READER)
    own = User("กอส", Role.UNIT, frozenset({"dsdw-2566/กอส"}))
    other = User("กคส", Role.UNIT, frozenset({"dsdw-2566/กคส"}))
    for user in (reader, own, other):
        allowed = user.role > route.role or (
            user.role == route.role and (user.role is not Role.UNIT or user is own)
        )
        if user.role is Role.UNIT and route.role is Role.UNIT:
            allowed = user is own and "{unit}" in route.path
        assert user.may(route.role, "dsdw-2566", "กอส" if "{unit}" in route.path else "") is allowed
        if not allowed:
            status, _, body = ask(at, route.method, _path(route), Cookie=let_in(at, user))
            assert status == 403, user.name
            assert "สิทธิ" in body.decode()


def test_numbered_copies_are_printed_by_who_counts_them(at: Served) -> None:
    """They are kept, so that their scans are known; a reader changes nothing."""
    cookie = let_in(at, User("ผู้อ่าน", Role.READER))
    way = quote("/agency/dsdw-2566/unit/กอส/surveys/printed")
    about = "?survey=service&form=pdf&copies=2"
    assert ask(at, "GET", f"{way}{about}&serial=1", Cookie=cookie)[0] == 403
    assert not list(at.studio.workspace.outputs.rglob("*.map.json"))


def test_whatever_writes_needs_more_than_reading() -> None:
    """A new route that changes something for every reader is an oversight."""
    open_to_readers = {one.path for one in app.ROUTES if one.method != "GET"} & {
        one.path for one in app.ROUTES if one.method != "GET" and one.role < Role.UNIT
    }
    # Whoever verifies a signed file sends it, and nothing is kept of it.
    reads = {f"{BELOW}/signing/verify"}
    assert open_to_readers == {"/enter", "/leave", "/language", *reads}


def test_every_route_of_the_application_is_one_of_the_table(at: Served) -> None:
    """Nothing is served beside the table, which has no entry without a role."""
    served_ = app.application(at.studio).routes
    assert [route.path for route in served_] == [one.path for one in app.ROUTES]  # type: ignore[attr-defined]
    assert all(isinstance(one.role, Role) for one in app.ROUTES)
    with pytest.raises(TypeError):
        StudioRoute("/x", home.agencies)  # type: ignore[call-arg]


def test_a_units_people_write_for_their_own_unit_alone() -> None:
    user = User("กอส", Role.UNIT, frozenset({"dsdw-2566/กอส"}))
    assert user.may(Role.READER, "moi-2547", "x")
    assert user.may(Role.UNIT, "dsdw-2566", "กอส")
    assert not user.may(Role.UNIT, "dsdw-2566", "กคส")
    assert not user.may(Role.UNIT, "example-2570", "กอส")
    assert not user.may(Role.UNIT, "dsdw-2566", "")
    assert not user.may(Role.OFFICER, "dsdw-2566", "กอส")


@pytest.mark.parametrize(
    "path",
    [
        "/static/../app.py",
        "/static/..%2fapp.py",
        "/static/%2e%2e/app.py",
        "/static//etc/passwd",
        "/static/vendor/../../access.py",
        "/font/../../etc/passwd",
        "/agency/..",
        "/agency/%2e%2e",
        "/agency/..%2f..%2fetc",
        "/agency/dsdw-2566/unit/..%2fagency",
        "/agency/dsdw-2566/unit/agency",
        "/agency/dsdw-2566/unit/%00",
        "/agency/dsdw-2566%00",
        "/agency/.%5c..",
    ],
)
def test_no_path_leads_out(at: Served, path: str) -> None:
    status, _, body = ask(at, "GET", path, Cookie=let_in(at))
    assert status in (404, 422)
    assert b"import" not in body
    assert b"root:" not in body


def test_browsers_are_told_what_to_refuse(at: Served) -> None:
    for path in ("/", "/enter", "/static/studio.css", "/nowhere"):
        _, headers, _ = ask(at, "GET", path, Cookie=let_in(at))
        policy = headers["content-security-policy"]
        assert "default-src 'none'" in policy
        assert "unsafe" not in policy
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["cross-origin-resource-policy"] == "same-origin"
        assert "server" not in headers


def test_no_page_has_scripts_or_styles_of_its_own() -> None:
    for path in (ROOT / "generator" / "studio" / "pages").glob("*.html"):
        text = path.read_text("utf-8")
        assert not re.search(r"<script(?![^>]*\bsrc=)|\bstyle=|\son\w+=|javascript:|hx-on", text), (
            path
        )
        assert not re.search(r"(?:src|href)=\"(?:https?:)?//", text), path
        assert "|safe" not in re.sub(r"\s", "", text), path


def test_a_gigabyte_is_refused_unread(at: Served) -> None:
    """By its length where that is said, else as soon as it is longer than an upload may be."""
    cookie = let_in(at)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    connection = http.client.HTTPConnection(at.address.removeprefix("http://"), timeout=20)
    connection.putrequest("POST", "/language")
    for name, value in {"Origin": at.address, "Cookie": cookie}.items():
        connection.putheader(name, value)
    connection.putheader("Content-Length", str(1 << 30))
    connection.endheaders()
    assert connection.getresponse().status == 413
    connection.close()

    sent = 0
    part = b"%x\r\n%b\r\n" % (1 << 20, bytes(1 << 20))
    connection = http.client.HTTPConnection(at.address.removeprefix("http://"), timeout=20)
    connection.putrequest("POST", "/language")
    for name, value in {
        "Origin": at.address,
        "Cookie": cookie,
        "Content-Type": "multipart/form-data; boundary=x",
        "Transfer-Encoding": "chunked",
    }.items():
        connection.putheader(name, value)
    connection.endheaders()
    begin = b'--x\r\nContent-Disposition: form-data; name="f"; filename="f"\r\n\r\n'
    connection.send(b"%x\r\n%b\r\n" % (len(begin), begin))
    try:
        while sent < 1 << 30:
            connection.send(part)
            sent += 1 << 20
    except OSError:
        pass  # nobody reads on
    connection.close()
    assert sent <= LONGEST_BODY + (16 << 20)
    grown = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before
    assert grown < 200_000, "KiB: it was read into memory"


def test_sessions_end() -> None:
    idle, long = Sessions(idle=-1), Sessions(longest=-1)
    for sessions in (idle, long):
        assert sessions.of(sessions.begin(User("", Role.READER))) is None
    lasting = Sessions()
    key = lasting.begin(User("a", Role.READER))
    assert lasting.of(key) == User("a", Role.READER)
    lasting.end(key)
    assert lasting.of(key) is None
    assert lasting.of("") is None


def test_a_page_is_in_the_language_that_is_chosen(at: Served) -> None:
    cookie = let_in(at)
    assert 'lang="th"' in ask(at, "GET", "/", Cookie=cookie)[2].decode()
    status, headers, _ = ask(
        at, "POST", "/language", b"language=en&back=//evil.example", Cookie=cookie
    )
    assert (status, headers["location"]) == (303, "/")
    chosen = headers["set-cookie"].partition(";")[0]
    assert "Fiscal year" in ask(at, "GET", "/", Cookie=f"{cookie}; {chosen}")[2].decode()
    assert ask(at, "POST", "/language", b"language=xx&back=/", Cookie=cookie)[0] == 422
