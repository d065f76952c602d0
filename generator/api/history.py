"""Saved files as commits, where the workspace is a git repository."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterable
from pathlib import Path

from ..errors import FileError
from ..messages import Message, message
from ..workspace.environment import Workspace

_SECONDS = 30
_NOBODY = "gen"


def is_kept(workspace: Workspace) -> bool:
    """Whether the workspace lies in a git repository, and git is there."""
    if shutil.which("git") is None:
        return False
    done = _git(workspace, "rev-parse", "--is-inside-work-tree")
    return done.returncode == 0 and done.stdout.strip() == "true"


def commit(
    workspace: Workspace, paths: Iterable[Path], who: str, what: Message | str
) -> str | None:
    """Commit files and nothing else, by whom and why; the commit's id, none where nothing changed.

    What somebody has staged beside them stays staged. Raises FileError.
    """
    names = [path.relative_to(workspace.root).as_posix() for path in paths]
    # One that was taken out and never committed is nothing to git.
    names = [name for name in names if (workspace.root / name).exists() or _known(workspace, name)]
    if not names:
        return None
    _done(_git(workspace, "add", "--", *names))
    if _git(workspace, "diff", "--cached", "--quiet", "--", *names).returncode == 0:
        return None
    name = " ".join(who.translate(str.maketrans("<>\r\n", "    ")).split()) or _NOBODY
    _done(
        _git(
            workspace,
            *(
                "commit",
                "--quiet",
                "--no-verify",
                "--only",
                f"--author={name} <{_NOBODY}@localhost>",
            ),
            *("-m", str(what), "--", *names),
        )
    )
    return _done(_git(workspace, "rev-parse", "HEAD")).strip()


def _git(workspace: Workspace, *words: str) -> subprocess.CompletedProcess[str]:
    committer = {"GIT_COMMITTER_NAME": _NOBODY, "GIT_COMMITTER_EMAIL": f"{_NOBODY}@localhost"}
    try:
        return subprocess.run(
            # Hooks of a repository are programs of whoever wrote it: saving runs none.
            ["git", "-c", "core.hooksPath=/dev/null", "-c", "commit.gpgSign=false", *words],
            cwd=workspace.root,
            env={**os.environ, "GIT_TERMINAL_PROMPT": "0", "LC_ALL": "C.UTF-8", **committer},
            capture_output=True,
            text=True,
            encoding="utf-8",
            errors="replace",
            timeout=_SECONDS,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        raise FileError(message("git-refuses", reason=str(error)[:300])) from error


def _known(workspace: Workspace, name: str) -> bool:
    return _git(workspace, "ls-files", "--error-unmatch", "--", name).returncode == 0


def _done(ran: subprocess.CompletedProcess[str]) -> str:
    if ran.returncode:
        raise FileError(message("git-refuses", reason=ran.stderr.strip()[:300]))
    return ran.stdout
