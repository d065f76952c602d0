"""The words of ``wording.yaml`` for what is made after a round: a unit's report, the summary."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from .by_row import RowWords
from .fields import DataModel, Line, printed, unprinted
from .levels import UnitLevel

ReportLine = Annotated[Line, printed("report")]
SignedLine = Annotated[Line, unprinted("shown by an electronic signature, which is made later")]
SummaryLine = Annotated[Line, printed("summary")]


class AssessmentWords(DataModel):
    """The tables of the report on several assessors, where an agency has them."""

    heading: ReportLine = "ผลการประเมินของผู้ประเมินแต่ละฝ่าย"
    counted: ReportLine = Field("คะแนนที่ใช้", description="the head over the score that counts")
    difference: ReportLine = Field(
        "(ต่าง [[difference]])", description="how a score differs from the one before"
    )
    missing: ReportLine = Field("ยังไม่ประเมิน", description="who hasn't assessed the result yet")
    agreed: ReportLine = "เห็นด้วย"
    disagreed: ReportLine = "ไม่เห็นด้วย"
    returned: ReportLine = "ส่งคืนให้แก้ไข"
    remarks: ReportLine = Field("ความเห็นของผู้ประเมิน", description="the heading over what they said")
    assessor: ReportLine = "ผู้ประเมิน"
    day: ReportLine = "วันที่"
    reason: ReportLine = Field("ความเห็น เหตุผล", description="the head over state and reason")
    conclusion: ReportLine = "ข้อสรุป"
    strengths: ReportLine = "จุดเด่น"
    improve: ReportLine = "สิ่งที่ควรปรับปรุง"
    score: ReportLine = Field("คะแนน [[score]]", description="a score that was given earlier")
    result: ReportLine = Field("ผล [[result]]", description="a result that was given earlier")
    replaced: ReportLine = Field(
        "(แทนที่เมื่อ [[date]])", description="when an earlier state was replaced"
    )
    appeals: ReportLine = Field("การอุทธรณ์ผลการประเมิน", description="the heading over appeals")
    appeal: ReportLine = Field("เหตุที่อุทธรณ์", description="the head over why it was appealed")
    was: ReportLine = "คะแนนเดิม"
    now: ReportLine = "คะแนนใหม่"
    decision: ReportLine = Field("เหตุผลของคำวินิจฉัย", description="the head over why it was decided")
    by: ReportLine = Field("ผู้วินิจฉัย", description="the head over who decided, and when")
    pending: ReportLine = Field("อยู่ระหว่างพิจารณา", description="an appeal without a decision")


class ReportSignatureWords(DataModel):
    """The end of a report: what both parties say, and where they sign, as on the agreement."""

    heading: ReportLine | None = None
    comment: ReportLine | None = Field(
        None, description="the line over what a party says; [[role]] is what it is called"
    )
    space: Annotated[list[Line], printed("report")] = Field(
        [], description="the dotted lines to write on where a party says nothing", max_length=6
    )
    line: ReportLine
    name: ReportLine
    position: ReportLine
    date: ReportLine
    purpose: ReportLine = Field(
        description="what an electronic signature field is for, as its tooltip"
    )
    electronic: list[SignedLine] = Field(
        [],
        description="the lines that an electronic signature shows; without them none can be made",
        max_length=4,
    )


class GlanceWords(DataModel):
    """The beginning of a report: the result at a glance."""

    component: ReportLine = Field("องค์ประกอบ", description="the head over the components' names")
    open: Annotated[Line, unprinted("only where an indicator has no score")] = Field(
        "ตัวชี้วัดที่ยังไม่มีคะแนน: [[indicators]]",
        description="which indicators have no score yet: [[indicators]]",
    )
    assessee: ReportLine = Field("ผู้รายงานผล: [[who]]", description="who reports: [[who]]")
    assessor: ReportLine = Field("ผู้รับรองผล: [[who]]", description="who certifies: [[who]]")


class ReportWords(DataModel):
    """The report of results: headings and heads of its tables."""

    title: Annotated[list[Line], printed("report")] = Field(min_length=1)
    round: ReportLine = Field(description="the title's last line; [[round]] is the round's name")
    indicator: ReportLine
    target: ReportLine
    result: ReportLine
    score: ReportLine
    weight: ReportLine
    weighted: ReportLine
    total: ReportLine
    policies: ReportLine
    scores: ReportLine
    full: ReportLine = Field(description="[[full]] is the full mark")
    years: ReportLine
    year: ReportLine
    scale: ReportLine
    figure: ReportLine
    explained: ReportLine
    evidence: ReportLine
    assessment: AssessmentWords = Field(
        AssessmentWords(), description="the tables of several assessors, where there are some"
    )
    glance: GlanceWords = Field(
        GlanceWords(), description="what the report begins with: the result at a glance"
    )
    rows: RowWords | None = Field(
        None, description="the words of the tables of rows, where results come row by row"
    )
    signature: ReportSignatureWords | None = Field(
        None, description="where both parties sign the report, where the form says so"
    )


class OverviewWords(DataModel):
    """The agency's summary of a round."""

    title: Annotated[list[Line], printed("summary")] = Field(min_length=1)
    place: SummaryLine
    unit: SummaryLine
    total: SummaryLine
    percent: SummaryLine
    grade: SummaryLine
    open: SummaryLine
    heat: SummaryLine
    indicators: SummaryLine
    grades: SummaryLine
    units: SummaryLine
    ungraded: SummaryLine
    missing: SummaryLine = Field(description="the heading over the units that reported nothing")
    levels: Annotated[dict[UnitLevel, Line], printed("summary")] = Field(
        {}, description="what the units of a level are called; กรม, กอง, หน่วยงาน … unless said here"
    )
    states: SummaryLine = Field(
        "จำนวนหน่วยงานตามสถานะการรายงาน", description="the heading over how many units are how far"
    )
    ranked: SummaryLine = Field("จัดลำดับแล้ว", description="units whose scores are complete")
    apart: Annotated[Line, unprinted("only where a unit has several totals")] = Field(
        "มีคะแนนรวมหลายส่วน จึงไม่จัดลำดับ",
        description="units whose scores are complete, in several totals",
    )
    partly: SummaryLine = Field(
        "ยังมีตัวชี้วัดที่ไม่มีคะแนน", description="units of which something is scored, not all"
    )
    unreported: SummaryLine = Field("ยังไม่ได้รายงานผล", description="units that reported nothing")
    without: Annotated[Line, unprinted("only where a unit has no indicators")] = Field(
        "ไม่มีตัวชี้วัดที่นับคะแนน", description="units that have no indicator that counts"
    )
    unweighted: SummaryLine = Field(
        "ตัวชี้วัดที่ยังไม่มีน้ำหนัก [[count]]",
        description="how many indicators of a unit have no weight: [[count]]",
    )
    so_far: Annotated[Line, unprinted("only where something has no score yet")] = Field(
        "ถึงขณะนี้ [[percent]]",
        description="what a unit with open indicators has so far, out of 100: [[percent]]",
    )
    so_far_note: Annotated[Line, unprinted("only where something has no score yet")] = Field(
        "( ) ลำดับถึงขณะนี้ คิดจากน้ำหนักที่มีคะแนนแล้ว",
        description="what a place in brackets means, where one stands anywhere",
    )
    all: SummaryLine = Field("รวม", description="the sums of the counts")
    exempt: SummaryLine = Field(
        "N/A", description="what stands in place of a score where the indicator isn't judged"
    )
    exempt_note: SummaryLine = Field(
        "ไม่นำมาประเมินในรอบนี้", description="what that means, where it stands anywhere"
    )
    persons: SummaryLine = Field(
        "บุคคล [[count]] คน ไม่อยู่ในการจัดลำดับ", description="how many persons there are: [[count]]"
    )
