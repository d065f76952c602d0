"""No key, passphrase or name of a person gets where it doesn't belong."""

import os
import subprocess
import sys
import tempfile
import traceback
from pathlib import Path

import pytest

from generator.errors import ExitCode, GenError
from support.authority import PASSPHRASE, authority, ours
from support.making import ROOT
from support.signed import AGENCY, Workspace, everything_under

NAMES = ("ชื่อตัวอย่าง หนึ่ง", "ชื่อตัวอย่าง อธิบดี", "Secretive Signer")
"""Those who sign, by the data and by the certificate."""


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    return Workspace(tmp_path)


def test_what_is_printed_and_left_behind(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Successes and failures, with all that they print and leave in temporary folders."""
    workspace.key.write_bytes(ours().p12("Secretive Signer"))
    key = workspace.key.read_bytes()
    other = workspace.root / "other.p12"
    other.write_bytes(authority().p12("Secretive Signer", "another-passphrase"))
    workspace.put()
    temporary = workspace.root / "temporary"
    temporary.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(temporary))
    texts = []

    def sign(*arguments: str | Path) -> str:
        done = workspace.gen("sign", *arguments)
        error = done.exception
        told = f"{error.message} {error.hint}" if isinstance(error, GenError) else ""
        texts.append(done.output + told)
        assert error is None or isinstance(error, GenError | SystemExit)
        return texts[-1]

    ours_ = ("ตัวอย่าง-ก", "--p12", workspace.key, "--as")
    assert "can't be opened" in sign("ตัวอย่าง-ก", "--p12", other, "--as", "assessee")
    assert "nobody signs" in sign(*ours_, "witness")
    assert "signed/" in sign(*ours_, "assessee")
    assert "is signed already" in sign(*ours_, "assessee")
    stamp = ("--timestamp", "http://127.0.0.1:9/")
    assert "time stamp authority doesn't answer" in sign(*ours_, "assessor", *stamp)
    assert '"signed"' in sign(AGENCY, "--p12", workspace.key, "--as", "assessor", "--json")
    run = subprocess.run(
        [sys.executable, "-m", "generator", "sign", "ตัวอย่าง-ก", "--as", "x", "--p12", other],
        cwd=workspace.root,
        env={**os.environ, "PYTHONPATH": str(ROOT), "GEN_PASSPHRASE": PASSPHRASE},
        capture_output=True,
        check=False,
    )
    texts.append((run.stdout + run.stderr).decode())
    assert run.returncode == ExitCode.USAGE
    for text in texts:
        for secret in (PASSPHRASE, "another-passphrase", *NAMES, "key.p12", "other.p12"):
            assert secret not in text
    assert everything_under(temporary) == {}
    for name, data in everything_under(workspace.root).items():
        assert PASSPHRASE.encode() not in data
        assert name.endswith(".p12") or key[20:60] not in data
        if not name.endswith((".pdf", ".yaml", ".p12")):
            for person in NAMES:
                assert person.encode() not in data, name


def test_an_error_s_traceback_doesn_t_quote_the_passphrase(workspace: Workspace) -> None:
    workspace.put()
    workspace.key.write_bytes(b"no key")
    done = workspace.sign("ตัวอย่าง-ก", "assessee")
    assert done.exception is not None
    text = "".join(traceback.format_exception(done.exception))
    assert PASSPHRASE not in text
    assert done.exception.__cause__ is None
    assert done.exception.__suppress_context__


def test_the_passphrase_is_no_option(workspace: Workspace) -> None:
    text = workspace.done("sign", "--help").stdout.lower()
    assert "--passphrase-fd" in text
    assert "--passphrase " not in text
    assert "--pin" not in text


def test_nothing_is_left_when_a_run_is_killed(workspace: Workspace) -> None:
    """No name of a person lies in a temporary file while a document is looked at."""
    workspace.put()
    seen: list[bytes] = []
    write, open_temporary = Path.write_bytes, tempfile.mkstemp

    def written(path: Path, data: bytes) -> int:
        seen.append(data)
        return write(path, data)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Path, "write_bytes", written)
        assert workspace.sign("ตัวอย่าง-ก", "assessee").exception is None
    assert tempfile.mkstemp is open_temporary
    for data in seen:
        for person in NAMES:
            assert person.encode() not in data
