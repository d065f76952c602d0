"""What can't be meant is said when it is written: bands, words, figures, years and days."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from generator.diagnostics import Diagnostic, Severity
from generator.model import Criteria, FormulaInput, Indicator
from generator.rules.plausible import remark
from generator.scoring.possible import fault, of_input, of_value
from support.reading import copy_agency, found_in

LEVELS = ("ขั้นต้น", "มาตรฐาน", "ขั้นสูง")
BANDS = ("{text: ก, less_than: 70}", "{text: ข, between: [70, 74.99]}", "{text: ค, at_least: 75}")


def found(tmp_path: Path, indicator: str, **more: str) -> list[Diagnostic]:
    """What is found in the small agency when one of its indicators says something else."""
    folder = copy_agency(tmp_path)
    (folder / "indicators" / "energy.yaml").write_text(f"name: ก\n{indicator}\n", "utf-8")
    (folder / "indicators" / "service.yaml").write_text("name: ข\n", "utf-8")
    (folder / "หนึ่ง.yaml").unlink()
    (folder / "results" / "1" / "หนึ่ง.yaml").unlink()
    own = "level: division\nindicators:\n  - {use: energy, component: potential, weight: 30}\n"
    (folder / "สอง.yaml").write_text(own + more.pop("unit", ""), "utf-8")
    for name, text in more.items():
        path = folder / name.replace("__", "/")
        path = path.with_suffix(".yaml")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    return [one for one in found_in(folder) if "has no criteria" not in one.message]


def shown(faults: list[Diagnostic]) -> list[str]:
    return [
        f"{one.location.path.stem}:{one.location.line}:{one.location.column} "
        f"{one.severity.value}: {one.message}"
        for one in faults
    ]


def ladder(*levels: str, head: str = "", before: str = "measure: ร้อยละ") -> str:
    rows = "\n".join(f"      {name}: {level}" for name, level in zip(LEVELS, levels, strict=True))
    return f"{before}\ncriteria:\n  all:\n    read: ladder\n    {head}\n    levels:\n{rows}"


# Bands


@pytest.mark.parametrize(
    ("levels", "head", "expected"),
    [
        (
            (
                "{text: ก, less_than: 70}",
                "{text: ข, between: [70, 74.98]}",
                "{text: ค, at_least: 75}",
            ),
            "",
            [
                "error: a gap: 74.99 would lie between level มาตรฐาน (70 to 74.98) and level ขั้นสูง "
                "(at least 75)"
            ],
        ),
        (
            (
                "{text: ก, less_than: 70}",
                "{text: ข, between: [70, 74.99]}",
                "{text: ค, at_least: 75}",
            ),
            "",
            [],
        ),
        (
            ("{text: ก, less_than: 70}", "{text: ข, between: [70, 74]}", "{text: ค, at_least: 75}"),
            "decimals: 0",
            [],
        ),
        (
            (
                "{text: ก, less_than: 70}",
                "{text: ข, between: [70, 74.99]}",
                "{text: ค, at_least: 75}",
            ),
            "decimals: 3",
            ["error: a gap: 74.995 would lie between"],
        ),
        (
            (
                "{text: ก, less_than: 70}",
                "{text: ข, between: [70, 74.99]}",
                "{text: ค, at_least: 75}",
            ),
            "decimals: none",
            ["warning: a gap: 74.995"],
        ),
        (
            (
                "{text: ก, more_than: 30}",
                "{text: ข, between: [20, 28]}",
                "{text: ค, less_than: 20}",
            ),
            "",
            ["error: a gap: 29 would lie between level ขั้นต้น (more than 30) and level มาตรฐาน"],
        ),
        (
            ("{text: ก, less_than: 70}", "{text: ข, between: [70, 80]}", "{text: ค, at_least: 75}"),
            "",
            ["error: an overlap: 75 meets level มาตรฐาน (70 to 80) and level ขั้นสูง (at least 75)"],
        ),
        (
            ("{text: ก, at_most: 70}", "{text: ข, between: [70, 80]}", "{text: ค, more_than: 80}"),
            "",
            ["error: an overlap: 70 meets level ขั้นต้น"],
        ),
        (
            ("{text: ก, at_least: 80}", "{text: ข, at_least: 70}", "{text: ค, at_least: 90}"),
            "",
            ["error: level ขั้นต้น (at least 80) is never reached: what meets it meets level มาตรฐาน"],
        ),
        (("{text: ก, at_least: 60}", "{text: ข, at_least: 70}", "{text: ค, at_least: 80}"), "", []),
        (("{text: ก, done: 1}", "{text: ข, at_least: 70}", "{text: ค, at_least: 80}"), "", []),
        (
            ("{text: ก, less_than: 60}", "'...'", "{text: ค, at_least: 80}"),
            "",
            ["warning: level มาตรฐาน of indicator 'energy' is open"],
        ),
        (
            ("{text: ก, less_than: 60}", "'-'", "{text: ค, at_least: 80}"),
            "",
            ["error: a gap: 70 would lie between level ขั้นต้น"],
        ),
    ],
)
def test_bands_are_checked_when_they_are_written(
    tmp_path: Path, levels: tuple[str, ...], head: str, expected: list[str]
) -> None:
    lines = [line.partition(" ")[2] for line in shown(found(tmp_path, ladder(*levels, head=head)))]
    assert len(lines) == len(expected), lines
    for line, start in zip(lines, expected, strict=True):
        assert line.startswith(start)


def test_what_is_counted_comes_in_whole_numbers(tmp_path: Path) -> None:
    levels = ("{text: ก, less_than: 5}", "{text: ข, between: [5, 9]}", "{text: ค, at_least: 10}")
    assert not found(tmp_path / "a", ladder(*levels, before="measure: ราย"))
    assert found(tmp_path / "b", ladder(*levels, before="measure: คะแนน"))


def test_rows_of_a_score_table_are_bands_too(tmp_path: Path) -> None:
    rows = """
