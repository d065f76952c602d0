"""Questionnaires that come back on paper: read, decided, counted, once."""

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PIL import Image

from generator import api
from generator.api.scans import ScansAsked
from generator.errors import ExitCode, FileError, GenError, UsageError
from generator.messages import Message
from generator.scanning import journal
from generator.scanning.copies import COPY
from generator.workspace.environment import Workspace
from support import answered, command
from support.scanned import returned
from support.scanned.levels import OFFICE
from support.scanned.returned import Returned

COPIES = 30
UNIT, SURVEY, ROUND = answered.UNIT, answered.SURVEY, "2"


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> tuple[Workspace, Returned, Path]:
    """Thirty numbered copies, printed, filled in and scanned in an office."""
    root = tmp_path_factory.mktemp("scans")
    workspace = answered.workspace(root, "")
    of = returned.returned(workspace, UNIT, SURVEY, COPIES, OFFICE, 7)
    folder = root / "in"
    returned.written(folder, _files(of))
    Image.fromarray(of.sides[21]).save(folder / "c.tif")
    Image.fromarray(of.sides[0]).save(folder / "c2.png")
    return workspace, of, folder


def _files(of: Returned) -> Iterator[tuple[str, bytes]]:
    yield "a.pdf", returned.as_pdf(of.sides[:21])
    yield "b.pdf", returned.as_pdf(of.sides[22:])
    yield "damaged.pdf", b"%PDF-1.4 no more"


def read(workspace: Workspace, *scans: Path, decided: tuple[Path, ...] = ()) -> api.scans.ScansRead:
    target = api.workspaces.find(workspace, UNIT)
    asked = ScansAsked(scans, decided, processes=1)
    return api.scans.read(workspace, target, SURVEY, ROUND, asked)


def code(error: GenError) -> str:
    assert isinstance(error.said, Message)
    return error.said.code


def test_paper_comes_back(world: tuple[Workspace, Returned, Path], tmp_path: Path) -> None:
    workspace, of, folder = world
    first = read(workspace, folder)
    codes = {one.code for one in first.said}
    assert {"sheets-read", "side-unreadable", "sheets-doubled", "questions-wait"} <= codes
    lost = [one for one in first.questions if one.item == COPY]
    assert first.figures.copies == COPIES - len(lost)
    waiting = [one for one in first.questions if one.doubt]
    doubts = [one for one in waiting if one.waits]
    assert len(doubts) < 0.06 * len(first.questions)
    for one in first.questions:
        if not one.doubt and not one.typed:
            assert set(one.options) == set(of.meant[one.copy].get(one.item, ())), one

    # What isn't sure, and what was written, is decided by somebody who knows.
    decisions = tmp_path / "decisions.json"
    numbers = list(of.meant)
    places = {("a.pdf", n + 1): numbers[n] for n in range(21)} | {("c.tif", 1): numbers[21]}
    places |= {("b.pdf", n - 21): numbers[n] for n in range(22, COPIES)} | {("c2.png", 1): ""}
    decisions.write_bytes(returned.decided(waiting, of, places))
    second = read(workspace, decided=(decisions,))
    if second.figures.doubts or second.figures.written:  # of the copies that are known now
        waiting += [one for one in second.questions if one.doubt]
        decisions.write_bytes(returned.decided(waiting, of, places))
        second = read(workspace, decided=(decisions,))
    assert second.figures.copies == COPIES
    assert (second.figures.doubts, second.figures.written) == (0, 0)
    assert second.counted is not None
    typed = {
        (one.copy, one.item): "35" if one.item == "age" else returned.TYPED
        for one in waiting
        if one.typed and one.item != COPY
    }
    truth = tmp_path / "truth.csv"
    truth.write_text(returned.truth_csv(of, typed), "utf-8")
    target = api.workspaces.find(workspace, UNIT)
    counted = api.surveys.count(workspace, target, SURVEY, ROUND, [truth], over=True)
    ours = second.counted.answers.model_dump(exclude={"sources"})
    assert ours == counted.answers.model_dump(exclude={"sources"})
    assert ours["n"] >= COPIES - 1

    # Scanned again, under another name and in another run: nothing changes.
    (path,) = second.counted.files
    before = path.read_bytes()
    again = tmp_path / "again"
    again.mkdir()
    shutil.copy(folder / "b.pdf", again / "renamed.pdf")
    Image.fromarray(of.sides[3][::-1, ::-1].copy()).save(again / "upside-down.png")
    third = read(workspace, again, folder)
    assert path.read_bytes() == before
    assert third.figures.sides == second.figures.sides + 1
    assert third.figures.copies == COPIES

    # And the report is made of it.
    made = api.documents.make(
        workspace,
        "survey-report",
        target,
        formats=("docx",),
        options=api.documents.DocumentOptions(survey=SURVEY, round=ROUND),
    )
    assert made.files


