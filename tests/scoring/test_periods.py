"""What a round judges, and what becomes of figures that lack some of its months."""

import json
import shutil
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator import thai
from generator.model import Agency, Period, Value
from generator.scoring import periods
from generator.scoring.periods import Month
from support.command import gen
from support.making import ROOT

YEAR = (date(2022, 10, 1), date(2023, 9, 30))


def agency(*, cumulative: bool = True) -> Agency:
    rounds: list[dict[str, object]] = [
        {"id": "1", "name": "ก", "start": date(2022, 10, 1), "end": date(2023, 3, 31)},
        {"id": "2", "name": "ข", "start": date(2023, 4, 1), "end": YEAR[1]},
    ]
    rounds[1]["cumulative"] = cumulative
    terms = {"agreement": "ก", "assessor": "ข", "assessee": "ค"}
    scale = {"levels": [{"id": str(n), "name": str(n), "points": n} for n in (1, 2)], "below": 0}
    return Agency.model_validate(
        {
            "fiscal_year": "2566",
            "name": "กรม",
            "terms": terms,
            "rounds": rounds,
            "scales": {"s": scale},
            "scale": "s",
            "components": [{"id": "a", "name": "ก"}],
        }
    )


def shown(round_id: str, period: tuple[date, date] | None = None, **of: bool) -> str:
    own = None if period is None else Period(start=period[0], end=period[1])
    return periods.listed(periods.months(agency(**of), round_id, own))


@pytest.mark.parametrize(
    ("period", "first", "second"),
    [
        (None, "ต.ค. 65 – มี.ค. 66", "ต.ค. 65 – ก.ย. 66"),
        # Energy: 1 September to 31 August.
        ((date(2022, 9, 1), date(2023, 8, 31)), "ก.ย. 65 – ก.พ. 66", "ก.ย. 65 – ส.ค. 66"),
        # The calendar year before, the school year, and one of sixteen months.
        ((date(2022, 1, 1), date(2022, 12, 31)), "ม.ค. 65 – มิ.ย. 65", "ม.ค. 65 – ธ.ค. 65"),
        ((date(2022, 5, 16), date(2023, 3, 31)), "พ.ค. 65 – ต.ค. 65", "พ.ค. 65 – มี.ค. 66"),
        ((date(2021, 9, 1), date(2022, 12, 31)), "ก.ย. 64 – ก.พ. 65", "ก.ย. 64 – ธ.ค. 65"),
        # Later than the year: nothing is judged before it is over.
        ((date(2023, 1, 1), date(2023, 12, 31)), "ม.ค. 66 – มี.ค. 66", "ม.ค. 66 – ก.ย. 66"),
        ((date(2023, 1, 1), date(2023, 6, 30)), "ม.ค. 66 – มี.ค. 66", "ม.ค. 66 – มิ.ย. 66"),
        ((date(2023, 4, 1), date(2023, 9, 30)), "", "เม.ย. 66 – ก.ย. 66"),
        ((date(2022, 10, 1), date(2022, 12, 31)), "ต.ค. 65 – ธ.ค. 65", "ต.ค. 65 – ธ.ค. 65"),
    ],
)
def test_months_of_a_round(period: tuple[date, date] | None, first: str, second: str) -> None:
    assert (shown("1", period), shown("2", period)) == (first, second)


def test_a_round_of_its_own_months() -> None:
    assert shown("2", cumulative=False) == "เม.ย. 66 – ก.ย. 66"
    energy = (date(2022, 9, 1), date(2023, 8, 31))
    assert shown("2", energy, cumulative=False) == "มี.ค. 66 – ส.ค. 66"
    assert periods.span(agency(), "2") == YEAR
    assert periods.span(agency(cumulative=False), "2") == (date(2023, 4, 1), YEAR[1])


@given(st.dates(date(2020, 1, 1), date(2025, 1, 1)), st.integers(0, 800), st.booleans())
def test_what_holds_for_every_period(start: date, days: int, cumulative: bool) -> None:
    of, own = agency(cumulative=cumulative), Period(start=start, end=start + timedelta(days))
    first, second = (periods.months(of, r, own) for r in "12")
    for found, end in ((first, Month(2566, 3)), (second, Month(2566, 9))):
        assert list(found) == sorted(set(found))
        assert all(month <= end for month in found)
        assert all(
            Month(start.year + 543, start.month)
            <= month
            <= Month(own.end.year + 543, own.end.month)
            for month in found
        )
    if cumulative:
        assert second[: len(first)] == first
    else:
        assert not set(first) & set(second)


