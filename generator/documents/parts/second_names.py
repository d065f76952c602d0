"""English names below the Thai ones, where the form has them."""

from __future__ import annotations

from typing import Protocol

from ...model.agency import SecondNamePlace
from ..common import DocumentSubject
from .rich import Paragraph, Rich, TextSpan

ENGLISH = "en"


class Named(Protocol):
    """A unit, an indicator or a component."""

    @property
    def name_en(self) -> str | None:
        """Its English name."""


def second_name(subject: DocumentSubject, place: SecondNamePlace, named: Named) -> str:
    """The English name; nothing where the form has none in this place, or there is none."""
    return (named.name_en or "") if place in subject.agency.second_names else ""


def below(
    subject: DocumentSubject, place: SecondNamePlace, named: Named, *, bold: bool = False
) -> Rich:
    """The same as a paragraph below the Thai name, which says that it is English."""
    text = second_name(subject, place, named)
    return (Paragraph((TextSpan(text, bold, ENGLISH),)),) if text else ()
