"""Finished texts of a document of each kind, and their Word files, by the writer alone."""

from __future__ import annotations

import os
from functools import cache

import pytest

from generator.documents.building import FinishedText
from generator.documents.kinds import KINDS
from generator.writers import document
from support.making import EVERY, WORLD, fresh

FEW = {
    "agreement": "ตัวอย่าง-ข",
    "chart": "blank dip-2558",
    "framework": "blank example-2570",
    "indicators": "ตัวอย่าง-ข",
    "personal": "blank example-2570",
    "report": "ตัวอย่าง-ข",
    "summary": "blank example-2570",
    "survey": "ตัวอย่าง-ก:visitors",
    "survey-report": "กอส:service",
}
"""A document of each kind; ``EVERY_PART=1`` takes all of them."""

TRIED = EVERY if os.environ.get("EVERY_PART") else sorted(FEW.items())


class Taken(Exception):
    """A finished text on its way to the writers."""


@cache
def text_of(kind: str, subject: str) -> FinishedText:
    """What a document says, without making it."""

    def take(workspace: object, draft: FinishedText, *others: object) -> None:
        raise Taken(draft)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(document, "_write", take)
        with pytest.raises(Taken) as taken:
            fresh(kind, subject, formats=("docx",))
    found: FinishedText = taken.value.args[0]
    return found


def word(draft: FinishedText) -> bytes:
    """Its Word file."""
    made_of = draft.record
    template = document.word_template(
        WORLD.template_roots, made_of.agency, KINDS[made_of.kind].word
    )
    return document.word_writer(WORLD, template).write(draft.context, made_of)
