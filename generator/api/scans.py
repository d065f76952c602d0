"""Scanned questionnaires: read, what isn't sure put to a person, the rest counted."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from .. import rules
from ..agreements import reading, rounds
from ..agreements.document_names import folder_of, unit_id
from ..agreements.files import valid_file
from ..agreements.lookup import Target
from ..errors import FileError, MissingError, UsageError, stop_on
from ..importing.responses import CountedAnswers
from ..messages import Message, message
from ..survey import AnswerColumn, columns
from ..survey.uses import named
from ..workspace.confined import below, read_bytes
from ..workspace.environment import Workspace
from ..workspace.publishing import publish
from . import surveys

if TYPE_CHECKING:
    from ..scanning.copies import CopyQuestion
    from ..scanning.journal import SideRecord
    from ..scanning.printed_forms import FormOnPaper
    from ..scanning.summing_up import Figures
    from ..scanning.working import Reader, SideJob

RESPONDENTS, REVIEW, REPORT, _MARK, _CUTS = (
    "respondents.csv",
    "review.html",
    "report.txt",
    "counted.sha256",
    "cuts",
)
_MAX_DECISIONS = 20 << 20
_MAX_CUT = 10 << 20

Progress = Callable[[int, int], None]
"""Told after each side: how many were read, of how many."""


@dataclass(frozen=True, slots=True)
class ScansAsked:
    """What is to be read: files or folders, files of decisions, other maps than those made here.

    ``over``: in place of counted answers that came from elsewhere. ``processes``: 0 for as many as
    the machine has.
    """

    scans: tuple[Path, ...] = ()
    decided: tuple[Path, ...] = ()
    maps: tuple[Path, ...] = ()
    over: bool = False
    processes: int = 0


@dataclass(frozen=True, slots=True)
class ScansRead:
    """What reading came to. ``counted`` is None while something waits for a person."""

    folder: Path
    files: tuple[Path, ...]
    said: tuple[Message, ...]
    figures: Figures
    counted: CountedAnswers | None
    questions: tuple[CopyQuestion, ...]


@dataclass(frozen=True, slots=True)
class _Of:
    """Which survey of whom, and where its scans' files stand."""

    survey: str
    round: str
    columns: Mapping[str, AnswerColumn]
    title: str
    folder: Path
    outputs: tuple[Path, ...]
    answers: Path


def read(
    workspace: Workspace,
    target: Target,
    survey_id: str,
    round_id: str,
    asked: ScansAsked,
    progress: Progress = lambda _done, _all: None,
) -> ScansRead:
    """Read scans of a unit's survey, and count the answers where nothing is left to decide.

    What was read stays, however the run ends; sides that were read before aren't read again.
    Raises DataError, FileError, MissingError, UsageError.
    """
    try:
        from ..scanning import copies, journal, printed_forms, summing_up
    except ImportError as error:
        raise MissingError(message("scanning-libraries-missing")) from error

    of = _of(workspace, target, survey_id, round_id)
    forms = printed_forms.by_document(_forms(workspace, target, of, asked))
    maps = {document: form.map for document, form in forms.items()}
    of.folder.mkdir(parents=True, exist_ok=True)
    if asked.decided:
        _decide(of.folder, asked.decided)
    others = _scan(of, forms, asked, progress) if asked.scans else ()
    sides = journal.sides(of.folder)
    decisions = {(one.copy, one.item): one for one in journal.decisions(of.folder)}
    gathered = copies.gathered(sides, maps, decisions)
    found = [
        (copy.key, copies.questions(copy, maps[copy.document], of.columns, decisions))
        for copy in gathered.copies
    ]
    questions = copies.of_unknown(gathered)
    questions += [question for _, several in found for question in several]
    figures = summing_up.figures(sides, gathered, questions)
    said = summing_up.report(sides, gathered, maps, figures, [path.name for path in others])
    rows = summing_up.respondents(of.columns, found)
    if rows.left_out:
        several = tuple(f"{key} {item}" for key, item in rows.left_out[:20])
        said.append(message("ranks-left-out", count=len(rows.left_out), places=several))
    waiting = sorted((one for one in questions if one.doubt), key=lambda one: not one.waits)
    paths = [of.folder / RESPONDENTS]
    files: dict[Path, bytes] = {paths[0]: rows.data}
    files |= _review(of, waiting)
    if figures.doubts or figures.written:
        page = of.folder / REVIEW
        said.append(
            message(
                "questions-wait",
                count=figures.doubts,
                written=str(figures.written),
                file=page.name,
            )
        )
        paths.append(page)
    files[of.folder / REPORT] = "".join(f"{line}\n" for line in said).encode()
    publish(files)
    counted = None
    if not figures.doubts and found:
        counted = _count(workspace, target, of, over=asked.over)
        paths += counted.files
    return ScansRead(of.folder, tuple(paths), tuple(said), figures, counted, tuple(questions))


