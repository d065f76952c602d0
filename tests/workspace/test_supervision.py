"""A command ends as it should, whatever happens to it: Ctrl-C, a kill, a crash, no end, no room."""

import io
import os
import platform
import random
import shutil
import signal
import subprocess
import sys
import textwrap
import time
from collections.abc import Sequence
from pathlib import Path

import pikepdf
import pytest
from PIL import Image

from generator import verify
from generator.errors import ExitCode, FileError
from generator.signing import scans
from generator.workspace import publishing, supervision
from support.making import ROOT
from support.moments import ENVIRONMENT, gone, heard, running, stopped

FAST = ("agreement", "ตัวอย่าง-ข", "--no-sheets", "--format", "docx")


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    shutil.copytree(ROOT / "agreements" / "example-2570", tmp_path / "agreements" / "example-2570")
    return tmp_path


def started(where: Path, *arguments: str) -> "subprocess.Popen[str]":
    return subprocess.Popen(
        [sys.executable, "-m", "generator", *arguments],
        cwd=where,
        env=ENVIRONMENT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        encoding="utf-8",
        start_new_session=True,
        preexec_fn=heard,  # noqa: PLW1509  (no threads here)
    )


def ran(where: Path, *arguments: str) -> "tuple[int, str]":
    process = started(where, *arguments)
    _, said = process.communicate(timeout=120)
    return process.returncode, said


def unfinished(where: Path) -> Sequence[str]:
    """The files that a run left half done, or under a temporary name."""
    wrong = [path.name for path in where.rglob(".gen-*")]
    for path in where.rglob("*-agreement.*"):
        data = path.read_bytes()
        if not (verify.untouched(data) if path.suffix == ".docx" else verify.page_count(data)):
            wrong.append(path.name)
    return wrong


@pytest.mark.parametrize("to_group", [True, False], ids=["terminal", "process"])
def test_ctrl_c_at_any_moment(workspace: Path, *, to_group: bool) -> None:
    chance = random.Random(to_group)
    command, number = FAST[:-2], signal.SIGINT
    whole = stopped(workspace, command)
    assert whole.code == ExitCode.DONE
    last = whole.events * 9 // 10
    for moment in [1, 2, 50, *(chance.randint(100, last) for _ in range(3))]:
        end = stopped(workspace, command, moment, number, group=to_group)
        assert moment <= end.events < whole.events
        assert end.code == ExitCode.INTERRUPTED, end.said
        assert "Traceback" not in end.said
        assert end.said.endswith("interrupted\n")
        assert not unfinished(workspace)


def test_ctrl_c_while_a_file_is_put_in_its_place(tmp_path: Path) -> None:
    script = textwrap.dedent("""
        import os, signal, sys
        from pathlib import Path
        from generator.workspace import publishing, supervision

        def command():
            replace = os.replace
            def interrupted(*paths):
                os.kill(os.getpid(), signal.SIGINT)
                replace(*paths)
            os.replace = interrupted
            publishing.publish({Path("a"): b"a", Path("b"): b"b"})
            print("not reached")

        supervision.run(command)
    """)
    done = subprocess.run(
        check=False,
        args=[sys.executable, "-c", script],
        cwd=tmp_path,
        env=ENVIRONMENT,
        capture_output=True,
        text=True,
        preexec_fn=heard,
    )
    assert (done.returncode, done.stdout) == (ExitCode.INTERRUPTED, "")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a", "b"]


def test_a_batch_takes_its_processes_with_it(workspace: Path) -> None:
    for how, code in ((signal.SIGINT, ExitCode.INTERRUPTED), (signal.SIGTERM, 143)):
        process = started(workspace, "batch", "example-2570", "--force", "-j", "2")
        assert process.stderr is not None
        assert "made" in process.stderr.readline()  # so one is, and the others are being made
        os.kill(process.pid, how)  # this one alone: what it started isn't told
        _, said = process.communicate(timeout=20)
        assert process.returncode == code, said
        assert "Traceback" not in said
        assert gone(process.pid)
        assert not unfinished(workspace)


