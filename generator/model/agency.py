"""An agency in one fiscal year: terms, weight tree, rounds, scales, grades, form."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated, Literal

from pydantic import Field

from .assessment import Assessment
from .competencies import CompetencyRule
from .components import Component
from .criteria import Decimals
from .exemptions import ExemptWeight
from .fields import (
    DataModel,
    Flag,
    Key,
    Line,
    Number,
    Positive,
    Text,
    Whole,
    Year,
    printed,
    unprinted,
)
from .levels import UnitLevel
from .rounds import MOST_BESIDE, MOST_ROUNDS, Round, RoundId, RoundSet
from .unit import Party, Use

SecondNamePlace = Literal["heads", "tables", "sheets", "report"]
"""A place where a form has English names below the Thai ones."""


class Terms(DataModel):
    """The agency's own words for the agreement and its parties."""

    agreement: Annotated[Line, printed("agreement")] = Field(
        description="คำรับรอง, การประเมินฯ or บันทึกข้อตกลง, as the clauses call it"
    )
    assessor: Annotated[Line, printed("agreement")] = Field(description="ผู้ประเมิน or ผู้รับคำรับรอง")
    assessee: Annotated[Line, printed("agreement")] = Field(
        description="ผู้รับการประเมิน or ผู้ทำคำรับรอง"
    )


class ScaleLevel(DataModel):
    """A level of a scale: its column heading and the points it is worth."""

    id: Key
    name: Annotated[Line, printed("agreement", "indicators", "report", "chart")]
    points: Number


class LevelScale(DataModel):
    """A named scale: 1–5, or ขั้นต้น / มาตรฐาน / ขั้นสูง at 50 / 75 / 100."""

    levels: list[ScaleLevel] = Field(min_length=2)
    below: Number = Field(description="the score of a value below the first level")


class Grade(DataModel):
    """A band of the total out of 100."""

    name: Annotated[Line, printed("report")]
    at_least: Number


class Policies(DataModel):
    """Every default that decides a score; printed on the report."""

    decimals: Decimals = Field(
        2,
        description="a value is rounded half-up to so many decimals before a ladder or a score "
        "table reads it",
    )
    points_decimals: Decimals = Field(
        "none",
        description="the same before points are interpolated; none: they read the value as it is",
    )
    combine: Literal["min", "mean", "weighted"] = Field(
        "min", description="how parts become one score"
    )
    rounds: Literal["separate", "last"] = Field(
        "separate",
        description="separate: each round is graded by itself; last: only the last round is graded",
    )
    exempt_weight: ExemptWeight | None = Field(
        None,
        description="what becomes of the weight of an indicator that isn't judged (exemptions): "
        "component: shared out in proportion within its component; tree: among all; given: to "
        "those that weight_to names; left-out: the total is worked out of what is left",
    )


class BlankForm(DataModel):
    """What the agency's blank form prints ready."""

    indicators: list[Use] = []
    rounds: list[Annotated[list[RoundId], Field(min_length=1, max_length=MOST_BESIDE)]] = Field(
        [],
        description="which rounds the table of criteria prints side by side; each further list "
        "stands below (none: two and two)",
    )
    rows: dict[Key, Whole] = Field({}, description="empty numbered rows, by component")


class MatrixRow(DataModel):
    """A row of the cascade matrix: an indicator, and where it comes from."""

    text: Annotated[Text, printed("framework")]
    indicator: Key | None = Field(
        None, description="the indicator whose users are responsible; none for a row of its own"
    )
    component: Key = Field(description="the component that bears the mark")
    origin: Annotated[Line, printed("framework")] = Field(description="ที่มาของตัวชี้วัด")
    responsible: Annotated[Line | None, printed("framework")] = Field(
        None, description="ผู้รับผิดชอบ as the source prints it; compared with who uses the indicator"
    )


class MatrixBlock(DataModel):
    """Rows of the matrix under one heading."""

    name: Annotated[Line, printed("framework")]
    rows: list[MatrixRow] = Field(min_length=1)


class Frame(DataModel):
    """A frame of indicators that one unit has, or several share."""

    title: Annotated[Line, printed("framework")]
    units: list[Key] = Field(min_length=1)


