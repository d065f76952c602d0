"""The process that draws: the newest request counts, and one that hangs or dies is begun anew."""

import os
import signal
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from generator.preview.drawing_process import PagePreviews
from generator.preview.requests import PageRequest
from support.making import ROOT, WORLD

UNIT = ROOT / "agreements" / "example-2570" / "ตัวอย่าง-ข.yaml"


@pytest.fixture(scope="module")
def previews() -> Iterator[PagePreviews]:
    found = PagePreviews(WORLD)
    yield found
    found.close()


def asked(text: str = "", reader: str = "a") -> PageRequest:
    held = {UNIT: text.encode()} if text else {}
    return PageRequest("agreement", UNIT, unsaved=held, dots=30, reader=reader)


def test_pages_come_and_an_older_request_is_let_go(previews: PagePreviews) -> None:
    *_, page = previews.pages(asked())
    assert page.picture.startswith(b"\x89PNG")
    text = UNIT.read_text("utf-8")
    older: list[object] = []
    begun = previews.pages(asked(text.replace("name: ", "name: ๑", 1)))

    def wait_for_older() -> None:
        older.extend(begun)

    # Many are asked for at once: of one reader only the newest must come.
    thread = threading.Thread(target=wait_for_older)
    thread.start()
    time.sleep(0.05)
    newer = [*previews.pages(asked(text.replace("name: ", "name: ๒", 1)))]
    thread.join(30)
    assert not thread.is_alive()
    assert newer
    assert not newer[-1].faults
    other = [*previews.pages(asked(reader="b"))]
    assert other[-1].picture == page.picture


def test_a_process_that_dies_is_told_of_and_begun_anew(previews: PagePreviews) -> None:
    [*previews.pages(asked())]
    process = previews._process
    assert process is not None
    assert process.pid is not None
    os.kill(process.pid, signal.SIGSTOP)
    answers: list[object] = []
    thread = threading.Thread(target=lambda: answers.extend(previews.pages(asked())))
    thread.start()
    time.sleep(0.1)
    os.kill(process.pid, signal.SIGKILL)
    thread.join(30)
    (told,) = answers
    assert [fault.code for fault in told.faults] == ["preview-process-ended"]  # type: ignore[attr-defined]
    *_, page = previews.pages(asked())
    assert page.picture


def test_a_process_that_hangs_is_ended() -> None:
    impatient = PagePreviews(WORLD, patience=0.01)
    (told,) = impatient.pages(asked())
    assert [fault.code for fault in told.faults] == ["preview-took-too-long"]
    assert impatient._process is None


def test_what_goes_wrong_in_a_request_ends_no_other(previews: PagePreviews) -> None:
    *_, told = previews.pages(PageRequest("agreement", Path("/nowhere/x.yaml"), reader="a"))
    assert told.faults
    *_, told = previews.pages(PageRequest("no-such-kind", UNIT, reader="a"))
    assert [fault.code for fault in told.faults] == ["preview-failed"]
    *_, page = previews.pages(asked())
    assert page.picture
