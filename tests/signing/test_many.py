"""gen sign AGENCY: all that wait for one signer, each once, also after a run was killed."""

import json
import os
import re
import signal
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

from generator.errors import ExitCode, UsageError
from generator.signing import sealing, validation
from support import districts
from support.authority import NOW, PASSPHRASE, ours
from support.making import ROOT
from support.signed import AGENCY, ONE, TWO, Workspace, everything_under

COUNT = int(os.environ.get("GEN_SIGNED", "6"))
"""How many agreements are signed in one run; GEN_SIGNED=150 is a department's worth."""


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    return Workspace(tmp_path)


@pytest.fixture
def many(workspace: Workspace) -> Workspace:
    """A workspace with many small agreements that are made and wait."""
    districts.workspace(workspace.root, COUNT)
    for path in (workspace.root / "agreements" / districts.AGENCY).glob("*.yaml"):
        text = path.read_text("utf-8")
        text = text.replace("status: draft", "status: final")
        path.write_text(text.replace("level: person", "level: field"), "utf-8")
    workspace.done("batch", districts.AGENCY, "--documents", "agreement", "-j", "2")
    return workspace


def signed(folder: Path) -> Mapping[str, bytes]:
    """All signed documents below a folder, by path."""
    return {name: data for name, data in everything_under(folder).items() if name.endswith(".pdf")}


def test_killed_in_the_middle_and_resumed(many: Workspace) -> None:
    folder = many.root / "signed"
    made = signed(many.root / "outputs")
    command = ["sign", districts.AGENCY, "--as", "assessor", "--p12", str(many.key)]
    run = subprocess.Popen(
        [sys.executable, "-m", "generator", *command],
        cwd=many.root,
        env={**os.environ, "GEN_PASSPHRASE": PASSPHRASE, "PYTHONPATH": str(ROOT)},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
        encoding="utf-8",
    )
    assert run.stderr is not None
    for number, line in enumerate(iter(run.stderr.readline, ""), start=1):
        if line.startswith(f"[{COUNT // 3}/"):
            break
        assert number < 10 * COUNT
    os.kill(run.pid, signal.SIGKILL)
    run.communicate()
    before = signed(folder)
    assert 0 < len(before) < COUNT
    done = many.done(*command, "--json")
    outcomes = json.loads(done.stdout)
    assert len(outcomes) == COUNT
    assert sum(one["state"] == "signed" for one in outcomes) == COUNT - len(before)
    assert sum(one["state"] == "signed before" for one in outcomes) == len(before)
    after = signed(folder)
    assert len(after) == COUNT
    for name, data in after.items():
        assert before.get(name, data) == data
        assert data.startswith(made[f"{name}"])
        # Once: one update, one signature.
        assert data.count(b"/ETSI.CAdES.detached") == 1
        assert sealing.signed_fields(data) == {"assessor-1"}
    sample = next(iter(after.values()))
    checked = validation.check(sample, validation.roots([("root", ours().pem)]), NOW)
    assert not checked.problems
    assert not any(one.problems for one in checked.signatures)
    assert signed(many.root / "outputs") == made
    # Nothing to do is nothing done.
    done = many.done(*command)
    assert done.stdout == ""
    assert f"{COUNT} signed before" in done.stderr
    assert signed(folder) == after
    # What makes and clears documents leaves it alone.
    units = sorted((many.root / "agreements" / districts.AGENCY).glob("district-*.yaml"))
    units[0].unlink()
    units[1].write_text(units[1].read_text("utf-8").replace("ส่งเสริมและ", "ส่งเสริม "), "utf-8")
    many.done("batch", districts.AGENCY, "--documents", "agreement", "--prune", "-j", "2")
    assert signed(folder) == after


def test_make_clean_leaves_it_alone() -> None:
    rules = (ROOT / "Makefile").read_text("utf-8")
    clean = re.search(r"^clean:\n((?:\t.*\n)+)", rules, re.MULTILINE)
    assert clean is not None
    assert clean[1] == "\trm -rf outputs\n"


def test_a_report_of_all(workspace: Workspace) -> None:
    workspace.put()
    workspace.put("ตัวอย่าง-ข")
    done = workspace.sign(AGENCY, "assessor")
    assert done.exception is None, done.exception
    assert done.stdout.splitlines() == [
        f"signed/{AGENCY}/{name}/{name}-agreement.pdf" for name in (ONE, TWO)
    ]
    assert "[1/2] ตย-ก: signed" in done.stderr
    assert "2 signed" in done.stderr


def test_what_is_left_and_what_fails(workspace: Workspace) -> None:
    workspace.put()
    done = workspace.sign(AGENCY, "assessor")
    assert isinstance(done.exception, SystemExit)
    assert done.exception.code == ExitCode.BATCH
    assert "ตัวอย่าง-ข: failed: ตย-ข's agreement is not made yet" in done.stderr
    assert workspace.at().exists()
    file = workspace.root / "agreements" / AGENCY / "ตัวอย่าง-ข.yaml"
    file.write_text(file.read_text("utf-8").replace("status: final", "status: draft"), "utf-8")
    done = workspace.sign(AGENCY, "assessor")
    assert done.exception is None
    assert "ตย-ข: left: it is a draft" in done.stderr


def test_one_key_is_one_person_s(workspace: Workspace) -> None:
    workspace.put()
    workspace.put("ตัวอย่าง-ข")
    done = workspace.sign(AGENCY, "assessee-1")
    assert isinstance(done.exception, UsageError)
    assert "wait for 2 different people" in done.exception.message
    assert not workspace.at().exists()
    done = workspace.sign(AGENCY, "assessee-1", "--position", "ผู้อำนวยการกองตัวอย่าง ก")
    assert done.exception is None, done.exception
    assert workspace.at().exists()
    assert not workspace.at(TWO).exists()


def test_two_at_once_lose_no_signature(workspace: Workspace) -> None:
    workspace.put()
    runs = [
        subprocess.Popen(
            [
                sys.executable,
                "-m",
                "generator",
                "sign",
                "ตัวอย่าง-ก",
                "--as",
                who,
                "--p12",
                workspace.key,
            ],
            cwd=workspace.root,
            env={**os.environ, "GEN_PASSPHRASE": PASSPHRASE, "PYTHONPATH": str(ROOT)},
            stdout=subprocess.DEVNULL,
        )
        for who in ("assessor", "assessee")
    ]
    assert [run.wait() for run in runs] == [0, 0]
    assert sealing.signed_fields(workspace.at().read_bytes()) == {"assessor-1", "assessee-1"}
    assert workspace.verify(workspace.at()).exception is None
