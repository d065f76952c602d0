"""What a process does that reads scans: a side of a file at a time.

Its answer is small: the side's record, and cut-outs of what a person has to look at.
"""

from __future__ import annotations

import os
import time
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path

import cv2
import numpy as np

from . import answering, reading
from .copies import COPY
from .journal import BoxRecord, PageRecord, QuestionRecord, SideRecord
from .pictures import DAMAGED, NOT_UNDERSTOOD, Opened, UnreadablePicture, opened
from .prints import PX, Prints
from .reading import ReadBox, ReadPage

_AROUND = 4.0
"""How much is cut out above and below a question's boxes, in millimetres."""


@dataclass(frozen=True, slots=True)
class SideJob:
    """A side to read: its file, that file's hash, and the page's number from 1."""

    path: Path
    sha: str
    number: int


@dataclass(frozen=True, slots=True)
class SideDone:
    """A side that was read; ``cuts`` are pictures (PNG) by page (of the record's) and question."""

    record: SideRecord
    cuts: Mapping[tuple[int, str], bytes] = field(default_factory=dict)


class Reader:
    """Reads sides; keeps the file open that it is at. ``many``: questions with several answers."""

    def __init__(self, prints: Prints, many: frozenset[str]) -> None:
        self._prints, self._many = prints, many
        self._open: tuple[Path, Opened] | None = None
        self._stack = ExitStack()

    def side(self, job: SideJob) -> SideDone:
        """Read a side; what is wrong with it is part of its record."""
        started = time.process_time()
        try:
            picture = self._file(job.path).picture(job.number)
        except UnreadablePicture as error:
            return SideDone(_faulty(job, error.said.code))
        except OSError:
            return SideDone(_faulty(job, DAMAGED.code))
        try:
            found = reading.read(picture, self._prints)
        except (cv2.error, ValueError, IndexError, FloatingPointError, np.linalg.LinAlgError):
            # A picture of anything may break a library's assumptions; it is no sheet then.
            return SideDone(_faulty(job, NOT_UNDERSTOOD.code))
        if not found.pages and not self._file(job.path).is_whole(job.number):
            return SideDone(_faulty(job, DAMAGED.code))
        cuts: dict[tuple[int, str], bytes] = {}
        pages = []
        for index, page in enumerate(found.pages):
            record = _record(page, self._many)
            pages.append(record)
            wanted = [one.item for one in record.questions if one.doubt] if page.laid else []
            if page.laid:
                wanted += record.written
            if page.laid and not record.copy and page.printed.map.serial:
                cuts[index, COPY] = foot(page)
            for item in wanted:
                cuts[index, item] = cut(page, item)
        return SideDone(
            SideRecord(
                os.fspath(job.path.name),
                job.sha,
                job.number,
                tuple(pages),
                len(found.foreign),
                found.blank,
                "",
                round(time.process_time() - started, 3),
            ),
            cuts,
        )

    def _file(self, path: Path) -> Opened:
        if self._open is None or self._open[0] != path:
            self.close()
            self._open = path, self._stack.enter_context(opened(path))
        return self._open[1]

    def close(self) -> None:
        """Let go of the file."""
        self._open = None
        self._stack.close()


def _faulty(job: SideJob, code: str) -> SideRecord:
    return SideRecord(job.path.name, job.sha, job.number, fault=code)


def answers(
    page: ReadPage, many: frozenset[str]
) -> Iterator[tuple[str, list[ReadBox], answering.Answered]]:
    """What each question of a page says, with its boxes; ``many`` may have several answers."""
    by_item: dict[str, list[ReadBox]] = defaultdict(list)
    for box in page.boxes:
        by_item[box.placed.place.item].append(box)
    whole = Counter(box.item for box in page.printed.map.boxes)
    verdicts = [box.verdict for box in page.boxes]
    fills = answering.fills(verdicts)
    marks = sum(one.state == "marked" for one in verdicts)
    for item, boxes in by_item.items():
        answer = answering.answered(
            {box.placed.place.option: box.verdict for box in boxes},
            # Of a question that goes on on another page a part is read like one of many answers.
            many=item in many or whole[item] != len(boxes),
            fills=fills,
            marks=marks,
            stray=item in page.stray,
        )
        yield item, boxes, answer


def _record(page: ReadPage, many: frozenset[str]) -> PageRecord:
    questions = [
        QuestionRecord(
            item,
            answer.options,
            answer.doubt,
            tuple(
                BoxRecord(
                    box.placed.place.option,
                    box.verdict.state,
                    box.verdict.why,
                    round(box.verdict.ink.cover, 3),
                    round(max(box.verdict.ink.round_box, box.verdict.ink.round_words), 3),
                    box.corners,
                )
                for box in boxes
            ),
        )
        for item, boxes, answer in answers(page, many)
    ]
    return PageRecord(
        page.printed.map.document,
        page.copy,
        page.printed.page.page,
        page.laid,
        tuple(questions),
        tuple(one.place.item for one in page.written),
    )


def foot(page: ReadPage) -> bytes:
    """A picture (PNG) of a page's foot, where a copy's number is printed."""
    high = page.picture.shape[0]
    small = cv2.resize(
        page.picture[high - 36 * PX : high - 8 * PX],
        None,
        fx=0.6,
        fy=0.6,
        interpolation=cv2.INTER_AREA,
    )
    return cv2.imencode(".png", small, [cv2.IMWRITE_PNG_COMPRESSION, 9])[1].tobytes()


def cut(page: ReadPage, item: str) -> bytes:
    """A picture (PNG) of a question on a straightened page: its row, from edge to edge."""
    boxes = [box.placed for box in page.boxes if box.placed.place.item == item]
    boxes += [one for one in page.printed.blanks if one.place.item == item]
    high, wide = page.picture.shape
    around = _AROUND * PX
    top = max(0, round(min(one.top for one in boxes) - around))
    bottom = min(high, round(max(one.top + one.height for one in boxes) + around))
    strip = page.picture[top:bottom, 8 * PX : wide - 8 * PX]
    shown = cv2.cvtColor(strip, cv2.COLOR_GRAY2BGR)
    for one in boxes:
        first = round(one.left) - 8 * PX - 4, round(one.top) - top - 4
        last = round(one.left + one.width) - 8 * PX + 4, round(one.top + one.height) - top + 4
        cv2.rectangle(shown, first, last, (200, 120, 0), 1)
    small = cv2.resize(shown, None, fx=0.6, fy=0.6, interpolation=cv2.INTER_AREA)
    _, data = cv2.imencode(".png", small, [cv2.IMWRITE_PNG_COMPRESSION, 9])
    return data.tobytes()
