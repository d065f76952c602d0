"""Several assessors of one result: each one's score, which counts, and what an appeal changes."""

from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.model import Agency
from generator.scoring import ScoredIndicator, explain
from support.scored import agency, by_points, faults, ladder, one
from support.scored import points as score_of

POINTS = by_points("60 | 65 | 70 | 75 | 80")
STEPS = ladder({n: f"done: {n}" for n in range(1, 6)})


def of(counts: str = "last", *, reasons: str = "never", more: str = "") -> Agency:
    weight = {"self": 20, "supervisor": 30, "committee": 50} if counts == "weighted" else {}
    by = "".join(
        f"    - {{id: {one}, name: {name}"
        + (f", weight: {weight[one]}" if weight else "")
        + (f", reasons: {reasons}" if one != "self" else "")
        + "}\n"
        for one, name in (("self", "ตนเอง"), ("supervisor", "หัวหน้า"), ("committee", "กรรมการ"))
    )
    return agency(f"assessment:\n  by:\n{by}  counts: {counts}\n{more}")


def result(*said: str, own: str = "value: 75", more: str = "") -> str:
    names = ("supervisor", "committee")
    assessed = ", ".join(
        f"{name}: {{{text}, day: 2566-04-{day}}}"
        for name, text, day in zip(names, said, (10, 20), strict=False)
        if text
    )
    return f"{{{own}, assessed: {{{assessed}}}{more}}}"


def row(counts: str, *said: str, **options: str) -> ScoredIndicator:
    more = "  at_least: 70\n  otherwise: 0" if counts == "each_at_least" else ""
    return one(POINTS, result(*said, **options), of=of(counts, more=more))


@pytest.mark.parametrize(
    ("counts", "expected"),
    [
        ("last", "3.0000"),
        ("committee", "3.0000"),
        ("supervisor", "3.5000"),
        ("self", "4.0000"),
        ("mean", "3.5000"),
        ("weighted", "3.3500"),
        ("each_at_least", "0.0000"),
    ],
)
def test_whose_score_counts(counts: str, expected: str) -> None:
    found = row(counts, "value: 72.5, reason: หลักฐานไม่ครบ", "score: 3, reason: นับซ้ำ")
    assert (found.state, str(found.score_shown)) == ("scored", expected)
    assert found.assessment is not None
    assert [view.points for view in found.assessment.views] == [4, Fraction(7, 2), 3]
    differences = [view.difference for view in found.assessment.views]
    assert differences == [None, Fraction(-1, 2), Fraction(-1, 2)]


def test_each_reaches_its_bound() -> None:
    """70 per cent of 5 is 3.5, and 3.5 reaches it: the mean counts."""
    found = row("each_at_least", "value: 72.5, reason: ก", "score: 4.5, reason: ข")
    assert str(found.score_shown) == "4.0000"
    assert found.score is not None
    said = explain.lines(found.score.trace)
    assert said[-2].endswith("5 × 70 ÷ 100 = 3.5 ขึ้นไป: 4 และ 3.5 และ 4.5")
    assert said[-1].endswith("(4 + 3.5 + 4.5) ÷ 3 = 4")


def test_what_is_said_can_be_worked_out_again() -> None:
    found = row("weighted", "value: 72.5, reason: ก", "score: 3, reason: ข")
    assert found.score is not None
    said = explain.lines(found.score.trace)
    assert "หัวหน้า: ให้คะแนน 3.5 (ต่างจากก่อนหน้า 3.5 − 4 = −0.5)" in said
    assert said[-1].endswith("(20 × 4 + 30 × 3.5 + 50 × 3) ÷ (20 + 30 + 50) = 3.35")


def test_who_agrees_has_the_score_of_the_one_before() -> None:
    found = row("last", "value: 72.5, reason: ก", "state: agreed")
    assert str(found.score_shown) == "3.5000"
    assert found.score is not None
    assert "กรรมการ: เห็นด้วย 3.5" in explain.lines(found.score.trace)
    assert found.score.value == Fraction("72.5")


def test_milestones_are_assessed_as_they_are_reported() -> None:
    given = result("done: [1, 2, 3], reason: ก", "state: agreed", own="done: [1, 2, 3, 4]")
    assert score_of(STEPS, given, of=of()) == "3.0000"


@pytest.mark.parametrize(
    ("counts", "said", "waits"),
    [
        ("last", ("score: 3",), "รอการประเมินของกรรมการ"),
        ("last", (), "รอการประเมินของกรรมการ"),
        ("mean", (), "รอการประเมินของหัวหน้า และ กรรมการ"),
        ("last", ("state: returned, reason: ขาดหลักฐาน",), "หัวหน้าส่งคืนให้แก้ไข"),
        ("committee", ("state: agreed", "state: returned, reason: ขาด"), "กรรมการส่งคืนให้แก้ไข"),
    ],
)
def test_what_is_not_assessed_yet_is_no_number(
    counts: str, said: tuple[str, ...], waits: str
) -> None:
    found = row(counts, *said)
    assert (found.state, found.score, found.weighted) == ("open", None, None)
    assert explain.row_line(found).endswith(waits)


