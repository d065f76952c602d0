"""A document's source: all the data that it was made from, in one piece, and its id.

The source holds the agency, the wording and the unit with its indicators merged and
filled in. It goes into the finished PDF; a document made from it again is the same.

Not every word of the source stands in the document. So there are two hashes: that of the source
says whether the file is the one that was recorded; that of the data covers what the document
says, and makes its id.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal, TypeVar

from pydantic import BaseModel

from ..messages import message
from ..model import Answers, Results
from ..model.papers import PaperSize
from . import yaml_tree, yaml_writing
from .files import FORM_ID, AgencyFolder, DataFile, TableFile, UnitFile, ValidAgency
from .yaml_tree import Plain

M = TypeVar("M", bound=BaseModel)

SOURCE, TEXT, ABOUT = "source.yaml", "text.txt", "record.json"
"""The names under which a PDF carries its source, its finished text, and what they are."""

HEAD = "document"
"""A source's first entry: which document it is of."""

BEFORE, EVIDENCE = "before", "evidence"
"""What a source calls the answers of an earlier round, and the hashes of evidence."""

MAX_SOURCE = 32 << 20
"""How large a source may be, in bytes: a framework holds all units of an agency."""

EMBLEM = "emblem.png"
"""What a source calls the agency's emblem, whatever its file is called and wherever it lies."""

KEYS = (
    *("id", "kind", "agency", "unit"),
    *("generator", "data_hash", "source_hash", "text_hash", "template_hash"),
)
"""What ``record.json`` says."""

_FIRST_ENTRY = re.compile(rb"[^\n]*\n(?:(?: [^\n]*)?\n)*")

SOURCE_HASH = "source_hash"
"""Records of old have none: their data hash is that of the source."""

_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_BITS = 60
_MAX_FACT = 500


DocumentScope = Literal["unit", "agency", "form"]
"""What a document is of: one unit; the agency with all its units; nobody, to be filled in."""


SurveyLayout = Literal["", "large", "fillable", "booklet"]
"""How a questionnaire is laid out; "" is the usual way."""


@dataclass(frozen=True, slots=True)
class DocumentOptions:
    """How a document is to be made: of what, with the indicators' sheets, of a round.

    ``survey`` is the questionnaire it is of, ``layout`` how that is laid out. ``paper`` is the
    size of what stands on one large page (a chart).
    """

    scope: DocumentScope = "unit"
    sheets: bool = True
    round: str = ""
    survey: str = ""
    layout: SurveyLayout = ""
    paper: PaperSize = "a3"


@dataclass(frozen=True, slots=True)
class DocumentInput:
    """What a document is made from: an agency and a unit, or its form and all its units.

    A report is also made from ``results``, by unit, and ``answers``, by unit and survey;
    ``units`` are then those it borrows from. ``before`` are an earlier round and the answers to the
    survey in it, which its report sets beside those of its own. ``evidence`` are the hashes of the
    files that prove results, by their names.
    """

    kind: str
    options: DocumentOptions
    folder: ValidAgency
    unit: UnitFile
    units: tuple[UnitFile, ...] = ()
    results: Mapping[str, DataFile[Results]] = field(default_factory=dict)
    answers: Mapping[tuple[str, str], DataFile[Answers]] = field(default_factory=dict)
    before: tuple[str, DataFile[Answers]] | None = None
    evidence: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class SourceRecord:
    """The source of one document: ``data`` as YAML and its hash; the hash of what it says."""

    kind: str
    agency: str
    unit: str
    data: bytes
    source_hash: str
    data_hash: str
    pictures: Mapping[str, bytes]

    @property
    def id(self) -> str:
        """The document id: 60 bits of the data's hash, in groups that can be read aloud."""
        return document_id(self.data_hash)

    def about(self, text: bytes, *, template_hash: str, generator: str) -> bytes:
        """What the finished document says of itself, as JSON."""
        values = (
            *(self.id, self.kind, self.agency, self.unit),
            *(generator, self.data_hash, self.source_hash, sha256(text), template_hash),
        )
        facts = dict(zip(KEYS, values, strict=True))
        return (json.dumps(facts, ensure_ascii=False, indent=1) + "\n").encode()