measure: คะแนน
value:
  formula: score
  inputs: {used: {name: ใช้}}
  lookups:
    score:
      of: used
      rows:
        - {gives: 1, less_than: 10, text: ต่ำกว่า 10}
        - {gives: 2, between: [11, 19.99], text: 11.00 – 19.99}
        - {gives: 3, at_least: 20, text: 25 ขึ้นไป}
"""
    assert shown(found(tmp_path, rows)) == [
        "energy:12:11 error: a gap: 10 would lie between the row of 1 (less than 10) and "
        "the row of 2 (11 to 19.99)",
        "energy:13:11 error: the words of the row of 3 say 'at least 25', its condition is "
        "'at least 20'",
    ]


# Words and conditions


@pytest.mark.parametrize(
    ("level", "line"),
    [
        (
            "{text: 80.00 ขึ้นไป, at_least: 90}",
            "error: the words of level ขั้นสูง say 'at least 80', its condition is 'at least 90'",
        ),
        (
            "{text: มากกว่าร้อยละ ๙๐, at_least: 90}",
            "error: the words of level ขั้นสูง say 'more than 90', its condition is 'at least 90'",
        ),
        (
            "{text: ร้อยละ 95, at_least: 90}",
            "error: the words of level ขั้นสูง say 95, its condition is 'at least 90'",
        ),
        (
            "{text: ร้อยละ 90 ขึ้นไป, table: ร้อยละ 91 ขึ้นไป, at_least: 90}",
            "error: the words of level ขั้นสูง say 'at least 91', its condition is 'at least 90'",
        ),
        (
            "{text: เบิกจ่ายได้ไม่น้อยกว่าร้อยละ 95 ของแผน, at_least: 90}",
            "warning: the words of level ขั้นสูง say 'at least 95', its condition is 'at least 90'",
        ),
        ("{text: ร้อยละ 90.00 – 100, at_least: 90}", None),
        ("{text: มากกว่าร้อยละ 89.99, at_least: 90}", None),
        ("{text: ประชุม 3 ครั้ง และได้ร้อยละ 90, at_least: 90}", None),
        ("{text: ดีเยี่ยม, at_least: 90}", None),
        ("{text: ไม่น้อยกว่าร้อยละ 90, all: [{at_least: 90}, {done: 1}]}", None),
    ],
)
def test_words_are_compared_with_their_condition(
    tmp_path: Path, level: str, line: str | None
) -> None:
    lines = shown(
        found(tmp_path, ladder("{text: ก, at_least: 50}", "{text: ข, at_least: 60}", level))
    )
    assert [one.partition(" ")[2] for one in lines] == ([] if line is None else [line])


def test_words_may_leave_out_what_better_levels_take(tmp_path: Path) -> None:
    levels = ("{text: ต่ำกว่า 60, at_least: 0}", "{text: 60 – 79, at_least: 60}")
    assert not found(tmp_path, ladder(*levels, "{text: 80 ขึ้นไป, at_least: 80}", head="decimals: 0"))


def test_words_are_compared_with_the_value_of_points(tmp_path: Path) -> None:
    points = ladder("{text: ร้อยละ 70, value: 70}", "{text: ร้อยละ 80, value: 85}", "'90'")
    lines = shown(found(tmp_path, points.replace("read: ladder", "read: points")))
    assert lines == ["energy:9:16 error: the words of level มาตรฐาน say 80, its value is 85"]


# Figures


@pytest.mark.parametrize(
    ("indicator", "value", "expected"),
    [
        ("measure: ราย", "-4", "-4 isn't possible: at least 0 is"),
        ("measure: ร้อยละ", "815", "815 per cent isn't possible: at most 100 is"),
        ("measure: ร้อยละ", "-1", "the percentage -1 is negative"),
        ("measure: คะแนน", "910.37", "910.37 isn't possible: at most 100 is"),
        ("measure: ครั้ง", "99999", None),
        ("measure: ร้อยละ", "100", None),
        ("{measure: ร้อยละ, value: {negative: true}}", "-300", None),
        ("{measure: ร้อยละ, possible: {at_most: 150}}", "140", None),
        ("{measure: ร้อยละ, possible: {at_most: 150}}", "151", "151 per cent isn't possible"),
        ("{measure: บาท, possible: {at_least: -10}}", "-11", "-11 isn't possible: at least -10 is"),
        ("{measure: ร้อยละ, baselines: [{years: {2565: {text: x, value: 104}}}]}", "120", None),
        ("{measure: คะแนน, baselines: [{years: {2565: {text: x, value: 449.83}}}]}", "460", None),
        ("{}", "-4", None),
    ],
)
def test_what_is_possible_follows_from_the_measure(
    indicator: str, value: str, expected: str | None
) -> None:
    import yaml

    said = {"name": "ก", **yaml.safe_load(indicator)}
    bounds = of_value(_model(said), None)
    wrong = fault(Decimal(value), bounds)
    assert (wrong is None) == (expected is None)
    if wrong is not None and expected is not None:
        assert str(wrong[0]).startswith(expected)
        assert str(wrong[1])


def _model(said: object) -> Indicator:
    def typed(value: object) -> object:
        if isinstance(value, dict):
            return {str(key): typed(inner) for key, inner in value.items()}
        if isinstance(value, list):
            return [typed(inner) for inner in value]
        return str(value).lower() if isinstance(value, bool) else str(value)

    return Indicator.model_validate(typed(said))


def _reading(*values: int) -> Criteria:
    levels = {str(n): {"text": f"ร้อยละ {v}", "at_least": str(v)} for n, v in enumerate(values, 1)}
    return Criteria.model_validate({"read": "ladder", "levels": levels})


def test_levels_show_what_is_possible() -> None:
    """A target of 100 per cent may be surpassed; the levels' own words tell a percentage."""
    indicator = Indicator.model_validate({"name": "ก", "measure": "ระดับความสำเร็จ"})
    assert of_value(indicator, _reading(60, 80, 90)).most == 100
    assert of_value(indicator, _reading(60, 80, 100)).most == 200
    assert of_value(indicator, None).most is None