def test_every_answer_is_traced(world: tuple[Workspace, Returned, Path]) -> None:
    workspace, of, folder = world
    found = read(workspace, folder)
    copy = next(iter(of.meant))
    traced = list(api.scans.explained(found, f"{copy}:quick"))
    assert [one["item"] for one in traced] == ["quick"]
    (source, *_) = traced[0]["read"]
    assert source["file"] in ("a.pdf", "c2.png")
    assert [box["option"] for box in source["boxes"]] == ["1", "2", "3", "4", "5"]
    assert all(len(box["corners"]) == 4 for box in source["boxes"])


def test_the_page_for_reviewing_holds_what_waits(
    world: tuple[Workspace, Returned, Path],
) -> None:
    workspace, _, folder = world
    found = read(workspace, folder)
    text = (found.folder / api.scans.REVIEW).read_text("utf-8")
    start = text.index("const data = ") + len("const data = ")
    data, _ = json.JSONDecoder().raw_decode(text[start:])
    waiting = [one for one in found.questions if one.doubt]
    assert len(data["items"]) == len(waiting)
    assert all(item["pictures"] for item in data["items"])
    assert "http:" not in text.replace("http://www.w3.org", "")


def test_a_run_that_was_ended_is_gone_on_with(
    world: tuple[Workspace, Returned, Path], tmp_path: Path
) -> None:
    """Half of a line is left: that side is read again, the others aren't."""
    workspace, of, _ = world
    scans = tmp_path / "in"
    returned.written(scans, iter([("d.pdf", returned.as_pdf(of.sides[4:6]))]))
    before = read(workspace, scans)
    log = before.folder / journal.READ
    log.write_bytes(log.read_bytes()[:-40])
    torn = len(journal.sides(before.folder))
    after = read(workspace, scans)
    assert len(journal.sides(after.folder)) == torn + 1
    assert after.figures.copies == before.figures.copies


def test_what_is_no_scan_is_named(world: tuple[Workspace, Returned, Path], tmp_path: Path) -> None:
    workspace, _, _ = world
    with pytest.raises(FileError) as missing:
        read(workspace, tmp_path / "nothing.pdf")
    assert code(missing.value) == "no-such-scan"
    wrong = tmp_path / "wrong.json"
    wrong.write_text("[1]", "utf-8")
    with pytest.raises(FileError) as other:
        read(workspace, decided=(wrong,))
    assert code(other.value) == "no-decisions"


def test_answers_from_elsewhere_stay(world: tuple[Workspace, Returned, Path]) -> None:
    """Answers that were counted from a file aren't replaced by scans without being told to."""
    workspace, of, folder = world
    target = api.workspaces.find(workspace, UNIT)
    path = target.folder / "answers" / "1" / UNIT / f"{SURVEY}.yaml"
    path.parent.mkdir(parents=True)
    path.write_text(answered.ANSWERS, "utf-8")
    asked = ScansAsked((folder / "c2.png",), processes=1)
    with pytest.raises(UsageError) as refused:
        _until_counted(workspace, of, asked, folder.parent / "of-round-1.json")
    assert code(refused.value) == "answers-counted-already"
    assert path.read_text("utf-8") == answered.ANSWERS