def of(origin: DocumentInput, pictures: Mapping[str, bytes], said: Plain) -> SourceRecord:
    """The record of a document that is about to be made; ``said`` is all that it says."""
    data = _all(origin, pictures)
    text = yaml_writing.dump(data)
    return SourceRecord(
        kind=origin.kind,
        agency=origin.folder.id,
        unit=origin.unit.id,
        data=text.encode(),
        source_hash=hash_of(data),
        data_hash=data_hash(origin, said),
        pictures=pictures,
    )


def data_hash(origin: DocumentInput, said: Plain) -> str:
    """The hash of which document it is and of all that it says: what its id is made of."""
    return hash_of({HEAD: _head(origin), "content": said})


def source_hash(origin: DocumentInput, pictures: Mapping[str, bytes]) -> str:
    """The hash of a document's source, where nothing more than that is needed."""
    return hash_of(_all(origin, pictures))


def source_hash_of(said: Mapping[str, str]) -> str:
    """The hash of the source by what a record says."""
    return said.get(SOURCE_HASH) or said["data_hash"]


def _head(origin: DocumentInput) -> dict[str, Plain]:
    """Which document it is, and how it is to be made."""
    options = origin.options
    return {
        "kind": origin.kind,
        "agency": origin.folder.id,
        "unit": origin.unit.id,
        "blank": "false" if options.scope == "unit" else "true",
        "sheets": "true" if options.sheets else "false",
        "round": options.round,
        "survey": options.survey,
        "form": options.layout,
        # Only where it isn't the usual one.
        **({"paper": options.paper} if options.paper != "a3" else {}),
    }


def head_of(source: bytes) -> Mapping[str, str]:
    """Which document a source is of, and how it is made (``round``, ``survey``, …).

    Only a source's first entry is read, however long the rest is: that is what it is written as.
    Nothing where another stands first.
    """
    entry = _FIRST_ENTRY.match(source)
    node = yaml_tree.parse(Path(SOURCE), entry[0] if entry else b"").node
    head = node.child(HEAD) if node is not None else None
    plain = head.plain() if head is not None else None
    if not isinstance(plain, dict):
        return {}
    return {key: value for key, value in plain.items() if isinstance(value, str)}


def _all(origin: DocumentInput, pictures: Mapping[str, bytes]) -> dict[str, Plain]:
    """Everything that a document is made from."""
    folder, unit = origin.folder, origin.unit
    used = [
        resolved.item.indicator
        for member in (unit, *origin.units)
        for resolved in member.indicators
    ]
    sites = {one.by_row.sites for one in used if one.by_row is not None and one.by_row.sites}
    printed = {key for indicator in used for key in indicator.tables}
    tables = sorted(printed | set(_averaged(origin)) | (sites & set(folder.tables)))
    plans = sorted({indicator.plan for indicator in used if indicator.plan is not None})
    return {
        HEAD: _head(origin),
        "agency": _agency(folder),
        "wording": folder.wording.node.plain(),
        "unit": unit_data(unit),
        "tables": {key: _table(folder.tables[key]) for key in tables},
        "plans": {key: folder.plans[key].node.plain() for key in plans},
        "units": {member.id: unit_data(member) for member in origin.units},
        "results": {key: file.node.plain() for key, file in sorted(origin.results.items())},
        "surveys": {key: folder.surveys[key].node.plain() for key in _surveys(origin)},
        "answers": _answers(origin),
        **_before(origin),
        **({EVIDENCE: {**origin.evidence}} if origin.evidence else {}),
        "pictures": {name: sha256(content) for name, content in sorted(pictures.items())},
    }


def _surveys(origin: DocumentInput) -> list[str]:
    """The questionnaires that the document is of, counts the answers to, or names."""
    asked = {origin.options.survey, *(survey for _, survey in origin.answers)}
    if origin.kind == "framework":
        items = (item for unit in origin.units for item in unit.items)
        asked |= {use.survey for item in items for use in item.use.surveys}
    return sorted(asked & set(origin.folder.surveys))


