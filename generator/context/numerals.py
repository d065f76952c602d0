"""The agency's digits in the words of its forms.

What ``gen`` writes follows ``digits``: the words of wording.yaml, and of agency.yaml those that
stand in every document (terms, rounds, scales, components, grades). What officers type into
units, indicators, tables, plans, surveys and results stays as it was typed.
"""

from __future__ import annotations

import re
from functools import partial

from .. import thai
from ..model import Agency, Unit, Wording
from ..model.words import changed, with_words

FORM = ("terms", "rounds", "scales", "components", "grades", "personal")
"""The parts of agency.yaml whose words are those of the forms."""

_KEPT = re.compile(r"\[\[[\w.-]+|\S*(?:://|www\.|@)\S*")
"""Names of fields, and addresses: digits there are no figures."""


def written(agency: Agency, text: str) -> str:
    """What gen writes itself, in the agency's digits; addresses stay as they are."""
    if agency.digits != "thai":
        return text
    parts, position = [], 0
    for match in _KEPT.finditer(text):
        parts += [thai.thai_digits(text[position : match.start()]), match[0]]
        position = match.end()
    return "".join([*parts, thai.thai_digits(text[position:])])


def wording_of(agency: Agency, wording: Wording) -> Wording:
    """All words of the forms in the agency's digits."""
    return with_words(wording, partial(written, agency))


def form_of(agency: Agency) -> Agency:
    """An agency with the words of its forms in its digits."""
    change = partial(written, agency)
    return agency.model_copy(update={name: changed(getattr(agency, name), change) for name in FORM})


def tree_of(agency: Agency, unit: Unit) -> Unit:
    """A unit with the words of its own weight tree in the agency's digits."""
    return unit.model_copy(
        update={"components": changed(unit.components, partial(written, agency))}
    )
