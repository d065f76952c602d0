"""What counts as a violation, stated once: whatever the input, ``gen`` never does one of these.

A traceback or exit code 1 (or one that README doesn't list); more than 20 seconds of computing, or
1 GiB, for a small input; a path outside touched; a connection, or another program; half a file, or
what a run writes on its way; exit code 0 with a wrong text; a message without place or remedy; a
control sign sent to the terminal.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from generator import verify
from generator.errors import ExitCode

SECONDS, MEMORY = 20.0, 1 << 30
BAIT = "PRIVATE-7f3a"
"""Stands in files that nobody may read."""

_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
_PLACE = re.compile(r"[^\s:]+\.\w+:( paragraph)? ?\d+|page \d+|'[^']+'")
"""A place that stands in the sentence itself."""

_ERROR = re.compile(r"^(?P<place>.*?)\berror: (?P<words>.*)$")


@dataclass(frozen=True, slots=True)
class Outcome:
    """How a run ended: seconds of computing, bytes of memory, and what it touched elsewhere."""

    code: int
    said: str
    written: str
    seconds: float
    memory: int
    hung: bool
    touched: tuple[str, ...]
    killed: bool = False


def violations(outcome: Outcome, ground: Path, wanted: str = "") -> Iterator[str]:
    """Everything that a run should not have done; ``wanted`` stands in what it made."""
    both = outcome.said + outcome.written
    if "Traceback" in both or "a bug in gen" in both or "Exception ignored" in both:
        yield "a traceback"
    if not outcome.killed and (outcome.code == ExitCode.BUG or outcome.code not in [*ExitCode]):
        yield f"exit code {outcome.code}"
    if outcome.hung or outcome.seconds > SECONDS:
        yield f"{outcome.seconds:.0f} seconds"
    if outcome.memory > MEMORY:
        yield f"{outcome.memory >> 20} MiB"
    yield from outcome.touched
    if BAIT in both:
        yield "it says what stands in a file outside"
    yield from _halves(ground)
    if _CONTROL.search(both):
        yield f"a control sign for the terminal: {_CONTROL.search(both)!r}"
    if outcome.code not in (ExitCode.DONE, ExitCode.INTERRUPTED) and not outcome.killed:
        yield from _mute(outcome)
    if outcome.code == ExitCode.DONE and wanted:
        yield from _wrong(ground, wanted)


def _halves(ground: Path) -> Iterator[str]:
    for path in sorted((ground / "outputs").rglob("*")):
        if path.is_symlink() or path.is_dir():
            continue
        if path.name.startswith(".gen-"):
            yield f"{path.name} is left"
        elif path.suffix in _WHOLE and not _WHOLE[path.suffix](path.read_bytes()):
            yield f"half of {path.name}"


_WHOLE = {".docx": verify.untouched, ".pdf": verify.page_count}


def _mute(outcome: Outcome) -> Iterator[str]:
    """Messages that say neither where nor what to do."""
    lines = outcome.said.splitlines()
    found = [(number, match) for number, line in enumerate(lines) if (match := _ERROR.match(line))]
    usage = any(line.startswith("Usage: ") for line in lines)
    if not found and not usage and not outcome.written.strip() and not outcome.said.strip():
        yield f"no message (exit code {outcome.code})"
    placed = any(match["place"].strip() for _, match in found) or bool(outcome.written.strip())
    for number, match in found:
        hinted = lines[number + 1 : number + 2] and lines[number + 1].startswith("  hint: ")
        if not (placed or hinted or _PLACE.search(match["words"])):
            yield f"neither place nor remedy: {match['words'][:80]}"


def _wrong(ground: Path, wanted: str) -> Iterator[str]:
    for path in sorted((ground / "outputs").rglob("*")):
        if path.suffix == ".docx":
            story = verify.docx_content(path.read_bytes())
        elif path.suffix == ".pdf":
            story = verify.pdf_facts(path.read_bytes()).content
        else:
            continue
        if not any(verify.squeezed(wanted) in piece.text for piece in story):
            yield f"{path.name} doesn't say {wanted!r}"
