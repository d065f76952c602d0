"""Hostile inputs by the hundred (``make hostile COUNT=10000`` for more): none does what it mustn't.

``HOSTILE=yaml:17`` tries one again, and leaves its workspace.
"""

import os
import random
import signal
import subprocess
from pathlib import Path

import pytest

from support.hostile import arena, inputs
from support.hostile.violations import Outcome, violations
from support.moments import stopped

COUNT = int(os.environ.get("COUNT", "220"))
ONLY = os.environ.get("HOSTILE", "")


def tried(kind: str, number: int, where: Path) -> list[str]:
    """Try one input; what it did that it mustn't."""
    where.mkdir()
    workspace = arena.ground(where)
    make, _ = inputs.KINDS[kind]
    what = make(random.Random(f"{kind}:{number}"), workspace)
    outcome = arena.run(workspace, what.arguments, dict(what.environ))
    wrong = [*violations(outcome, workspace, what.wanted)]
    outside = {path.name: path.read_text("utf-8") for path in (where / "outside").iterdir()}
    if outside != arena.OUTSIDE:
        wrong.append(f"changed: {outside}")
    if wrong or ONLY:
        shown = " ".join(repr(word)[:60] for word in what.arguments)
        wrong.append(f"gen {shown}: exit code {outcome.code}\n{outcome.said[-1500:]}")
    return wrong


@pytest.mark.parametrize("kind", inputs.KINDS)
def test_nothing_is_violated(kind: str, tmp_path: Path) -> None:
    share = max(1, inputs.KINDS[kind][1] * COUNT // 300)
    numbers = range(share)
    if ONLY:
        chosen, _, one = ONLY.partition(":")
        numbers = range(int(one), int(one) + 1) if chosen == kind else range(0)
    found = {}
    for number in numbers:
        if wrong := tried(kind, number, tmp_path / str(number)):
            found[f"{kind}:{number}"] = wrong
        elif not ONLY:
            subprocess.run(["rm", "-rf", str(tmp_path / str(number))], check=True)
    said = "\n\n".join(f"{name}: " + "\n  ".join(wrong) for name, wrong in found.items())
    assert not found, f"{len(found)} of {len(numbers)}\n{said}"


def test_kills_while_writing(tmp_path: Path) -> None:
    chance = random.Random(COUNT)
    workspace = arena.ground(tmp_path)
    command = ("agreement", inputs.UNIT, "--no-sheets")
    whole = stopped(workspace, command)
    assert whole.code == 0
    signals = (signal.SIGKILL, signal.SIGTERM, signal.SIGINT)
    for _ in range(max(3, COUNT // 100)):
        moment, number = chance.randint(1, whole.events * 9 // 10), chance.choice(signals)
        end = stopped(workspace, command, moment, number, group=True)
        assert end.code != 0
        for left in (workspace / "outputs").rglob(".gen-*"):
            left.rename(left.with_name(f"kept{left.name}"))  # the next run's to remove
            left.with_name(f"kept{left.name}").rename(left)
        outcome = Outcome(end.code, end.said, "", 0, 0, False, (), killed=True)
        wrong = [one for one in violations(outcome, workspace) if not one.endswith("is left")]
        assert not wrong
    last = stopped(workspace, command)
    outcome = Outcome(last.code, last.said, "", 0, 0, False, ())
    assert not [*violations(outcome, workspace)]


def test_the_witness_sees(tmp_path: Path) -> None:
    """What counts as a violation is noticed: a harness that sees nothing proves nothing."""
    workspace = arena.ground(tmp_path)
    seen = {
        "import socket; socket.socket().connect(('127.0.0.1', 9))": "socket.connect",
        "open('../outside/x.txt').read()": "open",
        "open('../new', 'w')": "open",
        "import os; os.remove('../outside/x.txt')": "os.remove",
        "raise ValueError": "a traceback",
        "b = bytearray(1 << 29); b[:] = b'x' * (1 << 29)": "",
        "import os, time; os._exit(17)": "exit code 17",
        "import sys; print('error: x', file=sys.stderr); sys.exit(3)": "neither place nor remedy",
        "import sys; print('\\x1b[2J', file=sys.stderr)": "a control sign",
    }
    for code, wanted in seen.items():
        outcome = arena.run(workspace, ("check", code), {"ARENA_TEST": code})
        said = "; ".join(violations(outcome, workspace))
        assert wanted in said, (code, said, outcome)