class StatementTable(DataModel):
    """A table of plain words. An empty cell goes on from the one above."""

    id: Key
    before: Annotated[Text | None, printed("framework")] = None
    heads: Annotated[list[Line], printed("framework")] = Field(min_length=1)
    rows: Annotated[list[list[Text | None]], printed("framework")] = Field(min_length=1)
    after: Annotated[Text | None, printed("framework")] = None


class PersonalRules(DataModel):
    """What the agreements of persons have in common (source 004, 5.3)."""

    components: list[Component] = Field(
        [], description="a person's weight tree, where it isn't the agency's"
    )
    weights_sum: Positive | None = Field(
        None, description="what all weights of that tree add up to, where not as the agency's"
    )
    mandatory: list[Key] = Field(
        [], description="indicators that every person has under (4) การพัฒนาตนเอง"
    )
    competencies: CompetencyRule | None = Field(
        None,
        description="how competencies become points, where a component of the tree is scored from "
        "them",
    )
    grades: list[Grade] = Field(
        [], description="the bands of a person's total, where they aren't the agency's"
    )


class Agency(DataModel):
    """``agency.yaml``: what all units of an agency share in one fiscal year."""

    fiscal_year: Year = Field(
        description="the year, in the Buddhist Era: 2570 is 1 October 2569 to 30 September 2570"
    )
    name: Annotated[Line, printed("agreement", "report", "framework", "chart")] = Field(
        description="the agency's name, as clauses and reports print it"
    )
    short: Annotated[Line | None, unprinted("the abbreviation helps to find files")] = None
    example: Flag = Field(False, description="true: every page says that it is an example")
    emblem: Annotated[
        Line | None, unprinted("a PNG file beside agency.yaml, printed as a picture")
    ] = None
    digits: Literal["arabic", "thai"] = Field(
        "arabic", description="the digits of what gen writes itself (dates, weights, page numbers)"
    )
    justified: Flag = Field(
        True,
        description="clauses and descriptions fill their lines, by room between words; false: "
        "their right edge is ragged",
    )
    numbering: Literal["component", "through"] | None = Field(
        None,
        description="how indicators are numbered, alike in tables, sheets and reports: from 1 in "
        "each component (the usual), or through the unit (the usual of a form goal by goal)",
    )
    terms: Terms
    rounds: list[Round] = Field(min_length=1, max_length=MOST_ROUNDS)
    round_sets: dict[Key, RoundSet] = Field(
        {}, description="rounds of some units in place of these, by a name of your own"
    )
    second_names: list[SecondNamePlace] = Field(
        [],
        description="where English names (name_en) stand below the Thai ones: heads (below the "
        "titles), tables (indicators and components of the agreement and of persons' forms), "
        "sheets, report (its table)",
    )
    baseline_years: list[Year] = Field([], description="the years of the summary table's ข้อมูลพื้นฐาน")
    scales: dict[Key, LevelScale] = Field(min_length=1)
    scale: Key = Field(description="the scale used where criteria name none")
    components: list[Component] = Field(min_length=1)
    weights_sum: Positive = Field(
        Decimal(100),
        description="what all weights of a tree add up to: 100 percent, 1 (0.50 + 0.50), or a "
        "number of points; ค = ก × ข ÷ this",
    )
    grades: list[Grade] = []
    policies: Policies = Policies()
    assessors: list[Party] = Field(
        [], description="who signs as assessor where a unit names nobody else"
    )
    assessment: Assessment | None = Field(
        None, description="who scores a result beside who reports it, and whose score counts"
    )
    form: BlankForm = BlankForm()
    personal: PersonalRules = PersonalRules()
    notes: Annotated[dict[UnitLevel, list[Text]], printed("framework")] = Field(
        {}, description="หมายเหตุ under the frames of units of a level"
    )
    bodies: Annotated[dict[Line, Line], unprinted("names behind abbreviations")] = Field(
        {}, description="bodies outside the agency's units that plans and frames may name"
    )
    statements: list[StatementTable] = Field(
        [], description="tables of words in the framework document"
    )
    matrix: list[MatrixBlock] = Field([], description="the cascade matrix of all units")
    frames: list[Frame] = Field([], description="the units' frames, in the order they are printed")

    @property
    def round_ids(self) -> tuple[str, ...]:
        """The rounds that any unit has, by which files and results name them."""
        lists = (self.rounds, *(of.rounds for of in self.round_sets.values()))
        return tuple(dict.fromkeys(round_.id for rounds in lists for round_ in rounds))