@pytest.mark.parametrize(
    ("value", "meant"), [("0.8152", "81.52"), ("1", "100"), ("7.2", None), ("0", None)]
)
def test_a_fraction_typed_for_a_percentage_is_remarked_on(value: str, meant: str | None) -> None:
    indicator = Indicator.model_validate({"name": "ก", "measure": "ร้อยละ"})
    found = remark(Decimal(value), of_value(indicator, _reading(60, 80, 90)))
    assert (found is None) == (meant is None)
    if found is not None:
        assert f"write {meant}" in str(found[1])


def test_small_percentages_are_no_slips_where_levels_are_small() -> None:
    indicator = Indicator.model_validate({"name": "ก", "measure": "ร้อยละ"})
    assert remark(Decimal("0.5"), of_value(indicator, _reading(1, 2, 3))) is None


def test_a_count_far_from_everything_is_remarked_on() -> None:
    indicator = Indicator.model_validate({"name": "ก", "measure": "เรื่อง"})
    levels = {str(n): {"text": f"{n} เรื่อง", "at_least": str(n)} for n in (1, 2, 3)}
    reading = Criteria.model_validate({"read": "ladder", "levels": levels})
    assert remark(Decimal(12), of_value(indicator, reading)) is None
    assert remark(Decimal(4000), of_value(indicator, reading)) is not None