def _of(workspace: Workspace, target: Target, survey_id: str, round_id: str) -> _Of:
    """Which survey is meant. Raises DataError, UsageError."""
    if target.unit is None or target.sealed:
        raise UsageError(message("answers-of-no-unit"))
    folder = rules.valid(reading.read_agency(target.folder))
    unit = reading.read_unit(folder, target.unit)
    survey_id = named(folder, survey_id)
    stop_on(rules.check_survey(folder, survey_id))
    survey = valid_file(folder.surveys[survey_id]).model
    round_id = rounds.named(round_id, folder.agency.model, unit.file.model)
    who = unit_id(unit)
    home = folder_of(workspace.outputs, folder.id, who)
    return _Of(
        survey_id,
        round_id,
        {column.code: column for column in columns(survey)},
        " ".join(survey.title),
        below(home, f"{who}-scans-{survey_id}-{round_id}"),
        (home, folder_of(workspace.outputs, folder.id, "blank")),
        folder.answer_path(round_id, unit.id, survey_id),
    )


def _forms(workspace: Workspace, target: Target, of: _Of, asked: ScansAsked) -> list[FormOnPaper]:
    """The forms that scans may be of: those printed here, those named; else today's. Raises."""
    from ..scanning import printed_forms
    from ..survey import sheet_map

    found = [printed_forms.read(path) for path in asked.maps]
    found += printed_forms.below((*of.outputs, of.folder), of.survey)
    if found:
        return found
    for layout in ("", "large", "booklet"):
        made = surveys.make(workspace, target, of.survey, layout=layout, formats=("pdf",)).files
        (pdf,) = (data for path, data in made.items() if path.suffix == ".pdf")
        (places,) = (data for path, data in made.items() if path.suffix == ".json")
        found.append(printed_forms.FormOnPaper(sheet_map.read(places), pdf))
    return found


def _decide(folder: Path, files: Iterable[Path]) -> None:
    """Keep the decisions of files, behind those that are kept. Raises FileError."""
    from ..scanning import journal

    known = set(journal.decisions(folder))
    new = []
    for path in files:
        try:
            several = journal.decided(read_bytes(path, _MAX_DECISIONS))
        except ValueError as error:
            raise FileError(message("no-decisions", file=path.name)) from error
        new += [one for one in several if one not in known]
    with (folder / journal.DECIDED).open("ab") as kept:
        kept.write(b"".join(map(journal.line, new)))


