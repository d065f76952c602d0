"""A batch makes what the single commands make, whatever the kind of document."""

from pathlib import Path

from generator.agreements import lookup
from generator.agreements.record import DocumentOptions
from generator.api import documents
from generator.batch import run
from generator.batch.request import BatchRequest, WantedDocuments
from generator.workspace.environment import Workspace
from support.small import ROOT, Silent, engine


def test_questionnaires_and_reports_with_answers(tmp_path: Path) -> None:
    world = Workspace(ROOT, {})
    wanted = WantedDocuments(("survey", "report", "survey-report", "personal"), ("กอส",), "2")
    request = BatchRequest(ROOT / "agreements" / "dsdw-2566", tmp_path, wanted)
    watcher = Silent()
    report = run.run(world, request, engine, watcher)
    assert not report.faults
    assert len(watcher.events) <= watcher.total
    made = {path.name for path in report.paths}
    assert {"กอส-survey-service.pdf", "กอส-survey-training.docx"} <= made
    assert "กอส-survey-report-service-2.pdf" in made
    assert "กอส-personal is left out: it is no person" in report.notes
    found = lookup.find(world, "กอส")
    alone = documents.make(
        world, "report", found, options=DocumentOptions(round="2"), base=tmp_path / "one"
    )
    for path, data in alone.files.items():
        assert (tmp_path / path.relative_to(tmp_path / "one")).read_bytes() == data
