"""What both parties say and when they signed a report stands where the form has a place for it."""

from __future__ import annotations

from collections.abc import Iterator

from ..agreements.files import DataFile
from ..diagnostics import Diagnostic, fault
from ..model import Agency, Results, Wording


def check_results(
    file: DataFile[Results], agency: Agency, wording: Wording | None
) -> Iterator[Diagnostic]:
    """Comments and the day of signing are printed; nobody signs before the round begins."""
    results, node = file.model, file.node
    if results is None:
        return
    words = wording.report.signature if wording is not None and wording.report else None
    if wording is not None:
        if results.comments is not None and (words is None or words.comment is None):
            yield fault("comments-nowhere-printed", node.key_at("comments"))
        if results.signed is not None and words is None:
            yield fault("report-nowhere-signed", node.key_at("signed"))
    round_ = next((one for one in agency.rounds if one.id == file.path.parent.name), None)
    if results.signed is not None and round_ is not None and results.signed < round_.start:
        yield fault("report-signed-too-early", node.at("signed"))