def _until_counted(workspace: Workspace, of: Returned, asked: ScansAsked, kept: Path) -> None:
    """Read; what isn't sure is decided, then there is something to count."""
    target = api.workspaces.find(workspace, UNIT)
    first = api.scans.read(workspace, target, SURVEY, "1", asked)
    waiting = [one for one in first.questions if one.doubt]
    kept.write_bytes(returned.decided(waiting, of, {("c2.png", 1): "1"}))
    api.scans.read(workspace, target, SURVEY, "1", replace(asked, decided=(kept,)))


def test_an_interrupted_run_keeps_what_it_read(
    world: tuple[Workspace, Returned, Path],
) -> None:
    """A Ctrl-C for all processes; the next run goes on, as JSON, and in both languages."""
    workspace, _, folder = world
    log = read(workspace).folder / journal.READ
    shutil.rmtree(log.parent)
    words = ["survey", "read", UNIT, str(folder), "--survey", SURVEY, "--round", ROUND]
    run = subprocess.Popen(
        [sys.executable, "-m", "generator", *words, "--processes", "2"],
        cwd=workspace.root,
        env={**os.environ, "PYTHONPATH": str(command.ROOT)},
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
        # A run of tests in the background hears no Ctrl-C, and hands that down.
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),  # noqa: PLW1509
    )
    while run.poll() is None and (not log.exists() or log.read_bytes().count(b"\n") < 3):
        time.sleep(0.01)
    os.killpg(run.pid, signal.SIGINT)
    _, said = run.communicate(timeout=30)
    assert run.returncode == ExitCode.INTERRUPTED
    assert "Traceback" not in said
    kept = journal.sides(log.parent)
    assert 3 <= len(kept) < COPIES
    assert [one.file for one in kept if one.fault] == ["damaged.pdf"]
    again = command.gen(*words, "--processes", "2", "--json", cwd=workspace.root)
    said_json = json.loads(again.stdout)
    # Sheets whose code can't be read wait for somebody who says which copies they are.
    assert COPIES - 6 <= said_json["copies"] <= COPIES
    every = journal.sides(log.parent)
    assert every[: len(kept)] == kept
    assert len({one.key for one in every}) == len(every) == COPIES + 2
    thai = command.gen("--lang", "th", *words, cwd=workspace.root)
    assert "อ่านแล้ว" in thai.stderr
    assert "damaged.pdf" in thai.stderr


def test_an_old_version_is_read_by_its_own_map(
    world: tuple[Workspace, Returned, Path],
) -> None:
    """Two statements change their places; sheets of the form before are among the new ones."""
    workspace, of, folder = world
    target = api.workspaces.find(workspace, UNIT)
    survey = target.folder / "surveys" / f"{SURVEY}.yaml"
    before = survey.read_text("utf-8")
    lines = before.splitlines(keepends=True)
    place = next(
        index for index, one in enumerate(of.meant.values()) if one.get("quick") != one.get("clear")
    )
    first, second = (
        next(index for index, line in enumerate(lines) if f"id: {name}," in line)
        for name in ("quick", "clear")
    )
    lines[first], lines[second] = lines[second], lines[first]
    try:
        survey.write_text("".join(lines).replace("version: 1", "version: 2"), "utf-8")
        copies = api.surveys.Copies(2, True)
        made = api.surveys.make(workspace, target, SURVEY, formats=("pdf",), copies=copies)
        api.workspaces.publish(made.files)
        new = next(data for path, data in made.files.items() if path.suffix == ".pdf")
        shutil.rmtree(read(workspace).folder)
        scans = folder.parent / "of-two-versions"
        scans.mkdir()
        Image.fromarray(of.sides[place]).save(scans / "old.png")
        (scans / "new.pdf").write_bytes(new)
        asked = ScansAsked((scans,), over=True, processes=1)
        found = api.scans.read(workspace, target, SURVEY, ROUND, asked)
    finally:
        survey.write_text(before, "utf-8")
    assert found.figures.copies == 3
    copy = list(of.meant)[place]
    answers = {one.item: set(one.options) for one in found.questions if one.copy == copy}
    meant = of.meant[copy]
    for item in ("quick", "clear"):
        assert answers[item] == set(meant.get(item, ())), item
