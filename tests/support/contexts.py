"""Reports and summaries of the shipped agencies, before they are set."""

from __future__ import annotations

from generator.agreements import lookup
from generator.agreements.record import DocumentOptions
from generator.documents import building, inputs
from generator.documents.report import ResultReport
from generator.documents.summary import AgencySummary
from support import making


def context(name: str, round_: str) -> ResultReport | AgencySummary:
    found = lookup.find(making.WORLD, name)
    kind = "report" if found.unit is not None else "summary"
    origin = inputs.find_input(kind, found, DocumentOptions(round="1" if round_ == "1" else "2"))
    built: ResultReport | AgencySummary = building.build(making.WORLD, origin).context
    return built
