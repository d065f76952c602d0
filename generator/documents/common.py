"""What every document has, whatever its kind."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from typing import Literal

from .. import thai
from ..agreements.blanks import BLANK
from ..agreements.record import DocumentScope, SurveyLayout
from ..exact import Exact, add, bare
from ..model import (
    Agency,
    Answers,
    Party,
    Plan,
    Results,
    Round,
    Survey,
    SurveyUse,
    TargetTable,
    Unit,
    UnitIndicator,
    Wording,
)
from ..model.papers import PaperSize
from ..model.round_sets import round_of, rounds_of
from ..scoring import UnitScore
from ..typesetting.columns import Setting
from ..typesetting.lettering import AVERAGE, CENTIMETRES, Lettering
from ..typesetting.names import NOTHING, KnownNames
from . import numerals
from .identity import LAYOUT
from .named import named_in
from .version_changes import VersionChanges

FOOT, FOOT_ROOM, FOOT_LINES = 10.0, 12.3, 2
"""The size of the foot's letters in points; the room of its line on an upright page in cm, and how
many lines a page has room for.
"""

_IN_ONE, _LIKE_AN_ID = "\u00a0", ("", "XXXX-XXXX-XXXX")
"""The id stays in one piece, a little behind what stands before it."""


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture and the words that stand for it."""

    data: bytes
    alt: str


@dataclass(frozen=True, slots=True)
class TableData:
    """A target table as read: what it says, and its CSV's rows with their figures."""

    model: TargetTable
    rows: tuple[Mapping[str, str], ...]
    figures: tuple[Mapping[str, Decimal], ...]


@dataclass(frozen=True, slots=True)
class Properties:
    """What the file says of itself. ``day`` is the day it is dated to."""

    title: str
    subject: str
    author: str
    day: date
    language: str = "th-TH"


@dataclass(frozen=True, slots=True)
class PageFurniture:
    """What stands on every page: a mark at its head; a line, the number and the id at its foot.

    ``long`` is whether the line needs two lines of the foot, so that the id goes on behind it;
    ``deep`` is whether both together need three, for which the text leaves room.
    """

    mark: str
    footer: str
    number: str
    id_label: str
    id: str
    digits: Literal["arabic", "thai"]
    named: KnownNames = field(default=NOTHING, metadata=LAYOUT)
    """The names and measures that lines don't break."""
    justified: bool = field(default=True, metadata=LAYOUT)
    """Whether clauses and descriptions fill their lines."""
    long: bool = field(default=False, metadata=LAYOUT)
    deep: bool = field(default=False, metadata=LAYOUT)


@dataclass(frozen=True, slots=True)
class UnitInDocument:
    """A unit among others: what it is called, and its indicators."""

    code: str
    unit: Unit
    indicators: tuple[UnitIndicator, ...]


@dataclass(frozen=True, slots=True)
class Questionnaire:
    """A survey, the unit that makes it, and its counted answers where they are asked for.

    ``layout`` is how the questionnaire is laid out (large, fillable, booklet). ``before`` are the
    round before and its answers, where they are reported beside those of this one.
    """

    id: str
    model: Survey
    use: SurveyUse
    layout: SurveyLayout = ""
    answers: Answers | None = None
    before: tuple[str, Answers] | None = None


@dataclass(frozen=True, slots=True)
class ListedDocument:
    """A finished document on a contents page; ``revision`` where it isn't the first."""

    unit: str
    kind: str
    round: str
    revision: str
    id: str
    pages: int
    weight: str
    signers: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SignedPlace:
    """A place to sign, and what became of it; ``day`` is when it was signed.

    ``round`` is that of a report; of an agreement it is empty.
    """

    unit: str
    role: str
    signer: str
    state: str
    day: date | None
    method: str
    differs: bool
    round: str = ""


