"""What a survey's columns are called in the files of others, and back to our codes.

**Google Forms** exports a column a question, headed by the question's title; a row of a grid is
headed ``Title [Row]``. A title is made of the words of the questionnaire:

* a question: its number and words;
* a row of a grid: its section's heading (the grid's, where it has none) as title, the statement
  as row;
* an option that is put in order: its question as title, the option as row; of a row that is rated
  on two scales each has a title with the head over its levels;
* what opens under an option: the title of what it opens under, ``›``, the option's words;
* an issue: its number and section, ``:``, the grid's heading over what is written, and the head
  over the levels for how it is rated.

Columns that would be headed alike get their code in brackets behind; so every header is one
column's, and the other way round. Options of one question that read alike get theirs in the same
way (``option_labels``). Google joins the ticked options of one question with ``, `` and a comma
may also stand inside an option's words: look for the options, don't cut at the commas.

**ODK and Kobo** head a column with the question's name, which is our code, behind the names of
the groups that it stands in (``part1-satisfaction-q1``, ``part1/satisfaction/q1``), or without
them; Kobo also with the question's words, behind those of its groups or without them, and with a
sign between that its user chose. No name of a group or note is a code. They export columns of their
own, and empty ones of notes, which are no columns of the survey.

**Our own files** are headed with the codes, and ``RESPONDENT`` for who answered.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace

from .. import thai
from ..model import RatingGrid, Survey
from .columns import AnswerColumn, columns

RESPONDENT = "respondent"
"""The column of our own files that tells respondents apart; it may stay empty."""


@dataclass(frozen=True, slots=True)
class GoogleColumn:
    """Where a column stands in a Google Form: a question's title, and a grid's row."""

    title: str
    row: str = ""

    @property
    def header(self) -> str:
        """The head of its column in the exported answers."""
        return f"{self.title} [{self.row}]" if self.row else self.title

    def marked(self, code: str) -> GoogleColumn:
        """The place with the column's code in it."""
        if self.row:
            return replace(self, row=f"{self.row} ({code})")
        return replace(self, title=f"{self.title} ({code})")


def plain(header: str) -> str:
    """A header or label in one line: one spelling of SARA AM and of white space."""
    text = unicodedata.normalize("NFC", header.replace("\u0e4d\u0e32", "\u0e33"))
    text = re.sub("[\u200b\u2060\ufeff]", "", text)
    return " ".join(text.split())


def key(header: str) -> str:
    """A header or label as it is looked up: what looks the same is the same (``thai.folded``)."""
    return thai.folded(header).casefold()


def google_places(survey: Survey) -> dict[str, GoogleColumn]:
    """By code, where each column stands in the survey's Google Form. All headers differ."""
    places: dict[str, GoogleColumn] = {}
    grids = {grid.id: grid for grid in survey.grids}
    for column in columns(survey):
        places[column.code] = _place(column, grids, places)
    while alike := _alike({code: place.header for code, place in places.items()}):
        for code in alike:
            places[code] = places[code].marked(code)
    return places


def google_headers(survey: Survey) -> dict[str, str]:
    """By header (``plain``), the code of each column in what Google Forms exports."""
    return {plain(place.header): code for code, place in google_places(survey).items()}


def screen_labels(survey: Survey) -> dict[str, str]:
    """By code, the words of each question as XLSForms have them; several may be alike."""
    places = google_places(survey)
    issues = {issue.id for grid in survey.grids for issue in grid.issues}
    return {
        column.code: places[column.code].title if column.item in issues else screen_words(column)
        for column in columns(survey)
    }


def screen_words(column: AnswerColumn) -> str:
    """The words of a question that is asked by itself; what is put in order says of what."""
    label = plain(column.label)
    return f"{plain(column.section)}: {label}" if column.kind == "place" else label


def option_labels(column: AnswerColumn) -> dict[str, str]:
    """By code, the words of each option of a column as files of others have them; all differ."""
    labels = {choice.id: plain(choice.text) or choice.id for choice in column.choices}
    while alike := _alike(labels):
        for code in alike:
            labels[code] = f"{labels[code]} ({code})"
    return labels


def _place(
    column: AnswerColumn, grids: Mapping[str, RatingGrid], above: Mapping[str, GoogleColumn]
) -> GoogleColumn:
    label = plain(column.label) or column.code
    if column.under is not None:
        return GoogleColumn(f"{above[column.under[0]].title} › {label}")
    if column.kind == "place":
        return GoogleColumn(plain(column.section) or column.item, label)
    if not column.grid:
        return GoogleColumn(label)
    grid = grids[column.grid]
    if grid.beside is not None:
        over = grid.beside.over if column.beside else grid.over
        title = plain(column.section) or plain(grid.heading) or grid.id
        return GoogleColumn(f"{title} – {plain(over)}", label)
    if column.item not in {issue.id for issue in grid.issues}:
        return GoogleColumn(plain(column.section) or plain(grid.heading) or grid.id, label)
    return GoogleColumn(f"{label}: {plain(grid.heading if column.kind == 'text' else grid.over)}")


def _alike(texts: Mapping[str, str]) -> list[str]:
    """The codes whose texts others have too."""
    count = Counter(key(text) for text in texts.values())
    return [code for code, text in texts.items() if count[key(text)] > 1]