def _answers(origin: DocumentInput) -> dict[str, Plain]:
    """The counted answers, by unit and survey: what the document is made of, and no more.

    Names of files are private, and what was written only the answers' own report prints.
    """
    left_out = {"sources"} if origin.options.survey else {"sources", "written"}
    found: dict[str, dict[str, Plain]] = {}
    for (unit, survey), file in sorted(origin.answers.items()):
        plain = file.node.plain()
        assert isinstance(plain, dict)
        kept = {key: value for key, value in plain.items() if key not in left_out}
        found.setdefault(unit, {})[survey] = kept
    return {**found}


def _before(origin: DocumentInput) -> dict[str, Plain]:
    """The counts of an earlier round; a source has them where there are any."""
    if origin.before is None:
        return {}
    round_id, file = origin.before
    plain = file.node.plain()
    assert isinstance(plain, dict)
    kept = {key: value for key, value in plain.items() if key not in ("sources", "written")}
    return {BEFORE: {"round": round_id, "answers": kept}}


def _averaged(origin: DocumentInput) -> Iterator[str]:
    """The tables whose columns results are means of."""
    for member in (origin.unit, *origin.units):
        for resolved in member.indicators:
            if (column := resolved.item.use.result.mean_of) is not None:
                yield column.partition(".")[0]


def _agency(folder: AgencyFolder) -> Plain:
    """The agency's data; its emblem lies beside the source."""
    plain = folder.agency.node.plain()
    assert isinstance(plain, dict)
    return {**plain, "emblem": EMBLEM} if plain.get("emblem") is not None else plain


def _table(table: TableFile) -> Plain:
    """A target table with its CSV's rows, the head first."""
    rows: list[Plain] = [list(row.values()) for row in table.csv.rows]
    head: list[Plain] = list(table.csv.rows[0]) if rows else []
    return {"table": table.file.node.plain(), "rows": [head, *rows]}


def unit_data(unit: UnitFile) -> Plain:
    """The unit's data, each use holding the indicator as it was merged and filled in."""
    plain = unit.file.node.plain()
    assert isinstance(plain, dict)
    if unit.id == FORM_ID:
        plain = {"level": unit.unit.level, "status": unit.unit.status}
    uses: list[Plain] = []
    for resolved in unit.indicators:
        use = unit.file.node.find(resolved.place).plain()
        assert isinstance(use, dict)
        kept = {k: v for k, v in use.items() if k not in ("use", "define", "override", "blanks")}
        uses.append({"id": resolved.item.key, **kept, "define": resolved.node.plain()})
    return {**plain, "indicators": uses}


def hash_of(data: Plain) -> str:
    """The hash of data, whatever the order of its keys (SHA-256, hexadecimal)."""
    text = json.dumps(data, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return sha256(text.encode())


def read_about(data: bytes) -> Mapping[str, str]:
    """What ``record.json`` says. Raises ValueError where it isn't what ``about`` writes."""
    try:
        facts = json.loads(data)
    except (ValueError, RecursionError) as error:
        raise ValueError(message("record-unreadable")) from error
    needed = [key for key in KEYS if key != SOURCE_HASH]
    missing = [key for key in needed if not isinstance(facts, dict) or key not in facts]
    if missing:
        raise ValueError(message("record-lacks", keys=tuple(missing)))
    known = {key: facts[key] for key in KEYS if key in facts}
    if not all(isinstance(fact, str) and len(fact) <= _MAX_FACT for fact in known.values()):
        raise ValueError(message("record-holds-more"))
    return known


def document_id(hash_: str) -> str:
    """``K7QD-2M9X-4TPA``: the first 60 bits of a hash in Crockford's base 32."""
    number = int(hash_, 16) >> (4 * len(hash_) - _BITS)
    letters = "".join(_ALPHABET[number >> shift & 31] for shift in range(_BITS - 5, -1, -5))
    return "-".join(letters[start : start + 4] for start in range(0, len(letters), 4))


def sha256(data: bytes) -> str:
    """The SHA-256 of bytes, hexadecimal."""
    return hashlib.sha256(data).hexdigest()


def seal(parts: Mapping[str, bytes]) -> str:
    """What tells a Word document that was changed after it was made: a hash of its parts."""
    total = hashlib.sha256()
    for name in sorted(parts):
        total.update(name.encode() + b"\0" + hashlib.sha256(parts[name]).digest())
    return total.hexdigest()[:32]