def test_a_kill_ends_both_processes() -> None:
    script = textwrap.dedent("""
        import signal
        from generator.workspace import supervision

        def command():
            print("at work", flush=True)
            signal.pause()

        supervision.run(command)
    """)
    process = subprocess.Popen(
        [sys.executable, "-c", script],
        env=ENVIRONMENT,
        start_new_session=True,
        stdout=subprocess.PIPE,
    )
    assert process.stdout is not None
    assert process.stdout.readline() == b"at work\n"
    assert len(running(process.pid)) == 2
    process.kill()
    process.communicate()
    assert gone(process.pid)


def test_what_a_kill_left_is_removed_by_the_next_run(workspace: Path) -> None:
    where = workspace / "outputs" / "example-2570" / "ตย-ข"
    where.mkdir(parents=True)
    gone = subprocess.Popen(["true"])
    gone.wait()
    machine = publishing._machine()
    left = where / f".gen-{machine}-{gone.pid}-abc"
    at_work = where / f".gen-{machine}-{os.getpid()}-abc"
    elsewhere, forgotten = where / ".gen-00000000-1-abc", where / ".gen-00000000-1-old"
    for path in (left, at_work, elsewhere, forgotten, where / ".general"):
        path.write_bytes(b"half")
    day_before = time.time() - 2 * 86_400
    os.utime(forgotten, (day_before, day_before))
    assert ran(workspace, *FAST)[0] == ExitCode.DONE
    names = {path.name for path in where.iterdir() if path.name.startswith(".")}
    assert names == {at_work.name, elsewhere.name, ".general"}
    assert platform.node() not in str(names) or not platform.node()


def test_a_kill_while_writing(tmp_path: Path) -> None:
    script = textwrap.dedent("""
        import os, signal
        from pathlib import Path
        from generator.workspace import publishing
        os.replace = lambda *_: os.kill(os.getpid(), signal.SIGKILL)
        publishing.publish({Path("a"): b"a"})
    """)
    killed = subprocess.run(
        [sys.executable, "-c", script], cwd=tmp_path, env=ENVIRONMENT, check=False
    )
    assert killed.returncode == -signal.SIGKILL
    assert [path.name[:5] for path in tmp_path.iterdir()] == [".gen-"]
    publishing.publish({tmp_path / "a": b"b"})
    assert [path.name for path in tmp_path.iterdir()] == ["a"]


