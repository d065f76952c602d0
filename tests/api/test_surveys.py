"""What surveys come to, as it is shown."""

from fractions import Fraction
from typing import cast

import pytest

from generator import api, survey
from generator.importing.responses import CountedAnswers
from generator.survey.figures import SurveyFigures


@pytest.mark.parametrize(
    ("satisfied", "dissatisfied", "said"),
    [
        (Fraction(200, 3), Fraction(1, 8), ("66.67", "0.13")),
        (Fraction(100), Fraction(0), ("100.00", "0.00")),
        (None, None, ("–", "–")),
    ],
)
def test_percentages_are_half_up(
    satisfied: Fraction | None,
    dissatisfied: Fraction | None,
    said: tuple[str, str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Also of figures that never end: for machines these are fractions."""

    class Counted:
        survey = answers = name = None

    monkeypatch.setattr(survey, "figures", lambda *_: SurveyFigures(30, satisfied, dissatisfied))
    assert api.surveys.percentages(cast(CountedAnswers, Counted())) == said
