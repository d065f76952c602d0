"""What one Word file was found to say, before anything is joined with other files."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from ...messages import Message
from .combining import CombiningRule
from .kept import LineLog, Mapping, Typed
from .pieces import Block, Line, lines_of


@dataclass(slots=True, eq=False)
class FoundComponent:
    """A section of a table: its name, what it weighs, what stands above its own table."""

    name: Typed
    weight: Typed | None = None
    second: Typed | None = None
    text: Typed | None = None
    heading: Typed | None = None
    row: Typed | None = None
    id: str = ""


@dataclass(slots=True, eq=False)
class FoundIndicator:
    """An indicator as one file has it: a row of each table, a sheet."""

    name: Typed
    number: str = ""
    component: FoundComponent | None = None
    weights: dict[str, Typed] = field(default_factory=dict)
    table_levels: dict[str, dict[str, Typed]] = field(default_factory=dict)
    sheet_levels: dict[str, list[tuple[Typed | None, dict[str, Typed]]]] = field(
        default_factory=dict
    )
    """By round: the rows of the sheet's table, each with its part's name."""
    table_years: dict[str, Typed] = field(default_factory=dict)
    baselines: list[Mapping] = field(default_factory=list)
    fields: Mapping = field(default_factory=Mapping)
    issue: Typed | None = None
    goals: list[Typed] = field(default_factory=list)
    reported: dict[str, Typed] = field(default_factory=dict)
    """What the table of a report says of it: ``result``, ``score``, ``weighted``."""
    other_names: dict[str, Typed] = field(default_factory=dict)
    has_sheet: bool = False
    shown: set[str] = field(default_factory=set)
    """The fields that its sheet shows."""
    skipped: list[tuple[str, Line]] = field(default_factory=list)
    """Rounds in which tables print no weight but a dash: it isn't assessed there."""
    plan: Mapping | None = None
    combined: list[tuple[CombiningRule, Line]] = field(default_factory=list)
    """How its sheet says that parts become one score."""
    past_years: Typed | None = None
    tables: list[Mapping] = field(default_factory=list)


@dataclass(slots=True, eq=False)
class FoundParty:
    """Someone who signs."""

    name: Typed | None = None
    position: Typed | None = None
    role: Typed | None = None


@dataclass(slots=True, eq=False)
class FoundRound:
    """A round as a head names it."""

    id: str
    name: Typed


@dataclass(slots=True, eq=False)
class ReportRow:
    """What a report says of one indicator: its row, and the blocks that explain its score."""

    name: Typed
    number: str = ""
    result: Typed | None = None
    score: Typed | None = None
    weighted: Typed | None = None
    blocks: list[Block] = field(default_factory=list)
    evidence: list[Typed] = field(default_factory=list)


@dataclass(slots=True, eq=False)
class FoundReport:
    """A report of results: what its title says, its rows, and what stands beside them."""

    file: str
    title: list[Line] = field(default_factory=list)
    unit: Typed | None = None
    results: list[ReportRow] = field(default_factory=list)
    blocks: list[Block] = field(default_factory=list)
    """What explains no score: remarks of assessors, tables of rows, comments, the end."""
    aside: list[Line] = field(default_factory=list)
    """Heads and feet of its pages."""


@dataclass(slots=True, eq=False)
class FoundFile:
    """All that one file says."""

    name: str
    blocks: list[Block]
    account: LineLog
    title: list[Line] = field(default_factory=list)
    unit: Typed | None = None
    unit_is_guess: bool = False
    stem: str = ""
    """The name of its file, where the form leaves the unit's name open."""
    agency: Typed | None = None
    level: Typed | None = None
    others_name_levels: bool = False
    """Whether sheets of other files print the level of their unit."""
    year: Typed | None = None
    term: Typed | None = None
    assessors: list[FoundParty] = field(default_factory=list)
    assessees: list[FoundParty] = field(default_factory=list)
    signed: Typed | None = None
    report: FoundReport | None = None
    signers: int = 0
    is_draft_marked: bool = False
    wording: Mapping = field(default_factory=Mapping)
    """Words of ``wording.yaml``, as they stand: fields aren't put in yet."""
    chapters: list[Mapping] = field(default_factory=list)
    duties: list[Typed] = field(default_factory=list)
    strategy: list[Mapping] = field(default_factory=list)
    components: list[FoundComponent] = field(default_factory=list)
    roots: list[FoundComponent] = field(default_factory=list)
    """Those of the table of weights; ``parents`` has each root with the components below it."""
    parents: list[tuple[FoundComponent, list[FoundComponent]]] = field(default_factory=list)
    total: Typed | None = None
    indicators: list[FoundIndicator] = field(default_factory=list)
    rounds: list[FoundRound] = field(default_factory=list)
    years: list[str] = field(default_factory=list)
    levels: list[tuple[str, Typed]] = field(default_factory=list)
    """The scale: each level's key and what the heads call it."""
    unit_en: Typed | None = None
    plans: list[Mapping] = field(default_factory=list)
    periods: list[str] = field(default_factory=list)
    """What sheets say of the days that each round judges."""
    mean: Typed | None = None
    """The head over the mean of past years, where sheets have it."""
    word_orders: list[tuple[FoundIndicator, list[tuple[str, Any, Line]]]] = field(
        default_factory=list
    )

    @property
    def is_of_an_agreement(self) -> bool:
        """Whether it says more than a title, which any letter has."""
        form: Any = self.wording.get("agreement") or {}
        words = (self.wording.keys() - {"agreement"}) | (form.keys() - {"title"})
        return bool(self.indicators or self.duties or self.strategy or self.chapters or words)

    """By sheet: its labels in their order."""
    names: dict[int, str] = field(default_factory=dict)
    """What plans and tables are called, by their ``id``; known once all files are read."""
    questions: list[Message] = field(default_factory=list)

    def blocks_lines(self) -> list[Line]:
        """All lines of the body."""
        return [line for line in lines_of(self.blocks) if line.said]

    def words(self, *path: str) -> Mapping:
        """A part of ``wording.yaml``, made where it isn't there yet."""
        at: Any = self.wording
        for key in path:
            at = at.setdefault(key, Mapping())
        assert isinstance(at, Mapping)
        return at

    def word(self, path: tuple[str, ...], text: Typed) -> None:
        """A word of the form, by its key; where it is there already, that one stands for both."""
        *outer, key = path
        part = self.words(*outer)
        old = part.get(key)
        if old is None:
            part[key] = text
        elif isinstance(old, Typed) and str(old) == str(text):
            old.stand_for(text)

    def round(self, name: Typed, id_: str | None) -> str:
        """The id of a round that a head names; the same words are the same round."""
        for one in self.rounds:
            if (id_ is not None and one.id == id_) or str(one.name) == str(name):
                if str(one.name) == str(name):
                    one.name.stand_for(name)
                return one.id
        made = id_ or str(len(self.rounds) + 1)
        self.rounds.append(FoundRound(made, name))
        return made