@pytest.mark.parametrize(
    ("label", "read"),
    [
        ("ต.ค. 65", (10, 2565)),
        ("ต.ค.65", (10, 2565)),
        ("ตุลาคม พ.ศ. 2565", (10, 2565)),
        ("ต.ค. ๒๕๖๕", (10, 2565)),
        ("กันยายน", (9, None)),
        ("ก.ย. 2023", (9, 2566)),
        ("ไตรมาส 1", None),
        ("ต.ค. 5", None),
        ("1 ต.ค. 65", None),
    ],
)
def test_names_of_months(label: str, read: tuple[int, int | None] | None) -> None:
    assert thai.parse_month(label) == read


def test_a_name_that_two_months_have() -> None:
    long = Period(start=date(2021, 9, 1), end=date(2022, 12, 31))
    among = periods.months(agency(), "2", long)
    assert len(periods.named("ก.ย.", among)) == 2
    assert periods.named("ก.ย. 64", among) == (Month(2564, 9),)


def test_the_period_stands_with_the_formula() -> None:
    one = Period(start=date(2022, 9, 1), end=date(2023, 8, 31))
    made = Value(formula="a")
    assert periods.own([(made, None), (made, one)]) is None
    assert periods.own([(None, None), (made, one)]) == one
    assert periods.own([(None, one), (None, None)]) == one


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A workspace with the example agency."""
    shutil.copytree(ROOT / "agreements" / "example-2570", tmp_path / "agreements" / "example-2570")
    return tmp_path / "agreements" / "example-2570"


SIX = "{ต.ค.: 20000, พ.ย.: 20000, ธ.ค.: 20000, ม.ค.: 20000, ก.พ.: 20000, มี.ค. 70: 20000}"


def test_a_figure_from_too_few_months_is_open_not_smaller(folder: Path) -> None:
    """Six months' figures in the round of twelve: nothing is scored, and the months are named."""
    (folder / "results" / "2" / "ตัวอย่าง-ก.yaml").write_text(
        "fiscal_year: 2570\nexample: true\nresults:\n"
        f"  energy: {{inputs: {{last_year: {SIX}, this_year: 111000}}}}\n",
        "utf-8",
    )
    said = gen("score", "ตัวอย่าง-ก", "--round", "2", cwd=folder.parents[1])
    assert said.returncode == 0, said.stdout + said.stderr
    missing = "ขาด เม.ย. 70 – ก.ย. 70 (ปริมาณการใช้ไฟฟ้าช่วงเดียวกันของปีก่อน)"
    assert missing in said.stdout + said.stderr
    found = json.loads(
        gen("score", "ตัวอย่าง-ก", "--round", "2", "--json", cwd=folder.parents[1]).stdout
    )
    row = next(row for row in found["rows"] if row["key"] == "energy")
    assert (row["state"], row["score"], row["weighted"]) == ("open", None, None)
    assert list(row["lacking"].values()) == [
        ["เม.ย. 70", "พ.ค. 70", "มิ.ย. 70", "ก.ค. 70", "ส.ค. 70", "ก.ย. 70"]
    ]
    # Who borrows the result waits too; the same six months are all that round 1 judges.
    found = json.loads(
        gen("score", "ตัวอย่าง-ข", "--round", "2", "--json", cwd=folder.parents[1]).stdout
    )
    assert next(row for row in found["rows"] if row["key"] == "energy")["state"] == "open"
    shutil.copy(
        folder / "results" / "2" / "ตัวอย่าง-ก.yaml", folder / "results" / "1" / "ตัวอย่าง-ก.yaml"
    )
    found = json.loads(
        gen("score", "ตัวอย่าง-ก", "--round", "1", "--json", cwd=folder.parents[1]).stdout
    )
    assert next(row for row in found["rows"] if row["key"] == "energy")["score"] == "5"


def test_a_period_that_ends_before_it_begins(folder: Path) -> None:
    path = folder / "indicators" / "energy.yaml"
    path.write_text(
        path.read_text("utf-8") + "\nperiod: {start: 1 ก.ย. 2569, end: 31 ส.ค. 2569}\n", "utf-8"
    )
    said = gen("check", str(folder))
    assert said.returncode == 3
    assert "the period ends before it starts" in said.stderr
