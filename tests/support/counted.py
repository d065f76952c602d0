"""Surveys and counted answers made for a test."""

from generator.model import Answers, Survey
from support.scored import model

# 169 most, 90 much, 45 middling, 8 little, 6 least: n = 318, sum 845+360+135+16+6 = 1362.
COUNTS = {"5": 169, "4": 90, "3": 45, "2": 8, "1": 6}
_SURVEY = """
version: 1
title: [x]
parts:
  - id: a
    heading: x
    items:
      - id: g
        kind: grid
        measures: satisfaction
        heading: x
        over: x
        levels: [น้อยที่สุด, น้อย, ปานกลาง, มาก, มากที่สุด]
        sections:
          - rows:
              - {id: q, text: x}
              - {id: r, text: x, optional: true}
              - {id: whole, text: x, overall: true}
      - id: h
        kind: grid
        measures: dissatisfaction
        heading: x
        over: x
        levels: [น้อยที่สุด, น้อย, ปานกลาง, มาก, มากที่สุด]
        sections: [{issues: [{id: i, number: 1}, {id: j, number: 2}]}]
definitions: {%s, bands: x, error: 0.05}
"""


def survey(
    measure: str = "mean",
    over: str = "items",
    dissatisfaction: str = "part3",
    pooling: str = "by_respondent",
) -> Survey:
    """A survey of two statements, an overall one, and two issues."""
    satisfaction = f"satisfaction: {{measure: {measure}, over: {over}}}"
    return model(
        Survey,
        _SURVEY % f"{satisfaction}, dissatisfaction: {dissatisfaction}, pooling: {pooling}",
    )


def answers(items: dict[str, dict[str, int]], n: int = 318, dissatisfied: int = 0) -> Answers:
    """Counted answers, by item and level."""
    return model(
        Answers,
        f"{{fiscal_year: 2566, version: 1, n: {n}, dissatisfied: {dissatisfied}, "
        f"items: {repr(items).replace(chr(39), '')}}}",
    )