@pytest.mark.parametrize(
    ("about", "value", "wrong"),
    [
        ({"name": "จำนวนคดี", "measure": "คดี"}, "-4", True),
        ({"name": "จำนวนคดี"}, "-4", True),
        ({"name": "ร้อยละของเป้าหมาย", "measure": "ร้อยละ"}, "815", True),
        ({"name": "ขยะลดลง", "measure": "ร้อยละ"}, "-4", False),
        ({"name": "อุณหภูมิ", "possible": {"at_least": "-60"}}, "-4", False),
        ({"name": "คดี", "possible": {"at_most": "10"}}, "11", True),
    ],
)
def test_figures_of_a_formula_have_bounds_too(
    about: dict[str, object], value: str, wrong: bool
) -> None:
    bounds = of_input(FormulaInput.model_validate(about))
    assert (fault(Decimal(value), bounds) is not None) == wrong


def test_slips_in_results_are_said_with_their_place(tmp_path: Path) -> None:
    results = "fiscal_year: 2566\nresults:\n  energy: {value: 0.8152}\n"
    levels = ("{text: ก, at_least: 60}", "{text: ข, at_least: 70}", "{text: ค, at_least: 80}")
    (one,) = found(tmp_path, ladder(*levels), results__1__สอง=results)
    assert one.severity is Severity.WARNING
    assert (one.location.path.parent.name, one.location.line, one.location.column) == ("1", 3, 19)
    assert one.hint == "if 81.52 per cent is meant, write 81.52"


def test_a_level_beyond_what_is_possible(tmp_path: Path) -> None:
    levels = ("{text: ก, at_least: 60}", "{text: ข, at_least: 70}", "{text: ค, at_least: 130}")
    head = "measure: ร้อยละ\npossible: {at_most: 120}"
    (one,) = found(tmp_path, ladder(*levels, before=head))
    assert one.message.startswith("level ขั้นสูง asks for what isn't possible: 130 per cent")


def test_a_last_band_that_ends_too_early(tmp_path: Path) -> None:
    levels = ("{text: ก, less_than: 60}", "{text: ข, between: [60, 79.99]}")
    (one,) = found(tmp_path, ladder(*levels, "{text: ค, between: [80, 95]}"))
    assert one.severity is Severity.WARNING
    assert one.message.startswith("a value above 95 up to 100 is possible, and level ขั้นสูง")


