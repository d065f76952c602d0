"""What a round judges: from which day to which, and the months that figures are asked for.

The workbook, the score and the report go by this alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from .. import thai
from ..model import Agency, Period, Round, Value
from ..model.round_sets import round_of, year_of


@dataclass(frozen=True, slots=True, order=True)
class Month:
    """A month of a year of the Buddhist Era."""

    year: int
    number: int

    def __str__(self) -> str:
        """As results name it: ``ต.ค. 65``."""
        return f"{thai.SHORT_MONTHS[self.number - 1]} {self.year % 100:02d}"


def span(agency: Agency, round_id: str) -> tuple[date, date]:
    """The first and the last day that a round judges; a cumulative one begins with the year."""
    return judged(round_of(agency, round_id), year_of(agency, round_id))


def said(agency: Agency, round_id: str) -> str:
    """What a report says of its round: its days, when figures were taken, which is the year's."""
    round_, year = round_of(agency, round_id), year_of(agency, round_id)
    words = [" ถึง ".join(map(thai.long_date, span(agency, round_id)))]
    if round_.cutoff is not None:
        words.append(f"ตัดข้อมูล ณ วันที่ {thai.long_date(round_.cutoff)}")
    if len(year) > 2:
        words.append(f"ผลของทั้งปีคือผลของ{year[-1].name}")
    return " ".join(words)


def judged(round_: Round, rounds: Sequence[Round]) -> tuple[date, date]:
    """The same of a round among those of its year."""
    begin = min(r.start for r in rounds) if round_.cumulative else round_.start
    return begin, round_.end


def months(agency: Agency, round_id: str, period: Period | None = None) -> tuple[Month, ...]:
    """The months that a round judges, of an indicator with such a ``period`` of its own.

    A period stands in place of the year: the last round judges it to its end. Of one that begins
    before the year, the first round judges as many months as it has of the year's (กันยายน–กุมภาพันธ์,
    where the year's first half is ตุลาคม–มีนาคม). No month is judged before it is over.
    """
    begin, end = map(_count, span(agency, round_id))
    if period is not None:
        first, last = _count(period.start), _count(period.end)
        year = year_of(agency, round_id)
        early = min(0, first - min(_count(r.start) for r in year))
        cumulative = round_of(agency, round_id).cumulative
        begin = first if cumulative else max(first, begin + early)
        end = min(last, end if round_id == year[-1].id else end + early)
    return tuple(Month(at // 12, at % 12 + 1) for at in range(begin, end + 1))


def own(readers: Iterable[tuple[Value | None, Period | None]]) -> Period | None:
    """The period of a result's own: of who reports it first, then of those that borrow it.

    It stands with the formula whose figures are reported; without one, with who states any.
    """
    stated: Period | None = None
    for value, period in readers:
        if value is not None:
            return period
        stated = stated or period
    return stated


def named(label: str, among: Sequence[Month]) -> tuple[Month, ...]:
    """The months that a label may stand for: ``ต.ค.``, ``ต.ค. 65``, ``ตุลาคม 2565``."""
    read = thai.parse_month(label)
    if read is None:
        return ()
    number, year = read
    return tuple(m for m in among if m.number == number and year in (None, m.year))


def listed(found: Iterable[Month]) -> str:
    """Months in words, those in a row as one stretch: ``ต.ค. 65, ม.ค. 66 – มี.ค. 66``."""
    stretches: list[list[Month]] = []
    for month in sorted(found):
        if stretches and _after(stretches[-1][-1]) == month:
            stretches[-1].append(month)
        else:
            stretches.append([month])
    return ", ".join(
        f"{run[0]} – {run[-1]}" if len(run) > 2 else ", ".join(map(str, run)) for run in stretches
    )


def _count(day: date) -> int:
    return (day.year + thai.ERA) * 12 + day.month - 1


def _after(month: Month) -> Month:
    return Month(month.year + month.number // 12, month.number % 12 + 1)
