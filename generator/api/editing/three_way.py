"""Two who changed one text: both changes together, where they don't meet."""

from __future__ import annotations

from collections.abc import Sequence
from difflib import SequenceMatcher


def merged(base: str, mine: str, theirs: str) -> str | None:
    """The text with both changes of ``base``; None where they touch the same lines."""
    lines = base.splitlines(keepends=True)
    ours = _changes(lines, mine.splitlines(keepends=True))
    others = _changes(lines, theirs.splitlines(keepends=True))
    for start, end, new in ours:
        for begin, stop, text in others:
            if (start, end, new) != (begin, stop, text) and start <= stop and begin <= end:
                return None
    for start, end, new in sorted({*ours, *others}, reverse=True):
        lines[start:end] = new
    return "".join(lines)


def _changes(before: Sequence[str], after: Sequence[str]) -> list[tuple[int, int, tuple[str, ...]]]:
    """The stretches of lines that differ, and what stands there after."""
    return [
        (start, end, tuple(after[begin:stop]))
        for tag, start, end, begin, stop in SequenceMatcher(
            None, before, after, autojunk=False
        ).get_opcodes()
        if tag != "equal"
    ]


def differences(one: str, other: str) -> list[tuple[int, str, str]]:
    """Where two texts differ: the line in the first, and the lines of each."""
    before, after = one.splitlines(), other.splitlines()
    return [
        (start + 1, "\n".join(before[start:end]), "\n".join(new))
        for start, end, new in _changes(before, after)
    ]
