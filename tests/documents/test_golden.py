"""Golden files: what documents say, as text. ``make golden`` writes them anew.

They are made to be read: a change of one is a change of what officers get, and its
difference belongs to the review. Ids are left out, since they change with all data.
"""

import difflib
import os
import re
from collections.abc import Callable
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from generator.agreements import record
from generator.templates import word_as_text
from support import readers
from support.making import EVERY, made
from support.outline import outline

FOLDER = Path(__file__).parents[1] / "data" / "golden"
LONGEST = 30
"""How many lines of a difference are shown."""

_ID = re.compile(
    r"(?<=code\.png: )sha256 \w+|\b(?:[0-9A-HJKMNP-TV-Z]{4}-){2}[0-9A-HJKMNP-TV-Z]{4}\b"
)


def structure(kind: str, subject: str) -> str:
    """The PDF as a screen reader goes through it."""
    return outline(made(kind, subject)["pdf"])


def finished_text(kind: str, subject: str) -> str:
    """The text that the PDF carries as an attachment."""
    return readers.attachment(made(kind, subject)["pdf"], record.TEXT).decode("utf-8")


def word_file(kind: str, subject: str) -> str:
    """The DOCX as ``gen template show`` shows it."""
    with TemporaryDirectory() as folder:
        path = Path(folder, "document.docx")
        path.write_bytes(made(kind, subject)["docx"])
        return word_as_text.text(path)


def _named(kind: str, subject: str, view: str) -> str:
    return f"{kind}-{subject.replace(' ', '-').replace(':', '-')}.{view}.txt"


def _all() -> dict[str, Callable[[], str]]:
    found: dict[str, Callable[[], str]] = {
        _named(kind, subject, "text"): partial(finished_text, kind, subject)
        for kind, subject in EVERY
    }
    one = ("agreement", "ตัวอย่าง-ข")
    found[_named(*one, "structure")] = partial(structure, *one)
    found[_named(*one, "docx")] = partial(word_file, *one)
    return found


GOLDEN = _all()


def compared(name: str, text: str, folder: Path) -> str:
    """The difference between a golden file and the text now, in short; renews it where asked."""
    text = _ID.sub("<id>", text)
    path = folder / name
    if os.environ.get("GOLDEN") == "renew":
        folder.mkdir(exist_ok=True)
        path.write_text(text, "utf-8", newline="\n")
        return ""
    if not path.is_file():
        return f"there is no {name}; make golden"
    old = path.read_bytes().decode("utf-8")
    lines = list(
        difflib.unified_diff(
            old.split("\n"), text.split("\n"), f"golden/{name}", "now", n=1, lineterm=""
        )
    )
    more = [f"… {len(lines) - LONGEST} more lines"] if len(lines) > LONGEST else []
    return "\n".join([*lines[:LONGEST], *more])


@pytest.mark.parametrize("name", GOLDEN)
def test_golden_file(name: str) -> None:
    difference = compared(name, GOLDEN[name](), FOLDER)
    if difference:
        pytest.fail(f"if this is right, make golden\n{difference}", pytrace=False)


def test_no_golden_file_is_left_over() -> None:
    left = sorted({path.name for path in FOLDER.glob("*")} - set(GOLDEN))
    if os.environ.get("GOLDEN") == "renew":
        for name in left:
            (FOLDER / name).unlink()
        left = []
    assert left == [], "no test compares these"


def test_golden_comparison_can_fail(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("GOLDEN", raising=False)
    assert compared("a.txt", "x\n", tmp_path) == "there is no a.txt; make golden"
    (tmp_path / "a.txt").write_text("หนึ่ง\nสอง\nสาม\n<id>\n", "utf-8")
    assert compared("a.txt", "หนึ่ง\nสอง\nสาม\n0123-ABCD-XYZ9\n", tmp_path) == ""
    said = compared("a.txt", "หนึ่ง\nส่อง\nสาม\n0123-ABCD-XYZ9\n", tmp_path)
    assert said.split("\n")[3:6] == [" หนึ่ง", "-สอง", "+ส่อง"]
    # White space and a missing last line count too.
    assert compared("a.txt", "หนึ่ง\nสอง \nสาม\n<id>\n", tmp_path)
    assert compared("a.txt", "หนึ่ง\nสอง\nสาม\n<id>", tmp_path)
    long = "".join(f"{number}\n" for number in range(100))
    assert len(compared("a.txt", long, tmp_path).split("\n")) == LONGEST + 1
    monkeypatch.setenv("GOLDEN", "renew")
    assert compared("a.txt", long, tmp_path) == ""
    assert (tmp_path / "a.txt").read_text("utf-8") == long
