"""What documents are called: written in one place, and read back there."""

import unicodedata
from pathlib import Path

import pytest

from generator.agreements.document_names import DocumentName, revision_of
from generator.agreements.record import DocumentOptions
from generator.documents.kinds import KINDS

NAMES = {
    "กอส-agreement": DocumentName("กอส", "agreement"),
    "กอส-agreement-r2": DocumentName("กอส", "agreement", revision=2),
    "กอส-report-2-r10": DocumentName("กอส", "report", ("2",), 10),
    "สทพ.1-survey-site-large": DocumentName("สทพ.1", "survey", ("site", "large")),
    "กอส-survey-report-site-2": DocumentName("กอส", "survey-report", ("site", "2")),
    "แผน-งาน-indicators": DocumentName("แผน-งาน", "indicators"),
    "dip-2558-chart-a4": DocumentName("dip-2558", "chart", ("a4",)),
}


@pytest.mark.parametrize("stem", NAMES)
def test_a_name_is_read_as_it_was_written(stem: str) -> None:
    name = NAMES[stem]
    assert str(name) == stem
    assert DocumentName.parse(stem, KINDS) == name
    assert DocumentName.parse(unicodedata.normalize("NFD", stem), KINDS, name.unit) == name


@pytest.mark.parametrize("stem", ["กอส", "กอส-agreementx", "-agreement", "กอส-letter", "agreement"])
def test_what_is_called_otherwise_is_no_document(stem: str) -> None:
    assert DocumentName.parse(stem, KINDS) is None


def test_the_unit_is_the_one_that_is_meant() -> None:
    assert DocumentName.parse("กพพ-agreement", ("agreement",), "กอส") is None
    assert DocumentName.parse("ก.x-agreement", ("agreement",), "กxx") is None
    scan = DocumentName.parse("กอส-agreement-r2-ink-1", ("agreement",), "กอส")
    assert scan is not None
    assert scan.details


def test_how_it_is_made_stands_in_one_order() -> None:
    options = DocumentOptions(round="2", survey="site", layout="large")
    name = DocumentName.of("กอส", "survey", options, paper="a4", copies=True)
    assert name.file("pdf") == "กอส-survey-site-large-2-a4-copies.pdf"


def test_where_it_stands() -> None:
    path = DocumentName("กอส", "agreement").path(Path("outputs"), "dsdw-2566", "docx")
    assert path.as_posix() == "outputs/dsdw-2566/กอส/กอส-agreement.docx"


def test_versions_stand_in_the_order_of_their_numbers() -> None:
    stems = ["x-agreement-r10", "x-agreement", "x-agreement-r2"]
    assert sorted(stems, key=revision_of) == ["x-agreement", "x-agreement-r2", "x-agreement-r10"]
