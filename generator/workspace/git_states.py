"""An earlier state of an agency's files, as git keeps it: written out to be read as any other.

Git is asked for names and contents alone; it runs no filter, hook or program of the repository.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from pathlib import Path

from ..errors import MissingError, UsageError
from ..messages import message
from .confined import below

MAX_FILES, MAX_BYTES = 20_000, 256 << 20
"""So much may a state hold."""

_SECONDS = 120
_REVISION = re.compile(r"(?!-)[\w.@{}~^/+-]{1,200}")
_REGULAR = ("100644", "100755")


def looks_like_revision(word: str) -> bool:
    """Whether a word may name a revision."""
    return _REVISION.fullmatch(word) is not None


def is_revision(folder: Path, word: str) -> bool:
    """Whether a word names a revision of the repository that a folder lies in."""
    if not looks_like_revision(word) or not _in_repository(folder):
        return False
    try:
        _commit(folder, word)
    except (UsageError, MissingError):
        return False
    return True


def _in_repository(folder: Path) -> bool:
    """Whether a folder lies in a repository, without asking git."""
    return any((one / ".git").exists() for one in (folder, *folder.resolve().parents))


def extract(folder: Path, revision: str, into: Path) -> None:
    """Write what a folder held in a revision below another one.

    Links aren't followed nor written. Raises UsageError for what is no revision or too large,
    MissingError without git, FileError.
    """
    commit = _commit(folder, revision)
    listed = _git(folder, "ls-tree", "-r", "-z", "--full-name", commit, "--", ".")
    prefix = _git(folder, "rev-parse", "--show-prefix").decode("utf-8", "surrogateescape").strip()
    wanted: list[tuple[str, str]] = []
    for line in filter(None, listed.decode("utf-8", "surrogateescape").split("\0")):
        about, _, name = line.partition("\t")
        mode, _, number = about.split(" ")
        if mode in _REGULAR and name.startswith(prefix):
            wanted.append((number, name.removeprefix(prefix)))
    if not wanted:
        raise UsageError(message("revision-without-files", revision=revision, name=folder.name))
    if len(wanted) > MAX_FILES:
        raise UsageError(message("revision-too-large", revision=revision))
    asked = "".join(f"{number}\n" for number, _ in wanted).encode()
    sizes = _git(folder, "cat-file", "--batch-check=%(objectsize)", given=asked).split()
    if sum(map(int, sizes)) > MAX_BYTES:
        raise UsageError(message("revision-too-large", revision=revision))
    answer = _git(folder, "cat-file", "--batch", given=asked)
    start = 0
    for _, name in wanted:
        end = answer.index(b"\n", start)
        size = int(answer[start:end].split()[2])
        target = below(into, name)
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(answer[end + 1 : end + 1 + size])
        start = end + 2 + size


def _commit(folder: Path, revision: str) -> str:
    if not looks_like_revision(revision):
        raise UsageError(message("no-such-revision", revision=revision))
    found = _git(
        folder, "rev-parse", "--verify", "--quiet", f"{revision}^{{commit}}", word=revision
    )
    return found.decode("ascii").strip()


def _git(folder: Path, *words: str, given: bytes = b"", word: str = "") -> bytes:
    """What git answers. Raises UsageError, MissingError."""
    program = shutil.which("git")
    if program is None:
        raise MissingError(message("no-git"))
    own = {key: value for key, value in os.environ.items() if not key.startswith("GIT_")}
    safe = {"GIT_OPTIONAL_LOCKS": "0", "GIT_TERMINAL_PROMPT": "0", "GIT_NO_LAZY_FETCH": "1"}
    options = ("-c", "core.fsmonitor=false", "-c", "core.hooksPath=/dev/null")
    try:
        done = subprocess.run(
            [program, *options, "-C", str(folder), *words],
            input=given,
            env={**own, **safe},
            capture_output=True,
            timeout=_SECONDS,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired, ValueError) as error:
        raise UsageError(message("no-such-revision", revision=word or folder.name)) from error
    if done.returncode:
        raise UsageError(message("no-such-revision", revision=word or folder.name))
    return done.stdout
