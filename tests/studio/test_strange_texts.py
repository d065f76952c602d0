"""What strangers may have typed or sent: marks in every text are shown, bombs are refused."""

import html
import io
import re
import time
import uuid
import zipfile
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import pytest

from generator.studio import app
from support.asking import ask, let_in
from support.browser import Served, served
from support.studio_workspace import example

AGENCY, UNIT = "example-2570", "ตัวอย่าง-ก"
MARK = "<img src=x onerror=alert(1)>'\"{{7*7}}"
_TEXT = re.compile(
    r"(?m)^(\s*(?:- )?(?:name|position|text|issue|heading|duty): )([^\s\[{|>&*#~\"'][^\n]*)$"
)


def marked(match: re.Match[str]) -> str:
    """A text with the mark before it, quoted as YAML quotes."""
    typed = match[2].split(" #")[0].strip()
    return match[1] + "'" + f"{MARK} {typed}".replace("'", "''") + "'"


@pytest.fixture(scope="module")
def at(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """A studio in whose files every name, position and text holds a mark."""
    root = example(tmp_path_factory.mktemp("strange"))
    for path in (root / "agreements" / AGENCY).rglob("*.yaml"):
        if path.name != "wording.yaml":
            path.write_text(_TEXT.sub(marked, path.read_text("utf-8")), "utf-8")
    with served(root) as found:
        yield found


PAGES = sorted({one.path for one in app.ROUTES if one.method == "GET" and "{agency}" in one.path})
_FILES = ("/made/", "/printed", "/workbook", "/page", "/go")


@pytest.mark.parametrize("path", [one for one in PAGES if not any(f in one for f in _FILES)])
def test_marks_in_texts_are_text(at: Served, path: str) -> None:
    address = quote(
        path.replace("{agency}", AGENCY).replace("{unit}", UNIT).replace("{task}", "texts")
    )
    status, _, body = ask(at, "GET", address, Cookie=let_in(at))
    text = body.decode()
    assert status < 500, text[:300]
    assert "<img src=x" not in text
    # Whatever of the mark is there is whole: no template of a stranger's is filled in.
    assert html.unescape(text).count("alert(1)") <= html.unescape(text).count("{{7*7}}")


def test_the_marks_are_seen(at: Served) -> None:
    body = ask(at, "GET", f"/agency/{AGENCY}", Cookie=let_in(at))[2].decode()
    assert "&lt;img src=x onerror=alert(1)&gt;" in body


def bomb() -> bytes:
    """A workbook of a few kilobytes whose sheet would be two gigabytes."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as pack:
        pack.writestr("[Content_Types].xml", "<Types/>")
        with pack.open("xl/worksheets/sheet1.xml", "w", force_zip64=True) as sheet:
            for _ in range(200):
                sheet.write(bytes(1 << 20))
    return made.getvalue()


UPLOADS = [
    (f"/agency/{AGENCY}/unit/{UNIT}/results/workbook?round=2", "file", {}),
    (
        f"/agency/{AGENCY}/unit/{UNIT}/surveys/answers",
        "files",
        {"survey": "visitors", "round": "2"},
    ),
]


@pytest.mark.parametrize(("path", "field", "also"), UPLOADS, ids=["results", "answers"])
def test_a_bomb_of_a_workbook_is_refused(
    at: Served, path: str, field: str, also: dict[str, str]
) -> None:
    edge = uuid.uuid4().hex
    parts = [
        f'--{edge}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'.encode()
        for name, value in also.items()
    ]
    head = f'--{edge}\r\nContent-Disposition: form-data; name="{field}"; filename="x.xlsx"\r\n\r\n'
    body = b"".join([*parts, head.encode(), bomb(), f"\r\n--{edge}--\r\n".encode()])
    began = time.process_time()
    kind = f"multipart/form-data; boundary={edge}"
    address = quote(path, safe="/?=&")
    status, _, said = ask(at, "POST", address, body, Content_Type=kind, Cookie=let_in(at))
    assert status in (303, 422), said[:300]
    assert status == 422
    assert time.process_time() - began < 5
    assert not list(Path(at.studio.workspace.root).rglob("*.xlsx")), "nothing is kept"