def test_who_does_not_count_need_not_have_assessed() -> None:
    assert str(row("supervisor", "score: 3").score_shown) == "3.0000"
    assert str(row("committee", "", "score: 2").score_shown) == "2.0000"


def test_units_of_other_levels_are_not_assessed() -> None:
    only = of(more="  levels: [person]")
    assert score_of(POINTS, "{value: 75}", of=only) == "4.0000"


APPEAL = ", appeal: {{reason: ก, day: 2566-05-01, decision: {{was: {was}, now: {now}, "
APPEAL += "reason: ข, by: คณะกรรมการอุทธรณ์, day: 2566-05-20}}}}"


def test_a_decision_on_an_appeal_counts() -> None:
    given = result("state: agreed", "score: 3", more=APPEAL.format(was="3", now="3.75"))
    found = one(POINTS, given, of=of())
    assert str(found.score_shown) == "3.7500"
    assert found.assessment is not None
    assert found.assessment.counted == 3
    assert found.score is not None
    assert explain.lines(found.score.trace)[-1] == (
        "คำวินิจฉัยอุทธรณ์ของคณะกรรมการอุทธรณ์ 20 พฤษภาคม 2566: คะแนนจาก 3 เป็น 3.75"
    )


def test_until_an_appeal_is_decided_the_score_stands() -> None:
    given = result("score: 2", "score: 3", more=", appeal: {reason: ก, day: 2566-05-01}")
    assert score_of(POINTS, given, of=of()) == "3.0000"


def test_the_score_before_an_appeal_is_named_as_it_is_printed() -> None:
    """(4 + 3 + 3) ÷ 3 is printed as 3.3333."""
    given = result("score: 3", "score: 3", more=APPEAL.format(was="3.3333", now="3.5"))
    assert score_of(POINTS, given, of=of("mean")) == "3.5000"


@pytest.mark.parametrize(
    ("given", "options", "said"),
    [
        (result("score: 3", "score: 3"), {"reasons": "differs"}, "the score differs from"),
        (result("state: agreed", "state: agreed"), {"reasons": "always"}, "หัวหน้า has to give"),
        (result("score: 5.5"), {}, "a score of 5.5 can't be given: the criteria give 1 to 5"),
        (result("score: 0"), {}, "a score of 0 can't be given"),
        (result("", "state: agreed"), {}, "it agrees with the score of the one before"),
        (
            result("state: returned, reason: ก", "score: 3"),
            {},
            "it was assessed after หัวหน้า had sent it back",
        ),
        (result("conclusion: ดี"), {}, "remarks stand here, and neither a score"),
        (result("done: [1]"), {}, "milestones are reported, but the criteria read a value"),
        (
            result("score: 3", "score: 3", more=APPEAL.format(was="4", now="5")),
            {},
            "the decision is on a score of 4, and what counted is 3",
        ),
        (
            result("score: 3", "score: 3", more=APPEAL.format(was="3", now="6")),
            {},
            "a score of 6 can't be given",
        ),
        (
            result("score: 3", more=", appeal: {reason: ก, day: 2566-05-01}"),
            {},
            "there is an appeal, and no score yet",
        ),
        (
            result("score: 3", "score: 3"),
            {"counts": "each_at_least", "more": "  at_least: 70\n  otherwise: 7"},
            "who falls short would score 7",
        ),
    ],
)
def test_misuse_is_no_number(given: str, options: dict[str, str], said: str) -> None:
    found = faults(POINTS, given, of=of(**options))
    assert any(said in fault for fault in found), found


CENTS = st.integers(100, 500)


@settings(max_examples=30, deadline=None)
@given(first=CENTS, second=CENTS, more=st.integers(0, 100))
def test_what_counts_is_bounded_and_follows_its_scores(first: int, second: int, more: int) -> None:
    for counts in ("last", "mean", "weighted", "supervisor"):
        a, b = Fraction(first, 100), Fraction(second, 100)
        found = row(counts, f"score: {first / 100:.2f}", f"score: {second / 100:.2f}").score
        assert found is not None
        expected = {
            "last": b,
            "supervisor": a,
            "mean": (4 + a + b) / 3,
            "weighted": (20 * 4 + 30 * a + 50 * b) / 100,
        }[counts]
        assert found.points == expected
        low, high = sorted((a, b, Fraction(4)))[::2]
        assert low <= found.points <= high
        higher = min(second + more, 500)
        again = row(counts, f"score: {first / 100:.2f}", f"score: {higher / 100:.2f}").score
        assert again is not None
        assert again.points >= found.points
