"""The agency's digits in the words of its forms.

What ``gen`` writes follows ``digits``: the words of wording.yaml, and of agency.yaml those that
stand in every document (terms, rounds, scales, components, grades). What officers type into
units, indicators, tables, plans, surveys and results stays as it was typed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import Any, TypeVar, get_args

from pydantic import BaseModel

from .. import thai
from ..model import Agency, Unit
from ..model.fields import Printed

FORM = ("terms", "rounds", "scales", "components", "grades", "personal")
"""The parts of agency.yaml whose words are those of the forms."""

_KEPT = re.compile(r"\[\[[\w.-]+|\S*(?:://|www\.|@)\S*")
"""Names of fields, and addresses: digits there are no figures."""


M = TypeVar("M", bound=BaseModel)


def written(agency: Agency, text: str) -> str:
    """What gen writes itself, in the agency's digits; addresses stay as they are."""
    if agency.digits != "thai":
        return text
    parts, position = [], 0
    for match in _KEPT.finditer(text):
        parts += [thai.thai_digits(text[position : match.start()]), match[0]]
        position = match.end()
    return "".join([*parts, thai.thai_digits(text[position:])])


def in_digits(agency: Agency, model: M) -> M:
    """A model whose printed words are in the agency's digits."""
    if agency.digits != "thai":
        return model
    changed: M = _model(agency, model)
    return changed


def form_of(agency: Agency) -> Agency:
    """An agency with the words of its forms in its digits."""
    if agency.digits != "thai":
        return agency
    return agency.model_copy(
        update={name: _value(agency, getattr(agency, name), printed=False) for name in FORM}
    )


def tree_of(agency: Agency, unit: Unit) -> Unit:
    """A unit with the words of its own weight tree in the agency's digits."""
    if agency.digits != "thai" or unit.components is None:
        return unit
    return unit.model_copy(update={"components": _value(agency, unit.components, printed=False)})


def _model(agency: Agency, model: BaseModel) -> Any:
    fields = _printed_fields(model.__class__)
    return model.model_copy(
        update={
            name: _value(agency, getattr(model, name), printed=name in fields)
            for name in model.__class__.model_fields
        }
    )


def _value(agency: Agency, value: Any, *, printed: bool) -> Any:
    if isinstance(value, BaseModel):
        return _model(agency, value)
    if isinstance(value, list):
        return [_value(agency, item, printed=printed) for item in value]
    if isinstance(value, dict):
        return {key: _value(agency, item, printed=printed) for key, item in value.items()}
    return written(agency, value) if printed and isinstance(value, str) else value


@cache
def _printed_fields(kind: type[BaseModel]) -> frozenset[str]:
    """The fields of a model that hold words for documents, not keys."""
    return frozenset(
        name
        for name, info in kind.model_fields.items()
        if any(isinstance(mark, Printed) for mark in _marks(info.annotation, info.metadata))
    )


def _marks(annotation: Any, metadata: list[Any]) -> Iterator[Any]:
    yield from metadata
    yield from getattr(annotation, "__metadata__", ())
    for inner in get_args(annotation):
        yield from _marks(inner, [])
