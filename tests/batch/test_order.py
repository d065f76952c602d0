"""Which process makes which document: what is of the same sheets goes to the same process."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from generator.batch.order import MadeSheets, WaitingJobs


@dataclass(frozen=True)
class Job:
    """A document, as far as its order goes."""

    name: str
    source: Path
    sheets: frozenset[str] = field(default_factory=frozenset)


def job(unit: str, kind: str = "agreement", sheets: str = "") -> Any:
    return Job(f"{unit}-{kind}", Path(unit), frozenset(sheets.split()))


def names(taken: Any) -> str:
    return taken[0].name if taken is not None else ""


def waiting(*jobs: Any, ahead: int = 9) -> WaitingJobs:
    found = WaitingJobs(jobs, ahead)
    found.read()
    return found


def test_documents_of_a_unit_are_made_by_one_process() -> None:
    one, other = MadeSheets(), MadeSheets()
    jobs = waiting(*(job(unit, kind) for unit in "abc" for kind in ("agreement", "indicators")))
    made = [names(jobs.take(*turn)) for turn in ((one, [other]), (other, [one])) * 3]
    assert made[::2] == ["a-agreement", "a-indicators", "c-agreement"]
    assert made[1::2] == ["b-agreement", "b-indicators", "c-indicators"], "nobody waits at the end"
    assert jobs.take(one, [other]) is None


def test_a_unit_goes_to_the_process_that_knows_most_of_its_sheets() -> None:
    one, other = MadeSheets(), MadeSheets()
    jobs = waiting(
        job("a", sheets="1 2 3"),
        job("b", sheets="7 8 9"),
        job("c", sheets="1 8 9"),
        job("d", sheets="1 2 9"),
        job("e"),
    )
    jobs.take(one, [other])
    jobs.take(other, [one])
    assert names(jobs.take(one, [other])) == "d-agreement"
    assert names(jobs.take(one, [other])) == "c-agreement", "it knows 9 by now"
    assert names(jobs.take(other, [one])) == "e-agreement"


def test_what_a_process_died_of_comes_first() -> None:
    one = MadeSheets()
    jobs = waiting(job("a"), job("b"))
    again, _ = jobs.take(one, []) or (None, 0)
    assert again is not None
    jobs.again(again, 2)
    assert jobs.take(MadeSheets(), [MadeSheets(Path("a"))]) == (again, 2)


@pytest.mark.parametrize("ahead", [1, 7])
def test_no_more_are_read_than_wait(ahead: int) -> None:
    read: list[str] = []

    def units() -> Iterator[Any]:
        for number in range(100):
            read.append(str(number))
            yield job(str(number))

    jobs, one = WaitingJobs(units(), ahead), MadeSheets()
    assert not read
    assert names(jobs.choose(one, [])) == "0-agreement"
    assert len(read) == 4
    jobs.read()
    assert len(read) == max(ahead, 4) + 1
    made = ["0-agreement"]
    while (taken := jobs.choose(one, [])) is not None:
        made.append(taken[0].name)
    assert sorted(made) == sorted(f"{number}-agreement" for number in range(100))
