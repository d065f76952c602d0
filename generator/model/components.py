"""The weight tree: components (or dimensions) of any depth."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from .fields import DataModel, Flag, Key, Line, Number, SecondName, Text, printed


class Component(DataModel):
    """องค์ประกอบ, มิติ: a node of the weight tree."""

    id: Key
    name: Annotated[Line, printed("agreement", "report", "framework", "chart", "personal")]
    name_en: Annotated[SecondName | None, printed("agreement", "report", "personal")] = Field(
        None, description="its English name, printed below the Thai one where the form has it"
    )
    short: Annotated[Line | None, printed("framework", "chart")] = Field(
        None, description="its name as a column of the frames and on the chart"
    )
    note: Annotated[Text | None, printed("chart")] = Field(
        None, description="what the chart says below its name"
    )
    text: Annotated[Text | None, printed("agreement")] = Field(
        None, description="what stands above its table, where each component has a table"
    )
    heading: Annotated[Line | None, printed("agreement")] = Field(
        None, description="a row above the indicators of its table"
    )
    row: Annotated[Line | None, printed("agreement")] = Field(
        None, description="its words in the table of weights, where they are not its name"
    )
    weight: Number | None = Field(
        None,
        description="what everything directly below adds up to, in percent, and what it counts for",
    )
    counts: Flag = Field(True, description="false: shown, but not added to what stands above")
    scored_from: Literal["competencies"] | None = Field(
        None,
        description="competencies: in place of indicators a person's competencies are scored here, "
        "by the agency's rule (personal: competencies)",
    )
    components: list[Component] = []