@dataclass(frozen=True, slots=True)
class SignatureState:
    """Who has signed an agency's agreements on a day, and how many units are complete."""

    places: tuple[SignedPlace, ...]
    day: date
    complete: int
    units: int


@dataclass(frozen=True, slots=True)
class DocumentSubject:
    """What a document is about: an agency, one of its units, and how it is to be made.

    ``scope`` says of what: a unit, the agency, or nobody (the empty form). ``sheets`` asks for the
    indicators' sheets.
    """

    agency: Agency
    wording: Wording
    unit: Unit
    indicators: tuple[UnitIndicator, ...]
    emblem: Picture | None = None
    document_id: str = ""
    scope: DocumentScope = "unit"
    sheets: bool = True
    tables: Mapping[str, TableData] = field(default_factory=dict)
    plans: Mapping[str, Plan] = field(default_factory=dict)
    units: Mapping[str, UnitInDocument] = field(default_factory=dict)
    round: str = ""
    paper: PaperSize = "a3"
    """The size of what stands on one large page."""
    scores: Mapping[str, UnitScore] = field(default_factory=dict)
    score: UnitScore | None = None
    example: bool = False
    """Whether the results are an example, whatever the agency is."""
    survey: Questionnaire | None = None
    surveys: Mapping[str, str] = field(default_factory=dict)
    """The titles of the agency's surveys."""
    reported: Results | None = None
    """What the unit reported in the round."""
    assessed: Mapping[str, int] = field(default_factory=dict)
    """The levels of a person's competencies as they were assessed in the round."""
    documents: tuple[ListedDocument, ...] = ()
    """The finished documents that a contents page lists."""
    signatures: SignatureState | None = None
    changes: VersionChanges | None = None
    """What changed between two versions."""
    lettering: Lettering = AVERAGE
    """What words of tables are measured with."""

    def setting(self, size: float, room: float) -> Setting:
        """How a table is set: its size in points, the room across in cm."""
        return Setting(self.lettering, size, room)

    @property
    def rounds(self) -> Sequence[Round]:
        """The rounds of the unit; the last is the year's."""
        return rounds_of(self.unit, self.agency)

    @property
    def of_round(self) -> Round | None:
        """The round whose results the document is made of, where it is of one."""
        return round_of(self.agency, self.round) if self.round else None

    def __post_init__(self) -> None:
        """The words of the forms are in the agency's digits, whatever is built of them."""
        agency = self.agency
        members = self.units.values()
        names = named_in(
            agency,
            (self.unit, *(member.unit for member in members)),
            (*self.indicators, *(item for member in members for item in member.indicators)),
        )
        object.__setattr__(self, "lettering", self.lettering.naming(names))
        if agency.digits == "arabic":
            return
        for name, value in (
            ("agency", numerals.form_of(agency)),
            ("wording", numerals.wording_of(agency, self.wording)),
            ("unit", numerals.tree_of(agency, self.unit)),
            (
                "units",
                {
                    key: replace(view, unit=numerals.tree_of(agency, view.unit))
                    for key, view in self.units.items()
                },
            ),
        ):
            object.__setattr__(self, name, value)


class Fields:
    """Puts values into wording: ``[[unit]]``, ``[[unit|....]]``.

    A value that is missing prints the words after ``|`` on a blank form and the dotted
    line elsewhere. What is put in is not looked at again.
    """

    def __init__(self, values: Mapping[str, str], dots: str, *, blank_form: bool) -> None:
        self._values = values
        self._dots = dots
        self._blank_form = blank_form

    def fill(self, text: str, **more: str) -> str:
        """The wording with its fields filled in; ``more`` adds or replaces fields."""

        def put(name: str, hint: str | None) -> str:
            value = more.get(name) if name in more else self._values.get(name)
            if value:
                return value
            return hint if hint and self._blank_form else self._dots

        return BLANK.sub(lambda match: put(match[1], match[2]), text)


def digits(agency: Agency, text: str) -> str:
    """What gen writes itself, in the agency's digits."""
    return numerals.written(agency, text)


