"""What officers write and name, as the jobs of api understand it."""

from decimal import Decimal
from pathlib import Path

import pytest

from generator import api
from generator.errors import UsageError
from support.making import ROOT


@pytest.fixture
def here() -> api.workspaces.Workspace:
    return api.workspaces.around(ROOT, {})


@pytest.mark.parametrize(
    ("written", "number"),
    [("1,200,000", "1200000"), ("๕๓.๑๙", "53.19"), ("-5", "-5"), ("0.0", "0.0")],
)
def test_numbers_are_read_as_officers_write_them(written: str, number: str) -> None:
    assert api.targets.number(written) == Decimal(number)


@pytest.mark.parametrize("written", ["", "x", "nan", "inf", "1e400", "1e-400", "5 %"])
def test_what_is_no_number_is_refused(written: str) -> None:
    with pytest.raises(UsageError, match="is no number"):
        api.targets.number(written)


def test_lists_have_commas_between_and_each_name_once() -> None:
    wanted = api.batch.wanted(" agreement, report,,agreement ", "กอส,กพพ", "2")
    assert wanted.kinds == ("agreement", "report")
    assert wanted.units == ("กอส", "กพพ")
    assert wanted.round == "2"
    assert api.batch.wanted() == api.batch.WantedDocuments()


def test_an_agency_has_no_agreement_and_the_hint_says_what_to_do(
    here: api.workspaces.Workspace,
) -> None:
    agency = api.workspaces.find(here, "dsdw-2566")
    with pytest.raises(UsageError, match="'dsdw-2566' is an agency") as refused:
        api.documents.make(here, "agreement", agency)
    assert refused.value.hint == "name a unit, or add --blank"
    with pytest.raises(UsageError, match="there is no document 'agrement'") as unknown:
        api.documents.make(here, "agrement", agency)
    assert "agreement" in unknown.value.hint


def test_scores_are_of_a_unit_and_of_a_round(here: api.workspaces.Workspace) -> None:
    unit = api.workspaces.find(here, "กอส")
    with pytest.raises(UsageError, match="of one round"):
        api.scores.score(unit, None)
    with pytest.raises(UsageError, match="of a unit"):
        api.scores.score(api.workspaces.find(here, "dsdw-2566"), "2")
    scored = api.scores.score(unit, "2")
    assert scored.row(" ITA ".strip().lower()).key == "ita"
    with pytest.raises(UsageError, match="no indicator 'itaa'") as refused:
        scored.row("itaa")
    assert "'ita'" in refused.value.hint


def test_the_report_of_an_agency_is_its_summary(here: api.workspaces.Workspace) -> None:
    made = api.documents.make(
        here,
        "report",
        api.workspaces.find(here, "example-2570"),
        formats=("docx",),
        options=api.documents.DocumentOptions(round="2"),
    )
    assert [path.name for path in made.files] == ["example-2570-summary-2.docx"]


def test_what_is_checked_may_be_a_name_a_file_or_a_folder(here: api.workspaces.Workspace) -> None:
    folder = ROOT / "agreements" / "example-2570"
    by_name = api.checking.check(here, ["ตัวอย่าง-ก"])
    by_file = api.checking.check(here, [folder / "ตัวอย่าง-ก.yaml"])
    assert by_name == by_file
    assert by_name.files == 1
    assert api.checking.check(here, [folder]).files > 1
    with pytest.raises(UsageError, match="there is no unit"):
        api.checking.check(here, ["never-heard-of"])


def test_a_survey_s_file_means_its_own_form(here: api.workspaces.Workspace) -> None:
    file = str(ROOT / "agreements" / "dsdw-2566" / "surveys" / "service.yaml")
    target = api.workspaces.find(here, file, of_surveys=True)
    with pytest.raises(UsageError, match=r"service.yaml is not the survey 'training'"):
        api.surveys.make(here, target, "training")
    made = api.surveys.export(here, target, None, "csv-template")
    assert {path.parent.name for path in made.files} == {"dsdw-2566"}


def test_a_key_is_one_of_a_file_or_one_of_a_token(here: api.workspaces.Workspace) -> None:
    chosen = api.signing.ChosenAgreements(Path("x.pdf"), None)
    for source, said in (
        (api.signing.KeySource(), "which key signs"),
        (api.signing.KeySource(Path("a.p12"), Path("b.so")), "which key signs"),
        (api.signing.KeySource(library=Path("b.so")), "which key of the token"),
    ):
        with pytest.raises(UsageError, match=said):
            api.signing.sign(here, chosen, ["assessee"], source, lambda word: word)
    with pytest.raises(UsageError, match="one key signs for one person"):
        api.signing.sign(
            here, chosen, ["assessee", "assessor"], api.signing.KeySource(), lambda word: word
        )
    for day, said in (("31 กุมภาพันธ์ 2569", "31"), ("soon", "'soon' is no date")):
        with pytest.raises(UsageError, match=said):
            api.signing.record_scan(here, chosen, Path("s.pdf"), ["assessee"], day)
    with pytest.raises(UsageError, match="a scan is of one document"):
        api.signing.record_scan(here, chosen, None, ["assessee"], "1 ตุลาคม 2569")


def test_how_a_run_of_signing_went_is_said_in_one_line() -> None:
    outcome = api.signing.SigningOutcome
    outcomes = [outcome("a", "signed"), outcome("b", "left", said="x"), outcome("c", "signed")]
    assert str(api.signing.summary(outcomes)) == "2 signed, 1 left"
    assert str(api.signing.summary([])) == "nothing to sign"
    assert str(api.signing.told(outcomes[1])) == "b: left: x"
