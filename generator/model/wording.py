"""``wording.yaml``: the fixed words of an agency's forms, each standing once.

Texts may hold the fields that ``wording_fields`` lists, written ``[[unit]]``, or
``[[unit|....]]`` with what a blank form prints in its place.
"""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from .fields import DataModel, Flag, Line, Text, printed
from .levels import LEVEL_NAMES, UnitLevel
from .person import Aspect
from .report_words import OverviewWords, ReportWords, SignedLine
from .sheet_words import SheetWords
from .survey_words import SurveyWords

_AGREEMENT = printed("agreement")
Words = Annotated[Line, _AGREEMENT]
FrameLine = Annotated[Line, printed("framework")]
PersonLine = Annotated[Line, printed("personal")]
PersonText = Annotated[Text, printed("personal")]
ChartLine = Annotated[Line, printed("chart")]


class HeadMarks(DataModel):
    """What stands at the head of every page of a draft or an example."""

    draft: Words
    example: Words


class ClauseWords(DataModel):
    """A numbered clause; ``parties`` puts the signers' lines below it."""

    text: Words
    parties: Flag = False


class SignatureWords(DataModel):
    """The lines of a signature block, from the dotted line down."""

    line: Words
    name: Words
    position: Words
    date: Words
    purpose: Words = Field(description="what an electronic signature field is for, as its tooltip")
    electronic: list[SignedLine] = Field(
        [],
        description="the lines that an electronic signature shows; without them none can be made",
        max_length=4,
    )


class DutiesWords(DataModel):
    """The part หน้าที่ เป้าประสงค์ และตัวชี้วัด; guidance prints on blank forms only."""

    heading: Words
    duties: Words
    guidance: Annotated[Text, _AGREEMENT]
    strategy: Words
    issue: Words
    goal: Words
    indicator: Words
    issue_guidance: Annotated[Text, _AGREEMENT]
    goal_guidance: Annotated[Text, _AGREEMENT]
    indicator_guidance: Annotated[Text, _AGREEMENT]


class CriteriaWords(DataModel):
    """The table of criteria for all rounds."""

    heading: Words
    indicator: Words
    weight: Words
    total: Words


class SummaryWords(DataModel):
    """The summary table with baselines."""

    heading: Words
    issue: Words
    goal: Words
    indicator: Words
    weight: Words
    baselines: Words


class WeightsWords(DataModel):
    """The table of what the components weigh (source 001, lines 123–138)."""

    text: Annotated[Text, _AGREEMENT] = Field(description="what stands above the table")
    component: Words
    weight: Words
    levels: Words
    total: Words


class TablesWords(DataModel):
    """A table of criteria for each component that holds indicators (source 001, lines 149–196)."""

    indicator: Words
    weight: Words
    baselines: Words
    levels: Words
    total: Words
    none: Words = Field(description="what stands where there is no past result")


class GoalsWords(DataModel):
    """One table goal by goal, the criteria of an indicator in one cell (source 003)."""

    goal: Words
    indicator: Words
    criteria: Words
    weight: Words
    source: Words
    numbered: Words = Field(
        description="an indicator's cell; [[number]] is its number, [[name]] its name"
    )


class AgreementWords(DataModel):
    """The form that both parties sign, and the parts that the agency's form has."""

    title: Annotated[list[Line], _AGREEMENT] = Field(min_length=1)
    clauses: list[ClauseWords] = []
    party: Annotated[list[Line], _AGREEMENT] = Field(
        [], description="a signer's lines below the clause that has parties"
    )
    between: Words | None = Field(None, description="the word between the parties")
    signature: SignatureWords
    duties: DutiesWords | None = Field(None, description="หน้าที่ เป้าประสงค์ และตัวชี้วัด")
    criteria: CriteriaWords | None = Field(None, description="one table of all rounds' criteria")
    summary: SummaryWords | None = Field(None, description="one table of baselines and criteria")
    weights: WeightsWords | None = Field(None, description="a table of the components' weights")
    tables: TablesWords | None = Field(None, description="a table of criteria for each component")
    goals: GoalsWords | None = Field(None, description="one table, goal by goal")