def _scan(
    of: _Of, forms: Mapping[str, FormOnPaper], asked: ScansAsked, progress: Progress
) -> tuple[Path, ...]:
    """Read what wasn't read yet, a line a side; what is no scan is passed over, and told.

    Raises FileError where a named path isn't there.
    """
    from ..scanning import journal, pool, printed_forms
    from ..scanning.working import Reader

    for path in asked.scans:
        if not path.exists():
            raise FileError(message("no-such-scan", file=path.name))
    known = {side.key for side in journal.sides(of.folder)}
    many = frozenset(code for code, column in of.columns.items() if column.kind == "many")
    todo = _jobs(asked.scans, known)
    of_all = len(todo.sides)

    # Made once: the processes that read share it.
    prints = printed_forms.prints(forms)
    prints.make_ready()

    def reader() -> Reader:
        return Reader(prints, many)

    count = min(asked.processes or pool.processors(), max(1, of_all // 4))
    path = of.folder / journal.READ
    _mend(path)
    with path.open("ab") as log:
        for record in todo.faults:
            log.write(journal.line(record))
        for done, side in enumerate(pool.read(reader, todo.sides, count), start=1):
            for (page, item), data in side.cuts.items():
                target = _cut(of.folder, side.record, page, item)
                target.parent.mkdir(exist_ok=True)
                target.write_bytes(data)
            log.write(journal.line(side.record))
            log.flush()
            progress(done, of_all)
    return todo.others


def _mend(path: Path) -> None:
    """A line that a killed run left torn is ended, so that the next one begins anew."""
    with suppress(FileNotFoundError), path.open("rb+") as log:
        if log.seek(0, 2) and (log.seek(-1, 2), log.read(1))[1] != b"\n":
            log.write(b"\n")


@dataclass(frozen=True, slots=True)
class _Jobs:
    """The sides to read, the files that hold none, and what isn't a scan in folders."""

    sides: list[SideJob]
    faults: list[SideRecord]
    others: tuple[Path, ...]


def _jobs(scans: Sequence[Path], known: set[tuple[str, int]]) -> _Jobs:
    """What there is to read. Raises FileError."""
    from ..scanning import pictures
    from ..scanning.journal import SideRecord
    from ..scanning.working import SideJob

    jobs: list[SideJob] = []
    faults: list[SideRecord] = []
    found = pictures.files(scans)
    for path in found.pictures:
        try:
            sha = pictures.hash_of(path)
        except OSError as error:
            raise FileError(
                message("cannot-use-file", name=path.name, reason=error.strerror or "")
            ) from error
        try:
            with pictures.opened(path) as file:
                pages = file.pages
        except pictures.UnreadablePicture as error:
            if (sha, 0) not in known:
                known.add((sha, 0))
                faults.append(SideRecord(path.name, sha, 0, fault=error.said.code))
            continue
        for number in range(1, pages + 1):
            if (sha, number) not in known:
                known.add((sha, number))
                jobs.append(SideJob(path, sha, number))
    return _Jobs(jobs, faults, found.others)


def _cut(folder: Path, side: SideRecord, page: int, item: str) -> Path:
    """Where the cut-out of a question lies; ``page`` counts those of the side."""
    name = hashlib.sha256(f"{side.sha};{side.number};{item};{page}".encode()).hexdigest()[:32]
    return folder / _CUTS / f"{name}.png"


def _review(of: _Of, waiting: Sequence[CopyQuestion]) -> dict[Path, bytes]:
    """The page for a person, with its cut-outs; without anything to decide it is told so."""
    from ..scanning import review

    cuts: dict[tuple[str, int, str, int], bytes] = {}
    for one in waiting[: review.MOST]:
        for source, _ in one.sources:
            page = source.side.pages.index(source.page)
            path = _cut(of.folder, source.side, page, one.item)
            with suppress(FileError):
                cuts[*source.side.key, one.item, page] = read_bytes(path, _MAX_CUT)
    return {of.folder / REVIEW: review.page(of.title, waiting, of.columns, cuts)}


def _count(workspace: Workspace, target: Target, of: _Of, *, over: bool) -> CountedAnswers:
    """Count the respondents; what an earlier run counted is counted anew."""
    mark = of.folder / _MARK
    ours = False
    if of.answers.exists() and mark.exists():
        sha = hashlib.sha256(read_bytes(of.answers)).hexdigest().encode()
        ours = read_bytes(mark, 1000).strip() == sha
    counted = surveys.count(
        workspace,
        target,
        of.survey,
        of.round,
        [of.folder / RESPONDENTS],
        over=over or ours,
    )
    ((_, data),) = counted.files.items()
    publish({**counted.files, mark: hashlib.sha256(data).hexdigest().encode() + b"\n"})
    return counted


def explained(found: ScansRead, wanted: str) -> Iterator[dict[str, Any]]:
    """Where the values of a copy (or of one question of all) come from: file, page, rectangle."""
    for one in found.questions:
        if wanted not in (one.copy, one.item, f"{one.copy}:{one.item}"):
            continue
        yield {
            "copy": one.copy,
            "item": one.item,
            "answer": one.text if one.typed else list(one.options),
            "doubt": one.doubt,
            "decided": None
            if one.decided is None
            else {"who": one.decided.who, "when": one.decided.when},
            "read": [
                {
                    "file": source.side.file,
                    "page": source.side.number,
                    "sheet": source.page.page,
                    "boxes": []
                    if record is None
                    else [
                        {
                            "option": box.option,
                            "state": box.state,
                            "why": box.why,
                            "ink": box.cover,
                            "round": box.round_,
                            "corners": box.corners,
                        }
                        for box in record.boxes
                    ],
                }
                for source, record in one.sources
            ],
        }


def as_json(found: ScansRead) -> dict[str, Any]:
    """What reading came to, for machines."""
    return {
        "sides": found.figures.sides,
        "pages": found.figures.pages,
        "copies": found.figures.copies,
        "waiting": found.figures.doubts,
        "to_type": found.figures.written,
        "said": [{"code": one.code, "text": str(one)} for one in found.said],
        "counted": None if found.counted is None else surveys.as_json(found.counted),
    }
