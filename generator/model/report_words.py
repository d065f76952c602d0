"""The words of ``wording.yaml`` for what is made after a round: a unit's report, the summary."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from .fields import DataModel, Line, printed, unprinted
from .levels import UnitLevel

ReportLine = Annotated[Line, printed("report")]
SummaryLine = Annotated[Line, printed("summary")]


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
    state: SummaryLine = "สถานะ"
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
    all: SummaryLine = Field("รวม", description="the sums of the counts")
    persons: SummaryLine = Field(
        "บุคคล [[count]] คน ไม่อยู่ในการจัดลำดับ", description="how many persons there are: [[count]]"
    )
