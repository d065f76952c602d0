"""What was read, side by side: a line each in a file that only grows.

A run that is ended leaves what it read; the next one goes on behind it. Decisions of people are
kept in a file of their own, apart from what was read.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from ..workspace.confined import read_bytes

READ, DECIDED = "read.jsonl", "decided.jsonl"
"""The files' names in the folder of a survey's scans."""


@dataclass(frozen=True, slots=True)
class BoxRecord:
    """A box: what it said, why, how much of it is ink, and its corners in the picture (pixels)."""

    option: str
    state: str
    why: str
    cover: float
    round_: float
    corners: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class QuestionRecord:
    """A question on a page: the options that were read, or why a person has to look."""

    item: str
    options: tuple[str, ...]
    doubt: str
    boxes: tuple[BoxRecord, ...]


@dataclass(frozen=True, slots=True)
class PageRecord:
    """A page: of which printed form and copy (empty where no code was read)."""

    document: str
    copy: str
    page: int
    laid: bool
    questions: tuple[QuestionRecord, ...]
    written: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SideRecord:
    """A side of a file. ``fault`` is the code of what was wrong with it."""

    file: str
    sha: str
    number: int
    pages: tuple[PageRecord, ...] = ()
    foreign: int = 0
    blank: bool = False
    fault: str = ""
    seconds: float = 0.0

    @property
    def key(self) -> tuple[str, int]:
        """Which side it is, whatever its file is called."""
        return self.sha, self.number


@dataclass(frozen=True, slots=True)
class Decision:
    """What a person said of a question: options, or words; neither means no answer."""

    copy: str
    item: str
    options: tuple[str, ...]
    text: str
    who: str
    when: str


def line(record: SideRecord | Decision) -> bytes:
    """A record as its file has it."""
    return json.dumps(asdict(record), ensure_ascii=False, separators=(",", ":")).encode() + b"\n"


def sides(folder: Path) -> tuple[SideRecord, ...]:
    """What was read so far; a torn last line isn't there. Raises FileError."""
    return tuple(_made(_side, folder / READ))


def decisions(folder: Path) -> tuple[Decision, ...]:
    """What was decided so far. Raises FileError."""
    return tuple(_made(_decision, folder / DECIDED))


def decided(data: bytes) -> tuple[Decision, ...]:
    """The decisions of a file that the page for reviewing wrote. Raises ValueError."""
    try:
        about = json.loads(data)
        return tuple(_decision(one) for one in about["decisions"])
    except (KeyError, TypeError, AttributeError, RecursionError, UnicodeDecodeError) as error:
        raise ValueError("no decisions") from error


def _made(make: Any, path: Path) -> Iterator[Any]:
    if not path.exists():
        return
    for text in read_bytes(path).split(b"\n"):
        try:
            yield make(json.loads(text))
        except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
            continue


def _side(about: dict[str, Any]) -> SideRecord:
    return SideRecord(
        str(about["file"]),
        str(about["sha"]),
        int(about["number"]),
        tuple(_page(page) for page in about["pages"]),
        int(about["foreign"]),
        bool(about["blank"]),
        str(about["fault"]),
        float(about["seconds"]),
    )


def _page(about: dict[str, Any]) -> PageRecord:
    return PageRecord(
        str(about["document"]),
        str(about["copy"]),
        int(about["page"]),
        bool(about["laid"]),
        tuple(
            QuestionRecord(
                str(one["item"]),
                _texts(one["options"]),
                str(one["doubt"]),
                tuple(
                    BoxRecord(
                        str(box["option"]),
                        str(box["state"]),
                        str(box["why"]),
                        float(box["cover"]),
                        float(box["round_"]),
                        tuple((int(x), int(y)) for x, y in box["corners"]),
                    )
                    for box in one["boxes"]
                ),
            )
            for one in about["questions"]
        ),
        _texts(about["written"]),
    )


def _decision(about: dict[str, Any]) -> Decision:
    return Decision(
        str(about["copy"])[:200],
        str(about["item"])[:200],
        _texts(about["options"]),
        str(about["text"])[:5000],
        str(about["who"])[:200],
        str(about["when"])[:40],
    )


def _texts(some: Iterable[Any]) -> tuple[str, ...]:
    if isinstance(some, str):
        raise TypeError("no list")
    return tuple(str(one)[:200] for one in some)
