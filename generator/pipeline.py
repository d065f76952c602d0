"""The order of the work: read, check, build, write, verify, publish. Nothing else knows it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from . import (
    __version__,
    cascade,
    listing,
    lookup,
    outputs,
    placing,
    reader,
    record,
    rules,
    supervision,
    thai,
    verify,
)
from .confined import below, opened
from .context.common import Picture, Questionnaire, Subject, TableData, UnitView
from .context.content import content
from .diagnostics import Diagnostic, Location, collapsed, did_you_mean, errors, in_order
from .documents import KINDS
from .errors import DataError, FileError, UsageError
from .model import Answers, Results, SurveyUse
from .reader import AgencyFolder, File, TableFile, UnitFile
from .record import Options, Origin, Record
from .rules.references import code_of, unit_id
from .scoring import UnitScore, gathered, score_unit, unscorable
from .survey import columns
from .world import SYMBOLS, World

if TYPE_CHECKING:
    from .templates.docx import WordTemplate
    from .templates.html import HtmlTemplates
    from .writers.paper import Paper
    from .writers.pdf import Sheet, Written

FORMATS = ("docx", "pdf")
USUAL = Options()


@dataclass(frozen=True, slots=True)
class Copies:
    """How many copies of a questionnaire, and whether each has an id of its own."""

    count: int = 1
    serial: bool = False


ONE = Copies()


@dataclass(frozen=True, slots=True)
class Made:
    """What a run made: files with their bytes, and what it has to say about the data."""

    files: dict[Path, bytes] = field(default_factory=dict)
    warnings: tuple[Diagnostic, ...] = ()


@dataclass(frozen=True, slots=True)
class Draft:
    """A document before it is written: its finished strings, and the record of its source.

    ``survey``: what it is a questionnaire of, where it is one. ``origin``: what it is made from,
    where a fault of the finished pages is to name its place in the data.
    """

    context: Any
    record: Record
    survey: Questionnaire | None = None
    origin: Origin | None = None


def make(
    world: World,
    kind: str,
    found: lookup.Found,
    *,
    formats: Iterable[str] = FORMATS,
    options: Options = USUAL,
    base: Path | None = None,
    copies: Copies = ONE,
) -> Made:
    """Make one document of a unit (or an agency's blank form), verified, not yet published.

    ``found`` may also be a document's source, taken out of a finished document.
    Raises DataError, TemplateFault, RenderingError, VerificationError, MissingError,
    FileError.
    """
    about = find_origin(kind, found, options)
    faults = checked(world, about)
    options = about.options
    if options.form or copies != ONE:
        formats = ("pdf",)
    written = write(world, build(world, about), formats, copies)
    name = unit_id(about.unit)
    paper = options.paper if options.paper in KINDS[kind].papers[1:] else ""
    several = "copies" if copies != ONE else ""
    parts = (kind, options.survey, options.form, options.round, paper, several)
    what = "-".join(filter(None, parts))
    if options.blank:
        name = about.folder.id if KINDS[kind].of_agency else about.unit.id
    files = {
        outputs.target(base or world.outputs, about.folder.id, name, what, extension): data
        for extension, data in written.items()
    }
    # What is open in an agreement is nothing to a questionnaire.
    silent = options.blank or (KINDS[kind].of_survey and not KINDS[kind].of_round)
    return Made(files, () if silent else faults)


def again(world: World, origin: Origin) -> Draft:
    """A document that is made again from its source; nothing is written.

    Raises DataError, FileError.
    """
    checked(world, origin)
    return build(world, origin)


def html(world: World, draft: Draft) -> str:
    """The HTML of a document. Raises TemplateFault."""
    templates = html_templates(world.template_roots, draft.record.agency)
    return templates.render(draft.record.kind, draft.context)


def checked(world: World, origin: Origin) -> tuple[Diagnostic, ...]:
    """What there is to say about a document's data. Raises DataError when there are errors."""
    _worded(origin)
    stop_on(_lacking(origin))
    if KINDS[origin.kind].of_person and not origin.options.blank:
        stop_on(rules.check_is_person(origin.unit))
    faults = _sound(origin)
    if not origin.folder.sealed and world.signs is not None:
        stop_on(
            rules.check_signs_of(
                origin.folder,
                origin.options.survey,
                (origin.unit, *origin.units),
                origin.results.values(),
                world.signs,
            )
        )
    return faults


def _sound(origin: Origin) -> tuple[Diagnostic, ...]:
    """The same of data alone, whatever words there are for a document."""
    check_folder(origin.folder)
    if origin.options.survey:
        stop_on(rules.check_survey(origin.folder, origin.options.survey))
    faults = [*rules.check_unit(origin.folder, origin.unit)]
    for unit in origin.units:
        faults += errors(rules.check_unit(origin.folder, unit))
    for file in origin.results.values():
        faults += file.faults
        if not origin.folder.sealed and origin.folder.agency.model is not None:
            members = (origin.unit, *origin.units)
            faults += rules.check_results(origin.folder.agency.model, file, members)
    for counted in origin.answers.values():
        faults += rules.check_answers(origin.folder, counted, (origin.unit, *origin.units))
    stop_on(faults)
    if KINDS[origin.kind].of_department and not any(
        unit.unit.level == "department" for unit in origin.units
    ):
        place = Location(origin.folder.agency.path, 1, 1)
        fault = Diagnostic(
            "no unit is the department, whose indicators this document shows",
            place,
            f"one unit's file says 'level: department'; to add such a unit: {_command(origin)}",
        )
        stop_on([fault])
    return tuple(faults)


def _lacking(origin: Origin) -> Iterator[Diagnostic]:
    """A document of a round has one; one of a survey has it, and the answers that it reports on.

    What a source was taken from says for which documents it is enough.
    """
    kind, survey = KINDS[origin.kind], origin.options.survey
    place = Location(origin.folder.agency.path, 1, 1)
    if kind.of_round and kind.of_agency and not origin.options.round:
        yield Diagnostic("this document is of one round, and its source of none", place, _OTHER)
    if kind.of_survey and survey not in origin.folder.surveys:
        said = f"there is no survey '{survey}' to make this document of"
        yield Diagnostic(said, place, did_you_mean(survey, origin.folder.surveys) or _OTHER)
    elif kind.of_survey and kind.of_round and (origin.unit.id, survey) not in origin.answers:
        yield Diagnostic(f"there are no counted answers to '{survey}'", place, _OTHER)


_OTHER = "make it of the agency's own files"


def _worded(origin: Origin) -> None:
    """Refuse a document that the agency has no words for. Raises DataError."""
    words = KINDS[origin.kind].words
    if not has_words(origin.folder, origin.kind):
        place = Location(origin.folder.wording.path, 1, 1)
        fault = Diagnostic(
            f"there is no '{words}', the words of this document",
            place,
            f"to add them: {_command(origin)}",
        )
        stop_on([fault])


def _command(origin: Origin) -> str:
    """The command that adds what an agency lacks for a kind of document."""
    return f"gen init {origin.folder.id} --add {origin.kind}"


def has_words(folder: AgencyFolder, kind: str) -> bool:
    """Whether the agency has the words of a kind of document, as far as its wording is read."""
    words, wording = KINDS[kind].words, folder.wording
    return not words or wording.model is None or _part(wording.model, words) is not None


def _part(model: object, path: str) -> object:
    """What stands at a path of a model (``survey.report``); None where any of it is missing."""
    for name in path.split("."):
        model = getattr(model, name, None)
    return model


def check_folder(folder: AgencyFolder) -> None:
    """Raise DataError when the agency's own files are at fault."""
    stop_on(rules.check_folder(folder))


def find_origin(kind: str, found: lookup.Found, options: Options) -> Origin:
    """What the document is made from: an agency, a unit or form in it, and how."""
    if found.sealed:
        assert found.unit is not None
        origin = record.unseal(found.unit)
        if KINDS[kind].of_agency and not origin.units:
            raise UsageError(
                f"a {kind} can't be made of one unit's source", f"it is that of: {origin.kind}"
            )
        return replace(origin, kind=kind)
    is_form = options.blank and not KINDS[kind].of_agency and not KINDS[kind].of_survey
    if KINDS[kind].of_round and not options.round and not is_form:
        raise UsageError(f"a {kind} is of one round", "add --round 1 or --round 2")
    folder = reader.read_agency(found.folder)
    options = replace(options, survey=thai.folded(options.survey))
    if KINDS[kind].of_survey and options.survey not in folder.surveys:
        raise UsageError(
            f"there is no survey '{options.survey}'",
            did_you_mean(options.survey, folder.surveys) or "surveys/ holds none",
        )
    if KINDS[kind].of_agency or options.blank or found.unit is None:
        stop_on(folder.faults)
        units = _units(folder) if KINDS[kind].of_agency else ()
        results = _results(folder, units, options.round)
        answers = _answers(folder, units, options.round)
        form = reader.read_form(folder)
        return Origin(kind, replace(options, blank=True), folder, form, units, results, answers)
    return unit_origin(kind, folder, reader.read_unit(folder, found.unit), options)


def surveys_of(found: lookup.Found, *, blank: bool) -> tuple[str, ...]:
    """The surveys that a unit's indicators name; where it names none, all of the agency's.

    Raises UsageError, DataError, FileError.
    """
    if found.sealed:
        assert found.unit is not None
        return (record.unseal(found.unit).options.survey,)
    folder = reader.read_agency(found.folder)
    every = tuple(folder.surveys)
    if found.unit is not None and not blank:
        unit = reader.read_unit(folder, found.unit)
        asked = (asked for item in unit.items for asked in item.use.surveys)
        every = tuple(dict.fromkeys(one.survey for one in asked)) or every
    if not every:
        raise UsageError("the agency has no survey", "surveys/ holds none")
    return every


def unit_origin(kind: str, folder: AgencyFolder, unit: UnitFile, options: Options) -> Origin:
    """What a unit's document is made from; a report also from what it borrows."""
    if KINDS[kind].of_survey:
        if not KINDS[kind].of_round:
            return Origin(kind, options, folder, unit)
        path = folder.answer_path(options.round, unit.id, options.survey)
        if not listing.is_file(path):
            raise UsageError(
                f"no answers of {unit.id} to '{options.survey}' are counted in round "
                f"{options.round}",
                "count them: gen survey score",
            )
        counted = {(unit.id, options.survey): reader.read_answers(path)}
        return Origin(kind, options, folder, unit, answers=counted)
    units = tuple(_lenders(folder, unit)) if options.round else ()
    if KINDS[kind].of_person:
        units = (*units, *_above(folder, unit, {member.id for member in units}))
    members = (unit, *units)
    return Origin(
        kind,
        options,
        folder,
        unit,
        units,
        _results(folder, members, options.round),
        _answers(folder, members, options.round),
    )


def _lenders(folder: AgencyFolder, unit: UnitFile) -> Iterator[UnitFile]:
    """The units whose results a unit borrows, and those that they borrow from."""
    seen, todo = {unit.id}, [unit]
    while todo:
        for resolved in todo.pop().indicators:
            name = resolved.item.use.result.from_
            if name is not None and name not in seen and folder.has_unit(name):
                seen.add(name)
                todo.append(reader.read_unit(folder, folder.unit_path(name)))
                yield todo[-1]


def _above(folder: AgencyFolder, unit: UnitFile, known: set[str]) -> Iterator[UnitFile]:
    """The units that a person belongs to, and whose indicators the person's derive from."""
    origins = [item.use.origin[0] for item in unit.items if item.use.origin is not None]
    parent = unit.file.model.parent if unit.file.model is not None else None
    for name in dict.fromkeys([*([parent] if parent else []), *origins]):
        if name not in {unit.id, *known} and folder.has_unit(name):
            yield reader.read_unit(folder, folder.unit_path(name))


def _results(
    folder: AgencyFolder, units: Iterable[UnitFile], round_: str
) -> dict[str, File[Results]]:
    """What the units have reported in a round, by unit."""
    paths = {unit.id: folder.result_path(round_, unit.id) for unit in units}
    return {
        name: reader.read_results(path)
        for name, path in paths.items()
        if round_ and listing.is_file(path)
    }


def _answers(
    folder: AgencyFolder, units: Iterable[UnitFile], round_: str
) -> dict[tuple[str, str], File[Answers]]:
    """The counted answers of a round to the surveys that the units' indicators name."""
    paths = {
        (unit.id, asked.survey): folder.answer_path(round_, unit.id, asked.survey)
        for unit in units
        for resolved in unit.indicators
        for asked in resolved.item.use.surveys
    }
    return {
        key: reader.read_answers(path)
        for key, path in paths.items()
        if round_ and listing.is_file(path)
    }


def _units(folder: AgencyFolder) -> tuple[UnitFile, ...]:
    """All units of an agency, in the order of its frames, then by name."""
    agency = folder.agency.model
    framed = [name for frame in agency.frames for name in frame.units] if agency else []
    units = {unit.id: unit for unit in (reader.read_unit(folder, p) for p in folder.unit_paths)}
    order = dict.fromkeys([*(name for name in framed if name in units), *units])
    return tuple(units[name] for name in order)


def stop_on(faults: Iterable[Diagnostic]) -> None:
    """Raise DataError when there are errors among the faults."""
    every = tuple(dict.fromkeys(faults))
    found = errors(every)
    if found:
        count = "1 fault" if len(found) == 1 else f"{len(found)} faults"
        raise DataError(f"{count} in the data; nothing was written", diagnostics=every)


def emblem_of(folder: AgencyFolder) -> bytes | None:
    """The agency's emblem, where it has one. Raises FileError."""
    agency = folder.agency.model
    if agency is None or agency.emblem is None:
        return None
    return read_bytes(below(folder.folder, agency.emblem))


def build(world: World, origin: Origin) -> Draft:
    """The finished strings of a document. The data must be free of errors."""
    return built(world, origin, emblem_of(origin.folder))


def built(world: World, origin: Origin, data: bytes | None) -> Draft:
    """The finished strings of a document whose emblem was read already."""
    folder, unit, options = origin.folder, origin.unit, origin.options
    agency, wording = folder.agency.model, folder.wording.model
    assert agency is not None
    assert wording is not None
    emblem, pictures = None, {}
    if data is not None:
        emblem = Picture(data, wording.emblem.replace("[[agency]]", agency.name))
        pictures[record.EMBLEM] = data
    scores = scored(origin)
    stop_on(fault for score in scores.values() for fault in score.faults)
    context = KINDS[origin.kind].build(
        Subject(
            agency,
            wording,
            unit.unit,
            unit.items,
            emblem,
            blank=options.blank,
            sheets=options.sheets,
            tables={k: _table(t) for k, t in folder.tables.items() if not errors(t.faults)},
            plans={key: file.model for key, file in folder.plans.items() if file.model},
            units={
                member.id: UnitView(code_of(member), member.unit, member.items)
                for member in origin.units
            },
            round=options.round,
            paper=options.paper,
            scores=scores,
            score=scores.get(unit.id),
            example=_is_example(origin),
            survey=_questionnaire(origin),
            surveys={
                key: " ".join(file.model.title)
                for key, file in folder.surveys.items()
                if file.model is not None
            },
            assessed=_assessed(origin),
        )
    )
    asked = KINDS[origin.kind].of_survey and not KINDS[origin.kind].of_round
    survey = _questionnaire(origin) if asked else None
    # The code and the fields of a questionnaire say more than its pages.
    more = (survey.model.version, columns(survey.model)) if survey is not None else ()
    made_of = record.of(origin, pictures, content((context, more)))
    context = replace(context, page=replace(context.page, id=made_of.id))
    if world.day is not None:
        context = replace(context, properties=replace(context.properties, day=world.day))
    return Draft(context, made_of, survey, origin)


def _assessed(origin: Origin) -> Mapping[str, int]:
    """The competencies of a person as they were assessed in the round."""
    file = origin.results.get(origin.unit.id)
    return file.model.competencies if file is not None and file.model is not None else {}


def _is_example(origin: Origin) -> bool:
    """Whether any of the results or answers are invented."""
    results = [file.model for file in origin.results.values()]
    answers = [file.model for file in origin.answers.values()]
    return any(model.example for model in (*results, *answers) if model is not None)


def _questionnaire(origin: Origin) -> Questionnaire | None:
    """The survey that the document is of, as the unit makes it."""
    name = origin.options.survey
    file = origin.folder.surveys.get(name)
    if file is None or file.model is None:
        return None
    asked = (asked for item in origin.unit.items for asked in item.use.surveys)
    use = next((asked for asked in asked if asked.survey == name), SurveyUse(survey=name))
    counted = origin.answers.get((origin.unit.id, name))
    answers = counted.model if counted is not None else None
    return Questionnaire(name, file.model, use, origin.options.form, answers)


@dataclass(frozen=True, slots=True)
class Scored:
    """A unit's score, and what the units it borrows from are called."""

    unit: UnitFile
    score: UnitScore
    names: Mapping[str, str]


def score(found: lookup.Found, round_: Literal["1", "2"]) -> Scored:
    """The scores of a unit in a round; rows at fault carry their faults.

    Raises UsageError, DataError, FileError.
    """
    if found.unit is None:
        raise UsageError("scores are those of a unit", "name a unit; gen report takes an agency")
    origin = find_origin("report", found, Options(round=round_))
    _sound(origin)
    names = {unit.id: unit.unit.name or unit.id for unit in (origin.unit, *origin.units)}
    return Scored(origin.unit, scored(origin)[origin.unit.id], names)


def trace(found: lookup.Found, indicator: str) -> tuple[cascade.Link, ...]:
    """How an indicator comes down an agency, or to one unit and those below it.

    Raises UsageError, DataError, FileError.
    """
    if found.sealed:
        raise UsageError("an indicator is traced through an agency's files", "name the agency")
    folder = reader.read_agency(found.folder)
    stop_on(rules.check_folder(folder))
    units = _units(folder)
    faults = [fault for unit in units for fault in errors(rules.check_unit(folder, unit))]
    stop_on(in_order([*faults, *rules.check_cascade(units)]))
    indicator = thai.folded(indicator)
    unit = reader.id_of(found.unit) if found.unit is not None else None
    words = folder.wording.model.summary if folder.wording.model is not None else None
    tops = cascade.trace(units, indicator, unit, words.levels if words is not None else {})
    if not tops:
        asked = (member for member in units if unit in (None, member.id))
        known = {item.key for member in asked for item in member.items}
        raise UsageError(
            f"no unit has an indicator '{indicator}'"
            if unit is None
            else f"the unit has no indicator '{indicator}'",
            did_you_mean(indicator, known),
        )
    return tops


def scored(origin: Origin) -> dict[str, UnitScore]:
    """The scores of all units of an origin; none where it is of no round, or of a survey."""
    agency, round_ = origin.folder.agency.model, origin.options.round
    if not round_ or agency is None or KINDS[origin.kind].of_survey:
        return {}
    members = {member.id: member for member in (origin.unit, *origin.units)}
    members.pop(reader.FORM_ID, None)
    reports = gathered(origin.folder, round_, members, origin.results, origin.answers)
    # The units above a person are there to be named, not to be scored.
    alone = KINDS[origin.kind].of_person
    names = (name for name in members if not alone or name == origin.unit.id)
    return {name: score_unit(reports, name) for name in names}


def _table(table: TableFile) -> TableData:
    assert table.file.model is not None
    return TableData(table.file.model, table.csv.rows, table.csv.figures)


def write(
    world: World, draft: Draft, formats: Iterable[str], copies: Copies = ONE
) -> dict[str, bytes]:
    """The document in each format, opened again and compared with its twin.

    A questionnaire's PDF bears marks and codes, and has a map of its boxes beside it.
    """
    context, made_of = draft.context, draft.record
    called = f"{made_of.unit}-{made_of.kind}"
    written: dict[str, bytes] = {}
    stories: list[tuple[str, verify.Story]] = []
    if "docx" in formats:
        from .writers.docx import DocxWriter

        name = KINDS[made_of.kind].word(getattr(context, "paper", ""))
        _refuse(world.template_roots, "docx", made_of.agency, made_of.kind, name)
        template = word_template(world.template_roots, made_of.agency, name)
        supervision.at(f"{called} by {template.path}")
        written["docx"] = DocxWriter(template).write(context)
        stories.append(("DOCX", verify.check_docx(written["docx"])))
    if "pdf" in formats:
        supervision.at(f"{called} by templates/html/{made_of.kind}.html")
        html, text, drawn = _write_pdf(world, draft)
        data = drawn.data
        if draft.survey is not None:
            printed = _on_paper(world, draft, draft.survey, drawn, copies)
            written |= {"pdf": printed.data, "map.json": printed.map}
            if printed.tagged:
                data = printed.data
            else:
                verify.check_print(printed.data, printed.sides)
        written.setdefault("pdf", data)
        facts = verify.check_pdf(data, (world.font, SYMBOLS))
        stories.append(("template's text", verify.html_story(html)))
        stories.append(("PDF", facts.story))
    for (first, left), (second, right) in pairwise(stories):
        # Both come of one template here: what is lost was lost while the pages were laid out.
        if second == "PDF" and left != right and draft.origin is not None:
            lost = placing.too_long(left, right, draft.origin)
            stop_on([lost] if lost is not None else [])
        verify.compare(left, right, (first, second))
    if "pdf" in formats:
        verify.check_says(data, html, text)
    return written


def _on_paper(
    world: World, draft: Draft, survey: Questionnaire, drawn: Written, copies: Copies
) -> Paper:
    """The questionnaire as it is printed, and the map of its boxes."""
    from .writers import paper

    job = paper.Job(
        survey.id,
        survey.model.version,
        draft.record.id,
        survey.form,
        copies.count,
        copies.serial,
    )
    return paper.finish(drawn, job, world.file_of(SYMBOLS))


def _sheet(world: World, survey: Questionnaire | None) -> Sheet | None:
    from .writers.pdf import Sheet

    if survey is None:
        return None
    return Sheet(
        world.file_of(world.font),
        world.file_of(SYMBOLS),
        {column.code: column for column in columns(survey.model)},
        fillable=survey.form == "fillable",
    )


def _write_pdf(world: World, draft: Draft) -> tuple[str, bytes, Written]:
    """The document's HTML, its finished text, and its PDF."""
    from .templates.html import CODE, EMBLEM
    from .writers import code
    from .writers.pdf import Attached, PdfWriter

    context, made_of = draft.context, draft.record
    name = f"{made_of.kind}.html"
    _refuse(world.template_roots, "html", made_of.agency, made_of.kind, name)
    templates = html_templates(world.template_roots, made_of.agency)
    html = templates.render(made_of.kind, context)
    text = verify.html_text(html).encode()
    pictures = {CODE: ("image/png", code.dots(made_of.id))}
    if (emblem := getattr(context, "emblem", None)) is not None:
        pictures[EMBLEM] = ("image/png", emblem.data)
    attached = [
        Attached(record.SOURCE, made_of.data, "what the document was made from", "Source"),
        Attached(record.TEXT, text, "the finished text", "Alternative"),
        Attached(
            record.ABOUT,
            made_of.about(text, template_hash=templates.hash, generator=__version__),
            "id, versions and hashes",
            "Data",
        ),
        *(Attached(name, picture, "a picture") for name, picture in made_of.pictures.items()),
    ]
    drawn = PdfWriter(templates.stylesheet, world.font).write_sheet(
        html,
        _sheet(world, draft.survey),
        pictures=pictures,
        attached=attached,
        day=context.properties.day,
    )
    return html, text, drawn


@cache
def word_template(roots: tuple[Path, ...], agency: str, name: str) -> WordTemplate:
    """A Word template, compiled once a process."""
    from .templates import docx, locate

    def find(name: str) -> Path:
        return locate.find(roots, "docx", agency, name)

    return docx.load(find(name), find)


@cache
def html_templates(roots: tuple[Path, ...], agency: str) -> HtmlTemplates:
    """The HTML templates of an agency, compiled once a process."""
    from .templates.html import HtmlTemplates

    return HtmlTemplates(roots, agency)


@cache
def _refuse(roots: tuple[Path, ...], form: str, agency: str, kind: str, name: str) -> None:
    """Refuse, once a process, a template that the check finds an error in."""
    from .templates import check

    check.refuse(roots, form, agency, KINDS[kind], name)


def forget_templates() -> None:
    """Have the templates read again: somebody may have edited them."""
    _refuse.cache_clear()
    word_template.cache_clear()
    html_templates.cache_clear()


def check(world: World, paths: Iterable[Path]) -> tuple[tuple[Diagnostic, ...], int]:
    """All faults of the agencies, units and results that ``paths`` hold, and how many files.

    One bad file never stops the others.
    """
    faults: list[Diagnostic] = []
    count = 0
    for path in paths:
        for folder_path, only in _agency_folders(path):
            folder_faults, files = _check_agency(world, folder_path, only)
            faults += folder_faults
            count += files
    return collapsed(in_order(faults)), count


def _agency_folders(path: Path) -> list[tuple[Path, Path | None]]:
    """The agency folders at, below or above a path; with the one file, if it names one."""
    path = path.resolve()
    if path.is_file():
        for folder in path.parents:
            if (folder / "agency.yaml").is_file():
                return [(folder, path)]
        raise FileError(f"there is no agency.yaml for {path.name}", "is it an agency's file?")
    if (path / "agency.yaml").is_file():
        return [(path, None)]
    found = sorted(file.parent for file in path.rglob("agency.yaml"))
    if not found:
        raise FileError(f"there is no agency below {path}", "name an agency's folder or a file")
    return [(folder, None) for folder in found]


def _check_agency(world: World, path: Path, only: Path | None) -> tuple[list[Diagnostic], int]:
    folder = reader.read_agency(path)
    about = rules.check_folder(folder)
    faults = [*about]
    units: list[UnitFile] = []
    unsound: set[str] = set()
    reported = []
    counted = []
    for file in folder.indicators.values():
        if only is None or only == file.path:
            faults += file.faults
    if folder.agency.model is not None:
        form = reader.read_form(folder)
        faults += [f for f in rules.check_unit(folder, form) if errors([f])]
    for unit_path in folder.unit_paths:
        try:
            unit = reader.read_unit(folder, unit_path)
        except FileError as error:
            faults.append(Diagnostic(error.message, Location(unit_path), error.hint))
            continue
        found = rules.check_unit(folder, unit)
        units.append(unit)
        if errors(found):
            unsound.add(unit.id)
        if only is None or only == unit_path:
            faults += found
    for result_path in folder.result_paths:
        try:
            reported.append(reader.read_results(result_path))
        except FileError as error:
            faults.append(Diagnostic(error.message, Location(result_path), error.hint))
    for answer_path in folder.answer_paths:
        try:
            counted.append(reader.read_answers(answer_path))
        except FileError as error:
            faults.append(Diagnostic(error.message, Location(answer_path), error.hint))
    faults += folder.unlisted
    together = rules.check_together(folder, units, reported, counted)
    if not errors(about):
        sound = [unit for unit in units if unit.id not in unsound]
        together += unscorable(folder, sound, reported, counted, together)
    if world.signs is not None:
        together += rules.check_signs(folder, units, reported, world.signs)
    faults += [f for f in together if only in (None, f.location.path)]
    groups = (folder.indicators, folder.surveys, folder.unit_paths, folder.result_paths)
    files = 2 + sum(map(len, groups)) + len(folder.answer_paths)
    return faults, files if only is None else 1


def read_bytes(path: Path) -> bytes:
    """A file's bytes. Raises FileError."""
    supervision.at(path)
    try:
        with opened(path) as file:
            return file.read()
    except OSError as error:
        raise FileError(f"can't read {path.name}: {error.strerror}") from error
