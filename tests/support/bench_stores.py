"""Whether a batch has the same bytes whatever is kept of its parts: ``-m support.bench_stores``.

A batch is made with an empty folder of parts, with all of them, after it was killed in the middle,
and with every entry damaged, by one process and by four, its documents in orders by chance.
``STORES_AGENCY`` (example-2570) says of which agency, ``STORES_DAMAGES`` (3) how often all entries
are damaged.
"""

import hashlib
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Generator, Iterable
from pathlib import Path

from generator.batch import run, workers
from generator.batch.rendering import RenderJob, RenderOutcome, WorkerSetup
from generator.batch.request import BatchRequest, WantedDocuments
from generator.workspace.environment import PARTS, Workspace
from support.looking_on import Silent
from support.making import ROOT

AGENCY = os.environ.get("STORES_AGENCY", "example-2570")
DAMAGES = int(os.environ.get("STORES_DAMAGES", "3"))
SOME = 5
"""So many entries are there when a batch is killed."""

CHANCE = random.Random(18)


def begun(
    outputs: Path, parts: Path | None, processes: int, *, anew: bool = False
) -> "subprocess.Popen[bytes]":
    """A batch in processes of its own."""
    environ = {key: value for key, value in os.environ.items() if key != PARTS}
    if parts is not None:
        environ[PARTS] = str(parts)
    command = [sys.executable, "-m", "support.bench_stores", str(outputs), str(processes)]
    words = [*command, str(CHANCE.random()), "anew" if anew else ""]
    return subprocess.Popen(words, env=environ, start_new_session=True)


def made(
    outputs: Path, parts: Path | None, processes: int, *, anew: bool = False
) -> dict[str, str]:
    """The hashes of a batch's documents, by name."""
    assert begun(outputs, parts, processes, anew=anew).wait() == 0
    return hashes(outputs)


def make(outputs: Path, processes: int, seed: str, anew: str) -> None:
    """Make a batch, its documents in an order by chance; ``anew``: no finished one is taken."""

    def engine(
        setup: WorkerSetup, jobs: Iterable[RenderJob]
    ) -> Generator[tuple[RenderJob, RenderOutcome]]:
        shuffled = list(jobs)
        random.Random(seed).shuffle(shuffled)
        return workers.run(setup, shuffled, processes, workers.ProcessLimits(seconds=600))

    request = BatchRequest(
        ROOT / "agreements" / AGENCY,
        outputs,
        WantedDocuments(("agreement", "indicators")),
        force=bool(anew),
    )
    report = run.run(Workspace(ROOT, os.environ), request, engine, Silent())
    assert not report.faults, report.faults


def hashes(outputs: Path) -> dict[str, str]:
    """The hashes of the documents below a folder."""
    return {
        path.name: hashlib.sha256(path.read_bytes()).hexdigest()
        for path in outputs.rglob("*")
        if path.suffix in (".pdf", ".docx")
    }


def entries(parts: Path) -> list[Path]:
    """What is kept."""
    return sorted(path for path in parts.rglob("*") if path.is_file())


def damage(parts: Path) -> int:
    """Damage every entry by chance; how many there are."""
    for path in entries(parts):
        data = bytearray(path.read_bytes())
        match CHANCE.randrange(4):
            case 0:
                data[CHANCE.randrange(len(data))] ^= 1 << CHANCE.randrange(8)
            case 1:
                del data[CHANCE.randrange(len(data)) :]
            case 2:
                data += CHANCE.randbytes(CHANCE.randrange(1, 40))
            case _:
                start = CHANCE.randrange(max(len(data) - 20, 1))
                data[start : start + 20] = CHANCE.randbytes(20)
        path.write_bytes(data)
    return len(entries(parts))


def killed(outputs: Path, parts: Path) -> int:
    """Begin a batch and kill all its processes in the middle; how many entries it left."""
    batch = begun(outputs, parts, 2)
    while len(entries(parts)) < SOME and batch.poll() is None:
        time.sleep(0.02)
    os.killpg(batch.pid, signal.SIGKILL)
    batch.wait()
    return len(entries(parts))


def main() -> None:
    """Make all of them, and say what came out."""
    with tempfile.TemporaryDirectory() as place:
        count = 0

        def outputs() -> Path:
            nonlocal count
            count += 1
            return Path(place, str(count))

        right = made(outputs(), None, 1)
        print(f"{AGENCY}: {len(right)} files, without a folder of parts", flush=True)

        def tell(name: str, found: dict[str, str]) -> None:
            other = sorted(file for file in right if right[file] != found.get(file))
            same = "the same bytes" if not other and len(found) == len(right) else f"OTHER {other}"
            print(f"{name}: {same}", flush=True)

        parts = Path(place, "parts")
        tell("an empty folder, one process", made(outputs(), parts, 1))
        tell(f"all {len(entries(parts))} entries, one process", made(outputs(), parts, 1))
        tell("all entries, four processes", made(outputs(), parts, 4))
        tell("parts alone, one process", made(outputs(), parts, 1, anew=True))
        tell("parts alone, four processes", made(outputs(), parts, 4, anew=True))
        tell("another empty folder, four processes", made(outputs(), Path(place, "more"), 4))
        cut = Path(place, "cut")
        left = killed(outputs(), cut)
        tell(f"killed with {left} entries, then four processes", made(outputs(), cut, 4))
        damages = 0
        for turn in range(DAMAGES):
            damages += damage(parts)
            processes = 4 if turn % 2 else 1
            tell(
                f"every entry damaged ({damages} by now), {processes} processes",
                made(outputs(), parts, processes, anew=turn % 3 == 2),
            )


if __name__ == "__main__":
    if sys.argv[1:]:
        make(Path(sys.argv[1]), int(sys.argv[2]), sys.argv[3], sys.argv[4])
    else:
        main()
