"""รายละเอียดตัวชี้วัด: which fields the sheet of an indicator has, and what they are called."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, model_validator

from ..messages import message
from .fields import DataModel, Flag, Key, Line, Text, Whole, printed, refusal
from .levels import UnitLevel
from .rounds import Round, RoundId

SheetLine = Annotated[Line, printed("agreement", "indicators")]

FieldName = Literal[
    "measure",
    "weight",
    "objective",
    "target_group",
    "description",
    "definitions",
    "formula",
    "baselines",
    "criteria",
    "periods",
    "conditions",
    "source",
    "documents",
    "collection",
]
"""What a sheet may show of an indicator, beside texts of the agency's own and contacts."""

LABELLED: dict[str, str] = {
    "measure": "measure",
    "weight": "weight",
    "description": "description",
    "formula": "formula",
    "baselines": "past",
    "conditions": "conditions",
    "source": "source",
    "collection": "collection",
    "criteria": "levels",
}
"""Fields whose label stands among the words of the sheet already, by their name there."""

CONTACTS = {"supervisor": "supervisors", "collector": "collectors"}
"""Roles that every indicator has a list of its own for."""

_OPTIONAL = ("definitions", "formula", "baselines", "conditions")


class SheetField(DataModel):
    """A field of the sheet: one that indicators have, a text of the agency's own, or contacts."""

    field: FieldName | None = Field(
        None,
        description="what is shown; definitions: the formula's figures as A, B, C with their "
        "units; periods: the days that each round judges",
    )
    text: Key | None = Field(
        None, description="a text that the agency names itself; indicators say it under texts"
    )
    contacts: Key | None = Field(
        None,
        description="who answers for the indicator in a role: supervisor, collector, or one that "
        "the agency names itself; indicators name them under contacts",
    )
    label: SheetLine | None = Field(
        None, description="its label, where the sheet's words have none or another one"
    )
    optional: Flag | None = Field(
        None,
        description="true: left out where an indicator hasn't it, as conditions, baselines, the "
        "formula and definitions are unless this says false",
    )
    mean: SheetLine | None = Field(
        None, description="baselines: the head over the mean of the years, where it is printed"
    )
    decimals: Whole = Field(
        2, ge=0, le=6, description="baselines: their mean is printed half-up with so many decimals"
    )
    guidance: Annotated[Text | None, printed("agreement", "indicators")] = Field(
        None, description="what stands in its place on the blank sheet"
    )

    @property
    def name(self) -> str:
        """What it shows: a field, a text's or a role's name."""
        return self.field or self.text or self.contacts or ""

    @property
    def may_lack(self) -> bool:
        """Whether the sheet leaves it out where an indicator hasn't it."""
        return self.field in _OPTIONAL if self.optional is None else self.optional

    @model_validator(mode="after")
    def _one(self) -> SheetField:
        if sum(given is not None for given in (self.field, self.text, self.contacts)) != 1:
            raise refusal(message("sheet-field-shows-one"))
        named = self.field in LABELLED or self.contacts in CONTACTS
        if self.label is None and not named:
            raise refusal(message("sheet-field-without-label", name=self.name))
        if self.mean is not None and self.field != "baselines":
            raise refusal(message("mean-of-no-years", name=self.name))
        return self


class SheetForm(DataModel):
    """The guidance of a blank sheet."""

    name: SheetLine
    measure: SheetLine
    description: Annotated[Text, printed("indicators")]
    conditions: Annotated[Text | None, printed("indicators")] = None
    source: Annotated[Text, printed("indicators")]
    collection: Annotated[Text, printed("indicators")]


class SheetWords(DataModel):
    """รายละเอียดตัวชี้วัด: the labels of an indicator's sheet."""

    title: Annotated[Line, printed("indicators")] = Field(
        description="the title of the document that holds the sheets alone"
    )
    heading: SheetLine
    levels_of: Annotated[dict[UnitLevel, Line], printed("indicators")] = Field(
        {}, description="the line below the heading, by level of unit"
    )
    name: SheetLine
    measure: SheetLine
    weight: SheetLine
    percent: SheetLine
    description: SheetLine
    formula: SheetLine
    if_any: SheetLine
    past: SheetLine
    past_name: SheetLine
    past_measure: SheetLine
    past_years: SheetLine
    past_form: SheetLine = Field(description="the heading over the years on the blank form")
    rounds: Annotated[dict[RoundId, Line], printed("indicators")] = Field(
        {}, description="the headings over each round's levels; the round's name where none is said"
    )
    levels: SheetLine
    part: SheetLine
    conditions: SheetLine
    source: SheetLine
    collection: SheetLine
    supervisor: SheetLine
    collector: SheetLine
    telephone: SheetLine
    email: SheetLine | None = Field(
        None, description="the word before a contact's e-mail address, where the sheet has it"
    )
    forms: dict[Literal["milestone", "quantity"], SheetForm]
    fields: list[SheetField] = Field(
        [],
        description="the fields of the sheet in their order, where they are not the usual ones in "
        "the usual order",
    )

    def of_round(self, round_: Round) -> str:
        """The heading over a round's levels."""
        return self.rounds.get(round_.id, round_.name)

    def label_of(self, field: SheetField) -> str:
        """The label of one of the fields."""
        if field.label is not None:
            return field.label
        word = field.contacts if field.contacts is not None else LABELLED[field.name]
        label: str = getattr(self, word)
        return label

    @model_validator(mode="after")
    def _each_once(self) -> SheetWords:
        kinds = ("field", "text", "contacts")
        shown = [(kind, getattr(one, kind)) for one in self.fields for kind in kinds]
        given = [one for one in shown if one[1] is not None]
        for index, one in enumerate(given):
            if one in given[:index]:
                raise refusal(message("sheet-field-twice", name=one[1]))
        return self