class FrameworkWords(DataModel):
    """The agency's framework: headings and heads of its tables."""

    title: Annotated[list[Line], printed("framework")] = Field(min_length=1)
    links_heading: FrameLine
    link: FrameLine
    department_numbers: FrameLine
    department_heading: FrameLine
    department_links: FrameLine
    matrix_heading: FrameLine
    everyone: FrameLine = Field(description="who is responsible where every division is")
    all_of: FrameLine | None = Field(
        None, description="who is responsible where all units of a level are, called [[level]]"
    )
    frames: FrameLine | None = Field(
        None,
        description="the heading of the frames of a level's units, where none are stated",
    )
    number: FrameLine
    name: FrameLine
    indicator: FrameLine
    components: FrameLine
    origin: FrameLine
    responsible: FrameLine
    weight: FrameLine
    total: FrameLine
    note: FrameLine
    surveys: FrameLine | None = Field(
        None, description="which [[surveys]] give the result of the indicator [[number]]"
    )


class ChartWords(DataModel):
    """The agency's framework on one page."""

    title: Annotated[list[Line], printed("chart")] = Field(min_length=1)
    weight: ChartLine = Field(description="[[weight]] is the weight of a component or indicator")
    target: ChartLine = Field(description="[[target]] is a project's target with its measure")
    levels: ChartLine = Field(description="the head of the level tables")
    count: ChartLine = Field(description="the row of counts; [[measure]] is what is counted")
    apart: ChartLine = Field(
        description="what stands below the name of components that don't count"
    )


class AspectWords(DataModel):
    """An aspect of the duties form; the guidance prints on the blank form."""

    heading: PersonLine
    guidance: PersonText


class DutyFormWords(DataModel):
    """แบบแสดงภาระหน้าที่/ความรับผิดชอบ."""

    heading: PersonLine
    work: PersonLine
    goals: PersonLine
    indicators: PersonLine
    above: PersonLine = Field(description="the goals and indicators of the unit above")
    goal: PersonLine = Field(description="the word before a goal of the unit above")
    indicator: PersonLine = Field(description="the word before an indicator of the unit above")
    order: PersonLine = Field(description="the word before what assigns a special work")
    aspects: dict[Aspect, AspectWords]
    guidance: PersonText


class AchievementWords(DataModel):
    """แบบ ปผ.2: the heads of its table; the guidance prints on the blank form."""

    heading: PersonLine
    indicator: PersonLine
    target: PersonLine
    result: PersonLine
    score: PersonLine
    weight: PersonLine
    weighted: PersonLine
    total: PersonLine
    guidance: PersonText


class CompetenceWords(DataModel):
    """แบบ ปผ.3: the heads of its table; the guidance prints on the blank form."""

    heading: PersonLine
    number: PersonLine
    name: PersonLine
    expected: PersonLine
    assessed: PersonLine
    guidance: PersonText


class PersonalWords(DataModel):
    """The individual forms (source 004, 5.3)."""

    title: Annotated[list[Line], printed("personal")] = Field(min_length=1)
    facts: Annotated[list[Line], printed("personal")] = Field(
        [], description="lines that say who is assessed and by whom"
    )
    round: PersonLine = Field(description="a round: [[number]], [[from]] and [[to]]")
    duties: DutyFormWords
    achievement: AchievementWords
    competence: CompetenceWords
    signatures: PersonLine


class Wording(DataModel):
    """The words of all forms of an agency."""

    blank: Words = Field(description="the dotted line that stands where something is missing")
    row: Words = Field(description="what follows the number of an empty row")
    page: Words = Field(description="the word before the page number")
    footer: Words
    id: Words = Field(description="the words before the document's id at the foot of each page")
    emblem: Words = Field(description="the alternative text of the emblem")
    marks: HeadMarks
    agreement: AgreementWords
    sheet: SheetWords | None = Field(
        None, description="the labels of the indicators' sheets, where the agency has sheets"
    )
    report: ReportWords | None = Field(None, description="the words of the report of results")
    summary: OverviewWords | None = Field(None, description="the words of the agency's summary")
    survey: SurveyWords | None = Field(
        None, description="the words of questionnaires and of the reports on their answers"
    )
    personal: PersonalWords | None = Field(
        None, description="the words of the individual forms (duties, ปผ.2, ปผ.3)"
    )
    framework: FrameworkWords | None = Field(
        None, description="the headings of the agency's framework, where there is one"
    )
    chart: ChartWords | None = Field(
        None, description="the words of the framework on one page, where there is one"
    )


def names_of_unit_levels(words: Wording) -> dict[UnitLevel, str]:
    """What units are called by level: in the agency's words, where it has any."""
    own = words.summary.levels if words.summary is not None else {}
    return {**LEVEL_NAMES, **own}
