"""wording.yaml: what a file doesn't say is what is the same in every agency."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from generator.agreements import default_words, reading, yaml_writing
from generator.agreements.files import DataFile, open_file
from generator.diagnostics import errors
from generator.documents.kinds import KINDS
from generator.documents.soundness import has_words
from generator.model import Wording
from support.making import ROOT
from support.reading import errors_in

EXAMPLE = ROOT / "agreements" / "example-2570"


def read(folder: Path, text: str | None) -> DataFile[Wording]:
    path = folder / "wording.yaml"
    if text is not None:
        path.write_text(text, "utf-8")
    return default_words.read_wording(path)


def words(file: DataFile[Wording]) -> Wording:
    assert file.model is not None, file.faults
    return file.model


def test_the_common_words_are_whole(tmp_path: Path) -> None:
    file = read(tmp_path, None)
    assert file.faults == ()
    assert words(file).agreement.clauses
    assert file.path == tmp_path / "wording.yaml"


def test_an_agency_without_a_file_has_all_documents(tmp_path: Path) -> None:
    folder = tmp_path / "agreements" / "mine-2570"
    shutil.copytree(EXAMPLE, folder)
    (folder / "wording.yaml").unlink()
    assert errors_in(folder) == []
    agency = reading.read_agency(folder)
    assert [kind for kind in KINDS if not has_words(agency, kind)] == []


@pytest.mark.parametrize("text", ["", "# nothing yet\n", "agreement: {}\n"])
def test_a_file_may_say_nothing(tmp_path: Path, text: str) -> None:
    assert words(read(tmp_path, text)) == words(read(tmp_path / "none", None))


def test_mappings_merge_and_lists_replace(tmp_path: Path) -> None:
    own = words(read(tmp_path, "agreement: {title: [ก], criteria: {weight: ข}}\n"))
    common = words(read(tmp_path / "none", None))
    assert own.agreement.title == ["ก"]
    assert own.agreement.criteria is not None
    assert own.agreement.criteria.weight == "ข"
    kept = own.model_copy(update={"agreement": common.agreement})
    assert kept == common


def test_a_part_is_left_out(tmp_path: Path) -> None:
    own = words(read(tmp_path, "agreement: {duties: ~, clauses: ~}\nreport: ~\nsheet:\n"))
    assert (own.agreement.duties, own.agreement.clauses) == (None, [])
    assert (own.report, own.sheet) == (None, None)
    assert own.agreement.criteria is not None


@pytest.mark.parametrize(
    ("text", "place", "said"),
    [
        ("row: a\nfooter: ~\n", (1, 1), "the key 'footer' is missing"),
        ("row: a\nfotter: b\n", (2, 1), "unknown key 'fotter'"),
        (
            "agreement:\n  criteria:\n    weight: [a]\n",
            (3, 13),
            "text is expected here, not a list",
        ),
        ("agreement:\n  goals: {goal: ก}\n", (2, 10), "the key 'indicator' is missing"),
        ("row: 'a\n", (1, 6), "the ' that begins here is not closed in its line"),
    ],
)
def test_faults_name_the_file_that_has_the_words(
    tmp_path: Path, text: str, place: tuple[int, int], said: str
) -> None:
    file = read(tmp_path, text)
    first = errors(file.faults)[0]
    assert (first.location.line, first.location.column) == place
    assert first.location.path == tmp_path / "wording.yaml"
    assert first.message.startswith(said)


def test_words_have_the_place_of_the_file_they_stand_in(tmp_path: Path) -> None:
    node = read(tmp_path, "report: {total: ก}\n").node
    assert node.at("report", "total").path == tmp_path / "wording.yaml"
    assert node.at("report", "score").path == default_words.FILE


def test_a_file_that_says_every_word_stands_alone(tmp_path: Path) -> None:
    """What an agency wrote before there were common words has the parts that it names."""
    said = default_words.shipped().plain()
    assert isinstance(said, dict)
    own = {key: said[key] for key in said if key not in ("sheet", "report")}
    agreement = own["agreement"]
    assert isinstance(agreement, dict)
    own["agreement"] = {key: agreement[key] for key in agreement if key != "duties"}
    alone = words(read(tmp_path, yaml_writing.dump(own)))
    assert (alone.sheet, alone.report, alone.agreement.duties) == (None, None, None)


SHIPPED = sorted(path.parent.name for path in ROOT.glob("agreements/*/wording.yaml"))


@pytest.mark.parametrize("agency", SHIPPED)
def test_shipped_files_say_nothing_that_is_common(agency: str) -> None:
    path = ROOT / "agreements" / agency / "wording.yaml"
    own = open_file(path, Wording).node
    assert list(repeated(own.plain(), default_words.shipped().plain(), ())) == []


def repeated(own: object, common: object, path: tuple[str, ...]) -> list[str]:
    if isinstance(own, dict) and isinstance(common, dict):
        return [
            found
            for key in own
            if key in common
            for found in repeated(own[key], common[key], (*path, key))
        ]
    return ["/".join(path)] if own == common else []