def test_possible_says_something_and_in_order(tmp_path: Path) -> None:
    for said in ("{}", "{at_least: 5, at_most: 4}"):
        lines = shown(found(tmp_path / said, f"possible: {said}"))
        assert len(lines) == 1, lines


# Past years


@pytest.mark.parametrize(
    ("years", "expected"),
    [
        ("2565: {text: x, value: 95}", None),
        ("2566: {text: x, value: 95}", "warning: 2566 is no past year of fiscal year 2566"),
        ("2650: {text: x, value: 95}", "error: 2650 is no past year of fiscal year 2566"),
        ("๒๖๕๐: {text: x, value: 95}", "error: 2650 is no past year of fiscal year 2566"),
        ("2465: {text: x, value: 95}", "error: 2465 is no past year of fiscal year 2566"),
        ("2566: ", None),
        ("2565: {text: x, value: -3}", "error: 2565: the percentage -3 is negative"),
        (
            "2565: {text: ร้อยละ 95.20, value: 92.50}",
            "warning: the words of 2565 say 95.2, the figure is 92.5",
        ),
    ],
)
def test_baselines_are_of_past_years(tmp_path: Path, years: str, expected: str | None) -> None:
    lines = shown(found(tmp_path, f"measure: ร้อยละ\nbaselines:\n  - years: {{{years}}}\n"))
    assert [line.partition(" ")[2] for line in lines] == ([] if expected is None else [expected])
    assert all(line.startswith("energy:4:") for line in lines)


def test_the_agency_s_years_and_rounds_and_grades(tmp_path: Path) -> None:
    folder = copy_agency(tmp_path)
    path = folder / "agency.yaml"
    text = path.read_text("utf-8")
    for old, new in (
        ("[2564, 2565]", "[2564, 2654]"),
        ("end: 31 มีนาคม 2566", "end: 31 มีนาคม 2656"),
        ("at_least: 90", "at_least: 900"),
    ):
        assert old in text
        text = text.replace(old, new)
    path.write_text(text, "utf-8")
    assert [one.message for one in found_in(folder) if one.location.path == path] == [
        "round 1 ends 31 มีนาคม 2656, far from fiscal year 2566",
        "round 2 ends before round 1, which stands above it",
        "2654 is no past year of fiscal year 2566",
        "a total is out of 100, so none is 900",
    ]


@pytest.mark.parametrize(
    ("signed", "wrong"),
    [
        ("1 พฤศจิกายน 2565", False),
        ("2022-09-15", False),
        ("1 พฤศจิกายน 2650", True),
        ("1 พฤศจิกายน 2556", True),
        ("1022-11-01", True),
    ],
)
def test_the_day_of_signing_is_near_the_year(tmp_path: Path, signed: str, wrong: bool) -> None:
    lines = shown(found(tmp_path, "measure: ร้อยละ", unit=f"signed: {signed}\n"))
    assert len(lines) == wrong
    assert all(" error: the day of signing is " in line for line in lines)


def test_a_period_ends_after_it_starts_and_near_the_year(tmp_path: Path) -> None:
    lines = shown(found(tmp_path, "period: {start: 1 ตุลาคม 2566, end: 1 มกราคม 2566}"))
    assert lines == ["energy:2:37 error: the period ends before it starts"]
    lines = shown(found(tmp_path / "b", "period: {start: 1 ตุลาคม 2656, end: 1 มกราคม 2657}"))
    assert len(lines) == 2


BAND = """\
measure: ร้อยละ
criteria:
  all:
    read: band
    levels:
      ขั้นต้น: {text: ±20, between: [-20, 20]}
      มาตรฐาน: {text: ±15, between: [-15, 15]}
      ขั้นสูง: {text: ±10, between: [-10, 10]}
"""


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("ก", "ก", None),
        ("[-15, 15]", "[-20, 15]", "bands-not-nested"),
        ("between: [-20, 20]", "at_most: 20", "level-without-band"),
        ("{text: ±15, between: [-15, 15]}", '"15"', "level-without-band"),
        ("text: ±15", "text: ไม่เกินร้อยละ 25", "words-differ-from-condition"),
        ("[-15, 15]", "[15, -15]", "between-takes-two"),
        ("read: band", "read: ladder\n    below: linear", "linear-below-a-ladder"),
    ],
)
def test_bands_lie_one_inside_the_other(
    tmp_path: Path, old: str, new: str, code: str | None
) -> None:
    told = found(tmp_path, BAND.replace(old, new))
    assert (code in {one.code for one in told}) if code is not None else told == []


