"""What a sheet, or a field of it, may say; and its labels with what stands beside them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from ...model import Contact
from ...model.sheet_words import SheetWords
from . import rich, styles
from .equation import Equation
from .level_tables import LevelTable
from .past_tables import PastTable
from .rich import Rich
from .sheet_formulas import ScoreLookup


@dataclass(frozen=True, slots=True)
class LabelledText:
    """A label and what it says: ``first`` on the label's own line, ``rest`` below it."""

    label: str
    first: Rich
    rest: Rich


@dataclass(frozen=True, slots=True)
class ContactLine:
    """Who answers for the indicator, and by which telephone and e-mail address."""

    label: str
    name: str
    telephone: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetPart:
    """What stands between a sheet's heading and its end, or one field of it: what is there."""

    facts: tuple[LabelledText, ...] = ()
    description: LabelledText | None = None
    scores: ScoreLookup | None = None
    note: Rich = ()
    formula_label: str = ""
    formula: Equation = ()
    past_label: str = ""
    past: PastTable | None = None
    history: LabelledText | None = None
    rounds: tuple[LevelTable, ...] = ()
    texts: tuple[LabelledText, ...] = ()
    contacts: tuple[ContactLine, ...] = ()


def labelled(dots: str, label: str, text: Rich, *, inline: bool = True) -> LabelledText:
    """A label with its text; a list, or text that isn't ``inline``, starts below it.

    Where there is no text, the dotted line stands in its place.
    """
    if not text:
        return LabelledText(f"{label} :", rich.plain(dots), ())
    first, *rest = text
    if inline and not first.marker and not first.equation:
        return LabelledText(f"{label} :", (first,), styles.SHEET.on(tuple(rest)))
    return LabelledText(f"{label} :", (), styles.SHEET.on(text))


def contact_lines(
    words: SheetWords, dots: str, label: str, contacts: Iterable[Contact]
) -> Iterator[ContactLine]:
    """A line each; the label stands once, and a blank line where nobody is named yet."""
    for index, contact in enumerate(tuple(contacts) or (Contact(),)):
        name = " ".join(text for text in (contact.name, contact.position) if text)
        reached = [f"{words.telephone} : {contact.telephone or dots}"]
        if words.email is not None:
            reached.append(f"{words.email} : {contact.email or dots}")
        yield ContactLine(f"{label} :" if index == 0 else "", name or dots, " ".join(reached))
