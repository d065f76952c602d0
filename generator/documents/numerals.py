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

FORM = ("terms", "rounds", "round_sets", "scales", "components", "grades", "personal", "assessment")
"""The parts of agency.yaml whose words are those of the forms."""

_WORD = re.compile(r"\S+")
_NAME = re.compile(r"\[\[[\w.-]+")
_ADDRESS = re.compile(r"://|www\.|@")


def written(agency: Agency, text: str) -> str:
    """What gen writes itself, in the agency's digits; addresses stay as they are."""
    return _WORD.sub(_in_thai, text) if agency.digits == "thai" else text


def _in_thai(word: re.Match[str]) -> str:
    """A word in Thai digits, but for names of fields and an address: no figures stand there."""
    text = word[0]
    address = max((match.start() for match in _ADDRESS.finditer(text)), default=-1)
    parts, position = [], 0
    for name in _NAME.finditer(text):
        if name.start() > position <= address:
            break
        parts += [thai.thai_digits(text[position : name.start()]), name[0]]
        position = name.end()
    rest = text[position:]
    return "".join([*parts, rest if position <= address else thai.thai_digits(rest)])


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