@pytest.mark.parametrize(
    ("negative", "levels", "is_told"),
    [
        ("negative: true", ("20", "15", "10"), True),
        ("negative: true", ("10", "15", "20"), False),
        ("negative: true", ("20", "0", "-20"), False),
        ("negative: false", ("20", "15", "10"), False),
    ],
)
def test_that_less_than_nought_is_best_is_said(
    tmp_path: Path, negative: str, levels: tuple[str, ...], is_told: bool
) -> None:
    each = ", ".join(f'{name}: "{at}"' for name, at in zip(LEVELS, levels, strict=True))
    criteria = f"criteria: {{all: {{read: points, levels: {{{each}}}}}}}"
    indicator = f"measure: ร้อยละ\nvalue: {{{negative}}}\n{criteria}"
    told = [one for one in found(tmp_path, indicator) if one.code == "below-nought-is-best"]
    assert [one.severity for one in told] == ([Severity.WARNING] if is_told else [])


# What an indicator says it is


STEPS = ("{text: ก, done: 1}", "{text: ข, done: 2}", "{text: ค, all: [{done: 3}, {done: 4}]}")
MIXED = ("{text: ก, done: 1}", "{text: ข, at_least: 50}", "{text: ค, at_least: 80}")


@pytest.mark.parametrize(
    ("kind", "levels", "said"),
    [
        ("milestone", STEPS, ""),
        ("milestone", MIXED, ""),
        ("milestone", BANDS, "no level asks for one that is done"),
        ("quantity", BANDS, ""),
        ("quantity", MIXED, ""),
        ("quantity", STEPS, "its levels ask for nothing but steps"),
        ("quantity", ("{text: ก, done: 1}", '"-"', "{text: ค, value: 80}"), ""),
    ],
)
def test_a_kind_goes_with_what_the_levels_ask_for(
    tmp_path: Path, kind: str, levels: tuple[str, ...], said: str
) -> None:
    text = ladder(*levels, before=f"kind: {kind}\nmeasure: ร้อยละ")
    told = [
        fault
        for fault in found(tmp_path, text)
        if fault.code in ("milestone-without-step", "quantity-of-steps-alone")
    ]
    assert [said in fault.message for fault in told] == [True] * bool(said)
    assert all(fault.severity is Severity.WARNING and fault.location.line == 2 for fault in told)


@pytest.mark.parametrize(
    "criteria",
    [
        'read: points, levels: {ขั้นต้น: "40", มาตรฐาน: "60", ขั้นสูง: "60"}',
        "read: ladder, levels: {ขั้นต้น: {text: 40, at_least: 40}, "
        "มาตรฐาน: {text: 60, at_least: 60}, ขั้นสูง: {text: 60, at_least: 60}}",
    ],
)
def test_a_repeated_target_is_remarked_on(tmp_path: Path, criteria: str) -> None:
    folder = copy_agency(tmp_path)
    (folder / "สาม.yaml").write_text(
        "level: division\nindicators:\n  - id: a\n    component: agenda\n"
        f"    define:\n      name: ก\n      criteria:\n        1: {{{criteria}}}\n",
        "utf-8",
    )
    found = [fault for fault in found_in(folder) if fault.code == "target-repeated"]
    assert [fault.severity for fault in found] == [Severity.WARNING]
    assert "earns level ขั้นสูง" in found[0].message
    assert not [fault for fault in found_in(folder) if fault.severity is Severity.ERROR]
