"""What gen score shows: columns that stand under each other, totals, reasons, JSON."""

import json

import pytest

from generator.agreements import lookup
from generator.api import scores
from generator.api.scores import ScoredUnit
from generator.cli import scoreboard
from generator.errors import UsageError
from generator.visible import width
from support.making import WORLD


def scored(name: str) -> ScoredUnit:
    return scores.score(lookup.find(WORLD, name), "2")


@pytest.mark.parametrize("name", ["กอส", "กพพ", "ตัวอย่าง-ข"])
def test_columns_stand_under_each_other(name: str) -> None:
    shown = scored(name)
    table = [line for line, _ in scoreboard.lines(shown)]
    rows = [line for line in table if line.count("  ") >= 3]
    assert len(rows) == len(shown.score.rows) + 1
    assert {width(line) for line in rows} == {scoreboard.NAME + 3 * scoreboard.FIGURE}


def test_the_table_says_the_scores_and_the_total() -> None:
    shown = scored("ตัวอย่าง-ข")
    text = "\n".join(line for line, _ in scoreboard.lines(shown))
    (pool,) = shown.score.pools
    assert pool.grade is not None
    assert f"ผลการประเมิน: {pool.grade}" in text
    for row in shown.score.rows:
        assert f"{row.score_shown}" in text


def test_what_is_not_scored_is_marked() -> None:
    lines = list(scoreboard.lines(scored("กอส")))
    assert any("–" in line and colour == "yellow" for line, colour in lines)
    assert any("ยังไม่มีคะแนนของน้ำหนักร้อยละ 50" in line for line, _ in lines)


def test_one_indicator_is_explained() -> None:
    lines = [line for line, _ in scoreboard.lines(scored("ตัวอย่าง-ข"), "energy")]
    assert "ใช้ผลของ กองตัวอย่าง ก" in lines
    assert "คะแนนถ่วงน้ำหนัก (ค) = 3.7500 × 10 ÷ 100 = 0.3750" in lines


def test_an_unknown_indicator_is_told_with_the_nearest() -> None:
    with pytest.raises(UsageError, match="no indicator 'pmq'") as error:
        list(scoreboard.lines(scored("กอส"), "pmq"))
    assert "pmqa" in error.value.hint


def test_json_holds_every_figure_as_text() -> None:
    shown = scored("กอส")
    answer = json.loads(json.dumps(scores.as_json(shown)))
    assert answer["unit"] == "กอส"
    assert {row["key"]: row["score"] for row in answer["rows"]}["pmqa"] == "3"
    one = json.loads(json.dumps(scores.as_json(shown, "pmqa")))
    assert next(step["kind"] for step in one["trace"]) == "reported"


def test_scores_are_those_of_a_unit() -> None:
    with pytest.raises(UsageError, match="scores are those of a unit"):
        scored("dsdw-2566")