@pytest.mark.parametrize(
    ("endless", "said"),
    [
        ("while True: pass", "it took more than 1 seconds of computing and was stopped"),
        ("sum(range(10 ** 12))", "it took more than 1 seconds"),  # within one call of C
        ("a = []\n    while True: a.append(bytes(1 << 20))", "more memory than it may use"),
        ("bytes(10 ** 10)", "more memory than it may use"),
    ],
)
def test_what_has_no_end(endless: str, said: str) -> None:
    script = textwrap.dedent("""
        from generator.workspace import supervision

        def command():
            supervision.limit(1, 400)
            supervision.at("unit.yaml")
            try:
                ENDLESS
            except MemoryError:
                supervision.out_of_memory()

        supervision.run(command)
    """).replace("    ENDLESS", f"    {endless}" if "\n" not in endless else "    grow()")
    grow = "def grow():\n    " + endless + "\n"
    done = subprocess.run(
        [sys.executable, "-c", (grow if "\n" in endless else "") + script],
        env=ENVIRONMENT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == ExitCode.RENDERING
    assert done.stderr.startswith("unit.yaml: error: ")
    assert said in done.stderr
    assert "hint: " in done.stderr


@pytest.mark.parametrize(
    "words",
    [
        "{% for a in range(99999) %}{% for b in range(99999) %}{% endfor %}{% endfor %}",
        "{{ 'x'.center(10 ** 9) }}",
        "{{ ((range(99999) | list) * 9999) | length }}",
    ],
)
def test_a_template_without_end(workspace: Path, words: str) -> None:
    html = workspace / "templates" / "html"
    shutil.copytree(ROOT / "templates" / "html", html)
    template = html / "agreement.html"
    template.write_text(words + template.read_text("utf-8"), "utf-8")
    code, text = ran(workspace, "agreement", "ตัวอย่าง-ข", "--format", "pdf")
    assert code in (ExitCode.TEMPLATE, ExitCode.RENDERING), text
    assert "templates/html/agreement.html:" in text
    assert "Traceback" not in text
    assert not (workspace / "outputs").exists()


@pytest.mark.parametrize("number", [signal.SIGSEGV, signal.SIGABRT, signal.SIGKILL])
def test_a_library_that_crashes(number: signal.Signals) -> None:
    script = textwrap.dedent(f"""
        import os
        from generator.workspace import supervision

        def command():
            supervision.at("scan.pdf")
            os.kill(os.getpid(), {number:d})

        supervision.run(command)
    """)
    done = subprocess.run(
        check=False,
        args=[sys.executable, "-c", script],
        env=ENVIRONMENT,
        capture_output=True,
        text=True,
    )
    assert done.returncode == ExitCode.RENDERING
    assert done.stderr.startswith("scan.pdf: error: ")
    assert "hint: " in done.stderr


def test_what_a_command_was_at_is_shown_without_what_a_terminal_obeys() -> None:
    script = textwrap.dedent("""
        import os, signal
        from generator.workspace import supervision

        def command():
            supervision.at("a\\x1b]0;x\\x07\\u202eb\\nc.pdf")
            os.kill(os.getpid(), signal.SIGSEGV)

        supervision.run(command)
    """)
    done = subprocess.run(
        [sys.executable, "-c", script], env=ENVIRONMENT, capture_output=True, text=True, check=False
    )
    assert done.returncode == ExitCode.RENDERING
    assert done.stderr.startswith("a[ESC]]0;x[BEL][U+202E]b[LF]c.pdf: error: ")


def test_the_end_of_a_command_is_the_end_of_both(workspace: Path) -> None:
    assert ran(workspace, "agreement", "x")[0] == ExitCode.USAGE
    assert ran(workspace, "--help")[0] == ExitCode.DONE
    assert supervision.RENDERING == ExitCode.RENDERING
    assert supervision.INTERRUPTED == ExitCode.INTERRUPTED


def test_tests_have_no_limits() -> None:
    supervision.limit(1, 300)
    supervision.at("x")
    assert bytes(10**9)[:1] == b"\0"


def test_a_page_larger_than_paper_is_looked_at_within_bounds(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    sizes = []

    def look(picture: Image.Image, **_: object) -> list[object]:
        sizes.append(picture.size[0] * picture.size[1])
        return []

    monkeypatch.setattr("zxingcpp.read_barcodes", look)
    for inches in (11.69, 60.0):
        with pikepdf.Pdf.new() as pdf:
            pdf.add_blank_page(page_size=(inches * 72, inches * 72))
            file = io.BytesIO()
            pdf.save(file)
        scans.codes(file.getvalue(), "scan.pdf")
    assert sizes[1] == pytest.approx((11.69 * 300) ** 2, rel=0.01)
    assert max(sizes) <= 20_100_000
    with pikepdf.Pdf.new() as pdf:
        pdf.add_blank_page(page_size=(61 * 72, 72))
        pdf.save(file := io.BytesIO())
    with pytest.raises(FileError, match="60 inches"):
        scans.codes(file.getvalue(), "scan.pdf")


def test_memory_is_counted_from_what_a_process_was_born_with() -> None:
    code = """
import mmap
from generator.workspace import supervision
held = mmap.mmap(-1, 3 << 30, prot=mmap.PROT_READ)  # as who forked it may hold
supervision._limit_memory(256)
print(len(bytearray(64 << 20)))
try:
    bytearray(600 << 20)
except MemoryError:
    print("no more")
"""
    done = subprocess.run(
        [sys.executable, "-c", code],
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.split("\n")[:2] == [str(64 << 20), "no more"]