def total(agency: Agency, weights: Iterable[Exact]) -> str:
    """What weights add up to, without the noughts that one of them was typed with."""
    return digits(agency, thai.weight(Decimal(bare(add(weights)))))


def assessors(agency: Agency, unit: Unit) -> tuple[Party, ...]:
    """Who signs as assessor; one blank party where the data names nobody."""
    return tuple(unit.assessors if unit.assessors is not None else agency.assessors) or (Party(),)


def assessees(unit: Unit) -> tuple[Party, ...]:
    """Who signs for the unit; one blank party where the data names nobody."""
    return tuple(unit.assessees) or (Party(),)


def joined(values: list[str | None]) -> str:
    """Several names in one sentence; nothing when one is missing."""
    return " และ ".join(v for v in values if v) if values and all(values) else ""


def fields(subject: DocumentSubject) -> Fields:
    """The fields that all wording may hold (``model.FIELDS``)."""
    agency, unit = subject.agency, subject.unit
    year = agency.fiscal_year
    sides = {"assessor": assessors(agency, unit), "assessee": assessees(unit)}
    values = {
        "agency": agency.name,
        "unit": unit.name or (agency.name if subject.units else ""),
        "year": digits(agency, str(year)),
        "start": digits(agency, thai.long_date(thai.fiscal_year_start(year))),
        "end": digits(agency, thai.long_date(thai.fiscal_year_end(year))),
        "rounds": digits(agency, " ".join(r.name for r in subject.rounds)),
        "rounds.start": digits(agency, thai.long_date(subject.rounds[0].start)),
        "rounds.end": digits(agency, thai.long_date(subject.rounds[-1].end)),
        "agreement": agency.terms.agreement,
        "assessor": agency.terms.assessor,
        "assessee": agency.terms.assessee,
    }
    for side, parties in sides.items():
        values[f"{side}.name"] = joined([party.name for party in parties])
        values[f"{side}.position"] = joined([party.position for party in parties])
    return Fields(values, subject.wording.blank, blank_form=subject.scope != "unit")


def about_round(agency: Agency, round_: Round) -> dict[str, str]:
    """The further fields of what is made of a round: its name, and when its figures are taken."""
    taken = thai.long_date(round_.cutoff) if round_.cutoff is not None else ""
    return {"round": digits(agency, round_.name), "cutoff": digits(agency, taken)}


def furniture(subject: DocumentSubject, fill: Fields) -> PageFurniture:
    """Head and foot of every page. Only what is of a unit can be a draft."""
    wording = subject.wording
    marks = []
    is_of_agreement = not subject.round and subject.survey is None
    if subject.unit.status == "draft" and subject.scope == "unit" and is_of_agreement:
        marks.append(wording.marks.draft)
    if subject.agency.example or subject.example:
        marks.append(wording.marks.example)
    footer = fill.fill(wording.footer)
    is_long = subject.lettering.paragraph(footer).length * FOOT * CENTIMETRES > FOOT_ROOM
    both = subject.lettering.paragraph(f"{footer} {_IN_ONE.join((wording.id, *_LIKE_AN_ID))}")
    return PageFurniture(
        mark=" · ".join(marks),
        footer=footer,
        number=wording.page,
        id_label=wording.id,
        id=subject.document_id,
        digits=subject.agency.digits,
        named=subject.lettering.named,
        justified=subject.agency.justified,
        long=is_long,
        deep=is_long and both.lines(FOOT_ROOM / CENTIMETRES / FOOT) > FOOT_LINES,
    )


def properties(subject: DocumentSubject, title: str) -> Properties:
    """What the file says of itself, dated to the fiscal year's first day."""
    agency = subject.agency
    return Properties(
        title=title,
        subject=agency.terms.agreement,
        author=agency.name,
        day=thai.fiscal_year_start(agency.fiscal_year),
    )
